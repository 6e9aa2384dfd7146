"""Exercises in which the student answers questions about marked places, and those on the article as a whole."""

from __future__ import annotations

from typing import Any

from analystkit.analysis import Entity, Quote, Stance
from analystkit.lessons.material import VOICES, Item, Material, made

UNKNOWN = "unknown"
_QUESTION = {"positive": "for", "negative": "against", "neutral": "neither for nor against"}
_ENOUGH = 10


def _spans(quote: Quote) -> list[list[int]]:
    return [[start, end] for start, end in quote.content]


def _asked(material: Material, kinds: frozenset[str]) -> list[Quote]:
    return [
        quote
        for quote in material.analysis.quotes
        if quote.kind in kinds and all(material.reported(span) for span in quote.content)
    ]


def _around(quote: Quote) -> str:
    return f"“{quote.cue_text}”" if quote.cue else "the passage; there is no word of saying"


def speakers(material: Material, level: str, kinds: frozenset[str]) -> list[Item]:
    """Items of "Who is speaking?": whoever relays the words is worth half."""
    choices = [{"value": entity.id, "label": entity.name} for entity in material.voices()]
    choices.append({"value": UNKNOWN, "label": "the text does not tell"})
    items: list[Item] = []
    for quote in _asked(material, kinds):
        if quote.speaker is None and level != "hard":
            continue
        right = quote.speaker.id if quote.speaker else UNKNOWN
        who = quote.speaker.name if quote.speaker else "nobody the text names"
        named = (
            f", named here as “{quote.source_text.rstrip(',')}”"
            if quote.source and who not in quote.source_text
            else ""
        )
        via = f" {quote.via[0].name} only passes them on." if quote.via else ""
        other = next((choice["label"] for choice in choices if choice["value"] != right), "")
        place = (quote.source or quote.cue or quote.content)[0]
        items.append(
            made(
                len(items) + 1,
                ask={"prompt": "Whose words are these?", "spans": _spans(quote), "choices": choices},
                credit={entity.id: 0.5 for entity in quote.via} | {right: 1.0},
                span=place,
                why=f"These are the words of {who}{named}.{via}",
                hints=[
                    f"Read the words around {_around(quote)}.",
                    f"It is either {' or '.join(sorted([who, other]))}.",
                    f"It is {who}.",
                ],
            )
        )
    return items


def directness(material: Material, level: str, kinds: frozenset[str]) -> list[Item]:
    """Items of "Direct or indirect?": mixed for one of the others, or the other way round, is worth half."""
    names = ["direct", "mixed", "indirect"] if level != "easy" else ["direct", "indirect"]
    choices = [{"value": name, "label": name} for name in names]
    asked = [quote for quote in _asked(material, kinds) if quote.kind in names]
    reasons = {
        "direct": "all of it stands in quotation marks, as the speaker put it",
        "mixed": "some words stand in quotation marks, the rest is the reporter's wording",
        "indirect": "the reporter tells it in other words, without quotation marks",
    }
    items = []
    for number, quote in enumerate(asked if level == "hard" else asked[:_ENOUGH], 1):
        near = {name: 0.5 for name in names if "mixed" in (name, quote.kind)}
        items.append(
            made(
                number,
                ask={"prompt": "Whose wording is this?", "spans": _spans(quote), "choices": choices},
                credit=near | {quote.kind: 1.0},
                span=quote.content[0],
                why=f"It is {quote.kind}: {reasons[quote.kind]}.",
                hints=[
                    "Look at the quotation marks: are there any, and how much do they hold?",
                    f"Quotation marks in it: {'none' if quote.kind == 'indirect' else 'some'}.",
                    f"It is {quote.kind}.",
                ],
            )
        )
    return items


def stances(material: Material, level: str, _: frozenset[str]) -> list[Item]:
    """Items of "Who stands where?": neutral for one of the others, or the other way round, is worth half."""
    choices = [{"value": value, "label": label} for value, label in _QUESTION.items()]
    items: list[Item] = []
    for stance in material.analysis.stances:
        if level != "hard" and stance.certainty != "asserted":
            continue
        if level == "easy" and (stance.polarity == "neutral" or stance.strength == "weak"):
            continue
        if not material.reported(stance.evidence):
            continue
        holder, target = _holder(stance), stance.target.name if stance.target else stance.target_text
        near = {value: 0.5 for value in _QUESTION if "neutral" in (value, stance.polarity)}
        how = "" if stance.certainty == "asserted" else f" (it is {stance.certainty})"
        items.append(
            made(
                len(items) + 1,
                ask={
                    "prompt": f"{holder} towards {target}: for or against?",
                    "spans": [list(material.sentence(stance.evidence))],
                    "choices": choices,
                },
                credit=near | {stance.polarity: 1.0},
                span=stance.evidence,
                why=f"{holder} is {_QUESTION[stance.polarity]} {target}{how}; “{material.words(stance.evidence)}” "
                "shows it.",
                hints=[
                    f"Look for a word in {material.paragraph(stance.evidence)} that praises, blames, helps or resists.",
                    f"The words to weigh are “{material.words(stance.evidence)}”.",
                    f"{holder} is {_QUESTION[stance.polarity]} it.",
                ],
            )
        )
    return items


def _holder(stance: Stance) -> str:
    if stance.holder:
        return stance.holder.name
    return "the article" if stance.holder_span is None else "whoever speaks"


def chains(material: Material, level: str, kinds: frozenset[str]) -> list[Item]:
    """Items of "Trace the chain": from the speaker through whoever relays the words."""
    choices = [{"value": entity.id, "label": entity.name} for entity in material.voices()]
    quotes = [quote for quote in _asked(material, kinds) if quote.speaker]
    if level != "hard":
        relayed = [quote for quote in quotes if quote.via]
        plain = [quote for quote in quotes if not quote.via][: len(relayed)] if level == "medium" else []
        quotes = sorted([*relayed, *plain], key=lambda quote: quote.start)
    items = []
    for number, quote in enumerate(quotes, 1):
        chain: list[Entity] = [entity for entity in (quote.speaker, *quote.via) if entity]
        names = " → ".join([*(entity.name for entity in chain), "this article"])
        length = "nobody in between" if len(chain) == 1 else f"{len(chain) - 1} in between"
        items.append(
            made(
                number,
                ask={
                    "prompt": "How did these words come into the article?",
                    "spans": _spans(quote),
                    "choices": choices,
                },
                chain=[entity.id for entity in chain],
                span=(quote.source or quote.cue or quote.content)[0],
                why=f"{names}.",
                hints=[
                    f"Look around {_around(quote)}, and for “according to”, “reported”, “quoting”.",
                    f"The words are {chain[0].name}'s, and there is {length}.",
                    f"{names}.",
                ],
            )
        )
    return items


def events(material: Material, level: str, _: frozenset[str]) -> list[Item]:
    """Items of "Put the events in order": sentences with a date that the analysis could place in the calendar."""
    first: dict[str, Any] = {}
    for date in material.analysis.dates:
        span = (date.start, date.end)
        if date.iso_start and material.reported(span):
            sentence = material.sentence(span)
            inside = [d for d in material.analysis.dates if sentence[0] <= d.start < sentence[1] and d.iso_start]
            if len(inside) == 1:  # a sentence with two dates has no single place in the order
                first.setdefault(date.iso_start, (date, sentence))
    most = {"easy": 4, "medium": 6, "hard": 99}[level]
    chosen = list(first.values())
    if len(chosen) > most:  # spread over the text
        chosen = [chosen[n * len(chosen) // most] for n in range(most)]
    items = []
    for number, (date, sentence) in enumerate(chosen, 1):
        when = date.iso_start if date.iso_start == date.iso_end else f"{date.iso_start} to {date.iso_end}"
        items.append(
            made(
                number,
                ask={"prompt": material.words(sentence, at_most=160), "spans": [list(sentence)]},
                rank=date.iso_start,
                span=(date.start, date.end),
                why=f"“{date.text}” is {when}.",
                hints=[
                    "Look for the words that tell when.",
                    f"It is told by “{date.text}”; count from the day the article was published.",
                    f"“{date.text}” is {when}.",
                ],
            )
        )
    return items if len({item["key"]["rank"] for item in items}) > 1 else []


def silent(material: Material, level: str, _: frozenset[str]) -> list[Item]:
    """Items of "Spot the missing voice": everybody named, those to be ticked among them."""
    labels = {"easy": VOICES[:2], "medium": VOICES[:3], "hard": VOICES}[level]
    speaking = {quote.speaker.id for quote in material.analysis.quotes if quote.speaker}
    items: list[Item] = []
    for entity in material.analysis.entities:
        if entity.label not in labels or not any(mention.kind == "name" for mention in entity.mentions):
            continue
        quiet = entity.id not in speaking
        words = next((quote for quote in entity.quotes), None)
        place = material.first_name(entity) if words is None else words.content[0]
        relays = any(entity in quote.via for quote in material.analysis.quotes)
        why = f"{entity.name} is named, but never heard."
        if relays:
            why = f"{entity.name} passes on what others say, but says nothing of its own."
        if words is not None:
            why = f"{entity.name} is heard: “{material.words(words.content[0])}”"
        items.append(
            made(
                len(items) + 1,
                ask={"prompt": entity.name, "spans": []},
                right=quiet,
                entity=entity.id,
                span=place,
                why=why,
                hints=[
                    f"Look for {entity.name} in {material.paragraph(place)}.",
                    "Ask of each mention: does it say, deny, promise anything here, or is something said about it?",
                    why,
                ],
            )
        )
    return items if any(item["key"]["right"] for item in items) else []
