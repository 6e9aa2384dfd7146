/** Places in the text: code points, which Python and the JSON count, and UTF-16 units, which the DOM counts. */

/**
 * Translates between code points, which Python and the JSON count, and UTF-16 units, which the DOM counts.
 * They differ by one for each character outside the basic plane (emoji, some scripts) that came before.
 */
export function offsetMap(text) {
  const astral = []; // code point index of every character that takes two units
  for (const { index } of text.matchAll(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)) astral.push(index - astral.length);
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
    length: text.length - astral.length,
    toUnits: (point) => point + countBelow(point, (i) => astral[i]),
    toPoints: (unit) => unit - countBelow(unit, (i) => astral[i] + i),
  };
}

const offsetMaps = new Map(); // the map of the text in use: describing 3,000 stances must not build 3,000
/** The words at [start, end) code points of a text. */
export function codePoints(text, [start, end]) {
  if (!offsetMaps.has(text)) {
    offsetMaps.clear();
    offsetMaps.set(text, offsetMap(text));
  }
  const map = offsetMaps.get(text);
  return text.slice(map.toUnits(start), map.toUnits(end));
}
