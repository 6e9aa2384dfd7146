"""Descriptions in place of names: "the North Korean leader", "the minister", "its president", "the company".

A description is taken for a mention only when the article gives a reason: an apposition, a title or noun
that stood before the name, the last word of a body's name, or a nationality that fits one person in focus.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from analystkit import lexicons
from analystkit.layers import countries, syntax
from analystkit.layers.mentions import Mention
from analystkit.layers.names import plain

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from analystkit.layers.discourse import Focus
    from analystkit.layers.linking import Cluster

_DEFINITE = frozenset({"the", "this", "that"})
_POSSESSIVE = frozenset({"its", "his", "her", "their", "our", "my"})
_PLACES = {
    "country": "country",
    "nation": "country",
    "city": "city",
    "town": "city",
    "capital": "city",
    "village": "city",
}


@dataclass(frozen=True)
class Description:
    """A noun phrase that may stand for an entity; positions are tokens.

    Attributes:
        start: Its first token.
        end: One past its last token: the head noun, or more in an apposition.
        noun: Its head noun, lower case.
        words: Its other words, lower case, nationality apart.
        country: ISO code of the nationality in it.
        owner: Cluster of its possessor ("its president"), where that is a name.
        determiner: "the", "its", "a"… or "".
    """

    start: int
    end: int
    head: int
    noun: str
    words: frozenset[str]
    country: str | None
    determiner: str


@cache
def offices() -> frozenset[str]:
    """Nouns that describe people."""
    return frozenset(lexicons.read("titles")["offices"])


def _bodies() -> dict[str, list[str]]:
    bodies: dict[str, list[str]] = lexicons.read("titles")["bodies"]
    return bodies


def describe(token: Token) -> Description | None:
    """The noun phrase that a common noun heads; None for names, plurals and verbs."""
    if token.pos_ not in {"NOUN", "PROPN"} or not token.text.isalpha() or token.tag_ in {"NNS", "NNPS"}:
        return None
    start = syntax.left_edge(token)
    words = [word for word in token.doc[start : token.i] if not word.is_punct and not word.is_space]
    determiner = (
        words[0].lower_ if words and (words[0].lower_ in _DEFINITE | _POSSESSIVE | {"a", "an"}) else ""
    )
    country = _nationality(token.doc, start, token.i)
    others = frozenset(word.lower_ for word in words if word.pos_ in {"NOUN", "PROPN", "ADJ"})
    return Description(start, token.i + 1, token.i, token.lower_, others, country, determiner)


def _nationality(doc: Doc, start: int, end: int) -> str | None:
    for first in range(start, end):
        for last in range(min(first + 3, end), first, -1):
            if not doc[first].text[:1].isupper():
                continue
            known = countries.find(doc[first:last].text)
            if known and known[1] in {"demonym", "name"}:
                return known[0].code
    return None


def learn(doc: Doc, clusters: list[Cluster]) -> dict[int, tuple[Cluster, Description]]:
    """Read from the places where names stand what is said of their bearers.

    Titles and nouns before the name, appositions and predicates go into `Cluster.nouns`; the appositions
    that are mentions of their own are returned, by the position of their head noun.
    """
    appositions: dict[int, tuple[Cluster, Description]] = {}
    for cluster in clusters:
        for mention in cluster.mentions:
            for description in learn_from(doc, cluster, mention):
                appositions[description.head] = (cluster, description)
    return appositions


def learn_from(doc: Doc, cluster: Cluster, mention: Mention) -> list[Description]:
    """Read what the words around one name say of its bearer; returns the appositions."""
    if cluster.label not in {"PERSON", "ORG", "PRODUCT", "FAC", "GPE"}:
        return []
    _learn_title(cluster, mention)
    country = nationality_before(doc, mention)
    if country and cluster.label == "PERSON":
        cluster.nationality.add(country)
    before = doc[mention.start - 1] if mention.start else None
    if before is not None and before.pos_ == "NOUN" and before.text.islower() and before.tag_ != "NNS":
        note(cluster, *filter(None, [describe(before)]))
    appositions = list(_appositions(doc, mention, cluster.label))
    for description in appositions:
        note(cluster, description)
    for token in doc[mention.end : mention.end + 12]:
        subject = syntax.copula_subject(token) if token.pos_ == "NOUN" else None
        if subject is not None and mention.start <= subject.i < mention.end and not _is_negated(token):
            note(cluster, *filter(None, [describe(token)]))
    return appositions


def _is_negated(token: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in {"not", "n't", "n’t", "no"} for child in token.children)


def nationality_before(doc: Doc, mention: Mention) -> str | None:
    """ISO code of the country in the words before a name and its title: "Russian President", "North Korea's"."""
    end = mention.start - len(mention.title.replace("-", " - ").split())
    while end > 0 and (doc[end - 1].tag_ == "POS" or (doc[end - 1].pos_ == "NOUN" and doc[end - 1].text.islower())):
        end -= 1
    start = max(end - 2, 0)
    if end <= start or "\n" in doc[start:end].text or doc[end - 1].is_punct:
        return None
    known = countries.find(doc[start:end].text) or countries.find(doc[end - 1].text)
    return known[0].code if known and known[1] != "capital" and doc[end - 1].text[:1].isupper() else None


def note(cluster: Cluster, description: Description) -> None:
    """Remember what an entity has been called."""
    cluster.nouns[description.noun] += 2
    for word in description.words:
        cluster.nouns[word] += 1
    if description.country:
        cluster.nationality.add(description.country)
    if cluster.gender is None and cluster.label == "PERSON":
        cluster.gender = _gender_of_noun(description.noun)


def _learn_title(cluster: Cluster, mention: Mention) -> None:
    if mention.title and mention.title[0].isalpha():
        words = mention.title.lower().replace("-", " ").split()
        head = words[words.index("of") - 1] if "of" in words else words[-1]
        cluster.nouns[head] += 2
        for word in words:
            cluster.nouns[word] += 1


def _appositions(doc: Doc, mention: Mention, label: str) -> Iterator[Description]:
    """Descriptions set off by commas after a name, or before it ("Her lawyer, Peter Lindgren, …")."""
    if mention.end + 1 < len(doc) and doc[mention.end].text in {",", "—", "–", "("}:
        head = _apposition_head(doc, mention.end + 1, label)
        if head is not None:
            said = describe(head)
            if said and said.start <= mention.end + 2:
                end = _phrase_end(doc, head)
                start = max(said.start, mention.end + 1)
                yield replace(said, start=start, end=end)
    start = mention.start - 1
    if (
        start > 1 and doc[start].text == "," and doc[mention.end].text in {",", "."}
        if mention.end < len(doc)
        else False
    ):
        head = doc[start - 1]
        if head.pos_ == "NOUN" and _fits_label(head.lower_, label):
            said = describe(head)
            if (
                (said
                and said.determiner in _DEFINITE | _POSSESSIVE | {"a", "an"})
                or (said and _has_possessor(head))
            ):
                yield said


def _has_possessor(head: Token) -> bool:
    return any(child.dep_ in syntax.POSSESSORS for child in head.children)


def _apposition_head(doc: Doc, start: int, label: str) -> Token | None:
    """The head noun of a phrase that begins at a token and describes a name of a label."""
    opens = doc[start]
    fine = opens.lower_ in _DEFINITE | _POSSESSIVE | {"a", "an"} or opens.pos_ in {"PROPN", "NOUN", "ADJ"}
    if not fine:
        return None
    for token in doc[start : start + 9]:
        if (
            token.text in {",", ".", "—", "–", ";", ")"}
            or token.pos_ in {"VERB", "AUX", "ADP"}
            or "\n" in token.text
        ):
            return None
        if token.pos_ == "NOUN" and token.i + 1 < len(doc):
            after = doc[token.i + 1]
            if after.pos_ in {"NOUN", "PROPN", "ADJ"} or after.tag_ == "POS" or after.text == "-":
                continue
            described = (
                opens.lower_ in _DEFINITE | _POSSESSIVE | {"a", "an"}
                or after.text in {",", ".", ")"}
                or after.pos_ == "ADP"
            )
            return token if described and _fits_label(token.lower_, label) else None
    return None


def _fits_label(noun: str, label: str) -> bool:
    if label == "PERSON":
        return noun in offices() or noun.endswith(("man", "woman", "ist", "er", "or", "ian"))
    return noun not in offices()


def _phrase_end(doc: Doc, head: Token) -> int:
    """Where an apposition ends: before the next comma, dash, bracket or stop, or a verb."""
    end = head.i + 1
    while end < len(doc) and end - head.i < 12:
        token = doc[end]
        if (token.is_punct and token.text not in {"-", "’", "'"}) or "\n" in token.text:
            break
        if token.pos_ in {"VERB", "AUX", "SCONJ", "PRON"} and token.tag_ not in {"POS", "PRP$"}:
            break
        end += 1
    return end


def _gender_of_noun(noun: str) -> str | None:
    if noun.endswith("woman") or noun in {
        "wife",
        "daughter",
        "mother",
        "sister",
        "queen",
        "actress",
        "widow",
        "grandmother",
    }:
        return "f"
    if (
        (noun.endswith("man")
        and noun != "woman")
        or noun in {"husband", "son", "father", "brother", "king", "grandfather"}
    ):
        return "m"
    return None


def candidates(token: Token) -> Description | None:
    """A definite description at a noun that may refer back; None where it cannot."""
    description = describe(token)
    if description is None:
        return None
    if token.text[:1].isupper() and token.pos_ == "PROPN":
        return None
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if after is not None and (
        after.text == "-" or (after.pos_ in {"NOUN", "PROPN"} and after.text[:1].islower())
    ):
        return None
    if after is not None and after.pos_ == "PROPN" and token.lower_ in offices():
        return None  # before a name, it is part of how the name is given
    if description.determiner in _DEFINITE:
        return description
    return description if description.determiner in {"its"} and token.lower_ in {"leader"} else None


def resolve(
    description: Description, clusters: list[Cluster], focus: Focus
) -> tuple[Cluster, float, str] | None:
    """The entity a definite description refers back to, how sure that is, and why; None where unknown."""
    best: tuple[float, Cluster, str] | None = None
    for cluster in clusters:
        distance = focus.distance(cluster, description.head)
        if distance == float("inf"):
            continue
        fit, why = _fit(description, cluster, distance)
        if fit <= 0:
            continue
        score = fit + focus.salience(cluster, description.head)
        if best is None or score > best[0]:
            best = (score, cluster, why)
    if best is None:
        return None
    return best[1], min(0.85, 0.35 + best[0] / 12), best[2]


def _fit(description: Description, cluster: Cluster, distance: float) -> tuple[float, str]:
    noun = description.noun
    if noun in offices():
        return _fit_person(description, cluster, distance) if cluster.label == "PERSON" else (0.0, "")
    if noun in _PLACES:
        return _fit_place(_PLACES[noun], cluster, distance)
    if cluster.label in {"PERSON", "NORP", "GPE"}:
        return 0.0, ""
    last = _kind_word(cluster)
    if last and plain(last) == noun:
        return 3.0, f"“{last}” is in its name"
    if cluster.nouns.get(noun, 0) >= 2:
        return 3.0, f"it is called a {noun} in the article"
    if cluster.label == "ORG" and noun in _bodies():
        ends = _bodies()[noun]
        known = last in {word for words in _bodies().values() for word in words}
        if (last in ends or ("" in ends and not known)) and distance <= 3:
            return 1.5, f"the last body in focus that can be a {noun}"
    return 0.0, ""


def _kind_word(cluster: Cluster) -> str:
    """The word of a name that says what its bearer is: the last one, or the one before "of" or "for"."""
    words = max(cluster.names, key=len).split() if cluster.names else []
    for at, word in enumerate(words):
        if at and word.lower() in {"of", "for"}:
            return words[at - 1]
    return words[-1] if len(words) > 1 else ""


def _fit_person(description: Description, cluster: Cluster, distance: float) -> tuple[float, str]:
    if description.country and cluster.nationality and description.country not in cluster.nationality:
        return 0.0, ""
    gender = _gender_of_noun(description.noun)
    if gender and cluster.gender and gender != cluster.gender:
        return 0.0, ""
    called = cluster.nouns.get(description.noun, 0) >= 2
    same_country = bool(description.country and description.country in cluster.nationality)
    clash = {word for word in description.words if cluster.nouns and word not in cluster.nouns}
    if called:
        fit = 3.0 + same_country - 0.5 * len(clash)
        return fit, f"called {description.noun} in the article"
    if same_country:
        return 2.5 if distance < 20 else 0.0, f"a {description.noun} of the same nationality"
    if description.country and not cluster.nationality and not cluster.nouns and distance <= 4:
        return 1.0, f"the person in focus who can be a {description.noun} of that country"
    return 0.0, ""


def _fit_place(kind: str, cluster: Cluster, distance: float) -> tuple[float, str]:
    if cluster.label != "GPE" or distance > 2:
        return 0.0, ""
    is_country = bool(cluster.country) or cluster.nouns.get("country", 0) > 0
    return (2.0, f"the last {kind} in focus") if is_country == (kind == "country") else (0.0, "")


def mention(description: Description, doc: Doc, confidence: float, why: str, label: str) -> Mention:
    """The mention that a resolved description makes."""
    extra: dict[str, Any] = {}
    text = doc[description.start : description.end].text
    return Mention(
        description.start, description.end, label, text, "nominal", why, round(confidence, 2), extra=extra
    )
