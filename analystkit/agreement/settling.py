"""Two annotators' differences to settle in a notebook, one after the other; each decision is kept at once."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets  # type: ignore[import-untyped]

from analystkit.agreement.adjudication import Adjudication, Choice
from analystkit.agreement.differences import LAYERS, Difference, Layer
from analystkit.agreement.sidebyside import marked_paragraph
from analystkit.agreement.wording import NAMES, facts, in_short
from analystkit.corrections import Store
from analystkit.errors import AnalystkitError
from analystkit.markup import escape, paragraphs
from analystkit.palette import EITHER
from analystkit.wire import Describable, as_dict, encodable

if TYPE_CHECKING:
    from analystkit.analysis import Analysis

_WIDE: Final = {"width": "100%", "max_width": "60em"}
_QUIET: Final = "font-weight:normal;opacity:.8"
_TAGS: Final = re.compile(r"<[^>]*>")


class Settling(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """A list of differences, the one chosen as each annotator has it, and buttons that decide.

    What was decided earlier, in the same store and by the same person, is taken up again.

    Args:
        first: One annotator's analysis, or its dictionary. The gold version begins as a copy of it.
        second: The other's, of the same text.
        names: What the annotators are called.
        store: Where decisions are kept; None for nowhere.
        by: Who decides.
        layers: The layers in which there is something to decide.

    Attributes:
        work: The decisions.
        store: Where they are kept.

    Raises:
        ValueError: The two are not of the same text.
        CorrectionsError: What the store holds cannot be read.
    """

    def __init__(
        self,
        first: Describable | Mapping[str, Any],
        second: Describable | Mapping[str, Any],
        *,
        names: tuple[str, str] = ("first", "second"),
        store: Store | None = None,
        by: str = "adjudicator",
        layers: Iterable[Layer] = LAYERS,
    ) -> None:
        self._data = encodable(as_dict(first)), encodable(as_dict(second))
        self._names = names
        self.store = store
        self.work = Adjudication(*self._data, by=by, layers=layers)
        if store is not None:
            self.work.resume(store)
        # layer by layer, as decisions build on one another: so each one kept stays as it is when the next is made
        self._listed = sorted(self.work.differences, key=lambda one: LAYERS.index(one.layer))
        found = self._listed
        self.progress = widgets.IntProgress(
            max=max(len(found), 1), description="Settled", style={"description_width": "6em"}
        )
        self.count = widgets.HTML()
        self.list = widgets.Select(
            rows=min(max(len(found), 2), 8),
            description="Differences",
            tooltip="Those with a tick are settled. Choose one to see it, or to decide anew.",
            layout=_WIDE,
            style={"description_width": "6em"},
        )
        self.list.observe(lambda _: self._show(), "value")
        self.sides = widgets.HTML(layout=_WIDE)
        self.buttons: dict[Choice, Any] = {
            "first": _button(f"As {names[0]} has it", f"The gold version gets what {names[0]} marked here."),
            "second": _button(f"As {names[1]} has it", f"The gold version gets what {names[1]} marked here."),
            "both": _button("Both", "The gold version gets the two marks side by side."),
            "neither": _button("Neither", "The gold version gets no mark here."),
        }
        for choice, button in self.buttons.items():
            button.on_click(lambda _, choice=choice: self.decide(choice))
        self.reopened = _button("Open again", "Take this decision back.")
        self.reopened.on_click(lambda _: self.decide(None))
        self.status = widgets.HTML()
        head = widgets.HBox([self.progress, self.count], layout={"align_items": "center"})
        row = widgets.HBox([*self.buttons.values(), self.reopened], layout={"flex_flow": "row wrap"})
        super().__init__([head, self.list, self.sides, row, self.status])
        self._fill(self._next(0))

    @property
    def gold(self) -> Analysis:
        """The gold version as it stands; what is open stands in it as the first annotator has it."""
        return self.work.gold

    def decide(self, choice: Choice | None) -> None:
        """Decide the difference that is chosen, keep the decision, and go on to the next one that is open.

        Args:
            choice: As in `Adjudication.decide`; None to leave it open again.
        """
        number = self.list.value
        if number is None:
            return
        difference = self._listed[number]
        before = dict(self.work.decisions)
        if choice is None:
            self.work.reopen(difference.id)
        else:
            self.work.decide(difference.id, choice)
        try:
            if self.store is not None:
                self.work.keep(self.store)
        except AnalystkitError as error:
            self.work.decisions = before
            self._say(f"<b>⚠ Not kept: {escape(str(error))}</b>")
            return
        where = f" Kept in {escape(self.store.path.name)}." if self.store is not None else ""
        done = "is open again" if choice is None else f"settled: {escape(self._told(choice))}"
        self._say(f"Number {number + 1} {done}.{where}")
        self._fill(number if choice is None else self._next(number))

    def __repr__(self) -> str:
        """One line; the default would print every widget in it."""
        return f"Settling({len(self.work.differences)} differences, {len(self.work.undecided)} open)"

    def _told(self, choice: Choice) -> str:
        one, other = self._names
        return {"first": f"as {one} has it", "second": f"as {other} has it"}.get(choice, choice)

    def _next(self, number: int) -> int | None:
        """The next open difference from one on, round the end; the same one where none is open."""
        found = self._listed
        order = [*range(number, len(found)), *range(number)]
        return next((n for n in order if found[n].id not in self.work.decisions), number if found else None)

    def _fill(self, number: int | None) -> None:
        """The list, with ticks, and one of it chosen."""
        lines = []
        for place, one in enumerate(self._listed):
            tick = "✓" if one.id in self.work.decisions else "○"
            side = 0 if one.first is not None else 1
            record = one.first if one.first is not None else one.second
            told = in_short(one.layer, record or {}, self._data[side])
            differs = ", ".join(one.fields) or f"only {self._names[side]}"
            lines.append((f"{tick} {place + 1}  {NAMES[one.layer]}, {differs}: {_plain(told)}", place))
        settled, whole = len(self.work.decisions), len(lines)
        self.progress.value = settled
        self.count.value = f"<span>{settled} of {whole}</span>"
        self.list.options = lines
        self.list.value = number
        self._show()

    def _show(self) -> None:
        """The chosen difference, as each annotator has it."""
        if self.list.value is None:
            self.sides.value = "<p>The two agree in everything.</p>" if not self._listed else ""
            for button in (*self.buttons.values(), self.reopened):
                button.disabled = True
            return
        difference = self._listed[self.list.value]
        columns = "".join(f'<div style="flex:1 1 18em;min-width:0">{self._side(difference, n)}</div>' for n in (0, 1))
        self.sides.value = (
            f'<div class="analystkit" style="display:flex;flex-wrap:wrap;gap:1em 2em;line-height:1.5">{columns}</div>'
        )
        decided = self.work.decisions.get(difference.id)
        alone = difference.first is None or difference.second is None
        for choice, button in self.buttons.items():
            button.disabled = alone and choice in ("both", "neither")
            button.button_style = "info" if choice == decided else ""
        self.reopened.disabled = decided is None

    def _side(self, difference: Difference, side: int) -> str:
        record = (difference.first, difference.second)[side]
        text = self._data[side]["text"]
        start, end = next((p for p in paragraphs(text) if p[0] <= difference.span[0] < p[1]), (0, len(text)))
        shown = marked_paragraph(text, (start, end), [difference], side)
        if record is None:
            told = "<p><b>No mark here.</b></p>"
        else:
            rows = []
            for words, value in facts(difference.layer, record, self._data[side]):
                shown_value = f"<b>{value}</b>" if words in difference.fields else value
                rows.append(f'<dt style="{_QUIET}">{escape(words)}</dt><dd style="margin:0">{shown_value}</dd>')
            told = f'<dl style="display:grid;grid-template-columns:max-content 1fr;gap:.1em 1em">{"".join(rows)}</dl>'
        return (
            f'<h4 style="margin:.4em 0">{escape(self._names[side])}</h4>'
            f'<p dir="auto" style="border-left:3px solid {EITHER["rule"]};padding-left:.8em">{shown}</p>{told}'
        )

    def _say(self, message: str) -> None:
        self.status.value = f'<div role="status">{message}</div>'


def _button(label: str, help_text: str) -> Any:
    return widgets.Button(description=label, tooltip=help_text, layout={"width": "auto"})


def _plain(markup: str) -> str:
    """Words from HTML, for a list that shows them as they are."""
    return html.unescape(_TAGS.sub("", markup))
