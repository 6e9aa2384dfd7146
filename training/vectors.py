"""Word vectors for the students: `python -m training.vectors OUT`.

A student meets about a million words of text; MiniLM's table of word pieces was learnt from thousands of
times as many. Its whole words (some twenty thousand, lower case) become the vectors of a blank pipeline:
centred, reduced to `WIDTH` principal components of unit variance, and rounded to 8 bits
(`analystkit.weights`), so that training sees exactly what is shipped.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.vectors import Vectors
from transformers import AutoModel, AutoTokenizer

from analystkit.english import tokenizer
from analystkit.weights import VECTOR_STEP, by_norm, rounded
from training.teacher.train import ENCODER

WIDTH = 96
#: Pieces that are words of an English text by themselves: no [unused], no ##ending, no other script.
WORD = re.compile(r"[ -Za-z^-~\u00a0-\u024f\u2010-\u20cf]+")


def main(out: Path) -> None:
    """Write a blank English pipeline with the vectors."""
    pieces = AutoTokenizer.from_pretrained(ENCODER).get_vocab()
    table = AutoModel.from_pretrained(ENCODER).embeddings.word_embeddings.weight.detach().numpy()
    words = [word for word in sorted(pieces, key=pieces.__getitem__) if WORD.fullmatch(word) and word[:2] != "##"]
    nlp = tokenizer.blank()
    keys = [nlp.vocab.strings.add(word) for word in words]
    data = reduced(table[[pieces[word] for word in words]])
    nlp.vocab.vectors = Vectors(data=data, keys=keys, name="analystkit")
    nlp.to_disk(out)
    by_norm(out)
    print(f"{len(words)} words, {data.shape[1]} wide")


def reduced(table: NDArray[np.float32]) -> NDArray[np.float32]:
    """Principal components of (words, any width), each of unit variance, in steps of `VECTOR_STEP`."""
    left, _, _ = np.linalg.svd(table - table.mean(axis=0), full_matrices=False)
    components = left[:, :WIDTH]
    return rounded(components / components.std(axis=0)).astype(np.float32) * np.float32(VECTOR_STEP)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
