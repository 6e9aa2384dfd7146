"""Agreement on units: which stretches of a continuous text were marked, and as what, corrected for chance.

This is Krippendorff's unitizing alpha in the form of K. Krippendorff, Y. Mathet, S. Bouvry and A. Widlöcher, "On the
reliability of unitizing textual continua: Further developments", Quality & Quantity 50, 2016, and of section 12.6 of
Krippendorff's "Content Analysis", 4th ed., Sage 2019. Each annotator's units and the gaps between them divide the text.
Where a unit or gap of one meets a unit or gap of another, the length that they share is an observed coincidence of
their two labels. The expected coincidences follow from how much text each label covers; a unit is one piece and so
cannot coincide with itself, while a gap is so many single characters.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

Unit = tuple[int, int, Hashable]

_GAP = object()


def unitizing_alpha(annotators: Sequence[Iterable[Unit]], length: int, *, labels: bool = True) -> float | None:
    """Krippendorff's unitizing alpha of two or more annotators of one text.

    Args:
        annotators: The units of each, ``(start, end, label)``, ``[start, end)`` in code points. Where the units of one
            annotator overlap, the longest is kept: the measure is defined for a text cut into pieces.
        length: Length of the text, in code points.
        labels: Whether the labels count. Otherwise only what was marked and what was not.

    Returns:
        At most 1; 0 is chance. None where nothing could disagree: nobody marked anything, or all of it is one unit.

    Raises:
        ValueError: Fewer than two annotators, or a unit lies outside the text.
    """
    if len(annotators) < 2:
        raise ValueError(f"Agreement needs two annotators or more; got {len(annotators)}.")
    divided = [_divide(units, length) for units in annotators]
    observed: dict[tuple[Hashable, Hashable], float] = defaultdict(float)
    for i, ours in enumerate(divided):
        for j, theirs in enumerate(divided):
            if i != j:
                for one, other, shared in _intersections(ours, theirs):
                    observed[one, other] += shared / (len(divided) - 1)
    covered: dict[Hashable, float] = defaultdict(float)
    with_itself: dict[Hashable, float] = defaultdict(float)
    for pieces in divided:
        for start, end, label in pieces:
            covered[label] += end - start
            with_itself[label] += end - start if label is _GAP else (end - start) ** 2
    total = float(len(divided) * length)
    possible = total**2 - sum(with_itself.values())
    if possible <= 0:
        return None
    if labels:
        differ = sum(shared for (one, other), shared in observed.items() if one != other)
        by_chance = total**2 - sum(amount**2 for amount in covered.values())
    else:  # the coincidences of all labels of units are thrown together, those of the gaps kept apart
        differ = sum(shared for (one, other), shared in observed.items() if (one is _GAP) != (other is _GAP))
        by_chance = 2 * covered[_GAP] * (total - covered[_GAP])
    expected = by_chance * total / possible
    return 1 - differ / expected if expected > 0 else None


def _divide(units: Iterable[Unit], length: int) -> list[Unit]:
    """The text cut into units and gaps."""
    kept: list[Unit] = []
    for start, end, label in sorted(units, key=lambda unit: (unit[0] - unit[1], unit[0])):
        if not 0 <= start < end <= length:
            raise ValueError(f"The unit {start}:{end} does not lie within a text of {length} code points.")
        place = bisect_left(kept, start, key=lambda unit: unit[0])
        free_before = place == 0 or kept[place - 1][1] <= start
        if free_before and (place == len(kept) or end <= kept[place][0]):
            kept.insert(place, (start, end, label))
    pieces: list[Unit] = []
    position = 0
    for start, end, label in kept:
        if start > position:
            pieces.append((position, start, _GAP))
        pieces.append((start, end, label))
        position = end
    if position < length:
        pieces.append((position, length, _GAP))
    return pieces


def _intersections(ours: list[Unit], theirs: list[Unit]) -> Iterable[tuple[Hashable, Hashable, int]]:
    """Where the pieces of two annotators meet: both labels and the length they share."""
    i = j = 0
    while i < len(ours) and j < len(theirs):
        shared = min(ours[i][1], theirs[j][1]) - max(ours[i][0], theirs[j][0])
        if shared > 0:
            yield ours[i][2], theirs[j][2], shared
        if ours[i][1] <= theirs[j][1]:
            i += 1
        else:
            j += 1
