"""Pairs of holder and target to train the stance models on: marked ones, and unmarked ones for the teacher to mark."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from analystkit import pipeline
from analystkit.layers import extensions
from analystkit.layers.roles import Syntax
from analystkit.layers.stances.features import Page, page
from analystkit.layers.stances.frames import Finder

LABELS = ("negative", "neutral", "positive")
PARTIES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
PRONOUNS = frozenset({"he", "she", "they", "his", "her", "their", "him", "them"})
SEED = 20230914
#: Paragraphs of running news that are read for unmarked pairs.
PARAGRAPHS = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """A text with a target and perhaps a holder in it, in code points.

    Attributes:
        text: A sentence, or a few.
        holder: None: whoever writes or speaks.
        target: Towards whom or what.
        label: Number in `LABELS`; -1: nobody has marked it.
        id: As in the corpus.
    """

    text: str
    holder: tuple[int, int] | None
    target: tuple[int, int]
    label: int
    id: str


def read(path: Path, *, clean: bool = False) -> list[Row]:
    """The rows of a stance corpus; `clean` leaves out those whose holder or target has no letter in it."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        holder = tuple(data["holder"]) if "holder" in data else None
        row = Row(data["text"], holder, tuple(data["target"]), LABELS.index(data["label"]), data["id"])
        words = [row.text[slice(*span)] for span in (row.holder, row.target) if span]
        if not clean or all(any(c.isalpha() for c in word) for word in words):
            found.append(row)
    return found


def held_out(rows: list[Row]) -> np.ndarray:
    """One text in eight, always the same, on which settings are chosen: True where a row is of one of them.

    The teacher leaves out these rows too. A text is held out with all its pairs.
    """
    texts = list(dict.fromkeys(row.text for row in rows))
    chosen = {texts[i] for i in np.random.RandomState(0).permutation(len(texts))[: len(texts) // 8]}
    return np.array([row.text in chosen for row in rows])


def load(path: Path) -> Language:
    """The pipeline of a folder, bare."""
    extensions.register()
    return pipeline.bare(path)


def docs(nlp: Language, texts: Iterable[str], cache: Path) -> list[Doc]:
    """The texts, parsed; read from the cache where it is there."""
    if cache.exists():
        return list(DocBin().from_disk(cache).get_docs(nlp.vocab))
    found = list(nlp.pipe(texts, batch_size=64))
    DocBin(attrs=["TAG", "POS", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "SENT_START"], docs=found).to_disk(cache)
    return found


def read_page(doc: Doc) -> Page:
    """A Doc as the classifiers see it."""
    syntax = Syntax(doc)
    return page(syntax, Finder(syntax).find())


def tokens(doc: Doc, offsets: tuple[int, int]) -> range:
    """The tokens that a stretch of text touches."""
    span = doc.char_span(*offsets, alignment_mode="expand")
    if span is None:
        raise ValueError(f"No tokens at {offsets} of {doc.text[:60]!r}.")
    return range(span.start, span.end)


# -- pairs that nobody has marked


def paragraphs(corpora: Path) -> list[str]:
    """Running news to find pairs in: paragraphs of PolNeAR train and sentences of the Groningen Meaning Bank."""
    found = []
    for line in (corpora / "quotes" / "polnear_train.jsonl").read_text(encoding="utf-8").splitlines():
        found += json.loads(line)["text"].split("\n")
    for line in (corpora / "pipeline" / "gmb_train.jsonl").read_text(encoding="utf-8").splitlines():
        found.append(json.loads(line)["text"])
    found = list(dict.fromkeys(text.strip() for text in found if 40 < len(text.strip()) < 600))
    random.Random(SEED).shuffle(found)
    return found[:PARAGRAPHS]


def silver(running: list[Doc], directed: list[tuple[Row, Doc]], towards: list[tuple[Row, Doc]]) -> Iterator[Row]:
    """Unmarked pairs and targets: of running news, and other ones in the sentences of the two corpora."""
    rng = random.Random(SEED)
    for doc in running:
        parties = [span for span in doc.ents if span.label_ in PARTIES and span.text[0].isalpha()]
        targets = parties + [doc[t.i : t.i + 1] for t in doc if t.lower_ in PRONOUNS and t.pos_ == "PRON"]
        for target in rng.sample(targets, min(len(targets), 1 + (rng.random() < 0.3))):
            yield _row(doc, None, target)
        pairs = [(a, b) for a in parties for b in parties if a.text != b.text and a.sent.start == b.sent.start]
        for holder, target in rng.sample(pairs, min(len(pairs), 2)):
            yield _row(doc, holder, target)
    for row, doc in directed:
        assert row.holder is not None
        chance = rng.random()
        if chance < 0.3:
            yield Row(doc.text, row.target, row.holder, -1, row.id)
        elif chance < 0.6:
            yield Row(doc.text, None, row.target if chance < 0.45 else row.holder, -1, row.id)
    for row, doc in towards:
        others = [span for span in doc.ents if span.label_ in PARTIES and not _overlap(span, row.target)]
        if others and rng.random() < 0.6:
            other = rng.choice(others)
            there = (other.start_char, other.end_char)
            holder, target = rng.choice([(there, row.target), (row.target, there)])
            yield Row(doc.text, holder, target, -1, row.id)


def _row(doc: Doc, holder: Span | None, target: Span) -> Row:
    offsets = None if holder is None else (holder.start_char, holder.end_char)
    return Row(doc.text, offsets, (target.start_char, target.end_char), -1, "")


def _overlap(span: Span, offsets: tuple[int, int]) -> bool:
    return bool(span.start_char < offsets[1] and offsets[0] < span.end_char)
