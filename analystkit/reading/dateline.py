"""The dateline: the place, date and agency that open a wire story.

    SEOUL, Sept. 14 (UPI) -- Text        WASHINGTON (AP) — Text        LONDON — Text
    PARIS, March 3 (Reuters) - Text      Kyiv, Ukraine (CNN) Text      NASHUA, N.H. - Text
    NEW DELHI, June 3 (Press Wire): Text              CHANDRAPUR: Text

A place in capitals needs a dash or, as in India, a colon after it. A place in ordinary letters could be anything, so it
also needs a date or the name of a known news agency.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analystkit.reading.newsdates import DAY_OF_MONTH, MONTH, WEEKDAY

AGENCIES = frozenset({
    "AA", "ABC News", "ABC", "AFP", "AFP-JIJI", "AJ", "AKI", "Al Jazeera", "Anadolu", "ANI", "ANSA",
    "AP", "APA", "APP", "Associated Press", "Axios", "BBC", "Belga", "BERNAMA", "Bloomberg", "BNS",
    "CBC", "CBS News", "CBS", "CNA", "CNBC", "CNN Business", "CNN", "CP", "DPA", "dpa", "DW", "EFE",
    "EUobserver", "Fox News", "France 24", "IANS", "Interfax", "IRNA", "Jiji Press", "JIJI", "Jiji",
    "JTA", "KCNA", "KUNA", "Kyodo News", "KYODO", "Kyodo", "MENA", "NBC News", "NBC", "News24", "NHK",
    "NPR", "PA", "PAP", "Politico", "POLITICO", "PTI", "QNA", "REUTERS", "Reuters", "RFE/RL", "RIA",
    "RNS", "SANA", "SAPA", "SPA", "Sputnik", "States Newsroom", "STT", "TASS", "The Associated Press",
    "The Canadian Press", "The Hill", "The Washington Post", "Thomson Reuters Foundation", "TNS",
    "Tribune News Service", "UNB", "UPI", "VOA", "WAFA", "WAM", "XINHUA", "Xinhua", "YLE", "Yonhap",
})  # fmt: skip
"""Names that news agencies and broadcasters print in their datelines."""

_NOT_PLACES = frozenset({
    "ADVERTISEMENT", "ANALYSIS", "BACKGROUND", "BREAKING NEWS", "BREAKING", "COMMENT", "COMMENTARY",
    "CORRECTED", "CORRECTION", "DEVELOPING", "EDITORIAL", "EXCLUSIVE", "EXPLAINED", "EXPLAINER",
    "FACT CHECK", "FACTBOX", "FEATURE", "FILE PHOTO", "FILE", "FLASHBACK", "INSIGHT", "INTERVIEW",
    "JUST IN", "LIVE BLOG", "LIVE UPDATES", "LIVE", "NEWS ANALYSIS", "NEWS", "NOTE", "OPINION", "PHOTO",
    "PHOTOS", "PODCAST", "POLL", "PROFILE", "QUESTION", "REPORT", "REVIEW", "SPECIAL REPORT", "SUMMARY",
    "TIMELINE", "TRANSCRIPT", "UPDATE", "UPDATED", "URGENT", "VIDEO", "VIDEOS", "WATCH",
})  # fmt: skip

_HEAD = re.compile(
    r"(?P<head>[^\W\d_][^()\n]{1,90}?)\s*(?:(?:--)?\((?P<agency>[^()\n]{2,40})\)\s*|/(?P<wire>[A-Z][\w-]{1,30})/\s*)?"
    r"(?P<dash>(?:--|[—–―-])(?=\s)|(?<=\s)(?:--|—)(?=[A-Z])|(?<=\))--(?=[A-Z]))"
)
_NO_DASH = re.compile(
    r"(?P<head>[^\W\d_][^()\n]{1,90}?)\s*\((?P<agency>[^()\n]{2,40})\)(?P<dash>:?)\s+(?=[^\W\d_]|[\"“'‘])"
)
_COLON = re.compile(r"(?P<head>[^\W\d_][^()\n:]{2,60}?)\s*:\s+(?=[^\W\d_]|[\"“'‘])")
#: A line that begins with words in capitals and a colon: in a transcript each turn does.
_TURN = re.compile(r"^[ \t]*[^\W\d_][^\n:a-z]{2,60}:\s", re.MULTILINE)
_DATE = re.compile(
    rf"(?:{WEEKDAY},?\s+)?(?:{DAY_OF_MONTH}(?:,?\s+\d{{4}})?|\d{{4}}-\d{{2}}-\d{{2}})"
    rf"|{MONTH}\s+\d{{4}}|{WEEKDAY}",
    re.IGNORECASE,
)
_PARTICLES = frozenset({"al", "am", "and", "da", "de", "del", "do", "el", "la", "of", "the"})  # Rio de Janeiro
_NO_NAME = re.compile(r"[\"“”!?:;@#$%&*=<>\[\]|\d]")
_MIN_STORY = 20  # a dateline opens a sentence; fewer characters after it, and it is a label


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where, when and by which agency a story was filed.

    Attributes:
        place: As written, region included: "NASHUA, N.H.".
        date: As written ("Sept. 14"), or None. Never completed with a year.
        agency: As written inside the brackets ("UPI"), or None.
        start: First code point of the dateline in the text.
        end: One past its last code point, the closing dash included.
    """

    place: str
    date: str | None
    agency: str | None
    start: int
    end: int


def find_dateline(text: str, start: int, end: int) -> Dateline | None:
    """Read the dateline that opens the line `text[start:end]`, if there is one.

    Args:
        text: The whole text; offsets of the answer refer to it.
        start: Where the line's first visible character is, in code points.
        end: One past the line's last character.
    """
    for pattern in (_HEAD, _NO_DASH):
        match = pattern.match(text, start, end)
        if match is None or end - match.end() < _MIN_STORY:
            continue
        place, date = _split(match["head"])
        named = match.groupdict().get("wire") or match["agency"]
        agency = " ".join(named.split()) if named else None
        colon = match["dash"] == ":" and date is not None  # "NEW DELHI, June 3 (Press Wire): Text"
        if place and _plausible(place, date, agency, dash=colon or bool(match["dash"].strip(":"))):
            stop = match.end("dash") if match["dash"] else match.end("agency") + 1
            return Dateline(place=place, date=date, agency=agency, start=start, end=stop)
    return None


def dateline_with_colon(text: str, start: int, end: int) -> Dateline | None:
    """Read "CHANDRAPUR: " or "New Delhi, June 4: " at the opening of a story's line `text[start:end]`.

    Speakers in a transcript look the same; a place without a day must be the only words of that kind in the text.
    """
    match = _COLON.match(text, start, end)
    if match is None or end - match.end() < _MIN_STORY:
        return None
    place, date = _split(match["head"])
    if not place or not _plausible(place, date, None, dash=True):
        return None
    if date is None and len(_TURN.findall(text)) > 1:
        return None
    return Dateline(place=place, date=date, agency=None, start=start, end=text.index(":", match.end("head")) + 1)


def dateline_in_lines(head: str, agency: str, start: int, end: int) -> Dateline | None:
    """Read a dateline of which the place, the agency and the dash stand in lines of their own.

    Args:
        head: The line with the place: "Kyiv, Ukraine".
        agency: The line below it; only those known for datelines count.
        start: Where the first line begins, in code points of the text.
        end: Where the line with the dash ends.
    """
    place, date = _split(head)
    if agency not in AGENCIES or not _plausible(place, date, agency, dash=True):
        return None
    return Dateline(place=place, date=date, agency=agency, start=start, end=end)


def _split(head: str) -> tuple[str, str | None]:
    """Split "SEOUL, Sept. 14" into place and date."""
    parts = [" ".join(part.split()) for part in head.split(",")]
    for i in range(1, len(parts)):
        tail = ", ".join(parts[i:])
        if _DATE.fullmatch(tail):
            return ", ".join(parts[:i]), tail
    return ", ".join(parts), None


def _plausible(place: str, date: str | None, agency: str | None, *, dash: bool) -> bool:
    town, *regions = place.split(", ")
    # With neither date nor agency, "FERRY FARES RISE AGAIN, BUT NOT BY MUCH —" must be told from a place.
    bare = date is None and agency is None
    if town in _NOT_PLACES or len(regions) > 2 or not _is_name(town, 4 if bare else 6):
        return False
    if not all(_is_name(region, 3 if bare else 6) for region in regions):
        return False
    known = agency in AGENCIES
    odd = agency is not None and (not agency[0].isupper() or "-" in agency or agency.endswith("."))
    if odd and not known:
        return False  # "(R-Texas)", "(pop. 9,000)"
    if _in_capitals(town):
        return dash or known
    return known or (dash and date is not None)


def _in_capitals(town: str) -> bool:
    letters = [c for c in town if c.isalpha()]
    words = [word for word in re.split(r"[\s/-]+", town) if word not in _PARTICLES]
    return len(letters) >= 3 and all(w.upper() == w for w in words)


def _is_name(part: str, most: int) -> bool:
    """Whether `part` could name a town or region: a few words, each with a capital, no sentence in it."""
    words = part.split()
    return (
        0 < len(words) <= most
        and _NO_NAME.search(part) is None
        and all(word[0].isupper() or word[0] in "'‘’-–" or word in _PARTICLES for word in words)
    )
