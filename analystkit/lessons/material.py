"""What the kinds of exercise are made of: an analysis, and ways to speak about places in its text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from analystkit.analysis import Analysis, Entity, Offsets, Quote

VOICES: Final = ("PERSON", "ORG", "GPE", "NORP")
"""The kinds of entity that can speak."""

_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")

Item = dict[str, Any]
"""One thing asked. What the student may see is under "ask", the rest is the key's: see `made`."""


class Material:
    """An analysis to make an exercise of."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self._furniture = analysis.furniture

    def reported(self, span: Offsets) -> bool:
        """Whether a span lies in the report, not in a caption or credit line."""
        return all(span[1] <= start or end <= span[0] for start, end in self._furniture)

    def words(self, span: Sequence[int], *, at_most: int = 110) -> str:
        """The words of a span; of a long one the beginning and the end."""
        words = " ".join(self.text[span[0] : span[1]].split())
        if len(words) <= at_most:
            return words
        beginning, _, _ = words[: at_most * 2 // 3].rpartition(" ")
        _, _, end = words[-at_most // 4 :].partition(" ")
        return f"{beginning} … {end}"

    def quoted(self, quote: Quote) -> str:
        """What was said, shortened."""
        return " … ".join(self.words(span, at_most=90) for span in quote.content)

    def paragraph(self, span: Offsets) -> str:
        """Which paragraph a span begins in, in words."""
        return f"paragraph {self.analysis.paragraph_of(span[0])}"

    def sentence(self, span: Offsets) -> Offsets:
        """The sentence around a span, roughly: between full stops before a capital letter, in one paragraph."""
        number = self.analysis.paragraph_of(span[0]) - 1
        start, end = self.analysis.paragraphs[number] if self.analysis.paragraphs else (0, len(self.text))
        ends = [match.end() for match in _SENTENCE_END.finditer(self.text, start, end)]
        first = max((e for e in ends if e <= span[0]), default=start)
        last = min((e for e in ends if e >= span[1]), default=end)
        return first, first + len(self.text[first:last].rstrip())

    def blanked(self, span: Offsets) -> str:
        """The sentence around a span with the span itself left out."""
        start, end = self.sentence(span)
        before, after = self.text[start : span[0]][-60:], self.text[span[1] : end][:60]
        return f"“{' '.join(f'…{before}____{after}…'.split())}”"

    def first_name(self, entity: Entity) -> Offsets:
        """Where an entity is first named, or else first mentioned."""
        named = [mention for mention in entity.mentions if mention.kind == "name"] or list(entity.mentions)
        return named[0].start, named[0].end

    def voices(self) -> list[Entity]:
        """The entities that can speak and that speak, relay or are named, in the order of the text."""
        busy = {entity.id for quote in self.analysis.quotes for entity in (quote.speaker, *quote.via) if entity}
        return [
            entity
            for entity in self.analysis.entities
            if entity.id in busy
            or (entity.label in VOICES and any(mention.kind == "name" for mention in entity.mentions))
        ]


def made(number: int, *, ask: Mapping[str, Any] | None, why: str, hints: Sequence[str], **key: Any) -> Item:
    """One item.

    Args:
        number: Its place among the items, from 1.
        ask: What the student sees of it; None where the items themselves are to be found.
        why: What is right and why, told when the exercise is finished.
        hints: By degrees: where to look, what to look at, the answer.
        key: What the scoring of its form needs.
    """
    return {
        "id": f"i{number}",
        "ask": None if ask is None else {"id": f"i{number}", **ask},
        "key": {"id": f"i{number}", "why": why, "hints": list(hints), **key},
    }
