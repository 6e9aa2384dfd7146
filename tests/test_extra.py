"""Further layers: how one is made, and what it needs to be shown. The layer of questions is one of them."""

import tomllib
from pathlib import Path

import pytest
import spacy
from made_up import with_question

from analystkit import Analysis, pipeline, tables
from analystkit.errors import SchemaError
from analystkit.layers.extra import layer, mark, shipped
from analystkit.layers.extra.questions import find
from analystkit.markup import highlight, layers_of
from analystkit.page import render_page
from tests.parses import parsed

ROOT = Path(__file__).parents[1]

DECLINED = """
    Clarion Clarion NNP PROPN nsubj 2
    declined decline VBD VERB ROOT 0
    to to TO PART mark 4
    say say VB VERB xcomp 2
    whether whether IN SCONJ mark 7
    it it PRP PRON nsubj 7
    sells sell VBZ VERB ccomp 4
    . . . PUNCT punct 2
"""
SILENT = """
    Moss Moss NNP PROPN nsubj 4
    did do VBD AUX aux 4
    not not RB PART advmod 4
    respond respond VB VERB ROOT 0
    to to IN ADP case 6
    questions question NNS NOUN obl 4
    . . . PUNCT punct 4
"""
UNCLEAR = """
    It it PRP PRON expl 3
    is be VBZ AUX cop 3
    unclear unclear JJ ADJ ROOT 0
    who who WP PRON nsubj 5
    pays pay VBZ VERB csubj 3
    . . . PUNCT punct 3
"""
ASKED = """
    Lind Lind NNP PROPN nsubj 2
    asked ask VBD VERB ROOT 0
    who who WP PRON nsubj 4
    pays pay VBZ VERB ccomp 2
    . . . PUNCT punct 2
"""
TOLD = """
    Lind Lind NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    who who WP PRON nsubj 4
    pays pay VBZ VERB ccomp 2
    . . . PUNCT punct 2
"""


@pytest.mark.parametrize(
    ("table", "label", "words", "who"),
    [
        (DECLINED, "unanswered", "whether it sells", "Clarion"),
        (SILENT, "unanswered", "did not respond to questions", "Moss"),
        (UNCLEAR, "open", "who pays", None),
        (ASKED, "reported", "who pays", "Lind"),
    ],
)
def test_questions_tell_what_is_asked_and_whose_they_are(table, label, words, who) -> None:
    doc = parsed(table)
    [found] = find(doc)
    assert (found["label"], found["text"]) == (label, words)
    assert (found["who"] and doc.text[slice(*found["who"])]) == who


def test_what_is_told_is_no_question() -> None:
    assert list(find(parsed(TOLD))) == []


def test_question_mark_within_a_quote_is_the_speakers() -> None:
    doc = spacy.blank("en")("“We wait. Who pays?” asked Lind.")
    doc._.quotes = [{"content": [[0, 20]], "source": [[27, 31]], "speaker": None}]
    [found] = find(doc)
    assert (found["text"], found["who"]) == ("Who pays?", [27, 31])


@pytest.fixture
def hedges():
    """A layer made where it is used, as in a notebook."""

    def find_hedges(doc):
        for token in doc:
            if token.lower_ == "perhaps":
                yield mark(token, label="word", why="a hedge", confidence=0.9, strength=2)

    return layer("hedges", find_hedges, one="hedge", about="words that leave a way out")


def test_a_layer_made_anywhere_is_a_component_and_its_marks_are_in_the_analysis(hedges) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("analystkit_layout")
    nlp.add_pipe("analystkit_dates")
    nlp.add_pipe("analystkit_hedges")
    analysis = pipeline.analyze("Perhaps, he said. It rained, perhaps.", nlp)
    assert [(one.id, one.text, one.label, one.who) for one in analysis.extra["hedges"]] == [
        ("hedges-1", "Perhaps", "word", None),
        ("hedges-2", "perhaps", "word", None),
    ]
    assert Analysis.from_dict(analysis.to_dict()) == analysis
    assert analysis.mark("hedges-2").start == 29
    table = tables.extra(analysis, "hedges")
    assert list(table["strength"]) == [2, 2]
    assert list(table["paragraph"]) == [1, 1]
    with pytest.raises(LookupError, match="further layers here: hedges"):
        tables.extra(analysis, "questions")


def test_furniture_holds_no_marks_of_further_layers(hedges) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("analystkit_layout")
    nlp.add_pipe("analystkit_dates")
    nlp.add_pipe("analystkit_hedges")
    text = "Perhaps it rains, perhaps."
    article = pipeline.Article(text, furniture=[(0, 17)])
    assert [one.start for one in pipeline.analyze(article, nlp).extra["hedges"]] == [18]


@pytest.fixture
def asked(sample):
    return with_question(sample, "praised", 1, label="<b>asked</b>", why="<i>")


def test_whose_a_mark_is_follows_the_entities(asked) -> None:
    [mark_] = Analysis.from_dict(asked).extra["questions"]
    assert mark_.who.id == "e1"
    asked["entities"][0]["mentions"].pop(1)
    assert Analysis.from_dict(asked).extra["questions"][0].who is None


def test_static_views_show_what_they_were_told_of_a_layer_and_escape_it(asked) -> None:
    assert layers_of(asked)[-1] == "questions"
    for shown in (highlight(asked), render_page(asked)):
        assert "&lt;b&gt;asked&lt;/b&gt;" in shown
        assert "<b>asked" not in shown.partition("<script")[0]
    assert "asked" not in highlight(asked, layers=("entities",))


def test_a_mark_outside_the_text_is_refused(asked) -> None:
    asked["extra"]["questions"]["marks"][0]["end"] = 10_000
    with pytest.raises(SchemaError, match="questions-1"):
        Analysis.from_dict(asked)


def test_every_shipped_layer_is_known_to_spacy_by_an_entry_point() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name in shipped():
        module = f"analystkit.layers.extra.{name.removeprefix('analystkit_')}:make_{name.removeprefix('analystkit_')}"
        assert project["entry-points"]["spacy_factories"].get(name) == module, f'add {name} = "{module}"'
