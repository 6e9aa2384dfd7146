"""What different sources say of one matter, and where their accounts pull apart; on sentences parsed by hand."""

from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from analystkit import tables
from analystkit.analysis import Analysis
from analystkit.errors import SchemaError
from analystkit.layers.accounts import Accounts
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


def grouped(first: str, second: str, *between: str) -> list[str]:
    """The matters of what Marr says first and Teller second; the sentences between them are others' words."""
    speakers = ["Marr", *(f"Speaker{n}" for n in range(len(between))), "Teller"]
    parts = [said(speaker, words) for speaker, words in zip(speakers, (first, *between, second), strict=True)]
    doc = sentence(" | ".join(parts))
    doc._.entities = [entity(doc, n, "PERSON", speaker) for n, speaker in enumerate(speakers, 1)]
    found, after = [], 0
    for number, (speaker, part) in enumerate(zip(speakers, parts, strict=True), 1):
        content = " ".join(item.split("/")[0] for item in part.split()[2:])
        one = quote(doc, number, content, "said", speaker, f"e{number}")
        start = doc.text.index(content, after)
        one["content"] = [[start, start + len(content)]]
        after = start
        found.append(one)
    doc._.quotes = found
    return [account["matter"] for account in Accounts()(doc)._.accounts]


JOBS = "casino/NN/compound/4 jobs/NNS/nsubj/5 vanished/VBD/ccomp/2"
RULES = "casino/NN/compound/4 rules/NNS/nsubj/5 vanished/VBD/ccomp/2"
CASINO = "casinos/NNS/nsubj/4 vanished/VBD/ccomp/2"


def test_what_only_modifies_is_no_matter_unless_somebody_names_it() -> None:
    assert "casino" not in grouped(JOBS, RULES)
    assert grouped(JOBS, CASINO) == ["casino"]


def test_figures_of_speech_are_no_matter() -> None:
    fact = "facts/NNS/nsubj/4 count/VBP/ccomp/2"
    assert grouped(fact, fact) == []


def test_what_the_whole_article_speaks_of_joins_no_two_statements() -> None:
    def about(noun: str, verb: str) -> str:
        return f"Lesk/NNP/nsubj/4 {verb}/VBD/ccomp/2 near/IN/case/6 {noun}/NNS/obl/4"

    others = [about(f"thing{n}", "slept") for n in "abcdef"]
    shared = about("harbours", "slept")
    assert grouped(shared, shared) == ["harbours"]
    assert grouped(shared, shared, *others) == []
    assert grouped(shared, about("harbours", "stayed")) == []
