"""A text of any kind becomes tokens in time that grows with its length, and stays the text."""

import pytest
import spacy

from analystkit.errors import ArticleError
from analystkit.layers import longwords
from analystkit.layers.longwords import LONGEST, tokens

NLP = spacy.blank("en")


def words(doc):
    return [(token.text, token.whitespace_) for token in doc]


@pytest.mark.parametrize("text", ["", "“No,” said Ana.  \n\nIt was 5 p.m.", "a" * LONGEST, '"' * LONGEST + " end"])
def test_usual_text_is_cut_as_the_pipeline_cuts_it(text):
    assert words(tokens(text, NLP)) == words(NLP.make_doc(text))


@pytest.mark.parametrize("text", ['"' * 5000, f" \n{'.,)' * 900}  x {'🙂' * 2000}\n", "don't" * 999])
def test_what_runs_on_without_end_stays_as_it_is_too(text):
    doc = tokens(text, NLP)
    assert doc.text == text
    assert [text[token.idx : token.idx + len(token)] for token in doc] == [token.text for token in doc]


def test_the_tokenizer_is_never_given_a_run_longer_than_the_longest(monkeypatch):
    given, nlp = [], spacy.blank("en")

    def make_doc(text):
        given.append(max(map(len, text.split()), default=0))
        return nlp.tokenizer(text)

    monkeypatch.setattr(nlp, "make_doc", make_doc)
    tokens('"' * 50_000 + " said " + "(" * 3_000, nlp)
    assert max(given) <= LONGEST


@pytest.mark.parametrize("text", ["a " * 60, '"' * 5000])
def test_more_than_can_be_analysed_is_refused(monkeypatch, text):
    monkeypatch.setattr(longwords, "MOST", 50)
    with pytest.raises(ArticleError, match=r"50 are the most.*in parts"):
        tokens(text, NLP)
