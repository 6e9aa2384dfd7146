/**
 * Corrections that no longer fit: of an earlier text, or made on an older model's analysis. A line beneath the bar
 * says how many, and opens a list of them. It stays open while marks are chosen and made, since its reader wants
 * to make anew what is still right.
 */

import { el } from "./dom.js";
import { PAST, plural } from "./words.js";

const KINDS = { entities: "Entity", quotes: "Quote", stances: "Stance", reviewed: "Paragraph" };

let count = 0; // readers so far, so that each list has an id of its own

export class UnplacedList {
  constructor(reader) {
    this.reader = reader;
    this.acts = [];
    const id = `ak-unplaced-${++count}`;
    this.button = el("button", {
      type: "button",
      class: "ak-unplaced-button",
      "aria-expanded": "false",
      "aria-controls": id,
    });
    // It scrolls, so that the focus must be able to go there.
    this.list = el("div", { id, class: "ak-unplaced-list", role: "region", tabindex: "0", hidden: true });
    this.list.setAttribute("aria-label", "Corrections that no longer fit");
    this.element = el("div", { class: "ak-unplaced", hidden: true }, this.button, this.list);
    this.button.addEventListener("click", () => this.open(this.list.hidden));
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.list.hidden) return;
      event.preventDefault();
      event.stopPropagation();
      this.open(false);
      this.button.focus();
    });
  }

  /** @param {object[]} acts {act, by, at, parts: [{layer, words, why}]}, in the order they were done */
  set(acts = []) {
    if (JSON.stringify(acts) === JSON.stringify(this.acts)) return;
    this.acts = acts;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = !acts.length;
    this.button.textContent = `${plural(acts.length, "correction")} no longer ${acts.length === 1 ? "fits" : "fit"}`;
    if (!acts.length) {
      this.open(false);
      if (hadFocus) this.reader.article.focus({ preventScroll: true });
    } else if (!this.list.hidden) this.draw();
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) this.draw();
    else this.list.replaceChildren();
  }

  draw() {
    this.list.replaceChildren(
      el("p", { class: "ak-quiet" }, "They stay in the file of corrections. What is still right can be marked anew."),
      el("ol", {}, ...this.acts.map((act) => el("li", {}, headOf(act), ...act.parts.flatMap(partOf)))),
    );
  }
}

function headOf({ act, by, at }) {
  const when = new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  const what = el("strong", {}, Object.hasOwn(PAST, act) ? PAST[act] : act);
  return el("div", {}, what, " by ", el("bdi", {}, by), " · ", el("time", { datetime: at }, when));
}

function partOf({ layer, words, why }) {
  return [
    words && el("div", { class: "ak-unplaced-words ak-clamp", dir: "auto" }, `“${bare(words)}”`),
    el("div", { class: "ak-quiet" }, `${KINDS[layer] ?? layer}: ${why}.`),
  ];
}

/** Words without the quotation marks that they stand between, since the list sets its own. */
const bare = (words) => words.trim().replace(/^[“"«](.*)[”"»]$/su, "$1");
