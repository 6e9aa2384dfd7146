"""Silver annotation: `python -m training.teacher.silver syntax|names CORPORA TEACHER OUT [NEWS...]`.

News sentences that have names but no trees get trees, web sentences that have trees but no names get names, and
the texts of NEWS (JSON Lines with a key "text"; marks in them are not read) get both. All in the formats of the
gold corpora.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import torch
from spacy.tokens import Doc

from analystkit.english import tokenizer
from analystkit.english.parser import opening_marks
from training import conllu
from training.conllu import Sentence
from training.corpora import SEED
from training.teacher import labels
from training.teacher.annotate import Name, load, name_words, parse_words

#: Share of the parsed sentences to keep, the surest first.
KEPT = 0.9
#: A sentence is used for names unless one of its tags is less sure than this.
UNSURE = 0.5
#: Share of news sentences that open a paragraph, where the corpus does not tell.
PARAGRAPH = 0.35
#: Longest sentence used, in tokens: what is longer is mostly a list, or lacks a full stop.
LONGEST = 80
#: Sentences of a corpus at most; reading them twice (in the manner of both gold corpora) takes a minute per 5,000.
MOST = 20_000


def trees(docs: Sequence[Doc], teacher_path: Path) -> list[Sentence]:
    """Parse tokenized sentences; the least sure are dropped."""
    rng = random.Random(SEED)
    known = all("opens" in doc.user_data for doc in docs)
    found = parse_words(load(teacher_path), [[t.text for t in doc] for doc in docs], sources=[0, 1])
    parsed = [(a, doc) for a, doc in zip(found, docs, strict=True) if a and not any(t.is_space for t in doc)]
    floor = sorted(a.confidence for a, _ in parsed)[int(len(parsed) * (1 - KEPT))]
    print(f"{len(parsed)} sentences parsed, those surer than {floor:.3f} kept")
    kept = []
    for annotation, doc in parsed:
        if annotation.confidence >= floor:
            sentence = annotation.sentence
            sentence.new_paragraph = doc.user_data["opens"] if known else rng.random() < PARAGRAPH
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


def names(docs: Sequence[Doc], teacher_path: Path) -> list[dict[str, object]]:
    """Rows for sentences, named in the manner of both corpora; unsure ones are dropped."""
    found = name_words(load(teacher_path), [[t.text for t in doc] for doc in docs], sources=[0, 1])
    rows = [_row(doc, spans) for doc, (spans, sure) in zip(docs, found, strict=True) if sure >= UNSURE]
    print(f"names: {len(rows)} of {len(docs)} sentences kept")
    return rows


def _row(doc: Doc, names: Iterable[Name]) -> dict[str, object]:
    return {"text": doc.text, "spans": [[*_chars(doc, first, last), label] for first, last, label in names]}


def _chars(doc: Doc, first: int, last: int) -> tuple[int, int]:
    span = doc[first:last]
    return span.start_char, span.end_char


def _write_rows(rows: Iterable[dict[str, object]], path: Path) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def sentences(path: Path) -> Iterator[Doc]:
    """The sentences of a file's texts, each text once; `user_data["opens"]`: the sentence opens a paragraph."""
    nlp = tokenizer.blank()
    nlp.add_pipe("sentencizer")
    texts = dict.fromkeys(json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line)
    for doc in nlp.pipe(line for text in texts for line in text.splitlines() if line.strip()):
        # No sentence begins with a small letter: "“Who pays?” he asked."
        starts = [sentence.start for sentence in doc.sents if not sentence[0].is_lower or not sentence.start]
        # The sentencizer keeps every quotation mark with the sentence before, an opening one, too.
        opening = opening_marks(doc)
        starts = [start - int(start > 1 and opening[start - 1]) for start in starts]
        for number, (start, end) in enumerate(pairwise([*starts, len(doc)])):
            sentence = doc[start:end]
            if 3 <= len(sentence) <= LONGEST and not any(token.is_space for token in sentence):
                made = sentence.as_doc()
                made.user_data["opens"] = number == 0
                yield made


def main() -> None:
    """Read the command line; write `OUT/NAME-silver.conllu` or `OUT/NAME_silver.jsonl` for each corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["syntax", "names"])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("news", type=Path, nargs="*")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    nlp = tokenizer.blank()
    if options.kind == "syntax":
        corpora = {"gmb": labels.read_names(options.corpora / "gmb_train.jsonl", nlp)}
    else:
        web = conllu.read(options.corpora / "en_ewt-ud-train.conllu")
        texts = ["".join(w.form + " " * w.space for w in sentence.words).strip() for sentence in web]
        corpora = {"ewt": [nlp.make_doc(text) for text in texts]}
    corpora |= {path.stem.split("_")[0]: list(sentences(path)) for path in options.news}
    for name, every in corpora.items():
        docs = every[:MOST]
        print(name, flush=True)
        if options.kind == "syntax":
            write_conllu(trees(docs, options.teacher), options.out / f"{name}-silver.conllu")
        else:
            _write_rows(names(docs, options.teacher), options.out / f"{name}_silver.jsonl")


if __name__ == "__main__":
    main()
