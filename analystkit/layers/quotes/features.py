"""What the attribution model sees: words, tags and grammatical paths, hashed to numbers.

Only the words themselves and what a tagger, a lemmatizer and a parser say of them are used, never a pipeline's
vectors, so the model works with any English pipeline. Each feature is hashed with the number of its slot; an
example is a row of hashes, one for each slot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from analystkit.layers.quotes.attribution import MARKS, Quoted
from analystkit.layers.quotes.rules import noun_acts, verb_classes
from analystkit.layers.roles import Syntax

Hashes = npt.NDArray[np.uint32]
Positions = npt.NDArray[np.intp]
#: A column of numbers as it is, or several to be mixed.
Feature = npt.NDArray[Any] | tuple[npt.NDArray[Any], ...]

_BASIS, _PRIME, _SHIFT = np.uint32(2166136261), np.uint32(16777619), np.uint32(15)

#: Relations whose presence at a word tells most about what it introduces.
_TELLING = (
    "nsubj", "obj", "ccomp", "xcomp", "obl", "advcl", "parataxis", "mark", "aux", "compound", "expl", "acl", "nmod",
    "iobj", "cop", "conj", "csubj", "advmod", "cc", "case", "det", "amod",
)  # fmt: skip
_BIT = {dep: 1 << n for n, dep in enumerate(_TELLING)}
_COMPLEMENTS = (
    _BIT["obj"] | _BIT["ccomp"] | _BIT["xcomp"] | _BIT["obl"] | _BIT["parataxis"] | _BIT["nsubj"] | _BIT["acl"]
)
#: Words that part phrases.
_PARTING = frozenset({",", ";", "--", "—", "–", "(", ")"})
_NOTHING = 7919
_FAR = 9


def mix(*values: object) -> Hashes:
    """Hash columns of numbers into one, element by element."""
    mixed = np.asarray(_BASIS)
    for value in values:
        mixed = _step(mixed, np.asarray(value).astype(np.uint32, copy=False))
    return mixed


def mix_all(features: Sequence[Feature]) -> Hashes:
    """Columns and mixtures of columns as one table, (features, examples): a tuple stands for `mix` of what it holds.

    The mixtures advance together, a column of each at a time; one by one, the calls would cost more than the numbers.
    """
    first = features[0]
    size = len(first[0] if isinstance(first, tuple) else first)
    table = np.full((len(features), size), _BASIS)
    mixtures: list[tuple[int, tuple[npt.NDArray[Any], ...]]] = []
    for row, feature in enumerate(features):
        if isinstance(feature, tuple):
            mixtures.append((row, feature))
        else:
            table[row] = feature
    mixtures.sort(key=lambda mixture: -len(mixture[1]))
    rows = np.array([row for row, _ in mixtures], dtype=np.intp)
    mixed, parts = table[rows], np.empty((len(rows), size), dtype=np.uint32)
    for depth in range(max((len(columns) for _, columns in mixtures), default=0)):
        going = 0  # the longest come first: those that go on are the first ones
        for _, columns in mixtures:
            if depth >= len(columns):
                break
            parts[going] = columns[depth]
            going += 1
        mixed[:going] = _step(mixed[:going], parts[:going])
    table[rows] = mixed
    return table


def slots(features: Sequence[Feature] | Hashes) -> Hashes:
    """The features of examples, (examples, slots): each mixed with the number of its slot."""
    table = features if isinstance(features, np.ndarray) else mix_all(features)
    numbers = np.arange(1, len(table) + 1, dtype=np.uint32)[:, None]
    return _step(_step(np.asarray(_BASIS), table), numbers).T


def _step(mixed: Hashes, column: Hashes) -> Hashes:
    mixed = mixed ^ column
    mixed *= _PRIME
    mixed ^= mixed >> _SHIFT
    return mixed


class Columns:
    """The words of a Doc as columns of numbers, for features to be taken from many words at once."""

    def __init__(self, syntax: Syntax, quoted: Quoted) -> None:
        self.syntax, self.quoted = syntax, quoted
        known: dict[str, int] = {}

        def number(strings: list[str]) -> Hashes:
            for string in set(strings).difference(known):
                known[string] = crc32(string.encode("utf-8", "replace"))
            return np.array(list(map(known.__getitem__, strings)), dtype=np.uint32)

        size = len(syntax)
        self.word, self.lemma = number(syntax.words), number(syntax.lemmas)
        self.tag, self.pos, self.dep = number(syntax.tags), number(syntax.pos), number(syntax.deps)
        self.head = np.array(syntax.heads, dtype=np.intp)
        self.sentence = np.array(syntax.sentence, dtype=np.intp)
        bounds = np.array(syntax.sentences, dtype=np.intp).reshape(-1, 2)
        self.start, self.end = bounds[self.sentence, 0], bounds[self.sentence, 1]
        self.quote = np.array(quoted.at, dtype=np.intp)
        self.commas = np.cumsum([word in _PARTING for word in syntax.words])
        self.mark = np.array([word in MARKS for word in syntax.words], dtype=np.uint32)
        self.marks = np.cumsum(self.mark, dtype=np.intp)
        #: The words of each sentence, every one after its head.
        self.orders = [_by_depth(syntax, start, end) for start, end in syntax.sentences]
        self._kids(size)
        self._lexicon()
        self._reach(size)
        self.root = self.head == np.arange(size)
        self.punctuation = (self.pos == crc32(b"PUNCT")) | (self.mark == 1)
        blank = np.array(syntax.blank, dtype=bool)
        #: How many words stand before each position; one entry more than there are tokens.
        self.words_before = np.concatenate([[0], np.cumsum(~(self.punctuation | blank))])
        self._edges(size)

    def _reach(self, size: int) -> None:
        """The nearest end of a quotation before each word and the nearest start of one from it on."""
        places = np.arange(size)
        starts, ends = np.full(size, 2 * size + 9), np.full(size, -size - 9)
        for item in self.quoted.passages:
            if item.depth == 0 and item.words > 2:
                starts[item.start] = item.start
                ends[item.end - 1] = item.end - 1
        self.last_quote = np.maximum.accumulate(ends) if size else places
        self.next_quote = np.minimum.accumulate(starts[::-1])[::-1] if size else places

    def _kids(self, size: int) -> None:
        """What hangs on each word: which relations, the subject, the object, the word that opens its phrase."""
        bits = [0] * size  # lists, as numbers are looked up one by one
        subject, objects, opener, preposition, clause = ([-1] * size for _ in range(5))
        syntax = self.syntax
        opening = [dep in ("mark", "case") for dep in syntax.deps]
        for i, (base, head) in enumerate(zip(syntax.bases, syntax.heads, strict=True)):
            bit = _BIT.get(base)
            if bit is None or head == i:
                continue
            bits[head] |= bit
            if base in ("nsubj", "csubj"):
                subject[head] = i
            elif base == "obj":
                objects[head] = i
            elif base in ("ccomp", "xcomp", "parataxis"):
                clause[head] = i
            elif opening[i] and opener[head] < 0:
                opener[head] = i
                above = syntax.heads[head]
                if above != head and syntax.bases[head] in ("obl", "nmod", "advcl", "acl"):
                    preposition[above] = i
        self.bits = np.array(bits, dtype=np.int64)
        self.subject, self.object, self.opener, self.preposition, self.clause = (
            np.array(column, dtype=np.intp) for column in (subject, objects, opener, preposition, clause)
        )

    def _edges(self, size: int) -> None:
        """The first and last word, punctuation apart, of the phrase that each word heads."""
        self.left, self.right = np.arange(size), np.arange(size)
        left, right = self.left.tolist(), self.right.tolist()
        heads, punctuation = self.syntax.heads, self.punctuation.tolist()
        for order in self.orders:
            for i in reversed(order):
                head = heads[i]
                if head != i and not punctuation[i]:
                    if left[i] < left[head]:
                        left[head] = left[i]
                    if right[i] > right[head]:
                        right[head] = right[i]
        self.left, self.right = np.array(left, dtype=np.intp), np.array(right, dtype=np.intp)

    def _lexicon(self) -> None:
        verbs, nouns = verb_classes(), noun_acts()
        acts: dict[str, int] = {}
        for lemma in set(self.syntax.lemmas):
            takes = verbs.get(lemma)
            acts[lemma] = crc32(str(sorted(takes.items())).encode()) if takes else 3 if lemma in nouns else 0
        self.act = np.array([acts[lemma] for lemma in self.syntax.lemmas], dtype=np.uint32)

    def at(self, column: Hashes, positions: Positions, inside: npt.NDArray[np.bool_] | None = None) -> Hashes:
        """The values at positions; a fixed number where the position lies outside (-1, or not `inside`)."""
        good = (positions >= 0) & (positions < len(column))
        if inside is not None:
            good &= inside
        return np.where(good, column[np.where(good, positions, 0)], np.uint32(_NOTHING))


def cue_candidates(syntax: Syntax, quoted: Quoted) -> Positions:
    """Words that may be the head of a cue."""
    open_classes = ("VERB", "NOUN", "ADJ", "ADP", "PROPN", "AUX", "ADV", "PART")
    found = [
        i
        for i, pos in enumerate(syntax.pos)
        if not syntax.blank[i]
        and (pos in open_classes or syntax.words[i] == ":")
        and not (pos == "PROPN" and syntax.deps[i] in ("flat", "compound"))
    ]
    return np.array(found, dtype=np.intp)


def cue_features(columns: Columns, i: Positions) -> Hashes:
    """Features for "is this word the head of a cue?", one row a position."""
    c = columns
    lemma, tag, dep, head = c.lemma[i], c.tag[i], c.dep[i], c.head[i]
    bits = c.bits[i]
    key = (bits & _COMPLEMENTS).astype(np.uint32)
    here_start, here_end = c.start[i], c.end[i]

    near = _near(i, here_start, here_end)
    root = c.root[i]
    head_lemma = np.where(root, np.uint32(_NOTHING), c.lemma[head])
    head_tag = np.where(root, np.uint32(_NOTHING), c.tag[head])
    in_quote = c.quote[i] >= 0
    last = np.minimum(here_end, len(c.marks)) - 1
    marks_before = np.minimum(c.marks[i] - c.marks[here_start], 3)
    marks_after = np.minimum(c.marks[last] - c.marks[i], 3)
    marks = mix(marks_before, marks_after, in_quote)
    subject, clause = c.subject[i], c.clause[i]
    clause_side = np.where(clause < 0, 0, np.where(clause < i, 1, 2)).astype(np.uint32)
    opener = c.at(c.opener.astype(np.uint32), clause)
    clause_word = np.where(
        (clause >= 0) & (opener < len(c.lemma)),
        c.lemma[np.where(opener < len(c.lemma), opener, 0)],
        np.uint32(1),
    )
    preposition = c.at(c.lemma, c.preposition[i])
    first = np.minimum(i - here_start, 2)
    # How far the nearest quotation of some length is, on either side, and whether only a comma or colon parts it.
    quote_after, quote_before = c.next_quote[i], c.last_quote[i]
    steps_after = np.where(quote_after < here_end, np.minimum(quote_after - i, 6), 7)
    steps_before = np.where(quote_before >= here_start, np.minimum(i - quote_before, 6), 7)
    reach = mix(steps_before, steps_after)
    return slots(
        [
            lemma,
            (lemma, tag),
            (lemma, key),
            (lemma, dep),
            (lemma, preposition),
            (lemma, c.at(c.lemma, c.object[i])),
            (lemma, c.at(c.tag, subject)),
            (lemma, marks),
            (c.word[i],),
            (tag, dep),
            (tag, key, clause_side),
            (tag, bits),
            (clause_side, clause_word, tag),
            (clause_word, lemma),
            c.act[i],
            (c.act[i], key, tag),
            (c.act[i], marks),
            (c.pos[i], marks),
            (head_lemma, dep),
            (head_lemma, lemma),
            (head_tag, tag, dep),
            c.at(c.lemma, subject),
            (c.at(c.lemma, subject), lemma),
            (c.at(c.tag, subject), tag, dep),
            c.at(c.lemma, c.object[i]),
            near(c.lemma, -1),
            near(c.lemma, 1),
            near(c.lemma, -2),
            near(c.lemma, 2),
            (near(c.tag, -1), tag, near(c.tag, 1)),
            (lemma, near(c.lemma, 1)),
            (lemma, near(c.lemma, -1)),
            (near(c.tag, -2), near(c.tag, -1), tag),
            (tag, near(c.tag, 1), near(c.tag, 2)),
            (c.act[head], dep, tag),
            (first, tag, marks),
            (reach, c.pos[i]),
            (reach, c.act[i], tag),
        ]
    )


def _near(i: Positions, low: Positions, high: Positions) -> Callable[[Hashes, int], Hashes]:
    """What looks up values one or two places beside words, within [low, high): a column and a shift give a column."""
    places = {}
    for shift in (-2, -1, 1, 2):
        at = i + shift
        inside = (at >= low) & (at < high)
        places[shift] = np.where(inside, at, 0), inside

    def near(column: Hashes, shift: int) -> Hashes:
        at, inside = places[shift]
        return np.where(inside, column[at], np.uint32(_NOTHING))

    return near


class Pairs:
    """Each cue with each word of its sentence, and the way from one to the other through the parse.

    Attributes:
        cue: Position of the cue.
        word: Position of the word.
        level: How many steps above the cue the two ways meet; 9 when they do not.
        branch: The highest word on the way down from there to the word (the word itself when it heads the cue).
        inner: The next one on that way, or -1.
        bounds: For each cue, its [start, end) among the pairs.
        way: The way in one number, known once the features of the pairs have been taken.
        deeper: The same with one step more.
    """

    def __init__(self, columns: Columns, cues: Positions) -> None:
        syntax = columns.syntax
        levels: list[int] = []
        branches: list[int] = []
        inners: list[int] = []
        words: list[int] = []
        owners: list[int] = []
        self.bounds: list[tuple[int, int]] = []
        for cue in cues.tolist():
            number = syntax.sentence[cue]
            start, end = syntax.sentences[number]
            level, branch, inner = _ways(syntax, cue, start, end, columns.orders[number])
            begin = len(words)
            kept = [i for i in range(start, end) if not syntax.blank[i]]
            words += kept
            owners += [cue] * len(kept)
            levels += [level[i - start] for i in kept]
            branches += [branch[i - start] for i in kept]
            inners += [inner[i - start] for i in kept]
            self.bounds.append((begin, len(words)))
        self.cue = np.array(owners, dtype=np.intp)
        self.word = np.array(words, dtype=np.intp)
        self.level = np.array(levels, dtype=np.uint32)
        self.branch = np.array(branches, dtype=np.intp)
        self.inner = np.array(inners, dtype=np.intp)
        self.way = self.deeper = np.zeros(len(words), dtype=np.uint32)


def _by_depth(syntax: Syntax, start: int, end: int) -> list[int]:
    """The words of a sentence, each after its head."""
    order = [i for i in range(start, end) if not start <= syntax.heads[i] < end or syntax.heads[i] == i]
    for i in order:  # grows while it is read
        if kids := syntax.kids[i]:
            order += [kid for kid in kids if start <= kid < end]
    return order


def _ways(syntax: Syntax, cue: int, start: int, end: int, order: list[int]) -> tuple[list[int], list[int], list[int]]:
    size = end - start
    level, branch, inner = [_FAR] * size, list(range(start, end)), [-1] * size
    heads = syntax.heads
    chain = {cue}
    level[cue - start] = 0
    at, steps = cue, 0
    while heads[at] != at and start <= heads[at] < end and steps < 6:
        at, steps = heads[at], steps + 1
        chain.add(at)
        level[at - start] = steps
    for i in order:
        if i in chain:
            continue
        above = heads[i]
        if above == i or not start <= above < end:
            continue
        level[i - start] = level[above - start]
        if above not in chain and level[above - start] != _FAR:
            branch[i - start] = branch[above - start]
            inner[i - start] = i if branch[above - start] == above else inner[above - start]
    return level, branch, inner


def pair_features(columns: Columns, pairs: Pairs) -> Hashes:
    """Features for "is this word content, source or neither to this cue?", one row a pair."""
    c = columns
    cue, word, level, branch, inner = pairs.cue, pairs.word, pairs.level, pairs.branch, pairs.inner
    side = (word > cue).astype(np.uint32) + 2 * (word == cue).astype(np.uint32)
    branch_side = (branch > cue).astype(np.uint32) + 2 * (branch == cue).astype(np.uint32)
    distance = np.abs(word - cue)
    far = np.minimum(distance, 4) + (distance > 6) + (distance > 10) + (distance > 18)
    commas = np.minimum(np.abs(c.commas[word] - c.commas[cue]), 4)
    marks = np.minimum(np.abs(c.marks[word] - c.marks[cue]), 4)
    quoted = (c.quote[word] >= 0).astype(np.uint32) + (c.quote[word] >= 0) * (c.quote[word] == c.quote[cue])
    branch_dep, branch_tag = c.dep[branch], c.tag[branch]
    opener = c.at(c.lemma, c.opener[branch])
    inner_dep = c.at(c.dep, inner)
    inner_side = (inner > branch).astype(np.uint32)
    inner_opener = np.where(inner >= 0, c.at(c.lemma, c.opener[np.maximum(inner, 0)]), np.uint32(_NOTHING))
    cue_lemma, cue_tag, cue_dep = c.lemma[cue], c.tag[cue], c.dep[cue]
    key = (c.bits[cue] & _COMPLEMENTS).astype(np.uint32)
    way = mix(level, branch_dep, branch_side)
    deeper = mix(way, inner_dep, inner_side)
    pairs.way, pairs.deeper = way, deeper
    at_start, at_end = c.start[cue], c.end[cue]
    near = _near(word, at_start, at_end)
    tag, lemma = c.tag[word], c.lemma[word]
    has_mark = np.minimum(c.marks[np.minimum(at_end, len(c.marks)) - 1] - c.marks[at_start], 3)
    cue_head_dep = mix(cue_dep, key)
    # The way to the neighbours: where it changes, a phrase begins or ends.
    same_cue = pairs.cue[1:] == pairs.cue[:-1]
    none = np.uint32(_NOTHING)
    before, after = np.full_like(way, none), np.full_like(way, none)
    before[1:] = np.where(same_cue, mix(way[:-1], branch[:-1] == branch[1:]), none)
    after[:-1] = np.where(same_cue, mix(way[1:], branch[:-1] == branch[1:]), none)
    deeper_before, deeper_after = np.full_like(way, none), np.full_like(way, none)
    deeper_before[1:] = np.where(same_cue, mix(deeper[:-1], inner[:-1] == inner[1:]), none)
    deeper_after[:-1] = np.where(same_cue, mix(deeper[1:], inner[:-1] == inner[1:]), none)
    return slots(
        [
            way,
            (way, cue_lemma),
            (way, cue_tag, cue_dep),
            (way, key, cue_tag),
            (way, key, c.act[cue]),
            (way, opener),
            (way, opener, cue_lemma),
            (way, branch_tag, cue_tag),
            deeper,
            (deeper, cue_lemma),
            (deeper, opener, inner_opener),
            (deeper, tag),
            (deeper, cue_head_dep),
            (side, far, cue_tag),
            (side, far, cue_lemma),
            (side, commas, marks, way),
            (side, commas, quoted, cue_lemma),
            (side, marks, quoted, has_mark, cue_tag),
            (side, commas, cue_dep, cue_tag),
            (quoted, way, has_mark),
            (way, tag, side),
            (side, tag, c.dep[word], cue_tag),
            (side, lemma, cue_tag),
            (lemma, cue_lemma, side),
            (side, near(c.lemma, -1), far),
            (side, near(c.lemma, 1), far),
            (side, near(c.tag, -1), tag, near(c.tag, 1), way),
            (level, side, c.root[cue], commas, c.act[cue]),
            (way, before, near(c.word, -1)),
            (way, after, near(c.word, 1)),
            (deeper, deeper_before, near(c.tag, -1)),
            (deeper, deeper_after, near(c.tag, 1)),
            (before, way, after),
            (near(c.lemma, -1), lemma, near(c.tag, -2)),
            (near(c.lemma, 1), tag, near(c.tag, 2)),
        ]
    )
