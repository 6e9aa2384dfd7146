/** The keyboard's place in the text: one mark is a tab stop, and keys walk from mark to mark. */

export class Focus {
  constructor(reader) {
    this.reader = reader;
    this.current = null;
    this.handles = [];
  }

  /** Takes up the handles of an article drawn anew. */
  gather() {
    const { article, units } = this.reader;
    this.handles = [...article.querySelectorAll("[data-handle]")];
    this.handles.forEach((node, place) => (units[node.getAttribute("data-u")].place = place));
    this.setCurrent(this.handles[0] ?? null);
    article.setAttribute("tabindex", this.handles.length ? "-1" : "0");
  }

  /** Where the focus is in the text, so that it can go back there when the article is drawn anew. */
  place() {
    const { article, units } = this.reader;
    const unit = this.current && units[this.current.dataset.u];
    return { inText: article.contains(document.activeElement), id: unit?.id, start: unit?.spans[0]?.start };
  }

  goBack({ inText, id, start }) {
    const kin = id ? this.reader.choice.unitsOf(id) : [];
    const unit = kin.find((one) => one.spans[0]?.start === start) ?? kin[0];
    if (unit?.handle) this.setCurrent(unit.handle);
    if (inText) (this.current ?? this.reader.article).focus({ preventScroll: true });
  }

  setCurrent(node) {
    if (this.current && this.current !== node) this.current.setAttribute("tabindex", "-1");
    this.current = node;
    node?.setAttribute("tabindex", "0");
  }

  /** Moves the focus to a handle; the ring is drawn around all of the mark. */
  focus(node) {
    if (!node) return;
    this.setCurrent(node);
    node.focus({ preventScroll: true });
    this.reveal(this.reader.units[node.dataset.u]);
  }

  /** From plain text, the walk over the marks begins at the first one in sight. */
  step(by) {
    if (!this.handles.length) return;
    const focused =
      this.reader.article.contains(document.activeElement) && document.activeElement.dataset.handle !== undefined;
    if (focused) {
      const place = this.reader.units[this.current.dataset.u].place + by;
      this.focus(this.handles[Math.min(Math.max(place, 0), this.handles.length - 1)]);
    } else {
      const top = this.reader.options.boxed ? this.reader.scroller.getBoundingClientRect().top : 0;
      this.focus(this.handles.find((node) => node.getBoundingClientRect().top >= top) ?? this.handles.at(-1));
    }
  }

  /** Goes to the next or an earlier mention of the chosen entity, round the end. */
  stepMention(by) {
    const { choice } = this.reader;
    if (choice.unit?.layer !== "entities") return;
    const kin = choice
      .unitsOf(choice.id)
      .filter((unit) => unit.handle)
      .sort((a, b) => a.place - b.place);
    if (!kin.length) return;
    const unit = kin[(kin.indexOf(choice.unit) + by + kin.length) % kin.length];
    choice.choose(unit, { back: true });
    this.focus(unit.handle);
  }

  /** Scrolls a mark into sight, to the upper third, if it is out of it. */
  reveal(unit) {
    const node = unit.handle ?? unit.elements[0];
    if (node) this.revealBox(node.getBoundingClientRect());
  }

  revealRange(range) {
    this.revealBox(range.getBoundingClientRect());
  }

  revealBox(box) {
    const { options, panel, root, scroller } = this.reader;
    const frame = options.boxed
      ? scroller.getBoundingClientRect()
      : { top: root.querySelector(".ak-bar").offsetHeight, bottom: window.innerHeight };
    const covered =
      !options.boxed && getComputedStyle(panel.element).position === "fixed" ? panel.element.offsetHeight : 0;
    if (box.top < frame.top + 24 || box.bottom > frame.bottom - covered - 24) {
      const shift = box.top - frame.top - (frame.bottom - covered - frame.top) / 3;
      if (options.boxed) scroller.scrollTop += shift;
      else window.scrollBy(0, shift);
    }
  }
}
