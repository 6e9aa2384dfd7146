/* The shared page around the reader: marks and notes of its readers, the timeline's links, printing. */
{
  const byId = (id) => document.getElementById(id);
  const root = byId("reader");
  const { analysis, textHash } = JSON.parse(byId("analysis").textContent);

  /** A button, a label or another element with text and attributes. */
  const make = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  /* ---- what the reader of the page did, kept in this browser where it lets us */

  const key = `analystkit/corrections@1 ${textHash}`;

  const stored = () => {
    try {
      const { annotator, events } = JSON.parse(localStorage.getItem(key));
      if (typeof annotator !== "string" || !Array.isArray(events)) return null;
      // Other pages on this disk may share the storage: what cannot be applied is not used.
      const data = events.reduce((before, { changes }) => applyChanges(before, changes), analysis);
      return { annotator, events, data };
    } catch {
      return null;
    }
  };

  const keep = (annotator, events) => {
    try {
      localStorage.setItem(key, JSON.stringify({ annotator, events }));
      return true;
    } catch {
      return false;
    }
  };

  const forget = () => {
    try {
      localStorage.removeItem(key);
    } catch {
      // nothing was kept
    }
  };

  /* ---- the reader, to read or to mark */

  let handle = null;
  let unsaved = false; // acts that are neither in the browser's storage nor in a file

  const read = () => {
    handle?.destroy();
    handle = mount(root, analysis, { headingLevel: 1 });
    drawBar(null);
  };

  const annotate = (annotator, events = [], data = analysis) => {
    const acts = [...events];
    handle?.destroy();
    handle = mount(root, data, {
      headingLevel: 1,
      editable: true,
      annotator,
      events,
      textHash,
      onAct: (event) => {
        acts.push(event);
        const kept = keep(annotator, acts);
        unsaved = !kept;
        drawBar({ annotator, count: acts.length, kept });
        return kept ? Promise.resolve() : undefined;
      },
    });
    drawBar({ annotator, count: acts.length, kept: true });
  };

  /** Hands the acts over as a file; nothing is sent anywhere. */
  const save = async (annotator) => {
    const { id, title = null, url = null } = analysis.article;
    const events = await handle.events();
    const file = {
      schema: "analystkit/corrections@1",
      article: { id: id ?? "", title, url },
      text: textHash,
      annotator,
      events,
    };
    const blob = new Blob([`${JSON.stringify(file, null, 1)}\n`], { type: "application/json" });
    const plain = (words) => words.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 50);
    const name = [plain(id ?? "") || "article", plain(annotator) || "reader"].join(".");
    const address = URL.createObjectURL(blob);
    make("a", { href: address, download: `${name}.corrections.json` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    unsaved = false;
  };

  /* ---- the bar above the reader */

  const bar = make("div", { class: "page-acts" });

  const button = (words, act, attributes = {}) => {
    const node = make("button", { type: "button", ...attributes }, words);
    node.addEventListener("click", act);
    return node;
  };

  const drawBar = (work) => {
    if (!work) {
      bar.replaceChildren(button("Add marks and notes", askName), button("Print", () => window.print()));
      return;
    }
    const { annotator, count, kept } = work;
    const where = !count ? "" : kept ? ", kept in this browser" : ", lost when you close this page: save them";
    const state = make("span", { role: "status" }, make("bdi", {}, annotator), `: ${plural(count, "change")}${where}`);
    const saving = button("Save as a file to send back", () => save(annotator), { class: "page-main" });
    saving.disabled = !count;
    bar.replaceChildren(state, saving, button(count ? "Discard" : "Stop", count ? askDiscard : read));
  };

  const askName = () => {
    const name = make("input", { type: "text", required: "", maxlength: "80", autocomplete: "name" });
    const form = make(
      "form",
      {},
      make("label", {}, "Your name, to stand beside your marks: ", name),
      make("button", { type: "submit", class: "page-main" }, "Begin"),
      button("Cancel", () => drawBar(null)),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (name.value.trim()) annotate(name.value.trim());
      else name.focus();
    });
    bar.replaceChildren(form);
    name.focus();
  };

  const askDiscard = () => {
    const before = [...bar.childNodes];
    const yes = button("Discard all of them", () => {
      forget();
      unsaved = false;
      read();
    });
    const no = button("Keep them", () => bar.replaceChildren(...before));
    bar.replaceChildren(make("span", { role: "status" }, "Your changes will be gone for good. "), yes, no);
    no.focus();
  };

  /* ---- the timeline leads into the article */

  /** Brings a place of the article into view and lights its words for a moment. */
  const goTo = (start, end) => {
    const range = handle.range([start, end]);
    range.startContainer.parentElement?.scrollIntoView({ block: "center" });
    if (typeof Highlight === "undefined" || !CSS.highlights) return;
    CSS.highlights.set("page-told", new Highlight(range));
    setTimeout(() => CSS.highlights.delete("page-told"), 3000);
  };

  const linkTimeline = () => {
    for (const item of document.querySelectorAll("#timeline li")) {
      const told = item.querySelector(".page-told");
      const { start, end } = item.dataset;
      const link = button("", () => goTo(Number(start), Number(end)), { class: "page-link", title: "Show in the article" });
      link.append(...told.childNodes);
      told.append(link);
      for (const name of item.querySelectorAll("[data-entity]")) {
        const person = button("", () => handle.select(name.dataset.entity), { class: "page-link" });
        person.append(...name.childNodes);
        name.append(person);
      }
    }
  };

  /* ---- start: until the reader stands, the static article is there; if the reader fails, it stays */

  const before = stored();
  if (before?.events.length) annotate(before.annotator, before.events, before.data);
  else read();
  byId("static").remove();
  root.setAttribute("role", "main");
  byId("page-bar").append(bar);
  linkTimeline();
  const tables = [...document.querySelectorAll("#tables details")];
  for (const table of tables) table.open = false;
  window.addEventListener("beforeprint", () => tables.forEach((table) => (table.open = true)));
  window.addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
}
