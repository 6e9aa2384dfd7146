"""Names made comparable, and what a description says of its bearer."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from analystkit import lexicons

#: Kinds of entity whose labels a name recogniser mixes up with each other.
_GROUPS: Final = {"PERSON": "person", "ORG": "organisation"} | dict.fromkeys(("GPE", "LOC", "NORP", "FAC"), "place")

#: What may follow an organisation's or a person's name without being part of what tells it from others.
_SUFFIXES: Final = frozenset(
    "inc incorporated corp corporation co company ltd limited llc plc gmbh ag sa nv jr sr".split()
)

_HEAD_ENDS: Final = re.compile(r",|\b(?:of|at|in|for|from|on|to|with|who|which|that|whose)\b", re.IGNORECASE)

#: Hyphens that some write and some do not: "Jong-un" and "Jong Un", "al-Assad" and "al Assad"; not "Smith-Jones".
_LOOSE_HYPHEN: Final = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_A-Z])|\b(?<=[Aa]l)-|\b(?<=[Ee]l)-")
_ARTICLES: Final = frozenset({"al", "el"})

#: Letters that transliterations and spellings of one name write in different ways; applied in this order.
_SOUNDS: Final = (
    (re.compile(r"(.)\1"), r"\1"),
    (re.compile("x"), "ks"),
    (re.compile("ph"), "f"),
    (re.compile("tch|tsch"), "ch"),
    (re.compile("[ck]h?|q|gh"), "k"),
    (re.compile("w"), "v"),
    (re.compile("z"), "s"),
    (re.compile("j"), "i"),
    (re.compile("(?<=.)h(?=[^aeiouy]|$)"), ""),
    (re.compile("(?<=.)[aeiouy]+|^[aeiouy]+"), ""),
    (re.compile(r"(.)\1"), r"\1"),
)
_LEAST_SOUNDS: Final = 3  # consonants that must agree; fewer are chance: Maria and Mario, Jon and Jan


def group(label: str) -> str:
    """The kind of thing a label stands for, coarsely: "person", "organisation", "place" or "thing"."""
    return _GROUPS.get(label, "thing")


@lru_cache(maxsize=65_536)
def normal(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, points, "the", a possessive ending and "Inc." or "Jr."."""
    plain = unicodedata.normalize("NFKD", _LOOSE_HYPHEN.sub(" ", name))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"['’]s?\b(?=\W*$)", "", plain).replace(".", "")
    words = [word for word in re.split(r"[^\w&'’-]+", plain) if word]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return tuple(words)


def bearing(name: tuple[str, ...]) -> tuple[str, str]:
    """Given and family name of a person's normal name, an Arabic article left out."""
    words = [word for n, word in enumerate(name) if n == 0 or word not in _ARTICLES] or list(name)
    return words[0], words[-1]


@lru_cache(maxsize=65_536)
def sound(word: str, least: int = _LEAST_SOUNDS) -> str:
    """What different spellings of a name have in common: "Sergei" and "Sergey", "Mohammed" and "Muhammad".

    The consonants, those that transliterations mix up taken for one. Empty where fewer than `least` are left.
    An ending that tells women from men is kept: "Alexandra" is not "Alexander".
    """
    ending = word[-1:] if word[-1:] in "aeo" else ""
    for pattern, instead in _SOUNDS:
        word = pattern.sub(instead, word)
    return f"{word}-{ending}" if len(word) >= least else ""


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in lexicons.lines("short_names"):
        full, *short = line.split()
        for one in short:
            found[one] = found.get(one, frozenset()) | {full}
    return found


def same_given(one: str, other: str) -> bool:
    """Whether two given names may be one in other spelling or a short form: "Kate" of "Katherine"."""
    if one == other or (sound(one) and sound(one) == sound(other)):
        return True
    forms = _short_forms()
    ours, theirs = forms.get(one, frozenset()) | {one}, forms.get(other, frozenset()) | {other}
    return bool(ours & theirs)


def initials(name: tuple[str, ...]) -> frozenset[str]:
    """The acronyms that an organisation's name may have: of all its words, and of those that are not small."""
    small = {"of", "the", "and", "for", "de", "la", "in", "on"}
    strong = [word[0] for word in name if word not in small]
    if len(strong) < 2:
        return frozenset()
    return frozenset({"".join(strong), "".join(word[0] for word in name)})


@cache
def _common_words() -> frozenset[str]:
    return frozenset(word for line in lexicons.lines("institutions") for word in line.split())


@lru_cache(maxsize=65_536)
def is_common(name: tuple[str, ...]) -> bool:
    """Whether a name of an organisation is one that every country or town has: "Foreign Ministry", "City Council"."""
    return all(word in _common_words() for word in name)


@lru_cache(maxsize=65_536)
def head(description: str) -> str | None:
    """What a description calls its bearer: "minister" for "the port minister of Marno"; None if it says nothing."""
    front = _HEAD_ENDS.split(description, maxsplit=1)[0]
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", front)
    return words[-1].casefold() if words and not words[-1][0].isupper() else None
