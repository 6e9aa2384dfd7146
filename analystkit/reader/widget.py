"""The Reader as a Jupyter widget."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from analystkit.markup import LAYERS, highlight
from analystkit.palette import stylesheet
from analystkit.reader.bundle import script
from analystkit.wire import Describable, as_dict, encodable

if TYPE_CHECKING:
    from analystkit.analysis import Analysis, Entity, Quote, Stance

_HERE = Path(__file__).parent


class Reader(anywidget.AnyWidget):
    """An article with its entities, quotes and stances, to read and to explore in a notebook.

    Args:
        analysis: An :class:`~analystkit.analysis.Analysis` or its dictionary.
        layers: Which of "entities", "quotes" and "stances" are shown at first.

    Attributes:
        data: The analysis as a dictionary; set a new one to show it instead.
        layers: The layers shown.
        selected: Id of the entity, quote or stance that is chosen ("e1", "q2", "s3"), or None.
        selection: ``[start, end]`` code points of the words the user selected, without outer blanks;
            ``[]`` when none are.
    """

    _esm = script()
    _css = stylesheet() + (_HERE / "reader.css").read_text(encoding="utf-8")

    data = traitlets.Dict().tag(sync=True, to_json=lambda value, _widget: encodable(value))
    layers = traitlets.List(traitlets.Enum(LAYERS), default_value=list(LAYERS)).tag(sync=True)
    selected = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    selection = traitlets.List(traitlets.Int()).tag(sync=True)

    def __init__(
        self, analysis: Analysis | Describable | Mapping[str, Any], *, layers: tuple[str, ...] = LAYERS
    ) -> None:
        super().__init__(data=as_dict(analysis), layers=list(layers))

    @property
    def analysis(self) -> Analysis:
        """What is shown, as an :class:`~analystkit.analysis.Analysis`."""
        from analystkit.analysis import Analysis

        return Analysis.from_dict(self.data)

    @property
    def selected_mark(self) -> Entity | Quote | Stance | None:
        """The entity, quote or stance that is chosen, or None."""
        if self.selected is None:
            return None
        analysis = self.analysis
        marks: tuple[Entity | Quote | Stance, ...] = (
            *analysis.entities,
            *analysis.quotes,
            *analysis.stances,
        )
        return next((mark for mark in marks if mark.id == self.selected), None)

    @property
    def selected_text(self) -> str:
        """The words the user selected, or an empty string."""
        start, end = self.selection or (0, 0)
        return str(self.data.get("text", ""))[start:end]

    def __repr__(self) -> str:
        """One line; the default would print the whole article."""
        counts = ", ".join(f"{len(self.data.get(layer) or ())} {layer}" for layer in LAYERS)
        return f"Reader({len(self.data.get('text', ''))} characters, {counts})"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """The widget and, for places without a kernel or scripts, the article with its marks as HTML."""
        bundle: tuple[dict[str, Any], dict[str, Any]] | None = super()._repr_mimebundle_(**kwargs)
        if bundle is not None:
            bundle[0]["text/html"] = highlight(self.data, layers=self.layers)
        return bundle
