"""Stretches of days: weeks, months, quarters, seasons, and steps from one to another."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

#: First and last day, both included.
Days = tuple[dt.date, dt.date]

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
#: How many days a stretch may have to be taken for one day, week… in "a week earlier".
LENGTH = {"day": 0, "week": 6, "month": 30, "quarter": 92, "year": 365, "decade": 3652, "century": 36524, "weekend": 1}


@dataclass(frozen=True)
class Moment:
    """From where an expression is seen.

    Attributes:
        base: The day of writing; None where it is unknown, and then only what carries its year is resolved.
        last: The days of the last expression before it that stands near, for "a year earlier".
        future: Whether the words around point ahead ("will meet on Friday"); True, False, or None for unknown.
        sure: Whether they say so of this very expression ("died on 3 May"), not of something that has to do with it
            ("spoke of a summit on 3 May"); None where that was not asked, and then only what is to come is sure.
    """

    base: dt.date | None
    last: Days | None = None
    future: bool | None = None
    sure: bool | None = None


def month_days(year: int, month: int) -> Days:
    """First and last day of a month; months below 1 and above 12 run into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def year_days(first: int, last: int | None = None) -> Days:
    """First day of a year and last day of it, or of a later one."""
    return dt.date(first, 1, 1), dt.date(last or first, 12, 31)


def week_days(day: dt.date) -> Days:
    """Monday and Sunday of the week around a day."""
    monday = day - dt.timedelta(days=day.weekday())
    return monday, monday + dt.timedelta(days=6)


def quarter_days(year: int, quarter: int) -> Days:
    """First and last day of a quarter, 1 to 4."""
    return month_days(year, 3 * quarter - 2)[0], month_days(year, 3 * quarter)[1]


def shifted(day: dt.date, months: int) -> dt.date:
    """The same day some months on, or the last of a shorter month."""
    first, last = month_days(day.year, day.month + months)
    return first.replace(day=min(day.day, last.day))


def part_of(days: Days, part: str | None) -> Days:
    """The early, middle or late third of a stretch of days."""
    start, end = days
    months = 12 * (end.year - start.year) + end.month - start.month + 1
    if months % 3 == 0 and start.day == 1 and end == month_days(end.year, end.month)[1]:
        borders = [start, shifted(start, months // 3), shifted(start, 2 * months // 3), end + dt.timedelta(days=1)]
    else:
        third = ((end - start).days + 1) // 3
        borders = [start + dt.timedelta(days=third * at) for at in range(3)] + [end + dt.timedelta(days=1)]
    number = {"early": 0, "mid": 1, "middle": 1, "late": 2}.get(part or "")
    return days if number is None else (borders[number], borders[number + 1] - dt.timedelta(days=1))


def nearest(candidates: list[Days], moment: Moment) -> Days | None:
    """The candidate nearest to the day of writing; one against the tense counts as farther away.

    That is twelve times as far where the tense is sure, else three times; without a tense, news looks back.
    """
    base = moment.base
    if base is None:
        return None

    def cost(days: Days) -> float:
        if days[0] <= base <= days[1]:
            return 0
        ahead = days[0] > base
        far = (days[0] - base).days if ahead else (base - days[1]).days
        sure = moment.future if moment.sure is None else moment.sure
        against = ahead is not bool(moment.future)
        return far * ((12 if sure else 3) if against else 1)

    return min(candidates, key=cost)


def season_days(year: int, season: str) -> Days:
    """Meteorological season of the northern hemisphere; a winter by the year in which it begins."""
    month = SEASONS[season]
    return month_days(year, month)[0], month_days(year, month + 2)[1]


def period(unit: str, day: dt.date, shift: int = 0) -> Days:
    """The week, month… around a day, some periods on or back."""
    if unit == "day":
        day += dt.timedelta(days=shift)
        return day, day
    if unit in {"week", "weekend"}:
        monday, sunday = week_days(day + dt.timedelta(weeks=shift))
        return (monday, sunday) if unit == "week" else (monday + dt.timedelta(days=5), sunday)
    if unit == "month":
        return month_days(day.year, day.month + shift)
    if unit == "quarter":
        quarter = (day.month + 2) // 3 + shift
        return quarter_days(day.year + (quarter - 1) // 4, (quarter - 1) % 4 + 1)
    if unit == "year":
        return year_days(day.year + shift)
    length = 10 if unit == "decade" else 100
    first = (day.year // length + shift) * length + (unit == "century")
    return year_days(first, first + length - 1)


def step(day: dt.date, unit: str, count: int) -> dt.date:
    """A day some units on or back."""
    if unit in {"day", "week"}:
        return day + dt.timedelta(days=count * (7 if unit == "week" else 1))
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    return shifted(day, count * months)


def moved(days: Days, unit: str, count: int) -> Days:
    """A stretch of days moved by some units; whole months and years stay whole."""
    start, end = days
    if start == month_days(start.year, start.month)[0] and end == month_days(end.year, end.month)[1]:
        past = step(end.replace(day=1), unit, count) if unit not in {"day", "week"} else step(end, unit, count)
        return step(start, unit, count), month_days(past.year, past.month)[1]
    return step(start, unit, count), step(end, unit, count)
