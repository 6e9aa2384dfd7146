"""Entities within an article: are the right mentions found, and joined?

    uv run python -m benchmarks.entity_linking [--gold FOLDER] [--errors] [PIPELINE …]

Scores the mentions of `analystkit_entities` against the gold of `seeds/`, with the mentions that the pipeline
itself finds: B³ and CEAF-e (Bagga and Baldwin 1998; Luo 2005), where a mention that the other side lacks
scores nothing. A mention counts when both its ends are right, but for a leading article. The gold takes "Russian"
for a name of Russia while the layer keeps an entity of its own with a link to the country; the two are put
together before scoring. The row "spelling" joins the pipeline's own names by their words only: what
there is without this layer.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

import analystkit
from analystkit.analysis import Analysis
from analystkit.evaluation import mentions
from analystkit.evaluation.mentions import KINDS, Clusters, Offsets, bare, measure
from analystkit.layers.entities.mentions import NAME_LABELS


def clusters(analysis: Analysis) -> Clusters:
    """The entities of an analysis as their mentions, the people of a country with the country."""
    return mentions.clusters(analysis.text, analysis.view()["entities"])


def by_spelling(analysis: Analysis) -> Clusters:
    """The pipeline's own names, one entity a spelling."""
    found: dict[str, dict[Offsets, str]] = defaultdict(dict)
    outside = [range(start, end) for start, end in analysis.furniture]
    for span in analysis.doc.ents if analysis.doc is not None else ():
        if span.label_ in NAME_LABELS and not any(span.start_char in part for part in outside):
            found[span.text.lower()][bare(analysis.text, span.start_char, span.end_char)] = "name"
    return list(found.values())


def ceaf_e(found: Clusters, gold: Clusters) -> float:
    """The best sum of similarities (2 × common / all mentions) over one-to-one pairs of entities."""
    similar = [[2 * len(g.keys() & f.keys()) / (len(g) + len(f)) for f in found] for g in gold]
    return best_assignment(similar)


def best_assignment(gain: Sequence[Sequence[float]]) -> float:
    """The greatest sum of entries of a matrix, no two in one row or column (Kuhn and Munkres)."""
    if not gain or not gain[0]:
        return 0.0
    if len(gain) > len(gain[0]):
        gain = list(zip(*gain, strict=True))
    rows, columns = len(gain), len(gain[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0], column = row, 0
        slack, done = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while owner[column]:
            done[column] = True
            here, step, following = owner[column], float("inf"), 0
            for other in range(1, columns + 1):
                if done[other]:
                    continue
                cost = -gain[here - 1][other - 1] - row_price[here] - column_price[other]
                if cost < slack[other]:
                    slack[other], way[other] = cost, column
                if slack[other] < step:
                    step, following = slack[other], other
            for other in range(columns + 1):
                if done[other]:
                    row_price[owner[other]] += step
                    column_price[other] -= step
                else:
                    slack[other] -= step
            column = following
        while column:
            owner[column], column = owner[way[column]], way[column]
    return sum(gain[owner[column] - 1][column - 1] for column in range(1, columns + 1) if owner[column])


def scores(pairs: Iterable[tuple[Clusters, Clusters]]) -> dict[str, float]:
    """The measures over articles, in per cent; each pair is (found, gold)."""
    pairs = list(pairs)
    row: dict[str, float] = {}
    for name, kinds in {"B³": KINDS, **{kind: (kind,) for kind in KINDS}}.items():
        p, r, f, *_ = measure([(gold, found) for found, gold in pairs], kinds, spans_only=False)
        row |= {f"{name} P": p, f"{name} R": r, f"{name} F": f}
    common = sum(ceaf_e(found, gold) for found, gold in pairs)
    of_found, of_gold = sum(len(found) for found, _ in pairs), sum(len(gold) for _, gold in pairs)
    p, r = common / of_found if of_found else 0.0, common / of_gold
    return row | {"CEAF-e P": 100 * p, "CEAF-e R": 100 * r, "CEAF-e F": 200 * p * r / (p + r) if p + r else 0.0}


def errors(analysis: Analysis, found: Clusters, gold: Clusters) -> Iterable[str]:
    """Where an article's entities differ: what is missing, what is too much, what is in the wrong place."""
    text = analysis.text
    best = {id(f): max(gold, key=lambda g: len(g.keys() & f.keys()), default={}) for f in found}
    of_gold = {mention: cluster for cluster in gold for mention in cluster}
    of_found: Mapping[Offsets, dict[Offsets, str]] = {m: cluster for cluster in found for m in cluster}
    for start, end in sorted(of_gold.keys() | of_found.keys()):
        mention = (start, end)
        words = f"{text[max(start - 40, 0) : start]}[{text[start:end]}]{text[end : end + 30]}".replace("\n", " ")
        if mention not in of_found:
            yield f"  missed  {of_gold[mention][mention]:8} {words}"
        elif mention not in of_gold:
            yield f"  added   {of_found[mention][mention]:8} {words}  ← {_name(text, of_found[mention])}"
        elif best[id(of_found[mention])] is not of_gold[mention]:
            yield (
                f"  astray  {of_found[mention][mention]:8} {words}  ← {_name(text, of_found[mention])}, "
                f"should be {_name(text, of_gold[mention])}"
            )


def _name(text: str, cluster: dict[Offsets, str]) -> str:
    names = [text[start:end] for (start, end), kind in cluster.items() if kind == "name"]
    return max(names or [text[slice(*next(iter(cluster)))]], key=len)


def main() -> None:
    """Print a row a pipeline, and with `--errors` every difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pipelines", nargs="*", help="spaCy pipelines; the shipped one when none is named")
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[1] / "seeds", help="folder of gold files")
    parser.add_argument("--errors", action="store_true", help="list every difference")
    options = parser.parse_args()
    rows: dict[str, dict[str, float]] = {}
    for name in options.pipelines or [None]:
        nlp = analystkit.load(name)
        ours: list[tuple[Clusters, Clusters]] = []
        plain: list[tuple[Clusters, Clusters]] = []
        for path in sorted(options.gold.glob("*.gold.json")):
            marked = Analysis.from_dict(json.loads(path.read_text(encoding="utf-8")))
            source = next(path.parent.glob(f"{path.name.removesuffix('.gold.json')}.[!g]*"))
            analysis = analystkit.analyze(source, nlp)
            gold = clusters(marked)
            ours.append((clusters(analysis), gold))
            plain.append((by_spelling(analysis), gold))
            if options.errors:
                print(path.name, *errors(analysis, *ours[-1]), sep="\n")
        label = Path(name).name if name else "shipped"
        rows[f"{label}, spelling"], rows[label] = scores(plain), scores(ours)
    print(pd.DataFrame(rows).T.round(1).T.to_string())


if __name__ == "__main__":
    main()
