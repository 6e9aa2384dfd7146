"""Which organisations and places of different articles are one, and what their acronyms stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from analystkit.corpus.bearers import Blocks, Key, Name, Profile
from analystkit.corpus.lands import country_named, lands, of_people, sort_of
from analystkit.corpus.names import initials, is_common, normal
from analystkit.layers.entities.names import is_acronym

#: What the words of a place's name say it is: "Washington state" is not what "Washington" alone is.
_SORTED: Final = frozenset("state city county province region river lake district island islands bay".split())

#: Words in the names of bodies that every town has, not only every country.
_OF_TOWNS: Final = frozenset("city town council municipal county district school hospital port university fire".split())


class Bodies:
    """The steps that join organisations, places and things, each on the blocks that the earlier ones left."""

    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks
        self.bearers, self.names, self.kinds = blocks.bearers, blocks.names, blocks.kinds
        self.all = [one for one, kind in enumerate(self.kinds) if kind != "person" and self.names[one]]
        self.called = self._called()
        self.members: defaultdict[Key, list[int]] = defaultdict(list)  # by what they are and are called
        self._key_of: dict[int, Key] = {}
        self._initials: defaultdict[str, list[int]] | None = None

    def join(self) -> None:
        """All steps."""
        self.same_names()
        self.short_names()

    def same_names(self) -> None:
        """The same name: one, unless it is one that many countries have, or that several places bear."""
        whose: dict[int, str | None] = {}
        area = self._areas()
        for one in self.all:
            kind, name = self.kinds[one], self.names[one]
            if kind == "organisation":
                said, rest = of_people(name)
                if is_common(rest):
                    whose[one] = said or self._seat(one, rest, area)
                    name = rest
            elif kind == "place":
                name = normal(country_named(self.bearers[one].name) or "") or name
            self._key_of[one] = kind, name
            self.members[kind, name].append(one)
        for key, members in self.members.items():
            kind, name = key
            if kind == "organisation" and is_common(name):
                kept = self._keep(self.blocks.part(members, whose.get))
                self.blocks.doubt(name, "every country or town has one; told apart by where the articles are", kept)
            elif kind == "place":
                kept = self._keep(self._places(members))
                self.blocks.doubt(name, "several places, or a place and a team, bear the name", kept)
            elif self._is_open(key):
                kept = members  # each looked at in `short_names`
            else:
                kept = self._keep([members])
            self.blocks.known[key] = kept

    def short_names(self) -> None:
        """An acronym or another short name: joined to the one that some article calls so, if the articles fit.

        One that no article explains is joined to the only name with these initials that fits.
        """
        for key in sorted(key for key in self.blocks.known if key[0] != "person"):
            ours = self.blocks.known[key]
            named = {self.blocks.root(one) for one in ours}
            full = {self.blocks.root(one) for one in self.called.get(key, ())} - named
            explained = bool(full)
            if not full and key[0] == "organisation" and is_acronym(self.bearers[ours[0]].name):
                full = {self.blocks.root(one) for one in self._spelt_out(key[1][0])} - named
            if not full or is_common(key[1]):
                continue
            self._short(key[1], ours, full, explained)
        for (_, name), ones in sorted(self.called.items()):  # also where no article has the short name alone
            if not is_common(name):
                self.blocks.doubt(name, _OF_SEVERAL, sorted(ones))

    def _short(self, name: Name, ours: list[int], full: set[int], explained: bool) -> None:
        """Join the bearers of a short name to the bearers of the full one that they stand for."""
        keys = {self._key_of[one] for one in full}
        profiles = self.blocks.profiles(one for key in sorted(keys) for one in self.members[key])
        if any(self.names[one][-1] in _SORTED for one in full):
            self.blocks.doubt(name, "may be short for a longer name", (*ours, *full))
            return
        is_open = self._is_open(self._key_of[ours[0]])
        whole = self.blocks.profiles(self.members[self._key_of[ours[0]]])
        left = []
        for one in ours:
            theirs = self.blocks.profiles([one])[self.blocks.root(one)] if is_open else whole[self.blocks.root(one)]
            fitting = [other for other in full if _fits(theirs, profiles[other])]
            lone = len(full) == 1 and explained and not (theirs.homes and profiles[min(full)].homes)
            if len(fitting) == 1 or lone:
                self.blocks.unite((one, *(fitting or full)))
            else:
                left.append(one)
        if left:
            apart = self._keep(self.blocks.part(left, lambda one: self.bearers[one].home))
            why = _OF_SEVERAL if len(full) > 1 else "its initials" if not explained else _ELSEWHERE
            self.blocks.doubt(name, why, (*apart, *full))

    # what they share

    def _areas(self) -> dict[str, str]:
        """For each place in no country we know a name of its area: places that one article names belong together."""
        area: dict[str, str] = {}

        def root(place: str) -> str:
            while area.setdefault(place, place) != place:
                place = area[place]
            return place

        for bearer in self.bearers:
            near = sorted(bearer.near)
            for other in near[1:]:
                area[root(other)] = root(near[0])
        return {place: root(place) for place in list(area)}

    def _seat(self, one: int, name: Name, area: Mapping[str, str]) -> str | None:
        """Where a body is that every country or town has: for a town's the town, for others the country or area."""
        bearer = self.bearers[one]
        if bearer.home is None or bearer.home.isupper() or not _OF_TOWNS.isdisjoint(name):
            return bearer.home
        return next(iter(bearer.lands)) if len(bearer.lands) == 1 else area.get(bearer.home, bearer.home)

    def _called(self) -> dict[Key, set[int]]:
        """For each short name those who are called so in some article."""
        found: defaultdict[Key, set[int]] = defaultdict(set)
        for one in self.all:
            for alias in map(normal, self.bearers[one].aliases):
                if alias and alias != self.names[one]:
                    found[self.kinds[one], alias].add(one)
        return dict(found)

    def _is_open(self, key: Key) -> bool:
        """Whether a name is the short one of several: then it may stand for another in each article."""
        return len({self.names[one] for one in self.called.get(key, ())}) > 1

    def _spelt_out(self, acronym: str) -> list[int]:
        """The organisations of which the words begin with these letters."""
        if self._initials is None:
            self._initials = defaultdict(list)
            for one in self.all:
                if self.kinds[one] == "organisation" and not is_common(self.names[one]):
                    for letters in initials(self.names[one]):
                        self._initials[letters].append(one)
        return self._initials.get(acronym, [])

    def _keep(self, parts: Iterable[list[int]]) -> list[int]:
        """Make a block of each part; a member of each."""
        kept = []
        for part in parts:
            self.blocks.unite(part)
            kept.append(part[0])
        return kept

    def _places(self, members: list[int]) -> list[list[int]]:
        """Bearers of one place name, parted by the country they are in and by what they are described as."""
        readings = lands(self.bearers[members[0]].name)

        def country(one: int) -> str | None:
            if len(readings) < 2:
                return None
            bearer = self.bearers[one]
            able = readings & bearer.lands
            return next(iter(able)) if len(able) == 1 else bearer.home if bearer.home in able else None

        def sort(one: int) -> str | None:
            found = sort_of(self.bearers[one].heads)
            return None if found == "country" else found  # a city may be one

        return [
            part
            for alike in self.blocks.part(members, lambda one: self.bearers[one].plays)
            for several in self.blocks.part(alike, country)
            for part in self.blocks.part(several, sort)
        ]


_OF_SEVERAL: Final = "the short name of several"
_ELSEWHERE: Final = "the short name of one that other articles, about other places, are about"


def _fits(one: Profile, other: Profile) -> bool:
    """Whether two are in the same company, or at home in the same places."""
    return bool(one.company & other.company) or bool(one.homes.keys() & other.homes.keys())


def named_together(profiles: Mapping[int, Profile]) -> bool:
    """Whether the first of some blocks is described like, or keeps company with, each of the others."""
    first, *others = profiles.values()
    return all(first.heads.keys() & other.heads.keys() or first.company & other.company for other in others)
