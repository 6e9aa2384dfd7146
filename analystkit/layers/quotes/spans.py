"""Candidates for the content of a cue: stretches of its sentence, and quotations elsewhere in the paragraph."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analystkit.layers.quotes.features import Columns, Hashes, Pairs, Positions, mix, mix_all, slots
from analystkit.layers.quotes.net import Floats

#: How many likely first and last words are combined, and how many of the combinations are looked at closely.
_EDGES, _KEPT = 8, 10
#: How many quotations on each side of a cue may be its own; only a paragraph without end has more.
_NEAREST = 12
_NONE = np.uint32(6151)


@dataclass(slots=True)
class Stretches:
    """Candidates for the content within the sentence of a cue, best first for each cue.

    Attributes:
        owner: The number of the cue, among those of the pairs.
        first: The pair of the first word; -1 for "nothing in this sentence".
        last: The pair of the last word.
        overlap: The overlap with the true content that the words' own odds let expect, 0 to 1.
        prior: The score by which they were preselected.
        bounds: For each cue, its [start, end) among the candidates.
    """

    owner: Positions
    first: Positions
    last: Positions
    overlap: Floats
    prior: Floats
    rank: Positions
    bounds: list[tuple[int, int]]


def fillers(columns: Columns, pairs: Pairs, roles: Floats) -> npt.NDArray[np.bool_]:
    """Pairs whose word cannot be content: the cue itself, its source, punctuation."""
    punctuation = columns.punctuation[pairs.word]
    return np.asarray(punctuation | (pairs.word == pairs.cue) | (roles[:, 2] > 0.5))


def stretches(columns: Columns, pairs: Pairs, roles: Floats, edges: Floats) -> Stretches:
    """The likeliest stretches for each cue.

    Args:
        columns: The words.
        pairs: Each cue with the words of its sentence.
        roles: For each pair the odds of neither, content, source.
        edges: For each pair the odds of neither, first word of the content, last word, both.
    """
    filler = fillers(columns, pairs, roles)
    words = ~filler
    inside = np.where(filler, 0, roles[:, 1])
    start_odds = np.log(edges[:, 1] + edges[:, 3] + 1e-4)
    end_odds = np.log(edges[:, 2] + edges[:, 3] + 1e-4)
    start_odds[filler] = end_odds[filler] = -99
    owner: list[int] = []
    rank: list[int] = []
    first, last, overlap, prior, bounds = [], [], [], [], []
    for number, (begin, end) in enumerate(pairs.bounds):
        opening = len(owner)
        mass, count = np.zeros(end - begin + 1), np.zeros(end - begin + 1, dtype=np.intp)
        mass[1:], count[1:] = inside[begin:end].cumsum(), words[begin:end].cumsum()
        starts = (-start_odds[begin:end]).argsort()[:_EDGES]
        ends = (-end_odds[begin:end]).argsort()[:_EDGES]
        i, j = np.tile(starts, len(ends)), np.repeat(ends, len(starts))
        good = (i <= j) & words[begin + i] & words[begin + j]
        i, j = i[good], j[good]
        held, size = mass[j + 1] - mass[i], count[j + 1] - count[i]
        hoped = held / (size + mass[-1] - held + 1e-9)
        score = np.log(hoped + 1e-3) + 0.4 * (start_odds[begin + i] + end_odds[begin + j])
        best = (-score).argsort()[:_KEPT]
        owner += [number] * (len(best) + 1)
        first += [*(begin + i[best]).tolist(), -1]
        last += [*(begin + j[best]).tolist(), -1]
        overlap += [*hoped[best].tolist(), float(1 / (1 + mass[-1]))]
        prior += [*score[best].tolist(), -9.0]
        rank += range(len(best) + 1)
        bounds.append((opening, len(owner)))
    return Stretches(
        np.array(owner, dtype=np.intp),
        np.array(first, dtype=np.intp),
        np.array(last, dtype=np.intp),
        np.array(overlap, dtype=np.float32),
        np.array(prior, dtype=np.float32),
        np.array(rank, dtype=np.intp),
        bounds,
    )


def _steps(values: npt.NDArray[np.floating], *limits: float) -> Positions:
    """Numbers as the count of limits that they exceed."""
    return np.searchsorted(np.array(limits), values)


def stretch_features(
    columns: Columns, pairs: Pairs, found: Stretches, roles: Floats, edges: Floats, elsewhere: Positions
) -> Hashes:
    """Features for "is this stretch the content?", one row a candidate.

    Args:
        columns: The words.
        pairs: Each cue with the words of its sentence.
        found: The candidates.
        roles: As for `stretches`.
        edges: As for `stretches`.
        elsewhere: For each cue, how many quotations of the paragraph outside its sentence may belong to it.
    """
    c = columns
    cue = pairs.cue[np.array([begin for begin, _ in pairs.bounds], dtype=np.intp)[found.owner]]
    none = found.first < 0
    a, b = np.maximum(found.first, 0), np.maximum(found.last, 0)
    start, end = pairs.word[a], pairs.word[b]
    low, high = c.start[cue], c.end[cue]
    cue_lemma, cue_tag, act = c.lemma[cue], c.tag[cue], c.act[cue]

    def word(column: Hashes, at: Positions) -> Hashes:
        return c.at(column, at, (at >= low) & (at < high))

    before, after = word(c.word, start - 1), word(c.word, end + 1)
    tag_before, tag_after = word(c.tag, start - 1), word(c.tag, end + 1)
    next_b = np.minimum(b + 1, len(pairs.word) - 1)
    way_after = np.where(next_b > b, pairs.way[next_b], _NONE)
    deeper_after = np.where(next_b > b, pairs.deeper[next_b], _NONE)
    way_before = np.where(a > 0, pairs.way[np.maximum(a - 1, 0)], _NONE)
    side = (start > cue).astype(np.uint32) + 2 * ((start < cue) & (end > cue)).astype(np.uint32)
    to_end = np.minimum(c.words_before[high] - c.words_before[np.minimum(end + 1, len(c.words_before) - 1)], 4)
    from_start = np.minimum(c.words_before[start] - c.words_before[low], 4)
    length = _steps(
        c.words_before[np.minimum(end + 1, len(c.words_before) - 1)] - c.words_before[start],
        1,
        2,
        4,
        8,
        14,
        24,
    )
    hoped = _steps(found.overlap, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
    start_odds = _steps(edges[a, 1] + edges[a, 3], 0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85)
    end_odds = _steps(edges[b, 2] + edges[b, 3], 0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85)
    next_odds = _steps(roles[next_b, 1], 0.1, 0.3, 0.5, 0.7, 0.9)
    gap = np.zeros(len(a), dtype=np.float32)
    for begin, stop in found.bounds:  # by how much the prior falls behind the best
        if stop > begin:
            gap[begin:stop] = found.prior[begin:stop].max() - found.prior[begin:stop]
    gap_step = _steps(gap, 0.05, 0.3, 0.7, 1.2, 2.0, 3.0)
    # Whole phrases: whether the stretch ends where the branch of its first or last word ends.
    whole_start = (c.right[pairs.branch[a]] == end).astype(np.uint32) + 2 * (c.left[pairs.branch[a]] == start)
    whole_end = (c.right[pairs.branch[b]] == end).astype(np.uint32) + 2 * (c.left[pairs.branch[b]] == start)
    inner_b = pairs.inner[b]
    whole_inner = np.where(inner_b >= 0, (c.right[np.maximum(inner_b, 0)] == end) + 1, 0).astype(np.uint32)
    quote_start, quote_end = c.quote[start], c.quote[end]
    quotes = mix(
        (quote_start >= 0) + 2 * (quote_end >= 0) + 4 * (quote_start == quote_end),
        c.at(c.mark, start - 1) == 1,
        c.at(c.mark, end + 1) == 1,
    )
    more = np.minimum(elsewhere[found.owner], 2)
    way_a, way_b = pairs.way[a], pairs.way[b]
    deep_b = pairs.deeper[b]
    numbers = mix(hoped, start_odds, end_odds)
    table = mix_all(
        [
            numbers,
            (hoped, gap_step, found.rank),
            (start_odds, end_odds, gap_step),
            (found.rank, length, side),
            (way_a, way_b, side),
            (way_a, way_b, cue_lemma),
            (way_a, whole_start, act),
            (way_b, whole_end, after),
            (deep_b, whole_inner, after),
            (way_b, way_after, after),
            (deep_b, deeper_after, tag_after),
            (way_a, way_before, before),
            (whole_start, whole_end, whole_inner, to_end),
            (cue_lemma, c.lemma[start], side),
            (cue_tag, c.tag[start], way_a),
            (c.tag[start], tag_before, side),
            (c.word[start], before),
            (c.word[end], after, to_end),
            (c.tag[end], tag_after, to_end),
            (after, next_odds),
            (quotes, side, cue_tag),
            (quotes, cue_lemma),
            (quotes, hoped, to_end, from_start),
            (length, cue_lemma),
            (length, way_a, act),
            (to_end, from_start, side, cue_tag),
            (side, c.dep[cue], way_a),
            (more, quotes, side),
            (more, cue_lemma),
            (next_odds, end_odds, way_b),
        ]
    )
    nothing = np.full(len(a), _NONE)
    table[:6] = np.where(none, mix(nothing, more, hoped), table[:6])
    table[6:] = np.where(none, mix(nothing, cue_lemma, more), table[6:])
    return slots(table)


# -- quotations elsewhere


@dataclass(slots=True)
class Elsewhere:
    """Quotations outside the sentence of a cue that may belong to it; one row each.

    Attributes:
        owner: The number of the cue.
        passage: The number of the quotation.
        step: How many quotations further on (positive) or back it is.
    """

    owner: Positions
    passage: Positions
    step: Positions


def elsewhere(columns: Columns, cues: Positions) -> Elsewhere:
    """The nearest quotations of the cue's paragraph, and one that opens the next or closes the one before."""
    syntax, quoted = columns.syntax, columns.quoted
    outermost = [n for n, item in enumerate(quoted.passages) if item.depth == 0]
    by_paragraph: dict[int, list[int]] = {}
    for n in outermost:
        by_paragraph.setdefault(syntax.paragraph[quoted.passages[n].start], []).append(n)
    owner, passage, step = [], [], []
    for number, cue in enumerate(cues.tolist()):
        paragraph, sentence = syntax.paragraph[cue], syntax.sentence[cue]
        low, high = syntax.sentences[sentence]
        near = by_paragraph.get(paragraph, [])
        ended = bisect_right(near, low, key=lambda n: quoted.passages[n].end)
        begun = bisect_left(near, high, key=lambda n: quoted.passages[n].start)
        before, after = near[max(0, ended - _NEAREST) : ended], near[begun : begun + _NEAREST]
        before = before or by_paragraph.get(paragraph - 1, [])[-1:]
        after = after or by_paragraph.get(paragraph + 1, [])[:1]
        for found, sign in ((reversed(before), -1), (after, 1)):
            for far, n in enumerate(found, 1):
                owner.append(number)
                passage.append(n)
                step.append(sign * far)
    return Elsewhere(np.array(owner, dtype=np.intp), np.array(passage, dtype=np.intp), np.array(step, dtype=np.intp))


def elsewhere_features(columns: Columns, cues: Positions, odds: Floats, found: Elsewhere) -> Hashes:
    """Features for "does this quotation belong to that cue?", one row each.

    Args:
        columns: The words.
        cues: Positions of the cues, sorted.
        odds: How likely each is a cue.
        found: The rows.
    """
    c = columns
    syntax, quoted = c.syntax, c.quoted
    rows: list[tuple[int, ...]] = []
    sure = [int(cue) for cue, p in zip(cues, odds, strict=True) if p > 0.4]
    told = [at for at in sure if quoted.at[at] < 0]
    punctuation, subjects = c.punctuation.tolist(), c.at(c.tag, c.subject[cues]).tolist()
    marked = np.concatenate([[0], np.cumsum(c.quote >= 0)]).tolist()  # quoted words before each position
    wholes: dict[int, tuple[int, int, int]] = {}
    for owner, number, step in zip(found.owner.tolist(), found.passage.tolist(), found.step.tolist(), strict=True):
        cue = int(cues[owner])
        item = quoted.passages[number]
        low, high = syntax.sentences[syntax.sentence[cue]]
        if number not in wholes:
            first = syntax.sentences[syntax.sentence[item.start]][0]
            last = syntax.sentences[syntax.sentence[item.end - 1]][1]
            words = [i for i in range(first, last) if not syntax.blank[i] and not punctuation[i]]
            inside = sum(quoted.at[i] == number for i in words)
            wholes[number] = first, last, 3 if inside == len(words) else 2 if 2 * inside > len(words) else 1
        first, last, whole = wholes[number]
        held = marked[high] > marked[low]
        rivals = _count(sure, min(cue, item.start) + 1, max(cue, item.end), cue)
        others = _count(sure, first, last, cue)
        mates = _count(told, low, high, cue)
        rows.append(
            (
                max(-4, min(step, 4)) + 9,
                abs(syntax.paragraph[item.start] - syntax.paragraph[cue]),
                min(abs(syntax.sentence[item.start] - syntax.sentence[cue]), 4),
                whole,
                held + (held and quoted.at[low] >= 0),
                min(rivals, 3),
                min(others, 2),
                min(mates, 2),
                min(item.words, 5),
                int(c.lemma[cue]),
                subjects[owner],
                1 if item.closed else 2,
                1 if any(syntax.words[k] == ":" for k in range(cue, high)) else 0,
                min(syntax.sentence[cue] - syntax.sentence[bisect_left(syntax.paragraph, syntax.paragraph[cue])], 3),
            )
        )
    table = np.array(rows, dtype=np.int64).reshape(-1, 14).astype(np.uint32).T
    turn, paragraph, far, all_of_it, own, between, beside, in_own, size, lemma, subject, closed, colon, place = list(
        table
    )
    return slots(
        [
            (turn, paragraph, all_of_it),
            (turn, paragraph, own, all_of_it),
            (turn, far, own, all_of_it),
            (turn, paragraph, between, beside, all_of_it),
            (between, beside, all_of_it, own),
            (in_own, own, turn),
            (size, all_of_it, turn),
            (lemma, turn, paragraph, own),
            (subject, turn, own),
            (colon, turn, paragraph, all_of_it),
            (closed, turn, paragraph),
            (place, turn, own),
            (lemma, own),
            (all_of_it, own, paragraph, colon, between),
        ]
    )


def _count(places: list[int], low: int, high: int, but: int) -> int:
    """How many of some sorted positions lie in [low, high), one left out."""
    start, end = bisect_left(places, low), bisect_left(places, high)
    return max(end - start, 0) - (but in places[start:end])
