"""Differences between annotators in words, as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from analystkit.agreement.differences import FIELDS, Difference, Layer
from analystkit.markup import LABELS, escape, stance_end
from analystkit.palette import POLARITY_SIGNS

NAMES: Final[Mapping[Layer, str]] = {"entities": "entity", "quotes": "quote", "stances": "stance"}
"""What one record of a layer is called."""

_Data = Mapping[str, Any]


def sentence(difference: Difference, data: tuple[_Data, _Data], names: tuple[str, str]) -> str:
    """What differs, after the number of the difference.

    Args:
        difference: The difference.
        data: The two analyses in their JSON form.
        names: What the annotators are called.
    """
    number, kind = difference.id[1:], NAMES[difference.layer]
    records = (difference.first, difference.second)
    if records[0] is None or records[1] is None:
        side = 0 if records[1] is None else 1
        told = in_short(difference.layer, records[side] or {}, data[side])
        return f"<b>{number}</b> {kind}, only {escape(names[side])}: {told}"
    parts = []
    for key, words in FIELDS[difference.layer].items():
        if words in difference.fields:
            sides = [_value(key, records[side] or {}, data[side]) for side in (0, 1)]
            parts.append(f"{escape(words)}: {sides[0]} <i>against</i> {sides[1]}")
    told = in_short(difference.layer, records[0], data[0])
    return f"<b>{number}</b> {kind} {told}: {'; '.join(parts)}"


def in_short(layer: Layer, record: Mapping[str, Any], data: _Data) -> str:
    """A record in a few words."""
    if layer == "entities":
        return f"{escape(record['name'])} ({escape(LABELS.get(record['label'], record['label']))})"
    if layer == "quotes":
        return f"{escape(record['kind'])}, {_value('speaker', record, data)}: {_value('content', record, data)}"
    holder, target = (_value(side, record, data) for side in ("holder", "target"))
    return f"{holder} {POLARITY_SIGNS.get(record['polarity'], '?')} {target}"


def facts(layer: Layer, record: Mapping[str, Any], data: _Data) -> list[tuple[str, str]]:
    """What is compared of a record: its name in words, and its value as HTML."""
    return [(words, _value(key, record, data)) for key, words in FIELDS[layer].items()]


def _value(key: str, record: Mapping[str, Any], data: _Data) -> str:
    text: str = data["text"]
    names = {entity["id"]: str(entity["name"]) for entity in data["entities"]}
    value = record[key]
    if key in ("holder", "target"):
        return escape(stance_end(record, key, names, text))
    if key == "speaker":
        return escape(names.get(value, "speaker unknown"))
    if key == "via":
        return escape(", ".join(names.get(ref, ref) for ref in value) or "nobody")
    if key == "mentions":
        words = [text[mention["start"] : mention["end"]] for mention in value]
        return f"{len(words)} ({escape(_short(', '.join(words)))})"
    if key in ("content", "cue", "source"):
        return _quoted(" … ".join(text[s:e] for s, e in value)) if value else "none"
    if key in ("evidence", "target_span"):
        return _quoted(text[value[0] : value[1]])
    if key == "label":
        return escape(LABELS.get(value, value))
    return escape(value)


def _quoted(words: str) -> str:
    """Words of the article as HTML, between quotation marks unless they have their own."""
    shown = escape(_short(words))
    return shown if words[:1] in ("“", '"', "‘") else f"“{shown}”"


def _short(words: str) -> str:
    return words if len(words) <= 90 else f"{words[:60]} … {words[-25:]}"
