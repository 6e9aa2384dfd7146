"""The learned part: how likely each polarity is for a pair, or for a target alone.

Models with different eyes, averaged: a linear one over hashed features, a small network over the marked sentence, and
one that knows what words mean. All were made by `training/stances.py` and lie in one file of numbers, without pickles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.strings import get_string_id

from analystkit.errors import PipelineError
from analystkit.layers.stances import features as stance_features
from analystkit.layers.stances.meaning import Meaning, zones
from analystkit.layers.stances.net import Net, example

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from analystkit.layers.stances.features import Page

    Numbers = NDArray[np.float32]

LABELS = ("negative", "neutral", "positive")
#: Features are hashed to this many bits.
BITS = 24


def hashes(features: Iterable[str]) -> NDArray[np.uint32]:
    """The sorted hashes of features, without repeats."""
    return np.unique(np.fromiter((get_string_id(f) & ((1 << BITS) - 1) for f in features), dtype=np.uint32))


class Linear:
    """A linear model over hashed features; those that it does not know count nothing.

    Args:
        keys: The hashes that it knows, sorted.
        weights: One row a hash, one column a label, as int8.
        scale: What one unit of the weights is worth.
        bias: One number a label.
    """

    def __init__(self, keys: Any, weights: Any, scale: Any, bias: Any) -> None:
        self.keys, self.weights = keys, weights
        self.scale, self.bias = float(scale), bias.astype(np.float32)

    def __call__(self, hashed: Sequence[NDArray[np.uint32]]) -> Numbers:
        """Logits of negative, neutral and positive, (pairs, 3), for what `hashes` gives of each pair."""
        sizes = [len(found) for found in hashed]
        found, pair = np.concatenate(hashed), np.repeat(np.arange(len(hashed)), sizes)
        place = np.searchsorted(self.keys, found).clip(max=len(self.keys) - 1)
        known = self.keys[place] == found
        total = np.zeros((len(hashed), len(self.bias)), dtype=np.float32)
        np.add.at(total, pair[known], self.weights[place[known]])
        result: Numbers = total * self.scale / np.sqrt(np.maximum(sizes, 1))[:, None].astype(np.float32) + self.bias
        return result


class Model:
    """The models of both tasks, with the weights of their votes and the calibration.

    Args:
        arrays: The content of the file. "linear:TASK:…", "net:…" and "meaning:TASK:…" are the models; "mix:TASK" has
            the weight of the linear logits, that of the network's, three numbers to add, and the weight of the
            third's logits; "choice:TASK" has three numbers that are added to the log probabilities to choose an
            answer. TASK is directed or towards. A file without the third model is read without it.
    """

    def __init__(self, arrays: dict[str, Any]) -> None:
        self.linear = {
            task: Linear(*(arrays[f"linear:{task}:{part}"] for part in ("keys", "weights", "scale", "bias")))
            for task in ("directed", "towards")
        }
        self.net = Net({name[4:]: value for name, value in arrays.items() if name.startswith("net:")})
        self.meaning = {
            task: Meaning({part: arrays[f"meaning:{task}:{part}"] for part in ("w", "b", "out", "bias")})
            for task in ("directed", "towards")
            if f"meaning:{task}:w" in arrays
        }
        self.mix = {task: arrays[f"mix:{task}"].astype(np.float32) for task in ("directed", "towards")}
        self._choice = {task: arrays[f"choice:{task}"].astype(np.float32) for task in ("directed", "towards")}

    def choice(self, probabilities: Sequence[float], *, directed: bool) -> int:
        """The number of the label to answer with, so that all labels are found about equally well (macro-F1)."""
        logs = np.log(np.asarray(probabilities, dtype=np.float32) + 1e-9)
        return int(np.argmax(logs + self._choice["directed" if directed else "towards"]))

    def __call__(self, page: Page, pairs: Sequence[tuple[range | None, range]]) -> Numbers:
        """Probabilities of negative, neutral and positive for each pair, (pairs, 3), calibrated; each row sums to 1.

        Args:
            page: The Doc.
            pairs: Tokens of the holder (None: whoever writes or speaks) and of the target.
        """
        examples = [example(page, holder, target) for holder, target in pairs]
        logits = self.net(examples)
        for task, mix in self.mix.items():
            rows = [n for n, (holder, _) in enumerate(pairs) if (holder is None) == (task == "towards")]
            if not rows:
                continue
            seen = self.linear[task]([hashes(_features(page, *pairs[n])) for n in rows])
            logits[rows] = mix[0] * seen + mix[1] * logits[rows] + mix[2:5]
            if task in self.meaning:
                logits[rows] += mix[5] * self.meaning[task](np.stack([zones(page, examples[n]) for n in rows]))
        odds = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
        result: Numbers = odds / odds.sum(axis=1, keepdims=True)
        return result


def _features(page: Page, holder: range | None, target: range) -> list[str]:
    if holder is None:
        return stance_features.towards(page, target)
    return stance_features.directed(page, holder, target)


@cache
def shipped() -> Model:
    """The model that comes with the package, read once.

    Raises:
        PipelineError: its file is not there or cannot be read.
    """
    path = files("analystkit") / "model" / "stances.npz"
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return Model({name: stored[name] for name in stored.files})
    except (OSError, ValueError, KeyError) as error:
        raise PipelineError(
            f"The model of the stance layer cannot be read ({error}). Install the package again, or make the file "
            "with python -m training.stances."
        ) from error
