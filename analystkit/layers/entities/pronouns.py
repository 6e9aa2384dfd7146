"""Pronouns of the third person, resolved where the text makes it clear enough, with honest confidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from analystkit.layers.entities.descriptions import offices
from analystkit.layers.entities.names import gender_of_given_name

if TYPE_CHECKING:
    from analystkit.layers.entities.focus import Focus
    from analystkit.layers.entities.linking import Cluster
    from analystkit.layers.entities.scene import Scene

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
#: Verbs that go with an "it" for a clause to come, before an adjective ("made it clear that").
_FINDING = frozenset({"make", "find", "think", "consider", "deem"})
#: Verbs whose object "it" is a claim or a fact.
_ANSWERS = frozenset({"deny", "confirm", "admit", "acknowledge", "dispute"})
_PARTS = frozenset({"much", "most", "some", "all", "half", "part", "none", "any", "little", "rest"})
#: Below this confidence a pronoun is left unresolved.
_UNKNOWN = 0.45
#: How well a person whose gender is not known goes with "he" or "she".
_UNKNOWN_GENDER = 0.7
#: "Its" tends to what stands right before it in the sentence: "to arm Russia for its war".
_NEAREST = 1.8
#: "It" seldom stands for a place that only told where something happens.
_WHERE = 0.5
#: "…, he added" tends to whoever spoke last.
_GOES_ON = 2.0
#: The pronouns, in lower case, that may refer to an entity of the article.
PRONOUNS = frozenset({*_GENDER, *_THING, *_PLURAL})
#: What is said beside a clause, where its subject may be named.
_ASIDES = frozenset({"conj", "parataxis", "acl:relcl", "appos"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
#: How many sentences back a referent may be, and how salient it must be at least, for things and for people.
_FARTHEST = (2.0, 4.0)
_LEAST = (0.4, 0.15)


def resolve(
    scene: Scene,
    i: int,
    clusters: Iterable[Cluster],
    focus: Focus,
    excluded: set[Cluster],
    speaker: Cluster | None = None,
    ahead: Cluster | None = None,
) -> tuple[Cluster, float, str] | None:
    """The entity that a pronoun refers to, how sure that is, and why; None where unknown.

    Args:
        scene: What is being read.
        i: The pronoun.
        clusters: Entities to choose from.
        focus: Who is in focus there.
        excluded: Entities that it cannot be: those whose description it stands in ("her" in "her predecessor"),
            and the speaker of its quotation, since people seldom speak of themselves as "he".
        speaker: Who spoke last, where the pronoun itself speaks ("…, he added").
        ahead: Who is named after it in its sentence, where it looks ahead (`looks_ahead_to`).
    """
    word = scene.syntax.words[i]
    if ahead is not None and ahead not in excluded and _agreement(word, ahead):
        return ahead, 0.75, f"“{word}” looks ahead to the subject of its sentence"
    if word in _REFLEXIVE:
        own = _own_subject(scene, i, focus)
        if own is not None and own not in excluded and _agreement(word, own):
            return own, 0.9, f"“{word}”: the subject of its clause"
    if word == "it" and (is_expletive(scene, i) or _is_part(scene, i) or _is_claim(scene, i)):
        return None
    excluded = excluded | _bound(scene, i, focus)
    farthest, least = _FARTHEST[word in _GENDER], _LEAST[word in _GENDER]
    ranked: list[tuple[float, Cluster]] = []
    for cluster, distance in focus.mentioned(clusters, i):
        if distance > farthest or cluster in excluded:
            continue
        agreement = _agreement(word, cluster)
        if (
            word == "its"
            and cluster.label not in {"ORG", "GPE"}
            and scene.syntax.words[scene.syntax.heads[i]] in offices()
        ):
            continue  # "its president": wars and laws have none
        if agreement:
            near = word == "its" and focus.is_nearest(cluster, i)
            weight = (_NEAREST if near else 1.0) * (_GOES_ON if cluster is speaker else 1.0)
            weight *= _WHERE if word == "it" and focus.is_where(cluster) else 1.0
            ranked.append((focus.salience(cluster, i) * agreement * weight, cluster))
    if not ranked:
        return None
    ranked.sort(key=lambda pair: -pair[0])
    best, cluster = ranked[0]
    if best < least:
        return None
    lead = 1.0 if len(ranked) == 1 else (best - ranked[1][0]) / best
    confidence = (0.5 if word in _GENDER else 0.4) + 0.35 * lead
    if confidence < _UNKNOWN:
        return None
    rivals = f"; so could be {len(ranked) - 1} more" if len(ranked) > 1 else ", the only one"
    return cluster, confidence, f"“{word}”: most in focus of those it can stand for{rivals}"


def agree(word: str, cluster: Cluster, confidence: float) -> None:
    """Learn the gender of a person from a pronoun resolved with some confidence: from two that tell the same.

    One alone may be the headline's "her" that stands for somebody else.
    """
    gender = _GENDER.get(word)
    if gender is None or cluster.label != "PERSON" or cluster.gender is not None or confidence <= 0.6:
        return
    cluster.heard[gender] += 1
    (likely, count), *others = cluster.heard.most_common()
    if count - sum(times for _, times in others) >= 2:
        cluster.gender = likely


def _agreement(word: str, cluster: Cluster) -> float:
    """How well a pronoun's form fits an entity: 0 not at all, 1 fully, between where its gender is unknown."""
    if cluster.many:
        return float(word in _PLURAL)
    if word in _GENDER:
        if cluster.label != "PERSON":
            return 0.0
        gender = cluster.gender or gender_of_given_name(cluster.person)
        return _UNKNOWN_GENDER if gender is None else float(gender == _GENDER[word])
    if word in _THING:
        return {"PERSON": 0.0, "NORP": 0.0, "LOC": 0.5, "FAC": 0.7}.get(cluster.label, 1.0)
    if cluster.label == "NORP":
        return float(any(name.endswith("s") for name in cluster.names))
    return 0.7 if cluster.label == "ORG" else 0.0


def is_expletive(scene: Scene, i: int) -> bool:
    """Whether an "it" refers to nothing: "it is likely that", "it seems"."""
    syntax = scene.syntax
    verb = syntax.heads[i]
    if syntax.deps[i] == "expl" or syntax.lemmas[verb] in _EXPLETIVE:
        return True
    clause = any(
        syntax.base(kid) in {"csubj", "ccomp", "xcomp", "advcl", "acl"} and kid > verb for kid in syntax.kids[verb]
    )
    if i and i + 1 < len(syntax) and syntax.lemmas[i - 1] in _FINDING and syntax.pos[i + 1] == "ADJ":
        return True
    return syntax.pos[verb] in {"ADJ", "NOUN", "AUX"} and clause and scene.role(i) == "subject"


def _is_part(scene: Scene, i: int) -> bool:
    """Whether an "it" is a quantity of which some is spoken ("$3 million, much of it from …")."""
    words = scene.syntax.words
    return i > 1 and words[i - 1] == "of" and words[i - 2] in _PARTS


def _is_claim(scene: Scene, i: int) -> bool:
    """Whether an "it" is what somebody else has said ("Ukraine denied it")."""
    syntax = scene.syntax
    return syntax.deps[i] == "obj" and syntax.lemmas[syntax.heads[i]] in _ANSWERS


def below(scene: Scene, i: int) -> list[int]:
    """The words after a subject in its clause and those within: none of their names is its own ("he said Cole …")."""
    syntax, verb = scene.syntax, scene.syntax.heads[i]
    if syntax.bases[i] != "nsubj":
        return []
    end = syntax.sentences[syntax.sentence[i]][1]
    asides = [at for at in range(i, end) if syntax.deps[at] in _ASIDES]
    return [at for at in syntax.subtree(verb, asides) if at > i]


def looks_ahead_to(scene: Scene, i: int) -> int | None:
    """The subject that a possessive at the head of its sentence looks ahead to ("In his speech, Cole …")."""
    syntax = scene.syntax
    start, end = syntax.sentences[syntax.sentence[i]]
    while start < i and (syntax.space[start] or syntax.punctuation[start]):
        start += 1
    verb = syntax.heads[syntax.heads[i]]
    if syntax.deps[i] != "nmod:poss" or syntax.pos[start] != "ADP" or not i < verb < end:
        return None
    if verb + 1 < end and syntax.forms[verb + 1] == ",":
        return None  # "Despite his pleas, Quill wrote, Cole …": said in passing
    subject = syntax.own_subject(verb)
    return subject if subject is not None and i < subject < verb else None


def _own_subject(scene: Scene, i: int, focus: Focus) -> Cluster | None:
    """The entity that is the subject of the clause a word stands in; None where that is none that has been read."""
    verb = scene.governor(i)
    for _ in range(6):
        subject = scene.syntax.own_subject(verb)
        if subject is not None and subject != i:
            return focus.at(subject) if subject < i else None
        if scene.syntax.heads[verb] == verb:
            return None
        verb = scene.syntax.heads[verb]
    return None


def _bound(scene: Scene, i: int, focus: Focus) -> set[Cluster]:
    """Entities that a pronoun cannot be, by syntax: the subject of the verb that it is an object of."""
    syntax = scene.syntax
    if syntax.words[i] not in {"him", "her", "it", "them"} or syntax.deps[i] == "nmod:poss":
        return set()
    subject = syntax.subject(scene.governor(i))
    if subject is None or subject == i:
        return set()
    same = [subject, *syntax.with_dep(subject, "appos")]  # "The clerk, Ann Cole, gave her …"
    return {found for at in same if (found := focus.at(at)) is not None}
