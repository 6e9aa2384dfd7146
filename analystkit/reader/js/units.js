/** What can be chosen in the text, gathered from the data. */

import { extraLayers, recordsOf } from "./extra.js";
import { describe } from "./words.js";

const owners = new WeakMap(); // element -> the unit that it draws

/** Says which unit an element draws. */
export function own(node, unit) {
  owners.set(node, unit);
}

/** The unit that an element draws, or undefined. */
export function unitAt(node) {
  return owners.get(node);
}

const inPlaces = (list, role) => [...(list ?? [])].sort((a, b) => a[0] - b[0]).map((span) => ({ span, role }));

/** The kind and the parts of each unit that a record makes, by its layer. */
const MAKERS = {
  quotes: (quote) => [
    [
      quote.kind,
      [...inPlaces(quote.content, "content"), ...inPlaces(quote.cue, "cue"), ...inPlaces(quote.source, "source")],
    ],
  ],
  stances: (stance) => [
    [
      stance.polarity,
      [
        { span: stance.evidence, role: "evidence" },
        { span: stance.holder_span, role: "holder" },
        { span: stance.target_span, role: "target" },
      ],
    ],
  ],
  entities: ({ mentions }) =>
    (mentions ?? []).map(({ kind, start, end }) => [kind, [{ span: [start, end], role: "mention" }]]),
};

/** A mark of a further layer is drawn like a mention of the kind "extra". */
const extraMaker = ({ start, end }) => [["extra", [{ span: [start, end], role: "mention" }]]];

/**
 * The units of an analysis. A unit is what the reader can choose: one mention of an entity, one quote, one stance. It
 * has one or more spans in the text (in UTF-16 units), each with a role: mention; content, cue, source; evidence,
 * holder, target. A record that is the same object as before keeps its units, and with them what is drawn of them.
 */
export class Units {
  /**
   * @param {object} data the analysis
   * @param {string[]} layers those whose units are wanted
   * @param {object} map of the text's offsets
   * @param {function({layer, item}): boolean} [isWanted] which records are
   * @param {Units} [before] those of the same text so far
   */
  constructor(data, layers, map, isWanted = () => true, before = null) {
    this.data = data;
    this.map = map;
    this.names = new Map((data.entities ?? []).map((entity) => [entity.id, entity.name]));
    this.list = [];
    this.added = []; // that were not there before
    this.byId = new Map();
    const isRenamed = before ? this.renamed(before.names) : () => false;
    for (const layer of [...Object.keys(MAKERS), ...extraLayers(data)].filter((one) => layers.includes(one))) {
      for (const item of recordsOf(data, layer)) {
        if (!isWanted({ layer, item })) continue;
        const known = before?.byId.get(item.id);
        const units = known?.[0]?.item === item && !isRenamed(item) ? known : this.make(layer, item);
        this.byId.set(item.id, units);
        for (const unit of units) {
          unit.home = this;
          this.list.push(unit);
        }
      }
    }
    this.removed = before ? before.list.filter((unit) => unit.home !== this) : [];
  }

  /** Whether a record names an entity whose name is not what it was. */
  renamed(before) {
    const other = ([id]) => this.names.get(id) !== before.get(id);
    const ids = new Set([...this.names, ...before].filter(other).map(([id]) => id));
    if (!ids.size) return () => false;
    return ({ speaker, via, holder, target }) => [speaker, holder, target, ...(via ?? [])].some((id) => ids.has(id));
  }

  make(layer, item) {
    const { map } = this;
    return (MAKERS[layer] ?? extraMaker)(item).map(([kind, parts]) => {
      const unit = { layer, item, kind, id: item.id, spans: [], elements: [], handle: null, words: null };
      for (const { span, role } of parts) {
        if (!Array.isArray(span) || !(span[0] >= 0 && span[0] < span[1] && span[1] <= map.length)) continue;
        unit.spans.push({ role, start: map.toUnits(span[0]), end: map.toUnits(span[1]), unit });
      }
      this.added.push(unit);
      return unit;
    });
  }

  /** The units of a record: of an entity one a mention. */
  of(id) {
    return this.byId.get(id) ?? [];
  }

  has(unit) {
    return unit?.home === this;
  }

  /** The words for a unit: { short, spoken, chain }. */
  wordsOf(unit) {
    return (unit.words ??= describe(unit, this.names, this.data));
  }
}
