/** A student's sheet: the answers so far, what was checked, and which hints were taken. */

import { scoreAnswers } from "./scoring.js";
import { unseal } from "./unsealing.js";

const EMPTY = { spans: () => [], choice: () => ({}), chain: () => ({}), order: () => [], set: () => [] };

export class Sheet {
  /**
   * @param {object} exercise in the form analystkit/exercise@1
   * @param {object|null} before the answers to go on from, in the form analystkit/answers@1
   * @param {function} onChange told after every change
   */
  constructor(exercise, before, onChange) {
    this.exercise = exercise;
    this.onChange = onChange;
    this.key = null; // read when first needed
    this.result = null; // of the last check, as long as nothing was changed since
    const goOn = before?.exercise === exercise.id ? before : {};
    this.student = goOn.student ?? "";
    this.answers = goOn.answers ?? EMPTY[exercise.form]();
    this.tries = goOn.tries ?? 0;
    this.hints = { ...goOn.hints };
    this.finished = goOn.finished ?? false;
    if (this.finished) this.result = this.score();
  }

  get text() {
    return this.exercise.text;
  }

  score() {
    this.key ??= unseal(this.exercise.sealed);
    return scoreAnswers(this.exercise.form, this.key, this.answers, this.text);
  }

  set(answers) {
    if (this.finished) return;
    this.answers = answers;
    this.result = null;
    this.onChange();
  }

  setStudent(name) {
    this.student = name.slice(0, 100);
    this.onChange(true);
  }

  /** Of an order, what was on show counts, moved or not. */
  settle() {
    const { form, items } = this.exercise;
    if (form === "order" && !this.answers.length) this.answers = items.map(({ id }) => id);
  }

  check() {
    this.settle();
    this.result = this.score();
    this.tries += 1;
    this.onChange();
  }

  finish() {
    this.settle();
    this.result = this.score();
    this.finished = true;
    this.onChange();
  }

  /** The hints taken for an item, and one more if asked for. */
  hintsFor(item, { more = false } = {}) {
    this.key ??= unseal(this.exercise.sealed);
    const { hints } = this.key.items.find(({ id }) => id === item);
    if (more && (this.hints[item] ?? 0) < hints.length) {
      this.hints = { ...this.hints, [item]: (this.hints[item] ?? 0) + 1 };
      this.onChange();
    }
    return { taken: hints.slice(0, this.hints[item] ?? 0), left: hints.length - (this.hints[item] ?? 0) };
  }

  /** Where an item is to be looked for: known to the student once the exercise is finished. */
  feedbackFor(item) {
    return [...(this.result?.items ?? []), ...(this.result?.extra ?? [])].find((one) => one.item === item) ?? null;
  }

  /** What is handed in, in the form analystkit/answers@1. */
  toAnswers(textHash) {
    const { exercise, student, answers, tries, hints, finished } = this;
    return {
      schema: "analystkit/answers@1",
      exercise: exercise.id,
      text: textHash,
      student,
      answers,
      tries,
      hints,
      finished,
    };
  }
}
