"""What the words around a name say of the kind of thing it is, where the recogniser may be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from analystkit import lexicons
from analystkit.layers.entities import clubs, countries
from analystkit.layers.entities.mentions import Mention, in_headline, opens_sentence
from analystkit.layers.entities.names import (
    bodies,
    gender_of_given_name,
    is_given_name,
    kinds_of_things,
    of_places,
    person,
    plain,
    qualifiers,
    states,
    titles,
    without_legal_form,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from analystkit.layers.entities.scene import Scene

_DETERMINERS = frozenset({"a", "an", "the", "its", "his", "her", "their"})
#: Labels that context may correct; laws, events and the like show by their form what they are.
_OPEN = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC"})
#: Prepositions before places, so that what follows the comma is somebody else ("in Baghdad, the leader, …").
_AT = frozenset({"in", "at", "near", "outside", "inside", "across", "around", "of", "from"})
#: What bodies and countries have, but nobody does: "Interpol officials".
_STAFF = frozenset({"officials", "spokesman", "spokeswoman", "troops", "headquarters", "shareholders", "shares"})
#: Countries within one, which have bodies of their own.
_NATIONS = frozenset({"England", "Scotland", "Wales"})
#: How much a clue counts against the recogniser's word for one mention, which counts 2.
WEIGHT = 5


def clues(scene: Scene, names: list[Mention]) -> Iterator[tuple[Mention, str, str]]:
    """Clues to labels: a name, the label that something near it speaks for, and what that is."""
    short = _short_bodies(names)
    alone, lowercase = _alone(scene, names), scene.lowercase
    full = {
        plain(name.text.split()[-1]) for name in names if name.label == "PERSON" and (" " in name.text or name.title)
    }
    storms = {name.text.split()[-1] for name in names if name.label == "EVENT" and "storm" in name.why}
    in_full = _bodies_in_full(names, alone)
    parts = {word for name in names if " " in name.text for word in name.text.split()}
    yield from _lists(scene, names)
    for name in names:
        if name.text in storms:
            yield name, "EVENT", "short for a storm's name"
        if name.label not in _OPEN or name.country or name.confidence >= 0.95:
            continue
        noun = noun_beside(scene, name.end) or predicate(scene, name)
        label = label_of_noun(noun) if noun else None
        if label == "PERSON" and (_is_at(scene, name) or name.text.split()[-1] in kinds_of_things()):
            label = None
        if label and label != name.label:
            yield name, label, f"it is called a {noun}"
        before = scene.syntax.words[name.start - 1] if name.start else ""
        if name.label in {"PERSON", "GPE"} and before in before_bodies() and not name.title:
            yield name, "ORG", f"“{before}” stands before it"
        if name.label in {"ORG", "GPE", "LOC", "FAC"} and before in _of_people() and _is_alone_before(scene, name):
            yield name, "PERSON", f"“{before}” stands before it"
        if name.label in {"ORG", "GPE", "LOC", "FAC"} and (noun := _office_set_before(scene, name)):
            yield name, "PERSON", f"“{noun}” stands before it"
        if name.label == "PERSON" and name.text not in parts and not name.title and _is_thing(scene, name):
            yield name, "ORG", "“which” goes on with it"
        if name.label == "PERSON" and not name.title and _is_of_country(name):
            yield name, "ORG", "a country's body for something"
        if name.label in {"PERSON", "GPE", "LOC"} and not name.title and (noun := _body_noun(scene, name)):
            yield name, "ORG", f"“{noun}” stands beside it"
        if name.label in {"PERSON", "ORG"} and not name.title and (noun := _place_noun(scene, name)):
            yield name, "GPE", f"“{noun}” stands beside it"
        if name.label == "PERSON" and not name.title and _is_acronym(scene, name):
            yield name, "ORG", "initials, and nowhere a name in small letters"
        if name.label in {"PERSON", "ORG"} and _has_staff(scene, name, full):
            yield name, "ORG", f"it has {scene.syntax.words[name.end]}"
        if name.label == "PERSON" and (head := _led_by(scene, name)):
            yield name, "ORG", f"it has a {head}"
        if name.label != "PERSON" and _is_called_by_surname(name, alone, lowercase):
            yield name, "PERSON", f"“{name.text.split()[-1]}” alone stands for it"
        if name.label in {"GPE", "LOC", "PERSON"} and (owned := _owned(scene, name)):
            yield name, "ORG", f"it has {owned}"
        if name.label == "ORG" and _is_full_person(name) and not _has_article(scene, name):
            yield name, "PERSON", f"“{name.text.split()[0]}” is a given name"
        if name.label == "PERSON" and name.text in in_full and not name.title:
            yield name, "ORG", f"“{name.text.split()[0]}” alone is a body"
        if name.label in {"GPE", "PERSON"} and name.text in short and not name.title:
            yield name, "ORG", f"short for {short[name.text]}"


def _lists(scene: Scene, names: list[Mention]) -> Iterator[tuple[Mention, str, str]]:
    """The odd one out in a list of three and more that are otherwise of one kind: "Tesla, BMW and | Northvolt"."""
    runs: list[list[Mention]] = []
    for name in sorted(names, key=lambda name: name.start):
        between = scene.syntax.words[runs[-1][-1].end : name.start] if runs else ["."]
        if between and set(between) <= {",", "and", "or"}:
            runs[-1].append(name)
        else:
            runs.append([name])
    for run in runs:
        for label in ("ORG", "GPE"):
            odd = [name for name in run if name.label != label]
            if len(run) < 3 or len(odd) != 1 or odd[0].label not in _OPEN - {"NORP"} or odd[0].country:
                continue
            if not odd[0].title and not is_given_name(odd[0].text.split()[0]):
                yield odd[0], label, f"in one list with {next(name.text for name in run if name.label == label)}"


@cache
def before_bodies() -> frozenset[str]:
    """Nouns for firms and bodies that stand right before a name."""
    return frozenset(lexicons.load("titles")["before_bodies"])


def _is_alone_before(scene: Scene, name: Mention) -> bool:
    """Whether an office in lower case before a name says who that is ("spokesman | Ravi Anand"), and names nothing."""
    words, start = name.text.split(), name.start - 1
    shaped = 2 <= len(words) <= 3 and all(word.istitle() and word.isalpha() for word in words)
    office = scene.texts[start].islower() and scene.syntax.tags[start] == "NN"
    known = words[-1] in kinds_of_things() and not is_given_name(words[0])  # but "coach | Bruce Arena"
    return shaped and office and not known and countries.find(name.text) is None


def _office_set_before(scene: Scene, name: Mention) -> str | None:
    """The office beside which a name is set between commas: "the movement's leader, | Amadou Conteh, said"."""
    words, texts = scene.syntax.words, scene.texts
    own, start, end = name.text.split(), name.start, name.end
    shaped = 2 <= len(own) <= 3 and all(word.istitle() and word.isalpha() for word in own)
    if not shaped or own[-1] in kinds_of_things() or countries.find(name.text):
        return None
    if start < 3 or texts[start - 1] != "," or end >= len(texts) or texts[end] not in {",", ".", ";", ")"}:
        return None
    noun = start - 2
    first = noun - 1
    while first > 0 and noun - first < 4 and scene.syntax.pos[first] in {"ADJ", "NOUN", "PROPN"}:
        first -= 1
    settled = words[first] in _DETERMINERS | {"our", "my"} or scene.syntax.tags[first] == "POS"
    return words[noun] if settled and words[noun] in _of_people() else None


def _is_thing(scene: Scene, name: Mention) -> bool:
    """Whether a name that nobody is known to bear goes on with "which": "Fjordlink, | which runs the ferry".

    One that is part of a longer name may as well be a place: "Nera" beside "Nera Public Radio".
    """
    known = is_given_name(name.text.split()[0]) or countries.find(name.text)
    return not known and scene.texts[name.end : name.end + 2] == [",", "which"]


def _is_of_country(name: Mention) -> bool:
    """Whether a name is a word that is nobody's given name and a country: "Swim England", "Cricket Australia"."""
    words = name.text.split()
    if len(words) != 2 or not words[0].istitle() or is_given_name(words[0]):
        return False
    found = countries.find(words[1])
    country = found is not None and found[1] == "name" and not countries.is_ambiguous(words[1])
    return country or words[1] in _NATIONS


def _body_noun(scene: Scene, name: Mention) -> str | None:
    """A noun that only goes with a body's name: "the Unite union", "analysts at Jefferies"."""
    lexicon, words, start = lexicons.load("titles"), scene.syntax.words, name.start
    behind = scene.texts[name.end] if name.end < len(words) else ""
    if start and words[start - 1] == "the" and behind in lexicon["behind_bodies"] and name.label != "LOC":
        known = name.text in states() or countries.find(name.text)
        return behind if name.label == "PERSON" and not known else None
    at = start > 1 and words[start - 1] == "at" and words[start - 2] in lexicon["at_bodies"]
    return words[start - 2] if at else None


def _place_noun(scene: Scene, name: Mention) -> str | None:
    """A noun that only goes with a place's name: "the island of Samar", "Da Nang airport", "Kharkiv governor"."""
    lexicon, words = lexicons.load("titles"), scene.syntax.words
    own = name.text.split()
    if len(own) > 2 or own[-1] in kinds_of_things() or not all(map(str.istitle, own)):
        return None
    of, noun = words[name.start - 1 : name.start], words[name.start - 2] if name.start > 1 else ""
    if of == ["of"] and noun in lexicon["before_of"]:
        return noun
    behind = scene.texts[name.end] if name.end < len(scene.texts) else ""
    return behind if behind in lexicon["of_towns"] and not is_given_name(own[0]) else None


def _is_acronym(scene: Scene, name: Mention) -> bool:
    """Whether a name is four capitals or more amid words in small letters; people go by three at the most."""
    word = name.text
    if not (word.isalpha() and word.isupper() and 4 <= len(word) <= 6) or word.title() in scene.texts:
        return False
    around = scene.texts[max(name.start - 2, 0) : name.start] + scene.texts[name.end : name.end + 2]
    return not any(other.isupper() and len(other) > 1 for other in around)


def weight(name: Mention, mentions: int) -> int:
    """How much a clue counts where a name has some mentions: those of a known place are hard to outvote."""
    return WEIGHT if countries.find(name.text) else max(WEIGHT, mentions + 1)


def _short_bodies(names: list[Mention]) -> dict[str, str]:
    """The first words of bodies' names ("Corvane Systems Inc.") that may stand for them, with those."""
    found = {}
    for name in names:
        words = without_legal_form(name.text).split() if name.label == "ORG" else []
        if 0 < len(words) <= 2 and " " in name.text and words[-1] not in of_places():
            found[words[0]] = name.text
        elif len(words) > 1 and words[-1] in lexicons.load("names")["clubs"]:
            found[words[-1]] = name.text
    return {
        first: full
        for first, full in found.items()
        if first not in qualifiers() | states() and not countries.find(first) and not is_given_name(first)
    }


def firms_before_people(names: list[Mention]) -> set[str]:
    """Short forms, folded, of bodies that an article names before the first person of that surname ("Kestrel")."""
    short = _short_bodies(names)
    first: dict[str, int] = {}
    for name in names:
        if name.label == "PERSON" and " " in name.text:
            first.setdefault(plain(name.text.split()[-1]), name.start)
    started = {name.text: name.start for name in reversed(names) if name.label == "ORG"}
    return {plain(word) for word, full in short.items() if started[full] < first.get(plain(word), -1)}


def _bodies_in_full(names: list[Mention], alone: set[str]) -> set[str]:
    """Names of two words whose first is a body by itself and whose last never stands alone ("Exxon" Mobil)."""
    bodies = {name.text for name in names if name.label == "ORG" and name.end - name.start == 1}
    full = {name.text: name.text.split() for name in names if name.label == "PERSON" and name.end - name.start == 2}
    return {
        text
        for text, words in full.items()
        if words[0] in bodies and len(words) == 2 and words[1] not in alone and not is_given_name(words[0])
    }


def _alone(scene: Scene, names: list[Mention]) -> set[str]:
    """Capitalised words that stand alone at some place: outside longer names, with no article before them."""
    inside = {i for name in names for i in range(name.start, name.end) if name.end - name.start > 1}
    return {
        scene.texts[i]
        for i in scene.capitals
        if i not in inside
        and i not in scene.skipped
        and scene.syntax.pos[i] in {"PROPN", "NOUN", "X", ""}
        and (i == 0 or scene.syntax.words[i - 1] not in {"the", "a", "an"})
    }


def _is_called_by_surname(name: Mention, alone: set[str], lowercase: set[str]) -> bool:
    """Whether the article calls something by its last word alone, as people are and bodies are not."""
    words = name.text.split()
    if not 2 <= len(words) <= 3 or any(not word[0].isupper() for word in words):
        return False
    first, last = words[0], words[-1]
    if last not in alone or first in alone or last in kinds_of_things() or last.lower() in lowercase:
        return False
    if last in clubs.last_words():
        return False  # "Norwich City"
    lexicon = lexicons.load("names")
    no_person = first in {*qualifiers(), *lexicon["storms"], *lexicon["before_places"]} or last.isupper()
    return not no_person and countries.find(last) is None and countries.find(first) is None


def _is_at(scene: Scene, name: Mention) -> bool:
    """Whether something the recogniser took for a place or a body stands after a preposition of place."""
    if name.label == "PERSON" or (is_given_name(name.text.split()[0]) and not countries.find(name.text)):
        return False
    before = name.start - 1
    words = scene.syntax.words
    while before > 0 and (words[before] in {"the", "a", "an"} or scene.syntax.pos[before] == "ADJ"):
        before -= 1
    return before >= 0 and words[before] in _AT


def _has_staff(scene: Scene, name: Mention, full: set[str]) -> bool:
    """Whether a single word, nobody's surname in the article, stands right before a word for staff or shares."""
    alone = name.end - name.start == 1 and not name.title and plain(name.text) not in full
    behind = scene.texts[name.end] if name.end < len(scene.texts) else ""
    return alone and behind in _STAFF and not is_given_name(name.text)


def _led_by(scene: Scene, name: Mention) -> str | None:
    """Who leads what was taken for a person: "the chief executive of Thames Water", "Thames Water's boss"."""
    if name.title or is_given_name(name.text.split()[0]):
        return None
    words, heads = scene.syntax.words, lexicons.load("titles")["of_firms"]
    after = name.end + (name.end < len(words) and words[name.end] in {"'s", "’s"})
    for head in heads:
        parts = head.split()
        before = name.start - 1 - len(parts)
        if words[after : after + len(parts)] == parts:
            return str(head)
        if before >= 0 and words[name.start - 1] in {"of", "at"} and words[before : name.start - 1] == parts:
            return str(head)
    return None


def predicate(scene: Scene, name: Mention) -> str | None:
    """The noun that is said of a name ("Toure was a singer"), lower case; not of countries ("is a candidate")."""
    if countries.find(name.text):
        return None
    found = scene.predicates_of(name.start, name.end, name.end + 7)
    return next((scene.syntax.words[i] for i in found if i > name.end), None)


def _is_full_person(name: Mention) -> bool:
    """Whether a name is a known given name and one surname, and not built like the name of anything else."""
    words = name.text.split()
    shaped = len(words) == 2 and all(word.istitle() for word in words) and words[1] not in kinds_of_things()
    lexicon = lexicons.load("names")
    shaped = shaped and name.text not in lexicon["known"] and words[1] not in lexicon["legal_forms"]
    known = shaped and bool(gender_of_given_name(person(name.text))) and (words[0],) not in titles()
    return known and words[0] not in qualifiers() and not any(countries.find(word) for word in words)


def _has_article(scene: Scene, name: Mention) -> bool:
    """Whether an article stands before a name, as before bodies and not before people ("the Velvet Underground")."""
    return name.start > 0 and scene.syntax.words[name.start - 1] in {"the", "a", "an"}


def _owned(scene: Scene, name: Mention) -> str | None:
    """A noun of business that the name owns ("Corvane's shareholders"), or that has it ("shares in Corvane")."""
    business = lexicons.load("titles")["business"]
    words, tags = scene.syntax.words, scene.syntax.tags
    if name.end + 1 < len(words) and (tags[name.end] == "POS" or words[name.end] in {"'s", "’s"}):
        owned = words[name.end + 1]
        return owned if owned in business else None
    if name.start > 1 and words[name.start - 1] in {"in", "of"} and words[name.start - 2] in {"shares", "stock"}:
        return "stock"
    return None


def noun_beside(scene: Scene, start: int) -> str | None:
    """The noun of an apposition that begins after a comma at a token ("…, a fruit seller who …"), lower case."""
    syntax, texts = scene.syntax, scene.texts
    size, pos, tags = len(texts), syntax.pos, syntax.tags
    if start + 2 >= size or texts[start] not in {",", "—", "–"} or syntax.words[start + 1] not in _DETERMINERS:
        return None
    for i in range(start + 2, min(start + 10, size)):
        if syntax.punctuation[i] and texts[i] not in {"-", "’", "'"}:
            return None
        if pos[i] in {"VERB", "AUX", "ADP", "PRON", "SCONJ"} and tags[i] != "POS":
            return None
        if pos[i] == "NOUN" and i + 1 < size:
            after = i + 1
            if pos[after] not in {"NOUN", "PROPN", "ADJ"} and tags[after] != "POS" and texts[after] != "-":
                return syntax.words[i]
    return None


def label_of_noun(noun: str) -> str | None:
    """The label of what a noun describes: PERSON for offices and trades, ORG for bodies; None for the rest."""
    lexicon = lexicons.load("titles")
    if noun in _of_people():
        return "PERSON"
    return "ORG" if noun in lexicon["bodies"] or noun in lexicon["body_nouns"] else None


@cache
def _of_people() -> frozenset[str]:
    """Nouns that describe people and nothing else."""
    lexicon = lexicons.load("titles")
    return frozenset(lexicon["offices"]) - frozenset(lexicon["also_of_bodies"])


def unlabelled(scene: Scene, taken: set[int]) -> Iterator[tuple[int, int, str, str]]:
    """Runs of proper nouns that the recogniser left out, but what stands beside them tells their kind.

    Yields first token, one past the last, label and reason.
    """
    doc, free = scene.doc, 0
    for start in scene.capitals:
        if start < free or start in taken or scene.syntax.pos[start] != "PROPN":
            continue
        end = start
        while end < len(doc) and end not in taken and (_is_proper(scene, end) or _is_hyphen(scene, end)):
            end += 1
        free = end
        noun = noun_beside(scene, end) if end > start else None
        label = label_of_noun(noun) if noun else None
        if label:
            first = start - 1 if start and start - 1 not in taken and _is_first_word(doc, start - 1) else start
            yield first, end, label, f"called a {noun}"  # "Open | Square": the tagger takes the first for a verb
        elif end > start and (noun := scene.syntax.words[start - 1] if start else "") in before_bodies():
            yield start, end, "ORG", f"“{noun}” stands before it"
        elif 2 <= end - start <= 3 and _is_full_name(scene, start, end):
            yield start, end, "PERSON", f"“{doc[start].text}” is a given name"


def _is_full_name(scene: Scene, start: int, end: int) -> bool:
    """Whether some proper nouns look like given name and surname, in no longer run of capitalised words."""
    doc, first = scene.doc, scene.texts[start]
    others = lexicons.load("names")["others"]
    if not gender_of_given_name(person(doc[start:end].text)) or scene.texts[end - 1] in {*kinds_of_things(), *others}:
        return False
    words = {first.lower(), scene.texts[end - 1].lower()}
    before = start > 0 and scene.texts[start - 1][:1].isupper() and not opens_sentence(doc[start - 1])
    suffix = end < len(doc) and scene.texts[end] in lexicons.load("names")["suffixes"]  # "Ann Cole | KC"
    after = not suffix and end < len(doc) and scene.texts[end][:1].isupper() and bool(doc[end - 1].whitespace_)
    return not before and not after and first not in qualifiers() and not words & scene.lowercase


def _is_hyphen(scene: Scene, i: int) -> bool:
    inside = 0 < i < len(scene.texts) - 1 and scene.texts[i] == "-"
    return inside and _is_proper(scene, i - 1) and scene.syntax.capital[i + 1]


def _is_first_word(doc: Doc, i: int) -> bool:
    token = doc[i]
    return token.text.istitle() and token.pos_ in {"VERB", "ADJ", "NOUN"} and opens_sentence(token)


def _is_proper(scene: Scene, i: int) -> bool:
    syntax, text = scene.syntax, scene.texts[i]
    shaped = syntax.capital[i] and syntax.pos[i] == "PROPN" and not syntax.entity[i] and not text.isupper()
    return shaped and plain(text).isascii() and text not in bodies() and not in_headline(syntax, i)
