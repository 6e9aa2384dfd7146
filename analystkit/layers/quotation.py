"""Pair the quotation marks of a text.

Works on the bare text and knows nothing of speakers: it says where words stand between marks. Real articles
lose marks, nest them, use apostrophes that look like them and run quotations over several paragraphs, so
every decision is taken within one paragraph and a lost mark costs at most that paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_LINE_END = re.compile(r"\n\s*")
#: The signs behind which a line break ends a paragraph.
_SENTENCE_ENDS = frozenset(".!?:\"”’'»)")
#: A mark; one of two signs begins like one of a single sign, so that the search can skip to it.
_MARK = re.compile(r"[\"＂“”„‟«»'‘’‚‹›`](?:(?<=`)`|(?<=')')?")

_OPENING = frozenset({"“", "„", "‟", "«", "``", "‘", "‚", "‹"})
_CLOSING = frozenset({"”", "»", "''", "’", "›"})
_SINGLE = frozenset("'‘’‚‹›`")
#: The kind of mark that may close another; straight marks close only straight ones.
_FAMILY = {
    **dict.fromkeys('"＂', "straight"),
    **dict.fromkeys(("“", "”", "„", "‟"), "curly"),
    **dict.fromkeys("«»", "angled"),
    **dict.fromkeys(("``", "''"), "typed"),
    **dict.fromkeys("'`", "single straight"),
    **dict.fromkeys("‘’‚", "single curly"),
    **dict.fromkeys("‹›", "single angled"),
}
#: Double marks, which writers and their programs mix: “one opened so and closed thus".
_DOUBLE = frozenset({"straight", "curly", "typed"})
#: Words that begin with an apostrophe.
_CLIPPED = re.compile(r"(?:\d0s|\d\d|em|til|tis|twas|cause|n|round|bout)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Quotation:
    """A stretch of text between quotation marks.

    Attributes:
        start: First code point, the opening mark.
        end: After the last code point, the closing mark where there is one.
        depth: 0 for an outermost quotation, 1 for one within it, and so on.
        closed: There is a closing mark. If not, the stretch ends with its paragraph or at the next quotation.
        continues: It opens a paragraph and carries on the quotation that the paragraph before left open.
    """

    start: int
    end: int
    depth: int = 0
    closed: bool = True
    continues: bool = False


@dataclass(slots=True)
class _Open:
    start: int
    family: str
    continues: bool = False


@lru_cache(maxsize=2)
def paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """The paragraphs of a text as [start, end) code points, without the white space between them.

    A blank line parts them, or a line break after the end of a sentence.
    """
    found, start = [], len(text) - len(text.lstrip())
    end = len(text.rstrip())
    for gap in _LINE_END.finditer(text, start, end):
        last = gap.start()
        while text[last - 1].isspace():
            last -= 1
        if text.count("\n", gap.start(), gap.end()) > 1 or text[last - 1] in _SENTENCE_ENDS:
            found.append((start, last))
            start = gap.end()
    if end > start:
        found.append((start, end))
    return tuple(found)


def pair(text: str) -> list[Quotation]:
    """Find the quotations of a text, sorted by position; outer ones come before those within them.

    Quotations are disjoint or lie one in the other. Marks that fit nothing are passed over: nothing is raised.
    """
    found: list[Quotation] = []
    left_open: str | None = None
    for start, end in paragraphs(text):
        quotations, left_open = _paragraph(text, start, end, left_open)
        found += quotations
    return _with_depth(found)


def _paragraph(text: str, start: int, end: int, left_open: str | None) -> tuple[list[Quotation], str | None]:
    """The quotations of one paragraph, and the family of the mark that it leaves open.

    Args:
        text: The whole text.
        start: Where the paragraph starts.
        end: Where it ends.
        left_open: The family of the mark that the paragraph before left open.
    """
    found: list[Quotation] = []
    stack: list[_Open] = []

    def close(at: int, closed: bool) -> None:
        top = stack.pop()
        if at > top.start + 1:
            found.append(Quotation(top.start, at, 0, closed, top.continues))

    for match in _MARK.finditer(text, start, end):
        mark, at, after = match.group(), match.start(), match.end()
        family = _FAMILY[mark]
        if mark in _SINGLE and _is_apostrophe(text, at, after, end):
            continue
        position = next((i for i in reversed(range(len(stack))) if stack[i].family == family), None)
        if position is None:
            position = _mismatched(text, mark, at, after, start, end, stack)
        if position is not None and _closes(text, mark, at, start):
            if mark in _SINGLE and _is_possessive(text, at, end):
                continue
            del stack[position + 1 :]  # what stayed open within it was no quotation mark
            close(after, True)
        elif _opens(text, mark, at, after, start, end) or (
            position is None and _opens_unparted(text, mark, after, end)
        ):
            if position is not None and family not in ("single straight", "single curly"):
                if not _sentence_ended(text, at):
                    stack.append(_Open(at, family))
                    continue
                del stack[position + 1 :]
                close(len(text[:at].rstrip()), False)  # its closing mark was lost
            elif position is not None:
                continue
            if mark in _SINGLE and not _has_closing(text, after, end):
                continue
            stack.append(_Open(at, family, continues=at == start and _same_kind(left_open, family)))
    remaining = next((item for item in stack if not item.family.startswith("single")), None)
    if remaining is None:
        return found, None
    del stack[stack.index(remaining) + 1 :]
    close(end, False)
    return found, remaining.family


def _same_kind(one: str | None, other: str) -> bool:
    return one == other or (one in _DOUBLE and other in _DOUBLE)


def _mismatched(text: str, mark: str, at: int, after: int, start: int, end: int, stack: list[_Open]) -> int | None:
    """The place on the stack of a double mark of another kind that this one closes: “so".

    Only where no mark of the right kind follows to close it.
    """
    if _FAMILY[mark] not in _DOUBLE:
        return None
    position = next((i for i in reversed(range(len(stack))) if stack[i].family in _DOUBLE), None)
    if position is None or _before(text, at, start).isspace() or _after(text, after, end).isalnum():
        return None
    following = next((m for m in _MARK.finditer(text, after, end) if _FAMILY[m.group()] in _DOUBLE), None)
    if following is None or _FAMILY[following.group()] != stack[position].family:
        return position
    opens = _opens(text, following.group(), following.start(), following.end(), start, end)
    return position if opens else None


def _with_depth(found: list[Quotation]) -> list[Quotation]:
    """Sorted by position, each with the number of quotations around it."""
    placed: list[Quotation] = []
    around: list[Quotation] = []
    for item in sorted(found, key=lambda quotation: (quotation.start, -quotation.end)):
        while around and around[-1].end <= item.start:
            around.pop()
        if around and item.end > around[-1].end:
            continue  # crosses an outer one: a stray mark
        item = Quotation(item.start, item.end, len(around), item.closed, item.continues)
        placed.append(item)
        around.append(item)
    return placed


def _before(text: str, at: int, start: int) -> str:
    return text[at - 1] if at > start else " "


def _after(text: str, after: int, end: int) -> str:
    return text[after] if after < end else " "


def _opens(text: str, mark: str, at: int, after: int, start: int, end: int) -> bool:
    """Whether a mark may open a quotation here."""
    following = _after(text, after, end)
    if following.isspace() and mark not in ("«", "“", "„", "``"):
        return False  # French puts a blank after the opening mark
    if mark in _OPENING:
        return True
    before = _before(text, at, start)
    return not before.isalnum() and before not in ".,!?;%$…"


def _opens_unparted(text: str, mark: str, after: int, end: int) -> bool:
    """Whether a straight mark opens a quotation though no blank parts it from the sentence before: he said."We …"."""
    return mark in ('"', "＂") and _after(text, after, end).isalnum()


def _closes(text: str, mark: str, at: int, start: int) -> bool:
    """Whether a mark may close a quotation that is open."""
    if mark in _CLOSING:
        return True
    before = _before(text, at, start)
    if mark == "“":  # closes „ in German and Czech, and others by mistake
        return not before.isspace()
    if mark in _OPENING:
        return False
    following = _after(text, at + len(mark), len(text))
    # A straight mark after a blank closes only when no word follows it.
    return not before.isspace() or not following.isalnum()


def _sentence_ended(text: str, at: int) -> bool:
    return text[:at].rstrip()[-1:] in tuple(".!?,")


def _is_apostrophe(text: str, at: int, after: int, end: int) -> bool:
    """Whether a single mark stands within a word (don't) or for clipped letters ('em, '90s)."""
    if text[at] in "‹›‚":
        return False
    before, following = _before(text, at, 0), _after(text, after, end)
    if before.isalnum() and following.isalnum():
        return True
    return not before.isalnum() and _CLIPPED.match(text, after) is not None


def _is_possessive(text: str, at: int, end: int) -> bool:
    """Whether the mark in "the workers' demands'" leaves the closing to a later one."""
    if text[at - 1 : at] not in ("s", "S") or not re.match(r"['’] \w", text[at : at + 3]):
        return False
    return re.search(r"[\w.,!?]['’](?!\w)", text[at + 1 : end]) is not None and not re.search(
        r"(?<!\w)['‘]\w", text[at + 1 : end]
    )


def _has_closing(text: str, after: int, end: int) -> bool:
    """Whether a single mark has a partner further on; without one it is an apostrophe."""
    return re.compile(r"[^\s]['’›](?!\w)").search(text, after, end) is not None
