"""The shipped networks' token layer: spaCy's `Tok2Vec`, faster on articles and with the same results.

Two things are done otherwise. A token's vector before its neighbours come in depends on its form alone, so it is
worked out once a form and remembered: in running news four tokens of five have been seen before. And the
convolutions go over a thousand tokens at a time, not over a whole batch, so that what lies between two layers stays
in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model, NumpyOps, chain

#: Tokens that the convolutions take at once.
PIECE = 1000
#: Forms that are remembered; with more, all are forgotten. 10 MB for a layer 128 wide.
MOST = 20_000

Layer = Model[Any, Any]
Rows = NDArray[np.float32]


@registry.architectures("analystkit.Tok2Vec.v1")  # type: ignore[untyped-decorator]
def token_layer(embed: Layer, encode: Layer) -> Layer:
    """A `spacy.Tok2Vec.v2` (list of Doc to list of (tokens, width) arrays) whose predictions come faster.

    Training goes spaCy's way, and so do networks that have been trained since they were made, and those on a
    graphics card.

    Args:
        embed: Vectors of tokens from themselves alone, `spacy.MultiHashEmbed.v2`. It may read of a token what its
            `extract_features` names, and the key of the word vectors.
        encode: Convolutions around them, `spacy.MaxoutWindowEncoder.v2`.
    """
    usual: Layer = chain(embed, encode)
    forms = Forms()
    trained = False

    def forward(model: Layer, docs: Sequence[Doc], is_train: bool) -> tuple[list[Rows], Callable[..., Any]]:
        nonlocal trained
        trained = trained or is_train  # weights change in place then, and what is remembered would be wrong
        if trained or not isinstance(model.ops, NumpyOps):
            result: tuple[list[Rows], Callable[..., Any]] = usual(docs, is_train)
            return result
        return encoded(encode, forms(embed, docs)), _no_gradient

    model: Layer = Model(
        usual.name,
        forward,
        init=usual.init,
        layers=usual.layers,
        dims={name: usual.maybe_get_dim(name) for name in usual.dim_names},
        refs={"embed": embed, "encode": encode},
    )
    return model


def _no_gradient(_: Any) -> Any:
    raise RuntimeError("Predictions have no gradient: call the model with is_train=True to train it.")


class Forms:
    """Remembers what an embedding layer makes of a form."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._weights: list[Any] = []
        self._places: dict[bytes, int] = {}
        self._rows: Rows = np.empty((0, 0), dtype=np.float32)

    def __call__(self, embed: Layer, docs: Sequence[Doc]) -> list[Rows]:
        """The layer's vectors of the tokens of each Doc, (tokens, width)."""
        (extract,) = (node for node in embed.walk() if node.name == "extract_features")
        vectors = docs[0].vocab.vectors
        columns = [*extract.attrs["columns"], vectors.attr]
        keys = [key for doc in docs for key in _keys(doc, columns)]
        weights = [node.get_param(name) for node in embed.walk() for name in node.param_names]
        with self._lock:
            if not _same([*weights, vectors.data], self._weights):  # other weights were loaded
                self._places.clear()
                self._weights = [*weights, vectors.data]
            if missing := {key: at for at, key in reversed([*enumerate(keys)]) if key not in self._places}:
                if len(self._places) + len(missing) > MOST:
                    self._places.clear()
                    missing = {key: at for at, key in reversed([*enumerate(keys)])}
                self._learn(embed, docs, missing)
            found = self._rows[[self._places[key] for key in keys]]
        return np.split(found, np.cumsum([len(doc) for doc in docs])[:-1])

    def _learn(self, embed: Layer, docs: Sequence[Doc], missing: dict[bytes, int]) -> None:
        """Work out the vectors of forms, each given with the position of a token among those of all the Docs."""
        tokens = [token for doc in docs for token in doc]
        examples = [tokens[at] for at in missing.values()]
        words = [token.text for token in examples]
        doc = Doc(docs[0].vocab, words=words, spaces=[bool(token.whitespace_) for token in examples])
        for token, example in zip(doc, examples, strict=True):
            token.norm_ = example.norm_  # not always the word's: "ca" of "can't" is "can"
        (rows,) = embed.predict([doc])
        start, end = len(self._places), len(self._places) + len(rows)
        if not start:
            self._rows = np.empty((max(MOST, end), rows.shape[1]), dtype=np.float32)
        self._rows[start:end] = rows
        self._places |= zip(missing, range(start, end), strict=True)


def _keys(doc: Doc, columns: list[Any]) -> list[bytes]:
    table = np.ascontiguousarray(doc.to_array(columns))
    found: list[bytes] = table.view(f"V{table.itemsize * table.shape[1]}").ravel().tolist() if len(doc) else []
    return found


def _same(one: list[Any], other: list[Any]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def encoded(encode: Layer, vectors: Sequence[Rows]) -> list[Rows]:
    """What the convolutions make of the token vectors of each Doc, a piece at a time.

    A long Doc is cut; each piece brings as many tokens of its neighbours as the convolutions reach.
    """
    reach = encode.attrs["pad"]
    result = [np.empty_like(rows) for rows in vectors]
    for group in _groups(vectors):
        inputs = [vectors[doc][max(start - reach, 0) : start + PIECE + reach] for doc, start in group]
        for (doc, start), rows in zip(group, encode.predict(inputs), strict=True):
            before = min(start, reach)
            result[doc][start : start + PIECE] = rows[before : before + PIECE]
    return result


def _groups(vectors: Sequence[Rows]) -> Iterator[list[tuple[int, int]]]:
    """Pieces, each as the number of its Doc and its first token, that are worked on together."""
    group: list[tuple[int, int]] = []
    size = 0
    for doc, rows in enumerate(vectors):
        for start in range(0, len(rows), PIECE):
            length = min(len(rows) - start, PIECE)
            if group and size + length > PIECE:
                yield group
                group, size = [], 0
            group.append((doc, start))
            size += length
    if group:
        yield group
