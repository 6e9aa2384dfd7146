"""The cells of a table's row, each read as what it should be."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from analystkit.errors import FormatError
from analystkit.exports.formats import Data, from_json

SPANS = re.compile(r"\d{1,9}\.\.\d{1,9}(?: \d{1,9}\.\.\d{1,9})*", re.ASCII)
"""Spans in a cell: "12..40 55..70"."""


class Cells:
    """The cells of one row, each read as what it should be."""

    def __init__(self, what: str, row: Mapping[str, Any]) -> None:
        self._what = what
        self._row = row

    def get(self, name: str) -> Any:
        """A cell as it is; None where it is empty."""
        if name not in self._row:
            raise FormatError(f"{self._what}: the column {name} is missing.")
        value = self._row[name]
        return None if isinstance(value, float) and math.isnan(value) else value

    def text(self, name: str) -> str:
        """A text that must be there."""
        value = self.get(name)
        if not isinstance(value, str):
            raise FormatError(f"{self._what}: {name} is {value!r}; it should be text.")
        return value

    def maybe(self, name: str) -> str | None:
        """A text, or None."""
        return None if self.get(name) is None else self.text(name)

    def number(self, name: str) -> float:
        """A number that must be there."""
        value = self.get(name)
        try:
            number = float(value)
        except (TypeError, ValueError) as error:
            raise FormatError(f"{self._what}: {name} is {value!r}; it should be a number.") from error
        if not math.isfinite(number):
            raise FormatError(f"{self._what}: {name} is {value!r}; it should be a number.")
        return number

    def maybe_number(self, name: str) -> float | None:
        """A number, or None."""
        return None if self.get(name) is None else self.number(name)

    def integer(self, name: str) -> int:
        """A whole number that must be there."""
        number = self.number(name)
        if number != int(number):
            raise FormatError(f"{self._what}: {name} is {number}; it should be a whole number.")
        return int(number)

    def spans(self, name: str) -> list[list[int]]:
        """Spans; none where the cell is empty."""
        value = self.maybe(name) or ""
        if value and not SPANS.fullmatch(value):
            raise FormatError(f'{self._what}: {name} is {value[:60]!r}; it should be spans like "12..40 55..70".')
        return [[int(offset) for offset in span.split("..")] for span in value.split()]

    def span(self, name: str) -> list[int] | None:
        """One span, or None."""
        spans = self.spans(name)
        if len(spans) > 1:
            raise FormatError(f"{self._what}: {name} holds {len(spans)} spans; it should hold one.")
        return spans[0] if spans else None

    def words(self, name: str) -> list[str]:
        """Words parted by spaces; none where the cell is empty."""
        return (self.maybe(name) or "").split()

    def pair(self, name: str) -> Sequence[Any]:
        """Two values in JSON; what they are the schema looks at."""
        found = self.parsed(name)
        if not isinstance(found, list) or len(found) != 2:
            raise FormatError(f"{self._what}: {name} should be two values in JSON.")
        return found

    def parsed(self, name: str) -> Any:
        """JSON that must be there."""
        return from_json(self.text(name), f"{self._what}: {name}")

    def json(self, name: str) -> Data:
        """An object; empty where the cell is."""
        value = self.maybe(name)
        found = {} if value is None else from_json(value, f"{self._what}: {name}")
        if not isinstance(found, dict):
            raise FormatError(f"{self._what}: {name} should be a JSON object.")
        return found
