"""Clubs in news of sport, where towns' names stand for teams: "Norwich beat Manchester City 2-1"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from analystkit import lexicons
from analystkit.layers.entities import countries
from analystkit.layers.entities.names import spelt_out, states

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analystkit.layers.entities.mentions import Mention
    from analystkit.layers.entities.scene import Scene

#: How many different words of sport an article of sport has at least.
_ENOUGH = 5
_SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}")
_OPEN = frozenset({"GPE", "PERSON", "LOC", "FAC"})


def clues(scene: Scene, names: list[Mention]) -> Iterator[tuple[Mention, str, str]]:
    """Names that an article of sport uses for clubs: each with the label ORG and the reason."""
    if len(_words() & scene.lowercase) < _ENOUGH:
        return
    for name in names:
        if name.label not in _OPEN or name.title or countries.find(name.text):
            continue
        if (spelt_out(name.text) or name.text) in states():
            continue
        if name.end - name.start > 1 and scene.texts[name.end - 1] in last_words():
            yield name, "ORG", "named like a club, in news of sport"
        elif _has_score(scene, name):
            yield name, "ORG", "stands beside a score"
        elif name.label == "GPE" and _acts(scene, name):
            yield name, "ORG", "does what teams do, in news of sport"


def _has_score(scene: Scene, name: Mention) -> bool:
    """Whether the result of a match stands right before or behind a name: "Norwich 2-1 Ipswich"."""
    text = scene.syntax.text
    start, end = scene.syntax.offsets(name.start, name.end)
    before, behind = text[max(start - 7, 0) : start].split("\n")[-1], text[end : end + 7]
    return bool(_SCORE.match(behind.strip(" ")) or re.search(rf"(?<!\d){_SCORE.pattern} $", before))


def _acts(scene: Scene, name: Mention) -> bool:
    """Whether a place's name is spoken of as of people ("Norwich, who …") or does something that teams do."""
    syntax = scene.syntax
    if syntax.words[name.end : name.end + 2] == [",", "who"]:
        return True
    head = scene.first_conjunct(scene.head(name.start, name.end))
    verb = syntax.heads[head]
    return syntax.bases[head] in {"nsubj", "obj"} and syntax.lemmas[verb] in _verbs()


@cache
def _words() -> frozenset[str]:
    return frozenset(lexicons.load("sport")["words"])


@cache
def _verbs() -> frozenset[str]:
    return frozenset(lexicons.load("sport")["verbs"])


@cache
def last_words() -> frozenset[str]:
    """Last words of clubs' names that are last words of places, too."""
    return frozenset(lexicons.load("sport")["clubs"])
