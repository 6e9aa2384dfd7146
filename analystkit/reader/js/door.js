/** The two doors to the reader: `mount` for a page, the default export for the Jupyter widget. */

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
 * @returns {{select, setLayers, setData, destroy}}
 */
export function mount(element, data, options = {}) {
  const reader = new Reader(element, data, options);
  return {
    select: (id) => reader.choice.select(id, { quiet: false }),
    setLayers: (layers) => reader.setLayers(layers),
    setData: (fresh) => reader.setData(fresh),
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
export { LAYERS, likelihood, offsetMap };
