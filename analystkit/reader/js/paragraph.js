/** The marks of one paragraph, as elements around its words. */

import { el } from "./dom.js";
import { inOrder } from "./parts.js";
import { own } from "./units.js";
import { SIGNS, isSure } from "./words.js";

/**
 * Fills a node with a paragraph's words, its spans wrapped around them. Longer spans go outside; where two cross, the
 * inner one is closed at the edge and opened again, so that every word lies in all the spans that cover it.
 *
 * @param {Node} into an empty node
 * @param {string} text the whole text
 * @param {object} part the paragraph, one of Parts
 * @param {Units} units whose words the marks say
 */
export function drawParagraph(into, text, part, units) {
  const { start, end } = part;
  const opening = new Map();
  const edges = new Set([start, end]);
  for (const span of inOrder(part.spans)) {
    const from = Math.max(span.start, start);
    opening.has(from) ? opening.get(from).push(span) : opening.set(from, [span]);
    edges.add(from).add(Math.min(span.end, end));
  }
  const stack = [];
  const top = () => stack.at(-1)?.node ?? into;
  const close = (position) => {
    const depth = stack.findIndex(({ span }) => Math.min(span.end, end) === position);
    const again = [];
    while (depth >= 0 && stack.length > depth) {
      const { span, node } = stack.pop();
      finishPiece(span, node, part, units, position === span.end);
      if (span.end > position && position < end) again.unshift(span);
      else if (span.role === "evidence" && span.last === part) top().append(chip(span.unit, units));
    }
    return again;
  };
  const ordered = [...edges].sort((a, b) => a - b);
  ordered.forEach((position, number) => {
    const toOpen = [...close(position), ...(position < end ? (opening.get(position) ?? []) : [])];
    for (const span of toOpen.sort((a, b) => b.end - a.end)) {
      const node = openPiece(span, position);
      if (span.role === "content") {
        const before = isHandleOf(span, part) ? (span.unit.handle = handle(span.unit, units)) : el("span");
        before.classList.toggle("ak-room", position > start);
        top().append(before);
      }
      top().append(node);
      stack.push({ span, node });
    }
    if (position < end) top().append(text.slice(position, ordered[number + 1]));
  });
}

/** Whether a unit that has no handle yet gets it from this span in this paragraph: its first, where it begins. */
function isHandleOf(span, part) {
  const { unit, role, first } = span;
  return !unit.handle && first === part && unit.spans.find((one) => one.role === role) === span;
}

function openPiece(span, from) {
  if (!span.unit) return el("span", { class: "ak-furniture", title: "not part of the report" });
  const { unit } = span;
  const node = el("span", { class: `ak-${span.role} ak-${unit.kind}${sure(unit)}` });
  own(node, unit);
  unit.elements.push(node);
  if (span.role === "evidence" && from === span.start) node.classList.add("ak-begin");
  return node;
}

/** Marks that a person made, changed or accepted look firmer than the machine's suggestions. */
function sure({ item }) {
  return (isSure(item) ? " ak-sure" : "") + (item.note ? " ak-noted" : "");
}

/** A mention with nothing inside is its own handle; one that holds other marks gets an empty one in front. */
function finishPiece(span, node, part, units, isEnd) {
  const { unit } = span;
  if (!unit) return;
  if (span.role === "mention" && isHandleOf(span, part)) {
    if (node.childElementCount) {
      unit.handle = handle(unit, units);
      node.prepend(unit.handle);
    } else {
      unit.handle = node;
      makeHandle(node, unit, units);
    }
  }
  if (isEnd && span.role === "content" && unit.spans.filter((s) => s.role === "content").at(-1) === span) {
    node.dataset.who = units.wordsOf(unit).chain; // print shows it behind the quote
  }
}

function makeHandle(node, unit, units) {
  node.setAttribute("role", "button");
  node.setAttribute("tabindex", "-1");
  node.setAttribute("aria-label", units.wordsOf(unit).spoken);
  node.dataset.handle = "";
  own(node, unit);
}

function handle(unit, units) {
  const node = el("span", { class: "ak-handle" });
  makeHandle(node, unit, units);
  return node;
}

function chip(unit, units) {
  const node = el("span", { class: `ak-chip ak-${unit.kind}${sure(unit)}`, "data-sign": SIGNS[unit.kind] ?? "?" });
  makeHandle(node, unit, units);
  unit.elements.push(node);
  unit.handle = node;
  return node;
}
