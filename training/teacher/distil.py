"""Train the token layer of the student's names before spaCy trains the rest.

`python -m training.teacher.distil DOCS VECTORS OUT --epochs N`, where DOCS is a folder of `.spacy` files, VECTORS comes
from `training.vectors`, and OUT gets the layer's weights in thinc's format, for `training.fit --layer`.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import spacy
import torch
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training.iob_utils import doc_to_biluo_tags
from spacy.util import registry
from thinc.api import Model

from training.corpora import SEED
from training.fit import student_config
from training.teacher import student
from training.teacher.batches import IGNORE
from training.teacher.labels import Classes, names_classes
from training.teacher.model import Tagger
from training.teacher.train import fit

TOKENS = 3000
RATE = 2e-3


def token_layer(nlp: Language) -> Model:
    """The student's untrained token layer, as `training.fit` would make it."""
    model = student_config()["components"]["ner"]["model"]["tok2vec"]
    layer: Model = registry.resolve({"model": model})["model"]
    layer.initialize([nlp.make_doc("A sentence .")])
    student.small_projection(layer)
    return layer


def tags(doc: Doc, classes: Classes) -> list[int]:
    """The number of each token's tag; `IGNORE` where there is none."""
    return [classes.numbers["names"].get(tag, IGNORE) for tag in doc_to_biluo_tags(doc)]


def main() -> None:
    """Read the command line, train, and write the layer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("docs", type=Path)
    parser.add_argument("vectors", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=float, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    nlp = spacy.load(options.vectors)
    docs = student.read(options.docs, nlp)
    layer = token_layer(nlp)
    classes = names_classes(docs)
    items = list(student.items(docs, nlp, layer, lambda doc: {"names": tags(doc, classes)}))
    print(f"{len(items)} documents, {sum(len(item.rows) for item in items)} tokens", flush=True)
    encoder = student.TokenLayer(layer, nlp.vocab.vectors.data)
    model = Tagger(encoder, classes.sizes(["names"]), hidden=128, dropout=0.1)

    def batches(rng: random.Random) -> Iterator[student.DocBatch]:
        return student.batches(items, TOKENS, rng)

    def write() -> None:
        encoder.copy_to(layer)
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_bytes(layer.to_bytes())

    fit(model, batches, [{"params": list(model.parameters()), "lr": RATE}], options.epochs, write)


if __name__ == "__main__":
    main()
