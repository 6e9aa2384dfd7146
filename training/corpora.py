"""Corpora to spaCy's binary format: `python -m training.corpora CORPORA WORK`.

Sentences are grouped into documents as an article groups them (several to a paragraph, a blank line
between paragraphs), so that the parser learns sentence borders and layout from running text.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from analystkit.english import tokenizer
from training import augment, conllu
from training.conllu import Sentence, Word

SEED = 20230914
TREEBANKS = ("en_ewt-ud", "en_gum-permissive")
NAMES = ("gmb", "gum_ner")
#: Most sentences in a Doc: few to learn from, since the parser's training slows down on long ones; more to test on.
SHORT, LONG = 5, 12
#: Chance that a sentence gets each kind of news dress, where it applies.
DRESS: list[tuple[Callable[[Sentence, random.Random], Sentence | None], float]] = [
    (augment.weekday, 0.30),
    (augment.title, 0.30),
    (augment.curly_quotes, 0.40),
    (augment.rename, 0.30),
]
PARAGRAPH_BREAK = Word("\n\n", "\n\n", "SPACE", "_SP", "", 0, "dep", space=False)


def paragraphs(sentences: Iterable[Sentence], rng: random.Random, most: int = LONG) -> Iterator[list[Sentence]]:
    """Group running sentences into stretches of one to `most`, never across documents."""
    group: list[Sentence] = []
    size = rng.randint(1, most)
    for sentence in sentences:
        if group and (sentence.new_document or len(group) >= size):
            yield group
            group, size = [], rng.randint(1, most)
        group.append(sentence)
    if group:
        yield group


def to_doc(vocab: Vocab, group: list[Sentence]) -> Doc:
    """One Doc from a stretch of sentences, with a blank line before each new paragraph."""
    words: list[Word] = []
    starts: list[bool] = []
    for number, sentence in enumerate(group):
        if number and sentence.new_paragraph:
            words[-1].space = False
            words.append(Word(**{**vars(PARAGRAPH_BREAK), "head": len(words) - 1}))
            starts.append(False)
        offset = len(words)
        for word in sentence.words:
            words.append(Word(**{**vars(word), "head": word.head + offset}))
        starts.extend(i == 0 for i in range(len(sentence.words)))
    return Doc(
        vocab,
        words=[w.form for w in words],
        spaces=[w.space for w in words],
        tags=[w.xpos for w in words],
        pos=[w.upos for w in words],
        morphs=[w.feats for w in words],
        lemmas=[w.lemma for w in words],
        heads=[w.head for w in words],
        deps=[w.dep for w in words],
        sent_starts=None,
    )


def syntax(vocab: Vocab, path: Path, rng: random.Random, *, dressed: bool, most: int = LONG) -> Iterator[Doc]:
    """Docs of one treebank; `dressed` adds the news dress of `training.augment`."""
    for group in paragraphs(conllu.read(path), rng, most):
        if dressed:
            group = [_dress(sentence, rng) for sentence in group]
            if rng.random() < 0.15:
                group[0] = augment.dateline(group[0], rng) or group[0]
        yield to_doc(vocab, group)


def _dress(sentence: Sentence, rng: random.Random) -> Sentence:
    for change, chance in DRESS:
        if rng.random() < chance:
            sentence = change(sentence, rng) or sentence
    return sentence


def names(nlp: Language, path: Path, rng: random.Random, *, dressed: bool) -> Iterator[Doc]:
    """Docs with entities from rows `{"id", "text", "spans"}`, neighbouring rows joined into paragraphs."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    position = 0
    while position < len(rows):
        size = rng.randint(1, 6)
        text, spans = "", []
        for row in rows[position : position + size]:
            if text:
                text += rng.choice([" ", " ", "\n\n"])
            elif dressed and rng.random() < 0.12:
                text, spans = _named_dateline(rng)
            offset = len(text)
            if dressed and rng.random() < 0.15:
                row = renamed(row, rng)
            body = row["text"]
            if dressed and rng.random() < 0.3:
                body = body.replace("'", "’").replace(' "', " “").replace('"', "”")
            text += body
            spans += [(s + offset, e + offset, label) for s, e, label in row["spans"]]
        position += size
        doc = nlp.make_doc(text)
        found = [doc.char_span(s, e, label=label, alignment_mode="expand") for s, e, label in spans]
        doc.ents = filter_spans([span for span in found if isinstance(span, Span)])
        yield doc


def renamed(row: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A row whose persons and places have names that nobody has met yet, the same for the same."""
    new: dict[str, str] = {}
    text, spans, position = "", [], 0
    for start, end, label in sorted(row["spans"]):
        text += row["text"][position:start]
        name = row["text"][start:end]
        if label in {"PERSON", "GPE"}:
            words = name.split(" ")
            for word in filter(augment.is_plain_name, words):
                new.setdefault(word, augment.invented_name(rng))
            name = " ".join(new.get(word, word) for word in words)
        spans.append([len(text), len(text) + len(name), label])
        text += name
        position = end
    return row | {"text": text + row["text"][position:], "spans": spans}


def _named_dateline(rng: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    city = rng.choice(augment.TWO_WORD_CITIES[:5] + augment.CITIES)
    agency = rng.choice(augment.AGENCIES)
    date = f"{rng.choice(augment.MONTHS)} {rng.randint(1, 31)}"
    text, spans = city, [(0, len(city), "GPE")]
    if rng.random() < 0.6:
        spans.append((len(text) + 2, len(text) + 2 + len(date), "DATE"))
        text += f", {date}"
    if rng.random() < 0.75:
        spans.append((len(text) + 2, len(text) + 2 + len(agency), "ORG"))
        text += f" ({agency})"
    return text + rng.choice([" -- ", " — ", " – ", " - "]), spans


def write(docs: Iterable[Doc], path: Path) -> None:
    """Write Docs to a `.spacy` file and say how many."""
    box = DocBin(store_user_data=False, docs=docs)
    box.to_disk(path)
    print(f"{path.name}: {len(box)} docs")


def main(corpora: Path, work: Path) -> None:
    """Convert everything once; training runs read the result as often as they like."""
    work.mkdir(parents=True, exist_ok=True)
    nlp = tokenizer.blank()
    for part in ("train", "dev"):
        rng = random.Random(SEED)
        dressed = part == "train"
        trees: list[Doc] = []
        for name in TREEBANKS:
            path = corpora / f"{name}-{part}.conllu"
            most = SHORT if dressed else LONG
            trees += syntax(nlp.vocab, path, rng, dressed=False, most=most)
            if dressed:  # plain and dressed side by side, so that web text is not forgotten
                trees += syntax(nlp.vocab, path, rng, dressed=True, most=most)
        write(trees, work / f"syntax-{part}.spacy")
        spans: list[Doc] = []
        for name in NAMES:
            path = corpora / f"{name}_{part}.jsonl"
            for _ in range(3 if dressed and name == "gum_ner" else 1):  # the smaller, hand-made corpus counts more
                spans += names(nlp, path, rng, dressed=dressed)
        write(spans, work / f"names-{part}.spacy")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
