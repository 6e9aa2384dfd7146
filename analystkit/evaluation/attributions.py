"""Measures of attributions: who said what, by whom it is relayed, and how far the confidence can be trusted.

Tokens are runs of word characters, so marks at the edges of a span do not count. A content is found when it shares
at least 0.8 of the tokens of both together with one in the gold; pairs are formed one to one, best first. A full
attribution also shares a token of the source, or has none where the gold has none. Kinds go by the quotation marks
of the content: the gold's kind for recall, the found one's for precision.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analystkit.evaluation.figures import prf

NEAR: Final = 0.8
KINDS: Final = ("direct", "mixed", "indirect")
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_MARKS = '"“”„‟«»＂'

Spans = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Attribution:
    """One attribution as the measures see it.

    Attributes:
        content: Positions of its words.
        source: Positions of the words that name who speaks.
        kind: By its quotation marks.
        confidence: What the tool says of it.
        speaker: The entity that speaks, in the gold's ids; None where unknown.
        via: The entities that relay it, in the gold's ids.
    """

    content: frozenset[int]
    source: frozenset[int]
    kind: str
    confidence: float = 1.0
    speaker: str | None = None
    via: frozenset[str | None] = frozenset()


class Words:
    """The words of a text, and which of them a span touches."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        for match in _WORD.finditer(text):
            self.starts.append(match.start())
            self.ends.append(match.end())

    def within(self, spans: Spans) -> frozenset[int]:
        """Positions of the words that spans, in code points, touch."""
        found: set[int] = set()
        for start, end in spans:
            at = max(bisect_left(self.starts, start) - 1, 0)
            while at < len(self.starts) and self.starts[at] < end:
                if self.ends[at] > start:
                    found.add(at)
                at += 1
        return frozenset(found)

    def attributions(
        self, records: Iterable[Mapping[str, Any]], same: Mapping[str, str] | None = None
    ) -> list[Attribution]:
        """Records of the JSON form, but those whose content holds no word.

        Args:
            records: The quotes of an analysis.
            same: The gold's id for each id of an entity; None where they are the gold's own.
        """
        found = []
        for record in records:
            content = self.within(record["content"])
            if not content:
                continue
            ids = [record.get("speaker"), *record.get("via", ())]
            speaker, *via = ids if same is None else [same.get(ref) if ref else None for ref in ids]
            found.append(
                Attribution(
                    content,
                    self.within(record["source"]),
                    self.kind(record["content"]),
                    record.get("confidence", 1.0),
                    speaker,
                    frozenset(via),
                )
            )
        return found

    def kind(self, spans: Spans) -> str:
        """Direct: a mark at both ends; mixed: some mark within; indirect: none."""
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        before, words, after = self.text[max(start - 1, 0) : start], self.text[start:end].strip(), self.text[end:]
        after = after.lstrip(".,;:!?")[:1]
        opens = (words[:1] or " ") in _MARKS + "‘'" or (before and before in _MARKS)
        last = words.rstrip(".,;:!?")[-1:] or " "
        closes = last in _MARKS or (after and after in _MARKS) or (opens and words[:1] in "‘'" and last in "’'")
        if opens and closes:
            return "direct"
        inside = any(mark in self.text[s:e] for s, e in spans for mark in (*_MARKS, "''", "``"))
        return "mixed" if inside or opens or closes else "indirect"


#: The gold and the found attributions of one article.
Pair = tuple[Sequence[Attribution], Sequence[Attribution]]


def match(gold: Sequence[Attribution], found: Sequence[Attribution], least: float = NEAR) -> list[tuple[int, int]]:
    """Pairs of gold and found contents that share at least that much of their words, one to one, best first."""
    pairs = []
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            if near := len(one.content & other.content) / len(one.content | other.content):
                pairs.append((-near, -bool(one.source & other.source), i, j))
    kept: list[tuple[int, int]] = []
    for near, _, i, j in sorted(pairs):
        if -near >= least and all(i != a and j != b for a, b in kept):
            kept.append((i, j))
    return kept


def same_source(one: Attribution, other: Attribution) -> bool:
    """Whether two attributions share a word of their sources, or both have none."""
    return bool(one.source & other.source) or not (one.source or other.source)


def score(articles: Iterable[Pair]) -> pd.DataFrame:
    """Precision, recall and F1 in per cent: full attributions, contents, full ones by kind; then sources.

    The last row, "source right, of contents found", has only P, and how many such contents have a source.
    """
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
        "full attributions": prf(count["full"], count["found"], count["gold"]),
        "contents": prf(count["near"], count["found"], count["gold"]),
    }
    for kind in KINDS:
        right, there = count[f"full found {kind}"], count[f"full gold {kind}"]
        rows[f"full, {kind}"] = prf(right, count[f"found {kind}"], count[f"gold {kind}"], there)
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["P", "R", "F1", "found", "gold"])
    share = 100 * count["right source"] / max(count["sourced"], 1)
    table.loc["source right, of contents found", ["P", "found"]] = [share, count["sourced"]]
    return table


def speakers(articles: Iterable[Pair]) -> pd.DataFrame:
    """How many speakers, relays and kinds are right, in per cent, among the contents that are found.

    A speaker counts where the gold names one ("speaker") and where it names none ("speaker left open"); relays
    count where the gold or the tool has any. "all three, of the gold" is the share of all gold attributions that are
    found with speaker, relays and kind right: what a reader who looks at who said what meets.
    """
    rows: dict[str, list[bool]] = {
        name: [] for name in ("speaker", "speaker left open", "relays", "kind", "all three, of the gold")
    }
    for gold, found in articles:
        pairs = dict(match(gold, found))
        for i, one in enumerate(gold):
            other = found[pairs[i]] if i in pairs else None
            if other is not None:
                rows["speaker" if one.speaker else "speaker left open"].append(one.speaker == other.speaker)
                if one.via or other.via:
                    rows["relays"].append(one.via == other.via)
                rows["kind"].append(one.kind == other.kind)
            alike = other is not None and (one.speaker, one.via, one.kind) == (other.speaker, other.via, other.kind)
            rows["all three, of the gold"].append(alike)
    shares = {name: [100 * sum(right) / len(right), len(right)] for name, right in rows.items() if right}
    return pd.DataFrame.from_dict(shares, orient="index", columns=["right", "of"])


def calibration(articles: Iterable[Pair]) -> pd.DataFrame:
    """For each tenth of confidence: how many attributions, their mean confidence, how many fully right, in per cent."""
    rows = []
    for gold, found in articles:
        right = {j for i, j in match(gold, found) if same_source(gold[i], found[j])}
        rows += [
            (min(int(one.confidence * 10), 9), 100 * one.confidence, 100 * (j in right)) for j, one in enumerate(found)
        ]
    table = pd.DataFrame(rows, columns=["tenth", "sure", "right"])
    groups = table.groupby("tenth")
    shares = pd.DataFrame(
        {"attributions": groups.size(), "sure": groups["sure"].mean(), "right": groups["right"].mean()}
    )
    shares.index = pd.Index([f"{10 * tenth}-{10 * tenth + 10} % sure" for tenth in shares.index], name="")
    return shares
