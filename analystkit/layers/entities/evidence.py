"""What the words around a name say of the kind of thing it is, where the recogniser may be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analystkit import lexicons
from analystkit.layers.entities.mentions import Mention, in_headline, opens_sentence
from analystkit.layers.entities.names import gender_of_given_name, person, plain

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from analystkit.layers.entities.scene import Scene

_DETERMINERS = frozenset({"a", "an", "the", "its", "his", "her", "their"})
#: Labels that context may correct; laws, events and the like show by their form what they are.
_OPEN = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC"})
#: How much a clue counts against the recogniser's word for one mention, which counts 2.
WEIGHT = 5


def clues(scene: Scene, names: list[Mention]) -> Iterator[tuple[Mention, str, str]]:
    """Clues to labels: a name, the label that something near it speaks for, and what that is."""
    doc, alone, lowercase = scene.doc, _alone(scene, names), scene.lowercase
    for name in names:
        if name.label not in _OPEN or name.country or name.confidence >= 0.95:
            continue
        noun = noun_beside(doc, name.end)
        label = label_of_noun(noun) if noun else None
        if label and label != name.label:
            yield name, label, f"it is called a {noun}"
        if name.label != "PERSON" and _is_called_by_surname(name, alone, lowercase):
            yield name, "PERSON", f"“{name.text.split()[-1]}” alone stands for it"
        if name.label in {"GPE", "LOC", "PERSON"} and (owned := _owned(doc, name)):
            yield name, "ORG", f"it has a {owned}"


def _alone(scene: Scene, names: list[Mention]) -> set[str]:
    """Capitalised words that stand alone at some place: outside longer names, with no article before them."""
    inside = {i for name in names for i in range(name.start, name.end) if name.end - name.start > 1}
    return {
        scene.texts[i]
        for i in scene.capitals
        if i not in inside
        and scene.syntax.pos[i] in {"PROPN", "NOUN", "X", ""}
        and (i == 0 or scene.syntax.words[i - 1] not in {"the", "a", "an"})
    }


def _is_called_by_surname(name: Mention, alone: set[str], lowercase: set[str]) -> bool:
    """Whether the article calls something by its last word alone, as people are and bodies are not."""
    words = name.text.split()
    if not 2 <= len(words) <= 3 or any(not word[0].isupper() for word in words):
        return False
    first, last = words[0], words[-1]
    lexicon = lexicons.load("names")
    kinds = (*lexicon["bodies"], *lexicon["buildings"], *lexicon["landscapes"], *lexicon["events"], *lexicon["laws"])
    return last in alone and first not in alone and last not in kinds and last.lower() not in lowercase


def _owned(doc: Doc, name: Mention) -> str | None:
    """A noun of business that the name owns ("Corvane's shareholders"), or that has it ("shares in Corvane")."""
    business = frozenset(lexicons.load("titles")["business"])
    if name.end + 1 < len(doc) and (doc[name.end].tag_ == "POS" or doc[name.end].lower_ in {"'s", "’s"}):
        owned = doc[name.end + 1]
        return owned.lower_ if owned.lower_ in business else None
    if (
        name.start > 1
        and doc[name.start - 1].lower_ in {"in", "of"}
        and doc[name.start - 2].lower_ in {"shares", "stock"}
    ):
        return "stock"
    return None


def noun_beside(doc: Doc, start: int) -> str | None:
    """The noun of an apposition that begins after a comma at a token ("…, a fruit seller who …"), lower case."""
    if start + 2 >= len(doc) or doc[start].text not in {",", "—", "–"} or doc[start + 1].lower_ not in _DETERMINERS:
        return None
    for token in doc[start + 2 : start + 10]:
        if token.is_punct and token.text not in {"-", "’", "'"}:
            return None
        if token.pos_ in {"VERB", "AUX", "ADP", "PRON", "SCONJ"} and token.tag_ != "POS":
            return None
        if token.pos_ == "NOUN" and token.i + 1 < len(doc):
            after = doc[token.i + 1]
            if after.pos_ not in {"NOUN", "PROPN", "ADJ"} and after.tag_ != "POS" and after.text != "-":
                return token.lower_
    return None


def label_of_noun(noun: str) -> str | None:
    """The label of what a noun describes: PERSON for offices and trades, ORG for bodies; None for the rest."""
    lexicon = lexicons.load("titles")
    if noun in lexicon["offices"]:
        return "PERSON"
    return "ORG" if noun in lexicon["bodies"] or noun in lexicon["body_nouns"] else None


def unlabelled(scene: Scene, taken: set[int]) -> Iterator[tuple[int, int, str, str]]:
    """Runs of proper nouns that the recogniser left out, but what stands beside them tells their kind.

    Yields first token, one past the last, label and reason.
    """
    doc, free = scene.doc, 0
    for start in scene.capitals:
        if start < free or start in taken or scene.syntax.pos[start] != "PROPN":
            continue
        end = start
        while end < len(doc) and end not in taken and (_is_proper(doc, end) or _is_hyphen(doc, end)):
            end += 1
        free = end
        noun = noun_beside(doc, end) if end > start else None
        label = label_of_noun(noun) if noun else None
        if label:
            first = start - 1 if start and start - 1 not in taken and _is_first_word(doc, start - 1) else start
            yield first, end, label, f"called a {noun}"  # "Open | Square": the tagger takes the first for a verb
        elif 2 <= end - start <= 3 and gender_of_given_name(person(doc[start:end].text)):
            yield start, end, "PERSON", f"“{doc[start].text}” is a given name"


def _is_hyphen(doc: Doc, i: int) -> bool:
    return 0 < i < len(doc) - 1 and doc[i].text == "-" and _is_proper(doc, i - 1) and doc[i + 1].text[:1].isupper()


def _is_first_word(doc: Doc, i: int) -> bool:
    token = doc[i]
    return token.text.istitle() and token.pos_ in {"VERB", "ADJ", "NOUN"} and opens_sentence(token)


def _is_proper(doc: Doc, i: int) -> bool:
    token = doc[i]
    names = lexicons.load("names")
    shaped = token.text[:1].isupper() and token.pos_ == "PROPN" and not token.ent_type_ and not token.text.isupper()
    return shaped and plain(token.text).isascii() and token.text not in names["bodies"] and not in_headline(token)
