/** The keyboard's place in the text: one mark is a tab stop, and keys walk from mark to mark. */

import { unitAt } from "./units.js";

export class Focus {
  constructor(reader) {
    this.reader = reader;
    this.current = null;
  }

  /** After drawing: the mark that was current still is, if it is there; else the first. */
  gather() {
    const { article, drawing, units } = this.reader;
    const unit = unitAt(this.current);
    if (this.current?.isConnected && units.has(unit)) return;
    this.setCurrent((units.has(unit) && unit.handle) || drawing.handleFrom(0, 1));
    article.setAttribute("tabindex", this.current ? "-1" : "0");
  }

  /** Where the focus is in the text, so that it can go back there when the article is drawn anew. */
  place() {
    const { article } = this.reader;
    const unit = unitAt(this.current);
    return { inText: article.contains(document.activeElement), id: unit?.id, start: unit?.spans[0]?.start };
  }

  goBack({ inText, id, start }) {
    const { drawing, units } = this.reader;
    const kin = id ? units.of(id) : [];
    const unit = kin.find((one) => one.spans[0]?.start === start) ?? kin[0];
    drawing.show(unit);
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
    this.reveal(unitAt(node));
  }

  first() {
    this.focus(this.reader.drawing.handleFrom(0, 1));
  }

  last() {
    const { drawing } = this.reader;
    this.focus(drawing.handleFrom(drawing.parts.list.length - 1, -1));
  }

  /** From plain text, the walk over the marks begins at the first one in sight. */
  step(by) {
    const { article, drawing } = this.reader;
    const at = document.activeElement;
    if (article.contains(at) && at.dataset.handle !== undefined) {
      const part = drawing.partOf(at);
      const here = drawing.handlesIn(part);
      this.focus(here[here.indexOf(at) + by] ?? drawing.handleFrom(part.index + by, by));
      return;
    }
    const { top } = this.reader.frame();
    const [from] = drawing.inSight();
    const inSight = drawing.handlesIn(drawing.parts.list[from]).find((node) => node.getBoundingClientRect().top >= top);
    this.focus(inSight ?? drawing.handleFrom(from + 1, 1) ?? drawing.handleFrom(from, -1));
  }

  /** Goes to the next or an earlier mention of the chosen entity, round the end. */
  stepMention(by) {
    const { choice, units } = this.reader;
    if (choice.unit?.layer !== "entities") return;
    const kin = units.of(choice.id).filter((unit) => unit.spans.length);
    if (!kin.length) return;
    kin.sort((a, b) => a.spans[0].start - b.spans[0].start);
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
