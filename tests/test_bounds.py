"""Where reported words begin and end, and what the speaker goes on to do."""

import pytest
from test_settle import settled

PARTED = """
    Snow snow NN NOUN nsubj 6
    , , , PUNCT punct 4
    he he PRP PRON nsubj 4
    said say VBD VERB parataxis 6
    , , , PUNCT punct 4
    fell fall VBD VERB ROOT 0
    overnight overnight RB ADV advmod 6
    . . . PUNCT punct 6
"""

WEEKDAY = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    Wednesday Wednesday NNP PROPN obl 2
    that that IN SCONJ mark 6
    snow snow NN NOUN nsubj 6
    fell fall VBD VERB ccomp 2
    . . . PUNCT punct 2
"""

GOES_ON = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    snow snow NN NOUN nsubj 4
    fell fall VBD VERB ccomp 2
    , , , PUNCT punct 6
    citing cite VBG VERB advcl 4
    lists list NNS NOUN obj 6
    . . . PUNCT punct 2
"""

COORDINATED = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    it it PRP PRON nsubj 5
    would would MD AUX aux 5
    pay pay VB VERB ccomp 2
    and and CC CCONJ cc 7
    praised praise VBD VERB conj 5
    Kim Kim NNP PROPN obj 7
    . . . PUNCT punct 2
"""

CLOSED = """
    She she PRP PRON nsubj 2
    had have VBD VERB ROOT 0
    “ “ `` PUNCT punct 5
    no no DT DET det 5
    view view NN NOUN obj 2
    . . . PUNCT punct 5
    ” ” '' PUNCT punct 5
    Lee Lee NNP PROPN nsubj 9
    left leave VBD VERB conj 2
    . . . PUNCT punct 9
"""

IN_SHORT = """
    In in IN ADP case 2
    short short JJ ADJ obl 5
    , , , PUNCT punct 2
    he he PRP PRON nsubj 5
    said say VBD VERB ROOT 0
    , , , PUNCT punct 5
    “ “ `` PUNCT punct 9
    it it PRP PRON nsubj 9
    rains rain VBZ VERB ccomp 5
    . . . PUNCT punct 9
    ” ” '' PUNCT punct 9
"""

TAIL = """
    “ “ `` PUNCT punct 3
    No no DT DET det 3
    rain rain NN NOUN dep 9
    ” ” '' PUNCT punct 3
    on on IN ADP case 6
    Monday Monday NNP PROPN nmod 3
    , , , PUNCT punct 9
    he he PRP PRON nsubj 9
    said say VBD VERB ROOT 0
    . . . PUNCT punct 9
"""

LEAD_IN = """
    The the DT DET det 2
    rain rain NN NOUN nsubj 5
    “ “ `` PUNCT punct 5
    will will MD AUX aux 5
    stop stop VB VERB ccomp 9
    , , , PUNCT punct 5
    ” ” '' PUNCT punct 5
    he he PRP PRON nsubj 9
    said say VBD VERB ROOT 0
    . . . PUNCT punct 9
"""

CALLED = """
    Lee Lee NNP PROPN nsubj 2
    called call VBD VERB ROOT 0
    the the DT DET det 4
    plan plan NN NOUN obj 2
    “ “ `` PUNCT punct 7
    a a DT DET det 7
    joke joke NN NOUN xcomp 2
    . . . PUNCT punct 7
    ” ” '' PUNCT punct 7
"""

WHICH = """
    Lee Lee NNP PROPN nsubj 2
    left leave VBD VERB ROOT 0
    the the DT DET det 4
    plan plan NN NOUN obj 2
    , , , PUNCT punct 8
    which which WDT PRON obj 8
    Kim Kim NNP PROPN nsubj 8
    called call VBD VERB acl:relcl 4
    “ “ `` PUNCT punct 10
    useless useless JJ ADJ xcomp 8
    . . . PUNCT punct 10
    ” ” '' PUNCT punct 10
"""

THAT = """
    Lee Lee NNP PROPN nsubj 2
    added add VBD VERB ROOT 0
    that that IN SCONJ mark 9
    after after IN ADP case 5
    taxes tax NNS NOUN obl 9
    , , , PUNCT punct 5
    “ “ `` PUNCT punct 9
    they they PRP PRON nsubj 9
    starve starve VBP VERB ccomp 2
    . . . PUNCT punct 9
    ” ” '' PUNCT punct 9
"""

FROM_START = """
    In in IN ADP case 2
    May May NNP PROPN obl 5
    , , , PUNCT punct 2
    it it PRP PRON nsubj 5
    rained rain VBD VERB ROOT 0
    , , , PUNCT punct 9
    according accord VBG VERB case 9
    to to IN ADP fixed 7
    Lee Lee NNP PROPN obl 5
    . . . PUNCT punct 5
"""

NARRATED = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    it it PRP PRON nsubj 4
    rained rain VBD VERB ccomp 2
    , , , PUNCT punct 7
    a a DT DET det 7
    claim claim NN NOUN appos 4
    Kim Kim NNP PROPN nsubj 9
    denied deny VBD VERB acl:relcl 7
    . . . PUNCT punct 2
"""

ASIDE = """
    While while IN SCONJ mark 3
    Lee Lee NNP PROPN nsubj 3
    said say VBD VERB advcl 8
    it it PRP PRON nsubj 5
    rained rain VBD VERB ccomp 3
    , , , PUNCT punct 3
    Kim Kim NNP PROPN nsubj 8
    left leave VBD VERB ROOT 0
    . . . PUNCT punct 8
"""


@pytest.mark.parametrize(
    ("table", "draft", "content"),
    [
        (PARTED, ([3], [4], [6, 7]), "Snow fell overnight"),
        (PARTED, ([3], [4], [1]), "Snow fell overnight"),
        (WEEKDAY, ([1], [2], [3, 4, 5, 6]), "that snow fell"),
        (GOES_ON, ([1], [2], [3, 4, 5, 6, 7]), "snow fell"),
        (CLOSED, ([1], [2], list(range(3, 10))), "“ no view . ”"),
        (IN_SHORT, ([4], [5], list(range(7, 12))), "In short “ it rains . ”"),
        (TAIL, ([8], [9], [1, 2, 3, 4]), "“ No rain ” on Monday"),
        (LEAD_IN, ([8], [9], [3, 4, 5, 6, 7]), "The rain “ will stop , ”"),
        (CALLED, ([1], [2], [5, 6, 7, 8, 9]), "the plan “ a joke . ”"),
        (WHICH, ([7], [8], [3, 4, 9, 10, 11, 12]), "which “ useless . ”"),
        (THAT, ([1], [2], [7, 8, 9, 10, 11]), "that after taxes , “ they starve . ”"),
        (FROM_START, ([9], [7, 8], [4, 5]), "In May , it rained"),
        (NARRATED, ([1], [2], list(range(3, 10))), "it rained"),
        (ASIDE, ([2], [3], [4, 5, 7, 8]), "it rained"),
    ],
    ids=[
        *("first part missing", "second part missing", "weekday", "goes on", "closed sentence", "goes on unparted"),
        *("ends behind marks", "begins before marks", "what is called", "relative", "that", "sentence", "narration"),
        "main clause",
    ],
)
def test_content_is_the_whole_clause_and_no_more(table, draft, content):
    ((_, _, found), *_) = settled(table, draft)
    assert found == content


def test_two_verbs_of_one_speaker_are_two_attributions_of_that_speaker():
    told, praised = settled(COORDINATED, ([1], [2], [3, 4, 5, 6, 7, 8]), ([], [7], [8]))
    assert told == ("Lee", "said", "it would pay")
    assert praised == ("Lee", "praised", "Kim")


COLON = """
    Lee Lee NNP PROPN nsubj 2
    smiled smile VBD VERB ROOT 0
    at at IN ADP case 4
    snow snow NN NOUN obl 2
    : : : PUNCT punct 2
    “ “ `` PUNCT punct 8
    It it PRP PRON nsubj 8
    fell fall VBD VERB parataxis 2
    . . . PUNCT punct 8
    ” ” '' PUNCT punct 8
"""


def test_what_a_colon_introduces_is_the_subjects():
    assert settled(COLON, ([4], [5], [6, 7, 8, 9, 10]))[0][0] == "Lee"


ADDING = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    no no DT DET det 4
    talk talk NN NOUN nsubj:pass 6
    was be VBD AUX aux:pass 6
    planned plan VBN VERB ccomp 2
    , , , PUNCT punct 8
    adding add VBG VERB advcl 6
    it it PRP PRON nsubj 10
    rained rain VBD VERB ccomp 8
    . . . PUNCT punct 2
"""


def test_who_adds_something_is_who_said_the_rest_and_not_whom_it_is_about():
    said, added = settled(ADDING, ([1], [2], [3, 4, 5, 6, 8, 9, 10]), ([3, 4], [8], [9, 10]))
    assert said == ("Lee", "said", "no talk was planned")
    assert added == ("Lee", "adding", "it rained")


ASIDE_FIRST = """
    Lee Lee NNP PROPN nsubj 2
    asserted assert VBD VERB ROOT 0
    that that IN SCONJ obj 2
    , , , PUNCT punct 5
    rain rain NN NOUN obl 8
    aside aside RB ADV advmod 5
    , , , PUNCT punct 5
    fell fall VBD VERB root 0
    often often RB ADV advmod 8
    . . . PUNCT punct 2
"""


def test_clause_begins_with_its_that_however_it_was_parsed():
    assert settled(ASIDE_FIRST, ([1], [2], [8, 9])) == [("Lee", "asserted", "that , rain aside , fell often")]


AS_NOTED = """
    As as IN SCONJ mark 3
    Lee Lee NNP PROPN nsubj 3
    noted note VBD VERB advcl 9
    in in IN ADP case 5
    May May NNP PROPN obl 3
    , , , PUNCT punct 3
    much much JJ ADJ amod 8
    rain rain NN NOUN nsubj 9
    fell fall VBD VERB ROOT 0
    . . . PUNCT punct 9
"""


def test_what_goes_with_as_somebody_noted_is_the_main_clause():
    assert settled(AS_NOTED, ([2], [3], [5, 9])) == [("Lee", "noted", "much rain fell")]


MEANWHILE = """
    Mayor mayor NN NOUN nsubj 2
    vows vow VBZ VERB ROOT 0
    to to TO PART mark 4
    stay stay VB VERB xcomp 2
    as as IN SCONJ mark 7
    protests protest NNS {} nsubj 7
    grow grow VBP VERB advcl 4{}
"""


def test_what_goes_on_meanwhile_is_told_by_a_headline_and_not_said():
    draft = ([1], [2], [3, 4, 5, 6, 7])
    assert settled(MEANWHILE.format("NOUN", ""), draft) == [("Mayor", "vows", "to stay")]
    assert settled(MEANWHILE.format("PRON", ""), draft) == [("Mayor", "vows", "to stay as protests grow")]
    sentence = MEANWHILE.format("NOUN", "\n    . . . PUNCT punct 2")
    assert settled(sentence, draft) == [("Mayor", "vows", "to stay as protests grow")]


AS_WARNED = """
    Troops troop NNS NOUN nsubj 2
    said say VBD VERB ROOT 0
    they they PRP PRON nsubj 4
    won win VBD VERB ccomp 2
    , , , PUNCT punct 8
    as as IN SCONJ mark 8
    agencies agency NNS NOUN nsubj 8
    warned warn VBD VERB advcl 4
    of of IN ADP case 10
    hunger hunger NN NOUN obl 8
    . . . PUNCT punct 2
"""


def test_what_others_say_meanwhile_is_none_of_it():
    drafts = ([1], [2], [3, 4, 5, 6, 7, 8, 9, 10]), ([7], [8], [9, 10])
    assert settled(AS_WARNED, *drafts) == [("Troops", "said", "they won"), ("agencies", "warned", "of hunger")]


BUT_OTHERS = """
    Rain rain NN NOUN nsubj 2
    fell fall VBD VERB ROOT 0
    , , , PUNCT punct 6
    according accord VBG VERB case 6
    to to IN ADP fixed 4
    Lee Lee NNP PROPN obl 2
    , , , PUNCT punct 10
    but but CC CCONJ cc 10
    Kim Kim NNP PROPN nsubj 10
    said say VBD VERB conj 2
    snow snow NN NOUN nsubj 12
    fell fall VBD VERB ccomp 10
    . . . PUNCT punct 2
"""


def test_what_others_say_behind_a_remark_is_none_of_it():
    drafts = ([6], [4, 5], [1, 2, 8, 9, 10, 11, 12]), ([9], [10], [11, 12])
    assert settled(BUT_OTHERS, *drafts) == [("Lee", "according to", "Rain fell"), ("Kim", "said", "snow fell")]


BEHIND_SEMICOLON = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    rain rain NN NOUN nsubj 4
    fell fall VBD VERB ccomp 2
    ; ; : PUNCT punct 7
    Kim Kim NNP PROPN nsubj 7
    rejected reject VBD VERB parataxis 4
    it it PRP PRON obj 7
    . . . PUNCT punct 2
"""


def test_who_does_something_with_words_behind_a_semicolon_is_no_part_of_what_was_said():
    said = ([1], [2], [3, 4, 5, 6, 7, 8])
    assert settled(BEHIND_SEMICOLON, said, ([6], [7], [8])) == [("Lee", "said", "rain fell"), ("Kim", "rejected", "it")]
    (alone,) = settled(BEHIND_SEMICOLON, said)
    assert alone == ("Lee", "said", "rain fell ; Kim rejected it")  # told by nobody else: Lee may have gone on
