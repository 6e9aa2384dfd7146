/** The right-hand side of an exercise: what is asked, and the controls to answer with. */

import { el } from "./dom.js";
import { codePoints } from "./offsets.js";

const SIGNS_OF = { right: "✓", near: "≈", wrong: "✗", missing: "–" };
const WORDS_OF = { right: "right", near: "nearly", wrong: "not right", missing: "no answer" };
const FEW = 4; // choices up to this number are all shown

/** Long words shortened in the middle, between two words. */
function shorten(words, limit = 90) {
  if (words.length <= limit) return words;
  return `${words.slice(0, limit - 25).replace(/\s\S*$/, "")} … ${words.slice(-25).replace(/^\S*\s/, "")}`;
}

function control(label, act, attributes = {}) {
  const node = el("button", { type: "button", class: "ax-button", ...attributes }, label);
  node.addEventListener("click", act);
  return node;
}

/** Draws the tasks of a sheet. `show(span or item)` brings a place of the text into sight. */
export class Tasks {
  constructor(sheet, show) {
    Object.assign(this, { sheet, show });
    this.choices = new Map((sheet.exercise.choices ?? []).map(({ value, label }) => [value, label]));
  }

  draw() {
    const { form } = this.sheet.exercise;
    return { spans: this.spans, choice: this.choice, chain: this.chain, order: this.order, set: this.set }[form].call(
      this,
    );
  }

  /* ---- marks */

  spans() {
    const { sheet } = this;
    const marks = [...sheet.answers].sort((a, b) => a[0] - b[0]);
    const of = (span) =>
      [...(sheet.result?.items ?? []), ...(sheet.result?.extra ?? [])].find(
        ({ answer }) => answer?.[0] === span[0] && answer?.[1] === span[1],
      );
    const rows = marks.map((span) => {
      const found = of(span);
      const words = shorten(codePoints(sheet.text, span));
      return el(
        "li",
        { class: "ax-mark" },
        this.verdict(found),
        this.place(words, span),
        sheet.finished
          ? null
          : control("×", () => sheet.set(sheet.answers.filter((mark) => mark !== span)), {
              class: "ax-button ax-small",
              "aria-label": `Remove the mark “${words}”`,
              title: "Remove this mark (Delete)",
            }),
        this.why(found),
      );
    });
    const { count } = sheet.exercise;
    const list = rows.length
      ? el("ul", { class: "ax-marks" }, ...rows)
      : el("p", { class: "ax-quiet" }, "Nothing marked yet.");
    return [
      el("p", {}, `Marked ${marks.length}; there ${count === 1 ? "is 1" : `are ${count}`} to find.`),
      list,
      ...this.missing(),
    ];
  }

  /** What is still to be found, after a check: hints, and in the end the answers. */
  missing() {
    const { sheet } = this;
    const open = (sheet.result?.items ?? []).filter(({ credit }) => credit < 1);
    if (!open.length) return [];
    const title = sheet.finished ? "What was to be found" : "Still to find, or not quite right";
    const rows = open.map((one, n) =>
      el(
        "li",
        {},
        sheet.finished
          ? this.place(shorten(codePoints(sheet.text, one.span)), one.span)
          : `${n + 1}. ${one.verdict === "near" ? "nearly found" : ""} `,
        sheet.finished ? this.why(one) : null,
        ...this.hints(one.item),
      ),
    );
    return [el("h4", {}, title), el("ul", { class: "ax-marks" }, ...rows)];
  }

  /* ---- questions */

  items(body) {
    const { sheet } = this;
    return sheet.exercise.items.map((item, n) => {
      const found = sheet.feedbackFor(item.id);
      const words = item.spans.map((span) => codePoints(sheet.text, span)).join(" … ");
      return el(
        "fieldset",
        { class: `ax-item ${found ? `ax-${found.verdict}` : ""}`, "data-item": item.id },
        el("legend", {}, `${n + 1}. ${item.prompt}`),
        words ? el("div", {}, this.place(/^["“]/.test(words) ? shorten(words) : `“${shorten(words)}”`, item.id)) : null,
        body(item),
        this.verdict(found, { words: true }),
        this.why(found),
        ...(found && found.credit < 1 ? this.hints(item.id) : []),
      );
    });
  }

  choice() {
    const { sheet } = this;
    return this.items((item) => {
      const chosen = sheet.answers[item.id];
      const choose = (value) => sheet.set({ ...sheet.answers, [item.id]: value });
      if (this.choices.size > FEW) return this.select(item, chosen, choose, "Choose…");
      const radios = [...this.choices].map(([value, label]) => {
        const input = el("input", {
          type: "radio",
          name: `${sheet.exercise.id}-${item.id}`,
          value,
          checked: value === chosen,
          disabled: sheet.finished,
          "data-focus": `${item.id}-${value}`,
        });
        input.addEventListener("change", () => choose(value));
        return el("label", { class: "ax-radio" }, input, ` ${label}`);
      });
      return el("div", {}, ...radios);
    });
  }

  select(item, chosen, choose, empty) {
    const node = el(
      "select",
      { "aria-label": item.prompt, disabled: this.sheet.finished, "data-focus": item.id },
      el("option", { value: "" }, empty),
      ...[...this.choices].map(([value, label]) => el("option", { value, selected: value === chosen }, label)),
    );
    node.addEventListener("change", () => node.value && choose(node.value));
    return node;
  }

  chain() {
    const { sheet } = this;
    return this.items((item) => {
      const chain = sheet.answers[item.id] ?? [];
      const put = (next) => sheet.set({ ...sheet.answers, [item.id]: next });
      const links = chain.flatMap((value, n) => [
        el(
          "span",
          { class: "ax-link" },
          this.choices.get(value) ?? value,
          sheet.finished
            ? null
            : control("×", () => put(chain.filter((_, at) => at !== n)), {
                class: "ax-button ax-small",
                "aria-label": `Take ${this.choices.get(value)} out of the chain`,
                "data-focus": `${item.id}-${n}`,
              }),
        ),
        " → ",
      ]);
      const add = sheet.finished
        ? null
        : this.select(item, null, (value) => put([...chain, value]), chain.length ? "then…" : "first…");
      return el("div", { class: "ax-chain" }, ...links, add, add ? " → " : null, el("i", {}, "this article"));
    });
  }

  order() {
    const { sheet } = this;
    const all = sheet.exercise.items;
    const order = sheet.answers.length ? sheet.answers : all.map(({ id }) => id);
    const by = new Map(all.map((item) => [item.id, item]));
    const move = (n, by_) => {
      const next = [...order];
      [next[n], next[n + by_]] = [next[n + by_], next[n]];
      sheet.set(next);
    };
    const rows = order.map((id, n) => {
      const found = sheet.feedbackFor(id);
      const step = (sign, by_, words) =>
        control(sign, () => move(n, by_), {
          class: "ax-button ax-small",
          disabled: n + by_ < 0 || n + by_ >= order.length || sheet.finished,
          "aria-label": `${words}: ${shorten(by.get(id).prompt, 60)}`,
          "data-focus": `${id}-${by_}`,
        });
      return el(
        "li",
        { class: "ax-step", "data-item": id },
        step("↑", -1, "Earlier"),
        step("↓", 1, "Later"),
        el(
          "div",
          {},
          this.place(by.get(id).prompt, id),
          this.why(found),
          ...(found && found.credit < 1 ? this.hints(id) : []),
        ),
      );
    });
    return [el("p", {}, "Earliest first:"), el("ol", { class: "ax-order" }, ...rows)];
  }

  set() {
    const { sheet } = this;
    const rows = sheet.exercise.items.map((item) => {
      const found = sheet.feedbackFor(item.id);
      const chosen = sheet.answers.includes(item.id);
      const input = el("input", { type: "checkbox", checked: chosen, disabled: sheet.finished, "data-focus": item.id });
      input.addEventListener("change", () =>
        sheet.set(input.checked ? [...sheet.answers, item.id] : sheet.answers.filter((id) => id !== item.id)),
      );
      const told = found && (sheet.finished || found.verdict !== "missing");
      return el(
        "li",
        { "data-item": item.id },
        el("label", { class: "ax-radio" }, input, ` ${item.prompt} `),
        told ? this.verdict(found) : null,
        told ? this.why(found) : null,
        ...(found && found.verdict === "wrong" ? this.hints(item.id) : []),
      );
    });
    const left = (sheet.result?.items ?? []).filter(({ verdict }) => verdict === "missing").length;
    const note = left && !sheet.finished ? [el("p", {}, `${left} still to find.`)] : [];
    return [el("ul", { class: "ax-marks ax-set" }, ...rows), ...note];
  }

  /* ---- what a check tells */

  verdict(found, { words = false } = {}) {
    if (!found) return null;
    const said = WORDS_OF[found.verdict];
    return el(
      "span",
      { class: `ax-verdict ax-${found.verdict}`, title: said },
      el("span", { "aria-hidden": "true" }, SIGNS_OF[found.verdict]),
      words ? ` ${said}` : el("span", { class: "ak-sr" }, ` ${said} `),
    );
  }

  /** The explanation: at the end for everything, before it only for what is in excess. */
  why(found) {
    if (found?.verdict === "near" && !this.sheet.finished && this.sheet.exercise.form === "spans") {
      return el("div", { class: "ax-nearly" }, "Are there words too many, or too few?");
    }
    if (!found || !(this.sheet.finished || found.item === null)) return null;
    return el("div", { class: "ax-why" }, found.why, " ", found.span ? this.place("Show it", found.span) : null);
  }

  hints(item) {
    const { sheet } = this;
    if (sheet.finished) return [];
    const { taken, left } = sheet.hintsFor(item);
    const more = control(taken.length ? "Another hint" : "Hint", () => sheet.hintsFor(item, { more: true }), {
      class: "ax-button ax-small",
      "data-focus": `hint-${item}`,
    });
    return [...taken.map((words) => el("div", { class: "ax-hint" }, words)), left ? more : null].filter(Boolean);
  }

  place(words, where) {
    return control(words, () => this.show(where), { class: "ax-place", title: "Show it in the text" });
  }
}
