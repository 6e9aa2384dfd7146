/**
 * What people do to an analysis, as events: each holds the changes to records that one act makes, so that an
 * undo takes back all of it. Nothing is deleted; undo and redo are events too. Python's
 * analystkit.corrections.events does the same, and both pass the same cases.
 */

const PREFIX = { entities: "e", quotes: "q", stances: "s", reviewed: "r" };

/** An id for a record made by a person: random, so that people who work apart do not collide. */
export function newId(layer) {
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  return PREFIX[layer] + String(100_000_000 + (random % 900_000_000));
}

/** Where a record begins: its first mention, its first content or cue, its evidence, its stretch. */
function firstOffset(layer, record) {
  if (layer === "entities") return record.mentions.reduce((first, { start }) => Math.min(first, start), Infinity);
  if (layer === "quotes")
    return [...record.content, ...record.cue].reduce((first, [s]) => Math.min(first, s), Infinity);
  return layer === "stances" ? record.evidence[0] : record.start;
}

/** The changes that take these back, last first. */
export function inverse(changes) {
  return [...changes].reverse().map(({ layer, was, now }) => ({ layer, was: now, now: was }));
}

/**
 * An analysis after some changes: records are put in, replaced or taken out by their id. Layers that change are
 * sorted by where their records begin, then by the number in the id. What was given is not touched.
 */
export function applyChanges(data, changes) {
  const tables = new Map();
  for (const { layer, was, now } of changes) {
    if (!tables.has(layer)) tables.set(layer, new Map((data[layer] ?? []).map((record) => [record.id, record])));
    const table = tables.get(layer);
    if (was && now?.id !== was.id) table.delete(was.id);
    if (now) table.set(now.id, now);
  }
  const after = { ...data };
  for (const [layer, table] of tables) {
    const placed = [...table.values()].map((record) => [
      firstOffset(layer, record),
      Number(record.id.slice(1)),
      record,
    ]);
    placed.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    after[layer] = placed.map(([, , record]) => record);
  }
  return after;
}

/** An analysis in which every record that is as it was before is the very same object as before. */
export function keepKnown(before, after) {
  const result = { ...after };
  for (const layer of Object.keys(PREFIX)) {
    if (!Array.isArray(after[layer])) continue;
    const known = new Map((before[layer] ?? []).map((record) => [record.id, record]));
    result[layer] = after[layer].map((record) => {
      const old = known.get(record.id);
      return old && JSON.stringify(old) === JSON.stringify(record) ? old : record;
    });
  }
  return result;
}

/** The SHA-256 of a text in UTF-8, in hexadecimal; the browser offers it where the page's origin is safe. */
async function textHash(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The events on one article, and what its annotator can take back and bring back. */
export class Acts {
  /**
   * @param {object} data the analysis that is corrected
   * @param {string} by the annotator
   * @param {object[]} events those that data has already taken in, in their order
   * @param {string} [hash] of the text, where the browser cannot compute it
   */
  constructor(data, by, events = [], hash = undefined) {
    this.article = data.article?.id ?? "";
    this.by = by;
    this.events = [...events];
    this.hash = hash ? Promise.resolve(hash) : textHash(data.text);
    this.hash.catch(() => {}); // whoever awaits it hears of it
  }

  /** A new event, kept in the list; its hash of the text follows as soon as it is known. */
  add(act, changes, undoes = undefined) {
    const id = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
    const event = { id, at: new Date().toISOString(), by: this.by, act, text: "", article: this.article, changes };
    if (undoes) event.undoes = undoes;
    this.events.push(event);
    return event;
  }

  /** The event with its hash, as a plain object of its own. */
  async complete(event) {
    event.text = await this.hash;
    return structuredClone(event);
  }

  /** Events in force that undo takes back (the last first), and undo events that redo takes back. */
  stacks() {
    const done = new Map();
    const undone = new Map();
    const known = new Map(); // id -> [the act at the end of "undoes", whether the event brings it about]
    for (const event of this.events.filter(({ by }) => by === this.by)) {
      const [act, wasOn] = known.get(event.undoes) ?? [event, false];
      const on = !wasOn;
      known.set(event.id, [act, on]);
      if (act === event) undone.clear();
      (on ? done : undone).set(act.id, event);
      (on ? undone : done).delete(act.id);
    }
    return { done: [...done.values()], undone: [...undone.values()] };
  }

  /** The event that takes the last act back, or undefined. */
  undo() {
    const last = this.stacks().done.at(-1);
    return last && this.add("undo", inverse(last.changes), last.id);
  }

  redo() {
    const last = this.stacks().undone.at(-1);
    return last && this.add("redo", inverse(last.changes), last.id);
  }
}
