"""Two time expressions that make one: "from Monday to Friday", "between 2010 and 2015", "Thursday, Sept. 14"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from analystkit.layers.dates.stretches import Days, Moment

if TYPE_CHECKING:
    from analystkit.layers.dates.timewords import Expression

_LINK = re.compile(r"\s(?:to|through|until|till|and)\s|\s?[–—-]\s?", re.IGNORECASE)
_SAME_DAY = re.compile(r",? \(?|, the ", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", re.IGNORECASE)
_THROUGH = frozenset({"through", "–", "—", "-"})
_TO = frozenset({"to", "until", "till"})
#: What an expression that may close a range after "to" or "and" begins with: a name or a number, no "last year".
_PLAIN = re.compile(r"(?:the )?(?:(?:early|mid|late)[ -])?(?:[A-Z]|\d)")
_MONTH_DAY = re.compile(r"[A-Z][a-z]+\.? \d|\d+ [A-Z]")


def joined(text: str, expressions: Iterable[Expression]) -> Iterator[Expression]:
    """Expressions with those that belong together made one, in the order of the text."""
    before: Expression | None = None
    for expression in expressions:
        if before is not None:
            both = _both(text, before, expression)
            if both is not None:
                before = both
                continue
            yield before
        before = expression
    if before is not None:
        yield before


def _both(text: str, one: Expression, other: Expression) -> Expression | None:
    between = text[one.end : other.start]
    whole = replace(one, end=other.end, text=text[one.start : other.end])
    if _WEEKDAY.fullmatch(one.text) and _MONTH_DAY.match(other.text) and _SAME_DAY.fullmatch(between):
        return replace(whole, resolve=other.resolve)
    link = _LINK.fullmatch(between)
    if link is None or not (_PLAIN.match(one.text) and _PLAIN.match(other.text)):
        return None
    opened = text[max(one.start - 8, 0) : one.start].rstrip().rpartition(" ")[2].lower()
    word = between.strip().lower()
    if not (word in _THROUGH or (opened == "between" and word == "and") or (opened == "from" and word in _TO)):
        return None

    def resolve(moment: Moment) -> Days | None:
        first = one.resolve(moment)
        if first is None:
            return None
        last = other.resolve(moment)
        if last is not None and last[0] < first[0]:  # "Monday through Friday", "from November to February"
            last = other.resolve(Moment(first[1], first, future=True))
        return (first[0], last[1]) if last is not None and last[0] >= first[0] else None

    return replace(whole, resolve=resolve)
