"""Countries: their names, the words for their people, their capitals.

The knowledge is the countryinfo package's, with the few things it lacks in `lexicons/countries.toml`. It is
loaded when the first Doc comes, not when spaCy imports the layers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from analystkit import lexicons
from analystkit.layers.entities.names import plain

Role = Literal["name", "demonym", "capital"]

#: Full names in English among countryinfo's "alternative spellings", most of which are in other languages.
_FORMAL = re.compile(
    r"^(?=.*\b(?:Republic|Kingdom|Federation|Confederation|Commonwealth|Emirates|State|States|Principality"
    r"|Union|Duchy|Sultanate|Jamahiriya)\b)[A-Za-z' ]+$"
)


@dataclass(frozen=True)
class Country:
    """A country or territory. `code` is its ISO 3166 alpha-2 code."""

    code: str
    name: str


@dataclass(frozen=True)
class _Tables:
    names: dict[str, Country]
    demonyms: dict[str, Country]
    capitals: dict[str, Country]
    ambiguous: frozenset[str]


@lru_cache(1 << 14)
def find(words: str) -> tuple[Country, Role] | None:
    """The country that words name, name the people of, or name the capital of; None where they do none.

    Case counts for abbreviations only ("US", not "us"). The name goes before the people, and those before
    the capital ("Singapore" is the country).
    """
    tables = _tables()
    key = _key(words)
    if country := tables.names.get(key):
        return country, "name"
    if country := tables.demonyms.get(key) or tables.demonyms.get(_singular(key)):
        return country, "demonym"
    if country := tables.capitals.get(key):
        return country, "capital"
    return None


def is_ambiguous(words: str) -> bool:
    """Whether the words also name other things (Jordan, Chad…), so that they alone do not make a country."""
    return _key(words) in _tables().ambiguous


@cache
def longest_name() -> int:
    """The number of words, split at blanks, in the longest name or demonym."""
    tables = _tables()
    return max(len(name.split()) for name in (*tables.names, *tables.demonyms))


@cache
def first_words() -> frozenset[str]:
    """The first words of all names and demonyms, plural too, folded by `names.plain`: where to look at all."""
    tables = _tables()
    first = {name.split()[0] for name in (*tables.names, *tables.demonyms)}
    return frozenset(first | {f"{word}s" for word in first})


def _key(words: str) -> str:
    words = " ".join(words.split())
    short = words.replace(".", "")
    if len(short) <= 4 and short.isupper():  # abbreviations keep their case, with or without full stops
        return short
    return plain(words).removeprefix("the ")


def _singular(key: str) -> str:
    return key[:-1] if key.endswith("s") and not key.endswith("ss") else key


@cache
def _tables() -> _Tables:
    from countryinfo import CountryInfo

    extra = lexicons.load("countries")
    tables = _Tables({}, {}, {}, frozenset(_key(name) for name in extra["ambiguous"]))
    known: dict[str, Country] = {}
    # Words that serve several (Congolese, Indian, French) go to the most populous of them.
    infos = sorted(CountryInfo.all().values(), key=lambda info: info.get("population") or 0, reverse=True)
    for info in infos:
        code = info.get("ISO", {}).get("alpha2")
        if not code or code in known:
            continue
        country = known[code] = Country(code, str(info["name"]).removeprefix("The "))
        names = [country.name, *(alt for alt in info.get("altSpellings") or () if _FORMAL.match(alt))]
        capital = info.get("capital")
        _enter(tables.names, names, country)
        _enter(tables.demonyms, re.split(r",|/| and ", info.get("demonym") or ""), country)
        _enter(tables.capitals, [capital] if isinstance(capital, str) else [], country)
    for code, more in extra.items():
        if code == "ambiguous":
            continue
        country = known.get(code) or Country(code, more["names"][0])
        for name in more.get("names", ()):
            tables.names[_key(name)] = country
        for demonym in more.get("demonyms", ()):
            tables.demonyms[_key(demonym)] = country
        if "capital" in more:
            tables.capitals[_key(more["capital"])] = country
    return tables


def _enter(table: dict[str, Country], words: list[str], country: Country) -> None:
    """Enter words for a country, unless an earlier one has them."""
    for word in words:
        if word.strip():
            table.setdefault(_key(word.strip()), country)
