"""The docs are true: what is public is documented, links lead somewhere, generated pages are current."""

import inspect
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from typer.main import get_command

import analystkit
from analystkit import cli
from benchmarks import pages

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import reference  # noqa: E402

DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS, *sorted((ROOT / "docs" / "reference").glob("*.md"))]
PYTHON = (ROOT / "docs" / "reference" / "python.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", analystkit.__all__)
def test_every_public_name_is_in_the_reference(name: str) -> None:
    home = getattr(analystkit, name)
    module = getattr(home, "__module__", "")
    directives = [f"{kind}:: analystkit.{name}" for kind in ("autofunction", "autoclass", "automodule")]
    by_module = f"automodule:: {module}\n   :members:"
    assert any(re.search(rf"{re.escape(one)}$", PYTHON, re.MULTILINE) for one in directives) or by_module in PYTHON
    assert (home.__doc__ or "").strip(), f"{name} has no docstring"


def test_every_name_that_docs_and_notebooks_import_is_in_the_reference() -> None:
    texts = [path.read_text(encoding="utf-8") for path in PAGES]
    code = [block for text in texts for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL)]
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        code += [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    found = {name for text in texts for name in re.findall(r"`(analystkit(?:\.\w+)+)[`(]", text)}
    for module, names in re.findall(r"^from (analystkit(?:\.\w+)*) import (.+)$", "\n".join(code), re.MULTILINE):
        found |= {f"{module}.{name.strip()}" for name in names.split(",")}
    assert len(found) > 15
    for name in sorted(found):
        module = name.rpartition(".")[0]
        itself = rf"auto(function|class|module):: {re.escape(name)}$"
        with_its_module = rf"automodule:: {re.escape(module)}\n   :members:$"
        what_is_in_it = rf"auto(function|class|module):: {re.escape(name)}\."
        shown = f"{itself}|{with_its_module}|{what_is_in_it}"
        assert re.search(shown, PYTHON, re.MULTILINE), f"{name}: say it in docs/reference/python.md"


@pytest.mark.parametrize("module", ["agreement", "corrections", "exports", "lessons", "plots", "tables", "errors"])
def test_every_name_of_a_public_module_has_a_docstring(module: str) -> None:
    found = getattr(analystkit, module, None) or sys.modules["analystkit.errors"]
    for name in getattr(found, "__all__", [one for one in vars(found) if one[0].isupper()]):
        thing = getattr(found, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert (thing.__doc__ or "").strip(), f"{module}.{name} has no docstring"


def test_every_command_is_in_the_reference() -> None:
    page = reference.PAGE.read_text(encoding="utf-8")
    for name in get_command(cli.app).commands:  # type: ignore[attr-defined]
        assert f"## `analystkit {name}`" in page, "python tools/reference.py"
    assert page == reference.commands(), "python tools/reference.py"


def test_the_map_of_the_code_has_every_room() -> None:
    """CONTRIBUTING.md shows where everything lies: each module and folder of the package, and nothing that is gone."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    package = [path for path in (ROOT / "analystkit").iterdir() if not path.name.startswith("__")]
    rooms = {path.name for path in package if path.suffix == ".py"}
    rooms |= {f"{path.name}/" for path in package if path.is_dir()}
    assert sorted(room for room in rooms if not re.search(rf"(?<!\w){re.escape(room)}", text)) == []
    shown = re.search(r"```text\n(.*?)```", text, re.DOTALL)[1]
    named = set(re.findall(r"(?<!\S)([a-z_]+(?:\.py|/))(?=[ ,:;)]|$)", shown, re.MULTILINE))
    everywhere = {path.name + "/" * path.is_dir() for path in (ROOT / "analystkit").rglob("*")}
    assert named - everywhere <= {"notebooks/", "training/"}


def test_pages_of_figures_are_those_of_the_results() -> None:
    for path, text in pages.made():
        assert path.read_text(encoding="utf-8") == text, "python -m benchmarks pages"


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts and the site make them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = path.parent / file if file else path
        assert there.exists(), f"{path.name}: {target}"
        if anchor:
            assert anchor in anchors(there), f"{path.name}: {target}"


def test_every_page_is_in_the_site() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    listed = {name for block in re.findall(r"```{toctree}(.*?)```", index, re.DOTALL) for name in block.split()}
    assert {path.stem for path in DOCS} - {"index"} <= listed


@pytest.mark.slow
def test_site_builds_without_a_warning_and_asks_nobody_for_anything(tmp_path) -> None:
    build = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", str(ROOT / "docs"), str(tmp_path)]
    run = subprocess.run(build, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    reference_page = (tmp_path / "reference" / "python.html").read_text(encoding="utf-8")
    for name in analystkit.__all__:
        assert re.search(rf'id="(module-)?analystkit\.(\w+\.)*{name}"', reference_page), name
    for page in tmp_path.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"\{\.[\w-]+\}", re.sub(r"<(pre|code).*?</\1>", "", text, flags=re.DOTALL)), page.name
        assert not re.search(r'<(?:script|img|iframe|link)[^>]*(?:src|href)="(?:https?:)?//', text), page.name
    for style in tmp_path.rglob("*.css"):
        assert not re.search(r"url\([\"']?(?:https?:)?//", style.read_text(encoding="utf-8")), style.name
