"""Pronouns of the third person, resolved where the text makes it clear enough, with honest confidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from analystkit.layers import syntax

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from analystkit.layers.discourse import Focus
    from analystkit.layers.linking import Cluster

_GENDER = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
_THING = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "themselves"})
#: Verbs and adjectives that go with an "it" that refers to nothing.
_EXPLETIVE = frozenset({"seem", "appear", "turn", "happen", "rain", "snow", "take"})
_FARTHEST = 3.0


def is_pronoun(token: Token) -> bool:
    """Whether a token is a pronoun that may refer to an entity of the article."""
    return token.lower_ in _GENDER or token.lower_ in _THING or token.lower_ in _PLURAL


def resolve(
    token: Token, clusters: Iterable[Cluster], focus: Focus, speaker: Cluster | None
) -> tuple[Cluster, float, str] | None:
    """The entity that a pronoun refers to, how sure that is, and why; None where unknown.

    Args:
        token: The pronoun.
        clusters: Entities to choose from.
        focus: What has been read so far.
        speaker: Whose direct quotation the pronoun stands in; people seldom speak of themselves as "he".
    """
    word = token.lower_
    if word == "it" and is_expletive(token):
        return None
    taken = _bound(token, focus)
    ranked: list[tuple[float, Cluster]] = []
    for cluster in clusters:
        if cluster is speaker or cluster in taken or not _agrees(word, cluster):
            continue
        distance = focus.distance(cluster, token.i)
        if distance <= (_FARTHEST if word in _GENDER else 1.5):
            ranked.append((focus.score(cluster, token.i) + focus.prominence(cluster, token), cluster))
    if not ranked:
        return None
    ranked.sort(key=lambda pair: -pair[0])
    best, cluster = ranked[0]
    lead = best - ranked[1][0] if len(ranked) > 1 else 2.0
    if word not in _GENDER and best < 3.0:
        return None
    confidence = (0.55 if word in _GENDER else 0.4) + min(lead, 2.0) * 0.15
    rivals = (
        f", {len(ranked) - 1} other{'s' if len(ranked) > 2 else ''} could be meant" if len(ranked) > 1 else ""
    )
    return cluster, confidence, f"“{token.text}”: in focus here{rivals}"


def agree(token: Token, cluster: Cluster) -> None:
    """Learn the gender of an entity from a pronoun given to it."""
    if cluster.label == "PERSON" and cluster.gender is None:
        cluster.gender = _GENDER.get(token.lower_)


def _agrees(word: str, cluster: Cluster) -> bool:
    if word in _GENDER:
        return cluster.label == "PERSON" and cluster.gender in {None, _GENDER[word]}
    if word in _THING:
        return cluster.label not in {"PERSON", "NORP"}
    return cluster.label in {"ORG", "NORP"} and (cluster.label == "ORG" or cluster.names[0].endswith("s"))


def is_expletive(token: Token) -> bool:
    """Whether an "it" refers to nothing: "it is likely that", "it seems"."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    if verb.lemma_ in _EXPLETIVE:
        return True
    clause = any(
        child.dep_ in {"csubj", "ccomp", "xcomp", "advcl", "acl:relcl", "acl"} and child.i > verb.i
        for child in verb.children
    )
    return verb.pos_ in {"ADJ", "NOUN", "AUX"} and clause and syntax.is_subject(token)


def _bound(token: Token, focus: Focus) -> set[Cluster]:
    """Entities that a pronoun cannot be, by syntax: the subject of the verb that it is an object of."""
    if token.lower_ not in {"him", "her", "it", "them"} or token.tag_ == "PRP$":
        return set()
    governor = syntax.governor(token)
    found = {focus.at(child.i) for child in governor.children if syntax.is_subject(child)}
    return {cluster for cluster in found if cluster is not None}


def is_reflexive(doc: Doc, position: int) -> bool:
    """Whether the word at a position is "himself", "herself"…"""
    return doc[position].lower_.endswith(("self", "selves"))
