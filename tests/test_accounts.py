"""What different sources say of one matter, and where their accounts pull apart; on sentences parsed by hand."""

from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from analystkit import tables
from analystkit.analysis import Analysis
from analystkit.errors import SchemaError
from analystkit.layers.accounts import Accounts
from analystkit.layers.accounts.matters import groups
from analystkit.layers.accounts.statements import REACH
from analystkit.pipeline import from_doc
from tests.stance_docs import entity, quote, sentence

ACCEPTED = (
    "Lesk/NNP/nsubj/2 accepted/VBD/root/2 the/DT/det/4 invitation/NN/obj/2 "
    ",/,/punct/7 Marr/NNP/nsubj/7 said/VBD/parataxis/2"
)


def two_accounts(second: str, content: str, cue: str = "told") -> Doc:
    """Marr's account that an invitation was accepted, and Teller's, who "told" or "denied" the content."""
    doc = sentence(f"{ACCEPTED} | {second}")
    doc._.entities = [
        entity(doc, 1, "PERSON", "Marr"),
        entity(doc, 2, "PERSON", "Teller"),
        entity(doc, 3, "ORG", "Tide"),
    ]
    doc._.quotes = [
        quote(doc, 1, "Lesk accepted the invitation", "said", "Marr", "e1", via=("e3",)),
        quote(doc, 2, content, cue, "Teller", "e2"),
    ]
    return doc


def differences(doc: Doc) -> list[dict[str, Any]]:
    (account,) = Accounts()(doc)._.accounts
    found: list[dict[str, Any]] = account["differences"]
    return found


REJECTED = (
    "Teller/NNP/nsubj/2 told/VBD/root/2 Tide/NNP/iobj/2 that/IN/mark/6 Lesk/NNP/nsubj/6 rejected/VBD/ccomp/2 "
    "the/DT/det/8 invitation/NN/obj/6"
)
NEVER = (
    "Teller/NNP/nsubj/2 told/VBD/root/2 Tide/NNP/iobj/2 that/IN/mark/8 the/DT/det/6 invitation/NN/nsubj/8 "
    "never/RB/advmod/8 arrived/VBD/ccomp/2"
)
DENIED = (
    "Teller/NNP/nsubj/2 denied/VBD/root/2 to/IN/case/4 Tide/NNP/obl/2 that/IN/mark/8 any/DT/det/7 "
    "invitation/NN/nsubj/8 arrived/VBD/ccomp/2"
)
SAME = (
    "Teller/NNP/nsubj/2 told/VBD/root/2 Tide/NNP/iobj/2 that/IN/mark/7 the/DT/det/6 invitation/NN/nsubj/7 "
    "arrived/VBD/ccomp/2"
)


def test_an_account_gathers_statements_with_their_chains() -> None:
    doc = two_accounts(SAME, "the invitation arrived")
    (account,) = Accounts()(doc)._.accounts
    assert (account["matter"], account["entity"]) == ("invitation", None)
    assert account["statements"] == ["q1", "q2"]
    assert account["chains"] == [["e1", "e3"], ["e2"]]
    assert account["differences"] == []


@pytest.mark.parametrize(
    ("second", "content", "cue", "kind"),
    [
        (REJECTED, "Lesk rejected the invitation", "told", "opposites"),
        (NEVER, "the invitation never arrived", "told", "negation"),
        (DENIED, "any invitation arrived", "denied", "denial"),
    ],
    ids=["opposites", "negation", "denial"],
)
def test_accounts_that_pull_apart_are_flagged_with_their_words(second: str, content: str, cue: str, kind: str) -> None:
    doc = two_accounts(second, content, cue)
    (difference,) = differences(doc)
    assert difference["kind"] == kind
    assert difference["statements"] == ["q1", "q2"]
    assert 0 < difference["confidence"] < 1
    assert len(difference["evidence"]) == 2
    assert all(start < end for start, end in difference["evidence"])


def test_opposed_stances_are_a_difference() -> None:
    doc = two_accounts(SAME, "the invitation arrived")
    for number, polarity in ((1, "positive"), (2, "negative")):
        start = doc._.quotes[number - 1]["content"][0][0]
        span = [doc.text.index("invitation", start), doc.text.index("invitation", start) + len("invitation")]
        doc._.stances = [
            *(doc._.stances or []),
            {
                "id": f"s{number}", "holder": f"e{number}", "holder_span": [0, 4], "target": None,
                "target_span": span, "polarity": polarity, "strength": "moderate", "certainty": "asserted",
                "evidence": span, "quote": f"q{number}", "confidence": 0.8, "why": "test",
            },
        ]  # fmt: skip
    (difference,) = differences(doc)
    assert (difference["kind"], difference["confidence"]) == ("stance", 0.8)


def test_one_source_has_one_account() -> None:
    doc = two_accounts(REJECTED, "Lesk rejected the invitation")
    doc._.quotes[1]["speaker"] = "e1"
    assert Accounts()(doc)._.accounts == []


def test_who_speaks_is_not_what_is_spoken_of() -> None:
    doc = sentence(
        "Lesk/NNP/nsubj/2 left/VBD/root/2 ,/,/punct/5 Marr/NNP/nsubj/5 said/VBD/parataxis/2 | "
        "Lesk/NNP/nsubj/2 stayed/VBD/root/2 ,/,/punct/5 Teller/NNP/nsubj/5 said/VBD/parataxis/2"
    )
    doc._.entities = [
        entity(doc, 1, "PERSON", "Marr"), entity(doc, 2, "PERSON", "Teller"), entity(doc, 3, "GPE", "Lesk", "Lesk")
    ]  # fmt: skip
    doc._.quotes = [
        quote(doc, 1, "Lesk left", "said", "Marr", "e1"),
        quote(doc, 2, "Lesk stayed", "said", "Teller", "e2"),
    ]
    assert Accounts()(doc)._.accounts == []


@pytest.mark.parametrize("text", ["", "Nobody said anything."])
def test_without_attributions_there_are_no_accounts(text: str) -> None:
    assert Accounts()(spacy.blank("en")(text))._.accounts == []


def test_accounts_stand_in_the_json_form_and_a_table_needs_no_doc_then() -> None:
    doc = two_accounts(DENIED, "any invitation arrived", "denied")
    without = from_doc(doc)
    assert "accounts" not in without.to_dict(), "the component has not run"
    analysis = from_doc(Accounts()(doc))
    again = Analysis.from_dict(analysis.to_dict())
    assert again.to_dict()["accounts"] == doc._.accounts
    assert tables.accounts(again).equals(tables.accounts(without))
    assert list(tables.accounts(again)["via"].dropna()) == ["Tide"]


def test_evidence_outside_the_text_is_refused() -> None:
    data = from_doc(Accounts()(two_accounts(DENIED, "any invitation arrived", "denied"))).to_dict()
    data["accounts"][0]["differences"][0]["evidence"][0] = [0, 10_000]
    with pytest.raises(SchemaError, match="evidence of account a1"):
        Analysis.from_dict(data)


def said(speaker: str, words: str) -> str:
    """One sentence: somebody said that …, the words written after it with heads counted from its first word."""
    return f"{speaker}/NNP/nsubj/2 said/VBD/root/2 {words}"


def spoken(*parts: str, entities: tuple[tuple[str, ...], ...] = (), cue: str = "said") -> Doc:
    """Marr says the first part, others those between, Teller the last; with the accounts of these statements.

    Entities are (label, name, …) with each mention by its words, where they next stand; the speakers come first.
    """
    speakers = ["Marr", *(f"Speaker{n}" for n in range(len(parts) - 2)), "Teller"]
    sentences = [said(speaker, words) for speaker, words in zip(speakers, parts, strict=True)]
    sentences[-1] = sentences[-1].replace("/2 said/", f"/2 {cue}/", 1)
    doc = sentence(" | ".join(sentences))
    doc._.entities = [entity(doc, n, "PERSON", speaker) for n, speaker in enumerate(speakers, 1)]
    doc._.entities += [entity(doc, n, *one) for n, one in enumerate(entities, len(speakers) + 1)]
    found, after = [], 0
    for number, (speaker, part) in enumerate(zip(speakers, sentences, strict=True), 1):
        content = " ".join(item.split("/")[0] for item in part.split()[2:])
        verb = part.split()[1].split("/")[0]
        one = quote(doc, number, content, verb, speaker, f"e{number}")
        start = doc.text.index(content, after)
        one["content"] = [[start, start + len(content)]]
        one["cue"] = [[start - len(verb) - 1, start - 1]]
        after = start
        found.append(one)
    doc._.quotes = found
    return doc


def grouped(*parts: str) -> list[str]:
    """The matters of what Marr says first, Teller last and others between them."""
    return [account["matter"] for account in Accounts()(spoken(*parts))._.accounts]


def apart(*parts: str, cue: str = "said", entities: tuple[tuple[str, ...], ...] = ()) -> list[tuple[str, list[str]]]:
    """The kinds of what pulls apart, with the words that show it; the last statement has the cue."""
    doc = Accounts()(spoken(*parts, cue=cue, entities=entities))
    found = [difference for account in doc._.accounts for difference in account["differences"]]
    return [(one["kind"], [doc.text[start:end] for start, end in one["evidence"]]) for one in found]


JOBS = "casino/NN/compound/4 jobs/NNS/nsubj/5 vanished/VBD/ccomp/2"
RULES = "casino/NN/compound/4 rules/NNS/nsubj/5 hold/VBP/ccomp/2"


def test_what_only_modifies_is_no_matter() -> None:
    assert "casino" not in grouped(JOBS, RULES)


def test_figures_of_speech_are_no_matter() -> None:
    assert grouped("facts/NNS/nsubj/4 count/VBP/ccomp/2", "facts/NNS/nsubj/4 matter/VBP/ccomp/2") == []


def test_what_the_whole_article_speaks_of_joins_no_two_statements() -> None:
    def about(noun: str, verb: str) -> str:
        return f"Lesk/NNP/nsubj/4 {verb}/VBD/ccomp/2 near/IN/case/6 {noun}/NNS/obl/4"

    verbs = ["slept", "sailed", "prayed", "fished", "swam", "danced"]
    assert grouped(about("harbours", "cooked"), about("harbours", "wept")) == ["harbours"]
    assert grouped(*(about("harbours", verb) for verb in verbs)) == []


VISIT = "the/DT/det/4 visit/NN/nsubj/6 would/MD/aux/6 happen/VB/ccomp/2"
NO_TRIP = "no/DT/det/4 trip/NN/nsubj:pass/6 was/VBD/aux:pass/6 planned/VBN/ccomp/2"


def test_different_words_for_one_event_make_one_matter() -> None:
    assert grouped(VISIT, "the/DT/det/4 journey/NN/nsubj/6 would/MD/aux/6 fail/VB/ccomp/2") == ["visit"]


def test_what_one_says_will_be_and_the_other_that_it_is_not_pulls_apart() -> None:
    assert apart(VISIT, NO_TRIP) == [("negation", ["visit", "trip"])]
    assert apart(VISIT, VISIT.replace("happen", "fail")) == []


def test_no_plans_for_a_visit_deny_the_visit() -> None:
    plans = "there/EX/expl/4 are/VBP/ccomp/2 no/DT/det/6 plans/NNS/nsubj/4 for/IN/case/9 a/DT/det/9 journey/NN/nmod/6"
    assert apart(VISIT, plans) == [("negation", ["visit", "journey"])]


COPIED = "Lesk/NNP/nsubj/4 copied/VBD/ccomp/2 the/DT/det/6 lock/NN/obj/4"
DID_NOT = "Lesk/NNP/nsubj/6 did/VBD/aux/6 not/RB/advmod/6 copy/VB/ccomp/2 the/DT/det/8 lock/NN/obj/6"


def test_one_does_what_another_does_not_and_that_is_no_contradiction() -> None:
    lesk = ("ORG", "Lesk")
    assert apart(COPIED, DID_NOT) == [("negation", ["copied", "copy"])]
    other = DID_NOT.replace("Lesk", "Nera")
    assert apart(COPIED, other, entities=(lesk, ("ORG", "Nera"))) == []


def test_what_is_asked_for_contradicts_nothing() -> None:
    wished = "Lesk/NNP/nsubj/4 copy/VB/ccomp/2 the/DT/det/6 lock/NN/obj/4"
    assert apart(wished, DID_NOT) == []
    whether = "whether/IN/mark/5 Lesk/NNP/nsubj/5 copied/VBD/ccomp/2 the/DT/det/7 lock/NN/obj/5"
    assert apart(whether, DID_NOT) == []


def test_a_verb_with_another_particle_is_another_verb() -> None:
    up = "Lesk/NNP/nsubj/4 stood/VBD/ccomp/2 up/RP/compound:prt/4 in/IN/case/7 court/NN/obl/4"
    down = "Lesk/NNP/nsubj/6 did/VBD/aux/6 not/RB/advmod/6 stood/VB/ccomp/2 in/IN/case/8 court/NN/obl/6"
    assert apart(up, down) == []


def killed(number: str, more: str = "") -> str:
    return f"{number}/CD/nummod/4 soldiers/NNS/nsubj:pass/6 were/VBD/aux:pass/6 killed/VBN/ccomp/2{more}"


def test_different_numbers_of_the_same_pull_apart() -> None:
    assert apart(killed("40"), killed("twelve")) == [("numbers", ["40 soldiers", "twelve soldiers"])]
    assert apart(killed("12"), killed("twelve")) == []
    rough = "about/RB/advmod/4 11/CD/nummod/5 soldiers/NNS/nsubj:pass/7 were/VBD/aux:pass/7 killed/VBN/ccomp/2"
    assert apart(killed("12"), rough) == []


def test_amounts_of_one_thing_pull_apart_unless_one_is_what_it_was() -> None:
    def wage(amount: str, before: str) -> str:
        clause = "the/DT/det/4 wage/NN/nsubj/6 should/MD/aux/6 rise/VB/ccomp/2"
        return f"{clause} {before}/IN/case/9 {amount}/CD/nummod/9 dollars/NNS/obl/6"

    assert apart(wage("15", "to"), wage("twelve", "to")) == [("numbers", ["15 dollars", "twelve dollars"])]
    assert apart(wage("15", "to"), wage("7", "from")) == []
    assert apart(wage("15", "to"), wage("900", "to")) == [], "hardly of the same thing"


def test_numbers_of_different_places_are_no_contradiction() -> None:
    def there(number: str, place: str) -> str:
        return killed(number, f" in/IN/case/8 {place}/NNP/obl/6")

    places = (("GPE", "Lesk"), ("GPE", "Nera"))
    assert apart(there("40", "Lesk"), there("12", "Nera"), entities=places) == []


def test_two_that_both_say_they_hold_a_thing_are_rivals() -> None:
    took = "Lesk/NNP/nsubj/4 took/VBD/ccomp/2 the/DT/det/6 bridge/NN/obj/4"
    held = "Nera/NNP/nsubj/4 held/VBD/ccomp/2 the/DT/det/6 bridge/NN/obj/4"
    sides = (("ORG", "Lesk"), ("ORG", "Nera"))
    assert apart(took, held, entities=sides) == [("rivals", ["took", "held"])]
    assert apart(took, took.replace("took", "captured"), entities=(("ORG", "Lesk", "Lesk"),)) == []


def test_a_bare_denial_answers_the_statement_before_it() -> None:
    bribes = "Lesk/NNP/nsubj/4 paid/VBD/ccomp/2 bribes/NNS/obj/4"
    doc = Accounts()(spoken(bribes, "it/PRP/obj/2", cue="denied"))
    (account,) = doc._.accounts
    (difference,) = account["differences"]
    assert (difference["kind"], account["statements"]) == ("denial", ["q1", "q2"])
    assert [doc.text[start:end] for start, end in difference["evidence"]] == ["Lesk paid bribes", "denied"]
    assert apart(bribes, JOBS, "it/PRP/obj/2", cue="denied") == [("denial", ["casino jobs vanished", "denied"])]


@pytest.mark.parametrize(("why", "kinds"), [("failing: “lied”", ["denial"]), ("naming: “called”", [])])
def test_a_denial_answers_whoever_told_of_a_deed(why: str, kinds: list[str]) -> None:
    lied = "Teller/NNP/nsubj/4 lied/VBD/ccomp/2"
    doc = spoken(lied, "any/DT/det/4 wrongdoing/NN/obj/2", cue="denied")
    doc._.entities[1] = entity(doc, 2, "PERSON", "Teller", "Teller")
    start = doc._.quotes[0]["content"][0][0]
    doc._.stances = [
        {
            "id": "s1", "holder": "e1", "holder_span": None, "target": "e2", "target_span": [start, start + 6],
            "polarity": "negative", "strength": "moderate", "certainty": "asserted",
            "evidence": [start + 7, start + 11], "quote": "q1", "confidence": 0.8, "why": why,
        }
    ]  # fmt: skip
    found = [difference for account in Accounts()(doc)._.accounts for difference in account["differences"]]
    assert [difference["kind"] for difference in found] == kinds


def test_a_report_is_denied_by_whom_it_is_about() -> None:
    report = "the/DT/det/4 report/NN/obj/2"
    told = "Teller/NNP/nsubj/4 paid/VBD/ccomp/2 bribes/NNS/obj/4"
    teller = ("PERSON", "Teller", "Teller")
    doc = spoken(told, report, cue="denied")
    doc._.entities[1] = entity(doc, 2, *teller)
    (account,) = Accounts()(doc)._.accounts
    assert [one["kind"] for one in account["differences"]] == ["denial"]
    assert apart(told.replace("Teller", "Lesk"), report, cue="denied") == []


def test_denied_use_of_a_thing_pulls_apart_from_what_others_tell_of_it() -> None:
    used = "Lesk/NNP/nsubj/4 used/VBD/ccomp/2 shells/NNS/obj/4"
    fell = "shells/NNS/nsubj/4 fell/VBD/ccomp/2"
    assert apart(fell, used, cue="denied") == [("denial", ["shells", "shells"])]
    assert apart(fell, used) == []


def test_two_sorts_of_a_thing_are_no_opposites() -> None:
    def work(adjective: str) -> str:
        return f"{adjective}/JJ/amod/4 fishing/NN/nsubj/5 hurts/VBZ/ccomp/2"

    assert apart(work("legal"), work("illegal")) == []
    predicate = "the/DT/det/4 fishing/NN/nsubj/6 was/VBD/cop/6 legal/JJ/ccomp/2"
    assert apart(work("illegal"), predicate) == [("opposites", ["illegal", "legal"])]


def sided(*polarities: str) -> Doc:
    """Statements of which the first and the last take sides on Lesk."""
    doc = spoken(*(f"Lesk/NNP/nsubj/4 {verb}/VBD/ccomp/2" for verb in ("slept", "sailed", "prayed", "swam")))
    doc._.entities.append(entity(doc, 9, "ORG", "Lesk", "Lesk", "Lesk", "Lesk"))
    doc._.stances = []
    for number, polarity in zip((1, len(polarities)), (polarities[0], polarities[-1]), strict=True):
        start, _ = doc._.quotes[number - 1]["content"][0]
        doc._.stances.append(
            {
                "id": f"s{number}", "holder": f"e{number}", "holder_span": None, "target": "e9",
                "target_span": [start, start + 4], "polarity": polarity, "strength": "moderate",
                "certainty": "asserted", "evidence": [start, start + 4], "quote": f"q{number}", "confidence": 0.8,
                "why": "test",
            }
        )  # fmt: skip
    return Accounts()(doc)


def test_sides_on_somebody_pull_apart_where_they_stand_beside_each_other() -> None:
    def kinds(doc: Doc) -> list[str]:
        return [one["kind"] for account in doc._.accounts for one in account["differences"]]

    assert kinds(sided("negative", "", "positive")) == ["stance"]
    assert kinds(sided("negative", "", "", "positive")) == [], (
        "one may be for them in one matter and against in another"
    )


def test_a_statement_joins_those_that_it_is_like_on_the_whole() -> None:
    alike = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.9, (2, 3): 0.05}
    assert groups(4, alike) == [[0, 1, 2], [3]]


def test_statements_far_apart_are_not_compared() -> None:
    between = [f"word{n}/NN/nsubj/4 counts/VBZ/ccomp/2" for n in range(REACH)]
    assert grouped(VISIT, *between[1:], VISIT) == ["visit"]
    assert grouped(VISIT, *between, VISIT) == []
