"""Gold and silver in spaCy's format, for the student: `python -m training.mix syntax|names CORPORA SILVER OUT`.

Writes `OUT/*.spacy`, one file a corpus. Without silver (a missing folder) the
student learns from gold alone.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from analystkit.english import tokenizer
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
        times = 3 if name == "gum_ner" else 1
        path = corpora / f"{name}_train.jsonl"
        yield name, [doc for _ in range(times) for doc in names(nlp, path, rng, dressed=True)]
    for path in sorted(silver.glob("*_silver.jsonl")):
        yield path.stem, list(names(nlp, path, rng, dressed=True))


def main(kind: str, corpora: Path, silver: Path, out: Path) -> None:
    """Write everything."""
    make = {"syntax": syntax_docs, "names": names_docs}[kind]
    out.mkdir(parents=True, exist_ok=True)
    for name, docs in make(tokenizer.blank(), corpora, silver):
        write(docs, out / f"{name}.spacy")


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:5]))
