"""Agreement on spans: do two annotators mark the same stretches of text?

Spans have no fixed set of items to be right or wrong about, so chance is not defined for them, and the customary figure
is the F-measure of one annotator against the other (G. Hripcsak and A. Rothschild, "Agreement, the F-Measure, and
Reliability in Information Retrieval", JAMIA 12(3), 2005, who show that kappa approaches it as the text grows).
Chance-corrected figures for units are in `units`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a second annotator's marks are a first one's.

    Attributes:
        both: How many marks they share; a fraction where overlap counts in part.
        first: How many marks the first annotator made.
        second: How many the second made.
    """

    both: float
    first: int
    second: int

    @property
    def precision(self) -> float:
        """Which share of the second annotator's marks the first made too."""
        return self.both / self.second if self.second else float(not self.first)

    @property
    def recall(self) -> float:
        """Which share of the first annotator's marks the second made too."""
        return self.both / self.first if self.first else float(not self.second)

    @property
    def f(self) -> float:
        """The F-measure, the same whoever comes first: 1 where all marks are shared, or none were made."""
        return 2 * self.both / (self.first + self.second) if self.first + self.second else 1.0


def overlap(one: Span, other: Span) -> float:
    """The length two spans share, divided by the length they cover together: 0 to 1 (the Jaccard index)."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0])) if shared > 0 else 0.0


def meeting(first: Sequence[Span], second: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The pairs of stretches that overlap, by their places in the two lists."""
    by_start = sorted(range(len(second)), key=lambda j: second[j])
    starts = [second[j][0] for j in by_start]
    longest = max((end - start for start, end in second), default=0)
    for i, (start, end) in enumerate(first):
        for n in range(bisect_left(starts, start - longest), bisect_left(starts, end)):
            if second[by_start[n]][1] > start:
                yield i, by_start[n]


def match(first: Sequence[Span], second: Sequence[Span], *, at_least: float = 0.0) -> list[tuple[int, int, float]]:
    """Pair the spans of two annotators, each with at most one of the other's, those with the greatest overlap first.

    Args:
        first: One annotator's spans.
        second: The other's.
        at_least: The overlap that a pair needs; any at all by default.

    Returns:
        ``(index in first, index in second, overlap)`` of each pair, in the order of `first`.
    """
    candidates = [
        (-shared, i, j) for i, j in meeting(first, second) if (shared := overlap(first[i], second[j])) >= at_least
    ]
    pairs: list[tuple[int, int, float]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for shared, i, j in sorted(candidates):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j, -shared))
    return sorted(pairs)


def span_agreement(first: Iterable[Span], second: Iterable[Span], *, exact: bool = True) -> Agreement:
    """Agreement of two annotators on the spans of one text.

    Args:
        first: One annotator's spans, ``[start, end)``. A span given twice counts once.
        second: The other's.
        exact: Whether both ends must be the same. Otherwise spans that share a character may be paired, and a pair
            counts by its `overlap`.
    """
    ours, theirs = sorted(set(first)), sorted(set(second))
    pairs = match(ours, theirs, at_least=1.0 if exact else 0.0)
    return Agreement(sum(shared for _, _, shared in pairs), len(ours), len(theirs))
