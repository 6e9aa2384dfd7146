"""Mentions settled in the order of reading: who is in focus when a surname or a pronoun comes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analystkit.layers import nominals, pronouns, syntax
from analystkit.layers.layout import furniture_tokens
from analystkit.layers.linking import longest_name
from analystkit.layers.mentions import Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from analystkit.layers.linking import Cluster, Linked
    from analystkit.layers.nominals import Description


class Focus:
    """Who has been mentioned, how often, and how long ago.

    Distance counts in sentences; a paragraph's end counts as one more.
    """

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._places = _places(doc)
        self._last: dict[int, tuple[float, int]] = {}
        self._counts: dict[int, int] = {}
        self._at: dict[int, Cluster] = {}

    def note(self, cluster: Cluster, start: int, end: int) -> None:
        """A mention of a cluster has been read at some token positions."""
        root = self._doc[start:end].root.i
        self._last[id(cluster)] = (self._places[start], root)
        self._counts[id(cluster)] = self._counts.get(id(cluster), 0) + 1
        for position in range(start, end):
            self._at[position] = cluster

    def at(self, position: int) -> Cluster | None:
        """The cluster of the mention that covers a position, if one has been read."""
        return self._at.get(position)

    def distance(self, cluster: Cluster, position: int) -> float:
        """How long ago a cluster was mentioned; infinite if never."""
        last = self._last.get(id(cluster))
        return math.inf if last is None else self._places[position] - last[0]

    def score(self, cluster: Cluster, position: int) -> float:
        """How much a cluster is in focus at a position: recent mention and frequent mention; 0 if never."""
        last = self.distance(cluster, position)
        return 0.0 if last == math.inf else 3 / (1 + last) + math.log1p(self._counts[id(cluster)])

    def prominence(self, cluster: Cluster, token: Token) -> float:
        """A bonus for a cluster whose last mention was a subject, and less for a word inside another's phrase."""
        _, root = self._last[id(cluster)]
        last = self._doc[root]
        if syntax.is_subject(last):
            return 1.5
        return -0.5 if last.dep_ in syntax.POSSESSORS else 0.0


def _places(doc: Doc) -> list[float]:
    """For each token how far into the article it stands: sentences and paragraph ends before it."""
    places: list[float] = []
    place = 0.0
    sentences = doc.has_annotation("SENT_START")
    for token in doc:
        if (token.is_space and token.text.count("\n") > 1) or (
            token.i
            and ((sentences and token.is_sent_start) or (not sentences and doc[token.i - 1].text in ".!?"))
        ):
            place += 1
        places.append(place)
    return places


def read(doc: Doc, linked: Linked) -> list[Cluster]:
    """Go through the article once and settle what words alone left open; returns all clusters."""
    focus = Focus(doc)
    clusters = linked.clusters
    described = nominals.learn(doc, clusters)
    settled = [(mention, [cluster]) for cluster in clusters for mention in cluster.mentions]
    names = {mention.start: (mention, fitting) for mention, fitting in [*settled, *linked.open]}
    inside = {i for mention, _ in names.values() for i in range(mention.start, mention.end)}
    skipped = furniture_tokens(doc)
    quoted = _quoted(doc)
    for token in doc:
        if token.i in names:
            _read_name(*names[token.i], focus)
        elif token.i in inside or token.i in skipped:
            continue
        elif token.i in described:
            _read_description(doc, *described[token.i], focus)
        elif pronouns.is_pronoun(token):
            _read_pronoun(doc, token, clusters, focus, quoted)
        elif (description := nominals.candidates(token)) is not None and not inside & {token.i}:
            found = nominals.resolve(description, clusters, focus)
            if found:
                cluster, confidence, why = found
                _add(doc, cluster, nominals.mention(description, doc, confidence, why, cluster.label), focus)
    return clusters


def _read_name(mention: Mention, fitting: list[Cluster], focus: Focus) -> None:
    cluster = max(fitting, key=lambda cluster: focus.score(cluster, mention.start))
    if len(fitting) > 1:
        _settle(mention, cluster, fitting)
    focus.note(cluster, mention.start, mention.end)


def _settle(mention: Mention, cluster: Cluster, fitting: list[Cluster]) -> None:
    """Give a name that several share to the one in focus."""
    rivals = ", ".join(longest_name(other.names) for other in fitting if other is not cluster)
    mention.confidence = min(mention.confidence, 0.7)
    mention.why = f"{mention.why}; {longest_name(cluster.names)} is in focus here, not {rivals}"
    cluster.add(mention, f"“{mention.text}” could also be {rivals}; given to whom the text speaks of")


def _read_description(doc: Doc, cluster: Cluster, description: Description, focus: Focus) -> None:
    _add(doc, cluster, nominals.mention(description, doc, 0.85, "apposition", cluster.label), focus)


def _read_pronoun(
    doc: Doc, token: Token, clusters: list[Cluster], focus: Focus, quoted: frozenset[int]
) -> None:
    speaker = _speaker(doc, token, focus, quoted) if token.i in quoted else None
    found = pronouns.resolve(token, clusters, focus, speaker)
    if found is None:
        return
    cluster, confidence, why = found
    if token.i in quoted:
        confidence -= 0.1
    pronouns.agree(token, cluster)
    mention = Mention(
        token.i, token.i + 1, cluster.label, token.text, "pronoun", why, round(max(confidence, 0.2), 2)
    )
    _add(doc, cluster, mention, focus)


def _add(doc: Doc, cluster: Cluster, mention: Mention, focus: Focus) -> None:
    cluster.add(mention)
    focus.note(cluster, mention.start, mention.end)


def _quoted(doc: Doc) -> frozenset[int]:
    """Positions between quotation marks; a mark left open closes at the end of its paragraph."""
    found: set[int] = set()
    opened = False
    for token in doc:
        if token.is_space and token.text.count("\n") > 1:
            opened = False
        elif token.text == "“" or (token.text == '"' and not opened):
            opened = True
        elif token.text in {"”", '"'}:
            opened = False
        elif opened:
            found.add(token.i)
    return frozenset(found)


def _speaker(doc: Doc, token: Token, focus: Focus, quoted: frozenset[int]) -> Cluster | None:
    """Who has last been read outside a quotation as the subject of a clause: most often its speaker."""
    for position in range(token.i - 1, max(token.i - 80, -1), -1):
        if position not in quoted and syntax.is_subject(doc[position]):
            found = focus.at(position)
            if found is not None:
                return found
    return None
