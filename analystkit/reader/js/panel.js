/** The side panel: it shows the overview, the card of a mark, or the keys. */

import { describeAccount } from "./accounts.js";
import { el } from "./dom.js";
import { keysCard } from "./keys.js";
import { describe } from "./words.js";

export class Panel {
  constructor(reader) {
    this.reader = reader;
    this.view = "overview";
    this.element = el("aside", { class: "ak-panel", "aria-label": "Details" });
  }

  /** The card of a unit; a screen reader hears what it is. */
  card(unit, { quiet = false } = {}) {
    const { cards, data, editor } = this.reader;
    this.show("card", cards.of(unit, editor?.cardActions()));
    if (quiet) return;
    const isAccount = unit.layer === "accounts";
    this.reader.say(isAccount ? describeAccount(unit.item, data) : describe(unit, cards.names, data).spoken);
  }

  /** Fills the panel; "overview", "keys" and "filter" know their content. */
  show(view, content) {
    const { choice } = this.reader;
    this.view = view;
    this.reader.root.dataset.view = view;
    const body = content ?? this.content(view);
    const tools = [];
    if (view === "card" && choice.history.length) {
      tools.push(el("button", { type: "button", class: "ak-quiet-button", "data-act": "back" }, "‹ Back"));
    }
    tools.push(el("span", { class: "ak-space" }));
    tools.push(
      el(
        "button",
        {
          type: "button",
          class: "ak-quiet-button ak-close",
          "data-act": "close",
          "aria-label": "Close",
          title: "Close (Esc)",
        },
        "×",
      ),
    );
    // A new element starts at its top; setting scrollTop would make the browser lay out everything at once.
    this.element.replaceChildren(
      el(
        "div",
        { class: "ak-pane" },
        el("div", { class: "ak-tools" }, ...tools),
        el("div", { class: "ak-card", tabindex: "-1" }, ...body.filter(Boolean)),
      ),
    );
  }

  content(view) {
    const { cards, editor, filter } = this.reader;
    if (view === "keys") return keysCard(cards, Boolean(editor));
    return view === "filter" ? filter.card() : cards.overview();
  }

  /** Opens a view that does not belong to a mark, or closes it if it is open. */
  toggle(view) {
    const { choice, root } = this.reader;
    if (this.view === view && (view !== "overview" || root.classList.contains("ak-open"))) return this.leave();
    if (choice.unit) choice.close();
    root.classList.add("ak-open");
    this.show(view);
  }

  /** Back to the overview; a focus that was in the panel goes back to the text. */
  leave() {
    const inPanel = this.element.contains(document.activeElement);
    this.reader.editor?.stop();
    this.reader.choice.close();
    if (inPanel) this.reader.focus.current?.focus({ preventScroll: true });
  }

  /** The button that was pressed went with its card: the focus goes to the chosen mark, else to the new card. */
  refocus() {
    const { handle } = this.reader.choice.unit ?? {};
    (handle ?? this.element.querySelector(".ak-card")).focus({ preventScroll: true });
  }
}
