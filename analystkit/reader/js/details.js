/** The form for what is said about a mark beside the text: note, confidence, an entity's name. */

import { el } from "./dom.js";
import { likelihood } from "./words.js";

const SURE = [0.97, 0.87, 0.68, 0.5, 0.33, 0.12, 0.03]; // one within each of the steps of likelihood()

export function detailsForm(editor) {
  const { item, layer } = editor;
  const field = (label, control) => el("label", { class: "ak-labelled" }, label, control);
  const name = el("input", { class: "ak-field", type: "text", value: item.name, required: true });
  const note = el("textarea", { class: "ak-field", rows: "4" });
  note.value = item.note ?? "";
  const current = likelihood(item.confidence ?? 1);
  const options = SURE.map((value) => {
    const words = likelihood(value);
    const kept = words === current && typeof item.confidence === "number" ? item.confidence : value;
    return el("option", { value: kept, selected: words === current }, words);
  });
  const sure = el("select", { class: "ak-field" }, ...options);
  const form = el(
    "form",
    { class: "ak-details" },
    field("Note", note), // first: it has the focus, and what is typed at once is a note
    field("How sure", sure),
    layer === "entities" ? field("Name", name) : null,
    el(
      "div",
      { class: "ak-actions" },
      el(
        "button",
        { type: "submit", class: "ak-command" },
        "Keep ",
        el("kbd", { "aria-hidden": "true" }, "Ctrl+Enter"),
      ),
      el(
        "button",
        { type: "button", class: "ak-command", "data-act": "card" },
        "Cancel ",
        el("kbd", { "aria-hidden": "true" }, "Esc"),
      ),
    ),
  );
  const submit = (event) => {
    event.preventDefault();
    if (!form.reportValidity()) return;
    editor.saveDetails({ name: name.value.trim(), note: note.value, confidence: Number(sure.value) });
    editor.unit?.handle?.focus({ preventScroll: true });
  };
  form.addEventListener("submit", submit);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
  });
  return [editor.reader.cards.heading({}, "About this mark"), form];
}
