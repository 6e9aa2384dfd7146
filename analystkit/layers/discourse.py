"""Mentions settled in the order of reading: who is in focus when a surname or a pronoun comes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analystkit.layers import nominals, pronouns, syntax
from analystkit.layers.layout import furniture_tokens
from analystkit.layers.linking import longest_name
from analystkit.layers.mentions import Mention
from analystkit.layers.names import gender_of_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Token

    from analystkit.layers.linking import Cluster, Linked
    from analystkit.layers.nominals import Description


#: How much a mention brings its entity to the fore, by its role in the sentence.
_WEIGHT = {"subject": 1.0, "object": 0.6, "possessor": 0.4, "other": 0.5}


class Focus:
    """Who is in the reader's mind: salience in the manner of Lappin and Leass (1994).

    Every mention adds weight by its role; weight halves with each sentence, a paragraph's end counting as one
    more. Sentences within a quotation count for a third: an answer of five sentences is still one turn.
    """

    def __init__(self, doc: Doc, quoted: frozenset[int]) -> None:
        self._doc = doc
        self._places = _places(doc, quoted)
        self._weights: dict[int, dict[float, float]] = {}
        self._counts: dict[int, int] = {}
        self._at: dict[int, Cluster] = {}

    def note(self, cluster: Cluster, start: int, end: int) -> None:
        """A mention of a cluster has been read at some token positions."""
        place = self._places[start]
        weights = self._weights.setdefault(id(cluster), {})
        weights[place] = max(weights.get(place, 0.0), _WEIGHT[_role(self._doc[start:end].root)])
        self._counts[id(cluster)] = self._counts.get(id(cluster), 0) + 1
        for position in range(start, end):
            self._at.setdefault(position, cluster)

    def at(self, position: int) -> Cluster | None:
        """The cluster of the mention that covers a position, if one has been read."""
        return self._at.get(position)

    def distance(self, cluster: Cluster, position: int) -> float:
        """How many sentences ago a cluster was mentioned; infinite if never."""
        weights = self._weights.get(id(cluster))
        return self._places[position] - max(weights) if weights else math.inf

    def salience(self, cluster: Cluster, position: int) -> float:
        """How much a cluster is in focus at a position; 0 if it has not been mentioned."""
        weights = self._weights.get(id(cluster))
        if not weights:
            return 0.0
        here = self._places[position]
        recent = sum(weight * 0.5 ** (here - place) for place, weight in weights.items())
        return float(recent + 0.1 * math.log1p(self._counts[id(cluster)]))


def _role(token: Token) -> str:
    while token.dep_ in syntax.CONJUNCTS and token.head is not token:
        token = token.head
    if syntax.is_subject(token):
        return "subject"
    if syntax.is_object(token):
        return "object"
    return "possessor" if token.dep_ in syntax.POSSESSORS else "other"


def _places(doc: Doc, quoted: frozenset[int]) -> list[float]:
    """For each token how far into the article it stands: sentences and paragraph ends before it."""
    places: list[float] = []
    place = 0.0
    sentences = doc.has_annotation("SENT_START")
    for token in doc:
        opens = token.is_sent_start if sentences else token.i > 0 and doc[token.i - 1].text in {".", "!", "?"}
        if token.is_space and token.text.count("\n") > 1:
            place += 1
        elif token.i and opens:
            place += 1 / 3 if token.i in quoted else 1
        places.append(place)
    return places


def read(doc: Doc, linked: Linked) -> list[Cluster]:
    """Go through the article once and settle what words alone left open; returns all clusters."""
    quoted = _quoted(doc)
    focus = Focus(doc, quoted)
    clusters = linked.clusters
    described = nominals.learn(doc, clusters)
    settled = [(mention, [cluster]) for cluster in clusters for mention in cluster.mentions]
    names = {mention.start: (mention, fitting) for mention, fitting in [*settled, *linked.open]}
    inside = {i for mention, _ in names.values() for i in range(mention.start, mention.end)}
    skipped = furniture_tokens(doc)
    for token in doc:
        if token.i in names:
            _read_name(doc, *names[token.i], focus)
        elif token.i in inside or token.i in skipped:
            continue
        elif token.i in described:
            _read_description(doc, *described[token.i], focus)
        elif pronouns.is_pronoun(token):
            _read_pronoun(doc, token, clusters, focus, quoted, described.values())
        elif (description := nominals.candidates(token)) is not None:
            found = nominals.resolve(description, clusters, focus)
            if found:
                cluster, confidence, why = found
                nominals.note(cluster, description)
                _add(doc, cluster, nominals.mention(description, doc, confidence, why, cluster.label), focus)
    return clusters


def _read_name(doc: Doc, mention: Mention, fitting: list[Cluster], focus: Focus) -> None:
    cluster = fitting[0]
    if len(fitting) > 1:
        cluster = _most_in_focus(doc, mention, fitting, focus)
        _settle(mention, cluster, fitting)
        nominals.learn_from(doc, cluster, mention)
    focus.note(cluster, mention.start, mention.end)


def _most_in_focus(doc: Doc, mention: Mention, fitting: list[Cluster], focus: Focus) -> Cluster:
    """Of several who share a name, the one whom the words before it fit, then the one in focus.

    Nobody has been read of yet at the first word of a headline; there it is the one mentioned most.
    """
    country = nominals.nationality_before(doc, mention)
    title = mention.title

    def fit(cluster: Cluster) -> tuple[int, float, int]:
        clash = bool(country and cluster.nationality and country not in cluster.nationality)
        clash |= bool(gender_of_title(title) and cluster.gender and gender_of_title(title) != cluster.gender)
        return -clash, focus.salience(cluster, mention.start), len(cluster.mentions)

    return max(fitting, key=fit)


def _settle(mention: Mention, cluster: Cluster, fitting: list[Cluster]) -> None:
    """Give a name that several share to the one in focus."""
    rivals = ", ".join(longest_name(other.names) for other in fitting if other is not cluster)
    mention.confidence = min(mention.confidence, 0.7)
    mention.why = f"{mention.why}; {longest_name(cluster.names)} is in focus here, not {rivals}"
    cluster.add(mention, f"“{mention.text}” could also be {rivals}; given to whom the text speaks of")


def _read_description(doc: Doc, cluster: Cluster, description: Description, focus: Focus) -> None:
    _add(doc, cluster, nominals.mention(description, doc, 0.85, "apposition", cluster.label), focus)


def _read_pronoun(
    doc: Doc,
    token: Token,
    clusters: list[Cluster],
    focus: Focus,
    quoted: frozenset[int],
    described: Iterable[tuple[Cluster, Description]],
) -> None:
    excluded = {cluster for cluster, span in described if span.start <= token.i < span.end}
    if token.i in quoted and (speaker := _speaker(doc, token, focus, quoted)):
        excluded.add(speaker)
    found = pronouns.resolve(token, clusters, focus, excluded)
    if found is None:
        return
    cluster, confidence, why = found
    if token.i in quoted:
        confidence -= 0.1
    if confidence > 0.6:
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
