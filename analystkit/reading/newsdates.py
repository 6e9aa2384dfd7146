"""Calendar dates as news pages print them, read only where they leave nothing to guess.

A date counts as full when day, month and year are all written out: "Sept. 14, 2023", "14 September 2023",
"2023-09-14". "09/14/2023" is read because 14 cannot be a month; "03/04/2023" is not read at all, because it
is March in Boston and April in Bristol, unless the time that follows is one of an American time zone.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress

_NAMES = (
    "jan(?:uary)?",
    "feb(?:ruary)?",
    "mar(?:ch)?",
    "apr(?:il)?",
    "may",
    "june?",
    "july?",
    "aug(?:ust)?",
    "sept?(?:ember)?",
    "oct(?:ober)?",
    "nov(?:ember)?",
    "dec(?:ember)?",
)
_NUMBERS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
)}  # fmt: skip

MONTH = rf"(?:{'|'.join(_NAMES)})\b\.?"
"""Pattern of a month's name or abbreviation; to be compiled with `re.IGNORECASE`."""

WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thur?s?|fri|sat|sun)\b\.?)"
"""Pattern of a weekday's name or abbreviation; to be compiled with `re.IGNORECASE`."""

DAY_OF_MONTH = rf"(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH})"
"""Pattern of a day and month without a year; to be compiled with `re.IGNORECASE`."""

_FULL = re.compile(
    rf"""
    \b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})(?!\d)
    | \b(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})(?!\d)
    | \b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<m2>{MONTH}),?[\s-]+(?P<y2>\d{{4}})(?!\d)
    | \b(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/(?P<y3>\d{{4}})(?!\d)
    """,
    re.IGNORECASE | re.VERBOSE,
)


_ISO = re.compile(r"(?<!\d)(\d{4})([-_])(\d{2})\2(\d{2})(?!\d)")
#: How far a file's name and the dateline may lie apart and be about the same publication.
_NEAR = dt.timedelta(days=31)

_AMERICAN = re.compile(r"[\s,|•-]+(?:at\s+)?\d{1,2}:\d\d(?:\s*[ap]\.?m\.?)?\s*\(?[ECMP][SD]?T\b", re.IGNORECASE)


def full_date(text: str) -> dt.date | None:
    """Return the first date in `text` whose day, month and year are all written, or None."""
    for match in _FULL.finditer(text):
        date = _as_date(match)
        if date is not None:
            return date
    return None


def day_in_name(name: str, dateline: str | None = None) -> dt.date | None:
    """The day of publication that a file's name tells: "upi-2023-09-14-summit".

    Args:
        name: The file's name, in which one day must stand in ISO form, with "-" or "_" between its parts.
        dateline: What the dateline says of the day. A month and day without a year are right to the day, and the name
            tells the year, if the two lie within a month. If they do not, the name tells something else.
    """
    days = set()
    for match in _ISO.finditer(name):
        with suppress(ValueError):  # the 31st of June
            days.add(dt.date(int(match[1]), int(match[3]), int(match[4])))
    if len(days) != 1:
        return None
    (day,) = days
    if dateline is None or not re.search(DAY_OF_MONTH, dateline, re.IGNORECASE):
        return day
    years = (full_date(f"{dateline.rstrip(' ,.')} {year}") for year in (day.year - 1, day.year, day.year + 1))
    return next((said for said in years if said and abs(said - day) <= _NEAR), None)


def _as_date(match: re.Match[str]) -> dt.date | None:
    american = _AMERICAN.match(match.string, match.end()) is not None
    try:
        if match["iso"]:
            return dt.date.fromisoformat(match["iso"])
        if match["a"]:
            return _slashed(int(match["a"]), int(match["b"]), int(match["y3"]), american)
        name = match["m1"] or match["m2"]
        month = _NUMBERS[name[:3].lower()]
        return dt.date(int(match["y1"] or match["y2"]), month, int(match["d1"] or match["d2"]))
    except ValueError:  # the 31st of June: printed, but no date
        return None


def _slashed(first: int, second: int, year: int, american: bool) -> dt.date | None:
    if first > 12 >= second:
        return dt.date(year, second, first)
    if second > 12 >= first or first == second or american:
        return dt.date(year, first, second)
    return None
