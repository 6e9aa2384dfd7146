"""Names made comparable, and what a description says of its bearer."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

#: Kinds of entity whose labels a name recogniser mixes up with each other.
_GROUPS: Final = {"PERSON": "person", "ORG": "organisation"} | dict.fromkeys(("GPE", "LOC", "NORP", "FAC"), "place")

#: What may follow an organisation's or a person's name without being part of what tells it from others.
_SUFFIXES: Final = frozenset(
    "inc incorporated corp corporation co company ltd limited llc plc gmbh ag sa nv jr sr".split()
)

_HEAD_ENDS: Final = re.compile(r",|\b(?:of|at|in|for|from|on|to|with|who|which|that|whose)\b", re.IGNORECASE)


def group(label: str) -> str:
    """The kind of thing a label stands for, coarsely: "person", "organisation", "place" or "thing"."""
    return _GROUPS.get(label, "thing")


@lru_cache(maxsize=65_536)
def normal(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, points, "the", a possessive ending and "Inc." or "Jr."."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"['’]s?\b(?=\W*$)", "", plain).replace(".", "")
    words = [word for word in re.split(r"[^\w&'’-]+", plain) if word]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return tuple(words)


@lru_cache(maxsize=65_536)
def head(description: str) -> str | None:
    """What a description calls its bearer: "minister" for "the port minister of Marno"; None if it says nothing."""
    front = _HEAD_ENDS.split(description, maxsplit=1)[0]
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", front)
    return words[-1].casefold() if words and not words[-1][0].isupper() else None
