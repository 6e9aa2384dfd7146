"""What the ways of finding attributions share: the record of one, and how quotations complete it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analystkit.layers.quotation import Quotation
from analystkit.layers.roles import Syntax

#: What may stand between a quotation and the words around it without parting them.
BRIDGES = frozenset({",", ".", ":", ";", "-", "--", "—", "–", "...", "…", "?", "!"})
MARKS = frozenset({'"', "“", "”", "„", "‟", "«", "»", "``", "''", "‘", "’", "'", "`", "＂", "‚", "‹", "›"})
SIGNS = MARKS | BRIDGES
#: What parts a clause from the next within a sentence, and what closes a sentence.
COMMAS = frozenset({",", "—", "–", "--", "-"})
SENTENCE_ENDS = frozenset({".", "!", "?", "…", "..."})
#: What the words that name a speaker are made of.
NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART", "ADP"})
#: What stands before its noun and belongs to it.
BEFORE = frozenset({"det", "amod", "nummod", "compound", "nmod:poss", "poss"})
#: Most words of a remark behind quoted words, its verbs, and what stands before it.
_REMARK = 10
_SAYING = frozenset({"say", "add", "write", "ask", "tell", "explain", "reply", "note", "tweet", "answer"})
_STOPS = frozenset({",", "?", "!"})
_BULLETS = frozenset("•▪●‣◦■")


@dataclass(slots=True)
class Attribution:
    """Somebody's words, thoughts or plans as an article relays them; all positions are tokens, sorted.

    Attributes:
        cue: The words that relay: "said", "according to".
        source: The words that name who speaks; empty when the article leaves it out.
        content: What is relayed, marks included; not always in one piece.
        confidence: Between 0 and 1.
        why: The evidence, in a few words for the user.
        lead: Where there is no source, the word that tells who probably speaks.
        verbatim: The layout says that the words are somebody's own, without marks around them.
    """

    cue: list[int]
    source: list[int]
    content: list[int]
    confidence: float
    why: str
    lead: int | None = None
    verbatim: bool = False


Cues = Mapping[int, list[Attribution]]
"""The attributions that have a word in their cue, by the word, in the order they were found."""


def cues_of(found: Sequence[Attribution]) -> Cues:
    """Attributions by the words of their cues."""
    cues: dict[int, list[Attribution]] = defaultdict(list)
    for item in found:
        for i in item.cue:
            cues[i].append(item)
    return cues


@dataclass(slots=True)
class Passage:
    """A quotation in tokens.

    Attributes:
        start: Position of the first token, the opening mark.
        end: Position after the last one.
        closed: There is a closing mark.
        continues: Carries on the quotation of the paragraph before.
        depth: How many quotations are around it.
    """

    start: int
    end: int
    closed: bool
    continues: bool
    depth: int
    words: int = field(default=0)


class Quoted:
    """The quotations of a Doc, by token."""

    def __init__(self, syntax: Syntax, quotations: Iterable[Quotation]) -> None:
        self.passages: list[Passage] = []
        #: For each token the outermost passage around it, or -1.
        self.at = [-1] * len(syntax)
        for item in quotations:
            start = max(0, bisect_right(syntax.idx, item.start) - 1)
            end = bisect_left(syntax.idx, item.end)
            while start < end and syntax.blank[start]:
                start += 1
            while end > start and syntax.blank[end - 1]:
                end -= 1
            if not item.closed:
                end = _before_remark(start, end, syntax)
            words = sum(syntax.words[i] not in SIGNS and not syntax.blank[i] for i in range(start, end))
            if words:
                passage = Passage(start, end, item.closed, item.continues, item.depth, words)
                if item.depth == 0:
                    self.at[start:end] = [len(self.passages)] * (end - start)
                self.passages.append(passage)
        self._outermost = [n for n, item in enumerate(self.passages) if item.depth == 0]
        self._place = {n: place for place, n in enumerate(self._outermost)}
        #: The numbers of the passages that name a work or a nickname.
        self.titles = {n for n, passage in enumerate(self.passages) if _is_title(passage, syntax)}

    def chain(self, passage: int) -> list[int]:
        """The passages of one quotation that runs over paragraphs, each but the last left open."""
        outermost, place = self._outermost, self._place[passage]
        low = high = place
        while low > 0 and self.passages[outermost[low]].continues:
            low -= 1
        while high + 1 < len(outermost) and self.passages[outermost[high + 1]].continues:
            high += 1
        return outermost[low : high + 1]

    def whole(self, passage: int) -> list[int]:
        """The tokens of a quotation with those that carry it on."""
        return [i for n in self.chain(passage) for i in range(self.passages[n].start, self.passages[n].end)]

    def around(self, i: int) -> Passage | None:
        """The outermost passage that the token stands in."""
        return self.passages[self.at[i]] if self.at[i] >= 0 else None


def cue_head(item: Attribution, syntax: Syntax) -> int:
    """The word of the cue that the others hang on."""
    return next((i for i in item.cue if syntax.heads[i] not in item.cue or syntax.heads[i] == i), item.cue[0])


def quotations_of(item: Attribution, quoted: Quoted) -> list[int]:
    """The quotations that the content holds and the cue stands outside of."""
    inside = set(map(quoted.at.__getitem__, item.content))
    inside.discard(-1)
    return sorted(inside.difference(map(quoted.at.__getitem__, item.cue))) if inside else []


def _before_remark(start: int, end: int, syntax: Syntax) -> int:
    """Where a quotation ends that lost its closing mark before "she said": "“We won, | she said. “And how!”"."""
    for verb in range(end - 1, max(start, end - _REMARK), -1):
        subject = syntax.own_subject(verb) if syntax.lemmas[verb] in _SAYING and syntax.is_verb(verb) else None
        if subject is None or not start < subject < end:
            continue
        first = min(verb, min(syntax.noun_phrase(subject)))
        rest = [i for i in range(first, end) if syntax.words[i] not in SIGNS]
        told = syntax.words[first - 1] in _STOPS and not any(syntax.is_verb(i) and i != verb for i in rest)
        if told and first - 1 > start and syntax.paragraph[start] == syntax.paragraph[verb]:
            return first
    return end


def complete(content: list[int], cue: list[int], source: list[int], syntax: Syntax, quoted: Quoted) -> list[int]:
    """Content with the quotations that it touches in whole, and without ragged ends.

    A quotation belongs to it when at least half of its words that stand in the sentences of the content do, and
    the cue stands outside; with it belongs what carries it on in other paragraphs. Punctuation at the ends goes,
    marks of quotations stay.
    """
    words = set(content)
    outside = {*cue, *source}
    for passage in {quoted.at[i] for i in content} - {-1}:
        item = quoted.passages[passage]
        span = range(item.start, item.end)
        if any(i in span for i in cue):
            continue
        sentences = {syntax.sentence[i] for i in words if i in span}
        near = [i for i in span if syntax.sentence[i] in sentences and syntax.words[i] not in SIGNS]
        if 2 * sum(i in words for i in near) >= len(near):
            words.update(quoted.whole(passage))
        elif item.words > 2:
            words.difference_update(i for i in (item.start, item.end - 1) if syntax.words[i] in MARKS)
    return trim(sorted(words - outside), syntax, quoted)


def trim(content: list[int], syntax: Syntax, quoted: Quoted) -> list[int]:
    """Without punctuation and blanks at the ends, except marks that open or close a quotation of the content."""
    words = set(content)

    def loose(i: int) -> bool:
        if syntax.words[i] in _BULLETS:
            return True
        if syntax.blank[i] or syntax.words[i] in BRIDGES:
            passage = quoted.around(i)
            return syntax.blank[i] or passage is None or passage.end - 1 not in words
        if syntax.words[i] in MARKS:
            passage = quoted.around(i)
            return passage is None or not (passage.start in words and passage.end - 1 in words)
        return False

    start, end = 0, len(content)
    while start < end and loose(content[start]):
        start += 1
    while end > start and loose(content[end - 1]):
        end -= 1
    return content[start:end]


def ranges(tokens: list[int], syntax: Syntax) -> list[tuple[int, int]]:
    """Sorted tokens as [start, end) stretches; blanks, commas and dashes do not part them."""
    found: list[tuple[int, int]] = []
    start = end = -1
    for i in tokens:
        if syntax.blank[i]:
            continue
        if end >= 0 and syntax.paragraph[end - 1] == syntax.paragraph[i]:
            between = end
            while between < i and (syntax.blank[between] or syntax.words[between] in BRIDGES):
                between += 1
            if between == i:
                end = i + 1
                continue
        if start >= 0:
            found.append((start, end))
        start, end = i, i + 1
    return [*found, (start, end)] if start >= 0 else found


def _is_title(passage: Passage, syntax: Syntax) -> bool:
    """Whether a quotation names a work or a nickname: a few words in capitals, or a name within a name."""
    words = [i for i in range(passage.start, passage.end) if syntax.words[i] not in SIGNS] if passage.words < 9 else []
    long = [i for i in words if len(syntax.words[i]) > 3]
    return 1 < len(words) <= 6 and bool(long) and all(syntax.capital[i] for i in long)


def cued(words: Sequence[int], item: Attribution, cues: Cues) -> bool:
    """Whether another attribution has its cue among some words."""
    return any(one is not item for i in words for one in cues.get(i, ()))
