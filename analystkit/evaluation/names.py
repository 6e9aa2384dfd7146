"""Measures of names: exact spans with their label.

A name counts when both its ends and its label are right. Nothing is taken off or evened out; who wants titles and
leading articles left out does that on both sides first.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Final

#: Labels that are scored. Times and amounts are layers of their own.
LABELS: Final = ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT")

#: Start and end in code points, and label.
Name = tuple[int, int, str]


def score(articles: Iterable[tuple[Set[Name], Set[Name]]]) -> dict[str, float]:
    """Precision, recall and F1 of all names, and F1 of each label that the gold has, in per cent.

    Args:
        articles: Pairs (gold, found); names with other labels than `LABELS` are left out.
    """
    right, found, gold = (dict.fromkeys(LABELS, 0) for _ in range(3))
    for wanted, given in articles:
        for names, count in ((wanted & given, right), (given, found), (wanted, gold)):
            for _, _, label in names:
                if label in count:
                    count[label] += 1
    total = [sum(count.values()) for count in (right, found, gold)]
    row = {"P": _share(total[0], total[1]), "R": _share(total[0], total[2]), "F1": _f1(*total)}
    return row | {label: _f1(right[label], found[label], gold[label]) for label in LABELS if gold[label]}


def _share(right: int, of: int) -> float:
    return 100 * right / of if of else 0.0


def _f1(right: int, found: int, gold: int) -> float:
    return 200 * right / (found + gold) if found + gold else 0.0
