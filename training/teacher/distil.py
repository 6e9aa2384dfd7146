"""Train a student's token layer before spaCy trains the rest.

`python -m training.teacher.distil syntax|names DOCS VECTORS OUT --epochs N`, where DOCS is a folder of `.spacy`
files, VECTORS comes from `training.vectors`, and OUT gets the layer's weights in thinc's format, for
`training.fit --layer`.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import spacy
import torch
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.util import registry
from thinc.api import Model

from training.corpora import SEED
from training.fit import student_config
from training.teacher import student
from training.teacher.labels import TAGS
from training.teacher.model import Parser, Tagger
from training.teacher.train import fit

TOKENS = 3000
RATE = 2e-3


def token_layer(kind: str, nlp: Language) -> Model:
    """The student's untrained token layer, as `training.fit` would make it."""
    parts = student_config(kind)["components"]
    model = parts["tok2vec"]["model"] if kind == "syntax" else parts["ner"]["model"]["tok2vec"]
    layer: Model = registry.resolve({"model": model})["model"]
    layer.initialize([nlp.make_doc("A sentence .")])
    return layer


def main() -> None:
    """Read the command line, train, and write the layer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["syntax", "names"])
    parser.add_argument("docs", type=Path)
    parser.add_argument("vectors", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=float, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    nlp = spacy.load(options.vectors)
    files = sorted(options.docs.glob("*.spacy"))
    docs = [doc for path in files for doc in DocBin().from_disk(path).get_docs(nlp.vocab)]
    layer = token_layer(options.kind, nlp)
    classes = student.doc_classes(docs, options.kind)
    items = list(student.items(docs, nlp, layer, classes))
    print(f"{len(items)} documents, {sum(len(item.rows) for item in items)} tokens", flush=True)
    encoder = student.TokenLayer(layer, nlp.vocab.vectors.data)
    model: Tagger
    if options.kind == "syntax":
        sizes = classes.sizes(TAGS)
        count = len(classes.names["deps"])
        model = Parser(encoder, sizes, labels=count, arc=128, rel=48, hidden=192, dropout=0.1)
    else:
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
