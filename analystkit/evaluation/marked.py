"""Articles with marks made by hand, read from files."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analystkit import schema
from analystkit.article import Article
from analystkit.errors import SchemaError


@dataclass(frozen=True)
class Marked:
    """An article and its gold.

    Attributes:
        name: The file, with the line where it holds several articles.
        data: The gold in the JSON form; of a row of attributions only `text` and `quotes`, without speakers.
        complete: Whether it is a whole analysis, and not attributions alone.
    """

    name: str
    data: dict[str, Any]
    complete: bool

    @property
    def article(self) -> Article:
        """The article, furniture as the gold has it where it tells."""
        about = self.data.get("article") or {}
        published = about.get("published")
        return Article(
            self.data["text"],
            id=about.get("id"),
            title=about.get("title"),
            published=dt.date.fromisoformat(published) if published else None,
            url=about.get("url"),
            furniture=[(start, end) for start, end in self.data["furniture"]] if self.complete else None,
        )


def gold(path: str | Path) -> list[Marked]:
    """The marked articles of a file or folder.

    Args:
        path: A folder with files `*.gold.json`; such a file; or JSON Lines, each line an analysis (as `analystkit
            analyze --json` prints them) or an article with attributions only: {"text", "attributions": [{"source",
            "cue", "content": [[start, end], …]}]}, offsets in code points.

    Raises:
        SchemaError: there is no gold, or it is in another form; the message names the place.
        OSError: the file cannot be read.
    """
    path = Path(path)
    files = sorted(path.glob("*.gold.json")) if path.is_dir() else [path]
    if not files:
        raise SchemaError(f"There is no gold in the folder {path}: its files are named NAME.gold.json.")
    found = [marked for file in files for marked in _file(file)]
    if not found:
        raise SchemaError(f"There is no article in {path}.")
    return found


def _file(path: Path) -> Iterator[Marked]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SchemaError(f"{path} is not UTF-8 text ({error.reason} at byte {error.start}).") from error
    try:
        yield _marked(str(path), json.loads(text))
        return
    except ValueError as error:
        if "\n{" not in text:
            raise SchemaError(f"{path} is not JSON: {error}") from error
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            name = f"{path}:{number}"
            try:
                row = json.loads(line)
            except ValueError as error:
                raise SchemaError(f"{name} is not JSON: {error}") from error
            yield _marked(name, row)


def _marked(name: str, row: Any) -> Marked:
    if isinstance(row, dict) and isinstance(row.get("text"), str) and isinstance(row.get("attributions"), list):
        return Marked(
            name, {"text": row["text"], "quotes": [_attribution(name, item) for item in row["attributions"]]}, False
        )
    try:
        schema.validate(row)
    except SchemaError as error:
        raise SchemaError(f"{name}: {error}") from error
    return Marked(name, row, True)


def _attribution(name: str, item: Any) -> dict[str, Any]:
    try:
        return {part: [[int(start), int(end)] for start, end in item[part]] for part in ("source", "cue", "content")}
    except (KeyError, TypeError, ValueError) as error:
        raise SchemaError(
            f"{name}: an attribution needs source, cue and content, each a list of [start, end]; here {item!r:.100}"
        ) from error
