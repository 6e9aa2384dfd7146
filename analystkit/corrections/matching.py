"""Finding again what an event speaks of: its spans in another text, its records in another analysis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from analystkit.corrections import anchors, records
from analystkit.corrections.events import Event
from analystkit.corrections.records import Record, Span

#: Width, in code points, of the stretches by which records are looked up.
_BLOCK: Final = 256


class Places:
    """Where the spans of events stand now, by their anchors; each is looked for once.

    Args:
        text: The text that they are looked for in.
        text_hash: Its hash; spans of events on this very text stand where they stood.
    """

    def __init__(self, text: str, text_hash: str) -> None:
        self._text = text
        self._hash = text_hash
        self._found: dict[tuple[str, Span, bool], Span | None] = {}

    def of(self, event: Event, span: Span, *, edited: bool = True) -> Span | None:
        """Where a span of an event stands now; None where its words are gone.

        Args:
            event: The event, with its anchors.
            span: A span of it.
            edited: Whether words that are only nearly the same will do.
        """
        if event["text"] == self._hash:
            return span if span[0] < span[1] <= len(self._text) else None
        key = event["text"], span, edited
        if key not in self._found:
            anchor = event.get("anchors", {}).get(f"{span[0]}:{span[1]}")
            self._found[key] = anchors.find(self._text, anchor, span[0], edited=edited) if anchor else None
        return self._found[key]


class Nearby:
    """The records of a layer by the stretches of text that they stand in."""

    def __init__(self, layer: str, table: Mapping[str, Record]) -> None:
        self._layer = layer
        self._table = table
        self._blocks: defaultdict[int, dict[str, None]] = defaultdict(dict)
        for record in table.values():
            self.note(record)

    def note(self, record: Record) -> None:
        """A record is new, or stands somewhere else now."""
        for start, end in records.core(self._layer, record):
            for block in _blocks((start, end)):
                self._blocks[block][record["id"]] = None

    def at(self, spans: Iterable[Span]) -> list[str]:
        """The ids of the records that stand, or stood, near some spans."""
        blocks = sorted({block for span in spans for block in _blocks(span)})
        return list(dict.fromkeys(ref for block in blocks for ref in self._blocks.get(block, ())))

    def best(self, record: Record, least: float) -> str | None:
        """The id of the record that is most like one, from a likeness of `least` on."""
        here = (self._table[ref] for ref in self.at(records.core(self._layer, record)) if ref in self._table)
        scored = [(likeness(self._layer, record, other), other["id"]) for other in here]
        score, ref = max(scored, default=(0.0, None), key=lambda pair: pair[0])
        return ref if score >= least else None

    def holding(self, spans: list[Span]) -> str | None:
        """The id of the record that stands on most of some spans, if on half of their words at least."""
        here = (self._table[ref] for ref in self.at(spans) if ref in self._table)
        length = sum(end - start for start, end in spans)
        scored = [(_common(_union(spans), _union(records.core(self._layer, one))) / length, one["id"]) for one in here]
        score, ref = max(scored, default=(0.0, None), key=lambda pair: pair[0])
        return ref if score >= 0.5 else None


def _blocks(span: Span) -> range:
    return range(span[0] // _BLOCK, (span[1] - 1) // _BLOCK + 1)


def likeness(layer: str, one: Record, other: Record) -> float:
    """How far two records of a layer are the same mark, from 0 to 1: the share of their words that both have.

    An entity is also known by its name, which counts as much as half its words. A stance is as like as its
    evidence or its target, whichever is less, and less so with another holder. A stretch that was looked at is
    also told by its layer and reader.
    """
    if layer == "entities":
        shared = _shared(records.core(layer, one), records.core(layer, other))
        return max(shared, 0.5) if one["name"] == other["name"] and one["label"] == other["label"] else shared
    if layer == "stances":
        words = min(_shared([one[part]], [other[part]]) for part in ("evidence", "target_span"))
        return words if one["holder_span"] == other["holder_span"] else words * 0.9
    if layer == "reviewed" and (one["layer"], one["by"]) != (other["layer"], other["by"]):
        return 0.0
    return _shared(records.core(layer, one), records.core(layer, other))


def _shared(one: Iterable[Any], other: Iterable[Any]) -> float:
    """Code points that both lists of spans cover, as a share of those that either covers."""
    mine, theirs = _union(one), _union(other)
    common = _common(mine, theirs)
    either = sum(end - start for start, end in (*mine, *theirs)) - common
    return common / either if either else 0.0


def _common(mine: list[Span], theirs: list[Span]) -> int:
    """Code points that both lists of disjoint spans cover."""
    return sum(max(0, min(end, far) - max(start, near)) for start, end in mine for near, far in theirs)


def _union(spans: Iterable[Any]) -> list[Span]:
    """Spans without their overlaps."""
    merged: list[Span] = []
    for start, end in sorted((start, end) for start, end in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
