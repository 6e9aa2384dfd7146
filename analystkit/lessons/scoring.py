"""How answers are scored. score.js computes the same in the page; tests/lessons.json holds cases for both.

Every score is from 0 (nothing, or nothing right) to 1 (all right, and nothing beside it).

- **Marks** (the people, the quotes): a mark and what it should be are compared by words: the words they share,
  divided by the words they cover together. The same words give 1, whatever punctuation lies at the edges; a mark of n
  words that is shifted by one word gives (n − 1) / (n + 1), so nothing for a single word and 3/5 for four. Each item
  goes with one mark, the closest pairs first. The score is 2 × credits / (items + marks), so what is missed and what
  is marked in excess both cost. Where an item may be marked at any of several places, further marks at these are free.
- **Choices** (who speaks, direct or indirect, who stands where): each item gives what the answer is worth: 1 where it
  is right, and what the kind of exercise grants for a near one. The score is their mean.
- **Chains**: a chain is compared link by link, the last link being the one to the article itself: the F-measure of its
  links. The score is the mean of the chains.
- **Order**: (pairs in the right order − pairs in the wrong one) / all pairs, but never below 0: Kendall's tau. What
  happened at the same time may stand either way. Exchanging two neighbours costs 2 of all pairs.
- **Selection** (the missing voices): the F-measure of what was selected.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations, pairwise
from typing import Any, Final, Literal

Verdict = Literal["right", "near", "wrong", "missing"]
Span = tuple[int, int]

_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Feedback:
    """What became of one item, or of one mark that belongs to none.

    Attributes:
        item: The item's id; None for a mark in excess.
        credit: 0 to 1.
        verdict: "right", "near" (some credit), "wrong" or "missing".
        answer: What the student answered; None where nothing.
        span: Where to look in the text; None where no place is meant.
        why: What is right, and why, in a sentence or two.
    """

    item: str | None
    credit: float
    verdict: Verdict
    answer: Any
    span: Span | None
    why: str


@dataclass(frozen=True)
class Result:
    """One student's result in one exercise: the score, 0 to 1, and what became of each item."""

    score: float
    items: list[Feedback]
    extra: list[Feedback] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data."""
        return asdict(self)

    def __str__(self) -> str:
        """The result in a line."""
        verdicts = [item.verdict for item in self.items]
        counts = [f"{verdicts.count(verdict)} {verdict}" for verdict in ("right", "near", "wrong", "missing")]
        extra = f", {len(self.extra)} in excess" if self.extra else ""
        return f"{self.score * 100:.0f} of 100 points: {', '.join(counts)}{extra}"

    def _repr_html_(self) -> str:
        return f"<p>{self}</p>"


def score(form: str, key: Mapping[str, Any], answers: Any, text: str) -> Result:
    """Compare answers with the key of an exercise.

    Args:
        form: "spans", "choice", "chain", "order" or "set".
        key: The exercise's key.
        answers: What the student gave, in the shape of the form (see `answers`).
        text: The article's text.
    """
    return _FORMS[form](key["items"], answers, text)


def _verdict(credit: float, answered: bool) -> Verdict:
    if credit >= 1:
        return "right"
    if credit > 0:
        return "near"
    return "wrong" if answered else "missing"


def _feedback(item: Mapping[str, Any], credit: float, answer: Any) -> Feedback:
    span = item.get("span")
    return Feedback(
        item["id"],
        credit,
        _verdict(credit, answer is not None),
        answer,
        None if span is None else (span[0], span[1]),
        item["why"],
    )


# ---- marks


class Words:
    """The words of a text, by number: runs of characters without blanks."""

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _WORD.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]

    def of(self, span: Sequence[int]) -> Span:
        """The words that a span touches: number of the first, and of the one behind the last."""
        return bisect_right(self.ends, span[0]), bisect_left(self.starts, span[1])


def shared_words(one: Span, other: Span) -> float:
    """The words that two runs of words share, divided by those that they cover together."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0])) if shared > 0 else 0.0


def _spans(items: Sequence[Mapping[str, Any]], answers: Sequence[Sequence[int]], text: str) -> Result:
    words = Words(text)
    marks = [words.of(mark) for mark in answers]
    targets = [[words.of(span) for span in item["spans"]] for item in items]
    close = [
        (-credit, i, j)
        for i, places in enumerate(targets)
        for j, mark in enumerate(marks)
        if (credit := max(shared_words(place, mark) for place in places)) > 0
    ]
    mark_of: dict[int, int] = {}
    credits = [0.0] * len(items)
    for credit, i, j in sorted(close):
        if i not in mark_of and j not in mark_of.values():
            mark_of[i] = j
            credits[i] = -credit
    found = [
        _feedback(item, credits[i], list(answers[mark_of[i]]) if i in mark_of else None) for i, item in enumerate(items)
    ]
    again = {j for credit, i, j in close if credit <= -0.5 and len(targets[i]) > 1}
    extra = [
        Feedback(None, 0.0, "wrong", list(mark), (mark[0], mark[1]), "This is not one of those asked for.")
        for j, mark in enumerate(answers)
        if j not in mark_of.values() and j not in again
    ]
    total = len(items) + len(mark_of) + len(extra)
    return Result(2 * sum(credits) / total if total else 0.0, found, extra)


# ---- the others


def _choice(items: Sequence[Mapping[str, Any]], answers: Mapping[str, str], _: str) -> Result:
    found = [
        _feedback(item, item["credit"].get(answers.get(item["id"], ""), 0.0), answers.get(item["id"])) for item in items
    ]
    return Result(sum(one.credit for one in found) / len(found), found)


def _chain(items: Sequence[Mapping[str, Any]], answers: Mapping[str, Sequence[str]], _: str) -> Result:
    found = []
    for item in items:
        given = list(answers.get(item["id"], ()))
        right, ours = (set(pairwise([*chain, ""])) for chain in (item["chain"], given))
        credit = 2 * len(right & ours) / (len(right) + len(ours)) if given else 0.0
        found.append(_feedback(item, credit, given or None))
    return Result(sum(one.credit for one in found) / len(found), found)


def _order(items: Sequence[Mapping[str, Any]], answers: Sequence[str], _: str) -> Result:
    place = {item: n for n, item in enumerate(answers)}
    pairs = [(a, b) for a, b in combinations(items, 2) if a["rank"] != b["rank"]]
    sign = {"right": 0, "wrong": 0}
    each: dict[str, list[int]] = {item["id"]: [] for item in items}
    for a, b in pairs:
        both = a["id"] in place and b["id"] in place
        right = both and (place[a["id"]] < place[b["id"]]) == (a["rank"] < b["rank"])
        if both:
            sign["right" if right else "wrong"] += 1
        for item in (a, b):
            each[item["id"]].append(int(right))
    found = [
        _feedback(
            item,
            sum(each[item["id"]]) / len(each[item["id"]]) if each[item["id"]] else float(item["id"] in place),
            place.get(item["id"]),
        )
        for item in items
    ]
    return Result(max(0.0, (sign["right"] - sign["wrong"]) / len(pairs)) if pairs else 0.0, found)


def _set(items: Sequence[Mapping[str, Any]], answers: Sequence[str], _: str) -> Result:
    given = set(answers)
    found, extra = [], []
    for item in items:
        chosen = item["id"] in given
        if item["right"]:
            found.append(_feedback(item, float(chosen), True if chosen else None))
        elif chosen:
            extra.append(_feedback(item, 0.0, True))
    right = sum(one.credit for one in found)
    total = len(found) + len(given & {item["id"] for item in items})
    return Result(2 * right / total if total else 0.0, found, extra)


_FORMS: Final[Mapping[str, Callable[[Sequence[Mapping[str, Any]], Any, str], Result]]] = {
    "spans": _spans,
    "choice": _choice,
    "chain": _chain,
    "order": _order,
    "set": _set,
}
