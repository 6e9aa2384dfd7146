/** Which paragraphs somebody has finished reading: "nothing marked" is not the same as "not looked at". */

import { el } from "./dom.js";
import { paragraphs } from "./drawing.js";
import { plural } from "./words.js";

export class Review {
  constructor(reader) {
    this.reader = reader;
    this.looked = 0;
    this.total = 0;
  }

  /** Marks the paragraphs of an article drawn anew; where it can be edited, each gets a button to say so. */
  draw() {
    const { article, data, editor, map } = this.reader;
    const reviewed = data.reviewed ?? [];
    const nodes = article.querySelectorAll(":scope > p");
    this.total = nodes.length;
    this.looked = 0;
    if (!reviewed.length && !editor) return;
    paragraphs(data.text).forEach(([from, to], i) => {
      const [start, end] = [map.toPoints(from), map.toPoints(to)];
      const there = reviewed.filter((one) => one.start < end && start < one.end);
      const isLooked = this.isLooked(there);
      this.looked += isLooked ? 1 : 0;
      const words = isLooked ? `looked at by ${[...new Set(there.map(({ by }) => by))].join(", ")}` : "not looked at";
      nodes[i].classList.toggle("ak-looked", isLooked);
      const label = editor ? `Paragraph ${i + 1}: ${words}` : words;
      const old = nodes[i].lastElementChild;
      if (old?.matches(".ak-look")) {
        if (old.getAttribute("aria-label") === label) return;
        old.remove();
      }
      if (editor) {
        const pressed = String(isLooked);
        const attributes = {
          type: "button",
          class: "ak-look",
          tabindex: "-1",
          "data-look": from,
          "aria-pressed": pressed,
        };
        nodes[i].append(el("button", { ...attributes, "aria-label": label, title: `${label} (L)` }));
      } else if (isLooked) {
        nodes[i].append(el("span", { class: "ak-look", role: "img", "aria-label": label, title: label }));
      }
    });
  }

  /** Whether records of "reviewed" on a stretch cover all the layers that are on. */
  isLooked(there) {
    const layers = this.reader.editedLayers;
    return layers.length > 0 && layers.every((layer) => there.some((one) => one.layer === layer));
  }

  /** How far reading has come, for the overview; null where nobody keeps count. */
  progress() {
    if (!this.reader.editor && !this.reader.data.reviewed?.length) return null;
    return `${this.looked} of ${plural(this.total, "paragraph")} looked at`;
  }
}
