/** The words and signs of the interface. Python holds the same ones in markup.py and palette.py. */

import { describeExtra, isExtra } from "./extra.js";
import { codePoints } from "./offsets.js";

export const LAYERS = ["entities", "quotes", "stances"];

export const LABELS = {
  PERSON: "person",
  ORG: "organisation",
  GPE: "country or city",
  LOC: "place",
  NORP: "group",
  FAC: "facility",
  EVENT: "event",
  PRODUCT: "product",
  LAW: "law",
  WORK_OF_ART: "work",
};
export const SIGNS = { positive: "+", negative: "−", neutral: "±" };
export const LAYER_NAMES = { entities: "Entities", quotes: "Quotes", stances: "Stances" };

/** Words for a probability, as intelligence analysts are taught to use them (ICD 203). */
export function likelihood(confidence) {
  const steps = [
    [0.95, "almost certain"],
    [0.8, "very likely"],
    [0.55, "likely"],
    [0.45, "roughly even"],
    [0.2, "unlikely"],
    [0.05, "very unlikely"],
  ];
  return (steps.find(([floor]) => confidence >= floor) ?? [0, "almost no chance"])[1];
}

/** Whether a person stands for a record: made, changed or accepted it. */
export const isSure = (item) => Boolean(item.by || item.review === "accepted");

/** A number with its noun. */
export function plural(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

/** The words for a unit: what a screen reader says, what the pointer shows, what print adds behind a quote. */
export function describe(unit, names, data) {
  const words = describeMark(unit, names, data);
  const { by, review, note } = unit.item;
  const origin = by ? `, by ${by}` : review ? `, ${review}` : "";
  return { ...words, spoken: `${words.spoken}${origin}${note ? ", with a note" : ""}` };
}

function describeMark(unit, names, data) {
  const { item } = unit;
  if (unit.layer === "entities") {
    const label = LABELS[item.label] ?? item.label;
    return { short: `${item.name} · ${label}`, spoken: `${item.name}, ${label}, ${unit.kind}` };
  }
  if (unit.layer === "quotes") {
    const who = names.get(item.speaker) ?? "speaker unknown";
    const via = (item.via ?? []).map((id) => names.get(id) ?? id);
    const chain = via.length ? `${who} via ${via.join(", ")}` : who;
    return { short: `${chain} · ${item.kind} quote`, spoken: `${item.kind} quote, ${chain}`, chain };
  }
  if (isExtra(data, unit.layer)) return describeExtra(unit, data);
  const { holder, target } = stanceEnds(item, names, data);
  const words = `${holder} → ${target}: ${item.polarity}`;
  return { short: words, spoken: `stance, ${holder} towards ${target}, ${item.polarity}` };
}

export function stanceEnds(stance, names, data) {
  const words = (span) => (span ? `“${codePoints(data.text, span)}”` : null);
  return {
    holder: names.get(stance.holder) ?? words(stance.holder_span) ?? "unknown holder",
    target: names.get(stance.target) ?? words(stance.target_span) ?? "unknown target",
  };
}

/** What an act is called once it is done. */
export const PAST = {
  mark: "Marked",
  change: "Changed",
  accept: "Accepted",
  reject: "Rejected",
  remove: "Removed",
  merge: "United",
  split: "Split off",
  note: "Noted",
  looked: "Looked at",
  adjudicate: "Decided",
  undo: "Taken back",
  redo: "Brought back",
};
