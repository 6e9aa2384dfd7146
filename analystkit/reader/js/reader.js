/**
 * The reader: one article with its entities, quotes and stances, to read and to explore.
 *
 * Two rules hold throughout. What comes from the data reaches the document only as text (text nodes and
 * setAttribute), never as markup. The text nodes of the article, read in order, are exactly the article's
 * text, so that a place in the document is a place in the text; labels and chips are drawn by CSS.
 */

import { keepKnown } from "./acts.js";
import { Cards } from "./cards.js";
import { Choice } from "./choice.js";
import { el, hostOf, isWeb } from "./dom.js";
import { Drawing } from "./drawing.js";
import { Editor } from "./editor.js";
import { extraLayers, extraName, isExtra, recordsOf } from "./extra.js";
import { Filter } from "./filter.js";
import { Focus } from "./focus.js";
import { historyKey, isField, press } from "./keys.js";
import { offsetMap } from "./offsets.js";
import { Panel } from "./panel.js";
import { firstParagraph } from "./parts.js";
import { Review } from "./review.js";
import { Search } from "./search.js";
import { Selection } from "./selection.js";
import { Toolbar } from "./toolbar.js";
import { Units, unitAt } from "./units.js";
import { UnplacedList } from "./unplaced.js";
import { LAYERS, LAYER_NAMES } from "./words.js";

const NOTICE = 4000; // milliseconds that what is told stays to be seen

// JupyterLab takes a key press for one of its shortcuts before the reader sees it, unless the very element in
// focus has this attribute.
const SUPPRESS = "data-lm-suppress-shortcuts";

export class Reader {
  constructor(root, data, options) {
    this.root = root;
    this.options = { boxed: false, headingLevel: 2, ...options };
    this.layers = [];
    this.units = null; // Units of what is drawn
    this.abort = new AbortController();
    this.choice = new Choice(this);
    this.focus = new Focus(this);
    this.panel = new Panel(this);
    this.selection = new Selection(this);
    this.review = new Review(this);
    this.search = new Search(this);
    this.filter = new Filter(this);
    this.toolbar = new Toolbar(this);
    this.unplaced = new UnplacedList(this);
    this.editor = null;
    this.build();
    this.listen();
    this.setData(data);
    this.unplaced.set(this.options.unplaced);
  }

  build() {
    const { root } = this;
    root.classList.add("ak-reader");
    root.classList.toggle("ak-boxed", Boolean(this.options.boxed));
    const button = (className, attributes, ...content) =>
      el("button", { type: "button", class: className, ...attributes }, ...content);
    this.switches = new Map();
    this.switchBox = el("span", { class: "ak-switches" });
    this.head = el("header", { class: "ak-head" });
    this.article = el("div", { class: "ak-text", tabindex: "-1", role: "group", "aria-label": "Article text" });
    this.drawing = new Drawing(this.article, {
      frame: () => this.frame(),
      onDrawn: (part, isLate) => this.onDrawn(part, isLate),
      onProgress: (isDone) => (this.root.dataset.drawn = isDone ? "all" : "part"),
    });
    this.scroller = el("div", { class: "ak-scroll" }, el("article", { class: "ak-column" }, this.head, this.article));
    this.status = el("div", { class: "ak-status ak-sr", role: "status" });
    const act = (name, label, title, key) =>
      button("ak-quiet-button", { "data-act": name, "aria-keyshortcuts": key, title: `${title} (${key})` }, label);
    this.edit = el("span", { class: "ak-edit" });
    root.replaceChildren(
      el(
        "div",
        { class: "ak-bar", role: "group", "aria-label": "Layers and tools" },
        this.switchBox,
        el("span", { class: "ak-space" }),
        this.edit,
        this.search.count,
        this.search.field,
        (this.filterButton = act("filter", "Filter", "Show only some of the marks", "F")),
        button("ak-quiet-button ak-overview-button", { "data-act": "overview" }, "Overview"),
        this.options.onShare &&
          button(
            "ak-quiet-button",
            { "data-act": "share", title: "Save this article, as corrected, as a page that needs no Python" },
            "Share",
          ),
        button(
          "ak-quiet-button",
          { "data-act": "keys", "aria-keyshortcuts": "?", "aria-label": "Keys", title: "Keys (?)" },
          "?",
        ),
      ),
      this.unplaced.element,
      el("div", { class: "ak-main" }, this.scroller, this.panel.element),
      this.status,
    );
    this.scroller.append(this.toolbar.element);
    this.undoButton = act("undo", "Undo", "Take back the last change", "Ctrl+Z");
    this.redoButton = act("redo", "Redo", "Bring it back", "Ctrl+Shift+Z");
  }

  /** Lets a screen reader say something. */
  say(words) {
    this.notice(false);
    this.status.textContent = words;
  }

  /** Says something that is to be seen, too, for a moment: why nothing happened, what takes a while. */
  tell(words) {
    this.say(words);
    this.notice(true);
    this.noticed = setTimeout(() => this.notice(false), NOTICE);
  }

  notice(isShown) {
    clearTimeout(this.noticed);
    this.status.classList.toggle("ak-notice", isShown);
    this.status.classList.toggle("ak-sr", !isShown);
  }

  /* ---- data */

  /**
   * Shows an analysis. Where it is of the same text as before, what was done so far can still be taken back.
   * editing: options of editing that change with it.
   */
  setData(data, editing = {}) {
    const text = data?.text ?? "";
    const isSame = this.data?.text === text;
    this.editor?.stop();
    this.data = isSame ? keepKnown(this.data, { ...data, text }) : { ...data, text };
    this.drawSwitches();
    Object.assign(this.options, editing);
    if (!this.options.editable) this.editor = null;
    else if (!isSame || !this.editor) this.editor = new Editor(this, this.options);
    else if (editing.annotator) this.editor.acts.by = editing.annotator;
    this.edit.replaceChildren(...(this.editor ? [this.editor.keeper.state, this.undoButton, this.redoButton] : []));
    const { choice } = this;
    const again = choice.id;
    choice.history = [];
    if (isSame && this.units) {
      // What others have done appears where the user is reading: the focus, the place and the chosen mark stay.
      this.drawHead();
      this.redraw();
      if (again && !choice.isKnown(again)) choice.close({ quiet: true });
      return;
    }
    const isFirst = !this.units; // then there is no place to leave, and asking for it makes the browser lay out twice
    if (!isSame) this.map = offsetMap(text);
    this.drawHead();
    this.drawArticle();
    if (!isFirst) {
      this.scroller.scrollTop = 0;
      this.selection.drop();
    }
    choice.unit = null;
    this.panel.show("overview");
    if (again) choice.select(again, { quiet: true });
  }

  /** Whether the user is in the middle of something that fresh data would cut off. */
  get isBusy() {
    return Boolean(this.editor?.isBusy) || this.panel.view === "details";
  }

  /** Says which acts are in the data, so that they can be taken back. */
  setHistory(events) {
    if (!this.editor) return;
    this.editor.acts.events = [...events];
    this.drawCounts();
  }

  /** Takes in what an act has changed; {id, span} is chosen afterwards, null is nothing. */
  update(data, chosen) {
    const { choice } = this;
    const hadFocus = this.root.contains(document.activeElement);
    this.data = data;
    choice.unit = null;
    this.selection.drop();
    this.redraw();
    const unit = chosen?.id ? choice.find(chosen.id, chosen.span) : null;
    if (unit) choice.choose(unit, { back: true });
    else choice.close();
    if (hadFocus) (choice.unit?.handle ?? this.focus.current ?? this.article).focus({ preventScroll: true });
  }

  /** Draws the same article again, with what is chosen and selected in it. */
  redraw() {
    const { scrollTop } = this.scroller;
    const place = this.focus.place();
    this.drawArticle();
    this.focus.goBack(place);
    this.scroller.scrollTop = scrollTop;
    this.choice.findAgain();
    if (this.choice.unit) this.panel.card(this.choice.unit, { quiet: true });
    else if (this.panel.view === "overview") this.panel.show("overview");
    this.selection.draw();
    if (this.search.found.length) this.search.draw();
  }

  drawHead() {
    const article = this.data.article ?? {};
    const title = article.title?.trim();
    const link = isWeb(article.url)
      ? el("a", { href: article.url, target: "_blank", rel: "noopener noreferrer nofollow" }, hostOf(article.url))
      : article.url && el("bdi", {}, article.url);
    const byline = article.byline && el("bdi", {}, article.byline);
    const published = article.published && el("time", { datetime: article.published }, article.published);
    const facts = [byline, published, link].filter(Boolean);
    const about = el("p", { class: "ak-about" }, ...facts.flatMap((fact, i) => (i ? [" · ", fact] : [fact])));
    const heading = { class: "ak-headline", role: "heading", "aria-level": this.options.headingLevel, dir: "auto" };
    this.head.replaceChildren(
      ...(facts.length ? [about] : []),
      ...(title && title !== firstParagraph(this.data.text) ? [el("p", heading, title)] : []),
    );
  }

  drawArticle() {
    const before = this.units?.data.text === this.data.text ? this.units : null;
    const { data, layers, map } = this;
    this.units = new Units(data, layers, map, (unit) => this.filter.passes(unit), before);
    // Cards speak of all layers, also of those that are switched off.
    const isAll = layers.includes("entities") && !this.filter.active;
    let mentions = isAll ? this.units : null;
    const mentionsOf = (id) => (mentions ??= new Units(data, ["entities"], map)).of(id);
    this.cards = new Cards(data, map, mentionsOf, this.units.names, this.options.headingLevel + 1);
    this.choice.forget();
    this.drawing.draw(data, this.units, this.options);
    this.focus.gather();
    this.review.draw();
    this.cards.progress = this.review.progress();
    this.drawCounts();
  }

  /** The layers that the data has. */
  get known() {
    return [...LAYERS, ...extraLayers(this.data)];
  }

  /** The layers that are on and can be edited. */
  get editedLayers() {
    return this.layers.filter((layer) => !isExtra(this.data, layer));
  }

  /** A switch for each layer; one that was not there before is on, unless the options say otherwise. */
  drawSwitches() {
    const fresh = this.known.filter((layer) => !this.switches.has(layer));
    if (!fresh.length && this.switches.size === this.known.length) return;
    const isOn = (layer) =>
      fresh.includes(layer) ? (this.options.layers ?? this.known).includes(layer) : this.layers.includes(layer);
    this.layers = this.known.filter(isOn);
    const switchFor = (layer, i) => {
      const look = isExtra(this.data, layer) ? "extra" : layer;
      const keys = i < LAYERS.length ? { "aria-keyshortcuts": String(i + 1) } : {};
      return el("button", { type: "button", class: `ak-switch ak-switch-${look}`, "data-layer": layer, ...keys });
    };
    this.switches = new Map(this.known.map((layer, i) => [layer, this.switches.get(layer) ?? switchFor(layer, i)]));
    this.switchBox.replaceChildren(...this.switches.values());
  }

  drawCounts() {
    for (const [layer, button] of this.switches) {
      const isOn = this.layers.includes(layer);
      const all = recordsOf(this.data, layer);
      const shown =
        this.filter.active && isOn ? all.filter((item) => this.filter.passes({ layer, item })).length : null;
      const count = shown === null ? String(all.length) : `${shown} of ${all.length}`;
      button.setAttribute("aria-pressed", String(isOn));
      const name = LAYER_NAMES[layer] ?? extraName(this.data, layer);
      button.replaceChildren(name, " ", el("span", { class: "ak-count" }, count));
    }
    this.filterButton.setAttribute("aria-pressed", String(this.filter.active));
    this.filterButton.textContent = this.filter.active ? "Filtered" : "Filter";
    if (!this.editor) return;
    const { done, undone } = this.editor.acts.stacks();
    this.undoButton.disabled = !done.length;
    this.redoButton.disabled = !undone.length;
  }

  setLayers(layers) {
    const wanted = this.known.filter((layer) => layers.includes(layer));
    if (wanted.join() === this.layers.join()) return;
    this.layers = wanted;
    this.redraw();
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
    const on = (target, type, act, options = {}) => target.addEventListener(type, act, { signal, ...options });
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
    on(document, "scroll", () => this.drawing.showSight(), { capture: true, passive: true });
    on(window, "beforeprint", () => this.drawing.finish());
    on(window, "keydown", (event) => this.onAnyKey(event), { capture: true });
    on(this.article, "pointerdown", () => {
      this.selection.exact = false;
      this.selection.origin = [];
    });
    on(this.article, "pointerup", (event) => {
      if (!event.altKey) return;
      this.selection.exact = true;
      this.selection.read();
    });
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
    if (unit) node.title = this.units.wordsOf(unit).short;
  }

  /** What is in sight of the article, in the window's pixels. */
  frame() {
    return this.options.boxed ? this.scroller.getBoundingClientRect() : { top: 0, bottom: window.innerHeight };
  }

  /** A paragraph has its marks: they look like others of their kind, and have the focus that they had. */
  onDrawn(part, isLate) {
    this.review.dress(part);
    if (!isLate) return;
    this.choice.dress(part);
    this.focus.gather();
  }

  onFocus(node) {
    const unit = unitAt(node);
    if (!unit?.handle) return;
    this.focus.setCurrent(unit.handle);
    this.choice.light(unit);
    if (node.matches(":focus-visible")) this.choice.ring(unit);
  }

  onClick(event) {
    const selection = document.getSelection();
    if (selection && !selection.isCollapsed && this.article.contains(selection.anchorNode)) return; // was a drag
    if (this.editor?.edges.active) return;
    if (this.editor?.picker.active) {
      this.editor.picker.takeAt(event.target);
      return;
    }
    const here = this.choice.unitsAt(event.target);
    if (!here.length) return;
    if (event.altKey) this.choice.cycle(event.target);
    else this.choice.choose(here[0]);
    this.anchor = event.target;
    this.choice.unit.handle?.focus({ preventScroll: true });
  }

  openAt(node) {
    if (this.editor?.picker.active) {
      this.editor.picker.takeAt(node);
      return;
    }
    this.anchor = node;
    this.choice.choose(unitAt(node), { scroll: true });
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
    const { layer, open, of, go, act, look } = button.dataset;
    if (layer) this.toggle(layer);
    else if (look) this.editor.look(Number(look));
    else if (open) {
      const unit = this.choice.unitsOf(open)[0] ?? this.choice.unseen(open);
      if (unit) this.choice.choose(unit, { scroll: true });
    } else if (go) {
      if (!this.layers.includes("entities")) this.toggle("entities");
      const unit = this.choice.unitsOf(of).find((one) => one.spans[0]?.start === Number(go));
      this.choice.choose(unit, { scroll: true, back: true });
    } else if (act === "close") this.panel.leave();
    else if (act === "back") this.choice.back();
    else if (act === "card") this.panel.card(this.choice.unit, { quiet: true });
    else if (act === "exact") this.selection.beExact();
    else if (act === "undo" || act === "redo") this.editor[act]();
    else if (act === "share") {
      this.tell("Making the page …");
      this.options.onShare();
    }
    else if (["keys", "overview", "filter"].includes(act)) this.panel.toggle(act);
  }

  /** Esc takes back one thing: what was begun, what the panel shows, the search, else the selection. */
  escape() {
    const { panel, search, selection } = this;
    if (document.activeElement === search.field) {
      search.close();
      (this.focus.current ?? this.article).focus({ preventScroll: true });
    } else if (this.editor?.cancel()) return true;
    else if (panel.view === "details" && this.choice.unit) {
      panel.card(this.choice.unit, { quiet: true });
      panel.refocus();
    } else if (this.choice.unit || panel.view !== "overview" || this.root.classList.contains("ak-open")) panel.leave();
    else if (selection.span.length) selection.drop();
    else return search.close();
    return true;
  }

  /**
   * Before anybody else hears of a key: keys for the reader are none for JupyterLab. With Ctrl or Cmd held,
   * JupyterLab's own shortcuts (save) work in here as anywhere, save undo and redo.
   */
  onAnyKey(event) {
    const { target, ctrlKey, metaKey } = event;
    if (!this.root.contains(target)) return;
    const isOurs = !(ctrlKey || metaKey) || ((this.editor || isField(target)) && historyKey(event) !== null);
    target.toggleAttribute(SUPPRESS, isOurs);
  }

  onKey(event) {
    const asked = historyKey(event);
    let isDone = false;
    if (asked && this.editor && !isField(event.target)) {
      this.editor[asked]();
      isDone = true;
    } else if (!event.ctrlKey && !event.metaKey) isDone = press(this, event);
    if (isDone) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  destroy() {
    this.abort.abort();
    this.editor?.destroy();
    this.selection.drop();
    this.drawing.stop();
    this.search.destroy();
    this.root.replaceChildren();
  }
}
