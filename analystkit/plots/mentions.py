"""Who is mentioned, how often and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from matplotlib.lines import Line2D

from analystkit.plots.sheet import (
    Theme,
    canvas,
    colours_of,
    decorate,
    described,
    distinct,
    legend,
    note,
    nothing,
    others,
    style,
)

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from analystkit.analysis import Analysis

#: Marker, size and edge width, in points, of each kind of mention.
_MARKERS: Final = {"name": ("|", 12.0, 2.0), "nominal": ("|", 6.0, 2.0), "pronoun": (".", 5.0, 0.5)}


def entities(analysis: Analysis, ax: Axes | None = None, *, most: int = 20, theme: Theme = "light") -> Axes:
    """Who is mentioned, how often and where: a line an entity, from the article's start to its end.

    A tall tick is a name, a short one a description ("the minister"), a dot a pronoun.

    Args:
        analysis: What to draw.
        ax: Where to draw; None for a new figure.
        most: At most so many entities, those with most mentions. Fewer are drawn where `ax` has no room for
            more.
        theme: "light" or "dark".
    """
    title = "Who is mentioned, and where"
    ranked = sorted(analysis.entities, key=lambda entity: -len(entity.mentions))
    with style(theme):
        ax, room = canvas(ax, min(len(ranked), most) + 1, extra=1.4)
        if not ranked:
            return nothing(ax, title, "No people, organisations or places were found in this article.", theme)
        shown = ranked[: min(most, room)]
        for row, entity in enumerate(shown):
            places = {kind: [m.start for m in entity.mentions if m.kind == kind] for kind in _MARKERS}
            _mention_line(ax, row, places, len(analysis.text), colours_of(theme))
            ax.lines[-len(_MARKERS) - 1].set_gid(entity.id)
        names = distinct([(entity.id, entity.name) for entity in shown])
        decorate(ax, title, names, theme)
        rest = others(len(ranked) - len(shown), "entity", "entities")
        ax.set_xticks([0, len(analysis.text)], ["start", "end of the article"])
        _mention_legend(ax, rest, colours_of(theme))
    parts = "; ".join(f"{name} {len(entity.mentions)}" for name, entity in zip(names, shown, strict=True))
    more = f" Left out, with fewer mentions: {rest}." if rest else ""
    return described(ax, f"Mentions of each entity, from the article's start to its end. {parts}.{more}")


def _mention_line(
    ax: Axes, row: int, places: Mapping[str, Sequence[int]], length: int, colours: Mapping[str, str]
) -> None:
    ax.plot([0, length], [row, row], color=colours["rule"], linewidth=0.8, zorder=0)
    for kind, (marker, size, edge) in _MARKERS.items():
        ax.plot(
            places[kind],
            [row] * len(places[kind]),
            marker,
            markersize=size,
            markeredgewidth=edge,
            color=colours["entity"],
        )
    ax.annotate(
        str(sum(map(len, places.values()))),
        (length, row),
        xytext=(8, 0),
        textcoords="offset points",
        va="center",
        color=colours["ink"],
    )
    ax.set_xlim(-0.01 * length, 1.06 * length)


def _mention_legend(ax: Axes, rest: str, colours: Mapping[str, str]) -> None:
    handles: list[Artist] = [
        Line2D([], [], color=colours["entity"], marker=m, ls="", ms=size, mew=edge, label=label)
        for (m, size, edge), label in zip(_MARKERS.values(), ("name", "description", "pronoun"), strict=True)
    ]
    legend(ax, handles, below=20)
    left, right = ax.get_xticklabels()
    left.set_horizontalalignment("left")
    right.set_horizontalalignment("right")
    if rest:
        note(ax, [f"{rest} with fewer mentions"], below=42)
