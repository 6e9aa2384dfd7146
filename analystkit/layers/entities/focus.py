"""Who is in the reader's mind: salience in the manner of Lappin and Leass (1994)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analystkit.layers.entities.linking import Cluster
    from analystkit.layers.entities.scene import Scene

#: How much a mention brings its entity to the fore, by its role in the clause.
_WEIGHT = {"subject": 1.0, "object": 0.6, "possessor": 0.4, "other": 0.5}
#: Prepositions with which a name only tells where something happens, by its label.
_AT = {
    "GPE": frozenset({"in", "at", "near", "outside", "from", "to", "across"}),
    "LOC": frozenset({"in", "at", "near", "outside", "from", "to", "across"}),
    "ORG": frozenset({"on"}),
}


class Focus:
    """Salience of entities while an article is read.

    Every mention adds weight by its role; weight halves with each sentence, a paragraph's end counting as one
    more. Sentences within a quotation count for a third: an answer of five sentences is still one turn.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._places = _places(scene)
        self._weights: dict[Cluster, dict[float, float]] = {}
        self._latest: dict[Cluster, float] = {}
        self._counts: dict[Cluster, int] = {}
        self._at: dict[int, Cluster] = {}
        self._where: set[Cluster] = set()

    def note(self, cluster: Cluster, start: int, end: int) -> None:
        """A mention of a cluster has been read at some token positions."""
        place = self._places[start]
        head = self._scene.head(start, end)
        role = self._scene.role(head)
        weight = _WEIGHT[role]
        if role == "other" and self._scene.preposition(head) in _AT.get(cluster.label, ()):
            self._where.add(cluster)
        else:
            self._where.discard(cluster)
        if cluster not in self._weights:
            self._weights[cluster], self._latest[cluster], self._counts[cluster] = {}, place, 0
        weights = self._weights[cluster]
        weights[place] = max(weights.get(place, 0.0), weight)
        self._latest[cluster] = max(self._latest[cluster], place)
        self._counts[cluster] += 1
        for position in range(start, end):
            self._at.setdefault(position, cluster)

    def at(self, position: int) -> Cluster | None:
        """The cluster of the mention that covers a position, if one has been read."""
        return self._at.get(position)

    def is_nearest(self, cluster: Cluster, position: int) -> bool:
        """Whether the mention read last before a position, in its sentence and close by, is of a cluster."""
        for at in range(position - 1, max(position - 9, -1), -1):
            if at in self._at:
                return (
                    self._at[at] is cluster and self._scene.syntax.sentence[at] == self._scene.syntax.sentence[position]
                )
        return False

    def is_where(self, cluster: Cluster) -> bool:
        """Whether the last mention of a place only told where something happens ("In Trieste, …", "on Facebook")."""
        return cluster in self._where

    def distance(self, cluster: Cluster, position: int) -> float:
        """How many sentences ago a cluster was mentioned; infinite if never."""
        latest = self._latest.get(cluster)
        return math.inf if latest is None else self._places[position] - latest

    def mentioned(self, clusters: Iterable[Cluster], position: int) -> Iterator[tuple[Cluster, float]]:
        """Those of some clusters that have been mentioned, with how many sentences ago."""
        here, latest = self._places[position], self._latest
        for cluster in clusters:
            if cluster in latest:
                yield cluster, here - latest[cluster]

    def salience(self, cluster: Cluster, position: int) -> float:
        """How much a cluster is in focus at a position; 0 if it has not been mentioned."""
        weights = self._weights.get(cluster)
        if not weights:
            return 0.0
        here = self._places[position]
        # What is more than ten sentences back weighs less than a thousandth.
        recent = sum(weight * 0.5 ** (here - place) for place, weight in weights.items() if here - place < 10)
        return float(recent + 0.1 * math.log1p(self._counts[cluster]))


def _places(scene: Scene) -> list[float]:
    """For each token how far into the article it stands: sentences and paragraph ends before it."""
    places: list[float] = []
    place, sentence, paragraph = 0.0, 0, 0
    for i, (its_sentence, its_paragraph) in enumerate(zip(scene.syntax.sentence, scene.syntax.paragraph, strict=True)):
        if its_paragraph != paragraph:
            place += 2
        elif its_sentence != sentence:
            place += 1 / 3 if i in scene.quoted else 1
        sentence, paragraph = its_sentence, its_paragraph
        places.append(place)
    return places
