"""The layout layer: furniture, paragraph and dateline borders, in anybody's pipeline."""

import itertools

import spacy
from spacy.tokens import Doc, DocBin

from analystkit.article import Article
from analystkit.layers.layout import LONGEST_SENTENCE, Layout, furniture_tokens, set_article

TEXT = (
    "Harbour pact signed\n\n"
    "2 of 5 | Boats leave the port. Photo by Ana Ruiz/UPI\n\n"
    "PORTO, March 4 (UPI) -- The pact was signed on Monday\n\n"
    "Fishermen were pleased\n\n"
    "Latest Headlines\n"
)


def pipeline() -> spacy.Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("analystkit_layout")
    return nlp


def test_furniture_is_found_without_our_article() -> None:
    doc = pipeline()(TEXT)
    marked = " ".join(doc[i].text for i in sorted(furniture_tokens(doc)))
    assert "Boats leave the port" in marked
    assert "Latest Headlines" in marked
    assert "pact was signed" not in marked
    assert doc._.article["title"] == "Harbour pact signed"
    assert doc._.article["dateline"]["place"] == "PORTO"


def test_sentences_end_where_the_page_ends_them() -> None:
    doc = pipeline()(TEXT)
    sentences = [sent.text.strip() for sent in doc.sents]
    assert "Harbour pact signed" in sentences
    assert "PORTO, March 4 (UPI) --" in sentences
    assert "The pact was signed on Monday" in sentences
    assert "Fishermen were pleased" in sentences


def test_what_the_article_says_wins() -> None:
    nlp = pipeline()
    doc = nlp.make_doc(TEXT)
    start = TEXT.index("Fishermen")
    set_article(doc, Article(TEXT, title="Another title", furniture=[(start, start + 22)]))
    doc = nlp(doc)
    assert [span.text for span in doc.spans["furniture"]] == ["Fishermen were pleased"]
    assert doc._.article["title"] == "Another title"


def test_a_blank_doc_is_left_alone() -> None:
    for text in ("", " ", "\n\n"):
        doc = pipeline()(text)
        assert len(furniture_tokens(doc)) == 0
        assert doc._.article is None


def test_a_parse_that_is_there_already_is_left_as_it_is() -> None:
    words = ["We", "sail", "\n\n", "now"]
    doc = Doc(spacy.blank("en").vocab, words=words, heads=[1, 1, 1, 1], deps=["nsubj", "ROOT", "dep", "advmod"])
    doc = Layout()(doc)
    assert len(list(doc.sents)) == 1
    assert doc._.article["id"]


def test_layout_survives_docbin() -> None:
    nlp = pipeline()
    box = DocBin(store_user_data=True, docs=[nlp(TEXT)])
    [doc] = DocBin().from_bytes(box.to_bytes()).get_docs(nlp.vocab)
    assert isinstance(doc, Doc)
    assert doc._.article["title"] == "Harbour pact signed"
    assert len(furniture_tokens(doc)) > 0


def test_words_without_an_end_are_cut_to_sentences_that_can_be_read() -> None:
    doc = pipeline()("he said that she said that " * 900)
    borders = [0, *(token.i for token in doc if token.is_sent_start and token.i), len(doc)]
    lengths = [end - start for start, end in itertools.pairwise(borders)]
    assert max(lengths) <= LONGEST_SENTENCE < len(doc)
    assert min(lengths[:-1]) > LONGEST_SENTENCE // 2


def test_a_long_paragraph_is_cut_at_the_end_of_a_line_or_sentence_if_there_is_one() -> None:
    for sentence in ("She met the crew, and they sailed on .\n", "She met the crew, and they sailed on . "):
        doc = pipeline()(sentence * 120)
        starts = [token.text for token in doc if token.is_sent_start and token.i]
        assert starts
        assert set(starts) == {"She"}
