"""Annotate all that there is to learn from: `python -m training.teacher.silver CORPORA SYNTAX NAMES OUT NEWS...`.

SYNTAX and NAMES are the two teachers. Each corpus comes out with trees and names, whichever of them it lacked: the
treebanks with names (gold ones where `gum_ner_train.jsonl` has them), the sentences of `gmb_train.jsonl`, which have
names, with trees, and the texts of NEWS (JSON Lines with a key "text"; marks in them are not read) with both.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path

import torch
from spacy.tokens import Doc
from spacy.vocab import Vocab

from analystkit.english import tokenizer
from analystkit.english.parser import opening_marks
from training import conllu
from training.conllu import Sentence
from training.corpora import SEED, TREEBANKS, name_tags, read_names
from training.teacher.annotate import Teacher, load, name_words, parse_words

#: Share of the parsed sentences to keep, the surest first.
KEPT = 0.9
#: A sentence's names are used unless one of its tags is less sure than this.
UNSURE = 0.5
#: Share of news sentences that open a paragraph, where the corpus does not tell.
PARAGRAPH = 0.35
#: Longest sentence used, in tokens: what is longer is mostly a list, or lacks a full stop.
LONGEST = 80


def parsed(docs: Sequence[Doc], teacher: Teacher) -> list[Sentence]:
    """Sentences with trees, and with the names that their Docs have, if any; the least sure are dropped."""
    rng = random.Random(SEED)
    known = all("opens" in doc.user_data for doc in docs)
    found = parse_words(teacher, [[t.text for t in doc] for doc in docs], sources=teacher.sources)
    trees = [(a, doc) for a, doc in zip(found, docs, strict=True) if a and not any(t.is_space for t in doc)]
    floor = sorted(a.confidence for a, _ in trees)[int(len(trees) * (1 - KEPT))]
    print(f"{len(trees)} sentences parsed, those surer than {floor:.3f} kept", flush=True)
    kept = []
    for annotation, doc in trees:
        if annotation.confidence >= floor:
            sentence = annotation.sentence
            sentence.new_paragraph = doc.user_data["opens"] if known else rng.random() < PARAGRAPH
            for word, token, tag in zip(sentence.words, doc, name_tags(doc), strict=True):
                word.space, word.name = bool(token.whitespace_), tag
            sentence.words[-1].space = True
            kept.append(sentence)
    return kept


def name_all(sentences: Sequence[Sentence], teacher: Teacher) -> None:
    """Give names to the sentences that have none, but for unsure ones."""
    bare = [sentence for sentence in sentences if not any(word.name for word in sentence.words)]
    found = name_words(teacher, [[word.form for word in sentence.words] for sentence in bare], sources=teacher.sources)
    print(f"names: {sum(sure >= UNSURE for _, sure in found)} of {len(bare)} sentences kept", flush=True)
    for sentence, (names, sure) in zip(bare, found, strict=True):
        if sure >= UNSURE:
            _name(sentence, names)


def _name(sentence: Sentence, names: Iterable[tuple[int, int, str]]) -> None:
    for word in sentence.words:
        word.name = "O"
    for first, end, label in names:
        for at in range(first, end):
            sentence.words[at].name = f"I-{label}"
        sentence.words[first].name, sentence.words[end - 1].name = f"B-{label}", f"L-{label}"
        if end - first == 1:
            sentence.words[first].name = f"U-{label}"


def with_gold_names(sentences: Iterable[Sentence], path: Path, vocab: Vocab) -> Iterator[Sentence]:
    """Sentences of a treebank with the names of the rows that have their number and their text."""
    rows = {row["id"]: row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    for sentence in sentences:
        doc = Doc(vocab, words=[w.form for w in sentence.words], spaces=[w.space for w in sentence.words])
        row = rows.get(sentence.id)
        if row and row["text"] == doc.text.strip():
            spans = [doc.char_span(s, e, label, alignment_mode="expand") for s, e, label in row["spans"]]
            _name(sentence, [(span.start, span.end, span.label_) for span in spans if span])
        yield sentence


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
                made.set_ents([], default="missing")
                yield made


def main() -> None:
    """Read the command line; write `OUT/NAME.conllu` for each corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("syntax", type=Path)
    parser.add_argument("names", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("news", type=Path, nargs="*")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--limit", type=int, help="sentences of each corpus, for a quick trial")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    nlp = tokenizer.blank()
    syntax, names = load(options.syntax), load(options.names)
    corpora = {name: conllu.read(options.corpora / f"{name}-train.conllu") for name in TREEBANKS}
    corpora[TREEBANKS[1]] = with_gold_names(corpora[TREEBANKS[1]], options.corpora / "gum_ner_train.jsonl", nlp.vocab)
    raw: dict[str, Iterator[Doc]] = {}
    if (options.corpora / "gmb_train.jsonl").exists():
        raw["gmb"] = iter(read_names(options.corpora / "gmb_train.jsonl", nlp))
    raw |= {path.stem.split("_")[0]: sentences(path) for path in options.news}
    for name in [*corpora, *raw]:
        print(name, flush=True)
        if name in raw:
            found = parsed(list(islice(raw[name], options.limit)), syntax)
        else:
            found = list(islice(corpora[name], options.limit))
        name_all(found, names)
        conllu.write(found, options.out / f"{name}.conllu")


if __name__ == "__main__":
    main()
