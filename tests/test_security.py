"""Hostile words stay words wherever they are shown without a browser: tables, plots, notebook, terminal, messages."""

import io
import re

import matplotlib
import nbformat
import pytest
from hostile import STRINGS, poisoned
from rich.console import Console
from typer.testing import CliRunner

from analystkit import cli, plots, tables, terminal
from analystkit.analysis import Analysis
from analystkit.page import render_page
from analystkit.rendering import render_notebook, without_kernel

matplotlib.use("agg")

HARM = re.compile(r"<(?:img|svg|iframe|a|b|script)\b[^>]*(?:onerror|onload|javascript|hacked)", re.IGNORECASE)


@pytest.fixture
def data(sample):
    return poisoned(sample)


@pytest.fixture
def analysis(data):
    return Analysis.from_dict(data)


def test_the_poison_is_there(data):
    shown = str(data)
    for string in STRINGS[:4]:
        assert shown.count(string) > 1
    Analysis.from_dict(data)


@pytest.mark.parametrize("layer", ["entities", "mentions", "quotes", "stances", "dates"])
def test_tables_show_it_as_text(analysis, layer):
    table = getattr(tables, layer)(analysis)
    assert not HARM.search(table._repr_html_())


@pytest.mark.parametrize("plot", ["entities", "speakers", "stances", "timeline"])
def test_plots_draw_it_letter_by_letter(analysis, plot):
    ax = getattr(plots, plot)(analysis)
    ax.get_figure(root=True).savefig(io.BytesIO())  # a formula in a name would fail here
    assert plots.alt_text(ax)


def test_notebooks_show_it_as_text(analysis):
    assert not HARM.search(analysis._repr_html_())


def test_the_terminal_is_not_steered(analysis):
    file = io.StringIO()
    console = Console(file=file, width=80, highlight=False, markup=False)
    console.print(terminal.article(analysis, colour=False))
    console.print(terminal.summary(analysis))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", file.getvalue())


@pytest.mark.parametrize("name", ["\x1b[31mred.txt", "\u202etxt.exe", "<script>.txt", "раypal.txt", "\udcff.txt"])
@pytest.mark.parametrize("command", ["read", "share", "render", "gallery"])
def test_messages_about_files_are_one_harmless_line(tmp_path, name, command):
    more = {"share": ["-o", str(tmp_path / "x.html")], "gallery": ["-o", str(tmp_path / "x"), "--articles-only"]}
    where = ["--seeds", str(tmp_path / name)] if command == "gallery" else [str(tmp_path / name)]
    result = CliRunner().invoke(cli.app, [command, *where, *more.get(command, [])])
    assert result.exit_code in (1, 2)
    assert result.stderr.strip()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", result.stderr)
    assert list(tmp_path.iterdir()) == []


def notebook(outputs, title):
    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_markdown_cell(f"# {title}"), nbformat.v4.new_code_cell("x", outputs=outputs)]
    return book


def test_a_notebook_for_a_code_host_holds_no_script_of_ours(sample):
    shown = nbformat.v4.new_output("display_data", data={"text/html": Analysis.from_dict(sample)._repr_html_()})
    static = nbformat.writes(without_kernel(notebook([shown], "x")))
    assert "<script" not in static


def test_markdown_titles_are_text_in_the_head(sample):
    page = render_notebook(notebook([], "</title><script>window.hacked=1</script>"), title="x").html
    assert "<title>&lt;/title&gt;" in page


def test_text_that_turns_itself_around_is_kept_to_its_own_place(data):
    for entity in data["entities"]:
        entity["name"] = "\u202egnp.exe"
    # a name from outside stands in an element that isolates it wherever other words follow on its line
    labels = re.findall(r"<sup[^>]*> \[(.*?)\]</sup>", render_page(data))
    assert sum("\u202e" in label for label in labels) >= 3
    for label in labels:
        assert "\u202e" not in re.sub(r"<bdi>.*?</bdi>", "", label, flags=re.DOTALL), label
