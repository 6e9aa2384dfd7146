"""Descriptions in place of names: "the North Korean leader", "the minister", "the company".

A description is taken for a mention only when the article gives a reason: what its bearer was called before,
the last word of a body's name, or a nationality that fits one person in focus.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from analystkit import lexicons
from analystkit.layers.entities import countries
from analystkit.layers.entities.descriptions import (
    DEFINITE,
    POSSESSIVE,
    Description,
    describe,
    gender_of_noun,
    offices,
    relatives,
)
from analystkit.layers.entities.linking import Cluster
from analystkit.layers.entities.mentions import NAME_LABELS, Mention, in_headline
from analystkit.layers.entities.names import bodies, plain
from analystkit.layers.quotes.rules import verb_classes

if TYPE_CHECKING:
    from analystkit.layers.entities.focus import Focus
    from analystkit.layers.entities.scene import Scene

#: Words for somebody else than the one spoken of: "the next president".
_ANOTHER = frozenset({"next", "other", "another", "second", "third", "future", "previous", "previously", "new"})
_NEITHER_PEOPLE_NOR_TOWNS = NAME_LABELS - {"PERSON", "NORP", "GPE"}
_OF_COUNTRIES = frozenset({"capital", "government"})
#: The fit of somebody of whom nothing is known but that he is in focus, and the reason then given.
_GUESS, _GUESSED = 1.0, "the person in focus who can be a"
#: The fit of a body of whose kind a noun can be.
_CAN_BE = 1.5
#: How much more in focus than others somebody is whom only that speaks for.
_CLEARLY = 1.5
_FORMER = frozenset({"former", "ex", "late", "outgoing", "then"})
_PLACES = {"country": "country", "nation": "country", "city": "city", "town": "city", "village": "city"}


@cache
def nouns() -> frozenset[str]:
    """Nouns that may refer back, whatever part of speech a tagger takes them for."""
    return offices() | {word.lower() for word in bodies() if word.isalpha()}


@cache
def sides() -> frozenset[str]:
    """Words for the party or faith of somebody, lower case, of which one has one."""
    return frozenset(lexicons.load("titles")["sides"])


@cache
def speakers() -> frozenset[str]:
    """Nouns for those who may speak without a name."""
    lexicon = lexicons.load("titles")
    return offices() | {*lexicon["groups"], *lexicon["unnamed_bodies"]}


def candidate(scene: Scene, i: int) -> Description | None:
    """A definite description at a noun, which may refer back; None where it cannot."""
    syntax, after = scene.syntax, i + 1
    office = syntax.words[i] in offices()
    if (syntax.capital[i] and not office) or syntax.bases[i] == "compound":
        return None
    if after < len(syntax.words):
        if syntax.forms[after] == "-":
            return None
        if syntax.pos[after] == "PROPN" and syntax.entity[after] not in {"DATE", "TIME"} and scene.doc[i].whitespace_:
            return None  # "the leader Kim", "the state agency TASS": part of how the name is given
    description = describe(scene, i, plural=True, back=True)
    if description is None or (description.start and syntax.forms[description.start - 1] == "-"):
        return None  # "first-in-the-nation"
    owned = description.determiner == "'s" and description.country and office  # "North Korea's leader"
    return description if owned or description.determiner in DEFINITE else None


def relative(scene: Scene, i: int, clusters: list[Cluster]) -> tuple[Cluster, Description] | None:
    """The only relative of that kind in an article: "her husband" after "her husband, Colin Cole", or a new one.

    A new one is kept where a pronoun comes back to it ("his mother … she").
    """
    if scene.syntax.words[i] not in relatives() or (description := describe(scene, i)) is None:
        return None
    if description.determiner not in POSSESSIVE:
        return None
    known = [cluster for cluster in clusters if description.noun in cluster.called and cluster.first < i]
    if len(known) > 1 or (not known and unnamed_speaker(scene, i)):
        return None
    new = Cluster("PERSON", gender=gender_of_noun(description.noun), called={description.noun}, thing="relative")
    return known[0] if known else new, description


def mention(scene: Scene, description: Description, label: str, confidence: float, why: str) -> Mention:
    """The mention that a description makes."""
    text = scene.syntax.text_of(description.start, description.end)
    return Mention(description.start, description.end, label, text, "nominal", why, round(confidence, 2))


def resolve(description: Description, clusters: list[Cluster], focus: Focus) -> tuple[Cluster, float, str] | None:
    """The entity a definite description refers back to, how sure that is, and why; None where unknown."""
    best: tuple[float, Cluster, str] | None = None
    guesses: list[float] = []
    noun, labels = description.noun, _labels(description.noun)
    able = (c for c in clusters if c.label in labels or (not c.names and noun in c.called))
    for cluster, distance in focus.mentioned(able, description.head):
        fit, why = _fit(description, cluster, distance)
        if fit == _CAN_BE and focus.is_where(cluster):
            continue
        if fit > 0:
            salience = focus.salience(cluster, description.head)
            score = fit + salience
            if fit == _GUESS:
                guesses.append(salience)
            if best is None or score > best[0]:
                best = (score, cluster, why)
    if best is None:
        return None
    if best[2].startswith(_GUESSED) and len(guesses) > 1 and max(guesses) < _CLEARLY * sorted(guesses)[-2]:
        return None
    return best[1], min(0.85, 0.35 + best[0] / 10), best[2]


def _labels(noun: str) -> frozenset[str]:
    """The labels that a named entity may have for a noun to describe it."""
    if noun in offices():
        return frozenset({"PERSON"})
    return frozenset({"GPE"}) if noun in _PLACES or noun in _OF_COUNTRIES else _NEITHER_PEOPLE_NOR_TOWNS


def _fit(description: Description, cluster: Cluster, distance: float) -> tuple[float, str]:
    """How well a description fits an entity, 0 for not at all, and the reason."""
    noun = description.noun
    if (description.words & _ANOTHER) - cluster.words:
        return 0.0, ""
    if noun in cluster.called and not cluster.names:
        return 3.0, "the same words before"
    if noun in offices():
        return _fit_person(description, cluster, distance)
    if noun == "capital" and description.country:
        known = [countries.find(name) for name in cluster.names]
        is_it = any(found and found[1] == "capital" and found[0].code == description.country for found in known)
        return (3.0, "the capital of that country") if is_it else (0.0, "")
    if noun == "government":
        same = bool(description.country) and cluster.country == description.country
        return (3.0, "the government of that country") if same else (0.0, "")
    if noun in _PLACES:
        return _fit_place(_PLACES[noun], cluster, distance)
    if not cluster.names:
        return 0.0, ""
    strange = description.words - cluster.words - cluster.name_words
    if strange & description.proper:
        return 0.0, ""  # "the Corvane board" is no other company's
    if description.proper and cluster.label == "ORG" and noun in lexicons.load("titles")["behind_bodies"]:
        return 3.0, f"named as a {noun}"  # "the GMB union"
    last = cluster.kind_word
    if last and plain(last) == noun and last not in lexicons.load("names")["not_nouns"]:
        return 3.0 - 0.5 * len(strange), f"“{last}” is in its name"
    if noun in cluster.called:
        return 3.0, f"called a {noun} in the article"
    farthest = 1 if strange or description.determiner in {"this", "that"} else 4
    if cluster.label == "ORG" and distance <= farthest and _can_be(noun, last):
        return _CAN_BE, f"the body in focus that a “{noun}” can be"
    return 0.0, ""


def _can_be(noun: str, kind_word: str) -> bool:
    """Whether a body whose name ends in a word can be called by a noun."""
    lexicon = lexicons.load("titles")
    endings: dict[str, list[str]] = {**lexicon["bodies"], **lexicon["only_back"]}
    if noun not in endings:
        return False
    return kind_word in endings[noun] or ("" in endings[noun] and kind_word not in bodies())


def _fit_person(description: Description, cluster: Cluster, distance: float) -> tuple[float, str]:
    noun, country = description.noun, description.country
    if country and cluster.nationality and country not in cluster.nationality:
        return 0.0, ""
    gender = gender_of_noun(noun)
    if gender and cluster.gender and gender != cluster.gender:
        return 0.0, ""
    same_country = bool(country and country in cluster.nationality)
    if _is_of_other_side(description.words, cluster.words):
        return 0.0, ""
    if noun in cluster.called:
        strange = len(description.words - cluster.words)
        gone = bool(_FORMER & cluster.words and not _FORMER & description.words)
        return 3.0 + same_country - 0.5 * strange - gone, f"called {noun} in the article"
    if same_country:
        return 2.5, f"a {noun} of the same nationality"
    if country and not cluster.nationality and not cluster.called and distance <= 4:
        return _GUESS, f"{_GUESSED} {noun} of that country"
    return 0.0, ""


def _is_of_other_side(words: set[str] | frozenset[str], known: set[str]) -> bool:
    """Whether a description has another party or faith than the one that is known of somebody."""
    theirs, known = words & sides(), known & sides()
    return bool(theirs and known and theirs.isdisjoint(known))


def _fit_place(kind: str, cluster: Cluster, distance: float) -> tuple[float, str]:
    if distance > 3:
        return 0.0, ""
    is_country = bool(cluster.country) or "country" in cluster.called
    return (2.0, f"the {kind} in focus") if is_country == (kind == "country") else (0.0, "")


def unnamed_speaker(scene: Scene, i: int) -> tuple[Description, str] | None:
    """Somebody without a name who speaks: "a spokeswoman said", "police said"; with the kind of entity."""
    syntax = scene.syntax
    noun = syntax.words[i]
    if noun not in speakers():
        return None
    if scene.doc[i].text[:1].isupper() and (i not in scene.starts or in_headline(scene.syntax, i)):
        return None
    takes = verb_classes().get(syntax.lemmas[syntax.heads[i]], {})
    reports = bool({takes.get("quote"), takes.get("clause")} & {"speech", "writing", "request"})
    according = any(syntax.words[kid] == "according" for kid in syntax.kids[i])
    if not according and not (reports and scene.role(i) == "subject" and not syntax.is_passive(syntax.heads[i])):
        return None
    description = describe(scene, i, plural=True)
    if description is None or (i + 1 < len(scene.doc) and syntax.pos[i + 1] == "PROPN"):
        return None
    if description.determiner in DEFINITE and noun not in offices() and noun.removesuffix("s") in offices():
        return None  # "the two leaders": people known by name, most often
    return description, "ORG" if noun in lexicons.load("titles")["unnamed_bodies"] else "PERSON"
