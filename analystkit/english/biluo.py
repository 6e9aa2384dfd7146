"""BILUO tags: names as one tag a token, and from scores of tags the best names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.training.iob_utils import tags_to_entities

Path = NDArray[np.intp]
_NEVER = -1e9


class Tags:
    """A set of BILUO tags: "O", "B-ORG", "I-ORG", "L-ORG", "U-ORG", ..."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        self._follows = np.array([[_follows(first, second) for second in names] for first in names])
        self._opens = np.array([name[0] in "OBU" for name in names])
        self._closes = np.array([name[0] in "OLU" for name in names])

    @classmethod
    def of(cls, labels: Sequence[str]) -> Tags:
        """All tags of these labels: "O" first, then four for each label."""
        return cls(["O", *(f"{kind}-{label}" for label in labels for kind in "BILU")])

    def best(self, scores: NDArray[np.floating], borders: Sequence[int]) -> Path:
        """The well-formed tags with the highest sum of scores.

        Args:
            scores: (n, tags) log-probabilities, or scores that differ from them by a constant a token.
            borders: Where each sentence starts, and behind them n; no name goes beyond its sentence.

        Returns:
            The number of the tag of each token, (n,).
        """
        path: Path = scores.argmax(axis=1)
        if len(path):
            starts = np.zeros(len(path), dtype=bool)
            starts[np.asarray(borders[:-1], dtype=int)] = True
            good = self._follows[np.roll(path, 1), path]
            good[starts] = self._opens[path[starts]]
            ends = np.roll(starts, -1)
            ends[-1] = True
            good[ends] &= self._closes[path[ends]]
            # What is best token by token is best of all wherever it is well formed.
            for first, last in pairwise(borders):
                if not good[first:last].all():
                    path[first:last] = self._search(scores[first:last])
        return path

    def _search(self, scores: NDArray[np.floating]) -> Path:
        """The best path through one sentence (Viterbi)."""
        allowed = np.where(self._follows, 0, _NEVER)
        best = scores[0] + np.where(self._opens, 0, _NEVER)
        back: list[Path] = []
        for row in scores[1:]:
            paths = best[:, None] + allowed
            back.append(paths.argmax(axis=0))
            best = paths.max(axis=0) + row
        path = [int((best + np.where(self._closes, 0, _NEVER)).argmax())]
        for step in reversed(back):
            path.append(int(step[path[-1]]))
        return np.array(path[::-1])

    def spans(self, path: Path) -> list[tuple[int, int, str]]:
        """The names of a well-formed path: first token, token behind the last, label."""
        found = tags_to_entities([self.names[tag] for tag in path])
        return [(first, last + 1, label) for label, first, last in found]


def _follows(first: str, second: str) -> bool:
    if first[0] in "BI":
        return second[0] in "IL" and first[2:] == second[2:]
    return second[0] in "OBU"
