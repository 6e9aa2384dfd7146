"""The best tree of a sentence from scores of heads: a maximum spanning tree with one root.

Chu and Liu (1965), Edmonds (1967), on which McDonald et al. (2005, "Non-projective Dependency Parsing using Spanning
Tree Algorithms") built parsers. Most sentences need none of it: the best head of each word alone gives a tree.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Scores of what may not be.
NEVER = -1e9

Scores = NDArray[np.floating]
Heads = NDArray[np.intp]


def best_tree(scores: Scores) -> Heads:
    """The heads that together have the highest sum of scores and form one tree with a single root.

    Args:
        scores: (n, n + 1). Row: a word; column 0: the root; column h: the h-th word, counted from 1.

    Returns:
        (n,), one head a word, counted from 1; 0 for the root.
    """
    count = len(scores)
    full = np.full((count + 1, count + 1), NEVER)
    full[1:] = scores
    np.fill_diagonal(full, NEVER)
    heads: Heads = full.argmax(axis=1)
    heads[0] = 0
    if (heads[1:] == 0).sum() != 1 or _cycle(heads) is not None:
        # Of all trees the order stays the same when all scores are between -1 and 0. Then a root can cost more than
        # a tree can gain: each tree pays it once for each root, so that the best has one.
        full[1:] = (scores - scores.max()) / max(float(np.ptp(scores)), 1.0)
        full[:, 0] -= count + 1
        np.fill_diagonal(full, NEVER)
        heads = _spanning(full)
    return heads[1:]


def _cycle(heads: Heads) -> list[int] | None:
    """The nodes of some cycle, in order; None if all of them lead to node 0."""
    above = heads.tolist()
    state = [0] * len(above)  # 0 unseen, 1 on this walk, 2 done
    state[0] = 2
    for start in range(1, len(above)):
        node, walk = start, []
        while state[node] == 0:
            state[node] = 1
            walk.append(node)
            node = above[node]
        if state[node] == 1:
            return walk[walk.index(node) :]
        for seen in walk:
            state[seen] = 2
    return None


def _spanning(scores: Scores) -> Heads:
    """Maximum spanning tree from node 0; `scores[child, head]`, (n, n)."""
    heads: Heads = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = set(cycle)
    outside = [node for node in range(len(scores)) if node not in inside]
    new = len(outside)  # the cycle's number in the contracted graph
    small = np.full((new + 1, new + 1), NEVER)
    small[:new, :new] = scores[np.ix_(outside, outside)]
    kept = scores[cycle, heads[cycle]]
    entering = scores[np.ix_(cycle, outside)] - kept[:, None]  # what it costs to break the cycle there
    leaving = scores[np.ix_(outside, cycle)]
    small[new, :new] = entering.max(axis=0)
    small[:new, new] = leaving.max(axis=1)
    enters, leaves = entering.argmax(axis=0), leaving.argmax(axis=1)
    contracted = _spanning(small)
    result = heads.copy()
    for at, node in enumerate(outside):
        if at:
            result[node] = cycle[leaves[at]] if contracted[at] == new else outside[contracted[at]]
    source = int(contracted[new])
    result[cycle[enters[source]]] = outside[source]
    return result
