"""Who is who across articles: entities of different articles joined into one, or kept apart and listed.

Two entities are joined when they bear the same name (a person's given and family name; case, accents and "Inc."
do not count) and nothing speaks against it. A short name (a family name, an initial, an acronym) is joined to a full
one only if a single bearer comes into question, and the article names it so or speaks of the same people.
What could be one or several is kept apart, and listed with the reason. The rules follow what news style makes
likely: a person is named in full at the first mention.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from analystkit.corpus.names import group, head, normal

#: A name that more than so many articles have in common says little about who else is in them.
_TOO_COMMON: Final = 1_000

#: A description tells one namesake from the others if so large a part of its use is theirs; articles that
#: name both now and then give the one the other's description.
_CLEARLY: Final = 0.75

Name = tuple[str, ...]


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
        company: Full names of the other people and organisations of the article.
    """

    article: str
    id: str
    name: str
    label: str
    aliases: tuple[str, ...] = ()
    heads: frozenset[str] = frozenset()
    company: frozenset[Name] = frozenset()


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
class _Block:
    """What is known of bearers that are one: how often they are called what, and who is with them."""

    heads: Counter[str] = field(default_factory=Counter)
    company: set[Name] = field(default_factory=set)

    def described_as(self, heads: frozenset[str]) -> float:
        """The share of its descriptions that are among `heads`."""
        return sum(self.heads[head] for head in heads) / max(1, self.heads.total())


def is_full(name: Name, kind: str) -> bool:
    """Whether a name tells its bearer from others: given and family name; for all but people any name."""
    return kind != "person" or (len(name) > 1 and len(name[0]) > 1)


def heads_of(descriptions: Iterable[str]) -> frozenset[str]:
    """What some descriptions call their bearer."""
    return frozenset(filter(None, map(head, descriptions)))


def link(bearers: Sequence[Bearer]) -> tuple[list[list[int]], list[Doubt]]:
    """Join the bearers that are one.

    Returns:
        Groups of positions in `bearers`, each position in one of them, in the order of their first members; and
        what was left open.
    """
    work = _Linking(bearers)
    work.full_names()
    work.short_names()
    work.aliases()
    work.other_kinds()
    work.family_names()
    return work.groups(), work.doubts


class _Linking:
    def __init__(self, bearers: Sequence[Bearer]) -> None:
        self.bearers = bearers
        self.kinds = [group(bearer.label) for bearer in bearers]
        self.names = [normal(bearer.name) for bearer in bearers]
        self.parent = list(range(len(bearers)))
        self.doubts: list[Doubt] = []
        self.full: dict[tuple[str, Name], list[int]] = {}  # key -> one member of each block
        self.short: dict[tuple[str, Name], list[int]] = {}

    def root(self, one: int) -> int:
        while self.parent[one] != one:
            self.parent[one] = self.parent[self.parent[one]]
            one = self.parent[one]
        return one

    def unite(self, members: Iterable[int]) -> None:
        roots = sorted({self.root(member) for member in members})
        for other in roots[1:]:
            self.parent[other] = roots[0]

    def groups(self) -> list[list[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for one in range(len(self.bearers)):
            found[self.root(one)].append(one)
        return [found[root] for root in sorted(found)]

    def doubt(self, name: Name, why: str, members: Iterable[int]) -> None:
        """Note that some bearers were kept apart, each by a member of its block; blocks are looked up in the end."""
        roots = sorted({self.root(member) for member in members})
        if len(roots) > 1:
            self.doubts.append(Doubt(" ".join(name), why, [[root] for root in roots]))

    # the steps

    def full_names(self) -> None:
        """The same full name: one bearer, unless middle names or descriptions speak against it."""
        blocks: defaultdict[tuple[str, Name], list[int]] = defaultdict(list)
        for one, (kind, name) in enumerate(zip(self.kinds, self.names, strict=True)):
            if name and is_full(name, kind):
                blocks[kind, (name[0], name[-1]) if kind == "person" else name].append(one)
        for key, members in blocks.items():
            apart = self._by_middle_name(key[1], members) if key[0] == "person" else [members]
            self.full[key] = [one for several in apart for one in self._by_context(key, several)]

    def short_names(self) -> None:
        """A family name or an initial: joined to the only full name it can stand for, if the article fits."""
        by_family: defaultdict[str, list[int]] = defaultdict(list)
        for (kind, name), blocks in self.full.items():
            if kind == "person":
                by_family[name[-1]] += blocks
        waiting: defaultdict[Name, list[int]] = defaultdict(list)
        for one, (kind, name) in enumerate(zip(self.kinds, self.names, strict=True)):
            if name and not is_full(name, kind):
                waiting[name].append(one)
        known = self._known({name[-1] for name in waiting})
        for name, members in waiting.items():
            able = {b: known[self.root(b)] for b in by_family.get(name[-1], ()) if self._may_be(name, self.names[b])}
            meant = {one: self._meant(self.bearers[one], able) for one in members}
            for one, full in meant.items():
                if full is not None:
                    self.unite((full, one))
            left = [one for one, full in meant.items() if full is None]
            if left:
                blocks = self._by_context(("person", name), left, described=True)
                self.short["person", name] = blocks
                self.doubt(name, "only the family name is the same", [*able, *blocks])

    def aliases(self) -> None:
        """An acronym or nickname: joined to the only one that some article calls so."""
        called: defaultdict[tuple[str, Name], set[int]] = defaultdict(set)
        for one, bearer in enumerate(self.bearers):
            for alias in map(normal, bearer.aliases):
                if alias and alias != self.names[one] and not (self.kinds[one] == "person" and len(alias) > 1):
                    called[self.kinds[one], alias].add(self.root(one))
        for key, blocks in sorted(called.items()):
            if key[0] == "person" and key[1] in {name[-1:] for name in (self.names[block] for block in blocks)}:
                continue  # a family name, not a nickname
            ours = [*self.full.get(key, ()), *self.short.get(key, ())]
            others = {self.root(block) for block in blocks} - {self.root(one) for one in ours}
            if not ours or not others:
                continue
            if len(others) == 1:
                self.unite((*ours, *others))
            else:
                self.doubt(key[1], "the short name of several", (*ours, *others))

    def other_kinds(self) -> None:
        """The same name with labels of different kinds: one if of several words in a like context, else a doubt."""
        by_name: defaultdict[Name, list[int]] = defaultdict(list)
        for (kind, name), blocks in (*self.full.items(), *self.short.items()):
            if kind != "person":
                by_name[name] += blocks
            else:
                for block in blocks:
                    by_name[self.names[block]].append(block)
        for name, blocks in by_name.items():
            if len({self.kinds[block] for block in blocks}) < 2:
                continue
            if len(name) > 1 and (all(self.kinds[block] != "person" for block in blocks) or self._akin(blocks)):
                self.unite(blocks)
            else:
                self.doubt(name, "the same name for different kinds of things", blocks)

    def family_names(self) -> None:
        """The same family name with other given names: nobody would join them, but a reader should know."""
        by_family: defaultdict[str, list[int]] = defaultdict(list)
        for (kind, name), blocks in self.full.items():
            if kind == "person":
                by_family[name[-1]].append(blocks[0])
        for family, blocks in by_family.items():
            self.doubt((family,), "the given names differ", blocks)

    # what they share

    def _by_middle_name(self, name: Name, members: list[int]) -> list[list[int]]:
        """Members by the initial of their middle name; those without one belong to the only one there is."""
        initials: defaultdict[str, list[int]] = defaultdict(list)
        for one in members:
            middle = self.names[one][1:-1]
            initials[middle[0][0] if middle else ""].append(one)
        if (len(initials) <= 2 and "" in initials) or len(initials) == 1:
            return [members]
        self.doubt(name, "the middle names differ", [several[0] for several in initials.values()])
        return list(initials.values())

    def _by_context(self, key: tuple[str, Name], members: list[int], *, described: bool = False) -> list[int]:
        """Unite the bearers of one name whose contexts agree; returns one member of each block that is left.

        With `described`, company says nothing of those who are described: namesakes keep the same company in
        articles about the same thing, and a family name is not enough to tell them from one person.
        """
        if key[0] != "person" or len(members) == 1:
            self.unite(members)
            return members[:1]
        parent = {one: one for one in members}

        def root(one: int) -> int:
            while parent[one] != one:
                one = parent[one] = parent[parent[one]]
            return one

        holders: defaultdict[Hashable, list[int]] = defaultdict(list)
        for one in members:
            bearer = self.bearers[one]
            for feature in bearer.heads if described and bearer.heads else (*bearer.heads, *bearer.company):
                holders[feature].append(one)
        for sharing in holders.values():
            if len(sharing) <= max(_TOO_COMMON, len(members) // 2):
                for other in sharing[1:]:
                    parent[max(root(sharing[0]), root(other))] = min(root(sharing[0]), root(other))
        blocks: defaultdict[int, list[int]] = defaultdict(list)
        for one in members:
            blocks[root(one)].append(one)
        main, *others = sorted(blocks.values(), key=lambda block: (-len(block), block[0]))
        heads = {word for one in main for word in self.bearers[one].heads}
        apart = []
        for block in others:
            theirs = {word for one in block for word in self.bearers[one].heads}
            if heads and theirs and not heads & theirs:
                apart.append(block)
            else:
                main += block
        for block in (main, *apart):
            self.unite(block)
        kept = [main[0], *(block[0] for block in apart)]
        self.doubt(key[1], "described differently, among other people", kept)
        return kept

    def _known(self, families: set[str]) -> defaultdict[int, _Block]:
        """What is known of the blocks of people with these family names: who is with them, what they are called."""
        found: defaultdict[int, _Block] = defaultdict(_Block)
        for one, (kind, name) in enumerate(zip(self.kinds, self.names, strict=True)):
            if kind == "person" and name and name[-1] in families and is_full(name, kind):
                block = found[self.root(one)]
                block.heads.update(self.bearers[one].heads)
                block.company |= self.bearers[one].company
        return found

    def _meant(self, bearer: Bearer, able: Mapping[int, _Block]) -> int | None:
        """Which of the bearers of full names a short name stands for, if one can be told from the others.

        Among several it is the one that is described so; a single one may also be known by the company.
        """
        shares = {one: block.described_as(bearer.heads) for one, block in able.items()}
        if not shares:
            return None
        best = max(shares, key=lambda one: shares[one])
        if shares[best] > _CLEARLY * sum(shares.values()):
            return best
        if len(able) == 1 and bearer.company & able[best].company:
            return best
        return None

    def _akin(self, blocks: Sequence[int]) -> bool:
        """Whether the first bearers of some blocks are described alike, or each named among people of the first."""
        first, *others = (self.bearers[block] for block in blocks)
        return all(first.heads & other.heads or first.company & other.company for other in others)

    def _may_be(self, short: Name, full: Name) -> bool:
        """Whether a short name can be that of the bearer of a full one."""
        return len(short) == 1 or full[0].startswith(short[0])


def most_common(values: Iterable[str]) -> str:
    """The most frequent of some values; of several the longest, then the first in the alphabet."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], -len(value), value))
