/** Has acts kept, one after the other, and says how that stands. Nothing is called kept before it is. */

import { el } from "./dom.js";

const PATIENCE = 8000; // milliseconds after which the reader says that it has had no answer

export class Keeper {
  /** @param {function(object): (Promise|undefined)} [onAct] the promise is fulfilled when the event is kept */
  constructor(reader, acts, onAct) {
    this.reader = reader;
    this.acts = acts;
    this.onAct = onAct;
    this.waiting = []; // in their order; the first is on its way, or has failed
    this.busy = false;
    this.failure = null;
    this.isKept = false; // whether onAct says when an event is kept
    this.state = el("span", { class: "ak-saved", role: "status" });
  }

  keep(event) {
    this.waiting.push(event);
    this.send();
  }

  /** Sends what waits. An event that fails stays first, so that the order holds; the next try begins with it. */
  async send() {
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    this.draw();
    const slow = setTimeout(() => this.draw("Still saving… the kernel is busy, or gone"), PATIENCE);
    try {
      while (this.waiting.length) {
        const event = await this.acts.complete(this.waiting[0]);
        const kept = this.onAct?.(event);
        this.isKept = typeof kept?.then === "function";
        await kept;
        this.waiting.shift();
      }
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
    clearTimeout(slow);
    this.busy = false;
    this.draw();
  }

  draw(saving = "Saving…") {
    const { length } = this.waiting;
    this.state.classList.toggle("ak-failed", Boolean(this.failure));
    if (this.failure) {
      const again = el("button", { type: "button", class: "ak-quiet-button" }, "Try again");
      again.addEventListener("click", () => this.send());
      const what = length === 1 ? "The last change is" : `The last ${length} changes are`;
      this.state.replaceChildren(`${what} not kept: ${this.failure} `, again);
    } else if (this.busy && length && this.onAct) this.state.textContent = saving;
    else if (this.acts.events.length) this.state.textContent = this.isKept ? "Kept ✓" : "Changed";
    else this.state.textContent = "";
  }
}
