/** The cards of the side panel: what is known of an entity, a quote, a stance, and of the article as a whole. */

import { accountCard, accountsSection, isStatement } from "./accounts.js";
import { el } from "./dom.js";
import { extraCard, extraLegend, isExtra } from "./extra.js";
import { LABELS, SIGNS, likelihood, plural, stanceEnds } from "./words.js";

const LIST_STEP = 8; // entries of a list that are shown at first

/** Builds what the side panel shows; every entry that leads somewhere is a button with data-open (an id) or data-go. */
export class Cards {
  /** mentionsOf(id): the units of an entity's mentions. */
  constructor(data, map, mentionsOf, names, level) {
    Object.assign(this, { data, map, mentionsOf, names, level, progress: null });
    this.entities = new Map((data.entities ?? []).map((item) => [item.id, item]));
    this.quotes = new Map((data.quotes ?? []).map((item) => [item.id, item]));
  }

  /** The card of a unit. */
  of({ layer, item }, actions = null) {
    if (isExtra(this.data, layer)) return extraCard(this, { layer, item });
    if (layer === "accounts") return accountCard(this, item);
    if (layer === "entities") return this.entity(item, actions);
    return layer === "quotes" ? this.quote(item, actions) : this.stance(item, actions);
  }

  words(span) {
    return this.data.text.slice(this.map.toUnits(span[0]), this.map.toUnits(span[1])).replace(/\s+/g, " ");
  }

  said(quote) {
    return (quote.content ?? []).map((span) => this.words(span)).join(" … ");
  }

  heading(attributes, ...content) {
    return el("h3", { "aria-level": this.level, ...attributes }, ...content);
  }

  section(title, ...content) {
    const filled = content.filter(Boolean);
    return filled.length ? el("section", {}, el("h4", { "aria-level": this.level + 1 }, title), ...filled) : null;
  }

  /** A list of items, each drawn by ``draw``; a long one shows its first and a button that draws the rest. */
  list(items, draw) {
    if (!items.length) return null;
    const entries = (some) => some.map((item) => el("li", {}, draw(item)));
    const first = items.length > LIST_STEP + 2 ? items.slice(0, LIST_STEP) : items;
    const list = el("ul", { class: "ak-list" }, ...entries(first));
    if (first.length < items.length) {
      const more = el("button", { type: "button", class: "ak-more" }, `Show all ${items.length}`);
      more.addEventListener("click", () => {
        const rest = entries(items.slice(first.length));
        more.parentElement.replaceWith(...rest);
        rest[0].querySelector("button")?.focus();
      });
      list.append(el("li", {}, more));
    }
    return list;
  }

  who(id, fallback) {
    const name = this.names.get(id);
    if (!name) return el("span", { class: "ak-unknown" }, fallback);
    return el("button", { type: "button", class: "ak-who", "data-open": id }, el("bdi", {}, name));
  }

  facts(item, extra = []) {
    const rows = [...extra];
    if (typeof item.confidence === "number") {
      const meter = el("span", { class: "ak-meter", "aria-hidden": "true" });
      meter.style.setProperty("--ak-value", item.confidence);
      rows.push([
        "Confidence",
        el("span", {}, `${likelihood(item.confidence)} (${item.confidence.toFixed(2)})`, meter),
      ]);
    }
    if (item.why) rows.push(["Why", item.why]);
    rows.push(["Marked by", item.by ?? "the machine"], ["Review", item.review], ["Note", item.note]);
    const kept = rows.filter(([, value]) => value);
    return kept.length
      ? el(
          "dl",
          { class: "ak-facts" },
          ...kept.flatMap(([name, value]) => [el("dt", {}, name), el("dd", { dir: "auto" }, value)]),
        )
      : null;
  }

  quoteEntry(quote) {
    return el(
      "button",
      { type: "button", class: `ak-entry ak-is-quote ak-${quote.kind}`, "data-open": quote.id },
      el("span", { class: "ak-clamp", dir: "auto" }, this.said(quote)),
    );
  }

  stanceEntry(stance) {
    const { holder, target } = stanceEnds(stance, this.names, this.data);
    return el(
      "button",
      { type: "button", class: "ak-entry", "data-open": stance.id },
      el("span", { class: `ak-sign ak-${stance.polarity}`, "aria-hidden": "true" }, SIGNS[stance.polarity] ?? "?"),
      el(
        "span",
        {},
        el("bdi", {}, holder),
        " → ",
        el("bdi", {}, target),
        el("span", { class: "ak-sr" }, `, ${stance.polarity}`),
      ),
      el("span", { class: "ak-clamp ak-quiet", dir: "auto" }, this.words(stance.evidence)),
    );
  }

  mentionEntry(unit) {
    const { start, end } = unit.spans[0];
    const before = this.data.text
      .slice(Math.max(0, start - 60), start)
      .split("\n")
      .at(-1)
      .slice(-32)
      .replace(/^\S*\s/, "");
    const after = this.data.text
      .slice(end, end + 60)
      .split("\n")[0]
      .slice(0, 32)
      .replace(/\s\S*$/, "");
    return el(
      "button",
      { type: "button", class: "ak-entry ak-context", "data-of": unit.id, "data-go": start },
      el("bdi", {}, before, el("b", { class: `ak-mention ak-${unit.kind}` }, this.data.text.slice(start, end)), after),
    );
  }

  entity(entity, actions) {
    const quotes = this.data.quotes ?? [];
    const stances = this.data.stances ?? [];
    const mentions = this.mentionsOf(entity.id).filter((unit) => unit.spans.length);
    mentions.sort((a, b) => a.spans[0].start - b.spans[0].start);
    const aliases = (entity.aliases ?? []).filter((alias) => alias !== entity.name);
    const spoke = quotes.filter((quote) => quote.speaker === entity.id);
    const relayed = quotes.filter((quote) => (quote.via ?? []).includes(entity.id));
    const held = stances.filter((stance) => stance.holder === entity.id);
    const faced = stances.filter((stance) => stance.target === entity.id);
    return [
      el("p", { class: "ak-kind" }, LABELS[entity.label] ?? entity.label),
      this.heading({}, el("bdi", {}, entity.name)),
      actions,
      this.facts(entity, [["Also called", aliases.join(", ")]]),
      this.section(
        `Said ${plural(spoke.length, "time")}`,
        this.list(spoke, (quote) => this.quoteEntry(quote)),
      ),
      this.section(
        "Relayed",
        this.list(relayed, (quote) => this.quoteEntry(quote)),
      ),
      this.section(
        "Takes a stance",
        this.list(held, (stance) => this.stanceEntry(stance)),
      ),
      this.section(
        "Stances towards it",
        this.list(faced, (stance) => this.stanceEntry(stance)),
      ),
      accountsSection(this, "What several sources say of it", (account) => account.entity === entity.id),
      this.section(
        plural(mentions.length, "mention"),
        this.list(mentions, (unit) => this.mentionEntry(unit)),
      ),
    ];
  }

  quote(quote, actions) {
    const chain = [
      this.who(quote.speaker, "speaker unknown"),
      ...(quote.via ?? []).map((id) => this.who(id, id)),
      "this article",
    ];
    const carried = (this.data.stances ?? []).filter((stance) => stance.quote === quote.id);
    const joined = (spans) => (spans ?? []).map((span) => this.words(span)).join(" … ");
    return [
      el("p", { class: "ak-kind" }, `${quote.kind} quote`),
      this.heading(
        { class: "ak-chain" },
        ...chain.flatMap((link, i) => (i ? [el("span", { class: "ak-arrow" }, " → "), link] : [link])),
      ),
      el("blockquote", { dir: "auto", class: `ak-is-quote ak-${quote.kind}` }, this.said(quote)),
      actions,
      this.facts(quote, [
        ["Source", joined(quote.source)],
        ["Cue", joined(quote.cue)],
      ]),
      this.section(
        "Stances in it",
        this.list(carried, (stance) => this.stanceEntry(stance)),
      ),
      accountsSection(this, "Others on the same matter", (account) => isStatement(account, quote)),
    ];
  }

  stance(stance, actions) {
    const { holder, target } = stanceEnds(stance, this.names, this.data);
    const quote = this.quotes.get(stance.quote);
    return [
      el("p", { class: "ak-kind" }, "stance"),
      this.heading(
        { class: "ak-chain" },
        this.who(stance.holder, holder),
        el("span", { class: `ak-sign ak-${stance.polarity}`, "aria-hidden": "true" }, SIGNS[stance.polarity] ?? "?"),
        el("span", { class: "ak-arrow" }, " → "),
        this.who(stance.target, target),
      ),
      el("blockquote", { dir: "auto" }, this.words(stance.evidence)),
      actions,
      this.facts(stance, [
        ["Polarity", stance.polarity],
        ["Strength", typeof stance.strength === "number" ? stance.strength.toFixed(2) : stance.strength],
        ["Certainty", stance.certainty],
      ]),
      quote ? this.section("Expressed in", this.quoteEntry(quote)) : null,
    ];
  }

  overview() {
    const bySize = [...this.entities.values()].sort((a, b) => (b.mentions?.length ?? 0) - (a.mentions?.length ?? 0));
    const spoken = new Map();
    for (const quote of this.data.quotes ?? [])
      spoken.set(quote.speaker ?? null, (spoken.get(quote.speaker ?? null) ?? 0) + 1);
    const speakers = [...spoken].sort((a, b) => (a[0] === null) - (b[0] === null) || b[1] - a[1]);
    const entry = (id, number, one) =>
      el(
        "button",
        { type: "button", class: "ak-entry ak-row", "data-open": id },
        el("bdi", {}, this.names.get(id)),
        el("span", { class: "ak-count", "aria-label": plural(number, one) }, String(number)),
      );
    return [
      this.heading({}, "In this article"),
      this.progress ? el("p", { class: "ak-quiet" }, this.progress) : null,
      this.section(
        "Who speaks",
        this.list(speakers, ([id, number]) =>
          this.names.has(id)
            ? entry(id, number, "quote")
            : el(
                "span",
                { class: "ak-entry ak-row ak-unknown" },
                "speaker unknown",
                el("span", { class: "ak-count" }, String(number)),
              ),
        ),
      ),
      this.section(
        "Who is mentioned",
        this.list(bySize, (item) => entry(item.id, item.mentions?.length ?? 0, "mention")),
      ),
      accountsSection(this, "Told by several sources"),
      this.legend(),
      ...(this.data.warnings?.length
        ? [
            this.section(
              "Mind",
              this.list(this.data.warnings, (warning) => String(warning)),
            ),
          ]
        : []),
    ];
  }

  legend() {
    const sample = (className, text, meaning) => [
      el("dt", {}, el("span", { class: className }, text)),
      el("dd", {}, meaning),
    ];
    const sign = (polarity, meaning) => sample(`ak-sign ak-${polarity}`, SIGNS[polarity], meaning);
    return this.section(
      "Legend",
      el(
        "dl",
        { class: "ak-legend" },
        ...sample("ak-mention ak-name", "Name", "an entity, by name"),
        ...sample("ak-mention ak-nominal", "the minister", "by description"),
        ...sample("ak-mention ak-pronoun", "she", "by pronoun"),
        ...sample("ak-content ak-direct", "“words”", "direct quote"),
        ...sample("ak-content ak-mixed", "his “words”", "partly quoted"),
        ...sample("ak-content ak-indirect", "that it is so", "reported speech"),
        ...sign("positive", "stance in favour"),
        ...sign("negative", "stance against"),
        ...sign("neutral", "neutral stance"),
        ...extraLegend(this.data),
        ...sample("ak-mention ak-name ak-sure", "Name", "a thick line or full sign: marked or accepted by a person"),
      ),
    );
  }
}
