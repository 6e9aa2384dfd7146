"""Who is meant by pronouns and descriptions on the way through an article, on Docs built by hand."""

from __future__ import annotations

import pytest

from tests.stance_docs import sentence
from tests.test_entities import build, entities, named, with_ents


def words(notation: str, ents: dict[str, str]) -> dict[str, list[str]]:
    """The words of each entity's mentions, by its best name."""
    return {name: record["words"] for name, record in entities(with_ents(sentence(notation), ents)).items()}


NAMED_WITHIN = """
Olav/NNP/nsubj/3 Berg/NNP/flat/1 left/VBD/root/3 ././punct/3 |
“/``/punct/5 Ivar/NNP/nsubj/5 Dahl/NNP/flat/2 will/MD/aux/5 pay/VB/ccomp/9 ,/,/punct/9 ”/''/punct/5 he/PRP/nsubj/9
said/VBD/root/9 ././punct/9
"""


def test_nobody_names_himself_in_what_he_says() -> None:
    found = words(NAMED_WITHIN, {"Olav Berg": "PERSON", "Ivar Dahl": "PERSON"})
    assert found == {"Olav Berg": ["Olav Berg", "he"], "Ivar Dahl": ["Ivar Dahl"]}


LOOKS_AHEAD = """
Olav/NNP/nsubj/3 Berg/NNP/flat/1 left/VBD/root/3 ././punct/3 |
{opens}/IN/case/3 his/PRP$/nmod:poss/3 speech/NN/obl/6 Ivar/NNP/nsubj/6 Dahl/NNP/flat/4 wept/VBD/root/6 ././punct/6
"""


def test_a_possessive_at_the_head_of_a_sentence_looks_ahead_to_its_subject() -> None:
    found = words(LOOKS_AHEAD.format(opens="In"), {"Olav Berg": "PERSON", "Ivar Dahl": "PERSON"})
    assert found["Ivar Dahl"] == ["his", "Ivar Dahl"]


def test_a_possessive_does_not_look_ahead_to_who_is_quoted_in_passing() -> None:
    notation = LOOKS_AHEAD.format(opens="In").replace("././punct/6\n", ",/,/punct/6 Ana/NNP/parataxis/6 ././punct/6\n")
    found = words(notation, {"Olav Berg": "PERSON", "Ivar Dahl": "PERSON"})
    assert found["Ivar Dahl"] == ["Ivar Dahl"]


def test_what_somebody_does_to_them_is_not_done_to_himself_in_an_infinitive_either() -> None:
    notation = """
    Tarn/NNP/compound/2 Council/NNP/nsubj/3 met/VBD/root/3 to/TO/mark/5 seal/VB/advcl/3 it/PRP/obj/5 ././punct/3
    """
    assert words(notation, {"Tarn Council": "ORG"}) == {"Tarn Council": ["Tarn Council"]}


@pytest.mark.parametrize(
    "rest",
    [
        "make/VBP/root/1 it/PRP/obj/1 clear/JJ/xcomp/1 that/IN/mark/6 rain/NN/nsubj/6 fell/VBD/ccomp/3 ././punct/1",
        "much/JJ/nsubj/4 of/IN/case/3 it/PRP/nmod/1 fell/VBD/root/4 ././punct/4",
    ],
)
def test_an_it_for_a_clause_or_for_a_quantity_is_nobody(rest: str) -> None:
    notation = f"Tarn/NNP/compound/2 Council/NNP/nsubj/3 met/VBD/root/3 ././punct/3 | {rest}"
    assert words(notation, {"Tarn Council": "ORG"}) == {"Tarn Council": ["Tarn Council"]}


NOMINEES = """
Ana/NNP/nsubj/8 Cole/NNP/flat/1 ,/,/punct/6 the/DT/det/6 Democratic/JJ/amod/6 nominee/NN/appos/1 ,/,/punct/1
spoke/VBD/root/8 ././punct/8 |
Ivo/NNP/nsubj/3 Lenk/NNP/flat/1 left/VBD/root/3 ././punct/3 |
{description}
"""


def test_a_nominee_of_another_party_is_somebody_else() -> None:
    description = "The/DT/det/3 Republican/JJ/amod/3 nominee/NN/nsubj/4 spoke/VBD/root/4 ././punct/4"
    found = words(NOMINEES.format(description=description), {"Ana Cole": "PERSON", "Ivo Lenk": "PERSON"})
    assert found["Ana Cole"] == ["Ana Cole", "the Democratic nominee"]


def test_a_description_before_a_title_and_a_name_is_of_its_bearer() -> None:
    description = """The/DT/det/3 Republican/JJ/amod/3 nominee/NN/nsubj/8 ,/,/punct/5 Mr./NNP/appos/3 Lenk/NNP/flat/5
    ,/,/punct/3 spoke/VBD/root/8 ././punct/8"""
    found = words(
        NOMINEES.format(description=description), {"Ana Cole": "PERSON", "Ivo Lenk": "PERSON", "Lenk": "PERSON"}
    )
    assert found["Ivo Lenk"] == ["Ivo Lenk", "The Republican nominee", "Lenk"]


OFFICES = """
Chilean/JJ/amod/3 Prime/NNP/compound/3 Minister/NNP/compound/4 Ana/NNP/nsubj/6 Cole/NNP/flat/4 left/VBD/root/6
././punct/6 |
"""


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        (
            "The/DT/det/3 Prime/NNP/compound/3 Minister/NNP/nsubj/4 spoke/VBD/root/4 ././punct/4",
            "The Prime Minister",
        ),
        ("Chile/NNP/nmod:poss/3 's/POS/case/1 minister/NN/nsubj/4 spoke/VBD/root/4 ././punct/4", "Chile 's minister"),
    ],
)
def test_an_office_with_a_capital_or_a_country_refers_back(again: str, expected: str) -> None:
    assert words(OFFICES + again, {"Ana Cole": "PERSON"})["Ana Cole"] == ["Ana Cole", expected]


def test_who_was_minister_is_not_the_minister_while_there_is_another() -> None:
    notation = """
    former/JJ/amod/2 minister/NN/nsubj/5 Ana/NNP/appos/2 Cole/NNP/flat/3 left/VBD/root/5 ././punct/5 |
    Minister/NNP/compound/2 Ivo/NNP/nsubj/4 Lenk/NNP/flat/2 left/VBD/root/4 ././punct/4 |
    Ana/NNP/nsubj/3 Cole/NNP/flat/1 left/VBD/root/3 ././punct/3 |
    The/DT/det/2 minister/NN/nsubj/3 spoke/VBD/root/3 ././punct/3
    """
    found = words(notation, {"Ana Cole": "PERSON", "Ivo Lenk": "PERSON"})
    assert found["Ivo Lenk"] == ["Ivo Lenk", "The minister"]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("The/DT/det/3 Brennau/NNP/compound/3 council/NN/nsubj/4 met/VBD/root/4", ["Tarn Council"]),
        ("The/DT/det/3 next/JJ/amod/3 council/NN/nsubj/4 met/VBD/root/4", ["Tarn Council"]),
        (
            "The/DT/det/5 Tarn/NNP/compound/4 -/HYPH/punct/4 based/VBN/amod/5 council/NN/nsubj/6 met/VBD/root/6",
            ["Tarn Council", "The Tarn - based council"],
        ),
    ],
)
def test_a_description_with_a_strange_name_is_of_another_body(phrase: str, expected: list[str]) -> None:
    notation = f"Tarn/NNP/compound/2 Council/NNP/nsubj/3 met/VBD/root/3 ././punct/3 | {phrase} ././punct/4"
    assert words(notation, {"Tarn Council": "ORG"})["Tarn Council"] == expected


def test_a_noun_before_a_body_says_nothing_of_it_where_it_can_describe_none() -> None:
    notation = """
    a/DT/det/2 tunnel/NN/root/2 Border/NNP/compound/4 Patrol/NNP/nsubj/5 sealed/VBD/acl:relcl/2 ././punct/2 |
    The/DT/det/2 tunnel/NN/nsubj/3 fell/VBD/root/3 ././punct/3
    """
    assert words(notation, {"Border Patrol": "ORG"})["Border Patrol"] == ["Border Patrol"]


def test_what_is_set_beside_a_town_describes_a_place() -> None:
    text = """
    In/IN/case/2 Tarn/NNP/obl/8 ,/,/punct/6 a/DT/det/6 task/NN/compound/6 force/NN/nsubj/8 ,/,/punct/6 met/VBD/root/8
    ././punct/8
    """
    assert words(text, {"Tarn": "GPE"}) == {"Tarn": ["Tarn"]}


def test_two_words_are_a_surname_where_a_longer_name_ends_in_them() -> None:
    text = "Later Ana Solberg Vance won. Yes, Solberg Vance wept."
    found = entities(named(text, {"Ana Solberg Vance": "PERSON", "Solberg Vance": "PERSON"}))
    assert found["Ana Solberg Vance"]["words"] == ["Ana Solberg Vance", "Solberg Vance"]


def test_a_title_tells_which_of_two_with_a_surname_is_meant_by_the_given_name() -> None:
    text = "Later Mary Cole left John Cole. Yes, Mary Cole wept. Yes, Mr. Cole wept."
    found = entities(named(text, {"Mary Cole": "PERSON", "John Cole": "PERSON", "Cole": "PERSON"}))
    assert found["John Cole"]["words"] == ["John Cole", "Cole"]


def test_two_titles_in_a_row_are_one() -> None:
    notation = "So/RB/advmod/5 Mr/NNP/compound/4 Justice/NNP/compound/4 Hallam/NNP/nsubj/5 ruled/VBD/root/5"
    assert words(notation, {"Hallam": "PERSON"}) == {"Hallam": ["Hallam"]}


MAN = """
{det}/DT/det/2 man/NN/nsubj/3 ran/VBD/root/3 ././punct/3 |
The/DT/det/2 man/NN/nsubj/3 fell/VBD/root/3 ././punct/3 |
He/PRP/nsubj/2 wept/VBD/root/2 ././punct/2
"""


def test_somebody_without_a_name_to_whom_the_article_comes_back_is_an_entity() -> None:
    (record,) = entities(sentence(MAN.format(det="A"))).values()
    assert (record["label"], record["words"]) == ("PERSON", ["A man", "The man", "He"])


def test_one_man_is_somebody_and_one_vote_a_number() -> None:
    assert list(words(MAN.format(det="One").replace("One/DT/det", "One/CD/nummod"), {})) == ["one man"]
    votes = MAN.format(det="One").replace("One/DT/det", "One/CD/nummod").replace("man", "vote")
    assert "One vote" not in {word for mentions in words(votes, {}).values() for word in mentions}


LEAD = """
    Man NN NOUN 1 nsubj
    jailed VBD VERB 1 ROOT
    |
    A DT DET 4 det
    man NN NOUN 5 nsubj
    ran VBD VERB 5 ROOT
    . . PUNCT 5 punct
    The DT DET 8 det
    man NN NOUN 9 nsubj
    fell VBD VERB 9 ROOT
    . . PUNCT 9 punct
"""


def test_the_lead_brings_in_once_more_whom_the_headline_told_of() -> None:
    (record,) = entities(build(LEAD)).values()
    assert record["words"] == ["Man", "A man", "The man"]


def test_nobody_is_named_in_a_clause_of_which_a_pronoun_for_him_is_the_subject() -> None:
    notation = """
    Ana/NNP/nsubj/3 Cole/NNP/flat/1 left/VBD/root/3 ././punct/3 |
    She/PRP/nsubj/2 said/VBD/root/2 {name}/NNP/nsubj/4 lies/VBZ/ccomp/2 ././punct/2
    """
    assert words(notation.format(name="Cole"), {"Ana Cole": "PERSON", "Cole": "PERSON"})["Ana Cole"] == [
        "Ana Cole",
        "Cole",
    ]
    assert words(notation.format(name="Berg"), {"Ana Cole": "PERSON", "Berg": "PERSON"})["Ana Cole"] == [
        "Ana Cole",
        "She",
    ]


SPOKE_LAST = """
Olav/NNP/nsubj/3 Berg/NNP/flat/1 said/VBD/root/3 so/RB/advmod/3 ././punct/3 |
Olav/NNP/nsubj/3 Berg/NNP/flat/1 said/VBD/root/3 so/RB/advmod/3 ././punct/3 |
Ivar/NNP/nsubj/3 Dahl/NNP/flat/1 laughed/VBD/root/3 ././punct/3 |
“/``/punct/3 We/PRP/nsubj/3 won/VBD/ccomp/7 ,/,/punct/3 ”/''/punct/3 he/PRP/nsubj/7 said/VBD/root/7 ././punct/7
"""


def test_whom_the_sentence_before_a_quotation_is_about_says_it() -> None:
    found = words(SPOKE_LAST, {"Olav Berg": "PERSON", "Ivar Dahl": "PERSON"})
    assert found["Ivar Dahl"] == ["Ivar Dahl", "he"]


def test_a_war_has_no_president() -> None:
    notation = """
    Skerry/NNP/compound/2 War/NNP/nsubj/3 ruined/VBD/root/3 Tarn/NNP/compound/5 Council/NNP/obj/3 ././punct/3 |
    Its/PRP$/nmod:poss/2 {noun}/NN/nsubj/3 ended/VBD/root/3 ././punct/3
    """
    ents = {"Tarn Council": "ORG", "Skerry War": "EVENT"}
    assert words(notation.format(noun="president"), ents)["Skerry War"] == ["Skerry War"]
    assert words(notation.format(noun="battles"), ents)["Skerry War"] == ["Skerry War", "Its"]
