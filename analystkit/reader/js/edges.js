/** Moving where a mark begins and ends: with keys, with buttons, or by dragging the handles at its ends. */

import { el } from "./dom.js";
import { moveSpan } from "./edits.js";
import { letter, wordEnd, wordStart } from "./spans.js";

const MOVES = {
  ArrowRight: ["end", 1, "word"],
  ArrowLeft: ["end", -1, "word"],
  "Shift+ArrowRight": ["start", 1, "word"],
  "Shift+ArrowLeft": ["start", -1, "word"],
  ".": ["end", 1, "letter"],
  ",": ["end", -1, "letter"],
  "Shift+.": ["start", 1, "letter"],
  "Shift+,": ["start", -1, "letter"],
};
const BUTTONS = [
  ["Begin earlier", "Shift+ArrowLeft", "⇧←"],
  ["Begin later", "Shift+ArrowRight", "⇧→"],
  ["End earlier", "ArrowLeft", "←"],
  ["End later", "ArrowRight", "→"],
];

export class Edges {
  constructor(reader) {
    this.reader = reader;
    this.spans = []; // of the mark, { role, start, end, was } in UTF-16 units
    this.active = false;
    this.drawn = null;
  }

  get span() {
    return this.spans[this.place];
  }

  begin() {
    const { choice, selection, toolbar } = this.reader;
    this.spans = choice.unit.spans.map(({ role, start, end }) => ({ role, start, end, was: [start, end] }));
    this.place = 0;
    this.active = true;
    selection.drop();
    toolbar.update();
    this.handles = ["start", "end"].map((edge) => {
      const handle = el("div", { class: `ak-edge ak-edge-${edge}`, "aria-hidden": "true" });
      handle.addEventListener("pointerdown", (event) => this.drag(event, edge));
      return handle;
    });
    this.reader.scroller.append(...this.handles);
    this.card();
    this.draw();
    choice.unit.handle?.focus({ preventScroll: true });
  }

  end() {
    if (!this.active) return;
    this.active = false;
    for (const handle of this.handles) handle.remove();
    this.highlight(null);
  }

  keep() {
    const { editor, choice, map } = this.reader;
    const { layer, id } = choice.unit;
    const points = (units) => units.map((unit) => map.toPoints(unit));
    const moved = this.spans.filter(({ start, end, was }) => start !== was[0] || end !== was[1]);
    const { start, end } = this.spans[0];
    editor.stop();
    if (!moved.length) return editor.refresh();
    return editor.act(
      "change",
      (draft) =>
        moved.forEach((one) => moveSpan(draft, layer, id, one.role, points(one.was), points([one.start, one.end]))),
      { id, span: points([start, end]) },
    );
  }

  /** All keys are taken while edges move, so that none does something else to the mark by mistake. */
  press(name) {
    if (name === "Escape" || name === "Tab") return false;
    if (name === "Enter") this.keep();
    else if (name === "ArrowDown" || name === "ArrowUp") this.turn(name === "ArrowDown" ? 1 : -1);
    else if (MOVES[name]) this.move(...MOVES[name]);
    return true;
  }

  /** Goes on to another part of the mark: the rest of a split quote, its cue, its source. */
  turn(by) {
    this.place = (this.place + by + this.spans.length) % this.spans.length;
    this.card();
    this.draw();
  }

  move(edge, by, unit) {
    const { text } = this.reader.data;
    const step = unit === "letter" ? letter : edge === "start" ? wordStart : wordEnd;
    this.set(edge, step(text, this.span[edge], by));
  }

  set(edge, place) {
    const { span } = this;
    const moved = { ...span, [edge]: place };
    const words = this.reader.data.text.slice(moved.start, moved.end);
    if (!words.trim()) return;
    span[edge] = place;
    this.draw();
    this.reader.say(words);
  }

  card() {
    const { panel, cards } = this.reader;
    const button = (label, key, act) => {
      const node = el(
        "button",
        { type: "button", class: "ak-command" },
        label,
        " ",
        el("kbd", { "aria-hidden": "true" }, key),
      );
      node.addEventListener("click", act);
      return node;
    };
    this.words = el("blockquote", { dir: "auto" });
    panel.show("edges", [
      cards.heading({}, `Edges of the ${this.span.role}`),
      this.words,
      el(
        "div",
        { class: "ak-actions", role: "group", "aria-label": "Move the edges" },
        ...BUTTONS.map(([label, key, cap]) => button(label, cap, () => this.move(...MOVES[key]))),
        ...(this.spans.length > 1 ? [button("Next part", "↓", () => this.turn(1))] : []),
        button("Keep", "Enter", () => this.keep()),
        button("Leave as it was", "Esc", () => this.reader.editor.cancel()),
      ),
      el(
        "p",
        { class: "ak-quiet" },
        "By letters: , and . for the end, with Shift for the beginning. Or drag the handles in the text.",
      ),
    ]);
  }

  draw() {
    const { reader, span } = this;
    const range = reader.selection.rangeOfUnits([span.start, span.end]);
    this.words.textContent = reader.data.text.slice(span.start, span.end);
    this.highlight(range);
    const rects = [...range.getClientRects()].filter(({ width }) => width > 0);
    if (!rects.length) return;
    const frame = reader.scroller.getBoundingClientRect();
    const isRtl = getComputedStyle(range.startContainer.parentElement).direction === "rtl";
    [rects[0], rects.at(-1)].forEach((rect, i) => {
      const { style } = this.handles[i];
      const onLeft = (i === 0) !== isRtl;
      style.left = `${(onLeft ? rect.left : rect.right) - frame.left}px`;
      style.top = `${rect.top - frame.top + reader.scroller.scrollTop}px`;
      style.height = `${rect.height}px`;
    });
  }

  highlight(range) {
    if (typeof Highlight === "undefined" || !CSS.highlights) return;
    if (!CSS.highlights.has("ak-edges")) CSS.highlights.set("ak-edges", new Highlight());
    const shared = CSS.highlights.get("ak-edges");
    if (this.drawn) shared.delete(this.drawn);
    this.drawn = range;
    if (range) shared.add(range);
  }

  /** Follows the pointer by words; with Alt held, by letters. */
  drag(event, edge) {
    event.preventDefault();
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const move = (at) => {
      const place = this.reader.selection.placeAt(at.clientX, at.clientY);
      if (place === null) return;
      const { text } = this.reader.data;
      const near =
        edge === "start"
          ? wordStart(text, Math.min(place + 1, text.length), -1)
          : wordEnd(text, Math.max(place - 1, 0), 1);
      this.set(edge, at.altKey ? place : near);
    };
    const up = () => {
      handle.removeEventListener("pointermove", move);
      handle.removeEventListener("pointerup", up);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", up);
  }
}
