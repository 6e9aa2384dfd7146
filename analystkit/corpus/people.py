"""Which people of different articles are one: the same full name, a family name alone, other spellings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from functools import cached_property
from itertools import combinations
from typing import Final

from rapidfuzz import fuzz

from analystkit.corpus.bearers import CLEARLY, Bearer, Blocks, Name, Profile
from analystkit.corpus.names import bearing, same_given, sound

#: Company in more articles than these, and in more than a quarter of all, says nothing of who else is there.
_COMMON: Final = 20
_COMMON_SHARE: Final = 0.25

_ALIKE: Final = 85.0  # rapidfuzz's ratio, 0 to 100, of family names that sound alike: not Brown and Baron


class People:
    """The steps that join people, each on the blocks that the earlier ones left."""

    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks
        self.bearers, self.names = blocks.bearers, blocks.names
        self.all = [one for one, kind in enumerate(blocks.kinds) if kind == "person" and self.names[one]]
        self.members: defaultdict[Name, list[int]] = defaultdict(list)  # by given and family name

    def join(self) -> None:
        """All steps."""
        self.full_names()
        self.spellings()
        self.short_names()
        self.family_names()

    def full_names(self) -> None:
        """The same given and family name: one bearer, unless middle names or descriptions speak against it."""
        for one in self.all:
            if is_full_name(self.names[one]):
                self.members[bearing(self.names[one])].append(one)
        for name, members in self.members.items():
            kept = [one for several in self._by_middle_name(name, members) for one in self._by_context(name, several)]
            self.blocks.known["person", name] = kept

    def spellings(self) -> None:
        """Names that differ in spelling, or by a short form: one if described alike, or in the same company."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for name, kept in self._full():
            found[_family(name[1])] += kept
        for members in found.values():
            alike = [pair for pair in combinations(members, 2) if self._spelled_alike(*pair)]
            if not alike:
                continue
            named = {bearing(self.names[one]) for pair in alike for one in pair}
            profiles = self.blocks.profiles(one for name in sorted(named) for one in self.members[name])
            agreeing: defaultdict[int, set[int]] = defaultdict(set)
            for pair in alike:
                ours, theirs = (profiles[self.blocks.root(one)] for one in pair)
                described = ours.heads.keys() & theirs.heads.keys()
                if described if ours.heads and theirs.heads else ours.company & theirs.company:
                    agreeing[pair[0]].add(pair[1])
                    agreeing[pair[1]].add(pair[0])
            for a, b in alike:
                rivals = (agreeing[a] | agreeing[b]) - {a, b}
                torn = any(not (self._is_one(a, rival) and self._is_one(b, rival)) for rival in rivals)
                if b in agreeing[a] and not torn:
                    self.blocks.unite((a, b))
                else:
                    self.blocks.doubt(bearing(self.names[a]), "spelled alike", (a, b))

    def short_names(self) -> None:
        """A family name or an initial: joined to the only full name it can stand for, if the article fits."""
        by_family: defaultdict[str, list[int]] = defaultdict(list)
        for name, kept in self._full():
            by_family[_family(name[1])] += kept
        waiting: defaultdict[Name, list[int]] = defaultdict(list)
        for one in self.all:
            if not is_full_name(self.names[one]):
                waiting[self.names[one]].append(one)
        near = {_family(name[-1]) for name in waiting}
        profiles = self.blocks.profiles(
            one for one in self.all if is_full_name(self.names[one]) and _family(self.names[one][-1]) in near
        )
        for name, members in waiting.items():
            able: dict[int, Profile] = {}
            for full in by_family.get(_family(name[-1]), ()):
                if self._may_be(name, self.names[full]):
                    able[self.blocks.root(full)] = profiles[self.blocks.root(full)]
            meant = {one: self._meant(self.bearers[one], able) for one in members}
            for one, whom in meant.items():
                if whom is not None:
                    self.blocks.unite((whom, one))
            self.blocks.known["person", name] = [one for one, whom in meant.items() if whom is not None][:1]
            left = [one for one, whom in meant.items() if whom is None]
            if left:
                kept = self._by_context(name, left, described=True)
                self.blocks.known["person", name] += kept
                self.blocks.doubt(name, "only the family name is the same", [*able, *kept])

    def family_names(self) -> None:
        """The same family name with other given names: nobody would join them, but a reader should know."""
        by_family: defaultdict[str, list[int]] = defaultdict(list)
        for name, kept in self._full():
            by_family[name[1]].append(kept[0])
        for family, members in by_family.items():
            self.blocks.doubt((family,), "the given names differ", members)

    # what they share

    def _full(self) -> list[tuple[Name, list[int]]]:
        return [(name, self.blocks.known["person", name]) for name in self.members]

    def _spelled_alike(self, one: int, other: int) -> bool:
        a, b = bearing(self.names[one]), bearing(self.names[other])
        return a != b and _same_family(a[1], b[1]) and same_given(a[0], b[0])

    def _is_one(self, one: int, other: int) -> bool:
        """Whether two names can be one person's: "Alex" is short for others that differ from each other."""
        a, b = bearing(self.names[one]), bearing(self.names[other])
        return _same_family(a[1], b[1]) and same_given(a[0], b[0])

    def _by_middle_name(self, name: Name, members: list[int]) -> list[list[int]]:
        """Members by the initial of their middle name; those without one belong to the only one there is."""
        initials: defaultdict[str, list[int]] = defaultdict(list)
        for one in members:
            middle = [word for word in self.names[one][1:-1] if word not in ("al", "el")]
            initials[middle[0][0] if middle else ""].append(one)
        if (len(initials) <= 2 and "" in initials) or len(initials) == 1:
            return [members]
        self.blocks.doubt(name, "the middle names differ", [several[0] for several in initials.values()])
        return list(initials.values())

    def _by_context(self, name: Name, members: list[int], *, described: bool = False) -> list[int]:
        """Unite the bearers of one name whose contexts agree; returns one member of each block that is left.

        With `described`, company says nothing of those who are described: namesakes keep the same company in
        articles about the same thing, and a family name is not enough to tell them from one person.
        """
        if len(members) == 1:
            return members
        parent = {one: one for one in members}

        def root(one: int) -> int:
            while parent[one] != one:
                one = parent[one] = parent[parent[one]]
            return one

        holders: defaultdict[Hashable, list[int]] = defaultdict(list)
        for one in members:
            bearer = self.bearers[one]
            for feature in bearer.heads if described and bearer.heads else (*bearer.heads, *bearer.company):
                if feature not in self._commonplaces:
                    holders[feature].append(one)
        for sharing in holders.values():
            for other in sharing[1:]:
                parent[max(root(sharing[0]), root(other))] = min(root(sharing[0]), root(other))
        found: defaultdict[int, list[int]] = defaultdict(list)
        for one in members:
            found[root(one)].append(one)
        main, *others = sorted(found.values(), key=lambda block: (-len(block), block[0]))
        heads = {word for one in main for word in self.bearers[one].heads}
        apart = []
        for block in others:
            theirs = {word for one in block for word in self.bearers[one].heads}
            if heads and theirs and not heads & theirs:
                apart.append(block)
            else:
                main += block
        for block in (main, *apart):
            self.blocks.unite(block)
        kept = [main[0], *(block[0] for block in apart)]
        self.blocks.doubt(name, "described differently, among other people", kept)
        return kept

    @cached_property
    def _commonplaces(self) -> frozenset[Name]:
        """Names in so many articles that meeting them says nothing."""
        company: dict[str, frozenset[Name]] = {}
        for bearer in self.bearers:
            company[bearer.article] = company.get(bearer.article, frozenset()) | bearer.company
        counts = Counter(name for names in company.values() for name in names)
        return frozenset(name for name, n in counts.items() if n > max(_COMMON, _COMMON_SHARE * len(company)))

    def _meant(self, bearer: Bearer, able: Mapping[int, Profile]) -> int | None:
        """Which of the bearers of full names a short name stands for, if one can be told from the others.

        Among several it is the one that is described so; a single one may also be known by the company.
        """
        shares = {one: profile.described_as(bearer.heads) for one, profile in able.items()}
        if not shares:
            return None
        best = max(shares, key=lambda one: shares[one])
        if shares[best] > CLEARLY * sum(shares.values()):
            return best
        if len(able) == 1 and bearer.company & able[best].company:
            return best
        return None

    def _may_be(self, short: Name, full: Name) -> bool:
        """Whether a short name can be that of the bearer of a full one."""
        return _same_family(short[-1], full[-1]) and (len(short) == 1 or full[0].startswith(short[0]))


def is_full_name(name: Name) -> bool:
    """Whether a person's name tells its bearer from others: given and family name, not an initial alone."""
    return len(name) > 1 and len(name[0]) > 1


def _family(name: str) -> str:
    """What spellings of a family name have in common."""
    return sound(name, 2) or name


def _same_family(one: str, other: str) -> bool:
    return one == other or (_family(one) == _family(other) and fuzz.ratio(one, other) >= _ALIKE)
