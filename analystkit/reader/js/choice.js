/** Which mark is chosen, what is lit together with it, and the way back through the cards. */

import { isStatement } from "./accounts.js";
import { extraLayers, recordsOf } from "./extra.js";
import { unitAt } from "./units.js";
import { LAYERS } from "./words.js";

const CLICKABLE = new Set(["mention", "content", "cue", "evidence"]);

export class Choice {
  constructor(reader) {
    this.reader = reader;
    this.unit = null; // the unit whose card is open
    this.history = [];
    this.lit = []; // elements under the pointer or the focus, and those of the same entity
    this.kin = []; // elements of the chosen mark and of what belongs to it
    this.ringed = [];
    this.pointed = null; // the unit whose elements are lit
  }

  get id() {
    return this.unit?.id ?? null;
  }

  /** Before the article is drawn anew: nothing in it is lit. */
  forget() {
    for (const node of [...this.lit, ...this.kin, ...this.ringed]) {
      node.classList.remove("ak-lit", "ak-kin", "ak-chosen", "ak-focus");
    }
    this.lit = [];
    this.kin = [];
    this.ringed = [];
    this.pointed = null;
  }

  unitsOf(id) {
    return this.reader.units.of(id);
  }

  /** Chooses by id, as Python does; null closes. An id that the data lacks closes, too. */
  select(id, { quiet = false } = {}) {
    if (id === this.id) return;
    const unit = id ? (this.unitsOf(id)[0] ?? this.unseen(id)) : null;
    if (unit) this.choose(unit, { scroll: !quiet, quiet });
    else this.close({ quiet });
  }

  /** A stand-in unit for an item whose layer is off or that has no place in the text. */
  unseen(id) {
    const { data } = this.reader;
    for (const layer of [...LAYERS, ...extraLayers(data), "accounts"]) {
      const item = recordsOf(data, layer).find((one) => one.id === id);
      if (item) return { layer, item, id, kind: item.kind, spans: [], elements: [], handle: null };
    }
    return null;
  }

  isKnown(id) {
    return this.unitsOf(id).length > 0 || this.unseen(id) !== null;
  }

  /** The unit of an id, the one at a span of code points if there is one there. */
  find(id, span) {
    const start = span && this.reader.map.toUnits(span[0]);
    const units = this.unitsOf(id);
    return units.find((unit) => unit.spans[0]?.start === start) ?? units[0] ?? this.unseen(id);
  }

  choose(unit, { scroll = false, quiet = false, back = false } = {}) {
    const { focus, panel, options } = this.reader;
    this.reader.drawing.show(unit);
    const before = this.unit;
    if (before && before !== unit && !back) this.history.push(before);
    this.unit = unit;
    if (unit.handle) focus.setCurrent(unit.handle);
    this.mark();
    panel.card(unit);
    if (scroll) focus.reveal(unit);
    if (unit.id !== before?.id && !quiet) options.onSelect?.(unit.id);
  }

  close({ quiet = false } = {}) {
    const had = this.unit;
    this.unit = null;
    this.history = [];
    this.mark();
    this.reader.panel.show("overview");
    this.reader.root.classList.remove("ak-open");
    if (had && !quiet) this.reader.options.onSelect?.(null);
  }

  back() {
    const unit = this.history.pop();
    if (unit) this.choose(unit, { scroll: true, back: true });
  }

  /** The same mark among the units drawn anew; the old one where it is not drawn any more. */
  findAgain() {
    const { unit } = this;
    if (!unit) return;
    const start = unit.spans[0]?.start;
    const units = this.unitsOf(unit.id);
    this.unit = units.find((one) => one.spans[0]?.start === start) ?? this.unseen(unit.id) ?? unit;
    this.reader.drawing.show(this.unit);
    this.mark();
  }

  /**
   * Whether a unit belongs to the chosen one: of an entity, its mentions, what it says or relays, how it stands; of an
   * account, its statements.
   */
  isKin({ id, item }) {
    if (this.unit?.layer === "accounts") return isStatement(this.unit.item, item);
    if (this.unit?.layer !== "entities") return false;
    const mine = this.unit.id;
    return [id, item.speaker, item.holder, item.target, ...(item.via ?? [])].includes(mine);
  }

  /** Draws the chosen mark, and with it what belongs together. */
  mark() {
    for (const node of this.kin) node.classList.remove("ak-chosen", "ak-kin");
    this.kin = [];
    if (!this.unit) return;
    if (["entities", "accounts"].includes(this.unit.layer)) {
      for (const unit of this.reader.units.list) this.touchKin(unit);
    }
    this.touch(this.unit.elements, "ak-chosen");
  }

  touchKin(unit) {
    if (this.isKin(unit)) this.touch(unit.elements, "ak-kin");
  }

  touch(nodes, name) {
    for (const node of nodes) {
      node.classList.add(name);
      this.kin.push(node);
    }
  }

  light(unit) {
    for (const node of this.lit) node.classList.remove("ak-lit");
    this.lit = [];
    this.pointed = unit;
    const units = unit?.layer === "entities" ? this.unitsOf(unit.id) : unit ? [unit] : [];
    for (const one of units) this.touchLit(one);
  }

  touchLit({ elements }) {
    for (const node of elements) node.classList.add("ak-lit");
    this.lit.push(...elements);
  }

  /** Makes the marks of a paragraph that has only now been drawn look as they would have, had they been there. */
  dress({ spans }) {
    const { pointed } = this;
    for (const unit of new Set(spans.map((span) => span.unit).filter(Boolean))) {
      this.touchKin(unit);
      if (unit === this.unit) this.touch(unit.elements, "ak-chosen");
      if (unit === pointed || (pointed?.layer === "entities" && pointed.id === unit.id)) this.touchLit(unit);
    }
  }

  ring(unit) {
    for (const node of this.ringed) node.classList.remove("ak-focus");
    this.ringed = unit ? unit.elements.filter((node) => /ak-(mention|content|chip|evidence)/.test(node.className)) : [];
    for (const node of this.ringed) node.classList.add("ak-focus");
  }

  /** All units whose marks cover an element, the shortest first. */
  unitsAt(node) {
    const found = new Map();
    for (let at = node; at && at !== this.reader.article; at = at.parentElement) {
      const unit = unitAt(at);
      if (!this.reader.units.has(unit)) continue;
      const role = at.className.match(/ak-([a-z]+)/)?.[1];
      const isChip = role === "chip" || role === "handle";
      const length = isChip
        ? 0
        : Math.min(...unit.spans.filter((span) => span.role === role).map((span) => span.end - span.start));
      const rank = isChip || CLICKABLE.has(role) ? 0 : 1;
      if (!found.has(unit) || rank < found.get(unit).rank) found.set(unit, { unit, length, rank });
    }
    const all = [...found.values()];
    const wanted = all.some((one) => one.rank === 0) ? all.filter((one) => one.rank === 0) : all;
    return wanted.sort((a, b) => a.length - b.length).map((one) => one.unit);
  }

  /** Chooses the next of the marks that lie over each other, from the shortest up. */
  cycle(node) {
    const here = this.unitsAt(node);
    if (!here.length) return;
    this.choose(here[(here.indexOf(this.unit) + 1) % here.length]);
  }
}
