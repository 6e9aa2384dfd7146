"""The shipped networks' weights: half precision on disk, word vectors in 8 bits; single precision in memory.

Halves the package. Of seven sample articles, rounding to 11 binary digits changed tags in one and names in another.
Word vectors lose nothing: the networks were trained on the rounded ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import srsly
from thinc.api import Model

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.language import Language

#: What one step of a stored word vector (-127 to 127) stands for.
VECTOR_STEP = 1 / 32


def rounded(vectors: NDArray[np.floating]) -> NDArray[np.int8]:
    """Word vectors in steps of `VECTOR_STEP`; what lies beyond the 127th step is cut."""
    return np.clip(np.round(vectors / VECTOR_STEP), -127, 127).astype(np.int8)


def narrow(folder: Path) -> None:
    """Rewrite the networks of a pipeline's folder in half precision; :func:`widen` must follow each loading."""
    for path in folder.rglob("model"):
        if path.is_file():
            stored = srsly.msgpack_loads(path.read_bytes())
            stored["params"] = [
                {name: _cast(value, np.float32, np.float16) for name, value in parameters.items()}
                for parameters in stored["params"]
            ]
            path.write_bytes(srsly.msgpack_dumps(stored))
    path = folder / "vocab" / "vectors"
    vectors = rounded(np.load(path))
    with path.open("wb") as file:
        np.save(file, vectors)


def widen(nlp: Language) -> None:
    """Make single precision of whatever weights of a loaded pipeline are in half precision."""
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if isinstance(model, Model) else ():
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, _cast(node.get_param(name), np.float16, np.float32))
    if nlp.vocab.vectors.data.dtype == np.int8:
        nlp.vocab.vectors.data = nlp.vocab.vectors.data.astype(np.float32) * np.float32(VECTOR_STEP)


def _cast(value: Any, old: type[np.floating], new: type[np.floating]) -> Any:
    return value.astype(new) if isinstance(value, np.ndarray) and value.dtype == old else value
