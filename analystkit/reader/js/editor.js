/** Editing: it turns what the user asks for into acts, applies them at once and has them kept. */

import { Acts, applyChanges } from "./acts.js";
import { capOf, commandsFor } from "./commands.js";
import { el } from "./dom.js";
import { Edges } from "./edges.js";
import { Draft, setLooked, setNote } from "./edits.js";
import { detailsForm } from "./details.js";
import { Keeper } from "./keeper.js";
import { Picker } from "./picker.js";
import { unitAt } from "./units.js";
import { LAYERS, PAST } from "./words.js";

export class Editor {
  constructor(reader, { annotator = "me", events = [], textHash, onAct } = {}) {
    this.reader = reader;
    this.acts = new Acts(reader.data, annotator, events, textHash);
    this.keeper = new Keeper(reader, this.acts, onAct);
    this.picker = new Picker(reader);
    this.edges = new Edges(reader);
    this.menu = null; // { title, options } while the user is asked for one of a few
  }

  /* ---- what the commands see */

  get data() {
    return this.reader.data;
  }

  get map() {
    return this.reader.map;
  }

  /** The chosen mark, if it is one that can be changed. */
  get unit() {
    const { unit } = this.reader.choice;
    return unit && LAYERS.includes(unit.layer) ? unit : null;
  }

  get layer() {
    return this.unit?.layer;
  }

  get id() {
    return this.unit?.id;
  }

  get item() {
    return this.unit?.item;
  }

  /** The first span of the chosen mark, in code points; undefined if it has no place in the text. */
  get span() {
    const span = this.unit?.spans[0];
    return span && [this.map.toPoints(span.start), this.map.toPoints(span.end)];
  }

  get chosen() {
    return { id: this.id, span: this.span };
  }

  /** The selected words, [start, end) code points, or null. */
  get words() {
    const { span } = this.reader.selection;
    return span.length ? span : null;
  }

  wordsOf([start, end]) {
    return this.data.text.slice(this.map.toUnits(start), this.map.toUnits(end)).replace(/\s+/g, " ");
  }

  /** The entity with the shortest mention that touches a span, or null. */
  entityAt([start, end]) {
    const touching = (this.data.entities ?? []).flatMap(({ id, mentions }) =>
      mentions.filter((one) => one.start < end && start < one.end).map((one) => ({ id, length: one.end - one.start })),
    );
    return touching.sort((a, b) => a.length - b.length)[0]?.id ?? null;
  }

  say(words) {
    this.reader.say(words);
  }

  /* ---- acts */

  /**
   * Does one act.
   *
   * @param {string} name what it is, in a word
   * @param {function(Draft)} edit makes the changes; may return what is chosen afterwards
   * @param {{id, span}|null} [chosen] what is chosen afterwards; null for nothing
   */
  act(name, edit, chosen = undefined) {
    const draft = new Draft(this.data, this.acts.by);
    const made = edit(draft);
    if (!draft.changes.length) return this.reader.tell("That changes nothing.");
    return this.commit(this.acts.add(name, draft.changes), chosen === undefined ? made : chosen);
  }

  undo() {
    const event = this.acts.undo();
    return event ? this.commit(event, this.after(event)) : this.reader.tell("There is nothing to take back.");
  }

  redo() {
    const event = this.acts.redo();
    return event ? this.commit(event, this.after(event)) : this.reader.tell("There is nothing to bring back.");
  }

  /** What an undo or redo leaves chosen: the record it brought back or changed. */
  after(event) {
    const record = event.changes.find(({ now, layer }) => now && layer !== "reviewed")?.now;
    if (!record) return event.changes.some(({ layer }) => layer === "reviewed") ? this.chosen : null;
    return { id: record.id, span: record.id === this.id ? this.span : undefined };
  }

  commit(event, chosen) {
    this.stop();
    this.reader.update(applyChanges(this.data, event.changes), chosen ?? null);
    this.say(this.describe(event));
    this.keeper.keep(event);
  }

  describe(event) {
    const [{ layer, was, now }] = event.changes;
    const record = now ?? was;
    if (layer === "reviewed") return now ? "Paragraph looked at" : "Paragraph not looked at";
    const words =
      layer === "entities" ? record.name : this.wordsOf(layer === "quotes" ? record.content[0] : record.evidence);
    return `${PAST[event.act] ?? event.act}: ${words.length > 60 ? `${words.slice(0, 60)}…` : words}`;
  }

  /* ---- asking */

  /** Lets the user choose one of a few by a key or a click: each is { key, label, act }. */
  ask(title, options) {
    this.menu = { title, options, place: this.words ? "words" : "card" };
    this.refresh();
    this.say(`${title} ${options.map(({ key, label }) => `${key}: ${label}`).join(", ")}`);
  }

  /** Lets the user pick an entity, in the text or from a list: then(id or null, span of the words picked). */
  pick(title, then) {
    this.menu = null;
    this.picker.begin(title, then);
    this.reader.toolbar.update();
  }

  fillIn() {
    this.reader.panel.show("details", detailsForm(this));
    this.reader.panel.element.querySelector("textarea").focus();
  }

  saveDetails({ name, note, confidence }) {
    this.act(
      "note",
      (draft) => {
        if (name && name !== this.item.name) draft.change(this.layer, this.id, { name });
        setNote(draft, this.layer, this.id, note);
        const record = draft.get(this.layer, this.id);
        if (confidence !== record.confidence) draft.set(this.layer, this.id, { ...record, confidence });
      },
      this.chosen,
    );
    if (this.reader.panel.view === "details") this.reader.panel.card(this.unit);
  }

  /** Says of the paragraph in use that it is looked at, or takes that back. */
  look(place = this.here()) {
    const paragraph = this.reader.drawing.parts.at(place);
    if (!paragraph) return;
    const layers = this.reader.editedLayers;
    const span = [paragraph.start, paragraph.end].map((unit) => this.map.toPoints(unit));
    const done = this.reader.review.isLooked(
      (this.data.reviewed ?? []).filter((one) => one.start < span[1] && span[0] < one.end),
    );
    this.act("looked", (draft) => setLooked(draft, layers, span, !done), this.unit ? this.chosen : null);
  }

  /** Where the user is: at the selected words, else the chosen mark, else the mark in focus (UTF-16 units). */
  here() {
    if (this.words) return this.map.toUnits(this.words[0]);
    const unit = this.unit ?? unitAt(this.reader.focus.current);
    return unit?.spans[0]?.start ?? 0;
  }

  /** Whether something was begun: a question, picking, moving edges. */
  get isBusy() {
    return Boolean(this.menu) || this.picker.active || this.edges.active;
  }

  /** Leaves whatever was begun. True if there was something. */
  stop() {
    const busy = this.isBusy;
    this.menu = null;
    this.picker.end();
    this.edges.end();
    return busy;
  }

  cancel() {
    const busy = this.stop();
    if (busy) this.refresh();
    return busy;
  }

  /** Draws toolbar and card again: what can be done has changed. */
  refresh() {
    this.reader.toolbar.update();
    if (this.unit && this.reader.panel.view !== "pick") this.reader.panel.card(this.unit, { quiet: true });
  }

  /* ---- keys and buttons */

  /** Does what a key asks for; false if it asks for nothing. */
  press(name) {
    if (this.edges.active) return this.edges.press(name);
    if (this.menu) {
      const option = this.menu.options.find(({ key }) => key === name) ?? (name === "Enter" && this.menu.options[0]);
      if (option) this.choose(option);
      return Boolean(option);
    }
    if (this.picker.active) {
      if (name === "Enter" && this.words) return (this.picker.take(this.entityAt(this.words), this.words), true);
      return false;
    }
    const wanted = name === "Delete" || name === "Backspace" ? "d" : name;
    // What is done to selected words comes first: h with words selected makes them the speaker.
    const command = commandsFor(this, ["words", "both", "mark", "any"]).find(({ key }) => key === wanted);
    if (command) command.run(this);
    return Boolean(command);
  }

  choose(option) {
    this.menu = null;
    option.act();
    this.refresh();
  }

  /** Buttons for the commands on words or on a mark, or for the options of an open question. */
  buttons(place) {
    const button = (label, key, act) => {
      const node = el("button", { type: "button", class: "ak-command", "aria-keyshortcuts": key }, label, " ");
      node.append(el("kbd", { "aria-hidden": "true" }, capOf(key)));
      node.addEventListener("click", act);
      return node;
    };
    if (this.menu?.place === place) {
      const title = el("span", { class: "ak-ask" }, this.menu.title);
      return [title, ...this.menu.options.map((one) => button(one.label, one.key, () => this.choose(one)))];
    }
    const commands = commandsFor(this, place === "words" ? ["words", "both"] : ["mark"]);
    return commands.map((one) => button(one.label, one.key, () => one.run(this)));
  }

  /** The row of buttons in the card of the chosen mark. */
  cardActions() {
    return el("div", { class: "ak-actions", role: "group", "aria-label": "Change this mark" }, ...this.buttons("card"));
  }

  destroy() {
    this.stop();
  }
}
