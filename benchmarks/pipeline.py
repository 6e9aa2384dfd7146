"""Syntax, lemmas and names of a pipeline on the dev corpora.

    uv run python -m benchmarks.pipeline CORPORA [PIPELINE …]

CORPORA is the folder described in training/README.md. The text goes in raw: the pipeline's own tokens and
sentence borders count. Names are measured by `analystkit.evaluation.names`. A pipeline whose dependency labels are not
Universal Dependencies is not scored on them ("-").
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import pandas as pd
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from analystkit import pipeline
from analystkit.evaluation.names import LABELS, Name, score
from training import corpora


def syntax_examples(nlp: Language, folder: Path) -> list[Example]:
    """Examples of the treebanks' dev parts, a few sentences a Doc."""
    rng = random.Random(corpora.SEED)
    gold = [
        doc for name in corpora.TREEBANKS for doc in corpora.treebank(nlp.vocab, folder / f"{name}-dev.conllu", rng)
    ]
    return [Example(doc, reference) for doc, reference in zip(run(nlp, gold), gold, strict=True)]


def names_examples(nlp: Language, path: Path) -> list[Example]:
    """Examples of a corpus of names."""
    gold = list(corpora.running_names(nlp, path, random.Random(corpora.SEED)))
    return [Example(doc, reference) for doc, reference in zip(run(nlp, gold), gold, strict=True)]


def run(nlp: Language, gold: list[Doc]) -> list[Doc]:
    """The texts of gold Docs, analysed."""
    return list(nlp.pipe([doc.text for doc in gold], batch_size=64))


def syntax_row(nlp: Language, folder: Path) -> dict[str, float | None]:
    """Accuracies on the treebanks, in per cent, and words a second on one core."""
    rng = random.Random(corpora.SEED)
    texts = [d.text for d in corpora.treebank(nlp.vocab, folder / "en_gum-permissive-dev.conllu", rng)]
    began = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    seconds = time.perf_counter() - began
    scores = nlp.evaluate(syntax_examples(nlp, folder))
    universal = "parser" in nlp.pipe_names and "obl" in nlp.get_pipe("parser").labels  # type: ignore[attr-defined]
    row: dict[str, float | None] = {
        "tags": scores.get("tag_acc"),
        "UPOS": scores.get("pos_acc"),
        "UAS": scores.get("dep_uas") if universal else None,
        "LAS": scores.get("dep_las") if universal else None,
        "lemmas": scores.get("lemma_acc"),
        "sentences": scores.get("sents_f"),
    }
    return {key: None if value is None else 100 * value for key, value in row.items()} | {"words/s": words / seconds}


def names_row(examples: list[Example]) -> dict[str, float]:
    """Scores of names, overall and per label, in per cent."""
    return score((spans(example.reference), spans(example.predicted)) for example in examples)


def spans(doc: Doc) -> set[Name]:
    """The names that a recogniser found, or that a corpus has."""
    return {(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents if ent.label_ in LABELS}


def main(folder: Path, names: list[str]) -> None:
    """Print the tables."""
    pipelines = {name: pipeline.bare(name) for name in names}
    syntax = {name: syntax_row(nlp, folder) for name, nlp in pipelines.items()}
    print("Syntax, EWT + GUM dev\n" + _table(syntax) + "\n")
    for corpus in corpora.NAMES:
        rows = {name: names_row(names_examples(nlp, folder / f"{corpus}_dev.jsonl")) for name, nlp in pipelines.items()}
        print(f"Names, {corpus} dev\n" + _table(rows) + "\n")


def _table(rows: dict[str, dict[str, float | None]] | dict[str, dict[str, float]]) -> str:
    return pd.DataFrame.from_dict(rows, orient="index").to_string(float_format="%.1f", na_rep="-")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or ["analystkit/model"])
