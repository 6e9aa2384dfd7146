"""Find attributions by a model learnt from annotated news.

Four small networks, one after the other: which words are cues; for each cue, which words of its sentence are
content or source, and where the content begins and ends; which of the likeliest stretches is the content; which
quotations outside the sentence belong to it. A last table turns their odds into a confidence.

How it was trained, on what, and how often it is right: training/ATTRIBUTIONS.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from math import log, log1p
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analystkit.errors import PipelineError
from analystkit.layers.quotes.attribution import Attribution, Quoted, complete
from analystkit.layers.quotes.features import (
    Columns,
    Pairs,
    Positions,
    cue_candidates,
    cue_features,
    pair_features,
)
from analystkit.layers.quotes.net import Floats, Net
from analystkit.layers.quotes.rules import noun_acts, verb_classes
from analystkit.layers.quotes.spans import (
    elsewhere,
    elsewhere_features,
    stretch_features,
    stretches,
)
from analystkit.layers.roles import Syntax

#: The least odds at which a quotation that nobody else claims goes to a cue; and to a draft else too unlikely.
_PERHAPS, _UNLIKELY = 0.25, 0.1
#: Steps on either side of zero that a stored weight can take: fewer compress better, and 31 cost nothing measurable.
_LEVELS = 31
_NETS = ("cue", "pair", "stretch", "far")


@dataclass(slots=True)
class Draft:
    """An attribution in the making, with the odds of each step.

    Attributes:
        cue: Position of the head of the cue.
        cue_odds: How likely it is one.
        source: The words of the source.
        source_odds: How likely they are it.
        content: The words of the content, marks included.
        content_odds: How likely they are it.
        margin: By how much they are likelier than the next candidate.
        quoted: Whether the content holds a quotation.
        perhaps: Quotations elsewhere that rather do not belong to it, with their odds.
    """

    cue: int
    cue_odds: float
    source: list[int]
    source_odds: float
    content: list[int]
    content_odds: float
    margin: float
    quoted: bool
    perhaps: dict[int, float]

    def row(self) -> list[float]:
        """The numbers that the confidence is computed from."""
        cue, content, source = _logit(self.cue_odds), _logit(self.content_odds), _logit(self.source_odds)
        size = len(self.content)
        return [
            cue, content, source, self.margin, float(self.quoted), float(not self.source), (not self.source) * source,
            self.quoted * cue, self.quoted * content, log1p(size), float(size < 3), 1.0,
        ]  # fmt: skip


@cache
def _steps(count: int) -> npt.NDArray[np.float64]:
    return np.linspace(0, 1, count)


def _logit(odds: float) -> float:
    odds = min(max(odds, 1e-4), 1 - 1e-4)
    return log(odds / (1 - odds))


@dataclass(frozen=True)
class Model:
    """The networks and the confidence table.

    Attributes:
        nets: By name: "cue", "pair", "stretch", "far".
        weights: Of the logistic confidence, one for each number of `Draft.row`.
        threshold: The least confidence at which an attribution is returned.
        floor: The least odds at which a word is looked at as a cue.
        quoted_threshold: The same for attributions with quoted words, where it is higher.
        curves: (2, steps) how often attributions of each confidence, from 0 to 1 in even steps, were right in the
            end, on articles not trained on: those without quoted words, those with. None: as the confidence says.
    """

    nets: dict[str, Net]
    weights: Floats
    threshold: float = 0.3
    floor: float = 0.16
    curves: Floats | None = None
    quoted_threshold: float = 0.0

    # -- finding

    def find(self, syntax: Syntax, quoted: Quoted) -> list[Attribution]:
        """All attributions that are likely enough, in the order of their cues."""
        columns = Columns(syntax, quoted)
        cues, odds = self.cues(columns)
        full = [draft for draft in self.drafts(columns, cues, odds) if draft.content]
        drafts = list(zip(self.confidences(full), full, strict=True))
        kept = [(sure, draft) for sure, draft in drafts if sure >= self.least(draft.quoted)]
        rest = [(sure, draft) for sure, draft in drafts if sure < self.least(draft.quoted)]
        rest.sort(key=lambda pair: -pair[0])
        kept = _speak_for_all(kept, rest, columns)
        found = []
        for confidence, draft in sorted(kept, key=lambda pair: pair[1].cue):
            cue = cue_words(syntax, draft.cue, draft.source, draft.content)
            sure = self.sure(confidence, draft.quoted)
            found.append(Attribution(cue, draft.source, draft.content, sure, why(syntax, draft)))
        return found

    def cues(self, columns: Columns) -> tuple[Positions, Floats]:
        """Words that may be heads of cues, with their odds."""
        words = cue_candidates(columns.syntax, columns.quoted)
        if not len(words):
            return words, np.zeros(0, dtype=np.float32)
        odds = self.nets["cue"](cue_features(columns, words))[0][:, 1]
        # Beside a quotation that needs a speaker, an unlikely cue is worth a look too.
        near = (columns.next_quote[words] < columns.end[words]) | (columns.last_quote[words] >= columns.start[words])
        kept = (odds >= self.floor) | (near & (odds >= self.floor / 4) & (columns.quote[words] < 0))
        return words[kept], odds[kept]

    def drafts(self, columns: Columns, cues: Positions, odds: Floats) -> list[Draft]:
        """The likeliest source and content of each cue."""
        if not len(cues):
            return []
        pairs = Pairs(columns, cues)
        roles, edges = self.nets["pair"](pair_features(columns, pairs))
        far = elsewhere(columns, cues)
        far_odds = np.zeros(0, dtype=np.float32)
        if len(far.owner):
            far_odds = self.nets["far"](elsewhere_features(columns, cues, odds, far))[0][:, 1]
        far_bounds = np.searchsorted(far.owner, np.arange(len(cues) + 1))
        hopeful = np.bincount(far.owner[far_odds > 0.3], minlength=len(cues))
        found = stretches(columns, pairs, roles, edges)
        likely = self.nets["stretch"](stretch_features(columns, pairs, found, roles, edges, hopeful))[0][:, 1]
        rivals = cues[odds > 0.4].tolist()
        drafts = []
        for number, (begin, end) in enumerate(found.bounds):
            order = begin + (-likely[begin:end]).argsort()
            best = int(order[0])
            margin = float(likely[order[0]] - likely[order[1]]) if len(order) > 1 else 1.0
            source, source_odds = source_words(pairs, roles, number)
            content = stretch_words(columns, pairs, roles, int(found.first[best]), int(found.last[best]), number)
            cue = int(cues[number])
            content = complete(content, [cue], source, columns.syntax, columns.quoted) if content else []
            content = quoted_beside(columns, cue, content, rivals)
            odds_here = float(likely[best])
            perhaps = {}
            its = slice(far_bounds[number], far_bounds[number + 1])
            for passage, p in zip(far.passage[its], far_odds[its], strict=True):
                if p > 0.5:
                    content = sorted({*content, *columns.quoted.whole(int(passage))})
                    odds_here *= float(p)
                elif p > _PERHAPS:
                    perhaps[int(passage)] = float(p)
            held = any(columns.quoted.at[i] >= 0 for i in content)
            drafts.append(
                Draft(cue, float(odds[number]), source, source_odds, content, odds_here, margin, held, perhaps)
            )
        return drafts

    def confidences(self, drafts: list[Draft]) -> list[float]:
        """How likely each attribution is right, source and content."""
        if not drafts:
            return []
        odds = 1 / (1 + np.exp(-np.array([draft.row() for draft in drafts]) @ self.weights))
        return list(map(float, odds))

    def least(self, quoted: bool) -> float:
        """The confidence from which on an attribution is returned."""
        return max(self.threshold, self.quoted_threshold) if quoted else self.threshold

    def sure(self, confidence: float, quoted: bool) -> float:
        """The confidence as the user is told it: how often such attributions are right once all is settled."""
        if self.curves is None:
            return confidence
        curve = self.curves[int(quoted)]
        return float(np.interp(confidence, _steps(len(curve)), curve))

    # -- storing

    def to_bytes(self) -> bytes:
        """The weights as an .npz archive; tables as bytes with a scale for each row, which costs nothing measurable."""
        arrays: dict[str, npt.NDArray[np.generic]] = {
            "weights": self.weights,
            "settings": np.array([self.threshold, self.floor, self.quoted_threshold], dtype=np.float32),
        }
        if self.curves is not None:
            arrays["curves"] = self.curves
        for name, net in self.nets.items():
            scale = np.maximum(np.abs(net.table).max(axis=1, keepdims=True) / _LEVELS, 1e-8).astype(np.float16)
            arrays |= {
                f"{name}.table": np.rint(net.table / np.maximum(scale, 1e-7)).clip(-_LEVELS, _LEVELS).astype(np.int8),
                f"{name}.scale": scale,
                f"{name}.bias": net.bias,
                f"{name}.top": net.top,
                f"{name}.top_bias": net.top_bias,
                f"{name}.questions": np.array(net.questions, dtype=np.int32),
            }
        buffer = BytesIO()
        np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Model:
        """Read what `to_bytes` gave.

        Raises:
            PipelineError: the data is something else.
        """
        try:
            with np.load(BytesIO(data), allow_pickle=False) as stored:
                nets = {
                    name: Net(
                        stored[f"{name}.table"].astype(np.float32) * stored[f"{name}.scale"].astype(np.float32),
                        stored[f"{name}.bias"],
                        stored[f"{name}.top"],
                        stored[f"{name}.top_bias"],
                        tuple(stored[f"{name}.questions"].tolist()),
                    )
                    for name in _NETS
                }
                threshold, floor, *others = stored["settings"].tolist()
                curves = stored.get("curves")
                return cls(nets, stored["weights"], threshold, floor, curves, *others)
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise PipelineError(
                f"The attribution model cannot be read ({error}). Reinstall analystkit, or name a file made by "
                "training/attributions.py."
            ) from error


@cache
def shipped() -> Model | None:
    """The model that comes with the package; None where it is not there."""
    path = files("analystkit") / "model" / "attributions.npz"
    return Model.from_bytes(path.read_bytes()) if path.is_file() else None


@cache
def load(path: str | Path) -> Model:
    """A model from a file.

    Raises:
        PipelineError: the file is not there or holds something else.
    """
    try:
        return Model.from_bytes(Path(path).read_bytes())
    except OSError as error:
        raise PipelineError(f"There is no attribution model to read at {path}: {error.strerror}.") from error


# -- from odds to words


def _speak_for_all(
    kept: list[tuple[float, Draft]], rest: list[tuple[float, Draft]], columns: Columns
) -> list[tuple[float, Draft]]:
    """See to it that quotations have a speaker: somebody says what stands between marks.

    A quotation that no attribution holds goes to the likeliest one that perhaps does, else to a draft that was not
    likely enough by itself.
    """
    quoted = columns.quoted
    claimed = {columns.quoted.at[i] for _, draft in kept for i in draft.content}
    for n, item in enumerate(quoted.passages):
        if item.depth or n in claimed or item.words < 3:
            continue
        perhaps = max(kept, key=lambda pair: pair[1].perhaps.get(n, 0), default=None)
        if perhaps is not None and n in perhaps[1].perhaps:
            perhaps[1].content = sorted({*perhaps[1].content, *quoted.whole(n)})
            claimed.update(quoted.chain(n))
            continue
        draft = next((pair for pair in rest if item.start in pair[1].content and pair[0] >= _UNLIKELY), None)
        if draft is not None:
            kept = [*kept, draft]
            claimed.update(columns.quoted.at[i] for i in draft[1].content)
    return kept


def source_words(pairs: Pairs, roles: Floats, number: int) -> tuple[list[int], float]:
    """The likeliest source of a cue, and how likely it is; no words where "none" is likelier."""
    begin, end = pairs.bounds[number]
    odds = roles[begin:end, 2].tolist()  # a list, as numbers are looked up one by one
    most = max(odds, default=0.5)
    if most < 0.4 or not odds:
        return [], 1 - most
    best = odds.index(most)
    low = high = best
    while low > 0 and odds[low - 1] > 0.35:
        low -= 1
    while high + 1 < len(odds) and odds[high + 1] > 0.35:
        high += 1
    return pairs.word[begin + low : begin + high + 1].tolist(), most


def stretch_words(columns: Columns, pairs: Pairs, roles: Floats, first: int, last: int, number: int) -> list[int]:
    """The words of a stretch, less the cue and its clause where they stand within it ("It rains, he said, …")."""
    if first < 0:
        return []
    begin, end = pairs.bounds[number]
    cue = pairs.cue[begin]
    at = begin + int(np.searchsorted(pairs.word[begin:end], cue))
    low = high = at
    if first < at < last:
        outside = (roles[first : last + 1, 1] < 0.5) | columns.punctuation[pairs.word[first : last + 1]]
        while low > first and outside[low - 1 - first] and columns.quote[pairs.word[low - 1]] < 0:
            low -= 1
        while high < last and outside[high + 1 - first] and columns.quote[pairs.word[high + 1]] < 0:
            high += 1
    left, right = pairs.word[first:low].tolist(), pairs.word[high + 1 : last + 1].tolist()
    return [*left, *right] if first < at < last else pairs.word[first : last + 1].tolist()


def quoted_beside(columns: Columns, cue: int, content: list[int], rivals: list[int]) -> list[int]:
    """Content with the other quotations of its sentence that no likelier cue stands between: “a,” he said, “b”."""
    low, high = columns.syntax.sentences[columns.syntax.sentence[cue]]
    held = {columns.quoted.at[i] for i in content} - {-1}
    if not held or columns.quoted.at[cue] >= 0:
        return content
    words = set(content)
    for n in {columns.quoted.at[i] for i in range(low, high)} - held - {-1}:
        item = columns.quoted.passages[n]
        near = range(min(cue, item.start), max(cue, item.end))
        starts = columns.syntax.words[item.start - 1] in (",", ".", ";", "—", "–", "--") if item.start else False
        if item.words > 2 and starts and item.start > cue and not any(i in near for i in rivals if i != cue):
            words.update(range(item.start, item.end))
    return sorted(words)


def cue_words(syntax: Syntax, head: int, source: list[int], content: list[int]) -> list[int]:
    """The words of a cue around its head: auxiliaries, negation, particles, the rest of "according to"."""
    group = syntax.verb_group(head) if syntax.is_verb(head) or syntax.pos[head] == "ADJ" else [head]
    group += syntax.with_dep(head, "fixed")
    taken = {*source, *content}
    return sorted({i for i in group if i == head or (i not in taken and abs(i - head) < 6)} - (taken - {head}))


def why(syntax: Syntax, draft: Draft) -> str:
    """The evidence in a few words."""
    lemma, word = syntax.lemmas[draft.cue], syntax.words[draft.cue]
    takes = verb_classes().get(lemma) if syntax.is_verb(draft.cue) else None
    if word == "according":
        act, word = "speech", "according to"
    elif draft.quoted:
        act = "speech"
    elif takes:
        act = takes.get("clause") or takes.get("infinitive") or next(iter(takes.values()))
    else:
        act = noun_acts().get(lemma, "attitude")
    place = "quoted words" if draft.quoted else "what it introduces"
    return f"{act}: cue “{word}” and {place}"
