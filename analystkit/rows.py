"""An analysis as rows: plain dictionaries, one a record, and the columns they have.

`analystkit.tables` makes them into pandas tables, `analystkit.corpus` into Parquet. Every row has `start` and
`end` (code points of the text, the end exclusive) and `paragraph` (from 1). Unknown is None.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, get_args

from analystkit.analysis import Certainty, MentionKind, Polarity, QuoteKind, Strength
from analystkit.timeline import events

if TYPE_CHECKING:
    from analystkit.analysis import Analysis, Entity, Mention, Stance

NARRATOR: Final = "the article itself"
"""What stands for the article's own voice where a speaker or holder is named."""

Row = dict[str, Any]

WORD: Final = re.compile(r"\w+(?:[-'’.,]\w+)*")
"""What counts as one word."""

_QUOTE_KINDS: Final[tuple[str, ...]] = get_args(QuoteKind)

Columns = Mapping[str, Any]  # a dtype by its name, or the values that a column can take

_ENTITY_COLUMNS: Final[Columns] = {
    "id": "string",
    "name": "string",
    "label": "string",
    "aliases": "string",
    "mentions": "int64",
    "quotes": "int64",
    "paragraph": "int64",
    "start": "int64",
    "end": "int64",
    "confidence": "float64",
    "why": "string",
}
_MENTION_COLUMNS: Final[Columns] = {
    "entity_id": "string",
    "name": "string",
    "label": "string",
    "kind": get_args(MentionKind),
    "text": "string",
    "paragraph": "int64",
    "start": "int64",
    "end": "int64",
}
_QUOTE_COLUMNS: Final[Columns] = {
    "id": "string",
    "speaker": "string",
    "via": "string",
    "kind": _QUOTE_KINDS,
    "text": "string",
    "cue": "string",
    "source": "string",
    "words": "int64",
    "paragraph": "int64",
    "start": "int64",
    "end": "int64",
    "confidence": "float64",
    "why": "string",
    "speaker_id": "string",
}
_STANCE_COLUMNS: Final[Columns] = {
    "id": "string",
    "holder": "string",
    "target": "string",
    "polarity": get_args(Polarity),
    "strength": get_args(Strength),
    "certainty": get_args(Certainty),
    "text": "string",
    "paragraph": "int64",
    "start": "int64",
    "end": "int64",
    "confidence": "float64",
    "why": "string",
    "holder_id": "string",
    "target_id": "string",
    "quote_id": "string",
}
_DATE_COLUMNS: Final[Columns] = {
    "text": "string",
    "first": "datetime64[s]",
    "last": "datetime64[s]",
    "paragraph": "int64",
    "start": "int64",
    "end": "int64",
}
_EVENT_COLUMNS: Final[Columns] = {
    "first": "datetime64[s]",
    "last": "datetime64[s]",
    "date": "string",
    "who": "string",
    "text": "string",
    "paragraph": "int64",
    "start": "int64",
    "end": "int64",
    "who_ids": "string",
}
_AMOUNT_COLUMNS: Final[Columns] = {
    "text": "string",
    "kind": ("money", "percent", "quantity"),
    "value": "float64",
    "to": "float64",
    "unit": "string",
    "modifier": "string",
    "paragraph": "int64",
    "start": "int64",
    "end": "int64",
}


def of(analysis: Analysis, table: str) -> list[Row]:
    """The rows of one of the tables in `COLUMNS`, in the order of the text; those of `timeline` by day."""
    return _MAKERS[table](analysis)


def _entities(analysis: Analysis) -> list[Row]:
    place = _placer(analysis)
    quotes = Counter(quote.speaker.id for quote in analysis.quotes if quote.speaker)
    return [
        {
            "id": entity.id,
            "name": entity.name,
            "label": entity.label,
            "aliases": "; ".join(entity.aliases) or None,
            "mentions": len(entity.mentions),
            "quotes": quotes[entity.id],
            **place(entity.mentions[0].start, entity.mentions[0].end),
            "confidence": entity.confidence,
            "why": entity.why,
        }
        for entity in analysis.entities
    ]


def mentions_in_order(analysis: Analysis) -> list[tuple[Entity, int, Mention]]:
    """Every mention with its entity and its number among that entity's, in the order of the text."""
    found = [(entity, i, mention) for entity in analysis.entities for i, mention in enumerate(entity.mentions)]
    return sorted(found, key=lambda one: (one[2].start, -one[2].end))


def _mentions(analysis: Analysis) -> list[Row]:
    place = _placer(analysis)
    return [
        {
            "entity_id": entity.id,
            "name": entity.name,
            "label": entity.label,
            "kind": mention.kind,
            "text": mention.text,
            **place(mention.start, mention.end),
        }
        for entity, _, mention in mentions_in_order(analysis)
    ]


def _quotes(analysis: Analysis) -> list[Row]:
    place = _placer(analysis)
    return [
        {
            "id": quote.id,
            "speaker": quote.speaker.name if quote.speaker else None,
            "via": "; ".join(entity.name for entity in quote.via) or None,
            "kind": quote.kind,
            "text": quote.text,
            "cue": quote.cue_text or None,
            "source": quote.source_text or None,
            "words": sum(count_words(analysis.text[start:end]) for start, end in quote.content),
            **place(quote.start, quote.end),
            "confidence": quote.confidence,
            "why": quote.why,
            "speaker_id": quote.speaker.id if quote.speaker else None,
        }
        for quote in analysis.quotes
    ]


def _stances(analysis: Analysis) -> list[Row]:
    place = _placer(analysis)
    return [
        {
            "id": stance.id,
            "holder": holder_name(analysis, stance),
            "target": target_name(stance),
            "polarity": stance.polarity,
            "strength": stance.strength,
            "certainty": stance.certainty,
            "text": stance.evidence_text,
            **place(*stance.evidence),
            "confidence": stance.confidence,
            "why": stance.why,
            "holder_id": stance.holder.id if stance.holder else None,
            "target_id": stance.target.id if stance.target else None,
            "quote_id": stance.quote.id if stance.quote else None,
        }
        for stance in analysis.stances
    ]


def _dates(analysis: Analysis) -> list[Row]:
    place = _placer(analysis)
    return [
        {
            "text": date.text,
            "first": date.iso_start,
            "last": date.iso_end,
            **place(date.start, date.end),
        }
        for date in analysis.dates
    ]


def _timeline(analysis: Analysis) -> list[Row]:
    place = _placer(analysis)
    return [
        {
            "first": event.first,
            "last": event.last,
            "date": event.date.text,
            "who": "; ".join(entity.name for entity in event.who) or None,
            "text": event.text,
            **place(event.start, event.end),
            "who_ids": "; ".join(entity.id for entity in event.who) or None,
        }
        for event in events(analysis)
    ]


def _amounts(analysis: Analysis) -> list[Row]:
    place = _placer(analysis)
    return [
        {**dict.fromkeys(("to", "modifier")), **amount, **place(amount["start"], amount["end"])}
        for amount in analysis.view().get("amounts", ())
    ]


def further(analysis: Analysis, layer: str) -> list[Row]:
    """The marks of a further layer; what else its records hold stands in columns of its own.

    Raises:
        LookupError: the analysis has no such layer.
    """
    if layer not in analysis.extra:
        known = ", ".join(analysis.extra) or "none"
        raise LookupError(f"The analysis has no layer {layer!r}; further layers here: {known}.")
    place = _placer(analysis)
    found = []
    for mark in analysis.extra[layer]:
        record = mark.to_dict()
        who = mark.who
        words = mark.who_span and " ".join(analysis.text[slice(*mark.who_span)].split())
        row: Row = {"id": mark.id, "label": mark.label, "who": who.name if who else words, "text": mark.text}
        row |= place(mark.start, mark.end) | {"confidence": mark.confidence, "why": mark.why}
        row["who_id"] = who.id if who else None
        found.append(row | {key: record[key] for key in record if key not in row})
    return found


def holder_name(analysis: Analysis, stance: Stance) -> str:
    """The holder in words: its entity's name, else the words that name it, else the article itself."""
    if stance.holder:
        return stance.holder.name
    if stance.holder_span is None:
        return NARRATOR
    start, end = stance.holder_span
    return " ".join(analysis.text[start:end].split())


def target_name(stance: Stance) -> str:
    """The target in words: its entity's name, else the words that name it."""
    return stance.target.name if stance.target else " ".join(stance.target_text.split())


def count_words(text: str) -> int:
    """How many words a text has."""
    return sum(1 for _ in WORD.finditer(text))


def _placer(analysis: Analysis) -> Callable[[int, int], dict[str, int]]:
    """A function that says where a span lies; it looks the paragraph up by bisection, for long texts."""
    starts = [start for start, _ in analysis.paragraphs]

    def place(start: int, end: int) -> dict[str, int]:
        return {"paragraph": max(bisect_right(starts, start), 1), "start": start, "end": end}

    return place


_MAKERS: Final[Mapping[str, Callable[[Analysis], list[Row]]]] = {
    "entities": _entities,
    "mentions": _mentions,
    "quotes": _quotes,
    "stances": _stances,
    "dates": _dates,
    "amounts": _amounts,
    "timeline": _timeline,
}

EXTRA_COLUMNS: Final[Columns] = {
    "id": "string",
    "label": "string",
    "who": "string",
    "text": "string",
    "paragraph": "int64",
    "start": "int64",
    "end": "int64",
    "confidence": "float64",
    "why": "string",
    "who_id": "string",
}
"""The columns that the table of every further layer has."""

COLUMNS: Final[Mapping[str, Columns]] = {
    "entities": _ENTITY_COLUMNS,
    "mentions": _MENTION_COLUMNS,
    "quotes": _QUOTE_COLUMNS,
    "stances": _STANCE_COLUMNS,
    "dates": _DATE_COLUMNS,
    "amounts": _AMOUNT_COLUMNS,
    "timeline": _EVENT_COLUMNS,
}
"""The columns of each table: a dtype by its name, or the values that a column can take."""
