"""`analystkit_dates`: when things happened, as days of the calendar.

Writes `doc._.dates`, the records of the JSON form. Expressions are resolved from the day of publication in
`doc._.article`, or from the dateline where it gives a year, never from today's clock; what the article does not
tell has no days. A tagger helps to tell a Friday that was from one to come.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from analystkit import lexicons
from analystkit.layers import extensions
from analystkit.layers.entities.mentions import in_headline

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from analystkit.layers.dates.stretches import Days
    from analystkit.layers.roles import Syntax

extensions.register()

#: How far back, in code points, a date may stand for "a year earlier" to count from it: about two sentences.
_NEAR = 300


@Language.factory("analystkit_dates", assigns=["doc._.dates"], retokenizes=False)
def make_dates(nlp: Language, name: str) -> Dates:
    """The factory behind `nlp.add_pipe("analystkit_dates")`."""
    return Dates()


class Dates:
    """The component; it has no state and no settings."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the time expressions of an article and resolve them."""
        from analystkit.layers.dates.stretches import Moment
        from analystkit.layers.dates.tense import tense
        from analystkit.layers.dates.timewords import find
        from analystkit.layers.layout import furniture_tokens
        from analystkit.layers.roles import syntax_of

        skipped = furniture_tokens(doc)
        base = base_day(doc._.article or {})
        syntax = syntax_of(doc)
        text, title = syntax.text, (doc._.article or {}).get("title") or ""
        title_end = text.find(title) + len(title) if title else 0
        records: list[dict[str, Any]] = []
        last: tuple[int, Days] | None = None
        for expression in find(text):
            first, end = syntax.words_at(expression.start, expression.end)
            if any(i in skipped for i in range(first, end)):
                continue
            span = doc[first:end]
            if _is_count(span[-1], expression.text) or _is_title(syntax, first, end):
                continue
            near = last[1] if last is not None and expression.start - last[0] <= _NEAR else None
            in_title = expression.end <= title_end
            future, sure = (False, False) if in_title else tense(span)
            days = expression.resolve(Moment(base, near, future, sure))
            if days is not None:
                last = (expression.end, days)
            records.append(
                {
                    "start": expression.start,
                    "end": expression.end,
                    "text": expression.text,
                    "iso_start": days[0].isoformat() if days else None,
                    "iso_end": days[1].isoformat() if days else None,
                }
            )
        doc._.dates = records
        return doc


def base_day(article: dict[str, Any]) -> dt.date | None:
    """The day that an article is written from: of publication, else of a dateline that gives the year."""
    from analystkit.layers.dates.stretches import Moment
    from analystkit.layers.dates.timewords import find

    if article.get("published"):
        return dt.date.fromisoformat(article["published"])
    written = ((article.get("dateline") or {}).get("date")) or ""
    for expression in find(written):
        days = expression.resolve(Moment(None))
        if days is not None and days[0] == days[1]:
            return days[0]
    return None


def _is_title(syntax: Syntax, first: int, end: int) -> bool:
    """Whether capitals make a day a part of a name: "USA Today", "on ABC's This Week", "the March 5 Movement"."""
    words, before = syntax.forms[first:end], syntax.forms[first - 1] if first else ""
    if end < len(syntax) and syntax.forms[end] in lexicons.load("names")["after_days"]:
        return before not in lexicons.load("names")["before_days"]
    capitals = all(syntax.capital[first:end]) and words[0].lower() in {"today", "tonight", "this"}
    if not capitals or in_headline(syntax, first):
        return False
    show = [word.lower() for word in words] in (["this", "week"], ["this", "morning"])
    return show or before[:1].isupper() or before in {"'s", "’s"}


def _is_count(token: Token, text: str) -> bool:
    """Whether a number that could be a year counts something ("of 1500 people")."""
    if not text.isdigit() or token.ent_type_ == "DATE" or token.i + 1 >= len(token.doc):
        return False
    return token.doc[token.i + 1].tag_ == "NNS" and bool(token.whitespace_)
