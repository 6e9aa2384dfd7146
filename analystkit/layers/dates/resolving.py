"""From the match of a time expression and the moment of reading to its days: one function for each kind.

Each takes the match of its pattern in `timewords` and gives first and last day, both included, or None where the
article leaves them open.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

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

Resolver = Callable[[re.Match[str], Moment], Days | None]

_MONTHS = [name.lower() for name in calendar.month_name]
_WEEKDAYS = [name.lower() for name in calendar.day_name]
NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
} | {"a": 1, "an": 1, "a couple of": 2, "fifteen": 15, "eighteen": 18, "twenty": 20, "twenty-five": 25,
     "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}  # fmt: skip
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

# -- days, months, years


def _month_number(word: str) -> int:
    return next(
        number for number, name in enumerate(_MONTHS) if number and name.startswith(word.rstrip(".").lower()[:3])
    )


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _digits(word: str) -> int:
    return int(re.sub(r"\D", "", word))


# -- the rules: what carries its year


def full_date(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "Sept. 14, 2023", "12-14 May 2023"."""
    day = dt.date(int(match["y"]), _month_number(match["m"]), _digits(match["d"]))
    if "d2" in match.re.groupindex and match["d2"]:
        return day, day.replace(day=_digits(match["d2"]))
    return day, day


def iso_date(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "2023-09-14"."""
    day = dt.date.fromisoformat(match.group())
    return day, day


def month_of_year(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "early May 2023", "March-May 2021"."""
    year = int(match["y"])
    start, end = month_days(year, _month_number(match["m"]))
    if match["m2"]:
        return start, month_days(year, _month_number(match["m2"]))[1]
    return part_of((start, end), _lower(match["part"]))


def _lower(word: str | None) -> str | None:
    return word.lower() if word else None


def year(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "2016", "late 2016"."""
    return part_of(year_days(int(match["y"])), _lower(match["part"]))


def years(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "2019-21"."""
    first, last = match["y"], match["y2"]
    return year_days(int(first), int(last if len(last) == 4 else first[: 4 - len(last)] + last))


def decade(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "the early 1990s"."""
    first = int(match["y"])
    return part_of(year_days(first, first + 9), _lower(match["part"]))


def century(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "the 20th century"."""
    number = _digits(match["n"])
    return part_of(year_days(100 * number - 99, 100 * number), _lower(match["part"]))


def season_of_year(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "summer of 2022"."""
    return season_days(int(match["y"]), match["s"].lower())


def quarter(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "the second quarter", "Q3 2022"."""
    number = int(match["q"]) if match["q"] else _ORDINALS[match["n"].lower()]
    if match["y"]:
        return quarter_days(int(match["y"]), number)
    if moment.base is None:
        return None
    return nearest([quarter_days(moment.base.year + shift, number) for shift in (-1, 0, 1)], moment)


# -- what leaves its year open


def day_of_month(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "Dec. 31", "Sept. 12-14": of the year that brings it nearest."""
    if moment.base is None:
        return None
    month, day = _month_number(match["m"]), _digits(match["d"])
    last = _digits(match["d2"]) if match["d2"] else day
    found: list[Days] = []
    goes_on = moment.last is not None and (moment.last[1] - moment.last[0]).days <= 366  # not "from 2015 to 2023"
    told = moment.last[0] if moment.last and goes_on and moment.future is False else moment.base
    if told.year < moment.base.year and (told.month, told.day) <= (month, day):
        return dt.date(told.year, month, day), dt.date(told.year, month, last)  # "On March 2, 2015, …. On March 25"
    for year in range(moment.base.year - 1, moment.base.year + 2):
        if last <= month_days(year, month)[1].day:
            found.append((dt.date(year, month, day), dt.date(year, month, last)))
    return nearest(found, moment) if found else None


def month(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "July", "early May", "last December"."""
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


def feast(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "Christmas Day", "New Year's Eve, 1999"."""
    month, day = _FEASTS[match["feast"].lower().replace("’", "'")]
    if match["y"]:
        date = dt.date(int(match["y"]), month, day)
        return date, date
    if moment.base is None:
        return None
    return nearest(
        [(date, date) for year in (-1, 0, 1) if (date := dt.date(moment.base.year + year, month, day))], moment
    )


def weekday(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "Thursday", "last Friday", "the following Monday"."""
    base, which = moment.base, _lower(match["which"])
    if base is None:
        return None
    back = (base.weekday() - _WEEKDAYS.index(match["w"].lower())) % 7
    if which in {"following", "the following"}:
        if moment.last is None:
            return None
        start = moment.last[1] + dt.timedelta(days=1)
        day = start + dt.timedelta(days=(_WEEKDAYS.index(match["w"].lower()) - start.weekday()) % 7)
    elif which in {"last", "this past"}:
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


def near_day(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "yesterday", "last night"."""
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


def which_period(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "last week", "earlier this month", "next decade"."""
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


def this_past(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "this past weekend", "this past year": the last one, or that long up to the day of writing."""
    base, unit = moment.base, match["unit"].lower()
    if base is None:
        return None
    if unit in SEASONS:
        return _which_season("last", unit, base)
    if unit != "weekend":
        return step(base, unit, -1), base
    days = period(unit, base)
    return days if days[1] < base else period(unit, base, -1)


def rest(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "the rest of the year": from the day of writing to its end."""
    return (moment.base, period(match["unit"].lower(), moment.base)[1]) if moment.base else None


def _which_season(which: str, season: str, base: dt.date) -> Days | None:
    found = [season_days(base.year + shift, season) for shift in (-2, -1, 0, 1)]
    if which == "this":
        return min(found, key=lambda days: abs((days[0] - base).days + 45))
    if which == "next":
        return min(days for days in found if days[0] > base)
    return max(days for days in found if days[1] < base)


def edge_of_period(match: re.Match[str], moment: Moment) -> Days | None:
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


def stretch(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "the past two weeks", "the next three years": that many units up to, or from, the day of writing."""
    base = moment.base
    if base is None:
        return None
    count, unit = _count(match["n"] or "a"), match["unit"].lower()
    if match["which"].lower() in {"last", "past", "previous"}:
        return step(base, unit, -count), base
    if moment.future is False and moment.sure is not None:  # "over the next three months it was said often"
        base = moment.last[1] if moment.last else None
        if base is None:
            return None
    return base, step(base, unit, count)


def ago(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "two weeks ago", "three days from now": the unit around that day."""
    if moment.base is None:
        return None
    unit, count = match["unit"].lower(), _count(match["n"])
    if unit == "fortnight":
        unit, count = "week", 2 * count
    ahead = match["way"].lower() in {"from now", "from today", "hence"}
    if unit in {"decade", "century"}:  # "a decade ago" is a year, not the decade around it
        unit, count = "year", count * (10 if unit == "decade" else 100)
    return period(unit, moment.base, count if ahead else -count)


def earlier(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "a year earlier", "two days later": from the last date near, if that is fine enough, else from today."""
    unit, count = match["unit"].lower(), _count(match["n"])
    count = -count if match["way"].lower() in {"earlier", "before", "previously"} else count
    last = moment.last
    if last is not None and (last[1] - last[0]).days <= LENGTH[unit]:
        return moved(last, unit, count)
    return period(unit, moment.base, count) if moment.base is not None else None


def beside(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "the next day", "that year", "the same month": the unit at or beside the last date near."""
    last, unit, which = moment.last, match["unit"].lower(), match["which"].lower()
    if last is None or (last[1] - last[0]).days > LENGTH[unit]:
        return None
    shift = {"next": 1, "following": 1, "previous": -1, "preceding": -1}.get(which.removeprefix("the "), 0)
    return period(unit, last[1] if shift > 0 else last[0], shift)


def before_or_after(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "the year before", closing a clause: the unit beside the last date near."""
    last, unit = moment.last, match["unit"].lower()
    if last is None or (last[1] - last[0]).days > LENGTH[unit]:
        return None
    ahead = match["way"].lower() == "after"
    return period(unit, last[1] if ahead else last[0], 1 if ahead else -1)


def left_open(match: re.Match[str], moment: Moment) -> Days | None:
    """What the article leaves open: bare seasons, whose year and hemisphere are anybody's guess, "recent weeks"."""
    return None


def weekday_of_week(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "Friday last week", "Monday of next week"."""
    if moment.base is None:
        return None
    monday = period("week", moment.base, _SHIFT[match["which"].lower()])[0]
    day = monday + dt.timedelta(days=_WEEKDAYS.index(match["w"].lower()))
    return day, day


def weekend(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "the weekend": the one that has begun or is past, or the next one where the words point ahead."""
    if moment.base is None:
        return None
    days = period("weekend", moment.base)
    return days if moment.future or days[0] <= moment.base else period("weekend", moment.base, -1)


def half(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "the first half of 2015", "the second half of the year", "the first half of last year"."""
    if match["y"]:
        year = int(match["y"])
    elif moment.base is None:
        return None
    else:
        year = moment.base.year + {"last": -1, "next": 1}.get(match["which"].lower(), 0)
    first = 1 if match["n"].lower() == "first" else 7
    return month_days(year, first)[0], month_days(year, first + 5)[1]


def months_of(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "the first nine months of 2015", "the last three months of last year"."""
    count, last = _count(match["n"]), match["which"].lower() in {"last", "final"}
    base = dt.date(int(match["y"]), 1, 1) if match["y"] else moment.base
    if count > 12 or base is None:
        return None
    year = base.year - (_lower(match["this"]) == "last")
    first = 13 - count if last else 1
    return month_days(year, first)[0], month_days(year, first + count - 1)[1]


def year_end(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "year-end", "year's end": its last day."""
    if moment.base is None:
        return None
    day = year_days(moment.base.year - (moment.future is False))[1]
    return day, day


def numbers(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "14/09/2023"; "9/11/2001" may be either way round and stays open."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    if a <= 12 and b <= 12 and a != b:
        return None
    day = dt.date(year, b, a) if a > 12 else dt.date(year, a, b)
    return day, day


def half_year(match: re.Match[str], moment: Moment) -> Days | None:
    """Like "half a year ago": the month half a year back."""
    return period("month", moment.base, -6) if moment.base else None
