"""What several test modules share."""

import copy
import re

import pytest

_TEXT = """\
Harbour accord splits the bay

MARNO, March 3 (Wire) — Zoë 🙂 Ødegård, the port minister, praised the accord on Monday.

“We will sign it,” Ødegård said at the quay, “whatever 🚢 the council thinks.”

The council’s chair, Ali Noor, told the Bay Courier that the accord was “a trap” for small boats.

قال علي نور إن الاتفاق فخ.

1 of 2 | A crane at the quay. Photo by Wire
"""


def _span(words, nth=0):
    """Where words stand in the text: the nth time they do."""
    found = [match.span() for match in re.finditer(re.escape(words), _TEXT)]
    return list(found[nth])


def _mention(words, kind="name", nth=0):
    start, end = _span(words, nth)
    return {"start": start, "end": end, "kind": kind}


_SAMPLE = {
    "schema": "analystkit/analysis@1",
    "article": {
        "id": "harbour",
        "title": "Harbour accord splits the bay",
        "byline": "Mara Lind",
        "published": "2024-03-04",
        "url": "https://news.example/harbour",
        "dateline": {"place": "MARNO", "date": "March 3", "agency": "Wire"},
    },
    "text": _TEXT,
    "furniture": [_span("1 of 2 | A crane at the quay. Photo by Wire")],
    "entities": [
        {
            "id": "e1",
            "name": "Zoë 🙂 Ødegård",
            "label": "PERSON",
            "aliases": ["Ødegård"],
            "mentions": [
                _mention("Zoë 🙂 Ødegård"),
                _mention("the port minister", "nominal"),
                _mention("Ødegård", nth=1),
            ],
            "confidence": 0.97,
            "why": "named in full once; “the port minister” stands beside the name",
        },
        {
            "id": "e2",
            "name": "Ali Noor",
            "label": "PERSON",
            "aliases": [],
            "mentions": [
                _mention("Ali Noor"),
                _mention("The council’s chair, Ali Noor", "nominal"),
                _mention("علي نور"),
            ],
            "confidence": 0.9,
            "why": "a name after a title",
        },
        {
            "id": "e3",
            "name": "Bay Courier",
            "label": "ORG",
            "aliases": [],
            "mentions": [_mention("the Bay Courier")],
            "confidence": 0.8,
            "why": "told to",
        },
        {
            "id": "e4",
            "name": "the accord",
            "label": "LAW",
            "aliases": [],
            "mentions": [
                _mention("the accord", "nominal"),
                _mention("the accord", "nominal", 1),
                _mention("it", "pronoun", 1),
            ],
            "confidence": 0.5,
            "why": "described the same way",
        },
    ],
    "quotes": [
        {
            "id": "q1",
            "kind": "direct",
            "content": [_span("“We will sign it,”"), _span("“whatever 🚢 the council thinks.”")],
            "cue": [_span("said")],
            "source": [_span("Ødegård", 1)],
            "speaker": "e1",
            "via": [],
            "confidence": 0.96,
            "why": "quotation marks; cue “said”",
        },
        {
            "id": "q2",
            "kind": "mixed",
            "content": [_span("that the accord was “a trap” for small boats")],
            "cue": [_span("told")],
            "source": [_span("The council’s chair, Ali Noor")],
            "speaker": "e2",
            "via": ["e3"],
            "confidence": 0.71,
            "why": "cue “told”, clause after “that”",
        },
        {
            "id": "q3",
            "kind": "indirect",
            "content": [_span("إن الاتفاق فخ")],
            "cue": [_span("قال")],
            "source": [_span("علي نور")],
            "speaker": None,
            "via": [],
            "confidence": 0.3,
            "why": "a guess",
        },
    ],
    "stances": [
        {
            "id": "s1",
            "holder": "e1",
            "holder_span": _span("Zoë 🙂 Ødegård"),
            "target": "e4",
            "target_span": _span("the accord"),
            "polarity": "positive",
            "strength": "strong",
            "certainty": "asserted",
            "evidence": _span("praised the accord"),
            "quote": None,
            "confidence": 0.88,
            "why": "“praised”",
        },
        {
            "id": "s2",
            "holder": "e2",
            "holder_span": _span("Ali Noor"),
            "target": None,
            "target_span": _span("the accord", 1),
            "polarity": "negative",
            "strength": "strong",
            "certainty": "hedged",
            "evidence": _span("“a trap” for small boats"),
            "quote": "q2",
            "confidence": 0.6,
            "why": "“trap”",
        },
    ],
    "dates": [],
    "model": {"pipeline": "hand", "version": "1", "analystkit": "0.1.0"},
}


@pytest.fixture
def sample():
    """A hand-made analysis: accents, emoji, crossing marks, a split quote, a right-to-left passage."""
    return copy.deepcopy(_SAMPLE)
