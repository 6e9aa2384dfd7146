"""The shipped networks' weights: 8 bits on disk, what is small in half precision; single precision in memory.

A quarter of the size. Word vectors lose nothing: the networks were trained on the rounded ones. Each row of a matrix is
stored in steps of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import srsly
from spacy.attrs import NORM
from thinc.api import Model

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.language import Language

#: What one step of a stored word vector (-127 to 127) stands for.
VECTOR_STEP = 1 / 32
#: Shortest rows of a matrix that are stored in 8 bits.
_LONG = 16


def rounded(vectors: NDArray[np.floating]) -> NDArray[np.int8]:
    """Word vectors in steps of `VECTOR_STEP`; what lies beyond the 127th step is cut."""
    return np.clip(np.round(vectors / VECTOR_STEP), -127, 127).astype(np.int8)


def by_norm(folder: Path) -> None:
    """Have the word vectors of a pipeline's folder looked up by NORM, so that "Troops" has the vector of "troops".

    spaCy reads this setting from disk and does not write it (3.8, vectors in default mode).
    """
    path = folder / "vocab" / "vectors.cfg"
    srsly.write_json(path, srsly.read_json(path) | {"attr": NORM})


def narrow(folder: Path) -> None:
    """Rewrite the weights of a pipeline's folder in few bits; :func:`widen` must follow each loading."""
    for path in folder.rglob("model"):
        if path.is_file():
            stored = srsly.msgpack_loads(path.read_bytes())
            for parameters in stored["params"]:
                for name, value in parameters.items():
                    parameters[name] = _fewer(value)
            path.write_bytes(srsly.msgpack_dumps(stored))
    path = folder / "vocab" / "vectors"
    vectors = rounded(np.load(path, allow_pickle=False))
    with path.open("wb") as file:
        np.save(file, vectors)
    by_norm(folder)


def widen(nlp: Language) -> None:
    """Make single precision of whatever weights of a loaded pipeline are in fewer bits."""
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if isinstance(model, Model) else ():
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, _single(node.get_param(name)))
    if nlp.vocab.vectors.data.dtype == np.int8:
        nlp.vocab.vectors.data = nlp.vocab.vectors.data.astype(np.float32) * np.float32(VECTOR_STEP)


def packed(matrix: NDArray[np.float32]) -> NDArray[np.int8]:
    """Rows of 8-bit numbers, (…, columns + 2): the last two are the row's step, a half precision number."""
    steps = (np.abs(matrix).max(axis=-1, keepdims=True) / 127).astype(np.float16)
    steps[steps == 0] = 1
    numbers = np.clip(np.round(matrix / steps.astype(np.float32)), -127, 127).astype(np.int8)
    return np.concatenate([numbers, steps.view(np.int8)], axis=-1)


def unpacked(matrix: NDArray[np.int8]) -> Any:
    """What `packed` was given, (…, columns) in single precision, to within half a step."""
    steps = np.ascontiguousarray(matrix[..., -2:]).view(np.float16)
    return matrix[..., :-2].astype(np.float32) * steps.astype(np.float32)


def _fewer(value: Any) -> Any:
    """An array of single precision in fewer bits; anything else as it is."""
    if not isinstance(value, np.ndarray) or value.dtype != np.float32:
        return value
    return packed(value) if value.ndim > 1 and value.shape[-1] >= _LONG else value.astype(np.float16)


def _single(value: Any) -> Any:
    """What `_fewer` made of an array, in single precision again."""
    if not isinstance(value, np.ndarray):
        return value
    if value.dtype == np.int8:
        return unpacked(value)
    return value.astype(np.float32) if value.dtype == np.float16 else value
