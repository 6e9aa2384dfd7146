"""An analysis as pandas tables: one row a record, the same column names and types whatever it holds.

Every table has `start` and `end` (code points of the text, the end exclusive) and `paragraph` (from 1), so
that a row can be found again in the article, and `id` columns by which tables can be joined. Unknown is
`<NA>`, never an empty string. An analysis without a layer gives the empty table with the same columns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, get_args

import pandas as pd

from analystkit.analysis import Certainty, MentionKind, Polarity, QuoteKind, Strength
from analystkit.timeline import events
from analystkit.wire import encodable

if TYPE_CHECKING:
    from analystkit.analysis import Analysis, Stance

NARRATOR: Final = "the article itself"
"""What stands for the article's own voice where a speaker or holder is named."""

UNKNOWN: Final = "speaker unknown"
"""What stands for a speaker who could not be told."""

_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")

_QUOTE_KINDS: Final[tuple[str, ...]] = get_args(QuoteKind)

_Columns = Mapping[str, Any]  # a dtype by its name, or the values that a column can take

_ENTITY_COLUMNS: Final[_Columns] = {
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
_MENTION_COLUMNS: Final[_Columns] = {
    "entity_id": "string",
    "name": "string",
    "label": "string",
    "kind": get_args(MentionKind),
    "text": "string",
    "paragraph": "int64",
    "start": "int64",
    "end": "int64",
}
_QUOTE_COLUMNS: Final[_Columns] = {
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
_STANCE_COLUMNS: Final[_Columns] = {
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
_DATE_COLUMNS: Final[_Columns] = {
    "text": "string",
    "first": "datetime64[s]",
    "last": "datetime64[s]",
    "paragraph": "int64",
    "start": "int64",
    "end": "int64",
}
_EVENT_COLUMNS: Final[_Columns] = {
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
_AMOUNT_COLUMNS: Final[_Columns] = {
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
_SPEAKER_COLUMNS: Final[_Columns] = {
    "speaker": "string",
    "direct": "int64",
    "mixed": "int64",
    "indirect": "int64",
    "words": "int64",
    "share": "float64",
    "speaker_id": "string",
}


def entities(analysis: Analysis) -> pd.DataFrame:
    """Who and what the article is about: one row an entity, in the order of their first mention.

    `mentions` and `quotes` count its mentions and the attributions it speaks; `aliases` are joined by "; ".
    `paragraph`, `start` and `end` are those of its first mention.
    """
    place = _placer(analysis)
    quotes = Counter(quote.speaker.id for quote in analysis.quotes if quote.speaker)
    rows = (
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
    )
    return _table(_ENTITY_COLUMNS, rows)


def mentions(analysis: Analysis) -> pd.DataFrame:
    """Every mention of every entity, in the order of the text."""
    place = _placer(analysis)
    rows = [
        {
            "entity_id": entity.id,
            "name": entity.name,
            "label": entity.label,
            "kind": mention.kind,
            "text": mention.text,
            **place(mention.start, mention.end),
        }
        for entity in analysis.entities
        for mention in entity.mentions
    ]
    return _table(_MENTION_COLUMNS, sorted(rows, key=lambda row: (row["start"], -row["end"])))


def quotes(analysis: Analysis) -> pd.DataFrame:
    """Who said what: one row an attribution, in the order of the text.

    `speaker` is the entity whose words they are, `via` who relays them (joined by "; "), `text` the content,
    `cue` and `source` the words that attribute it and that name the speaker, `words` its length in words.
    """
    place = _placer(analysis)
    rows = (
        {
            "id": quote.id,
            "speaker": quote.speaker.name if quote.speaker else None,
            "via": "; ".join(entity.name for entity in quote.via) or None,
            "kind": quote.kind,
            "text": quote.text,
            "cue": quote.cue_text or None,
            "source": quote.source_text or None,
            "words": sum(_count_words(analysis.text[start:end]) for start, end in quote.content),
            **place(quote.start, quote.end),
            "confidence": quote.confidence,
            "why": quote.why,
            "speaker_id": quote.speaker.id if quote.speaker else None,
        }
        for quote in analysis.quotes
    )
    return _table(_QUOTE_COLUMNS, rows)


def stances(analysis: Analysis) -> pd.DataFrame:
    """Who stands where on what: one row a stance, in the order of the text.

    `text`, `paragraph`, `start` and `end` are those of the evidence. A holder or target that is no entity is
    named by its words; a stance of the article's own is held by "the article itself".
    """
    place = _placer(analysis)
    rows = (
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
    )
    return _table(_STANCE_COLUMNS, rows)


def dates(analysis: Analysis) -> pd.DataFrame:
    """The time expressions, in the order of the text; `first` and `last` are days, both inclusive.

    Where the days cannot be told they are `NaT`.
    """
    place = _placer(analysis)
    rows = (
        {
            "text": date.text,
            "first": date.iso_start,
            "last": date.iso_end,
            **place(date.start, date.end),
        }
        for date in analysis.dates
    )
    return _table(_DATE_COLUMNS, rows)


def timeline(analysis: Analysis) -> pd.DataFrame:
    """What happened when: one row a dated sentence, earliest first.

    `first` and `last` are days, both inclusive; `date` is the time expression, `text` its sentence, `who` the
    entities in it that can act, nearest first, joined by "; " (their ids in `who_ids`). Times that cannot be told
    are left out; `dates` has them.
    """
    place = _placer(analysis)
    rows = (
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
    )
    return _table(_EVENT_COLUMNS, rows)


def amounts(analysis: Analysis) -> pd.DataFrame:
    """Money, percentages and quantities, in the order of the text.

    `value` is a number in `unit`; `to` the upper end of a range, `modifier` "about", "more than" and the like.
    """
    place = _placer(analysis)
    rows = (
        {**dict.fromkeys(("to", "modifier")), **amount, **place(amount["start"], amount["end"])}
        for amount in analysis.to_dict().get("amounts", ())
    )
    return _table(_AMOUNT_COLUMNS, rows)


def speakers(analysis: Analysis) -> pd.DataFrame:
    """Whose words the article is made of: one row a voice, the one with most words first.

    `direct`, `mixed` and `indirect` count the words of its quotes of each kind, `words` all its words,
    `share` (0 to 1) its part of the article's words without the furniture. The last row is the article's own
    voice. Each word counts once: where one quote lies within another it belongs to the inner one, so the
    shares add up to 1.
    """
    voices: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    own = 0
    for quote in _voice_of_each_word(analysis):
        if quote is None:
            own += 1
        else:
            speaker, kind = quote
            voices[speaker][kind] += 1
    total = own + sum(counts.total() for counts in voices.values())
    rows = []
    for speaker, counts in sorted(voices.items(), key=lambda item: -item[1].total()):
        entity = analysis.entity(speaker)
        rows.append(
            {
                "speaker": entity.name if entity else UNKNOWN,
                **{kind: counts[kind] for kind in _QUOTE_KINDS},
                "words": counts.total(),
                "share": counts.total() / total,
                "speaker_id": speaker,
            }
        )
    if own:
        nothing = dict.fromkeys(_QUOTE_KINDS, 0)
        rows.append({"speaker": NARRATOR, **nothing, "words": own, "share": own / total, "speaker_id": None})
    return _table(_SPEAKER_COLUMNS, rows)


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


def _voice_of_each_word(analysis: Analysis) -> Iterable[tuple[str | None, str] | None]:
    """For each word outside the furniture: speaker's id and kind of the innermost quote around it."""
    words = list(_WORD.finditer(analysis.text))
    furniture = [False] * (len(analysis.text) + 1)
    for start, end in analysis.furniture:
        furniture[start:end] = [True] * (end - start)
    voice: list[tuple[str | None, str] | None] = [None] * (len(analysis.text) + 1)
    spans = [(start, end, quote) for quote in analysis.quotes for start, end in quote.content]
    for start, end, quote in sorted(spans, key=lambda span: span[0] - span[1]):
        speaker = quote.speaker.id if quote.speaker else None
        voice[start:end] = [(speaker, quote.kind)] * (end - start)
    return (voice[word.start()] for word in words if not furniture[word.start()])


def _count_words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def _placer(analysis: Analysis) -> Callable[[int, int], dict[str, int]]:
    """A function that says where a span lies; it looks the paragraph up by bisection, for long texts."""
    starts = [start for start, _ in analysis.paragraphs]

    def place(start: int, end: int) -> dict[str, int]:
        return {"paragraph": max(bisect_right(starts, start), 1), "start": start, "end": end}

    return place


def _table(columns: _Columns, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    records = list(rows)
    series = {}
    for name, dtype in columns.items():
        found = (record[name] for record in records)
        # columns of strings hold UTF-8, in which a lone surrogate has no place
        values = [encodable(value) if isinstance(value, str) else value for value in found]
        if isinstance(dtype, tuple):
            series[name] = pd.Series(pd.Categorical(values, categories=list(dtype)))
        elif dtype.startswith("datetime"):
            days = pd.to_datetime(pd.Series(values, dtype="object"), format="ISO8601", errors="coerce")
            series[name] = days.astype(dtype)
        else:
            series[name] = pd.Series(values, dtype=dtype)
    return pd.DataFrame(series)
