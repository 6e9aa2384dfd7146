"""Marks that other tools made: an analysis to put them into, and entities from bare names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from importlib.metadata import version
from itertools import count
from typing import get_args

from analystkit import schema
from analystkit.analysis import Certainty, Polarity, QuoteKind, Strength
from analystkit.article import Article
from analystkit.exports.formats import Data

#: What a name of another scheme is called here, by its lower-case form.
_FOREIGN_LABELS = {
    "per": "PERSON",
    "person": "PERSON",
    "people": "PERSON",
    "org": "ORG",
    "organisation": "ORG",
    "organization": "ORG",
    "corporation": "ORG",
    "gpe": "GPE",
    "country": "GPE",
    "loc": "LOC",
    "location": "LOC",
    "place": "LOC",
    "norp": "NORP",
    "fac": "FAC",
    "facility": "FAC",
    "event": "EVENT",
    "product": "PRODUCT",
    "law": "LAW",
    "work_of_art": "WORK_OF_ART",
}
QUOTE_KINDS: tuple[str, ...] = get_args(QuoteKind)
POLARITIES: tuple[str, ...] = get_args(Polarity)
STRENGTHS: tuple[str, ...] = get_args(Strength)
CERTAINTIES: tuple[str, ...] = get_args(Certainty)
LABELS: tuple[str, ...] = tuple(dict.fromkeys(_FOREIGN_LABELS.values()))


def label(name: object) -> str | None:
    """Our label for a name's label in another scheme; None where we have no such kind."""
    return _FOREIGN_LABELS.get(name.lower().replace(" ", "_")) if isinstance(name, str) else None


def blank(article: Article, origin: str) -> Data:
    """The analysis of an article in which nothing is marked yet.

    Args:
        article: The article.
        origin: Where the marks come from, named in `model`.
    """
    dateline = article.dateline
    return {
        "schema": schema.ID,
        "article": {
            "id": article.id,
            "title": article.title,
            "byline": article.byline,
            "published": article.published.isoformat() if article.published else None,
            "url": article.url,
            "dateline": asdict(dateline) if dateline else None,
        },
        "text": article.text,
        "furniture": [list(span) for span in article.furniture],
        "entities": [],
        "quotes": [],
        "stances": [],
        "dates": [],
        "model": {"pipeline": origin, "version": "unknown", "analystkit": version("analystkit")},
    }


def emptied(data: Data) -> Data:
    """An analysis without its marks: what it says of the article."""
    return data | {layer: [] for layer in ("entities", "quotes", "stances", "dates", "amounts") if layer in data}


def base(given: Data | None, text: str, origin: str) -> Data:
    """What to put marks of a text into: the given analysis without its marks, else what the text itself says."""
    return emptied(given) if given is not None else blank(Article(text), origin)


class Ids:
    """Ids that are not in use yet: "e1", "e2"…"""

    def __init__(self, prefix: str, taken: Iterable[object]) -> None:
        self._prefix = prefix
        self._taken = set(taken)
        self._numbers = count(1)

    def new(self) -> str:
        """The next id that is free."""
        return next(i for number in self._numbers if (i := f"{self._prefix}{number}") not in self._taken)


Name = tuple[int, int, str, Data]
"""A name from elsewhere: start, end, label (ours), and what a person added: "by", "note"."""


def entities(text: str, names: Iterable[Name], ids: Ids, why: str) -> list[Data]:
    """Entities from names: those with the same words and the same label are one; notes on them are joined.

    Args:
        text: The article's text.
        names: The names.
        ids: Where the entities' ids come from.
        why: The reason to state.
    """
    found: dict[tuple[str, str], Data] = {}
    for start, end, kind, added in names:
        words = " ".join(text[start:end].split())
        if not words:
            continue
        entity = found.get((words, kind))
        if entity is None:
            entity = {"id": ids.new(), "name": words, "label": kind, "aliases": [], "mentions": []}
            found[words, kind] = entity | {"confidence": 1, "why": why} | added
            entity = found[words, kind]
        elif "note" in added and added["note"] != entity.get("note"):
            entity["note"] = "\n".join(filter(None, (entity.get("note"), added["note"])))
        entity["mentions"].append({"start": start, "end": end, "kind": "name"})
    return list(found.values())


def mend(data: Data, notes: list[str]) -> None:
    """Let references go whose entity or quote was deleted in another tool, and note how many there were."""
    entities = {entity.get("id") for entity in data["entities"]}
    quotes = {quote.get("id") for quote in data["quotes"]}
    gone = 0
    for quote in data["quotes"]:
        kept = [ref for ref in quote["via"] if ref in entities]
        gone += len(quote["via"]) - len(kept)
        quote["via"] = kept
    ends = [(data["quotes"], "speaker", entities), (data["stances"], "holder", entities)]
    ends += [(data["stances"], "target", entities), (data["stances"], "quote", quotes)]
    for records, key, known in ends:
        for record in records:
            if record[key] is not None and record[key] not in known:
                record[key] = None
                gone += 1
    if gone:
        notes.append(f"{gone} references lead to marks that are no longer there, and are now unknown.")
