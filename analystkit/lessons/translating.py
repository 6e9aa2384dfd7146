"""An analysis read as answers: what somebody who marked the article so would have answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analystkit.agreement.statements import content_overlap
from analystkit.errors import AnswersError
from analystkit.lessons.asking import UNKNOWN

if TYPE_CHECKING:
    from analystkit.lessons.exercise import Exercise

_ENOUGH = 0.5
"""The overlap from which a quote of the analysis is taken for the one that is asked about."""


def answers_from(exercise: Exercise, data: Mapping[str, Any]) -> Any:
    """What an analysis answers to an exercise, in the shape of the exercise's form.

    Args:
        exercise: The exercise.
        data: The analysis in its JSON form. Its ids are its own: entities are known by their mentions.

    Raises:
        AnswersError: It is of another text.
    """
    if data["text"] != exercise.text:
        raise AnswersError("This is the analysis of another text than the exercise's.")
    if exercise.form == "spans":
        return _marks(exercise, data)
    entities = _Entities(exercise.key["entities"], data)
    if exercise.kind == "events":
        return _order(exercise, data)
    if exercise.kind == "silent":
        return _silent(exercise, data, entities)
    if exercise.kind == "stances":
        return _polarities(exercise, data)
    answers: dict[str, Any] = {}
    for item in exercise.items:
        quote = max(data["quotes"], key=lambda quote: content_overlap(quote["content"], item["spans"]), default=None)
        if quote is None or content_overlap(quote["content"], item["spans"]) < _ENOUGH:
            continue
        if exercise.kind == "directness":
            answers[item["id"]] = quote["kind"]
        elif exercise.kind == "speakers":
            answers[item["id"]] = entities.known(quote["speaker"]) or UNKNOWN
        elif chain := [known for ref in (quote["speaker"], *quote["via"]) if (known := entities.known(ref))]:
            answers[item["id"]] = chain
    return answers


class _Entities:
    """The key's entities by the mentions of another analysis."""

    def __init__(self, key: Mapping[str, list[list[int]]], data: Mapping[str, Any]) -> None:
        at = {tuple(span): ref for ref, spans in key.items() for span in spans}
        self._known: dict[str, str] = {}
        for entity in data["entities"]:
            shared = [at[span] for m in entity["mentions"] if (span := (m["start"], m["end"])) in at]
            if shared:
                self._known[entity["id"]] = max(sorted(set(shared)), key=shared.count)

    def known(self, ref: str | None) -> str | None:
        """The key's id of an entity of the analysis; None where the key has none."""
        return None if ref is None else self._known.get(ref)


def _marks(exercise: Exercise, data: Mapping[str, Any]) -> list[list[int]]:
    if exercise.kind == "quotes":
        kinds = exercise.to_dict().get("quote_kinds", ())
        return [[*span] for quote in data["quotes"] if quote["kind"] in kinds for span in quote["content"]]
    wanted = {"name", "nominal", "pronoun"} if exercise.level == "hard" else {"name"}
    return [
        [mention["start"], mention["end"]]
        for entity in data["entities"]
        if entity["label"] == "PERSON"
        for mention in entity["mentions"]
        if mention["kind"] in wanted
    ]


def _polarities(exercise: Exercise, data: Mapping[str, Any]) -> dict[str, str]:
    """The polarity of the stance whose evidence overlaps that of the key; which pair it is must be there."""
    places = {item["id"]: item["span"] for item in exercise.key["items"]}
    answers = {}
    for item, span in places.items():
        close = [(content_overlap([stance["evidence"]], [span]), stance["polarity"]) for stance in data["stances"]]
        best = max(close, default=(0.0, ""))
        if best[0] > 0:
            answers[item] = best[1]
    return answers


def _order(exercise: Exercise, data: Mapping[str, Any]) -> list[str]:
    when = {}
    for item in exercise.items:
        for start, end in item["spans"]:
            days = [d["iso_start"] for d in data["dates"] if start <= d["start"] < end and d["iso_start"]]
            if days:
                when[item["id"]] = days[0]
    return sorted(when, key=lambda item: when[item])


def _silent(exercise: Exercise, data: Mapping[str, Any], entities: _Entities) -> list[str]:
    speaking = {entities.known(quote["speaker"]) for quote in data["quotes"]}
    named = {
        entities.known(entity["id"])
        for entity in data["entities"]
        if any(mention["kind"] == "name" for mention in entity["mentions"])
    }
    asked = {item["id"]: item["entity"] for item in exercise.key["items"]}
    return [item for item, ref in asked.items() if ref in named and ref not in speaking]
