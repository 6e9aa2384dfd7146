/** What can be chosen in the text, gathered from the data. */

import { extraLayers, recordsOf } from "./extra.js";

/**
 * A unit is what the reader can choose: one mention of an entity, one quote, one stance. It has one or more
 * spans in the text, each with a role: mention; content, cue, source; evidence, holder, target. A mark of a further
 * layer is drawn like a mention of the kind "extra".
 */
export function collectUnits(data, layers, map, isWanted = () => true) {
  const units = [];
  const names = new Map((data.entities ?? []).map((entity) => [entity.id, entity.name]));
  const unit = (layer, item, kind, spans) => {
    if (!isWanted({ layer, item })) return;
    const fitting = spans
      .filter(({ span }) => Array.isArray(span) && 0 <= span[0] && span[0] < span[1] && span[1] <= map.length)
      .map(({ span, role }) => ({ role, start: map.toUnits(span[0]), end: map.toUnits(span[1]) }));
    const made = { layer, item, kind, id: item.id, index: units.length, spans: fitting, elements: [], handle: null };
    for (const span of fitting) span.unit = made;
    units.push(made);
  };
  const spansOf = (list, role) => [...(list ?? [])].sort((a, b) => a[0] - b[0]).map((span) => ({ span, role }));
  if (layers.includes("quotes")) {
    for (const quote of data.quotes ?? []) {
      unit("quotes", quote, quote.kind, [
        ...spansOf(quote.content, "content"),
        ...spansOf(quote.cue, "cue"),
        ...spansOf(quote.source, "source"),
      ]);
    }
  }
  if (layers.includes("stances")) {
    for (const stance of data.stances ?? []) {
      unit("stances", stance, stance.polarity, [
        { span: stance.evidence, role: "evidence" },
        { span: stance.holder_span, role: "holder" },
        { span: stance.target_span, role: "target" },
      ]);
    }
  }
  if (layers.includes("entities")) {
    for (const entity of data.entities ?? []) {
      for (const mention of entity.mentions ?? []) {
        unit("entities", entity, mention.kind, [{ span: [mention.start, mention.end], role: "mention" }]);
      }
    }
  }
  for (const layer of extraLayers(data).filter((one) => layers.includes(one))) {
    for (const item of recordsOf(data, layer)) {
      unit(layer, item, "extra", [{ span: [item.start, item.end], role: "mention" }]);
    }
  }
  return { units, names };
}
