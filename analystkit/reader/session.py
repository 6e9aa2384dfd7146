"""One article being corrected: the acts kept so far are done again, new ones are kept and then applied.

A session knows nothing of widgets. Sessions of one process on the same text and store tell each other of every
act, so that two readers side by side show the same.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final
from weakref import WeakSet

from analystkit.analysis import Analysis
from analystkit.corrections import FILENAME, Event, Store, Unplaced, apply, replay, text_hash
from analystkit.corrections.records import LAYERS
from analystkit.errors import CorrectionsError

_open: Final[WeakSet[Session]] = WeakSet()


class Session:
    """An analysis and the corrections of its article.

    Args:
        machine: The analysis as a pipeline made it, in JSON form.
        store: Where corrections are kept: a store, the path of its file, or None for the file
            `corrections.analystkit` in the current folder. The file is made at the first act.
        on_change: Called when the corrected analysis has changed.

    Attributes:
        data: The corrected analysis, in JSON form.
        hash: SHA-256 of the text, which events refer to.
        events: The acts that `data` has taken in and that can be taken back in it.
        unplaced: Earlier corrections that found no place in this analysis.

    Raises:
        CorrectionsError: what the store holds cannot be read.
    """

    def __init__(
        self,
        machine: Mapping[str, Any],
        store: Store | str | Path | None = None,
        *,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self.machine = dict(machine)
        self.store = store if isinstance(store, Store) else Store(FILENAME if store is None else store)
        self.on_change = on_change
        self.hash = text_hash(self.machine["text"])
        self.data: dict[str, Any] = self.machine
        self.events: list[Event] = []
        self.unplaced: tuple[Unplaced, ...] = ()
        self.refresh()
        _open.add(self)

    def refresh(self) -> None:
        """Do again, on the machine's analysis, all that is kept of this article: after others have worked on it."""
        # Counted first: an act that comes in between is then taken in once more, and not missed.
        self._count = self.store.count(self.hash)
        kept = self.store.events_on(self.machine)
        if kept:
            result = replay(Analysis(self.machine), kept)
            self.data, self.unplaced = result.analysis.to_dict(), result.unplaced
        # The changes of an event fit the analysis that it was made on. Elsewhere they were adapted, and what
        # takes them back would not fit.
        first = self.store.analysis(self.hash)
        fits = first is None or all(first.get(layer) == self.machine.get(layer) for layer in LAYERS)
        self.events = [event for event in kept if event["text"] == self.hash] if fits else []
        self.on_change()

    def catch_up(self) -> None:
        """Take in what others have kept meanwhile; one look into the store where they have kept nothing.

        Raises:
            CorrectionsError: what the store holds cannot be read.
        """
        if self.store.count(self.hash) != self._count:
            self.refresh()

    def keep(self, event: Event) -> None:
        """Keep one act and apply it, with what others have kept meanwhile; when this returns it is on disk.

        Raises:
            CorrectionsError: it is no event, or was made on another text.
            StoreError: it cannot be written. The analysis is then as it was.
        """
        if event.get("text") != self.hash:
            raise CorrectionsError("This change was made on another text. Run the cell again to go on with this one.")
        self.store.append([event], analysis=self.machine)
        if any(known["id"] == event["id"] for known in reversed(self.events)):
            return  # sent twice, after an answer that was lost
        count = self.store.count(self.hash)
        for session in list(_open):
            if session is self or (session.hash == self.hash and session.store.path == self.store.path):
                session._take(event, count)

    def _take(self, event: Event, count: int) -> None:
        # Another notebook, or another person, has kept acts too; or the view that this act was done in was behind.
        if count != self._count + 1 or not self._is_made_here(event):
            self.refresh()
            return
        self._count = count
        self.data = apply(self.data, event["changes"])
        self.events.append(event)
        self.on_change()

    def _is_made_here(self, event: Event) -> bool:
        """Whether every record that an act changes is as the act found it."""
        for change in event["changes"]:
            ref = (change["was"] or change["now"])["id"]
            if next((one for one in self.data.get(change["layer"], ()) if one["id"] == ref), None) != change["was"]:
                return False
        return True

    def close(self) -> None:
        """Hear no more of others' acts."""
        _open.discard(self)


def listed(unplaced: Iterable[Unplaced]) -> list[dict[str, Any]]:
    """Corrections without a place, as the Reader lists them: one entry an act.

    Returns:
        `{"act", "by", "at", "parts"}` for each act, in their order; `parts` has `{"layer", "words", "why"}` for
        each thing that it was about, once each (what is looked at is noted for every layer of a paragraph).
    """
    acts: dict[str, dict[str, Any]] = {}
    for one in unplaced:
        event = one.event
        entry = acts.setdefault(event["id"], {**{key: event[key] for key in ("act", "by", "at")}, "parts": []})
        part = {"layer": one.layer, "words": one.words, "why": one.why}
        if part not in entry["parts"]:
            entry["parts"].append(part)
    return list(acts.values())


def user_name() -> str:
    """Who is logged in on this computer, for want of a better name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such variable, and no entry for the user's number
        return "analyst"
