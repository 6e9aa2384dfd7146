"""Corrections: what people change in an analysis, kept as events that are never deleted.

    store = Store("corrections.analystkit")
    store.append([event(data, changes, by="mara", act="change")], analysis=data)
    replay(analysis, store.events(text=text_hash(analysis.text))).analysis

How they are kept, and what is promised: docs/corrections.md.
"""

from analystkit.corrections import files, learning
from analystkit.corrections.events import (
    Event,
    History,
    apply,
    event,
    history,
    in_force,
    inverse,
    new_id,
    redo,
    text_hash,
    undo,
)
from analystkit.corrections.repeating import Unplaced
from analystkit.corrections.replay import Replay, replay
from analystkit.corrections.store import FILENAME, Store

__all__ = [
    "FILENAME",
    "Event",
    "History",
    "Replay",
    "Store",
    "Unplaced",
    "apply",
    "event",
    "files",
    "history",
    "in_force",
    "inverse",
    "learning",
    "new_id",
    "redo",
    "replay",
    "text_hash",
    "undo",
]
