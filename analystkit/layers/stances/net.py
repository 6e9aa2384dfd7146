"""A small network that reads the sentence with holder and target marked in it, in numpy.

Hashed embeddings of words, of where each stands to holder and target and of what it does in the sentence; three
layers in which a word looks at its neighbours and at the word it hangs on; attention from holder and target over
the sentence. Made by `training/stances_net.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.strings import get_string_id

from analystkit.blas import one_thread
from analystkit.layers.stances.features import REACH, root_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from analystkit.layers.stances.features import Page

    Numbers = NDArray[np.float32]

#: Rows of each embedding table, by name.
TABLES = {
    "stem": 5000,
    "stem2": 5000,
    "dep": 64,
    "pos": 24,
    "entity": 24,
    "target": 40,
    "holder": 40,
    "sign": 8,
    "near": 25,
}
_code = lru_cache(1 << 14)(get_string_id)
WIDTH, PIECES, LAYERS, HIDDEN = 64, 2, 3, 96
#: Row of the tables "target" and "holder" for a word of theirs, and the number of steps in the table "sign".
MIDDLE, LEVELS = 19, TABLES["sign"]


@dataclass(slots=True)
class Example:
    """A marked sentence as numbers.

    Attributes:
        rows: Table -> one row number a token.
        head: For each token the token it hangs on.
        target: Tokens of the target.
        holder: Tokens of the holder; empty when it is whoever speaks.
        words: Where each token stands in the Doc.
    """

    rows: dict[str, list[int]]
    head: list[int]
    target: list[int]
    holder: list[int]
    words: list[int] = field(default_factory=list)


def example(p: Page, holder: range | None, target: range) -> Example:
    """Turn a pair, or a target alone, into numbers."""
    s = p.syntax
    spans = [target] if holder is None else [target, holder]
    first, last = min(span.start for span in spans), max(span.stop for span in spans) - 1
    start = max(s.sentences[s.sentence[first]][0], first - REACH // 2)
    end = min(s.sentences[s.sentence[last]][1], last + 1 + REACH // 2)
    window = [i for i in range(start, end) if not s.blank[i]]
    place = {i: n for n, i in enumerate(window)}
    tr = root_of(s, target)
    chain_t = _chain(s.heads, tr)
    chain_h = _chain(s.heads, root_of(s, holder)) if holder is not None else {}
    marked = dict.fromkeys(holder or (), "H") | dict.fromkeys(target, "T")
    codes = [_code(marked.get(i) or p.stems[i]) for i in window]
    to_target = [min(_steps(s.heads, i, chain_t), 4) for i in window]
    to_holder = [min(_steps(s.heads, i, chain_h), 3) for i in window] if chain_h else [4] * len(window)
    rows = {
        "stem": [code % TABLES["stem"] for code in codes],
        "stem2": [(code >> 20) % TABLES["stem2"] for code in codes],
        "dep": [_code(s.deps[i]) % TABLES["dep"] for i in window],
        "pos": [_code(s.pos[i]) % TABLES["pos"] for i in window],
        "entity": [_code(p.entity[i]) % 20 if p.entity[i] else 20 + p.quoted[i] for i in window],
        "target": [_offset(i, target) for i in window],
        "holder": [_offset(i, holder) for i in window] if holder is not None else [39] * len(window),
        "sign": [_level(p.signs[i]) for i in window],
        "near": [5 * t + h for t, h in zip(to_target, to_holder, strict=True)],
    }
    return Example(
        rows,
        [place.get(s.heads[i], n) for n, i in enumerate(window)],
        [place[i] for i in target if i in place] or [0],
        [place[i] for i in holder if i in place] if holder is not None else [],
        window,
    )


def _chain(heads: list[int], i: int) -> dict[int, int]:
    steps = {i: 0}
    while heads[i] not in steps:
        i = heads[i]
        steps[i] = len(steps)
    return steps


def _steps(heads: list[int], i: int, chain: dict[int, int]) -> int:
    for n in range(8):
        if i in chain:
            return n + chain[i]
        i = heads[i]
    return 8


def _offset(i: int, span: range) -> int:
    """Where a token stands to a span: 19 in it, less before, more after, in coarser steps further away."""
    if i in span:
        return 19
    distance = span.start - i if i < span.start else i - span.stop + 1
    step = distance if distance <= 6 else 7 + min((distance - 7) // 4, 8)
    return 19 - step if i < span.start else 19 + step


def _level(sign: float) -> int:
    if abs(sign) < 0.05:
        return 0
    return (1 if sign > 0 else 4) + (0 if abs(sign) < 0.5 else 1 if abs(sign) < 0.95 else 2)


class Net:
    """The trained network.

    Args:
        arrays: The content of the file: "table:NAME" as int8 with "scale:NAME" a row, the rest as float.
    """

    def __init__(self, arrays: dict[str, Any]) -> None:
        tables = [
            arrays[f"table:{name}"].astype(np.float32) * arrays[f"scale:{name}"].astype(np.float32)[:, None]
            for name in TABLES
        ]
        self.table: Numbers = np.concatenate(tables)
        self.starts = np.cumsum([0, *map(len, tables[:-1])])[:, None]  # where each table begins in the joint one
        self.weights: dict[str, Numbers] = {
            name: value.astype(np.float32)
            for name, value in arrays.items()
            if not name.startswith(("table:", "scale:"))
        }

    def __call__(self, examples: Sequence[Example]) -> Numbers:
        """Logits of negative, neutral and positive, (examples, 3).

        The examples are read together, one behind the other: most of the time goes into calls, not into numbers.
        """
        if not examples:
            return np.zeros((0, 3), dtype=np.float32)
        with one_thread():
            ends = np.cumsum([len(one.head) for one in examples]).tolist()
            starts = [0, *ends[:-1]]
            return self._answer(examples, self._read(examples, starts, ends), starts)

    def _read(self, examples: Sequence[Example], starts: list[int], ends: list[int]) -> Numbers:
        """What the network makes of each word of each example, (words, WIDTH)."""
        w = self.weights
        rows = np.array([[row for one in examples for row in one.rows[name]] for name in TABLES])
        heads = [start + head for one, start in zip(examples, starts, strict=True) for head in one.head]
        lasts = [end - 1 for end in ends]
        x: Numbers = self.table[rows + self.starts].sum(axis=0)
        around = np.zeros((len(x), 4 * WIDTH), dtype=np.float32)
        before, own, after, head = np.split(around, 4, axis=1)
        for layer in range(LAYERS):
            before[1:], own[:], after[:-1], head[:] = x[:-1], x, x[1:], x[heads]
            before[starts], after[lasts] = 0, 0  # an example does not see the others
            z = around @ w[f"w{layer}"] + w[f"b{layer}"]
            z = np.maximum(z[:, ::PIECES], z[:, 1::PIECES])
            z -= z.mean(axis=1, keepdims=True)
            z /= np.sqrt((z * z).mean(axis=1, keepdims=True) + 1e-5)
            x = x + z * w[f"g{layer}"] + w[f"c{layer}"]
        return x

    def _answer(self, examples: Sequence[Example], x: Numbers, starts: list[int]) -> Numbers:
        w = self.weights
        targets = [[start + at for at in one.target] for one, start in zip(examples, starts, strict=True)]
        holders = [[start + at for at in one.holder] for one, start in zip(examples, starts, strict=True)]
        both = np.concatenate([_means(x, targets), _means(x, holders)], axis=1)
        sizes = [len(one.head) for one in examples]
        scores = (x * np.repeat(both @ w["query"], sizes, axis=0)).sum(axis=1) / np.sqrt(WIDTH)
        scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        scores /= np.repeat(np.add.reduceat(scores, starts), sizes)
        seen = np.add.reduceat(x * scores[:, None], starts)
        z = np.concatenate([both, seen, np.maximum.reduceat(x, starts)], axis=1)
        answers = np.empty((len(examples), 3), dtype=np.float32)
        for name in ("directed", "towards"):
            rows = [n for n, one in enumerate(examples) if bool(one.holder) == (name == "directed")]
            hidden = np.maximum(z[rows] @ w[f"{name}:w"] + w[f"{name}:b"], 0)
            answers[rows] = hidden @ w[f"{name}:out"] + w[f"{name}:bias"]
        return answers


def _means(x: Numbers, groups: list[list[int]]) -> Numbers:
    """The mean of some rows of x for each group of their numbers, (groups, WIDTH); zeros for an empty one."""
    found = np.zeros((len(groups), x.shape[1]), dtype=np.float32)
    filled = [n for n, rows in enumerate(groups) if rows]
    sizes = [len(groups[n]) for n in filled]
    if filled:
        chosen = x[[row for rows in groups for row in rows]]
        found[filled] = np.add.reduceat(chosen, np.cumsum([0, *sizes[:-1]])) / np.array(sizes, np.float32)[:, None]
    return found
