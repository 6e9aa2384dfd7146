/** An exercise on the reader: the article at the left, the tasks at the right; for a page and for the Jupyter widget. */

import { el } from "./dom.js";
import { codePoints } from "./offsets.js";
import { Reader } from "./reader.js";
import { Sheet } from "./sheet.js";
import { Tasks } from "./tasks.js";
import { unitAt } from "./units.js";

const UNTOLD = { cue: [], source: [], speaker: null, via: [] };

class Exercise {
  constructor(root, data, options) {
    Object.assign(this, { root, data, options, selection: [] });
    this.abort = new AbortController();
    this.sheet = new Sheet(data, options.answers, (quietly) => this.changed(quietly));
    this.tasks = new Tasks(this.sheet, (where) => this.show(where));
    this.build();
    this.draw();
  }

  build() {
    const { data, root } = this;
    root.classList.add("ak-reader", "ax-exercise");
    root.classList.toggle("ax-boxed", Boolean(this.options.boxed));
    this.name = el("input", {
      type: "text",
      maxlength: "100",
      autocomplete: "off",
      value: this.sheet.student,
      size: "24",
    });
    this.article = el("div", { class: "ax-article" });
    this.body = el("div", { class: "ax-tasks" });
    this.score = el("div", { class: "ax-score", role: "status" });
    this.buttons = el("div", { class: "ax-buttons" });
    const about = `${data.level} · ${data.article.title ?? ""}`;
    root.replaceChildren(
      el(
        "header",
        { class: "ax-head" },
        el("h2", {}, data.title, " ", el("small", {}, about)),
        el("p", {}, data.task),
        data.form === "spans"
          ? el(
              "p",
              { class: "ax-quiet" },
              "With the keyboard: W and B select the next word and the one before, ",
              "Shift+→ more, M marks, Delete takes the mark away.",
            )
          : null,
      ),
      el(
        "div",
        { class: "ax-main" },
        this.article,
        el(
          "section",
          { class: "ax-panel", "aria-label": "Tasks" },
          el("label", { class: "ax-name" }, "Your name ", this.name),
          this.buttons,
          this.score,
          this.body,
        ),
      ),
    );
    const { signal } = this.abort;
    this.name.addEventListener("input", () => this.sheet.setStudent(this.name.value), { signal });
    this.reader = new Reader(this.article, this.shown(), {
      boxed: false,
      headingLevel: 3,
      layers: ["entities", "quotes"],
      onSelection: (span) => {
        this.selection = span;
        this.drawButtons();
      },
      onSelect: (id) => this.toItem(id),
    });
    this.reader.article.tabIndex = 0;
    this.article.addEventListener("keydown", (event) => this.onKey(event), { signal, capture: true });
    // JupyterLab would take letters for its shortcuts
    root.addEventListener("keydown", (event) => event.stopPropagation(), { signal });
    root.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"), {
      signal,
    });
  }

  /* ---- the article */

  /** The analysis that the reader shows: the student's marks, or the places that are asked about. */
  shown() {
    const { data, sheet } = this;
    const base = { article: data.article, text: data.text, furniture: data.furniture ?? [], stances: [] };
    const quote = (id, kind, content, speaker = null) => ({ ...UNTOLD, id, kind, content, speaker });
    if (data.form !== "spans") {
      const places = [...this.places().values()];
      return {
        ...base,
        entities: places.map(({ id, numbers }) => ({
          id: `n${id}`,
          name: numbers.join(", "),
          label: "",
          mentions: [],
        })),
        quotes: places.map(({ id, spans, items }) => {
          const verdicts = new Set(items.map((item) => sheet.feedbackFor(item)?.verdict ?? "missing"));
          const [verdict] = verdicts.size === 1 ? verdicts : ["missing"];
          return quote(id, verdict === "missing" ? "asked" : verdict, spans, `n${id}`);
        }),
      };
    }
    const found = [...(sheet.result?.items ?? []), ...(sheet.result?.extra ?? [])];
    const kindOf = (span) => found.find(({ answer }) => answer?.join() === span.join())?.verdict ?? "asked";
    const spans = sheet.answers.map((span, n) => ({ id: `m${n}`, span, kind: kindOf(span) }));
    if (sheet.finished) {
      for (const one of found.filter(({ verdict }) => verdict === "missing")) {
        spans.push({ id: one.item, span: one.span, kind: "missing" });
      }
    }
    if (data.kind === "quotes")
      return { ...base, entities: [], quotes: spans.map(({ id, kind, span }) => quote(id, kind, [span])) };
    const entities = spans.map(({ id, kind, span: [start, end] }) => ({
      id,
      name: codePoints(data.text, [start, end]),
      label: "PERSON",
      mentions: [{ start, end, kind }],
    }));
    return { ...base, entities, quotes: [] };
  }

  /** The places asked about, by their spans: several questions may be about one place, which is drawn once. */
  places() {
    const places = new Map();
    this.data.items.forEach(({ id, spans }, n) => {
      if (!spans.length) return;
      const key = JSON.stringify(spans);
      if (!places.has(key)) places.set(key, { id, spans, numbers: [], items: [] });
      places.get(key).numbers.push(n + 1);
      places.get(key).items.push(id);
    });
    return places;
  }

  show(where) {
    if (typeof where === "string") {
      const place = [...this.places().values()].find(({ items }) => items.includes(where));
      this.reader.choice.select(place.id, { quiet: true });
    } else this.reader.selection.show(where.map(this.reader.map.toUnits));
  }

  toItem(id) {
    this.body.querySelector(`[data-item="${CSS.escape(id ?? "")}"]`)?.scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.data.form !== "spans") return;
    const key = event.key.toLowerCase();
    if (key === "m") this.mark();
    else if (key === "delete" || key === "backspace") this.unmark();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  mark() {
    const { selection: span, sheet } = this;
    if (!span.length || sheet.answers.some((mark) => mark.join() === span.join())) return;
    // from the last word on, so that selecting the next one goes on behind the mark
    const words = codePoints(this.data.text, span);
    this.selection = [span[1] - [...words.slice(words.search(/\S+$/))].length, span[1]];
    sheet.set([...sheet.answers, [...span]]);
    this.reader.say(`Marked: ${codePoints(this.data.text, span)}`);
  }

  /** Takes away the marks that the selection, or the mark in focus, touches. */
  unmark() {
    const { sheet, reader } = this;
    const id = unitAt(document.activeElement)?.id;
    const focused = sheet.answers[Number(id?.slice(1))];
    const [start, end] = this.selection.length ? this.selection : (focused ?? [0, 0]);
    sheet.set(sheet.answers.filter((mark) => mark[1] <= start || mark[0] >= end));
  }

  /* ---- drawing */

  changed(quietly) {
    this.options.onChange?.(this.sheet);
    if (!quietly) this.draw();
  }

  draw() {
    const focused = document.activeElement;
    const inText = this.reader.article.contains(focused) || focused === this.reader.article;
    const again = this.root.contains(focused) ? focused.dataset.focus : null;
    const span = [...this.selection];
    const scroll = this.article.scrollTop;
    this.body.replaceChildren(...this.tasks.draw());
    this.reader.setData(this.shown());
    this.article.scrollTop = scroll;
    if (inText) {
      this.reader.article.focus({ preventScroll: true });
      if (span.length) this.reader.selection.show(span.map(this.reader.map.toUnits));
    } else if (again) this.root.querySelector(`[data-focus="${CSS.escape(again)}"]`)?.focus({ preventScroll: true });
    this.drawButtons();
    this.drawScore();
  }

  drawScore() {
    const { sheet } = this;
    const tries = `${sheet.tries} ${sheet.tries === 1 ? "check" : "checks"}`;
    const told = sheet.result ? `${Math.round(sheet.result.score * 100)} of 100 points` : "";
    this.score.textContent = [sheet.finished ? "Finished" : "", told, sheet.tries ? tries : ""]
      .filter(Boolean)
      .join(" · ");
  }

  drawButtons() {
    const { sheet } = this;
    const button = (name, label, act, attributes = {}) => {
      const old = this.buttons.querySelector(`[data-act="${name}"]`);
      const node = old ?? el("button", { type: "button", class: "ax-button", "data-act": name });
      node.textContent = label;
      node.disabled = Boolean(attributes.disabled);
      node.hidden = Boolean(attributes.hidden);
      node.title = attributes.title ?? "";
      if (!old) {
        node.addEventListener("click", () => act(node));
        node.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
        this.buttons.append(node);
      }
    };
    const { finished } = sheet;
    const marking = this.data.form === "spans";
    button("mark", "Mark", () => this.mark(), {
      hidden: !marking,
      disabled: finished || !this.selection.length,
      title: "Mark the selected words (M)",
    });
    button("check", "Check", () => sheet.check(), { disabled: finished, title: "See what is right so far" });
    button("finish", "Finish", (node) => this.finish(node), {
      disabled: finished,
      title: "See all answers; yours are then final",
    });
    button("save", "Save answers", () => this.save(), { title: "Save a file to hand in" });
  }

  finish(node) {
    if (node.dataset.sure) {
      delete node.dataset.sure;
      this.sheet.finish();
      return;
    }
    node.dataset.sure = "yes";
    node.textContent = "Finish: really? No more changes then";
  }

  async save() {
    const answers = this.sheet.toAnswers(this.options.textHash);
    const name = this.sheet.student.trim().replace(/[^\p{L}\p{N}]+/gu, "-") || "answers";
    const url = URL.createObjectURL(new Blob([JSON.stringify(answers, null, 1)], { type: "application/json" }));
    const link = el("a", { href: url, download: `${name}.answers.json` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  destroy() {
    this.abort.abort();
    this.reader.destroy();
    this.root.replaceChildren();
  }
}

/**
 * Draws an exercise into an element.
 *
 * @param {HTMLElement} element what it is drawn into
 * @param {object} data an exercise in the form analystkit/exercise@1
 * @param {object} options textHash: SHA-256 of the text, for the answers; boxed: a height of its own;
 *   answers: to go on from; onChange(sheet): told after every change
 */
export function mountExercise(element, data, options = {}) {
  return new Exercise(element, data, options);
}

/** anywidget's door: the traits exercise, text_hash and answers. */
function renderExercise({ model, el: element }) {
  const root = document.createElement("div");
  element.append(root);
  const textHash = model.get("text_hash");
  const mounted = mountExercise(root, model.get("exercise"), {
    boxed: true,
    textHash,
    answers: model.get("answers"),
    onChange: (sheet) => {
      model.set("answers", sheet.toAnswers(textHash));
      model.save_changes();
    },
  });
  return () => mounted.destroy();
}

export default { render: renderExercise };
