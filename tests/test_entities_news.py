"""What names and descriptions stand for in news of several kinds: the entities layer on Docs built by hand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from tests.parses import parsed
from tests.stance_docs import sentence
from tests.test_entities import entities, named, with_ents


def labels(text: str, ents: dict[str, str]) -> dict[str, str]:
    """The label of each entity, by its best name."""
    return {name: record["label"] for name, record in entities(named(text, ents)).items()}


def words(notation: str, ents: dict[str, str]) -> dict[str, list[str]]:
    """The words of each entity's mentions, by its best name."""
    return {name: record["words"] for name, record in entities(with_ents(sentence(notation), ents)).items()}


SPORT = " The coach, the striker and the goalkeeper spoke of the match and the season."


@pytest.mark.parametrize(
    ("text", "ents"),
    [
        ("Tarn City won.", {"Tarn City": "PERSON"}),
        ("Later City won. So Tarn City won.", {"Tarn City": "GPE"}),
        ("Lesk 2-1 Vann", {"Lesk": "GPE", "Vann": "PERSON"}),
        ("Later Lesk, who lost, left.", {"Lesk": "GPE"}),
    ],
)
def test_a_town_is_a_club_in_news_of_sport_and_a_town_elsewhere(text: str, ents: dict[str, str]) -> None:
    name = next(iter(ents))
    assert labels(f"{text}.{SPORT}", ents)[name] == "ORG"
    assert labels(text, ents)[name] != "ORG"


def test_countries_and_states_are_no_clubs() -> None:
    found = labels(f"Later Spain 2-1 Texas. Yes, Fla. 2-1.{SPORT}", {"Spain": "GPE", "Texas": "GPE", "Fla.": "GPE"})
    assert found == {"Spain": "GPE", "Texas": "GPE", "Fla.": "GPE"}


def test_a_club_goes_by_its_town_in_news_of_sport() -> None:
    text = f"Later Lesk City won. Yes, Lesk, who won, left.{SPORT}"
    found = entities(named(text, {"Lesk City": "GPE", "Lesk": "GPE"}))
    assert found["Lesk City"]["words"] == ["Lesk City", "Lesk"]


@pytest.mark.parametrize(
    ("text", "ents", "expected"),
    [
        ("It hit the island of Marn.", {"Marn": "ORG"}, {"Marn": "GPE"}),
        ("They shut Da Vang airport.", {"Da Vang": "PERSON"}, {"Da Vang": "GPE"}),
        ("So said the island of Tarn Council.", {"Tarn Council": "ORG"}, {"Tarn Council": "ORG"}),
        ("We paid Goldman Sachs.", {"Goldman Sachs": "PERSON"}, {"Goldman Sachs": "ORG"}),
        ("Later Swim England spoke.", {"Swim England": "PERSON"}, {"Swim England": "ORG"}),
        ("Later Sweep Australia spoke.", {"Sweep Australia": "PERSON"}, {"Sweep Australia": "ORG"}),
        ("Later Ann England spoke.", {"Ann England": "PERSON"}, {"Ann England": "PERSON"}),
        ("So said the leader, Amadu Tarn, who left.", {"Amadu Tarn": "ORG"}, {"Amadu Tarn": "PERSON"}),
        ("So said the leader, Lesk Council, which left.", {"Lesk Council": "ORG"}, {"Lesk Council": "ORG"}),
        ("Chipmaker Lesk left.", {"Chipmaker Lesk": "PERSON"}, {"Lesk": "ORG"}),
        ("Later Lesk, which left, spoke.", {"Lesk": "PERSON"}, {"Lesk": "ORG"}),
        (
            "Later Lesk, which left, heard Lesk Public Radio.",
            {"Lesk": "PERSON", "Lesk Public Radio": "ORG"},
            {"Lesk": "PERSON", "Lesk Public Radio": "ORG"},
        ),
        ("Later Lesk, who left, spoke.", {"Lesk": "PERSON"}, {"Lesk": "PERSON"}),
        ("They joined the March 5 Movement.", {}, {"March 5 Movement": "ORG"}),
        ("They left on March 5 Coalition ships.", {}, {}),
        ("The Catalan club won.", {"Catalan": "GPE"}, {"Catalan": "NORP"}),
        ("He is an MLA and she lost N80bn.", {"MLA": "ORG", "N80bn": "GPE"}, {}),
        ("Those analysts at Jeffers agree.", {"Jeffers": "PERSON"}, {"Jeffers": "ORG"}),
        ("It left the Unison union.", {"Unison": "PERSON"}, {"Unison": "ORG"}),
        ("It sold a stake to Abu Dhabi.", {"Abu Dhabi": "ORG"}, {"Abu Dhabi": "GPE"}),
        (
            "We heard West African bloc WECO.",
            {"West African bloc WECO": "ORG"},
            {"WECO": "ORG"},
        ),
        ("It met Sylvain Itré.", {"Sylvain": "PERSON", "Itré": "NORP"}, {"Sylvain Itré": "PERSON"}),
        ("It met Kathleen FitzMarn.", {"Kathleen": "PERSON"}, {"Kathleen FitzMarn": "PERSON"}),
        ("It made Warner Bros. rich.", {"Warner Bros.": "PERSON"}, {"Warner Bros.": "ORG"}),
        ("It hit the town of Tal Marn.", {"Tal Marn": "PERSON"}, {"Tal Marn": "GPE"}),
        ("It saw Turkey's Anatol.", {"Turkey's Anatol": "ORG"}, {"Turkey": "GPE", "Anatol": "ORG"}),
        ("She won the Pritz Architecture Prize.", {"Pritz": "PERSON"}, {"Pritz": "PERSON"}),
        (
            "It met Robert Gates. Yes, Gates left.",
            {"Robert Gates": "PERSON", "Gates": "NORP"},
            {"Robert Gates": "PERSON"},
        ),
        ("Yes, Mr. Morales' Movement won.", {"Morales": "PERSON"}, {"Morales": "PERSON"}),
        ("It heads Cancer Care UK.", {"Cancer Care": "ORG", "UK": "GPE"}, {"Cancer Care UK": "ORG"}),
        ("She met the Wyoming Republican.", {"Wyoming Republican": "ORG"}, {"Wyoming": "GPE"}),
    ],
)
def test_labels_by_form_and_by_what_stands_beside(text: str, ents: dict[str, str], expected: dict[str, str]) -> None:
    doc = named(text, ents)
    for token in doc:
        token.pos_ = "PROPN" if token.text[0].isupper() and token.i else "X"
    assert {name: record["label"] for name, record in entities(doc).items()} == expected


def test_an_office_before_a_name_makes_it_a_persons() -> None:
    text = "party/NN/compound/2 spokesman/NN/nsubj/5 Kesh/NNP/flat/2 Upadhye/NNP/flat/3 spoke/VBD/root/5 ././punct/5"
    found = entities(with_ents(sentence(text), {"Kesh Upadhye": "ORG"}))
    assert found["Kesh Upadhye"]["label"] == "PERSON"


def test_a_rival_may_be_a_body() -> None:
    text = """
    They/PRP/nsubj/2 left/VBD/root/2 Corvane/NNP/obj/2 ,/,/punct/6 a/DT/det/6 rival/NN/appos/3 ././punct/2
    """
    assert entities(with_ents(sentence(text), {"Corvane": "ORG"}))["Corvane"]["label"] == "ORG"


def test_what_is_said_of_somebody_else_after_a_capital_is_not_of_the_town() -> None:
    text = """
    In/IN/case/2 Rome/NNP/obl/6 ,/,/punct/6 a/DT/det/5 spokesman/NN/nsubj/6 spoke/VBD/root/6 ././punct/6
    """
    assert entities(with_ents(sentence(text), {"Rome": "GPE"}))["Rome"]["label"] == "GPE"


def test_an_office_makes_a_hall_a_person() -> None:
    text = "coach/NN/nsubj/4 Bruce/NNP/flat/1 Arena/NNP/flat/2 spoke/VBD/root/4 ././punct/4"
    assert entities(with_ents(sentence(text), {"Bruce Arena": "FAC"}))["Bruce Arena"]["label"] == "PERSON"


def test_an_illness_is_nobody_even_in_short() -> None:
    text = "They study Parkinson's disease. People with Parkinson's shake."
    assert labels(text, {"Parkinson": "PERSON"}) == {}


def test_words_of_a_headline_are_names_only_if_the_article_has_them() -> None:
    text = (
        "Tarn Panel Backs Curbs Amid Protest\n\n"
        "A council in Tarn voted on Monday to limit what firms may sell, and those who came to see it said no more."
    )
    found = labels(text, {"Tarn Panel": "ORG", "Backs Curbs": "PERSON", "Amid Protest": "ORG"})
    assert "Backs Curbs" not in found
    assert "Amid Protest" not in found
    assert "Tarn Panel" in found


def test_a_firm_named_before_its_founder_keeps_its_short_form() -> None:
    text = "So Kestrel Foods Inc fell. Its founder was Joe Kestrel. Yes, Kestrel rose."
    found = entities(named(text, {"Kestrel Foods Inc": "ORG", "Joe Kestrel": "PERSON", "Kestrel": "PERSON"}))
    assert found["Kestrel Foods Inc"]["words"] == ["Kestrel Foods Inc", "Kestrel"]
    assert found["Joe Kestrel"]["words"] == ["Joe Kestrel"]


def test_a_short_form_of_a_name_that_is_itself_shortened_is_one_of_it() -> None:
    text = "So Corvane Foods Inc fell. Then Corvane Foods rose. Yes, Corvane fell."
    found = entities(named(text, {"Corvane Foods Inc": "ORG", "Corvane Foods": "ORG", "Corvane": "ORG"}))
    assert found["Corvane Foods Inc"]["words"] == ["Corvane Foods Inc", "Corvane Foods", "Corvane"]


def test_ministries_of_two_countries_are_two() -> None:
    text = (
        "So Spain's Defence Ministry fell. Yes, Chile's Ministry of Defence rose. Then the Ministry of Defence spoke."
    )
    ents = {"Spain": "GPE", "Chile": "GPE", "Defence Ministry": "ORG", "Ministry of Defence": "ORG"}
    found = entities(named(text, ents))
    assert found["Defence Ministry"]["words"] == ["Defence Ministry"]
    assert found["Ministry of Defence"]["words"] == ["Ministry of Defence", "Ministry of Defence"]


def test_a_ministry_does_not_go_by_its_field() -> None:
    found = entities(named("So the Foreign Ministry fell. Yes, Foreign aid rose.", {"Foreign Ministry": "ORG"}))
    assert found["Foreign Ministry"]["words"] == ["Foreign Ministry"]


@pytest.mark.parametrize("name", ["Energy and Natural Resources Committee", "Nurses and Midwives' Association"])
def test_bodies_keep_what_and_joins(name: str) -> None:
    doc = named(f"When they were there, they asked those from the {name} about what would come.", {})
    for token in doc:
        token.pos_ = "PROPN" if token.text[0].isupper() and token.i else "X"
        token.tag_ = "NNS" if token.text in {"Nurses", "Midwives"} else "POS" if token.text == "'" else "NNP"
    assert list(entities(doc)) == [name]


def test_a_town_that_only_tells_where_is_not_it() -> None:
    text = "Set/VBN/advcl/5 in/IN/case/3 Tarn/NNP/obl/1 it/PRP/nsubj/5 follows/VBZ/root/5 Ana/NNP/obj/5"
    assert words(text, {"Tarn": "GPE", "Ana": "PERSON"})["Tarn"] == ["Tarn"]


def test_what_is_denied_is_a_claim() -> None:
    text = "Tarn/NNP/compound/2 Council/NNP/nsubj/3 met/VBD/root/3 | They/PRP/nsubj/2 denied/VBD/root/2 it/PRP/obj/2"
    assert words(text, {"Tarn Council": "ORG"})["Tarn Council"] == ["Tarn Council"]


def test_who_gives_it_to_him_is_somebody_else_beside_a_noun_too() -> None:
    text = """
    Bob/NNP/nsubj/2 came/VBD/root/2 ././punct/2 |
    The/DT/det/2 clerk/NN/nsubj/6 ,/,/punct/2 Ivo/NNP/appos/2 ,/,/punct/2 gave/VBD/root/6 him/PRP/iobj/6 milk/NN/obj/6
    """
    found = words(text, {"Bob": "PERSON", "Ivo": "PERSON"})
    assert found["Bob"] == ["Bob", "him"]


SPOKE = """
Dahl dahl NNP PROPN nsubj 2
said say VBD VERB root 0
no no UH INTJ obj 2
. . . PUNCT punct 2

Berg berg NNP PROPN nsubj 6
accused accuse VBD VERB root 0
him he PRP PRON obj 6
. . . PUNCT punct 6
He he PRP PRON nsubj 10
said say VBD VERB root 0
no no UH INTJ obj 10
. . . PUNCT punct 10
"""


def test_who_speaks_goes_on_with_whom_the_sentence_before_is_about() -> None:
    found = entities(with_ents(parsed(SPOKE), {"Dahl": "PERSON", "Berg": "PERSON"}))
    assert found["Berg"]["words"] == ["Berg", "He"]


KIN = """
Her/PRP$/nmod:poss/2 husband/NN/nsubj/7 ,/,/punct/2 Colin/NNP/appos/2 Cole/NNP/flat/4 ,/,/punct/2 left/VBD/root/7
././punct/7 | {rest}
"""


def test_a_relative_once_named_comes_back_by_kinship() -> None:
    rest = "Ana/NNP/nsubj/2 saw/VBD/root/2 her/PRP$/nmod:poss/4 husband/NN/obj/2"
    found = words(KIN.format(rest=rest), {"Colin Cole": "PERSON", "Ana": "PERSON"})
    assert found["Colin Cole"] == ["Her husband", "Colin Cole", "her husband"]


def test_a_relative_without_a_name_takes_the_pronouns_of_that_gender() -> None:
    text = """
    Sam/NNP/nsubj/2 came/VBD/root/2 ././punct/2 | His/PRP$/nmod:poss/2 mother/NN/nsubj/3 left/VBD/root/3 ././punct/3 |
    She/PRP/nsubj/2 wept/VBD/root/2 ././punct/2
    """
    assert words(text, {"Sam": "PERSON"})["his mother"] == ["His mother", "She"]


def test_what_somebody_is_stands_before_the_name_with_where() -> None:
    text = """
    a/DT/det/2 researcher/NN/nsubj/9 at/IN/case/5 Tarn/NNP/compound/5 University/NNP/nmod/2 ,/,/punct/2
    Wei/NNP/dep/2 ,/,/punct/2 left/VBD/root/9 ././punct/9
    """
    found = words(text, {"Tarn University": "ORG", "Wei": "PERSON"})
    assert found["Wei"] == ["a researcher at Tarn University", "Wei"]


def test_the_government_of_a_people_is_that_country() -> None:
    text = """
    Spain/NNP/nsubj/2 paid/VBD/root/2 Chile/NNP/obj/2 ././punct/2 |
    The/DT/det/3 Spanish/JJ/amod/3 government/NN/nsubj/4 fell/VBD/root/4 ././punct/4
    """
    found = words(text, {"Spain": "GPE", "Chile": "GPE", "Spanish": "NORP"})
    assert found["Spain"] == ["Spain", "The Spanish government"]


def test_a_nationality_alone_is_no_guess_between_two_in_focus() -> None:
    text = """
    Ivo/NNP/nsubj/3 Lenk/NNP/flat/1 met/VBD/root/3 Max/NNP/obj/3 Dorn/NNP/flat/4 ././punct/3 |
    The/DT/det/3 Chilean/JJ/amod/3 striker/NN/nsubj/4 left/VBD/root/4 ././punct/4
    """
    ents = {"Ivo Lenk": "PERSON", "Max Dorn": "PERSON", "Chilean": "NORP"}
    assert "The Chilean striker" in words(text, ents)["Ivo Lenk"]  # the subject is clearly more in focus
    both = text.replace("Max/NNP/obj/3", "and/CC/cc/5 Max/NNP/conj/1").replace("Dorn/NNP/flat/4", "Dorn/NNP/flat/5")
    assert "The Chilean striker" not in words(both, ents)["Ivo Lenk"]


def test_the_force_is_the_police_and_the_party_a_congress() -> None:
    text = """
    Tarn/NNP/compound/2 Police/NNP/nsubj/3 met/VBD/root/3 Reform/NNP/compound/5 Congress/NNP/obj/3 ././punct/3 |
    The/DT/det/2 party/NN/nsubj/3 thanked/VBD/root/3 the/DT/det/5 force/NN/obj/3 ././punct/3
    """
    found = words(text, {"Tarn Police": "ORG", "Reform Congress": "ORG"})
    assert found["Tarn Police"] == ["Tarn Police", "the force"]
    assert found["Reform Congress"] == ["Reform Congress", "The party"]


def test_a_hyphen_does_not_end_whom_somebody_supports() -> None:
    text = """
    Supporters/NNS/nsubj/7 of/IN/case/6 the/DT/det/6 ex/NN/compound/6 -/HYPH/punct/6 governor/NN/nmod/1 said/VBD/root/7
    no/UH/obj/7
    """
    apart = sentence(text)
    columns = {name: [getattr(token, f"{name}_") for token in apart] for name in ("tag", "pos", "dep")}
    doc = Doc(
        apart.vocab,
        words=[token.text for token in apart],
        spaces=[token.text not in {"ex", "-"} for token in apart],
        tags=columns["tag"],
        pos=columns["pos"],
        deps=columns["dep"],
        heads=[token.head.i for token in apart],
    )
    assert [record["words"] for record in entities(doc).values()] == [["Supporters of the ex-governor"]]


def test_a_body_is_named_with_what_it_is() -> None:
    text = """
    The/DT/det/3 GMB/NNP/compound/3 union/NN/nsubj/4 left/VBD/root/4 ././punct/4 |
    Another/DT/det/3 rival/JJ/amod/3 union/NN/nsubj/4 left/VBD/root/4 ././punct/4
    """
    assert words(text, {"GMB": "ORG"})["GMB"] == ["The GMB union", "GMB"]


def test_the_lawyer_of_somebody_stands_before_a_name_with_its_firm() -> None:
    text = """
    Her/PRP$/nmod:poss/2 lawyer/NN/nsubj/9 ,/,/punct/2 Ana/NNP/dep/2 Cole/NNP/flat/4 of/IN/case/8 Cole/NNP/compound/8
    Partners/NNP/nmod/4 left/VBD/root/9 ././punct/9
    """
    assert words(text, {"Ana Cole": "PERSON", "Cole Partners": "ORG"})["Ana Cole"] == ["Her lawyer", "Ana Cole"]


def test_the_company_is_not_the_one_that_news_is_read_on() -> None:
    text = """
    Ana/NNP/nsubj/2 wrote/VBD/root/2 on/IN/case/4 Chatbook/NNP/obl/2 ././punct/2 |
    The/DT/det/2 company/NN/nsubj/3 fell/VBD/root/3 ././punct/3
    """
    assert words(text, {"Ana": "PERSON", "Chatbook": "ORG"})["Chatbook"] == ["Chatbook"]


def test_a_councillor_goes_by_a_short_title() -> None:
    doc = named("Later Ann Lesk left. So Cllr Lesk spoke.", {"Ann Lesk": "PERSON", "Cllr Lesk": "PERSON"})
    assert entities(doc)["Ann Lesk"]["words"] == ["Ann Lesk", "Lesk"]
