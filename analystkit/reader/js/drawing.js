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

/** The article as a fragment: one <p> a paragraph, the blank space between kept as text. */
export function drawText(data, units, words, options) {
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
