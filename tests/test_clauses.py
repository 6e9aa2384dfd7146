"""What belongs to the clause of a cue and what is content: subjects, infinitives, objects, asides, other speakers."""

import pytest
from parses import parsed
from spacy.tokens import Span
from test_settle import settled

from analystkit.layers import quotation
from analystkit.layers.quotes.attribution import Attribution, Quoted, trim
from analystkit.layers.quotes.settle import settle
from analystkit.layers.roles import Syntax

OWN_SUBJECT = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    he he PRP PRON nsubj 5
    had have VBD AUX aux 5
    left leave VBN VERB ccomp 2
    early early RB ADV advmod 5
    . . . PUNCT punct 2
"""

INFINITIVE = """
    Lee Lee NNP PROPN nsubj 2
    plans plan VBZ VERB ROOT 0
    to to TO PART mark 4
    submit submit VB VERB acl 2
    a a DT DET det 6
    proposal proposal NN NOUN obj 4
    . . . PUNCT punct 2
"""

DENIES = """
    Lee Lee NNP PROPN nsubj 2
    continued continue VBD VERB ROOT 0
    to to TO PART mark 4
    deny deny VB VERB xcomp 2
    the the DT DET det 6
    charge charge NN NOUN obj 4
    . . . PUNCT punct 2
"""

ABOUT = """
    Lee Lee NNP PROPN nsubj 2
    accused accuse VBD VERB ROOT 0
    the the DT DET det 4
    mayor mayor NN NOUN obj 2
    of of IN ADP mark 7
    “ “ `` PUNCT punct 7
    lying lie VBG VERB acl 4
    ” ” '' PUNCT punct 7
    . . . PUNCT punct 2
"""

ISSUE = """
    Lee Lee NNP PROPN nsubj 2
    took take VBD VERB ROOT 0
    issue issue NN NOUN obj 2
    with with IN ADP case 6
    the the DT DET det 6
    plan plan NN NOUN obl 2
    . . . PUNCT punct 2
"""


@pytest.mark.parametrize(
    ("table", "draft", "cue", "content"),
    [
        (OWN_SUBJECT, ([1], [2], [4, 5, 6]), "said", "he had left early"),
        (INFINITIVE, ([1], [2], [5, 6]), "plans", "to submit a proposal"),
        (DENIES, ([1], [2], [5, 6]), "continued to deny", "the charge"),
        (ABOUT, ([1], [2], [5, 6, 7, 8]), "accused", "the mayor of “ lying ”"),
        (ISSUE, ([1], [2], [5, 6]), "took issue with", "the plan"),
    ],
)
def test_what_stands_between_a_cue_and_its_content_belongs_to_either(table, draft, cue, content):
    assert settled(table, draft) == [("Lee", cue, content)]


SEMICOLON = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    it it PRP PRON nsubj 5
    had have VBD AUX aux 5
    rained rain VBN VERB ccomp 2
    ; ; : PUNCT punct 8
    Kim Kim NNP PROPN nsubj 8
    promised promise VBD VERB parataxis 2
    that that IN SCONJ mark 12
    it it PRP PRON nsubj 12
    would would MD AUX aux 12
    stop stop VB VERB ccomp 8
    . . . PUNCT punct 2
"""

THREATENED = """
    Lee Lee NNP PROPN nsubj 2
    called call VBD VERB ROOT 0
    the the DT DET det 4
    plan plan NN NOUN obj 2
    “ “ `` PUNCT punct 7
    a a DT DET det 7
    joke joke NN NOUN xcomp 2
    ” ” '' PUNCT punct 7
    and and CC CCONJ cc 10
    threatened threaten VBD VERB conj 2
    to to TO PART mark 12
    leave leave VB VERB xcomp 10
    . . . PUNCT punct 2
"""


@pytest.mark.parametrize(
    ("table", "content"), [(SEMICOLON, "it had rained"), (THREATENED, "the plan “ a joke ”")], ids=["other", "same"]
)
def test_what_somebody_goes_on_to_do_beside_the_cue_is_no_content(table, content):
    assert settled(table, ([1], [2], range(3, 13)))[0][2] == content


WHILE = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    it it PRP PRON nsubj 4
    rained rain VBD VERB ccomp 2
    while while IN SCONJ mark 7
    Kim Kim NNP PROPN nsubj 7
    said say VBD VERB advcl 2
    it it PRP PRON nsubj 9
    snowed snow VBD VERB ccomp 7
    . . . PUNCT punct 2
"""


def test_another_speaker_behind_while_is_not_reported():
    found = settled(WHILE, ([1], [2], range(3, 10)), ([6], [7], [8, 9]))
    assert found == [("Lee", "said", "it rained"), ("Kim", "said", "it snowed")]


JOINS = """
    Lee Lee NNP PROPN nsubj 2
    insisted insist VBD VERB ROOT 0
    that that IN SCONJ mark 8
    the the DT DET det 5
    plan plan NN NOUN nsubj 8
    was be VBD AUX cop 8
    “ “ `` PUNCT punct 8
    dead dead JJ ADJ ccomp 2
    ” ” '' PUNCT punct 8
    , , , PUNCT punct 12
    and and CC CCONJ cc 12
    claimed claim VBD VERB conj 8
    he he PRP PRON nsubj 14
    knew know VBD VERB ccomp 12
    it it PRP PRON obj 14
    . . . PUNCT punct 2
"""


def test_quotation_before_and_claimed_belongs_to_the_verb_before():
    found = settled(JOINS, ([1], [2], range(3, 10)), ([1], [12], [7, 8, 9, 13, 14, 15]))
    assert found == [("Lee", "insisted", "that the plan was “ dead ”"), ("Lee", "claimed", "he knew it")]


LAST_MONTH = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    last last JJ ADJ amod 4
    month month NN NOUN obl:unmarked 2
    it it PRP PRON nsubj 7
    would would MD AUX aux 7
    rain rain VB VERB ccomp 2
    . . . PUNCT punct 2
"""


def test_when_it_was_said_is_no_content_also_in_two_words():
    doc = parsed(LAST_MONTH)
    doc.set_ents([Span(doc, 2, 4, label="DATE")])
    syntax = Syntax(doc)
    quoted = Quoted(syntax, quotation.pair(syntax.text))
    (found,) = settle([Attribution([1], [0], [2, 3, 4, 5, 6], 0.8, "draft")], syntax, quoted)
    assert found.content == [4, 5, 6]


CITING = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    , , , PUNCT punct 5
    without without IN SCONJ mark 5
    naming name VBG VERB advcl 10
    anybody anybody NN PRON obj 5
    , , , PUNCT punct 10
    that that IN SCONJ mark 10
    it it PRP PRON nsubj 10
    rained rain VBD VERB ccomp 2
    . . . PUNCT punct 2
"""


def test_an_aside_between_said_and_that_is_no_content():
    assert settled(CITING, ([1], [2], range(5, 11)))[0][2] == "that it rained"


COURT = """
    The the DT DET det 2
    mayor mayor NN NOUN nsubj 3
    took take VBD VERB ROOT 0
    money money NN NOUN obj 3
    , , , PUNCT punct 8
    a a DT DET det 7
    court court NN NOUN nsubj 8
    heard hear VBD VERB parataxis 3
    . . . PUNCT punct 3
"""


def test_a_court_that_hears_something_does_not_say_it():
    assert settled(COURT, ([6, 7], [8], [1, 2, 3, 4])) == [("", "heard", "The mayor took money")]


ACCORDING_COMMA = """
    According accord VBG VERB case 3
    to to IN ADP fixed 1
    Lee Lee NNP PROPN obl 8
    , , , PUNCT punct 3
    the the DT DET det 6
    rain rain NN NOUN nsubj 8
    has have VBZ AUX aux 8
    stopped stop VBN VERB ROOT 0
    . . . PUNCT punct 8
"""


def test_source_behind_according_to_ends_at_its_comma():
    found = settled(ACCORDING_COMMA, ([3, 4, 5, 6], [1, 2], [7, 8]))
    assert found == [("Lee", "According to", "the rain has stopped")]


REMARK = """
    The the DT DET det 2
    firm firm NN NOUN nsubj 4
    has have VBZ AUX aux 4
    asked ask VBN VERB ROOT 0
    for for IN ADP case 6
    help help NN NOUN obl 4
    , , , PUNCT punct 4
    Lee Lee NNP PROPN nsubj 9
    said say VBD VERB parataxis 4
    . . . PUNCT punct 9
"""


def test_a_remark_closes_the_whole_sentence():
    assert settled(REMARK, ([8], [9], [2])) == [("Lee", "said", "The firm has asked for help")]


SHOUTED = """
    LONDON LONDON NNP PROPN ROOT 0
    : : : PUNCT punct 1
    The the DT DET det 4
    mayor mayor NN NOUN nsubj 5
    blamed blame VBD VERB ROOT 0
    Lee Lee NNP PROPN obj 5
    . . . PUNCT punct 5
"""

RUBRIC = """
    Letters letter NNS NOUN ROOT 0
    : : : PUNCT punct 4
    Bus bus NN NOUN compound 4
    lanes lane NNS NOUN appos 1
    and and CC CCONJ cc 6
    eggs egg NNS NOUN conj 4
    . . . PUNCT punct 1
"""


@pytest.mark.parametrize("table", [SHOUTED, RUBRIC], ids=["place", "rubric"])
def test_place_or_rubric_before_a_colon_says_nothing(table):
    assert settled(table, ([1], [2], [3, 4, 5, 6])) == []


BULLET = """
    • • NFP PUNCT punct 3
    Rain Rain NNP PROPN nsubj 3
    fell fall VBD VERB ccomp 6
    , , , PUNCT punct 3
    Lee Lee NNP PROPN nsubj 6
    said say VBD VERB ROOT 0
    . . . PUNCT punct 6
"""


def test_bullet_of_a_list_is_trimmed():
    syntax = Syntax(parsed(BULLET))
    assert trim([0, 1, 2], syntax, Quoted(syntax, [])) == [1, 2]


HYPHEN = """
    It it PRP PRON nsubj 2
    rained rain VBD VERB ccomp 4
    , , , PUNCT punct 2
    said say VBD VERB ROOT 0
    Okafor Okafor NNP PROPN nsubj 4
    - - HYPH PUNCT punct 5
    Lamb Lamb NNP PROPN nsubj 4
    . . . PUNCT punct 4
"""


def test_surname_of_two_parts_is_the_source_in_full():
    assert settled(HYPHEN, ([5], [4], [1, 2])) == [("Okafor - Lamb", "said", "It rained")]
