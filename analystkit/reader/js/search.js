/** Searching in the text: all finds are lit, one after the other is gone to. */

import { el } from "./dom.js";
import { plural } from "./words.js";

const MOST_FINDS = 2000; // finds that are lit; more are counted only

export class Search {
  constructor(reader) {
    this.reader = reader;
    this.found = [];
    this.at = -1;
    this.ranges = [];
    this.field = el("input", {
      type: "search",
      class: "ak-search",
      placeholder: "Search",
      "aria-label": "Search in the text",
      "aria-keyshortcuts": "/",
      autocomplete: "off",
      spellcheck: "false",
    });
    this.count = el("span", { class: "ak-count ak-found-count" });
    this.field.addEventListener("input", () => this.find());
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.step(event.shiftKey ? -1 : 1);
    });
  }

  open() {
    this.field.focus();
    this.field.select();
  }

  /** Empties the search; true if there was one. */
  close() {
    if (!this.field.value && !this.found.length) return false;
    this.field.value = "";
    this.find();
    return true;
  }

  find() {
    const wanted = this.field.value.trim().replace(/\s+/g, " ");
    const escaped = wanted.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/ /g, "\\s+");
    const loose = escaped.replace(/['’]/g, "['’]").replace(/["“”]/g, '["“”]');
    const matches = wanted ? [...this.reader.data.text.matchAll(new RegExp(loose, "giu"))] : [];
    this.found = matches.map((match) => [match.index, match.index + match[0].length]);
    this.at = -1;
    this.draw();
  }

  /** Lights the finds; called again when the article is drawn anew. */
  draw() {
    const wanted = this.field.value.trim();
    this.ranges = this.found.slice(0, MOST_FINDS).map((units) => this.reader.selection.rangeOfUnits(units));
    light("ak-found", this.ranges, this);
    light("ak-found-now", [], this);
    this.count.textContent = !wanted ? "" : this.found.length ? plural(this.found.length, "find") : "not found";
    if (wanted) this.reader.say(this.count.textContent);
  }

  step(by) {
    const { length } = this.ranges;
    if (!length) return;
    this.at = this.at < 0 ? (by > 0 ? 0 : length - 1) : (this.at + by + length) % length;
    const range = this.ranges[this.at];
    light("ak-found-now", [range], this);
    this.reader.focus.revealRange(range);
    this.count.textContent = `${this.at + 1} of ${this.found.length}`;
    const [start, end] = this.found[this.at];
    const around = this.reader.data.text.slice(Math.max(0, start - 40), end + 40).replace(/\s+/g, " ");
    this.reader.say(`${this.count.textContent}: ${around}`);
  }

  destroy() {
    light("ak-found", [], this);
    light("ak-found-now", [], this);
  }
}

const lit = new Map(); // what each search has lit, by highlight: several readers share the highlights' names

function light(name, ranges, owner) {
  if (typeof Highlight === "undefined" || !CSS.highlights) return;
  if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
  const highlight = CSS.highlights.get(name);
  if (!lit.has(name)) lit.set(name, new WeakMap());
  for (const range of lit.get(name).get(owner) ?? []) highlight.delete(range);
  for (const range of ranges) highlight.add(range);
  lit.get(name).set(owner, ranges);
}
