"""A small static site: every article and every notebook as a page, and an index of them.

It needs no server and no network: the pages are those of `page` and `rendering`, and the index is HTML
without a script. The site is built beside its folder and put in place when it is complete.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Self
from urllib.parse import quote

from analystkit.analysis import Analysis
from analystkit.errors import AnalystkitError
from analystkit.markup import escape
from analystkit.page import render_page
from analystkit.page.document import document, version
from analystkit.palette import stylesheet
from analystkit.rendering import heading, read_notebook, render_notebook, run
from analystkit.wire import encodable

_MARK: Final = ".analystkit-gallery"
_MOST_NAMED: Final = 4
_FEW_WORDS: Final = 2
_NOTEBOOK_LINK = re.compile(r"\]\(([^)#\s]+)\.ipynb(#[^)\s]*)?\)")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the index: where it leads, its title, the facts under it, and a date."""

    href: str
    title: str
    facts: tuple[str, ...]
    about: str = ""
    date: str | None = None


class Gallery:
    """Builds a site; use it as a context manager.

    What was in the folder is replaced when the site is complete, and only if it was a gallery or empty. If
    the block raises, the folder stays as it was.

    Args:
        folder: The site's folder.

    Raises:
        AnalystkitError: The folder holds something else, or cannot be written.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder).resolve()
        self._articles: list[_Entry] = []
        self._notebooks: list[_Entry] = []
        self._names: Counter[str] = Counter()
        self._staging = Path()

    def __enter__(self) -> Self:
        self._check()
        self._staging = self._beside()
        try:
            for part in ("articles", "notebooks"):
                (self._staging / part).mkdir(parents=True)
        except OSError as error:
            raise self._refused(error) from error
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        try:
            if error is None:
                self._write_index()
                self._put_in_place()
        except OSError as failure:
            raise self._refused(failure) from failure
        finally:
            shutil.rmtree(self._staging, ignore_errors=True)

    def add_article(self, analysis: Analysis, *, name: str) -> None:
        """Add an article's page. `name` becomes its file name, as far as that is safe everywhere."""
        data = analysis.to_dict()
        href = self._write("articles", name, render_page(data))
        published = analysis.article.published
        named = sorted(analysis.entities, key=lambda entity: -len(entity.mentions))[:_MOST_NAMED]
        self._articles.append(
            _Entry(
                href,
                analysis.article.title or name,
                (
                    _count(len(analysis.text.split()), "word", "words"),
                    _count(len(analysis.entities), "entity", "entities"),
                    _count(len(analysis.quotes), "quote", "quotes"),
                    _count(len(analysis.stances), "stance", "stances"),
                ),
                about=", ".join(entity.name for entity in named),
                date=published.isoformat() if published else None,
            )
        )

    def add_notebook(self, path: Path, *, root: Path, seeds: Iterable[Path] = (), timeout: float = 600) -> None:
        """Run a notebook on a copy of its surroundings, and add its page.

        Args:
            path: The notebook. Its code is run.
            root: The folder of all notebooks, above it; copied with it.
            seeds: Articles to put into a folder `seeds` beside that copy, where notebooks look for them, with their
                gold marks.
            timeout: Longest time a cell may take, in seconds.

        Raises:
            NotebookError: The notebook cannot be read, or one of its cells fails.
        """
        place = path.relative_to(root)
        notebook = read_notebook(path)
        with tempfile.TemporaryDirectory(prefix="analystkit-", ignore_cleanup_errors=True) as copy:
            # what notebooks write beside themselves is not for the user's folder
            shutil.copytree(root, Path(copy, "notebooks"), ignore=shutil.ignore_patterns(".*"))
            Path(copy, "seeds").mkdir()
            for seed in seeds:
                for one in (seed, seed.with_suffix(".gold.json")):  # with the marks made by hand, if it has any
                    if one.is_file():
                        shutil.copy(one, Path(copy, "seeds", one.name))
            folder = Path(copy, "notebooks", place).parent
            ran = run(notebook, folder=folder, name=str(path), timeout=timeout)
        for cell in ran.cells:
            if cell.cell_type == "markdown":
                cell.source = _NOTEBOOK_LINK.sub(_to_page, cell.source)
        page = render_notebook(ran, title=path.stem)
        href = self._write("notebooks", place.with_suffix("").as_posix(), page.html)
        cells = sum(cell.cell_type == "code" for cell in ran.cells)
        facts = [_count(cells, "code cell", "code cells")]
        if page.readers:
            facts.append(_count(page.readers, "live reader", "live readers"))
        self._notebooks.append(_Entry(href, heading(notebook) or path.stem, tuple(facts), about=_opening(notebook)))

    def _write(self, part: str, name: str, page: str) -> str:
        """Write a page; return its address relative to the index."""
        stem = _slug(name)
        self._names[f"{part}/{stem}"] += 1
        if (number := self._names[f"{part}/{stem}"]) > 1:
            stem = f"{stem}-{number}"
        try:
            (self._staging / part / f"{stem}.html").write_text(page, encoding="utf-8", newline="\n")
        except OSError as error:
            raise self._refused(error) from error
        return f"{part}/{quote(stem)}.html"

    def _write_index(self) -> None:
        newest = sorted(self._articles, key=lambda entry: entry.date or "", reverse=True)
        body = (
            '<main class="gallery ak-reader">\n<h1>Gallery</h1>\n'
            "<p>Articles read with analystkit: who is mentioned, who said what, who stands where. "
            "Every mark is a suggestion with its reason.</p>\n"
            f"{_section('Articles', newest)}{_section('Notebooks', self._notebooks)}"
            f"<footer><p>Made with analystkit {escape(version())}.</p></footer>\n</main>"
        )
        index = document(body, title="Gallery", styles=[stylesheet() + _style()])
        (self._staging / "index.html").write_text(index, encoding="utf-8", newline="\n")
        (self._staging / _MARK).write_text("This folder is replaced when `analystkit gallery` runs again.\n")

    def _check(self) -> None:
        if not self.folder.exists():
            return
        if not self.folder.is_dir():
            raise AnalystkitError(f"{self.folder} is a file. Give a folder for the gallery.")
        if any(self.folder.iterdir()) and not (self.folder / _MARK).exists():
            raise AnalystkitError(
                f"{self.folder} holds files that no gallery has put there; they would be lost. Give another folder."
            )

    def _put_in_place(self) -> None:
        self._check()
        old = self._beside()
        if self.folder.exists():
            self.folder.rename(old)
        try:
            self._staging.rename(self.folder)
        except OSError:
            with suppress(OSError):
                old.rename(self.folder)
            raise
        shutil.rmtree(old, ignore_errors=True)

    def _beside(self) -> Path:
        return self.folder.with_name(f".{self.folder.name}.{secrets.token_hex(4)}.part")

    def _refused(self, error: OSError) -> AnalystkitError:
        return AnalystkitError(
            f"cannot write the gallery to {self.folder}: {error.strerror or error}. "
            "Give a folder in a place that exists and that you may write to."
        )


def notebooks_in(folder: Path) -> list[Path]:
    """The notebooks of a folder and the folders in it, in the order of their names."""
    found = (path for path in folder.rglob("*.ipynb") if path.is_file())
    return sorted(p for p in found if not any(part.startswith(".") for part in p.relative_to(folder).parts))


def _slug(name: str) -> str:
    """A file name of plain letters: nothing in it can be markup, a path, or look like another name."""
    return re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-")[:80].strip("-") or "page"


def _to_page(link: re.Match[str]) -> str:
    """A link from notebook to notebook, as one from page to page."""
    target = link[1]
    if "://" in target:
        return link[0]
    slug = _slug(re.sub(r"^(?:\.{1,2}/)+", "", target))
    return f"]({slug}.html{link[2] or ''})"


def _opening(notebook: object) -> str:
    """The first sentence under a notebook's title, without Markdown's marks; after "25 minutes." also the second."""
    for cell in notebook.cells:  # type: ignore[attr-defined]
        if cell.cell_type == "markdown":
            for block in cell.source.split("\n\n"):
                if not block.lstrip().startswith("#"):
                    words = " ".join(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", block).replace("*", "").split())
                    first, *others = re.split(r"(?<=[.!?])\s", words.replace("`", ""))
                    return f"{first} {others[0]}" if others and len(first.split()) <= _FEW_WORDS else first
    return ""


def _section(title: str, entries: list[_Entry]) -> str:
    if not entries:
        return ""
    items = "".join(f"<li>{_item(entry)}</li>\n" for entry in entries)
    return f"<section>\n<h2>{escape(title)}</h2>\n<ol>\n{items}</ol>\n</section>\n"


def _item(entry: _Entry) -> str:
    date = f'<time datetime="{escape(entry.date)}">{escape(entry.date)}</time> · ' if entry.date else ""
    about = f'<p class="about" dir="auto">{escape(encodable(entry.about))}</p>' if entry.about else ""
    return (
        f'<a href="{escape(entry.href)}" dir="auto">{escape(encodable(entry.title))}</a>{about}'
        f'<p class="facts">{date}{" · ".join(entry.facts)}</p>'
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


@cache
def _style() -> str:
    return Path(__file__).with_name("gallery.css").read_text(encoding="utf-8")
