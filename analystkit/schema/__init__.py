"""The JSON forms of an analysis and of corrections: their schemas, and the check that an analysis keeps to its own."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from analystkit.errors import SchemaError

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

ID = "analystkit/analysis@1"
CORRECTIONS_ID = "analystkit/corrections@1"


def schema(form: str = ID) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a form, as shipped with the package; that of an analysis by default."""
    name, version = form.removeprefix("analystkit/").split("@")
    text = resources.files(__name__).joinpath(f"{name}-{version}.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def validator(form: str = ID, part: str = "") -> Validator:
    """The check of a form, or of one part of it ("#/$defs/event")."""
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    known: Registry[Any] = Registry().with_resources(
        (known, Resource.from_contents(schema(known))) for known in (ID, CORRECTIONS_ID)
    )
    return Draft202012Validator({"$ref": form + part}, registry=known)


def validate(data: Any) -> None:
    """Check one analysis in JSON form: its shape, its offsets and its references.

    Raises:
        SchemaError: names the place in the data, what stands there and what was expected.
    """
    from jsonschema.exceptions import best_match

    error = best_match(validator().iter_errors(data))
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
    found += [(f"reviewed {record['id']}", record["start"], record["end"]) for record in data.get("reviewed", ())]
    for layer, about in data.get("extra", {}).items():
        for mark in about["marks"]:
            found.append((f"{layer} {mark['id']}", mark["start"], mark["end"]))
            if mark["who"] is not None:
                found.append((f"who of {layer} {mark['id']}", *mark["who"]))
    for account in data.get("accounts", ()):
        for difference in account["differences"]:
            found += [(f"evidence of account {account['id']}", *span) for span in difference["evidence"]]
    found += [(f"date {date['text']!r}", date["start"], date["end"]) for date in data["dates"]]
    return found


def _check_references(data: dict[str, Any]) -> None:
    for layer in ("entities", "quotes", "stances", "reviewed"):
        ids = Counter(record["id"] for record in data.get(layer, ()))
        twice = [i for i, times in ids.items() if times > 1]
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
