"""What the words around holder and target mean: sums of word vectors by zone, read by one hidden layer.

The other two models know a word only if they met it in training; here "lambasted" lies near "criticised" because the
pipeline's word vectors say so. The vectors are those of the shipped pipeline, whichever pipeline parsed the Doc.
Made by `training/stances_meaning.py`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import srsly
from spacy.strings import get_string_id

from analystkit.blas import one_thread
from analystkit.layers.stances.net import LEVELS, MIDDLE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from analystkit.layers.stances.features import Page
    from analystkit.layers.stances.net import Example

    Numbers = NDArray[np.float32]

#: How many zones the words are summed in; the last is the whole window.
ZONES = 8


class Meaning:
    """The trained model of one task.

    Args:
        arrays: "w" (what `zones` gives, hidden) and "b", "out" (hidden, 3) and "bias".
    """

    def __init__(self, arrays: dict[str, Any]) -> None:
        self.w, self.b, self.out, self.bias = (arrays[name].astype(np.float32) for name in ("w", "b", "out", "bias"))

    def __call__(self, seen: Numbers) -> Numbers:
        """Logits of negative, neutral and positive for what `zones` gives, of one pair or of many in rows."""
        with one_thread():
            result: Numbers = np.maximum(seen @ self.w + self.b, 0) @ self.out + self.bias
        return result


def zones(p: Page, one: Example) -> Numbers:
    """The sums of the vectors in each zone, the signs of the words there, and which of the two stands first.

    Zones of a pair: before, between and after the two; on the way through the syntax from one to the other; around
    the target, around the holder and between both in the syntax. Of a target alone: near it on either side, at each
    of four distances in the syntax, and next to it. Words of holder, target and named entities have no vector.
    """
    words = p.syntax.words
    found = [-1 if p.entity[i] else _row(words[i]) for i in one.words]
    vectors = _vectors()[1][found]
    near = np.array(one.rows["near"])
    to_target, to_holder = near // 5, near % 5
    here = np.arange(len(found))
    free = np.ones(len(found), dtype=bool)
    free[one.target] = free[one.holder] = False
    if one.holder:
        first = min(*one.target, *one.holder)
        last = max(*one.target, *one.holder)
        masks = [
            here < first,
            (here > first) & (here < last),
            here > last,
            (to_target == 0) | (to_holder == 0),
            to_target <= 1,
            to_holder <= 1,
            (to_target <= 2) & (to_holder <= 2),
        ]
    else:
        steps = np.array(one.rows["target"]) - MIDDLE
        close = np.abs(steps)
        masks = [(steps < 0) & (close < 6), (steps > 0) & (close < 6), *(to_target == n for n in range(4)), close < 4]
    inside = np.array([*masks, free]) & free
    weights = inside / np.sqrt(np.maximum(inside.sum(axis=1, keepdims=True), 1))
    signs = np.array(one.rows["sign"])[:, None] // 2 == np.arange(LEVELS // 2)
    order = [float(bool(one.holder) and one.holder[0] < one.target[0])]
    result: Numbers = np.concatenate(
        [(weights @ vectors).ravel(), np.sqrt(inside[:-1] @ signs.astype(np.float32)).ravel(), order]
    ).astype(np.float32)
    return result


@lru_cache(1 << 16)
def _row(word: str) -> int:
    """The row of a word in the table of vectors; the last one for a word that has none."""
    return _vectors()[0].get(get_string_id(word), -1)


@cache
def _vectors() -> tuple[dict[int, int], Numbers]:
    """The row of each word in the table, and the table: vectors of mean length 1, the last row of zeros."""
    folder = files("analystkit") / "model" / "vocab"
    with (folder / "vectors").open("rb") as file:
        stored = np.load(file, allow_pickle=False).astype(np.float32)
    keys: dict[int, int] = srsly.msgpack_loads((folder / "key2row").read_bytes())
    stored /= np.linalg.norm(stored, axis=1).mean()
    return keys, np.vstack([stored, np.zeros((1, stored.shape[1]), dtype=np.float32)])
