/** The text as paragraphs, and which marks lie in each. All places are in UTF-16 units. */

const PARAGRAPH = /\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*/;

/** The words of the first paragraph, where a text often repeats its title. */
export function firstParagraph(text) {
  return text.match(PARAGRAPH)?.[0].trim();
}

/** Whether a paragraph's line ends come from a typewriter-like margin, so that its lines may flow. */
export function isHardWrapped(paragraph) {
  const lines = paragraph.trimEnd().split("\n");
  return lines.length > 2 && lines.slice(0, -1).every((line) => line.length >= 45 && line.length <= 100);
}

// Where two spans cover the same words, the one whose role comes first lies outside.
const ORDER = ["content", "cue", "source", "evidence", "holder", "target", "mention", "furniture"];

/** Paragraphs, runs of lines that are not blank, in their order: { index, start, end, spans, node, drawn }. */
export class Parts {
  constructor(text) {
    this.list = [];
    for (const { index, 0: words } of text.matchAll(new RegExp(PARAGRAPH, "g"))) {
      this.list.push({
        index: this.list.length,
        start: index,
        end: index + words.length,
        spans: [], // that reach into it
        node: null,
        drawn: null, // the spans that are drawn in its node
      });
    }
  }

  /** The index of the first paragraph that ends behind a place; their number if none does. */
  indexAt(place) {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.list[middle].end > place) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The paragraph at a place, or the next one; undefined behind the last. */
  at(place) {
    return this.list[this.indexAt(place)];
  }

  /** The paragraphs that [start, end) reaches into. */
  over(start, end) {
    const first = this.indexAt(start);
    let last = first;
    while (this.list[last]?.start < end) last += 1;
    return this.list.slice(first, last);
  }

  /** Puts a span into its paragraphs, and gives those. */
  put(span) {
    const here = this.over(span.start, span.end);
    span.first = here[0];
    span.last = here.at(-1);
    for (const part of here) part.spans.push(span);
    return here;
  }

  /** Takes a span out of its paragraphs, and gives those. */
  take(span) {
    const here = span.first ? this.list.slice(span.first.index, span.last.index + 1) : [];
    for (const part of here) part.spans.splice(part.spans.indexOf(span), 1);
    return here;
  }
}

/** Spans in the order in which they open: those that begin first, of these the longest. */
export function inOrder(spans) {
  const rank = ({ role }) => ORDER.indexOf(role);
  return [...spans].sort((a, b) => a.start - b.start || b.end - a.end || rank(a) - rank(b));
}
