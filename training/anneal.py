"""A last stretch of training in which the step size falls to zero: `python -m training.anneal MODEL TRAIN DEV OUT`.

`spacy train` keeps the best model of a run with a large step size. Going on from there, all components
together and ever more gently, brings what a full schedule would, in a fraction of the time.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import spacy
from spacy.training import Corpus, Example
from spacy.training.batchers import minibatch_by_words
from spacy.util import fix_random_seed
from thinc.api import Adam

from training.corpora import SEED

RATE = 0.0005
WORDS = 1500
DROPOUT = 0.1


def main(model: Path, train: Path, dev: Path, out: Path, steps: int) -> None:
    """Train for `steps` batches and write the result if it scores higher on the dev corpus."""
    fix_random_seed(SEED)
    nlp = spacy.load(model)
    held = list(Corpus(dev)(nlp))
    before = score(nlp, held)
    nlp.resume_training()
    if "lemmatizer" in nlp.pipe_names:
        restore_labels(nlp.get_pipe("lemmatizer"))
    optimizer = Adam(RATE, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    step = 0
    while step < steps:
        examples = list(Corpus(train)(nlp))
        random.Random(SEED + step).shuffle(examples)
        for batch in minibatch_by_words(examples, size=WORDS, get_length=lambda example: len(example.predicted)):
            optimizer.learn_rate = RATE * (1 - step / steps)
            nlp.update(batch, drop=DROPOUT, sgd=optimizer)
            step += 1
            if step >= steps:
                break
    with nlp.use_params(optimizer.averages):
        after = score(nlp, held)
        print(f"before {before}\nafter  {after}")
        if sum(after.values()) > sum(before.values()):
            nlp.to_disk(out)


def restore_labels(lemmatizer: Any) -> None:
    """Give a loaded lemmatizer the way from trees to labels back, which spaCy 3.8 keeps only while it trains.

    Without it every lemma counts as the first label, and going on with the training unlearns all lemmas.
    """
    lemmatizer.tree2label = {tree: label for label, tree in enumerate(lemmatizer.labels)}


def score(nlp: spacy.Language, examples: list[Example]) -> dict[str, float]:
    """The scores that the two trainings watch, in per cent."""
    fresh = [Example(nlp.make_doc(example.reference.text), example.reference) for example in examples]
    scores = nlp.evaluate(fresh)
    keys = ("tag_acc", "morph_acc", "dep_uas", "dep_las", "sents_f", "lemma_acc", "ents_f")
    return {key: round(100 * scores[key], 2) for key in keys if scores.get(key)}


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]), int(sys.argv[5]) if len(sys.argv) > 5 else 2500)
