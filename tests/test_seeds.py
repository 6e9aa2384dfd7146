"""The sample articles and their gold marks fit each other, hold together and stay varied."""

import datetime
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SEEDS = Path(__file__).parent.parent / "seeds"
# A user's own articles may lie here too, with or without gold; those with gold are checked as well.
ARTICLES = sorted(p for p in SEEDS.glob("*.*") if p.suffix in {".txt", ".md"} and p.with_suffix(".gold.json").exists())
GOLD = {p.stem: json.loads(p.with_suffix(".gold.json").read_text(encoding="utf-8")) for p in ARTICLES}

LABELS = {"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART"}
OURS = (
    "athletes-vote",
    "council-bridge",
    "harbour-treaty",
    "hearing-test",
    "leaders-summit",
    "lock-ruling",
    "rate-decision",
    "recount-march",
)
OPENING, CLOSING = '“‘"', '”’"'
THIRD_PERSON = re.compile(
    r"he|she|they|it|him|her|them|his|its|their|hers|theirs|(him|her|it)self|themselves", re.IGNORECASE
)
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

each_gold = pytest.mark.parametrize("gold", GOLD.values(), ids=GOLD)
each_of_ours = pytest.mark.parametrize("gold", [GOLD[stem] for stem in OURS], ids=OURS)


def spans(gold: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    """Yield (where, start, end) of every span in a gold file."""
    for start, end in gold["furniture"]:
        yield "furniture", start, end
    for entity in gold["entities"]:
        for mention in entity["mentions"]:
            yield entity["id"], mention["start"], mention["end"]
    for quote in gold["quotes"]:
        for part in ("content", "cue", "source"):
            for start, end in quote[part]:
                yield f"{quote['id']} {part}", start, end
    for stance in gold["stances"]:
        for part in ("holder_span", "target_span", "evidence"):
            if stance[part] is not None:
                yield f"{stance['id']} {part}", *stance[part]
    for date in gold["dates"]:
        yield "dates", date["start"], date["end"]


def paragraph_of(text: str, position: int) -> tuple[int, int]:
    """Return the run of non-blank lines around a position."""
    start = text.rfind("\n\n", 0, position)
    end = text.find("\n\n", position)
    return (start + 2 if start >= 0 else 0), (end if end >= 0 else len(text.rstrip()))


def closes_later(text: str, start: int, end: int, contents: list[list[int]]) -> bool:
    """Tell whether a quotation runs on: no closing mark, and the next paragraph opens the next part."""
    _, paragraph_end = paragraph_of(text, start)
    following = [s for s, _ in contents if s >= end]
    return end == paragraph_end and bool(following) and paragraph_of(text, following[0])[0] == following[0]


def nested(a: list[list[int]], b: list[list[int]]) -> bool:
    """Tell whether every span of a lies strictly inside one of b."""
    return a != b and all(any(s <= x and y <= e for s, e in b) for x, y in a)


def test_the_shipped_articles_have_gold() -> None:
    assert set(OURS) <= set(GOLD)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_text_is_the_file_as_it_is(path: Path) -> None:
    gold = GOLD[path.stem]
    assert gold["schema"] == "analystkit/analysis@1"
    assert gold["text"] == path.read_bytes().decode("utf-8")


@each_of_ours
def test_article_facts_are_in_the_text(gold: dict[str, Any]) -> None:
    article, text = gold["article"], gold["text"]
    assert article["title"] in text
    assert all(name in text for name in (article["byline"] or "").split(" and "))
    assert all(part in text for part in article["dateline"].values() if part)
    if article["published"] is not None:
        datetime.date.fromisoformat(article["published"])
        assert article["published"][:4] in text


@each_gold
def test_spans_are_in_bounds_and_trimmed(gold: dict[str, Any]) -> None:
    text = gold["text"]
    for where, start, end in spans(gold):
        assert 0 <= start < end <= len(text), where
        assert text[start:end] == text[start:end].strip(), where


@each_of_ours
def test_no_mark_begins_or_ends_in_furniture(gold: dict[str, Any]) -> None:
    marked = [(where, s, e) for where, s, e in spans(gold) if where != "furniture"]
    for start, end in gold["furniture"]:
        assert [where for where, s, e in marked if start <= s < end or start < e <= end] == []


@each_gold
def test_ids_are_unique_in_order_and_resolve(gold: dict[str, Any]) -> None:
    for kind, letter in (("entities", "e"), ("quotes", "q"), ("stances", "s")):
        assert [item["id"] for item in gold[kind]] == [f"{letter}{n + 1}" for n in range(len(gold[kind]))]
    entities = {e["id"] for e in gold["entities"]} | {None}
    quotes = {q["id"] for q in gold["quotes"]} | {None}
    assert {q["speaker"] for q in gold["quotes"]} | {v for q in gold["quotes"] for v in q["via"]} <= entities
    assert {s["holder"] for s in gold["stances"]} | {s["target"] for s in gold["stances"]} <= entities
    assert {s["quote"] for s in gold["stances"]} <= quotes


@each_gold
def test_values_are_from_the_schema(gold: dict[str, Any]) -> None:
    assert {e["label"] for e in gold["entities"]} <= LABELS
    assert {q["kind"] for q in gold["quotes"]} <= {"direct", "mixed", "indirect"}
    for stance in gold["stances"]:
        assert stance["polarity"] in {"positive", "negative", "neutral"}
        assert stance["strength"] in {"strong", "moderate", "weak"}
        assert stance["certainty"] in {"asserted", "hedged", "denied", "conditional"}
    for item in gold["entities"] + gold["quotes"] + gold["stances"]:
        assert 0 <= item["confidence"] <= 1
        assert item["why"]


@each_of_ours
def test_mentions_are_single_and_of_their_kind(gold: dict[str, Any]) -> None:
    text, seen = gold["text"], set()
    for entity in gold["entities"]:
        names = set()
        for mention in entity["mentions"]:
            words = text[mention["start"] : mention["end"]]
            assert (mention["start"], mention["end"]) not in seen, words
            seen.add((mention["start"], mention["end"]))
            assert (mention["kind"] == "pronoun") == bool(THIRD_PERSON.fullmatch(words)), words
            if mention["kind"] == "name":
                assert not words.lower().startswith("the "), words
                names.add(words.lower())
        assert {alias.lower() for alias in entity["aliases"]} == names - {entity["name"].lower()}


@each_of_ours
def test_every_name_is_marked_wherever_it_stands(gold: dict[str, Any]) -> None:
    text = gold["text"]
    covered = [(s, e) for where, s, e in spans(gold) if where == "furniture" or where in entity_ids(gold)]
    for entity in gold["entities"]:
        names = {text[m["start"] : m["end"]] for m in entity["mentions"] if m["kind"] == "name"}
        for name in names:
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                assert any(s <= match.start() and match.end() <= e for s, e in covered), (name, match.start())


def entity_ids(gold: dict[str, Any]) -> set[str]:
    return {e["id"] for e in gold["entities"]}


@each_of_ours
def test_direct_content_is_between_quotation_marks(gold: dict[str, Any]) -> None:
    text = gold["text"]
    for quote in gold["quotes"]:
        if quote["kind"] != "direct":
            continue
        for start, end in quote["content"]:
            assert text[start] in OPENING, quote["id"]
            assert text[end - 1] in CLOSING or closes_later(text, start, end, quote["content"]), quote["id"]


@each_of_ours
def test_mixed_content_holds_quotation_marks(gold: dict[str, Any]) -> None:
    text = gold["text"]
    for quote in gold["quotes"]:
        content = " ".join(text[s:e] for s, e in quote["content"])
        if quote["kind"] == "mixed":
            assert not all(text[s] in OPENING and text[e - 1] in CLOSING for s, e in quote["content"]), quote["id"]
            assert re.search(r"[“\"].+[”\"]", content), quote["id"]
        elif quote["kind"] == "indirect" and "scare quotes" not in quote["why"]:
            assert not re.search(r"[“”\"]", content), quote["id"]


@each_of_ours
def test_every_quotation_in_the_text_is_accounted_for(gold: dict[str, Any]) -> None:
    """A pair of double marks is in some attribution, or stands within a name or in scare quotes."""
    text = gold["text"]
    contents = [span for quote in gold["quotes"] for span in quote["content"]]
    names = [(m["start"], m["end"]) for e in gold["entities"] for m in e["mentions"] if m["kind"] == "name"]
    for match in re.finditer(r"“[^”\n]*”|\"[^\"\n]*\"", text):
        start, end = match.span()
        assert any(s <= start and end <= e for s, e in [*contents, *names]), match[0]


@each_of_ours
def test_source_cue_and_content_do_not_overlap(gold: dict[str, Any]) -> None:
    for quote in gold["quotes"]:
        parts = sorted(quote["content"] + quote["cue"] + quote["source"])
        if any(nested(quote["content"], q["content"]) for q in gold["quotes"] if q["kind"] == "direct"):
            continue  # a word quoted within a quotation, with its cue in the same quotation
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(parts)), quote["id"]


@each_of_ours
def test_a_stance_stands_near_the_quote_that_carries_it(gold: dict[str, Any]) -> None:
    text, quotes = gold["text"], {q["id"]: q for q in gold["quotes"]}
    for stance in gold["stances"]:
        assert (stance["holder"] is None) == (stance["holder_span"] is None), stance["id"]
        if stance["quote"] is not None:
            quote = quotes[stance["quote"]]
            places = {paragraph_of(text, s) for s, _ in quote["content"] + quote["cue"]}
            assert paragraph_of(text, stance["evidence"][0]) in places, stance["id"]


@each_of_ours
def test_dates_agree_with_the_calendar(gold: dict[str, Any]) -> None:
    text, published = gold["text"], gold["article"]["published"]
    for date in gold["dates"]:
        assert date["text"] == text[date["start"] : date["end"]]
        assert (date["iso_start"] is None) == (date["iso_end"] is None)
        if date["iso_start"] is None:
            continue
        start = datetime.date.fromisoformat(date["iso_start"])
        assert start <= datetime.date.fromisoformat(date["iso_end"])
        weekday = next((d for d in WEEKDAYS if d in date["text"]), None)
        assert weekday is None or WEEKDAYS[start.weekday()] == weekday, date["text"]
        if re.fullmatch(r"today|this morning", date["text"].lower()):
            assert date["iso_start"] == published


def test_the_articles_cover_what_they_are_here_for() -> None:
    golds = [GOLD[stem] for stem in OURS]
    assert tuple(g["article"]["id"] for g in golds) == OURS
    assert {item["confidence"] for g in golds for item in g["entities"] + g["quotes"] + g["stances"]} == {1.0}
    assert all({q["kind"] for q in g["quotes"]} == {"direct", "mixed", "indirect"} for g in golds)
    assert all(350 <= len(g["text"].split()) <= 800 for g in golds)
    quotes = [q for g in golds for q in g["quotes"]]
    stances = [s for g in golds for s in g["stances"]]
    assert any(p.suffix == ".md" for p in ARTICLES)
    assert {e["label"] for g in golds for e in g["entities"]} == LABELS
    assert {s["polarity"] for s in stances} == {"positive", "negative", "neutral"}
    assert {s["strength"] for s in stances} == {"strong", "moderate", "weak"}
    assert {s["certainty"] for s in stances} == {"asserted", "hedged", "denied", "conditional"}
    assert any(s["holder"] is None for s in stances)
    assert any(s["target"] is None for s in stances)
    assert sum(bool(q["via"]) for q in quotes) >= 10
    assert any(not q["source"] and q["cue"] for q in quotes), "passive without an agent"
    assert any(not q["cue"] for q in quotes), "quotation without a cue"
    assert any(q["speaker"] is None and q["source"] for q in quotes), "a paper or placard speaks"
    assert any(g["furniture"] for g in golds)
    assert any(g["article"]["published"] is None for g in golds)
    assert any(ord(c) > 0xFFFF for g in golds for c in g["text"]), "characters of two UTF-16 units"


def test_articles_with_hard_quotations() -> None:
    march, ruling = GOLD["recount-march"], GOLD["lock-ruling"]
    text = march["text"]
    open_ended = [
        q for q in march["quotes"] if any(text[e - 1] == "." for _, e in q["content"]) and q["kind"] == "direct"
    ]
    assert [len(q["content"]) for q in open_ended] == [2, 3]
    assert any(nested(a["content"], b["content"]) for a in ruling["quotes"] for b in ruling["quotes"])


@pytest.mark.parametrize(
    ("stem", "surname"), [("leaders-summit", "Kim"), ("lock-ruling", "Holt"), ("council-bridge", "Pemberton")]
)
def test_two_people_share_a_surname(stem: str, surname: str) -> None:
    people = [e["name"] for e in GOLD[stem]["entities"] if e["label"] == "PERSON"]
    assert sum(surname in name.split() for name in people) == 2
