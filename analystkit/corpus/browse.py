"""A corpus to look at in a notebook: filters, pictures that follow them, and the way from each row to the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import anywidget
import ipywidgets as widgets  # type: ignore[import-untyped]
import matplotlib.pyplot as plt
import pandas as pd

from analystkit import plots
from analystkit.corpus import across
from analystkit.palette import POLARITY_SIGNS
from analystkit.plots.figure import in_html
from analystkit.plots.sheet import figure_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analystkit.corpus.reading import Corpus

_WIDE: Final = {"width": "100%", "max_width": "52em"}
_LABELLED: Final = {"description_width": "7em"}
_ALL: Final = "everybody"
_MOST_NAMES: Final = 100  # people to choose from, those who are quoted most
_MOST_ROWS: Final = 200  # rows that are listed; a longer list is no help


class _Keys(anywidget.AnyWidget):
    """Keeps JupyterLab from taking the keys of what has the focus in the browser around it; shows nothing."""

    _esm = Path(__file__).with_name("keys.js")


class Browser(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """A corpus, filtered by outlet, time, person and words; a row of the list opens its article in the Reader.

    Args:
        corpus: The corpus.

    Attributes:
        corpus: The corpus.
        rows: The rows listed: article, start, end, mark (id of the quote or stance), told (the line in the list).
        article: Id of the article that is open, None before one was chosen.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.rows = pd.DataFrame(columns=["article", "start", "end", "mark", "told"])
        self.article: str | None = None
        self._quotes = across.with_who(corpus, "quotes", {"speaker_id": "who"})
        self._stances = across.with_who(corpus, "stances", {"holder_id": "who", "target_id": "target_who"})
        outlets = sorted(corpus.articles["outlet"].dropna().unique())
        self.outlets = widgets.SelectMultiple(
            options=outlets,
            value=outlets,
            rows=min(max(len(outlets), 2), 6),
            description="Outlets",
            tooltip="Hold Ctrl, or ⌘, to choose several.",
            layout=_WIDE,
            style=_LABELLED,
        )
        months = _months(corpus)
        self.months = widgets.SelectionRangeSlider(
            options=months,
            index=(0, len(months) - 1),
            description="Months",
            continuous_update=False,
            layout=_WIDE,
            style=_LABELLED,
        )
        people = corpus.who.sort_values(["quotes", "articles"], ascending=False, kind="stable")
        names = [
            (_ALL, None),
            *((f"{row['name']} ({row['who']})", row["who"]) for row in people.to_dict("records")[:100]),
        ]
        self.who = widgets.Dropdown(
            options=names, description="Who", tooltip="Who speaks or holds the stance.", layout=_WIDE, style=_LABELLED
        )
        self.words = widgets.Text(
            description="Words",
            placeholder="in the quote or the evidence, for example: court",
            continuous_update=False,
            layout=_WIDE,
            style=_LABELLED,
        )
        self.kind = widgets.ToggleButtons(
            options=[("Quotes", "quotes"), ("Stances", "stances")], description="List", style=_LABELLED
        )
        self.status = widgets.HTML()
        self.pictures = widgets.Tab(
            [widgets.HTML() for _ in range(3)], titles=("Who is quoted", "Stances over time", "Named together")
        )
        self.pictures.observe(lambda _: self._draw_shown(), "selected_index")
        self._drawings: dict[int | None, Callable[[], Axes]] = {}
        self.list = widgets.Select(options=[], rows=8, description="Rows", layout={"width": "auto"}, style=_LABELLED)
        self.place = widgets.VBox()
        for one in (self.outlets, self.months, self.who, self.words, self.kind):
            one.observe(lambda _: self.draw(), "value")
        self.list.observe(lambda change: self.show(change["new"]), "value")
        super().__init__(
            [
                self.outlets,
                self.months,
                self.who,
                self.words,
                self.status,
                self.pictures,
                self.kind,
                self.list,
                self.place,
                _Keys(),
            ]
        )
        self.add_class("ak-browser")
        self.draw()

    def __repr__(self) -> str:
        """One line; the default would print every widget in it."""
        return f"Browser({self.corpus!r}, {len(self.rows)} rows)"

    def draw(self) -> None:
        """Show what the filters let through."""
        quotes, stances = self._filtered(self._quotes, "text"), self._filtered(self._stances, "text")
        articles = self.corpus.articles[self._in_reach(self.corpus.articles)]
        told = f"{len(articles):,} articles, {len(quotes):,} quotes, {len(stances):,} stances"
        self.status.value = f'<div role="status">{told}</div>'
        together = self.corpus.co_mentions(most=30)
        self._drawings = {
            0: lambda: plots.quoted(self._quoted(quotes)),
            1: lambda: plots.stances_over_time(across.by_period(self.corpus, stances)),
            2: lambda: plots.co_mentions(self._within(together, set(articles["article"]))),
        }
        self._fill(quotes if self.kind.value == "quotes" else stances)
        self._draw_shown()  # last: it takes longest

    def _draw_shown(self) -> None:
        """Draw the picture that is shown, if the filters have changed since; the others wait until they are."""
        number = self.pictures.selected_index
        drawing = self._drawings.pop(number, None)
        if drawing is not None:
            self.pictures.children[number].value = _picture(drawing())

    def _quoted(self, quotes: pd.DataFrame) -> pd.DataFrame:
        return self.corpus.quoted if len(quotes) == len(self._quotes) else across.quoted_of(self.corpus, quotes)

    def show(self, row: int | None) -> None:
        """Open the article of a row of the list in the Reader, with its quote or stance chosen."""
        if row is None:
            self.place.children = ()
            return
        found = self.rows.iloc[row]
        self.article = str(found["article"])
        self.place.children = [self.corpus.reader(self.article, str(found["mark"]))]

    def _in_reach(self, table: pd.DataFrame) -> pd.Series[bool]:
        first, last = self.months.value
        whole = self.months.index == (0, len(self.months.options) - 1)
        month = table["published"].dt.strftime("%Y-%m")
        within = month.between(first, last) | (month.isna() if whole else False)
        everywhere = len(self.outlets.value) == len(self.outlets.options)
        told = table["outlet"].isin(self.outlets.value) | (table["outlet"].isna() if everywhere else False)
        both: pd.Series[bool] = within & told
        return both

    def _filtered(self, table: pd.DataFrame, column: str) -> pd.DataFrame:
        kept = self._in_reach(table)
        if self.who.value is not None:
            kept &= (table["who"] == self.who.value).fillna(False).astype(bool)
        if wanted := self.words.value.strip():
            kept &= table[column].str.contains(wanted, case=False, regex=False).astype(bool)
        return table[kept]

    def _within(self, table: pd.DataFrame, articles: set[str]) -> pd.DataFrame:
        """Pairs of names, counted in these articles only."""
        table = table.copy()
        table["paragraphs"] = [sum(place[0] in articles for place in places) for places in table["places"]]
        return table[table["paragraphs"] > 0].sort_values("paragraphs", ascending=False, kind="stable")

    def _fill(self, table: pd.DataFrame) -> None:
        lines = []
        table = table.sort_values("published", kind="stable")
        if "kind" in table:  # somebody's own words first
            table = table.sort_values("kind", key=lambda kinds: kinds == "indirect", kind="stable")
        for row in table.head(_MOST_ROWS).to_dict("records"):
            when = "" if pd.isna(row["published"]) else f"{row['published']:%Y-%m-%d} "
            where = "" if pd.isna(row["outlet"]) else f"{row['outlet']} · "
            place = {key: row[key] for key in ("article", "start", "end")}
            lines.append({**place, "mark": row["id"], "told": when + where + _told(row)})
        self.rows = pd.DataFrame(lines, columns=["article", "start", "end", "mark", "told"])
        more = len(table) - len(lines)
        self.list.options = [(told, number) for number, told in enumerate(self.rows["told"])]
        self.list.value = None
        if more:
            self.status.value += f"<div>The list shows the first {len(lines)}; {more:,} more pass the filters.</div>"


def _told(row: dict[Any, Any]) -> str:
    """A row of the list in words."""
    text = " ".join(str(row["text"]).split())
    if "polarity" in row:
        return f"{row['holder']} {POLARITY_SIGNS[row['polarity']]} {row['target']}: {text}"
    speaker = "speaker unknown" if pd.isna(row["speaker"]) else row["speaker"]
    if row["kind"] == "indirect" and not pd.isna(row["cue"]):  # "Tomas Brandl [defended]: the ministry"
        speaker += f" [{row['cue']}]"
    return f"{speaker}: {text}"


def _months(corpus: Corpus) -> list[str]:
    days = corpus.articles["published"].dropna()
    if days.empty:
        return ["no day"]
    return [str(month) for month in pd.period_range(days.min(), days.max(), freq="M")]


def _picture(ax: Axes) -> str:
    """The plot as HTML with its alternative text; its figure is closed."""
    figure = figure_of(ax)
    try:
        return in_html(figure, plots.alt_text(ax))
    finally:
        plt.close(figure)
