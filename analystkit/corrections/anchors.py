"""Anchors: the words of a span and those around it, by which it is found again when the text has changed.

As in the W3C Web Annotation Data Model's TextQuoteSelector (exact, prefix, suffix), with the position as a
hint. An anchor is `{"exact", "prefix", "suffix"}`; prefix and suffix are at most `AROUND` code points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, Final

from analystkit.corrections import records
from analystkit.corrections.events import Event, text_hash
from analystkit.corrections.records import Record, Span

AROUND: Final = 32

#: How many code points beside the words must agree (as far as the anchor has as many) to trust a place.
_AGREEING: Final = 10
#: Words this long that stand in a text once are trusted whatever stands around them.
_LONG: Final = 24
#: What is taken for the same words after an edit: this much alike, between a prefix and a suffix this long.
_ALIKE: Final = 0.7
_EDGE: Final = 12

Anchor = Mapping[str, str]


def describe(text: str, span: Span) -> dict[str, str]:
    """The anchor of a span."""
    start, end = span
    prefix, suffix = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return {"exact": text[start:end], "prefix": prefix, "suffix": suffix}


def find(text: str, anchor: Anchor, at: int, *, edited: bool = True) -> Span | None:
    """Where an anchor's words stand in a text; None where they are gone, or could be several.

    Tried in turn: the place where they stood; the words with all that stood around them; the words with most
    of it; other words, nearly the same, between the same neighbours.

    Args:
        text: The text to search.
        anchor: The words, and those around them.
        at: Where they began in the text that they come from; of several places that fit alike, the nearest wins.
        edited: Whether words that are only nearly the same will do.
    """
    exact, prefix, suffix = anchor["exact"], anchor["prefix"], anchor["suffix"]
    start = at - len(prefix)
    whole = prefix + exact + suffix
    if start >= 0 and text.startswith(whole, start):
        return at, at + len(exact)
    if places := list(_occurrences(text, whole)):
        start = min(places, key=lambda place: abs(place - start)) + len(prefix)
        return start, start + len(exact)
    return _by_neighbours(text, anchor, at) or (_by_edges(text, anchor, at) if edited else None)


def _occurrences(text: str, words: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _by_neighbours(text: str, anchor: Anchor, at: int) -> Span | None:
    """The place of the exact words where most of what stands around them agrees."""
    exact, prefix, suffix = anchor["exact"], anchor["prefix"], anchor["suffix"]
    scored = []
    for start in _occurrences(text, exact):
        end = start + len(exact)
        before = _common(prefix[::-1], text[max(0, start - AROUND) : start][::-1])
        after = _common(suffix, text[end : end + AROUND])
        scored.append((before + after, -abs(start - at), start))
    if not scored:
        return None
    agreeing, _, start = max(scored)
    sure = agreeing >= min(_AGREEING, len(prefix) + len(suffix)) or (len(scored) == 1 and len(exact) >= _LONG)
    return (start, start + len(exact)) if sure else None


def _by_edges(text: str, anchor: Anchor, at: int) -> Span | None:
    """The words between the same neighbours, if they are nearly the same."""
    exact, before, after = anchor["exact"], anchor["prefix"][-_EDGE:], anchor["suffix"][:_EDGE]
    if len(before) < _EDGE or len(after) < _EDGE:
        return None
    found = []
    for place in _occurrences(text, before):
        start = place + len(before)
        end = text.find(after, start, start + len(exact) * 3 // 2 + AROUND)
        if end > start and SequenceMatcher(None, exact, text[start:end], autojunk=False).ratio() >= _ALIKE:
            found.append((start, end))
    return min(found, key=lambda span: abs(span[0] - at)) if found else None


def _common(one: str, other: str) -> int:
    """How many code points two strings share from their beginning."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def attach(event: Event, analysis: Mapping[str, Any]) -> Event:
    """An event with what a replay elsewhere needs: `anchors`, `refs`, and the `model` whose marks were corrected.

    Args:
        event: An event; returned as it is if it has anchors, or was made on another text.
        analysis: The analysis it was made on, in JSON form.
    """
    text = analysis["text"]
    if "anchors" in event or event["text"] != text_hash(text):
        return event
    spans: dict[Span, None] = {}
    wanted: dict[str, str] = {}
    changed = set()
    for change in event["changes"]:
        for record in (change["was"], change["now"]):
            if record is not None:
                spans |= dict.fromkeys(records.spans(change["layer"], record))
                wanted |= {ref: layer for layer, ref in records.references(change["layer"], record)}
                changed.add(record["id"])
    refs = {}
    for ref, layer in wanted.items():
        record = next((record for record in analysis[layer] if record["id"] == ref), None)
        if record is not None and ref not in changed:
            refs[ref] = _outline(layer, record)
            spans |= dict.fromkeys((start, end) for start, end in refs[ref]["spans"])
    return event | {
        "anchors": {f"{start}:{end}": describe(text, (start, end)) for start, end in spans if start < end <= len(text)},
        "refs": refs,
        "model": dict(analysis["model"]),
    }


def words(event: Event, layer: str, record: Record, text: str | None = None) -> str:
    """The words that a record of an event is about: from its text if that is given, else from the event's anchors."""
    start, end = records.core(layer, record)[0]
    if text is not None:
        return text[start:end]
    return str(event.get("anchors", {}).get(f"{start}:{end}", {}).get("exact", ""))


def _outline(layer: str, record: dict[str, Any]) -> dict[str, Any]:
    """What tells a record from others of its layer: for an entity its name, label and a few mentions."""
    if layer == "entities":
        names = [mention for mention in record["mentions"] if mention["kind"] == "name"] or record["mentions"]
        few = [[mention["start"], mention["end"]] for mention in names[:3]]
        return {"layer": layer, "name": record["name"], "label": record["label"], "spans": few}
    return {"layer": layer, "spans": [list(span) for span in records.core(layer, record)]}
