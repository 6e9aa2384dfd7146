"""Many articles: whom each outlet quotes, stances over time, who is named with whom; drawn from a corpus's tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from matplotlib.patches import Patch, Rectangle

from analystkit.palette import POLARITY_SIGNS
from analystkit.plots.sheet import (
    Theme,
    canvas,
    colours_of,
    decorate,
    described,
    distinct,
    inches,
    legend,
    note,
    nothing,
    others,
    short,
    style,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Fills that tell outlets apart without colour as well: colour and hatch.
_FILLS: Final = (
    ("quote", ""),
    ("quote-lit", "////"),
    ("quote-tint", "...."),
    ("quote-lit", ""),
    ("quote-tint", "----"),
    ("neutral-tint", "xxxx"),
)
_MOST_OUTLETS: Final = len(_FILLS)
_LINE: Final = 56  # characters of outlets' names that a row of the legend has room for
_NUMBER: Final = 0.34  # inches that a number above a bar takes


def quoted(table: pd.DataFrame, ax: Axes | None = None, *, most: int = 12, theme: Theme = "light") -> Axes:
    """Who is quoted, and by whom: a bar a speaker, its parts the words that each outlet quotes.

    Args:
        table: As `Corpus.quoted` gives it, or some of its rows.
        ax: Where to draw; None for a new figure.
        most: At most so many speakers, those with most words.
        theme: "light" or "dark".
    """
    title = "Who is quoted, by which outlet"
    words = table.groupby(["who", "outlet"])["words"].sum().unstack(fill_value=0) if len(table) else pd.DataFrame()
    with style(theme):
        ax, room = canvas(ax, min(len(words), most) + 1, extra=2.2)
        if words.empty:
            return nothing(ax, title, "Nobody who is named is quoted in these articles.", theme)
        words = words.loc[words.sum(axis="columns").sort_values(ascending=False, kind="stable").index]
        shown = words.head(min(most, room))
        names = distinct([(str(who), str(table.loc[table["who"] == who, "name"].iloc[0])) for who in shown.index])
        outlets = list(words.sum().sort_values(ascending=False, kind="stable").index)
        parts = {outlet: shown[outlet] for outlet in outlets[:_MOST_OUTLETS]}
        if len(outlets) > _MOST_OUTLETS:
            last = outlets[_MOST_OUTLETS - 1 :]
            del parts[last[0]]
            parts[others(len(last), "outlet")] = shown[last].sum(axis="columns")
        rows = _stacked(ax, parts, colours_of(theme))
        decorate(ax, title, names, theme)
        rest = others(len(words) - len(shown), "speaker")
        if rest:
            note(ax, [f"{rest} with fewer words"], below=10 + 15 * rows)
    told = "; ".join(f"{name} {int(total)}" for name, total in zip(names, shown.sum(axis="columns"), strict=True))
    return described(ax, f"Bar chart: words quoted from each speaker, by outlet. {told}.")


def _stacked(ax: Axes, parts: Mapping[str, pd.Series[int]], colours: Mapping[str, str]) -> int:
    """Draw the bars and their legend; gives the rows of the legend, of 15 points each."""
    left = np.zeros(len(next(iter(parts.values()))))
    handles = []
    for number, (outlet, values) in enumerate(parts.items()):
        fill, hatch = _FILLS[number]
        look: dict[str, Any] = {"facecolor": colours[fill], "edgecolor": colours["quote"], "hatch": hatch}
        ax.barh(range(len(values)), values, 0.62, left, **look)
        left += values.to_numpy()
        handles.append(Patch(**look, label=short(outlet)))
    for row, total in enumerate(left):
        ax.annotate(
            f"{int(total):,}",
            (total, row),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=colours["ink"],
        )
    ax.set_xlim(0, 1.12 * max(left))
    ax.set_xticks([])
    longest = max(len(str(handle.get_label())) for handle in handles)
    columns = min(max(_LINE // (longest + 6), 1), 3)
    legend(ax, list(handles), below=6, columns=columns)
    return -(-len(handles) // columns)


def stances_over_time(table: pd.DataFrame, ax: Axes | None = None, *, title: str = "", theme: Theme = "light") -> Axes:
    """Stances over time: a bar a period, upwards what is for, downwards what is against.

    Args:
        table: As `Corpus.stances_over_time` gives it, or some of its rows.
        ax: Where to draw; None for a new figure.
        title: What it is about; by default "Stances over time".
        theme: "light" or "dark".
    """
    title = title or "Stances over time"
    with style(theme):
        ax, _ = canvas(ax, 7, extra=1.2)
        if table.empty:
            return nothing(ax, title, "There are no stances with a day in these articles.", theme)
        counts = table.groupby("period")[["positive", "negative", "neutral"]].sum()
        colours = colours_of(theme)
        days = (counts.index - counts.index[0]).days.to_numpy()
        step = np.diff(days).min() if len(days) > 1 else 28
        width = 0.7 * step
        numbered = inches(ax, (0.6, 0))[0] * step >= _NUMBER * (days[-1] - days[0] + step)
        for polarity, sign in (("positive", 1), ("negative", -1)):
            ax.bar(
                days,
                sign * counts[polarity].to_numpy(),
                width,
                facecolor=colours[f"{polarity}-tint"],
                edgecolor=colours[polarity],
                hatch="" if sign > 0 else "////",
            )
            for day, value in zip(days, counts[polarity], strict=True):
                if value and numbered:
                    told = f"{POLARITY_SIGNS[polarity]}{value}"
                    place = (0, 3 if sign > 0 else -3)
                    ax.annotate(
                        told,
                        (day, sign * value),
                        xytext=place,
                        textcoords="offset points",
                        ha="center",
                        va="bottom" if sign > 0 else "top",
                        fontsize=8,
                        color=colours[polarity],
                    )
        ax.axhline(0, color=colours["edge"], linewidth=0.8)
        decorate(ax, title, [], theme)
        top = max(int(counts[["positive", "negative"]].to_numpy().max()), 1)
        ax.set_ylim(-1.25 * top, 1.25 * top)
        ax.set_yticks([])
        if not numbered:
            at = sorted({-top, -(top // 2), 0, top // 2, top})
            ax.set_yticks(at, [f"{abs(value)}" for value in at])
        every = -(-len(days) // 8)
        ax.set_xticks(days[::every], [f"{period:%b %Y}" for period in counts.index[::every]])
        note(ax, ["+ for   − against; neutral and denied stances are left out"], below=24)
    told = "; ".join(
        f"{period:%Y-%m-%d} {row.positive} for, {row.negative} against"
        for period, row in zip(counts.index, counts.itertuples(), strict=True)
    )
    return described(ax, f"Stances for and against by period. {told}.")


def co_mentions(table: pd.DataFrame, ax: Axes | None = None, *, most: int = 10, theme: Theme = "light") -> Axes:
    """Who is named together with whom: a matrix of how many paragraphs name both.

    Args:
        table: As `Corpus.co_mentions` gives it.
        ax: Where to draw; None for a new figure.
        most: At most so many names, those in most paragraphs with others.
        theme: "light" or "dark".
    """
    title = "Who is named together"
    with style(theme):
        if table.empty:
            ax, _ = canvas(ax, 3, extra=1)
            return nothing(ax, title, "No paragraph names two of them.", theme)
        both = pd.concat([table, table.rename(columns={"a": "b", "b": "a", "a_who": "b_who", "b_who": "a_who"})])
        busiest = both.groupby("a_who")["paragraphs"].sum().sort_values(ascending=False, kind="stable").index[:most]
        names = {who: str(name) for who, name in zip(both["a_who"], both["a"], strict=True)}
        ax, _ = canvas(ax, len(busiest), extra=2.4)
        colours = colours_of(theme)
        count = both.set_index(["a_who", "b_who"])["paragraphs"]
        highest = int(count.max())
        for row, a in enumerate(busiest):
            for column, b in enumerate(busiest):
                value = int(count.get((a, b), 0))
                fill = colours["entity-tint"] if value else "none"
                ax.add_patch(
                    Rectangle((column - 0.46, row - 0.43), 0.92, 0.86, facecolor=fill, edgecolor=colours["rule"])
                )
                if value:
                    weight = "bold" if value > highest / 2 else "normal"
                    ax.text(column, row, str(value), ha="center", va="center", fontweight=weight, color=colours["ink"])
        shown = distinct([(str(who), names[who]) for who in busiest])
        decorate(ax, title, shown, theme)
        ax.tick_params(axis="x", top=True, labeltop=True, bottom=False, labelbottom=False)
        labels = [short(name) for name in shown]
        ax.set_xticks(range(len(labels)), labels, rotation=45, ha="left", va="bottom", rotation_mode="anchor")
        ax.set_xlim(-0.6, max(len(shown), 6) - 0.4)
        note(ax, ["paragraphs that name both"])
    pairs = "; ".join(f"{row.a} and {row.b} {row.paragraphs}" for row in table.head(12).itertuples())
    return described(ax, f"Matrix of names, by how many paragraphs name both. {pairs}.")
