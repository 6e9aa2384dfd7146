"""Tables and plots beside a Reader: they follow its corrections, and what is chosen in one is lit in all.

    reader = ak.Reader(analysis)
    table = linked.table(reader, ak.tables.quotes)
    plot = linked.plot(reader, ak.plots.stances)

A click on a row, or on a cell, bar or line of a plot, chooses it in the Reader, and the other way round. With what is
chosen, what belongs to it is lit: of an entity its quotes and stances, of these their speakers, holders and targets.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import anywidget
import matplotlib.pyplot as plt
import pandas as pd
import traitlets

from analystkit.palette import stylesheet
from analystkit.plots import alt_text
from analystkit.plots.figure import drawing, in_html
from analystkit.plots.sheet import figure_of
from analystkit.tables import cell
from analystkit.wire import encodable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analystkit.analysis import Analysis
    from analystkit.reader import Reader

_HERE: Final = Path(__file__).parent
_INCH: Final = 96  # CSS pixels
_LEAST: Final = 18  # pixels: height of the thinnest thing that can be clicked
_SOON: Final = 0.15  # seconds in which several corrections make one new drawing


class LinkedView(anywidget.AnyWidget):
    """Something that is drawn from a Reader's analysis, and drawn anew whenever that changes.

    Attributes:
        selected: Id of what is chosen, as in the Reader; None for nothing.
    """

    _esm = _HERE / "linked.js"
    _css = stylesheet() + (_HERE / "linked.css").read_text(encoding="utf-8")

    kind = traitlets.Unicode().tag(sync=True)
    selected = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    content = traitlets.Dict().tag(sync=True, to_json=lambda value, _widget: encodable(value))

    def __init__(self, reader: Reader, **traits: Any) -> None:
        self._reader = reader
        self._waiting: asyncio.TimerHandle | None = None
        # JupyterLab has what widgets send worked off in a thread beside that of the cells, and drawing there would
        # leave figures, which pyplot keeps for all threads, in the output of whatever cell is running.
        self._loop = _running_loop()
        # The browser may draw as soon as it knows of the view: it comes with its content.
        super().__init__(content=self._drawn(), **traits)
        traitlets.link((reader, "selected"), (self, "selected"))
        reader.observe(self._on_data, "data")

    def draw(self) -> None:
        """Draw what the Reader's analysis is now."""
        self._waiting = None
        self.content = self._drawn()

    def _drawn(self) -> dict[str, Any]:
        analysis = self._reader.analysis
        return self._content(analysis) | {"kin": _kin(analysis)}

    def _content(self, analysis: Analysis) -> dict[str, Any]:
        raise NotImplementedError

    def _on_data(self, _change: object) -> None:
        """Draws soon, in a kernel: the Reader's answer to the correction should not wait for it."""
        if self._loop is None or not self._loop.is_running():
            self.draw()
        else:
            self._loop.call_soon_threadsafe(self._draw_soon, self._loop)

    def _draw_soon(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = loop.call_later(_SOON, self.draw)

    def close(self) -> None:
        """Take the view off the page, and follow the Reader no more."""
        if getattr(self, "_reader", None) is not None:
            self._reader.unobserve(self._on_data, "data")
        super().close()

    def static(self) -> str:
        """What is drawn now as HTML, for places without a kernel or scripts."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.kind})"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle: tuple[dict[str, Any], dict[str, Any]] | None = super()._repr_mimebundle_(**kwargs)
        if bundle is not None:
            bundle[0]["text/html"] = self.static()
        return bundle


class LinkedTable(LinkedView):
    """A table whose rows are chosen by a click."""

    def __init__(
        self, reader: Reader, rows: Callable[[Analysis], pd.DataFrame], columns: Sequence[str] | None = None
    ) -> None:
        self._rows = rows
        self._columns = columns
        super().__init__(reader, kind="table")

    def _content(self, analysis: Analysis) -> dict[str, Any]:
        """The cells as words, and the ids of each row: the record that it shows, then those it refers to."""
        found = self._rows(analysis)
        refs = [column for column in found.columns if column == "id" or column.endswith("_id")]
        refs.sort(key=lambda column: column != "id")
        shown = list(self._columns or [column for column in found.columns if column not in refs])
        ids = [[str(ref) for ref in row if pd.notna(ref)] for row in found[refs].itertuples(index=False)]
        cells = [[cell(value) for value in row] for row in found[shown].itertuples(index=False)]
        return {"columns": shown, "rows": cells, "ids": ids}

    def static(self) -> str:
        """The table; nothing when it has no rows."""
        if not self.content["rows"]:
            return ""
        head = "".join(f"<th>{escape(column)}</th>" for column in self.content["columns"])
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in self.content["rows"]
        )
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody>\n</table>"


class LinkedPlot(LinkedView):
    """A plot in which what stands for entities or stances is chosen by a click."""

    def __init__(self, reader: Reader, draw: Callable[[Analysis], Axes]) -> None:
        self._plot = draw
        super().__init__(reader, kind="plot")

    def _content(self, analysis: Analysis) -> dict[str, Any]:
        """The picture, its words, and the places in it that stand for something, in shares of its size."""
        names = {mark.id: mark.name for mark in analysis.entities} | {
            mark.id: mark.evidence_text for mark in analysis.stances
        }
        names |= {mark.id: mark.text for mark in analysis.quotes}
        with self._sheet(analysis) as (ax, figure):
            return {
                "drawing": drawing(figure),
                "alt": alt_text(ax),
                "width": round(figure.get_figwidth() * _INCH),
                "places": _places(figure, ax, names),
            }

    def static(self) -> str:
        """The picture with its words."""
        with self._sheet(self._reader.analysis) as (_, figure):
            return in_html(figure, str(self.content["alt"]))

    @contextmanager
    def _sheet(self, analysis: Analysis) -> Iterator[tuple[Axes, Figure]]:
        """A plot that the notebook does not show by itself: a click in the Reader makes it show what is open."""
        plt.draw_if_interactive()  # type: ignore[no-untyped-call]  # a backend chosen under ioff() would stay off
        with plt.ioff():
            ax = self._plot(analysis)
            figure = figure_of(ax)
            try:
                yield ax, figure
            finally:
                plt.close(figure)


def table(
    reader: Reader, rows: Callable[[Analysis], pd.DataFrame], columns: Sequence[str] | None = None
) -> LinkedTable:
    """A table beside a Reader.

    Args:
        reader: Whose analysis it shows.
        rows: Makes the table from an analysis, such as `tables.quotes`. Its columns "id" and "…_id" say which
            mark a row is, and to which it belongs.
        columns: Those that are shown; by default all but the ids.
    """
    return LinkedTable(reader, rows, columns)


def plot(reader: Reader, draw: Callable[[Analysis], Axes]) -> LinkedPlot:
    """A plot beside a Reader.

    Args:
        reader: Whose analysis it shows.
        draw: Draws an analysis on Axes of a new figure, such as `plots.stances`. Artists whose `gid` is made
            of ids can be chosen.
    """
    return LinkedPlot(reader, draw)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    """The loop of the kernel's cells; None outside a kernel."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _kin(analysis: Analysis) -> dict[str, list[str]]:
    """What belongs to each mark, as ids: the marks that refer to it, and those that it refers to."""
    kin: dict[str, dict[str, None]] = {}
    data = analysis.to_dict()
    for layer in ("quotes", "stances"):
        for record in data[layer]:
            refs = [record.get(key) for key in ("speaker", "holder", "target", "quote")]
            for ref in (*refs, *record.get("via", ())):
                if ref is not None:
                    kin.setdefault(ref, {})[record["id"]] = None
                    kin.setdefault(record["id"], {})[ref] = None
    return {ref: list(others) for ref, others in kin.items()}


def _places(figure: Figure, ax: Axes, names: dict[str, str]) -> list[dict[str, Any]]:
    """Where in a figure its artists stand for marks: {"ids", "label", "box": [left, top, width, height]}.

    Artists of the same marks make one place. Boxes are shares of the figure's width and height, from above.
    """
    boxes: dict[str, list[Any]] = {}
    for artist in ax.get_children():
        gid = artist.get_gid()
        if gid and set(gid.split()) <= names.keys():
            boxes.setdefault(gid, []).append(artist.get_window_extent())
    width, height = figure.bbox.width, figure.bbox.height
    least = _LEAST * figure.dpi / _INCH
    places = []
    for gid, some in boxes.items():
        left, right = min(box.x0 for box in some), max(box.x1 for box in some)
        bottom, top = min(box.y0 for box in some), max(box.y1 for box in some)
        if (short := least - (top - bottom)) > 0:
            bottom, top = bottom - short / 2, top + short / 2
        box = [left / width, 1 - top / height, (right - left) / width, (top - bottom) / height]
        ids = gid.split()
        places.append({"ids": ids, "label": "; ".join(names[ref] for ref in ids), "box": [round(x, 4) for x in box]})
    return places
