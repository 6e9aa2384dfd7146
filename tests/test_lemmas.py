"""Lemmas of verbs, as spelling and known words have them."""

import pytest
import spacy
from spacy.tokens import Doc
from spacy.vectors import Vectors

from analystkit.english.lemmas import candidates, irregular, of_regular, put_right

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


def test_only_verbs_are_touched() -> None:
    words = ["Voting", "officials", "drew", "Ed", "a", "painting", "Speak"]
    doc = Doc(
        NLP.vocab,
        words=words,
        tags=["VBG", "NNS", "VBD", "NNP", "DT", "NN", "VB"],
        pos=["VERB", "NOUN", "VERB", "PROPN", "DET", "NOUN", "VERB"],
        lemmas=["Vot", "official", "drow", "Ed", "a", "painting", "Speak"],
    )
    put_right(doc)
    assert [t.lemma_ for t in doc] == ["vote", "official", "draw", "Ed", "a", "painting", "speak"]


def test_every_irregular_form_has_one_base() -> None:
    assert irregular()["drew"] == "draw"
    assert irregular()["fled"] == "flee"
    assert all(base and form for form, base in irregular().items())
