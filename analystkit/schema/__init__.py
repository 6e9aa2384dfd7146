"""The JSON form of an analysis: its schema, and the check that a value keeps to it."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from analystkit.errors import SchemaError

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

ID = "analystkit/analysis@1"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of an analysis, as shipped with the package."""
    text = resources.files(__name__).joinpath("analysis-1.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def _validator() -> Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema())


def validate(data: Any) -> None:
    """Check one analysis in JSON form: its shape, its offsets and its references.

    Raises:
        SchemaError: names the place in the data, what stands there and what was expected.
    """
    from jsonschema.exceptions import best_match

    error = best_match(_validator().iter_errors(data))
    if error is not None:
        place = error.json_path.removeprefix("$.")
        raise SchemaError(f"Not an analysis in the form {ID}: at {place}: {error.message[:300]}")
    _check_spans(data)
    _check_references(data)


def _check_spans(data: dict[str, Any]) -> None:
    length = len(data["text"])
    for place, start, end in _spans(data):
        if not start < end <= length:
            raise SchemaError(
                f"{place}: the span {start}:{end} does not fit a text of {length} code points. "
                "Offsets count Unicode code points, the end is exclusive and no span is empty; "
                "was the text edited after marking?"
            )


def _spans(data: dict[str, Any]) -> list[tuple[str, int, int]]:
    found = [("furniture", *span) for span in data["furniture"]]
    for entity in data["entities"]:
        found += [(f"entity {entity['id']}", m["start"], m["end"]) for m in entity["mentions"]]
    for quote in data["quotes"]:
        for part in ("content", "cue", "source"):
            found += [(f"{part} of quote {quote['id']}", *span) for span in quote[part]]
    for stance in data["stances"]:
        for part in ("holder_span", "target_span", "evidence"):
            if stance[part] is not None:
                found.append((f"{part} of stance {stance['id']}", *stance[part]))
    found += [(f"date {date['text']!r}", date["start"], date["end"]) for date in data["dates"]]
    return found


def _check_references(data: dict[str, Any]) -> None:
    for layer in ("entities", "quotes", "stances"):
        ids = [record["id"] for record in data[layer]]
        twice = sorted({i for i in ids if ids.count(i) > 1}) if len(set(ids)) < len(ids) else []
        if twice:
            raise SchemaError(f"{layer}: the id {twice[0]} is used more than once; ids are unique within an article.")
    entities = {entity["id"] for entity in data["entities"]}
    quotes = {quote["id"] for quote in data["quotes"]}
    for quote in data["quotes"]:
        for ref in [quote["speaker"], *quote["via"]]:
            _check_reference(f"quote {quote['id']}", ref, entities, "entity")
    for stance in data["stances"]:
        for ref in (stance["holder"], stance["target"]):
            _check_reference(f"stance {stance['id']}", ref, entities, "entity")
        _check_reference(f"stance {stance['id']}", stance["quote"], quotes, "quote")


def _check_reference(place: str, ref: str | None, known: set[str], kind: str) -> None:
    if ref is not None and ref not in known:
        raise SchemaError(f"{place} refers to the {kind} {ref}, which the analysis does not list.")
