"""Names that show by their form what they are: bodies, laws, storms, events, weapons.

Entity recognisers trained on news of one time miss tomorrow's missile and the court of a small country;
their names are built all the same way.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from analystkit import lexicons
from analystkit.layers.entities import countries
from analystkit.layers.entities.mentions import Mention, in_headline, make, opens_sentence
from analystkit.layers.entities.names import is_given_name, topics

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from analystkit.layers.entities.scene import Scene

#: What each form tells of a name: its label, the reason, and how sure it is.
_TOLD = {
    "storm": ("EVENT", "is a named storm", 0.95),
    "nickname": ("PERSON", "a name with a nickname", 0.8),
    "model": ("PRODUCT", "has the form of a model name", 0.9),
    "town": ("GPE", "has the form of a town's name", 0.8),
    "order": ("LAW", "is a numbered resolution or order", 0.8),
    "war": ("EVENT", "is a world war", 0.8),
    "british": ("ORG", "a body of the United Kingdom by its name", 0.8),
    "twice": ("ORG", "the same word twice", 0.8),
    "firm": ("ORG", "“&” joins its words", 0.8),
    "group": ("ORG", "a group of so many countries", 0.8),
    "place": ("LOC", "begins like a place", 0.8),
    "dated": ("ORG", "named after a day", 0.9),
    "state": ("GPE", "a state as datelines shorten it", 0.95),
}
#: Nouns whose possessive may stand inside the name of a body ("Skerry Fishermen's Union").
_PEOPLE = frozenset({"Men", "Women", "Children", "People", "Fishermen", "Sportsmen", "Policemen"})

#: How the possessive of many is written ("Nurses and Midwives' Association").
_OF_MANY = frozenset({"'", "’"})

#: Initials that a hyphen joins.
_JOINED = re.compile(r"(?<![\w-])[A-Z]{2,5}-[A-Z]{1,6}(?![\w-])")

#: The article before a word in Arabic names, by the letter that follows.
_ARABIC_ARTICLES = frozenset({"al", "el", "ul", "as", "ash", "ar", "ad", "an"})


def find(scene: Scene) -> Iterator[Mention]:
    """Names found by their form; they may overlap each other and what the pipeline found."""
    doc, syntax = scene.doc, scene.syntax
    for match in _forms().finditer(syntax.text):
        kind, span = str(match.lastgroup), syntax.words_at(*match.span())
        if _is_in_form(scene, kind, match.group(), span):
            label, why, confidence = _TOLD[kind]
            yield make(scene, *span, label, why, confidence)
    endings = _ending()
    for i in scene.capitals:
        ending = endings.get(scene.texts[i])
        if ending is None or not _ends_name(scene, token := doc[i]):
            continue
        start = _run_start(token)
        if token.i - start >= 1 and not _is_person(scene, start, token):
            ending = lexicons.load("names")["known"].get(scene.syntax.text_of(start, i + 1), ending)
            yield make(scene, start, i + 1, ending, f"ends in {token.text}", 0.75)
    yield from _bodies_of(scene)
    yield from _joined_initials(scene)


@cache
def _forms() -> re.Pattern[str]:
    """All the forms in one pattern, a group each: the text is gone through once, and only capitals are looked at."""
    lexicon = lexicons.load("names")
    storms, before, before_of = (
        "|".join(sorted(map(re.escape, lexicon[kind]), key=len, reverse=True))
        for kind in ("storms", "before_places", "before_of_places")
    )
    states = "|".join(map(re.escape, lexicon["states_short"]))
    months, after_days = "|".join(calendar.month_name[1:]), "|".join(lexicon["after_days"])
    letter = r"[^\W\d_]"
    quoted = "|".join(f"{a}{letter}\\w+{b}" for a, b in ("“”", '""', "‘’", (r"\(", r"\)")))
    forms = (
        rf"(?P<storm>(?:{storms}) [A-Z][a-z]+\b)",
        rf"(?P<nickname>{letter}[\w’'-]+ (?:{quoted}) {letter}[\w’-]+)",  # "Margaret “Mags” Pemberton"
        r"(?P<model>[A-Z][A-Za-z]*-\d{1,4}[A-Z]{0,2}(?:-\d{1,2})?\b(?!-))",  # "Hwasong-18", "F-35B", "KN-23"
        # "Komsomolsk-on-Amur", "Stratford-upon-Avon"
        r"(?P<town>(?!\w+-in-(?:Chief|Law|Residence|Waiting|Council)\b)"
        r"[A-Z]\w+-(?:on|upon|under|sur|am|an|in|le|la|de|by)-(?:the-)?[A-Z]\w+)",
        r"(?P<order>(?:Resolution|Proposition|Directive|Executive Order) \d[\d/()-]*\b)",
        r"(?P<war>(?:World War (?:I{1,3}|One|Two)|(?:First|Second) World War)\b)",
        r"(?P<british>(?:[A-Z][\w’']+ ){1,3}UK\b)",  # "Cancer Research UK", "Parkinson's UK"
        r"(?P<twice>(?P<word>[A-Z][a-z]+) (?:and|&) (?P=word)\b)",  # "Johnson and Johnson", "Ernst & Ernst"
        r"(?P<firm>[A-Z][\w’'-]+ & [A-Z][\w’-]+(?: (?:LLP|LLC|plc|(?:Inc|Co|Ltd)\b\.?))?)",
        # "April 6 Youth Movement"
        rf"(?P<dated>(?:{months}) \d{{1,2}}(?:th|st|nd|rd)? (?:[A-Z]\w+ )?(?:{after_days})\b)",
        # "Everett, Wash.", "(R-Okla.)", not "the speaker, Del. Jennifer Lee"
        rf"(?P<state>(?:(?<=\w, )|(?<=\()|(?<=\([RDI]-))(?:{states})(?! [A-Z]))",
        r"(?P<group>Group of (?:\d{1,2}|[Ss]even|[Ee]ight|[Tt]wenty)\b)",
        rf"(?P<place>(?:{before}) [A-Z][a-z]+\b(?! [A-Z])|(?:{before_of}) of (?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+)?\b)",
    )
    return re.compile(rf"\b(?=[^\W\d_a-z])(?:{'|'.join(forms)})")


def _is_in_form(scene: Scene, kind: str, words: str, span: tuple[int, int]) -> bool:
    """Whether words that have a form are what it tells."""
    if kind == "model":
        return words.partition("-")[0] not in lexicons.load("names")["not_products"]
    if kind == "british":
        pos = scene.syntax.pos[span[0] : span[1] - 1]
        return set(pos) <= {"PROPN", "NOUN", "PART"} and not in_headline(scene.syntax, span[0])
    if kind == "dated":
        return span[0] == 0 or scene.syntax.words[span[0] - 1] not in lexicons.load("names")["before_days"]
    if kind == "nickname":
        capitals = all(part[0].isupper() for part in re.findall(r"\w+", words))
        return capitals and "PERSON" in scene.syntax.entity[slice(*span)]
    return True


@cache
def _ending() -> dict[str, str]:
    lexicon = lexicons.load("names")
    kinds = {"EVENT": "events", "LAW": "laws", "ORG": "bodies"}
    return {word: label for label, kind in kinds.items() for word in lexicon[kind]}


def _is_capitalised(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ in {"PROPN", "NOUN", "ADJ", "X", "VERB", ""}


def _ends_name(scene: Scene, token: Token) -> bool:
    """Whether a word can be the last of a name: no name goes on after it, and the line is no headline."""
    if token.i + 1 < len(token.doc):
        after = token.doc[token.i + 1]
        if token.whitespace_ and _is_capitalised(after) and after.ent_type_ != "DATE" and after.pos_ == "PROPN":
            return False
    return _is_capitalised(token) and not in_headline(scene.syntax, token.i)


def _links(doc: Doc, start: int) -> bool:
    """Whether the sign or word before a token joins it with the one before: "Anti-Corruption", "Food and Drug"."""
    before, link, after = doc[start - 2], doc[start - 1], doc[start]
    if link.text == "and":
        couple = is_given_name(before.text) and is_given_name(after.text)  # "Bill and Melinda Gates Foundation"
        follows = doc[start + 1].text if start + 1 < len(doc) else ""  # "Energy and | Natural Resources"
        listed = before.text in topics() and (after.text in topics() or (after.text.istitle() and follows in topics()))
        many = before.tag_ in {"NNS", "NNPS"} and before.text.istitle() and doc[start + 1 : start + 2].text in _OF_MANY
        return couple or listed or many
    particle = before.lower_ in _ARABIC_ARTICLES and link.text == "-"  # "al-Aqsa Brigades"
    return (before.text[:1].isupper() or particle) and not (link.text == "-" and link.whitespace_)


def _is_person(scene: Scene, start: int, end: Token) -> bool:
    """Whether the recogniser takes a given name and a last word for a person ("Albert Church")."""
    first = end.i - 1
    both = first >= start and scene.doc[first].ent_type_ == end.ent_type_ == "PERSON"
    return both and is_given_name(scene.texts[first])


def _run_start(token: Token) -> int:
    """Where the run of capitalised words that ends in a token begins."""
    doc, start = token.doc, token.i
    while start > 0:
        before = doc[start - 1]
        if before.ent_type_ in {"DATE", "TIME", "ORDINAL", "CARDINAL"}:
            break
        if before.tag_ == "POS" or before.text in {"’", "'"}:
            owner = doc[start - 2] if start > 1 else before
            if owner.ent_type_ == "PERSON":
                break  # "Mr. Morales' | Movement"
            saint = start > 2 and doc[start - 3].text in {"St.", "St", "Saint"}
            if not (owner.text[:1].isupper() and (saint or owner.text in _PEOPLE or owner.lower_.endswith("s"))):
                break
            start -= 2
        elif before.text in {"-", "&", "and"} and start > 1 and _links(doc, start):
            start -= 2
        elif _is_capitalised(before) and not _opens_with_common_word(before):
            start -= 1
        else:
            break
    return start


def _opens_with_common_word(token: Token) -> bool:
    """Whether a word is capitalised only because it opens a sentence."""
    return token.pos_ not in {"PROPN", "ADJ"} and opens_sentence(token)


def _binds(scene: Scene, i: int) -> bool:
    """Whether the word after a kind of body opens what it is for: "Ministry of …", "Committee on …" (no day)."""
    link = scene.texts[i + 1]
    on_topic = scene.texts[i] in {"Committee", "Commission", "Council"} and link == "on"
    return link in {"of", "for"} or (on_topic and scene.syntax.entity[i + 2] != "DATE")


def _bodies_of(scene: Scene) -> Iterator[Mention]:
    """Names like "Ministry of Foreign Affairs", "Institute for Trial Methods", "University of the West"."""
    heads = frozenset(lexicons.load("names")["bodies_of"])
    doc = scene.doc
    for i in scene.capitals:
        if scene.texts[i] not in heads or i + 2 >= len(doc) or not _binds(scene, i):
            continue
        token = doc[i]
        end = token.i + 2
        if doc[end].lower_ == "the":
            end += 1
        begin = end
        while end < len(doc) and (
            (doc[end].text[:1].isupper() and doc[end].pos_ in {"PROPN", "NOUN", "ADJ", ""} and not doc[end].is_space)
            or (
                doc[end].lower_ == "and"
                and end > begin
                and end + 1 < len(doc)
                and doc[end + 1].text[:1].isupper()
                and doc[end + 1].ent_type_ == doc[end - 1].ent_type_ == "ORG"
            )
        ):
            end += 1
        while end > begin and end + 1 < len(doc) and doc[end].text == "of" and _is_capitalised(doc[end + 1]):
            end += 2  # "Front for the Liberation of Palestine"
        if end > begin:
            yield make(scene, _run_start(token), end, "ORG", f"“{token.text} {doc[token.i + 1].text} …”", 0.75)


def _joined_initials(scene: Scene) -> Iterator[Mention]:
    """Initials about a hyphen: one name if one half alone is marked ("AFL-CIO"), two if both are known ("EU-NATO")."""
    known = lexicons.load("names")["acronyms"]
    for match in _JOINED.finditer(scene.syntax.text):
        start, end = scene.syntax.words_at(*match.span())
        if end - start != 3:
            continue
        halves = [(i, scene.texts[i], scene.syntax.entity[i]) for i in (start, end - 1)]
        strange = [word for _, word, label in halves if not label and word not in known and not countries.find(word)]
        if not strange:
            for i, word, label in halves:
                if not label and word in known:
                    yield make(scene, i, i + 1, "ORG", "known initials", 0.9)
        elif len(strange) == 1 and "ORG" in {label for _, _, label in halves}:
            yield make(scene, start, end, "ORG", "initials that a hyphen joins", 0.8)
