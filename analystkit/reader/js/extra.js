/** Further layers (analystkit.layers.extra): what the reader knows of them stands in the data. */

import { el } from "./dom.js";
import { codePoints } from "./offsets.js";

/** The names of the further layers of an analysis. */
export const extraLayers = (data) => Object.keys(data?.extra ?? {});

/** Whether a layer is a further one: its marks are shown, not edited. */
export const isExtra = (data, layer) => extraLayers(data).includes(layer);

/** The records of any layer. */
export const recordsOf = (data, layer) => data[layer] ?? data.extra?.[layer]?.marks ?? [];

/** What a layer is called on its switch. */
export function extraName(data, layer) {
  const { many } = data.extra[layer];
  return many[0].toUpperCase() + many.slice(1);
}

/** The entity that has a mention at a span: the one that shares most of it, of those the shortest. */
function entityAt(data, [start, end]) {
  let best = [0, 0];
  let found = null;
  for (const entity of data.entities ?? []) {
    for (const mention of entity.mentions ?? []) {
      const common = Math.min(mention.end, end) - Math.max(mention.start, start);
      const rank = [common, mention.start - mention.end];
      if (common > 0 && (rank[0] > best[0] || (rank[0] === best[0] && rank[1] > best[1]))) {
        best = rank;
        found = entity;
      }
    }
  }
  return found;
}

/** Whose a mark is: { id, name } of an entity, or its words alone; null where nobody is named. */
export function whoOf(data, item) {
  if (!item.who) return null;
  const entity = entityAt(data, item.who);
  return { id: entity?.id ?? null, name: entity?.name ?? codePoints(data.text, item.who) };
}

/** The words for a mark: what the pointer shows and what a screen reader says. */
export function describeExtra({ item, layer }, data) {
  const { one } = data.extra[layer];
  const words = [one, item.label, whoOf(data, item)?.name].filter(Boolean);
  return { short: words.join(" · "), spoken: words.join(", ") };
}

/** The card of a mark. */
export function extraCard(cards, { item, layer }) {
  const { one } = cards.data.extra[layer];
  const who = whoOf(cards.data, item);
  return [
    el("p", { class: "ak-kind" }, [one, item.label].filter(Boolean).join(", ")),
    cards.heading({ class: "ak-chain" }, who ? cards.who(who.id, who.name) : "this article"),
    el("blockquote", { dir: "auto" }, cards.words([item.start, item.end])),
    cards.facts(item),
  ];
}

/** A line of the legend for each further layer. */
export function extraLegend(data) {
  return extraLayers(data).flatMap((layer) => [
    el("dt", {}, el("span", { class: "ak-mention ak-extra" }, data.extra[layer].one)),
    el("dd", {}, data.extra[layer].about),
  ]);
}
