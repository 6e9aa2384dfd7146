"""Bearers of names, the blocks of those that are one, and what was left open."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from analystkit.corpus.lands import sort_of
from analystkit.corpus.names import group, normal
from analystkit.layers.entities.descriptions import offices

#: What is said of the known ones decides for the unknown only if so large a part of them agrees.
CLEARLY: Final = 0.75

_FAMILY_ONLY: Final = re.compile(r"(?:[ae]l|[AE]l(?=-))[ -]\w")  # "al-Assad": the article is no given name

Name = tuple[str, ...]
Key = tuple[str, Name]


@dataclass(slots=True)
class Bearer:
    """An entity of one article that is named there.

    Attributes:
        article: The article's id.
        id: The entity's id within it.
        name: Its fullest name.
        label: Its label.
        aliases: Its other names.
        heads: What descriptions call it ("minister").
        company: Full names of the other people and organisations of the article, but for those that every country has.
        home: The country (ISO 3166 code) or place that the article speaks of most, itself left out.
        lands: The countries that the article's other places and peoples belong to.
        near: The article's other places that are in no country we know.
        plays: Whether the article speaks of it as of a team ("Jordan beat Oman 2-1").
    """

    article: str
    id: str
    name: str
    label: str
    aliases: tuple[str, ...] = ()
    heads: frozenset[str] = frozenset()
    company: frozenset[Name] = frozenset()
    home: str | None = None
    lands: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    plays: bool = False


@dataclass(slots=True)
class Doubt:
    """Bearers that share a name and were kept apart.

    Attributes:
        name: The name that they share.
        why: What keeps them apart.
        groups: The groups of bearers, as positions in the list of bearers.
    """

    name: str
    why: str
    groups: list[list[int]]


@dataclass
class Profile:
    """What is known of a block: how often it is called what, who is with it, and where its articles are at home."""

    heads: Counter[str] = field(default_factory=Counter)
    company: set[Name] = field(default_factory=set)
    homes: Counter[str] = field(default_factory=Counter)

    def described_as(self, heads: frozenset[str]) -> float:
        """The share of its descriptions that are among `heads`."""
        return sum(self.heads[head] for head in heads) / max(1, self.heads.total())


class Blocks:
    """Bearers, each in one block with those that are the same.

    Attributes:
        bearers: The bearers; everything else speaks of their positions.
        kinds: Of each what it is, coarsely (see `names.group`).
        names: Of each its name's words, made comparable.
        doubts: What was left open so far.
        known: Names as they were looked up, each with a member of every block of it.
    """

    def __init__(self, bearers: Sequence[Bearer]) -> None:
        self.bearers = bearers
        self.kinds = [_kind(bearer) for bearer in bearers]
        self.names = [_name(bearer) for bearer in bearers]
        self.doubts: list[Doubt] = []
        self.known: defaultdict[Key, list[int]] = defaultdict(list)
        self._parent = list(range(len(bearers)))

    def root(self, one: int) -> int:
        """The first member of a bearer's block."""
        while self._parent[one] != one:
            self._parent[one] = self._parent[self._parent[one]]
            one = self._parent[one]
        return one

    def unite(self, members: Iterable[int]) -> None:
        """Make one block of the blocks of some bearers."""
        roots = sorted({self.root(member) for member in members})
        for other in roots[1:]:
            self._parent[other] = roots[0]

    def groups(self) -> list[list[int]]:
        """The blocks, in the order of their first members."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for one in range(len(self.bearers)):
            found[self.root(one)].append(one)
        return [found[root] for root in sorted(found)]

    def doubt(self, name: Name, why: str, members: Iterable[int]) -> None:
        """Note that some bearers were kept apart, each by a member of its block; blocks are looked up in the end."""
        roots = sorted({self.root(member) for member in members})
        if len(roots) > 1:
            self.doubts.append(Doubt(" ".join(name), why, [[root] for root in roots]))

    def profiles(self, members: Iterable[int]) -> defaultdict[int, Profile]:
        """What is known of the blocks of some bearers, from these bearers, by the blocks' first members."""
        found: defaultdict[int, Profile] = defaultdict(Profile)
        for one in members:
            profile, bearer = found[self.root(one)], self.bearers[one]
            profile.heads.update(bearer.heads)
            profile.company |= bearer.company
            profile.homes.update([bearer.home] if bearer.home else ())
        return found

    def part(self, members: Sequence[int], says: Callable[[int], Hashable]) -> list[list[int]]:
        """Bearers of one name, parted by what is said of each (None: nothing).

        Those of whom nothing is said go with the others where these clearly agree, else each stays alone.
        """
        found: defaultdict[Hashable, list[int]] = defaultdict(list)
        for one in members:
            found[says(one)].append(one)
        silent = found.pop(None, [])
        parts = sorted(found.values(), key=lambda part: (-len(part), part[0]))
        if not parts:
            return [silent]
        if len(parts) == 1 or len(parts[0]) > CLEARLY * sum(map(len, parts)):
            parts[0] = sorted([*parts[0], *silent])
            return parts
        return [*parts, *([one] for one in silent)]


def _kind(bearer: Bearer) -> str:
    """What a bearer is: as its label says, but what is described as a person ("London, the sheriff") is one."""
    kind = group(bearer.label)
    return "person" if kind == "place" and bearer.heads & offices() and sort_of(bearer.heads) is None else kind


def _name(bearer: Bearer) -> Name:
    name = normal(bearer.name)
    if len(name) == 2 and _kind(bearer) == "person" and _FAMILY_ONLY.match(bearer.name):
        return name[1:]
    return name
