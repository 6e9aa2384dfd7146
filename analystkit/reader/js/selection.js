/** The words that the user selected, as [start, end) code points of the text. */

export class Selection {
  constructor(reader) {
    this.reader = reader;
    this.span = [];
    this.drawn = null;
  }

  /** Takes over what the browser has selected, if it lies in the article. */
  read() {
    const { article } = this.reader;
    const selection = this.reader.root.ownerDocument.getSelection();
    if (!selection?.rangeCount || !article.contains(selection.anchorNode)) return;
    const range = selection.getRangeAt(0).cloneRange();
    if (!article.contains(range.startContainer)) range.setStart(article, 0);
    if (!article.contains(range.endContainer)) range.setEnd(article, article.childNodes.length);
    let start = this.unitsBefore(range.startContainer, range.startOffset);
    let end = this.unitsBefore(range.endContainer, range.endOffset);
    const words = this.reader.data.text.slice(start, end);
    start += words.length - words.trimStart().length;
    end -= words.length - words.trimEnd().length;
    this.set(start < end ? [this.reader.map.toPoints(start), this.reader.map.toPoints(end)] : []);
  }

  /** How many UTF-16 units of the article lie before a place in the document. */
  unitsBefore(node, offset) {
    const range = document.createRange();
    range.selectNodeContents(this.reader.article);
    range.setEnd(node, offset);
    return range.toString().length;
  }

  set(span) {
    if (span.join() === this.span.join()) return;
    this.span = span;
    this.reader.root.dataset.selection = span.join(" "); // for whoever embeds the reader without a callback
    this.draw();
    this.reader.options.onSelection?.([...span]);
  }

  /** Selects nothing any more, here and in the browser. */
  drop() {
    document.getSelection().removeAllRanges();
    this.set([]);
  }

  /** The document range of [start, end) code points. */
  rangeOf([start, end]) {
    const range = document.createRange();
    const walker = document.createTreeWalker(this.reader.article, NodeFilter.SHOW_TEXT);
    let [from, to] = [this.reader.map.toUnits(start), this.reader.map.toUnits(end)];
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
  draw() {
    if (typeof Highlight === "undefined" || !CSS.highlights) return;
    if (!CSS.highlights.has("ak-selection")) CSS.highlights.set("ak-selection", new Highlight());
    const shared = CSS.highlights.get("ak-selection");
    if (this.drawn) shared.delete(this.drawn);
    this.drawn = this.span.length ? this.rangeOf(this.span) : null;
    if (this.drawn) shared.add(this.drawn);
  }

  /** Selects by words from the keyboard, beginning with the mark in focus. */
  extend(direction) {
    const { article } = this.reader;
    const { current } = this.reader.focus;
    const selection = document.getSelection();
    const inText = selection.rangeCount && !selection.isCollapsed && article.contains(selection.anchorNode);
    if (inText) selection.modify("extend", direction, "word");
    else if (current) {
      const unit = this.reader.units[current.dataset.u];
      const { start, end } = unit.spans[0];
      const range = this.rangeOf([this.reader.map.toPoints(start), this.reader.map.toPoints(end)]);
      selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    }
    this.read();
  }
}
