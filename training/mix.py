"""Gold and silver in spaCy's format, for the student: `python -m training.mix ANNOTATED OUT`.

ANNOTATED is a folder from `training.teacher.silver`. Writes `OUT/*.spacy`, one file a corpus: each treebank plain and
in news dress, and what has silver trees in news dress. The smaller treebank is seen twice in dress: the only names of
other genres than news that were marked by hand are its.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from analystkit.english import tokenizer
from training import conllu
from training.corpora import SEED, SHORT, TREEBANKS, documents, write


def main(annotated: Path, out: Path) -> None:
    """Write everything."""
    rng = random.Random(SEED)
    nlp = tokenizer.blank()
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(annotated.glob("*.conllu")):
        sentences = list(conllu.read(path))
        times = [False, True, True][: 1 + TREEBANKS.index(path.stem) + 1] if path.stem in TREEBANKS else [True]
        docs = (doc for dressed in times for doc in documents(nlp.vocab, sentences, rng, dressed=dressed, most=SHORT))
        write(docs, out / f"{path.stem}.spacy")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
