"""What corrections teach: gold marks, how the layers score on them, and names to find in further articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from analystkit.analysis import Analysis
from analystkit.corrections import records
from analystkit.corrections.matching import Nearby, likeness
from analystkit.corrections.records import Record
from analystkit.corrections.replay import Replay, replay
from analystkit.corrections.store import Store

#: From which share of common words on a quote, and a stance, is found.
_QUOTE: Final = 0.8
_STANCE: Final = 0.5


def corrected(store: Store, text: str, *, by: str | None = None) -> Replay | None:
    """The analysis of a text as people corrected it; None where the store does not know the machine's analysis.

    Args:
        store: The store.
        text: The text's hash.
        by: Only what this annotator did.
    """
    data = store.analysis(text)
    return None if data is None else replay(Analysis(data), store.events_on(data, by=by))


def gold(analysis: Analysis) -> dict[str, Any]:
    """A corrected analysis in JSON form as gold: sure of everything, ids counted from 1 in the order of the text."""
    data = analysis.to_dict()
    data.pop("accounts", None)  # a suggestion that nobody corrects, and by the old ids
    new: dict[str, str] = {}
    for layer in records.LAYERS:
        data[layer] = sorted(data.get(layer, ()), key=lambda record: records.order(layer, record))
        new |= {record["id"]: f"{record['id'][0]}{number}" for number, record in enumerate(data[layer], start=1)}
    for layer in records.LAYERS:
        for record in data[layer]:
            record["id"] = new[record["id"]]
            for key in records.REFERENCES[layer]:
                if record.get(key) is not None:
                    value = record[key]
                    record[key] = [new[ref] for ref in value] if isinstance(value, list) else new[value]
            if layer != "reviewed":
                record["confidence"] = 1.0
    return data


def names(golds: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """The names of the entities that people marked or changed, as patterns of spaCy's entity ruler."""
    found: dict[tuple[str, str], None] = {}
    for data in golds:
        for entity in data["entities"]:
            if "by" not in entity:
                continue
            for mention in entity["mentions"]:
                words = " ".join(data["text"][mention["start"] : mention["end"]].split())
                if mention["kind"] == "name":
                    found[words, entity["label"]] = None
    return [{"label": label, "pattern": words} for words, label in sorted(found)]


@dataclass
class Score:
    """How well one thing is found.

    Attributes:
        what: What is counted.
        found: How many the machine marks.
        gold: How many there are.
        right: How many of those the machine marks are there.
    """

    what: str
    found: int = 0
    gold: int = 0
    right: int = 0

    @property
    def precision(self) -> float | None:
        """The share of what is marked that is right; None where nothing is marked."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of what is there that is marked; None where nothing is there."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else None


def scores(pairs: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> list[Score]:
    """How the machine does, over pairs of gold and its analysis of the same text, both in JSON form.

    A name or mention is right with the same edges (a name with the same label as well); a quote from 0.8 of
    common words on; its speaker, if it is the same entity; a stance from half of common words on in evidence and
    in target, with the same polarity. Where people have said which stretches they looked at for a layer, only
    those count.
    """
    measures = [Score(what) for what in ("names", "mentions", "quotes", "quotes with speaker", "stances")]
    by_what = {score.what: score for score in measures}
    for truth, machine in pairs:
        for what, kinds in (("names", {"name"}), ("mentions", {"name", "nominal", "pronoun"})):
            mine, theirs = (set(_mentions(data, truth, kinds, what == "names")) for data in (machine, truth))
            _count(by_what[what], len(mine), len(theirs), len(mine & theirs))
        quotes = list(_matched("quotes", truth, machine, _QUOTE))
        found, there = (len(_looked_at("quotes", data, truth)) for data in (machine, truth))
        _count(by_what["quotes"], found, there, len(quotes))
        same = sum(_same_entity(one["speaker"], truth, other["speaker"], machine) for one, other in quotes)
        _count(by_what["quotes with speaker"], found, there, same)
        stances = _matched("stances", truth, machine, _STANCE)
        found, there = (len(_looked_at("stances", data, truth)) for data in (machine, truth))
        _count(by_what["stances"], found, there, sum(one["polarity"] == other["polarity"] for one, other in stances))
    return measures


def _count(score: Score, found: int, gold: int, right: int) -> None:
    score.found += found
    score.gold += gold
    score.right += right


def _counts(layer: str, truth: dict[str, Any]) -> Callable[[int], bool]:
    """Whether what begins at a place counts: where it was looked at, or anywhere if nobody said."""
    stretches = [(one["start"], one["end"]) for one in truth.get("reviewed", ()) if one["layer"] == layer]
    return lambda place: not stretches or any(start <= place < end for start, end in stretches)


def _looked_at(layer: str, data: dict[str, Any], truth: dict[str, Any]) -> list[Record]:
    counts = _counts(layer, truth)
    return [record for record in data[layer] if counts(records.first(layer, record))]


def _mentions(data: dict[str, Any], truth: dict[str, Any], kinds: set[str], labels: bool) -> Iterator[tuple[Any, ...]]:
    counts = _counts("entities", truth)
    for entity in data["entities"]:
        for mention in entity["mentions"]:
            if mention["kind"] in kinds and counts(mention["start"]):
                yield mention["start"], mention["end"], entity["label"] if labels else ""


def _matched(
    layer: str, truth: dict[str, Any], machine: dict[str, Any], least: float
) -> Iterator[tuple[Record, Record]]:
    """Pairs of a gold record and the machine's of the same thing, each used once."""
    table = {record["id"]: record for record in _looked_at(layer, machine, truth)}
    nearby = Nearby(layer, table)
    for record in _looked_at(layer, truth, truth):
        ref = nearby.best(record, least)
        if ref is not None:
            yield record, table.pop(ref)


def _same_entity(one: str | None, truth: dict[str, Any], other: str | None, machine: dict[str, Any]) -> bool:
    if one is None or other is None:
        return one is other
    here = next(entity for entity in truth["entities"] if entity["id"] == one)
    there = next(entity for entity in machine["entities"] if entity["id"] == other)
    return likeness("entities", here, there) >= 0.5
