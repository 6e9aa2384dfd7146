"""Measures of dates: which expressions are found, and whether they stand for the right days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from analystkit.evaluation.figures import prf

Record = Mapping[str, Any]


def score(articles: Iterable[tuple[Sequence[Record], Sequence[Record]]]) -> pd.DataFrame:
    """Precision, recall and F1 in per cent, each pair (gold, found).

    "expressions" asks for both ends of an expression, "expressions and days" also for its first and last day. The other
    rows are those with days and those that the gold leaves open, each by what its own side says.
    """
    pairs = list(articles)
    rows = {
        "expressions": _row(pairs, days=False),
        "expressions and days": _row(pairs, days=True),
        "with days": _row([(_resolved(gold), _resolved(found)) for gold, found in pairs], days=True),
        "left open": _row([(_open(gold), _open(found)) for gold, found in pairs], days=True),
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["P", "R", "F1", "found", "gold"])


def _resolved(records: Iterable[Record]) -> list[Record]:
    return [record for record in records if record["iso_start"]]


def _open(records: Iterable[Record]) -> list[Record]:
    return [record for record in records if not record["iso_start"]]


def _row(pairs: Iterable[tuple[Sequence[Record], Sequence[Record]]], *, days: bool) -> list[float]:
    keys = ("start", "end", "iso_start", "iso_end") if days else ("start", "end")
    right = founds = golds = 0
    for gold, found in pairs:
        mine, theirs = ({tuple(record[key] for key in keys) for record in side} for side in (found, gold))
        right, founds, golds = right + len(mine & theirs), founds + len(mine), golds + len(theirs)
    return prf(right, founds, golds)
