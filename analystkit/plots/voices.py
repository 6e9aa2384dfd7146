"""Whose words an article is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from matplotlib.patches import Patch

from analystkit import tables
from analystkit.plots.sheet import (
    Theme,
    canvas,
    capital,
    colours_of,
    decorate,
    described,
    legend,
    nothing,
    others,
    style,
)

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from analystkit.analysis import Analysis

_HATCHES: Final = {"direct": "", "mixed": "////", "indirect": "...."}


class _Voice(NamedTuple):
    """One bar of `speakers`: words of direct, mixed and indirect quotes, or of the article's own."""

    name: str
    quoted: tuple[int, int, int]
    own: int = 0
    id: str | None = None

    @property
    def words(self) -> int:
        return sum(self.quoted) + self.own


def speakers(analysis: Analysis, ax: Axes | None = None, *, most: int = 15, theme: Theme = "light") -> Axes:
    """Whose words the article is made of: a bar a speaker, with its share of the words.

    The parts of a bar are direct, mixed and indirect quotes; the last bar is the article's own voice. The
    numbers are those of `tables.speakers`.

    Args:
        analysis: What to draw.
        ax: Where to draw; None for a new figure.
        most: At most so many speakers, those with most words; the others become one bar. Fewer are drawn
            where `ax` has no room for more.
        theme: "light" or "dark".
    """
    title = "Who speaks, and how much"
    table = tables.speakers(analysis)
    total = int(table["words"].sum())
    quoted, own = [], []
    for row in table.to_dict("records"):
        if row["speaker"] == tables.NARRATOR:
            own.append(_Voice(capital(tables.NARRATOR), (0, 0, 0), row["words"]))
        else:
            words = (row["direct"], row["mixed"], row["indirect"])
            ref = row["speaker_id"] if isinstance(row["speaker_id"], str) else None  # unknown is NA
            quoted.append(_Voice(capital(row["speaker"]), words, id=ref))
    with style(theme):
        ax, room = canvas(ax, min(len(quoted), most) + 2, extra=1.2)
        if not quoted:
            return nothing(ax, title, "No quotes were found in this article.", theme)
        voices = [*_merged(quoted, max(min(most, room - len(own)), 1)), *own]
        _voice_bars(ax, voices, total, colours_of(theme))
        decorate(ax, title, [voice.name for voice in voices], theme)
    parts = "; ".join(f"{voice.name} {_percent(voice.words, total)}" for voice in voices)
    return described(ax, f"Bar chart: who speaks how many of the article's {total:,} words. {parts}.")


def _merged(voices: list[_Voice], room: int) -> list[_Voice]:
    """As many voices as there is room for; the rest as one."""
    if len(voices) <= room:
        return voices
    kept, rest = voices[: room - 1], voices[room - 1 :]
    direct, mixed, indirect = (sum(voice.quoted[kind] for voice in rest) for kind in range(3))
    return [*kept, _Voice(others(len(rest), "speaker"), (direct, mixed, indirect))]


def _voice_bars(ax: Axes, voices: Sequence[_Voice], total: int, colours: Mapping[str, str]) -> None:
    fills = dict(zip(_HATCHES, (colours["quote"], colours["quote-lit"], colours["quote-tint"]), strict=True))
    for row, voice in enumerate(voices):
        left = 0
        for words, (kind, hatch) in zip(voice.quoted, _HATCHES.items(), strict=True):
            if words:
                bars = ax.barh(row, words, 0.62, left, color=fills[kind], hatch=hatch, edgecolor=colours["quote"])
                bars[0].set_gid(voice.id)
                left += words
        if voice.own:
            ax.barh(row, voice.own, 0.62, color=colours["neutral-tint"], edgecolor=colours["edge"])
        ax.annotate(
            _percent(voice.words, total),
            (voice.words, row),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=colours["ink"],
        )
    ax.set_xlim(0, 1.12 * max(voice.words for voice in voices))
    ax.set_xticks([])
    handles: list[Artist] = [
        Patch(
            facecolor=fills[kind],
            hatch=hatch,
            edgecolor=colours["quote"],
            label="direct quotes" if kind == "direct" else kind,
        )
        for kind, hatch in _HATCHES.items()
    ]
    legend(ax, handles, below=6)


def _percent(words: int, total: int) -> str:
    share = words / total
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"
