"""The sheet that every plot is drawn on: its look, its size, its words, and the plot in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal
from weakref import WeakKeyDictionary

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib import font_manager
from matplotlib.transforms import ScaledTranslation

from analystkit import palette
from analystkit.plots.figure import Sheet

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Transform

Theme = Literal["light", "dark"]

_FONT: Final = "DejaVu Sans"  # comes with matplotlib, so that a plot looks the same everywhere
WIDTH: Final = 7.2  # inches: the column of a notebook, and of a printed page
LEAST_ROW: Final = 0.24  # inches below which the rows of text would touch
_ROW: Final = 0.3  # inches a row of text gets on a figure of our own
_AROUND: Final = (2.6, 0.8)  # inches: names beside a plot; title and legend above and below it
_HEAD, _TAIL = 18, 12  # characters of a long name that are written out, from its start and its end

_alt_texts: WeakKeyDictionary[Axes, str] = WeakKeyDictionary()


@contextmanager
def style(theme: Theme = "light") -> Iterator[None]:
    """The look of our plots, for figures of your own: `with plots.style(): fig, ax = plt.subplots()`."""
    colours = colours_of(theme)
    look: dict[Any, Any] = {
        "font.family": _FONT,
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
    # Choose the backend now: if it is chosen within the block, a notebook shows the first plot and no other.
    plt.draw_if_interactive()  # type: ignore[no-untyped-call]
    with mpl.rc_context(look):
        yield


def alt_text(ax: Axes) -> str:
    """What one of our plots shows, in words; empty for other Axes.

    To store it with a picture: `ax.figure.savefig("a.svg", metadata={"Description": plots.alt_text(ax)})`.
    """
    return _alt_texts.get(ax, "")


def colours_of(theme: Theme) -> Mapping[str, str]:
    """The palette of a theme."""
    if theme not in ("light", "dark"):
        raise ValueError(f"theme={theme!r} is not known; choose light or dark.")
    return palette.LIGHT if theme == "light" else palette.DARK


def canvas(ax: Axes | None, rows: int, *, extra: float) -> tuple[Axes, int]:
    """Axes to draw on, and how many rows they have room for. `extra`: inches for title and legend."""
    if ax is None:
        return new_axes(WIDTH, extra + _ROW * rows), rows
    return ax, max(int(inches(ax, _AROUND)[1] / LEAST_ROW), 1)


def new_axes(width: float, height: float) -> Axes:
    """Axes on a figure of their own, of so many inches."""
    _, ax = plt.subplots(figsize=(width, height), FigureClass=Sheet)
    return ax


def subplots(rows: int = 1, columns: int = 1, *, theme: Theme = "light", **options: Any) -> tuple[Figure, Any]:
    """`plt.subplots` in our look, for several plots on one figure.

        figure, (left, right) = plots.subplots(1, 2, figsize=(12, 5))
        plots.speakers(analysis, left), plots.stances(analysis, right)

    Args:
        rows: How many Axes below each other.
        columns: How many beside each other.
        theme: "light" or "dark", as the plots on it.
        options: As of `plt.subplots`.
    """
    with style(theme):
        return plt.subplots(rows, columns, **{"FigureClass": Sheet, **options})


def inches(ax: Axes, around: tuple[float, float]) -> tuple[float, float]:
    """Width and height of given Axes, once a layout engine has made room for the words around them."""
    box = ax.get_window_extent().transformed(figure_of(ax).dpi_scale_trans.inverted())
    if figure_of(ax).get_layout_engine() is None:
        return float(box.width), float(box.height)
    return float(box.width) - around[0], float(box.height) - around[1]


def figure_of(ax: Axes) -> Figure:
    """The figure that Axes are on."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("ax belongs to no figure; make it with plt.subplots() or fig.add_subplot().")
    return figure


def decorate(ax: Axes, title: str, names: Sequence[str], theme: Theme) -> None:
    """Title and names, the first at the top, in our colours whatever style `ax` was made in."""
    colours = colours_of(theme)
    ax.set_facecolor(colours["paper"])
    ax.set_yticks(range(len(names)), [short(name) for name in names])
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0, labelcolor=colours["ink"])
    ax.tick_params(axis="x", length=0, labelcolor=colours["quiet"])
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_title(title, loc="left")


def nothing(ax: Axes, title: str, message: str, theme: Theme) -> Axes:
    """Say in words that there is nothing to draw."""
    decorate(ax, title, [], theme)
    ax.set_axis_off()
    ax.text(
        0,
        0.5,
        message,
        transform=ax.transAxes,
        ha="left",
        va="center",
        wrap=True,
        color=colours_of(theme)["quiet"],
    )
    return described(ax, message)


def described(ax: Axes, text: str) -> Axes:
    """The Axes, with the plot in words noted for `alt_text`."""
    _alt_texts[ax] = text
    return ax


def legend(ax: Axes, handles: list[Artist], *, below: float, columns: int | None = None) -> None:
    """A legend in one row, or in so many columns, so many points below the Axes."""
    ax.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0, 0),
        bbox_transform=_below(ax, below),
        ncols=columns or len(handles),
        borderaxespad=0,
        borderpad=0,
        handletextpad=0.6,
        columnspacing=1.6,
    )


def note(ax: Axes, lines: Sequence[str], *, below: float = 8) -> None:
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
    return ax.transAxes + ScaledTranslation(0, -points / 72, figure_of(ax).dpi_scale_trans)


def distinct(named: Sequence[tuple[str, str]]) -> list[str]:
    """The names, with the id added where two are the same."""
    names = [name for _, name in named]
    return [capital(name) if names.count(name) == 1 else f"{capital(name)} ({key})" for key, name in named]


def capital(name: str) -> str:
    """The name with a capital letter at its start."""
    return name[:1].upper() + name[1:]


def short(name: str) -> str:
    """The name as it is drawn. The middle of a long one is left out: its end often tells it from others."""
    name = "".join(c if ord(c) in _drawable() else "□" for c in " ".join(name.split()))
    if len(name) > _HEAD + _TAIL + 6:
        head, tail = name[:_HEAD].rsplit(" ", 1)[0], name[-_TAIL:].split(" ", 1)[-1]
        name = f"{head} … {tail}" if len(head) > _HEAD // 2 else f"{name[:_HEAD]}… {tail}"
    return name.replace("$", r"\$")  # a dollar sign would start a formula


@cache
def _drawable() -> frozenset[int]:
    """The code points that our font has; matplotlib would warn of others each time they are drawn."""
    return frozenset(font_manager.get_font(font_manager.findfont(_FONT)).get_charmap())


def others(count: int, one: str, many: str | None = None) -> str:
    """As in "3 other speakers"; empty for none."""
    if not count:
        return ""
    return f"{count} other {one if count == 1 else many or one + 's'}"
