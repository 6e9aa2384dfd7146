"""Time expressions in plain text, and the days they stand for.

A small grammar rather than a general date parser: it has to know where an expression ends, to say "cannot be
told" where a news text leaves the year open, and never to look at today's clock. Every rule is a pattern and a
function from its match and the `Moment` of reading to the first and last day, both included.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analystkit.layers.dates.stretches import (
    LENGTH,
    SEASONS,
    Days,
    Moment,
    month_days,
    moved,
    nearest,
    part_of,
    period,
    quarter_days,
    season_days,
    step,
    week_days,
    year_days,
)


@dataclass(frozen=True)
class Expression:
    """A time expression; offsets are code points. `resolve` gives its days, None where they cannot be told."""

    start: int
    end: int
    text: str
    resolve: Callable[[Moment], Days | None]


Resolver = Callable[[re.Match[str], Moment], Days | None]

_MONTHS = [name.lower() for name in calendar.month_name]
_WEEKDAYS = [name.lower() for name in calendar.day_name]
_NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
} | {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "final": 4,
    "last": 4,
}
#: Days that have a name of their own.
_FEASTS = {"christmas day": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25), "new year's day": (1, 1),
           "new year's eve": (12, 31), "boxing day": (12, 26), "halloween": (10, 31)}  # fmt: skip

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|\b))"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)\b"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_UNIT = r"(?:day|week|month|year|decade|weekend|quarter|century)"
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_PART_OF_DAY = r"(?: (?:morning|afternoon|evening|night))?"
_PART = r"(?:early|mid|middle|late)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"


def find(text: str) -> Iterator[Expression]:
    """The time expressions of a text, in its order, none overlapping another."""
    for low, high in windows(text, _TRIGGER, 45):
        taken: list[Expression] = []
        for pattern, resolver in _RULES:
            for match in pattern.finditer(text, low, high):
                start, end = match.span("it") if "it" in pattern.groupindex else match.span()
                if all(end <= other.start or other.end <= start for other in taken):
                    taken.append(Expression(start, end, text[start:end], _bound(resolver, match)))
        yield from sorted(taken, key=lambda expression: expression.start)


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


# -- days, months, years


def _month_number(word: str) -> int:
    return next(
        number for number, name in enumerate(_MONTHS) if number and name.startswith(word.rstrip(".").lower()[:3])
    )


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _digits(word: str) -> int:
    return int(re.sub(r"\D", "", word))


# -- the rules: what carries its year


def _full_date(match: re.Match[str], moment: Moment) -> Days | None:
    day = dt.date(int(match["y"]), _month_number(match["m"]), _digits(match["d"]))
    if "d2" in match.re.groupindex and match["d2"]:
        return day, day.replace(day=_digits(match["d2"]))
    return day, day


def _iso_date(match: re.Match[str], moment: Moment) -> Days | None:
    day = dt.date.fromisoformat(match.group())
    return day, day


def _month_of_year(match: re.Match[str], moment: Moment) -> Days | None:
    year = int(match["y"])
    start, end = month_days(year, _month_number(match["m"]))
    if match["m2"]:
        return start, month_days(year, _month_number(match["m2"]))[1]
    return part_of((start, end), _lower(match["part"]))


def _lower(word: str | None) -> str | None:
    return word.lower() if word else None


def _year(match: re.Match[str], moment: Moment) -> Days | None:
    return part_of(year_days(int(match["y"])), _lower(match["part"]))


def _years(match: re.Match[str], moment: Moment) -> Days | None:
    first, last = match["y"], match["y2"]
    return year_days(int(first), int(last if len(last) == 4 else first[: 4 - len(last)] + last))


def _decade(match: re.Match[str], moment: Moment) -> Days | None:
    first = int(match["y"])
    return part_of(year_days(first, first + 9), _lower(match["part"]))


def _century(match: re.Match[str], moment: Moment) -> Days | None:
    number = _digits(match["n"])
    return part_of(year_days(100 * number - 99, 100 * number), _lower(match["part"]))


def _season_of_year(match: re.Match[str], moment: Moment) -> Days | None:
    return season_days(int(match["y"]), match["s"].lower())


def _quarter(match: re.Match[str], moment: Moment) -> Days | None:
    number = int(match["q"]) if match["q"] else _ORDINALS[match["n"].lower()]
    if match["y"]:
        return quarter_days(int(match["y"]), number)
    if moment.base is None:
        return None
    return nearest([quarter_days(moment.base.year + shift, number) for shift in (-1, 0, 1)], moment)


# -- what leaves its year open


def _day_of_month(match: re.Match[str], moment: Moment) -> Days | None:
    if moment.base is None:
        return None
    month, day = _month_number(match["m"]), _digits(match["d"])
    last = _digits(match["d2"]) if match["d2"] else day
    found: list[Days] = []
    for year in range(moment.base.year - 1, moment.base.year + 2):
        if last <= month_days(year, month)[1].day:
            found.append((dt.date(year, month, day), dt.date(year, month, last)))
    return nearest(found, moment) if found else None


def _month(match: re.Match[str], moment: Moment) -> Days | None:
    if moment.base is None:
        return None
    which, part, month = _lower(match["which"]), _lower(match["part"]), _month_number(match["m"])
    year = moment.base.year
    if which == "this":
        return part_of(month_days(year, month), part)
    found = [month_days(at, month) for at in (year - 1, year, year + 1)]
    if which == "last":
        return part_of(max(days for days in found if days[1] < moment.base), part)
    if which == "next":
        return part_of(min(days for days in found if days[0] > moment.base), part)
    days = nearest(found, moment)
    return part_of(days, part) if days else None


def _feast(match: re.Match[str], moment: Moment) -> Days | None:
    month, day = _FEASTS[match["feast"].lower().replace("’", "'")]
    if match["y"]:
        date = dt.date(int(match["y"]), month, day)
        return date, date
    if moment.base is None:
        return None
    return nearest(
        [(date, date) for year in (-1, 0, 1) if (date := dt.date(moment.base.year + year, month, day))], moment
    )


def _weekday(match: re.Match[str], moment: Moment) -> Days | None:
    base, which = moment.base, _lower(match["which"])
    if base is None:
        return None
    back = (base.weekday() - _WEEKDAYS.index(match["w"].lower())) % 7
    if which == "last":
        day = base - dt.timedelta(days=back or 7)
    elif which in {"next", "this coming", "coming"}:
        day = base + dt.timedelta(days=7 - back)
    elif which == "this":
        day = week_days(base)[0] + dt.timedelta(days=_WEEKDAYS.index(match["w"].lower()))
    elif moment.future:
        day = base + dt.timedelta(days=(7 - back) % 7)
    else:
        day = base - dt.timedelta(days=back)
    return day, day


_NEAR_DAYS = {"today": 0, "tonight": 0, "this": 0, "yesterday": -1, "last": -1, "tomorrow": 1}


def _near_day(match: re.Match[str], moment: Moment) -> Days | None:
    if moment.base is None:
        return None
    words = match.group().lower()
    shift = (
        -2
        if words.startswith("the day before")
        else 2
        if words.startswith("the day after")
        else _NEAR_DAYS[words.split()[0]]
    )
    day = moment.base + dt.timedelta(days=shift)
    return day, day


# -- periods counted from the day of writing


_SHIFT = {"last": -1, "previous": -1, "past": -1, "this": 0, "the current": 0, "next": 1, "coming": 1, "the coming": 1}


def _which_period(match: re.Match[str], moment: Moment) -> Days | None:
    base = moment.base
    if base is None:
        return None
    which, unit, part = match["which"].lower(), match["unit"].lower(), _lower(match["part"])
    if unit in SEASONS:
        return _which_season(which, unit, base)
    days = period(unit, base, _SHIFT[which])
    if unit == "weekend" and which == "last" and days[1] >= base:
        days = period(unit, base, -1)
    if part in {"earlier", "later"}:
        if not days[0] <= base <= days[1]:  # "earlier next year" says nothing about which part of it
            return days
        return (days[0], base) if part == "earlier" else (base, days[1])
    return part_of(days, part)


def _which_season(which: str, season: str, base: dt.date) -> Days | None:
    found = [season_days(base.year + shift, season) for shift in (-2, -1, 0, 1)]
    if which == "this":
        return min(found, key=lambda days: abs((days[0] - base).days + 45))
    if which == "next":
        return min(days for days in found if days[0] > base)
    return max(days for days in found if days[1] < base)


def _edge_of_period(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "the end of the month", "the start of next year", "the end of March": its last or first day."""
    days: Days | None
    if match["y"]:
        days = month_days(int(match["y"]), _month_number(match["m"])) if match["m"] else year_days(int(match["y"]))
    elif moment.base is None:
        return None
    elif match["m2"]:
        days = nearest([month_days(moment.base.year + s, _month_number(match["m2"])) for s in (-1, 0, 1)], moment)
    else:
        days = period(match["unit"].lower(), moment.base, _SHIFT.get(match["which"].lower(), 0))
    if days is None:
        return None
    day = days[1] if match["edge"].lower() == "end" else days[0]
    return day, day


def _stretch(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "the past two weeks", "the next three years": that many units up to, or from, the day of writing."""
    base = moment.base
    if base is None:
        return None
    count, unit = _count(match["n"]), match["unit"].lower()
    if match["which"].lower() in {"last", "past", "previous"}:
        return step(base, unit, -count), base
    return base, step(base, unit, count)


def _ago(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "two weeks ago", "three days from now": the unit around that day."""
    if moment.base is None:
        return None
    unit, count = match["unit"].lower(), _count(match["n"])
    ahead = match["way"].lower() in {"from now", "from today", "hence"}
    if unit in {"decade", "century"}:  # "a decade ago" is a year, not the decade around it
        unit, count = "year", count * (10 if unit == "decade" else 100)
    return period(unit, moment.base, count if ahead else -count)


def _earlier(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "a year earlier", "two days later": from the last date near, if that is fine enough, else from today."""
    unit, count = match["unit"].lower(), _count(match["n"])
    count = -count if match["way"].lower() in {"earlier", "before", "previously"} else count
    last = moment.last
    if last is not None and (last[1] - last[0]).days <= LENGTH[unit]:
        return moved(last, unit, count)
    return period(unit, moment.base, count) if moment.base is not None else None


def _beside(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "the next day", "that year", "the same month": the unit at or beside the last date near."""
    last, unit, which = moment.last, match["unit"].lower(), match["which"].lower()
    if last is None or (last[1] - last[0]).days > LENGTH[unit]:
        return None
    shift = {"next": 1, "following": 1, "previous": -1, "preceding": -1}.get(which.removeprefix("the "), 0)
    return period(unit, last[1] if shift > 0 else last[0], shift)


def _open(match: re.Match[str], moment: Moment) -> Days | None:
    return None  # a bare season: its year and hemisphere are anybody's guess


def _rule(pattern: str, resolver: Resolver, flags: int = 0) -> tuple[re.Pattern[str], Resolver]:
    return re.compile(pattern, flags), resolver


#: What may stand before a month: "last July", "early May".
_MONTH_QUALIFIED = r"(?:(?P<which>[Ll]ast|[Tt]his|[Nn]ext) |(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[ -])"
#: Words before a bare month or year that show it to be one ("March" is also a verb, "2000" a number).
_BEFORE = (
    r"(?:[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Ff]rom|[Tt]o|[Bb]efore|[Aa]fter|[Dd]uring|[Tt]hrough|[Oo]f|[Aa]nd|[Oo]r|[Bb]etween"
    r"|[Ff]or|early as|late as|back to|[Aa]round|[Aa]bout|year|,)"
)
#: One of these is in every expression.
_TRIGGER = re.compile(
    r"\d|[Dd]ay\b|[Dd]ays|[Ww]eek|[Mm]onth|[Yy]ear|[Qq]uarter|[Dd]ecade|[Cc]entur|[Tt]o(?:night|morrow)|[Mm]orning|[Nn]ight"
    r"|[Aa]fternoon|[Ee]vening|[Ss]pring|[Ss]ummer|[Aa]utumn|\b[Ff]all\b|[Ww]inter|Christmas|Halloween|Jan|Feb|Mar|Apr"
    r"|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
)
_RULES = [
    _rule(r"\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b", _iso_date),
    _rule(rf"\b(?P<m>{_MONTH}) (?P<d>{_DAY})(?:\s?[-–—]\s?(?P<d2>{_DAY}))?,? (?P<y>{_YEAR})", _full_date),
    _rule(rf"\b(?P<d>{_DAY})(?:\s?[-–—]\s?(?P<d2>{_DAY}))? (?:of )?(?P<m>{_MONTH}),? (?P<y>{_YEAR})", _full_date),
    _rule(
        rf"\b(?:[Tt]he )?(?P<edge>[Ee]nd|[Ss]tart|[Bb]eginning) of (?:(?P<which>the|this|next|last) "
        rf"(?P<unit>week|month|year|quarter|decade)\b|(?:(?P<m>{_MONTH}),? )?(?P<y>{_YEAR})|(?P<m2>{_MONTH})(?!\w))",
        _edge_of_period,
    ),
    _rule(
        rf"\b(?:(?P<part>{_PART})[ -])?(?P<m>{_MONTH})(?:\s?[-–—]\s?(?P<m2>{_MONTH}))?,? (?:of )?(?P<y>{_YEAR})",
        _month_of_year,
    ),
    _rule(rf"\b(?P<m>{_MONTH}) (?P<d>{_DAY})(?:\s?[-–—]\s?(?P<d2>{_DAY}))?(?![,.]?\d)", _day_of_month),
    _rule(rf"\b(?P<d>{_DAY})(?:\s?[-–—]\s?(?P<d2>{_DAY}))? (?:of )?(?P<m>{_MONTH})(?!\w)", _day_of_month),
    _rule(rf"\b(?:the )?(?P<s>{_SEASON}) (?:of )?(?P<y>{_YEAR})", _season_of_year, re.IGNORECASE),
    _rule(
        rf"\b(?:(?:the )?(?P<n>first|second|third|fourth|final|1st|2nd|3rd|4th)[ -]quarter\b|Q(?P<q>[1-4])\b)"
        rf"(?: (?:of )?(?P<y>{_YEAR}))?(?![\w-])",
        _quarter,
    ),
    _rule(rf"\b(?P<y>{_YEAR})\s?[-–—/]\s?(?P<y2>\d{{4}}|\d\d)\b(?!-)", _years),
    _rule(rf"\b(?:the )?(?:(?P<part>{_PART})[ -])?(?P<y>(?:1[5-9]|20)\d0)s\b", _decade, re.IGNORECASE),
    _rule(rf"\b(?:the )?(?:(?P<part>{_PART})[ -])?(?P<n>1\d|20|21)(?:st|th)[ -]century\b", _century, re.IGNORECASE),
    _rule(
        rf"\b(?P<feast>Christmas(?: Day| Eve)?|New Year[’']s (?:Day|Eve)|Boxing Day|Halloween)(?:,? (?P<y>{_YEAR}))?",
        _feast,
    ),
    _rule(r"\bthe day (?:before yesterday|after tomorrow)\b", _near_day, re.IGNORECASE),
    _rule(
        rf"\b(?:(?:today|yesterday|tomorrow){_PART_OF_DAY}|tonight|last night|this (?:morning|afternoon|evening))\b",
        _near_day,
        re.IGNORECASE,
    ),
    _rule(
        rf"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?: coming)?|coming) )?(?P<w>{_WEEKDAY}){_PART_OF_DAY}\b(?!s)",
        _weekday,
    ),
    _rule(rf"\b(?P<n>{_COUNT}) (?P<unit>{_UNIT})s? (?P<way>ago|from now|from today|hence)\b", _ago, re.IGNORECASE),
    _rule(
        rf"(?<!\bthe )\b(?P<n>{_COUNT}) (?P<unit>{_UNIT})s? (?P<way>earlier|later|before|previously)\b"
        r"(?! (?:the|a|his|her|its|it|he|she|they)\b)",
        _earlier,
        re.IGNORECASE,
    ),
    _rule(
        rf"\bthe (?P<which>last|past|previous|next|coming) (?P<n>{_COUNT}) (?P<unit>day|week|month|year|decade)s\b",
        _stretch,
        re.IGNORECASE,
    ),
    _rule(
        r"\b(?P<which>the (?:next|following|previous|preceding|same)|that(?: same)?) (?P<unit>day|week|month|year)\b",
        _beside,
        re.IGNORECASE,
    ),
    _rule(
        rf"\b(?:(?P<part>early|mid|late|earlier|later)[ -])?(?P<which>last|this|next|the coming|the current) "
        rf"(?P<unit>{_UNIT}|{_SEASON})\b(?! \d)",
        _which_period,
        re.IGNORECASE,
    ),
    _rule(
        rf"(?<!\w){_BEFORE} (?P<it>{_MONTH_QUALIFIED}?(?P<m>{_MONTH}))(?!\w| \d|[-’'])",
        _month,
    ),
    _rule(rf"\b(?P<it>{_MONTH_QUALIFIED}(?P<m>{_MONTH}))(?!\w| \d)", _month),
    _rule(rf"(?<!\w){_BEFORE} (?P<it>(?:(?P<part>{_PART})[ -])?(?P<y>{_YEAR}))(?![-–—/%]?\d|[.,]\d|%|-)", _year),
    _rule(rf"\b(?P<it>(?P<part>{_PART})[ -](?P<y>{_YEAR}))", _year, re.IGNORECASE),
    _rule(
        rf"\b(?:in|before|by|until|since|after|during|this|from) (?P<it>(?:the )?{_SEASON})\b(?! of)",
        _open,
        re.IGNORECASE,
    ),
]
