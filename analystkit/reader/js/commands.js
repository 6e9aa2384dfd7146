/** What can be done to words and to a mark: one table for the toolbar, the cards, the keys and their list. */

import {
  accept,
  addMentions,
  addSpan,
  giveMention,
  markEntity,
  markQuote,
  markStance,
  mergeEntities,
  namesake,
  removeEntity,
  removeMention,
  removeQuote,
  setEnd,
  setSpeaker,
  splitMention,
  toggleVia,
} from "./edits.js";
import { withMarks, wholeWords } from "./spans.js";
import { LABELS, SIGNS } from "./words.js";

const LABEL_KEYS = {
  PERSON: "p",
  ORG: "o",
  GPE: "c",
  LOC: "l",
  NORP: "g",
  FAC: "f",
  EVENT: "v",
  PRODUCT: "r",
  LAW: "a",
  WORK_OF_ART: "w",
};
const labels = (act) =>
  Object.entries(LABEL_KEYS).map(([label, key]) => ({ key, label: LABELS[label], act: () => act(label) }));
const POLARITY_KEYS = { positive: "+", negative: "-", neutral: "0" };
const polarities = (act) =>
  Object.entries(POLARITY_KEYS).map(([kind, key]) => ({ key, label: `${SIGNS[kind]} ${kind}`, act: () => act(kind) }));
const choices = (keys, act) => Object.entries(keys).map(([label, key]) => ({ key, label, act: () => act(label) }));
const KIND_KEYS = { direct: "d", mixed: "m", indirect: "i" };
const CERTAINTY_KEYS = { asserted: "a", hedged: "h", denied: "d", conditional: "c" };
const STRENGTH_KEYS = { weak: "w", moderate: "m", strong: "s" };

const change = (editor, values) =>
  editor.act("change", (draft) => draft.change(editor.layer, editor.id, values), editor.chosen);
const isEntity = (editor) => editor.layer === "entities";
const isQuote = (editor) => editor.layer === "quotes";
const isStance = (editor) => editor.layer === "stances";

function makeEntity(editor, words) {
  const known = namesake(editor.data, editor.wordsOf(words));
  const mention = {
    key: "Enter",
    label: `a mention of ${known?.name}`,
    act: () => editor.act("mark", (draft) => addMentions(draft, known.id, [words]), { id: known.id, span: words }),
  };
  const make = (label) => editor.act("mark", (draft) => ({ id: markEntity(draft, words, label), span: words }));
  editor.ask("What is it?", [...(known ? [mention] : []), ...labels(make)]);
}

function makeQuote(editor, words) {
  const { text } = editor.data;
  const [start, end] = withMarks(text, words.map(editor.map.toUnits));
  const whole = [editor.map.toPoints(start), editor.map.toPoints(end)];
  editor.act("mark", (draft) => ({ id: markQuote(draft, whole) }));
}

function more(editor, words) {
  const { id } = editor;
  if (isEntity(editor)) editor.act("mark", (draft) => addMentions(draft, id, [words]), { id, span: words });
  if (isQuote(editor)) editor.act("change", (draft) => addSpan(draft, id, "content", words), { id });
  if (isStance(editor)) editor.act("change", (draft) => draft.change("stances", id, { evidence: words }), { id });
}

function everywhere(editor) {
  const { id, span, data, map } = editor;
  const found = [...data.text.matchAll(wholeWords(editor.wordsOf(span)))].map((match) => [
    map.toPoints(match.index),
    map.toPoints(match.index + match[0].length),
  ]);
  const taken = data.entities.flatMap(({ mentions }) => mentions.map(({ start, end }) => `${start} ${end}`));
  const fresh = found.filter((one) => !taken.includes(one.join(" ")));
  if (!fresh.length) return editor.reader.tell(`“${editor.wordsOf(span)}” is marked wherever it stands.`);
  return editor.act("mark", (draft) => addMentions(draft, id, fresh), editor.chosen);
}

function remove(editor, wholly) {
  const { id, item, span } = editor;
  const act = item.by ? "remove" : "reject";
  if (isEntity(editor) && !wholly) {
    const rest = item.mentions.length > 1 ? { id } : null;
    return editor.act(act, (draft) => removeMention(draft, id, span), rest);
  }
  return editor.act(
    act,
    (draft) => {
      if (isEntity(editor)) removeEntity(draft, id);
      else if (isQuote(editor)) removeQuote(draft, id);
      else draft.set("stances", id, null);
    },
    null,
  );
}

function pickEnd(editor, end, title) {
  const { id, words } = editor;
  const set = (entity, span) => editor.act("change", (draft) => setEnd(draft, id, end, entity, span), { id });
  if (words) set(editor.entityAt(words), words);
  else editor.pick(title, set);
}

function pickSpeaker(editor) {
  const { id, words } = editor;
  const set = (entity, span) => editor.act("change", (draft) => setSpeaker(draft, id, entity, span), { id });
  if (words) set(editor.entityAt(words), words);
  else editor.pick("Who speaks?", set);
}

function ask(editor) {
  if (isEntity(editor))
    editor.ask(
      "What is it?",
      labels((label) => change(editor, { label })),
    );
  if (isQuote(editor))
    editor.ask(
      "How is it said?",
      choices(KIND_KEYS, (kind) => change(editor, { kind })),
    );
  if (isStance(editor))
    editor.ask(
      "For or against?",
      polarities((polarity) => change(editor, { polarity })),
    );
}

/**
 * key: as keys.js names it; label: on the button; what: in the list of keys.
 * on: "words" needs selected words, "mark" a chosen mark, "both" both, "any" neither. fits: whether it makes sense.
 */
export const COMMANDS = [
  {
    key: "e",
    label: "Entity",
    what: "mark the selected words as an entity; then a letter for what it is",
    on: "words",
    run: (e) => makeEntity(e, e.words),
  },
  {
    key: "q",
    label: "Quote",
    what: "mark the selected words as a quote",
    on: "words",
    run: (e) => makeQuote(e, e.words),
  },
  {
    key: "s",
    label: "Stance",
    what: "mark the selected words as a stance; then + - 0",
    on: "words",
    run: (e) =>
      e.ask(
        "For or against?",
        polarities((kind) => e.act("mark", (draft) => ({ id: markStance(draft, e.words, kind) }))),
      ),
  },
  {
    key: "m",
    label: "Add to the mark",
    what: "selected words: one more mention, more of the quote, the stance's evidence",
    on: "both",
    run: (e) => more(e, e.words),
  },
  {
    key: "c",
    label: "Its cue",
    what: "selected words: the cue of the quote",
    on: "both",
    fits: isQuote,
    run: (e) => e.act("change", (draft) => draft.change("quotes", e.id, { cue: [e.words] }), { id: e.id }),
  },
  {
    key: "a",
    label: "Accept",
    what: "the mark is right",
    on: "mark",
    fits: (e) => !e.item.by && e.item.review !== "accepted",
    run: (e) => e.act("accept", (draft) => accept(draft, e.layer, e.id), e.chosen),
  },
  {
    key: "d",
    label: "Remove",
    what: "the mark is wrong; of an entity: this mention",
    on: "mark",
    run: (e) => remove(e, false),
  },
  {
    key: "Shift+d",
    label: "Remove entity",
    what: "the whole entity is wrong",
    on: "mark",
    fits: (e) => isEntity(e) && e.item.mentions.length > 1,
    run: (e) => remove(e, true),
  },
  {
    key: "h",
    label: "Speaker",
    what: "who speaks, or holds the stance: pick a mention or a name, or select the words first",
    on: "mark",
    fits: isQuote,
    run: pickSpeaker,
  },
  { key: "h", label: "Holder", on: "mark", fits: isStance, run: (e) => pickEnd(e, "holder", "Who holds it?") },
  {
    key: "t",
    label: "Target",
    what: "what the stance is about",
    on: "mark",
    fits: isStance,
    run: (e) => pickEnd(e, "target", "What is it about?"),
  },
  {
    key: "v",
    label: "Via",
    what: "who relays the quote (again: no longer)",
    on: "mark",
    fits: isQuote,
    run: (e) =>
      e.pick(
        "Who relays it?",
        (relay) => relay && e.act("change", (draft) => toggleVia(draft, e.id, relay), { id: e.id }),
      ),
  },
  { key: "y", label: "Type", what: "what the entity is, how the quote is said, for or against", on: "mark", run: ask },
  {
    key: "c",
    label: "Certainty",
    what: "how certain the stance is",
    on: "mark",
    fits: isStance,
    run: (e) =>
      e.ask(
        "How certain?",
        choices(CERTAINTY_KEYS, (certainty) => change(e, { certainty })),
      ),
  },
  {
    key: "g",
    label: "Strength",
    what: "how strong the stance is; of a mention: whose it really is",
    on: "mark",
    fits: isStance,
    run: (e) =>
      e.ask(
        "How strong?",
        choices(STRENGTH_KEYS, (strength) => change(e, { strength })),
      ),
  },
  {
    key: "g",
    label: "Whose mention",
    on: "mark",
    fits: (e) => isEntity(e) && e.span,
    run: (e) =>
      e.pick(
        "Whose mention is it?",
        (into) =>
          into &&
          into !== e.id &&
          e.act("change", (draft) => giveMention(draft, e.id, e.span, into), { id: into, span: e.span }),
      ),
  },
  {
    key: "u",
    label: "Same as",
    what: "the entity is the same as another: unite them",
    on: "mark",
    fits: isEntity,
    run: (e) =>
      e.pick(
        "Who is the same?",
        (into) =>
          into &&
          into !== e.id &&
          e.act("merge", (draft) => mergeEntities(draft, e.id, into), { id: into, span: e.span }),
      ),
  },
  {
    key: "x",
    label: "Split off",
    what: "the mention is somebody else: an entity of its own",
    on: "mark",
    fits: (e) => isEntity(e) && e.item.mentions.length > 1 && e.span,
    run: (e) => e.act("split", (draft) => ({ id: splitMention(draft, e.id, e.span), span: e.span })),
  },
  {
    key: "o",
    label: "All occurrences",
    what: "mark the same words wherever they stand",
    on: "mark",
    fits: (e) => isEntity(e) && e.span,
    run: everywhere,
  },
  {
    key: "r",
    label: "Edges",
    what: "move where the mark begins and ends",
    on: "mark",
    fits: (e) => e.unit.spans.length > 0,
    run: (e) => e.edges.begin(),
  },
  { key: "i", label: "Note", what: "note, confidence and name of the mark", on: "mark", run: (e) => e.fillIn() },
  {
    key: "l",
    label: "Looked at",
    what: "this paragraph is looked at, for the layers that are on (again: it is not)",
    on: "any",
    run: (e) => e.look(),
  },
];

/** The commands that make sense now, for words or for a mark. */
export function commandsFor(editor, on) {
  const has = {
    words: Boolean(editor.words),
    mark: Boolean(editor.unit),
    both: Boolean(editor.words && editor.unit),
    any: true,
  };
  return COMMANDS.filter((one) => on.includes(one.on) && has[one.on] && (one.fits?.(editor) ?? true));
}

/** How a key is written on a button and in the list. */
export function capOf(key) {
  return key.length === 1 ? key.toUpperCase() : key.replace(/\+(\w)$/, (_, name) => `+${name.toUpperCase()}`);
}
