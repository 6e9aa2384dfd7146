"""The shipped networks' weights: half precision on disk, tables in 8 bits; single precision in memory.

A third of the size. Word vectors lose nothing: the networks were trained on the rounded ones. Each row of a table
of hashed embeddings is stored in steps of its own.
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
#: The node of a network that holds such a table, and its parameter.
TABLE, ROWS = "hashembed", "E"


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
            for node, parameters in zip(stored["nodes"], stored["params"], strict=True):
                for name, value in parameters.items():
                    if (node["name"], name) == (TABLE, ROWS):
                        parameters[name] = packed(value)
                    else:
                        parameters[name] = _cast(value, np.float32, np.float16)
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
                    value: Any = node.get_param(name)
                    if (node.name, name) == (TABLE, ROWS) and value.dtype == np.int8:
                        node.set_param(name, unpacked(value))
                    else:
                        node.set_param(name, _cast(value, np.float16, np.float32))
    if nlp.vocab.vectors.data.dtype == np.int8:
        nlp.vocab.vectors.data = nlp.vocab.vectors.data.astype(np.float32) * np.float32(VECTOR_STEP)


def packed(table: NDArray[np.float32]) -> NDArray[np.int8]:
    """Rows of 8-bit numbers, (rows, columns + 2): the last two are the row's step, a half precision number."""
    steps = (np.abs(table).max(axis=1, keepdims=True) / 127).astype(np.float16)
    steps[steps == 0] = 1
    numbers = np.clip(np.round(table / steps.astype(np.float32)), -127, 127).astype(np.int8)
    return np.hstack([numbers, steps.view(np.int8)])


def unpacked(table: NDArray[np.int8]) -> Any:
    """What `packed` was given, (rows, columns) in single precision, to within half a step."""
    steps = np.ascontiguousarray(table[:, -2:]).view(np.float16)
    return table[:, :-2].astype(np.float32) * steps.astype(np.float32)


def _cast(value: Any, old: type[np.floating], new: type[np.floating]) -> Any:
    return value.astype(new) if isinstance(value, np.ndarray) and value.dtype == old else value
