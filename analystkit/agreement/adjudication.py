"""From two annotations to one: each difference is decided, and the result is a gold version with its history."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from analystkit.agreement.differences import LAYERS, Difference, Layer, differences
from analystkit.analysis import Analysis
from analystkit.corrections import Event, Store, apply, event, in_force, inverse
from analystkit.wire import Describable, as_dict

Choice = Literal["first", "second", "both", "neither"]

CHOICES: Final[tuple[Choice, ...]] = ("first", "second", "both", "neither")

_PREFIX: Final = {"entities": "e", "quotes": "q", "stances": "s"}


class Adjudication:
    """Decides between two annotations of one text.

        work = Adjudication(ann, ben, by="clara")
        work.differences[0]
        work.decide("d1", "second").decide("d2", "neither")
        work.gold, work.undecided

    What both agree on is in the gold version from the beginning, and an undecided difference stands there as the first
    annotator has it.

    Args:
        first: One annotator's analysis, or its dictionary. The gold version keeps its ids.
        second: The other's, of the same text.
        by: Who decides; stands in the events.
        layers: The layers in which there is something to decide; the others stay as the first annotator has them.

    Attributes:
        differences: What there is to decide, in the order of the text.
        decisions: What was decided, by the id of the difference.

    Raises:
        ValueError: The two are not of the same text.
    """

    def __init__(
        self,
        first: Describable | Mapping[str, Any],
        second: Describable | Mapping[str, Any],
        *,
        by: str = "adjudicator",
        layers: Iterable[Layer] = LAYERS,
    ) -> None:
        self.by = by
        self._first, self._second = as_dict(first), as_dict(second)
        everything = differences(self._first, self._second, agreed=True)
        wanted = set(layers)
        self.differences = [one for one in differences(self._first, self._second) if one.layer in wanted]
        self.decisions: dict[str, Choice] = {}
        # ids of the second annotation's records in the gold version, as far as they have a counterpart there
        self._counterparts: dict[tuple[str, str], str] = {
            (one.layer, one.second["id"]): str(one.first["id"]) for one in everything if one.first and one.second
        }

    def __repr__(self) -> str:
        return f"Adjudication({len(self.differences)} differences, {len(self.undecided)} undecided)"

    @property
    def undecided(self) -> list[Difference]:
        """The differences that are still open."""
        return [one for one in self.differences if one.id not in self.decisions]

    def decide(self, difference: str, choice: Choice) -> Adjudication:
        """Decide one difference; a later decision replaces an earlier one.

        Args:
            difference: Its id.
            choice: "first" or "second": as that annotator has it, which may be not at all. "both": the two records
                side by side. "neither": no such record.

        Raises:
            ValueError: There is no such difference, or no such choice.
        """
        if all(one.id != difference for one in self.differences):
            known = f"d1 to d{len(self.differences)}" if self.differences else "none: the two agree"
            raise ValueError(f"There is no difference {difference!r}; there are {known}.")
        if choice not in CHOICES:
            raise ValueError(f"{choice!r} is no choice; take one of {', '.join(CHOICES)}.")
        self.decisions[difference] = choice
        return self

    @property
    def gold(self) -> Analysis:
        """The gold version as it stands.

        Raises:
            SchemaError: An annotation was not a valid analysis to begin with.
        """
        data = self._first
        for _, changes in self._decided():
            data = apply(data, changes)
        return Analysis.from_dict(data)

    def reopen(self, difference: str) -> Adjudication:
        """Take a decision back; without one, nothing happens."""
        self.decisions.pop(difference, None)
        return self

    def events(self) -> list[Event]:
        """The decisions as events on the first annotation, one for each.

        Append them to a `corrections.Store`, or replay them, to make the gold version from the first annotation.
        Beside its changes, each says in `decision` what was decided: `layer`, the ids of the `first` and `second`
        record (or null) and the `choice`. A record that stays as the first annotator has it is accepted.
        """
        made = []
        for one, changes in self._decided():
            told = {"layer": one.layer, "first": _id(one.first), "second": _id(one.second)}
            decision = {"decision": told | {"choice": self.decisions[one.id]}}
            made.append(event(self._first, changes, by=self.by, act="adjudicate") | decision)
        return made

    def keep(self, store: Store) -> None:
        """Keep the decisions in a store; when this returns they are on disk.

        What was decided otherwise before is taken back by an undo, so that the store tells how it came about.

        Raises:
            StoreError: It cannot be written.
        """
        kept, wanted = self._kept(store), self.events()
        same = 0
        while same < min(len(kept), len(wanted)) and _matter(kept[same]) == _matter(wanted[same]):
            same += 1
        stale = [
            event(self._first, inverse(one["changes"]), by=self.by, act="undo", undoes=one["id"])
            for one in reversed(kept[same:])
        ]
        store.append([*stale, *wanted[same:]], analysis=self._first)

    def resume(self, store: Store) -> Adjudication:
        """Take up the decisions that are kept in a store, as far as the annotators' records are still the same ones.

        Raises:
            StoreError: It cannot be read.
        """
        ids = {(one.layer, _id(one.first), _id(one.second)): one.id for one in self.differences}
        for kept in self._kept(store):
            told = kept["decision"]
            difference = ids.get((told["layer"], told["first"], told["second"]))
            if difference is not None:
                self.decide(difference, told["choice"])
        return self

    def _kept(self, store: Store) -> list[Event]:
        return [one for one in in_force(store.events_on(self._first, by=self.by)) if "decision" in one]

    def _decided(self) -> list[tuple[Difference, list[dict[str, Any]]]]:
        """Each decision with its changes; entities first, since the others refer to them."""
        state = _Gold(self._first, self._second, self._counterparts)
        result = []
        for one in sorted(self.differences, key=lambda one: LAYERS.index(one.layer)):
            choice = self.decisions.get(one.id)
            changes: list[dict[str, Any]] = []
            if choice in ("second", "neither") and one.first and not (choice == "second" and one.second):
                changes += state.without(one.layer, one.first)
            elif choice in ("first", "both") and one.first:
                changes += state.accepting(one.layer, one.first)
            if choice == "second" and one.second:
                changes += state.taking(one.layer, one.second, instead_of=one.first)
            elif choice == "both" and one.second:
                changes += state.taking(one.layer, one.second, instead_of=None)
            elif choice in ("first", "neither") and one.first is None and one.second:
                changes += state.rejecting(one.layer, one.second)
            if changes:
                state.data = apply(state.data, changes)
                result.append((one, changes))
        return result


def _id(record: Mapping[str, Any] | None) -> str | None:
    return None if record is None else str(record["id"])


def _matter(one: Event) -> Any:
    """What an event says, whenever it was made."""
    return json.loads(json.dumps([one["changes"], one["decision"]]))


class _Gold:
    """The gold version while it is made, and what became of the second annotation's records in it."""

    def __init__(
        self, first: Mapping[str, Any], second: Mapping[str, Any], counterparts: Mapping[tuple[str, str], str]
    ) -> None:
        self.data: Mapping[str, Any] = first
        self._second = second
        self._ids = dict(counterparts)

    def accepting(self, layer: str, record: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Say of a record that it stays."""
        was = self._now(layer, record["id"])
        return [{"layer": layer, "was": was, "now": was | {"review": "accepted"}}]

    def rejecting(self, layer: str, record: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Say of one of the second annotation's records that it does not come in; the gold version stays as it is."""
        if any(one["id"] == record["id"] for one in self.data[layer]):
            return []  # another record, of the first annotation, goes by that id
        return [{"layer": layer, "was": dict(record), "now": None}]

    def _now(self, layer: str, ref: str) -> dict[str, Any]:
        return next(dict(one) for one in self.data[layer] if one["id"] == ref)

    def without(self, layer: str, record: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Take a record out, and the references to it."""
        ref = record["id"]
        changes: list[dict[str, Any]] = []
        if layer == "entities":
            for quote in self.data["quotes"]:
                if quote["speaker"] == ref or ref in quote["via"]:
                    speaker = None if quote["speaker"] == ref else quote["speaker"]
                    now = quote | {"speaker": speaker, "via": [relay for relay in quote["via"] if relay != ref]}
                    changes.append({"layer": "quotes", "was": quote, "now": now})
            for entity in self.data["entities"]:
                if entity.get("country") == ref:
                    changes.append({"layer": "entities", "was": entity, "now": entity | {"country": None}})
        if layer in ("entities", "quotes"):
            keys = ("holder", "target") if layer == "entities" else ("quote",)
            for stance in self.data["stances"]:
                if any(stance[key] == ref for key in keys):
                    now = stance | {key: None for key in keys if stance[key] == ref}
                    changes.append({"layer": "stances", "was": stance, "now": now})
        return [*changes, {"layer": layer, "was": self._now(layer, ref), "now": None}]

    def taking(
        self, layer: str, record: Mapping[str, Any], instead_of: Mapping[str, Any] | None
    ) -> list[dict[str, Any]]:
        """Put one of the second annotation's records in, with the entities that it needs."""
        changes: list[dict[str, Any]] = []
        was = None if instead_of is None else self._now(layer, instead_of["id"])
        now = dict(record) | {"id": was["id"] if was else self._new_id(layer, record)}
        self._ids[layer, record["id"]] = now["id"]
        for key in ("speaker", "holder", "target", "country"):
            if now.get(key) is not None:
                now[key] = self._entity(now[key], changes)
        if "via" in now:
            now["via"] = [self._entity(ref, changes) for ref in now["via"]]
        if now.get("quote") is not None:
            quote = self._ids.get(("quotes", now["quote"]))
            now["quote"] = quote if any(one["id"] == quote for one in self.data["quotes"]) else None
        return [*changes, {"layer": layer, "was": was, "now": now}]

    def _entity(self, ref: str, changes: list[dict[str, Any]]) -> str:
        """The gold id of an entity of the second annotation; one that the gold version lacks comes along."""
        added = {change["now"]["id"] for change in changes}
        known = self._ids.get(("entities", ref))
        if known is not None and (known in added or any(one["id"] == known for one in self.data["entities"])):
            return known
        record = next(one for one in self._second["entities"] if one["id"] == ref)
        new = self._ids["entities", ref] = self._new_id("entities", record)
        now = dict(record) | {"id": new}
        if now.get("country") is not None:
            now["country"] = self._entity(now["country"], changes)
        changes.append({"layer": "entities", "was": None, "now": now})
        return new

    @staticmethod
    def _new_id(layer: str, record: Mapping[str, Any]) -> str:
        """An id of nine digits that follows from the record, so that deciding again gives the same gold version."""
        digest = hashlib.sha256(json.dumps([layer, record], sort_keys=True).encode()).digest()
        return f"{_PREFIX[layer]}{100_000_000 + int.from_bytes(digest[:8]) % 900_000_000}"
