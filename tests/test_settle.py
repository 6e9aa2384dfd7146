"""What is settled after attributions have been found: sources, quotations in full, narration taken out."""

import pytest
from parses import parsed
from spacy.tokens import Doc, Span

from analystkit.layers import quotation
from analystkit.layers.quotes.attribution import Attribution, Quoted
from analystkit.layers.quotes.settle import settle
from analystkit.layers.roles import Syntax


def settled(table, *drafts):
    """The attributions as (source, cue, content) words; drafts are words' positions counted from 1."""
    doc = parsed(table)
    syntax = Syntax(doc)
    quoted = Quoted(syntax, quotation.pair(syntax.text))
    found = [
        Attribution([i - 1 for i in cue], [i - 1 for i in source], [i - 1 for i in content], 0.8, "draft")
        for source, cue, content in drafts
    ]
    made = settle(found, syntax, quoted)
    return [tuple(" ".join(doc[i].text for i in part) for part in (m.source, m.cue, m.content)) for m in made]


TOLD = """
    “ “ `` PUNCT punct 3
    Rain rain NN NOUN nsubj 3
    fell fall VBD VERB ccomp 8
    , , , PUNCT punct 3
    ” ” '' PUNCT punct 3
    Ann Ann NNP PROPN nsubj 8
    Lee Lee NNP PROPN flat 6
    said say VBD VERB ROOT 0
    on on IN ADP case 10
    Monday Monday NNP PROPN obl 8
    . . . PUNCT punct 8
"""


CLOSED = """
    Ships ship NNS NOUN nsubj 2
    sail sail VBP VERB ccomp 9
    , , , PUNCT punct 2
    her her PRP$ PRON nmod:poss 5
    owner owner NN NOUN obj 2
    , , , PUNCT punct 5
    Vik Vik NNP PROPN appos 5
    , , , PUNCT punct 5
    said say VBD VERB ROOT 0
    . . . PUNCT punct 9
"""


def test_who_closes_a_sentence_before_its_cue_has_said_it():
    assert settled(CLOSED, ([], [9], range(1, 9))) == [("her owner , Vik", "said", "Ships sail")]
    plain = CLOSED.replace("Vik Vik NNP PROPN appos 5", "left leave VBD VERB conj 2")
    assert settled(plain, ([], [9], range(1, 9)))[0][0] == "", "a clause is nobody"


LIST = """
    Tarn Tarn NNP PROPN nsubj:pass 6
    , , , PUNCT punct 3
    Vik Vik NNP PROPN conj 1
    are be VBP AUX aux:pass 6
    not not RB PART advmod 6
    hit hit VBN VERB ccomp 9
    , , , PUNCT punct 6
    Lee Lee NNP PROPN nsubj 9
    said say VBD VERB ROOT 0
    . . . PUNCT punct 9
"""


def test_a_clause_begins_with_the_first_of_those_it_is_about():
    assert settled(LIST, ([8], [9], range(3, 7))) == [("Lee", "said", "Tarn , Vik are not hit")]


def test_the_day_it_was_said_is_no_content():
    doc = parsed("""
        Lee Lee NNP PROPN nsubj 2
        said say VBD VERB ROOT 0
        on on IN ADP case 4
        Monday Monday NNP PROPN obl 2
        it it PRP PRON nsubj 6
        rained rain VBD VERB ccomp 2
        . . . PUNCT punct 2
    """)
    doc.set_ents([Span(doc, 3, 4, label="DATE")])
    syntax = Syntax(doc)
    item = Attribution([1], [0], [3, 4, 5], 0.8, "draft")
    (made,) = settle([item], syntax, Quoted(syntax, quotation.pair(syntax.text)))
    assert [doc[i].text for i in made.content] == ["it", "rained"]


def test_words_of_the_source_are_no_content():
    assert settled(CLOSED, ([5, 6, 7], [9], range(1, 6))) == [("her owner , Vik", "said", "Ships sail")]


def test_missing_source_is_the_subject():
    assert settled(TOLD, ([], [8], range(1, 6)))[0][0] == "Ann Lee"


def test_quotation_is_taken_in_full_where_its_cue_touches_it():
    assert settled(TOLD, ([6, 7], [8], [3]))[0][2] == "“ Rain fell , ”"


def test_quotation_that_nobody_claims_goes_to_the_clause_behind_it():
    assert settled(TOLD) == [("Ann Lee", "said", "“ Rain fell , ”")]


ADDRESSEE = """
    Lee Lee NNP PROPN nsubj 2
    told tell VBD VERB ROOT 0
    the the DT DET det 4
    Echo Echo NNP PROPN obj 2
    , , , PUNCT punct 2
    “ “ `` PUNCT punct 9
    It it PRP PRON nsubj 9
    never never RB ADV advmod 9
    rains rain VBZ VERB ccomp 2
    . . . PUNCT punct 9
    ” ” '' PUNCT punct 9
"""


def test_addressee_is_no_part_of_direct_speech():
    assert settled(ADDRESSEE, ([1], [2], range(3, 12))) == [("Lee", "told", "“ It never rains . ”")]


RELAYED = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    rain rain NN NOUN nsubj 4
    fell fall VBD VERB ccomp 2
    , , , PUNCT punct 8
    according according VBG VERB case 8
    to to IN ADP fixed 6
    TASS TASS NNP PROPN obl 2
    . . . PUNCT punct 2
"""


def test_according_to_is_no_part_of_what_was_said():
    made = settled(RELAYED, ([1], [2], [3, 4, 5, 6, 7, 8]), ([8], [6, 7], [1, 2, 3, 4]))
    assert made[0][2] == "rain fell"


GOES_ON = """
    “ “ `` PUNCT punct 3
    Rain rain NN NOUN nsubj 3
    fell fall VBD VERB ccomp 7
    , , , PUNCT punct 3
    ” ” '' PUNCT punct 3
    Lee Lee NNP PROPN nsubj 7
    said say VBD VERB ROOT 0
    , , , PUNCT punct 7
    noting note VBG VERB advcl 7
    the the DT DET det 11
    cold cold NN NOUN obj 9
    . . . PUNCT punct 7
    “ “ `` PUNCT punct 15
    Snow snow NN NOUN nsubj 15
    fell fall VBD VERB ROOT 0
    too too RB ADV advmod 15
    . . . PUNCT punct 15
    ” ” '' PUNCT punct 15
"""


def test_next_quoted_sentence_goes_on_from_the_quotation_before_not_from_what_is_noted():
    said, noted = settled(GOES_ON, ([6], [7], range(1, 6)), ([6], [9], range(10, 19)))
    assert said[2] == "“ Rain fell , ” “ Snow fell too . ”"
    assert noted[2] == "the cold"


def test_two_claims_on_a_quotation_leave_it_to_the_nearer_cue():
    said, noted = settled(GOES_ON, ([6], [7], range(1, 6)), ([6], [9], [1, 2, 3, 4, 5, 10, 11]))
    assert said[2].startswith("“ Rain fell , ”")
    assert noted[2] == "the cold"


@pytest.mark.parametrize("table", [TOLD, ADDRESSEE, RELAYED, GOES_ON])
def test_settling_finds_nothing_where_there_is_nothing_quoted_or_all_is_right(table):
    once = settled(table)
    assert all(content for _, _, content in once)


EARLY = """
    They they PRP PRON nsubj 2
    left leave VBD VERB ROOT 0
    early early RB ADV advmod 2
    on on IN ADP case 5
    Friday Friday NNP PROPN obl 2
    , , , PUNCT punct 8
    Lee Lee NNP PROPN nsubj 8
    said say VBD VERB parataxis 2
    . . . PUNCT punct 2
"""


def test_content_in_front_of_its_cue_runs_to_the_comma():
    assert settled(EARLY, ([7], [8], [1, 2, 3])) == [("Lee", "said", "They left early on Friday")]


LATE = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    her her PRP$ PRON nmod:poss 4
    friends friend NNS NOUN nsubj 5
    left leave VBD VERB ccomp 2
    on on IN ADP case 7
    Friday Friday NNP PROPN obl 5
    . . . PUNCT punct 2
"""


def test_reported_content_does_not_end_within_a_phrase():
    assert settled(LATE, ([1], [2], [4, 5, 6])) == [("Lee", "said", "her friends left on Friday")]


SILENT = """
    Lee Lee NNP PROPN nsubj 2
    declined decline VBD VERB ROOT 0
    to to TO PART mark 4
    comment comment VB VERB xcomp 2
    . . . PUNCT punct 2
"""


def test_declining_to_comment_says_nothing():
    assert settled(SILENT, ([1], [2], [3, 4])) == []


FRONTED = """
    A a DT DET det 2
    walk walk NN NOUN nsubj 5
    in in IN ADP case 4
    rain rain NN NOUN nmod 2
    helps help VBZ VERB ccomp 8
    , , , PUNCT punct 8
    Lee Lee NNP PROPN nsubj 8
    said say VBD VERB ROOT 0
    . . . PUNCT punct 8
"""


def test_content_has_the_beginning_of_its_sentence():
    assert settled(FRONTED, ([7], [8], [4, 5])) == [("Lee", "said", "A walk in rain helps")]


def test_part_of_a_reported_clause_is_the_clause():
    assert settled(LATE, ([1], [2], [6, 7])) == [("Lee", "said", "her friends left on Friday")]


NODDED = """
    “ “ `` PUNCT punct 3
    Rain rain NN NOUN nsubj 3
    fell fall VBD VERB ccomp 7
    , , , PUNCT punct 3
    ” ” '' PUNCT punct 3
    Lee Lee NNP PROPN nsubj 7
    said say VBD VERB ROOT 0
    , , , PUNCT punct 7
    nodding nod VBG VERB advcl 7
    . . . PUNCT punct 7
    “ “ `` PUNCT punct 13
    Snow snow NN NOUN nsubj 13
    fell fall VBD VERB ROOT 0
    . . . PUNCT punct 13
    ” ” '' PUNCT punct 13
"""


def test_quoted_sentence_that_nobody_claims_goes_on_from_the_one_before():
    assert settled(NODDED, ([6], [7], range(1, 6))) == [("Lee", "said", "“ Rain fell , ” “ Snow fell . ”")]


FROM_REPORT = """
    From from IN ADP case 3
    the the DT DET det 3
    report report NN NOUN ROOT 0
    : : : PUNCT punct 3
    “ “ `` PUNCT punct 7
    It it PRP PRON nsubj 7
    rained rain VBD VERB parataxis 3
    all all DT DET det 9
    day day NN NOUN obl:unmarked 7
    . . . PUNCT punct 7
    ” ” '' PUNCT punct 7
"""


def test_words_from_a_report_are_the_reports():
    assert settled(FROM_REPORT) == [("the report", ":", "“ It rained all day . ”")]


LATE_SHOW = """
    On on IN ADP case 5
    “ “ `` PUNCT punct 5
    The the DT DET det 5
    Late late NNP PROPN amod 5
    Show show NNP PROPN obl 9
    , , , PUNCT punct 5
    ” ” '' PUNCT punct 5
    he he PRP PRON nsubj 9
    said say VBD VERB ROOT 0
    , , , PUNCT punct 9
    “ “ `` PUNCT punct 14
    It it PRP PRON nsubj 14
    never never RB ADV advmod 14
    rains rain VBZ VERB ccomp 9
    . . . PUNCT punct 14
    ” ” '' PUNCT punct 14
"""


def test_title_before_direct_speech_is_told():
    (said, *_) = settled(LATE_SHOW, ([8], [9], [2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15, 16]))
    assert said[2] == "“ It never rains . ”"


BEHIND = """
    “ “ `` PUNCT punct 3
    No no DT DET det 3
    rain rain NN NOUN nsubj 6
    ” ” '' PUNCT punct 3
    , , , PUNCT punct 6
    read read VBD VERB ROOT 0
    a a DT DET det 9
    red red JJ ADJ amod 9
    banner banner NN NOUN obj 6
    there there RB ADV advmod 6
    . . . PUNCT punct 6
"""


def test_who_stands_behind_the_cue_behind_quoted_words_says_them_however_parsed():
    assert settled(BEHIND, ([3], [6], [7, 8, 9])) == [("a red banner", "read", "“ No rain ”")]
    assert settled(BEHIND, ([9], [6], [1, 2, 3, 4, 7, 8])) == [("a red banner", "read", "“ No rain ”")]


TIRED = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    he he PRP PRON nsubj 6
    was be VBD AUX cop 6
    “ “ `` PUNCT punct 6
    tired tired JJ ADJ ccomp 2
    but but CC CCONJ cc 8
    happy happy JJ ADJ conj 6
    ” ” '' PUNCT punct 6
    . . . PUNCT punct 2
"""


def test_marks_belong_to_a_quotation_that_is_taken_in_full_by_the_grammar():
    assert settled(TIRED, ([1], [2], [3, 4, 6])) == [("Lee", "said", "he was “ tired but happy ”")]


LOST_MARK = """
    “ “ `` PUNCT punct 3
    Rain rain NN NOUN nsubj 3
    stopped stop VBD VERB ccomp 6
    , , , PUNCT punct 3
    Lee Lee NNP PROPN nsubj 6
    said say VBD VERB ROOT 0
    . . . PUNCT punct 6
    “ “ `` PUNCT punct 10
    Snow snow NN NOUN nsubj 10
    fell fall VBD VERB ROOT 0
    . . . PUNCT punct 10
    ” ” '' PUNCT punct 10
"""


def test_quotation_that_lost_its_closing_mark_ends_before_who_said_it():
    assert settled(LOST_MARK, ([5], [6], [1, 2, 3, 4]))[0] == ("Lee", "said", "“ Rain stopped , “ Snow fell . ”")


ASIDE = """
    One one CD NUM nummod 2
    driver driver NN NOUN nsubj 9
    , , , PUNCT punct 5
    who who WP PRON nsubj 5
    asked ask VBD VERB acl:relcl 2
    to to TO PART mark 7
    leave leave VB VERB xcomp 5
    , , , PUNCT punct 5
    said say VBD VERB ROOT 0
    it it PRP PRON nsubj 11
    rained rain VBD VERB ccomp 9
    . . . PUNCT punct 9
"""


def test_source_does_not_stop_within_its_relative_clause():
    assert settled(ASIDE, ([1, 2, 3, 4, 5], [9], [10, 11])) == [("One driver", "said", "it rained")]


TRADE = """
    “ “ `` PUNCT punct 3
    Never never RB ADV advmod 4
    any any DT DET det 4
    rain rain NN NOUN ccomp 12
    , , , PUNCT punct 4
    ” ” '' PUNCT punct 4
    Lee Lee NNP PROPN nsubj 12
    , , , PUNCT punct 7
    by by IN ADP case 10
    trade trade NN NOUN nmod 7
    , , , PUNCT punct 7
    said say VBD VERB ROOT 0
    when when WRB ADV advmod 14
    asked ask VBN VERB advcl 12
    about about IN ADP case 16
    it it PRP PRON obl 14
    . . . PUNCT punct 12
"""


def test_what_is_told_around_who_said_it_is_no_direct_speech():
    between = ([7], [12], [1, 2, 3, 4, 5, 6, 9, 10])
    behind = ([7], [12], [1, 2, 3, 4, 5, 6, 14, 15, 16])
    for draft in (between, behind):
        assert settled(TRADE, draft) == [("Lee", "said", "“ Never any rain , ”")]


TITLED = """
    “ “ `` PUNCT punct 4
    Never never RB ADV advmod 4
    any any DT DET det 4
    rain rain NN NOUN ccomp 8
    , , , PUNCT punct 4
    ” ” '' PUNCT punct 4
    Lee Lee NNP PROPN nsubj 8
    told tell VBD VERB ROOT 0
    “ “ `` PUNCT punct 11
    Late late NNP PROPN compound 11
    Talk talk NNP PROPN obj 8
    ” ” '' PUNCT punct 11
    . . . PUNCT punct 8
"""


def test_title_of_where_it_was_said_is_none_of_the_words():
    assert settled(TITLED, ([7], [8], [1, 2, 3, 4, 5, 6, 9, 10, 11, 12])) == [("Lee", "told", "“ Never any rain , ”")]


def test_who_hears_it_is_not_the_speaker():
    assert settled(TITLED, ([10, 11], [8], [1, 2, 3, 4, 5, 6])) == [("Lee", "told", "“ Never any rain , ”")]


CALLED = """
    Lee Lee NNP PROPN nsubj 2
    called call VBD VERB ROOT 0
    it it PRP PRON obj 2
    “ “ `` PUNCT punct 6
    a a DT DET det 6
    joke joke NN NOUN xcomp 2
    ” ” '' PUNCT punct 6
    and and CC CCONJ cc 9
    warned warn VBD VERB conj 2
    them they PRP PRON obj 9
    . . . PUNCT punct 2
"""


def test_quoted_words_before_a_joined_verb_belong_to_the_first_verb():
    called, warned = settled(CALLED, ([1], [2], [3]), ([1], [9], [4, 5, 6, 7, 10]))
    assert (called[2], warned[2]) == ("it “ a joke ”", "them")


ORDERED = """
    Lee Lee NNP PROPN nsubj 2
    ordered order VBD VERB ROOT 0
    that that IN SCONJ obj 2
    the the DT DET det 5
    books book NNS NOUN fixed 3
    , , , PUNCT punct 2
    in in IN ADP case 8
    all all DT DET obl 11
    , , , PUNCT punct 2
    be be VB AUX aux:pass 11
    sold sell VBN VERB advcl 2
    . . . PUNCT punct 2
"""


def test_that_clause_does_not_stop_before_its_verb():
    assert settled(ORDERED, ([1], [2], [3, 4, 5])) == [("Lee", "ordered", "that the books , in all , be sold")]


PROPOSED = """
    Lee Lee NNP PROPN nsubj 2
    proposed propose VBD VERB ROOT 0
    paying pay VBG VERB xcomp 2
    for for IN ADP case 6
    the the DT DET det 6
    road road NN NOUN obl 3
    . . . PUNCT punct 2
"""


def test_what_is_proposed_is_taken_with_its_verb():
    assert settled(PROPOSED, ([1], [2], [5, 6])) == [("Lee", "proposed", "paying for the road")]


HYPHEN = """
    Smith Smith NNP PROPN nsubj 4
    - - HYPH PUNCT punct 1
    Jones Jones NNP PROPN flat 1
    said say VBD VERB ROOT 0
    it it PRP PRON nsubj 6
    rained rain VBD VERB ccomp 4
    . . . PUNCT punct 4
"""


def test_name_with_a_hyphen_is_one_source():
    made = parsed(HYPHEN)
    heads = [token.head.i for token in made]
    columns = {name: [getattr(token, f"{name[:-1]}_") for token in made] for name in ("lemmas", "tags", "deps")}
    spaces = [False, False, True, True, True, False, False]
    doc = Doc(made.vocab, [t.text for t in made], spaces, pos=[t.pos_ for t in made], heads=heads, **columns)
    syntax = Syntax(doc)
    item = Attribution([3], [2], [4, 5], 0.8, "draft")
    settle([item], syntax, Quoted(syntax, quotation.pair(syntax.text)))
    assert item.source == [0, 1, 2]


DOUBTS = """
    “ “ `` PUNCT punct 4
    Never never RB ADV advmod 4
    any any DT DET det 4
    rain rain NN NOUN ROOT 0
    . . . PUNCT punct 4
    ” ” '' PUNCT punct 4
    She she PRP PRON nsubj 8
    doubts doubt VBZ VERB ROOT 0
    it it PRP PRON nsubj 10
    stops stop VBZ VERB ccomp 8
    . . . PUNCT punct 8
"""


def test_clause_behind_a_quoted_sentence_is_no_remark_on_it():
    assert settled(DOUBTS, ([7], [8], [1, 2, 3, 4, 5, 6, 9, 10]))[0][2].endswith("it stops")


NICKNAME = """
    Ann Ann NNP PROPN nsubj 6
    “ “ `` PUNCT punct 3
    Mags Mags NNP PROPN flat 1
    ” ” '' PUNCT punct 3
    Lee Lee NNP PROPN flat 1
    said say VBD VERB ROOT 0
    it it PRP PRON nsubj 8
    rained rain VBD VERB ccomp 6
    . . . PUNCT punct 6
"""


def test_nickname_in_marks_stays_in_its_source_and_quoted_words_behind_do_not():
    assert settled(NICKNAME, ([1, 2, 3, 4, 5], [6], [7, 8]))[0][0] == "Ann “ Mags ” Lee"
    assert settled(NICKNAME, ([1, 2, 3], [6], [7, 8]))[0][0] == "Ann"
