"""Entities across articles: are those that are one joined, and namesakes kept apart?

    uv run python -m benchmarks.joining [COUNT]              both sets
    uv run python -m benchmarks.joining errors [COUNT]       what went wrong in the harder one

Two generated sets. In `benchmarks.generator` (terse: half the speakers without their given names) two of eight people
share a family name. In `benchmarks.namesakes` every name misleads: people of one name, one person in two spellings,
bodies that every country has, acronyms, places of one name. B³ (Bagga and Baldwin 1998) over the bearers of which the
truth is known; beside it what joining by spelling alone would reach. *Listed* is the share of pairs that bear one name
and were wrongly kept apart, or are of two and were rightly, that stand in `Corpus.ambiguous`. News is harder: here
everybody keeps to one description.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping
from itertools import combinations
from pathlib import Path

import pandas as pd

import analystkit as ak
from analystkit.corpus.names import normal
from benchmarks import generator, namesakes

Meaning = Callable[[str, str], str | None]


def bearers(corpus: ak.Corpus, means: Meaning) -> pd.DataFrame:
    """Entities of which the truth is known: article, name, label, who (as joined), true."""
    found = corpus.entities.merge(corpus.members, left_on=["article", "id"], right_on=["article", "entity_id"])
    found["true"] = [means(*row) for row in zip(found["article"], found["name"], strict=True)]
    return found[found["true"].notna()]


def in_cast(article: str, name: str) -> str | None:
    """Whom a name means in an article of the generator; none if it is not in the cast, or both are called so."""
    able = [
        full
        for full in generator.cast(int(article.split("-")[1]))
        if full.split()[-len(name.split()) :] == name.split()
    ]
    return able[0] if len(able) == 1 else None


def b_cubed(found: Mapping[Hashable, Hashable], gold: Mapping[Hashable, Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F of two groupings of the same things, each from thing to group."""

    def one_way(these: Mapping[Hashable, Hashable], those: Mapping[Hashable, Hashable]) -> float:
        groups: defaultdict[Hashable, list[Hashable]] = defaultdict(list)
        for thing, group in these.items():
            groups[group].append(those[thing])
        return sum(group.count(other) / len(group) for group in groups.values() for other in group) / len(these)

    precision, recall = one_way(found, gold), one_way(gold, found)
    return precision, recall, 2 * precision * recall / (precision + recall)


def listed(corpus: ak.Corpus, found: pd.DataFrame) -> float:
    """Of the pairs of rows of `who` that share a name or a person, the share that the list of doubts has."""
    doubts = [set(ids.split("; ")) for ids in corpus.ambiguous["who"]]
    rows = {who: ({*map(normal, rows["name"])}, {*rows["true"]}) for who, rows in found.groupby("who")}
    pairs = [{a, b} for a, b in combinations(rows, 2) if any(x & y for x, y in zip(rows[a], rows[b], strict=True))]
    return sum(any(pair <= doubt for doubt in doubts) for pair in pairs) / max(len(pairs), 1)


def measure(corpus: ak.Corpus, means: Meaning) -> pd.DataFrame:
    """The table of a set."""
    found = bearers(corpus, means)
    gold = found["true"].to_dict()
    rows = {
        "joined": (*b_cubed(found["who"].to_dict(), gold), listed(corpus, found)),
        "by spelling": (*b_cubed({row: normal(name) for row, name in found["name"].items()}, gold), float("nan")),
    }
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.columns = ["precision", "recall", "F", "listed"]
    table.attrs["told"] = f"{len(corpus)} articles, {len(found)} bearers of {found['true'].nunique()} names' meanings"
    return table


def errors(corpus: ak.Corpus, means: Meaning) -> None:
    """Print the rows of `who` that hold several, and those who are in several rows."""
    found = bearers(corpus, means)
    for who, rows in found.groupby("who"):
        if rows["true"].nunique() > 1:
            print(who, "holds", dict(Counter(zip(rows["true"], rows["name"], rows["label"], strict=True))))
    for true, rows in found.groupby("true"):
        if rows["who"].nunique() > 1:
            print(true, "is in", dict(Counter(zip(rows["who"], rows["name"], rows["label"], strict=True))))
    print(corpus.ambiguous.to_string(max_colwidth=60))


def main(*arguments: str) -> None:
    """Print the tables, or the errors."""
    count = next((int(argument) for argument in arguments if argument.isdecimal()), 0)
    with tempfile.TemporaryDirectory() as folder:

        def corpus(write: Callable[[int, Path], Path], count: int) -> ak.Corpus:
            source = write(count, Path(folder) / f"{count}.jsonl")
            return ak.Corpus.build(source, Path(folder) / f"{count}", progress=False)

        hard = corpus(namesakes.write, count or 10 * len(namesakes.STORIES))
        if "errors" in arguments:
            errors(hard, namesakes.means)
            return
        terse = corpus(lambda n, path: generator.write(n, path, "terse"), count or 400)
        for name, one, means in (("terse", terse, in_cast), ("misleading", hard, namesakes.means)):
            table = measure(one, means)
            print(f"{name}: {table.attrs['told']}")
            print((100 * table).round(1).to_string(na_rep=""))


if __name__ == "__main__":
    main(*sys.argv[1:])
