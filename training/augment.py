"""News dress for web text: what the treebanks lack and newspapers are full of.

Each function takes a sentence and a random generator and returns a changed copy, or None where it does
not apply. The names of places, people and agencies are common ones, listed here only to give variety.
"""

from __future__ import annotations

import random
from functools import cache
from importlib.resources import files

from countryinfo import CountryInfo

from training.conllu import Sentence, Word

CITIES = (
    "SEOUL WASHINGTON LONDON PARIS MOSCOW BEIJING TOKYO BERLIN BRUSSELS NAIROBI CAIRO JERUSALEM BAGHDAD KABUL "
    "DELHI ISLAMABAD JAKARTA MANILA SYDNEY OTTAWA GENEVA MADRID ROME VIENNA WARSAW KYIV ANKARA TEHRAN RIYADH DUBAI "
    "LAGOS ABUJA JOHANNESBURG HARARE CARACAS BOGOTA LIMA SANTIAGO BRASILIA HAVANA BOSTON CHICAGO ATLANTA MIAMI DENVER"
).split()
TWO_WORD_CITIES = ["NEW YORK", "LOS ANGELES", "MEXICO CITY", "HONG KONG", "BUENOS AIRES", "UNITED NATIONS", "NEW DELHI"]
AGENCIES = "UPI AP Reuters AFP CNN BBC Xinhua TASS Yonhap dpa Kyodo Bloomberg".split()
MONTHS = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
REPORTING = frozenset(
    "say announce report tell warn deny claim insist add confirm argue state declare accuse urge vow pledge".split()
)
TITLES = [
    "Foreign Minister", "Prime Minister", "Defense Minister", "Secretary of State", "Secretary of Defense",
    "White House spokesman", "Vice President", "Attorney General", "U.S. Secretary of State", "Gov.", "Sen.", "Rep.",
    "Russian Foreign Minister", "Army Gen.", "National Security Adviser", "U.N. Secretary-General", "Health Minister",
    "Chancellor", "Chief Executive", "police spokesman", "State Department spokeswoman", "King", "Pope", "Lt. Col.",
    "Unification Minister", "opposition leader", "Supreme Court Justice", "Finance Minister", "Mayor", "Justice",
]  # fmt: skip
ACCENTS = dict(zip("aeioucnszl", "áéíöüçñšžł", strict=True))
ADJECTIVES = frozenset("U.S. Russian White National".split())
#: Words of titles that belong to a name; whether the corpus would have marked it is not known.
NAMED = frozenset("U.S. U.N. Russian White House State Department Army National Security Supreme Court".split())
#: Ends of words for peoples.
PEOPLES = "an ian ish ese i".split()


def dateline(sentence: Sentence, rng: random.Random) -> Sentence | None:
    """Put a dateline in front, as a sentence fragment of its own that stays outside the clause."""
    if not sentence.words or sentence.words[0].xpos in {"''", "``"}:
        return None
    changed = sentence.copy()
    words: list[Word] = []
    city = rng.choice(TWO_WORD_CITIES if rng.random() < 0.15 else CITIES)
    if rng.random() < 0.15:
        city = city.title()
    first, *rest = city.split()
    words.append(_word(first, "PROPN", "NNP", 0, "ROOT", feats="Number=Sing", name="B-GPE" if rest else "U-GPE"))
    words.extend(_word(part, "PROPN", "NNP", 0, "flat", feats="Number=Sing", name="L-GPE") for part in rest)
    if rng.random() < 0.6:
        words[-1].space = False
        words.append(_word(",", "PUNCT", ",", 0, "punct"))
        month = len(words)
        name, day = rng.choice(MONTHS), str(rng.randint(1, 31))
        feats = "NumForm=Digit|NumType=Card"
        words.append(_word(name, "PROPN", "NNP", month + 1, "nmod:unmarked", feats="Number=Sing", name="B-DATE"))
        words.append(_word(day, "NUM", "CD", 0, "nmod:unmarked", feats=feats, name="L-DATE"))
    if rng.random() < 0.75:
        at = len(words)
        words.append(_word("(", "PUNCT", "-LRB-", at + 1, "punct", space=False))
        agency = _word(rng.choice(AGENCIES), "PROPN", "NNP", 0, "parataxis", feats="Number=Sing", name="U-ORG")
        agency.space = False
        words.append(agency)
        words.append(_word(")", "PUNCT", "-RRB-", at + 1, "punct"))
    words.append(_word(rng.choice(["--", "—", "–", "-"]), "PUNCT", ":", 0, "punct"))
    shift = len(words)
    for word in changed.words:
        word.head += shift
    changed.words = words + changed.words
    return changed


def weekday(sentence: Sentence, rng: random.Random) -> Sentence | None:
    """Put a weekday after a reporting verb: "said Wednesday that"."""
    places = [
        i
        for i, word in enumerate(sentence.words)
        if word.lemma in REPORTING and word.xpos in {"VBD", "VBZ"} and word.space
        and i + 1 < len(sentence.words)
        and not any(w.head == i and w.dep in {"obj", "iobj", "compound:prt", "obl:unmarked"} for w in sentence.words)
    ]  # fmt: skip
    if not places:
        return None
    place = rng.choice(places)
    day = _word(rng.choice(DAYS), "PROPN", "NNP", place, "obl:unmarked", feats="Number=Sing", name="U-DATE")
    return _insert(sentence, place + 1, day)


def title(sentence: Sentence, rng: random.Random) -> Sentence | None:
    """Put a title before a person's name, or swap the one that is there."""
    words = sentence.words
    places = [
        i
        for i, word in enumerate(words)
        if word.upos == "PROPN" and word.dep in {"nsubj", "obj", "nmod", "obl", "nsubj:pass"}
        and i + 1 < len(words)
        and words[i + 1].head == i and words[i + 1].dep == "flat" and words[i + 1].upos == "PROPN"
        and word.form.istitle()
        and (i == 0 or words[i - 1].head != i or words[i - 1].dep not in {"compound", "nmod:desc", "det", "amod"})
    ]  # fmt: skip
    if not places:
        return None
    name = rng.choice(places)
    parts = rng.choice(TITLES).split()
    head_at = parts.index("of") - 1 if "of" in parts else len(parts) - 1
    changed = sentence
    for offset, part in enumerate(parts):
        here = name + offset
        lower = part.islower()
        upos, xpos, dep = ("NOUN", "NN", "compound") if lower else ("PROPN", "NNP", "compound")
        if part == "of":
            upos, xpos, dep = "ADP", "IN", "case"
        elif part in ADJECTIVES and part not in {"White", "U.S."}:
            upos, xpos, dep = "ADJ", "JJ", "amod"
        elif "of" in parts and offset > parts.index("of"):
            dep = "nmod"
        feats = "Number=Sing" if upos in {"NOUN", "PROPN"} else "Degree=Pos" if upos == "ADJ" else ""
        named = "" if part in NAMED else "O"
        new = _word(part, upos, xpos, here, "nmod:desc" if offset == head_at else dep, feats=feats, name=named)
        if upos == "NOUN":
            new.lemma = part.lower()
        changed = _insert(changed, here, new)
    first, last = name, name + len(parts)
    for offset in range(len(parts)):
        word = changed.words[first + offset]
        if offset == head_at:
            word.head = last
        elif parts[offset] == "of":
            word.head = first + offset + 1
        else:
            word.head = first + head_at
    return changed


def rename(sentence: Sentence, rng: random.Random) -> Sentence | None:
    """Names that nobody has met yet for persons, places, peoples and what has no known label; the same for the same."""
    places = [
        i
        for i, word in enumerate(sentence.words)
        if word.name[2:] in INVENT and (word.xpos == "NNP" or word.name[2:] == "NORP")
        and word.lemma == word.form and is_plain_name(word.form)
    ]  # fmt: skip
    if not places:
        return None
    changed = sentence.copy()
    new: dict[str, str] = {}
    for place in places:
        if rng.random() < 0.7:
            word = changed.words[place]
            word.form = word.lemma = new.setdefault(word.form, INVENT[word.name[2:]](rng))
    return changed


def is_plain_name(word: str) -> bool:
    """Whether a word is written like a name of a person or a place, not like an acronym."""
    return len(word) > 3 and word.isalpha() and word.istitle()


@cache
def _given_names() -> list[str]:
    text = (files("analystkit") / "lexicons" / "given_names.txt").read_text(encoding="utf-8")
    return [line.split()[0] for line in text.splitlines() if not line.startswith("#")]


@cache
def _regions() -> list[str]:
    names = {name for land in CountryInfo.all().values() for name in land.get("provinces") or ()}
    return sorted(filter(is_plain_name, names))


def invented_name(rng: random.Random) -> str:
    """A given name of some language, or a blend of two."""
    return _invented(_given_names(), rng)


def invented_place(rng: random.Random) -> str:
    """A region of some country, or a blend of two."""
    return _invented(_regions(), rng)


def invented_people(rng: random.Random) -> str:
    """A word such as "Leskish" for those who live in an invented place."""
    return invented_place(rng).rstrip("aeiouy") + rng.choice(PEOPLES)


def _invented(names: list[str], rng: random.Random) -> str:
    """One of the names, or more often the beginning of one with the end of another; at times with an accent."""
    name, other = rng.choice(names), rng.choice(names)
    if rng.random() < 0.7:
        name = name[: rng.randint(2, 4)] + other[rng.randint(1, max(1, len(other) - 2)) :]
    if rng.random() < 0.15:
        at = rng.randrange(len(name))
        name = name[:at] + ACCENTS.get(name[at], name[at]) + name[at + 1 :]
    return name.title()


#: What replaces a name of each label, the empty one for names whose label nobody knows: those that tell nothing of it.
INVENT = {"": invented_name, "PERSON": invented_name, "GPE": invented_place, "NORP": invented_people}


def curly_quotes(sentence: Sentence, rng: random.Random) -> Sentence | None:
    """Straight quotation marks and apostrophes as a newspaper prints them."""
    changed = sentence.copy()
    hit = False
    for word in changed.words:
        old = word.form
        if old == '"':
            word.form = "“" if word.xpos == "``" else "”"
            word.lemma = word.form
        elif "'" in old:
            word.form = old.replace("'", "’")
        hit = hit or word.form != old
    return changed if hit else None


def _word(form: str, upos: str, xpos: str, head: int, dep: str, *,
          feats: str = "", space: bool = True, name: str = "O") -> Word:  # fmt: skip
    return Word(form, form, upos, xpos, feats, head, dep, space, name)


def _insert(sentence: Sentence, at: int, new: Word) -> Sentence:
    """A copy with `new` at position `at`; heads of the old words move along. `new.head` is an old position."""
    changed = sentence.copy()
    for word in changed.words:
        if word.head >= at:
            word.head += 1
    if new.head >= at:
        new.head += 1
    changed.words.insert(at, new)
    return changed
