"""Candidates for the content of a cue: stretches of its sentence, and quotations elsewhere in the paragraph."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Any

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
    begin, end = np.array(pairs.bounds, dtype=np.intp).reshape(-1, 2).T
    start_odds = np.log(edges[:, 1] + edges[:, 3] + 1e-4)
    end_odds = np.log(edges[:, 2] + edges[:, 3] + 1e-4)
    start_odds[filler] = end_odds[filler] = -99
    # Sums of what stands before each pair; one entry more than there are pairs.
    mass, count = np.zeros(len(filler) + 1), np.zeros(len(filler) + 1, dtype=np.intp)
    mass[1:], count[1:] = np.where(filler, 0, roles[:, 1]).cumsum(dtype=np.float64), (~filler).cumsum()
    starts, ends = _likeliest(start_odds, begin, end), _likeliest(end_odds, begin, end)
    # Each of the first words with each of the last ones: (cues, combinations).
    i = np.tile(starts, (1, _EDGES))
    j = np.repeat(ends, _EDGES, axis=1)
    good = (i >= 0) & (i <= j) & ~filler[i] & ~filler[j]
    held, size = mass[j + 1] - mass[i], count[j + 1] - count[i]
    whole = mass[end] - mass[begin]
    hoped = held / np.where(good, size + whole[:, None] - held + 1e-9, np.inf)
    score = np.where(good, np.log(hoped + 1e-3) + 0.4 * (start_odds[i] + end_odds[j]), -np.inf)
    best = (-score).argsort(axis=1, kind="stable")[:, :_KEPT]
    found = np.minimum(good.sum(axis=1), _KEPT)
    # The last row of each cue is "nothing".
    shown = np.column_stack([np.arange(_KEPT) < found[:, None], np.ones(len(found), dtype=bool)])
    rank = np.broadcast_to(np.arange(_KEPT + 1), shown.shape).copy()
    rank[:, -1] = found

    def column(values: npt.NDArray[Any], nothing: npt.NDArray[Any] | float) -> npt.NDArray[Any]:
        """The values of the best combinations, and what "nothing" has."""
        rows = np.take_along_axis(values, best, axis=1)
        return np.asarray(np.column_stack([rows, np.broadcast_to(nothing, len(rows))])[shown])

    stops = shown.sum(axis=1).cumsum()
    return Stretches(
        owner=np.repeat(np.arange(len(begin)), found + 1),
        first=column(i, -1).astype(np.intp),
        last=column(j, -1).astype(np.intp),
        overlap=column(hoped, 1 / (1 + whole)).astype(np.float32),
        prior=column(score, -9.0).astype(np.float32),
        rank=rank[shown],
        bounds=list(zip((stops - found - 1).tolist(), stops.tolist(), strict=True)),
    )


def _likeliest(odds: Floats, begin: Positions, end: Positions) -> Positions:
    """The likeliest pairs of each cue, (cues, `_EDGES`); -1 where it has no more."""
    owner = np.repeat(np.arange(len(begin)), end - begin)
    order = np.lexsort((-odds, owner))
    at = begin[:, None] + np.arange(_EDGES)
    inside = at < end[:, None]
    return np.where(inside, order[np.where(inside, at, 0)], -1)


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
    sure = odds > 0.4
    told = sure & (c.quote[cues] < 0)
    marked = np.concatenate([[0], np.cumsum(c.quote >= 0)])  # quoted words before each position
    wholes = {number: _whole(number, columns) for number in set(found.passage.tolist())}
    first, last, all_of_it = np.array([wholes[n] for n in found.passage.tolist()], dtype=np.intp).reshape(-1, 3).T
    items = [quoted.passages[n] for n in found.passage.tolist()]
    start, end = np.array([(item.start, item.end) for item in items], dtype=np.intp).reshape(-1, 2).T
    cue = cues[found.owner]
    low, high = c.start[cue], c.end[cue]
    paragraphs = np.array(syntax.paragraph, dtype=np.intp)
    held = marked[high] > marked[low]
    colons = np.array([":" in syntax.words[at : c.end[at]] for at in cues.tolist()], dtype=bool)
    opening = c.sentence[np.searchsorted(paragraphs, paragraphs[cue])]  # the sentence that opens the paragraph
    turn = np.maximum(np.minimum(found.step, 4), -4) + 9
    paragraph = np.abs(paragraphs[start] - paragraphs[cue])
    far = np.minimum(np.abs(c.sentence[start] - c.sentence[cue]), 4)
    own = held + (held & (c.quote[low] >= 0)).astype(np.intp)
    between = np.minimum(_others(cues, sure, np.minimum(cue, start) + 1, np.maximum(cue, end), found.owner), 3)
    beside = np.minimum(_others(cues, sure, first, last, found.owner), 2)
    in_own = np.minimum(_others(cues, told, low, high, found.owner), 2)
    size = np.array([min(item.words, 5) for item in items], dtype=np.intp)
    lemma, subject = c.lemma[cue], c.at(c.tag, c.subject[cue])
    closed = np.array([1 if item.closed else 2 for item in items], dtype=np.intp)
    colon = colons[found.owner]
    place = np.minimum(c.sentence[cue] - opening, 3)
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


def _whole(number: int, columns: Columns) -> tuple[int, int, int]:
    """The [start, end) of the sentences that a quotation stands in, and how much of their words it is: 3 for all."""
    syntax, quoted = columns.syntax, columns.quoted
    item = quoted.passages[number]
    first = syntax.sentences[syntax.sentence[item.start]][0]
    last = syntax.sentences[syntax.sentence[item.end - 1]][1]
    words = [i for i in range(first, last) if not syntax.blank[i] and not columns.punctuation[i]]
    inside = sum(quoted.at[i] == number for i in words)
    return first, last, 3 if inside == len(words) else 2 if 2 * inside > len(words) else 1


def _others(
    cues: Positions, chosen: npt.NDArray[np.bool_], low: Positions, high: Positions, owner: Positions
) -> Positions:
    """How many of the chosen cues lie in each [low, high), the owner left out."""
    before = np.concatenate([[0], chosen.cumsum()])
    there = np.maximum(before[cues.searchsorted(high)] - before[cues.searchsorted(low)], 0)
    cue = cues[owner]
    return np.asarray(there - (chosen[owner] & (low <= cue) & (cue < high)))
