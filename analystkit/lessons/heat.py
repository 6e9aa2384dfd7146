"""The article with the class's trouble in its margin: the more went wrong at a place, the longer and darker the bar."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from analystkit.lessons.scoring import Span
from analystkit.markup import escape, paragraphs
from analystkit.palette import EITHER

if TYPE_CHECKING:
    from analystkit.lessons.classroom import Classroom

_MARGIN = "width:13em;vertical-align:top;text-align:left;padding:.3em .9em .3em 0;font-size:.85em;line-height:1.35"
_TEXT = "vertical-align:top;text-align:left;white-space:pre-line;padding:.3em 0;max-width:42em"


def heat(room: Classroom) -> str:
    """The view of a class as static HTML, with the margin to the left of each paragraph."""
    text = room.exercise.text
    count = len(room.handed_in)
    scores = [one.result.score for one in room.handed_in]
    mean = f"mean score {sum(scores) / count:.2f}" if count else "nobody has handed in yet"
    machine = "" if room.machine is None else f", the machine's {room.machine.score:.2f}"
    refused = "".join(f"<li><b>{escape(one.path.name)}</b>: {escape(one.why)}</li>" for one in room.refused)
    places = _places(room)
    rows = []
    for start, end in paragraphs(text):
        here = [place for place in places if start <= place[0][0] < end]
        rows.append(
            f'<tr><td style="{_MARGIN}">{"".join(_bar(place, count) for place in here)}</td>'
            f'<td dir="auto" style="{_TEXT}">{_marked(text, start, end, here, count)}</td></tr>'
        )
    elsewhere = [place for place in places if place[0] == (-1, -1)]
    return (
        '<div class="analystkit analystkit-class" style="line-height:1.6">'
        f"<p><b>{escape(room.exercise.title)}</b> ({escape(room.exercise.level)}): {count} handed in, {mean}{machine}. "
        "A bar in the margin shows how many of the class had trouble with what is underlined beside it"
        f"{'; ⚙ where the machine errs, too' if room.machine else ''}.</p>"
        + (f"<p>Not graded:</p><ul>{refused}</ul>" if refused else "")
        + "".join(_bar(place, count) for place in elsewhere)
        + f'<table style="border-collapse:collapse"><tbody>{"".join(rows)}</tbody></table></div>'
    )


Place = tuple[Span, str, int, str]
"""Where, what is there, how many had trouble with it, and what it says on the label."""


def _places(room: Classroom) -> list[Place]:
    machine: dict[str | None, Any] = {}
    if room.machine is not None:
        machine = {one.item: one for one in (*room.machine.items, *room.machine.extra)}
    places: list[Place] = []
    for key in room.exercise.key["items"]:
        trouble = sum(one.credit < 1 for _, one in room.feedback(key["id"]))
        erred = key["id"] in machine and machine[key["id"]].credit < 1
        span = tuple(key["span"]) if key.get("span") else (-1, -1)
        label = key["why"] + (" The machine errs here, too." if erred else "")
        if trouble or erred:
            places.append(((span[0], span[1]), key["id"], trouble, label))
    beside = Counter(one.span for hand in room.handed_in for one in hand.result.extra if one.item is None)
    places += [
        (span, "extra", number, f"Marked by {number}, but not asked for.") for span, number in beside.items() if span
    ]
    return sorted(places)


def _bar(place: Place, count: int) -> str:
    _, item, trouble, label = place
    share = trouble / count if count else 0.0
    erred = " ⚙" if label.endswith("errs here, too.") else ""
    return (
        f'<div title="{escape(label)}" style="display:flex;align-items:center;gap:.4em">'
        f'<span style="display:inline-block;flex:none;width:{0.2 + 6 * share:.2f}em;height:.7em;background:'
        f'{EITHER["negative"]};opacity:{0.35 + 0.65 * share:.2f}"></span>'
        f"<span>{trouble} of {count}{erred} <small style='opacity:.8'>{escape(item)}</small></span></div>"
    )


def _marked(text: str, start: int, end: int, here: list[Place], count: int) -> str:
    edges = sorted({start, end, *(min(max(e, start), end) for span, *_ in here for e in span)})
    out = []
    for left, right in pairwise(edges):
        over = [place for place in here if place[0][0] <= left and right <= place[0][1]]
        piece = escape(text[left:right])
        if over:
            worst = max(over, key=lambda place: place[2])
            share = worst[2] / count if count else 0.0
            style = f"border-bottom:{1 + round(4 * share)}px solid {EITHER['negative']}"
            piece = f'<span title="{escape(worst[3])}" style="{style}">{piece}</span>'
        out.append(piece)
    return "".join(out)
