"""Attributions against PolNeAR dev: contents, sources, kinds, and how far the confidence can be trusted.

    uv run python -m benchmarks.quotes CORPORA [PIPELINE]

CORPORA is the folder described in training/README.md. PolNeAR is by Newell, Margolin and Ruths (LREC 2018); the
measure is our own: tokens are runs of word characters; a content is found when it shares at least 0.8 of the tokens
of both together with one in the gold, one to one, best first; a full
attribution also shares a word of the source, or has none where the gold has none. Kinds go by the quotation
marks of the content: the gold's kind for recall, the found one's for precision.

Beside the layer stands a floor: two straight or curly quotation marks around three words or more, with the
nearest "said" (or the like) and the capitalised words beside it.
"""

from __future__ import annotations

import json
import re
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analystkit import pipeline
from analystkit.article import Article

WORD = re.compile(r"\w+(?:['’\-]\w+)*")
NEAR = 0.8
KINDS = ("direct", "mixed", "indirect")
MARKS = '"“”„‟«»＂'

Spans = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Attribution:
    """One attribution as the measure sees it: positions of words, and its kind."""

    content: frozenset[int]
    source: frozenset[int]
    kind: str
    confidence: float = 1.0


class Words:
    """The words of a text, and which of them a span touches."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts, self.ends = [], []
        for match in WORD.finditer(text):
            self.starts.append(match.start())
            self.ends.append(match.end())

    def within(self, spans: Spans) -> frozenset[int]:
        """Positions of the words that spans touch."""
        found: set[int] = set()
        for start, end in spans:
            at = max(bisect_left(self.starts, start) - 1, 0)
            while at < len(self.starts) and self.starts[at] < end:
                if self.ends[at] > start:
                    found.add(at)
                at += 1
        return frozenset(found)

    def attribution(self, record: dict[str, Any]) -> Attribution | None:
        """A record of the JSON form, or None if its content holds no word."""
        content = self.within(record["content"])
        if not content:
            return None
        kind = self.kind(record["content"])
        return Attribution(content, self.within(record["source"]), kind, record.get("confidence", 1.0))

    def kind(self, spans: Spans) -> str:
        """Direct: a mark at both ends; mixed: some mark within; indirect: none."""
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        before, words, after = self.text[max(start - 1, 0) : start], self.text[start:end].strip(), self.text[end:]
        after = after.lstrip(".,;:!?")[:1]
        opens = (words[:1] or " ") in MARKS + "‘'" or (before and before in MARKS)
        last = words.rstrip(".,;:!?")[-1:] or " "
        closes = last in MARKS or (after and after in MARKS) or (opens and words[:1] in "‘'" and last in "’'")
        if opens and closes:
            return "direct"
        inside = any(mark in self.text[s:e] for s, e in spans for mark in (*MARKS, "''", "``"))
        return "mixed" if inside or opens or closes else "indirect"


def match(gold: Sequence[Attribution], found: Sequence[Attribution]) -> list[tuple[int, int]]:
    """Pairs of gold and found contents that are near enough, one to one, best first."""
    pairs = []
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            if near := len(one.content & other.content) / len(one.content | other.content):
                pairs.append((-near, -bool(one.source & other.source), i, j))
    kept: list[tuple[int, int]] = []
    for near, _, i, j in sorted(pairs):
        if -near >= NEAR and all(i != a and j != b for a, b in kept):
            kept.append((i, j))
    return kept


def same_source(one: Attribution, other: Attribution) -> bool:
    """Whether two attributions share a word of their sources, or both have none."""
    return bool(one.source & other.source) or not (one.source or other.source)


def score(articles: Iterable[tuple[Sequence[Attribution], Sequence[Attribution]]]) -> pd.DataFrame:
    """Precision, recall and F1, in per cent: full attributions, contents, and full ones by kind; sources."""
    count: Counter[str] = Counter()
    for gold, found in articles:
        for one in gold:
            count.update(["gold", f"gold {one.kind}"])
        for one in found:
            count.update(["found", f"found {one.kind}"])
        for i, j in match(gold, found):
            count["near"] += 1
            count["sourced"] += bool(gold[i].source)
            count["right source"] += bool(gold[i].source & found[j].source)
            if same_source(gold[i], found[j]):
                count.update(["full", f"full gold {gold[i].kind}", f"full found {found[j].kind}"])
    rows = {
        "full attributions": _prf(count["full"], count["full"], count["found"], count["gold"]),
        "contents": _prf(count["near"], count["near"], count["found"], count["gold"]),
    }
    for kind in KINDS:
        right = count[f"full found {kind}"], count[f"full gold {kind}"]
        rows[f"full, {kind}"] = _prf(*right, count[f"found {kind}"], count[f"gold {kind}"])
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["P", "R", "F1", "found", "gold"])
    share = 100 * count["right source"] / max(count["sourced"], 1)
    table.loc["source right, of contents found", ["P", "found"]] = [share, count["sourced"]]
    return table


def _prf(right_found: int, right_gold: int, found: int, gold: int) -> list[float]:
    precision, recall = right_found / max(found, 1), right_gold / max(gold, 1)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return [100 * precision, 100 * recall, 100 * f1, found, gold]


def calibration(articles: Iterable[tuple[Sequence[Attribution], Sequence[Attribution]]]) -> pd.DataFrame:
    """Of the attributions said to be so sure, how many were fully right."""
    rows = []
    for gold, found in articles:
        right = {j for i, j in match(gold, found) if same_source(gold[i], found[j])}
        rows += [(min(int(one.confidence * 10), 9), j in right) for j, one in enumerate(found)]
    table = pd.DataFrame(rows, columns=["tenth", "right"])
    groups = table.groupby("tenth")["right"]
    shares = pd.DataFrame({"attributions": groups.size(), "right": 100 * groups.mean()})
    shares.index = pd.Index([f"{10 * tenth}-{10 * tenth + 10} % sure" for tenth in shares.index], name="")
    return shares


_FLOOR_QUOTE = re.compile(r"[\"“][^\"“”\n]{15,}?[\"”]")
_FLOOR_SOURCE = re.compile(
    r"(?:said|says|told|added|wrote)\s+((?:[A-Z][\w.’'-]*\s?)+)|((?:[A-Z][\w.’'-]*\s)+|[Ss]?[Hh]e\s)(?:said|says|told|added|wrote)"
)


def floor(text: str) -> list[dict[str, Any]]:
    """Quotation marks and the nearest "said", without any grammar."""
    found = []
    for quote in _FLOOR_QUOTE.finditer(text):
        source: list[list[int]] = []
        near = min(
            _FLOOR_SOURCE.finditer(text, max(quote.start() - 150, 0), quote.end() + 150),
            key=lambda m: min(abs(m.start() - quote.end()), abs(quote.start() - m.end())),
            default=None,
        )
        if near:
            source = [list(near.span(1) if near[1] else near.span(2))]
        found.append({"content": [list(quote.span())], "source": source})
    return found


def main(corpora: Path, name: str | None = None) -> None:
    """Print the tables."""
    nlp = pipeline.load(name)
    rows = [json.loads(line) for line in (corpora / "quotes" / "polnear_dev.jsonl").open(encoding="utf-8")]
    docs = [nlp(pipeline.prepare(Article(row["text"]), nlp)) for row in rows]
    by_layer = {row["id"]: doc._.quotes for row, doc in zip(rows, docs, strict=True)}
    systems: dict[str, Callable[[dict[str, Any]], list[dict[str, Any]]]] = {
        "analystkit_quotes": lambda row: by_layer[row["id"]],
        "floor": lambda row: floor(row["text"]),
    }
    for system, run in systems.items():
        pairs = []
        for row in rows:
            words = Words(row["text"])
            gold = [one for record in row["attributions"] if (one := words.attribution(record))]
            found = [one for record in run(row) if (one := words.attribution(record))]
            pairs.append((gold, found))
        print(f"Attributions, PolNeAR dev, {system}\n{score(pairs).to_string(float_format='%.1f', na_rep='')}\n")
        if system != "floor":
            print(f"How sure, and how often right\n{calibration(pairs).to_string(float_format='%.0f')}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
