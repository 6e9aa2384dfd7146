/**
 * The reader: one article with its entities, quotes and stances, to read and to explore.
 *
 * One ES module without dependencies. `mount` draws an analysis (schema analystkit/analysis@1) into an
 * element, for the shared page; the default export does the same for the Jupyter widget.
 *
 * Two rules hold throughout. What comes from the data reaches the document only as text (text nodes and
 * setAttribute), never as markup. The text nodes of the article, read in order, are exactly the article's
 * text, so that a place in the document is a place in the text; labels and chips are drawn by CSS.
 */

export const LAYERS = ["entities", "quotes", "stances"];

const LABELS = {
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
const SIGNS = { positive: "+", negative: "−", neutral: "±" };
const LAYER_NAMES = { entities: "Entities", quotes: "Quotes", stances: "Stances" };
const LIST_STEP = 8;
const LONG = 60_000; // UTF-16 units; above, paragraphs out of sight are laid out when they come near

/* ---------------------------------------------------------------- offsets */

/**
 * Translates between code points, which Python and the JSON count, and UTF-16 units, which the DOM counts.
 * They differ by one for each character outside the basic plane (emoji, some scripts) that came before.
 */
export function offsetMap(text) {
  const astral = []; // code point index of every character that takes two units
  let points = 0;
  for (const character of text) {
    if (character.length === 2) astral.push(points);
    points += 1;
  }
  const countBelow = (limit, position) => {
    let low = 0;
    let high = astral.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (position(middle) < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    length: points,
    toUnits: (point) => point + countBelow(point, (i) => astral[i]),
    toPoints: (unit) => unit - countBelow(unit, (i) => astral[i] + i),
  };
}

/* ------------------------------------------------------------------ marks */

/**
 * A unit is what the reader can choose: one mention of an entity, one quote, one stance. It has one or more
 * spans in the text, each with a role: mention; content, cue, source; evidence, holder, target.
 */
function collectUnits(data, layers, map) {
  const units = [];
  const names = new Map((data.entities ?? []).map((entity) => [entity.id, entity.name]));
  const unit = (layer, item, kind, spans) => {
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
  return { units, names };
}

/** The words for a unit: what a screen reader says, what the pointer shows, what print adds behind a quote. */
function describe(unit, names, data) {
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
  const { holder, target } = stanceEnds(item, names, data);
  const words = `${holder} → ${target}: ${item.polarity}`;
  return { short: words, spoken: `stance, ${holder} towards ${target}, ${item.polarity}` };
}

function stanceEnds(stance, names, data) {
  const words = (span) => (span ? `“${codePoints(data.text, span)}”` : null);
  return {
    holder: names.get(stance.holder) ?? words(stance.holder_span) ?? "unknown holder",
    target: names.get(stance.target) ?? words(stance.target_span) ?? "unknown target",
  };
}

const offsetMaps = new Map(); // the map of the text in use: describing 3,000 stances must not build 3,000
function codePoints(text, [start, end]) {
  if (!offsetMaps.has(text)) {
    offsetMaps.clear();
    offsetMaps.set(text, offsetMap(text));
  }
  const map = offsetMaps.get(text);
  return text.slice(map.toUnits(start), map.toUnits(end));
}

/* ---------------------------------------------------------------- drawing */

/** An element with attributes and children; strings become text. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/** Paragraphs as [start, end) in UTF-16 units: runs of lines that are not blank. */
function paragraphs(text) {
  const runs = [];
  for (const match of text.matchAll(/\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*/g)) {
    runs.push([match.index, match.index + match[0].length]);
  }
  return runs;
}

/** Whether a paragraph's line ends come from a typewriter-like margin, so that its lines may flow. */
function isHardWrapped(paragraph) {
  const lines = paragraph.trimEnd().split("\n");
  return lines.length > 2 && lines.slice(0, -1).every((line) => line.length >= 45 && line.length <= 100);
}

/** The article as a fragment: one <p> a paragraph, the blank space between kept as text. */
function drawText(data, units, words, options) {
  const { text } = data;
  const title = data.article?.title?.trim();
  const spans = units.flatMap((unit) => unit.spans);
  const map = offsetMap(text);
  for (const [start, end] of data.furniture ?? []) {
    spans.push({ role: "furniture", start: map.toUnits(start), end: map.toUnits(end), unit: null });
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const fragment = document.createDocumentFragment();
  let position = 0;
  let next = 0;
  let running = []; // spans that reach beyond the paragraph they began in
  for (const [start, end] of paragraphs(text)) {
    fragment.append(text.slice(position, start));
    const here = running.filter((span) => span.end > start);
    while (next < spans.length && spans[next].start < end) {
      if (spans[next].end > start) here.push(spans[next]);
      next += 1;
    }
    const paragraph = el("p", { dir: "auto" });
    const content = text.slice(start, end);
    if (position === 0 && title && content.trim() === title) {
      paragraph.className = "ak-headline";
      paragraph.setAttribute("role", "heading");
      paragraph.setAttribute("aria-level", options.headingLevel);
    } else if (isHardWrapped(content)) {
      paragraph.className = "ak-flow";
    }
    drawParagraph(paragraph, text, start, end, here, words);
    fragment.append(paragraph);
    running = here.filter((span) => span.end > end);
    position = end;
  }
  fragment.append(text.slice(position));
  return fragment;
}

/**
 * Wraps the spans of one paragraph around its words. Longer spans go outside; where two cross, the inner one
 * is closed at the edge and opened again, so that every word lies in all the spans that cover it.
 */
function drawParagraph(paragraph, text, start, end, spans, words) {
  const opening = new Map();
  const edges = new Set([start, end]);
  for (const span of spans) {
    const from = Math.max(span.start, start);
    opening.has(from) ? opening.get(from).push(span) : opening.set(from, [span]);
    edges.add(from).add(Math.min(span.end, end));
  }
  const stack = [];
  const top = () => stack.at(-1)?.node ?? paragraph;
  const close = (position) => {
    const depth = stack.findIndex(({ span }) => Math.min(span.end, end) === position);
    const again = [];
    while (depth >= 0 && stack.length > depth) {
      const { span, node } = stack.pop();
      finishPiece(span, node, words, position === span.end);
      if (span.end > position && position < end) again.unshift(span);
      else if (span.end === position && span.role === "evidence") top().append(chip(span.unit, words));
    }
    return again;
  };
  const ordered = [...edges].sort((a, b) => a - b);
  ordered.forEach((position, number) => {
    const toOpen = [...close(position), ...(position < end ? (opening.get(position) ?? []) : [])];
    for (const span of toOpen.sort((a, b) => b.end - a.end)) {
      const node = openPiece(span, position, words);
      if (span.role === "content") {
        const before = span.unit.handle ? el("span") : (span.unit.handle = handle(span.unit, words));
        before.classList.toggle("ak-room", position > start);
        top().append(before);
      }
      top().append(node);
      stack.push({ span, node });
    }
    if (position < end) top().append(text.slice(position, ordered[number + 1]));
  });
}

function openPiece(span, from, words) {
  if (!span.unit) return el("span", { class: "ak-furniture", title: "not part of the report" });
  const { unit } = span;
  const node = el("span", { class: `ak-${span.role} ak-${unit.kind}`, "data-u": unit.index });
  unit.elements.push(node);
  if (span.role === "evidence" && from === span.start) node.classList.add("ak-begin");
  return node;
}

/** A mention with nothing inside is its own handle; one that holds other marks gets an empty one in front. */
function finishPiece(span, node, words, isEnd) {
  const { unit } = span;
  if (!unit) return;
  if (span.role === "mention" && !unit.handle) {
    if (node.childElementCount) {
      unit.handle = handle(unit, words);
      node.prepend(unit.handle);
    } else {
      unit.handle = node;
      makeHandle(node, unit, words);
    }
  }
  if (isEnd && span.role === "content" && unit.spans.filter((s) => s.role === "content").at(-1) === span) {
    node.dataset.who = words[unit.index].chain; // print shows it behind the quote
  }
}

function makeHandle(node, unit, words) {
  node.setAttribute("role", "button");
  node.setAttribute("tabindex", "-1");
  node.setAttribute("aria-label", words[unit.index].spoken);
  node.dataset.handle = "";
}

function handle(unit, words) {
  const node = el("span", { class: "ak-handle", "data-u": unit.index });
  makeHandle(node, unit, words);
  return node;
}

function chip(unit, words) {
  const node = el("span", {
    class: `ak-chip ak-${unit.kind}`,
    "data-u": unit.index,
    "data-sign": SIGNS[unit.kind] ?? "?",
  });
  makeHandle(node, unit, words);
  unit.elements.push(node);
  unit.handle = node;
  return node;
}

/* ------------------------------------------------------------------ cards */

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

const isWeb = (url) => /^https?:\/\//i.test(url ?? "");

function plural(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

/** Builds what the side panel shows; every entry that leads somewhere is a button with data-open (an id) or data-go. */
class Cards {
  constructor(data, units, names, level) {
    Object.assign(this, { data, names, level, map: offsetMap(data.text) });
    this.entities = new Map((data.entities ?? []).map((item) => [item.id, item]));
    this.quotes = new Map((data.quotes ?? []).map((item) => [item.id, item]));
    this.mentions = new Map();
    for (const unit of units) {
      if (unit.layer !== "entities") continue;
      if (!this.mentions.has(unit.id)) this.mentions.set(unit.id, []);
      this.mentions.get(unit.id).push(unit);
    }
    for (const list of this.mentions.values()) list.sort((a, b) => (a.spans[0]?.start ?? 0) - (b.spans[0]?.start ?? 0));
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

  entity(entity) {
    const quotes = this.data.quotes ?? [];
    const stances = this.data.stances ?? [];
    const mentions = (this.mentions.get(entity.id) ?? []).filter((unit) => unit.spans.length);
    const aliases = (entity.aliases ?? []).filter((alias) => alias !== entity.name);
    const spoke = quotes.filter((quote) => quote.speaker === entity.id);
    const relayed = quotes.filter((quote) => (quote.via ?? []).includes(entity.id));
    const held = stances.filter((stance) => stance.holder === entity.id);
    const faced = stances.filter((stance) => stance.target === entity.id);
    return [
      el("p", { class: "ak-kind" }, LABELS[entity.label] ?? entity.label),
      this.heading({}, el("bdi", {}, entity.name)),
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
      this.section(
        plural(mentions.length, "mention"),
        this.list(mentions, (unit) => this.mentionEntry(unit)),
      ),
    ];
  }

  quote(quote) {
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
      this.facts(quote, [
        ["Source", joined(quote.source)],
        ["Cue", joined(quote.cue)],
      ]),
      this.section(
        "Stances in it",
        this.list(carried, (stance) => this.stanceEntry(stance)),
      ),
    ];
  }

  stance(stance) {
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
      ),
    );
  }

  keys() {
    const rows = [
      ["Tab", "into the text, on to this panel"],
      ["→ ↓ J", "next mark"],
      ["← ↑ K", "previous mark"],
      ["Home End", "first, last mark"],
      ["N P", "next, previous mention of the chosen entity"],
      ["Enter Space", "open the mark"],
      [". Alt+click", "what else lies there, from the shortest up"],
      ["Shift+→ ←", "select words"],
      ["1 2 3", "entities, quotes, stances on or off"],
      ["Esc", "close; then drop the selection"],
      ["?", "these keys"],
    ];
    const keys = (names) =>
      names.split(" ").flatMap((name, i) => (i ? [" ", el("kbd", {}, name)] : [el("kbd", {}, name)]));
    return [
      this.heading({}, "Keys"),
      el(
        "dl",
        { class: "ak-keys" },
        ...rows.flatMap(([names, what]) => [el("dt", {}, ...keys(names)), el("dd", {}, what)]),
      ),
    ];
  }
}

/* ----------------------------------------------------------------- reader */

// JupyterLab takes a key press for one of its shortcuts before the reader sees it, unless the very element in
// focus has this attribute.
const SUPPRESS = "data-lm-suppress-shortcuts";
const CLICKABLE = new Set(["mention", "content", "cue", "evidence"]);

class Reader {
  constructor(root, data, options) {
    this.root = root;
    this.options = { boxed: false, headingLevel: 2, ...options };
    this.layers = LAYERS.filter((layer) => (options.layers ?? LAYERS).includes(layer));
    this.chosen = null; // the unit whose card is open
    this.history = [];
    this.span = [];
    this.abort = new AbortController();
    this.build();
    this.listen();
    this.setData(data);
  }

  build() {
    const { root } = this;
    root.classList.add("ak-reader");
    root.classList.toggle("ak-boxed", Boolean(this.options.boxed));
    this.switches = new Map(
      LAYERS.map((layer, i) => [
        layer,
        el("button", {
          type: "button",
          class: `ak-switch ak-switch-${layer}`,
          "data-layer": layer,
          "aria-keyshortcuts": String(i + 1),
        }),
      ]),
    );
    this.head = el("header", { class: "ak-head" });
    this.article = el("div", { class: "ak-text", tabindex: "-1", role: "group", "aria-label": "Article text" });
    this.scroller = el("div", { class: "ak-scroll" }, el("article", { class: "ak-column" }, this.head, this.article));
    this.panel = el("aside", { class: "ak-panel", "aria-label": "Details" });
    this.status = el("div", { class: "ak-sr", role: "status" });
    root.replaceChildren(
      el(
        "div",
        { class: "ak-bar", role: "group", "aria-label": "Layers" },
        ...this.switches.values(),
        el("span", { class: "ak-space" }),
        el(
          "button",
          { type: "button", class: "ak-quiet-button ak-overview-button", "data-act": "overview" },
          "Overview",
        ),
        el(
          "button",
          {
            type: "button",
            class: "ak-quiet-button",
            "data-act": "keys",
            "aria-keyshortcuts": "?",
            "aria-label": "Keys",
            title: "Keys (?)",
          },
          "?",
        ),
      ),
      el("div", { class: "ak-main" }, this.scroller, this.panel),
      this.status,
    );
  }

  /* ---- data */

  setData(data) {
    this.data = { ...data, text: data?.text ?? "" };
    this.map = offsetMap(this.data.text);
    this.drawHead();
    this.drawArticle();
    this.history = [];
    this.setSelection([]);
    const again = this.chosen?.id;
    this.chosen = null;
    this.show("overview");
    if (again) this.select(again, { quiet: true });
  }

  drawHead() {
    const article = this.data.article ?? {};
    const title = article.title?.trim();
    const first = this.data.text.match(/\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*/)?.[0].trim();
    const link = isWeb(article.url)
      ? el("a", { href: article.url, target: "_blank", rel: "noopener noreferrer nofollow" }, safeHost(article.url))
      : article.url;
    const facts = [
      article.byline,
      article.published && el("time", { datetime: article.published }, article.published),
      link,
    ].filter(Boolean);
    this.head.replaceChildren(
      ...(facts.length
        ? [el("p", { class: "ak-about" }, ...facts.flatMap((fact, i) => (i ? [" · ", fact] : [fact])))]
        : []),
      ...(title && title !== first
        ? [
            el(
              "p",
              { class: "ak-headline", role: "heading", "aria-level": this.options.headingLevel, dir: "auto" },
              title,
            ),
          ]
        : []),
    );
  }

  drawArticle() {
    const { units, names } = collectUnits(this.data, this.layers, this.map);
    const words = units.map((unit) => describe(unit, names, this.data));
    this.units = units;
    this.words = words;
    // Cards speak of all layers, also of those that are switched off.
    const mentions = this.layers.includes("entities") ? units : collectUnits(this.data, ["entities"], this.map).units;
    this.cards = new Cards(this.data, mentions, names, this.options.headingLevel + 1);
    this.article.replaceChildren(drawText(this.data, units, words, this.options));
    this.article.classList.toggle("ak-long", this.data.text.length > LONG);
    this.handles = [...this.article.querySelectorAll("[data-handle]")];
    this.handles.forEach((node, place) => (units[node.getAttribute("data-u")].place = place));
    this.current = null;
    this.setCurrent(this.handles[0] ?? null);
    this.article.setAttribute("tabindex", this.handles.length ? "-1" : "0");
    for (const [layer, button] of this.switches) {
      const count = this.data[layer]?.length ?? 0;
      button.setAttribute("aria-pressed", String(this.layers.includes(layer)));
      button.replaceChildren(LAYER_NAMES[layer], " ", el("span", { class: "ak-count" }, String(count)));
    }
    this.lit = [];
    this.kin = [];
  }

  setLayers(layers) {
    const wanted = LAYERS.filter((layer) => layers.includes(layer));
    if (wanted.join() === this.layers.join()) return;
    this.layers = wanted;
    const chosen = this.chosen;
    const { scrollTop } = this.scroller;
    this.drawArticle();
    this.scroller.scrollTop = scrollTop;
    if (chosen) {
      this.chosen = this.unitsOf(chosen.id).find((unit) => unit.spans[0]?.start === chosen.spans[0]?.start) ?? chosen;
      this.mark();
      this.card();
    } else if (this.view === "overview") this.show("overview");
    this.drawSelection();
    this.options.onLayers?.([...this.layers]);
  }

  toggle(layer) {
    this.setLayers(
      this.layers.includes(layer) ? this.layers.filter((name) => name !== layer) : [...this.layers, layer],
    );
  }

  /* ---- choosing */

  unitsOf(id) {
    return this.units.filter((unit) => unit.id === id);
  }

  /** Chooses by id, as Python does; null closes. An id that the data lacks closes, too. */
  select(id, { quiet = false } = {}) {
    if (id === (this.chosen?.id ?? null)) return;
    const unit = id ? (this.unitsOf(id)[0] ?? this.unseen(id)) : null;
    if (unit) this.choose(unit, { scroll: !quiet, quiet });
    else this.close({ quiet });
  }

  /** A stand-in unit for an item whose layer is off or that has no place in the text. */
  unseen(id) {
    for (const layer of LAYERS) {
      const item = (this.data[layer] ?? []).find((one) => one.id === id);
      if (item) return { layer, item, id, kind: item.kind, spans: [], elements: [], handle: null };
    }
    return null;
  }

  choose(unit, { scroll = false, quiet = false, back = false } = {}) {
    const before = this.chosen;
    if (before && before !== unit && !back) this.history.push(before);
    this.chosen = unit;
    if (unit.handle) this.setCurrent(unit.handle);
    this.mark();
    this.card();
    if (scroll) this.reveal(unit);
    if (unit.id !== before?.id && !quiet) this.options.onSelect?.(unit.id);
  }

  close({ quiet = false } = {}) {
    const had = this.chosen;
    this.chosen = null;
    this.history = [];
    this.mark();
    this.show("overview");
    this.root.classList.remove("ak-open");
    if (had && !quiet) this.options.onSelect?.(null);
  }

  /** Draws the chosen mark, and with it what belongs together: the entity's other mentions, cue and source. */
  mark() {
    for (const node of this.kin) node.classList.remove("ak-chosen", "ak-kin");
    this.kin = [];
    if (!this.chosen) return;
    const touch = (node, name) => {
      node.classList.add(name);
      this.kin.push(node);
    };
    if (this.chosen.layer === "entities") {
      for (const unit of this.unitsOf(this.chosen.id)) unit.elements.forEach((node) => touch(node, "ak-kin"));
    }
    this.chosen.elements.forEach((node) => touch(node, "ak-chosen"));
  }

  light(unit) {
    for (const node of this.lit) node.classList.remove("ak-lit");
    const units = unit?.layer === "entities" ? this.unitsOf(unit.id) : unit ? [unit] : [];
    this.lit = units.flatMap((one) => one.elements);
    for (const node of this.lit) node.classList.add("ak-lit");
  }

  card() {
    const { layer, item } = this.chosen;
    const card =
      layer === "entities"
        ? this.cards.entity(item)
        : layer === "quotes"
          ? this.cards.quote(item)
          : this.cards.stance(item);
    this.show("card", card);
    const words = describe(this.chosen, this.cards.names, this.data);
    this.status.textContent = words.spoken;
  }

  /** Fills the panel: "overview", "card" or "keys". */
  show(view, content) {
    this.view = view;
    this.root.dataset.view = view;
    const body = content ?? (view === "keys" ? this.cards.keys() : this.cards.overview());
    const tools = [];
    if (view === "card" && this.history.length) {
      tools.push(el("button", { type: "button", class: "ak-quiet-button", "data-act": "back" }, "‹ Back"));
    }
    tools.push(el("span", { class: "ak-space" }));
    tools.push(
      el(
        "button",
        {
          type: "button",
          class: "ak-quiet-button ak-close",
          "data-act": "close",
          "aria-label": "Close",
          title: "Close (Esc)",
        },
        "×",
      ),
    );
    // A new element starts at its top; setting scrollTop would make the browser lay out everything at once.
    this.panel.replaceChildren(
      el(
        "div",
        { class: "ak-pane" },
        el("div", { class: "ak-tools" }, ...tools),
        el("div", { class: "ak-card", tabindex: "-1" }, ...body.filter(Boolean)),
      ),
    );
  }

  reveal(unit) {
    const node = unit.handle ?? unit.elements[0];
    if (!node) return;
    const box = node.getBoundingClientRect();
    const frame = this.options.boxed
      ? this.scroller.getBoundingClientRect()
      : { top: this.root.querySelector(".ak-bar").offsetHeight, bottom: window.innerHeight };
    const covered =
      !this.options.boxed && getComputedStyle(this.panel).position === "fixed" ? this.panel.offsetHeight : 0;
    if (box.top < frame.top + 24 || box.bottom > frame.bottom - covered - 24) {
      const shift = box.top - frame.top - (frame.bottom - covered - frame.top) / 3;
      if (this.options.boxed) this.scroller.scrollTop += shift;
      else window.scrollBy(0, shift);
    }
  }

  /* ---- focus */

  setCurrent(node) {
    if (this.current && this.current !== node) this.current.setAttribute("tabindex", "-1");
    this.current = node;
    node?.setAttribute("tabindex", "0");
  }

  /** Moves the focus to a handle; the ring is drawn around all of the mark. */
  focus(node) {
    if (!node) return;
    this.setCurrent(node);
    node.focus({ preventScroll: true });
    this.reveal(this.units[node.dataset.u]);
  }

  /** From plain text, the walk over the marks begins at the first one in sight. */
  step(by) {
    if (!this.handles.length) return;
    const focused =
      this.article.contains(document.activeElement) && document.activeElement.dataset.handle !== undefined;
    if (focused) {
      const place = this.units[this.current.dataset.u].place + by;
      this.focus(this.handles[Math.min(Math.max(place, 0), this.handles.length - 1)]);
    } else {
      const top = this.options.boxed ? this.scroller.getBoundingClientRect().top : 0;
      this.focus(this.handles.find((node) => node.getBoundingClientRect().top >= top) ?? this.handles.at(-1));
    }
  }

  stepMention(by) {
    if (this.chosen?.layer !== "entities") return;
    const kin = this.unitsOf(this.chosen.id)
      .filter((unit) => unit.handle)
      .sort((a, b) => a.place - b.place);
    if (!kin.length) return;
    const unit = kin[(kin.indexOf(this.chosen) + by + kin.length) % kin.length];
    this.choose(unit, { back: true });
    this.focus(unit.handle);
  }

  /** All units whose marks cover an element, the shortest first. */
  unitsAt(node) {
    const found = new Map();
    for (let at = node; at && at !== this.article; at = at.parentElement) {
      const unit = this.units[at.dataset?.u];
      if (!unit) continue;
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

  cycle(node) {
    const here = this.unitsAt(node);
    if (!here.length) return;
    this.choose(here[(here.indexOf(this.chosen) + 1) % here.length]);
  }

  /* ---- the user's selection */

  readSelection() {
    const selection = this.root.ownerDocument.getSelection();
    if (!selection?.rangeCount || !this.article.contains(selection.anchorNode)) return;
    const range = selection.getRangeAt(0).cloneRange();
    if (!this.article.contains(range.startContainer)) range.setStart(this.article, 0);
    if (!this.article.contains(range.endContainer)) range.setEnd(this.article, this.article.childNodes.length);
    let start = this.unitsBefore(range.startContainer, range.startOffset);
    let end = this.unitsBefore(range.endContainer, range.endOffset);
    const words = this.data.text.slice(start, end);
    start += words.length - words.trimStart().length;
    end -= words.length - words.trimEnd().length;
    this.setSelection(start < end ? [this.map.toPoints(start), this.map.toPoints(end)] : []);
  }

  unitsBefore(node, offset) {
    const range = document.createRange();
    range.selectNodeContents(this.article);
    range.setEnd(node, offset);
    return range.toString().length;
  }

  setSelection(span) {
    if (span.join() === this.span.join()) return;
    this.span = span;
    this.root.dataset.selection = span.join(" "); // for whoever embeds the reader without a callback
    this.drawSelection();
    this.options.onSelection?.([...span]);
  }

  /** The document range of [start, end) code points. */
  rangeOf([start, end]) {
    const range = document.createRange();
    const walker = document.createTreeWalker(this.article, NodeFilter.SHOW_TEXT);
    let [from, to] = [this.map.toUnits(start), this.map.toUnits(end)];
    let passed = 0;
    let started = false;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const after = passed + node.length;
      if (!started && after > from) {
        range.setStart(node, from - passed);
        started = true;
      }
      if (after >= to) {
        range.setEnd(node, to - passed);
        return range;
      }
      passed = after;
    }
    return range;
  }

  /** Keeps the selected words visible when the browser's own selection has gone elsewhere. */
  drawSelection() {
    if (typeof Highlight === "undefined" || !CSS.highlights) return;
    if (!CSS.highlights.has("ak-selection")) CSS.highlights.set("ak-selection", new Highlight());
    const shared = CSS.highlights.get("ak-selection");
    if (this.drawnSelection) shared.delete(this.drawnSelection);
    this.drawnSelection = this.span.length ? this.rangeOf(this.span) : null;
    if (this.drawnSelection) shared.add(this.drawnSelection);
  }

  /** Selects by words from the keyboard, beginning with the mark in focus. */
  extendSelection(direction) {
    const selection = document.getSelection();
    const inText = selection.rangeCount && !selection.isCollapsed && this.article.contains(selection.anchorNode);
    if (inText) selection.modify("extend", direction, "word");
    else if (this.current) {
      const unit = this.units[this.current.dataset.u];
      const { start, end } = unit.spans[0];
      const range = this.rangeOf([this.map.toPoints(start), this.map.toPoints(end)]);
      selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    }
    this.readSelection();
  }

  /* ---- events */

  listen() {
    const { signal } = this.abort;
    const on = (target, type, act) => target.addEventListener(type, act, { signal });
    on(this.article, "click", (event) => this.onClick(event));
    on(this.article, "pointerover", (event) => this.onPointer(event.target));
    on(this.article, "pointerleave", () => this.light(null));
    on(this.article, "focusin", (event) => this.onFocus(event.target));
    on(this.article, "focusout", () => this.ring(null));
    on(this.root, "click", (event) => {
      const inPanel = this.panel.contains(event.target);
      this.onAct(event);
      if (inPanel && !this.root.contains(document.activeElement)) this.refocus();
    });
    on(this.root, "keydown", (event) => this.onKey(event));
    on(this.root, "keyup", (event) => this.onModifier(event, false));
    on(this.root, "focusin", (event) => event.target.setAttribute(SUPPRESS, "true"));
    on(this.root, "focusout", (event) => event.target.removeAttribute(SUPPRESS));
    let frame = 0;
    on(this.root.ownerDocument, "selectionchange", () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => this.readSelection());
    });
  }

  /** The tooltip is set when it is about to be needed: thousands of them would slow down the first sight. */
  onPointer(node) {
    const unit = this.unitsAt(node)[0] ?? null;
    this.light(unit);
    if (unit) node.title = this.words[unit.index].short;
  }

  onFocus(node) {
    const unit = this.units[node.dataset.u];
    if (!unit) return;
    this.setCurrent(unit.handle);
    this.light(unit);
    if (node.matches(":focus-visible")) this.ring(unit);
  }

  ring(unit) {
    for (const node of this.ringed ?? []) node.classList.remove("ak-focus");
    this.ringed = unit ? unit.elements.filter((node) => /ak-(mention|content|chip|evidence)/.test(node.className)) : [];
    for (const node of this.ringed) node.classList.add("ak-focus");
  }

  onClick(event) {
    const selection = document.getSelection();
    if (selection && !selection.isCollapsed && this.article.contains(selection.anchorNode)) return; // was a drag
    const here = this.unitsAt(event.target);
    if (!here.length) return;
    if (event.altKey) this.cycle(event.target);
    else this.choose(here[0]);
    this.anchor = event.target;
    this.chosen.handle?.focus({ preventScroll: true });
  }

  onAct(event) {
    const button = event.target.closest("button");
    if (!button || !this.root.contains(button)) return;
    const { layer, open, of, go, act } = button.dataset;
    if (layer) this.toggle(layer);
    else if (open) {
      const unit = this.unitsOf(open)[0] ?? this.unseen(open);
      if (unit) this.choose(unit, { scroll: true });
    } else if (go) {
      if (!this.layers.includes("entities")) this.toggle("entities");
      const unit = this.unitsOf(of).find((one) => one.spans[0]?.start === Number(go));
      this.choose(unit, { scroll: true, back: true });
    } else if (act === "close") this.leave();
    else if (act === "back") {
      const unit = this.history.pop();
      if (unit) this.choose(unit, { scroll: true, back: true });
    } else if (act === "keys") this.view === "keys" ? this.leave() : this.openPanel("keys");
    else if (act === "overview")
      this.root.classList.contains("ak-open") && this.view === "overview" ? this.leave() : this.openPanel("overview");
  }

  /** The button that was pressed went with its card: the focus goes to the chosen mark, else to the new card. */
  refocus() {
    (this.chosen?.handle ?? this.panel.querySelector(".ak-card")).focus({ preventScroll: true });
  }

  openPanel(view) {
    if (this.chosen) this.close();
    this.root.classList.add("ak-open");
    this.show(view);
  }

  leave() {
    const inPanel = this.panel.contains(document.activeElement);
    this.close();
    if (inPanel) this.current?.focus({ preventScroll: true });
  }

  /** With Ctrl or Cmd held, JupyterLab's own shortcuts (save, undo) work in here as anywhere. */
  onModifier(event, down) {
    if (event.key !== "Control" && event.key !== "Meta") return;
    if (down) event.target.removeAttribute(SUPPRESS);
    else event.target.setAttribute(SUPPRESS, "true");
  }

  onKey(event) {
    this.onModifier(event, true);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.handleKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  handleKey(event) {
    const { key, shiftKey } = event;
    const inText = this.article.contains(event.target);
    const onMark = inText && event.target.dataset.handle !== undefined;
    const lower = key.length === 1 ? key.toLowerCase() : key;
    if (lower === "Escape") {
      if (this.chosen || this.view === "keys" || this.root.classList.contains("ak-open")) this.leave();
      else if (this.span.length) {
        document.getSelection().removeAllRanges();
        this.setSelection([]);
      } else return false;
      return true;
    }
    if (lower === "?") return (this.view === "keys" ? this.leave() : this.openPanel("keys"), true);
    if (["1", "2", "3"].includes(lower)) return (this.toggleKeepingFocus(LAYERS[lower - 1], inText), true);
    if (!inText) return false;
    if (shiftKey && (lower === "ArrowRight" || lower === "ArrowLeft")) {
      return (this.extendSelection(lower === "ArrowRight" ? "forward" : "backward"), true);
    }
    if (shiftKey && lower.startsWith("Arrow")) return false;
    if (lower === "j" || lower === "ArrowRight" || (onMark && lower === "ArrowDown")) return (this.step(1), true);
    if (lower === "k" || lower === "ArrowLeft" || (onMark && lower === "ArrowUp")) return (this.step(-1), true);
    if (lower === "n" || lower === "p") return (this.stepMention(lower === "n" ? 1 : -1), true);
    if (lower === ".") return (this.cycle(this.anchorFor(event.target)), true);
    if (!onMark) return false;
    if (lower === "Home") return (this.focus(this.handles[0]), true);
    if (lower === "End") return (this.focus(this.handles.at(-1)), true);
    if (lower === "Enter" || lower === " ") {
      this.anchor = event.target;
      this.choose(this.units[event.target.dataset.u], { scroll: true });
      return true;
    }
    return false;
  }

  /** Where `.` looks for overlapping marks: where the user last clicked or pressed Enter, if still there. */
  anchorFor(target) {
    const still = this.anchor?.isConnected && this.chosen && this.unitsAt(this.anchor).includes(this.chosen);
    return still ? this.anchor : target;
  }

  toggleKeepingFocus(layer, inText) {
    this.toggle(layer);
    if (inText) (this.current ?? this.article).focus({ preventScroll: true });
  }

  destroy() {
    this.abort.abort();
    this.span = [];
    this.drawSelection();
    this.root.replaceChildren();
  }
}

function safeHost(url) {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

/* ------------------------------------------------------------------ doors */

/**
 * Draws an analysis into an element.
 *
 * @param {HTMLElement} element what it is drawn into; its content is replaced
 * @param {object} data an analysis in the schema analystkit/analysis@1
 * @param {object} [options]
 *   layers: those shown, of LAYERS; boxed: a height of its own with the text scrolling inside;
 *   headingLevel: of the headline; onSelect(id or null): a mark was chosen;
 *   onSelection([start, end] or []): code points of the words the user selected; onLayers(list): switched.
 * @returns {{select, setLayers, setData, destroy}}
 */
export function mount(element, data, options = {}) {
  const reader = new Reader(element, data, options);
  return {
    select: (id) => reader.select(id, { quiet: false }),
    setLayers: (layers) => reader.setLayers(layers),
    setData: (fresh) => reader.setData(fresh),
    destroy: () => reader.destroy(),
  };
}

/** anywidget's door: the traits data, layers, selected and selection. */
function render({ model, el: element }) {
  const put = (name, value) => {
    if (JSON.stringify(model.get(name)) === JSON.stringify(value)) return;
    model.set(name, value);
    model.save_changes();
  };
  const root = document.createElement("div");
  element.append(root);
  const reader = mount(root, model.get("data"), {
    boxed: true,
    headingLevel: 3,
    layers: model.get("layers"),
    onSelect: (id) => put("selected", id),
    onSelection: (span) => put("selection", span),
    onLayers: (layers) => put("layers", layers),
  });
  const follow = {
    "change:data": () => reader.setData(model.get("data")),
    "change:layers": () => reader.setLayers(model.get("layers")),
    "change:selected": () => reader.select(model.get("selected")),
  };
  for (const [event, act] of Object.entries(follow)) model.on(event, act);
  if (model.get("selected")) reader.select(model.get("selected"));
  return () => {
    for (const [event, act] of Object.entries(follow)) model.off(event, act);
    reader.destroy();
  };
}

export default { render };
