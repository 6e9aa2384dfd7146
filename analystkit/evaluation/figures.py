"""Precision, recall and F1, in one place."""

from __future__ import annotations


def prf(right: float, found: int, gold: int, right_in_gold: float | None = None) -> list[float]:
    """Precision, recall and F1 in per cent, then what was found and what is in the gold; 0 where there is nothing.

    Args:
        right: How much of what was found is right.
        found: How much was found.
        gold: How much there is.
        right_in_gold: How much of the gold was found, where that is counted otherwise than `right`.
    """
    precision, recall = right / max(found, 1), (right if right_in_gold is None else right_in_gold) / max(gold, 1)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return [100 * precision, 100 * recall, 100 * f1, found, gold]
