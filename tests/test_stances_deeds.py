"""Deeds that nobody is said to have done, fears, regrets and names: what takes a side there, and what takes none."""

import pytest

from analystkit.layers.roles import Syntax
from analystkit.layers.stances.frames import Finder
from tests.stance_docs import entity, sentence
from tests.test_stances import run

CASES = {
    "cleared of a deed": (
        "Marr/NNP/nsubj:pass/3 was/VBD/aux:pass/3 cleared/VBN/root/3 of/IN/mark/5 misleading/VBG/advcl/3 "
        "parliament/NN/obj/5",
        [],
    ),
    "found not guilty of it": (
        "Marr/NNP/nsubj:pass/3 was/VBD/aux:pass/3 found/VBN/root/3 not/RB/advmod/5 guilty/JJ/xcomp/3 of/IN/mark/7 "
        "betraying/VBG/advcl/5 Lesk/NNP/obj/7",
        [],
    ),
    "accused of it": (
        "Nera/NNP/nsubj/2 accused/VBD/root/2 Marr/NNP/obj/2 of/IN/mark/5 betraying/VBG/advcl/2 Lesk/NNP/obj/5",
        [("Nera", "Marr", -1, "asserted"), ("Marr", "Lesk", -1, "hedged")],
    ),
    "what one fears may happen": ("Lesk/NNP/nsubj/2 fears/VBZ/root/2 protests/NNS/obj/2", []),
    "what one fears a market will do": (
        "Rao/NNP/nsubj/2 fears/VBZ/root/2 the/DT/det/4 market/NN/nsubj/6 will/MD/aux/6 fall/VB/ccomp/2",
        [],
    ),
    "what one fears of a decision": (
        "Rao/NNP/nsubj/2 fears/VBZ/root/2 the/DT/det/4 decision/NN/nsubj/6 will/MD/aux/6 hurt/VB/ccomp/2",
        [("Rao", "decision", -1, "asserted")],
    ),
    "regretting what is bad of itself": ("Lesk/NNP/nsubj/2 regretted/VBD/root/2 the/DT/det/4 collapse/NN/obj/2", []),
    "regretting what might be good": (
        "Lesk/NNP/nsubj/2 regretted/VBD/root/2 the/DT/det/4 decision/NN/obj/2",
        [("Lesk", "decision", -1, "asserted")],
    ),
    "a verdict is no name": (
        "The/DT/det/2 jury/NN/nsubj/3 found/VBD/root/3 Marr/NNP/obj/3 guilty/JJ/xcomp/3",
        [],
    ),
    "a bad kind of a good thing": (
        "Lesk/NNP/nsubj/2 called/VBD/root/2 it/PRP/obj/2 a/DT/det/6 reckless/JJ/amod/6 adventure/NN/xcomp/2",
        [("Lesk", "it", -1, "asserted")],
    ),
    "better without somebody": (
        "The/DT/det/2 show/NN/nsubj/5 would/MD/aux/5 be/VB/cop/5 better/JJR/root/5 without/IN/case/7 Marr/NNP/obl/5",
        [(None, "Marr", -1, "asserted")],
    ),
    "a bill that fails": (
        "Rao/NNP/nsubj/2 said/VBD/root/2 the/DT/det/4 bill/NN/nsubj/6 had/VBD/aux/6 failed/VBN/ccomp/2",
        [],
    ),
    "a mayor who fails to do it": (
        "the/DT/det/2 mayor/NN/nsubj/4 had/VBD/aux/4 failed/VBN/root/4 to/TO/mark/6 act/VB/xcomp/4",
        [(None, "mayor", -1, "asserted")],
    ),
    "if he lied": (
        "if/IN/mark/3 Marr/NNP/nsubj/3 lied/VBD/advcl/5 he/PRP/nsubj/5 resigns/VBZ/root/5",
        [],
    ),
    "patience lost with somebody": (
        "Lesk/NNP/nsubj/2 lost/VBD/root/2 patience/NN/obj/2 with/IN/case/5 Marr/NNP/nmod/3",
        [("Lesk", "Marr", -1, "asserted")],
    ),
    "striking a deal": ("Lesk/NNP/nsubj/2 struck/VBD/root/2 a/DT/det/4 deal/NN/obj/2", []),
    "striking somebody": ("Lesk/NNP/nsubj/2 struck/VBD/root/2 Nera/NNP/obj/2", [("Lesk", "Nera", -1, "asserted")]),
    "support that may be withdrawn": (
        "Lesk/NNP/nsubj/2 threatened/VBD/root/2 to/TO/mark/4 withdraw/VB/xcomp/2 its/PRP$/nmod:poss/6 support/NN/obj/4",
        [],
    ),
    "an army to be withdrawn": (
        "Lesk/NNP/nsubj/2 demanded/VBD/root/2 that/IN/mark/5 Marr/NNP/nsubj/5 withdraw/VB/ccomp/2 the/DT/det/7 "
        "army/NN/obj/5",
        [],
    ),
    "whose approval it takes": (
        "The/DT/det/2 authority/NN/nsubj/3 has/VBZ/root/3 to/TO/mark/5 approve/VB/xcomp/3 the/DT/det/7 deal/NN/obj/5",
        [],
    ),
    "what somebody is expected to do": (
        "Lesk/NNP/nsubj:pass/3 is/VBZ/aux:pass/3 expected/VBN/root/3 to/TO/mark/5 veto/VB/xcomp/3 the/DT/det/7 "
        "treaty/NN/obj/5",
        [("Lesk", "treaty", -1, "hedged")],
    ),
    "what others ought to do is the side of whoever says so": (
        "Lesk/NNP/nsubj/3 should/MD/aux/3 support/VB/root/3 Nera/NNP/obj/3",
        [(None, "Nera", 1, "asserted")],
    ),
    "what we ought to do": (
        "We/PRP/nsubj/3 should/MD/aux/3 support/VB/root/3 Nera/NNP/obj/3",
        [("We", "Nera", 1, "asserted")],
    ),
    "who has to go": (
        "Rao/NNP/nsubj/2 said/VBD/root/2 Marr/NNP/nsubj/4 had/VBD/ccomp/2 to/TO/mark/6 go/VB/xcomp/4",
        [(None, "Marr", -1, "asserted")],
    ),
    "who has lost them and should go": (
        "Marr/NNP/nsubj/3 had/VBD/aux/3 lost/VBN/root/3 votes/NNS/obj/3 and/CC/cc/7 should/MD/aux/7 go/VB/conj/3",
        [(None, "Marr", -1, "asserted")],
    ),
    "who has yet to go": (
        "Marr/NNP/nsubj/2 had/VBD/root/2 yet/RB/advmod/2 to/TO/mark/5 go/VB/xcomp/2",
        [],
    ),
    "who has yet to endorse": (
        "Marr/NNP/nsubj/2 had/VBD/root/2 yet/RB/advmod/2 to/TO/mark/5 endorse/VB/xcomp/2 Nera/NNP/obj/5",
        [],
    ),
    "who has to work": (
        "Rao/NNP/nsubj/2 said/VBD/root/2 Marr/NNP/nsubj/4 had/VBD/ccomp/2 to/TO/mark/6 work/VB/xcomp/4",
        [],
    ),
    "a scapegoat is pitied": (
        "her/PRP$/nmod:poss/2 husband/NN/nsubj/5 was/VBD/cop/5 a/DT/det/5 scapegoat/NN/root/5",
        [],
    ),
    "asked whether it is so": (
        "Can/MD/aux/3 we/PRP/nsubj/3 trust/VB/root/3 Nera/NNP/obj/3 ?/./punct/3",
        [],
    ),
    "asked why it is so": (
        "Why/WRB/advmod/4 did/VBD/aux/4 Lesk/NNP/nsubj/4 condemn/VB/root/4 Nera/NNP/obj/4 ?/./punct/4",
        [("Lesk", "Nera", -1, "asserted")],
    ),
    "not sure that one will": (
        "Marr/NNP/nsubj/4 is/VBZ/cop/4 not/RB/advmod/4 sure/JJ/root/4 she/PRP/nsubj/7 will/MD/aux/7 support/VB/ccomp/4 "
        "Nera/NNP/obj/7",
        [],
    ),
    "which one likes": (
        "voters/NNS/nsubj/2 know/VBP/root/2 which/WDT/det/4 party/NN/obj/6 they/PRP/nsubj/6 support/VBP/ccomp/2",
        [],
    ),
    "refraining": (
        "Marr/NNP/nsubj/2 refrained/VBD/root/2 from/IN/mark/4 endorsing/VBG/advcl/2 Nera/NNP/obj/4",
        [],
    ),
    "a non-endorsement": (
        "Marr/NNP/nmod:poss/5 's/POS/case/1 non/JJ/amod/5 -/HYPH/punct/5 endorsement/NN/nsubj/8 of/IN/case/7 "
        "Nera/NNP/nmod/5 stands/VBZ/root/8",
        [("Marr", "Nera", -1, "asserted")],
    ),
    "wanting no repeat": (
        "Lesk/NNP/nsubj/2 wants/VBZ/root/2 no/DT/det/4 referendum/NN/obj/2",
        [("Lesk", "referendum", -1, "asserted")],
    ),
    "the support of many that one wins": (
        "Marr/NNP/nsubj/2 won/VBD/root/2 the/DT/det/4 support/NN/obj/2 of/IN/case/6 farmers/NNS/nmod/4",
        [("farmers", "Marr", 1, "asserted")],
    ),
    "breaking the news": ("Tide/NNP/nsubj/2 broke/VBD/root/2 the/DT/det/4 story/NN/obj/2", []),
    "safer than another": (
        "The/DT/det/2 intensity/NN/nsubj/4 is/VBZ/cop/4 safer/JJR/root/4 than/IN/case/6 theirs/PRP/obl/4",
        [],
    ),
    "going on is not going": (
        "the/DT/det/2 talks/NNS/nsubj/4 should/MD/aux/4 go/VB/root/4 on/RP/compound:prt/4",
        [],
    ),
    "who angers somebody has done nothing to them": (
        "Marr/NNP/nsubj/2 angered/VBD/root/2 Lesk/NNP/obj/2",
        [("Lesk", "Marr", -1, "asserted")],
    ),
    "who could not support it": (
        "Lesk/NNP/nsubj/4 could/MD/aux/4 not/RB/advmod/4 support/VB/root/4 the/DT/det/6 plan/NN/obj/4",
        [("Lesk", "plan", -1, "asserted")],
    ),
}


@pytest.mark.parametrize(("notation", "wanted"), CASES.values(), ids=CASES)
def test_sides_taken_by_deeds(notation: str, wanted: list[tuple[str | None, str, int, str]]) -> None:
    doc = sentence(notation)
    found = [
        (None if one.holder is None else doc[one.holder].text, doc[one.target].text, one.sign, one.certainty)
        for one in Finder(Syntax(doc)).find()
    ]
    assert found == wanted


@pytest.mark.parametrize(
    ("notation", "part", "words"),
    [
        (
            "Lesk/NNP/nsubj/2 accused/VBD/root/2 the/DT/det/4 company/NN/obj/2 of/IN/case/6 greed/NN/nmod/4",
            "target_span",
            "the company",
        ),
        (
            "Lesk/NNP/nsubj:pass/3 was/VBD/aux:pass/3 accused/VBN/root/3 by/IN/case/6 the/DT/det/6 "
            "company/NN/obl:agent/3 of/IN/case/8 greed/NN/nmod/6",
            "holder_span",
            "the company",
        ),
    ],
)
def test_of_what_somebody_is_accused_is_no_part_of_them(notation: str, part: str, words: str) -> None:
    doc = sentence(notation)
    doc._.entities, doc._.quotes = [entity(doc, 1, "ORG", "Lesk")], []
    (record,) = run(doc, 0.8, 0.1, 0.1)
    start, end = record[part]
    assert doc.text[start:end].endswith(words)


def test_a_kingdom_can_hold_a_stance() -> None:
    doc = sentence("The/DT/det/2 kingdom/NN/nsubj/3 condemned/VBD/root/3 Lesk/NNP/obj/3")
    doc._.entities, doc._.quotes = [entity(doc, 1, "ORG", "Lesk")], []
    assert [record["polarity"] for record in run(doc, 0.8, 0.1, 0.1)] == ["negative"]


def test_no_kingdom_holds_none() -> None:
    doc = sentence("no/DT/det/2 kingdom/NN/nsubj/3 condemned/VBD/root/3 Lesk/NNP/obj/3")
    doc._.entities, doc._.quotes = [entity(doc, 1, "ORG", "Lesk")], []
    assert run(doc, 0.8, 0.1, 0.1) == []


def test_a_verb_of_speech_is_trusted_more_than_the_classifier() -> None:
    condemned = sentence("Lesk/NNP/nsubj/2 condemned/VBD/root/2 Nera/NNP/obj/2")
    sued = sentence("Lesk/NNP/nsubj/2 sued/VBD/root/2 Nera/NNP/obj/2")
    for doc in (condemned, sued):
        doc._.entities, doc._.quotes = [entity(doc, 1, "ORG", "Lesk"), entity(doc, 2, "ORG", "Nera")], []
    assert len(run(condemned, 0.05, 0.2, 0.75)) == 1
    assert run(sued, 0.05, 0.2, 0.75) == []
