/** A table or a plot beside a reader: what is chosen is lit, and a click chooses. Data becomes text, never markup. */

// JupyterLab would take Enter and Space for itself unless the element in focus has this attribute.
const SUPPRESS = "data-lm-suppress-shortcuts";

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** A table; the words of each row's first cell are a button. */
function drawTable({ columns, rows, ids }, choose) {
  const head = el("tr", {}, ...columns.map((name) => el("th", { scope: "col" }, name)));
  const body = rows.map((cells, i) => {
    const row = el("tr", {}, ...cells.map((words) => el("td", { dir: "auto" }, words)));
    if (!ids[i].length) return row;
    row.dataset.ids = ids[i].join(" ");
    row.addEventListener("click", () => {
      if (!document.getSelection().toString()) choose(ids[i].slice(0, 1)); // words to copy are no click
    });
    const button = el("button", { type: "button", [SUPPRESS]: "" }, cells[0] || "–");
    row.firstChild.replaceChildren(button);
    return row;
  });
  return el("table", {}, el("thead", {}, head), el("tbody", {}, ...body));
}

/** A picture with a button over each place that stands for something. */
function drawPlot({ drawing, alt, width, places }, choose) {
  const picture = new DOMParser().parseFromString(drawing, "image/svg+xml").documentElement;
  const sheet = el("div", { class: "ak-sheet" }, el("div", { role: "img", "aria-label": alt }, picture));
  sheet.style.width = `${width}px`;
  for (const { ids, label, box } of places) {
    const button = el("button", { type: "button", "aria-label": label, title: label, [SUPPRESS]: "" });
    ["left", "top", "width", "height"].forEach((side, i) => (button.style[side] = `${box[i] * 100}%`));
    button.dataset.ids = ids.join(" ");
    button.addEventListener("click", () => choose(ids));
    sheet.append(button);
  }
  return sheet;
}

function render({ model, el: element }) {
  const root = el("div", { class: `ak-reader ak-linked ak-linked-${model.get("kind")}` });
  element.append(root);
  /** Chooses the first of some ids; if one of them is chosen already, the next. */
  const choose = (ids) => {
    const next = ids[(ids.indexOf(model.get("selected")) + 1) % ids.length];
    model.set("selected", next);
    model.save_changes();
  };
  const light = () => {
    const wanted = model.get("selected");
    const kin = new Set(model.get("content").kin?.[wanted] ?? []);
    let chosen = null;
    let first = null;
    for (const node of root.querySelectorAll("[data-ids]")) {
      const ids = node.dataset.ids.split(" ");
      const isChosen = node.tagName === "TR" ? ids[0] === wanted : ids.includes(wanted);
      node.classList.toggle("ak-chosen", isChosen);
      const own = node.tagName === "TR" ? ids.slice(0, 1) : ids;
      const isKin = !isChosen && (ids.includes(wanted) || own.some((id) => kin.has(id)));
      node.classList.toggle("ak-kin", isKin);
      if (isChosen) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
      if (isChosen) chosen ??= node;
      if (isKin) first ??= node;
    }
    first = chosen ?? first;
    // Within the view only: the notebook stays where it is.
    if (first && root.scrollHeight > root.clientHeight) {
      const [inner, outer] = [first.getBoundingClientRect(), root.getBoundingClientRect()];
      if (inner.top < outer.top || inner.bottom > outer.bottom) root.scrollTop += inner.top - outer.top - 60;
    }
  };
  const draw = () => {
    const held = root.contains(document.activeElement)
      ? document.activeElement.closest("[data-ids]")?.dataset.ids
      : null;
    root.replaceChildren((model.get("kind") === "table" ? drawTable : drawPlot)(model.get("content"), choose));
    light();
    if (held)
      root
        .querySelector(`[data-ids="${CSS.escape(held)}"]`)
        ?.closest("tr, button")
        .querySelector("button")
        ?.focus();
  };
  draw();
  model.on("change:content", draw);
  model.on("change:selected", light);
  return () => {
    model.off("change:content", draw);
    model.off("change:selected", light);
  };
}

export default { render };
