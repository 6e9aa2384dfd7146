// What has the focus in a corpus browser gets the keys: JupyterLab would take the arrows for moving among cells.

const SUPPRESS = "data-lm-suppress-shortcuts";

function render({ el }) {
  el.style.display = "none";
  let stopped = false;
  const start = () => {
    const browser = el.closest(".ak-browser");
    if (browser) browser.addEventListener("focusin", ({ target }) => target.setAttribute(SUPPRESS, "true"));
    else if (!stopped) requestAnimationFrame(start); // not in the page yet
  };
  start();
  return () => {
    stopped = true;
  };
}

export default { render };
