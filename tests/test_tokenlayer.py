"""The token layer predicts what spaCy's predicts, whatever has been seen before."""

import numpy as np
import pytest
import spacy
from numpy.typing import NDArray
from spacy.attrs import NORM
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry
from spacy.vectors import Vectors
from thinc.api import fix_random_seed

from analystkit.english import tokenlayer
from analystkit.english.tokenlayer import Layer, token_layer

TEXTS = [
    "Can't the port stay open? The envoys can't say.\n\nThe port, they said, stays shut.",
    "The port",
    "Envoys of the Republic said on Monday that the port of Marno would open, and can open, within days. " * 3,
]


@pytest.fixture
def nlp() -> Language:
    """A vocabulary with word vectors."""
    nlp = spacy.blank("en")
    keys = [nlp.vocab.strings.add(word) for word in ("port", "the", "envoys")]
    data = np.random.default_rng(7).normal(size=(3, 4)).astype(np.float32)
    nlp.vocab.vectors = Vectors(data=data, keys=keys, attr=NORM)
    return nlp


def usual(nlp: Language) -> Layer:
    """spaCy's layer, made ready."""
    fix_random_seed(3)
    attrs = ["NORM", "SHAPE", "SPACY"]
    embed = registry.architectures.get("spacy.MultiHashEmbed.v2")(
        width=8, attrs=attrs, rows=[50, 20, 4], include_static_vectors=True
    )
    encode = registry.architectures.get("spacy.MaxoutWindowEncoder.v2")(
        width=8, depth=3, window_size=1, maxout_pieces=2
    )
    model: Layer = registry.architectures.get("spacy.Tok2Vec.v2")(embed, encode)
    model.initialize([nlp.make_doc("A port .")])
    return model


def equal(one: list[NDArray[np.float32]], other: list[NDArray[np.float32]]) -> bool:
    return len(one) == len(other) and all(np.allclose(a, b, atol=1e-6) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("piece", [1, 4, 1000])
@pytest.mark.parametrize("most", [5, 1000])
def test_the_same_vectors_whatever_was_seen_before(
    nlp: Language, piece: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokenlayer, "PIECE", piece)
    monkeypatch.setattr(tokenlayer, "MOST", most)
    theirs = usual(nlp)
    ours = token_layer(*theirs.layers)
    docs = [nlp.make_doc(text) for text in TEXTS]
    empty = Doc(nlp.vocab)
    for batch in ([docs[0]], docs, [docs[1], empty, docs[2]], docs[::-1]):
        assert equal(ours.predict(batch), theirs.predict(batch))


def test_other_weights_are_noticed(nlp: Language) -> None:
    theirs = usual(nlp)
    ours = token_layer(*theirs.layers)
    docs = [nlp.make_doc(text) for text in TEXTS]
    before = ours.predict(docs)
    stored = theirs.to_bytes()
    for node in theirs.walk():
        if node.name == "hashembed":
            node.set_param("E", node.get_param("E") + 1)
    assert not equal(before, ours.predict(docs))
    assert equal(ours.predict(docs), theirs.predict(docs))
    ours.from_bytes(stored)
    assert equal(ours.predict(docs), before)


def test_it_can_be_trained() -> None:
    nlp = spacy.blank("en")
    parts = {
        "@architectures": "analystkit.Tok2Vec.v1",
        "embed": {"@architectures": "spacy.MultiHashEmbed.v2", "width": 16, "attrs": ["NORM"], "rows": [200]}
        | {"include_static_vectors": False},
        "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 16, "depth": 1}
        | {"window_size": 1, "maxout_pieces": 2},
    }
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": parts}})
    words = ["Envoys", "met", "in", "Marno"]
    gold = Doc(nlp.vocab, words=words, tags=["NNS", "VBD", "IN", "NNP"])
    fix_random_seed(1)
    optimizer = nlp.initialize(lambda: [Example(nlp.make_doc(gold.text), gold)])
    for _ in range(60):
        nlp.update([Example(nlp.make_doc(gold.text), gold)], sgd=optimizer)
        nlp(gold.text)
    assert [token.tag_ for token in nlp(gold.text)] == ["NNS", "VBD", "IN", "NNP"]
