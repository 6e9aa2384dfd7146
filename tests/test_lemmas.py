"""Lemmas of verbs, as spelling and known words have them."""

from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vectors import Vectors

from analystkit.english import lemmatizer  # noqa: F401  # registers the component
from analystkit.english.lemmas import candidates, irregular, of_regular, of_verb

NLP = spacy.blank("en")
KNOWN = ["vote", "insist", "open", "fill", "plan", "refer", "add", "hop", "hope", "target"]
NLP.vocab.vectors = Vectors(shape=(len(KNOWN), 1), keys=[NLP.vocab.strings.add(word) for word in KNOWN])


@pytest.mark.parametrize(
    ("form", "said", "lemma"),
    [
        ("voted", "vot", "vote"),
        ("insisted", "insiste", "insist"),
        ("opening", "opening", "open"),
        ("filling", "fil", "fill"),
        ("planned", "plann", "plan"),
        ("referring", "referr", "refer"),
        ("added", "ad", "add"),
        ("hoping", "hop", "hope"),
        ("hopping", "hopp", "hop"),
        ("targeting", "targete", "target"),
    ],
)
def test_known_words_come_first(form: str, said: str, lemma: str) -> None:
    assert of_regular(form, said, NLP.vocab) == lemma


@pytest.mark.parametrize(
    ("form", "said", "lemma"),
    [
        ("urging", "urg", "urge"),
        ("arguing", "argu", "argue"),
        ("criticized", "criticiz", "criticize"),
        ("celebrated", "celebrat", "celebrate"),
        ("struggling", "struggl", "struggle"),
        ("vetting", "vett", "vet"),
        ("compelled", "compell", "compel"),
        ("denied", "denie", "deny"),
        ("died", "dy", "die"),
        ("lying", "ly", "lie"),
        ("tweeted", "tweet", "tweet"),
        ("defanged", "defange", "defange"),  # spelling does not decide: the lemmatizer's word stands
    ],
)
def test_spelling_decides_on_unknown_words(form: str, said: str, lemma: str) -> None:
    assert of_regular(form, said, NLP.vocab) == lemma


def test_no_lemma_for_what_is_no_such_form() -> None:
    assert candidates("bring")[0] == candidates("the")[0] == []


@pytest.mark.parametrize(
    ("form", "said", "tag", "lemma"),
    [("Voting", "Vot", "VBG", "vote"), ("drew", "drow", "VBD", "draw"), ("Speak", "Speak", "VB", "speak")],
)
def test_lemmas_of_verbs_are_in_lower_case(form: str, said: str, tag: str, lemma: str) -> None:
    assert of_verb(form, said, tag, NLP.vocab) == lemma


@pytest.fixture
def nlp() -> Language:
    """A lemmatizer that has learnt a few words."""
    nlp = spacy.blank("en")
    nlp.vocab.vectors = NLP.vocab.vectors
    tok2vec = {
        "@architectures": "spacy.HashEmbedCNN.v2", "width": 12, "depth": 1, "embed_size": 300, "window_size": 1,
        "maxout_pieces": 2, "subword_features": True, "pretrained_vectors": None,
    }  # fmt: skip
    model = {"@architectures": "spacy.Tagger.v2", "tok2vec": tok2vec}
    nlp.add_pipe("analystkit_lemmatizer", name="lemmatizer", config={"model": model, "min_tree_freq": 1})
    words = {"Envoys": "envoy", "painting": "painting", "Ed": "Ed", "voting": "vot", "drew": "drow", "a": "a"}
    doc = Doc(nlp.vocab, words=[*words], lemmas=[*words.values()])
    nlp.initialize(lambda: [Example(doc, doc)])
    for _ in range(60):
        nlp.update([Example(nlp.make_doc(doc.text), doc)])
    return nlp


def test_only_verbs_are_touched(nlp: Language) -> None:
    words = ["Envoys", "drew", "Ed", "a", "painting", "voting", "voting"]
    doc = Doc(
        nlp.vocab,
        words=words,
        tags=["NNS", "VBD", "NNP", "DT", "NN", "VBG", "NN"],
        pos=["NOUN", "VERB", "PROPN", "DET", "NOUN", "VERB", "NOUN"],
    )
    doc = nlp.get_pipe("lemmatizer")(doc)
    assert [t.lemma_ for t in doc] == ["envoy", "draw", "Ed", "a", "painting", "vote", "vot"]


def test_a_lemma_that_is_set_stays_and_a_tree_that_does_not_fit_changes_nothing(nlp: Language) -> None:
    component: Any = nlp.get_pipe("lemmatizer")
    doc = Doc(nlp.vocab, words=["a", "a"])
    doc[0].lemma_ = "mine"
    (tree,) = [tree for tree in component.labels if component.trees.apply(tree, "voting") == "vot"]
    component.set_annotations([doc], [np.array([tree, tree])])
    assert [token.lemma_ for token in doc] == ["mine", "a"]


def test_lemmas_of_many_texts_and_of_none(nlp: Language) -> None:
    texts = ["Envoys drew a painting", "", "Ed"]
    lemmas = [[token.lemma_ for token in doc] for doc in nlp.pipe(texts)]
    assert lemmas == [[token.lemma_ for token in nlp(text)] for text in texts]
    assert [len(each) for each in lemmas] == [4, 0, 1]


def test_every_irregular_form_has_one_base() -> None:
    assert irregular()["drew"] == "draw"
    assert irregular()["fled"] == "flee"
    assert all(base and form for form, base in irregular().items())
