"""Mentions settled in the order of reading: who is in focus when a surname, a description or a pronoun comes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analystkit.layers.linking import longest_name

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from analystkit.layers.linking import Cluster, Linked
    from analystkit.layers.mentions import Mention


class Focus:
    """Who has been mentioned, how often, and how long ago.

    Distance counts in sentences; a paragraph's end counts as one more.
    """

    def __init__(self, doc: Doc) -> None:
        self._places = _places(doc)
        self._last: dict[int, float] = {}
        self._counts: dict[int, int] = {}

    def note(self, cluster: Cluster, position: int) -> None:
        """A mention of a cluster has been read at a token position."""
        self._last[id(cluster)] = self._places[position]
        self._counts[id(cluster)] = self._counts.get(id(cluster), 0) + 1

    def distance(self, cluster: Cluster, position: int) -> float:
        """How long ago a cluster was mentioned; infinite if never."""
        last = self._last.get(id(cluster))
        return math.inf if last is None else self._places[position] - last

    def score(self, cluster: Cluster, position: int) -> float:
        """How much a cluster is in focus at a position: recent mention and frequent mention; 0 if never."""
        last = self.distance(cluster, position)
        return 0.0 if last == math.inf else 3 / (1 + last) + math.log1p(self._counts[id(cluster)])


def _places(doc: Doc) -> list[float]:
    """For each token how far into the article it stands: sentences and paragraph ends before it."""
    places: list[float] = []
    place = 0.0
    sentences = doc.has_annotation("SENT_START")
    for token in doc:
        if (token.is_space and token.text.count("\n") > 1) or (token.i and (
            (sentences and token.is_sent_start) or (not sentences and doc[token.i - 1].text in ".!?")
        )):
            place += 1
        places.append(place)
    return places


def read(doc: Doc, linked: Linked) -> list[Cluster]:
    """Go through the article once and settle what words alone left open; returns all clusters."""
    focus = Focus(doc)
    settled = [(mention, [cluster]) for cluster in linked.clusters for mention in cluster.mentions]
    for mention, fitting in sorted([*settled, *linked.open], key=lambda pair: pair[0].start):
        cluster = max(fitting, key=lambda cluster: focus.score(cluster, mention.start))
        if len(fitting) > 1:
            _settle(mention, cluster, fitting)
        focus.note(cluster, mention.start)
    return linked.clusters


def _settle(mention: Mention, cluster: Cluster, fitting: list[Cluster]) -> None:
    """Give a name that several share to the one in focus."""
    rivals = ", ".join(longest_name(other.names) for other in fitting if other is not cluster)
    mention.confidence = min(mention.confidence, 0.7)
    mention.why = f"{mention.why}; {longest_name(cluster.names)} is in focus here, not {rivals}"
    cluster.add(mention, f"“{mention.text}” could also be {rivals}; given to whom the text speaks of")
