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
 *   onSelection([start, end] or []): code points of the words the user selected; onLayers(list): switched.
 *   editable: whether marks can be made and changed; with it:
 *   annotator: who does so; onAct(event): keeps an act; it may return a promise that is fulfilled when the act is
 *   kept and rejected with the reason when it cannot be, and the reader says so; events: the acts that data has
 *   taken in already, so that they can be taken back; textHash: SHA-256 of the text in UTF-8, in hexadecimal,
 *   needed only where the page's origin is not secure.
 * @returns {{select, setLayers, setData, data, events, destroy}} data() is the analysis with all acts applied,
 *   events() a promise of all acts, in their order, as analystkit/corrections@1 has them
 */
export function mount(element, data, options = {}) {
  const reader = new Reader(element, data, options);
  return {
    select: (id) => reader.choice.select(id, { quiet: false }),
    setLayers: (layers) => reader.setLayers(layers),
    setData: (fresh) => reader.setData(fresh),
    data: () => reader.data,
    events: async () => {
      const { acts } = reader.editor ?? {};
      return acts ? Promise.all(acts.events.map((event) => acts.complete(event))) : [];
    },
    destroy: () => reader.destroy(),
  };
}

/** anywidget's door: the traits data, layers, selected and selection. */
function render({ model, el: element }) {
  const put = (name, value) => {
    if (JSON.stringify(model.get(name)) === JSON.stringify(value)) return;
    model.set(name, value);
    model.save_changes();
  };
  const root = document.createElement("div");
  element.append(root);
  const reader = mount(root, model.get("data"), {
    boxed: true,
    headingLevel: 3,
    layers: model.get("layers"),
    onSelect: (id) => put("selected", id),
    onSelection: (span) => put("selection", span),
    onLayers: (layers) => put("layers", layers),
  });
  const follow = {
    "change:data": () => reader.setData(model.get("data")),
    "change:layers": () => reader.setLayers(model.get("layers")),
    "change:selected": () => reader.select(model.get("selected")),
  };
  for (const [event, act] of Object.entries(follow)) model.on(event, act);
  if (model.get("selected")) reader.select(model.get("selected"));
  return () => {
    for (const [event, act] of Object.entries(follow)) model.off(event, act);
    reader.destroy();
  };
}

export default { render };
export { LAYERS, applyChanges, inverse, likelihood, offsetMap };
