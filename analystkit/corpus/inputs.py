"""What a corpus is made from: folders, patterns, JSON Lines, Parquet, or articles at hand, one article after the other.

An input is not read as an article here, only fetched: its bytes or its row go to whoever does the work, so that
decoding and the reading of HTML are done there, and a worker needs no access to the files.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from analystkit.article import MAX_BYTES, Article, from_bytes, read
from analystkit.errors import ArticleError

Source = Article | Mapping[str, Any] | str | Path
Sources = Source | Iterable[Source]

#: What a row may say of its article; other columns are left alone.
FIELDS: Final = ("text", "id", "title", "byline", "published", "url", "outlet")

_FILES: Final = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml")
_LINES: Final = (".jsonl", ".ndjson")
_PARQUET: Final = ".parquet"
_ROWS_AT_ONCE: Final = 256  # rows of a Parquet file that are in memory at a time


@dataclass(frozen=True)
class Input:
    """One article to come.

    Attributes:
        name: Where it is from, for people: a path, "FILE:LINE" or "item 3".
        content: A file's bytes; a row; an Article; a string for `analystkit.read` (an address, a text); or why
            there is nothing to read.
    """

    name: str
    content: bytes | Mapping[str, Any] | Article | str | ArticleError

    def read(self) -> tuple[Article, str | None]:
        """The article, and its outlet if that was given.

        Raises:
            ArticleError: it cannot be read.
        """
        if isinstance(self.content, Article):
            return self.content, None
        if isinstance(self.content, bytes):
            return from_bytes(self.content, self.name), None
        if isinstance(self.content, str):
            return read(self.content), None
        if isinstance(self.content, ArticleError):
            raise self.content
        return self._from_row(self.content), _words(self.content.get("outlet"))

    def _from_row(self, row: Mapping[str, Any]) -> Article:
        text = row.get("text")
        if not isinstance(text, str):
            if "text" in row:
                raise ArticleError(f"The column text holds no text but {json.dumps(text, default=str)[:40]}.")
            has = ", ".join(sorted(map(str, row))[:12]) or "nothing"
            raise ArticleError(f"There is no article in the column text (the row has {has}).")
        published, doubt = _day(row.get("published"))
        article = Article(
            text,
            id=self.id,
            title=_words(row.get("title")),
            byline=_words(row.get("byline")),
            published=published,
            url=_words(row.get("url")),
            warnings=(doubt,) if doubt else (),
        )
        if self.id is None:  # the same text may stand in several outlets: the id tells them apart
            object.__setattr__(article, "id", article.id[:-8] + self.digest[:12])
        return article

    @property
    def id(self) -> str | None:
        """The id that was given, if any."""
        if isinstance(self.content, Article):
            return self.content.id
        given = self.content.get("id") if isinstance(self.content, Mapping) else None
        return None if given is None or not str(given).strip() else str(given).strip()

    @cached_property
    def digest(self) -> str:
        """What it says, as 32 hexadecimal digits: inputs with the same digest make the same article."""
        if isinstance(self.content, Article):
            a = self.content
            told: Any = [a.id, a.title, a.byline, str(a.published), a.url, a.furniture]
            return _hash(json.dumps(told, ensure_ascii=False, default=str).encode(), a.text.encode())
        if isinstance(self.content, bytes):
            path = Path(self.name)
            return _hash(f"{path.stem}{path.suffix}".encode(), self.content)
        if isinstance(self.content, Mapping):
            row = {key: self.content[key] for key in FIELDS if key in self.content}
            return _hash(json.dumps(row, ensure_ascii=True, default=str, sort_keys=True).encode())
        return _hash(self.name.encode(), str(self.content).encode("utf-8", "surrogatepass"))

    @property
    def size(self) -> int:
        """How much there is to read, in characters or bytes."""
        if isinstance(self.content, Article):
            return len(self.content.text)
        if isinstance(self.content, Mapping):
            text = self.content.get("text")
            return len(text) if isinstance(text, str) else 0
        return len(self.content) if isinstance(self.content, bytes | str) else 0


def inputs(sources: Sources) -> Iterator[Input]:
    """Every article of some sources, in a fixed order: that of the sources, and by name within a folder or pattern.

    Args:
        sources: One or several of: a folder (all texts, Markdown, HTML, JSON Lines and Parquet files in it and
            below, but for hidden ones, those that begin with "_", and READMEs), a pattern such as
            "news/**/*.txt", a .jsonl or .parquet file with a row an article (columns: see `FIELDS`; only text is
            needed), any other file, a web address, a text, a row as a dictionary, an `Article`.

    Raises:
        ArticleError: a file or folder is missing, or nothing matches a pattern; said before it is opened.
    """
    if isinstance(sources, str | Path | Article | Mapping):
        sources = (sources,)
    for number, source in enumerate(sources, start=1):
        if isinstance(source, Article):
            yield Input(f"item {number}", source)
        elif isinstance(source, Mapping):
            yield Input(f"item {number}", dict(source))
        else:
            yield from _named(source, number)


def count(sources: Sources) -> int | None:
    """How many articles there are, for a progress bar; None where counting would use them up or be guessing."""
    if isinstance(sources, str | Path | Article | Mapping):
        sources = (sources,)
    if not isinstance(sources, list | tuple):
        return None
    total = 0
    for source in sources:
        files = [source] if isinstance(source, Article | Mapping) else _files(source)
        total += sum(_count_file(path) if isinstance(path, Path) else 1 for path in files)
    return total


def _named(source: str | Path, number: int) -> Iterator[Input]:
    for path in _files(source):
        if isinstance(path, str):
            yield Input(path if len(path) < 200 and "\n" not in path else f"item {number}", path)
        elif path.suffix.lower() in _LINES:
            yield from _lines(path)
        elif path.suffix.lower() == _PARQUET:
            yield from _rows(path)
        else:
            yield Input(path.as_posix(), _bytes(path))


def _files(source: str | Path) -> list[Path] | list[str]:
    """The files that a source names; the source itself where it is an address or a text."""
    if isinstance(source, str) and ("\n" in source or re.match(r"\w+://", source) or len(source) > 1000):
        return [source]
    path = Path(source)
    if path.is_dir():
        found = [file for file in sorted(path.rglob("*")) if _is_article(file.relative_to(path)) and file.is_file()]
        if not found:
            kinds = ", ".join((*_FILES[:1], *_FILES[2:3], *_FILES[4:5], *_LINES[:1], _PARQUET))
            raise ArticleError(f"There are no articles in the folder {path} ({kinds} files).")
        return found
    if path.exists():
        return [path]
    if re.search(r"[*?\[]", str(source)):
        anchor = Path(path.anchor)
        matching = sorted(file for file in anchor.glob(str(path.relative_to(anchor))) if file.is_file())
        if not matching:
            raise ArticleError(f"No file matches {source} (looked from {Path.cwd()}).")
        return matching
    if isinstance(source, str) and not path.suffix and " " in source.strip():
        return [source]  # a sentence
    raise ArticleError(f"There is no file or folder {source} (looked from {Path.cwd()}). Check the name.")


def _is_article(path: Path) -> bool:
    hidden = any(part.startswith((".", "_")) for part in path.parts)
    return not hidden and path.suffix.lower() in (*_FILES, *_LINES, _PARQUET) and path.stem.lower() != "readme"


def _bytes(path: Path) -> bytes | ArticleError:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        return ArticleError(f"Cannot read {path}: {error.strerror or error}.")


def _lines(path: Path) -> Iterator[Input]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(2 * MAX_BYTES):
            number += 1
            if line.strip():
                yield Input(f"{path.as_posix()}:{number}", _row(line))


def _row(line: bytes) -> dict[str, Any] | ArticleError:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except ValueError as error:
        return ArticleError(f"The line is not JSON in UTF-8: {error}.")
    except RecursionError:
        return ArticleError("The line is not an article: its JSON is nested too deeply.")
    return row if isinstance(row, dict) else ArticleError('The line is not a JSON object like {"text": "…"}.')


def _rows(path: Path) -> Iterator[Input]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        yield Input(path.as_posix(), ArticleError(f"Cannot read {path} as Parquet: {error}."))
        return
    with file:
        names = file.schema_arrow.names
        columns = [name for name in FIELDS if name in names]
        if "text" not in columns:
            has = ", ".join(names[:12])
            yield Input(path.as_posix(), ArticleError(f"{path} has no column text (it has {has})."))
            return
        number = 0
        for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, columns=columns):
            for row in batch.to_pylist():
                number += 1
                yield Input(f"{path.as_posix()}:{number}", row)


def _count_file(path: Path) -> int:
    if path.suffix.lower() == _PARQUET:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            return int(pq.read_metadata(path).num_rows)
        except (pa.ArrowException, OSError):
            return 1
    if path.suffix.lower() in _LINES:
        with path.open("rb") as file:
            return sum(1 for line in file if line.strip())
    return 1


def _words(value: Any) -> str | None:
    return (" ".join(str(value).split()) or None) if value is not None else None


def _day(value: Any) -> tuple[dt.date | None, str | None]:
    """A day from what a row says, and a doubt where it says none."""
    if isinstance(value, dt.datetime):
        return value.date(), None
    if value is None or isinstance(value, dt.date):
        return value, None
    try:
        return dt.date.fromisoformat(str(value).strip()[:10]), None
    except ValueError:
        return None, f"The day of publication {str(value)[:40]!r} is not written as YYYY-MM-DD; it was left out."


def _hash(*parts: bytes) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()
