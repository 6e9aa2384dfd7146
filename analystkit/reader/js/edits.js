/**
 * What people can change, as changes to records. Every function takes a Draft, and works on what it holds so far,
 * so that several make one act. All offsets are code points.
 */

import { newId } from "./acts.js";
import { codePoints } from "./offsets.js";
import { mentionKind, quoteKind } from "./spans.js";

/** Changes in the making: each record is changed once, however often it is put. */
export class Draft {
  constructor(data, by) {
    this.data = data;
    this.by = by;
    this.made = new Map(); // id -> { layer, was, now }
  }

  get changes() {
    return [...this.made.values()].filter(
      ({ was, now }) => (was || now) && JSON.stringify(was) !== JSON.stringify(now),
    );
  }

  all(layer) {
    const kept = (this.data[layer] ?? []).filter(({ id }) => !this.made.has(id));
    const made = [...this.made.values()].filter((one) => one.layer === layer && one.now).map(({ now }) => now);
    return [...kept, ...made];
  }

  get(layer, id) {
    return this.made.has(id) ? this.made.get(id).now : (this.data[layer] ?? []).find((one) => one.id === id);
  }

  set(layer, id, now) {
    const was = this.made.has(id) ? this.made.get(id).was : (this.get(layer, id) ?? null);
    this.made.set(id, { layer, was, now });
  }

  /** Changes a record; it is a person's from now on. */
  change(layer, id, values) {
    const { review: _, ...record } = this.get(layer, id);
    this.set(layer, id, { ...record, ...values, by: this.by });
  }

  /** Adds a record of a person's own. */
  add(layer, values) {
    const id = newId(layer);
    this.set(layer, id, { id, ...values, confidence: 1, why: `marked by ${this.by}`, by: this.by });
    return id;
  }

  words(span) {
    return codePoints(this.data.text, span).replace(/\s+/g, " ");
  }
}

const touches = (a, b) => a[0] < b[1] && b[0] < a[1];
const same = (a, b) => a[0] === b[0] && a[1] === b[1];
const inPlace = (spans) => [...spans].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
const byPlace = (mentions) => [...mentions].sort((a, b) => a.start - b.start || a.end - b.end);

/* ---- entities */

/** The entity that goes by these words, if there is one. */
export function namesake(data, words) {
  const wanted = words.toLowerCase();
  return (data.entities ?? []).find(({ name, aliases }) =>
    [name, ...(aliases ?? [])].some((one) => one.toLowerCase() === wanted),
  );
}

export function addMentions(draft, id, spans) {
  const { mentions } = draft.get("entities", id);
  const fresh = spans.filter((span) => !mentions.some(({ start, end }) => same(span, [start, end])));
  const made = fresh.map(([start, end]) => ({ start, end, kind: mentionKind(draft.words([start, end])) }));
  draft.change("entities", id, { mentions: byPlace([...mentions, ...made]) });
}

export function markEntity(draft, span, label) {
  const name = draft.words(span);
  const mentions = [{ start: span[0], end: span[1], kind: mentionKind(name) }];
  return draft.add("entities", { name, label, aliases: [], mentions });
}

/** Takes a mention away; with its last one the entity goes. */
export function removeMention(draft, id, [start, end]) {
  const entity = draft.get("entities", id);
  const mentions = entity.mentions.filter((one) => !(one.start === start && one.end === end));
  if (mentions.length) draft.change("entities", id, { mentions });
  else removeEntity(draft, id);
}

export function removeEntity(draft, id) {
  redirect(draft, id, null);
  draft.set("entities", id, null);
}

/** One entity is the other: its mentions and names go over, and whatever pointed to it points there. */
export function mergeEntities(draft, from, into) {
  const [gone, stays] = [draft.get("entities", from), draft.get("entities", into)];
  const names = [...(stays.aliases ?? []), gone.name, ...(gone.aliases ?? [])];
  const fresh = gone.mentions.filter(
    (one) => !stays.mentions.some((two) => one.start === two.start && one.end === two.end),
  );
  draft.change("entities", into, {
    aliases: [...new Set(names)].filter((name) => name !== stays.name),
    mentions: byPlace([...stays.mentions, ...fresh]),
  });
  redirect(draft, from, into);
  draft.set("entities", from, null);
}

/** Makes whatever points to an entity point to another one, or to none. */
function redirect(draft, from, into) {
  for (const { id, speaker, via } of draft.all("quotes")) {
    const relays = (via ?? []).map((one) => (one === from ? into : one)).filter(Boolean);
    if (speaker === from || (via ?? []).includes(from)) {
      draft.change("quotes", id, { speaker: speaker === from ? into : speaker, via: [...new Set(relays)] });
    }
  }
  for (const { id, holder, target } of draft.all("stances")) {
    if (holder === from || target === from) {
      const ends = { holder: holder === from ? into : holder, target: target === from ? into : target };
      draft.change("stances", id, ends);
    }
  }
}

/** A mention becomes an entity of its own; quotes and stances that rest on its very words go with it. */
export function splitMention(draft, id, span) {
  const { label } = draft.get("entities", id);
  const made = markEntity(draft, span, label);
  moveReferences(draft, id, span, made);
  removeMention(draft, id, span);
  return made;
}

/** A mention goes to another entity, and with it the quotes and stances that rest on its very words. */
export function giveMention(draft, id, span, into) {
  addMentions(draft, into, [span]);
  moveReferences(draft, id, span, into);
  removeMention(draft, id, span);
}

function moveReferences(draft, from, span, into) {
  for (const { id, speaker, source } of draft.all("quotes")) {
    if (speaker === from && (source ?? []).some((one) => same(one, span)))
      draft.change("quotes", id, { speaker: into });
  }
  for (const { id, ...stance } of draft.all("stances")) {
    for (const end of ["holder", "target"]) {
      const place = stance[`${end}_span`];
      if (stance[end] === from && place && same(place, span)) draft.change("stances", id, { [end]: into });
    }
  }
}

/* ---- quotes */

export function markQuote(draft, span) {
  const kind = quoteKind(draft.words(span));
  const id = draft.add("quotes", { kind, content: [span], cue: [], source: [], speaker: null, via: [] });
  for (const { id: stance, evidence, quote } of draft.all("stances")) {
    if (!quote && span[0] <= evidence[0] && evidence[1] <= span[1]) draft.change("stances", stance, { quote: id });
  }
  return id;
}

/** Adds a span to content, cue or source; spans of the same part that it touches become one with it. */
export function addSpan(draft, id, part, span) {
  const spans = draft.get("quotes", id)[part] ?? [];
  const joined = spans.filter((one) => touches(one, span));
  const whole = [Math.min(span[0], ...joined.map(([s]) => s)), Math.max(span[1], ...joined.map(([, e]) => e))];
  draft.change("quotes", id, { [part]: inPlace([...spans.filter((one) => !joined.includes(one)), whole]) });
}

export function removeQuote(draft, id) {
  for (const stance of draft.all("stances"))
    if (stance.quote === id) draft.change("stances", stance.id, { quote: null });
  draft.set("quotes", id, null);
}

/** Says who speaks; picked in the text, the words picked are the source. */
export function setSpeaker(draft, id, speaker, span) {
  const via = (draft.get("quotes", id).via ?? []).filter((one) => one !== speaker);
  draft.change("quotes", id, { speaker, via, ...(span ? { source: [span] } : {}) });
}

/** Puts a relay at the end of the chain, or takes it out if it is there. */
export function toggleVia(draft, id, relay) {
  const via = draft.get("quotes", id).via ?? [];
  draft.change("quotes", id, { via: via.includes(relay) ? via.filter((one) => one !== relay) : [...via, relay] });
}

/* ---- stances */

/**
 * A stance that rests on some words. Its holder is the speaker of the quote around them; its target the first
 * entity mentioned in them, else the words themselves, until somebody picks one.
 */
export function markStance(draft, span, polarity) {
  const quote = draft
    .all("quotes")
    .find(({ content }) => content.some(([start, end]) => start <= span[0] && span[1] <= end));
  const holder = quote?.speaker ?? null;
  const inside = draft
    .all("entities")
    .filter(({ id }) => id !== holder)
    .flatMap(({ id, mentions }) => mentions.map(({ start, end }) => ({ id, span: [start, end] })))
    .filter((one) => span[0] <= one.span[0] && one.span[1] <= span[1] && !same(one.span, span))
    .sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1])[0];
  return draft.add("stances", {
    holder,
    holder_span: quote?.source?.[0] ?? null,
    target: inside?.id ?? null,
    target_span: inside?.span ?? span,
    polarity,
    strength: "moderate",
    certainty: "asserted",
    evidence: span,
    quote: quote?.id ?? null,
  });
}

/** Says who holds a stance, or what it is about ("holder", "target"); the words picked in the text go with it. */
export function setEnd(draft, id, end, entity, span) {
  const was = draft.get("stances", id)[`${end}_span`];
  const first = entity && draft.get("entities", entity)?.mentions[0];
  const place = span ?? (end === "target" ? (first ? [first.start, first.end] : was) : null);
  draft.change("stances", id, { [end]: entity, [`${end}_span`]: place });
}

/* ---- any mark */

/** Moves a span of a mark: part is "mention", "content", "cue", "source", "evidence", "holder" or "target". */
export function moveSpan(draft, layer, id, part, from, to) {
  const record = draft.get(layer, id);
  if (part === "mention") {
    const moved = record.mentions.map((one) =>
      one.start === from[0] && one.end === from[1] ? { ...one, start: to[0], end: to[1] } : one,
    );
    const isOnly = record.mentions.length === 1 && record.name === draft.words(from);
    draft.change(layer, id, { mentions: byPlace(moved), ...(isOnly ? { name: draft.words(to) } : {}) });
  } else if (layer === "quotes") {
    draft.change(layer, id, { [part]: inPlace(record[part].map((span) => (same(span, from) ? to : span))) });
  } else draft.change(layer, id, { [part === "evidence" ? part : `${part}_span`]: to });
}

export function accept(draft, layer, id) {
  draft.set(layer, id, { ...draft.get(layer, id), review: "accepted" });
}

/** A note, or none if it is blank. It does not make the mark a person's. */
export function setNote(draft, layer, id, words) {
  const { note: _, ...record } = draft.get(layer, id);
  draft.set(layer, id, words.trim() ? { ...record, note: words.trim() } : record);
}

/** Says that somebody has finished reading a stretch for some layers, or takes that back. */
export function setLooked(draft, layers, [start, end], looked) {
  for (const layer of layers) {
    const there = draft
      .all("reviewed")
      .filter((one) => one.layer === layer && touches([one.start, one.end], [start, end]));
    if (looked && !there.length) {
      const id = newId("reviewed");
      draft.set("reviewed", id, { id, layer, start, end, by: draft.by });
    }
    if (!looked) for (const one of there) draft.set("reviewed", one.id, null);
  }
}
