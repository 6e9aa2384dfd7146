"""Remarks that say whose a sentence is."""

from test_settle import settled

VIEW = """
    In in IN ADP case 4
    Lee Lee NNP PROPN nmod:poss 4
    's 's POS PART case 2
    view view NN NOUN obl 7
    , , , PUNCT punct 4
    it it PRP PRON nsubj 7
    rained rain VBD VERB ROOT 0
    . . . PUNCT punct 7
"""

AGENCY = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    it it PRP PRON nsubj 4
    rained rain VBD VERB ccomp 2
    , , , PUNCT punct 8
    the the DT DET det 7
    agency agency NN NOUN nsubj 8
    reported report VBD VERB parataxis 2
    on on IN ADP case 10
    Friday Friday NNP PROPN obl 8
    . . . PUNCT punct 2
"""

QUOTED_AS = """
    It it PRP PRON nsubj 2
    quoted quote VBD VERB ROOT 0
    Lee Lee NNP PROPN obj 2
    as as IN SCONJ mark 5
    saying say VBG VERB advcl 2
    it it PRP PRON nsubj 7
    rained rain VBD VERB ccomp 5
    . . . PUNCT punct 2
"""

NO_ANSWER = """
    Lee Lee NNP PROPN nsubj 4
    did do VBD AUX aux 4
    not not RB PART advmod 4
    respond respond VB VERB ROOT 0
    to to IN ADP case 7
    a a DT DET det 7
    request request NN NOUN obl 4
    . . . PUNCT punct 4
"""

ACCORDING = """
    According accord VBG VERB case 3
    to to IN ADP fixed 1
    Lee Lee NNP PROPN obl 6
    , , , PUNCT punct 3
    it it PRP PRON nsubj 6
    rained rain VBD VERB ROOT 0
    . . . PUNCT punct 6
"""


def test_a_sentence_in_somebodys_view_is_theirs():
    assert settled(VIEW) == [("Lee", "In view", "it rained")]


def test_who_reports_it_in_a_remark_is_a_relay_and_no_words_of_the_speaker():
    said, relayed = settled(AGENCY, ([1], [2], [3, 4, 5, 6, 7, 8, 9, 10]))
    assert said == ("Lee", "said", "it rained")
    assert relayed == ("the agency", "reported", "Lee said it rained")


def test_who_is_quoted_as_saying_it_says_it():
    quoted, said = settled(QUOTED_AS, ([1], [2], [6, 7]), ([1], [5], [6, 7]))
    assert said == ("Lee", "saying", "it rained")
    assert quoted[0] == "It"
    assert quoted[2].endswith("saying it rained")


def test_no_answer_is_no_quote():
    assert settled(NO_ANSWER, ([1], [2, 3, 4], [6, 7])) == []


NOTHING = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    nothing nothing NN PRON {}
    in in IN ADP case 5
    public public NN NOUN nmod 3
    . . . PUNCT punct 2
"""


def test_how_much_was_said_is_not_what():
    assert settled(NOTHING.format("obj 2"), ([1], [2], [3, 4, 5])) == []
    assert settled(NOTHING.format("obj 2"), ([1], [2], [4, 5])) == []
    assert len(settled(NOTHING.format("nsubj 5"), ([1], [2], [3, 4, 5]))) == 1  # said nothing was public


TOLD_AND_RELAYED = """
    Lee Lee NNP PROPN nsubj 2
    told tell VBD VERB ROOT 0
    us us PRP PRON obj 2
    that that IN SCONJ mark 7
    “ “ `` PUNCT punct 7
    rain rain NN NOUN nsubj 7
    fell fall VBD VERB ccomp 2
    , , , PUNCT punct 7
    ” ” '' PUNCT punct 7
    the the DT DET det 11
    agency agency NN NOUN nsubj 12
    reported report VBD VERB ccomp 2
    . . . PUNCT punct 2
"""


def test_a_relay_behind_a_closing_mark_is_none_of_the_speakers_words():
    said, relayed = settled(TOLD_AND_RELAYED, ([1], [2], [4, 5, 6, 7, 8, 9, 10, 11, 12]))
    assert said == ("Lee", "told", "that “ rain fell , ”")
    assert relayed == ("the agency", "reported", "Lee told us that “ rain fell , ”")


def test_according_to_is_one_cue():
    assert settled(ACCORDING, ([3], [1], [2, 5, 6])) == [("Lee", "According to", "it rained")]


PLAYED = """
    They they PRP PRON nsubj 2
    played play VBD VERB ROOT 0
    “ “ `` PUNCT punct 6
    The the DT DET det 6
    Long long NNP PROPN amod 6
    Road road NNP PROPN obj 2
    ” ” '' PUNCT punct 6
    . . . PUNCT punct 2
"""


def test_a_title_that_is_performed_is_no_quote():
    assert settled(PLAYED, ([1], [2], [3, 4, 5, 6, 7])) == []
    assert len(settled(PLAYED.replace("played play", "praised praise"), ([1], [2], [3, 4, 5, 6, 7]))) == 1


WHILE = """
    Lee Lee NNP PROPN nsubj 2
    hates hate VBZ VERB ROOT 0
    rain rain NN NOUN obj 2
    , , , PUNCT punct 7
    while while IN SCONJ mark 7
    Kim Kim NNP PROPN nsubj 7
    says say VBZ VERB advcl 2
    snow snow NN NOUN nsubj 9
    fell fall VBD VERB ccomp 7
    . . . PUNCT punct 2
"""


def test_what_another_says_before_is_not_said_again():
    hates, says = settled(WHILE, ([1], [2], [3]), ([6], [7], [1, 2, 3, 8, 9]))
    assert (hates[2], says[2]) == ("rain", "snow fell")


QUOTED_BY = """
    Lee Lee NNP PROPN nsubj:pass 3
    was be VBD AUX aux:pass 3
    quoted quote VBN VERB ROOT 0
    by by IN ADP case 5
    Reuters Reuters NNP PROPN obl:agent 3
    as as IN SCONJ mark 7
    saying say VBG VERB advcl 3
    it it PRP PRON nsubj 9
    rained rain VBD VERB ccomp 7
    . . . PUNCT punct 3
"""


def test_who_is_quoted_by_an_agency_as_saying_it_says_it():
    assert settled(QUOTED_BY, ([5], [3], [6, 7, 8, 9])) == [("Lee", "quoted as saying", "it rained")]


SAID_BEFORE = """
    It it PRP PRON nsubj 2
    rained rain VBD VERB ROOT 0
    , , , PUNCT punct 2
    Lee Lee NNP PROPN nsubj:pass 6
    was be VBD AUX aux:pass 6
    quoted quote VBN VERB parataxis 2
    as as IN SCONJ mark 8
    saying say VBG VERB advcl 6
    by by IN ADP case 10
    Reuters Reuters NNP PROPN obl 8
    . . . PUNCT punct 2
"""


def test_what_somebody_was_quoted_as_saying_may_stand_before():
    assert settled(SAID_BEFORE, ([4], [6], [9, 10])) == [("Lee", "quoted as saying", "It rained")]


CITED = """
    It it PRP PRON nsubj 2
    rained rain VBD VERB ROOT 0
    , , , PUNCT punct 2
    Reuters Reuters NNP PROPN nsubj 5
    cited cite VBD VERB parataxis 2
    Lee Lee NNP PROPN obj 5
    as as IN SCONJ mark 8
    saying say VBG VERB advcl 5
    . . . PUNCT punct 2
"""


def test_what_an_agency_cites_somebody_as_saying_may_stand_before():
    cited, said = settled(CITED, ([4], [5], [6, 7, 8]))
    assert said == ("Lee", "saying", "It rained")
    assert cited == ("Reuters", "cited", "It rained Lee as saying")


REPORTED = """
    He he PRP PRON nsubj 2
    promised promise VBD VERB ccomp 9
    to to TO PART mark 4
    help help VB VERB xcomp 2
    soon soon RB ADV advmod 4
    , , , PUNCT punct 2
    the the DT DET det 8
    agency agency NN NOUN nsubj 9
    reported report VBD VERB ROOT 0
    . . . PUNCT punct 9
"""


def test_a_remark_that_is_found_itself_is_taken_out_of_what_somebody_said():
    promised, reported = settled(REPORTED, ([1], [2], [3, 4, 5, 7]), ([7, 8], [9], [1, 2, 3, 4, 5]))
    assert promised == ("He", "promised", "to help soon")
    assert reported == ("the agency", "reported", "He promised to help soon")


SAID_WITHIN = """
    It it PRP PRON nsubj 2
    rained rain VBD VERB ROOT 0
    , , , PUNCT punct 2
    she she PRP PRON nsubj 5
    said say VBD VERB parataxis 2
    , , , PUNCT punct 9
    according accord VBG VERB case 9
    to to IN ADP fixed 7
    TASS TASS NNP PROPN obl 5
    . . . PUNCT punct 2
"""


def test_who_said_it_is_found_within_what_an_agency_relays():
    relayed, said = settled(SAID_WITHIN, ([9], [7, 8], [1, 2, 3, 4, 5]))
    assert said == ("she", "said", "It rained")
    assert relayed == ("TASS", "according to", "It rained , she said")


UNNAMED = """
    Lee Lee NNP PROPN nsubj 2
    asked ask VBD VERB ROOT 0
    not not RB PART advmod 6
    to to TO PART mark 6
    be be VB AUX aux:pass 6
    named name VBN VERB xcomp 2
    . . . PUNCT punct 2
"""


def test_to_ask_not_to_be_named_is_no_quote():
    assert settled(UNNAMED, ([1], [2], [3, 4, 5, 6])) == []
