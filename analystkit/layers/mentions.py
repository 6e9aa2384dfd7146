"""Names in an article: what the pipeline's entity recogniser found, put right by rules that hold for news.

A statistical recogniser slips in typical ways: a title or a possessive glued to a name, one name cut in two,
a label that its own last word contradicts, a name found in one sentence and missed in the next. What is
repaired or added says so in `Mention.why`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analystkit import lexicons
from analystkit.layers import countries, patterns
from analystkit.layers.layout import furniture_tokens
from analystkit.layers.names import person, plain, titles

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

#: Labels of the entity recogniser that are names; the others are times and amounts.
NAME_LABELS = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART"}
)
#: Titles that are also everyday words or parts of other names, so that a name after them needs more proof.
_WEAK_TITLES = frozenset(
    {"General", "Major", "Private", "Chief", "Count", "Father", "Sister", "Brother", "Cardinal", "Speaker"}
    | {"Officer", "Chair", "Director", "Lord", "Commander", "Miss", "Captain", "King", "Queen", "Prince"}
    | {"Justice", "Secretary", "Envoy", "Lady", "Marshal", "Duke", "Father", "Coach", "Dame", "Sultan"}
)


@dataclass
class Mention:
    """A span that names, describes or refers to an entity; positions are tokens, `[start, end)`.

    Attributes:
        label: Kind of entity.
        kind: `name`, `nominal` or `pronoun`.
        text: Its words.
        why: What it rests on.
        confidence: How sure it is a mention of that kind, and of the entity it is joined to.
        title: The title before a person's name.
        country: ISO code of the country that it names, or whose people or capital it names.
        role: For a country: `name`, `demonym` or `capital`.
        metonym: A capital that stands for its government.
        extra: Further keys for the JSON form.
    """

    start: int
    end: int
    label: str
    text: str
    kind: str = "name"
    why: str = ""
    confidence: float = 0.8
    title: str = ""
    country: str | None = None
    role: str = ""
    metonym: bool = False
    extra: dict[str, Any] = field(default_factory=dict)


def find_names(doc: Doc) -> list[Mention]:
    """The names in a Doc, in the order of the text, none overlapping another; furniture is left out."""
    skipped = furniture_tokens(doc)
    honorifics = _titles(doc)
    found = [
        *_dateline(doc),
        *_countries(doc),
        *patterns.find(doc),
        *_recognised(doc, honorifics),
    ]
    found = _without_overlaps(
        mention for mention in found if not any(i in skipped for i in range(mention.start, mention.end))
    )
    _set_titles(found, honorifics)
    _add_titled(doc, found, honorifics, skipped)
    _vote(found)
    found += _missed(doc, found, skipped)
    return sorted(found, key=lambda mention: mention.start)


def make(doc: Doc, start: int, end: int, label: str, why: str, confidence: float = 0.8) -> Mention:
    """A mention of some tokens of a Doc."""
    return Mention(start, end, label, doc[start:end].text, why=why, confidence=confidence)


def _dateline(doc: Doc) -> Iterator[Mention]:
    """Place and agency of the dateline, which recognisers often take for people or miss in capitals."""
    dateline = (doc._.article or {}).get("dateline") or {}
    if dateline.get("start") is None:
        return
    opening = doc.text[dateline["start"] : dateline["end"]]
    for key, label in (("place", "GPE"), ("agency", "ORG")):
        words = dateline.get(key)
        at = opening.find(words) if words else -1
        if at < 0:
            continue
        if label == "GPE":
            words = words.split(",")[0]
        begin = dateline["start"] + at
        span = doc.char_span(begin, begin + len(words), alignment_mode="expand")
        if span is not None:
            yield make(doc, span.start, span.end, label, f"{key} in the dateline", 0.95)


def _countries(doc: Doc) -> Iterator[Mention]:
    """Names of countries and words for their people, the longest at each place."""
    first, longest = countries.first_words(), countries.longest_name()
    position = 0
    while position < len(doc):
        step = 1
        token = doc[position]
        if token.text[:1].isupper() and (
            plain(token.text) in first or token.text.isupper() or "." in token.text
        ):
            for end in range(min(position + longest + 1, len(doc)), position, -1):
                words = doc[position:end]
                known = countries.find(words.text) if words[-1].text[:1].isupper() else None
                if known and known[1] != "capital" and _is_country(words):
                    country, role = known
                    label = "GPE" if role == "name" else "NORP"
                    mention = make(doc, position, end, label, f"{role} of the country {country.name}", 0.95)
                    mention.country, mention.role = country.code, role
                    yield mention
                    step = end - position
                    break
        position += step


def _is_country(words: Span) -> bool:
    """Whether words that can name a country do: ambiguous ones need the recogniser's word for it."""
    if words.text.isupper() and len(words) == 1 and len(words.text) > 4 and "." not in words.text:
        return True
    if not countries.is_ambiguous(words.text):
        return True
    return words[0].ent_type_ in {"GPE", "LOC", "NORP"} and all(
        token.ent_type_ == words[0].ent_type_ for token in words
    )


@dataclass(frozen=True)
class _Title:
    """A title and the token positions that it takes."""

    start: int
    end: int
    words: str


def _titles(doc: Doc) -> list[_Title]:
    """Titles that may stand before a name, wherever they are written with a capital before a capital."""
    known = titles()
    longest = max(len(words) for words in known)
    found: list[_Title] = []
    position = 0
    while position < len(doc):
        step = 1
        if doc[position].text[:1].isupper():
            for end in range(min(position + 2 * longest, len(doc) - 1), position, -1):
                words = tuple(doc[position:end].text.split())
                if words in known and doc[end - 1].whitespace_ and doc[end].text[:1].isupper():
                    found.append(_Title(position, end, known[words]))
                    step = end - position
                    break
        position += step
    return found


def _recognised(doc: Doc, honorifics: list[_Title]) -> Iterator[Mention]:
    """The recogniser's names, trimmed and relabelled."""
    merged: list[tuple[int, int, str]] = []
    for span in doc.ents:
        if span.label_ not in NAME_LABELS:
            continue
        for start, end in _parts(span):
            body = doc[end - 1].text in _last_words()["ORG"]
            if merged and merged[-1][1] == start and merged[-1][2] in {"NORP", "GPE"} and body:
                merged[-1] = (merged[-1][0], end, "ORG")
            else:
                merged.append((start, end, span.label_))
    for start, end, label in merged:
        begin, named = _after_title(start, end, label, honorifics)
        bounds = _trimmed(doc, begin, end)
        if bounds is None or not _is_name(doc, *bounds):
            continue
        begin, end = bounds
        right = "PERSON" if named else _by_last_word(doc[begin:end], label)
        why = (
            "named by the pipeline"
            if right == label
            else f"named by the pipeline as {label}; {right} by its form"
        )
        yield make(doc, begin, end, right, why, 0.85 if right == label else 0.7)


def _parts(span: Span) -> Iterator[tuple[int, int]]:
    """Cut a span at line ends, and a person's name after a possessive ("North Korea's Kim")."""
    start = span.start
    for token in span:
        if "\n" in token.text or (span.label_ == "PERSON" and token.tag_ == "POS" and token.i + 1 < span.end):
            if token.i > start and "\n" in token.text:
                yield start, token.i
            start = token.i + 1
    if start < span.end:
        yield start, span.end


def _after_title(start: int, end: int, label: str, honorifics: list[_Title]) -> tuple[int, bool]:
    """Where a name begins once a title that runs into it is off, and whether the title makes it a person's."""
    for title in honorifics:
        if title.start < end and start < title.end < end:
            if label == "PERSON" and title.start >= start - 1:
                return title.end, True
            if title.start < start:  # "Secretary of | State Antony Blinken"
                return title.end, True
    return start, False


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """Bounds without article, possessive ending and stray signs; None when nothing is left."""
    while start < end and (
        doc[start].is_space
        or doc[start].lower_ in {"the", "a", "an"}
        or (doc[start].is_punct and not _opens(doc, start, end))
    ):
        start += 1
    while start < end and (
        not any(sign.isalnum() or sign in ")”\"." for sign in doc[end - 1].text)
        or doc[end - 1].lower_ in {"'s", "’s", "'", "’"}
        or (doc[end - 1].is_punct and not _closes(doc, start, end))
    ):
        end -= 1
    return (start, end) if start < end else None


def _opens(doc: Doc, start: int, end: int) -> bool:
    return doc[start].text in {"“", '"', "("} and any(
        token.text in {"”", '"', ")"} for token in doc[start + 1 : end]
    )


def _closes(doc: Doc, start: int, end: int) -> bool:
    return doc[end - 1].text in {"”", '"', ")"} and any(
        token.text in {"“", '"', "("} for token in doc[start : end - 1]
    )


def _is_name(doc: Doc, start: int, end: int) -> bool:
    """Whether a span looks like a name: a capital or digit somewhere, and not just a capitalised common word."""
    span = doc[start:end]
    if not any(sign.isupper() or sign.isdigit() for sign in span.text) or not any(
        sign.isalpha() for sign in span.text
    ):
        return False
    if len(span) > 1:
        return True
    token = span[0]
    if token.pos_ in {"PRON", "DET", "ADP", "SCONJ", "CCONJ", "AUX", "PART"}:
        return False
    return not (opens_sentence(token) and token.pos_ in {"VERB", "ADV", "INTJ", "NUM"})


def opens_sentence(token: Token) -> bool:
    """Whether a word is the first of its sentence, so that its capital says nothing."""
    before = token.i - 1
    while before >= 0 and (
        token.doc[before].is_punct or token.doc[before].is_space or token.doc[before].is_quote
    ):
        if token.doc[before].text in {".", "!", "?", ":", "—"} or "\n" in token.doc[before].text:
            return True
        if token.doc[before].text in {"“", '"', "‘"}:
            return True
        before -= 1
    return before < 0 or bool(token.is_sent_start)


def _last_words() -> dict[str, frozenset[str]]:
    lexicon = lexicons.read("names")
    kinds = {"ORG": "bodies", "LAW": "laws", "FAC": "buildings", "LOC": "landscapes", "EVENT": "events"}
    return {label: frozenset(lexicon[kind]) for label, kind in kinds.items()}


def _by_last_word(span: Span, label: str) -> str:
    """The label that the last word of a name of several words calls for, else the one it has."""
    if len(span) < 2:
        return label
    for right, words in _last_words().items():
        if span[-1].text in words and not (label == "PRODUCT" or label == "WORK_OF_ART"):
            return label if (label, right) in {("ORG", "FAC"), ("FAC", "ORG"), ("GPE", "LOC")} else right
    return label


def _without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """Longest first, then surest; whatever overlaps a kept one goes."""
    taken: set[int] = set()
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, -m.confidence, m.start)):
        positions = range(mention.start, mention.end)
        if not any(position in taken for position in positions):
            taken.update(positions)
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def _set_titles(found: list[Mention], honorifics: list[_Title]) -> None:
    by_end = {title.end: title for title in honorifics}
    for mention in found:
        title = by_end.get(mention.start)
        if title and mention.label in {"PERSON", "ORG", "GPE", "NORP"} and title.words not in _WEAK_TITLES:
            if mention.country is None:
                mention.label = "PERSON"
            mention.title = title.words
        elif title and mention.label == "PERSON":
            mention.title = title.words


def _add_titled(doc: Doc, found: list[Mention], honorifics: list[_Title], skipped: frozenset[int]) -> None:
    """People whom the recogniser missed right after a title."""
    taken = {position for mention in found for position in range(mention.start, mention.end)}
    bodies = _last_words()["ORG"]
    for title in honorifics:
        end = title.end
        while end < len(doc) and end not in taken and end not in skipped and doc[end].pos_ == "PROPN":
            end += 1
        plausible = end > title.end and not any(token.text in bodies for token in doc[title.end : end])
        if plausible and title.words not in _WEAK_TITLES and title.start not in taken:
            mention = make(doc, title.end, end, "PERSON", f"stands after the title {title.words}", 0.65)
            mention.title = title.words
            found.append(mention)
            taken.update(range(title.end, end))


def _vote(found: list[Mention]) -> None:
    """One label for all mentions in the same words; a bare surname is a person's."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in found:
        votes[plain(mention.text)][mention.label] += (
            1 if mention.text.isupper() and len(mention.text) > 5 else 2
        )
    surnames = {
        " ".join(name.surname)
        for mention in found
        if mention.label == "PERSON" and (name := person(mention.text)).is_full
    }
    for mention in found:
        key = plain(mention.text)
        label = votes[key].most_common(1)[0][0]
        if key in surnames and mention.country is None:
            label = "PERSON"
        if label != mention.label and mention.country is None and mention.confidence < 0.95:
            mention.why = f"{mention.why}; {label} as elsewhere in the article"
            mention.label, mention.confidence = label, 0.7


def _missed(doc: Doc, found: list[Mention], skipped: frozenset[int]) -> list[Mention]:
    """Further places where the words of a found name, a surname or the first word of a body's name stand."""
    taken = {position for mention in found for position in range(mention.start, mention.end)}
    lowercase = {token.text for token in doc if token.text.islower()}
    wanted: dict[str, tuple[str, str]] = {}
    for mention in found:
        words = mention.text
        wanted.setdefault(words, (mention.label, "the same words are a name elsewhere"))
        if mention.label == "PERSON" and (name := person(words)).is_full and len(name.surname) == 1:
            last = next((word for word in words.split() if plain(word) == name.surname[0]), "")
            wanted.setdefault(last, ("PERSON", f"surname of {words}"))
        elif mention.label == "ORG" and " " in words and mention.end - mention.start == 2:
            wanted.setdefault(words.split()[0], ("ORG", f"first word of {words}"))
    by_first: dict[str, list[str]] = defaultdict(list)
    for words in wanted:
        if words and not (words.lower() in lowercase or words.islower()):
            by_first[plain(re.split(r"[\s-]", words)[0])].append(words)
    added: list[Mention] = []
    shouting = _shouting(doc)
    for token in doc:
        if token.i in taken or token.i in skipped or not token.text[:1].isupper():
            continue
        for words in sorted(by_first.get(plain(token.text), ()), key=len, reverse=True):
            span = doc.char_span(token.idx, token.idx + len(words))
            if span is None or any(i in taken for i in range(span.start, span.end)):
                continue
            same = span.text == words or (token.i in shouting and plain(span.text) == plain(words))
            if same and (
                token.pos_ in {"PROPN", "NOUN", "ADJ", "X", ""} or len(span) > 1 or token.i in shouting
            ):
                label, why = wanted[words]
                known = next((m for m in found if m.text == words), None)
                mention = make(doc, span.start, span.end, label, why, 0.65)
                if known is not None:
                    mention.country, mention.role = known.country, known.role
                added.append(mention)
                taken.update(range(span.start, span.end))
                break
    return added


def _shouting(doc: Doc) -> frozenset[int]:
    """Positions of the tokens in lines of four or more words that are all in capitals."""
    found: set[int] = set()
    line: list[Token] = []
    for token in doc:
        if "\n" not in token.text:
            line.append(token)
            if token.i + 1 < len(doc):
                continue
        words = [word.text for word in line if word.is_alpha]
        if len(words) > 3 and all(word.isupper() for word in words):
            found |= {word.i for word in line}
        line = []
    return frozenset(found)
