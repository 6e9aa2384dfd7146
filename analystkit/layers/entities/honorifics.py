"""Titles before names: "U.S. Secretary of State Antony Blinken", "Gov. Itzel"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from analystkit import lexicons
from analystkit.layers.entities.mentions import Mention, make
from analystkit.layers.entities.names import bodies, is_given_name, kinds_of_things, titles, topics

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from analystkit.layers.entities.scene import Scene


#: Offices that are named with what they are for, and the ranks before them.
_HEADS = frozenset({"Minister", "Secretary", "Undersecretary", "Commissioner", "Adviser", "Advisor"})
_RANKS = frozenset({"Deputy", "Vice", "Assistant", "Acting", "First", "Under", "Chief", "Parliamentary", "Former"})


@dataclass(frozen=True)
class Title:
    """A title and the token positions that it takes."""

    start: int
    end: int
    words: str


def find(scene: Scene) -> list[Title]:
    """Titles that may stand before a name, wherever they are written with a capital before a capital."""
    doc, texts, known, longest = scene.doc, scene.texts, titles(), _longest()
    found: list[Title] = []
    free = 0
    for position in scene.capitals:
        if position < free or texts[position] not in longest:
            continue
        for end in range(min(position + longest[texts[position]], len(texts) - 1), position, -1):
            if not texts[end][0].isupper():
                continue
            words = tuple(scene.syntax.text_of(position, end).split())
            if words in known and doc[end - 1].whitespace_:
                start = _department_before(scene, position, free) if words[-1] in _HEADS else position
                if found and found[-1].end == start:  # "Mr | Justice Cole", "Detective | Inspector Cole"
                    start = found.pop().start
                found.append(Title(start, end, doc[start:end].text if start < position else known[words]))
                free = end
                break
        else:
            end = _department_after(scene, position) if scene.texts[position] in _HEADS else position
            if end > position:
                start = position - 1 if position > free and scene.texts[position - 1] in _RANKS else position
                found.append(Title(start, end, doc[start:end].text))
                free = end
    return found


@cache
def _longest() -> dict[str, int]:
    """The first tokens of titles, with the most tokens that a title beginning so has."""
    found: dict[str, int] = {}
    for words in titles():
        first, tokens = words[0].partition("-")[0], sum(1 + 2 * word.count("-") + word.count(".") for word in words)
        found[first] = max(found.get(first, 0), tokens)
    return found


def _department_before(scene: Scene, head: int, free: int) -> int:
    """Where "Public Security Minister" or "Trade and Industry Secretary" begins, with rank before it."""
    start = head
    while start > free:
        before = scene.texts[start - 1]
        linked = before in {"and", ","} and start - 1 > free and scene.texts[start - 2] in topics()
        if not (before in topics() or (linked and start < head)):
            break
        start -= 1
    return start - 1 if start > free and scene.texts[start - 1] in _RANKS else start


def _department_after(scene: Scene, head: int) -> int:
    """Where "Minister of Foreign Affairs" ends, if a name in capitals follows; else where it began."""
    texts, at = scene.texts, head + 1
    if at >= len(texts) or texts[at] not in {"of", "for"}:
        return head
    at += 1 + (at + 1 < len(texts) and texts[at + 1] == "the")
    end = at
    while at < len(texts) and (texts[at] in topics() or texts[at] in {"and", ","}):
        at += 1
        end = at if texts[at - 1] in topics() else end
    named = end > head + 2 and end < len(texts) and texts[end][:1].isupper() and bool(scene.doc[end - 1].whitespace_)
    return end if named and not scene.doc[end].is_sent_start else head


def cut(doc: Doc, start: int, end: int, label: str, found: list[Title]) -> tuple[int, bool]:
    """Where a name begins once a title that runs into it is off, and whether the title makes it a person's."""
    for title in found:
        if start < title.end < end and title.start < end:
            if label in {"PERSON", "ORG"} and title.start > start and is_given_name(doc[title.start - 1].text):
                continue  # "Khalid Sheikh Mohammed"
            if label == "PERSON" and title.start >= start - 1:
                return title.end, True
            if (
                label == "ORG"
                and title.start > start
                and title.words not in _weak()
                and is_given_name(doc[title.end].text)
            ):
                return title.end, True  # "Senate | Majority Leader Ann Cole"
            if title.start < start:  # "Secretary of | State Antony Blinken"
                return title.end, True
    return start, False


@cache
def _weak() -> frozenset[str]:
    """Titles that are also everyday words or parts of other names."""
    return frozenset(lexicons.load("titles")["weak"])


def split(doc: Doc, names: list[Mention], found: list[Title]) -> None:
    """Take a title off a person's name that it became a part of."""
    people = {name.text for name in names if name.label == "PERSON"}
    starts = {title.start: title for title in found}
    for name in names:
        title = starts.get(name.start)
        if title is not None:
            rest = doc[title.end : name.end].text if title.end < name.end else ""
            if rest and (name.label == "PERSON" or rest in people or _is_full(rest) or _names_alone(title, rest)):
                name.start, name.text, name.label = title.end, rest, "PERSON"


def _names_alone(title: Title, rest: str) -> bool:
    """Whether a title goes with a single name ("King Gyanendra"), and the rest is one."""
    alone = title.words in lexicons.load("titles")["first_name"] and " " not in rest
    return alone and rest not in kinds_of_things() and rest.istitle()


def _is_full(words: str) -> bool:
    """Whether words are a known given name and one or two more."""
    parts = words.split()
    return 2 <= len(parts) <= 3 and is_given_name(parts[0]) and parts[-1] not in kinds_of_things()


def attach(names: list[Mention], found: list[Title]) -> None:
    """Give each name the title before it; a title makes the bearer a person, but for the vaguer ones."""
    weak = _weak()
    by_end = {title.end: title for title in found}
    for name in names:
        title = by_end.get(name.start)
        if title is None or name.country:
            continue
        if name.label == "PERSON" or (name.label in {"ORG", "GPE", "NORP", "LOC"} and title.words not in weak):
            name.label, name.title = "PERSON", title.words


def missed(scene: Scene, names: list[Mention], found: list[Title]) -> list[Mention]:
    """People whom the recogniser missed right after a title."""
    doc, lexicon = scene.doc, lexicons.load("titles")
    weak = frozenset(lexicon["weak"])
    taken = {i for name in names for i in range(name.start, name.end)}
    people = {name.start: name for name in names if name.label == "PERSON" and not name.title}
    added: list[Mention] = []
    for title in found:
        end = title.end
        while end < len(doc) and end not in taken and end not in scene.skipped and doc[end].pos_ == "PROPN":
            end += 1
        if title.end < end and end in people and title.words not in weak:  # "President Susilo | Bambang Yudhoyono"
            name = people[end]
            name.start, name.text, name.title = title.end, doc[title.end : name.end].text, title.words
            continue
        after_title = end > title.end and title.words not in weak and title.start not in taken
        if after_title and not any(token.text in bodies() for token in doc[title.end : end]):
            name = make(scene, title.end, end, "PERSON", f"stands after the title {title.words}", 0.65)
            name.title = title.words
            added.append(name)
    return added
