"""Train the student's recogniser of names: `python -m training.fit DOCS DEV VECTORS OUT [--layer FILE] [--steps N]`.

DOCS is a folder of `.spacy` files, DEV one file, VECTORS a folder from `training.vectors`. With `--layer`, training
starts from a token layer that `training.teacher.distil` wrote. The same as `spacy train` otherwise, but for NumPy's
matrix product, which was faster than the BLAS that Thinc brings (`training/README.md`).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config, load_model_from_config
from thinc.api import Config, Model, NumpyOps, set_current_ops

import analystkit.english.recognizer
import analystkit.english.tokenizer
import analystkit.english.tokenlayer  # noqa: F401  # the configurations name what both register

HERE = Path(__file__).parent
#: Larger batches, and no cutting of long documents: those of `training.mix` are short, and finding where to
#: cut took 40 % of the parser's training time on long ones.
FASTER: dict[str, Any] = {
    "training.batcher.size.start": 1000,
    "training.batcher.size.stop": 2000,
    "training.batcher.size.compound": 1.001,
    "components.ner.update_with_oracle_cut_size": 0,
}


def student_config() -> Config:
    """The configuration, set to train faster."""
    return load_config(HERE / "names.cfg", overrides=FASTER)


def untrained(config: Config, docs: Path, dev: Path, vectors: Path) -> Language:
    """The pipeline of a configuration, its labels read from the documents."""
    config["paths"] |= {"train": str(docs), "dev": str(dev)}
    config["initialize"] = {"vectors": str(vectors)}
    return init_nlp(load_model_from_config(config, auto_fill=True).config)


def token_layer(nlp: Language) -> Model[Any, Any]:
    """The recognizer's embeddings and convolutions."""
    # The recognizer appends a projection; its token layer is the first part of that chain.
    inner: Model[Any, Any] = nlp.get_pipe("ner").model.get_ref("tok2vec").layers[0]
    return inner


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("docs", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("vectors", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--layer", type=Path)
    parser.add_argument("--steps", type=int, default=20000)
    parser.add_argument("--evaluate-every", type=int, default=500)
    options = parser.parse_args()
    set_current_ops(NumpyOps(use_blis=False))
    config = student_config()
    config["training"] |= {"max_steps": options.steps, "eval_frequency": options.evaluate_every}
    config["training"]["optimizer"]["learn_rate"]["total_steps"] = options.steps
    nlp = untrained(config, options.docs, options.dev, options.vectors)
    if options.layer:
        token_layer(nlp).from_bytes(options.layer.read_bytes())
    options.out.mkdir(parents=True, exist_ok=True)
    train(nlp, options.out, use_gpu=-1, stdout=sys.stdout, stderr=sys.stderr)


if __name__ == "__main__":
    main()
