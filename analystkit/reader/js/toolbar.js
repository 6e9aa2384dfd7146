/** A small toolbar at the selected words: what they can be marked as, and with which keys. */

import { el } from "./dom.js";

export class Toolbar {
  constructor(reader) {
    this.reader = reader;
    this.element = el("div", {
      class: "ak-toolbar",
      role: "toolbar",
      "aria-label": "Mark the selected words",
      hidden: true,
    });
    // A press on a button must not take the selection away.
    this.element.addEventListener("pointerdown", (event) => event.preventDefault());
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
  }

  update() {
    const { editor, selection } = this.reader;
    const buttons = editor && selection.span.length && !editor.edges.active ? this.content(editor) : [];
    this.element.hidden = !buttons.length;
    this.element.replaceChildren(...buttons);
    if (buttons.length) this.place(selection.drawnRange());
  }

  content(editor) {
    if (editor.picker.active) {
      const take = el("button", { type: "button", class: "ak-command" }, "Take these words ", el("kbd", {}, "Enter"));
      take.addEventListener("click", () => editor.picker.take(editor.entityAt(editor.words), editor.words));
      return [take];
    }
    const exact = this.reader.selection.canBeExact
      ? [el("button", { type: "button", class: "ak-command", "data-act": "exact" }, "Exactly as selected")]
      : [];
    return [...editor.buttons("words"), ...(editor.menu ? [] : exact)];
  }

  /** Below the last line of the words; above them where that would be out of sight. */
  place(range) {
    const rects = [...range.getClientRects()].filter(({ width }) => width > 0);
    if (!rects.length) return;
    const frame = this.reader.scroller.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const bottom = this.reader.options.boxed ? frame.bottom : window.innerHeight;
    const above = rects.at(-1).bottom + height + 12 > bottom;
    const top = above ? rects[0].top - height - 6 : rects.at(-1).bottom + 6;
    const left = Math.max(4, Math.min((above ? rects[0] : rects.at(-1)).left - frame.left, frame.width - width - 4));
    this.element.style.insetInlineStart = "auto";
    this.element.style.left = `${left}px`;
    this.element.style.top = `${top - frame.top + this.reader.scroller.scrollTop}px`;
  }
}
