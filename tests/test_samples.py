"""The code in the docs: every sample is run as it stands, from the top of its page to the end, in one folder.

What cannot be run here (a cluster, a server that never ends, somebody else's program) is named below, and checked as
far as that goes.
"""

import ast
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path

import matplotlib as mpl
import nbformat
import pytest
import sybil
from markdown_it import MarkdownIt
from packaging.requirements import Requirement
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser
from typer.main import get_command
from typer.testing import CliRunner

from analystkit import cli
from analystkit.cli.work import Work
from analystkit.pipeline import shipped

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COMMANDS = get_command(cli.app).commands  # type: ignore[attr-defined]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "seeds/README.md", "training/README.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
SEEDS = ("council-bridge", "harbour-treaty", "rate-decision", "recount-march")  # few, to be quick

OWN = Work.nlp.func  # how a command loads its pipeline

#: They serve until they are stopped: their arguments are read, no more.
ENDLESS = {"lab", "app"}
#: Programs of others, which the docs call and the tests do not.
OTHERS = {"git", "cd", "conda", "pip", "uv", "pytest"}
#: Pages with JavaScript: tests/browser/test_docs_js.py runs the first, the other needs Recogito, which is not here.
JAVASCRIPT = {"reader.md": 1, "exports.md": 1}

by_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where samples run: seeds and articles in the forms that the docs speak of, small notebooks, no screen."""
    (tmp_path / "seeds").mkdir()
    for name in SEEDS:
        for path in (ROOT / "seeds").glob(f"{name}.*"):
            shutil.copy(path, tmp_path / "seeds")
    for target in ("news", "my-articles"):
        (tmp_path / target).mkdir()
        shutil.copy(ROOT / "seeds" / "council-bridge.txt", tmp_path / target)
    shutil.copy(ROOT / "seeds" / "rate-decision.txt", tmp_path / "news")
    shutil.copy(ROOT / "seeds" / "harbour-treaty.txt", tmp_path / "further.txt")
    (tmp_path / "news.jsonl").write_text('{"text": "The council met on Monday.", "outlet": "Post"}\n', encoding="utf-8")
    (tmp_path / "names.jsonl").write_text('{"label": "ORG", "pattern": "Bay Courier"}\n', encoding="utf-8")
    (tmp_path / "notebooks").mkdir()
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A notebook")])
    for name in ("notebooks/00_start_here.ipynb", "book.ipynb"):
        nbformat.write(book, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(mpl, "get_backend", lambda: "agg")
    monkeypatch.setattr("analystkit.packaged.shared", tmp_path.joinpath)  # what comes along: the few from above
    # one pipeline for all commands, which load their own otherwise
    ours = property(lambda work: shipped() if work._pipeline is work._names is None else OWN(work))
    monkeypatch.setattr(Work, "nlp", ours)
    # tests/test_corpus_build.py starts workers; here one process does what four would
    monkeypatch.setattr("analystkit.cli.corpus._cluster", lambda workers, scheduler: nullcontext(None))
    return tmp_path


def run_shell(example: sybil.Example) -> None:
    """Run what a block of `sh` says, line by line."""
    for line in example.parsed.splitlines():
        for command in line.partition(" #")[0].split("&&"):
            run_command(command.strip())


def run_command(command: str) -> None:
    """Run a command of ours; of others, check what can be checked."""
    if not command or command.startswith("#"):
        return
    command, _, into = command.partition(" > ")
    words = [
        part
        for word in shlex.split(re.sub(r"^uv run (--group \w+ )?", "", command))
        for part in (sorted(map(str, Path().glob(word))) if "*" in word else [word])
    ]
    program, arguments = words[0], words[1:]
    if program == "analystkit" and arguments[0] in ENDLESS:
        COMMANDS[arguments[0]].make_context(arguments[0], arguments[1:])
    elif program == "analystkit":
        result = CliRunner().invoke(cli.app, arguments)
        assert result.exit_code == 0, (command, result.output)
        if into:
            Path(into.strip()).write_text(result.stdout, encoding="utf-8")
    elif program == "python":
        assert find_spec(arguments[1]) if arguments[0] == "-m" else (ROOT / arguments[0]).is_file(), command
    elif program in {"pip", "uv"} and "install" in arguments and "analystkit" in arguments[-1]:
        assert Requirement(arguments[-1]).extras <= PROJECT["optional-dependencies"].keys(), command
    else:
        assert program in OTHERS | {"pre-commit", "sphinx-build"}, f"{command}: neither run nor known"


SAMPLES = sybil.Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=0), CodeBlockParser("sh", run_shell), SkipParser()],
    patterns=["*.md"],
    path=str(ROOT),
)


@by_page
def test_samples_run(path: Path, folder: Path) -> None:
    for example in SAMPLES.parse(path).examples():
        example.evaluate()


@by_page
def test_every_sample_is_seen_by_the_tests(path: Path) -> None:
    """Code that is indented instead of fenced, or of no language, would be left out in silence."""
    scripts = 0
    for token in MarkdownIt().parse(path.read_text(encoding="utf-8")):
        assert token.type != "code_block", f"{path.name}: put {token.content!r} between fences"
        if token.type != "fence":
            continue
        assert token.info in {"python", "sh", "js", "text", ""} or token.info.startswith("{"), (path.name, token.info)
        assert token.info not in {"text", ""} or not re.search(r"^(uv run )?analystkit ", token.content, re.MULTILINE)
        scripts += token.info == "js"
        if token.info == "python":
            ast.parse(token.content)  # those that are skipped, too
    assert scripts == JAVASCRIPT.get(path.name, 0)


def commands_in_prose() -> Iterator[tuple[str, str]]:
    """Every command of ours between backticks, in the docs and the notebooks, with where it stands."""
    texts = {path: path.read_text(encoding="utf-8") for path in [*PAGES, *(ROOT / "notebooks").rglob("*.md")]}
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        texts[path] = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    for path, text in texts.items():
        for found in re.findall(r"`(?:uv run )?analystkit ([^`]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
            yield path.name, " ".join(found.split())


def test_commands_in_prose_are_commands_with_these_options() -> None:
    found = list(commands_in_prose())
    assert len(found) > 20
    for place, command in found:
        name, *words = command.split()
        assert name in COMMANDS, (place, command)
        options = {option for parameter in COMMANDS[name].params for option in parameter.opts}
        ours = words[: words.index("--")] if "--" in words else words
        assert {word for word in ours if re.match(r"--?[a-z]", word)} <= options, (place, command)
