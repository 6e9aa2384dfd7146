"""The words by which statements are compared, read from `lexicons/accounts.toml` and looked up by their form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from analystkit import lexicons
from analystkit.layers.stances.features import stem_of
from analystkit.layers.stances.lexicon import forms, lexicon


@dataclass(frozen=True, slots=True)
class Words:
    """All the lists.

    Attributes:
        families: form -> the first word of its family.
        opposites: form -> forms of words that contradict it.
        matterless: Stems of words that make no matter.
        light: Forms of verbs that any statement may have.
        statements: Nouns and pronouns for an earlier statement.
        replies: Those of them that answer whatever was said just before.
        several: Those of them that may stand for several.
        rejecting: Forms of verbs that reject one.
        denying: Those of them that answer an accusation, whatever follows.
        untrue: Words that say that it is not true.
        existing: Forms of verbs that say of a thing that it is there, comes or happens.
        having: Forms of verbs that say the same of what there is none of.
        possessing: Forms of verbs by which one has what only one can have.
        prospects: Nouns for what has not come yet, or only shows.
        measures: Keys of what is counted everywhere: times, shares and units.
    """

    families: dict[str, str]
    opposites: dict[str, frozenset[str]]
    matterless: frozenset[str]
    light: frozenset[str]
    statements: frozenset[str]
    replies: frozenset[str]
    several: frozenset[str]
    rejecting: frozenset[str]
    denying: frozenset[str]
    untrue: frozenset[str]
    existing: frozenset[str]
    having: frozenset[str]
    possessing: frozenset[str]
    measures: frozenset[str]
    prospects: frozenset[str]

    def key(self, form: str) -> str:
        """What a lower-case word is compared by: its family, or its stem."""
        return self.families.get(form) or stem_of(form)


@cache
def words() -> Words:
    """The lists that come with the package, read once."""
    data, helpers = lexicons.load("accounts"), lexicon().groups
    irregular = lexicons.load("stance_frames")["irregular"] | lexicons.load("stance_helpers")["irregular"]

    def inflected(listed: str) -> frozenset[str]:
        return frozenset(form for word in listed.split() for form in forms(word, "verb", irregular))

    families: dict[str, str] = {}
    for line in data["families"].split("\n"):
        members = line.split()
        for form in inflected(line):
            families.setdefault(form, members[0])
    opposites: dict[str, set[str]] = {}
    for pair in data["opposites"].split("\n"):
        if pair:
            one, other = map(inflected, pair.split())
            for some, against in ((one, other), (other, one)):
                for word in some:
                    opposites.setdefault(word, set()).update(against)
    matterless = frozenset(data["matterless"].split()) | helpers["people"] | helpers["times"]
    return Words(
        families,
        {word: frozenset(against) for word, against in opposites.items()},
        frozenset(map(stem_of, matterless)),
        inflected(data["light"]),
        frozenset(data["statements"].split()),
        frozenset(data["replies"].split()),
        frozenset(data["several"].split()),
        inflected(data["rejecting"]),
        inflected(data["denying"]),
        frozenset(data["untrue"].split()),
        inflected(data["existing"]),
        inflected(data["having"]),
        inflected(data["possessing"]),
        frozenset(families.get(word) or stem_of(word) for word in data["measures"].split()),
        frozenset(data["prospects"].split()),
    )
