"""Who stands where: holders by targets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from matplotlib.patches import Rectangle

from analystkit import palette, tables
from analystkit.plots.sheet import (
    LEAST_ROW,
    WIDTH,
    Theme,
    colours_of,
    decorate,
    described,
    distinct,
    inches,
    new_axes,
    note,
    nothing,
    others,
    short,
    style,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analystkit.analysis import Analysis, Stance

_CELL: Final = (0.54, 0.36)  # inches: width and height of a cell
_AROUND: Final = (2.6, 2.4)  # inches: names beside the matrix; title, slanted names and notes above and below
_LEAST: Final = (6, 3)  # columns and rows that there is room for even if fewer are filled


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
        ax, room_down, room_across = _matrix_sheet(ax, *(min(count, most) for count in counts))
        if not cells:
            return nothing(ax, title, "No stances were found in this article.", theme)
        rows, columns = _busiest(cells, min(most, room_down), min(most, room_across))
        _matrix(ax, cells, rows, columns, colours_of(theme))
        row_names = distinct([(key, names[key]) for key in rows])
        column_names = distinct([(key, names[key]) for key in columns])
        decorate(ax, title, row_names, theme)
        ax.set_ylim(max(len(rows), _LEAST[1]) - 0.4, -0.6)
        ax.tick_params(axis="x", top=True, labeltop=True, bottom=False, labelbottom=False)
        labels = [short(name) for name in column_names]
        ax.set_xticks(range(len(labels)), labels, rotation=45, ha="left", va="bottom", rotation_mode="anchor")
        left = [others(counts[0] - len(rows), "holder"), others(counts[1] - len(columns), "target")]
        rest = f"Left out, with fewer stances: {', '.join(filter(None, left))}." if any(left) else ""
        note(ax, ["+ for   − against   ± neutral   ? hedged or conditional   ( ) denied", rest])
    parts = "; ".join(
        f"{row_name} towards {column_name} {_cell_text(cells[row, column])}"
        for row, row_name in zip(rows, row_names, strict=True)
        for column, column_name in zip(columns, column_names, strict=True)
        if (row, column) in cells
    )
    return described(ax, f"Matrix of stances, holders by targets, + for and − against. {parts}. {rest}".strip())


def _matrix_sheet(ax: Axes | None, rows: int, columns: int) -> tuple[Axes, int, int]:
    if ax is None:
        width, height = _CELL
        size = (max(4.4 + width * columns, WIDTH), 2.9 + height * rows)
        return new_axes(*(size if rows else (WIDTH, 1.8))), rows, columns
    width, height = inches(ax, _AROUND)
    return ax, max(int(height / LEAST_ROW), 1), max(int(width / _CELL[0]), 1)


def _busiest(cells: Mapping[tuple[str, str], Sequence[Stance]], down: int, across: int) -> tuple[list[str], list[str]]:
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
            cell = Rectangle((c - 0.46, r - 0.43), 0.92, 0.86, facecolor=fill, edgecolor=colours["rule"])
            cell.set_gid(" ".join(stance.id for stance in found) or None)
            ax.add_patch(cell)
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
    ax.set_xlim(-0.6, max(len(columns), _LEAST[0]) - 0.4)


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
