"""Names in an article: what the pipeline's entity recogniser found, put right by rules that hold for news.

A statistical recogniser slips in typical ways: a title or a possessive glued to a name, one name cut in two,
a label that its own last word contradicts, a name found in one sentence and missed in the next. What is
repaired or added says so in `Mention.why`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from analystkit import lexicons
from analystkit.layers.entities import (
    certainty,
    consistency,
    coordination,
    countries,
    evidence,
    given,
    headlines,
    honorifics,
    patterns,
)
from analystkit.layers.entities.descriptions import offices
from analystkit.layers.entities.mentions import NAME_LABELS, Mention, in_headline, make, opens_sentence
from analystkit.layers.entities.names import is_given_name, kinds_of_things, opens_name, peoples, plain, states, topics

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from analystkit.layers.entities.honorifics import Title
    from analystkit.layers.entities.scene import Scene

_OPENING, _CLOSING = frozenset({"“", '"', "("}), frozenset({"”", '"', ")"})
#: What before "American" makes it a people of more than, or of a part of, the United States.
_AMERICANS = frozenset({"Latin", "Central", "South", "North", "Native", "African", "Asian"})
#: How American papers put a lawmaker's party and state: "(R-Fla.)", "D-N.Y.".
_PARTY_AND_STATE = re.compile(r"\(?[DRI]-[A-Z][\w.]*\)?")
#: What stands before an office and belongs to it.
_RANKS = frozenset({"Majority", "Minority", "Deputy", "Vice", "Chief", "Special", "Assistant", "Acting", "Inspector"})
#: Sums as papers write them: "N80bn", "Rs500".
_SUM = re.compile(r"[A-Z][A-Za-z]{0,2}\d[\d.,]*(?:bn|m|k|tn|million|billion)?")
_INITIALS = re.compile(r"(?:[A-Z]\.)+")
_MEMBERS = frozenset({"Republican", "Democrat", "Democrats", "Republicans"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def find_names(scene: Scene) -> list[Mention]:
    """The names in a Doc, in the order of the text, none overlapping another; furniture is left out."""
    doc, skipped = scene.doc, scene.skipped
    titles = honorifics.find(scene)
    found = [*_dateline(scene), *_countries(scene), *patterns.find(scene), *given.find(scene)]
    found += _recognised(scene, titles)
    found = without_overlaps(name for name in found if not any(i in skipped for i in range(name.start, name.end)))
    found = headlines.without_its_words(scene, found)
    honorifics.split(doc, found, titles)
    honorifics.attach(found, titles)
    found += honorifics.missed(scene, found, titles)
    found += _unlabelled(scene, found, titles)
    found += _groups(scene, found)
    consistency.vote(scene, found)
    found = without_overlaps([*found, *consistency.fuller(scene, found)])
    found += consistency.missed(scene, found)
    honorifics.split(doc, found, titles)
    honorifics.attach(found, titles)
    _know_countries(found)
    consistency.link_peoples(scene, found)
    consistency.link_compass(scene, found)
    certainty.weigh(found)
    return sorted(found, key=lambda name: name.start)


def _know_countries(names: list[Mention]) -> None:
    """Have names of countries that were cut out of longer ones know theirs ("U.S. | District Judge Ann Cole")."""
    known = {name.text: name for name in names if name.country and name.role == "name"}
    for name in names:
        if name.label == "GPE" and not name.country and name.text in known:
            name.country, name.role = known[name.text].country, "name"


def without_overlaps(names: Iterable[Mention]) -> list[Mention]:
    """Longest first, then surest; whatever overlaps a kept one goes."""
    taken: set[int] = set()
    kept: list[Mention] = []
    for name in sorted(names, key=lambda name: (name.start - name.end, -name.confidence, name.start)):
        positions = range(name.start, name.end)
        if not any(position in taken for position in positions):
            taken.update(positions)
            kept.append(name)
    return sorted(kept, key=lambda name: name.start)


def _dateline(scene: Scene) -> Iterator[Mention]:
    """Place and agency of the dateline, which recognisers often take for people or miss in capitals."""
    dateline = (scene.doc._.article or {}).get("dateline") or {}
    if dateline.get("start") is None:
        return
    opening = scene.syntax.text[dateline["start"] : dateline["end"]]
    for key, label in (("place", "GPE"), ("agency", "ORG")):
        words = dateline.get(key) or ""
        at = opening.find(words)
        if not words or at < 0:
            continue
        if label == "GPE":
            words = words.split(",")[0]  # "PARIS, Texas": the town
        begin = dateline["start"] + at
        span = scene.syntax.words_at(begin, begin + len(words))
        yield make(scene, *span, label, f"{key} in the dateline", 0.95)


def _countries(scene: Scene) -> Iterator[Mention]:
    """Names of countries and words for their people, the longest at each place."""
    doc, texts = scene.doc, scene.texts
    first, longest = countries.first_words(), countries.longest_name()
    free = 0
    for position in scene.capitals:
        text = texts[position]
        if position < free or not (text.isupper() or "." in text or plain(text) in first):
            continue
        before = position - 2 if position > 1 and texts[position - 1] == "-" else position - 1
        if text.startswith("American") and position and texts[before] in _AMERICANS:
            yield make(scene, before, position + 1, "NORP", "a people of the Americas, not of one country", 0.95)
            continue
        for end in range(min(position + longest, len(doc)), position, -1):
            if not texts[end - 1][0].isupper():
                continue
            known = countries.find(scene.syntax.text_of(position, end))
            if known and known[1] != "capital" and _is_country(doc[position:end]):
                country, role = known
                label = "GPE" if role == "name" else "NORP"
                name = make(scene, position, end, label, f"{role} of the country {country.name}", 0.95)
                name.country, name.role = country.code, role
                yield name
                free = end
                break


def _is_country(words: Span) -> bool:
    """Whether words that can name a country do: ambiguous ones need the recogniser's word for it."""
    if not countries.is_ambiguous(words.text):
        return not (len(words) == 1 and words.text.isupper() and len(words.text) <= 4 and _is_shouted(words))
    label = words[0].ent_type_
    return label in {"GPE", "LOC", "NORP"} and all(token.ent_type_ == label for token in words)


def _is_shouted(words: Span) -> bool:
    """Whether the words around are in capitals too, so that "US" may be "us"."""
    around = [token for token in words.doc[max(words.start - 3, 0) : words.end + 3] if token.is_alpha]
    return len(around) > 3 and all(token.is_upper for token in around)


def _recognised(scene: Scene, titles: list[Title]) -> Iterator[Mention]:
    """The recogniser's names, trimmed and relabelled."""
    doc = scene.doc
    by_end = {title.end: title for title in titles}
    for start, end, label in _whole(scene, titles):
        near = [by_end[at] for at in range(start + 1, end + 1) if at in by_end]
        begin, is_person = honorifics.cut(doc, start, end, label, near)
        end = next((title.start for title in near if begin < title.start and title.end == end), end)
        body = next((title.start for title in near if start < title.start and title.end == begin), start)
        if is_person and label == "ORG" and start < body:
            front = _trimmed(scene, start, _before_office(doc, start, body))  # "Senate | Majority Leader | Ann Cole"
            if front is not None and _is_name(scene, *front):
                yield make(
                    scene,
                    *front,
                    _by_last_word(scene, *front, "ORG"),
                    "named by the pipeline together with a person",
                    0.7,
                )
        bounds = _trimmed(scene, begin, end)
        if bounds is not None and label == "ORG" and not is_person:
            bounds = _trimmed(scene, bounds[0], _before_office(doc, *bounds))
        if bounds is None or not _is_name(scene, *bounds):
            continue
        begin, end = bounds
        if _is_firm_with_s(scene, begin, end, label):
            end, label = end + 1, "ORG"
        right = "PERSON" if is_person else _by_last_word(scene, begin, end, label)
        why = "named by the pipeline" + ("" if right == label else f" as {label}; {right} by its form")
        yield make(scene, begin, end, right, why, certainty.RECOGNISED if right == label else 0.7)


def _before_office(doc: Doc, start: int, end: int) -> int:
    """A body's end before the office in it ("United Nations | Secretary-General"); its start where nothing is left."""
    cut = end
    while cut > start and (doc[cut - 1].lower_ in _office_words() or doc[cut - 1].text == "-"):
        if doc[cut - 1].text.removesuffix("s") in peoples():
            break  # "Liberal Democrats"
        cut -= 1
    if cut > start and doc[cut - 1].text in {"of", "for"}:
        return end  # "Army Corps of Engineers"
    while start < cut < end and doc[cut - 1].text in _RANKS:
        cut -= 1  # "House | Majority Leader"
    party = cut < end and doc[cut].text in lexicons.load("titles")["members"]  # "the Labour MP"
    only_topic = not party and all(token.text in topics() for token in doc[start:cut])  # "the Defense Secretary"
    return start if cut < end and only_topic else cut


def _whole(scene: Scene, titles: list[Title]) -> list[tuple[int, int, str]]:
    """The recogniser's spans, cut where they run over a border and joined where they break a name."""
    doc = scene.doc
    in_titles = {i for title in titles for i in range(title.start, title.end)}
    starts = {title.end for title in titles}
    alone = {scene.syntax.text_of(span.start, span.end) for span in scene.recognised}
    found: list[tuple[int, int, str]] = []
    for span in scene.recognised:
        if span.label_ not in NAME_LABELS:
            continue
        for start, end, label in _parts(scene, span, alone):
            end = _grown(scene, start, end, label, in_titles)
            if start not in starts and _has_given_name(scene, start, end, label, in_titles):
                start -= 1  # "Judge Renata | Okafor"
            while label == "PERSON" and start > 0 and _is_initial(scene, start - 1):
                start -= 1  # "B. | S. Gowda"
            if found and found[-1][1] == start and (joined := _joined(doc, found[-1][2], label, end)):
                found[-1] = (found[-1][0], end, joined)
            else:
                found.append((start, end, label))
    return found


def _unlabelled(scene: Scene, found: list[Mention], titles: list[Title]) -> list[Mention]:
    """Names that the recogniser left out, but that what stands beside them shows to be names."""
    taken = {i for name in found for i in range(name.start, name.end)} | scene.skipped
    taken |= {i for title in titles for i in range(title.start, title.end)}
    return [make(scene, *part, 0.6) for part in evidence.unlabelled(scene, taken)]


def _groups(scene: Scene, found: list[Mention]) -> Iterator[Mention]:
    """Words for many of a party or faith that the recogniser left out ("Republicans", "Sunnis")."""
    taken = {i for name in found for i in range(name.start, name.end)} | scene.skipped
    for i in scene.capitals:
        word = scene.texts[i]
        if (
            word.endswith("s")
            and word[:-1] in peoples()
            and i not in taken
            and scene.syntax.pos[i] in {"NOUN", "PROPN"}
        ):
            yield make(scene, i, i + 1, "NORP", "word for a party or faith", 0.75)


def _parts(scene: Scene, span: Span, alone: set[str]) -> Iterator[tuple[int, int, str]]:
    """Cut a span at line ends, between names that "and" joins, and after owners ("North Korea's Kim").

    Args:
        scene: What is being read.
        span: What the recogniser took for one name.
        alone: The texts of all its names in the article.
    """
    for start, end, label in coordination.parts(scene, span, alone):
        yield from _pieces(scene, start, end, label)


def _pieces(scene: Scene, start: int, end: int, label: str) -> Iterator[tuple[int, int, str]]:
    texts = scene.texts
    for i in range(start, end):
        text, possessive, inside = texts[i], texts[i].lower() in {"'s", "’s"}, start < i < end - 1
        if "\n" in text:
            if i > start:
                yield start, i, label
            start = i + 1
        elif label == "PERSON" and possessive and i + 1 < end:
            start = i + 1
        elif label in {"ORG", "LOC", "FAC"} and possessive and inside:
            owner = scene.syntax.text_of(start, i)
            name = countries.is_ambiguous(owner) and is_given_name(owner)  # "Jordan's", but not "Turkey's"
            if countries.find(owner) and not name:
                yield start, i, "GPE"
                start = i + 1
        elif i == end - 1 and i > start and text in _MEMBERS and _is_seat(scene.syntax.text_of(start, i)):
            yield start, i, "GPE"
            start, label = i, "NORP"
        elif label == "ORG" and inside and text in evidence.before_bodies():
            start = i + 1  # "West African bloc | ECOWAS"
        elif text in {"based", "led", "backed", "run"} and inside:
            if texts[i - 1] == "-":  # "San Francisco-based 1st Nationwide Bank"
                start = i + 1
        elif label == "ORG" and inside and text in lexicons.load("titles")["members"]:
            yield start, i, label  # "the | Labour | MP for Leeds"
            start = i + 1 + (texts[i + 1] in {"for", "from"})
            label = "GPE"
        elif label in {"PERSON", "ORG"} and inside and _parts_people(text, texts[i + 1]):
            if text == ",":
                if label == "ORG":
                    continue
                yield start, i, label
            elif not _is_person_word(scene, start, i):
                yield start, i, "ORG"  # "Corvane | engineer | Luis Batra"
            start = i + 1
            label = label if text == "," else "PERSON"
    if start < end:
        yield start, end, label


def _is_seat(words: str) -> bool:
    """Whether words name a state, or a town that news knows, which lawmakers come from ("the Wyoming | Republican")."""
    return words in states() or (countries.find(words) or ("", ""))[1] in {"name", "capital"}


def _is_person_word(scene: Scene, start: int, end: int) -> bool:
    """Whether words before an office are no body's name: a nationality, a given name, another office."""
    known, words = countries.find(scene.syntax.text_of(start, end)), scene.texts[start:end]
    return bool(known) or is_given_name(words[0]) or any(word[0].islower() for word in words)


def _parts_people(word: str, after: str) -> bool:
    """Whether a comma between two names, or an office in lower case ("secretary-general"), ends what comes before."""
    if word == ",":
        return after[:1].isupper() and after not in lexicons.load("names")["suffixes"]
    return word in offices() and after[:1].isupper()


def _grown(scene: Scene, start: int, end: int, label: str, in_titles: set[int]) -> int:
    """A name's end past what belongs to it for sure: "Hartley | & Moss", "Damian | Holt"."""
    doc = scene.doc
    most = 2 if label == "PERSON" else 1
    if label in {"PERSON", "ORG"} and end - start <= most and end < len(doc) and end not in in_titles:
        after = doc[end]
        proper = after.pos_ == "PROPN" and not after.ent_type_ and _is_capitalised(after.text)
        proper = proper and not (label == "PERSON" and _is_prize(scene, end))
        if proper and doc[start].text.istitle() and not in_headline(scene.syntax, end):
            return end + 1
    if label in {"ORG", "PERSON"} and end + 1 < len(doc) and doc[end].text == "&" and doc[end + 1].is_title:
        return end + 2
    return end


def _has_given_name(scene: Scene, start: int, end: int, label: str, in_titles: set[int]) -> bool:
    """Whether a first name that the recogniser left out stands before a surname; before more words, a known one."""
    if start == 0 or label != "PERSON" or start - 1 in in_titles:
        return False
    before = scene.doc[start - 1]
    if end - start > 1 and not opens_name(before.text):
        return False
    proper = before.pos_ == "PROPN" and not before.ent_type_ and before.text.istitle() and bool(before.whitespace_)
    return proper and not in_headline(scene.syntax, start - 1)


def _is_prize(scene: Scene, i: int) -> bool:
    """Whether a run of capitals goes on to what is named after somebody: "Boxer | Indemnity Scholarship"."""
    while i + 1 < len(scene.texts) and scene.syntax.capital[i + 1] and scene.syntax.pos[i + 1] == "PROPN":
        i += 1
    return scene.texts[i] in kinds_of_things() or scene.texts[i] in lexicons.load("names")["others"]


def _is_capitalised(word: str) -> bool:
    """Whether a word has a capital and small letters: "Holt", "FitzGibbon"."""
    return word.istitle() or (word[:1].isupper() and not word.isupper() and word.isalpha())


def _is_initial(scene: Scene, i: int) -> bool:
    """Whether a word is the initial of the name behind it, and not the end of what comes before ("vitamin B.")."""
    counted = i > 0 and scene.syntax.pos[i - 1] == "NOUN" and scene.syntax.words[i - 1] not in offices()
    return _INITIALS.fullmatch(scene.texts[i]) is not None and not counted


def _joined(doc: Doc, left: str, right: str, end: int) -> str:
    """The label of two spans that touch, if they are one name; "" if they are two."""
    last = doc[end - 1].text
    unknown = right == "NORP" and countries.find(last) is None and last.removesuffix("s") not in peoples()
    if left == "PERSON" and (right == "PERSON" or unknown):
        return "PERSON"  # "Sylvain | Itté"
    return "ORG" if left in {"NORP", "GPE"} and last in last_words()["ORG"] else ""


def _trimmed(scene: Scene, start: int, end: int) -> tuple[int, int] | None:
    """Bounds without article, possessive ending and stray signs; None when nothing is left."""
    words = scene.syntax.words
    while start < end and (
        words[start] in {"the", "a", "an", "of", "and"}
        or (_is_sign(words[start]) and not (words[start] in _OPENING and _CLOSING & {*words[start + 1 : end]}))
    ):
        start += 1
    if end - start > 1 and words[start].endswith("maker") and words[start] in evidence.before_bodies():
        start += 1  # a capital only because it opens a headline: "Chipmaker | Halvorsen"
    while (
        start < end
        and (
            words[end - 1] in _POSSESSIVE
            or scene.texts[end - 1] in {"of", "and", "for"}
            or (end - start > 1 and _is_noun_behind(scene, end - 1))  # "Hezbollah | militants"
            or (_is_sign(words[end - 1]) and not (words[end - 1] in _CLOSING and _OPENING & {*words[start : end - 1]}))
        )
    ):
        end -= 1
    return (start, end) if start < end else None


def _is_firm_with_s(scene: Scene, start: int, end: int, label: str) -> bool:
    """Whether the "'s" behind a single name belongs to it: what it does follows at once ("Moody's | warned")."""
    syntax, texts = scene.syntax, scene.texts
    single = end - start == 1 and end + 1 < len(syntax) and label in {"PERSON", "ORG"}
    if not single or syntax.words[end] not in _POSSESSIVE or syntax.heads[start] != end + 1:
        return False
    acts = syntax.tags[end + 1] in {"VBD", "VBN", "VBZ", "MD"} and syntax.pos[end + 1] in {"VERB", "AUX"}
    same = [i + 1 for i in scene.capitals if texts[i] == texts[start]]
    return acts and all(i < len(texts) and texts[i] in _POSSESSIVE for i in same)


def _is_noun_behind(scene: Scene, i: int) -> bool:
    """Whether a word is a noun of its own and no part of a name with a hyphen ("Yu Woo-ik")."""
    return scene.texts[i].islower() and scene.syntax.pos[i] == "NOUN" and scene.texts[i - 1] != "-"


def _is_sign(word: str) -> bool:
    """Whether a word has neither letter nor digit; marks of a pair inside a name (a nickname) belong to it."""
    return not any(map(str.isalnum, word))


def _is_name(scene: Scene, start: int, end: int) -> bool:
    """Whether a span looks like a name: a capital or digit, and not just a capitalised common word."""
    syntax, lowercase = scene.syntax, scene.lowercase
    text, word, pos = syntax.text_of(start, end), syntax.words[start], syntax.pos[start]
    if not any(sign.isalpha() and not sign.islower() for sign in text) or _PARTY_AND_STATE.fullmatch(text):
        return False  # "mid-20s", "R-Fla."
    if (_SUM.fullmatch(text) and text[-1].islower()) or (end - start == 1 and text in scene.illnesses):
        return False
    if end - start == 1 and _is_department(scene, start):
        return False
    if end - start == 1 and (word.endswith("ism") or sum(map(str.isalpha, word)) < 2):
        return False  # "Communism": nobody; "X."
    if text in _not_names() or (word in _office_words() and not text.isupper()):
        return end - start > 1 and text not in _not_names()
    if end - start > 1 or (text[1:].lower() != text[1:] and len(text) > 2 and not _is_shouted(scene.doc[start:end])):
        return True  # "WHO", "ConocoPhillips": its capitals tell
    if pos in {"PRON", "DET", "ADP", "SCONJ", "CCONJ", "AUX", "PART"}:
        return False
    common = pos in {"VERB", "ADV", "INTJ", "NUM", "ADJ"} or word in lowercase or syntax.tags[start] == "NNS"
    headline = word in lowercase and in_headline(syntax, start)
    token = scene.doc[start]
    return not (headline or (common and opens_sentence(token))) or _is_known(token)


def _is_department(scene: Scene, i: int) -> bool:
    """Whether a word only says what somebody is secretary or minister of ("secretary of State")."""
    words = scene.syntax.words
    return i > 1 and scene.texts[i] in topics() and words[i - 1] == "of" and words[i - 2] in offices()


def _is_known(token: Token) -> bool:
    """Whether a word at the head of a sentence, taken for an adjective or a verb, is a name for all that."""
    proper = token.tag_ == "NNP" and token.pos_ == "ADJ"  # "Fatah gunmen"
    return proper or token.text.removesuffix("s") in peoples() or countries.find(token.text) is not None


@cache
def _not_names() -> frozenset[str]:
    return frozenset(lexicons.load("names")["not_names"])


@cache
def _office_words() -> frozenset[str]:
    """Nouns for offices, one and many: by themselves they describe ("Senators", "the Emperor")."""
    return frozenset(form for noun in offices() for form in (noun, f"{noun}s"))


@cache
def last_words() -> dict[str, frozenset[str]]:
    """For each label the words that names of that kind end in."""
    lexicon = lexicons.load("names")
    kinds = {"ORG": "bodies", "LAW": "laws", "FAC": "buildings", "LOC": "landscapes", "EVENT": "events"}
    return {label: frozenset(lexicon[kind]) for label, kind in kinds.items()}


def _by_last_word(scene: Scene, start: int, end: int, label: str) -> str:
    """The label that a name's last word calls for, else the one it has."""
    if label in {"PRODUCT", "WORK_OF_ART"}:
        return label
    words, text, lexicon = scene.texts[start:end], scene.syntax.text_of(start, end), lexicons.load("names")
    last = words[-1]
    if (label == "PERSON" and "&" in words) or (len(words) > 1 and last in lexicon["legal_forms"]):
        return "ORG"
    if exact := lexicon["known"].get(text):
        return str(exact)
    if len(words) > 1 and words[0] in lexicon["before_places"] and label in {"PERSON", "GPE", "ORG"}:
        return "LOC"
    known = countries.find(last)
    plural = scene.syntax.tags[end - 1] == "NNPS"
    if label == "PERSON" and plural and (len(words) == 1 or (known and known[1] == "demonym")):
        return "NORP"  # "Democrats", "Muslim Americans"
    if all(word.removesuffix("s") in peoples() for word in words):
        return "NORP"
    whole = countries.find(text)
    capital = whole is not None and whole[1] == "capital"  # "Abu Dhabi"
    if text in states() or capital or (len(words) < 2 and known is not None and known[1] == "capital"):
        return "GPE" if label in {"PERSON", "ORG", "LOC"} and not is_given_name(text) else label
    if len(words) < 2:
        return label
    wild = last in lexicon["wild"]
    for right, endings in last_words().items():
        if last in endings and ((label, right) not in {("FAC", "ORG"), ("GPE", "LOC")} or wild):
            return right
    return label
