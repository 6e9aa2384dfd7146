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


@pytest.mark.parametrize(
    ("table", "draft", "content"),
    [
        (PARTED, ([3], [4], [6, 7]), "Snow fell overnight"),
        (PARTED, ([3], [4], [1]), "Snow fell overnight"),
        (WEEKDAY, ([1], [2], [3, 4, 5, 6]), "that snow fell"),
        (GOES_ON, ([1], [2], [3, 4, 5, 6, 7]), "snow fell"),
        (CLOSED, ([1], [2], list(range(3, 10))), "“ no view . ”"),
    ],
    ids=["first part missing", "second part missing", "weekday", "goes on", "closed sentence"],
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
