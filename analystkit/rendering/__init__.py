"""A notebook, run and written as one HTML file in which every Reader is alive, without kernel or network.

nbconvert draws the cells. What it would leave to a kernel and a CDN is put in its place here: a Reader gets
the reader's own script and its data; the other widgets get a static likeness (see `widgets`). The document's
policy allows our script and no other, so that scripts in outputs are left out and a note says so.
"""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import nbformat

from analystkit.files import write_whole
from analystkit.markup import escape
from analystkit.page import reader_style
from analystkit.page.document import document, version
from analystkit.reader.bundle import script
from analystkit.rendering.running import read_notebook, run
from analystkit.rendering.widgets import STATE, VIEW, Widgets
from analystkit.wire import encodable, script_json

__all__ = ["Rendered", "read_notebook", "render", "render_notebook", "run"]

_HERE: Final = Path(__file__).parent
_SCRIPT_ELEMENT = re.compile(r"<script\b.*?(?:</script\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_SCRIPTS_GONE: Final = '<p class="nb-note">This output has a script of its own, which is left out here.</p>'

# Until a reader stands, its static article is there; if it fails, that stays.
_START: Final = """
const data = JSON.parse(document.getElementById("readers").textContent);
for (const place of document.querySelectorAll("[data-reader]")) {
  const { analysis, layers } = data[place.dataset.reader];
  const root = document.createElement("div");
  mount(root, analysis, { boxed: true, headingLevel: 3, layers });
  place.replaceChildren(root);
}
"""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A notebook as HTML: the document, its title and how many Readers live in it."""

    html: str
    title: str
    readers: int


def render(
    notebook: str | os.PathLike[str],
    path: str | os.PathLike[str] | None = None,
    *,
    code: bool = True,
    timeout: float = 600,
) -> Path:
    """Run a notebook and write it as a self-contained HTML page.

    It runs in its own folder, as it does in JupyterLab; the notebook itself is not changed.

    Args:
        notebook: The notebook. Running it runs its code: render only what you would run.
        path: The file to write, by default the notebook's name with .html. If it ends in .ipynb, the notebook
            is written with its outputs, for a code host that shows them with scripts stripped.
        code: Whether the code of the cells is shown.
        timeout: Longest time a cell may take, in seconds.

    Returns:
        The path written.

    Raises:
        NotebookError: The notebook cannot be read, or one of its cells fails.
        AnalystkitError: The file cannot be written there.
    """
    source = Path(notebook)
    target = source.with_suffix(".html") if path is None else Path(path)
    ran = run(read_notebook(source), folder=source.parent, name=str(source), timeout=timeout)
    if target.suffix.lower() == ".ipynb":
        return write_whole(target, nbformat.writes(without_kernel(ran)).encode(), what="the notebook")
    page = render_notebook(ran, title=source.stem, code=code)
    return write_whole(target, page.html.encode(), what="the page")


def render_notebook(notebook: Any, *, title: str, code: bool = True) -> Rendered:
    """A notebook that has run, as HTML.

    Args:
        notebook: With its outputs and the state of its widgets.
        title: Used if the notebook has no first heading.
        code: Whether the code of the cells is shown.
    """
    from nbconvert import HTMLExporter

    widgets = Widgets(_state(notebook))
    static = copy.deepcopy(notebook)
    static.metadata.pop("widgets", None)
    for output in _outputs(static):
        _make_static(output, widgets)
    exporter = HTMLExporter(
        template_name="lab",
        template_file="base.html.j2",  # the cells alone; the document around them is ours
        exclude_input=not code,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
        embed_images=True,
    )
    body, _ = exporter.from_notebook_node(static)
    body = encodable(body)
    title = heading(notebook) or title
    page = document(
        f'<main class="nb-page ak-reader">\n{body}\n</main>\n'
        f'<footer class="nb-page nb-made ak-reader"><p>Rendered with analystkit {escape(version())}; '
        "no kernel is connected. Every mark states its reason, and any can be wrong.</p></footer>\n"
        f'<script type="application/json" id="readers">{script_json(widgets.readers)}</script>',
        title=title,
        styles=[reader_style() + _style()],
        script=script() + _START if widgets.readers else "",
        images=True,
    )
    return Rendered(page, title, len(widgets.readers))


def without_kernel(notebook: Any) -> Any:
    """A copy of a notebook that has run, whose outputs show what they can where no widget is drawn.

    Widget views and the state of the widgets are left out, so that viewers take the HTML beside them.
    """
    static = copy.deepcopy(notebook)
    widgets = Widgets(_state(notebook))
    static.metadata.pop("widgets", None)
    for output in _outputs(static):
        data = output.get("data", {})
        if VIEW in data:
            data.setdefault("text/html", widgets.html(data.pop(VIEW), fallback=data, live=False))
    return static


def heading(notebook: Any) -> str | None:
    """The first heading of a notebook, or None."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (match := re.search(r"^#+\s+(.+?)\s*#*$", cell.source, re.MULTILINE)):
            return str(match[1])
    return None


def _outputs(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells for output in cell.get("outputs", ())]


def _state(notebook: Any) -> Mapping[str, Any]:
    state: Mapping[str, Any] = notebook.metadata.get("widgets", {}).get(STATE, {}).get("state", {})
    return state


def _make_static(output: Any, widgets: Widgets) -> None:
    """Leave in an output only what a document without scripts of its own can show."""
    data = output.get("data")
    if data is None:
        return
    if VIEW in data:
        output["data"] = {"text/html": widgets.html(data[VIEW], fallback=data)}
        return
    gone = data.pop("application/javascript", None)
    if "text/html" in data:
        shown, scripts = _SCRIPT_ELEMENT.subn("", data["text/html"])
        data["text/html"] = shown + _SCRIPTS_GONE if scripts else shown
    elif gone and not any(kind.startswith("image/") for kind in data):
        data["text/html"] = _SCRIPTS_GONE


@cache
def _style() -> str:
    return (_HERE / "notebook.css").read_text(encoding="utf-8")
