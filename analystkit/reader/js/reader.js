/**
 * The reader: one article with its entities, quotes and stances, to read and to explore.
 *
 * Two rules hold throughout. What comes from the data reaches the document only as text (text nodes and
 * setAttribute), never as markup. The text nodes of the article, read in order, are exactly the article's
 * text, so that a place in the document is a place in the text; labels and chips are drawn by CSS.
 */

import { Cards } from "./cards.js";
import { Choice } from "./choice.js";
import { el, hostOf, isWeb } from "./dom.js";
import { drawText, firstParagraph } from "./drawing.js";
import { Focus } from "./focus.js";
import { press } from "./keys.js";
import { offsetMap } from "./offsets.js";
import { Panel } from "./panel.js";
import { Selection } from "./selection.js";
import { collectUnits } from "./units.js";
import { LAYERS, LAYER_NAMES, describe } from "./words.js";

const LONG = 60_000; // UTF-16 units; above, paragraphs out of sight are laid out when they come near

// JupyterLab takes a key press for one of its shortcuts before the reader sees it, unless the very element in
// focus has this attribute.
const SUPPRESS = "data-lm-suppress-shortcuts";

export class Reader {
  constructor(root, data, options) {
    this.root = root;
    this.options = { boxed: false, headingLevel: 2, ...options };
    this.layers = LAYERS.filter((layer) => (options.layers ?? LAYERS).includes(layer));
    this.units = [];
    this.abort = new AbortController();
    this.choice = new Choice(this);
    this.focus = new Focus(this);
    this.panel = new Panel(this);
    this.selection = new Selection(this);
    this.build();
    this.listen();
    this.setData(data);
  }

  build() {
    const { root } = this;
    root.classList.add("ak-reader");
    root.classList.toggle("ak-boxed", Boolean(this.options.boxed));
    const button = (className, attributes, ...content) =>
      el("button", { type: "button", class: className, ...attributes }, ...content);
    this.switches = new Map(
      LAYERS.map((layer, i) => [
        layer,
        button(`ak-switch ak-switch-${layer}`, { "data-layer": layer, "aria-keyshortcuts": String(i + 1) }),
      ]),
    );
    this.head = el("header", { class: "ak-head" });
    this.article = el("div", { class: "ak-text", tabindex: "-1", role: "group", "aria-label": "Article text" });
    this.scroller = el("div", { class: "ak-scroll" }, el("article", { class: "ak-column" }, this.head, this.article));
    this.status = el("div", { class: "ak-sr", role: "status" });
    const keys = { "data-act": "keys", "aria-keyshortcuts": "?", "aria-label": "Keys", title: "Keys (?)" };
    root.replaceChildren(
      el(
        "div",
        { class: "ak-bar", role: "group", "aria-label": "Layers" },
        ...this.switches.values(),
        el("span", { class: "ak-space" }),
        button("ak-quiet-button ak-overview-button", { "data-act": "overview" }, "Overview"),
        button("ak-quiet-button", keys, "?"),
      ),
      el("div", { class: "ak-main" }, this.scroller, this.panel.element),
      this.status,
    );
  }

  /** Lets a screen reader say something. */
  say(words) {
    this.status.textContent = words;
  }

  /* ---- data */

  setData(data) {
    this.data = { ...data, text: data?.text ?? "" };
    this.map = offsetMap(this.data.text);
    this.drawHead();
    this.drawArticle();
    this.selection.set([]);
    const again = this.choice.id;
    this.choice.unit = null;
    this.choice.history = [];
    this.panel.show("overview");
    if (again) this.choice.select(again, { quiet: true });
  }

  drawHead() {
    const article = this.data.article ?? {};
    const title = article.title?.trim();
    const link = isWeb(article.url)
      ? el("a", { href: article.url, target: "_blank", rel: "noopener noreferrer nofollow" }, hostOf(article.url))
      : article.url;
    const published = article.published && el("time", { datetime: article.published }, article.published);
    const facts = [article.byline, published, link].filter(Boolean);
    const about = el("p", { class: "ak-about" }, ...facts.flatMap((fact, i) => (i ? [" · ", fact] : [fact])));
    const heading = { class: "ak-headline", role: "heading", "aria-level": this.options.headingLevel, dir: "auto" };
    this.head.replaceChildren(
      ...(facts.length ? [about] : []),
      ...(title && title !== firstParagraph(this.data.text) ? [el("p", heading, title)] : []),
    );
  }

  drawArticle() {
    const { units, names } = collectUnits(this.data, this.layers, this.map);
    this.units = units;
    this.words = units.map((unit) => describe(unit, names, this.data));
    // Cards speak of all layers, also of those that are switched off.
    const mentions = this.layers.includes("entities") ? units : collectUnits(this.data, ["entities"], this.map).units;
    this.cards = new Cards(this.data, mentions, names, this.options.headingLevel + 1);
    this.article.replaceChildren(drawText(this.data, units, this.words, this.options));
    this.article.classList.toggle("ak-long", this.data.text.length > LONG);
    this.focus.gather();
    this.choice.forget();
    for (const [layer, button] of this.switches) {
      const count = this.data[layer]?.length ?? 0;
      button.setAttribute("aria-pressed", String(this.layers.includes(layer)));
      button.replaceChildren(LAYER_NAMES[layer], " ", el("span", { class: "ak-count" }, String(count)));
    }
  }

  setLayers(layers) {
    const wanted = LAYERS.filter((layer) => layers.includes(layer));
    if (wanted.join() === this.layers.join()) return;
    this.layers = wanted;
    const { scrollTop } = this.scroller;
    this.drawArticle();
    this.scroller.scrollTop = scrollTop;
    this.choice.findAgain();
    if (this.choice.unit) this.panel.card(this.choice.unit);
    else if (this.panel.view === "overview") this.panel.show("overview");
    this.selection.draw();
    this.options.onLayers?.([...this.layers]);
  }

  toggle(layer) {
    this.setLayers(
      this.layers.includes(layer) ? this.layers.filter((name) => name !== layer) : [...this.layers, layer],
    );
  }

  toggleKeepingFocus(layer, inText) {
    this.toggle(layer);
    if (inText) (this.focus.current ?? this.article).focus({ preventScroll: true });
  }

  /* ---- events */

  listen() {
    const { signal } = this.abort;
    const on = (target, type, act) => target.addEventListener(type, act, { signal });
    on(this.article, "click", (event) => this.onClick(event));
    on(this.article, "pointerover", (event) => this.onPointer(event.target));
    on(this.article, "pointerleave", () => this.choice.light(null));
    on(this.article, "focusin", (event) => this.onFocus(event.target));
    on(this.article, "focusout", () => this.choice.ring(null));
    on(this.root, "click", (event) => {
      const inPanel = this.panel.element.contains(event.target);
      this.onButton(event);
      if (inPanel && !this.root.contains(document.activeElement)) this.panel.refocus();
    });
    on(this.root, "keydown", (event) => this.onKey(event));
    on(this.root, "keyup", (event) => this.onModifier(event, false));
    on(this.root, "focusin", (event) => event.target.setAttribute(SUPPRESS, "true"));
    on(this.root, "focusout", (event) => event.target.removeAttribute(SUPPRESS));
    let frame = 0;
    on(this.root.ownerDocument, "selectionchange", () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => this.selection.read());
    });
  }

  /** The tooltip is set when it is about to be needed: thousands of them would slow down the first sight. */
  onPointer(node) {
    const unit = this.choice.unitsAt(node)[0] ?? null;
    this.choice.light(unit);
    if (unit) node.title = this.words[unit.index].short;
  }

  onFocus(node) {
    const unit = this.units[node.dataset.u];
    if (!unit) return;
    this.focus.setCurrent(unit.handle);
    this.choice.light(unit);
    if (node.matches(":focus-visible")) this.choice.ring(unit);
  }

  onClick(event) {
    const selection = document.getSelection();
    if (selection && !selection.isCollapsed && this.article.contains(selection.anchorNode)) return; // was a drag
    const here = this.choice.unitsAt(event.target);
    if (!here.length) return;
    if (event.altKey) this.choice.cycle(event.target);
    else this.choice.choose(here[0]);
    this.anchor = event.target;
    this.choice.unit.handle?.focus({ preventScroll: true });
  }

  openAt(node) {
    this.anchor = node;
    this.choice.choose(this.units[node.dataset.u], { scroll: true });
  }

  /** Where `.` looks for overlapping marks: where the user last clicked or pressed Enter, if still there. */
  anchorFor(target) {
    const { unit } = this.choice;
    const still = this.anchor?.isConnected && unit && this.choice.unitsAt(this.anchor).includes(unit);
    return still ? this.anchor : target;
  }

  onButton(event) {
    const button = event.target.closest("button");
    if (!button || !this.root.contains(button)) return;
    const { layer, open, of, go, act } = button.dataset;
    if (layer) this.toggle(layer);
    else if (open) {
      const unit = this.choice.unitsOf(open)[0] ?? this.choice.unseen(open);
      if (unit) this.choice.choose(unit, { scroll: true });
    } else if (go) {
      if (!this.layers.includes("entities")) this.toggle("entities");
      const unit = this.choice.unitsOf(of).find((one) => one.spans[0]?.start === Number(go));
      this.choice.choose(unit, { scroll: true, back: true });
    } else if (act === "close") this.panel.leave();
    else if (act === "back") this.choice.back();
    else if (act === "keys" || act === "overview") this.panel.toggle(act);
  }

  /** Esc takes back one thing: what the panel shows, else the selection. */
  escape() {
    if (this.choice.unit || this.panel.view === "keys" || this.root.classList.contains("ak-open")) this.panel.leave();
    else if (this.selection.span.length) this.selection.drop();
    else return false;
    return true;
  }

  /** With Ctrl or Cmd held, JupyterLab's own shortcuts (save, undo) work in here as anywhere. */
  onModifier(event, down) {
    if (event.key !== "Control" && event.key !== "Meta") return;
    if (down) event.target.removeAttribute(SUPPRESS);
    else event.target.setAttribute(SUPPRESS, "true");
  }

  onKey(event) {
    this.onModifier(event, true);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (press(this, event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  destroy() {
    this.abort.abort();
    this.selection.set([]);
    this.root.replaceChildren();
  }
}
