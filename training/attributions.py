"""Train the attribution model: who said what, learnt from annotated news.

    python -m training.attributions PIPELINE CORPUS OUT [--seed N]

PIPELINE is a spaCy pipeline with tagger, parser and lemmatizer (a folder or a name); CORPUS a JSON Lines file of
articles {"text", "attributions": [{"source", "cue", "content": [[start, end], …]}]} in code points; OUT the .npz
file to write. A quarter of an hour on one core; the same input and seed give the same weights.

Steps: parse the corpus; train the networks for cues and roles on two halves of the articles, each to predict the
other half, so that the later networks learn from honest predictions; train those, again across halves, for the
confidence; then train everything on all articles.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc

from analystkit import pipeline
from analystkit.evaluation.attributions import Attribution, match, same_source
from analystkit.layers import quotation
from analystkit.layers.layout import furniture_tokens
from analystkit.layers.quotes.attribution import Quoted, complete
from analystkit.layers.quotes.features import Columns, Pairs, cue_candidates, cue_features, pair_features
from analystkit.layers.quotes.model import Draft, Model, stretch_words
from analystkit.layers.quotes.nesting import link
from analystkit.layers.quotes.net import Net
from analystkit.layers.quotes.settle import settle
from analystkit.layers.quotes.spans import (
    elsewhere,
    elsewhere_features,
    stretch_features,
    stretches,
)
from analystkit.layers.roles import Syntax
from training.sparse_net import Recipe, train

#: Share of the words that a predicted content must have in common with the true one to count as right.
ENOUGH = 0.8
#: Steps of the curves that turn a confidence into a share of right ones, and the least attributions for a point.
STEPS, GROUP = 51, 150
# Narrow tables with many rows: what counts is to tell many rare features apart, not to mix them.
CUE = Recipe(rows=1 << 17, width=8, epochs=4, dropout=0.35, rate=3e-3)
PAIR = Recipe(rows=1 << 16, width=16, epochs=5, dropout=0.3, rate=3e-3)
STRETCH = Recipe(rows=1 << 15, width=16, epochs=5, dropout=0.25)
FAR = Recipe(rows=1 << 12, width=8, epochs=12, dropout=0.2, batch=512)


@dataclass
class Gold:
    """An annotated attribution in tokens."""

    head: int
    cue: list[int]
    source: list[int]
    content: list[int]


@dataclass
class Example:
    """An article, parsed, with its annotation."""

    columns: Columns
    gold: dict[int, Gold]
    candidates: npt.NDArray[np.intp] = field(init=False)
    cue_rows: npt.NDArray[np.uint32] = field(init=False)

    def __post_init__(self) -> None:
        self.candidates = cue_candidates(self.columns.syntax, self.columns.quoted)
        self.cue_rows = cue_features(self.columns, self.candidates)


def example(doc: Doc, attributions: Iterable[dict[str, Any]]) -> Example:
    """Align the annotation of an article with its tokens; the head of a cue stands for the cue."""
    syntax = Syntax(doc, furniture_tokens(doc))
    columns = Columns(syntax, Quoted(syntax, quotation.pair(syntax.text)))
    gold: dict[int, Gold] = {}
    for row in attributions:
        cue, source, content = (_tokens(doc, syntax, row[part]) for part in ("cue", "source", "content"))
        if cue and content:
            inside = set(cue)
            head = next(i for i in cue if syntax.heads[i] not in inside or syntax.heads[i] == i)
            if not any(syntax.is_verb(i) for i in cue) and len(source) == 1 and syntax.is_verb(source[0]):
                head, cue, source = source[0], source, cue  # taken one for the other by the annotator
            gold[head] = Gold(head, cue, source, content)
    return Example(columns, gold)


def _tokens(doc: Doc, syntax: Syntax, spans: Iterable[Sequence[int]]) -> list[int]:
    found: set[int] = set()
    for start, end in spans:
        i = max(0, bisect_right(syntax.idx, start) - 1)
        while i < len(doc) and syntax.idx[i] < end:
            if syntax.idx[i] + len(doc[i]) > start and not doc[i].is_space:
                found.add(i)
            i += 1
    return sorted(found)


# -- the four sets of examples


def cue_net(examples: Sequence[Example], seed: int) -> Net:
    """Which words are cues."""
    rows = np.concatenate([one.cue_rows for one in examples])
    answers = np.concatenate([[i in one.gold for i in one.candidates.tolist()] for one in examples])
    return train(rows, answers.astype(np.intp)[:, None], CUE, seed)


def pair_net(examples: Sequence[Example], seed: int) -> Net:
    """Which words are content and source to a cue, and where the content begins and ends."""
    rows, answers = [], []
    for one in examples:
        if not one.gold:
            continue
        heads = sorted(one.gold)
        pairs = Pairs(one.columns, np.array(heads, dtype=np.intp))
        rows.append(pair_features(one.columns, pairs))
        answer = np.zeros((len(pairs.word), 2), dtype=np.intp)
        for head, (begin, end) in zip(heads, pairs.bounds, strict=True):
            gold, word = one.gold[head], pairs.word[begin:end]
            inside = np.isin(word, gold.content)
            answer[begin:end, 0] = inside + 2 * (np.isin(word, gold.source) & ~inside)
            edges = np.flatnonzero(inside & ~one.columns.punctuation[word])
            if len(edges):
                answer[begin + edges[0], 1] += 1
                answer[begin + edges[-1], 1] += 2
        answers.append(answer)
    return train(np.concatenate(rows), np.concatenate(answers), PAIR, seed)


@dataclass
class Guess:
    """What the first two networks make of an article they were not trained on."""

    cues: npt.NDArray[np.intp]
    odds: npt.NDArray[np.float32]


def guesses(model: Model, examples: Sequence[Example]) -> list[Guess]:
    """The cues that a model sees; true ones are added where it misses them, with low odds."""
    found = []
    for one in examples:
        odds = model.nets["cue"](one.cue_rows)[0][:, 1] if len(one.cue_rows) else np.zeros(0, dtype=np.float32)
        kept = (odds >= model.floor) | np.isin(one.candidates, list(one.gold))
        found.append(Guess(one.candidates[kept], odds[kept]))
    return found


def far_rows(one: Example, guess: Guess) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.intp]]:
    """Quotations outside the sentence, and whether they belong to the (true) cue."""
    found = elsewhere(one.columns, guess.cues)
    rows = elsewhere_features(one.columns, guess.cues, guess.odds, found)
    true, answers = [], []
    for owner, passage in zip(found.owner.tolist(), found.passage.tolist(), strict=True):
        gold = one.gold.get(int(guess.cues[owner]))
        true.append(gold is not None)
        item = one.columns.quoted.passages[passage]
        inside = set(gold.content) & set(range(item.start, item.end)) if gold else ()
        answers.append(2 * len(inside) > item.end - item.start)
    keep = np.array(true, dtype=bool)
    return rows[keep], np.array(answers, dtype=np.intp)[keep]


def stretch_rows(model: Model, one: Example, guess: Guess) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.intp]]:
    """Candidates for the content of true cues, and whether they are right."""
    heads = np.isin(guess.cues, list(one.gold))
    cues = guess.cues
    if not heads.any():
        return np.zeros((0, 0), dtype=np.uint32), np.zeros(0, dtype=np.intp)
    columns = one.columns
    pairs = Pairs(columns, cues)
    roles, edges = model.nets["pair"](pair_features(columns, pairs))
    far = elsewhere(columns, cues)
    hopeful = np.zeros(len(cues), dtype=np.intp)
    if len(far.owner):
        odds = model.nets["far"](elsewhere_features(columns, cues, guess.odds, far))[0][:, 1]
        hopeful = np.bincount(far.owner[odds > 0.3], minlength=len(cues))
    found = stretches(columns, pairs, roles, edges)
    rows = stretch_features(columns, pairs, found, roles, edges, hopeful)
    answers = np.zeros(len(rows), dtype=np.intp)
    for number, (begin, end) in enumerate(found.bounds):
        if not heads[number]:
            continue
        gold = one.gold[int(cues[number])]
        wanted = _without_far(columns, gold.content, int(cues[number]))
        for n in range(begin, end):
            words = stretch_words(columns, pairs, roles, int(found.first[n]), int(found.last[n]), number)
            words = complete(words, [gold.head], gold.source, columns.syntax, columns.quoted) if words else []
            answers[n] = overlap(columns, words, wanted) >= ENOUGH if words or wanted else 1
    keep = heads[found.owner]
    return rows[keep], answers[keep]


def _without_far(columns: Columns, content: list[int], cue: int) -> list[int]:
    """The content less the quotations that lie wholly outside the sentence of the cue."""
    low, high = columns.syntax.sentences[columns.syntax.sentence[cue]]
    kept = []
    for i in content:
        item = columns.quoted.around(i)
        if low <= i < high or (item is not None and item.start < high and item.end > low):
            kept.append(i)
    return kept


def overlap(columns: Columns, one: Iterable[int], other: Iterable[int]) -> float:
    """The share of words that two contents have in common, punctuation apart."""
    a = {i for i in one if not columns.punctuation[i]}
    b = {i for i in other if not columns.punctuation[i]}
    return len(a & b) / len(a | b) if a or b else 0.0


def is_right(columns: Columns, draft: Draft, gold: Gold | None) -> bool:
    """Whether a draft would count as right: most of the content, and some of the source."""
    if gold is None or overlap(columns, draft.content, gold.content) < ENOUGH:
        return False
    return bool(set(draft.source) & set(gold.source)) if gold.source else not draft.source


# -- putting it together


def _stack(parts: Iterable[tuple[npt.NDArray[np.uint32], npt.NDArray[np.intp]]]) -> tuple[Any, Any]:
    full = [part for part in parts if len(part[1])]
    return np.concatenate([rows for rows, _ in full]), np.concatenate([answers for _, answers in full])[:, None]


def fit(examples: Sequence[Example], seed: int = 0) -> Model:
    """Train all parts on annotated articles."""
    numbers = np.random.default_rng(seed).permutation(len(examples))
    halves = [numbers[::2].tolist(), numbers[1::2].tolist()]
    no_weights = np.zeros(0, dtype=np.float32)  # of the confidence, which comes last
    rows_far: list[Any] = [None, None]
    rows_stretch: list[Any] = [None, None]
    seen: list[list[Guess]] = []
    models: list[Model] = []
    for half in (0, 1):
        rest = [examples[n] for n in halves[1 - half]]
        print(f"  cues and roles, for half {half + 1}", flush=True)
        models.append(Model({"cue": cue_net(rest, seed), "pair": pair_net(rest, seed)}, no_weights))
        ours = [examples[n] for n in halves[half]]
        seen.append(guesses(models[half], ours))
        rows_far[half] = _stack(far_rows(one, guess) for one, guess in zip(ours, seen[half], strict=True))
    print("  quotations elsewhere", flush=True)
    for half in (0, 1):
        models[half].nets["far"] = train(*rows_far[1 - half], FAR, seed)
        ours = [examples[n] for n in halves[half]]
        rows_stretch[half] = _stack(
            stretch_rows(models[half], one, guess) for one, guess in zip(ours, seen[half], strict=True)
        )
    print("  stretches", flush=True)
    judged: list[tuple[list[float], bool]] = []
    for half in (0, 1):
        models[half].nets["stretch"] = train(*rows_stretch[1 - half], STRETCH, seed)
        for one in (examples[n] for n in halves[half]):
            cues, odds = models[half].cues(one.columns)
            for draft in models[half].drafts(one.columns, cues, odds):
                judged.append((draft.row(), is_right(one.columns, draft, one.gold.get(draft.cue))))
    weights = logistic(np.array([row for row, _ in judged]), np.array([right for _, right in judged], dtype=float))
    threshold = best_threshold(weights, judged, sum(len(one.gold) for one in examples))
    outcomes: list[tuple[float, bool, bool]] = []
    for half in (0, 1):
        whole = Model(models[half].nets, weights, threshold)
        for n in halves[half]:
            outcomes += settled(whole, examples[n])
    quoted_threshold = raised(
        outcomes, threshold, sum(is_quoted(one, gold) for one in examples for gold in one.gold.values())
    )
    curves = calibrate(outcomes)
    print("  all articles", flush=True)
    nets = {
        "cue": cue_net(examples, seed),
        "pair": pair_net(examples, seed),
        "far": train(*(np.concatenate(part) for part in zip(*rows_far, strict=True)), FAR, seed),
        "stretch": train(*(np.concatenate(part) for part in zip(*rows_stretch, strict=True)), STRETCH, seed),
    }
    return Model(nets, weights, threshold, curves=curves, quoted_threshold=quoted_threshold)


def logistic(rows: npt.NDArray[np.float64], answers: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """Weights of a logistic regression, by Newton's method."""
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        odds = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (answers - odds) - 1e-2 * weights
        curve = (rows * (odds * (1 - odds))[:, None]).T @ rows + 1e-2 * np.eye(rows.shape[1])
        weights += np.linalg.solve(curve, slope)
    return weights.astype(np.float32)


def best_threshold(weights: npt.NDArray[np.float32], judged: Sequence[tuple[list[float], bool]], gold: int) -> float:
    """The confidence from which on attributions are kept, for the best F1."""
    odds = 1 / (1 + np.exp(-np.array([row for row, _ in judged]) @ weights))
    right = np.array([right for _, right in judged])
    scores = {t: 2 * right[odds >= t].sum() / ((odds >= t).sum() + gold) for t in np.arange(0.1, 0.7, 0.02)}
    best = max(scores, key=lambda t: scores[t])
    print(f"  held-out full F1 {scores[best]:.4f} at confidence {best:.2f}", flush=True)
    return float(best)


def is_quoted(one: Example, gold: Gold) -> bool:
    """Whether an annotated content has quoted words."""
    return any(one.columns.quoted.at[i] >= 0 for i in gold.content)


def raised(outcomes: Sequence[tuple[float, bool, bool]], threshold: float, gold: int) -> float:
    """The confidence from which on attributions with quoted words are kept, for the best F1 once all is settled.

    What is right of them is found more often than of the others, so that an unlikely one costs more than it brings.

    Args:
        outcomes: What `settled` gave, with the threshold for all.
        threshold: That threshold.
        gold: How many annotated attributions have quoted words.
    """
    rows = np.array([(sure, right) for sure, quoted, right in outcomes if quoted], dtype=float).reshape(-1, 2)
    scores = {
        t: 2 * rows[rows[:, 0] >= t, 1].sum() / ((rows[:, 0] >= t).sum() + gold)
        for t in np.arange(threshold, max(0.6, threshold + 0.02), 0.02)
    }
    best = max(scores, key=lambda t: scores[t])
    print(f"  held-out full F1 of the quoted {scores[best]:.4f} at confidence {best:.2f}", flush=True)
    return float(best)


def settled(model: Model, one: Example) -> list[tuple[float, bool, bool]]:
    """What a model finds in an article, once all is settled: (confidence, has quoted words, is right)."""
    syntax, quoted, columns = one.columns.syntax, one.columns.quoted, one.columns
    found = model.find(syntax, quoted)
    told = {id(item): (item.confidence, any(quoted.at[i] >= 0 for i in item.content)) for item in found}
    items = settle(list(found), syntax, quoted)
    items = [item for item, _, _ in link(items, syntax, quoted, None)[0]]

    def measured(content: Iterable[int], source: Iterable[int]) -> Attribution:
        words = (frozenset(i for i in part if not columns.punctuation[i]) for part in (content, source))
        return Attribution(*words, kind="")

    true = [made for gold in one.gold.values() if (made := measured(gold.content, gold.source)).content]
    ours = [(id(item), made) for item in items if (made := measured(item.content, item.source)).content]
    pairs = match(true, [made for _, made in ours])
    right = {ours[j][0] for i, j in pairs if same_source(true[i], ours[j][1])}
    return [(*told[item], item in right) for item, _ in ours if item in told]


def calibrate(judged: Sequence[tuple[float, bool, bool]]) -> npt.NDArray[np.float32]:
    """How often attributions of each confidence are right, by isotonic regression; `Model.curves`."""
    grid = np.linspace(0, 1, STEPS)
    curves = np.zeros((2, STEPS), dtype=np.float32)
    for quoted in (False, True):
        rows = np.array([(sure, right) for sure, held, right in judged if held == quoted], dtype=float)
        parts = np.array_split(rows[rows[:, 0].argsort()], max(1, len(rows) // GROUP))
        blocks = [(part[:, 0].mean(), part[:, 1].mean(), len(part)) for part in parts]
        curves[int(quoted)] = np.interp(grid, *rising(blocks))
    _print_calibration(curves, judged)
    return curves


def rising(blocks: Sequence[tuple[float, float, int]]) -> tuple[list[float], list[float]]:
    """Pool neighbours until the shares rise: places and shares of what is left (pool adjacent violators)."""
    pools: list[tuple[float, float, int]] = []
    for block in blocks:
        pools.append(block)
        while len(pools) > 1 and pools[-2][1] >= pools[-1][1]:
            (x, y, n), (x2, y2, n2) = pools[-2:]
            pools[-2:] = [((x * n + x2 * n2) / (n + n2), (y * n + y2 * n2) / (n + n2), n + n2)]
    return [x for x, _, _ in pools], [y for _, y, _ in pools]


def _print_calibration(curves: npt.NDArray[np.float32], judged: Sequence[tuple[float, bool, bool]]) -> None:
    model = Model({}, np.zeros(0, dtype=np.float32), curves=curves)
    rows = np.array([(model.sure(sure, held), right) for sure, held, right in judged])
    for low in np.arange(0, 1, 0.1):
        inside = (rows[:, 0] >= low) & (rows[:, 0] < low + 0.1)
        if inside.any():
            print(f"    said {low:.1f}-{low + 0.1:.1f}: {inside.sum():6d} of which right {rows[inside, 1].mean():.3f}")


def parse(nlp: Language, texts: Iterable[str]) -> Iterable[Doc]:
    """Docs as the layer will meet them: with layout, tags and parse."""
    if "analystkit_layout" not in nlp.pipe_names:
        nlp.add_pipe("analystkit_layout", first=True)
    unused = [pipe for pipe in ("ner", "analystkit_entities", "analystkit_quotes") if pipe in nlp.pipe_names]
    with nlp.select_pipes(disable=unused):
        yield from nlp.pipe(texts, batch_size=16)


def main() -> None:
    """Read the command line, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pipeline")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.corpus.read_text(encoding="utf-8").splitlines() if line.strip()]
    nlp = pipeline.bare(arguments.pipeline)
    docs = parse(nlp, (row["text"] for row in rows))
    examples = [example(doc, row["attributions"]) for doc, row in zip(docs, rows, strict=True)]
    model = fit(examples, arguments.seed)
    data = model.to_bytes()
    arguments.out.write_bytes(data)
    print(f"{arguments.out}: {len(data) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
