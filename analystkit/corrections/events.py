"""Events: what people did to an analysis, act by act, and how an analysis looks after it.

An event is one act of one person, a JSON object (the schema is in `schema/corrections-1.schema.json`):

    {"id": "5f0c…", "at": "2026-01-31T12:00:00.123Z", "by": "mara", "act": "change",
     "text": "sha256 of the article's text", "article": "harbour-treaty",
     "changes": [{"layer": "quotes", "was": {…the record before…}, "now": {…and after…}}]}

A change without `was` adds a record, one without `now` removes it. Everything that one act does is in one
event, so that an undo takes all of it back. Nothing is ever deleted: an undo is an event whose changes are the
inverse, and whose `undoes` names the event it takes back; a redo is an undo of that undo.
"""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import random
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from analystkit.corrections import records
from analystkit.corrections.records import Record

Event = dict[str, Any]
Change = Mapping[str, Any]

_PREFIX: Final = {"entities": "e", "quotes": "q", "stances": "s", "reviewed": "r"}


def text_hash(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal; a lone surrogate counts as U+FFFD, as in a browser."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return hashlib.sha256(whole.encode("utf-8")).hexdigest()


def event(
    analysis: Mapping[str, Any],
    changes: Iterable[Change],
    *,
    by: str,
    act: str = "change",
    undoes: str | None = None,
) -> Event:
    """A new event on an analysis (in JSON form), dated now.

    Args:
        analysis: What is corrected; gives the article's id and text.
        changes: The changes to its records.
        by: Who does it.
        act: What it is, in a word, for people: mark, change, accept, reject, remove, merge, split…
        undoes: The event that this one takes back.
    """
    now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    made: Event = {"id": uuid.uuid4().hex, "at": now, "by": by, "act": act, "text": text_hash(analysis["text"])}
    made["article"] = analysis["article"]["id"]
    made["changes"] = [dict(change) for change in changes]
    return made if undoes is None else made | {"undoes": undoes}


def new_id(layer: str) -> str:
    """An id for a record made by a person: random, so that people who work apart do not collide."""
    return f"{_PREFIX[layer]}{random.randint(100_000_000, 999_999_999)}"  # noqa: S311  # not a secret


def inverse(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """The changes that take these back, last first."""
    return [{"layer": c["layer"], "was": c["now"], "now": c["was"]} for c in reversed(list(changes))]


def apply(data: Mapping[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """An analysis, in JSON form, after some changes.

    A record is put in, replaced or taken out by its id. Whether it looked like `was` before is not asked: see
    `analystkit.corrections.replay` for changes that were made on another analysis. Layers that change are
    sorted by where their records begin, then by the number in the id.

    Returns:
        A new dictionary; it shares with `data` and `changes` what neither of them changes, so treat all
        three as read-only.
    """
    result = dict(data)
    layers: dict[str, dict[str, Record]] = {}
    for change in changes:
        layer = change["layer"]
        if layer not in layers:
            layers[layer] = {record["id"]: record for record in data.get(layer, ())}
        put(layers[layer], change)
    for layer, table in layers.items():
        result[layer] = in_order(layer, table)
    return result


def put(table: dict[str, Record], change: Change) -> None:
    """Make one change in a layer's records by id."""
    was, now = change["was"], change["now"]
    if was is not None and (now is None or now["id"] != was["id"]):
        table.pop(was["id"], None)
    if now is not None:
        table[now["id"]] = now


def in_order(layer: str, table: Mapping[str, Record]) -> list[Record]:
    """A layer's records as a sorted list."""
    return sorted(table.values(), key=lambda record: records.order(layer, record))


class History(NamedTuple):
    """What one annotator can take back, and what they can bring back.

    Attributes:
        done: Events in force, oldest first; undo takes the last one back.
        undone: Undo events in force, oldest first; redo takes the last one back. Empty after any new act.
    """

    done: tuple[Event, ...]
    undone: tuple[Event, ...]


def history(events: Iterable[Event], by: str) -> History:
    """The undo and redo stacks of an annotator, from all events on a text, in the order of the log.

    Other people's acts are none of theirs: each takes back only their own.
    """
    done: dict[str, Event] = {}
    undone: dict[str, Event] = {}
    for one, act, brings in _acts(one for one in events if one["by"] == by):
        if one is act:
            undone.clear()
        (done if brings else undone)[act["id"]] = one
        (undone if brings else done).pop(act["id"], None)
    return History(tuple(done.values()), tuple(undone.values()))


def undo(analysis: Mapping[str, Any], events: Iterable[Event], *, by: str) -> Event | None:
    """The event that takes an annotator's last act back, not yet appended; None where there is none."""
    done = history(events, by).done
    return event(analysis, inverse(done[-1]["changes"]), by=by, act="undo", undoes=done[-1]["id"]) if done else None


def redo(analysis: Mapping[str, Any], events: Iterable[Event], *, by: str) -> Event | None:
    """The event that brings back what an annotator took back last, not yet appended; None where there is none."""
    undone = history(events, by).undone
    if not undone:
        return None
    return event(analysis, inverse(undone[-1]["changes"]), by=by, act="redo", undoes=undone[-1]["id"])


@contextmanager
def events_at_once() -> Iterator[None]:
    """Work on very many events: nothing of it can be garbage yet, so the collector need not look for any.

    What was made meanwhile counts as old afterwards, or the collector would go through all of it at once.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            if not gc.get_freeze_count():  # what somebody else has frozen stays so
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def in_force(events: Iterable[Event]) -> list[Event]:
    """The acts that stand, in the order of the log: without those taken back, and without undo and redo themselves.

    An act is taken back only by its own annotator. An undo of an event that is not among these stands for
    itself, as the changes that it holds.
    """
    stands: dict[str, bool] = {}
    acts: list[Event] = []
    for one, act, brings in _acts(events):
        if one is act:
            acts.append(act)
        stands[act["id"]] = brings
    return [act for act in acts if stands[act["id"]]]


def _acts(events: Iterable[Event]) -> Iterator[tuple[Event, Event, bool]]:
    """Each event, the act it is about (its own, or the one at the end of `undoes`), and whether it brings it about."""
    known: dict[str, tuple[Event, bool]] = {}
    for one in events:
        act, brings = known.get(one.get("undoes") or "", (one, False))
        if act["by"] != one["by"]:
            act, brings = one, False
        known[one["id"]] = act, not brings
        yield one, act, not brings
