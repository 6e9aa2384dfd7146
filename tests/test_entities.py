"""The entities layer on Docs built by hand: no model, so that every answer can be read off the test."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin, Span

from analystkit.article import Article
from analystkit.layers.entities import Entities
from analystkit.layers.layout import set_article
from analystkit.pipeline import from_doc

NLP = spacy.blank("en")


def build(rows: str, ents: dict[str, str] | None = None, *, parse: bool = True) -> Doc:
    """A Doc from lines "word TAG POS head dep"; "_" after a word glues the next one to it; "|" ends a paragraph."""
    table = [row.split() for row in rows.strip().splitlines()]
    words = [row[0].removesuffix("_") if row[0] != "|" else "\n\n" for row in table]
    spaces = [not row[0].endswith("_") and row[0] != "|" for row in table]
    spaces = [space and (i + 1 == len(table) or table[i + 1][0] != "|") for i, space in enumerate(spaces)]
    tags = [row[1] if len(row) > 1 else "_SP" for row in table]
    pos = [row[2] if len(row) > 2 else "SPACE" for row in table]
    heads = [int(row[3]) if len(row) > 3 else i - 1 for i, row in enumerate(table)]
    deps = [row[4] if len(row) > 4 else "dep" for row in table]
    extra: dict[str, Any] = {"heads": heads, "deps": deps} if parse else {}
    doc = Doc(NLP.vocab, words=words, spaces=spaces, tags=tags, pos=pos, lemmas=[w.lower() for w in words], **extra)
    return with_ents(doc, ents or {})


def named(text: str, ents: dict[str, str]) -> Doc:
    """A Doc of a text with names, but neither tags nor parse."""
    return with_ents(NLP.make_doc(text), ents)


def with_ents(doc: Doc, ents: dict[str, str]) -> Doc:
    spans = []
    for words, label in ents.items():
        start = doc.text.find(words)
        while start >= 0:
            span = doc.char_span(start, start + len(words), label=label)
            if span is not None and not any(span.start < other.end and other.start < span.end for other in spans):
                spans.append(span)
            start = doc.text.find(words, start + 1)
    doc.ents = spans
    return doc


def entities(doc: Doc) -> dict[str, dict[str, Any]]:
    """The entities that the layer finds, by name, with the words of their mentions."""
    Entities()(doc)
    found = {}
    for record in doc._.entities:
        words = [doc.text[mention["start"] : mention["end"]] for mention in record["mentions"]]
        found[record["name"]] = {**record, "words": words}
    return found


def test_a_surname_goes_to_its_full_name() -> None:
    found = entities(named("Petra Halloran rose. Halloran spoke.", {"Petra Halloran": "PERSON", "Halloran": "PERSON"}))
    assert found["Petra Halloran"]["words"] == ["Petra Halloran", "Halloran"]
    assert found["Petra Halloran"]["aliases"] == ["Halloran"]
    assert "surname" in found["Petra Halloran"]["why"]


def test_two_people_of_one_surname_stay_apart_and_focus_decides() -> None:
    text = (
        "Kim Jong Un came. Kim smiled.\n\nKim Yung-ho spoke in Seoul, and Kim Yung-ho warned; Kim was firm.\n\n"
        "Days later Kim Jong Un left by train, and Kim waved."
    )
    found = entities(named(text, {"Kim Jong Un": "PERSON", "Kim Yung-ho": "PERSON", "Kim": "PERSON", "Seoul": "GPE"}))
    assert found["Kim Jong Un"]["words"] == ["Kim Jong Un", "Kim", "Kim Jong Un", "Kim"]
    assert found["Kim Yung-ho"]["words"] == ["Kim Yung-ho", "Kim Yung-ho", "Kim"]
    assert "could also be" in found["Kim Yung-ho"]["why"]


def test_a_title_cuts_and_corrects_a_name() -> None:
    doc = named("U.S. Secretary of State Antony Blinken left.", {"State Antony Blinken": "ORG"})
    assert found_label(doc, "Antony Blinken") == "PERSON"


@pytest.mark.parametrize(
    ("text", "ents", "name", "label"),
    [
        ("The Hwasong-18 flew.", {}, "Hwasong-18", "PRODUCT"),
        ("An F-35 crashed.", {}, "F-35", "PRODUCT"),
        ("They met in Paris's old hall.", {"Paris's": "GPE"}, "Paris", "GPE"),
        ("He read the Times.", {"the Times": "ORG"}, "Times", "ORG"),
        ("North Korea's Kim came.", {"North Korea's Kim": "PERSON"}, "Kim", "PERSON"),
        ("In 2005 Hurricane Katrina struck.", {"Katrina": "PERSON"}, "Hurricane Katrina", "EVENT"),
        ("Nera Public Radio said so.", {"Nera Public Radio": "PERSON"}, "Nera Public Radio", "ORG"),
        ("Tehran objected.", {"Tehran": "PERSON"}, "Tehran", "GPE"),
        (
            "General Ray Cole left. Ray Cole spoke.",
            {"General Ray Cole": "ORG", "Ray Cole": "PERSON"},
            "Ray Cole",
            "PERSON",
        ),
        ("They flew to Rostov-on-Don.", {}, "Rostov-on-Don", "GPE"),
        ("Later Ramon Itzel rose. Itzel spoke.", {"Ramon Itzel": "ORG", "Itzel": "ORG"}, "Ramon Itzel", "PERSON"),
        (
            "Typhoon Parma hit. Parma then turned.",
            {"Typhoon Parma": "PERSON", "Parma": "GPE"},
            "Typhoon Parma",
            "EVENT",
        ),
        ("He left the West Bank.", {"West Bank": "ORG"}, "West Bank", "LOC"),
        ("Mount Merapi smoked. Merapi rumbled.", {"Mount Merapi": "PERSON"}, "Mount Merapi", "LOC"),
        ("They live in Northern Iraq. Iraq agreed.", {"Northern Iraq": "GPE"}, "Northern Iraq", "GPE"),
        (
            "The Muslim Brotherhood met. The Brotherhood left.",
            {"Muslim Brotherhood": "ORG"},
            "Muslim Brotherhood",
            "ORG",
        ),
        ("Envoys spoke in Baghdad, the leader of none.", {"Baghdad": "GPE"}, "Baghdad", "GPE"),
        ("WHO warned.", {"WHO": "ORG"}, "WHO", "ORG"),
        ("The USSR fell.", {}, "USSR", "GPE"),
        ("Judge Renata Okafor sat.", {"Judge Renata Okafor": "ORG"}, "Renata Okafor", "PERSON"),
        ("Minister of Foreign Affairs Ivo Lenk left.", {"Affairs Ivo Lenk": "ORG"}, "Ivo Lenk", "PERSON"),
        ("Khalid Sheikh Mohammed sat.", {"Khalid Sheikh Mohammed": "PERSON"}, "Khalid Sheikh Mohammed", "PERSON"),
    ],
)
def test_what_recognisers_get_wrong_is_put_right(text: str, ents: dict[str, str], name: str, label: str) -> None:
    assert found_label(named(text, ents), name) == label


def found_label(doc: Doc, name: str) -> str:
    found = entities(doc)
    assert name in found, f"{name!r} is not among {list(found)}"
    return str(found[name]["label"])


@pytest.mark.parametrize(
    ("text", "ents"),
    [
        ("HIV spread.", {"HIV": "ORG"}),
        ("Senators left.", {"Senators": "ORG"}),
        ("They met on New Year's Day.", {"New Year": "ORG"}),
        ("The Defense Secretary left.", {"Defense Secretary": "ORG"}),
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str, ents: dict[str, str]) -> None:
    assert not entities(named(text, ents))


def test_the_americas_are_more_than_one_country() -> None:
    found = entities(named("Latin American states met. France objected. A French envoy left.", {}))
    assert found["Latin American"]["label"] == "NORP"
    assert "country" not in found["Latin American"]
    assert found["French"]["country"] == found["France"]["id"]


@pytest.mark.parametrize(
    "text", ["COVID-19 spread.", "The G-20 met.", "The under-21 side won.", "It rained in K-12 schools."]
)
def test_not_everything_with_a_number_is_a_weapon(text: str) -> None:
    assert not entities(named(text, {}))


@pytest.mark.parametrize(
    ("text", "full", "short", "why"),
    [
        ("The Regional Fisheries Council (RFC) met. RFC agreed.", "Regional Fisheries Council", "RFC", "brackets"),
        ("The Blue Sea Alliance met. BSA agreed.", "Blue Sea Alliance", "BSA", "initials"),
        ("The Korean Central News Agency wrote. KCNA wrote.", "Korean Central News Agency", "KCNA", "short form"),
    ],
)
def test_initials_join_their_name(text: str, full: str, short: str, why: str) -> None:
    found = entities(named(text, {full: "ORG", short: "ORG"}))
    assert short in found[full]["words"]
    assert why in found[full]["why"]


def test_names_of_a_country_are_one_entity_and_its_people_another() -> None:
    text = "The DPRK fired. North Korea denied all. A North Korean envoy left. Ukrainians watched."
    found = entities(named(text, {"DPRK": "ORG", "North Korea": "GPE"}))
    country = found["North Korea"]
    assert country["words"] == ["DPRK", "North Korea"]
    assert country["aliases"] == ["DPRK"]
    assert found["North Korean"]["label"] == "NORP"
    assert found["North Korean"]["country"] == country["id"]
    assert "country" not in found["Ukrainians"]  # Ukraine is not in the article


def test_the_north_is_short_for_a_country_that_is_named_so() -> None:
    found = entities(
        named("North Korea fired. Envoys of the North left. He lives in the South.", {"North": "LOC", "South": "LOC"})
    )
    assert found["North Korea"]["words"] == ["North Korea", "the North"]
    assert found["North Korea"]["mentions"][1]["kind"] == "nominal"
    assert found["South"]["label"] == "LOC"


def test_a_people_is_linked_to_a_place_that_no_list_has() -> None:
    found = entities(named("Valdoria objected. The Valdorian envoy left.", {"Valdoria": "GPE"}))
    assert found["Valdorian"]["country"] == found["Valdoria"]["id"]


# -- with syntax, in both schemes

CLOSER = {
    "ud": """
        Russia NNP PROPN 1 nsubj
        attacked VBD VERB 1 ROOT
        . . PUNCT 1 punct
        Moscow NNP PROPN 5 nsubj
        has VBZ AUX 5 aux
        drawn VBN VERB 5 ROOT
        closer RBR ADV 5 advmod
        . . PUNCT 5 punct
        He PRP PRON 9 nsubj
        flew VBD VERB 9 ROOT
        to IN ADP 11 case
        Moscow NNP PROPN 9 obl
        . . PUNCT 9 punct
    """,
    "clear": """
        Russia NNP PROPN 1 nsubj
        attacked VBD VERB 1 ROOT
        . . PUNCT 1 punct
        Moscow NNP PROPN 5 nsubj
        has VBZ AUX 5 aux
        drawn VBN VERB 5 ROOT
        closer RBR ADV 5 advmod
        . . PUNCT 5 punct
        He PRP PRON 9 nsubj
        flew VBD VERB 9 ROOT
        to IN ADP 9 prep
        Moscow NNP PROPN 10 pobj
        . . PUNCT 9 punct
    """,
}


@pytest.mark.parametrize("scheme", CLOSER)
def test_a_capital_stands_for_its_government_only_where_it_acts(scheme: str) -> None:
    doc = build(CLOSER[scheme], {"Moscow": "GPE", "Russia": "GPE"})
    found = entities(doc)
    assert found["Russia"]["words"] == ["Russia", "Moscow"]
    assert [mention.get("metonym") for mention in found["Russia"]["mentions"]] == [None, True]
    assert found["Moscow"]["words"] == ["Moscow"]
    assert found["Moscow"]["mentions"][0]["start"] > found["Russia"]["mentions"][1]["start"]


MINISTER = {
    "ud": """
        Solveig NNP PROPN 7 nsubj
        Marr NNP PROPN 0 flat
        , , PUNCT 5 punct
        the DT DET 5 det
        foreign JJ ADJ 5 amod
        minister NN NOUN 0 appos
        , , PUNCT 0 punct
        left VBD VERB 7 ROOT
        . . PUNCT 7 punct
        The DT DET 10 det
        minister NN NOUN 11 nsubj
        smiled VBD VERB 11 ROOT
        . . PUNCT 11 punct
        She PRP PRON 14 nsubj
        waved VBD VERB 14 ROOT
        . . PUNCT 14 punct
    """,
    "clear": """
        Solveig NNP PROPN 1 compound
        Marr NNP PROPN 7 nsubj
        , , PUNCT 1 punct
        the DT DET 5 det
        foreign JJ ADJ 5 amod
        minister NN NOUN 1 appos
        , , PUNCT 1 punct
        left VBD VERB 7 ROOT
        . . PUNCT 7 punct
        The DT DET 10 det
        minister NN NOUN 11 nsubj
        smiled VBD VERB 11 ROOT
        . . PUNCT 11 punct
        She PRP PRON 14 nsubj
        waved VBD VERB 14 ROOT
        . . PUNCT 14 punct
    """,
}


@pytest.mark.parametrize("scheme", MINISTER)
def test_descriptions_and_pronouns_follow_a_name(scheme: str) -> None:
    doc = build(MINISTER[scheme], {"Solveig Marr": "PERSON"})
    found = entities(doc)["Solveig Marr"]
    assert found["words"] == ["Solveig Marr", "the foreign minister", "The minister", "She"]
    assert [mention["kind"] for mention in found["mentions"]] == ["name", "nominal", "nominal", "pronoun"]
    assert all(0 < mention["confidence"] <= 1 and mention["why"] for mention in found["mentions"])


def test_a_pronoun_of_the_other_gender_is_left_alone() -> None:
    doc = build(MINISTER["ud"].replace("She PRP", "He PRP"), {"Solveig Marr": "PERSON"})
    assert "He" not in entities(doc)["Solveig Marr"]["words"]


def test_an_expletive_it_refers_to_nothing() -> None:
    rows = """
        Lesk NNP PROPN 1 nsubj
        agreed VBD VERB 1 ROOT
        . . PUNCT 1 punct
        It PRP PRON 5 nsubj
        is VBZ AUX 5 cop
        likely JJ ADJ 5 ROOT
        that IN SCONJ 8 mark
        rain NN NOUN 8 nsubj
        falls VBZ VERB 5 ccomp
        . . PUNCT 5 punct
    """
    assert entities(build(rows, {"Lesk": "GPE"}))["Lesk"]["words"] == ["Lesk"]


def test_somebody_without_a_name_who_speaks_is_an_entity() -> None:
    rows = """
        A DT DET 1 det
        spokeswoman NN NOUN 2 nsubj
        say VBD VERB 2 ROOT
        so RB ADV 2 advmod
        . . PUNCT 2 punct
    """
    found = entities(build(rows))
    assert found["a spokeswoman"]["label"] == "PERSON"
    assert found["a spokeswoman"]["mentions"][0]["kind"] == "nominal"


TREATY = """
    They PRP PRON 1 nsubj
    signed VBD VERB 1 ROOT
    a DT DET 3 det
    treaty NN NOUN 1 obj
    . . PUNCT 1 punct
    Critics NNS NOUN 6 nsubj
    read VBD VERB 6 ROOT
    the DT DET 8 det
    treaty NN NOUN 6 obj
    . . PUNCT 6 punct
    The DT DET 11 det
    pact NN NOUN 12 nsubj
    failed VBD VERB 12 ROOT
    . . PUNCT 12 punct
"""


def test_what_an_article_comes_back_to_is_an_entity_without_a_name() -> None:
    found = entities(build(TREATY))["a treaty"]
    assert (found["label"], found["words"]) == ("LAW", ["a treaty", "the treaty", "The pact"])
    assert all(mention["kind"] == "nominal" and mention["why"] for mention in found["mentions"])


def test_what_is_spoken_of_once_is_no_entity() -> None:
    found = entities(build(TREATY.replace("treaty NN NOUN 6", "terms NN NOUN 6").replace("pact", "terms")))
    assert [record["words"] for record in found.values()] == [["Critics"]]  # they speak


def test_the_noun_at_the_end_of_a_name_stands_for_it() -> None:
    rows = TREATY.replace("a DT DET 3 det", "Tarn NNP PROPN 3 compound").replace(
        "treaty NN NOUN 1", "Treaty NNP PROPN 1"
    )
    assert entities(build(rows, {"Tarn Treaty": "LAW"}))["Tarn Treaty"]["words"] == [
        "Tarn Treaty",
        "the treaty",
        "The pact",
    ]


def test_the_dateline_is_a_place_and_an_agency() -> None:
    text = "TARN HARBOUR, 14 March 2025 (Meridian) -- The port opened on Friday.\n"
    doc = NLP.make_doc(text)
    set_article(doc, Article(text, title="Port opens", published=dt.date(2025, 3, 14)))
    found = entities(doc)
    assert found["Tarn Harbour"]["label"] == "GPE"
    assert found["Meridian"]["label"] == "ORG"


# -- whatever comes


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Nothing here is named at all.", "\u0301 \U0001f600"])
def test_a_bare_pipeline_gives_no_entities_and_no_error(text: str) -> None:
    assert entities(NLP.make_doc(text)) == {}


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    parts=st.lists(
        st.sampled_from(
            [
                "Kim Jong Un",
                "Kim",
                "Moscow",
                "Russia",
                "the DPRK",
                "he said",
                "She",
                "“No,”",
                "\n\n",
                "🕊️",
                "É́milie",
                "U.S.",
                "President Itzel",
                "the minister",
                "its",
                "KCNA",
                ".",
                "—",
                "Hartley & Moss",
                "’s",
            ]
        ),
        max_size=25,
    )
)
def test_mentions_are_sound_whatever_the_text(parts: list[str]) -> None:
    doc = NLP.make_doc(" ".join(parts))
    doc.ents = [
        Span(doc, token.i, token.i + 1, label="PERSON") for token in doc if token.text in {"Itzel", "Émilie", "Moss"}
    ]
    Entities()(doc)
    ids = [record["id"] for record in doc._.entities]
    assert ids == [f"e{number}" for number in range(1, len(ids) + 1)]
    firsts = [record["mentions"][0]["start"] for record in doc._.entities]
    assert firsts == sorted(firsts)
    for record in doc._.entities:
        starts = [(mention["start"], mention["end"]) for mention in record["mentions"]]
        assert starts == sorted(set(starts))
        for start, end in starts:
            assert doc.char_span(start, end) is not None
            assert doc.text[start:end].strip() == doc.text[start:end] != ""
    if doc.text.strip():
        data = from_doc(doc).to_dict()
        assert data["entities"] == doc._.entities


def test_entities_survive_docbin() -> None:
    doc = named("Petra Halloran rose. Halloran spoke.", {"Petra Halloran": "PERSON", "Halloran": "PERSON"})
    Entities()(doc)
    (back,) = DocBin(docs=[doc], store_user_data=True).get_docs(NLP.vocab)
    assert from_doc(back).to_dict()["entities"] == doc._.entities
    assert [(span.text, span.label_, span.id_) for span in doc.spans["mentions"]] == [
        ("Petra Halloran", "PERSON", "e1"),
        ("Halloran", "PERSON", "e1"),
    ]


def test_the_factory_works_in_any_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Petra Halloran"}])  # type: ignore[attr-defined]
    nlp.add_pipe("analystkit_entities")
    assert nlp("Petra Halloran rose. Halloran spoke.")._.entities[0]["name"] == "Petra Halloran"
