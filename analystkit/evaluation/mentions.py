"""Measures of entities: which mentions are found, and whether those of one entity are together.

B³ (Bagga and Baldwin 1998): for each mention, how much of its entity is the same on the other side; a mention that
the other side lacks scores nothing. A mention counts when both its ends are right, but for a leading article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from analystkit.evaluation.figures import prf

Offsets = tuple[int, int]
#: An article's entities as their mentions, in code points, each with its kind.
Clusters = list[dict[Offsets, str]]
Record = Mapping[str, Any]

KINDS: Final = ("name", "nominal", "pronoun")
_ARTICLES = ("the ", "a ", "an ")


def clusters(text: str, records: Iterable[Mapping[str, Any]]) -> Clusters:
    """The entities of the JSON form; the people of a country ("Russians") go with the country, if it is there."""
    found: dict[str, dict[Offsets, str]] = defaultdict(dict)
    for record in records:
        for mention in record["mentions"]:
            found[record.get("country", record["id"])][bare(text, mention["start"], mention["end"])] = mention["kind"]
    return list(found.values())


def bare(text: str, start: int, end: int) -> Offsets:
    """The ends of a mention without the article before it."""
    article = next((word for word in _ARTICLES if text[start:end].lower().startswith(word)), "")
    return start + len(article), end


def counterparts(found: Iterable[Mapping[str, Any]], gold: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """For each found entity, by id, the gold's that shares most mentions with it: whole names first, then any words."""
    pairs: dict[str, str] = {}
    for one in found:
        shared = {other["id"]: _shared(one, other) for other in gold}
        best = max(shared, key=lambda ref: shared[ref], default=None)
        if best is not None and any(shared[best]):
            pairs[one["id"]] = best
    return pairs


def _shared(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[int, int, int]:
    """How many names, mentions, and overlapping mentions of one kind two entities have in common."""
    theirs = [(mention["start"], mention["end"], mention["kind"]) for mention in other["mentions"]]
    ours = [(mention["start"], mention["end"], mention["kind"]) for mention in one["mentions"]]
    same = set(theirs) & set(ours)
    near = sum(any(s < end and start < e and k == kind for s, e, k in theirs) for start, end, kind in ours)
    return sum(kind == "name" for _, _, kind in same), len(same), near


def score(articles: Iterable[tuple[Clusters, Clusters]]) -> pd.DataFrame:
    """Precision, recall and F1 in per cent, each pair (gold, found): mentions, B³, and mentions of each kind."""
    pairs = list(articles)
    rows = {}
    for name, kinds in {"mentions": KINDS, **{f"mentions, {kind}": (kind,) for kind in KINDS}}.items():
        rows[name] = measure(pairs, kinds, spans_only=True)
    rows["together with the right ones (B³)"] = measure(pairs, KINDS, spans_only=False)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["P", "R", "F1", "found", "gold"])


def calibration(articles: Iterable[tuple[str, Sequence[Record], Sequence[Record]]]) -> pd.DataFrame:
    """For each kind and tenth of confidence: how many mentions, their mean confidence, how many right, in per cent.

    A mention is right when the gold has it, in the entity that shares most mentions with the one it was found in.

    Args:
        articles: For each its text, the gold's entities and those found, in the JSON form.
    """
    rows = []
    for text, gold, found in articles:
        wanted, ours = clusters(text, gold), clusters(text, found)
        best: dict[Offsets, Clusters] = {}
        for one in ours:
            shared = [len(other.keys() & one.keys()) for other in wanted]
            most = [wanted[shared.index(max(shared))]] if any(shared) else []
            best |= dict.fromkeys(one, most)
        for record in found:
            for mention in record["mentions"]:
                place = bare(text, mention["start"], mention["end"])
                sure = mention.get("confidence", record["confidence"])
                rows.append(
                    (
                        mention["kind"],
                        min(int(sure * 10), 9),
                        100 * sure,
                        100 * any(place in one for one in best[place]),
                    )
                )
    groups = pd.DataFrame(rows, columns=["kind", "tenth", "sure", "right"]).groupby(["kind", "tenth"])
    table = pd.DataFrame({"mentions": groups.size(), "sure": groups["sure"].mean(), "right": groups["right"].mean()})
    table.index = pd.Index([f"{kind}, {10 * tenth}-{10 * tenth + 10} % sure" for kind, tenth in table.index], name="")
    return table


def measure(pairs: Sequence[tuple[Clusters, Clusters]], kinds: Sequence[str], *, spans_only: bool) -> list[float]:
    """Precision, recall and F1 in per cent, and the numbers of mentions found and in the gold.

    Args:
        pairs: For each article (gold, found).
        kinds: The kinds of mention that count; entities are compared with all their mentions.
        spans_only: Whether a mention is right by its ends alone; else by how much of its entity is the same (B³).
    """
    right_found = right_gold = 0.0
    found_count = gold_count = 0
    for gold, found in pairs:
        right, count = _one_way(found, gold, kinds, spans_only)
        right_found, found_count = right_found + right, found_count + count
        right, count = _one_way(gold, found, kinds, spans_only)
        right_gold, gold_count = right_gold + right, gold_count + count
    return prf(right_found, found_count, gold_count, right_gold)


def _one_way(these: Clusters, those: Clusters, kinds: Sequence[str], spans_only: bool) -> tuple[float, int]:
    """The sum over the mentions of one side, and their number."""
    home = {mention: cluster for cluster in those for mention in cluster}
    total, count = 0.0, 0
    for cluster in these:
        for mention, kind in cluster.items():
            if kind in kinds:
                count += 1
                if mention in home:
                    total += 1.0 if spans_only else len(cluster.keys() & home[mention].keys()) / len(cluster)
    return total, count
