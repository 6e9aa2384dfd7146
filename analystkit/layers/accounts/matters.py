"""Which statements are about the same matter."""

from __future__ import annotations

from collections import defaultdict
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from analystkit.layers.accounts.statements import REACH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from analystkit.layers.accounts.statements import Statement

#: Groups are joined while the mean likeness of their statements, one of each, is at least this.
JOINED = 0.15
#: Added to the likeness of statements one of which answers the other, or stands in one paragraph or the next.
NEAR = 0.07
#: Added where two pull apart: they then speak of one thing.
APART = 1.0


def likeness(statements: list[Statement], apart: Iterable[tuple[int, int]]) -> dict[tuple[int, int], float]:
    """How alike two statements are in what they speak of, 0 to about 1; pairs that share nothing are left out."""
    having: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        for key in one.weights:
            having[key].append(one)
    found: dict[tuple[int, int], float] = defaultdict(float)
    for key, some in having.items():
        for a, b in near(some):
            found[a.number, b.number] += a.weights[key] * b.weights[key] / (a.size * b.size)
    for pair in found:
        if pair[1] - pair[0] <= 2:
            found[pair] += NEAR
    for pair in apart:
        found[pair] += APART
    return dict(found)


def near(statements: list[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Pairs of statements, which are in their order, that are near enough to be compared."""
    for place, a in enumerate(statements, 1):
        for b in statements[place:]:
            if b.number - a.number > REACH:
                break
            yield a, b


def groups(number: int, alike: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Statements by matter, those of each in their order: the likest groups are joined first, by mean likeness."""
    members = {n: [n] for n in range(number)}
    links: dict[int, dict[int, float]] = {n: {} for n in range(number)}
    for (a, b), value in alike.items():
        links[a][b] = links[b][a] = value
    heap = [(-value, a, b) for (a, b), value in alike.items() if value >= JOINED]
    heapify(heap)
    following = number
    while heap:
        _, a, b = heappop(heap)
        if a not in members or b not in members:
            continue
        both = members.pop(a) + members.pop(b)
        total: dict[int, float] = defaultdict(float)
        for old in (a, b):
            for other, value in links.pop(old).items():
                if other in members:
                    total[other] += value
                    links[other].pop(old)
        members[following], links[following] = both, dict(total)
        for other, value in total.items():
            links[other][following] = value
            mean = value / (len(both) * len(members[other]))
            if mean >= JOINED:
                heappush(heap, (-mean, other, following))
        following += 1
    return sorted(sorted(group) for group in members.values())
