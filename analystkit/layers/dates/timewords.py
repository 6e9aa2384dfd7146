"""Time expressions in plain text, and the days they stand for.

A small grammar rather than a general date parser: it has to know where an expression ends, to say "cannot be
told" where a news text leaves the year open, and never to look at today's clock. Every rule is a pattern and a
function from its match and the `Moment` of reading to the first and last day, both included.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analystkit.layers.dates import resolving
from analystkit.layers.dates.ranges import joined
from analystkit.layers.dates.resolving import NUMBERS, Resolver
from analystkit.layers.dates.stretches import Days, Moment


@dataclass(frozen=True)
class Expression:
    """A time expression; offsets are code points. `resolve` gives its days, None where they cannot be told."""

    start: int
    end: int
    text: str
    resolve: Callable[[Moment], Days | None]


_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|\b))"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)\b"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_UNIT = r"(?:day|week|fortnight|month|year|decade|weekend|quarter|century)"
_DIGIT = re.compile(r"\d")
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_PART_OF_DAY = r"(?: (?:morning|afternoon|evening|night))?"
_PART = r"(?:early|mid|middle|late)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"


def find(text: str) -> Iterator[Expression]:
    """The time expressions of a text, in its order, none overlapping another."""
    for low, high in windows(text, _TRIGGER, 45):
        taken: list[Expression] = []
        words = _DIGIT.sub("#", text[low:high].casefold())
        present = {need for need in _NEEDS if need in words}
        for needs, pattern, resolver in _RULES:
            if present.isdisjoint(needs):
                continue
            for match in pattern.finditer(text, low, high):
                start, end = match.span("it") if "it" in pattern.groupindex else match.span()
                if all(end <= other.start or other.end <= start for other in taken):
                    taken.append(Expression(start, end, text[start:end], _bound(resolver, match)))
        yield from joined(text, sorted(taken, key=lambda expression: expression.start))


def windows(text: str, trigger: re.Pattern[str], around: int) -> Iterator[tuple[int, int]]:
    """Stretches of a text around the words that a search can start from, cut at blanks and disjoint.

    A dozen patterns over a whole article cost more than the words they find; most of it holds nothing for them.
    """
    low = high = -1
    for match in trigger.finditer(text):
        start, end = max(match.start() - around, 0), min(match.end() + around, len(text))
        while start > 0 and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        if start > high:
            if high >= 0:
                yield low, high
            low = start
        high = max(end, high)
    if high >= 0:
        yield low, high


def _bound(resolver: Resolver, match: re.Match[str]) -> Callable[[Moment], Days | None]:
    def resolve(moment: Moment) -> Days | None:
        try:
            return resolver(match, moment)
        except (ValueError, OverflowError):  # "February 30", the year 10000
            return None

    return resolve


def _rule(
    needs: tuple[str, ...], pattern: str, resolver: Resolver, flags: int = 0
) -> tuple[tuple[str, ...], re.Pattern[str], Resolver]:
    """A pattern with what makes its days, and words in lower case, "#" being a digit: one of them is in every match."""
    return needs, re.compile(pattern, flags), resolver


#: What may stand before a month: "last July", "early May".
_MONTH_QUALIFIED = r"(?:(?P<which>[Ll]ast|[Tt]his|[Nn]ext) |(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[ -])"
#: Words before a bare month or year that show it to be one ("March" is also a verb, "2000" a number).
_BEFORE = (
    r"(?:[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Ff]rom|[Tt]o|[Bb]efore|[Aa]fter|[Dd]uring|[Tt]hrough|[Oo]f|[Aa]nd|[Oo]r|[Bb]etween"
    r"|[Ff]or|early as|late as|back to|[Aa]round|[Aa]bout|year|,)"
)
#: What stands before a month or year that belongs to a noun ("the July meeting", "Ohio's 2012 law"); words after it
#: that are no noun; and what numbers like years count.
_DETERMINER = r"(?:\b(?:[Tt]he|[Aa]n?|[Tt]hat|[Tt]his|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur)|\w[’']s?)"
_NO_NOUN = (
    r"on|of|for|to|in|at|by|and|or|was|is|will|had|has|were|are|would|may|can|could|that|who|which|through|against"
    r"|with|from|as|when|said|says|told"
)
_MEASURES = (
    r"percent|per|pct|million|billion|trillion|feet|foot|met(?:er|re)s?|miles?|km|kilomet(?:er|re)s?|pounds?|tons?"
    r"|tonnes?|yards?|acres?|hectares?|words?|people|square|cubic|dollars?|euros?|square|calorie|volt|watt|seat|page"
)
#: One of these is in every expression.
_TRIGGER = re.compile(
    r"\d|[Dd]ay\b|[Dd]ays|[Ww]eek|[Mm]onth|[Yy]ear|[Qq]uarter|[Dd]ecade|[Cc]entur|[Tt]o(?:night|morrow)|[Mm]orning|[Nn]ight"
    r"|[Aa]fternoon|[Ee]vening|[Ss]pring|[Ss]ummer|[Aa]utumn|\b[Ff]all\b|[Ww]inter|Christmas|Halloween|Jan|Feb|Mar|Apr"
    r"|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
)
_RULES = [
    _rule(
        ("half of",),
        rf"\b(?P<it>the (?P<n>first|second) half of (?:(?P<y>{_YEAR})|(?P<which>the|this|last|next) year))",
        resolving.half,
        re.IGNORECASE,
    ),
    _rule(
        ("months of",),
        rf"\b(?P<it>the (?P<which>first|last|final) (?P<n>{_COUNT}) months of "
        rf"(?:(?P<y>{_YEAR})|(?P<this>the|this|last) year))",
        resolving.months_of,
        re.IGNORECASE,
    ),
    _rule(("/",), rf"\b(?P<a>\d\d?)/(?P<b>\d\d?)/(?P<y>{_YEAR})", resolving.numbers),
    _rule(("#",), r"\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b", resolving.iso_date),
    _rule(
        ("#",), rf"\b(?P<m>{_MONTH}) (?P<d>{_DAY})(?:\s?[-–—]\s?(?P<d2>{_DAY}))?,? (?P<y>{_YEAR})", resolving.full_date
    ),
    _rule(
        ("#",),
        rf"\b(?P<d>{_DAY})(?:\s?[-–—]\s?(?P<d2>{_DAY}))? (?:of )?(?P<m>{_MONTH}),? (?P<y>{_YEAR})",
        resolving.full_date,
    ),
    _rule(
        (" of the ", " of this "),
        r"\b(?:the )?(?:rest|remainder) of (?:the|this) (?P<unit>week|month|year|quarter|decade)\b",
        resolving.rest,
        re.IGNORECASE,
    ),
    _rule(
        ("this past ",),
        rf"\b(?:the )?this past (?P<unit>week|weekend|month|year|decade|{_SEASON})\b",
        resolving.this_past,
        re.IGNORECASE,
    ),
    _rule(
        ("the next ", "the coming "),
        r"\b(?:over|in|within|during|for) "
        r"(?P<it>the (?P<which>next|coming) (?P<n>(?!))?(?P<unit>week|month|year|decade))\b",
        resolving.stretch,
        re.IGNORECASE,
    ),
    _rule(
        (" of ",),
        rf"\b(?:[Tt]he )?(?P<edge>[Ee]nd|[Ss]tart|[Bb]eginning) of (?:(?P<which>the|this|next|last) "
        rf"(?P<unit>week|month|year|quarter|decade)\b|(?:(?P<m>{_MONTH}),? )?(?P<y>{_YEAR})|(?P<m2>{_MONTH})(?!\w))",
        resolving.edge_of_period,
    ),
    _rule(
        ("#",),
        rf"\b(?:(?P<part>{_PART})[ -])?(?P<m>{_MONTH})(?:\s?[-–—]\s?(?P<m2>{_MONTH}))?,? (?:of )?(?P<y>{_YEAR})",
        resolving.month_of_year,
    ),
    _rule(("#",), rf"\b(?P<m>{_MONTH}) (?P<d>{_DAY})(?:\s?[-–—]\s?(?P<d2>{_DAY}))?(?![,.]?\d)", resolving.day_of_month),
    _rule(
        ("#",), rf"\b(?P<d>{_DAY})(?:\s?[-–—]\s?(?P<d2>{_DAY}))? (?:of )?(?P<m>{_MONTH})(?!\w)", resolving.day_of_month
    ),
    _rule(("#",), rf"\b(?:the )?(?P<s>{_SEASON}) (?:of )?(?P<y>{_YEAR})", resolving.season_of_year, re.IGNORECASE),
    _rule(
        ("fiscal", "fy"),
        rf"\b(?:(?:the )?(?:first|second|third|fourth|final)[ -](?:quarter|half) of )?"
        rf"(?:(?:the )?fiscal (?:year )?|FY ?)(?:{_YEAR}|\d\d)\b(?![\w-])"
        r"|\bfiscal (?:first|second|third|fourth)[ -]quarter\b",
        resolving.left_open,  # each body's own year
    ),
    _rule(
        ("quarter", "q#"),
        rf"\b(?:(?:the )?(?P<n>first|second|third|fourth|final|1st|2nd|3rd|4th)[ -]quarter\b|Q(?P<q>[1-4])\b)"
        rf"(?: (?:of )?(?P<y>{_YEAR}))?(?![\w-])",
        resolving.quarter,
    ),
    _rule(("#",), rf"\b(?P<y>{_YEAR})\s?[-–—/]\s?(?P<y2>\d{{4}}|\d\d)\b(?![-/])", resolving.years),
    _rule(("#",), rf"\b(?:the )?(?:(?P<part>{_PART})[ -])?(?P<y>(?:1[5-9]|20)\d0)s\b", resolving.decade, re.IGNORECASE),
    _rule(
        ("century",),
        rf"\b(?:the )?(?:(?P<part>{_PART})[ -])?(?P<n>1\d|20|21)(?:st|th)[ -]century\b",
        resolving.century,
        re.IGNORECASE,
    ),
    _rule(
        ("christmas", "new year", "boxing day", "halloween"),
        rf"\b(?P<feast>Christmas(?: Day| Eve)?|New Year[’']s (?:Day|Eve)|Boxing Day|Halloween)(?:,? (?P<y>{_YEAR}))?",
        resolving.feast,
    ),
    _rule(("the day ",), r"\bthe day (?:before yesterday|after tomorrow)\b", resolving.near_day, re.IGNORECASE),
    _rule(
        ("today", "yesterday", "tomorrow", "tonight", "last night", "this "),
        rf"\b(?:(?:today|yesterday|tomorrow){_PART_OF_DAY}|tonight|last night|this (?:morning|afternoon|evening))\b",
        resolving.near_day,
        re.IGNORECASE,
    ),
    _rule(
        (" week",),
        rf"\b(?P<w>{_WEEKDAY}){_PART_OF_DAY} (?:of )?(?P<which>last|this|next) week\b",
        resolving.weekday_of_week,
    ),
    _rule(
        ("day",),
        rf"\b(?:(?P<which>[Ll]ast|[Nn]ext|(?:[Tt]he )?following|[Tt]his(?: coming| past)?|coming) )?"
        rf"(?P<w>{_WEEKDAY}){_PART_OF_DAY}\b(?!s)",
        resolving.weekday,
    ),
    _rule(("half a year ago",), r"\bhalf a year ago\b", resolving.half_year, re.IGNORECASE),
    _rule(
        ("ago", "from now", "from today", "hence"),
        rf"(?<![\w-])(?P<n>{_COUNT}) (?P<unit>{_UNIT})s? (?P<way>ago|from now|from today|hence)\b",
        resolving.ago,
        re.IGNORECASE,
    ),
    _rule(
        ("earlier", "later", "previously", "before"),
        rf"(?<!\bthe )\b(?P<n>{_COUNT}) (?P<unit>{_UNIT})s? "
        r"(?P<way>earlier|later|previously|before(?! (?:the|a|his|her|its|it|he|she|they)\b))\b",
        resolving.earlier,
        re.IGNORECASE,
    ),
    _rule(
        ("days", "weeks", "months", "years", "decades"),
        rf"\bthe (?P<which>last|past|previous|next|coming) (?P<n>{_COUNT}) (?P<unit>day|week|month|year|decade)s\b",
        resolving.stretch,
        re.IGNORECASE,
    ),
    _rule(
        ("the ", "that "),
        r"\b(?P<which>the (?:next|following|previous|preceding|same)|that(?: same)?) (?P<unit>day|week|month|year)\b",
        resolving.beside,
        re.IGNORECASE,
    ),
    _rule(
        ("last ", "this ", "next ", "the coming ", "the current "),
        rf"\b(?:(?P<part>early|mid|late|earlier|later)[ -])?(?P<which>last|this|next|the coming|the current) "
        rf"(?P<unit>{_UNIT}|{_SEASON})\b(?! \d)",
        resolving.which_period,
        re.IGNORECASE,
    ),
    _rule(
        ("the day ", "the week ", "the month ", "the year "),
        r"\bthe (?P<unit>day|week|month|year) (?P<way>before|after)(?=[,.;”\")]|$)",
        resolving.before_or_after,
        re.IGNORECASE | re.MULTILINE,
    ),
    _rule(
        _MONTHS,
        rf"{_DETERMINER} (?P<it>{_MONTH_QUALIFIED}?(?P<m>{_MONTH}))(?= [a-z])(?! (?:{_NO_NOUN})\b)",
        resolving.month,
    ),
    _rule(
        ("#",),
        rf"{_DETERMINER} (?:[a-z]+ )?(?P<it>(?P<part>(?!))?(?P<y>(?:19|20)\d\d))(?= [a-z])"
        rf"(?! (?:{_NO_NOUN}|{_MEASURES})\b)",
        resolving.year,
    ),
    _rule(
        _MONTHS,
        rf"(?<!\w){_BEFORE} (?P<it>{_MONTH_QUALIFIED}?(?P<m>{_MONTH}))(?!\w| \d|[-’'])",
        resolving.month,
    ),
    _rule(_MONTHS, rf"\b(?P<it>{_MONTH_QUALIFIED}(?P<m>{_MONTH}))(?!\w| \d)", resolving.month),
    _rule(
        ("#",),
        rf"(?<!\w){_BEFORE} (?P<it>(?:(?P<part>{_PART})[ -])?(?P<y>{_YEAR}))(?![-–—/%]?\d|[.,]\d|%|-)",
        resolving.year,
    ),
    _rule(("#",), rf"\b(?P<it>(?P<part>{_PART})[ -](?P<y>{_YEAR}))", resolving.year, re.IGNORECASE),
    _rule(
        ("spring", "summer", "autumn", "fall", "winter"),
        rf"\b(?:in|before|by|until|since|after|during|this|from) (?P<it>(?:the )?{_SEASON})\b(?! of)",
        resolving.left_open,
        re.IGNORECASE,
    ),
    _rule(
        ("the weekend",),
        r"\b(?:over|at|on|during|for|by|after|before) (?P<it>the weekend)\b",
        resolving.weekend,
        re.IGNORECASE,
    ),
    _rule(("year",), r"\b(?P<it>year-end|(?:the )?year[’']s end)\b", resolving.year_end, re.IGNORECASE),
    _rule(
        ("#",),
        rf"\b[Tt]he (?P<it>(?P<part>(?!))?(?P<y>(?:19|20)\d\d))(?= [a-z])(?! (?:{_MEASURES})\b)",
        resolving.year,
    ),
    _rule(("#",), r"\b(?P<it>(?P<part>(?!))?(?P<y>(?:19|20)\d\d))(?=[’']s )", resolving.year),
    _rule(
        ("days", "weeks", "months", "years", "decades"),
        r"\b(?:(?:in|over|during|for|within) )?(?P<it>(?:the )?"
        r"(?:recent|coming|past|last|next|following) (?:few |several )?(?:days|weeks|months|years|decades))\b",
        resolving.left_open,
        re.IGNORECASE,
    ),
    _rule(
        ("days", "weeks", "months", "years", "decades", "centuries"),
        r"(?<!half )\b(?:(?:a few|several|some|many) )?(?:days|weeks|months|years|decades|centuries) "
        r"(?:ago|earlier|later)\b",
        resolving.left_open,
        re.IGNORECASE,
    ),
    _rule(
        ("the past ",),
        r"\bthe (?P<which>past) (?P<n>(?!))?(?P<unit>week|month|year|decade)\b",
        resolving.stretch,
        re.IGNORECASE,
    ),
]
#: What the rules look for before their patterns are tried, each once.
_NEEDS = frozenset(need for needs, _, _ in _RULES for need in needs)
