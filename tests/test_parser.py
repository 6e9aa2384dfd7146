"""The parser: the best tree of each sentence by its weights, borders that are set kept, and text of any kind taken."""

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import load
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from analystkit.english import parser, tokenizer
from analystkit.english.parser import FAR, LONGEST, Parser
from analystkit.english.trees import best_tree

TEXT = "The envoys of Marno met. They said the port stays shut, for now.\n\nNobody asked why. Ana Ruiz did not answer."


@pytest.fixture
def nlp() -> Language:
    """A pipeline with a parser whose weights are drawn at random."""
    return drawn(7)


def drawn(seed: int) -> Language:
    nlp = tokenizer.blank()
    tok2vec = {
        "@architectures": "spacy.HashEmbedCNN.v2", "width": 12, "depth": 1, "embed_size": 300, "window_size": 1,
        "maxout_pieces": 2, "subword_features": True, "pretrained_vectors": None,
    }  # fmt: skip
    model = {"@architectures": "analystkit.Trees.v1", "arc": 8, "rel": 6, "tok2vec": tok2vec}
    component = nlp.add_pipe("analystkit_parser", name="parser", config={"model": model})
    doc = Doc(nlp.vocab, words=["Envoys", "met", "."], heads=[1, 1, 1], deps=["nsubj", "ROOT", "punct"])
    nlp.initialize(lambda: [Example(doc, doc)])
    rng = np.random.default_rng(seed)
    network = component.model  # type: ignore[attr-defined]
    for name in network.param_names:
        network.set_param(name, rng.normal(size=network.get_param(name).shape).astype(np.float32))
    return nlp


def is_tree(heads: list[int]) -> bool:
    for start in range(1, len(heads) + 1):
        node = start
        for _ in heads:
            if node:
                node = heads[node - 1]
        if node:
            return False
    return heads.count(0) == 1


@pytest.mark.parametrize("scale", [0.0, 1.0, 1e6])
def test_the_tree_is_the_best_of_all_with_one_root(scale: float) -> None:
    rng = np.random.default_rng(3)
    for _ in range(40):
        scores = rng.normal(size=(4, 5)) * scale
        trees = [list(heads) for heads in itertools.product(range(5), repeat=4) if is_tree(list(heads))]
        value = {tuple(tree): sum(scores[i, head] for i, head in enumerate(tree)) for tree in trees}
        found = best_tree(scores).tolist()
        assert is_tree(found)
        assert value[tuple(found)] == pytest.approx(max(value.values()))


def linear(weights: dict[str, Any], name: str, row: Any) -> Any:
    return weights[name] @ row + weights[f"{name}_b"]


def test_heads_and_labels_are_those_that_the_weights_ask_for(nlp: Language) -> None:
    component: Any = nlp.get_pipe("parser")
    weights = {name: component.model.get_param(name) for name in component.model.param_names}
    doc = nlp("The envoys met in Marno")
    (rows,) = component.model.get_ref("tok2vec").predict([doc])
    starts = [0, *(i for i in range(1, len(doc)) if np.diff(linear(weights, "start", rows[i])) > 0), len(doc)]
    assert [sent.start for sent in doc.sents] == starts[:-1]
    for first, last in itertools.pairwise(starts):
        words = range(first, last)
        child = {i: np.maximum(linear(weights, "child", rows[i]), 0) for i in words}
        head = {i: np.maximum(linear(weights, "head", rows[i]), 0) for i in words}
        scores = np.array([
            [
                linear(weights, "root", rows[i])[0],
                *(
                    linear(weights, "pair", child[i]) @ head[j] + weights["liked"] @ head[j]
                    + linear(weights, "far", rows[i])[np.clip(j - i, -FAR, FAR) + FAR]
                    for j in words
                ),
            ]
            for i in words
        ])  # fmt: skip
        for i, above in zip(words, best_tree(scores), strict=True):
            j = first + above - 1 if above else i
            assert doc[i].head.i == j
            hung = weights["label_head"] @ rows[j] if above else weights["label_root"]
            far = weights["label_far"][np.clip(j - i, -FAR, FAR) + FAR]
            hidden = np.maximum(linear(weights, "label_child", rows[i]) + hung + far, 0)
            assert doc[i].dep_ == component.labels[linear(weights, "label", hidden).argmax()]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 50), words=st.lists(st.sampled_from(["port", "said", ",", ".", "\n\n", " ", "Ruiz"])))
def test_whatever_the_weights_every_sentence_is_a_tree(seed: int, words: list[str]) -> None:
    doc = drawn(seed)(Doc(tokenizer.blank().vocab, words=words).text)
    assert not len(doc) or doc.has_annotation("DEP")
    for sent in doc.sents:
        heads = [token.head for token in sent]
        assert all(sent.start <= head.i < sent.end for head in heads)
        if any(not token.is_space for token in doc):
            assert sum(head.i == token.i for token, head in zip(sent, heads, strict=True)) == 1


def test_blanks_hang_from_the_word_before_them(nlp: Language) -> None:
    doc = nlp(" \n" + TEXT)
    assert doc[0].head.i == 1
    (blank,) = [token for token in doc[1:] if token.is_space]
    assert (blank.head.i, blank.dep_) == (blank.i - 1, "dep")


def test_borders_that_are_set_stay(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    for token in doc:
        token.is_sent_start = token.i in {0, 4, 9}
    doc = nlp.get_pipe("parser")(doc)
    assert [sent.start for sent in doc.sents] == [0, 4, 9]


@pytest.mark.parametrize(
    ("text", "mark"),
    [('He left. "We waited," she said.', 3), ("He left. ''We waited,'' she said.", 3), ("“We waited,” she said.", 0)],
)
def test_a_border_is_before_the_mark_that_opens_a_sentence(nlp: Language, text: str, mark: int) -> None:
    assert np.flatnonzero(parser.opening_marks(nlp.make_doc(text))).tolist() == [mark]


def test_mark_and_word_are_one_for_the_border() -> None:
    opening = np.array([False, True, False, False, True, False])
    chance = np.array([0.99, 0.3, 0.4, 0.1, 0.2, 0.1])
    likely = np.log(chance / (1 - chance))
    parser._with_mark(likely, opening)
    assert (likely > 0).tolist() == [True, True, False, False, False, False]


def test_what_has_no_borders_is_cut(nlp: Language) -> None:
    component: Any = nlp.get_pipe("parser")
    for name in ("start", "start_b"):
        component.model.set_param(name, np.zeros_like(component.model.get_param(name)))
    doc = nlp("port " * (3 * LONGEST))
    assert max(len(sent) for sent in doc.sents) <= LONGEST


@pytest.mark.parametrize("piece", [1, 5, 10_000])
def test_the_same_in_pieces_of_any_size(nlp: Language, piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [(token.head.i, token.dep_) for token in nlp(TEXT * 3)]
    monkeypatch.setattr(parser, "_PIECE", piece)
    assert [(token.head.i, token.dep_) for token in nlp(TEXT * 3)] == whole


def test_many_texts_at_once_and_empty_ones(nlp: Language) -> None:
    docs = list(nlp.pipe([TEXT, "", "Nobody."]))
    assert [token.head.i for token in docs[0]] == [token.head.i for token in nlp(TEXT)]
    assert (len(docs[1]), len(docs[2])) == (0, 2)


def test_it_is_stored_with_its_labels(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    again = load(tmp_path)
    assert again.get_pipe("parser").labels == ("ROOT", "nsubj", "punct")  # type: ignore[attr-defined]
    assert [(t.head.i, t.dep_) for t in again(TEXT)] == [(t.head.i, t.dep_) for t in nlp(TEXT)]


def test_it_says_where_it_learns(nlp: Language) -> None:
    component = nlp.get_pipe("parser")
    assert isinstance(component, Parser)
    doc = nlp(TEXT)
    with pytest.raises(RuntimeError, match=r"training/student\.py"):
        component.update([Example(doc, doc)], sgd=nlp.create_optimizer())
