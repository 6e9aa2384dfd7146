"""What a reader should be told about a text before trusting an analysis of it.

Each check returns a sentence for `Article.warnings`, or None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

Span = tuple[int, int]

LONG = 1_000_000
"""Code points above which an article is called long; no single news story comes near."""

_FUNCTION_WORDS = frozenset({
    "a", "about", "after", "all", "also", "an", "and", "are", "as", "at", "be", "because", "been",
    "before", "but", "by", "can", "could", "did", "do", "for", "from", "had", "has", "have", "he", "her",
    "his", "how", "i", "if", "in", "into", "is", "it", "its", "more", "my", "no", "not", "of", "on",
    "one", "or", "our", "out", "over", "said", "she", "so", "some", "than", "that", "the", "their",
    "them", "then", "there", "these", "they", "this", "to", "up", "was", "we", "were", "what", "when",
    "which", "who", "will", "with", "would", "you", "your",
})  # fmt: skip
_LEAST_SHARE = 0.15  # English news has .30 to .55, other languages in Latin letters under .08
_LEAST_WORDS = 30
_LETTERS = re.compile(r"[^\W\d_]+")

_MARKS = re.compile(r"\"|“|”|(?<!')''(?!')")
_INCHES = re.compile(r"\d['’]?\s?\d*$")


def long_text(text: str) -> str | None:
    """Warn of a text that is longer than any article."""
    if len(text) <= LONG:
        return None
    return f"The text is very long ({len(text):,} characters); an analysis of it takes time and memory."


def not_english(text: str) -> str | None:
    """Warn when too few words are English function words ("the", "of", "said").

    The first 5,000 words are looked at; with fewer than 30 nothing is said. A text that is hardly written in
    Latin letters is not English whatever its length.
    """
    sample = text[:40_000]
    letters = sum(map(len, _LETTERS.findall(sample)))
    latin = len(re.findall(r"[A-Za-z]", sample))
    if letters >= 20 and latin * 2 < letters:
        return "The text does not look English: it is mostly not written in Latin letters."
    words = [word.lower() for word in _LETTERS.findall(sample)[:5000]]
    if len(words) < _LEAST_WORDS:
        return None
    share = sum(word in _FUNCTION_WORDS for word in words) / len(words)
    if share >= _LEAST_SHARE:
        return None
    return (
        f"The text does not look English: only {share:.0%} of its words are common English ones (“the”)."
        " The analysis is made for English news."
    )


def only_furniture(text: str, furniture: Iterable[Span]) -> str | None:
    """Warn when nothing is left of the text once the furniture (and a title) is set aside."""
    done = 0
    for start, end in furniture:
        if _LETTERS.search(text, done, start):
            return None
        done = end
    if _LETTERS.search(text, done):
        return None
    return "The text holds only page furniture (captions, labels, a headline); there is nothing to analyse."


def unclosed_quotation(text: str, furniture: Iterable[Span] = ()) -> str | None:
    """Warn of quotation marks that open and never close.

    A quotation that runs over several paragraphs opens each of them and closes only the last; that is right
    and not warned of. Furniture is passed over.
    """
    skipped = sorted(furniture)
    opened: list[int] = []
    pending: int | None = None
    index = 0
    for start, end in _paragraphs(text):
        while index < len(skipped) and skipped[index][1] <= start:
            index += 1
        if index < len(skipped) and skipped[index][0] <= start and end <= skipped[index][1]:
            continue
        if pending is not None and not _MARKS.match(text, start):
            opened.append(pending)
        pending = _left_open(text, start, end, opened)
    if pending is not None:
        opened.append(pending)
    if not opened:
        return None
    first = opened[0]
    words = " ".join(text[first : first + 40].split())
    more = f" ({len(opened) - 1} more like it)" if len(opened) > 1 else ""
    return f"A quotation opened at {first} is never closed: {words} …{more}"


def _left_open(text: str, start: int, end: int, opened: list[int]) -> int | None:
    """Return where the quotation begins that is open at the paragraph's end; note others in `opened`."""
    outer: int | None = None
    inner: int | None = None  # “ ” inside " "
    straight = False
    for match in _MARKS.finditer(text, start, end):
        mark, at = match[0], match.start()
        if outer is None:
            inches = mark == '"' and _INCHES.search(text, max(start, at - 4), at)
            if mark != "”" and not inches:
                outer, straight = at, mark != "“"
        elif mark == "“" and straight and inner is None:
            inner = at
        elif mark == "”" and inner is not None:
            inner = None
        elif mark == "“" and not _closes(text, at, end):
            opened.append(outer)
            outer = at
        else:
            outer = inner = None
    return outer


def _closes(text: str, at: int, end: int) -> bool:
    """Whether the mark at `at` stands where a closing one would: common where “ was typed for ”."""
    after = text[at + 1] if at + 1 < end else " "
    return not text[at - 1].isspace() and not after.isalnum()


def _paragraphs(text: str) -> Iterable[Span]:
    for match in re.finditer(r"[^\r\n]+", text):
        start, end = match.span()
        start += len(match[0]) - len(match[0].lstrip())
        if start < end:
            yield start, end
