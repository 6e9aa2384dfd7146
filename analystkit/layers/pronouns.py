"""Pronouns of the third person, resolved where the text makes it clear enough, with honest confidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from analystkit.layers import syntax
from analystkit.layers.names import gender_of_given_name

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
#: How many sentences back a referent may be, and how salient it must be at least, for things and for people.
_FARTHEST = (2.0, 4.0)
_LEAST = (0.4, 0.15)


def is_pronoun(token: Token) -> bool:
    """Whether a token is a pronoun that may refer to an entity of the article."""
    return token.lower_ in _GENDER or token.lower_ in _THING or token.lower_ in _PLURAL


def resolve(
    token: Token, clusters: Iterable[Cluster], focus: Focus, excluded: set[Cluster]
) -> tuple[Cluster, float, str] | None:
    """The entity that a pronoun refers to, how sure that is, and why; None where unknown.

    Args:
        token: The pronoun.
        clusters: Entities to choose from.
        focus: What has been read so far.
        excluded: Entities that it cannot be: those whose description it stands in ("her" in "her predecessor"),
            and the speaker of its quotation, since people seldom speak of themselves as "he".
    """
    word = token.lower_
    if word == "it" and is_expletive(token):
        return None
    excluded = excluded | _bound(token, focus)
    farthest = _FARTHEST[word in _GENDER]
    ranked: list[tuple[float, Cluster]] = []
    for cluster in clusters:
        agreement = 0.0 if cluster in excluded else _agreement(word, cluster)
        if agreement and focus.distance(cluster, token.i) <= farthest:
            ranked.append((focus.salience(cluster, token.i) * agreement, cluster))
    if not ranked:
        return None
    ranked.sort(key=lambda pair: -pair[0])
    best, cluster = ranked[0]
    lead = 1.0 if len(ranked) == 1 else (best - ranked[1][0]) / best
    if best < _LEAST[word in _GENDER]:
        return None
    confidence = (0.5 if word in _GENDER else 0.4) + 0.35 * lead
    rivals = f"; so could be {len(ranked) - 1} more" if len(ranked) > 1 else ", the only one"
    return cluster, confidence, f"“{token.text}”: most in focus of those it can stand for{rivals}"


def agree(token: Token, cluster: Cluster) -> None:
    """Learn the gender of an entity from a pronoun given to it."""
    if cluster.label == "PERSON" and cluster.gender is None:
        cluster.gender = _GENDER.get(token.lower_)


def _agreement(word: str, cluster: Cluster) -> float:
    """How well a pronoun's form fits an entity: 0 not at all, 1 fully, between where its gender is unknown."""
    if word in _GENDER:
        if cluster.label != "PERSON":
            return 0.0
        gender = cluster.gender or gender_of_given_name(cluster.person)
        return 0.7 if gender is None else float(gender == _GENDER[word])
    if word in _THING:
        return {"PERSON": 0.0, "NORP": 0.0, "LOC": 0.5, "FAC": 0.7}.get(cluster.label, 1.0)
    if cluster.label == "NORP":
        return float(cluster.names[0].endswith("s"))
    return 0.7 if cluster.label == "ORG" else 0.0


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
