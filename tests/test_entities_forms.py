"""Names in lists, titles, owners, short forms, and who goes on speaking: the entities layer on Docs built by hand."""

from __future__ import annotations

import pytest

from tests.test_entities import build, entities, named


@pytest.mark.parametrize(
    ("text", "ents", "names"),
    [
        ("Ties between Minsk and Moscow grew.", {"Minsk and Moscow": "ORG"}, {"Minsk": "GPE", "Moscow": "GPE"}),
        (
            "It alarmed Paris, London and Rome.",
            {"Paris, London and Rome": "GPE"},
            {"Paris": "GPE", "London": "GPE", "Rome": "GPE"},
        ),
        (
            "Both the United Nations and European Union objected.",
            {"United Nations and European Union": "ORG"},
            {"United Nations": "ORG", "European Union": "ORG"},
        ),
        ("So said Ann and Joel Cole.", {"Ann and Joel Cole": "PERSON"}, {"Ann": "PERSON", "Joel Cole": "PERSON"}),
        ("Ships left Trinidad and Tobago.", {"Trinidad and Tobago": "GPE"}, {"Trinidad and Tobago": "GPE"}),
        ("They sued Johnson and Johnson.", {"Johnson": "PERSON"}, {"Johnson and Johnson": "ORG"}),
        (
            "It asked the Food and Drug Administration.",
            {"Food and Drug Administration": "ORG"},
            {"Food and Drug Administration": "ORG"},
        ),
        (
            "He runs the England and Wales Cricket Board.",
            {"England and Wales Cricket Board": "ORG"},
            {"England and Wales Cricket Board": "ORG"},
        ),
    ],
)  # fmt: skip
def test_a_list_of_names_is_cut_and_a_name_with_and_is_not(
    text: str, ents: dict[str, str], names: dict[str, str]
) -> None:
    assert {name: record["label"] for name, record in entities(named(text, ents)).items()} == names


@pytest.mark.parametrize(
    ("text", "ents", "names"),
    [
        ("China's Trade Ministry met.", {"China's Trade Ministry": "ORG"}, {"China": "GPE", "Trade Ministry": "ORG"}),
        (
            "Yes, Senate Majority Leader Mitch Cole spoke.",
            {"Senate Majority Leader Mitch Cole": "ORG"},
            {"Senate": "ORG", "Mitch Cole": "PERSON"},
        ),
        (
            "Former Corvane engineer Luis Batra left.",
            {"Corvane engineer Luis Batra": "ORG"},
            {"Corvane": "ORG", "Luis Batra": "PERSON"},
        ),
        (
            "So said Ana Cole (R-Fla.) there.",
            {"Ana Cole": "PERSON", "R-Fla.": "PERSON"},
            {"Ana Cole": "PERSON", "Fla.": "GPE"},
        ),
        ("She fell into the mid-20s.", {"mid-20s": "ORG"}, {}),
        ("He is a former secretary of State now.", {"State": "ORG"}, {}),
        ("She is the Labour MP for Leeds.", {"Labour MP for Leeds": "ORG"}, {"Labour": "ORG", "Leeds": "GPE"}),
        ("Ask the Labour MP for help.", {"Labour MP for": "ORG"}, {"Labour": "ORG"}),
        ("They sued Hartley & Moss.", {"Hartley & Moss": "PERSON"}, {"Hartley & Moss": "ORG"}),
    ],
)  # fmt: skip
def test_what_is_glued_to_a_name_comes_off(text: str, ents: dict[str, str], names: dict[str, str]) -> None:
    assert {name: record["label"] for name, record in entities(named(text, ents)).items()} == names


@pytest.mark.parametrize(
    ("text", "ents", "names"),
    [
        ("Yes, Veltrix said. They sued Veltrix Chip Inc.", {"Veltrix": "GPE", "Veltrix Chip Inc.": "ORG"},
         {"Veltrix Chip Inc.": "ORG"}),
        ("Ships of Vik ASA sank. So Vik pays.", {"Vik ASA": "PERSON", "Vik": "PERSON"}, {"Vik ASA": "ORG"}),
        ("Later VATL did not reply.", {"VATL": "PERSON"}, {"VATL": "ORG"}),
        ("Later ANNA COLE did not reply.", {"ANNA": "PERSON"}, {"ANNA": "PERSON"}),
        ("Later Tarn Sports reported it.", {"Tarn Sports": "PERSON"}, {"Tarn Sports": "ORG"}),
        ("The battery maker Vik left.", {"Vik": "PERSON"}, {"Vik": "ORG"}),
        ("They paid Tarn, BMV and Vik well.", {"Tarn": "ORG", "BMV": "ORG", "Vik": "GPE"},
         {"Tarn": "ORG", "BMV": "ORG", "Vik": "ORG"}),
        ("They paid Tarn, BMV and Ana Cole.", {"Tarn": "ORG", "BMV": "ORG", "Ana Cole": "PERSON"},
         {"Tarn": "ORG", "BMV": "ORG", "Ana Cole": "PERSON"}),
        ("Ask the Liberal Democrats for it.", {"Liberal Democrats": "ORG"}, {"Liberal Democrats": "ORG"}),
        ("The boss of Tarn Water left.", {"Tarn Water": "PERSON"}, {"Tarn Water": "ORG"}),
        ("Tarn Water chief executive Li Wei left.", {"Tarn Water": "PERSON", "Li Wei": "PERSON"},
         {"Tarn Water": "ORG", "Li Wei": "PERSON"}),
        ("Ana Cole's boss left.", {"Ana Cole": "PERSON"}, {"Ana Cole": "PERSON"}),
        ("Later Pixelon Ltd failed.", {"Pixelon Ltd": "GPE"}, {"Pixelon Ltd": "ORG"}),
        ("Later Halden Rovers won. Yes, Rovers won.", {"Halden Rovers": "PERSON", "Rovers": "PERSON"},
         {"Halden Rovers": "ORG"}),
        ("He told the Dunmere Herald. They left Dunmere.", {"Dunmere Herald": "ORG", "Dunmere": "GPE"},
         {"Dunmere Herald": "ORG", "Dunmere": "GPE"}),
        ("They hired Latham & Moss LLP.", {"Latham": "PERSON", "Moss LLP": "PERSON"}, {"Latham & Moss LLP": "ORG"}),
        ("They met at a Group of 20 meeting.", {"Group": "ORG"}, {"Group of 20": "ORG"}),
        ("He sat on the Committee on Benghazi.", {"Committee": "ORG", "Benghazi": "PERSON"},
         {"Committee on Benghazi": "ORG"}),
        ("He is a Utah man.", {"Utah": "ORG"}, {"Utah": "GPE"}),
        ("The African-American voters won.", {}, {"African-American": "NORP"}),
        ("The huge General Electric plant shut.", {"General Electric": "ORG"}, {"General Electric": "ORG"}),
        ("The Army Corps of Engineers came.", {"Army Corps of Engineers": "ORG"}, {"Army Corps of Engineers": "ORG"}),
        ("The House Majority Leader came.", {"House Majority Leader": "ORG"}, {"House": "ORG"}),
        ("So Khalid Sheikh Mohammed sat.", {"Khalid Sheikh Mohammed": "ORG"}, {"Khalid Sheikh Mohammed": "ORG"}),
        ("So Iowa Governor Tom Vilsack sat.", {"Iowa Governor Tom Vilsack": "ORG"},
         {"Iowa": "GPE", "Tom Vilsack": "PERSON"}),
        ("President Obama left. Obama officials stayed.", {"Obama": "PERSON"}, {"Obama": "PERSON"}),
        ("The Department of State met. The State Department met.",
         {"Department of State": "ORG", "State Department": "ORG"}, {"Department of State": "ORG"}),
        ("It was X. there.", {"X.": "PERSON"}, {}),
        ("They fought Communism.", {"Communism": "ORG"}, {}),
        ("They sat at City Hall.", {"City Hall": "GPE"}, {"City Hall": "FAC"}),
        ("It was a Pulhwasal-3-31 missile.", {}, {"Pulhwasal-3-31": "PRODUCT"}),
        ("It was an F-35B jet.", {"F-35B": "ORG"}, {"F-35B": "PRODUCT"}),
        ("It shut in Tarn, Okla., too.", {"Tarn": "GPE"}, {"Tarn": "GPE", "Okla.": "GPE"}),
        ("Later Ann Lee (Tex.) sat.", {"Ann Lee": "PERSON", "Tex.": "ORG"}, {"Ann Lee": "PERSON", "Tex.": "GPE"}),
        ("The speaker, Del. Ann Lee, sat.", {"Ann Lee": "PERSON"}, {"Ann Lee": "PERSON"}),
        ("It began after Brexit.", {"Brexit": "GPE"}, {"Brexit": "EVENT"}),
        ("Ask the AFL-CIO there.", {"AFL": "ORG"}, {"AFL-CIO": "ORG"}),
        ("Later an EU-NATO pact held.", {}, {"EU": "ORG", "NATO": "ORG"}),
        ("Later a BBC-ITV pact held.", {"BBC": "ORG", "ITV": "ORG"}, {"BBC": "ORG", "ITV": "ORG"}),
        ("Later a UK-EU pact held.", {"EU": "ORG"}, {"UK": "GPE", "EU": "ORG"}),
        ("Later the PKK-YPG row died.", {}, {}),
        ("So B. S. Gowda left.", {"S. Gowda": "PERSON"}, {"B. S. Gowda": "PERSON"}),
        ("Later Ana Cole left. The Coles wept.", {"Ana Cole": "PERSON", "Coles": "NORP"},
         {"Ana Cole": "PERSON", "Coles": "PERSON"}),
        ("A Muslim judge sat. The Muslims came.", {"Muslim": "NORP", "Muslims": "NORP"}, {"Muslims": "NORP"}),
    ],
)  # fmt: skip
def test_names_by_their_form(text: str, ents: dict[str, str], names: dict[str, str]) -> None:
    assert {name: record["label"] for name, record in entities(named(text, ents)).items()} == names


def test_a_firm_whose_name_ends_in_an_s_keeps_it_where_its_verb_follows() -> None:
    rows = """
        Halden_ NNP PROPN 2 nsubj
        's POS PART 0 case
        warned VBD VERB 2 root
        of IN ADP 4 case
        Moss_ NNP PROPN 6 nmod:poss
        's POS PART 4 case
        fall_ NN NOUN 2 obl
        . . PUNCT 2 punct
        """
    doc = build(rows, {"Halden": "ORG", "Moss": "PERSON"})
    assert {name: record["label"] for name, record in entities(doc).items()} == {"Halden's": "ORG", "Moss": "PERSON"}


def test_a_state_cut_short_and_a_country_cut_from_a_title_are_the_ones_named_elsewhere() -> None:
    found = entities(named("In Helena, Mont., he sat. So Montana and the Montanans won.",
                           {"Helena": "GPE", "Mont.": "GPE", "Montana": "GPE", "Montanans": "NORP"}))  # fmt: skip
    assert [record["name"] for record in found.values() if record["label"] == "GPE"] == ["Helena", "Montana"]


@pytest.mark.parametrize(
    ("words", "marked", "name"),
    [
        ("Cornell William Brooks", "William Brooks", "Cornell William Brooks"),
        ("Nguyễn Thị Lan", "Thị Lan", "Nguyễn Thị Lan"),
        ("Acme William Brooks", "William Brooks", "William Brooks"),
    ],
)
def test_a_first_name_left_out_of_a_name_of_several_words_is_one_that_is_known(
    words: str, marked: str, name: str
) -> None:
    rows = "\n".join(f"{word} NNP PROPN" for word in words.split())
    doc = build(f"So RB ADV\n{rows}\nleft VBD VERB\n. . PUNCT", {marked: "PERSON"}, parse=False)
    assert list(entities(doc)) == [name]


def test_a_state_in_brackets_is_no_acronym_of_what_stands_before_it() -> None:
    ents = {"Supreme Court": "ORG", "Ann Lee": "PERSON", "Jo Cole": "PERSON", "New York": "GPE"}
    text = "The Supreme Court heard Ann Lee (R-S.C.) and Jo Cole (N.Y.) there. So New York won."
    found = entities(named(text, ents))
    assert {name: record["label"] for name, record in found.items()} == {
        "Supreme Court": "ORG", "Ann Lee": "PERSON", "S.C.": "GPE", "Jo Cole": "PERSON", "New York": "GPE",
    }  # fmt: skip


def test_a_body_goes_by_the_last_word_of_its_name_with_an_article() -> None:
    text = "He told the Dunmere Post. She told the Post."
    found = entities(named(text, {"Dunmere Post": "ORG", "Post": "ORG"}))
    assert found["Dunmere Post"]["words"] == ["Dunmere Post", "Post"]


def test_two_bodies_that_end_alike_keep_a_last_word_apart() -> None:
    text = "The Dunmere Post and the Ashworth Post met. She told the Post."
    found = entities(named(text, {"Dunmere Post": "ORG", "Ashworth Post": "ORG", "Post": "ORG"}))
    assert found["Post"]["words"] == ["Post"]


def test_a_body_known_by_its_first_word_is_no_person_in_full() -> None:
    text = "Veltrix paid. Later Veltrix Mobil agreed."
    found = entities(named(text, {"Veltrix Mobil": "PERSON", "Veltrix": "ORG"}))
    assert (found["Veltrix Mobil"]["label"], found["Veltrix Mobil"]["words"]) == ("ORG", ["Veltrix", "Veltrix Mobil"])


def test_the_best_name_is_spelt_out_before_it_has_more_initials() -> None:
    text = "Edward Mannix ran it. She praised E. J. Mannix."
    found = entities(named(text, {"Edward Mannix": "PERSON", "E. J. Mannix": "PERSON"}))
    assert found["Edward Mannix"]["aliases"] == ["E. J. Mannix"]


@pytest.mark.parametrize(
    ("text", "ents", "confidence"),
    [
        ("Later Ana Cole spoke.", {"Ana Cole": "PERSON"}, 0.92),
        ("Later Tarn Council met.", {"Tarn Council": "ORG"}, 0.9),
        ("Later Zorvex spoke.", {"Zorvex": "PERSON"}, 0.75),
        ("They like Blue Wire Edge there.", {"Blue Wire Edge": "ORG"}, 0.62),
        ("They left France.", {}, 0.95),
    ],
)
def test_a_name_is_as_sure_as_its_form_makes_it(text: str, ents: dict[str, str], confidence: float) -> None:
    (record,) = entities(named(text, ents)).values()
    assert record["confidence"] == confidence


SPEAKS = """
John NNP PROPN 2 nsubj
Kirby NNP PROPN 0 flat
said VBD VERB 2 root
that IN SCONJ 7 mark
Vladimir NNP PROPN 7 nsubj
Putin NNP PROPN 4 flat
would MD AUX 7 aux
come VB VERB 2 ccomp
. . PUNCT 2 punct
He PRP PRON 10 nsubj
added VBD VERB 10 root
nothing NN NOUN 10 obj
. . PUNCT 10 punct
"""


def test_a_pronoun_that_speaks_goes_on_with_the_last_speaker() -> None:
    rows = SPEAKS.replace("said VBD", "say VBD").replace("added VBD", "add VBD")  # lemmas are the words in these Docs
    found = entities(build(rows, {"John Kirby": "PERSON", "Vladimir Putin": "PERSON"}))
    assert found["John Kirby"]["words"] == ["John Kirby", "He"]


REFLEXIVE = """
John NNP PROPN 2 nsubj
Kirby NNP PROPN 0 flat
saw VBD VERB 2 root
Ray NNP PROPN 5 nsubj
Cole NNP PROPN 3 flat
hurt VB VERB 2 ccomp
himself PRP PRON 5 obj
. . PUNCT 2 punct
"""


def test_a_reflexive_is_the_subject_of_its_clause() -> None:
    found = entities(build(REFLEXIVE, {"John Kirby": "PERSON", "Ray Cole": "PERSON"}))
    assert found["Ray Cole"]["words"] == ["Ray Cole", "himself"]
