"""Train the student: `python -m training.student DOCS DEV VECTORS OUT --epochs N [--start PIPELINE]`.

DOCS is a folder of `.spacy` files, DEV one from `training.corpora`, VECTORS one from `training.vectors`. One network in
PyTorch learns tags, morphology, lemmas, sentence borders, trees and names together; its weights are copied into the
spaCy pipeline of `training/student.cfg`, which is scored on DEV, its text raw, after each pass, and written to OUT.
What stands on the token vectors computes exactly what spaCy's tagger, morphologizer and lemmatizer and our parser and
recogniser compute.

With `--start`, training goes on from a pipeline that this has made, with gentler steps.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
import torch
from spacy.language import Language
from spacy.pipeline._edit_tree_internals.edit_trees import EditTrees
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.util import load_config, load_model_from_config
from thinc.api import Model
from torch import Tensor, nn
from torch.nn import functional

import analystkit.english.attention
import analystkit.english.lemmatizer
import analystkit.english.recognizer
import analystkit.english.tokenizer
import analystkit.english.tokenlayer  # noqa: F401  # the configuration names what they register
from analystkit.english.parser import FAR
from analystkit.weights import by_norm
from training import layer as token_layer
from training.corpora import SEED, name_tags
from training.layer import DocBatch, named
from training.teacher.batches import IGNORE
from training.teacher.model import cross_entropy
from training.teacher.train import fit

CONFIG = Path(__file__).parent / "student.cfg"
TOKENS = 3000
RATE = 2e-3
DROPOUT = 0.1
#: Share of tokens that are seen without their form, or without their vector.
BLIND = 0.05
#: Components of one linear layer each on the token vectors, with the task that it learns.
TAGGERS = {"tagger": "tag", "morphologizer": "morph", "lemmatizer": "lemma"}


def pipeline(docs: Path, dev: Path, vectors: Path) -> Language:
    """The untrained pipeline, its labels read from the documents."""
    config = load_config(CONFIG)
    config["paths"] |= {"train": str(docs), "dev": str(dev)}
    config["initialize"] = {"vectors": str(vectors)}
    nlp = init_nlp(load_model_from_config(config, auto_fill=True).config)
    token_layer.small_projection(nlp.get_pipe("tok2vec").model)  # type: ignore[attr-defined]
    return nlp


class Labels:
    """A document's labels as numbers, those of the pipeline's components."""

    def __init__(self, nlp: Language) -> None:
        self.tags, self.morphs, self.deps = (
            {label: number for number, label in enumerate(nlp.get_pipe(name).labels)}  # type: ignore[attr-defined]
            for name in ("tagger", "morphologizer", "parser")
        )
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        self.rules = {tree: number for number, tree in enumerate(lemmatizer.labels)}
        # A copy: what is added to the lemmatizer's own is stored with it.
        self.trees = EditTrees(nlp.vocab.strings).from_bytes(lemmatizer.trees.to_bytes())
        tags = nlp.get_pipe("ner").tags  # type: ignore[attr-defined]
        self.names = {tag: number for number, tag in enumerate(tags.names)}
        self.sizes = {
            "names": len(self.names),
            "tag": len(self.tags),
            "morph": len(self.morphs),
            "lemma": len(self.rules),
            "deps": len(self.deps),
        }

    def __call__(self, doc: Doc) -> dict[str, list[int]]:
        """For each task one number a token; `IGNORE` where there is none, and for blanks."""
        blank = [token.is_space for token in doc]
        sentence = [number for number, sent in enumerate(doc.sents) for _ in sent]
        start = [0] * len(doc)
        for sent in doc.sents:
            start[next((token.i for token in sent if not token.is_space), sent.start)] = 1
        columns = {
            "tag": [self.tags.get(t.tag_, IGNORE) for t in doc],
            "morph": [self.morphs.get(_morph(t.pos_, str(t.morph)), IGNORE) for t in doc],
            "lemma": [self.rules.get(self.trees.add(t.text, t.lemma_), IGNORE) for t in doc],
            "deps": [self.deps.get(t.dep_, IGNORE) for t in doc],
            "heads": [0 if t.head.i == t.i else t.head.i + 1 for t in doc],
            "sentence": sentence,
            "start": start,
            "names": [self.names.get(tag, IGNORE) for tag in name_tags(doc)],
        }
        return {
            task: [IGNORE if space else value for value, space in zip(values, blank, strict=True)]
            for task, values in columns.items()
        }


def _morph(pos: str, features: str) -> str:
    """As the morphologizer writes it: features and part of speech, sorted."""
    return "|".join(sorted([*filter(None, features.split("|")), f"POS={pos}"]))


class Student(nn.Module):
    """The token layer with all that reads from it. B documents of W tokens."""

    def __init__(
        self, encoder: token_layer.TokenLayer, sizes: dict[str, int], *, arc: int, rel: int, hidden: int
    ) -> None:
        super().__init__()
        width, far = encoder.width, 2 * FAR + 1
        self.encoder = encoder
        self.drop = nn.Dropout(DROPOUT)
        self.taggers = nn.ModuleDict({task: nn.Linear(width, sizes[task]) for task in TAGGERS.values()})
        self.names = nn.ModuleDict({"hidden": nn.Linear(width, hidden), "tag": nn.Linear(hidden, sizes["names"])})
        self.start = nn.Linear(width, 2)
        self.child, self.head, self.pair = nn.Linear(width, arc), nn.Linear(width, arc), nn.Linear(arc, arc)
        self.liked, self.far, self.root = nn.Linear(arc, 1, bias=False), nn.Linear(width, far), nn.Linear(width, 1)
        self.label_child, self.label_head = nn.Linear(width, rel), nn.Linear(width, rel, bias=False)
        self.label_root = nn.Parameter(torch.zeros(rel))
        self.label_far = nn.Embedding(far, rel)
        self.label = nn.Linear(rel, sizes["deps"])
        nn.init.zeros_(self.far.weight)  # adds nothing at first
        nn.init.normal_(self.label_far.weight, std=0.1)

    def heads(self, rows: Tensor, sentence: Tensor) -> Tensor:
        """Scores (B, W, W + 1) of heads within the sentence; column 0 is the root."""
        child, head = (self.drop(functional.relu(layer(rows))) for layer in (self.child, self.head))
        scores = self.pair(child) @ head.transpose(1, 2) + self.liked(head).transpose(1, 2)
        scores = scores + self.far(rows).gather(2, _far(_places(sentence)))
        near = _same(sentence) & ~torch.eye(rows.shape[1]).bool()
        return torch.cat([self.root(rows).float(), scores.float().masked_fill(~near, -1e9)], dim=2)

    def labels(self, rows: Tensor, heads: Tensor, sentence: Tensor) -> Tensor:
        """Scores (B, W, labels) of the labels of words that hang from `heads`, counted from 1."""
        above = torch.cat([self.label_root.expand(len(rows), 1, -1), self.label_head(rows)], dim=1)
        above = above.gather(1, heads[..., None].expand(-1, -1, above.shape[-1]))
        places = _places(sentence)
        away = places.gather(1, (heads - 1).clamp(min=0)) - places
        far = torch.where(heads > 0, away.clamp(-FAR, FAR), 0) + FAR
        hidden = functional.relu(self.label_child(rows) + above + self.label_far(far))
        scores: Tensor = self.label(self.drop(hidden))
        return scores

    def named(self, rows: Tensor) -> Tensor:
        """Scores (B, W, tags) of the BILUO tags of names."""
        scores: Tensor = self.names["tag"](self.drop(functional.relu(self.names["hidden"](rows))))
        return scores

    def loss(self, batch: DocBatch) -> Tensor:
        """Cross-entropy of borders, heads and labels, half that of the taggers, twice that of names, which are few."""
        rows, gold = self.drop(self.encoder(batch)), batch.labels
        tree = cross_entropy(self.heads(rows, gold["sentence"]), gold["heads"])
        tree = tree + cross_entropy(self.labels(rows, gold["heads"].clamp(min=0), gold["sentence"]), gold["deps"])
        tags = torch.stack([cross_entropy(layer(rows), gold[task]) for task, layer in self.taggers.items()]).sum()
        names = cross_entropy(self.named(rows), gold["names"])
        return tree + cross_entropy(self.start(rows), gold["start"]) + 0.5 * tags + 2 * names

    def copy_to(self, nlp: Language) -> None:
        """Write the weights into the components of a pipeline."""
        self.encoder.copy_to(nlp.get_pipe("tok2vec").model)  # type: ignore[attr-defined]
        for weight, node, name in self._weights(nlp):
            node.set_param(name, weight.numpy().reshape(node.get_param(name).shape).copy())

    def copy_from(self, nlp: Language) -> None:
        """Take the weights of the components of a pipeline, but for the token layer's, which are there already."""
        for weight, node, name in self._weights(nlp):
            weight.copy_(torch.from_numpy(node.get_param(name)).view_as(weight))

    def _weights(self, nlp: Language) -> Iterator[tuple[Tensor, Model[Any, Any], str]]:
        """Each weight outside the token layer, with its place in a pipeline: a network's node and a parameter."""
        for component, task in TAGGERS.items():
            model: Model[Any, Any] = nlp.get_pipe(component).model  # type: ignore[attr-defined]
            (node,) = (node for node in model.walk() if node.name == "softmax")
            layer = self.taggers[task].state_dict()
            yield layer["weight"], node, "W"
            yield layer["bias"], node, "b"
        trees, names = (nlp.get_pipe(name).model for name in ("parser", "ner"))  # type: ignore[attr-defined]
        for name, weight in named(self.names.state_dict()):
            yield weight, names, name
        for name, weight in named(self.state_dict()):
            if not name.startswith(("encoder", "taggers", "names")):
                yield weight, trees, name


def student(nlp: Language, encoder: token_layer.TokenLayer, labels: Labels) -> Student:
    """The network for a pipeline, with the sizes of its components."""
    trees, names = (nlp.get_pipe(name).model for name in ("parser", "ner"))  # type: ignore[attr-defined]
    sizes = {"arc": trees.get_dim("arc"), "rel": trees.get_dim("rel"), "hidden": names.get_dim("hidden")}
    return Student(encoder, labels.sizes, **sizes)


def _places(sentence: Tensor) -> Tensor:
    """The number of each word (B, W), blanks left out."""
    return (sentence >= 0).cumsum(1)


def _far(places: Tensor) -> Tensor:
    """Of every pair of words (B, W, W), how far the second is from the first, as a row of the weights."""
    return (places[:, None] - places[:, :, None]).clamp(-FAR, FAR) + FAR


def _same(sentence: Tensor) -> Tensor:
    """Whether two words (B, W, W) are of one sentence."""
    return (sentence[:, :, None] == sentence[:, None]) & (sentence[:, None] >= 0)


def main() -> None:
    """Read the command line, train, and write the pipeline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("docs", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("vectors", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=float, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    nlp = (
        spacy.load(options.start)
        if options.start
        else pipeline(options.docs, options.dev / "syntax-dev.spacy", options.vectors)
    )
    layer: Model[Any, Any] = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    labels = Labels(nlp)
    items = list(token_layer.items(token_layer.read(options.docs, nlp), nlp, layer, labels))
    print(f"{len(items)} documents, {sum(len(item.rows) for item in items)} tokens", flush=True)
    encoder = token_layer.TokenLayer(layer, nlp.vocab.vectors.data, dropout=DROPOUT, blind=BLIND)
    model = student(nlp, encoder, labels)
    if options.start:
        model.copy_from(nlp)
    trees, names = (
        list(DocBin().from_disk(options.dev / f"{kind}-dev.spacy").get_docs(nlp.vocab)) for kind in ("syntax", "names")
    )

    def batches(rng: random.Random) -> Iterator[DocBatch]:
        return token_layer.batches(items, TOKENS, rng)

    def check() -> None:
        model.copy_to(nlp)
        scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in trees])
        scores["ents_f"] = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in names])["ents_f"]
        shown = ("tag_acc", "morph_acc", "lemma_acc", "sents_f", "dep_uas", "dep_las", "ents_f")
        print(", ".join(f"{name} {100 * scores[name]:.2f}" for name in shown), flush=True)

    weights = [parameter for parameter in model.parameters() if parameter.requires_grad]
    rate = RATE / 2 if options.start else RATE
    fit(model, batches, [{"params": weights, "lr": rate}], options.epochs, check)
    nlp.to_disk(options.out)
    by_norm(options.out)


if __name__ == "__main__":
    main()
