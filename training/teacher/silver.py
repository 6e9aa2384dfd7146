"""Silver annotation: `python -m training.teacher.silver CORPORA TEACHERS OUT`.

News sentences that have names but no trees get trees, web sentences that have trees but no names get names,
and the half-corrected names of the news corpus are read again. All in the formats of the gold corpora.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import spacy
import torch
from spacy.tokens import Doc

from training import conllu
from training.conllu import Sentence
from training.corpora import SEED
from training.teacher import labels
from training.teacher.annotate import Name, load, name_words, parse_words

#: Share of the parsed sentences to keep, the surest first.
KEPT = 0.9
#: A name in the news corpus is changed where every tag is at least this sure ...
SURE = 0.8
#: ... and a web sentence is used unless one of its tags is less sure than this.
UNSURE = 0.5
#: Share of news sentences that open a paragraph.
PARAGRAPH = 0.35


def trees(docs: Sequence[Doc], teacher_path: Path) -> list[Sentence]:
    """Parse tokenized sentences; the least sure are dropped."""
    rng = random.Random(SEED)
    found = parse_words(load(teacher_path), [[t.text for t in doc] for doc in docs], sources=[0, 1])
    parsed = [(a, doc) for a, doc in zip(found, docs, strict=True) if a and not any(t.is_space for t in doc)]
    floor = sorted(a.confidence for a, _ in parsed)[int(len(parsed) * (1 - KEPT))]
    print(f"{len(parsed)} sentences parsed, those surer than {floor:.3f} kept")
    kept = []
    for annotation, doc in parsed:
        if annotation.confidence >= floor:
            sentence = annotation.sentence
            sentence.new_paragraph = rng.random() < PARAGRAPH
            for word, token in zip(sentence.words, doc, strict=True):
                word.space = bool(token.whitespace_)
            sentence.words[-1].space = True
            kept.append(sentence)
    return kept


def write_conllu(sentences: Iterable[Sentence], path: Path) -> None:
    """Write sentences so that `training.conllu.read` returns them."""
    with path.open("w", encoding="utf-8") as file:
        for sentence in sentences:
            if sentence.new_paragraph:
                file.write("# newpar\n")
            for at, w in enumerate(sentence.words):
                head, dep = (0, "root") if w.head == at else (w.head + 1, w.dep)
                space = "_" if w.space else "SpaceAfter=No"
                cells = [at + 1, w.form, w.lemma, w.upos, w.xpos, w.feats or "_", head, dep, "_", space]
                file.write("\t".join(map(str, cells)) + "\n")
            file.write("\n")


def news_names(docs: Sequence[Doc], teacher_path: Path) -> list[dict[str, object]]:
    """Rows of the news corpus, with the teacher's names where it is sure of them."""
    found = name_words(load(teacher_path), [[t.text for t in doc] for doc in docs], sources=[0])
    rows, changed = [], 0
    for doc, (names, confidence) in zip(docs, found, strict=True):
        old = [(span.start, span.end, span.label_) for span in doc.ents]
        if confidence >= SURE and names != old:
            changed += 1
            old = names
        rows.append(_row(doc, old))
    print(f"names: {changed} of {len(rows)} news sentences changed")
    return rows


def web_names(docs: Sequence[Doc], teacher_path: Path) -> list[dict[str, object]]:
    """Rows for web sentences, named in the manner of both corpora; unsure ones are dropped."""
    found = name_words(load(teacher_path), [[t.text for t in doc] for doc in docs], sources=[0, 1])
    rows = [_row(doc, names) for doc, (names, sure) in zip(docs, found, strict=True) if sure >= UNSURE]
    print(f"names: {len(rows)} of {len(docs)} web sentences kept")
    return rows


def _row(doc: Doc, names: Iterable[Name]) -> dict[str, object]:
    return {"text": doc.text, "spans": [[*_chars(doc, first, last), label] for first, last, label in names]}


def _chars(doc: Doc, first: int, last: int) -> tuple[int, int]:
    span = doc[first:last]
    return span.start_char, span.end_char


def _write_rows(rows: Iterable[dict[str, object]], path: Path) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def main(corpora: Path, teachers: Path, out: Path) -> None:
    """Write `gmb-silver.conllu`, `gmb_silver.jsonl` and `ewt_silver.jsonl` to `out`."""
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(2)
    nlp = spacy.blank("en")
    news = labels.read_names(corpora / "gmb_train.jsonl", nlp)
    write_conllu(trees(news, teachers / "syntax.pt"), out / "gmb-silver.conllu")
    _write_rows(news_names(news, teachers / "names.pt"), out / "gmb_silver.jsonl")
    sentences = conllu.read(corpora / "en_ewt-ud-train.conllu")
    texts = ["".join(w.form + " " * w.space for w in sentence.words).strip() for sentence in sentences]
    web = [nlp.make_doc(text) for text in texts]
    _write_rows(web_names(web, teachers / "names.pt"), out / "ewt_silver.jsonl")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
