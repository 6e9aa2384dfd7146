"""Pictures of an analysis: whose words it is made of, who is mentioned where, who stands where.

Each function draws on the matplotlib Axes it is given, or on a new figure of the size that its content needs,
and returns the Axes; none shows or saves anything. `alt_text` gives the picture in words. A figure is an
opaque sheet in either theme, so that it can be read on any page, slide or notebook.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple
from weakref import WeakKeyDictionary

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.transforms import ScaledTranslation

from analystkit import palette, tables

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Transform

    from analystkit.analysis import Analysis, Stance

Theme = Literal["light", "dark"]

_WIDTH: Final = 7.2  # inches: the column of a notebook, and of a printed page
_ROW: Final = 0.3  # inches a row of text gets on a figure of our own
_LEAST_ROW: Final = 0.24  # inches below which the rows of text would touch
_CELL: Final = (0.54, 0.36)  # inches: width and height of a cell of the matrix
_LONGEST: Final = 32  # characters of a name that are written out

_MENTION_MARKERS: Final = {"name": ("|", 12.0, 2.0), "nominal": ("|", 6.0, 2.0), "pronoun": (".", 5.0, 0.5)}
_QUOTE_HATCHES: Final = {"direct": "", "mixed": "////", "indirect": "...."}

_alt_texts: WeakKeyDictionary[Axes, str] = WeakKeyDictionary()


@contextmanager
def style(theme: Theme = "light") -> Iterator[None]:
    """The look of our plots, for figures of your own: `with plots.style(): fig, ax = plt.subplots()`."""
    colours = _colours(theme)
    look: dict[Any, Any] = {
        "font.family": "sans-serif",
        "font.size": 10,
        "figure.facecolor": colours["paper"],
        "figure.dpi": 110,
        "figure.constrained_layout.use": True,
        "figure.constrained_layout.w_pad": 0.12,
        "figure.constrained_layout.h_pad": 0.1,
        "savefig.facecolor": "auto",
        "axes.facecolor": colours["paper"],
        "axes.edgecolor": colours["edge"],
        "axes.labelcolor": colours["quiet"],
        "axes.titlecolor": colours["ink"],
        "axes.titlelocation": "left",
        "axes.titlesize": 12,
        "axes.titleweight": "bold",
        "axes.titlepad": 12,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "grid.color": colours["rule"],
        "hatch.color": colours["quote"],
        "hatch.linewidth": 0.8,
        "legend.frameon": False,
        "legend.fontsize": 9,
        "legend.labelcolor": colours["quiet"],
        "text.color": colours["ink"],
        "xtick.color": colours["edge"],
        "xtick.labelcolor": colours["quiet"],
        "ytick.color": colours["edge"],
        "ytick.labelcolor": colours["ink"],
        "svg.fonttype": "none",  # words in an SVG stay words
    }
    with mpl.rc_context(look):
        yield


def alt_text(ax: Axes) -> str:
    """What one of our plots shows, in words; empty for other Axes.

    To store it with a picture: `ax.figure.savefig("a.svg", metadata={"Description": plots.alt_text(ax)})`.
    """
    return _alt_texts.get(ax, "")


class _Voice(NamedTuple):
    """One bar of `speakers`: words of direct, mixed and indirect quotes, or of the article's own."""

    name: str
    quoted: tuple[int, int, int]
    own: int = 0

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
            own.append(_Voice(_capital(tables.NARRATOR), (0, 0, 0), row["words"]))
        else:
            quoted.append(_Voice(_capital(row["speaker"]), (row["direct"], row["mixed"], row["indirect"])))
    with style(theme):
        ax, room = _canvas(ax, min(len(quoted), most) + 2, extra=1.2)
        if not quoted:
            return _nothing(ax, title, "No quotes were found in this article.", theme)
        voices = [*_merged(quoted, max(min(most, room - len(own)), 1)), *own]
        _voice_bars(ax, voices, total, _colours(theme))
        _decorate(ax, title, [voice.name for voice in voices], theme)
    parts = "; ".join(f"{voice.name} {_percent(voice.words, total)}" for voice in voices)
    return _described(ax, f"Bar chart: who speaks how many of the article's {total:,} words. {parts}.")


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
        ax, room = _canvas(ax, min(len(ranked), most) + 1, extra=1.4)
        if not ranked:
            return _nothing(
                ax, title, "No people, organisations or places were found in this article.", theme
            )
        shown = ranked[: min(most, room)]
        for row, entity in enumerate(shown):
            places = {kind: [m.start for m in entity.mentions if m.kind == kind] for kind in _MENTION_MARKERS}
            _mention_line(ax, row, places, len(analysis.text), _colours(theme))
        names = _distinct([(entity.id, entity.name) for entity in shown])
        _decorate(ax, title, names, theme)
        rest = _others(len(ranked) - len(shown), "entity", "entities")
        ax.set_xticks([0, len(analysis.text)], ["start", "end of the article"])
        _mention_legend(ax, rest, _colours(theme))
    parts = "; ".join(f"{name} {len(entity.mentions)}" for name, entity in zip(names, shown, strict=True))
    more = f" Left out, with fewer mentions: {rest}." if rest else ""
    return _described(ax, f"Mentions of each entity, from the article's start to its end. {parts}.{more}")


def stances(analysis: Analysis, ax: Axes | None = None, *, most: int = 12, theme: Theme = "light") -> Axes:
    """Who stands where: holders down the side, targets along the top, each cell the stances between them.

    "+2 −1" is two stances for and one against, "±1" a neutral one. A question mark says that they are only
    hedged or conditional, brackets that they are denied.

    Args:
        analysis: What to draw.
        ax: Where to draw; None for a new figure.
        most: At most so many holders and so many targets, those with most stances. Fewer are drawn where
            `ax` has no room for more.
        theme: "light" or "dark".
    """
    title = "Who stands where"
    cells: defaultdict[tuple[str, str], list[Stance]] = defaultdict(list)
    names: dict[str, str] = {}
    for stance in analysis.stances:
        holder, target = tables.holder_name(analysis, stance), tables.target_name(stance)
        row = stance.holder.id if stance.holder else f"holder {holder}"
        column = stance.target.id if stance.target else f"target {target}"
        names |= {row: holder, column: target}
        cells[row, column].append(stance)
    with style(theme):
        counts = len({row for row, _ in cells}), len({column for _, column in cells})
        ax, room_down, room_across = _matrix_canvas(ax, *(min(count, most) for count in counts))
        if not cells:
            return _nothing(ax, title, "No stances were found in this article.", theme)
        rows, columns = _busiest(cells, min(most, room_down), min(most, room_across))
        _matrix(ax, cells, rows, columns, _colours(theme))
        row_names = _distinct([(key, names[key]) for key in rows])
        column_names = _distinct([(key, names[key]) for key in columns])
        _decorate(ax, title, row_names, theme)
        ax.tick_params(axis="x", top=True, labeltop=True, bottom=False, labelbottom=False)
        labels = [_short(name) for name in column_names]
        ax.set_xticks(range(len(labels)), labels, rotation=45, ha="left", va="bottom", rotation_mode="anchor")
        left = [_others(counts[0] - len(rows), "holder"), _others(counts[1] - len(columns), "target")]
        rest = f"Left out, with fewer stances: {', '.join(filter(None, left))}." if any(left) else ""
        _note(ax, ["+ for   − against   ± neutral   ? hedged or conditional   ( ) denied", rest])
    parts = "; ".join(
        f"{row_name} towards {column_name} {_cell_text(cells[row, column])}"
        for row, row_name in zip(rows, row_names, strict=True)
        for column, column_name in zip(columns, column_names, strict=True)
        if (row, column) in cells
    )
    return _described(
        ax, f"Matrix of stances, holders by targets, + for and − against. {parts}. {rest}".strip()
    )


def _colours(theme: Theme) -> Mapping[str, str]:
    if theme not in ("light", "dark"):
        raise ValueError(f"theme={theme!r} is not known; choose light or dark.")
    return palette.LIGHT if theme == "light" else palette.DARK


def _canvas(ax: Axes | None, rows: int, *, extra: float) -> tuple[Axes, int]:
    """Axes to draw on, and how many rows they have room for. `extra`: inches for title and legend."""
    if ax is None:
        _, ax = plt.subplots(figsize=(_WIDTH, extra + _ROW * rows))
        return ax, rows
    return ax, max(int(_inches(ax)[1] / _LEAST_ROW) - 1, 1)


def _matrix_canvas(ax: Axes | None, rows: int, columns: int) -> tuple[Axes, int, int]:
    if ax is None:
        width, height = _CELL
        size = (max(4.4 + width * columns, _WIDTH), 2.9 + height * rows)
        _, ax = plt.subplots(figsize=size if rows else (_WIDTH, 1.8))
        return ax, rows, columns
    width, height = _inches(ax)
    return ax, max(int(height / _LEAST_ROW), 1), max(int(width / _CELL[0]), 1)


def _inches(ax: Axes) -> tuple[float, float]:
    box = ax.get_window_extent().transformed(_figure(ax).dpi_scale_trans.inverted())
    return float(box.width), float(box.height)


def _figure(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("ax belongs to no figure; make it with plt.subplots() or fig.add_subplot().")
    return figure


def _decorate(ax: Axes, title: str, names: Sequence[str], theme: Theme) -> None:
    """Title and names, the first at the top, in our colours whatever style `ax` was made in."""
    colours = _colours(theme)
    ax.set_facecolor(colours["paper"])
    ax.set_yticks(range(len(names)), [_short(name) for name in names])
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0, labelcolor=colours["ink"])
    ax.tick_params(axis="x", length=0, labelcolor=colours["quiet"])
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_title(title, loc="left")


def _nothing(ax: Axes, title: str, message: str, theme: Theme) -> Axes:
    """Say in words that there is nothing to draw."""
    _decorate(ax, title, [], theme)
    ax.set_axis_off()
    ax.text(
        0,
        0.5,
        message,
        transform=ax.transAxes,
        ha="left",
        va="center",
        wrap=True,
        color=_colours(theme)["quiet"],
    )
    return _described(ax, message)


def _described(ax: Axes, text: str) -> Axes:
    _alt_texts[ax] = text
    return ax


def _merged(voices: list[_Voice], room: int) -> list[_Voice]:
    """As many voices as there is room for; the rest as one."""
    if len(voices) <= room:
        return voices
    kept, rest = voices[: room - 1], voices[room - 1 :]
    direct, mixed, indirect = (sum(voice.quoted[kind] for voice in rest) for kind in range(3))
    return [*kept, _Voice(_others(len(rest), "speaker"), (direct, mixed, indirect))]


def _voice_bars(ax: Axes, voices: Sequence[_Voice], total: int, colours: Mapping[str, str]) -> None:
    fills = dict(
        zip(_QUOTE_HATCHES, (colours["quote"], colours["quote-lit"], colours["quote-tint"]), strict=True)
    )
    for row, voice in enumerate(voices):
        left = 0
        for words, (kind, hatch) in zip(voice.quoted, _QUOTE_HATCHES.items(), strict=True):
            if words:
                ax.barh(row, words, 0.62, left, color=fills[kind], hatch=hatch, edgecolor=colours["quote"])
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
        Patch(facecolor=fills[kind], hatch=hatch, edgecolor=colours["quote"], label=f"{kind} quotes")
        for kind, hatch in _QUOTE_HATCHES.items()
    ]
    _legend(ax, handles, below=6)


def _mention_line(
    ax: Axes, row: int, places: Mapping[str, Sequence[int]], length: int, colours: Mapping[str, str]
) -> None:
    ax.plot([0, length], [row, row], color=colours["rule"], linewidth=0.8, zorder=0)
    for kind, (marker, size, edge) in _MENTION_MARKERS.items():
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
        for (m, size, edge), label in zip(
            _MENTION_MARKERS.values(), ("name", "description", "pronoun"), strict=True
        )
    ]
    _legend(ax, handles, below=20)
    left, right = ax.get_xticklabels()
    left.set_horizontalalignment("left")
    right.set_horizontalalignment("right")
    if rest:
        _note(ax, [f"{rest} with fewer mentions"], below=42)


def _legend(ax: Axes, handles: list[Artist], *, below: float) -> None:
    """A legend in one row, so many points below the Axes."""
    ax.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0, 0),
        bbox_transform=_below(ax, below),
        ncols=len(handles),
        borderaxespad=0,
        borderpad=0,
        handletextpad=0.6,
        columnspacing=1.6,
    )


def _note(ax: Axes, lines: Sequence[str], *, below: float = 8) -> None:
    """Quiet words, so many points below the Axes."""
    ax.text(
        0,
        0,
        "\n".join(lines),
        transform=_below(ax, below),
        ha="left",
        va="top",
        fontsize=9,
        color=mpl.rcParams["axes.labelcolor"],
    )


def _below(ax: Axes, points: float) -> Transform:
    return ax.transAxes + ScaledTranslation(0, -points / 72, _figure(ax).dpi_scale_trans)


def _matrix(
    ax: Axes,
    cells: Mapping[tuple[str, str], Sequence[Stance]],
    rows: Sequence[str],
    columns: Sequence[str],
    colours: Mapping[str, str],
) -> None:
    for r, row in enumerate(rows):
        for c, column in enumerate(columns):
            found = cells.get((row, column), ())
            tone = _tone(found) if found else None
            fill = colours[f"{tone}-tint"] if tone else "none"
            ax.add_patch(
                Rectangle((c - 0.46, r - 0.43), 0.92, 0.86, facecolor=fill, edgecolor=colours["rule"])
            )
            if tone:
                ax.text(
                    c,
                    r,
                    _cell_text(found),
                    ha="center",
                    va="center",
                    fontsize=9,
                    linespacing=1,
                    fontweight="bold",
                    color=colours[tone],
                )
    ax.set_xlim(-0.6, len(columns) - 0.4)


def _tone(found: Sequence[Stance]) -> str:
    """The polarity that all stances share which are not denied; neutral where there is none."""
    polarities = {stance.polarity for stance in found if stance.certainty != "denied"}
    return polarities.pop() if len(polarities) == 1 else "neutral"


def _cell_text(found: Sequence[Stance]) -> str:
    parts = []
    for polarity, sign in palette.POLARITY_SIGNS.items():
        held = [s.certainty for s in found if s.polarity == polarity and s.certainty != "denied"]
        if held:
            parts.append(f"{sign}{len(held)}{'' if 'asserted' in held else '?'}")
    denied = [s.polarity for s in found if s.certainty == "denied"]
    if denied:
        sign = palette.POLARITY_SIGNS[denied[0]] if len(set(denied)) == 1 else ""
        parts.append(f"({sign}{len(denied)})")
    if len(parts) > 2:
        return " ".join(parts[:2]) + "\n" + " ".join(parts[2:])
    return " ".join(parts)


def _busiest(
    cells: Mapping[tuple[str, str], Sequence[Stance]], down: int, across: int
) -> tuple[list[str], list[str]]:
    """The rows with most stances, then the columns with most among these; none of either empty."""
    rows: Counter[str] = Counter()
    for (row, _), found in cells.items():
        rows[row] += len(found)
    kept = [row for row, _ in rows.most_common(down)]
    columns: Counter[str] = Counter()
    for (row, column), found in cells.items():
        if row in kept:
            columns[column] += len(found)
    shown = [column for column, _ in columns.most_common(across)]
    return [row for row in kept if any((row, column) in cells for column in shown)], shown


def _distinct(named: Sequence[tuple[str, str]]) -> list[str]:
    """The names, with the id added where two are the same."""
    names = [name for _, name in named]
    return [_capital(name) if names.count(name) == 1 else f"{_capital(name)} ({key})" for key, name in named]


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _short(name: str) -> str:
    name = " ".join(name.split()).replace("$", r"\$")  # a dollar sign would start a formula
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


def _others(count: int, one: str, many: str | None = None) -> str:
    if not count:
        return ""
    return f"{count} other {one if count == 1 else many or one + 's'}"


def _percent(words: int, total: int) -> str:
    share = words / total
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"
