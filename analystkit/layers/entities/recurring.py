"""Things without a name that an article comes back to: "a treaty … the pact … it".

Only nouns that news uses so are looked at (`lexicons/things.toml`). One makes an entity when it comes back with
a definite article or an owner; other nouns of its group can stand for it while it is in focus. A named thing of
that kind ("Tarn Treaty") takes the mentions itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from analystkit import lexicons
from analystkit.layers.entities.descriptions import DEFINITE, POSSESSIVE, Description, describe, is_noun
from analystkit.layers.entities.linking import Cluster
from analystkit.layers.entities.names import plain

if TYPE_CHECKING:
    from collections.abc import Collection

    from analystkit.layers.entities.focus import Focus
    from analystkit.layers.entities.scene import Scene

_DEFINITE = DEFINITE | POSSESSIVE | {"'s"}
#: Labels that names of a thing may have when the recogniser is not sure what it is.
_BODY = frozenset({"ORG", "PERSON"})
#: How many sentences back another word for a thing may be.
_NEAR = 4.0
#: Prepositions that bind what follows to the noun before: "the port of Tarn".
_BINDING = frozenset({"of", "for", "at"})
#: Parts of speech that end such a complement.
_ENDING = frozenset({"VERB", "AUX", "SCONJ", "PRON", "ADP", "CCONJ"})


class Things:
    """What an article speaks of by common nouns. All positions are token positions."""

    def __init__(self, scene: Scene, inside: Collection[int]) -> None:
        """Look for nouns that come back.

        Args:
            scene: What is being read.
            inside: Positions that belong to names.
        """
        self._scene = scene
        syntax, known = scene.syntax, _groups()
        self._found = {
            i
            for i, word in enumerate(syntax.words)
            if word in known and i not in inside and i not in scene.skipped and self._is_head(i)
        }
        words = Counter(syntax.words[i] for i in self._found)
        definite = Counter(syntax.words[i] for i in self._found if self._is_definite(i))
        groups = Counter(known[word] for word in definite.elements())
        often = {word for word in definite if words[word] > 1 or (known[word] != "person" and groups[known[word]] > 2)}
        self._returning = frozenset(often)

    def resolve(self, i: int, clusters: list[Cluster], focus: Focus) -> tuple[Cluster, Description, float, str] | None:
        """The thing that a noun speaks of, maybe a new one (without mentions yet), how sure that is, and why."""
        if i not in self._found or (description := describe(self._scene, i, plural=True)) is None:
            return None
        noun, definite = description.noun, description.determiner in _DEFINITE
        group, label = _groups()[noun], _labels()[_groups()[noun]]
        description = with_complement(self._scene, description)
        named = [c for c in clusters if c.names and plain(c.kind_word) == noun and _may_be(c, label)]
        if len(named) == 1 and (definite or label not in {*_BODY, "FAC"}) and not _clashes(description, named[0]):
            return named[0], description, 0.65, f"“{named[0].fullest}” is the only {noun} with a name"
        syntax = self._scene.syntax
        one = {"one"} if label == "PERSON" else set()  # "one man"
        counted = any(syntax.tags[at] == "CD" and syntax.words[at] not in one for at in range(description.start, i))
        if not definite and (counted or description.determiner not in {"a", "an", ""}):
            return None
        same = [c for c in clusters if not c.names and c.thing and noun in c.called]
        if same and (definite or (description.determiner in {"a", "an"} and self._is_of_headline(same[-1], i))):
            return same[-1], description, 0.7, "the same word before"
        near = [
            c
            for c in clusters
            if (c.thing == group or (c.names and c.label == label and label not in _BODY))
            and focus.distance(c, i) <= _NEAR
        ]
        if definite and len(near) == 1 and label not in _BODY:
            return near[0], description, 0.55, "another word for what is spoken of"
        if noun not in self._returning or same:
            return None
        many = syntax.tags[i] == "NNS" or noun in {"crowd", "police"}
        return Cluster(label, thing=group, many=many), description, 0.6, "the article comes back to it"

    def _is_of_headline(self, thing: Cluster, i: int) -> bool:
        """Whether only the headline has spoken of a thing so far: the lead brings it in once more ("A man …")."""
        paragraph = self._scene.syntax.paragraph
        return paragraph[thing.mentions[-1].start] == 0 < paragraph[i]

    def _is_head(self, i: int) -> bool:
        """Whether a word heads a phrase of its own, and is no part of a longer term or a name."""
        scene, syntax = self._scene, self._scene.syntax
        if not is_noun(scene, i):
            return False
        after, words = i + 1, scene.texts
        if after < len(words) and (words[after] == "-" or syntax.pos[after] in {"NOUN", "PROPN"}):
            return False
        return syntax.base(i) != "compound" and not (syntax.capital[i] and i not in scene.starts)

    def _is_definite(self, i: int) -> bool:
        description = describe(self._scene, i, plural=True)
        return description is not None and description.determiner in _DEFINITE


def with_complement(scene: Scene, description: Description) -> Description:
    """A description with what a preposition binds to it: "the port | of Tarn", "an envoy | for the lenders"."""
    syntax, end = scene.syntax, description.end
    if end + 1 >= len(scene.doc) or syntax.words[end] not in _BINDING:
        return description
    last = end
    for at in range(end + 1, min(end + 8, len(scene.doc))):
        hyphen = scene.texts[at] == "-" and not scene.doc[at].whitespace_  # "supporters of the ex-governor"
        if (syntax.punctuation[at] and not hyphen) or syntax.blank[at] or syntax.pos[at] in _ENDING:
            break
        last = at
    noun = syntax.pos[last] in {"NOUN", "PROPN"}
    bound = any(syntax.heads[at] == description.head for at in range(end + 1, last + 1))
    return replace(description, end=last + 1) if last > end and noun and bound else description


def _may_be(cluster: Cluster, label: str) -> bool:
    """Whether a named entity can be a thing with a label; recognisers mix up works and buildings, but no towns."""
    if label in _BODY or cluster.label in _BODY:
        return cluster.label == label
    return cluster.label not in {"GPE", "NORP", "LOC"}


def _clashes(description: Description, cluster: Cluster) -> bool:
    """Whether what stands before the noun speaks of some other one ("a confidentiality agreement")."""
    return bool(description.words - cluster.name_words - cluster.words)


@cache
def _groups() -> dict[str, str]:
    """The group of each noun."""
    return {noun: group for group, entry in lexicons.load("things").items() for noun in entry["nouns"]}


@cache
def _labels() -> dict[str, str]:
    """The label of each group."""
    return {group: str(entry["label"]) for group, entry in lexicons.load("things").items()}
