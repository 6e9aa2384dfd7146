"""The article of an HTML page: main text, title, author and date, found by trafilatura, offline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import trafilatura

_BLOCKS = frozenset({"p", "head", "item", "quote", "code", "row", "list", "table"})


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML page says: `text` has its paragraphs separated by blank lines."""

    text: str
    title: str | None
    byline: str | None
    published: dt.date | None


def extract(html: str, *, url: str | None = None) -> Page | None:
    """Find the article in a page, or return None where there is none."""
    found: Any = trafilatura.bare_extraction(
        html,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        # Only dates that the page states as its own; the library's wide search would guess.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None:
        return None
    text = "\n\n".join(_paragraphs(found.body)) if found.body is not None else ""
    if not text.strip():
        return None
    return Page(text=text, title=found.title or None, byline=found.author or None, published=_date(found.date))


def _paragraphs(element: Any) -> Iterator[str]:
    """Yield the text of each block in order; a block inside a block is a paragraph of its own."""
    run = [element.text or ""]
    for child in element:
        if child.tag == "lb":
            run.append("\n")
        elif _has_block(child):
            yield from _flush(run)
            yield from _paragraphs(child)
            run = []
        else:
            run.append("".join(child.itertext()))
        run.append(child.tail or "")
    yield from _flush(run)


def _flush(run: list[str]) -> Iterator[str]:
    """Yield one paragraph: white space drawn together as a browser does, forced line breaks kept."""
    lines = (" ".join(line.split()) for line in "".join(run).split("\n"))
    text = "\n".join(line for line in lines if line)
    if text:
        yield text


def _has_block(element: Any) -> bool:
    return any(child.tag in _BLOCKS for child in element.iter())


def _date(value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError:
        return None
