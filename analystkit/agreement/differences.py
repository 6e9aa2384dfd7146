"""Where two annotations of one text differ, record by record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from analystkit.agreement.linking import same_entities
from analystkit.agreement.spans import Span, meeting
from analystkit.agreement.statements import content_overlap

Layer = Literal["entities", "quotes", "stances"]

LAYERS: Final[tuple[Layer, ...]] = ("entities", "quotes", "stances")

FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "entities": {"mentions": "mentions", "label": "kind", "name": "name"},
    "quotes": {
        "content": "content",
        "kind": "kind",
        "speaker": "speaker",
        "via": "relay",
        "cue": "cue",
        "source": "source",
    },
    "stances": {
        "evidence": "evidence",
        "holder": "holder",
        "target": "target",
        "target_span": "words of the target",
        "polarity": "polarity",
        "strength": "strength",
        "certainty": "certainty",
    },
}
"""For each layer the keys of its records that are compared, each with its name in words."""


@dataclass(frozen=True)
class Difference:
    """One record on which two annotators differ, or agree.

    Attributes:
        id: "d1", "d2"…, in the order of the text.
        layer: "entities", "quotes" or "stances".
        first: The first annotator's record; None if only the second has it.
        second: The second annotator's record; None if only the first has it.
        fields: What differs, in words ("speaker", "content"); empty where one record is missing, or both agree.
        span: Where it is in the text, for the eye.
    """

    id: str
    layer: Layer
    first: Mapping[str, Any] | None
    second: Mapping[str, Any] | None
    fields: tuple[str, ...]
    span: Span
    entities: Mapping[str, str] = field(repr=False)


def differences(first: Mapping[str, Any], second: Mapping[str, Any], *, agreed: bool = False) -> list[Difference]:
    """The records on which two annotations of one text differ.

    Entities belong together as `linking.same_entities` says; quotes if their contents overlap, stances if their
    evidence or target overlaps and holder and target are not both different.

    Args:
        first: One annotator's analysis in its JSON form.
        second: The other's.
        agreed: Whether to list the records on which both agree as well.

    Raises:
        ValueError: The two are not of the same text.
    """
    if first["text"] != second["text"]:
        raise ValueError("The two annotations are not of the same text, so their places cannot be compared.")
    entities = same_entities(first, second)
    found: list[tuple[Span, Layer, Mapping[str, Any] | None, Mapping[str, Any] | None, tuple[str, ...]]] = []
    for layer in LAYERS:
        for one, other in _pairs(layer, first[layer], second[layer], entities):
            fields = _differing(layer, one, other, entities) if one and other else ()
            if fields or agreed or not (one and other):
                found.append((extent(one or other or {}), layer, one, other, fields))
    found.sort(key=lambda item: (item[0], LAYERS.index(item[1])))
    return [
        Difference(f"d{number}", layer, one, other, fields, span, entities)
        for number, (span, layer, one, other, fields) in enumerate(found, 1)
    ]


def extent(record: Mapping[str, Any]) -> Span:
    """Where a record is in the text: an entity's first mention, a quote's content, a stance's evidence."""
    if "mentions" in record:
        first = min(record["mentions"], key=lambda mention: (mention["start"], mention["end"]))
        return first["start"], first["end"]
    if "content" in record:
        return min(start for start, _ in record["content"]), max(end for _, end in record["content"])
    start, end = record["evidence"]
    return start, end


Pair = tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]


def _pairs(
    layer: Layer, first: Sequence[Mapping[str, Any]], second: Sequence[Mapping[str, Any]], entities: Mapping[str, str]
) -> list[Pair]:
    closeness = {"entities": _entity_closeness, "quotes": _quote_closeness, "stances": _stance_closeness}[layer]
    ranked = sorted(
        (-close, i, j)
        for i, j in meeting([_reach(one) for one in first], [_reach(other) for other in second])
        if (close := closeness(first[i], second[j], entities)) > 0
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in ranked:
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    pairs: list[Pair] = [(one, second[partner[i]] if i in partner else None) for i, one in enumerate(first)]
    pairs += [(None, other) for j, other in enumerate(second) if j not in taken]
    return pairs


def _reach(record: Mapping[str, Any]) -> Span:
    """The stretch of text outside which nothing can belong to the same record."""
    if "mentions" in record:
        return min(m["start"] for m in record["mentions"]), max(m["end"] for m in record["mentions"])
    if "content" in record:
        return extent(record)
    (a, b), (c, d) = record["evidence"], record["target_span"]
    return min(a, c), max(b, d)


def _entity_closeness(one: Mapping[str, Any], other: Mapping[str, Any], entities: Mapping[str, str]) -> float:
    return float(entities.get(one["id"]) == other["id"])


def _quote_closeness(one: Mapping[str, Any], other: Mapping[str, Any], _: Mapping[str, str]) -> float:
    (a, b), (c, d) = extent(one), extent(other)
    if min(b, d) <= max(a, c):
        return 0.0
    return content_overlap(
        [(start, end) for start, end in one["content"]], [(start, end) for start, end in other["content"]]
    )


def _stance_closeness(one: Mapping[str, Any], other: Mapping[str, Any], entities: Mapping[str, str]) -> float:
    same = [_linked(one[side], entities) == other[side] for side in ("holder", "target")]
    spans = [content_overlap([tuple(one[key])], [tuple(other[key])]) for key in ("evidence", "target_span")]
    return sum(spans) + sum(same) / 2 if max(spans) > 0 and any(same) else 0.0


def _linked(ref: str | None, entities: Mapping[str, str]) -> str | None:
    return None if ref is None else entities.get(ref, f"{ref} of the first")


def _differing(
    layer: Layer, one: Mapping[str, Any], other: Mapping[str, Any], entities: Mapping[str, str]
) -> tuple[str, ...]:
    return tuple(
        words
        for key, words in FIELDS[layer].items()
        if _plain(key, one[key], entities) != _plain(key, other[key], None)
    )


def _plain(key: str, value: Any, entities: Mapping[str, str] | None) -> Any:
    """A value in a form that can be compared; the first annotator's ids become the second's."""
    if key in ("speaker", "holder", "target"):
        return value if entities is None else _linked(value, entities)
    if key == "via":
        return [ref if entities is None else _linked(ref, entities) for ref in value]
    if key == "mentions":
        return sorted((mention["start"], mention["end"], mention["kind"]) for mention in value)
    if key in ("content", "cue", "source"):
        return sorted(tuple(span) for span in value)
    return list(value) if isinstance(value, list | tuple) else value
