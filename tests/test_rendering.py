"""Rendered notebooks: what becomes of outputs, of widgets and of failures."""

import html
import json
import re

import nbformat
import pytest
from typer.testing import CliRunner

from analystkit import cli
from analystkit.errors import NotebookError
from analystkit.reader import Reader
from analystkit.rendering import read_notebook, render, render_notebook, run, without_kernel
from analystkit.rendering.widgets import STATE, VIEW, Widgets

pytestmark = pytest.mark.slow

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def notebook(*sources):
    book = nbformat.v4.new_notebook(metadata={"kernelspec": KERNEL})
    book.cells = [
        nbformat.v4.new_markdown_cell(source[3:]) if source.startswith("md:") else nbformat.v4.new_code_cell(source)
        for source in sources
    ]
    return book


def with_output(data, state=None):
    """A notebook that has run, with one output."""
    book = notebook("md:# A title", "show()")
    book.cells[1].outputs = [nbformat.v4.new_output("display_data", data=data)]
    book.cells[1].execution_count = 1
    if state is not None:
        book.metadata["widgets"] = {STATE: {"state": state, "version_major": 2, "version_minor": 0}}
    return book


def model(name, **state):
    return {"model_name": f"{name}Model", "model_module": "@jupyter-widgets/controls", "state": state}


def view(model_id):
    return {VIEW: {"model_id": model_id, "version_major": 2, "version_minor": 0}, "text/plain": "VBox(…)"}


def reader_model(data, layers=("entities", "quotes", "stances")):
    return {
        "model_name": "AnyModel",
        "model_module": "anywidget",
        "state": {"_anywidget_id": Reader(data).get_state()["_anywidget_id"], "data": data, "layers": list(layers)},
    }


def test_a_reader_is_recognised_by_the_name_it_gives_itself(sample):
    drawn = Widgets({"r": reader_model(sample)})
    drawn.html(view("r")[VIEW], fallback={})
    assert drawn.readers == {"r1": {"analysis": sample, "layers": ["entities", "quotes", "stances"]}}


def test_readers_anywhere_in_a_container_come_alive_with_their_static_article_inside(sample):
    state = {
        "box": model("VBox", children=["IPY_MODEL_tab"]),
        "tab": model("Tab", children=["IPY_MODEL_r", "IPY_MODEL_h"], titles=["Reader", "<Table>"], selected_index=0),
        "r": reader_model(sample, ["quotes"]),
        "h": model("HTML", value="<table><td>cell</td></table>"),
    }
    page = render_notebook(with_output(view("box"), state), title="x")
    assert (page.readers, page.title) == (1, "A title")
    opened = r'<details class="nb-tab" name="tabs-1" open[^>]*><summary>Reader</summary><div data-reader="r1">'
    assert re.search(opened, page.html)
    assert "<summary>&lt;Table&gt;</summary>" in page.html
    assert "<td>cell</td>" in page.html
    assert "<mark" in page.html
    data = json.loads(re.search(r'id="readers">(.*?)</script>', page.html).group(1))
    assert data["r1"]["layers"] == ["quotes"]
    assert data["r1"]["analysis"] == sample


@pytest.mark.parametrize(
    ("control", "shown"),
    [
        (model("Dropdown", description="Sample", _options_labels=["a", "b<i>"], index=1), "Sample: b&lt;i&gt;"),
        (model("Button", description="Read it"), "Read it"),
        (model("IntSlider", value=0), "IntSlider: 0"),
        (model("DatePicker", description="On", value={"year": 2026, "month": 0, "date": 5}), "On: 2026-01-05"),
        (model("SelectMultiple", description="Some", _options_labels=["a", "b", "c"], index=[0, 2]), "Some: a, c"),
    ],
)
def test_controls_are_greyed_and_a_note_says_why(control, shown):
    drawn = Widgets({"c": control}).html({"model_id": "c"}, fallback={})
    assert f'<span class="nb-greyed">{shown}</span>' in drawn
    assert "works in the running notebook only" in drawn


def test_a_bar_of_what_has_ended_is_left_out():
    state = {
        "box": model("HBox", children=["IPY_MODEL_l", "IPY_MODEL_b"]),
        "l": model("Label", value="90/90"),
        "b": model("FloatProgress", value=90.0, max=90.0),
    }
    drawn = Widgets(state).html({"model_id": "box"}, fallback={})
    assert "90/90" in drawn
    assert "Progress" not in drawn
    assert "running notebook" not in drawn


def test_what_shows_itself_needs_no_note():
    state = {
        "box": model("HBox", children=["IPY_MODEL_l", "IPY_MODEL_i", "IPY_MODEL_o"]),
        "l": model("Label", value="<b>"),
        "i": model("Image", format="png") | {"buffers": [{"path": ["value"], "encoding": "base64", "data": "QUJD"}]},
        "o": model("Output", outputs=[{"output_type": "stream", "name": "stdout", "text": "a < b"}]),
    }
    drawn = Widgets(state).html({"model_id": "box"}, fallback={})
    assert "<p>&lt;b&gt;</p>" in drawn
    assert 'src="data:image/png;base64,QUJD"' in drawn
    assert "<pre>a &lt; b</pre>" in drawn
    assert "nb-note" not in drawn


def test_a_widget_of_which_nothing_was_saved_shows_its_text_and_says_so():
    drawn = Widgets({}).html({"model_id": "gone"}, fallback={"text/plain": "Gone(<1>)"})
    assert drawn.startswith("<pre>Gone(&lt;1&gt;)</pre>")
    assert "running notebook only" in drawn


def test_containers_in_a_circle_end():
    state = {"a": model("VBox", children=["IPY_MODEL_b"]), "b": model("VBox", children=["IPY_MODEL_a"])}
    assert "<div" not in Widgets(state).html({"model_id": "a"}, fallback={})


def test_scripts_of_outputs_are_left_out_and_that_is_said():
    page = render_notebook(with_output({"text/html": "<p>kept</p><SCRIPT>bad()</SCRIPT >"}), title="x").html
    assert "<p>kept</p>" in page
    assert "bad()" not in page
    assert "a script of its own, which is left out" in page
    drawn = render_notebook(with_output({"application/javascript": "bad()", "text/plain": "<js>"}), title="x").html
    assert "bad()" not in drawn
    assert "which is left out" in drawn


def test_a_page_without_readers_runs_no_script_at_all():
    page = render_notebook(with_output({"text/plain": "1"}), title="x").html
    assert "script-src 'none'" in html.unescape(page)
    assert 'type="module"' not in page


def test_code_can_be_hidden():
    book = with_output({"text/plain": "41"})
    assert "show" not in re.sub("<style>.*?</style>", "", render_notebook(book, title="x", code=False).html, flags=re.S)
    assert "show" in render_notebook(book, title="x").html


def test_for_a_code_host_widgets_give_way_to_html(sample):
    state = {"box": model("VBox", children=["IPY_MODEL_r"]), "r": reader_model(sample)}
    static = without_kernel(with_output(view("box"), state))
    [output] = static.cells[1].outputs
    assert VIEW not in output.data
    assert "widgets" not in static.metadata
    assert "<mark" in output.data["text/html"]
    assert "data-reader" not in output.data["text/html"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "There is no notebook"),
        ("{", "not a Jupyter"),
        ("[]", "not a Jupyter notebook"),
        ("\0", "not a"),
    ],
)
def test_what_is_no_notebook_is_refused(tmp_path, content, message):
    path = tmp_path / "book.ipynb"
    if content is not None:
        path.write_text(content)
    with pytest.raises(NotebookError, match=message):
        read_notebook(path)


def test_a_cell_that_fails_is_named_and_no_file_is_left(tmp_path):
    nbformat.write(notebook("a = 1", "", "a / 0"), tmp_path / "book.ipynb")
    with pytest.raises(NotebookError, match=r"code cell 2 fails with ZeroDivisionError: division by zero"):
        render(tmp_path / "book.ipynb")
    assert [path.name for path in tmp_path.iterdir()] == ["book.ipynb"]


def test_a_kernel_that_is_not_installed_is_named(tmp_path):
    book = notebook("1")
    book.metadata.kernelspec.name = "cobol"
    with pytest.raises(NotebookError, match="'cobol', which is not installed"):
        run(book, folder=tmp_path, name="book.ipynb")


def test_the_command_runs_a_notebook_in_its_folder_and_writes_page_or_notebook(tmp_path):
    (tmp_path / "word.txt").write_text("ferry")
    source = tmp_path / "book.ipynb"
    nbformat.write(notebook("md:# Boats", "print(open('word.txt').read())"), source)
    before = source.read_bytes()
    assert CliRunner().invoke(cli.app, ["render", str(source)]).exit_code == 0
    page = (tmp_path / "book.html").read_text(encoding="utf-8")
    assert "<title>Boats</title>" in page
    assert "ferry" in page
    assert source.read_bytes() == before
    result = CliRunner().invoke(cli.app, ["render", str(source), "-o", str(tmp_path / "ran.ipynb")])
    assert result.exit_code == 0
    ran = nbformat.read(tmp_path / "ran.ipynb", as_version=4)
    assert ran.cells[1].outputs[0].text == "ferry\n"
    assert CliRunner().invoke(cli.app, ["render", str(tmp_path / "no.ipynb")]).exit_code == 1
