"""What an article tells, in the order in which it happened: each date with its sentence and who is in it."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analystkit.analysis import Analysis, Date, Entity

#: Kinds of entity that do something or have something done to them.
_ACTORS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
#: Where a sentence ends, for an analysis without a Doc; not after initials and the usual abbreviations.
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|Jr)\.)(?<!\b(?:Mrs|Gov|Sen|Rep|Gen|Col|Jan|Feb|Mar|Apr|Aug|Sep|Oct|Nov|Dec)\.)"
    r"(?<!\bSept\.)(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])|\n\s*\n\s*"
)


@dataclass(frozen=True)
class Event:
    """Something that a sentence puts at a time; offsets are code points of the article's text.

    Attributes:
        first: First day.
        last: Last day, included.
        date: The time expression.
        start: Where the sentence begins.
        end: Where it ends, exclusive.
        text: The sentence, blanks run together.
        who: Entities in the sentence that can act, nearest to the expression first.
    """

    first: dt.date
    last: dt.date
    date: Date
    start: int
    end: int
    text: str
    who: tuple[Entity, ...]


def events(analysis: Analysis) -> list[Event]:
    """The dated sentences of an article, earliest first, each sentence once for each of its times.

    Times that cannot be told, and the dateline's own, are left out.
    """
    found: list[Event] = []
    seen: set[tuple[int, str, str]] = set()
    borders = _sentences(analysis)
    dateline = analysis.view()["article"]["dateline"] or {}
    for date in analysis.dates:
        if date.iso_start is None or date.iso_end is None or date.end <= dateline.get("end", 0):
            continue
        start, end = borders[max(bisect_right(borders, (date.start, len(analysis.text))) - 1, 0)]
        if (start, date.iso_start, date.iso_end) not in seen:
            seen.add((start, date.iso_start, date.iso_end))
            first, last = dt.date.fromisoformat(date.iso_start), dt.date.fromisoformat(date.iso_end)
            words = " ".join(analysis.text[start:end].split())
            found.append(Event(first, last, date, start, end, words, _who(analysis, start, end, date.start)))
    return sorted(found, key=lambda event: (event.first, event.last, event.start))


def _who(analysis: Analysis, start: int, end: int, near: int) -> tuple[Entity, ...]:
    nearest: dict[str, tuple[int, Entity]] = {}
    for entity in analysis.entities:
        places = [mention.start for mention in entity.mentions if start <= mention.start < end]
        if places and entity.label in _ACTORS:
            actor = analysis.entity(entity.to_dict().get("country")) or entity  # "Russian" is told of Russia
            distance = min(abs(place - near) for place in places)
            nearest[actor.id] = min(
                (distance, actor), nearest.get(actor.id, (distance, actor)), key=lambda pair: pair[0]
            )
    return tuple(entity for _, entity in sorted(nearest.values(), key=lambda pair: pair[0]))


def _sentences(analysis: Analysis) -> list[tuple[int, int]]:
    """The article's sentences as [start, end), by its Doc if there is one."""
    if analysis.doc is not None and analysis.doc.has_annotation("SENT_START"):
        return [(sent.start_char, sent.end_char) for sent in analysis.doc.sents]
    return list(_split(analysis.text)) or [(0, len(analysis.text))]


def _split(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for border in _SENTENCE_END.finditer(text):
        yield start, border.start()
        start = border.end()
    yield start, len(text)


def sentence_of(analysis: Analysis, offset: int) -> str:
    """The sentence in which a code point stands, blanks run together."""
    borders = _sentences(analysis)
    start, end = borders[max(bisect_right(borders, (offset, len(analysis.text))) - 1, 0)]
    return " ".join(analysis.text[start:end].split())
