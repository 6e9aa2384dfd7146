"""Hostile words in a real browser: whatever is shown, nothing runs, nothing is asked for, no policy is broken."""

import json
import sys
from pathlib import Path

import nbformat
import pytest

from analystkit.analysis import Analysis
from analystkit.gallery import Gallery
from analystkit.page import share
from analystkit.reader import Reader
from analystkit.rendering import render_notebook
from analystkit.rendering.widgets import STATE, VIEW
from analystkit.wire import encodable

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile import STRINGS, poisoned

pytestmark = pytest.mark.browser

WATCH = """
  window.broken = [];
  document.addEventListener('securitypolicyviolation', (event) => window.broken.push(event.violatedDirective));
"""


@pytest.fixture
def watched(new_page):
    """Opens a file and keeps what it does that it should not; `check` fails if there was anything."""
    pages = []

    def open_it(path, **options):
        page = new_page(**options)
        page.wrong = []
        page.on("dialog", lambda dialog: (page.wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("console", lambda line: page.wrong.append(line.text) if line.type == "error" else None)
        page.on("request", lambda one: page.wrong.append(one.url) if not one.url.startswith("file:") else None)
        page.on("popup", lambda other: page.wrong.append(f"popup {other.url}"))
        page.has_scripts = options.get("java_script_enabled", True)
        if page.has_scripts:
            page.add_init_script(WATCH)
        page.goto(path.as_uri())
        pages.append(page)
        return page

    yield open_it
    for page in pages:
        check(page)


def check(page):
    page.wait_for_timeout(100)
    assert page.wrong == []
    for tag in ("iframe", "object", "embed", "base", "svg", "form[action]"):
        assert page.locator(f"body {tag}").count() == 0, tag
    assert page.locator("[href^='javascript' i], [src^='javascript' i]").count() == 0
    if page.has_scripts:
        assert page.evaluate("() => [window.hacked ?? null, window.broken]") == [None, []]
        names = "() => [...document.querySelectorAll('*')].flatMap((node) => node.getAttributeNames())"
        assert [name for name in page.evaluate(names) if name.startswith("on")] == []


@pytest.fixture
def data(sample):
    return poisoned(sample)


def test_a_shared_page_opened_card_by_card(watched, data, tmp_path):
    page = watched(share(data, tmp_path / "page.html"))
    page.locator(".ak-text p").first.wait_for()
    assert page.locator(".ak-text").text_content() == encodable(data["text"])
    for mark in page.locator(".ak-text [data-handle]").all():
        mark.dispatch_event("click")
        assert page.locator(".ak-card h3").count() == 1
    page.keyboard.press("?")
    for table in page.locator("#tables summary").all():
        table.click()
    shown = page.locator("#tables").text_content()
    for entity in data["entities"]:
        assert encodable(entity["name"]).replace("\0", "\ufffd") in shown


def test_a_shared_page_while_it_is_marked(watched, data, tmp_path):
    page = watched(share(data, tmp_path / "page.html"))
    page.get_by_role("button", name="Add marks and notes").click()
    page.get_by_label("Your name").fill(STRINGS[1][:80])
    page.keyboard.press("Enter")
    page.locator(".page-acts [role=status]", has_text=STRINGS[1][:20]).wait_for()
    page.locator(".ak-text .ak-mention").first.click()
    page.keyboard.press("i")
    page.locator(".ak-panel textarea").fill(STRINGS[0])
    page.keyboard.press("Control+Enter")
    page.locator(".page-acts", has_text="kept in this browser").wait_for()
    page.reload()
    page.locator(".page-acts", has_text="kept in this browser").wait_for()
    page.locator(".ak-text .ak-mention").first.click()
    page.locator(".ak-card", has_text=STRINGS[0]).wait_for()


def test_a_shared_page_without_scripts(watched, data, tmp_path):
    page = watched(share(data, tmp_path / "page.html"), java_script_enabled=False)
    assert page.locator("#tables table").count() == 3
    assert "</style><style>*{display:none}</style>" in page.locator("body").inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_rendered_notebook(watched, data, tmp_path, scripts):
    reader = {"_anywidget_id": Reader(data).get_state()["_anywidget_id"], "data": data}
    state = {
        "box": {"model_name": "TabModel", "state": {"children": ["IPY_MODEL_r", "IPY_MODEL_c"], "titles": STRINGS[:2]}},
        "r": {"model_name": "AnyModel", "state": reader},
        "c": {"model_name": "TextModel", "state": {"description": STRINGS[0], "value": STRINGS[4]}},
    }
    book = nbformat.v4.new_notebook(metadata={"widgets": {STATE: {"state": state}}})
    html = Analysis.from_dict(data)._repr_html_() + "<script>window.hacked=1</script>"
    book.cells = [
        nbformat.v4.new_markdown_cell(f"# {STRINGS[3]}"),
        nbformat.v4.new_code_cell(
            f"'{STRINGS[1]}'",
            outputs=[
                nbformat.v4.new_output("display_data", data={VIEW: {"model_id": "box"}, "text/plain": STRINGS[0]}),
                nbformat.v4.new_output("display_data", data={"text/html": html}),
                nbformat.v4.new_output("stream", name="stdout", text="\n".join(STRINGS)),
                nbformat.v4.new_output("display_data", data={"application/javascript": "window.hacked=1"}),
            ],
        ),
    ]
    book.cells[0].source = "# Plain"  # Markdown may hold HTML: that of the notebook's author, stopped by the policy
    path = tmp_path / "book.html"
    path.write_text(render_notebook(book, title=STRINGS[1]).html, encoding="utf-8")
    page = watched(path, java_script_enabled=scripts)
    if scripts:
        page.locator("[data-reader] .ak-text").first.wait_for(state="attached")
    assert STRINGS[0] in page.locator("body").inner_text()


def test_the_policy_stops_what_a_notebooks_author_put_into_its_markdown(new_page, tmp_path):
    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_markdown_cell(f"# Plain\n\n{STRINGS[0]}\n\n<script>window.hacked=1</script>")]
    path = tmp_path / "book.html"
    path.write_text(render_notebook(book, title="x").html, encoding="utf-8")
    page = new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert page.evaluate("() => window.hacked ?? null") is None
    assert asked == [page.url]


def test_a_gallery(watched, data, tmp_path):
    with Gallery(tmp_path / "site") as site:
        for name in STRINGS:
            site.add_article(Analysis.from_dict(data), name=name)
    page = watched(tmp_path / "site" / "index.html")
    links = page.locator("li a")
    assert links.count() == len(STRINGS)
    assert STRINGS[1] in links.first.inner_text()
    links.last.click()
    page.locator(".ak-text p").first.wait_for()


def test_the_reader_and_the_tables_in_jupyterlab(lab, new_page, data):
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    book.cells = [
        nbformat.v4.new_code_cell(source)
        for source in (
            f"import json\nimport analystkit as ak\na = ak.Analysis.from_dict(json.loads({json.dumps(data)!r}))",
            "ak.Reader(a)",
            "a",
            "ak.tables.entities(a)",
        )
    ]
    nbformat.write(book, lab.folder / "hostile.ipynb")
    page = new_page()
    wrong = []
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    ours = ("http://127.0.0.1", "ws:", "data:", "blob:")
    page.on("request", lambda one: None if one.url.startswith(ours) else wrong.append(one.url))
    lab.open(page, "hostile.ipynb")
    lab.run_all(page)
    page.locator(".ak-text p").first.wait_for()
    for mark in page.locator(".ak-text [data-handle]").all()[:12]:
        mark.dispatch_event("click")
    assert page.evaluate("() => window.hacked ?? null") is None
    for harm in ("[onerror]", "[onload]", "iframe", "[href^=javascript]"):
        assert page.locator(f".jp-OutputArea {harm}").count() == 0
    assert wrong == []
