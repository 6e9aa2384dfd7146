"""A layer against gold, as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from analystkit import pipeline
from analystkit.errors import SchemaError
from analystkit.evaluation import accounts, attributions, mentions, positions, times

if TYPE_CHECKING:
    import pandas as pd
    from spacy.language import Language

    from analystkit.evaluation.marked import Marked

#: What can be measured.
LAYERS: Final = ("entities", "quotes", "stances", "dates", "accounts")

_ACCOUNTS: Final = "analystkit_accounts"

Data = Mapping[str, Any]
Tables = dict[str, "pd.DataFrame"]


def evaluate(layer: str, gold: Iterable[Marked], nlp: Language | None = None) -> Tables:
    """Analyse marked articles anew and compare: tables by their titles, figures in per cent.

    Args:
        layer: "entities", "quotes", "stances", "dates" or "accounts".
        gold: The marked articles.
        nlp: A pipeline with our layers; None for the shipped one. For "accounts" it gets that layer where it lacks it.

    Raises:
        ValueError: there is no such layer.
        SchemaError: the gold has no marks of that layer.
    """
    if layer not in LAYERS:
        raise ValueError(f"layer={layer!r} is not known; choose one of {', '.join(LAYERS)}.")
    marked = list(gold)
    for item in marked:
        if layer != "quotes" and not item.complete:
            raise SchemaError(f"{item.name} holds attributions only: it can measure quotes, not {layer}.")
        if layer == "accounts" and "accounts" not in item.data:
            raise SchemaError(f"{item.name} has no accounts: marks of what several sources say of one matter.")
    if layer == "accounts":
        nlp = pipeline.load() if nlp is None else nlp
        if not nlp.has_pipe(_ACCOUNTS):
            nlp.add_pipe(_ACCOUNTS)
    pairs = [(item.data, pipeline.analyze(item.article, nlp).to_dict()) for item in marked]
    return compare(layer, pairs)


def compare(layer: str, pairs: Sequence[tuple[Data, Data]]) -> Tables:
    """The tables for analyses at hand: pairs of (gold, found) in the JSON form."""
    return _COMPARE[layer](pairs)


def _entities(pairs: Sequence[tuple[Data, Data]]) -> Tables:
    articles = [
        tuple(mentions.clusters(gold["text"], side["entities"]) for side in (gold, found)) for gold, found in pairs
    ]
    sure = mentions.calibration((gold["text"], gold["entities"], found["entities"]) for gold, found in pairs)
    return {
        "Entities": mentions.score([(gold, found) for gold, found in articles]),
        "How sure, and how often right": sure,
    }


def _quotes(pairs: Sequence[tuple[Data, Data]]) -> Tables:
    articles = []
    for gold, found in pairs:
        words = attributions.Words(gold["text"])
        same = mentions.counterparts(found["entities"], gold.get("entities", ()))
        articles.append((words.attributions(gold["quotes"]), words.attributions(found["quotes"], same)))
    tables = {"Attributions": attributions.score(articles)}
    if all("entities" in gold for gold, _ in pairs):
        tables["Speakers, among the contents found"] = attributions.speakers(articles)
    return tables | {"How sure, and how often right": attributions.calibration(articles)}


def _stances(pairs: Sequence[tuple[Data, Data]]) -> Tables:
    return {
        "Stances": positions.score(
            (gold["stances"], found["stances"], mentions.counterparts(found["entities"], gold["entities"]))
            for gold, found in pairs
        )
    }


def _accounts(pairs: Sequence[tuple[Data, Data]]) -> Tables:
    return {"Pairs of statements": accounts.score(pairs)}


def _dates(pairs: Sequence[tuple[Data, Data]]) -> Tables:
    return {"Dates": times.score((gold["dates"], found["dates"]) for gold, found in pairs)}


_COMPARE: dict[str, Callable[[Sequence[tuple[Data, Data]]], Tables]] = {
    "entities": _entities,
    "quotes": _quotes,
    "stances": _stances,
    "dates": _dates,
    "accounts": _accounts,
}
