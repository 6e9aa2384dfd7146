"""`Analysis`: a typed, read-only view of one analysed article."""

from __future__ import annotations

import copy
import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analystkit import schema
from analystkit.errors import SchemaError
from analystkit.records import (
    ArticleInfo,
    Certainty,
    Date,
    Entity,
    Mark,
    Mention,
    MentionKind,
    Offsets,
    Polarity,
    Quote,
    QuoteKind,
    Stance,
    Strength,
)

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.tokens import Doc

__all__ = [
    "Analysis",
    "ArticleInfo",
    "Certainty",
    "Date",
    "Entity",
    "Mark",
    "Mention",
    "MentionKind",
    "Offsets",
    "Polarity",
    "Quote",
    "QuoteKind",
    "Stance",
    "Strength",
]

_PARAGRAPH = re.compile(r"\S(?:.*\S)?(?:\n[^\S\n]*\S.*)*")


class Analysis:
    """One analysed article: text, entities, quotes, stances and dates.

    Made by `analystkit.analyze` or from JSON by `from_dict`. In a notebook it shows itself highlighted.

    Attributes:
        doc: The spaCy Doc it is a view of; None when it was read from JSON.
        warnings: What a careful reader of the result should know (degraded input, missing layers…).
        folder: Folder of the article's file, where its corrections are kept; None without a file.
    """

    folder: Path | None = None

    def __init__(self, data: dict[str, Any], *, doc: Doc | None = None, warnings: tuple[str, ...] = ()) -> None:
        self._data = data
        self.doc = doc
        self.warnings = warnings

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Analysis:
        """Read the JSON form, as `to_dict` gives it.

        Raises:
            SchemaError: the data do not keep to the schema, or a span or reference leads nowhere.
        """
        schema.validate(data)
        return cls(copy.deepcopy(dict(data)))

    @classmethod
    def from_json(cls, text: str) -> Analysis:
        """Read the JSON form from a string.

        Raises:
            SchemaError: it is not JSON, or not an analysis.
        """
        try:
            data = json.loads(text)
        except ValueError as error:
            raise SchemaError(f"Not JSON: {error}") from error
        return cls.from_dict(data)

    def to_dict(self) -> dict[str, Any]:
        """A copy of the analysis in the JSON form `analystkit/analysis@1`."""
        return copy.deepcopy(self._data)

    def to_json(self, *, indent: int | None = None) -> str:
        """The JSON form as a string, on one line unless `indent` says otherwise."""
        return json.dumps(self._data, ensure_ascii=False, indent=indent)

    @property
    def text(self) -> str:
        """The article's text, verbatim."""
        return str(self._data["text"])

    @property
    def article(self) -> ArticleInfo:
        """Title, byline, date…"""
        return ArticleInfo(self, self._data["article"])

    @property
    def furniture(self) -> tuple[Offsets, ...]:
        """Spans that are not reporting (captions, credit lines…) and were left out of the analysis."""
        return tuple((start, end) for start, end in self._data["furniture"])

    @cached_property
    def paragraphs(self) -> tuple[Offsets, ...]:
        """The text's paragraphs: runs of lines that are not blank."""
        return tuple(match.span() for match in _PARAGRAPH.finditer(self.text))

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """Who and what it is about, in the order of their first mention."""
        return tuple(Entity(self, record) for record in self._data["entities"])

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Who said what, in the order of the text."""
        return tuple(Quote(self, record) for record in self._data["quotes"])

    @cached_property
    def stances(self) -> tuple[Stance, ...]:
        """Who stands where on what, in the order of the text."""
        return tuple(Stance(self, record) for record in self._data["stances"])

    @cached_property
    def dates(self) -> tuple[Date, ...]:
        """The time expressions."""
        return tuple(Date(self, record) for record in self._data["dates"])

    @cached_property
    def extra(self) -> Mapping[str, tuple[Mark, ...]]:
        """The marks of further layers, by the layer's name: `analysis.extra["questions"]`."""
        layers = self._data.get("extra", {})
        return {name: tuple(Mark(self, record) for record in layers[name]["marks"]) for name in layers}

    def view(self) -> Mapping[str, Any]:
        """The JSON form itself, not a copy as from `to_dict`: read-only, for where copying takes too long."""
        return self._data

    @property
    def model(self) -> Mapping[str, str]:
        """Which pipeline made it: `{"pipeline", "version", "analystkit"}`."""
        return dict(self._data["model"])

    @cached_property
    def _by_id(self) -> dict[str, Entity | Quote | Stance | Mark]:
        further = (mark for marks in self.extra.values() for mark in marks)
        records: Iterator[Entity | Quote | Stance | Mark] = iter(
            (*self.entities, *self.quotes, *self.stances, *further)
        )
        return {record.id: record for record in records}

    def mark(self, ref: str | None) -> Entity | Quote | Stance | Mark | None:
        """The entity, quote, stance or mark of a further layer with this id; None where there is none."""
        return None if ref is None else self._by_id.get(ref)

    def entity(self, ref: str | None) -> Entity | None:
        """The entity with this id; None where there is none."""
        found = self.mark(ref)
        return found if isinstance(found, Entity) else None

    def quote(self, ref: str | None) -> Quote | None:
        """The quote with this id; None where there is none."""
        found = self.mark(ref)
        return found if isinstance(found, Quote) else None

    def entity_at(self, start: int, end: int) -> Entity | None:
        """The entity whose mention shares most code points with a span, of those the shortest; None without one."""
        best, found = (0, 0), None
        for entity in self.entities:
            for mention in entity.mentions:
                common = min(mention.end, end) - max(mention.start, start)
                if common > 0 and (common, mention.start - mention.end) > best:
                    best, found = (common, mention.start - mention.end), entity
        return found

    def paragraph_of(self, offset: int) -> int:
        """The number, from 1, of the paragraph that holds a code point; of the one before it on a blank line."""
        return max(bisect_right(self.paragraphs, offset, key=lambda paragraph: paragraph[0]), 1)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Analysis) and other._data == self._data

    __hash__ = None  # type: ignore[assignment]  # equal by content, which may be large

    def __repr__(self) -> str:
        title = self.article.title or self.article.id
        return (
            f"Analysis({title!r}, {len(self.entities)} entities, {len(self.quotes)} quotes, "
            f"{len(self.stances)} stances, {len(self.dates)} dates)"
        )

    def _repr_html_(self) -> str:
        from analystkit import markup

        return markup.highlight(self._data)
