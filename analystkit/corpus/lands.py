"""Which country an article, and a name in it, is about: what tells the foreign ministry of one from that of another.

Names of countries, peoples and capitals are `layers.entities.countries`'; those of regions are the countryinfo
package's. Some serve several: Georgia is a country and a state of another.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Final

from analystkit import lexicons
from analystkit.corpus.names import normal
from analystkit.layers.entities import countries
from analystkit.layers.entities.names import plain

#: What descriptions of places and teams say they are.
_SORTS: Final = {
    word: sort
    for sort, words in {
        "country": "country nation republic kingdom monarchy federation government emirate",
        "town": "city town capital port village municipality metropolis suburb district resort",
        "region": "province region county prefecture canton oblast territory",
        "team": "team side squad club champions champion winners winner eleven finalists hosts visitors",
        "water": "river lake sea bay strait",
    }.items()
    for word in words.split()
}


def lands(name: str) -> frozenset[str]:
    """The countries (ISO 3166 codes) that a name names, or a region, the people or the capital of which it names."""
    found = _find(name)
    return _regions().get(plain(name), frozenset()) | (frozenset({found[0].code}) if found else frozenset())


def land(name: str) -> str | None:
    """The one country that a name speaks of; None if it speaks of none or may speak of several."""
    found = lands(name)
    return next(iter(found)) if len(found) == 1 else None


def country_named(name: str) -> str | None:
    """The country of which this is one of the names ("U.S.", "America"); None where it may be another's as well."""
    found = _find(name)
    return found[0].name if found and found[1] == "name" and land(name) else None


def home(places: Iterable[tuple[str, int]]) -> str | None:
    """Where an article is at home: the country, or a place that is in none we know, of which it speaks most.

    Args:
        places: Its places and peoples in their order, each with the number of its mentions.
    """
    said: Counter[str] = Counter()
    for name, mentions in places:
        said[land(name) or " ".join(normal(name))] += mentions
    return said.most_common(1)[0][0] if said else None


def of_people(name: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """A body's name taken apart: the country whose it says it is, and the rest ("Russian Foreign Ministry")."""
    for length in (2, 1):
        found = countries.find(" ".join(name[:length])) if len(name) > length else None
        if found and found[1] in ("demonym", "name"):
            return found[0].code, name[length:]
    return None, name


def sort_of(heads: Iterable[str]) -> str | None:
    """What descriptions say a place is: "country", "town", "region", "team" or "water"; None if not one thing."""
    sorts = {_SORTS[head] for head in heads if head in _SORTS}
    return next(iter(sorts)) if len(sorts) == 1 else None


def plays(around: Iterable[str]) -> bool:
    """Whether a place is spoken of as a team: two words of sport, or one and a score, stand by its mentions.

    Args:
        around: The words around each mention.
    """
    found = {match.group().casefold() for words in around for match in _sport().finditer(words)}
    scores = {one for one in found if one[0].isdigit()}
    return len(found - scores) + bool(scores) > 1


def _find(name: str) -> tuple[countries.Country, countries.Role] | None:
    return countries.find(re.sub(r"^[Tt]he ", "", name))  # which the case of "the U.S." would be lost with


@cache
def _sport() -> re.Pattern[str]:
    terms = "|".join(re.escape(term) for term in lexicons.load("sport")["by_teams"])
    return re.compile(rf"\b(?:(?:{terms})s?|\d{{1,3}}[-–]\d{{1,3}})\b", re.IGNORECASE)


@cache
def _regions() -> dict[str, frozenset[str]]:
    from countryinfo import CountryInfo

    found: defaultdict[str, set[str]] = defaultdict(set)
    for info in CountryInfo.all().values():
        code = info.get("ISO", {}).get("alpha2")
        for region in info.get("provinces") or () if code else ():
            found[plain(region)].add(code)
    return {name: frozenset(codes) for name, codes in found.items()}
