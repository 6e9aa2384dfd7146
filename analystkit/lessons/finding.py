"""Exercises in which the student marks the text: the people, the quotes."""

from __future__ import annotations

from analystkit.analysis import Entity, Offsets
from analystkit.lessons.material import Item, Material, made

_KINDS = {
    "name": "a name",
    "nominal": "a description",
    "pronoun": "a pronoun",
}


def people(material: Material, level: str, _: frozenset[str]) -> list[Item]:
    """Items of "Mark the people": an item a person, or one a mention."""
    persons = [entity for entity in material.analysis.entities if entity.label == "PERSON"]
    if level == "easy":
        found = []
        for entity in persons:
            names = [
                (mention.start, mention.end)
                for mention in entity.mentions
                if mention.kind == "name" and material.reported((mention.start, mention.end))
            ]
            if names:
                found.append((names[0], entity, names, "name"))
    else:
        wanted = {"medium": {"name"}, "hard": {"name", "nominal", "pronoun"}}[level]
        found = [
            ((mention.start, mention.end), entity, [(mention.start, mention.end)], mention.kind)
            for entity in persons
            for mention in entity.mentions
            if mention.kind in wanted and material.reported((mention.start, mention.end))
        ]
    found.sort(key=lambda one: one[0])
    return [
        _person(material, number, span, entity, spans, kind)
        for number, (span, entity, spans, kind) in enumerate(found, 1)
    ]


def _person(material: Material, number: int, span: Offsets, entity: Entity, spans: list[Offsets], kind: str) -> Item:
    words = material.words(span)
    what = _KINDS[kind]
    meant = "" if words == entity.name else f" and stands for {entity.name}"
    return made(
        number,
        ask=None,
        spans=spans,
        span=span,
        why=f"“{words}” is {what} of a person{meant}.",
        hints=[
            f"Look for {what} in {material.paragraph(span)}.",
            f"It is missing here: {material.blanked(span)}",
            f"It is “{words}”.",
        ],
    )


def quotes(material: Material, level: str, kinds: frozenset[str]) -> list[Item]:
    """Items of "Find all quotes": an item a stretch of content; a quote that is interrupted has several."""
    parts = [
        (span, quote)
        for quote in material.analysis.quotes
        if quote.kind in kinds
        for span in quote.content
        if material.reported(span)
    ]
    parts.sort(key=lambda part: part[0])
    found = []
    for number, (span, quote) in enumerate(parts, 1):
        who = quote.speaker.name if quote.speaker else quote.source_text or "somebody the text does not name"
        cue = f"“{quote.cue_text}”" if quote.cue else "no word of saying"
        found.append(
            made(
                number,
                ask=None,
                spans=[span],
                span=span,
                why=f"Said by {who} ({quote.kind}; {cue} tells so): “{material.words(span)}”",
                hints=[
                    f"There is one in {material.paragraph(span)}.",
                    f"{who} says it there; look around {cue}."
                    if quote.cue
                    else f"{who} says it there; nothing but the quotation marks tells so.",
                    f"It is “{material.words(span)}”.",
                ],
            )
        )
    return found
