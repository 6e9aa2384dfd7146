"""When what the article tells happened."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import matplotlib.dates as mdates

from analystkit import timeline as events_of
from analystkit.plots.sheet import Theme, canvas, capital, colours_of, decorate, described, note, nothing, others, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analystkit.analysis import Analysis
    from analystkit.timeline import Event


def timeline(analysis: Analysis, ax: Axes | None = None, *, most: int = 20, theme: Theme = "light") -> Axes:
    """When what the article tells happened: a row a dated sentence, earliest first.

    A dot is a day, a bar a stretch of days. Who is in the sentence stands to the left, the time to the right;
    one row each, so no label meets another.

    Args:
        analysis: What to draw.
        ax: Where to draw; None for a new figure.
        most: At most so many events, the latest. Fewer are drawn where `ax` has no room for more.
        theme: "light" or "dark".
    """
    title = "What happened when"
    found = events_of.events(analysis)
    with style(theme):
        ax, room = canvas(ax, min(len(found), most) + 1, extra=1.2)
        if not found:
            return nothing(ax, title, "No time was found in this article that can be placed on a calendar.", theme)
        shown = found[-min(most, room) :]
        colours = colours_of(theme)
        for row, event in enumerate(shown):
            ax.barh(row, (event.last - event.first).days + 1, 0.3, _number(event.first), color=colours["entity"])
            if event.first == event.last:
                ax.plot([_number(event.first) + 0.5], [row], "o", color=colours["entity"], markersize=6)
        low, high = _number(shown[0].first), max(_number(event.last) for event in shown) + 1
        margin = max((high - low) * 0.04, 0.5)
        ax.set_xlim(low - margin, high + margin)
        locator = mdates.AutoDateLocator(minticks=2, maxticks=6)  # type: ignore[no-untyped-call]
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
        ax.grid(axis="x", color=colours["rule"], linewidth=0.8)
        decorate(ax, title, [who(event) for event in shown], theme)
        for row, event in enumerate(shown):
            ax.annotate(
                event.date.text.replace("$", r"\$"),
                (1, row),
                xycoords=("axes fraction", "data"),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
                color=colours["ink"],
            )
        rest = others(len(found) - len(shown), "earlier event")
        if rest:
            note(ax, [rest], below=24)
    told = " ".join(f"{span(event)}: {event.text}" for event in shown)
    return described(ax, f"What the article tells, by when it happened, earliest first. {told}")


def who(event: Event) -> str:
    """Up to two of those in an event, in words; a dash for nobody."""
    return capital(", ".join(entity.name for entity in event.who[:2])) or "–"


def span(event: Event) -> str:
    """The days of an event, as 2023-09-13 or 2023-05-01 to 2023-05-31."""
    first, last = event.first.isoformat(), event.last.isoformat()
    return first if first == last else f"{first} to {last}"


def _number(day: dt.date) -> int:
    """Days since 1970, in which matplotlib counts."""
    return (day - dt.date(1970, 1, 1)).days
