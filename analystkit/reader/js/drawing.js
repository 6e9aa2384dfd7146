/**
 * The article: its words at once, its marks first where the user looks. The marks of other paragraphs follow while the
 * browser has nothing else to do, or when something asks for them: scrolling, a jump to a mark, searching, printing.
 */

import { el } from "./dom.js";
import { drawParagraph } from "./paragraph.js";
import { Parts, isHardWrapped } from "./parts.js";
import { unitAt } from "./units.js";

const LONG = 60_000; // UTF-16 units; above, paragraphs out of sight are laid out when they come near
const DENSITY = 4; // UTF-16 units to a pixel of the window's height: more than are in sight
const FEW_CHANGED = 60; // paragraphs that are drawn again at once wherever they are
const SLICE = 10; // milliseconds of drawing before the browser can answer the user

export class Drawing {
  /**
   * @param {HTMLElement} article what it is drawn into
   * @param {object} around
   *   frame(): { top, bottom } of what is in sight, in the window's pixels;
   *   onDrawn(part, isLate): a paragraph has its marks; late: not on the occasion of a change;
   *   onProgress(isDone): whether all of them have
   */
  constructor(article, around) {
    this.article = article;
    this.around = around;
    this.parts = new Parts("");
    this.waiting = new Set(); // paragraphs whose marks are not drawn, or are not those that they have now
    this.homes = new WeakMap(); // <p> -> its paragraph
    this.text = null;
    this.idle = 0;
  }

  /** Draws an analysis: all of it, or, where it is of the same text as before, what is different. */
  draw(data, units, options) {
    const title = data.article?.title?.trim() ?? "";
    const frame = JSON.stringify([title, data.furniture ?? []]);
    const isSame = this.text === data.text && this.frame === frame;
    Object.assign(this, { text: data.text, frame, units });
    if (isSame && this.parts.list.length) this.change();
    else this.begin(data, title, options);
    this.proceed();
  }

  begin({ text, furniture }, title, { headingLevel }) {
    this.parts = new Parts(text);
    this.waiting = new Set(this.parts.list);
    for (const unit of this.units.list) {
      Object.assign(unit, { elements: [], handle: null });
      for (const span of unit.spans) this.parts.put(span);
    }
    for (const [start, end] of furniture ?? []) {
      const { toUnits } = this.units.map;
      this.parts.put({ role: "furniture", start: toUnits(start), end: toUnits(end), unit: null });
    }
    const fragment = document.createDocumentFragment();
    let position = 0;
    for (const part of this.parts.list) {
      const content = text.slice(part.start, part.end);
      fragment.append(text.slice(position, part.start));
      part.node = el("p", { dir: "auto" }, content);
      this.homes.set(part.node, part);
      if (position === 0 && title && content.trim() === title) {
        part.node.className = "ak-headline";
        part.node.setAttribute("role", "heading");
        part.node.setAttribute("aria-level", headingLevel);
      } else if (isHardWrapped(content)) {
        part.node.className = "ak-flow";
      }
      fragment.append(part.node);
      position = part.end;
    }
    fragment.append(text.slice(position));
    this.article.replaceChildren(fragment);
    this.article.classList.toggle("ak-long", text.length > LONG);
    const seen = DENSITY * window.innerHeight; // a guess: to ask the browser would make it lay out twice
    for (const part of this.parts.list) if (part.start < seen) this.drawPart(part);
  }

  /** Draws the paragraphs whose marks are others now: all of them if they are few, else those in sight. */
  change() {
    const [from, to] = this.inSight();
    const changed = new Set();
    for (const unit of this.units.removed) {
      for (const span of unit.spans) for (const part of this.parts.take(span)) changed.add(part);
    }
    for (const unit of this.units.added) {
      for (const span of unit.spans) for (const part of this.parts.put(span)) changed.add(part);
    }
    for (const part of changed) this.waiting.add(part);
    for (const part of changed) {
      if (changed.size <= FEW_CHANGED || (part.index >= from && part.index < to)) this.drawPart(part);
    }
  }

  drawPart(part, isLate = false) {
    if (!this.waiting.delete(part)) return;
    const { node } = part;
    for (const { unit } of part.drawn ?? []) {
      if (!unit) continue;
      unit.elements = unit.elements.filter((one) => !node.contains(one));
      if (unit.handle && node.contains(unit.handle)) unit.handle = null;
    }
    const hadFocus = isLate && node.contains(document.activeElement) ? unitAt(document.activeElement) : null;
    if (part.spans.length || part.drawn?.length) {
      const fragment = document.createDocumentFragment();
      drawParagraph(fragment, this.text, part, this.units);
      node.replaceChildren(fragment);
    }
    part.drawn = [...part.spans];
    this.around.onDrawn(part, isLate);
    hadFocus?.handle?.focus({ preventScroll: true });
  }

  /* ---- what is wanted now */

  /** Draws the paragraphs of a unit. */
  show(unit) {
    for (const { start, end } of unit?.spans ?? []) this.showStretch(start, end);
  }

  /** Draws the paragraphs that [start, end) UTF-16 units reach into. */
  showStretch(start, end) {
    if (this.waiting.size) for (const part of this.parts.over(start, end)) this.drawPart(part, true);
  }

  /** Draws what is in sight, and half as much above and below. */
  showSight() {
    if (!this.waiting.size) return;
    const [from, to] = this.inSight(0.5);
    for (const part of this.parts.list.slice(from, to)) this.drawPart(part, true);
    this.proceed();
  }

  /** Draws all that waits. */
  finish() {
    for (const part of this.waiting) this.drawPart(part, true);
    this.proceed();
  }

  /* ---- the rest, in good time */

  proceed() {
    this.around.onProgress(!this.waiting.size);
    if (!this.waiting.size || this.idle) return;
    this.idle = whenIdle(() => {
      this.idle = 0;
      this.work();
      this.proceed();
    });
  }

  /** Draws for a while, from what is in sight to both sides. */
  work() {
    const { list } = this.parts;
    const until = performance.now() + SLICE;
    let [up, down] = this.inSight();
    if (up === list.length) [up, down] = [0, 0]; // nothing is laid out
    while (this.waiting.size && performance.now() < until) {
      while (down < list.length && !this.waiting.has(list[down])) down += 1;
      while (up >= 0 && !this.waiting.has(list[up])) up -= 1;
      for (const index of [down, up]) if (list[index]) this.drawPart(list[index], true);
    }
  }

  stop() {
    if (this.idle) cancelIdle(this.idle);
    this.idle = 0;
    this.waiting.clear();
  }

  /* ---- where things are */

  /** The paragraphs in sight, as the index of the first and the one behind the last. */
  inSight(margin = 0) {
    const { list } = this.parts;
    const frame = this.around.frame();
    const more = (frame.bottom - frame.top) * margin;
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle].node.getBoundingClientRect().bottom > frame.top - more) high = middle;
      else low = middle + 1;
    }
    while (high < list.length && list[high].node.getBoundingClientRect().top < frame.bottom + more) high += 1;
    return [low, high];
  }

  /** The paragraph that a node of the document lies in, or undefined. */
  partOf(node) {
    for (let at = node; at && at !== this.article; at = at.parentNode) {
      if (this.homes.has(at)) return this.homes.get(at);
    }
    return undefined;
  }

  handlesIn(part) {
    if (!part?.spans.some(({ unit }) => unit)) return [];
    this.drawPart(part, true);
    return [...part.node.querySelectorAll("[data-handle]")];
  }

  /** The first handle in the paragraphs from an index on, or the last one when going back (by: 1 or -1). */
  handleFrom(index, by) {
    for (let at = index; at >= 0 && at < this.parts.list.length; at += by) {
      const handles = this.handlesIn(this.parts.list[at]);
      if (handles.length) return by > 0 ? handles[0] : handles.at(-1);
    }
    return null;
  }
}

function whenIdle(work) {
  if (typeof requestIdleCallback === "undefined") return setTimeout(work, 20);
  return requestIdleCallback(work, { timeout: 500 });
}

function cancelIdle(number) {
  if (typeof requestIdleCallback === "undefined") clearTimeout(number);
  else cancelIdleCallback(number);
}
