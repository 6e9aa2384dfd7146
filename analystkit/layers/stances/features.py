"""What the stance classifiers see of a holder and a target: a list of strings.

The words around the two, the way through the syntax from one to the other, what each of them does, the signs of
the words on the way, and what the frames found. The names of holder and target are never seen, nor those of other
entities: who they are must not decide how they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from analystkit.layers.stances.lexicon import lexicon

if TYPE_CHECKING:
    from analystkit.layers.roles import Syntax
    from analystkit.layers.stances.grammar import Found

#: Words further away than this from both spans are not looked at: an article is long, a stance is near.
REACH = 40
#: The depth of what hangs on another root.
_FAR = 99
#: How many words' stems and signs are kept: articles use the same ones over and over.
_KEPT = 1 << 16
_MARKS = frozenset('"“”')
_THIRD = frozenset({"he", "she", "they", "it", "his", "her", "their", "its"})


@dataclass(slots=True)
class Page:
    """One Doc as the classifiers read it, by token; made once for all its pairs.

    Attributes:
        syntax: The words with their relations.
        found: The stances that the frames found.
        stems: Words without endings; a label for entities, "0" for numbers, "not_…" under negation.
        signs: -1.3 to 1.3, negation taken in.
        skip: White space and most punctuation.
        quoted: Between quotation marks.
        entity: Label of the named entity the token is in, or "".
    """

    syntax: Syntax
    found: list[Found]
    stems: list[str]
    signs: list[float]
    skip: list[bool]
    quoted: list[bool]
    entity: list[str]
    _phrases: dict[int, frozenset[int]] = field(default_factory=dict, init=False, repr=False)

    def phrase(self, token: int) -> frozenset[int]:
        """The words that belong to the phrase of a token, up to three steps below it."""
        found = self._phrases.get(token)
        if found is None:
            found = self._phrases[token] = frozenset(_near(self.syntax, token))
        return found


def page(syntax: Syntax, found: list[Found]) -> Page:
    """Prepare a Doc."""
    words, negators = syntax.words, lexicon().groups["negators"]
    negated = {syntax.heads[i] for i, word in enumerate(words) if word in negators}
    stems, signs, skip = [], [], []
    for i, (word, pos, label, blank) in enumerate(zip(words, syntax.pos, syntax.entity, syntax.blank, strict=True)):
        stem, sign, is_mark = _seen(word, pos)
        if label:
            stem, sign = label, 0.0
        if i in negated:
            stem, sign = "not_" + stem, -0.7 * sign
        stems.append(stem)
        signs.append(sign)
        skip.append(blank or is_mark)
    quoted, inside = [], False
    for word in words:
        if word in _MARKS or word == "''":
            inside = word == "“" or (word == '"' and not inside)
        quoted.append(inside)
    return Page(syntax, found, stems, signs, skip, quoted, syntax.entity)


@lru_cache(_KEPT)
def _seen(word: str, pos: str) -> tuple[str, float, bool]:
    """Stem and sign of a word that is no entity, and whether it is a punctuation mark that says nothing."""
    stem = "0" if word[:1].isdigit() else stem_of(word)
    return stem, _sign_of(word, pos), word not in _MARKS and not any(map(str.isalnum, word))


def _sign_of(word: str, pos: str) -> float:
    lists = lexicon()
    for kind in ("verb",) if pos in ("VERB", "AUX") else ("noun", "adjective", "verb"):
        frames = lists.frames.get((word, kind))
        if frames:
            return frames[0].sign * (0.7 + 0.3 * frames[0].strength)
    return lists.valence.get(word, 0.0)


def stem_of(word: str) -> str:
    """A word without the endings of plurals, tenses and adverbs, cut by rule; the same whoever lemmatizes.

    >>> stem_of("criticized"), stem_of("criticizing"), stem_of("policies")
    ('criticiz', 'criticiz', 'polici')
    """
    if len(word) > 4:
        for ending in ("ing", "ied", "ies", "ed", "es", "'s", "s", "e", "y"):
            if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
                base = word[: -len(ending)] + ("i" if ending in ("ied", "ies", "y") else "")
                return base[:-1] if base[-1] == base[-2] and base[-1] not in "lsze" else base
    return word


def _bucket(value: float) -> str:
    if abs(value) < 0.05:
        return "0"
    return ("+" if value > 0 else "-") + ("1" if abs(value) < 0.9 else "2" if abs(value) < 1.9 else "3")


def _chain(p: Page, i: int) -> list[int]:
    chain, seen = [i], {i}
    while p.syntax.heads[chain[-1]] not in seen:
        chain.append(p.syntax.heads[chain[-1]])
        seen.add(chain[-1])
    return chain


def root_of(syntax: Syntax, span: range) -> int:
    """The token of a span that the others hang on; the last one without a parse."""
    roots = [i for i in span if syntax.heads[i] not in span or syntax.heads[i] == i]
    return roots[0] if syntax.parsed and roots else span[-1]


def _limits(p: Page, first: int, last: int) -> tuple[int, int]:
    s = p.syntax
    start, end = s.sentences[s.sentence[first]][0], s.sentences[s.sentence[last]][1]
    return max(start, first - REACH), min(end, last + 1 + REACH)


def directed(p: Page, h: range, t: range) -> list[str]:
    """Features of a pair: how does the holder stand to the target?

    Args:
        p: The Doc.
        h: The holder's tokens.
        t: The target's tokens.
    """
    s = p.syntax
    start, end = _limits(p, min(h.start, t.start), max(h.stop, t.stop) - 1)
    hr, tr = root_of(s, h), root_of(s, t)
    mask = dict.fromkeys(h, "H") | dict.fromkeys(t, "T")
    order = "HT" if h.start < t.start else "TH"
    left, right = (h, t) if order == "HT" else (t, h)
    gap = right.start - left.stop
    out = ["bias", order, f"gap:{order}{min(gap, 3) if gap < 4 else 4 if gap < 8 else 5 if gap < 15 else 6}"]
    out += _zones(p, range(start, end), left, right, mask, order)
    if gap <= 6:
        out.append(f"mid:{order}:" + " ".join(p.stems[i] for i in range(left.stop, right.start)))
    out += _path(p, hr, tr, mask)
    if s.sentence[hr] != s.sentence[tr]:
        out.append("across")
    out += _around(p, h, hr, "H", mask)
    out += _around(p, t, tr, "T", mask)
    out += _speech(p, hr, tr, t, start, end)
    out += _frames(p, h, t, hr)
    if s.parsed:
        depth = _depths(p, tr, start, end)
        for i in range(start, end):
            if i not in mask and 0 < depth[i - start] <= 4 and not p.skip[i]:
                out.append(f"D{min(depth[i - start], 3)}:{p.stems[i]}")
    return out


def towards(p: Page, t: range) -> list[str]:
    """Features of a target: how does whoever writes or speaks stand to it?"""
    s = p.syntax
    start, end = _limits(p, t.start, t.stop - 1)
    tr = root_of(s, t)
    mask = dict.fromkeys(t, "T")
    out = ["bias"]
    depth = _depths(p, tr, start, end) if s.parsed else [_FAR] * (end - start)
    total = {"a": 0.0, "z": 0.0, "d1": 0.0, "d3": 0.0, "far": 0.0}
    previous = previous2 = ""
    for i in range(start, end):
        if i in mask:
            if previous != "T":
                previous, previous2 = "T", previous
            continue
        if p.skip[i]:
            continue
        zone = "a" if i < t.start else "z"
        stem, value, deep = p.stems[i], p.signs[i], depth[i - start]
        distance = t.start - i if i < t.start else i - t.stop + 1
        near = "1" if distance <= 3 else "2" if distance <= 8 else "3"
        total[zone] += value
        total["d1" if deep <= 2 else "d3" if deep <= 4 else "far"] += value
        out += (f"w:{stem}", f"{zone}{near}:{stem}", f"b:{previous} {stem}", f"b{near}{zone}:{previous} {stem}")
        if previous2:
            out.append(f"t:{previous2} {previous} {stem}")
        if deep <= 5:
            out.append(f"D{deep}:{stem}")
            if value:
                out.append(f"DS{deep}:{_bucket(value)}")
        previous, previous2 = stem, previous
    out += [f"V{zone}:{_bucket(value)}" for zone, value in total.items()]
    out.append(f"Vall:{_bucket(total['a'] + total['z'])}")
    out += _around(p, t, tr, "T", mask)
    for found in p.found:
        part = relation(p, found.target, t)
        if part:
            out.append(f"FT:{part}:{found.sign}:{found.certainty}:{'s' if found.holder is None else ''}")
            out.append(f"FT:{part}:{found.sign}")
        if found.holder is not None and (part := relation(p, found.holder, t)):
            out.append(f"FH:{part}:{found.sign}:{found.kind}")
    return out


def _zones(p: Page, window: range, left: range, right: range, mask: dict[int, str], order: str) -> Iterator[str]:
    """The words before, between and after the two."""
    total = {"a": 0.0, "m": 0.0, "z": 0.0}
    previous = ""
    edges = (left.start, left.stop - 1, right.start, right.stop - 1)
    for i in window:
        if i in mask:
            if previous and previous != mask[i] and left.stop <= i:
                yield f"b{order}m:{previous} {mask[i]}"
            previous = mask[i]
            continue
        if p.skip[i]:
            continue
        zone = "a" if i < left.start else "m" if i < right.start else "z"
        stem = p.stems[i]
        near = min(abs(i - edge) for edge in edges) <= 4
        total[zone] += p.signs[i]
        yield f"w:{stem}"
        yield f"{order}{zone}{'n' if near else ''}:{stem}"
        if zone == "m" or near:
            yield f"b{order}{zone}:{previous} {stem}"
        previous = stem
    for zone, value in total.items():
        yield f"V{order}{zone}:{_bucket(value)}"


def _path(p: Page, hr: int, tr: int, mask: dict[int, str]) -> Iterator[str]:
    """The way through the syntax from holder to target."""
    s = p.syntax
    up, down = _chain(p, hr), _chain(p, tr)
    joint = next((i for i in up if i in down), None)
    if joint is None or not s.parsed:
        yield "path:none"
        return
    a, b = up[: up.index(joint)], down[: down.index(joint)]
    yield "path:" + ">".join(s.deps[i] for i in a) + "^" + "<".join(s.deps[i] for i in b)
    yield f"pathlen:{min(len(a), 5)},{min(len(b), 5)}"
    top = mask.get(joint) or p.stems[joint]
    sides = (s.deps[a[-1]] if a else "-", s.deps[b[-1]] if b else "-")
    yield f"top:{top}"
    yield f"top:{sides[0]}|{top}|{sides[1]}"
    yield f"tops:{sides[0]}|{_bucket(p.signs[joint])}|{sides[1]}"
    value = 0.0
    for side, part in (("u", a[1:]), ("d", b[1:]), ("t", [joint])):
        for i in part:
            stem = mask.get(i) or p.stems[i]
            value += 0.0 if i in mask else p.signs[i]
            yield f"p:{stem}"
            yield f"p{side}:{stem}"
            yield f"p{side}:{s.deps[i]}:{stem}"
    yield f"pv:{_bucket(value)}"
    if len(a) + len(b) <= 4:
        middle = [p.stems[i] for i in a[1:]] + ["^" + top] + [p.stems[i] for i in reversed(b[1:])]
        yield "pl:" + "|".join(middle)


def _around(p: Page, span: range, root: int, name: str, mask: dict[int, str]) -> Iterator[str]:
    """What a span does: its governors and their dependents, its own dependents, its neighbours."""
    s = p.syntax
    yield f"{name}ent:{p.entity[root] or s.pos[root]}"
    for step in (-2, -1, 1, 2):
        i = (span.start if step < 0 else span.stop - 1) + step
        yield f"{name}n{step}:{(mask.get(i) or p.stems[i]) if 0 <= i < len(s) else '-'}"
    if p.quoted[root]:
        yield f"{name}quoted"
    if not s.parsed:
        return
    yield f"{name}role:{s.deps[root]}"
    below = root
    for depth, i in enumerate(_chain(p, root)[1:4], 1):
        stem = mask.get(i) or p.stems[i]
        yield f"{name}g{depth}:{stem}"
        yield f"{name}g{depth}:{s.deps[below]}<{stem}"
        yield f"{name}gs{depth}:{s.deps[below]}<{_bucket(p.signs[i])}"
        if depth < 3:
            for k in s.kids[i]:
                if k != below and k not in span and not p.skip[k]:
                    yield f"{name}k{depth}:{s.deps[below]}|{s.deps[k]}:{mask.get(k) or p.stems[k]}"
                    if p.signs[k]:
                        yield f"{name}ks{depth}:{s.deps[below]}|{s.deps[k]}:{_bucket(p.signs[k])}"
        below = i
    for k in s.kids[root]:
        if k not in span and not p.skip[k]:
            yield f"{name}c:{s.deps[k]}:{mask.get(k) or p.stems[k]}"
            if p.signs[k]:
                yield f"{name}cs:{s.deps[k]}:{_bucket(p.signs[k])}"


def _speech(p: Page, hr: int, tr: int, t: range, start: int, end: int) -> Iterator[str]:
    """Whether the holder speaks and the target is in what is said, and how that sounds."""
    s = p.syntax
    chain = _chain(p, tr)
    verb = s.heads[hr]
    if s.deps[hr].startswith("nsubj") and verb != hr:
        for below, i in pairwise(chain):
            if i == verb and s.base(below) in ("ccomp", "parataxis", "advcl", "xcomp"):
                words = s.subtree(below)
                value = sum(p.signs[k] for k in words if k not in t)
                yield f"SP:{s.base(below)}:{_bucket(value)}:{p.quoted[tr]}"
                yield f"SPs:{_bucket(value)}"
                for k in words:
                    if k not in t and not p.skip[k]:
                        yield f"SPw:{p.stems[k]}"
        if s.base(verb) == "parataxis" and s.heads[verb] in chain:
            value = sum(p.signs[k] for k in range(start, end) if k not in t)
            yield f"SP:said:{_bucket(value)}:{p.quoted[tr]}"
            yield f"SPs:{_bucket(value)}"


def _frames(p: Page, h: range, t: range, hr: int) -> Iterator[str]:
    """What the frames found between the two, either way round."""
    subject = p.syntax.deps[hr].startswith("nsubj")
    for found in p.found:
        ht, tt = relation(p, found.target, h), relation(p, found.target, t)
        hh = th = ""
        if found.holder is not None:
            hh, th = relation(p, found.holder, h), relation(p, found.holder, t)
            if not hh and subject and p.syntax.words[found.holder] in _THIRD and hr < found.holder:
                hh = "pro"
        elif subject:
            hh = "spk"
        if hh and tt:
            yield f"FR:{hh}:{tt}:{found.sign}"
            yield f"FR:{hh}:{tt}:{found.sign}:{found.certainty}:{found.kind}"
            yield f"FR:{found.sign}"
        elif tt:
            yield f"FRt:{tt}:{found.sign}"
        elif hh:
            yield f"FRh:{hh}:{found.sign}"
        if th and ht:
            yield f"FX:{th}:{ht}:{found.sign}"


def relation(p: Page, token: int, span: range) -> str:
    """How a span has to do with the phrase of a token: it is it, or it is part of it."""
    if token in span:
        return "="
    phrase = p.phrase(token)
    return "part" if phrase and not phrase.isdisjoint(span) else ""


def _near(s: Syntax, token: int) -> list[int]:
    found: list[int] = []
    level: Sequence[int] = [token]
    for _ in range(3):
        level = [
            k
            for i in level
            for k in s.kids[i]
            if s.bases[k] in ("nmod", "compound", "appos", "flat", "amod", "conj", "det")
        ]
        found += level
    return found


def _depths(p: Page, root: int, start: int, end: int) -> list[int]:
    """Steps through the syntax from every token of a window to a root."""
    heads = p.syntax.heads
    steps = {i: n for n, i in enumerate(_chain(p, root))}
    for at in range(start, end):
        path = []
        while at not in steps:
            steps[at] = _FAR  # stays so where the way ends at another root, or goes round
            path.append(at)
            at = heads[at]
        n = steps[at]
        for i in reversed(path):
            n = steps[i] = min(n + 1, _FAR)
    return [steps[i] for i in range(start, end)]
