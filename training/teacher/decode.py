"""From scores to structures: a tree from scores of heads, names from scores of BILUO tags."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def tree(scores: Scores) -> list[int]:
    """The best heads that form one tree with a single root.

    Args:
        scores: (n, n + 1) log-probabilities; row = word, column 0 = root, column h = the h-th word, from 1.

    Returns:
        One head a word, counted from 1; 0 for the root.
    """
    count = len(scores)
    full = np.full((count + 1, count + 1), -1e9)
    full[1:] = scores
    np.fill_diagonal(full, -1e9)
    heads = full.argmax(axis=1)
    heads[0] = 0
    if (heads[1:] == 0).sum() != 1 or _cycle(heads) is not None:
        full[:, 0] -= 1e5  # every tree pays this once for each root, so the best one has a single root
        heads = _chu_liu_edmonds(full)
    return [int(head) for head in heads[1:]]


def _cycle(heads: NDArray[np.int64]) -> list[int] | None:
    state = [0] * len(heads)  # 0 unseen, 1 on this walk, 2 done
    state[0] = 2
    for start in range(1, len(heads)):
        node, walk = start, []
        while state[node] == 0:
            state[node] = 1
            walk.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return walk[walk.index(node) :]
        for seen in walk:
            state[seen] = 2
    return None


def _chu_liu_edmonds(scores: Scores) -> NDArray[np.int64]:
    """Maximum spanning tree from node 0; `scores[child, head]`."""
    heads = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = set(cycle)
    outside = [node for node in range(len(scores)) if node not in inside]
    new = len(outside)  # the cycle's number in the contracted graph
    small = np.full((new + 1, new + 1), -1e9)
    small[:new, :new] = scores[np.ix_(outside, outside)]
    kept = scores[cycle, heads[cycle]]
    entering = scores[np.ix_(cycle, outside)] - kept[:, None]  # what it costs to break the cycle there
    leaving = scores[np.ix_(outside, cycle)]
    small[new, :new] = entering.max(axis=0)
    small[:new, new] = leaving.max(axis=1)
    enters, leaves = entering.argmax(axis=0), leaving.argmax(axis=1)
    contracted = _chu_liu_edmonds(small)
    result = heads.copy()
    for at, node in enumerate(outside):
        if at:
            result[node] = cycle[leaves[at]] if contracted[at] == new else outside[contracted[at]]
    source = int(contracted[new])
    result[cycle[enters[source]]] = outside[source]
    return result


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
