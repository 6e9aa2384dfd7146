"""Records of an analysis, whichever their layer: where their spans and references stand, and their order.

A span is `(start, end)` in code points of the article's text, end exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

Record = dict[str, Any]
Span = tuple[int, int]

#: The layers that people correct. "reviewed" says which stretches of text somebody has finished reading.
LAYERS: Final = ("entities", "quotes", "stances", "reviewed")

#: For each layer the keys that hold one span (or null), and those that hold a list of spans.
ONE_SPAN: Final[dict[str, tuple[str, ...]]] = {"stances": ("evidence", "target_span", "holder_span")}
MANY_SPANS: Final[dict[str, tuple[str, ...]]] = {"quotes": ("content", "cue", "source")}
#: For each layer the keys that refer to another record, with the layer it lies in.
REFERENCES: Final[dict[str, dict[str, str]]] = {
    "entities": {"country": "entities"},  # of a people, where the article names both
    "quotes": {"speaker": "entities", "via": "entities"},
    "stances": {"holder": "entities", "target": "entities", "quote": "quotes"},
    "reviewed": {},
}


def first(layer: str, record: Record) -> int:
    """Where a record begins: its first mention, its first content or cue, its evidence, its stretch."""
    if layer == "entities":
        return int(min(mention["start"] for mention in record["mentions"]))
    if layer == "quotes":
        return int(min(start for start, _ in (*record["content"], *record["cue"])))
    return int(record["evidence"][0] if layer == "stances" else record["start"])


def order(layer: str, record: Record) -> tuple[int, int]:
    """The key that a layer's records are sorted by: where they begin, then the number in their id."""
    return first(layer, record), int(record["id"][1:])


def spans(layer: str, record: Record) -> Iterator[Span]:
    """Every span of a record; those that say what it is (mentions, content, evidence) come first."""
    if layer == "entities":
        for mention in record["mentions"]:
            yield mention["start"], mention["end"]
    elif layer == "reviewed":
        yield record["start"], record["end"]
    for key in MANY_SPANS.get(layer, ()):
        yield from ((start, end) for start, end in record[key])
    for key in ONE_SPAN.get(layer, ()):
        if record[key] is not None:
            yield record[key][0], record[key][1]


def core(layer: str, record: Record) -> list[Span]:
    """The spans that tell a record from others of its layer: mentions, content, evidence and target, stretch."""
    if layer == "quotes":
        return [(start, end) for start, end in record["content"]]
    if layer == "stances":
        return [(record["evidence"][0], record["evidence"][1]), (record["target_span"][0], record["target_span"][1])]
    return list(spans(layer, record))


def references(layer: str, record: Record) -> Iterator[tuple[str, str]]:
    """Every reference of a record to another: (layer, id)."""
    for key, there in REFERENCES[layer].items():
        value = record.get(key)
        for ref in value if isinstance(value, list) else (value,):
            if ref is not None:
                yield there, ref


def moved(layer: str, record: Record, place: Callable[[Span], Span | None]) -> Record | None:
    """A copy of a record with each span put where `place` says.

    A part whose words are gone is left out; None when a record cannot be without it (no mention or content
    is left, or a stance has lost its evidence or its target).
    """
    copy = dict(record)
    if layer == "entities":
        pairs = ((mention, place((mention["start"], mention["end"]))) for mention in record["mentions"])
        copy["mentions"] = [{**mention, "start": at[0], "end": at[1]} for mention, at in pairs if at]
        return copy if copy["mentions"] else None
    if layer == "reviewed":
        at = place((record["start"], record["end"]))
        return {**copy, "start": at[0], "end": at[1]} if at else None
    for key in MANY_SPANS.get(layer, ()):
        places = (place((start, end)) for start, end in record[key])
        copy[key] = [list(at) for at in places if at]
    for key in ONE_SPAN.get(layer, ()):
        at = place((record[key][0], record[key][1])) if record[key] is not None else None
        copy[key] = list(at) if at else None
    if layer == "quotes":
        return copy if copy["content"] else None
    return copy if copy["evidence"] and copy["target_span"] else None
