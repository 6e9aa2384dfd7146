/** The article with its marks drawn on it, as elements. */

import { el } from "./dom.js";
import { offsetMap } from "./offsets.js";
import { SIGNS, isSure } from "./words.js";

const PARAGRAPH = /\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*/;

/** Paragraphs as [start, end) in UTF-16 units: runs of lines that are not blank. */
export function paragraphs(text) {
  const runs = [];
  for (const match of text.matchAll(new RegExp(PARAGRAPH, "g"))) {
    runs.push([match.index, match.index + match[0].length]);
  }
  return runs;
}

/** The words of the first paragraph, where a text often repeats its title. */
export function firstParagraph(text) {
  return text.match(PARAGRAPH)?.[0].trim();
}

/** Whether a paragraph's line ends come from a typewriter-like margin, so that its lines may flow. */
function isHardWrapped(paragraph) {
  const lines = paragraph.trimEnd().split("\n");
  return lines.length > 2 && lines.slice(0, -1).every((line) => line.length >= 45 && line.length <= 100);
}

/** Which spans lie in each paragraph: [{ start, end, spans }]; those that reach beyond one are in several. */
function share(data, units, map) {
  const spans = units.flatMap((unit) => unit.spans);
  for (const [start, end] of data.furniture ?? []) {
    spans.push({ role: "furniture", start: map.toUnits(start), end: map.toUnits(end), unit: null });
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  let next = 0;
  let running = []; // spans that reach beyond the paragraph they began in
  return paragraphs(data.text).map(([start, end]) => {
    const here = running.filter((span) => span.end > start);
    while (next < spans.length && spans[next].start < end) {
      if (spans[next].end > start) here.push(spans[next]);
      next += 1;
    }
    running = here.filter((span) => span.end > end);
    return { start, end, spans: here };
  });
}

/** What a paragraph looks like, in a string: where two are equal, nothing need be drawn. */
function looks({ spans }, words) {
  return spans
    .map(({ role, start, end, unit }) => {
      if (!unit) return `${role} ${start} ${end}`;
      const places = unit.spans.map((span) => `${span.role} ${span.start} ${span.end}`);
      const { spoken, chain } = words[unit.index];
      return [unit.id, unit.kind, sure(unit), role, start, end, spoken, chain, ...places].join("|");
    })
    .join("\n");
}

const keyOf = ({ id, layer, spans }) => (layer === "entities" ? `${id} ${spans[0]?.start} ${spans[0]?.end}` : id);

/** Draws an article, one <p> a paragraph, with the blank space between kept as text; then only what changes. */
export class Drawing {
  constructor(article) {
    this.article = article;
    this.last = null; // what is drawn: { text, title, units, words, parts: [{ start, end, spans, node }] }
  }

  /** Draws the units; fills their elements and handles. */
  draw(data, units, words, options) {
    const { text } = data;
    const title = data.article?.title?.trim() ?? "";
    const parts = share(data, units, offsetMap(text));
    const isSame = this.last?.text === text && this.last.title === title;
    if (isSame) this.patch(parts, text, units, words);
    else this.drawAll(parts, text, title, words, options);
    this.last = { text, title, units, words, parts };
  }

  drawAll(parts, text, title, words, options) {
    const fragment = document.createDocumentFragment();
    let position = 0;
    for (const part of parts) {
      const content = text.slice(part.start, part.end);
      fragment.append(text.slice(position, part.start));
      part.node = el("p", { dir: "auto" });
      if (position === 0 && title && content.trim() === title) {
        part.node.className = "ak-headline";
        part.node.setAttribute("role", "heading");
        part.node.setAttribute("aria-level", options.headingLevel);
      } else if (isHardWrapped(content)) {
        part.node.className = "ak-flow";
      }
      drawParagraph(part.node, text, part.start, part.end, part.spans, words);
      fragment.append(part.node);
      position = part.end;
    }
    fragment.append(text.slice(position));
    this.article.replaceChildren(fragment);
  }

  /** Draws only the paragraphs that look different; in the others, the elements go over to the new units. */
  patch(parts, text, units, words) {
    const heirs = new Map(units.map((unit) => [keyOf(unit), unit]));
    parts.forEach((part, i) => {
      const old = this.last.parts[i];
      part.node = old.node;
      if (looks(part, words) === looks(old, this.last.words)) {
        for (const node of part.node.querySelectorAll("[data-u]")) {
          inherit(node, heirs.get(keyOf(this.last.units[node.dataset.u])));
        }
      } else {
        part.node = part.node.cloneNode(false);
        drawParagraph(part.node, text, part.start, part.end, part.spans, words);
        old.node.replaceWith(part.node);
      }
    });
  }
}

/** An element that stays becomes that of the unit in whose place it stands. */
function inherit(node, unit) {
  node.dataset.u = unit.index;
  if (node.dataset.handle !== undefined) unit.handle = node;
  if (!node.classList.contains("ak-handle")) unit.elements.push(node);
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
  const node = el("span", { class: `ak-${span.role} ak-${unit.kind}${sure(unit)}`, "data-u": unit.index });
  unit.elements.push(node);
  if (span.role === "evidence" && from === span.start) node.classList.add("ak-begin");
  return node;
}

/** Marks that a person made, changed or accepted look firmer than the machine's suggestions. */
function sure({ item }) {
  return (isSure(item) ? " ak-sure" : "") + (item.note ? " ak-noted" : "");
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
    class: `ak-chip ak-${unit.kind}${sure(unit)}`,
    "data-u": unit.index,
    "data-sign": SIGNS[unit.kind] ?? "?",
  });
  makeHandle(node, unit, words);
  unit.elements.push(node);
  unit.handle = node;
  return node;
}
