"""Entities across articles: are the same people joined, and namesakes kept apart?

    uv run python -m benchmarks.joining [COUNT]

Generated articles (`benchmarks.generator`, terse: half the speakers without their given names), whose casts are known;
two of the eight people share a family name. B³ (Bagga and Baldwin 1998) over the people of each article. Beside it
what joining by spelling alone would reach. News is harder: here everybody keeps to one description.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Hashable, Mapping
from pathlib import Path

import pandas as pd

import analystkit as ak
from benchmarks import generator


def bearers(corpus: ak.Corpus) -> pd.DataFrame:
    """People of the articles who are in their casts: name, who (as joined), person (as is true)."""
    people = corpus.entities.query("label == 'PERSON'").merge(
        corpus.members, left_on=["article", "id"], right_on=["article", "entity_id"]
    )
    people["person"] = [_person(*row) for row in zip(people["article"], people["name"], strict=True)]
    return people[people["person"].notna()]


def _person(article: str, name: str) -> str | None:
    """Whom a name means in an article; none if it is not in the cast, or both of the cast are called so."""
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


def main(count: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        source = generator.write(count, Path(folder) / "corpus.jsonl", "terse")
        people = bearers(ak.Corpus.build(source, Path(folder) / "corpus", progress=False))
    gold = people["person"].to_dict()
    table = pd.DataFrame(
        [b_cubed(people[column].to_dict(), gold) for column in ("who", "name")],
        index=["joined", "by spelling"],
        columns=["precision", "recall", "F"],
    )
    print(f"{count} articles, {len(people)} bearers of {people['person'].nunique()} people")
    print((100 * table).round(1).to_string())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
