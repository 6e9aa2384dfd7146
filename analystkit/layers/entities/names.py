"""What names are made of, as words alone: folding, persons' names and their order, initials, titles."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from analystkit import lexicons

#: Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "’": "'", "‘": "'"})
_QUOTED = re.compile(r"[“\"‘'(][^”\"’')]*[”\"’')]")


@cache
def plain(words: str) -> str:
    """Words folded for comparison: lower case, no accents, straight apostrophes, single blanks."""
    apart = unicodedata.normalize("NFKD", " ".join(words.split()).casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_LETTERS)


def initials(words: str) -> frozenset[str]:
    """The acronyms that a name of several words may have: of its capitalised words, and of all its words."""
    parts = [part for part in re.split(r"[\s-]+", re.sub(r"[’']s?\b", "", words)) if part]
    strong = [part for part in parts if part[0].isupper()]
    if len(strong) < 2:
        return frozenset()
    small = [part for part in parts if part[0].isupper() or part.casefold() not in {"the"}]
    return frozenset({"".join(part[0] for part in strong), "".join(part[0] for part in small).upper()})


@lru_cache(1 << 14)
def is_acronym(words: str) -> bool:
    """Whether words look like initials: two to eight capitals, with or without full stops."""
    short = words.replace(".", "").replace("&", "")
    return 2 <= len(short) <= 8 and short.isalpha() and short.isupper() and " " not in words.strip()


def spelt_out(words: str) -> str | None:
    """What usual initials stand for ("U.N." → "United Nations"), on their own or opening a longer name; "Mont."."""
    acronyms, states_short = lexicons.load("names")["acronyms"], lexicons.load("names")["states_short"]
    if words in states_short:
        return str(states_short[words])
    first, _, rest = words.partition(" ")
    full = acronyms.get(first.replace(".", ""))
    return f"{full} {rest}".strip() if full else None


@dataclass(frozen=True)
class PersonName:
    """A person's name taken apart. All parts are folded by `plain`.

    Attributes:
        parts: Its words, without titles, suffixes and nicknames, hyphened given names taken apart.
        surname: The words that a later mention may use alone; empty for a name of one word.
        nickname: A name in quotation marks or brackets inside it; "" where there is none.
    """

    parts: tuple[str, ...]
    surname: tuple[str, ...]
    nickname: str = ""

    @cached_property
    def given(self) -> tuple[str, ...]:
        """The words that are not the surname."""
        kept = list(self.parts)
        for part in self.surname:
            if part in kept:
                kept.remove(part)
        return tuple(kept)

    @property
    def is_full(self) -> bool:
        """Whether it has both a given name and a surname."""
        return bool(self.surname) and len(self.parts) > len(self.surname)

    def may_be_called(self, words: tuple[str, ...]) -> float:
        """How well a shorter name calls this person: 1 by surname, .8 by nickname, .5 by given name, else 0."""
        if words == self.surname or (len(words) < len(self.surname) and words == self.surname[-len(words) :]):
            return 1.0
        if len(words) > len(self.surname) and words == self.parts[-len(words) :]:
            return 1.0
        if self.nickname and words == (self.nickname,):
            return 0.8
        return 0.5 if words and words == self.given[: len(words)] else 0.0

    def is_same(self, other: PersonName) -> bool:
        """Whether two full names can be one person's: same surname, and given names that do not clash."""
        if self.surname != other.surname:
            return False
        mine, theirs = self.given, other.given
        if not mine or not theirs:
            return False
        if mine[0] != theirs[0] and not _abbreviates(mine[0], theirs[0]):
            return "".join(mine) == "".join(theirs)
        middle = (mine[1:], theirs[1:])
        return not all(middle) or all(_abbreviates(a, b) or a == b for a, b in zip(*middle, strict=False))


def _abbreviates(one: str, other: str) -> bool:
    """Whether one given name is the initial of the other ("j." and "joseph")."""
    one, other = one.rstrip("."), other.rstrip(".")
    return (len(one) == 1 or len(other) == 1) and one[:1] == other[:1]


@lru_cache(1 << 14)
def person(words: str) -> PersonName:
    """Take a person's name apart; titles must be off already.

    The surname is the last word with the particles before it ("van der Leyen"), or the first word where it
    is a family name of Korea, China or Vietnam and the rest looks like a given name of there.
    """
    lexicon = lexicons.load("names")
    nickname = _QUOTED.search(words) if _QUOTED.search(words) and " " in words else None
    bare = _QUOTED.sub(" ", words) if nickname else words
    tokens = [token.strip(",") for token in bare.split()]
    while len(tokens) > 1 and tokens[-1] in lexicon["suffixes"]:
        tokens.pop()
    nick = plain(nickname.group()[1:-1]) if nickname else ""
    if len(tokens) < 2:
        return PersonName(tuple(plain(token) for token in tokens), (), nick)
    if _family_comes_first(tokens):
        given = [part for token in tokens[1:] for part in plain(token).split("-")]
        return PersonName((plain(tokens[0]), *given), (plain(tokens[0]),), nick)
    folded = tuple(plain(token) for token in tokens)
    start = len(folded) - 1
    while start > 1 and folded[start - 1] in _particles():
        start -= 1
    return PersonName(folded, folded[start:], nick)


def _family_comes_first(tokens: list[str]) -> bool:
    if plain(tokens[0]) not in _family_names():
        return False
    rest = tokens[1:]
    if len(rest) == 1:  # "Kim Yung-ho", "Xi Jinping"; but "Kim Novak" and "Lee Harvey" stay Western
        return "-" in rest[0] or (_is_pinyin(rest[0]) and plain(tokens[0]) in _family_names())
    # "Kim Jong Un", "Nguyen Thi Lan": short given names, and a last word that is no family name of the West.
    return len(rest) == 2 and all(len(token) <= 5 for token in rest)


_PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uan|uai|an|en|in|un|ai|ei"
    r"|ao|ou|ia|ie|iu|ua|ue|ui|uo|a|e|i|o|u))"
)


def _is_pinyin(word: str) -> bool:
    """Whether a word is two or one syllables of Chinese in Latin letters ("Jinping", "Qiang")."""
    rest, syllables = plain(word), 0
    while rest and (match := _PINYIN.match(rest)):
        rest, syllables = rest[match.end() :], syllables + 1
    return (not rest and syllables == 2) or (not rest and syllables == 1 and len(word) > 3)


@cache
def _family_names() -> frozenset[str]:
    return frozenset(plain(name) for name in lexicons.load("names")["family_first"])


@cache
def _particles() -> frozenset[str]:
    return frozenset(lexicons.load("names")["particles"])


@cache
def titles() -> dict[tuple[str, ...], str]:
    """Titles before names: their words, case and full stops as written, and the title as one string."""
    return {tuple(title.split()): title for title in lexicons.load("titles")["before_names"]}


@cache
def qualifiers() -> frozenset[str]:
    """Words that narrow a name down ("National") but are neither a name alone nor anybody's given name."""
    return frozenset(lexicons.load("names")["qualifiers"])


@cache
def peoples() -> frozenset[str]:
    """Words for one of a party or faith ("Sunni")."""
    return frozenset(lexicons.load("names")["peoples"])


@cache
def topics() -> frozenset[str]:
    """What ministries and offices are for ("Trade", "Foreign", "Affairs")."""
    return frozenset(lexicons.load("names")["topics"])


@cache
def bodies() -> frozenset[str]:
    """Last words of the names of bodies ("Ministry")."""
    return frozenset(lexicons.load("names")["bodies"])


def without_legal_form(words: str) -> str:
    """A body's name without what kind of firm it is in law: "Corvane Systems Inc." → "Corvane Systems"."""
    parts = words.split()
    while len(parts) > 1 and (parts[-1] in lexicons.load("names")["legal_forms"] or parts[-1] == "&"):
        parts.pop()
    return " ".join(parts)


@cache
def states() -> frozenset[str]:
    """Parts of large countries."""
    return frozenset(lexicons.load("names")["states"])


@cache
def of_places() -> frozenset[str]:
    """Last words of names whose first word is the place that they are in ("Miami Herald")."""
    return frozenset(lexicons.load("names")["of_places"])


@cache
def kinds_of_things() -> frozenset[str]:
    """Last words that show a name to be no person's: of bodies, buildings, landscapes, events, laws."""
    lexicon = lexicons.load("names")
    kinds = ("bodies", "buildings", "landscapes", "events", "laws")
    return frozenset(word for kind in kinds for word in lexicon[kind])


@cache
def gender_of_title(title: str) -> str | None:
    """The gender that a title tells, "f" or "m"; None where it tells none."""
    lexicon = lexicons.load("titles")
    told = {title, title.partition(" ")[0]}  # "Mrs Justice"
    if not told.isdisjoint(lexicon["feminine"]):
        return "f"
    return None if told.isdisjoint(lexicon["masculine"]) else "m"


def gender_of_given_name(name: PersonName | None) -> str | None:
    """The gender that a full name's given name tells, "f" or "m"; None where it tells none."""
    if name is None or not name.is_full:
        return None
    given = lexicons.given_names()
    return given.get(name.given[0]) or given.get("-".join(name.given)) or given.get(name.given[0].split("-")[0])


def is_given_name(word: str) -> bool:
    """Whether a word is known as a given name."""
    return plain(word) in lexicons.given_names()


def opens_name(word: str) -> bool:
    """Whether a word is known to open a person's name: a given name, or a family name before it ("Nguyễn")."""
    return is_given_name(word) or plain(word) in _family_names()
