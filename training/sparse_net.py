"""Train a small network on hashed features, with numpy and thinc's scatter-add, on one core.

One hidden layer: the rows that the features of an example name in a table are summed, then rectified, then
weighted. The table holds nearly all of the weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from thinc.backends import NumpyOps

from analystkit.layers.quotes.net import Net, softmax

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Recipe:
    """How a network is trained.

    Attributes:
        rows: Size of the table; features that hash to the same row share it.
        width: Units of the hidden layer.
        epochs: Passes over the examples.
        batch: Examples a step.
        rate: Step size of Adam, falling linearly to a tenth.
        dropout: Share of the features and of the hidden units that are left out at each step.
    """

    rows: int = 1 << 15
    width: int = 32
    epochs: int = 6
    batch: int = 2048
    rate: float = 2e-3
    dropout: float = 0.2


class _Adam:
    def __init__(self, shape: tuple[int, ...]) -> None:
        self.mean = np.zeros(shape, dtype=np.float32)
        self.square = np.zeros(shape, dtype=np.float32)
        self.steps = 0

    def step(self, weights: Floats, gradient: Floats, rate: float) -> None:
        self.steps += 1
        self.mean *= 0.9
        self.mean += 0.1 * gradient
        self.square *= 0.999
        self.square += 0.001 * gradient * gradient
        scale = rate * np.sqrt(1 - 0.999**self.steps) / (1 - 0.9**self.steps)
        weights -= np.float32(scale) * self.mean / (np.sqrt(self.square) + np.float32(1e-8))


def train(features: npt.NDArray[np.uint32], answers: npt.NDArray[np.intp], recipe: Recipe, seed: int = 0) -> Net:
    """Fit a network to examples.

    Args:
        features: (examples, slots) hashes.
        answers: (examples, questions) class numbers from 0.
        recipe: The settings.
        seed: For the start, the order and the dropout.
    """
    random = np.random.default_rng(seed)
    ops = NumpyOps()
    questions = tuple(int(most) + 1 for most in answers.max(axis=0))
    edges = np.cumsum([0, *questions])
    slots = features.shape[1]
    # From nothing: a feature never met in training then says nothing, and its row costs nothing in the file.
    table = np.zeros((recipe.rows, recipe.width), dtype=np.float32)
    bias = np.full(recipe.width, 0.1, dtype=np.float32)
    top = random.normal(0, 1 / np.sqrt(recipe.width), (recipe.width, edges[-1])).astype(np.float32)
    top_bias = np.zeros(edges[-1], dtype=np.float32)
    parameters = [table, bias, top, top_bias]
    optimizers = [_Adam(p.shape) for p in parameters]
    rows = (features % np.uint32(recipe.rows)).astype(np.int32)
    targets = answers + edges[:-1]
    steps, done = recipe.epochs * -(-len(rows) // recipe.batch), 0
    for epoch in range(recipe.epochs):
        order = random.permutation(len(rows))
        loss = 0.0
        for begin in range(0, len(order), recipe.batch):
            chosen = order[begin : begin + recipe.batch]
            # Features are left out one slot at a time for the whole batch: cheap, and as good as one by one.
            kept = np.flatnonzero(random.random(slots) >= recipe.dropout)
            ids = np.ascontiguousarray(rows[chosen][:, kept])
            scale = np.float32(slots / max(1, len(kept)))
            hidden = table[ids].sum(axis=1) * scale + bias
            on = (hidden > 0) & (random.random(hidden.shape) >= recipe.dropout)
            on = on.astype(np.float32) / np.float32(1 - recipe.dropout)
            active = hidden * on
            odds = np.concatenate(softmax(active @ top + top_bias, questions), axis=1)
            at = (np.arange(len(chosen))[:, None], targets[chosen])
            loss -= float(np.log(odds[at] + 1e-9).sum())
            odds[at] -= 1
            odds /= np.float32(len(chosen))
            back = (odds @ top.T) * on
            gradient = np.zeros_like(table)
            ops.scatter_add(gradient, ids.ravel(), np.repeat(back * scale, len(kept), axis=0))
            rate = recipe.rate * (1 - 0.9 * done / steps)
            gradients = [gradient, back.sum(axis=0), active.T @ odds, odds.sum(axis=0)]
            for weights, optimizer, slope in zip(parameters, optimizers, gradients, strict=True):
                optimizer.step(weights, slope, rate)
            done += 1
        print(f"    epoch {epoch + 1}: loss {loss / len(rows):.4f}", flush=True)
    return Net(table, bias, top, top_bias, questions)
