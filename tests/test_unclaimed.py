"""Quotations that no attribution holds, or the wrong one, and the clause beside them that tells who said them."""

from parses import parsed
from spacy.tokens import Doc
from test_quotes import entity
from test_settle import settled

from analystkit.layers.quotation import pair
from analystkit.layers.quotes import Quotes
from analystkit.layers.quotes.attribution import Quoted
from analystkit.layers.quotes.settle import settle
from analystkit.layers.roles import Syntax

TAGGED = """
    “ “ `` PUNCT punct 4
    We we PRP PRON nsubj 4
    now now RB ADV advmod 4
    hope hope VBP VERB ccomp 11
    it it PRP PRON nsubj 6
    stops stop VBZ VERB ccomp 4
    , , , PUNCT punct 4
    ” ” '' PUNCT punct 4
    Ann Ann NNP PROPN nsubj 11
    Lee Lee NNP PROPN flat 9
    said say VBD VERB ROOT 0
    . . . PUNCT punct 11
"""


def test_what_is_relayed_within_a_quotation_does_not_claim_it():
    found = settled(TAGGED, ([2], [4], [5, 6]))
    assert found == [("We", "hope", "it stops"), ("Ann Lee", "said", "“ We now hope it stops , ”")]


ALONE = """
    It it PRP PRON nsubj 2
    rained rain VBD VERB ROOT 0
    . . . PUNCT punct 2
    “ “ `` PUNCT punct 7
    We we PRP PRON nsubj 7
    now now RB ADV advmod 7
    hope hope VBP VERB ROOT 0
    it it PRP PRON nsubj 9
    stops stop VBZ VERB ccomp 7
    . . . PUNCT punct 7
    ” ” '' PUNCT punct 7
"""


def test_quotation_without_a_cue_is_listed_though_something_is_relayed_within():
    doc = parsed(ALONE)
    doc._.entities = None
    contents = [[doc.text[a:b] for a, b in quote["content"]] for quote in Quotes("rules")(doc)._.quotes]
    assert ["“We now hope it stops.”"] in contents


AFAR = """
    “ “ `` PUNCT punct 4
    No no DT DET det 3
    rain rain NN NOUN nsubj 4
    came come VBD VERB ccomp 8
    , , , PUNCT punct 4
    ” ” '' PUNCT punct 4
    it it PRP PRON nsubj 8
    read read VBD VERB ROOT 0
    . . . PUNCT punct 8

    “ “ `` PUNCT punct 12
    All all RB ADV advmod 12
    gone go VBN VERB ccomp 16
    ! ! . PUNCT punct 12
    ” ” '' PUNCT punct 12
    Lee Lee NNP PROPN nsubj 16
    shouted shout VBD VERB ROOT 0
    . . . PUNCT punct 16
"""


def test_quotation_goes_to_the_clause_tagged_on_to_it_and_not_to_a_cue_far_off():
    assert settled(AFAR, ([7], [8], [1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14])) == [
        ("it", "read", "“ No rain came , ”"),
        ("Lee", "shouted", "“ All gone ! ”"),
    ]


def test_question_before_a_sentence_of_its_own_stays_with_who_asked_it():
    asked = AFAR.replace("! !", "? ?").replace(
        ". . . PUNCT punct 16", "them they PRP PRON obj 16\n. . . PUNCT punct 16"
    )
    assert settled(asked, ([7], [8], [1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14])) == [
        ("it", "read", "“ No rain came , ” \n\n “ All gone ? ”")
    ]


TWO_PARTS = """
    “ “ `` PUNCT punct 3
    Rain rain NN NOUN nsubj 3
    fell fall VBD VERB ccomp 7
    , , , PUNCT punct 3
    ” ” '' PUNCT punct 3
    Lee Lee NNP PROPN nsubj 7
    said say VBD VERB ROOT 0
    in in IN ADP case 10
    a a DT DET det 10
    talk talk NN NOUN obl 7
    , , , PUNCT punct 15
    “ “ `` PUNCT punct 15
    and and CC CCONJ cc 15
    snow snow NN NOUN nsubj 15
    melted melt VBD VERB conj 7
    . . . PUNCT punct 7
    ” ” '' PUNCT punct 15
"""


def test_second_part_behind_where_it_was_said_is_joined():
    assert settled(TWO_PARTS, ([6], [7], [1, 2, 3, 4, 5]))[0] == (
        "Lee", "said", "“ Rain fell , ” “ and snow melted . ”",
    )  # fmt: skip


BELOW = """
    Lee Lee NNP PROPN nsubj 2
    wrote write VBD VERB ROOT 0
    : : : PUNCT punct 2

    “ “ `` PUNCT punct 6
    Rain rain NN NOUN nsubj 6
    fell fall VBD VERB ROOT 0
    all all RB ADV advmod 6
    day day NN NOUN obl 6
    . . . PUNCT punct 6
    ” ” '' PUNCT punct 6
"""


def test_quotation_a_paragraph_below_who_wrote_is_theirs():
    assert settled(BELOW) == [("Lee", "wrote", "“ Rain fell all day . ”")]


INVERTED = """
    Continued continue VBN VERB amod 2
    Lee Lee NNP PROPN ROOT 0
    : : : PUNCT punct 2
{}    “ “ `` PUNCT punct 6
    Rain rain NN NOUN nsubj 6
    fell fall VBD VERB ROOT 0
    all all DT DET det 8
    day day NN NOUN obl 6
    . . . PUNCT punct 6
    ” ” '' PUNCT punct 6
"""


def test_verb_before_its_speaker_and_a_colon_is_the_cue():
    said = ("Lee", "Continued", "“ Rain fell all day . ”")
    assert settled(INVERTED.format(""), ([1, 2], [3], range(4, 11))) == [said]
    assert settled(INVERTED.format("\n")) == [said]


CUT_OFF = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    it it PRP PRON nsubj 4
    rained rain VBD VERB ccomp 2
    . . . PUNCT punct 2

    Kim Kim NNP PROPN nsubj 7
    supported support VBD VERB ROOT 0
    taxes tax NNS NOUN obj 7
    . . . PUNCT punct 7

    “ “ `` PUNCT punct 14
    … … . PUNCT punct 14
    Rain rain NN NOUN nsubj 14
    often often RB ADV advmod 14
    fell fall VBD VERB ROOT 0
    . . . PUNCT punct 14
    ” ” '' PUNCT punct 14
"""


def test_quoted_paragraph_that_begins_with_dots_is_that_of_who_spoke_up_last():
    doc = parsed(CUT_OFF)
    doc._.entities = [entity("e1", "Lee", doc), entity("e2", "Kim", doc)]
    quote = next(quote for quote in Quotes("rules")(doc)._.quotes if quote["kind"] == "direct")
    assert [doc.text[a:b] for a, b in quote["content"]] == ["“… Rain often fell.”"]
    assert quote["speaker"] == "e1"


HELD_TOGETHER = """
    “ “ `` PUNCT punct 3
    Rain rain NN NOUN nsubj 3
    fell fall VBD VERB ROOT 0
    , , , PUNCT punct 3
    ” ” '' PUNCT punct 3
    Lee Lee NNP PROPN vocative 3
    NBSP NBSP _SP SPACE dep 6
    said say VBD VERB ROOT 0
    . . . PUNCT punct 8
"""


def test_blank_that_holds_words_together_does_not_part_the_speaker_from_the_verb():
    made = parsed(HELD_TOGETHER)
    words = [token.text.replace("NBSP", "\xa0") for token in made]
    columns = {name: [getattr(token, f"{name[:-1]}_") for token in made] for name in ("lemmas", "tags", "deps")}
    heads = [token.head.i for token in made]
    doc = Doc(made.vocab, words=words, spaces=[False] * len(words), pos=[t.pos_ for t in made], heads=heads, **columns)
    syntax = Syntax(doc)
    (item,) = settle([], syntax, Quoted(syntax, pair(syntax.text)))
    assert [doc[i].text for i in (*item.source, *item.cue)] == ["Lee", "said"]


NEXT = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    it it PRP PRON nsubj 5
    had have VBD AUX aux 5
    rained rain VBN VERB ccomp 2
    . . . PUNCT punct 2

    “ “ `` PUNCT punct 10
    We we PRP PRON nsubj 10
    all all DT DET advmod 10
    got get VBD VERB ROOT 0
    very very RB ADV advmod 12
    wet wet JJ ADJ xcomp 10
    . . . PUNCT punct 10
    ” ” '' PUNCT punct 10
"""


def test_quoted_paragraph_without_a_cue_goes_to_whoever_closes_the_one_before():
    assert settled(NEXT, ([1], [2], [3, 4, 5])) == [("Lee", "said", "it had rained “ We all got very wet . ”")]


ASKED = """
    “ “ `` PUNCT punct 4
    Did do VBD AUX aux 4
    it it PRP PRON nsubj 4
    rain rain VB VERB ROOT 0
    ? ? . PUNCT punct 4
    ” ” '' PUNCT punct 4
    Lee Lee NNP PROPN nsubj 8
    asked ask VBD VERB ROOT 0
    . . . PUNCT punct 8

    “ “ `` PUNCT punct 13
    We we PRP PRON nsubj 13
    all all DT DET advmod 13
    got get VBD VERB ROOT 0
    very very RB ADV advmod 15
    wet wet JJ ADJ xcomp 13
    . . . PUNCT punct 13
    ” ” '' PUNCT punct 13
"""


def test_quoted_paragraph_behind_a_question_is_an_answer():
    assert settled(ASKED, ([7], [8], range(1, 7))) == [("Lee", "asked", "“ Did it rain ? ”")]


WENT_ON = """
    “ “ `` PUNCT punct 3
    It it PRP PRON nsubj 3
    rained rain VBD VERB ccomp 7
    , , , PUNCT punct 3
    ” ” '' PUNCT punct 3
    Lee Lee NNP PROPN nsubj 7
    went go VBD VERB ROOT 0
    on on RP ADP compound:prt 7
    . . . PUNCT punct 7
"""


def test_verb_that_relays_with_its_particle_takes_the_quotation_before_it():
    assert settled(WENT_ON) == [("Lee", "went on", "“ It rained , ”")]


def test_no_more_than_some_quoted_paragraphs_go_on_from_one_cue():
    said, paragraph = (part.strip("\n").splitlines() for part in NEXT.split("\n\n"))
    rows = [row.split() for row in paragraph]
    table = [*said]
    for number in range(40):
        heads = [int(row[5]) and int(row[5]) + number * len(rows) for row in rows]
        table += ["", *(" ".join([*row[:5], str(head)]) for row, head in zip(rows, heads, strict=True))]
    assert 1 < settled("\n".join(table), ([1], [2], [3, 4, 5]))[0][2].count("“") < 20
