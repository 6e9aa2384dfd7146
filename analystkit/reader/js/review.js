/** Which paragraphs somebody has finished reading: "nothing marked" is not the same as "not looked at". */

import { el } from "./dom.js";
import { plural } from "./words.js";

export class Review {
  constructor(reader) {
    this.reader = reader;
    this.looked = 0;
    this.by = new Map(); // paragraph -> records of "reviewed" on it
  }

  /** Takes up which paragraphs were looked at, and says so at those that are drawn. */
  draw() {
    const { data, drawing, map } = this.reader;
    this.by = new Map();
    for (const one of data.reviewed ?? []) {
      for (const part of drawing.parts.over(map.toUnits(one.start), map.toUnits(one.end))) {
        this.by.has(part) ? this.by.get(part).push(one) : this.by.set(part, [one]);
      }
    }
    this.looked = [...this.by.values()].filter((there) => this.isLooked(there)).length;
    for (const part of drawing.parts.list) if (part.drawn) this.dress(part);
  }

  /** Says at a paragraph whether it was looked at; where it can be edited, with a button to say so. */
  dress(part) {
    const { data, editor } = this.reader;
    const there = this.by.get(part) ?? [];
    const isLooked = this.isLooked(there);
    const words = isLooked ? `looked at by ${[...new Set(there.map(({ by }) => by))].join(", ")}` : "not looked at";
    const label = editor ? `Paragraph ${part.index + 1}: ${words}` : words;
    const old = part.node.lastElementChild;
    if (old?.matches(".ak-look")) {
      if (old.getAttribute("aria-label") === label) return;
      old.remove();
    }
    part.node.classList.toggle("ak-looked", isLooked);
    const named = { class: "ak-look", "aria-label": label };
    if (editor) {
      const attributes = { type: "button", tabindex: "-1", "data-look": part.start, "aria-pressed": String(isLooked) };
      part.node.append(el("button", { ...named, ...attributes, title: `${label} (L)` }));
    } else if (isLooked) {
      part.node.append(el("span", { ...named, role: "img", title: label }));
    }
  }

  /** Whether records of "reviewed" on a stretch cover all the layers that are on. */
  isLooked(there) {
    const layers = this.reader.editedLayers;
    return layers.length > 0 && layers.every((layer) => there.some((one) => one.layer === layer));
  }

  /** How far reading has come, for the overview; null where nobody keeps count. */
  progress() {
    const { data, drawing, editor } = this.reader;
    if (!editor && !data.reviewed?.length) return null;
    return `${this.looked} of ${plural(drawing.parts.list.length, "paragraph")} looked at`;
  }
}
