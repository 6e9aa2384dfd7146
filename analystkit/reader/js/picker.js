/** Picking an entity: by clicking one of its mentions in the text, or by name from a list that typing narrows. */

import { el } from "./dom.js";
import { LABELS, plural } from "./words.js";

const MOST_NAMES = 60; // names offered at once; typing finds the others

export class Picker {
  constructor(reader) {
    this.reader = reader;
    this.then = null;
  }

  get active() {
    return this.then !== null;
  }

  begin(title, then) {
    this.then = then;
    this.field = el("input", {
      type: "text",
      class: "ak-field",
      role: "combobox",
      "aria-expanded": "true",
      "aria-autocomplete": "list",
      "aria-controls": "ak-names",
      "aria-label": title,
      placeholder: "Type a name",
      autocomplete: "off",
      spellcheck: "false",
    });
    this.list = el("ul", { class: "ak-list ak-names", id: "ak-names", role: "listbox", "aria-label": title });
    this.field.addEventListener("input", () => this.fill());
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(option.dataset.entity ?? null, null);
    });
    const { panel, cards, root } = this.reader;
    panel.show("pick", [
      cards.heading({}, title),
      el("p", { class: "ak-quiet" }, "Click a mention in the text, or choose a name. Esc: leave it as it is."),
      this.field,
      this.list,
    ]);
    this.fill();
    root.classList.add("ak-picking", "ak-open");
    this.field.focus({ preventScroll: true });
    this.reader.say(`${title} Type a name, or go to a mention in the text and press Enter.`);
  }

  end() {
    if (!this.active) return;
    this.then = null;
    this.reader.root.classList.remove("ak-picking");
    const inPanel = this.reader.panel.element.contains(document.activeElement);
    const { unit } = this.reader.choice;
    if (unit) this.reader.panel.card(unit, { quiet: true });
    else this.reader.panel.show("overview");
    if (inPanel) (unit?.handle ?? this.reader.article).focus({ preventScroll: true });
  }

  /** The choice is made: an entity or none, and the words that were picked, if any were. */
  take(entity, span) {
    const { then } = this;
    this.end();
    then(entity, span);
  }

  /** Takes a click or Enter in the text: the entity of the shortest mention there. False if there is none. */
  takeAt(node) {
    const { choice, map } = this.reader;
    const unit = choice.unitsAt(node).find(({ layer }) => layer === "entities");
    if (!unit) {
      this.reader.tell("There is no marked mention here: pick another, or type a name.");
      return false;
    }
    const [{ start, end }] = unit.spans;
    this.take(unit.id, [map.toPoints(start), map.toPoints(end)]);
    return true;
  }

  fill() {
    const wanted = this.field.value.trim().toLowerCase();
    const fits = ({ name, aliases }) => [name, ...(aliases ?? [])].some((one) => one.toLowerCase().includes(wanted));
    const found = (this.reader.data.entities ?? []).filter(fits);
    found.sort((a, b) => b.mentions.length - a.mentions.length);
    const option = (content, attributes) => el("li", { role: "option", class: "ak-entry", ...attributes }, ...content);
    const rows = found.slice(0, MOST_NAMES).map(({ id, name, label, mentions }, i) =>
      option(
        [
          el("bdi", {}, name),
          el("span", { class: "ak-quiet" }, ` ${LABELS[label] ?? label}, ${plural(mentions.length, "mention")}`),
        ],
        {
          id: `ak-name-${i}`,
          "data-entity": id,
        },
      ),
    );
    if (!wanted) rows.push(option(["nobody, or unknown"], { id: "ak-name-none", class: "ak-entry ak-unknown" }));
    this.list.replaceChildren(...rows);
    this.point(0);
  }

  point(place) {
    const rows = [...this.list.children];
    this.place = Math.min(Math.max(place, 0), rows.length - 1);
    rows.forEach((row, i) => row.setAttribute("aria-selected", String(i === this.place)));
    const row = rows[this.place];
    if (row) this.field.setAttribute("aria-activedescendant", row.id);
    else this.field.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) this.point(this.place + moves[event.key]);
    else if (event.key === "Enter" && this.list.children[this.place]) {
      this.take(this.list.children[this.place].dataset.entity ?? null, null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
