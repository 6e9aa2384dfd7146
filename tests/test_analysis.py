"""Analysis: the typed view and its JSON form."""

import copy
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analystkit import Analysis, SchemaError
from analystkit.analysis import Entity, Quote, Stance
from analystkit.schema import schema, validate

TEXT = "Ana Ruiz 🎣 said: “We sail.”\nShe backs the pact.\n\nTASS reported it."


def sample() -> dict:
    quote = TEXT.index("“")
    backs = TEXT.index("backs")
    return {
        "schema": "analystkit/analysis@1",
        "article": {
            "id": "a1",
            "title": "A pact",
            "byline": None,
            "published": "2026-03-04",
            "url": None,
            "dateline": {"place": "PORTO", "date": None, "agency": "TASS"},
            "section": "kept",
        },
        "text": TEXT,
        "furniture": [],
        "entities": [
            {
                "id": "e1",
                "name": "Ana Ruiz",
                "label": "PERSON",
                "aliases": ["Ruiz"],
                "mentions": [
                    {"start": 0, "end": 8, "kind": "name"},
                    {"start": TEXT.index("She"), "end": TEXT.index("She") + 3, "kind": "pronoun", "note": "kept"},
                ],
                "confidence": 0.9,
                "why": "named in full",
            },
            {
                "id": "e2",
                "name": "TASS",
                "label": "ORG",
                "aliases": [],
                "mentions": [{"start": TEXT.index("TASS"), "end": TEXT.index("TASS") + 4, "kind": "name"}],
                "confidence": 1,
                "why": "named",
            },
        ],
        "quotes": [
            {
                "id": "q1",
                "kind": "direct",
                "content": [[quote, quote + 10]],
                "cue": [[TEXT.index("said"), TEXT.index("said") + 4]],
                "source": [[0, 8]],
                "speaker": "e1",
                "via": ["e2"],
                "confidence": 0.8,
                "why": "between quotation marks",
            }
        ],
        "stances": [
            {
                "id": "s1",
                "holder": "e1",
                "holder_span": [0, 8],
                "target": None,
                "target_span": [backs + 6, backs + 14],
                "polarity": "positive",
                "strength": "moderate",
                "certainty": "asserted",
                "evidence": [backs, backs + 5],
                "quote": "q1",
                "confidence": 0.7,
                "why": "back",
            }
        ],
        "dates": [],
        "model": {"pipeline": "gold", "version": "1", "analystkit": "0"},
        "unheard_of": {"kept": True},
    }


def test_records_show_the_words_and_each_other() -> None:
    analysis = Analysis.from_dict(sample())
    [quote] = analysis.quotes
    assert quote.text == "“We sail.”"
    assert (quote.cue_text, quote.source_text) == ("said", "Ana Ruiz")
    assert quote.speaker == analysis.entities[0]
    assert [entity.name for entity in quote.via] == ["TASS"]
    assert analysis.entities[0].quotes == (quote,)
    [stance] = analysis.stances
    assert (stance.holder, stance.target, stance.target_text) == (quote.speaker, None, "the pact")
    assert stance.quote == quote
    assert [mention.text for mention in analysis.entities[0].mentions] == ["Ana Ruiz", "She"]
    assert isinstance(analysis.mark("e1"), Entity)
    assert isinstance(analysis.mark("q1"), Quote)
    assert isinstance(analysis.mark("s1"), Stance)
    assert analysis.mark("e9") is None
    assert analysis.entity("q1") is None
    assert analysis.article.published.isoformat() == "2026-03-04"
    assert "Ana Ruiz" in repr(quote)
    assert "2 entities, 1 quotes" in repr(analysis)


def test_paragraphs_are_runs_of_lines_that_are_not_blank() -> None:
    analysis = Analysis.from_dict(sample())
    words = [TEXT[start:end] for start, end in analysis.paragraphs]
    assert words == [TEXT.split("\n\n")[0], "TASS reported it."]
    assert analysis.paragraph_of(0) == 1
    assert analysis.paragraph_of(TEXT.index("She")) == 1
    assert analysis.paragraph_of(len(TEXT) - 1) == 2


@given(st.text(alphabet="ab \n\t\u2028é"))
def test_paragraphs_hold_every_character_that_is_not_blank(text: str) -> None:
    data = sample() | {"text": text, "entities": [], "quotes": [], "stances": []}
    paragraphs = Analysis.from_dict(data).paragraphs
    inside = {i for start, end in paragraphs for i in range(start, end)}
    assert all(i in inside for i, character in enumerate(text) if not character.isspace())
    assert all(end <= start for (_, end), (start, _) in pairwise(paragraphs))
    for start, end in paragraphs:
        assert "\n\n" not in text[start:end]


def test_round_trip_keeps_unknown_keys() -> None:
    data = sample()
    analysis = Analysis.from_dict(data)
    assert analysis.to_dict() == data
    assert Analysis.from_json(analysis.to_json()) == analysis
    assert json.loads(analysis.to_json(indent=1)) == data


def test_what_comes_out_is_a_copy() -> None:
    data = sample()
    analysis = Analysis.from_dict(data)
    data["entities"][0]["name"] = "changed"
    analysis.to_dict()["entities"].clear()
    assert analysis.entities[0].name == "Ana Ruiz"


def broken(path: str, value: object) -> dict:
    data = copy.deepcopy(sample())
    *steps, last = path.split(".")
    place = data
    for step in steps:
        place = place[int(step)] if step.isdigit() else place[step]
    place[int(last) if last.isdigit() else last] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("schema", "other", "schema"),
        ("entities.0.label", "ANIMAL", r"entities\[0\].label.*ANIMAL"),
        ("entities.0.mentions", [], "mentions"),
        ("entities.0.mentions.0.end", 999, "entity e1.*0:999"),
        ("entities.0.mentions.0.end", 0, "0:0"),
        ("entities.0.id", "e2", "e2 is used more than once"),
        ("quotes.0.content", [], "content"),
        ("quotes.0.content.0.1", 4000, "content of quote q1"),
        ("quotes.0.speaker", "e7", "q1 refers to the entity e7"),
        ("quotes.0.via", ["e8"], "e8"),
        ("stances.0.quote", "q9", "s1 refers to the quote q9"),
        ("stances.0.confidence", 1.5, "confidence"),
        ("article.published", "yesterday", "yesterday"),
    ],
)
def test_a_broken_analysis_is_refused_by_name(path: str, value: object, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        Analysis.from_dict(broken(path, value))


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"schema": "analystkit/analysis@1"}'])
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(SchemaError):
        Analysis.from_json(text)


def test_the_schema_itself_is_valid() -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", sorted(Path(__file__).parents[1].glob("seeds/*.gold.json")), ids=lambda p: p.stem)
def test_gold_keeps_to_the_schema(path: Path) -> None:
    validate(json.loads(path.read_text(encoding="utf-8")))
