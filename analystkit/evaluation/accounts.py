"""Measures of accounts: which statements are put together, and which pairs are said to pull apart.

Both are counted in pairs of statements by different sources. A found statement is the gold's when the two share a third
of their words: here it counts which statement is meant, not where it is cut. One that the gold lacks makes every pair
with it wrong. How a matter is called counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import pandas as pd

from analystkit.evaluation import attributions
from analystkit.evaluation.figures import prf

#: The share of their words that a found statement and the gold's have in common at least.
NEAR: Final = 1 / 3

Data = Mapping[str, Any]
Pairs = set[frozenset[str]]


def score(articles: Iterable[tuple[Data, Data]]) -> pd.DataFrame:
    """Precision, recall and F1 in per cent of pairs that are put together, and of those said to pull apart.

    Args:
        articles: For each the gold and what was found, analyses in the JSON form with their accounts.
    """
    count = {"together": [0, 0, 0], "pull apart": [0, 0, 0]}
    for gold, found in articles:
        theirs = _pairs(gold, {quote["id"]: quote["id"] for quote in gold["quotes"]})
        mine = _pairs(found, same(gold, found))
        for name, one, other in zip(count, mine, theirs, strict=True):
            for at, number in enumerate((len(one & other), len(one), len(other))):
                count[name][at] += number
    rows = {name: prf(*numbers) for name, numbers in count.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["P", "R", "F1", "found", "gold"])


def same(gold: Data, found: Data) -> dict[str, str]:
    """The gold's id for each id of a found quote, or "?" and its own where the gold has none."""
    words = attributions.Words(gold["text"])
    sides = [[quote for quote in side["quotes"] if words.within(quote["content"])] for side in (gold, found)]
    golds, founds = (words.attributions(side) for side in sides)
    known = {quote["id"]: f"?{quote['id']}" for quote in found["quotes"]}
    return known | {sides[1][j]["id"]: sides[0][i]["id"] for i, j in attributions.match(golds, founds, NEAR)}


def _pairs(data: Data, ids: Mapping[str, str]) -> tuple[Pairs, Pairs]:
    """The pairs that are put together, and those that pull apart, by the ids they are given."""
    speaker = {quote["id"]: quote["speaker"] or quote["id"] for quote in data["quotes"]}
    accounts: Sequence[Data] = data.get("accounts", ())
    together = {
        frozenset((ids[one], ids[other]))
        for account in accounts
        for one, other in combinations(account["statements"], 2)
        if speaker[one] != speaker[other]
    }
    apart = {
        frozenset(ids[one] for one in difference["statements"])
        for account in accounts
        for difference in account["differences"]
    }
    return together, apart
