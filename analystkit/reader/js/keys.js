/** What the keys do. The list of keys that `?` shows is made from the same table. */

import { COMMANDS, capOf } from "./commands.js";
import { el } from "./dom.js";
import { letter } from "./spans.js";
import { LAYERS } from "./words.js";

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
    keys: { Home: (r) => r.focus.first(), End: (r) => r.focus.last() },
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
    show: "W B",
    what: "select the next word, the one before",
    where: "text",
    keys: { w: (r) => r.selection.stepWord(1), b: (r) => r.selection.stepWord(-1) },
  },
  {
    show: "Shift+→ ←",
    what: "select more, fewer words, from the mark on",
    where: "text",
    keys: { "Shift+ArrowRight": (r) => r.selection.extend(1), "Shift+ArrowLeft": (r) => r.selection.extend(-1) },
  },
  {
    show: "Alt+Shift+→ ←",
    what: "the same by letters; with the mouse: hold Alt",
    where: "text",
    keys: {
      "Alt+Shift+ArrowRight": (r) => r.selection.extendByLetter(1, letter),
      "Alt+Shift+ArrowLeft": (r) => r.selection.extendByLetter(-1, letter),
    },
  },
  { show: "/", what: "search in the text; Enter: next", where: "any", keys: { "/": (r) => r.search.open() } },
  { show: "F", what: "filter the marks", where: "any", keys: { f: (r) => r.panel.toggle("filter") } },
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

/** Keys for editing that are no commands on a mark or on words. */
export const HISTORY = [
  { show: "Ctrl+Z", what: "take back the last change" },
  { show: "Ctrl+Shift+Z", what: "bring it back" },
];

/** The name of the key that an event reports, as the tables spell it. */
export function nameOf(event) {
  const { key, shiftKey, altKey } = event;
  const isLetter = /^\p{L}$/u.test(key);
  const name = isLetter ? key.toLowerCase() : key;
  const withShift = shiftKey && (isLetter || key.length > 1) ? `Shift+${name}` : name;
  return altKey ? `Alt+${withShift}` : withShift;
}

/** What a key with Ctrl or Cmd asks of the reader: "undo", "redo" or null. */
export function historyKey({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (!(ctrlKey || metaKey) || altKey) return null;
  const name = key.toLowerCase();
  if (name === "z") return shiftKey ? "redo" : "undo";
  return name === "y" && ctrlKey ? "redo" : null;
}

export const isField = (node) => /^(?:INPUT|TEXTAREA|SELECT)$/.test(node?.tagName ?? "");

/** Does what a key asks for; false if it asks for nothing here. */
export function press(reader, event) {
  const name = nameOf(event);
  if (isField(event.target) && name !== "Escape") return false;
  const inText = reader.article.contains(event.target);
  const at = { target: event.target, inText, onMark: inText && event.target.dataset.handle !== undefined };
  // A button does its own work on Enter and Space.
  const isPress = (name === "Enter" || name === " ") && event.target.closest("button, a");
  if (reader.editor && !isPress && reader.editor.press(name)) return true;
  const fits = { any: true, text: at.inText, mark: at.onMark };
  for (const row of KEYS) {
    if (fits[row.where] && Object.hasOwn(row.keys, name)) return row.keys[name](reader, at) !== false;
  }
  return false;
}

const caps = (names) => names.split(" ").flatMap((name, i) => (i ? [" ", el("kbd", {}, name)] : [el("kbd", {}, name)]));

function rowsOf(rows) {
  return el(
    "dl",
    { class: "ak-keys" },
    ...rows.flatMap(({ show, what }) => [el("dt", {}, ...caps(show)), el("dd", {}, what)]),
  );
}

/** The list of keys, as the content of a card. */
export function keysCard(cards, isEditable) {
  const commands = COMMANDS.filter(({ what }) => what).map(({ key, what }) => ({ show: capOf(key), what }));
  return [
    cards.heading({}, "Keys"),
    rowsOf(KEYS),
    ...(isEditable ? [cards.section("To mark and correct", rowsOf([...commands, ...HISTORY]))] : []),
  ];
}
