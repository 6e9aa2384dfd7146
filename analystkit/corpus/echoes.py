"""The same words in several articles: quotes found again, and what each outlet left out or changed.

Candidates share runs of three words; rapidfuzz then tells how alike they are. Only what stands between quotation
marks counts: two reports of the same speech in reported words are not the same quote.
"""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

#: Fewer quoted words are said by anybody: "We won't give up".
LEAST_WORDS: Final = 5
_RUN: Final = 3  # words in a row that candidates share
_SHARED: Final = 0.4  # part of the shorter one's runs that are in the longer one
_ALIKE: Final = 85.0  # rapidfuzz's token_set_ratio, 0 to 100
_MOST_HOLDERS: Final = 200  # groups that a run of words leads to; more, and it is a commonplace

_QUOTED: Final = re.compile(r"“([^”]*)(?:”|$)|\"([^\"]*)(?:\"|$)|«([^»]*)(?:»|$)")
_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words of one version against another.

    Attributes:
        kind: "same", "missing" (only in the fullest version), "added" (only in this one).
        words: The words.
    """

    kind: str
    words: str


@dataclass
class _Group:
    members: list[int]
    longest: list[str]
    runs: set[tuple[str, ...]] = field(default_factory=set)


def quoted(text: str) -> str:
    """What stands between quotation marks, its parts joined by " … "; all of it where there are no marks."""
    parts = ["".join(match.groups(default="")).strip(" ,") for match in _QUOTED.finditer(text)]
    return " … ".join(part for part in parts if part) or text


def words(text: str) -> list[str]:
    """The words of a text as they are written."""
    return _WORD.findall(text)


def groups(quotes: Iterable[str]) -> list[list[int]]:
    """Quotes that are versions of one, as positions, in the order of the first of each group.

    Args:
        quotes: What was said, as `quoted` gives it; those of fewer than `LEAST_WORDS` words stay alone.
    """
    found: list[_Group] = []
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, quote in enumerate(quotes):
        said = [word.casefold().replace("’", "'") for word in words(quote)]
        if len(said) < LEAST_WORDS:
            continue
        runs = set(zip(*(said[n:] for n in range(_RUN)), strict=False))
        number = _best(said, runs, found, Counter(group for run in runs for group in holders.get(run, ())))
        if number is None:
            number = len(found)
            found.append(_Group([], said))
        group = found[number]
        group.members.append(position)
        group.longest = max(group.longest, said, key=len)
        for run in runs - group.runs:
            if len(holders[run]) < _MOST_HOLDERS:
                holders[run].append(number)
        group.runs |= runs
    return [group.members for group in found]


def _best(said: Sequence[str], runs: set[tuple[str, ...]], found: Sequence[_Group], shared: Counter[int]) -> int | None:
    """The group that a quote is a version of; None where there is none."""
    best, likeness = None, 0.0
    for number, count in shared.most_common(8):
        group = found[number]
        if count < _SHARED * max(min(len(runs), len(group.longest) - _RUN + 1), 1):
            break
        alike = fuzz.token_set_ratio(" ".join(said), " ".join(group.longest))
        if alike >= _ALIKE and alike > likeness:
            best, likeness = number, alike
    return best


def compare(full: str, other: str) -> list[Piece]:
    """One version of a quote word by word against the fullest; a changed word is missing and then added."""
    ours, theirs = list(_WORD.finditer(full)), list(_WORD.finditer(other))
    plain = [[word.group().casefold().replace("’", "'") for word in side] for side in (ours, theirs)]
    pieces: list[Piece] = []
    for step in Indel.opcodes(plain[0], plain[1]):
        if step.tag == "equal":
            pieces.append(Piece("same", _stretch(other, theirs[step.dest_start : step.dest_end])))
        if step.tag in ("delete", "replace"):
            gone = Piece("missing", _stretch(full, ours[step.src_start : step.src_end]))
            # a changed word may come as an insertion and a deletion: what stood there is told first
            pieces.insert(len(pieces) - (bool(pieces) and pieces[-1].kind == "added"), gone)
        if step.tag in ("insert", "replace"):
            pieces.append(Piece("added", _stretch(other, theirs[step.dest_start : step.dest_end])))
    return pieces


def _stretch(text: str, found: Sequence[re.Match[str]]) -> str:
    """The text from the first to the last of some of its words, with the signs between them and right behind."""
    end = found[-1].end()
    return text[found[0].start() : end + (text[end : end + 1] in (",", ";", ":") and end + 1 < len(text))]


def told(pieces: Iterable[Piece], kind: str) -> str | None:
    """The pieces of a kind, joined by " … "; None if there are none."""
    return " … ".join(piece.words.rstrip(",;:") for piece in pieces if piece.kind == kind) or None


def marked(pieces: Iterable[Piece]) -> str:
    """The comparison as HTML: what is missing struck through, what was added underlined."""
    tags = {"missing": "del", "added": "ins"}
    parts = []
    for piece in pieces:
        text = html.escape(piece.words)
        tag = tags.get(piece.kind)
        parts.append(f"<{tag}>{text}</{tag}>" if tag else text)
    return " ".join(parts)
