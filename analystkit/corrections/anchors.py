"""Anchors: the words of a span and those around it, by which it is found again when the text has changed.

As in the W3C Web Annotation Data Model's TextQuoteSelector (exact, prefix, suffix), with the position as a
hint. An anchor is `{"exact", "prefix", "suffix"}`; prefix and suffix are at most `AROUND` code points.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from analystkit.corrections import records
from analystkit.corrections.events import Event, text_hash
from analystkit.corrections.records import Span

AROUND: Final = 32

Anchor = Mapping[str, str]


def describe(text: str, span: Span) -> dict[str, str]:
    """The anchor of a span."""
    start, end = span
    prefix, suffix = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return {"exact": text[start:end], "prefix": prefix, "suffix": suffix}


def attach(event: Event, analysis: Mapping[str, Any]) -> Event:
    """An event with what a replay elsewhere needs: `anchors` and `refs`.

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
    }


def _outline(layer: str, record: dict[str, Any]) -> dict[str, Any]:
    """What tells a record from others of its layer: for an entity its name, label and a few mentions."""
    if layer == "entities":
        names = [mention for mention in record["mentions"] if mention["kind"] == "name"] or record["mentions"]
        few = [[mention["start"], mention["end"]] for mention in names[:3]]
        return {"layer": layer, "name": record["name"], "label": record["label"], "spans": few}
    return {"layer": layer, "spans": [list(span) for span in records.core(layer, record)]}
