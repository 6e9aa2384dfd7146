"""The Reader as a Jupyter widget."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal

import anywidget
import traitlets

from analystkit.corrections import FILENAME
from analystkit.corrections.checks import check_events
from analystkit.errors import AnalystkitError
from analystkit.markup import LAYERS, highlight, layers_of
from analystkit.palette import stylesheet
from analystkit.reader.bundle import script
from analystkit.reader.session import Session, listed, user_name
from analystkit.wire import Describable, as_dict, encodable

if TYPE_CHECKING:
    from analystkit.analysis import Analysis, Entity, Mark, Quote, Stance
    from analystkit.corrections import Event, Store, Unplaced

_HERE = Path(__file__).parent


class Reader(anywidget.AnyWidget):
    """An article with its entities, quotes and stances, to read, to explore and to correct in a notebook.

    What is corrected is kept at once, in a file that only grows, and done again whenever the same article is
    opened: docs/reader.md.

    Args:
        analysis: An :class:`~analystkit.analysis.Analysis` or its dictionary.
        layers: Which of `analystkit.markup.layers_of(data)` are shown at first; None for all.
        corrections: Where corrections are kept: a :class:`~analystkit.corrections.Store` or the path of its
            file; None for the file `corrections.analystkit` beside the article's file, or in the current folder
            where there is none or it cannot be written to; the file is made at the first correction. False for
            a reader in which nothing can be changed.
        annotator: Who corrects; None for the user of this computer.

    Attributes:
        data: The corrected analysis as a dictionary; set a new one to show it instead.
        layers: The layers shown.
        selected: Id of the entity, quote or stance that is chosen ("e1", "q2", "s3"), or None.
        selection: ``[start, end]`` code points of the words the user selected: whole words, without blanks
            and punctuation around them; ``[]`` when none are.
        annotator: Who corrects.

    Raises:
        CorrectionsError: The file of corrections is none, or cannot be read.
    """

    _esm = script()
    _css = stylesheet() + (_HERE / "reader.css").read_text(encoding="utf-8")

    data = traitlets.Dict().tag(sync=True, to_json=lambda value, _widget: encodable(value))
    layers = traitlets.List(traitlets.Unicode(), default_value=list(LAYERS)).tag(sync=True)
    selected = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    selection = traitlets.List(traitlets.Int()).tag(sync=True)
    annotator = traitlets.Unicode().tag(sync=True)
    _text_hash = traitlets.Unicode(help="SHA-256 of the text; empty where nothing can be changed.").tag(sync=True)

    _unplaced: traitlets.List[Any] = traitlets.List(help="Corrections without a place, as `listed` gives them.").tag(
        sync=True, to_json=lambda value, _widget: encodable(value)
    )

    def __init__(
        self,
        analysis: Analysis | Describable | Mapping[str, Any],
        *,
        layers: tuple[str, ...] | None = None,
        corrections: Store | str | Path | Literal[False] | None = None,
        annotator: str | None = None,
    ) -> None:
        self._corrections = _beside(analysis) if corrections is None else corrections
        self._session: Session | None = None
        self._is_showing = False
        self._doc = getattr(analysis, "doc", None)
        data = self._begin(as_dict(analysis))
        super().__init__(
            data=data,
            layers=list(layers_of(data) if layers is None else layers),
            annotator=annotator or user_name(),
            _text_hash=self._hash,
            _unplaced=listed(self.unplaced),
        )
        if self._text_hash:
            # What checks events takes seconds to import in some environments; the first correction should not wait.
            Thread(target=check_events, args=([],), daemon=True).start()
        self.on_msg(self._on_message)
        self.observe(self._on_data, "data")

    @traitlets.validate("layers")
    def _known_layers(self, proposal: Any) -> list[str]:
        layers: list[str] = proposal["value"]
        if unknown := sorted(set(layers) - set(layers_of(self.data))):
            msg = f"no layer {', '.join(map(repr, unknown))}; choose from {', '.join(layers_of(self.data))}"
            raise traitlets.TraitError(msg)
        return layers

    @property
    def analysis(self) -> Analysis:
        """What is shown, as corrected, as an :class:`~analystkit.analysis.Analysis`."""
        from analystkit.analysis import Analysis

        if self._session is None:
            return Analysis.from_dict(self.data)
        return Analysis(Analysis(self.data).to_dict(), doc=self._doc)

    @property
    def events(self) -> tuple[Event, ...]:
        """The corrections that are in what is shown, oldest first."""
        return tuple(self._session.events) if self._session else ()

    @property
    def unplaced(self) -> tuple[Unplaced, ...]:
        """Corrections of an earlier text or by an earlier model that found no place in this analysis."""
        return self._session.unplaced if self._session else ()

    @property
    def selected_mark(self) -> Entity | Quote | Stance | Mark | None:
        """The entity, quote or stance that is chosen, or None."""
        return self.analysis.mark(self.selected)

    @property
    def selected_text(self) -> str:
        """The words the user selected, or an empty string."""
        start, end = self.selection or (0, 0)
        return str(self.data.get("text", ""))[start:end]

    def refresh(self) -> None:
        """Take in what others have kept of this article since it was opened.

        Raises:
            CorrectionsError: What is kept cannot be read.
        """
        if self._session:
            self._session.refresh()

    def close(self) -> None:
        """Take the widget off the page."""
        if getattr(self, "_session", None):
            self._session.close()  # type: ignore[union-attr]
        super().close()

    @property
    def _hash(self) -> str:
        return self._session.hash if self._session else ""

    def _begin(self, data: dict[str, Any]) -> dict[str, Any]:
        """Open the corrections of an analysis; gives it corrected."""
        if self._session:
            self._session.close()
        self._session = None
        if self._corrections is False or not {"text", "article", "model", *LAYERS} <= data.keys():
            return data
        session = Session(data, self._corrections)
        session.on_change = lambda: self._show(session.data)
        self._session = session
        return session.data

    def _show(self, data: dict[str, Any]) -> None:
        """Show the session's data; not to be taken for an analysis that the user wants shown instead."""
        self._is_showing = True
        try:
            with self.hold_sync():
                self.data = data
                self._unplaced = listed(self.unplaced)
        finally:
            self._is_showing = False

    def _on_data(self, change: Any) -> None:
        """Another analysis is to be shown: corrections of its article are done again."""
        if self._is_showing:
            return
        self._doc = None
        data = self._begin(change["new"])
        with self.hold_sync():
            self._text_hash = self._hash
            self._show(data)

    def _on_message(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """What the browser reports: an act, a wish for a page, somebody who is back, a view that asks for the acts."""
        if content.get("type") == "share":
            from analystkit.page import file_name, render_page

            self.send({"type": "page", "name": file_name(self.data), "html": render_page(self.data)})
        if self._session is None:
            return
        if content.get("type") == "look":
            # Nobody waits for an answer: should the store be out of reach, the next act says so.
            with suppress(AnalystkitError):
                self._session.catch_up()
        elif content.get("type") == "hello":
            self.send({"type": "history", "events": encodable(self._session.events)})
        elif content.get("type") == "act":
            event: dict[str, Any] = content.get("event") or {}
            ref = event.get("id")
            try:
                self._session.keep(event)
            except AnalystkitError as error:
                self.send({"type": "failed", "id": ref, "why": str(error)})
            except Exception as error:  # the browser waits for an answer, whatever happens here
                self.send({"type": "failed", "id": ref, "why": f"{type(error).__name__}: {error}"})
                raise
            else:
                self.send({"type": "kept", "id": ref})

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


def _beside(analysis: object) -> Path:
    """Where corrections of an analysis are kept if the user does not say."""
    folder: Path | None = getattr(analysis, "folder", None)
    return folder / FILENAME if folder is not None and os.access(folder, os.W_OK) else Path(FILENAME)
