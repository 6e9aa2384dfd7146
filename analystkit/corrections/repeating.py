"""Acts repeated on an analysis, one after the other: each as it was where that can be, else carried over.

To carry an act over, its records are looked for by the words they stand on (`matching`), its differences are
made on what is found (`differences`), and ids are translated. `replay` is the way in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from analystkit.corrections import anchors, records
from analystkit.corrections.differences import carried_over, united
from analystkit.corrections.events import Change, Event, in_order, put, text_hash
from analystkit.corrections.matching import Nearby, Places, likeness
from analystkit.corrections.records import Record, Span

#: From which share of common words on two records are one.
_SAME: Final = 0.5
#: The same, for a mark that a person added and that a newer model has found as well.
_FOUND_AS_WELL: Final = 0.8

_LAYER_ORDER: Final = {layer: number for number, layer in enumerate(records.LAYERS)}
_NOT_IN_TEXT: Final = "its words are not in this text"


@dataclass(frozen=True)
class Unplaced:
    """Something that a person did and that has no place in this analysis.

    Attributes:
        event: The act, whole.
        layer: The layer of the record in question.
        words: The words that it was about, as far as they are known.
        why: What is in the way, in a sentence.
    """

    event: Event
    layer: str
    words: str
    why: str


class Repetition:
    """An analysis in the making: its records by id, and what was learnt of what is called what now.

    Args:
        data: The machine's analysis in JSON form.

    Attributes:
        unplaced: What found no place so far.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.unplaced: list[Unplaced] = []
        self._data = data
        self._hash = text_hash(data["text"])
        self._places = Places(data["text"], self._hash)
        self._tables: dict[str, dict[str, Record]] = {
            layer: {record["id"]: record for record in data.get(layer, ())} for layer in records.LAYERS
        }
        self._nearby: dict[str, Nearby] = {}
        self._here: dict[str, str] = {}  # id in the events -> id in this analysis
        self._heirs: dict[str, str] = {}  # entity that is gone -> the one that has its mentions, both as called here
        self._last: dict[str, Event] = {}  # record here -> the act that changed it, or took it out, last
        self._touched: set[str] = set()  # layers

    def act(self, event: Event) -> None:
        """Repeat one act."""
        same = event["text"] == self._hash and event.get("model", self._data["model"]) == self._data["model"]
        changes = event["changes"]
        if len(changes) > 1:
            # What is referred to comes before what refers to it, and what takes mentions over before what loses them.
            changes = sorted(changes, key=lambda c: (_LAYER_ORDER[c["layer"]], not same and c["now"] is None))
            if not same:
                self._locate_all(event, changes)
        for change in changes:
            if same and self._is_as_it_was(change):
                self._put(change["layer"], change["was"], change["now"], event)
            else:
                self._carry_over(event, change, same)
        for change in changes:
            if change["layer"] == "entities" and change["now"] is None:
                self._note_heir(change["was"], changes)

    def result(self) -> dict[str, Any]:
        """The analysis after the acts: every span within the text, every reference to a record that is there."""
        self._drop_what_lies_outside()
        self._mend_references()
        result = dict(self._data)
        for layer in sorted(self._touched, key=_LAYER_ORDER.__getitem__):
            result[layer] = in_order(layer, self._tables[layer])
        return result

    # An act as it was

    def _is_as_it_was(self, change: Change) -> bool:
        """Whether a change can be made just so: nobody else has changed the record, and all go by their old ids."""
        was, now, table = change["was"], change["now"], self._tables[change["layer"]]
        if self._here and any(self._here.get(ref, ref) != ref for ref in _ids(change["layer"], was, now)):
            return False
        return table.get(was["id"]) == was if was is not None else now["id"] not in table

    def _put(self, layer: str, was: Record | None, now: Record | None, event: Event) -> None:
        """Make a change that is told in this analysis's own terms."""
        put(self._tables[layer], {"was": was, "now": now})
        self._touched.add(layer)
        for record in (was, now):
            if record is not None:
                self._last[record["id"]] = event
        if now is not None and layer in self._nearby:
            self._nearby[layer].note(now)

    # An act carried over

    def _carry_over(self, event: Event, change: Change, same: bool) -> None:
        layer, old, new = change["layer"], change["was"], change["now"]
        was, now = self._moved(event, layer, old), self._moved(event, layer, new)
        if new is not None and now is None:
            self._miss(event, layer, new, _NOT_IN_TEXT)
            return
        self._report_lost_parts(event, change)
        here = None if old is None else self._locate(layer, old["id"], was or now, same)
        if here is not None:
            self._alter(event, change, (was, now), here, same)
        elif now is None:
            if was is None:
                self._miss(event, layer, old, f"{_NOT_IN_TEXT}, so it cannot be taken out")
        elif old is not None and (same or old["id"] in self._here):
            self._miss(event, layer, old, f"it was taken out{self._by_whom(old['id'])}")
        else:  # a new mark; or this model does not make it, but the person who corrected it vouches for it
            self._add(event, layer, now, same)

    def _moved(self, event: Event, layer: str, record: Record | None) -> Record | None:
        if record is None:
            return None
        # A stretch that somebody has looked at does not cover words that were changed since.
        return records.moved(layer, record, lambda span: self._places.of(event, span, edited=layer != "reviewed"))

    def _locate_all(self, event: Event, changes: Iterable[Change]) -> None:
        """Find the records of an act before it moves words from one to another."""
        for change in changes:
            if change["was"] is not None:
                was = self._moved(event, change["layer"], change["was"])
                self._locate(change["layer"], change["was"]["id"], was, same=False)

    def _locate(self, layer: str, ref: str, record: Record | None, same: bool) -> str | None:
        """What a record of an event is called here; None where it is not there."""
        table = self._tables[layer]
        here = self._here.get(ref, ref if same else None)
        if here is None and record is not None:
            near = ref in table and likeness(layer, record, table[ref]) >= _SAME
            here = ref if near else self._around(layer).best(record, _SAME)
            if here is not None:
                self._here[ref] = here
        return here if here in table else None

    def _add(self, event: Event, layer: str, record: Record, same: bool) -> None:
        table, ref = self._tables[layer], str(record["id"])
        record = self._translated(event, layer, {}, record, same)
        twin = self._here.get(ref)
        if twin is None and not same:
            twin = self._around(layer).best(record, _FOUND_AS_WELL)
            if twin in self._last:  # a person's own: two people may mark the same
                twin = None
        if twin is not None and twin in table:
            here, record = twin, united(layer, table[twin], record)
        else:
            here = _free(ref, table)
            record = record | {"id": here}
        if here != ref or not same:
            self._here[ref] = here
        self._put(layer, table.get(here), record, event)
        if layer == "entities" and not same:
            self._take_over(event, here, records.core(layer, record))

    def _alter(
        self, event: Event, change: Change, moved: tuple[Record | None, Record | None], here: str, same: bool
    ) -> None:
        """Change or take out the record that goes by `here`."""
        layer, (was, now) = change["layer"], moved
        record = self._tables[layer][here]
        if now is None:
            self._put(layer, record, None, event)
            return
        if was is None:  # where it stood is gone, but not where it was put
            was = change["was"] | ({"mentions": []} if layer == "entities" else {})
        altered = carried_over(was, self._translated(event, layer, was, now, same), record)
        gone = layer == "entities" and not altered["mentions"]
        self._put(layer, record, None if gone else altered, event)
        if layer == "entities" and not same and not gone:
            new = set(records.core(layer, now)) - set(records.core(layer, was))
            self._take_over(event, here, new)

    def _translated(self, event: Event, layer: str, was: Record, now: Record, same: bool) -> Record:
        """A record whose references, where they differ from before, are by the ids of this analysis."""
        result = dict(now)
        for key, there in records.REFERENCES[layer].items():
            value = now.get(key)
            if value is None or was.get(key) == value:
                continue
            refs = value if isinstance(value, list) else [value]
            found = [self._reference(event, there, ref, same) for ref in refs]
            if None in found:
                self._miss(event, layer, now, f"the {key} that it names is not in this analysis")
            result[key] = [ref for ref in found if ref is not None] if isinstance(value, list) else found[0]
        return result

    def _reference(self, event: Event, layer: str, ref: str, same: bool) -> str | None:
        if ref not in self._here and not same:
            outline = event.get("refs", {}).get(ref)
            if outline is None:
                return None
            places = [self._places.of(event, (start, end)) for start, end in outline["spans"]]
            here = self._around(layer).holding([place for place in places if place is not None])
            if here is None and layer == "entities":
                here = next((e["id"] for e in self._tables[layer].values() if e["name"] == outline["name"]), None)
            if here is None:
                return None
            self._here[ref] = here
        return self._here.get(ref, ref)

    def _take_over(self, event: Event, heir: str, spans: Iterable[Span]) -> None:
        """Mentions that a person gave to an entity are no longer those of others that the machine gave them to."""
        wanted, table = set(spans), self._tables["entities"]
        for other in self._around("entities").at(wanted):
            record = table.get(other)
            if record is None or other == heir or other in self._last:
                continue
            kept = [m for m in record["mentions"] if (m["start"], m["end"]) not in wanted]
            if len(kept) < len(record["mentions"]):
                self._put("entities", record, record | {"mentions": kept} if kept else None, event)
                if not kept:
                    self._heirs[other] = heir

    def _around(self, layer: str) -> Nearby:
        if layer not in self._nearby:
            self._nearby[layer] = Nearby(layer, self._tables[layer])
        return self._nearby[layer]

    def _note_heir(self, gone: Record, changes: Iterable[Change]) -> None:
        """Remember which entity has the mentions of one that an act took out (it merged the two)."""
        spans = set(records.core("entities", gone))
        for change in changes:
            if change["layer"] == "entities" and change["now"] is not None:
                had = set(records.core("entities", change["was"])) if change["was"] else set()
                if spans & (set(records.core("entities", change["now"])) - had):
                    old, new = str(gone["id"]), str(change["now"]["id"])
                    self._heirs[self._here.get(old, old)] = self._here.get(new, new)
                    return

    # What is told

    def _report_lost_parts(self, event: Event, change: Change) -> None:
        """List a record of which some of what a person marked is not in this text."""
        layer, was, now = change["layer"], change["was"], change["now"]
        if event["text"] == self._hash or now is None:
            return
        before = set(records.spans(layer, was)) if was else set()
        new = [span for span in records.spans(layer, now) if span not in before]
        lost = sum(self._places.of(event, span) is None for span in new)
        if lost:
            self._miss(event, layer, now, f"{lost} of the {len(new)} passages marked are not in this text")

    def _miss(self, event: Event, layer: str, record: Record, why: str) -> None:
        words = anchors.words(event, layer, record, self._data["text"] if event["text"] == self._hash else None)
        self.unplaced.append(Unplaced(event, layer, words, why))

    def _by_whom(self, ref: str) -> str:
        last = self._last.get(self._here.get(ref, ref))
        return f" by {last['by']}" if last else ""

    # The end

    def _drop_what_lies_outside(self) -> None:
        length = len(self._data["text"])
        for layer, table in self._tables.items():
            for record in [record for record in table.values() if record["id"] in self._last]:
                if any(end > length for _, end in records.spans(layer, record)):
                    self._miss(self._last[record["id"]], layer, record, "it lies outside the text")
                    del table[record["id"]]

    def _mend_references(self) -> None:
        for layer in ("entities", "quotes", "stances"):
            for record in list(self._tables[layer].values()):
                for key, there in records.REFERENCES[layer].items():
                    self._mend(layer, record, key, there)

    def _mend(self, layer: str, record: Record, key: str, there: str) -> None:
        value, table = record.get(key), self._tables[there]
        refs = [ref for ref in (value if isinstance(value, list) else [value]) if ref is not None]
        if all(ref in table for ref in refs):
            return
        found = [self._heir(ref) for ref in refs]
        event = next((self._last[ref] for ref in refs if ref in self._last and ref not in table), None)
        if event is not None and None in found:
            self._miss(event, layer, record, f"it was the {key} of this, which has none now")
        mended = dict.fromkeys(ref for ref in found if ref is not None and ref in table)
        new: Any = list(mended) if isinstance(value, list) else next(iter(mended), None)
        self._tables[layer][record["id"]] = self._tables[layer][record["id"]] | {key: new}
        self._touched.add(layer)

    def _heir(self, ref: str) -> str | None:
        """What a reference leads to now: the record itself, or the entity that it was merged into."""
        seen = set()
        while ref in self._heirs and ref not in seen and ref not in self._tables["entities"]:
            seen.add(ref)
            ref = self._heirs[ref]
        return ref if any(ref in table for table in self._tables.values()) else None


def _ids(layer: str, was: Record | None, now: Record | None) -> Iterable[str]:
    for record in (was, now):
        if record is not None:
            yield record["id"]
            yield from (ref for _, ref in records.references(layer, record))


def _free(ref: str, table: Mapping[str, Record]) -> str:
    """An id that no record has, the given one if possible."""
    number = int(ref[1:])
    while f"{ref[0]}{number}" in table:
        number += 1
    return f"{ref[0]}{number}"
