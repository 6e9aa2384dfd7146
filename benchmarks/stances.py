"""How well the stance layer does, on dev corpora and on the sample articles, and what it costs.

    uv run python -m benchmarks.stances CORPORA [PIPELINE]

CORPORA is the folder described in training/README.md; without PIPELINE the shipped one is measured. The measures:

- between: DSE dev, the pair given, holder and target told apart;
- either way: the same pairs, but it is not told who holds; both directions are asked and the surer answer counts;
- towards: NewsMTSC dev;
- articles: whole stances of the sample articles' gold, in per cent, by the rules of `analystkit.evaluation.positions`;
  once with the gold's entities and attributions, once with those that the pipeline finds.

f1_pos_neg is the mean of the F1 of positive and negative, which answering neutral throughout does not raise.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
from spacy.language import Language
from spacy.tokens import Doc

from analystkit import pipeline
from analystkit.evaluation import positions
from analystkit.evaluation.mentions import counterparts
from analystkit.layers.stances import Judge, Stance, Stances

LABELS = ("positive", "negative", "neutral")
SEEDS = Path(__file__).parents[1] / "seeds"


def scores(gold: list[str], found: list[str]) -> dict[str, float]:
    """Macro-F1 and the F1 of positive and negative."""
    f1 = {}
    for label in LABELS:
        right = sum(g == f == label for g, f in zip(gold, found, strict=True))
        f1[label] = 2 * right / max(1, gold.count(label) + found.count(label))
    return {
        "macro_f1": sum(f1.values()) / 3,
        "f1_pos": f1["positive"],
        "f1_neg": f1["negative"],
        "f1_pos_neg": (f1["positive"] + f1["negative"]) / 2,
    }


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a stance corpus."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def surer(one: Stance, other: Stance) -> Stance:
    """Of two answers the one that takes a side, or that is surer of its side."""
    if "neutral" in (one.polarity, other.polarity):
        return other if one.polarity == "neutral" else one
    return one if one.confidence >= other.confidence else other


def pairs(nlp: Language, folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table of the two corpora, and the table of confidence against accuracy."""
    table, sure = {}, []
    rows = read(folder / "dse_dev_clean.jsonl")
    given, either = [], []
    for row, doc in zip(rows, nlp.pipe(row["text"] for row in rows), strict=True):
        judge = Judge(doc)
        holder, target = (doc.char_span(*row[key], alignment_mode="expand") for key in ("holder", "target"))
        there = judge.between(holder, target)
        given.append(there.polarity)
        either.append(surer(there, judge.between(target, holder)).polarity)
        sure.append(("between", there, row["label"]))
    gold = [row["label"] for row in rows]
    table["between"] = {"n": len(rows)} | scores(gold, given)
    table["either way"] = {"n": len(rows)} | scores(gold, either)
    rows = read(folder / "newsmtsc_dev.jsonl")
    found = []
    for row, doc in zip(rows, nlp.pipe(row["text"] for row in rows), strict=True):
        answer = Judge(doc).towards(doc.char_span(*row["target"], alignment_mode="expand"))
        found.append(answer.polarity)
        sure.append(("towards", answer, row["label"]))
    table["towards"] = {"n": len(rows)} | scores([row["label"] for row in rows], found)
    return pd.DataFrame(table).T, calibration(sure)


def calibration(answers: list[tuple[str, Stance, str]]) -> pd.DataFrame:
    """For each stretch of confidence: how many answers, their mean confidence and how many are right."""
    data = pd.DataFrame(
        [(task, answer.confidence, answer.polarity == label) for task, answer, label in answers],
        columns=["task", "confidence", "right"],
    )
    data["stretch"] = pd.cut(data["confidence"], [0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
    grouped = data.groupby(["task", "stretch"], observed=True)
    return grouped.agg(n=("right", "size"), confidence=("confidence", "mean"), right=("right", "mean"))


# -- whole stances of articles


def articles(nlp: Language) -> pd.DataFrame:
    """Precision and recall of whole stances, with gold entities and attributions and with the pipeline's."""
    table = {}
    layer = Stances()
    for name in ("articles, gold entities and quotes", "articles, all by the pipeline"):
        compared = []
        for path in sorted(SEEDS.glob("*.gold.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            doc = nlp(gold["text"])
            if "gold" in name:
                doc._.entities, doc._.quotes = gold["entities"], gold["quotes"]
            records = layer(doc)._.stances
            compared.append((gold["stances"], records, counterparts(doc._.entities or [], gold["entities"])))
        table[name] = positions.score(compared).loc["holder, target and polarity"]
    return pd.DataFrame(table).T


# -- cost


def cost(nlp: Language) -> float:
    """The layer's time as a share of the bare pipeline's, on the sample articles."""
    texts = [json.loads(path.read_text(encoding="utf-8"))["text"] for path in sorted(SEEDS.glob("*.gold.json"))]
    layers = [name for name in nlp.pipe_names if name.startswith("analystkit_")]
    stances = Stances()
    docs: list[Doc] = [nlp(text) for text in texts]
    stances(docs[0])  # what is read once is not counted
    bare = float("inf")
    for _ in range(3):
        with nlp.select_pipes(disable=layers):
            began = time.perf_counter()
            for text in texts:
                nlp(text)
            bare = min(bare, time.perf_counter() - began)
    ours = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        for doc in docs:
            stances(doc)
        ours = min(ours, time.perf_counter() - began)
    return ours / bare


def main(folder: Path, name: str | None = None) -> None:
    """Print the tables."""
    nlp = pipeline.load(name)
    table, sure = pairs(nlp, folder / "stance")
    print(table.to_string(float_format="{:.3f}".format))
    print()
    print(articles(nlp).to_string(float_format="{:.1f}".format))
    print()
    print(sure.to_string(float_format="{:.3f}".format))
    print()
    print(f"time of the layer / time of the bare pipeline: {cost(nlp):.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
