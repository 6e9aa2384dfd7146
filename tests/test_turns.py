"""Speech that the layout tells: turns of an interview, and blocks behind "Lee wrote:"."""

from parses import parsed

from analystkit.layers.quotes import Quotes

INTERVIEW = """
    {0} {0} NNP PROPN ROOT 0
    : : : PUNCT punct 1
    Why why WRB ADV advmod 5
    it it PRP PRON nsubj 5
    fell fall VBD VERB ROOT 0
    ? ? . PUNCT punct 5

    {1} {1} NNP PROPN ROOT 0
    : : : PUNCT punct 7
    Rain rain NN NOUN nsubj 10
    fell fall VBD VERB ROOT 0
    . . . PUNCT punct 10

    Much much JJ ADJ nsubj 13
    fell fall VBD VERB ROOT 0
    . . . PUNCT punct 13

    {2} {2} NNP PROPN ROOT 0
    : : : PUNCT punct 15
    And and CC CCONJ cc 18
    now now RB ADV ROOT 0
    ? ? . PUNCT punct 18
"""

BLOCK = """
    Lee Lee NNP PROPN nsubj 2
    wrote write VBD VERB ROOT 0
    in in IN ADP case 5
    a a DT DET det 5
    letter letter NN NOUN obl 2
    : : : PUNCT punct 2

    Rain rain NN NOUN nsubj 8
    fell fall VBD VERB ROOT 0
    . . . PUNCT punct 8

    Snow snow NN NOUN nsubj 11
    fell fall VBD VERB ROOT 0
    . . . PUNCT punct 11
"""


def found(doc, entities=None):
    doc._.entities = entities
    quotes = Quotes("rules")(doc)._.quotes
    texts = [[" | ".join(doc.text[a:b] for a, b in quote[part]) for part in ("source", "content")] for quote in quotes]
    return [(*pair, quote["kind"], quote["speaker"]) for pair, quote in zip(texts, quotes, strict=True)]


def test_questions_and_answers_are_turns_and_a_paragraph_without_a_name_carries_one_on():
    assert found(parsed(INTERVIEW.format("Q", "A", "Q"))) == [
        ("Q", "Why it fell ?", "direct", None),
        ("A", "Rain fell. | Much fell.", "direct", None),
        ("Q", "And now ?", "direct", None),
    ]


def test_turn_in_capitals_is_that_of_the_entity_of_this_name():
    doc = parsed(INTERVIEW.format("ECHO", "LEE", "ECHO"))
    lee = {"id": "e1", "name": "Ann Lee", "label": "PERSON", "aliases": [], "mentions": []}
    echo = {"id": "e2", "name": "Daily Echo", "label": "ORG", "aliases": [], "mentions": []}
    assert [quote[3] for quote in found(doc, [lee, echo])] == ["e2", "e1", "e2"]


def test_headings_that_are_said_once_are_no_turns():
    assert found(parsed(INTERVIEW.format("Education", "Health", "Taxes"))) == []


def test_questions_with_a_full_stop_are_turns_and_names_with_an_initial_are_none():
    lettered = INTERVIEW.replace("    : :", "    . .")
    assert [quote[0] for quote in found(parsed(lettered.format("Q", "A", "Q")))] == ["Q", "A", "Q"]
    assert found(parsed(lettered.format("A", "A", "A"))) == []


def test_paragraph_behind_who_wrote_and_a_colon_is_theirs():
    assert found(parsed(BLOCK)) == [("Lee", "Rain fell.", "direct", None)]


MARKDOWN = """
    Lee Lee NNP PROPN nsubj 2
    wrote write VBD VERB ROOT 0
    : : : PUNCT punct 2

    > > SYM SYM dep 6
    Rain rain NN NOUN nsubj 6
    fell fall VBD VERB ROOT 0
    . . . PUNCT punct 6

    > > SYM SYM dep 10
    Snow snow NN NOUN nsubj 10
    fell fall VBD VERB ROOT 0
    . . . PUNCT punct 10
"""


def test_all_paragraphs_of_a_block_that_markdown_marks_are_one_quote():
    doc = parsed(MARKDOWN)
    doc.spans["furniture"] = [doc[token.i : token.i + 1] for token in doc if token.text == ">"]
    assert found(doc) == [("Lee", "Rain fell. | Snow fell.", "direct", None)]
    assert found(parsed(MARKDOWN)) == [("Lee", "Rain fell. | Snow fell.", "direct", None)]  # plain text
