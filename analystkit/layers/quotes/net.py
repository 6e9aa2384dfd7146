"""A small network over hashed features, with numpy alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analystkit.blas import one_thread

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Net:
    """Sums the table's rows that an example's features name, rectifies, and weighs the result.

    One network may answer several questions about an example, each by choosing one of a few classes.

    Attributes:
        table: (rows, width) weights of the features.
        bias: (width,) of the hidden layer.
        top: (width, classes of all questions).
        top_bias: (classes of all questions,).
        questions: The number of classes of each question.
    """

    table: Floats
    bias: Floats
    top: Floats
    top_bias: Floats
    questions: tuple[int, ...]

    def __call__(self, features: npt.NDArray[np.uint32]) -> list[Floats]:
        """The probabilities of the classes.

        Args:
            features: (examples, slots) hashes.

        Returns:
            For each question (examples, classes), each row summing to one.
        """
        slots = np.ascontiguousarray(features.T) % np.uint32(len(self.table))
        hidden = np.repeat(self.bias[None], slots.shape[1], axis=0)
        chosen = np.empty_like(hidden)
        for rows in slots.astype(np.intp):
            hidden += self.table.take(rows, axis=0, out=chosen, mode="clip")  # unlike "raise", without a copy between
        with one_thread():
            scores = np.maximum(hidden, 0) @ self.top
        return softmax(scores + self.top_bias, self.questions)


def softmax(logits: Floats, questions: tuple[int, ...]) -> list[Floats]:
    """Turn the columns of each question into probabilities."""
    found, start = [], 0
    for classes in questions:
        odds = np.exp(
            logits[:, start : start + classes] - logits[:, start : start + classes].max(axis=1, keepdims=True)
        )
        found.append(odds / odds.sum(axis=1, keepdims=True))
        start += classes
    return found
