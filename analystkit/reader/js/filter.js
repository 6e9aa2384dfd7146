/** Which marks are drawn: by entity, speaker, polarity, confidence, and by who made them. */

import { el } from "./dom.js";
import { isExtra, whoOf } from "./extra.js";
import { isSure } from "./words.js";

const NONE = { entity: "", speaker: "", polarity: "", confidence: 0, origin: "" };
const CONFIDENCES = { 0: "any", 0.2: "0.20 or more", 0.55: "likely (0.55) or more", 0.8: "very likely (0.80) or more" };
const ORIGINS = {
  "": "anybody",
  open: "the machine, not reviewed",
  sure: "people, or accepted",
};

export class Filter {
  constructor(reader) {
    this.reader = reader;
    this.wanted = { ...NONE };
  }

  get active() {
    return Object.keys(NONE).some((key) => this.wanted[key] !== NONE[key]);
  }

  /** Whether the record of a unit is wanted. What a filter does not speak of, it lets through. */
  passes({ layer, item }) {
    const { entity, speaker, polarity, confidence, origin } = this.wanted;
    if (confidence && typeof item.confidence === "number" && item.confidence < confidence) return false;
    if (origin && isSure(item) !== (origin === "sure")) return false;
    if (isExtra(this.reader.data, layer)) return !entity || whoOf(this.reader.data, item)?.id === entity;
    if (layer === "entities") return !entity || item.id === entity;
    if (layer === "quotes") {
      if (speaker && (item.speaker ?? "unknown") !== speaker) return false;
      return !entity || item.speaker === entity || (item.via ?? []).includes(entity);
    }
    if (polarity && item.polarity !== polarity) return false;
    if (speaker && item.holder !== speaker) return false;
    return !entity || item.holder === entity || item.target === entity;
  }

  set(values) {
    Object.assign(this.wanted, values);
    this.reader.redraw();
    this.reader.say(this.active ? "Filtered" : "No filter");
  }

  clear() {
    this.set(NONE);
  }

  card() {
    const { cards, data } = this.reader;
    const field = (key, label, options, convert = String) => {
      const select = el("select", { class: "ak-field" });
      for (const [value, words] of options) {
        select.append(el("option", { value, selected: String(this.wanted[key]) === String(value) }, words));
      }
      select.addEventListener("change", () => this.set({ [key]: convert(select.value) }));
      return el("label", { class: "ak-labelled" }, label, select);
    };
    const bySize = [...(data.entities ?? [])].sort((a, b) => b.mentions.length - a.mentions.length);
    const speakers = new Set((data.quotes ?? []).map((quote) => quote.speaker));
    const names = (some) => some.map(({ id, name }) => [id, name]);
    const clear = el("button", { type: "button", class: "ak-command" }, "Show everything");
    clear.addEventListener("click", () => {
      this.clear();
      this.reader.panel.show("filter");
    });
    return [
      cards.heading({}, "Show only"),
      field("entity", "What has to do with", [["", "anybody or anything"], ...names(bySize)]),
      field("speaker", "Said or held by", [
        ["", "anybody"],
        ...names(bySize.filter(({ id }) => speakers.has(id))),
        ...(speakers.has(null) ? [["unknown", "speaker unknown"]] : []),
      ]),
      field("polarity", "Stances that are", [
        ["", "of any kind"],
        ["positive", "positive"],
        ["negative", "negative"],
        ["neutral", "neutral"],
      ]),
      field(
        "confidence",
        "Confidence",
        Object.entries(CONFIDENCES).sort((a, b) => a[0] - b[0]),
        Number,
      ),
      field("origin", "Marked by", Object.entries(ORIGINS)),
      el("div", { class: "ak-actions" }, clear),
    ];
  }
}
