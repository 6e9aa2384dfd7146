"""Gold and silver in spaCy's format, for the student: `python -m training.mix CORPORA SILVER OUT`.

Writes `OUT/syntax/*.spacy` and `OUT/names/*.spacy`, one file a corpus. Without silver (a missing folder) the
student learns from gold alone.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from training.corpora import NAMES, SEED, TREEBANKS, names, syntax, write

#: Sentences a document at most: short documents train about twice as fast.
MOST = 5


def syntax_docs(nlp: Language, corpora: Path, silver: Path) -> Iterator[tuple[str, list[Doc]]]:
    """Documents with trees by corpus: each treebank plain and dressed, the parsed news dressed once."""
    rng = random.Random(SEED)
    for name in TREEBANKS:
        path = corpora / f"{name}-train.conllu"
        plain = list(syntax(nlp.vocab, path, rng, dressed=False, most=MOST))
        yield name, plain + list(syntax(nlp.vocab, path, rng, dressed=True, most=MOST))
    for path in sorted(silver.glob("*.conllu")):
        yield path.stem, list(syntax(nlp.vocab, path, rng, dressed=True, most=MOST))


def names_docs(nlp: Language, corpora: Path, silver: Path) -> Iterator[tuple[str, list[Doc]]]:
    """Documents with names by corpus; the small hand-made corpus three times, in other groups and dress."""
    rng = random.Random(SEED)
    for name in NAMES:
        reread = silver / f"{name}_silver.jsonl"
        gold = corpora / f"{name}_train.jsonl"
        path = reread if reread.exists() else gold
        times = 3 if name == "gum_ner" else 1
        yield name, [doc for _ in range(times) for doc in names(nlp, path, rng, dressed=True)]
    web = silver / "ewt_silver.jsonl"
    if web.exists():
        yield web.stem, list(names(nlp, web, rng, dressed=True))


def main(corpora: Path, silver: Path, out: Path) -> None:
    """Write everything."""
    nlp = spacy.blank("en")
    for kind, make in (("syntax", syntax_docs), ("names", names_docs)):
        (out / kind).mkdir(parents=True, exist_ok=True)
        for name, docs in make(nlp, corpora, silver):
            write(docs, out / kind / f"{name}.spacy")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
