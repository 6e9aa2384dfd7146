"""Names across a whole article: one label for one name, and no place where a known name is missed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from analystkit import lexicons
from analystkit.layers.entities import clubs, countries, evidence
from analystkit.layers.entities.descriptions import offices
from analystkit.layers.entities.mentions import Mention, make
from analystkit.layers.entities.names import (
    is_given_name,
    kinds_of_things,
    of_places,
    peoples,
    person,
    plain,
    qualifiers,
    spelt_out,
    states,
    topics,
    without_legal_form,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from analystkit.layers.entities.scene import Scene

_COMPASS = frozenset({"North", "South", "East", "West"})
#: Endings that make the word for a people out of a place's name.
_PEOPLE_ENDINGS = ("n", "an", "ian", "ean", "i", "ish", "ese", "er")


def vote(scene: Scene, names: list[Mention]) -> None:
    """Give all names in the same words one label, by majority and by clues; a bare surname is a person's."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        shouted = name.text.isupper() and len(name.text) > 5
        votes[plain(name.text)][name.label] += 4 if name.confidence >= 0.95 else 1 if shouted else 2
    reasons: dict[tuple[str, str], str] = {}
    counts = Counter(plain(name.text) for name in names)
    for name, label, reason in chain(evidence.clues(scene, names), clubs.clues(scene, names)):
        votes[plain(name.text)][label] += evidence.weight(name, 2 * counts[plain(name.text)])
        reasons[plain(name.text), label] = reason
    for name in names:
        label = votes[plain(name.text)].most_common(1)[0][0]
        if label != name.label and name.country is None and name.confidence < 0.95:
            name.why = f"{name.why}; {label}: {reasons.get((plain(name.text), label), 'as elsewhere in the article')}"
            name.label, name.confidence = label, 0.7
    surnames = {
        " ".join(parts.surname) for name in names if name.label == "PERSON" and (parts := person(name.text)).is_full
    }
    surnames -= evidence.firms_before_people(names)
    nicknames = {person(name.text).nickname for name in names if name.label == "PERSON" and " " in name.text} - {""}
    for name in names:
        if plain(name.text) in nicknames and name.label != "PERSON" and name.country is None:
            name.why = f"{name.why}; PERSON: nickname of a person in the article"
            name.label, name.confidence = "PERSON", 0.7
        family = name.label == "NORP" and plain(name.text.removesuffix("s")) in surnames  # "the Clintons"
        if (plain(name.text) in surnames and name.label != "PERSON" and _may_be_surname(name)) or family:
            name.why = f"{name.why}; PERSON: surname of a person in the article"
            name.label, name.confidence = "PERSON", 0.7


def _may_be_surname(name: Mention) -> bool:
    """Whether a word with another label may be somebody's surname: no country, people, or kind of thing."""
    if name.country is not None or name.text in kinds_of_things() or name.text in qualifiers():
        return False
    group = name.text.removesuffix("s") in peoples() or name.label == "EVENT"
    return not group and countries.find(name.text) is None


def fuller(scene: Scene, names: list[Mention]) -> Iterator[Mention]:
    """Places where a name known from elsewhere stands whole, but only a part of it was found."""
    known = {name.text: name for name in names if name.end - name.start > 1}
    starts = {name.start for name in names}
    whole = {(name.start, name.end) for name in names}
    by_first: dict[str, list[str]] = defaultdict(list)
    for words in known:
        by_first[words.split()[0]].append(words)
    for i in scene.capitals:
        for words in by_first.get(scene.texts[i], ()):
            span = scene.words_of(i, len(words))
            if span is None or span in whole or scene.syntax.text_of(*span) != words:
                continue
            if any(at in starts for at in range(*span)):
                yield make(scene, *span, known[words].label, "the whole name stands elsewhere", 0.7)


def missed(scene: Scene, names: list[Mention]) -> list[Mention]:
    """Further places where the words of a name, a surname or the first word of a body's name stand."""
    doc, wanted = scene.doc, _wanted(scene, names)
    by_first: dict[str, list[str]] = defaultdict(list)
    for words in wanted:
        by_first[plain(re.split(r"[\s-]", words)[0])].append(words)
    taken = {i for name in names for i in range(name.start, name.end)} | scene.skipped
    shouting = _shouting(scene)
    added: list[Mention] = []
    for i in scene.capitals:
        found = by_first.get(plain(scene.texts[i])) if i not in taken else None
        if not found:
            continue
        for words in sorted(found, key=len, reverse=True):
            span = scene.words_of(i, len(words))
            if span is None or any(at in taken for at in range(*span)):
                continue
            loud, text = i in shouting, scene.syntax.text_of(*span)
            same = text == words or (loud and plain(text) == plain(words))
            if same and (loud or len(words) > 3 or scene.syntax.pos[i] in {"PROPN", "NOUN", "ADJ", "X", ""}):
                model, why = wanted[words]
                if why.startswith("surname") and _is_hyphened(doc, i):
                    continue  # "Metro-Goldwyn-Mayer"
                name = make(scene, *span, model.label, why, 0.65)
                if model.text == words:
                    name.country, name.role = model.country, model.role
                elif model.label == "ORG" and _goes_on(doc, name.end, taken):
                    name = make(scene, name.start, name.end + 1, "ORG", why, 0.65)
                added.append(name)
                taken.update(range(name.start, name.end))
                break
    return added


def _is_hyphened(doc: Doc, i: int) -> bool:
    """Whether a hyphen ties a word to another name before it."""
    return i > 1 and doc[i - 1].text == "-" and not doc[i - 1].whitespace_ and doc[i - 2].text[:1].isupper()


def _goes_on(doc: Doc, end: int, taken: set[int]) -> bool:
    """Whether a name of one word goes on with another proper noun ("Corvane | Systems")."""
    if end >= len(doc) or end in taken or doc[end].pos_ != "PROPN" or doc[end].ent_type_:
        return False
    return doc[end].lower_ not in offices()  # "Corvane | Chief Executive"


def _wanted(scene: Scene, names: list[Mention]) -> dict[str, tuple[Mention, str]]:
    """Words to look for, with a name to model the mention on and the reason; no words that are common nouns too."""
    wanted: dict[str, tuple[Mention, str]] = {}
    for name in names:
        words = name.text
        wanted.setdefault(words, (name, "the same words are a name elsewhere"))
        if name.label == "PERSON" and (parts := person(words)).is_full and len(parts.surname) == 1:
            last = next((word for word in words.split() if plain(word) == parts.surname[0]), "")
            if countries.find(last) and not is_given_name(words.split()[0]):
                continue  # "Old Athens"
            wanted.setdefault(last, (name, f"surname of {words}"))
        elif name.label == "ORG" and " " in words:
            own = without_legal_form(words).split()
            if len(own) <= 2 and own[-1] not in of_places() and _is_telling(own[0]):
                wanted.setdefault(own[0], (name, f"first word of {words}"))
            elif own[-1] in lexicons.load("names")["clubs"]:
                wanted.setdefault(own[-1], (name, f"last word of {words}"))
        elif name.label == "EVENT" and "storm" in name.why and " " in words:
            wanted.setdefault(words.split()[-1], (name, f"short for {words}"))
    common = scene.lowercase | _general()
    return {
        words: entry for words, entry in wanted.items() if words and not words.islower() and words.lower() not in common
    }


def _is_telling(first: str) -> bool:
    """Whether the first word of a body's name may stand for all of it ("Corvane" Systems, not "European" Union)."""
    group = first.removesuffix("s") in peoples()
    return (
        not group
        and first not in qualifiers() | states() | topics()
        and countries.find(first) is None
        and not is_given_name(first)
    )


@cache
def _general() -> frozenset[str]:
    """Words that are names only together with others, in lower case: "union", "senators"."""
    titles = {form for noun in offices() for form in (noun, f"{noun}s")}
    return frozenset(word.lower() for word in kinds_of_things() | qualifiers()) | titles


def _shouting(scene: Scene) -> frozenset[int]:
    """Positions of the tokens in lines of four or more words that are all in capitals."""
    found: set[int] = set()
    for line in re.finditer(r"[^\n]+", scene.syntax.text):
        if line.group().isupper() and len(line.group().split()) > 3:
            found |= set(range(*scene.syntax.words_at(*line.span())))
    return frozenset(found)


def link_peoples(scene: Scene, names: list[Mention]) -> None:
    """Link adjectives and peoples to places that no list of countries has ("Valdorian" to "Valdoria").

    Such a place gets its own name as the country's code. Adjectives that the recogniser missed are added.
    """
    places = {
        plain(name.text): name
        for name in names
        if name.label == "GPE" and not name.country and " " not in name.text and len(name.text) > 3
    }
    peoples = {form: place for place in places for form in _peoples(place)}
    taken = {i: name for name in names for i in range(name.start, name.end)}
    if not places:
        return
    for i in scene.capitals:
        place = peoples.get(plain(scene.texts[i])) if i not in scene.skipped else None
        if place is None or scene.syntax.pos[i] == "VERB":
            continue
        name = taken.get(i)
        if name is None:
            name = make(scene, i, i + 1, "NORP", f"made from the name of {places[place].text}", 0.7)
            names.append(name)
        elif name.end - name.start > 1 or name.label == "PERSON" or name.country:
            continue
        name.label, name.country, name.role = "NORP", f"~{place}", "demonym"
        for other in names:
            if other.label == "GPE" and plain(spelt_out(other.text) or other.text) == place:
                other.country, other.role = f"~{place}", "name"


def _peoples(place: str) -> set[str]:
    stem = place.rstrip("aeiouy")
    forms = {place + ending for ending in _PEOPLE_ENDINGS} | {
        stem + ending for ending in _PEOPLE_ENDINGS if len(ending) > 1
    }
    return forms | {form + "s" for form in forms}


def link_compass(scene: Scene, names: list[Mention]) -> None:
    """Link "the North" to the country whose name begins so, where the article names one ("North Korea")."""
    countries = {name.text.split()[0]: name for name in names if name.role == "name" and " " in name.text}
    for name in names:
        country = countries.get(name.text) if name.text in _COMPASS and not name.country else None
        if country and name.start and scene.syntax.words[name.start - 1] == "the":
            name.start, name.kind, name.label = name.start - 1, "nominal", country.label
            name.text = scene.syntax.text_of(name.start, name.end)
            name.country, name.role, name.why = country.country, "name", f"short for {country.text}"
