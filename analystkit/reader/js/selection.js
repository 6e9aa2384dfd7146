/** The words that the user selected, as [start, end) code points of the text, widened to whole words. */

import { snap, wordEnd, wordStart } from "./spans.js";
import { unitAt } from "./units.js";

export class Selection {
  constructor(reader) {
    this.reader = reader;
    this.span = [];
    this.raw = []; // as selected, in UTF-16 units, without outer blanks
    this.exact = false; // to the letter: Alt was held
    this.drawn = null;
    this.origin = []; // where selecting by keys began
  }

  /** Takes over what the browser has selected, if it lies in the article. */
  read() {
    const { article, data } = this.reader;
    const selection = this.reader.root.ownerDocument.getSelection();
    if (!selection?.rangeCount || !article.contains(selection.anchorNode)) return;
    const range = selection.getRangeAt(0).cloneRange();
    if (range.collapsed) return this.set([]);
    if (!article.contains(range.startContainer)) range.setStart(article, 0);
    if (!article.contains(range.endContainer)) range.setEnd(article, article.childNodes.length);
    let start = this.unitsBefore(range.startContainer, range.startOffset);
    let end = this.unitsBefore(range.endContainer, range.endOffset);
    const words = data.text.slice(start, end);
    start += words.length - words.trimStart().length;
    end -= words.length - words.trimEnd().length;
    this.set(start < end ? [start, end] : []);
  }

  /** Whether the letters as selected differ from the whole words they were widened to. */
  get canBeExact() {
    return !this.exact && this.raw.length > 0 && this.raw.join() !== this.span.map(this.reader.map.toUnits).join();
  }

  /** Goes back from whole words to the letters as selected. */
  beExact() {
    this.exact = true;
    this.set(this.raw);
  }

  /** How many UTF-16 units of the article lie before a place in the document. */
  unitsBefore(node, offset) {
    const part = this.reader.drawing.partOf(node);
    const range = document.createRange();
    range.selectNodeContents(part?.node ?? this.reader.article);
    range.setEnd(node, offset);
    return (part?.start ?? 0) + range.toString().length;
  }

  /** The place in the text, in UTF-16 units, at a point of the window; null outside the article. */
  placeAt(x, y) {
    const at = document.caretPositionFromPoint?.(x, y);
    const range = at ? null : document.caretRangeFromPoint?.(x, y);
    const [node, offset] = at ? [at.offsetNode, at.offset] : [range?.startContainer, range?.startOffset];
    return node && this.reader.article.contains(node) ? this.unitsBefore(node, offset) : null;
  }

  /** Selects [start, end) UTF-16 units, or nothing ([]). */
  set(units) {
    const { data, map, options, root } = this.reader;
    this.raw = units;
    const whole = this.exact || !units.length ? units : snap(data.text, units);
    const span = whole.map((unit) => map.toPoints(unit));
    if (span.join() === this.span.join()) return this.reader.toolbar?.update();
    this.span = span;
    root.dataset.selection = span.join(" "); // for whoever embeds the reader without a callback
    this.draw();
    this.reader.toolbar?.update();
    return options.onSelection?.([...span]);
  }

  /** Selects nothing any more, here and in the browser. */
  drop() {
    const selection = document.getSelection();
    if (selection.rangeCount && this.reader.article.contains(selection.anchorNode)) selection.removeAllRanges();
    this.exact = false;
    this.origin = [];
    this.set([]);
  }

  /** The document range of [start, end) UTF-16 units; what lies there is drawn before. */
  rangeOfUnits([from, to]) {
    const { drawing, article } = this.reader;
    drawing.showStretch(from, to);
    const here = drawing.parts.over(from, to);
    const range = document.createRange();
    range.selectNodeContents(article);
    if (!here.length) return range;
    const [start, end] = [here[0], here.at(-1)];
    range.setStart(...placeIn(start.node, Math.max(0, from - start.start), false));
    range.setEnd(...placeIn(end.node, Math.min(to, end.end) - end.start, true));
    return range;
  }

  drawnRange() {
    return this.drawn ?? this.rangeOfUnits(this.span.map(this.reader.map.toUnits));
  }

  /** Keeps the selected words visible when the browser's own selection has gone elsewhere. */
  draw() {
    const { map } = this.reader;
    const old = this.drawn;
    this.drawn = this.span.length ? this.rangeOfUnits(this.span.map(map.toUnits)) : null;
    if (typeof Highlight === "undefined" || !CSS.highlights) return;
    if (!CSS.highlights.has("ak-selection")) CSS.highlights.set("ak-selection", new Highlight());
    const shared = CSS.highlights.get("ak-selection");
    if (old) shared.delete(old);
    if (this.drawn) shared.add(this.drawn);
  }

  /* ---- by keys */

  /** Makes [start, end) UTF-16 units the browser's selection as well, brings it into sight and says it. */
  show(units) {
    this.set(units);
    const range = this.rangeOfUnits(units);
    const selection = document.getSelection();
    selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    this.reader.focus.revealRange(range);
    this.reader.say(this.reader.data.text.slice(...units));
  }

  /** Where selecting by keys goes on: what is selected, else the mark in focus. */
  begin() {
    const { focus, data } = this.reader;
    if (this.span.length) return this.exact ? this.raw : this.span.map(this.reader.map.toUnits);
    const mark = unitAt(focus.current)?.spans[0];
    if (mark) return snap(data.text, [mark.start, mark.end]);
    const start = wordStart(data.text, -1, 1);
    return [start, wordEnd(data.text, start, 1)];
  }

  /** Selects the next word, or the one before. */
  stepWord(by) {
    const { text } = this.reader.data;
    const [from] = this.begin();
    this.exact = false;
    const start = this.span.length ? wordStart(text, from, by) : from;
    if (start >= text.length) return;
    this.origin = [start, wordEnd(text, start, 1)];
    this.show(this.origin);
  }

  /** Selects by words, beginning with the mark in focus; back over what was selected, it selects less. */
  extend(by, step = { start: wordStart, end: wordEnd }) {
    const { text } = this.reader.data;
    const now = this.begin();
    if (!this.span.length) {
      this.origin = now;
      return this.show(now);
    }
    const [first, last] = this.origin.length ? this.origin : now;
    let [start, end] = now;
    if (by > 0 && start < first) start = Math.min(first, step.start(text, start, 1));
    else if (by > 0) end = step.end(text, end, 1);
    else if (end > last) end = Math.max(last, step.end(text, end, -1));
    else start = step.start(text, start, -1);
    this.origin = [first, last];
    return this.show([start, end]);
  }

  /** Selects a letter more or less at the end; from then on the selection is to the letter. */
  extendByLetter(by, letter) {
    const [start, end] = this.begin();
    this.exact = true;
    const moved = letter(this.reader.data.text, end, by);
    if (moved > start) this.show([start, moved]);
  }
}

/** The text node, and the place in it, so many UTF-16 units behind the beginning of an element. */
function placeIn(element, units, isEnd) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  let left = units;
  while (node && (isEnd ? node.length < left : node.length <= left)) {
    left -= node.length;
    const next = walker.nextNode();
    if (!next) return [node, node.length];
    node = next;
  }
  return node ? [node, left] : [element, 0];
}
