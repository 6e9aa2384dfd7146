"""From scores of BILUO tags to names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def biluo(scores: Scores, tags: Sequence[str]) -> list[str]:
    """The best sequence of BILUO tags that is well formed.

    Args:
        scores: (n, tags) log-probabilities.
        tags: Their names: "O", "B-ORG", "I-ORG", "L-ORG", "U-ORG", ...
    """
    allowed = np.array([[0.0 if _follows(a, b) else -1e9 for b in tags] for a in tags])
    opens = np.array([0.0 if tag[0] in "OBU" else -1e9 for tag in tags])
    closes = np.array([0.0 if tag[0] in "OLU" else -1e9 for tag in tags])
    best = scores[0] + opens
    back: list[NDArray[np.int64]] = []
    for row in scores[1:]:
        paths = best[:, None] + allowed
        back.append(paths.argmax(axis=0))
        best = paths.max(axis=0) + row
    at = int((best + closes).argmax())
    path = [at]
    for step in reversed(back):
        at = int(step[at])
        path.append(at)
    return [tags[at] for at in reversed(path)]


def _follows(first: str, second: str) -> bool:
    if first[0] in "BI":
        return second[0] in "IL" and first[2:] == second[2:]
    return second[0] in "OBU"
