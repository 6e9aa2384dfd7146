/** The two doors to the reader: `mount` for a page, the default export for the Jupyter widget. */

import { applyChanges, inverse } from "./acts.js";
import { offsetMap } from "./offsets.js";
import { Reader } from "./reader.js";
import { LAYERS, likelihood } from "./words.js";

/**
 * Draws an analysis into an element.
 *
 * @param {HTMLElement} element what it is drawn into; its content is replaced
 * @param {object} data an analysis in the schema analystkit/analysis@1
 * @param {object} [options]
 *   layers: those shown, of LAYERS; boxed: a height of its own with the text scrolling inside;
 *   headingLevel: of the headline; onSelect(id or null): a mark was chosen;
 *   onSelection([start, end] or []): code points of the words the user selected; onLayers(list): switched;
 *   onShare(): the user wants a page to pass on; without it there is no such button.
 *   unplaced: earlier corrections that find no place in data, as {act, by, at, parts: [{layer, words, why}]};
 *   editable: whether marks can be made and changed; with it:
 *   annotator: who does so; onAct(event): keeps an act; it may return a promise that is fulfilled when the act is
 *   kept and rejected with the reason when it cannot be, and the reader says so; events: the acts that data has
 *   taken in already, so that they can be taken back; textHash: SHA-256 of the text in UTF-8, in hexadecimal,
 *   needed only where the page's origin is not secure.
 * @returns {{select, setLayers, setData, setHistory, setUnplaced, range, data, isBusy, events, destroy}}
 *   setData(data, options) may change the options of editing; range([start, end]) is the document's range of code
 *   points, with their marks drawn; setHistory(events) says which acts are in the data, setUnplaced(list) which could
 *   not be; data() is the analysis with all acts applied, isBusy() whether fresh data would cut off what the user has
 *   begun, events() a promise of the acts, in their order, as
 *   analystkit/corrections@1 has them
 */
export function mount(element, data, options = {}) {
  const reader = new Reader(element, data, options);
  return {
    select: (id) => reader.choice.select(id, { quiet: false }),
    setLayers: (layers) => reader.setLayers(layers),
    setData: (fresh, editing = {}) => reader.setData(fresh, editing),
    setHistory: (events) => reader.setHistory(events),
    setUnplaced: (acts) => reader.unplaced.set(acts),
    range: (span) => reader.selection.rangeOfUnits(span.map(reader.map.toUnits)),
    data: () => reader.data,
    isBusy: () => reader.isBusy,
    events: async () => {
      const { acts } = reader.editor ?? {};
      return acts ? Promise.all(acts.events.map((event) => acts.complete(event))) : [];
    },
    destroy: () => reader.destroy(),
  };
}

const SETTLING = 100; // milliseconds in which what the kernel sends about one act arrives
const LOOKING = 2000; // milliseconds between two looks at whether others have kept anything

/**
 * Has acts kept by the kernel. The kernel answers each with "kept" once it is on disk, or with "failed", and sends
 * the corrected data. While answers are outstanding, what is shown is ahead of that data.
 */
function kernelKeeper(model, getReader) {
  const waiting = new Map(); // id -> how its promise ends
  let timer = 0;
  const catchUp = () => {
    if (waiting.size) return;
    if (getReader().isBusy()) return settle(); // what is begun is not cut off; the data can wait
    if (JSON.stringify(getReader().data()) === JSON.stringify(model.get("data"))) return;
    getReader().setData(model.get("data")); // somebody else has worked on it
    model.send({ type: "hello" });
  };
  const settle = () => {
    clearTimeout(timer);
    timer = setTimeout(catchUp, SETTLING);
  };
  let looked = Date.now();
  let looking = 0;
  return {
    settle,
    /**
     * Somebody comes back to the reader: has anybody worked on the article in another notebook meanwhile? Coming
     * back too soon after the last look only puts the next one off: what was kept in between is not missed.
     */
    look: () => {
      if (!model.get("_text_hash") || looking) return;
      const ask = () => {
        looking = 0;
        looked = Date.now();
        model.send({ type: "look" });
      };
      looking = setTimeout(ask, Math.max(0, looked + LOOKING - Date.now()));
    },
    keep: (event) =>
      new Promise((fulfil, reject) => {
        waiting.set(event.id, { fulfil, reject });
        model.send({ type: "act", event });
      }),
    answer: ({ type, id, why, events }) => {
      const { fulfil, reject } = waiting.get(id) ?? {};
      waiting.delete(id);
      if (type === "kept") fulfil?.();
      else if (type === "failed") reject?.(new Error(why));
      else if (type === "history" && !waiting.size) getReader().setHistory(events);
      settle();
    },
    stop: () => {
      clearTimeout(timer);
      clearTimeout(looking);
    },
  };
}

/** Gives the user a page to save. */
function save({ name, html }) {
  const address = URL.createObjectURL(new Blob([html], { type: "text/html" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** anywidget's door: the traits data, layers, selected, selection and annotator. */
function render({ model, el: element }) {
  const put = (name, value) => {
    if (JSON.stringify(model.get(name)) === JSON.stringify(value)) return;
    model.set(name, value);
    model.save_changes();
  };
  const root = document.createElement("div");
  element.append(root);
  let reader = null;
  const keeper = kernelKeeper(model, () => reader);
  const editing = () => ({
    editable: Boolean(model.get("_text_hash")),
    textHash: model.get("_text_hash"),
    annotator: model.get("annotator"),
  });
  reader = mount(root, model.get("data"), {
    boxed: true,
    headingLevel: 3,
    layers: model.get("layers"),
    unplaced: model.get("_unplaced"),
    onSelect: (id) => put("selected", id),
    onSelection: (span) => put("selection", span),
    onLayers: (layers) => put("layers", layers),
    onAct: keeper.keep,
    onShare: () => model.send({ type: "share" }),
    ...editing(),
  });
  const follow = {
    "change:data": () => {
      const data = model.get("data");
      if (data.text === reader.data().text) keeper.settle();
      else reader.setData(data, editing());
    },
    "change:_unplaced": () => reader.setUnplaced(model.get("_unplaced")),
    "change:annotator": () => reader.setData(reader.data(), editing()),
    "change:layers": () => reader.setLayers(model.get("layers")),
    "change:selected": () => reader.select(model.get("selected")),
    "msg:custom": (content) => {
      if (content.type === "page") save(content);
      else keeper.answer(content);
    },
  };
  for (const [event, act] of Object.entries(follow)) model.on(event, act);
  const comes = new AbortController();
  const onReturn = (target, type, fits) =>
    target.addEventListener(type, (event) => fits(event) && keeper.look(), { signal: comes.signal });
  onReturn(root, "focusin", ({ relatedTarget }) => !root.contains(relatedTarget));
  onReturn(root, "pointerenter", () => true);
  onReturn(document, "visibilitychange", () => !document.hidden);
  if (model.get("selected")) reader.select(model.get("selected"));
  if (model.get("_text_hash")) model.send({ type: "hello" });
  return () => {
    for (const [event, act] of Object.entries(follow)) model.off(event, act);
    comes.abort();
    keeper.stop();
    reader.destroy();
  };
}

export default { render };
export { LAYERS, applyChanges, inverse, likelihood, offsetMap };
