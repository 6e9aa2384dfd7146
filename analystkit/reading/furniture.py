"""What on a page is not reporting, and the few facts it states: title, byline, dateline, date.

`detect` reads plain text line by line and never changes it. A line is marked as furniture only when its own
form says so: it ends in a photo credit, begins with "1 of 6 |", is nothing but "Latest Headlines", repeats
the headline. Where the form leaves a doubt the line is kept, because a caption that is analysed does less
harm than a paragraph that is lost. The title itself (where it stands first) and the dateline are not
furniture.

The rules are in `analystkit.reading.furniture_rules`; here they are put in order.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from analystkit.reading import furniture_rules as rules
from analystkit.reading.dateline import Dateline, dateline_in_lines, dateline_with_colon, find_dateline
from analystkit.reading.newsdates import full_date

__all__ = ["Dateline", "Layout", "Span", "detect", "join_spans"]

Span = tuple[int, int]
"""`(start, end)` in code points of the text, end exclusive."""

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_HEAD_LINES = 14  # bylines, dates and the dateline stand in the first lines of a page
_BODY_LINES = 4  # ... and a dateline opens one of the first paragraphs below the title
_SIGN_OFF_LINES = 4
_STANDFIRST_LINES = 3  # between a headline and its byline, the lines of both
_RAGGED = 20  # code points by which lines of one paragraph differ, where they are broken by hand
_LONGEST_TITLE = 200
_LONGEST_LINE = 900  # no furniture is longer; keeps a text without line breaks cheap


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of an article's text, as far as their form tells.

    Attributes:
        title_span: The headline, where the text begins with one.
        byline: Who wrote it, without "By": "Jane Doe and John Roe".
        byline_span: The line that says so. It is also furniture.
        dateline: Place, date and agency that open the story.
        published: Date of publication, if one with a year is printed beside title or byline; never guessed.
        furniture: What is not reporting; sorted, disjoint, within the text, no span empty.
        reasons: Why each span of `furniture` is marked, in the same order.
    """

    title_span: Span | None = None
    byline: str | None = None
    byline_span: Span | None = None
    dateline: Dateline | None = None
    published: dt.date | None = None
    furniture: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class _Line:
    """One line with something on it; start and end leave out white space around it."""

    start: int
    end: int
    text: str
    after_blank: bool
    reason: str | None = None


def detect(text: str, *, title: str | None = None) -> Layout:
    """Find title, byline, dateline, publication date and furniture in plain text.

    Args:
        text: The article exactly as read. It may be empty.
        title: The headline, if it is known from elsewhere; a line that repeats it is then recognised.

    Returns:
        A `Layout` whose offsets are code points of `text`.
    """
    lines = list(_lines(text))
    for line in lines:
        if len(line.text) <= _LONGEST_LINE:
            line.reason = rules.reason(line.text)
    headline = _find_title(lines, title)
    head = [line for line in lines[:_HEAD_LINES] if line is not headline]
    byline_line, byline = _find_byline(head)
    published = _find_date(head)
    if byline_line is None:
        byline_line, byline = _find_bare_byline(head)
    _mark_desk(lines)
    _mark_repeats(lines, headline, title)
    _mark_captions(lines)
    _mark_sign_off(lines)
    _mark_tail(lines)
    dateline = _find_dateline(text, lines, headline)
    if published is None and dateline is not None and dateline.date is not None:
        published = full_date(dateline.date)
    marks = [(line.start, line.end, line.reason) for line in lines if line.reason is not None]
    return Layout(
        title_span=(headline.start, headline.end) if headline else None,
        byline=byline,
        byline_span=(byline_line.start, byline_line.end) if byline_line else None,
        dateline=dateline,
        published=published,
        furniture=tuple((start, end) for start, end, _ in marks),
        reasons=tuple(reason for _, _, reason in marks),
    )


def join_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort spans and join those that overlap or touch; empty spans are dropped."""
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _lines(text: str) -> Iterator[_Line]:
    previous = 0
    for match in _LINE.finditer(text):
        raw = match[0]
        content = raw.strip(rules.PADDING)
        if not content:
            continue
        start = match.start() + len(raw) - len(raw.lstrip(rules.PADDING))
        gap = text[previous : match.start()]
        breaks = max(gap.count("\n"), gap.count("\r"), gap.count("\u2028"), gap.count("\u2029"))
        yield _Line(start, start + len(content), content, after_blank=previous == 0 or breaks > 1)
        previous = start + len(content)


def _find_title(lines: list[_Line], title: str | None) -> _Line | None:
    """Find the headline: the first line that is not furniture, if it looks like one and stands apart."""
    if title is not None:
        known = rules.folded(title)
        return next((line for line in lines[:_HEAD_LINES] if rules.folded(line.text) == known), None)
    for i, line in enumerate(lines[:_HEAD_LINES]):
        if line.reason is not None or rules.is_date_line(line.text):
            continue
        rest = lines[i + 1 :]
        if not rest or len(line.text) > _LONGEST_TITLE:
            return None
        if not (rules.is_headline(line.text) or _opens_story(line, rest)):
            return None
        if find_dateline(line.text, 0, len(line.text)) or rules.byline(line.text):
            return None
        following = rest[0]
        # In a text with hard line breaks the second line goes on with the first one's sentence.
        apart = following.after_blank or following.reason is not None or _leads_to_byline(rest)
        return line if apart or _is_broken_on_purpose(line, rest) else None
    return None


def _leads_to_byline(lines: list[_Line]) -> bool:
    """Whether a byline or date follows before the next blank line, below a standfirst of two lines at the most."""
    for line in lines[: _STANDFIRST_LINES + 1]:
        if line.after_blank:
            return False
        if line.reason == "time stamp" or rules.is_date_line(line.text) or rules.byline(line.text):
            return True
        if line.text[0].islower() or len(line.text) > _LONGEST_TITLE:  # goes on with the line above, or is the story
            return False
    return False


def _is_broken_on_purpose(line: _Line, rest: list[_Line]) -> bool:
    """Whether the next line begins anew: its first word would have fitted, since other lines are longer."""
    word = rest[0].text.split(maxsplit=1)[0]
    room = max(len(other.text) for other in rest) - len(line.text) - 1
    return not word[0].islower() and len(word) + _RAGGED < room


def _opens_story(line: _Line, rest: list[_Line]) -> bool:
    """Whether a single sentence stands right above a byline or dateline; then it may end in a full stop."""
    below = next((other for other in rest if other.reason is None), None)
    if below is None or not rules.is_headline(line.text.rstrip(".")):
        return False
    return rules.byline(below.text) is not None or find_dateline(below.text, 0, len(below.text)) is not None


def _find_byline(head: list[_Line]) -> tuple[_Line | None, str | None]:
    found: tuple[_Line | None, str | None] = (None, None)
    for line in head:
        name = rules.byline(line.text) if len(line.text) <= _LONGEST_LINE else None
        if name is None:
            continue
        line.reason = line.reason or "byline"
        if found[0] is None:
            found = (line, name)
    return found


def _find_bare_byline(head: list[_Line]) -> tuple[_Line | None, str | None]:
    """Find names of people and nothing else beside the date of publication, or above the desk they work at."""
    for above, below in pairwise(head):
        for line, other in ((above, below), (below, above)):
            desk = line is above and other.reason is None and rules.is_desk(other.text)
            if line.reason is None and (desk or other.reason in ("time stamp", "date line")):
                name = rules.bare_byline(line.text)
                if name is not None:
                    line.reason = "byline"
                    return line, name
    return None, None


def _mark_desk(lines: list[_Line]) -> None:
    """Mark the line below a byline that tells where its people work or report from."""
    for above, below in pairwise(lines[:_HEAD_LINES]):
        if above.reason == "byline" and below.reason is None and rules.is_desk(below.text):
            below.reason = "below the byline"


def _find_date(head: list[_Line]) -> dt.date | None:
    """Return the date of publication; an "Updated" line only counts where no other line has a date."""
    updated: dt.date | None = None
    for line in head:
        if line.reason is None and rules.is_date_line(line.text):
            line.reason = "date line"
    for line in head:
        if line.reason not in ("time stamp", "date line", "byline"):
            continue
        date = full_date(line.text)
        if date is None:
            continue
        if not rules.is_update(line.text):
            return date
        updated = updated or date
    return updated


def _mark_repeats(lines: list[_Line], headline: _Line | None, title: str | None) -> None:
    known = rules.folded(headline.text if headline else title or "")
    if not known:
        return
    for line in lines:
        if line is not headline and line.reason is None and rules.folded(line.text) == known:
            line.reason = "repeats the headline"


def _mark_captions(lines: list[_Line]) -> None:
    """Mark a caption that stands beside the same caption with its credit."""
    for above, below in pairwise(lines):
        for line, other in ((above, below), (below, above)):
            beside = line.reason is None and other.reason in rules.CAPTION_REASONS
            if beside and len(line.text) >= 40 and line.text in other.text:
                line.reason = "repeats a caption"


def _mark_sign_off(lines: list[_Line]) -> None:
    for line in lines[-_SIGN_OFF_LINES:]:
        if line.reason is None and rules.is_sign_off(line.text):
            line.reason = "sign-off"


def _mark_tail(lines: list[_Line]) -> None:
    """Mark the list of headlines below a last label such as "Latest Headlines"."""
    for i in range(len(lines) - 1, -1, -1):
        line = lines[i]
        if line.reason == "list heading":
            for below in lines[i + 1 :]:
                below.reason = below.reason or "listed below a heading"
        elif line.reason is None and not (rules.is_headline(line.text) and len(line.text) <= _LONGEST_TITLE):
            return


def _find_dateline(text: str, lines: list[_Line], headline: _Line | None) -> Dateline | None:
    broken = _broken_dateline(lines[:_HEAD_LINES])
    if broken is not None:
        return broken
    body = (line for line in lines[: 2 * _HEAD_LINES] if line.reason is None and line is not headline)
    for _, line in zip(range(_BODY_LINES), body, strict=False):
        dateline = find_dateline(text, line.start, line.end) or dateline_with_colon(text, line.start, line.end)
        if dateline is not None:
            return dateline
    return None


def _broken_dateline(lines: list[_Line]) -> Dateline | None:
    """Read a dateline whose place, agency and dash stand in lines of their own, as pages of CNN are copied."""
    for place, agency, dash in zip(lines, lines[1:], lines[2:], strict=False):
        if rules.is_dash(dash.text):
            found = dateline_in_lines(place.text, agency.text, place.start, dash.end)
            if found is not None:
                agency.reason = dash.reason = None
                return found
    return None
