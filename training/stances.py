"""Makes `analystkit/model/stances.npz`, the learned part of the stance layer. See STANCES.md.

    python -m training.stances teach  CORPORA WORK [--seconds N]   fine-tune the teacher; again to go on
    python -m training.stances ask    CORPORA WORK --pipeline P    let it mark unmarked pairs; again to go on
    python -m training.stances learn  CORPORA WORK --pipeline P    train both models and write the file

CORPORA is the folder described in README.md, WORK a folder for what is made on the way, P the pipeline to parse
with. `learn` alone, without the teacher's answers in WORK, trains on the marked pairs only.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from spacy.language import Language
from spacy.tokens import Doc

from analystkit.layers.stances import features as stance_features
from analystkit.layers.stances.meaning import zones
from analystkit.layers.stances.model import BITS, hashes
from analystkit.layers.stances.net import Example, example
from training.stances_data import SEED, Row, docs, held_out, load, paragraphs, read, read_page, silver, tokens

FILES = {"directed": "dse_train_clean.jsonl", "towards": "newsmtsc_train.jsonl"}
#: What an error costs the network, by label.
COSTS = {"directed": (1.3, 0.8, 2.0), "towards": (1.0, 1.0, 1.2)}
#: How much an answer of the teacher counts beside a marked pair.
SILVER_WEIGHT = 0.5
#: A pair whose label says how one stands to the other says little of the way back; taken as neutral, it counts this.
BACK_WEIGHT = 0.5
REGULARISATION = {"directed": 4.0, "towards": 4.0}
MOST = 35_300  # features that the linear model keeps, by weight
EPOCHS = 6
#: Biggest file that is shipped, in bytes.
LIMIT = 1_600_000


class Data:
    """Rows with what the two models see of them."""

    def __init__(self, pairs: list[tuple[Row, Doc]]) -> None:
        self.rows = [row for row, _ in pairs]
        self.features: list[np.ndarray] = []
        self.examples: list[Example] = []
        zoned = []
        last, page = None, None
        for row, doc in pairs:
            if doc is not last:
                last, page = doc, read_page(doc)
            assert page is not None
            target = tokens(doc, row.target)
            holder = tokens(doc, row.holder) if row.holder else None
            found = (
                stance_features.towards(page, target)
                if holder is None
                else stance_features.directed(page, holder, target)
            )
            self.features.append(hashes(found))
            self.examples.append(example(page, holder, target))
            zoned.append(zones(page, self.examples[-1]).astype(np.float16))
        self.zones = np.array(zoned)
        self.labels = np.array([row.label for row in self.rows])

    def matrix(self) -> csr_matrix:
        """Hashed features, each row of length 1."""
        ends = np.cumsum([0, *map(len, self.features)])
        values = np.concatenate([np.full(len(f), len(f) ** -0.5, np.float32) for f in self.features])
        return csr_matrix((values, np.concatenate(self.features), ends), shape=(len(self.rows), 1 << BITS))


def teach(corpora: Path, work: Path, seconds: float) -> None:
    """Fine-tune the teacher for so long."""
    from training import stances_teacher

    rows = {task: read(corpora / "stance" / name, clean=True) for task, name in FILES.items()}
    done = stances_teacher.train(rows, work / "teacher.pt", seconds)
    print("The teacher is ready." if done else "Not done yet: run the same again.")


def ask(corpora: Path, work: Path, pipeline: Path, seconds: float) -> None:
    """Choose unmarked pairs and let the teacher mark them."""
    from training import stances_teacher

    path = work / "silver.jsonl"
    if not path.exists():
        nlp = load(pipeline)
        marked = {}
        for task, name in FILES.items():
            rows = read(corpora / "stance" / name, clean=True)
            parsed = docs(nlp, [row.text for row in rows], work / f"{task}.spacy")
            keep = ~held_out(rows)
            marked[task] = [pair for pair, kept in zip(zip(rows, parsed, strict=True), keep, strict=True) if kept]
        running = docs(nlp, paragraphs(corpora), work / "running.spacy")
        rows = list(silver(running, marked["directed"], marked["towards"]))
        random.Random(SEED).shuffle(rows)  # so that a part of the answers is a fair sample
        with path.open("w", encoding="utf-8") as file:
            for row in rows:
                data = {"text": row.text, "holder": row.holder, "target": row.target}
                file.write(json.dumps(data, ensure_ascii=False) + "\n")
    if not (work / "calibration.json").exists():
        calibration = {}
        for task, name in FILES.items():
            rows = read(corpora / "stance" / name, clean=True)
            held = [row for row, out in zip(rows, held_out(rows), strict=True) if out]
            logits = stances_teacher.answer(held, work / "teacher.pt", work / f"held-{task}.npy")
            labels = np.array([row.label for row in held])
            calibration[task] = stances_teacher.calibrate(logits, labels).tolist()
        (work / "calibration.json").write_text(json.dumps(calibration), encoding="utf-8")
    answers = stances_teacher.answer(_silver_rows(path), work / "teacher.pt", work / "silver.npy", seconds)
    left = int(np.isnan(answers[:, 0]).sum())
    print(f"{left} pairs are left: run the same again." if left else "All pairs are marked.")


def _silver_rows(path: Path) -> list[Row]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Row(r["text"], tuple(r["holder"]) if r["holder"] else None, tuple(r["target"]), -1, "") for r in rows]


def learn(corpora: Path, work: Path, pipeline: Path, output: Path, kept: dict[str, np.ndarray]) -> None:
    """Train the three models of both tasks, choose how they vote, and write the file.

    What is kept of an earlier file takes the place of what was learnt; a kept network is not trained again.
    """
    from training import stances_meaning, stances_net

    nlp = load(pipeline)
    arrays: dict[str, np.ndarray] = {}
    lessons: dict[str, list[stances_net.Lesson]] = {}
    chosen: dict[str, Data] = {}
    back_of: dict[str, Data] = {}  # the chosen pairs the other way round
    marked = {}
    for task, name in FILES.items():
        rows = read(corpora / "stance" / name, clean=True)
        marked[task] = list(zip(rows, docs(nlp, [row.text for row in rows], work / f"{task}.spacy"), strict=True))
    asked = _asked(nlp, work, {doc.text: doc for pairs in marked.values() for _, doc in pairs})
    for task, pairs in marked.items():
        held = held_out([row for row, _ in pairs])
        train = [pair for pair, out in zip(pairs, held, strict=True) if not out]
        gold = Data(train)
        left = [pair for pair, out in zip(pairs, held, strict=True) if out]
        chosen[task] = Data(left)
        wanted = [_near(row.label) for row in gold.rows]
        weights = [1.0] * len(wanted)
        data = [gold]
        if task == "directed":
            back = [(Row(r.text, r.target, r.holder or r.target, 1, r.id), d) for r, d in train if r.label != 1]
            data.append(Data(back))
            back_of[task] = Data([(Row(r.text, r.target, r.holder or r.target, r.label, r.id), d) for r, d in left])
            wanted += [_near(1)] * len(back)
            weights += [BACK_WEIGHT] * len(back)
        parts = stances_meaning.train(
            np.concatenate([some.zones for some in data]), np.array(wanted), np.array(weights)
        )
        arrays |= {f"meaning:{task}:{part}": value for part, value in parts.items()}
        if task in asked:
            data.append(asked[task][0])
            wanted += list(asked[task][1])
            weights += [SILVER_WEIGHT] * len(asked[task][1])
        arrays |= {f"linear:{task}:{part}": value for part, value in _linear(task, data, wanted, weights).items()}
        costs = np.array(COSTS[task])
        examples = [one for some in data for one in some.examples]
        lessons[task] = [
            stances_net.Lesson(one, target, float(weight * (costs * target).sum()))
            for one, target, weight in zip(examples, wanted, weights, strict=True)
        ]
    if not any(name.startswith("net:") for name in kept):
        net = stances_net.train(lessons, EPOCHS)
        arrays |= {f"net:{name}": value for name, value in stances_net.arrays(net).items()}
    arrays |= kept
    for task, some in chosen.items():
        arrays |= _vote(task, some, back_of.get(task), arrays)
    arrays |= kept
    output.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(output, **arrays)
    size = output.stat().st_size
    print(f"{output}: {size} bytes")
    if size > LIMIT:
        raise SystemExit(f"{output} takes {size} bytes; {LIMIT} are allowed.")


def _near(label: int) -> np.ndarray:
    """A label as probabilities that leave room for an error of the annotators."""
    return np.eye(3)[label] * 0.94 + 0.02


def _asked(nlp: Language, work: Path, known: dict[str, Doc]) -> dict[str, tuple[Data, np.ndarray]]:
    """The pairs that the teacher marked, by task, with its probabilities."""
    if not (work / "silver.npy").exists():
        return {}
    from training.stances_teacher import log_probabilities

    rows, logits = _silver_rows(work / "silver.jsonl"), np.load(work / "silver.npy")
    calibration = json.loads((work / "calibration.json").read_text(encoding="utf-8"))
    ready = ~np.isnan(logits[:, 0])
    texts = [text for text in dict.fromkeys(row.text for row in rows) if text not in known]
    parsed = known | dict(zip(texts, docs(nlp, texts, work / "silver.spacy"), strict=True))
    found = {}
    for task in FILES:
        places = [i for i, row in enumerate(rows) if (row.holder is not None) == (task == "directed") and ready[i]]
        answers = log_probabilities(logits[places], np.array(calibration[task]))
        found[task] = Data([(rows[i], parsed[rows[i].text]) for i in places]), np.exp(answers)
    return found


def _linear(task: str, data: list[Data], wanted: list[np.ndarray], weights: list[float]) -> dict[str, np.ndarray]:
    """The linear model: every row thrice, once a label, as heavy as the label is likely."""
    x = vstack([some.matrix() for some in data]).tocsr()
    kept = np.flatnonzero(np.asarray((x > 0).sum(axis=0)).ravel() >= 3)
    x = x[:, kept]
    target, weight = np.array(wanted), np.array(weights)
    likely = target * weight[:, None]
    rows, labels = np.nonzero(likely > 0.03)
    model = LogisticRegression(C=REGULARISATION[task], max_iter=200, tol=1e-3)
    model.fit(x[rows], labels, sample_weight=likely[rows, labels])
    values = model.coef_.T
    weight_of = np.abs(values).max(axis=1)
    big = weight_of >= np.sort(weight_of)[-min(MOST, len(weight_of))]
    scale = np.abs(values).max() / 127
    print(f"{task}: {len(target)} rows, {big.sum()} features", flush=True)
    return {
        "keys": kept[big].astype(np.uint32),
        "weights": np.round(values[big] / scale).astype(np.int8),
        "scale": np.float32(scale),
        "bias": model.intercept_.astype(np.float32),
    }


def _vote(task: str, data: Data, back: Data | None, arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """How the models vote, chosen on held-out rows: what makes their answers likeliest, and macro-F1 highest.

    Of pairs, macro-F1 is the mean of that of the pairs as they are given and that of the surer of both directions.
    """
    votes = _answers(task, data, arrays)
    mix = _fit(votes, data.labels)
    logs = _mixed(votes, mix)
    other = None if back is None else _mixed(_answers(task, back, arrays), mix)
    steps = np.arange(0, 1.51, 0.1)

    def score(added: np.ndarray) -> float:
        given = macro_f1(data.labels, (logs + added).argmax(1))
        return given if other is None else (given + macro_f1(data.labels, surer(logs, other, added))) / 2

    choice = max((np.array([negative, 0, positive]) for negative in steps for positive in steps), key=score)
    names = ("linear", "network", "meaning", "all", "chosen")
    for name, answers in zip(names, (*votes, logs, logs + choice), strict=True):
        print(f"{task}, held out, {name}: macro-F1 {macro_f1(data.labels, answers.argmax(1)):.3f}", flush=True)
    if other is not None:
        either = macro_f1(data.labels, surer(logs, other, choice))
        print(f"{task}, held out, either direction: macro-F1 {either:.3f}", flush=True)
    return {f"mix:{task}": mix.astype(np.float32), f"choice:{task}": choice.astype(np.float32)}


def _answers(task: str, data: Data, arrays: dict[str, np.ndarray]) -> list[np.ndarray]:
    """The logits of the linear model, the network and the model of meaning."""
    from analystkit.layers.stances.meaning import Meaning
    from analystkit.layers.stances.model import Linear
    from analystkit.layers.stances.net import Net

    linear = Linear(*(arrays[f"linear:{task}:{part}"] for part in ("keys", "weights", "scale", "bias")))
    net = Net({name[4:]: value for name, value in arrays.items() if name.startswith("net:")})
    meaning = Meaning({part: arrays[f"meaning:{task}:{part}"] for part in ("w", "b", "out", "bias")})
    return [
        linear(data.features),
        np.array([net([one])[0] for one in data.examples]),
        meaning(data.zones.astype(np.float32)),
    ]


def _mixed(votes: list[np.ndarray], mix: np.ndarray) -> np.ndarray:
    """Log probabilities."""
    logits = mix[0] * votes[0] + mix[1] * votes[1] + mix[2:5] + mix[5] * votes[2]
    logits -= logits.max(axis=1, keepdims=True)
    result: np.ndarray = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return result


def surer(logs: np.ndarray, other: np.ndarray, added: np.ndarray) -> np.ndarray:
    """The labels when it is not told who holds: of both directions the one that takes a side, or is surer of it."""
    one, two = (logs + added).argmax(1), (other + added).argmax(1)
    rows = np.arange(len(logs))
    first = np.where(two == 1, True, (one != 1) & (logs[rows, one] >= other[rows, two]))
    return np.where(first, one, two)


def _fit(votes: list[np.ndarray], labels: np.ndarray) -> np.ndarray:
    """Weights of three sets of logits and two numbers to add, that make the labels likeliest, as `Model` has them."""
    from scipy.optimize import minimize

    def loss(v: np.ndarray) -> float:
        logs = _mixed(votes, np.array([v[0], v[1], v[2], 0, v[3], v[4]]))
        return float(-logs[np.arange(len(labels)), labels].mean() + 1e-3 * (v**2).sum())

    found = minimize(loss, np.array([0.5, 0.5, 0.0, 0.0, 0.3]), method="Nelder-Mead", options={"maxiter": 900})
    v = found.x
    return np.array([max(v[0], 0), max(v[1], 0), v[2], 0, v[3], max(v[4], 0)])


def macro_f1(gold: np.ndarray, answers: np.ndarray) -> float:
    """The mean of the three labels' F1."""
    scores = []
    for label in range(3):
        right = ((gold == label) & (answers == label)).sum()
        scores.append(2 * right / max(1, (gold == label).sum() + (answers == label).sum()))
    return float(np.mean(scores))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=["teach", "ask", "learn"])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--pipeline", type=Path, default=Path("analystkit/model"))
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--output", type=Path, default=Path("analystkit/model/stances.npz"))
    parser.add_argument("--earlier", type=Path, help="a file of which parts are kept")
    parser.add_argument("--keep", nargs="+", default=[], help="how the names of these parts begin, net: for example")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    if given.stage == "teach":
        teach(given.corpora, given.work, given.seconds)
    elif given.stage == "ask":
        ask(given.corpora, given.work, given.pipeline, given.seconds)
    else:
        earlier = np.load(given.earlier) if given.earlier else {}
        kept = {name: earlier[name] for name in earlier if name.startswith(tuple(given.keep))}
        learn(given.corpora, given.work, given.pipeline, given.output, kept)


if __name__ == "__main__":
    main()
