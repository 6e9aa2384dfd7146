"""Parsed sentences for the tests of the stance layers, written by hand."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from analystkit.layers import extensions

extensions.register()

VOCAB: Vocab = spacy.blank("en").vocab
_POS = {
    "NN": "NOUN",
    "NNS": "NOUN",
    "NNP": "PROPN",
    "NNPS": "PROPN",
    "PRP": "PRON",
    "PRP$": "PRON",
    "WP": "PRON",
    "WDT": "PRON",
    "DT": "DET",
    "IN": "ADP",
    "TO": "PART",
    "RB": "ADV",
    "RP": "ADP",
    "JJ": "ADJ",
    "JJR": "ADJ",
    "MD": "AUX",
    "CC": "CCONJ",
    "POS": "PART",
    "CD": "NUM",
}


def sentence(notation: str, vocab: Vocab = VOCAB) -> Doc:
    """A Doc of words written word/TAG/dep/head, the head by number from 1; sentences are parted by |."""
    words, tags, deps, heads, starts = [], [], [], [], []
    for part in notation.split("|"):
        offset = len(words)
        for place, item in enumerate(part.split()):
            word, tag, dep, head = item.rsplit("/", 3)
            words.append(word)
            tags.append(tag)
            deps.append(dep)
            heads.append(offset + int(head) - 1)
            starts.append(place == 0)
    copulas = [tag[:2] == "VB" and dep in ("cop", "aux", "aux:pass") for tag, dep in zip(tags, deps, strict=True)]
    pos = [
        "AUX" if copula else _POS.get(tag, "VERB" if tag[:2] == "VB" else "PUNCT")
        for tag, copula in zip(tags, copulas, strict=True)
    ]
    return Doc(vocab, words=words, tags=tags, pos=pos, deps=deps, heads=heads, sent_starts=starts)


def entity(doc: Doc, number: int, label: str, *mentions: str, kind: str = "name") -> dict[str, object]:
    """An entity with the given words as its mentions, each where it first stands after the one before."""
    found, after = [], 0
    for words in mentions:
        start = doc.text.index(words, after)
        after = start + len(words)
        found.append({"start": start, "end": after, "kind": kind})
    return {
        "id": f"e{number}",
        "name": mentions[0],
        "label": label,
        "aliases": [],
        "mentions": found,
        "confidence": 0.9,
        "why": "test",
    }


def quote(
    doc: Doc, number: int, content: str, cue: str, source: str, speaker: str, via: tuple[str, ...] = ()
) -> dict[str, object]:
    """An attribution whose parts are the given words, where they first stand."""

    def span(words: str) -> list[list[int]]:
        start = doc.text.index(words)
        return [[start, start + len(words)]]

    return {
        "id": f"q{number}",
        "kind": "indirect",
        "content": span(content),
        "cue": span(cue),
        "source": span(source),
        "speaker": speaker,
        "via": list(via),
        "confidence": 0.9,
        "why": "test",
    }
