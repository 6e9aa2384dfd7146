"""Measures of stances: who stands where on what.

A stance is right when holder, target and polarity are. Holder and target are the same when they are the same entity
or their words overlap; a target that is the same entity counts only with evidence close by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from analystkit.evaluation.figures import prf

Stance = Mapping[str, Any]
#: How far apart, in code points, the evidence may be where the targets are the same entity.
NEAR: Final = 120
POLARITIES: Final = ("positive", "negative", "neutral")


def score(articles: Iterable[tuple[Sequence[Stance], Sequence[Stance], Mapping[str, str]]]) -> pd.DataFrame:
    """Precision, recall and F1 in per cent: whole stances, holder and target alone, and whole ones by polarity.

    Args:
        articles: For each the gold's stances, those found, and the gold's id for each id of a found entity.
    """
    count = dict.fromkeys(("whole", "holder and target", *POLARITIES), 0)
    golds: list[str] = []
    founds: list[str] = []
    for gold, found, same in articles:
        golds += [stance["polarity"] for stance in gold]
        founds += [stance["polarity"] for stance in found]
        count["holder and target"] += len(_pairs(gold, found, same, polarity=False))
        for polarity in _pairs(gold, found, same, polarity=True):
            count["whole"] += 1
            count[polarity] += 1
    rows = {
        "holder, target and polarity": prf(count["whole"], len(founds), len(golds)),
        "holder and target": prf(count["holder and target"], len(founds), len(golds)),
    }
    for polarity in POLARITIES:
        rows[f"whole, {polarity}"] = prf(count[polarity], founds.count(polarity), golds.count(polarity))
    return pd.DataFrame.from_dict(rows, orient="index", columns=["P", "R", "F1", "found", "gold"])


def _pairs(gold: Sequence[Stance], found: Sequence[Stance], same: Mapping[str, str], *, polarity: bool) -> list[str]:
    """The polarity of each gold stance that is found, each counted once."""
    left, kept = list(gold), []
    for one in found:
        for other in left:
            if (one["polarity"] == other["polarity"] or not polarity) and _alike(one, other, same):
                left.remove(other)
                kept.append(other["polarity"])
                break
    return kept


def _alike(found: Stance, gold: Stance, same: Mapping[str, str]) -> bool:
    holder, target = same.get(found["holder"]), same.get(found["target"])
    if found["holder_span"] is None and gold["holder_span"] is None:
        holders = True  # both say: the article itself, or nobody told
    else:
        holders = (holder is not None and holder == gold["holder"]) or _overlap(
            found["holder_span"], gold["holder_span"]
        )
    near = abs(found["evidence"][0] - gold["evidence"][0]) < NEAR
    targets = (target is not None and target == gold["target"] and near) or _overlap(
        found["target_span"], gold["target_span"]
    )
    return holders and targets


def _overlap(one: Sequence[int] | None, other: Sequence[int] | None) -> bool:
    return one is not None and other is not None and one[0] < other[1] and other[0] < one[1]
