/** Stretches of text as people mean them: whole words, without the blanks and punctuation around them. */

const WORD = /[\p{L}\p{N}\p{M}_]/u;
const OUTER = /[\s\p{Z}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Pd}!"'*,./:;?\\¡§¶·¿–—‘’“”…†‡•]/u;
const OPENING = /[“„«‹‘"']/u;
const CLOSING = /[”“»›’"']/u;
const PRONOUNS = new Set(
  "he she it they him her them his hers its their theirs himself herself itself themselves i we me us who whom".split(
    " ",
  ),
);

const isLow = (text, at) => /[\uDC00-\uDFFF]/.test(text[at] ?? "");
const after = (text, at) => at + (isLow(text, at + 1) ? 2 : 1);
const before = (text, at) => at - (isLow(text, at - 1) ? 2 : 1);
const charAt = (text, at) => text.slice(at, after(text, at));
const charBefore = (text, at) => text.slice(before(text, at), at);

/** Whether a place lies inside a word. */
function inWord(text, at) {
  return at > 0 && at < text.length && WORD.test(charBefore(text, at)) && WORD.test(charAt(text, at));
}

/**
 * Widens [start, end) UTF-16 units to whole words and drops blanks and punctuation at both ends; the dot of an
 * abbreviation such as U.S. stays. [] if nothing is left.
 */
export function snap(text, [start, end]) {
  while (start < end && OUTER.test(charAt(text, start))) start = after(text, start);
  const rawEnd = end;
  while (start < end && OUTER.test(charBefore(text, end))) end = before(text, end);
  if (start >= end) return [];
  while (inWord(text, start)) start = before(text, start);
  while (inWord(text, end)) end = after(text, end);
  const isAbbreviation = /(?:^|[\s\p{P}])(?:\p{L}\.)+\p{L}$/u.test(text.slice(Math.max(0, end - 12), end));
  if (isAbbreviation && text[end] === "." && rawEnd > end) end += 1;
  return [start, end];
}

/** The start of the next word behind a place, or of the one before it; the text's end or 0 if there is none. */
export function wordStart(text, at, by) {
  let place = at;
  const isStart = () => WORD.test(charAt(text, place)) && !inWord(text, place);
  do place = by > 0 ? after(text, place) : before(text, place);
  while (place > 0 && place < text.length && !isStart());
  return Math.min(Math.max(place, 0), text.length);
}

/** The end of the next word behind a place, or of the one before it. */
export function wordEnd(text, at, by) {
  let place = at;
  const isEnd = () => place > 0 && WORD.test(charBefore(text, place)) && !inWord(text, place);
  do place = by > 0 ? after(text, place) : before(text, place);
  while (place > 0 && place < text.length && !isEnd());
  return Math.min(Math.max(place, 0), text.length);
}

/** The place one letter further: an emoji is one letter. */
export function letter(text, at, by) {
  return Math.min(Math.max(by > 0 ? after(text, at) : before(text, at), 0), text.length);
}

/**
 * The stretch that a quotation takes in: with the quotation marks right around the words, and a comma or full
 * stop that stands before the closing one.
 */
export function withMarks(text, [start, end]) {
  const behind = /[,.!?…]/.test(text[end] ?? "") && CLOSING.test(text[end + 1] ?? "") ? end + 1 : end;
  const opens = start > 0 && OPENING.test(text[start - 1]);
  const closes = CLOSING.test(text[behind] ?? "");
  return opens && closes ? [start - 1, behind + 1] : [start, end];
}

/** How words are said: in quotation marks as a whole, in part, or not at all. */
export function quoteKind(words) {
  if (OPENING.test(words[0]) && CLOSING.test(words.at(-1))) return "direct";
  return /[“„«»”"]/.test(words) ? "mixed" : "indirect";
}

/** What kind of mention words are, as far as their form tells. */
export function mentionKind(words) {
  if (PRONOUNS.has(words.toLowerCase())) return "pronoun";
  return /\p{Lu}/u.test(words.replace(/^(?:the|a|an)\s+/i, "")[0] ?? "") || !/\p{Ll}/u.test(words) ? "name" : "nominal";
}

/** A pattern for words wherever they stand as whole words, whatever the blanks between them. */
export function wholeWords(words, flags = "gu") {
  const escaped = words
    .split(/\s+/)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"))
    .join("\\s+");
  return new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, flags);
}
