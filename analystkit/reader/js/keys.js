/** What the keys do. The list of keys that `?` shows is made from the same table. */

import { el } from "./dom.js";
import { LAYERS } from "./words.js";

const extend = (direction) => (reader) => reader.selection.extend(direction);
const toggleLayer = (number) => (reader, at) => reader.toggleKeepingFocus(LAYERS[number - 1], at.inText);

/**
 * One line of the list a row: how its keys are shown, what they do, and how each key does it. A name of a key
 * is KeyboardEvent.key, a letter in lower case, with "Shift+" before it where that matters.
 * where: "text" needs the focus in the article, "mark" on a mark, "any" anywhere in the reader.
 * An action that returns false leaves the key to the browser.
 */
export const KEYS = [
  { show: "Tab", what: "into the text, on to this panel", where: "browser", keys: {} },
  {
    show: "→ ↓ J",
    what: "next mark",
    where: "text",
    keys: { ArrowRight: (r) => r.focus.step(1), j: (r) => r.focus.step(1), ArrowDown: onMark((r) => r.focus.step(1)) },
  },
  {
    show: "← ↑ K",
    what: "previous mark",
    where: "text",
    keys: { ArrowLeft: (r) => r.focus.step(-1), k: (r) => r.focus.step(-1), ArrowUp: onMark((r) => r.focus.step(-1)) },
  },
  {
    show: "Home End",
    what: "first, last mark",
    where: "mark",
    keys: { Home: (r) => r.focus.focus(r.focus.handles[0]), End: (r) => r.focus.focus(r.focus.handles.at(-1)) },
  },
  {
    show: "N P",
    what: "next, previous mention of the chosen entity",
    where: "text",
    keys: { n: (r) => r.focus.stepMention(1), p: (r) => r.focus.stepMention(-1) },
  },
  {
    show: "Enter Space",
    what: "open the mark",
    where: "mark",
    keys: { Enter: (r, at) => r.openAt(at.target), " ": (r, at) => r.openAt(at.target) },
  },
  {
    show: ". Alt+click",
    what: "what else lies there, from the shortest up",
    where: "text",
    keys: { ".": (r, at) => r.choice.cycle(r.anchorFor(at.target)) },
  },
  {
    show: "Shift+→ ←",
    what: "select words",
    where: "text",
    keys: { "Shift+ArrowRight": extend("forward"), "Shift+ArrowLeft": extend("backward") },
  },
  {
    show: "1 2 3",
    what: "entities, quotes, stances on or off",
    where: "any",
    keys: { 1: toggleLayer(1), 2: toggleLayer(2), 3: toggleLayer(3) },
  },
  { show: "Esc", what: "close; then drop the selection", where: "any", keys: { Escape: (r) => r.escape() } },
  { show: "?", what: "these keys", where: "any", keys: { "?": (r) => r.panel.toggle("keys") } },
];

function onMark(act) {
  return (reader, at) => (at.onMark ? act(reader, at) : false);
}

/** The name of the key that an event reports, as the table spells it. */
export function nameOf(event) {
  const { key, shiftKey } = event;
  if (key.length === 1) return key.toLowerCase();
  return shiftKey ? `Shift+${key}` : key;
}

/** Does what a key asks for; false if it asks for nothing here. */
export function press(reader, event) {
  const inText = reader.article.contains(event.target);
  const at = { target: event.target, inText, onMark: inText && event.target.dataset.handle !== undefined };
  const name = nameOf(event);
  const fits = { any: true, text: at.inText, mark: at.onMark };
  for (const row of KEYS) {
    if (fits[row.where] && Object.hasOwn(row.keys, name)) return row.keys[name](reader, at) !== false;
  }
  return false;
}

/** The list of keys, as the content of a card. */
export function keysCard(cards) {
  const caps = (names) =>
    names.split(" ").flatMap((name, i) => (i ? [" ", el("kbd", {}, name)] : [el("kbd", {}, name)]));
  const rows = KEYS.flatMap(({ show, what }) => [el("dt", {}, ...caps(show)), el("dd", {}, what)]);
  return [cards.heading({}, "Keys"), el("dl", { class: "ak-keys" }, ...rows)];
}
