"""Attributions where a pipeline has a parser and little else."""

import warnings

import pytest
from parses import QUOTED, REPORTED, parsed
from spacy.tokens import Doc
from test_quotes import quotes, shipped, text

from analystkit.errors import AnalystkitWarning
from analystkit.layers import untagged


def stripped(table, keep=()):
    """The Doc with nothing but words, parse and what is kept."""
    doc = parsed(table)
    columns = {"tags": [t.tag_ for t in doc], "pos": [t.pos_ for t in doc], "lemmas": [t.lemma_ for t in doc]}
    return Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        deps=[t.dep_ for t in doc],
        heads=[t.head.i for t in doc],
        **{name: columns[name] for name in keep},
    )


@pytest.mark.parametrize("model", ["rules", pytest.param("shipped", marks=shipped)])
@pytest.mark.parametrize("table", [REPORTED["UD"], QUOTED["UD"]], ids=["reported", "quoted"])
def test_a_parse_alone_is_enough_for_plain_cases(table, model):
    doc = stripped(table)
    with pytest.warns(AnalystkitWarning, match="no tags"):
        found = quotes(doc, model)
    assert "Kirby" in {text(doc, quote, "source") for quote in found}


@pytest.mark.parametrize("keep", [("tags",), ("tags", "pos"), ("pos", "lemmas")], ids=" ".join)
def test_what_else_is_missing_is_made_up_for(keep):
    doc = stripped(REPORTED["UD"], keep)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = quotes(doc)
    assert "that Putin wants peace" in {text(doc, quote, "content") for quote in found}


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("said", "say"),
        ("denies", "deny"),
        ("urged", "urge"),
        ("claiming", "claim"),
        ("admitted", "admit"),
        ("bed", "bed"),
    ],
)
def test_lemmas_of_reporting_words(word, lemma):
    assert untagged.lemma(word) == lemma
