"""Names joined into entities by their words alone: spellings, initials, short forms, surnames, countries.

What the words leave open (two people with one surname) is left open here and settled in the order of
reading, by `analystkit.layers.entities.discourse`.
"""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from analystkit import lexicons
from analystkit.layers.entities import countries
from analystkit.layers.entities.names import (
    PersonName,
    bodies,
    gender_of_title,
    initials,
    is_acronym,
    of_places,
    person,
    plain,
    spelt_out,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from analystkit.layers.entities.mentions import Mention


#: "Department of Justice", "Ministry of Foreign Affairs": "Justice Department", "Foreign Ministry".
_OF_WHAT = re.compile(r"^(department|ministry) of (?:the )?(.+?)(?: affairs)?$")
#: Labels of what has no short form.
_ONE_NAME = frozenset({"NORP", "LAW", "GPE", "LOC"})


@dataclass(eq=False)
class Cluster:
    """Mentions of one entity, as they are being collected.

    Attributes:
        label: Kind of entity.
        mentions: Its mentions.
        person: Its name taken apart, for people.
        country: ISO code, for countries and their peoples.
        gender: "f" or "m" where titles, words of kinship or pronouns told.
        reasons: Why mentions were joined, in words.
        called: Nouns that it was called by ("minister", "company"), lower case.
        words: All words used of it: those nouns and what stood with them ("foreign minister").
        nationality: ISO codes of the countries said to be its own.
        many: Several together ("officials").
        heard: How often pronouns spoke for each gender, while it is unknown.
        thing: For what has no name: the group of nouns that stand for it (`lexicons/things.toml`).
    """

    label: str
    mentions: list[Mention] = field(default_factory=list)
    person: PersonName | None = None
    country: str | None = None
    gender: str | None = None
    reasons: list[str] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    nationality: set[str] = field(default_factory=set)
    many: bool = False
    heard: Counter[str] = field(default_factory=Counter)
    thing: str = ""
    _named: list[Mention] = field(default_factory=list, init=False, repr=False)  # by name, in the order of the text
    _texts: set[str] = field(default_factory=set, init=False, repr=False)  # their words

    def add(self, mention: Mention, reason: str = "") -> None:
        """Take a mention in, with the reason for it where it is not the first."""
        self.mentions.append(mention)
        if mention.kind == "name":
            insort(self._named, mention, key=lambda known: known.start)
            stale = () if mention.text in self._texts else ("fullest", "folded", "name_words", "kind_word")
            for known in ("names", *stale):
                self.__dict__.pop(known, None)
            self._texts.add(mention.text)
        if mention.title and self.gender is None:
            self.gender = gender_of_title(mention.title)
        if reason and reason not in self.reasons:
            self.reasons.append(reason)

    def absorb(self, other: Cluster, reason: str) -> None:
        """Take all mentions of another cluster in."""
        for mention in other.mentions:
            self.add(mention, reason)
        self.reasons += [known for known in other.reasons if known not in self.reasons]
        self.person = self.person or other.person
        self.gender = self.gender or other.gender
        self.country = self.country or other.country
        self.called |= other.called
        self.words |= other.words
        self.nationality |= other.nationality

    @cached_property
    def names(self) -> list[str]:
        """The words of its names, in the order of the text."""
        return [mention.text for mention in self._named]

    @cached_property
    def fullest(self) -> str:
        """The fullest of its names (`longest_name`)."""
        return longest_name(self.names)

    @cached_property
    def folded(self) -> list[str]:
        """The words of its fullest name, folded."""
        return [plain(part) for part in self.fullest.split()]

    @cached_property
    def name_words(self) -> set[str]:
        """The words of all its names, folded."""
        return {plain(word) for name in self.names for word in name.split()}

    @cached_property
    def kind_word(self) -> str:
        """The word of its name that says what it is: the last one, or the one before "of" or "for"; "" for none."""
        words = self.fullest.split()
        for at, word in enumerate(words):
            if at and word.lower() in {"of", "for"}:
                return "" if words[at - 1] == "Group" else words[at - 1]  # "Group of 20"
        return words[-1] if len(words) > 1 else ""

    @property
    def first(self) -> int:
        """Token position of its first mention."""
        return min(mention.start for mention in self.mentions)


@dataclass
class Linked:
    """Names joined as far as words go.

    Attributes:
        clusters: The entities so far.
        open: Mentions that fit several clusters equally well, with those clusters.
    """

    clusters: list[Cluster]
    open: list[tuple[Mention, list[Cluster]]]


def join(doc: Doc, mentions: list[Mention]) -> Linked:
    """Join names into clusters; every mention ends up in a cluster or among the open ones."""
    people = [mention for mention in mentions if mention.label == "PERSON"]
    others = [mention for mention in mentions if mention.label != "PERSON"]
    clusters, open_ = _people(people)
    clusters += _things(doc, others)
    return Linked(clusters, open_)


def _people(mentions: list[Mention]) -> tuple[list[Cluster], list[tuple[Mention, list[Cluster]]]]:
    taken_apart = _with_double_surnames([(mention, person(mention.text)) for mention in mentions])
    shorts: set[tuple[str, ...]] = {name.parts for _, name in taken_apart if len(name.parts) == 1}
    clusters: list[Cluster] = []
    for mention, name in taken_apart:
        if not name.is_full:
            continue
        name = _in_order_of_use(name, shorts)
        home = next((c for c in clusters if c.person and c.person.is_same(name)), None)
        if home is None:
            home = Cluster("PERSON", person=name)
            clusters.append(home)
        elif plain(mention.text) not in {plain(known) for known in home.names}:
            home.reasons.append(f"“{mention.text}” is another spelling of “{home.names[0]}”")
        if home.person is not None and len(name.parts) > len(home.person.parts):
            home.person = name
        home.add(mention)
    open_: list[tuple[Mention, list[Cluster]]] = []
    by_word: dict[str, list[Cluster]] = defaultdict(list)

    def index(cluster: Cluster, name: PersonName) -> None:
        for word in {*name.parts, name.nickname}:
            by_word[word].append(cluster)

    for cluster in clusters:
        if cluster.person:
            index(cluster, cluster.person)
    for mention, name in taken_apart:
        if name.is_full:
            continue
        known = by_word[name.parts[0]] if name.parts else clusters
        fits = [(c, c.person.may_be_called(name.parts)) for c in known if c.person]
        best = max((fit for _, fit in fits), default=0.0)
        fitting = [cluster for cluster, fit in fits if fit == best and fit > 0]
        if best == 0:
            home = Cluster("PERSON", person=name)
            clusters.append(home)
            index(home, name)
            home.add(mention)
        elif len(fitting) == 1:
            home = fitting[0]
            how = {1.0: "surname", 0.8: "nickname"}.get(best, "given name")
            home.add(mention, f"“{mention.text}” is the {how} of {home.fullest}")
        else:
            open_.append((mention, fitting))
    return clusters, open_


def _with_double_surnames(names: list[tuple[Mention, PersonName]]) -> list[tuple[Mention, PersonName]]:
    """Take two words for a surname where a longer name ends in them: "Wasserman Schultz" after "Debbie …"."""
    pairs = {name.parts for _, name in names if len(name.parts) == 2}
    doubled = {
        name.parts[-2:] for _, name in names if len(name.parts) > 2 and name.surname == name.parts[-1:]
    } & pairs  # fmt: skip
    return [
        (mention, replace(name, surname=name.parts[-2:]) if name.parts[-2:] in doubled else name)
        for mention, name in names
    ]


def _in_order_of_use(name: PersonName, shorts: set[tuple[str, ...]]) -> PersonName:
    """Take the first of three words for the surname where the article itself uses only that one alone.

    So with names whose order no list tells ("Abe Shinzo"); two words stay as they are, since a first name
    alone is common in features.
    """
    first, last = (name.parts[0],), (name.parts[-1],)
    if len(name.parts) >= 3 and first in shorts and last not in shorts and len(name.surname) == 1:
        return PersonName(name.parts, first, name.nickname)
    return name


def longest_name(names: list[str]) -> str:
    """The fullest of some names: spelt out rather than initials, then the longest, then the first."""
    written = [name for name in names if not (name.isupper() and len(name) > 5)] or names
    return max(written, key=_fullness)


@lru_cache(1 << 14)
def _fullness(name: str) -> tuple[bool, bool, bool, int, int]:
    """How full a name is: "Eddie Mannix" more than "E. J. Mannix", and that more than "Mannix"."""
    words = name.split()
    return not is_acronym(name), len(words) > 1, not re.match(r"[A-Z]\.", name), len(words), len(name)


def _things(doc: Doc, mentions: list[Mention]) -> list[Cluster]:
    clusters: dict[str, Cluster] = {}
    for mention, key in _of_countries(doc, mentions):
        home = clusters.setdefault(key, Cluster(mention.label, country=mention.country))
        words = plain(mention.text)
        if mention.metonym:
            home.add(mention, f"“{mention.text}” stands for the government")
        elif mention.country and mention.role == "name" and home.mentions and words not in map(plain, home.names):
            home.add(mention, f"“{mention.text}” is another name of the country")
        else:
            home.add(mention)
    found = list(clusters.values())
    found = _initials(doc, found)
    return _short_forms(doc, found)


def _of_countries(doc: Doc, mentions: list[Mention]) -> Iterator[tuple[Mention, str]]:
    """Names with what is the same for those of one entity; one key does not serve the ministries of two countries.

    Where an article has "Russia's Defence Ministry" and "Britain's", one without an owner is that of the last one.
    """
    nations = {i: mention.country for mention in mentions if mention.country for i in range(mention.start, mention.end)}
    keyed: list[tuple[Mention, str, str | None]] = []
    owners: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        owner, key = None, _same_for_all(mention)
        if mention.label == "ORG":
            before = mention.start - 1
            before -= before > 0 and doc[before].text in {"'s", "’s", "'", "’"}
            owner = nations.get(before)
        keyed.append((mention, key, owner))
        if owner:
            owners[key].add(owner)
    last: dict[str, str] = {}
    for mention, key, owner in keyed:
        if key in owners and len(owners[key]) > 1:
            last[key] = owner or last.get(key, "")
            yield mention, f"{key} of {last[key]}"
        else:
            yield mention, key


def _same_for_all(mention: Mention) -> str:
    """What all names of one entity in the same words, or of one country, share."""
    if mention.country:
        return f"{'demonym' if mention.label == 'NORP' else 'name'} {mention.country}"
    words = mention.text.removesuffix("s") if mention.label == "NORP" else mention.text  # "Sunni", "Sunnis"
    return f"{_family(mention.label)} {_key(words)}"


def _family(label: str) -> str:
    """Labels that recognisers mix up for one and the same name are joined all the same."""
    return "place" if label in {"GPE", "LOC", "FAC"} else "body" if label in {"ORG"} else label


def _key(words: str) -> str:
    full = spelt_out(words) if not is_acronym(words) or words in lexicons.load("names")["states_short"] else None
    key = _OF_WHAT.sub(r"\2 \1", plain(full or words).removeprefix("the "))
    return re.sub(r"[-’'.]", "", key) if len(key) > 3 else key


def _initials(doc: Doc, clusters: list[Cluster]) -> list[Cluster]:
    """Join initials with the name they stand for: introduced in brackets, by first letters, or known."""
    kept: list[Cluster] = []
    full = [c for c in clusters if any(" " in name or "-" in name for name in c.names) and c.label != "NORP"]
    states = lexicons.load("names")["states_short"]
    for cluster in clusters:
        short = next((name for name in cluster.names if is_acronym(name)), None)
        state = cluster.label == "GPE" and short in states  # "Ann Lee (N.Y.)", no Supreme Court in "Lee (R-S.C.)"
        if short is None or cluster in full or cluster.country or state:
            kept.append(cluster)
            continue
        home, reason = _spelt_out_in(doc, cluster, short, full)
        if home is None:
            kept.append(cluster)
        else:
            home.absorb(cluster, reason)
    return kept


def _spelt_out_in(doc: Doc, cluster: Cluster, short: str, full: list[Cluster]) -> tuple[Cluster | None, str]:
    letters = short.replace(".", "").replace("&", "")
    first = cluster.mentions[0]
    opened = first.start > 0 and doc[first.start - 1].text == "("
    for home in full:
        if opened and any(mention.end in {first.start - 1, first.start - 2} for mention in home.mentions):
            return home, f"“{short}” is introduced in brackets after “{home.fullest}”"
    known = lexicons.load("names")["acronyms"].get(letters)
    for home in full:
        for name in home.names:
            if known and plain(name).removeprefix("the ") == plain(known):
                return home, f"“{short}” is the usual short form of “{name}”"
            if len(letters) > 1 and letters.upper() in {one.upper() for one in initials(name)}:
                return home, f"“{short}” are the initials of “{name}”"
    return None, ""


def _short_forms(doc: Doc, clusters: list[Cluster]) -> list[Cluster]:
    """Join a short form ("Corvane", "the Post") with the full name ("Corvane Systems"), if only one fits."""
    kept: list[Cluster] = []
    for cluster in clusters:
        if cluster.label in _ONE_NAME:
            kept.append(cluster)
            continue
        longer = [] if cluster.country else [c for c in clusters if c is not cluster and _shortens(cluster, c)]
        # "Corvane" for "Corvane Systems Inc.", though the article has "Corvane Systems", too
        longer = [c for c in longer if not any(c is not other and _shortens(c, other) for other in longer)]
        longer = longer or [c for c in clusters if c is not cluster and _is_kind_of(doc, cluster, c)]
        if len(longer) == 1:
            short, name = cluster.names[0], longer[0].fullest
            longer[0].absorb(cluster, f"“{short}” is short for “{name}”")
        else:
            kept.append(cluster)
    return kept


def _shortens(short: Cluster, long: Cluster) -> bool:
    if _family(short.label) != _family(long.label) or long.country:
        return False
    mine, theirs = short.folded, long.folded
    if not 0 < len(mine) < len(theirs):
        return False
    opens = theirs[: len(mine)] == mine and not countries.find(" ".join(mine))
    of_storm = short.label == long.label == "EVENT" and theirs[0] in map(plain, lexicons.load("names")["storms"])
    closes = (len(mine) > 1 or of_storm) and theirs[-len(mine) :] == mine
    last = long.fullest.split()[-1]
    return closes or (opens and theirs[len(mine)] not in {"of", "and", "'s"} and last not in of_places())


def _is_kind_of(doc: Doc, short: Cluster, long: Cluster) -> bool:
    """Whether a body goes by the last word of a name read before, with its article: "the Post", "the Court"."""
    if not short.label == long.label == "ORG" or long.country or long.first > short.first:
        return False
    last = long.fullest.split()[-1]
    if len(long.folded) < 2 or {*map(plain, short.names)} != {plain(last)} or last not in bodies():
        return False
    is_club = last in lexicons.load("names")["clubs"]
    return is_club or all(name.start > 0 and doc[name.start - 1].lower_ == "the" for name in short.mentions)
