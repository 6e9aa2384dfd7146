"""Selectors of the W3C Web Annotation model: from spans to selectors, and back to where they point.

The model counts positions in code points, but browsers, and with them Recogito, count UTF-16 units: after an
emoji the two differ. Written positions say which they are; for read ones the quoted words decide.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, Literal

from analystkit.errors import FormatError

Units = Literal["code points", "utf-16"]

CONTEXT = 32
"""Code points of context on each side of the quoted words."""
NEAR = 100_000
"""How far from the given position words are looked for that do not stand there, in code points."""
MAX_SEARCHES = 10_000
"""How many selectors of one file may need such a search."""


class Anchors:
    """The selectors of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._astral = [i for i, character in enumerate(text) if character > "\uffff"]
        self._astral_units = [position + n for n, position in enumerate(self._astral)]
        self._searches = 0

    def selectors(self, start: int, end: int, units: Units) -> list[dict[str, Any]]:
        """The selectors of a span: its words with their context, and its position."""
        convert = self._to_units if units == "utf-16" else int
        return [
            {
                "type": "TextQuoteSelector",
                "exact": self.text[start:end],
                "prefix": self.text[max(start - CONTEXT, 0) : start],
                "suffix": self.text[end : end + CONTEXT],
            },
            {"type": "TextPositionSelector", "start": convert(start), "end": convert(end)},
        ]

    def span(self, selectors: Any, units: Units, what: str) -> list[int]:
        """Where the selectors point: at the position if the quoted words stand there, else at the words nearby.

        Args:
            selectors: One selector or a list of them.
            units: What positions count, if nothing else tells.
            what: What is looked for, for messages.

        Raises:
            FormatError: they are not selectors of text, point outside it, or quote words that it does not have.
        """
        listed = selectors if isinstance(selectors, list) else [selectors]
        by_type = {s["type"]: s for s in reversed(listed) if isinstance(s, dict) and isinstance(s.get("type"), str)}
        quote, position = by_type.get("TextQuoteSelector"), by_type.get("TextPositionSelector")
        exact = quote.get("exact") if quote else None
        if exact is not None and not (isinstance(exact, str) and exact):
            raise FormatError(f"{what}: the quoted words are {exact!r}; they should be text.")
        start = None
        if position:
            start, end = position.get("start"), position.get("end")
            if type(start) is not int or type(end) is not int:
                raise FormatError(f"{what}: the position {start!r}:{end!r} should be two whole numbers.")
            other: Units = "code points" if units == "utf-16" else "utf-16"
            for counted in (units, other) if exact else (units,):
                span = [self._from_units(start), self._from_units(end)] if counted == "utf-16" else [start, end]
                if 0 <= span[0] < span[1] <= len(self.text) and exact in (None, self.text[span[0] : span[1]]):
                    return span
        if not exact:
            place = f"the position {start}:{end} lies outside" if position else "no selector points into"
            raise FormatError(f"{what}: {place} a text of {len(self.text)} code points.")
        return self._search(exact, quote or {}, start, what)

    def _search(self, exact: str, quote: dict[str, Any], start: int | None, what: str) -> list[int]:
        self._searches += 1
        if self._searches > MAX_SEARCHES:
            raise FormatError(f"More than {MAX_SEARCHES} marks do not stand where they should: is it the same text?")
        low, high = (0, len(self.text)) if start is None else (max(start - NEAR, 0), max(start, 0) + NEAR)
        before, after = (value if isinstance(value := quote.get(key), str) else "" for key in ("prefix", "suffix"))
        found = self.text.find(before + exact + after, low, high)
        if found >= 0:
            found += len(before)
        else:
            hits = [self.text.rfind(exact, low, start or low), self.text.find(exact, start or low, high)]
            found = min((hit for hit in hits if hit >= 0), key=lambda hit: abs(hit - (start or 0)), default=-1)
        if found < 0:
            raise FormatError(
                f"{what}: the words {exact[:60]!r} are not in the text{'' if start is None else ' near their place'}. "
                "Is it the same article, unchanged?"
            )
        return [found, found + len(exact)]

    def _to_units(self, offset: int) -> int:
        return offset + bisect_left(self._astral, offset)

    def _from_units(self, offset: int) -> int:
        return offset - bisect_left(self._astral_units, offset)
