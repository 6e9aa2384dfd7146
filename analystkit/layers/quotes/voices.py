"""Speakers without a name: "two large shareholders", "the board", "a spokeswoman".

The entities of an article are those it names, and a few it describes. Who speaks without a name is a voice all the
same: it becomes an entity of its own, known by the words that first name it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from analystkit import lexicons
from analystkit.layers.entities.descriptions import gender_of_noun, offices
from analystkit.layers.roles import Syntax

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from analystkit.layers.quotes.speakers import Cast

_DETERMINERS = frozenset(
    {"the", "a", "an", "this", "these", "those", "that", "its", "his", "her", "their", "our", "my"}
)
_DEFINITE = frozenset({"the", "this", "these", "those", "that"})
_DATES = frozenset({"DATE", "TIME"})
_OWNING = frozenset({"its", "his", "her", "their"})
_WHY = "speaks, and has no name in the article"
_CONFIDENCE = 0.6


@cache
def _lexicon() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Offices, other nouns for people, nouns for bodies."""
    titles, voices = lexicons.load("titles"), lexicons.load("reporting")["voices"]
    return (
        offices(),
        frozenset([*titles["groups"], *voices["persons"].split()]),
        frozenset([*titles["unnamed_bodies"], *voices["bodies"].split()]),
    )


@cache
def mouthpieces() -> frozenset[str]:
    """What belongs to somebody and speaks in their place."""
    return frozenset(lexicons.load("reporting")["voices"]["mouthpieces"].split())


def label_of(head: int, syntax: Syntax) -> str | None:
    """PERSON or ORG for a common noun that can speak; None for others."""
    if syntax.pos[head] != "NOUN" and syntax.tags[head] not in ("NN", "NNS"):
        return None
    offices, persons, bodies = _lexicon()
    word, lemma = syntax.words[head], syntax.lemmas[head]
    single = word.removesuffix("s")
    if f"{syntax.words[head - 1]} {word}" in lexicons.load("reporting")["voices"]["services"]:
        return "ORG"
    if word in offices or word in persons or single in offices or lemma in offices:
        return "PERSON"
    return "ORG" if word in bodies or lemma in bodies or single in bodies else None


@dataclass(slots=True)
class Voice:
    """A speaker without a name.

    Attributes:
        id: Of the entity.
        label: Its kind.
        owner: The name of whoever "its", "his" … in the first mention stands for; "" for none.
        mentions: Its mentions as tokens, [start, end).
        key: The words of the first mention, without a determiner.
        noun: The lemma of its head.
    """

    id: str
    label: str
    owner: str
    mentions: list[tuple[int, int]]
    key: str
    noun: str

    def record(self, doc: Doc) -> dict[str, Any]:
        """The entity in the JSON form."""
        spans = [doc[start:end] for start, end in self.mentions]
        name = " ".join(spans[0].text.split())
        if self.owner:
            name = f"{self.owner}’s {name.partition(' ')[2]}"
        elif spans[0][0].pos_ != "PROPN":
            name = name[0].lower() + name[1:]
        mention = {"kind": "nominal", "why": _WHY, "confidence": _CONFIDENCE}
        return {
            "id": self.id,
            "name": name,
            "label": self.label,
            "aliases": [],
            "mentions": [{"start": span.start_char, "end": span.end_char, **mention} for span in spans],
            "confidence": _CONFIDENCE,
            "why": f"{len(spans)} nominal{'s' if len(spans) > 1 else ''}; {_WHY}",
        }


class Voices:
    """The speakers of one Doc who have no name, as they come up.

    Attributes:
        found: Those that the entities of the Doc do not hold yet.
    """

    def __init__(self, syntax: Syntax, cast: Cast) -> None:
        self._syntax, self._cast = syntax, cast
        self.found: list[Voice] = []
        numbers = [int(ref[1:]) for ref in cast.refs if ref[1:].isdigit()]
        self._next = max(numbers, default=0) + 1

    def of(self, head: int | None) -> str | None:
        """The entity for the voice that a noun names, a new one where it has not spoken before; None for no voice.

        "The minister" is none: somebody with a name, most often, whom nothing before tells.
        """
        syntax = self._syntax
        label = label_of(head, syntax) if head is not None else None
        if head is None or label is None:
            return None
        words = self._words(head)
        first = syntax.words[words[0]]
        if label == "PERSON" and syntax.words[head] in _lexicon()[0] and first in _DEFINITE:
            return None
        key = " ".join(syntax.words[i] for i in words if syntax.words[i] not in _DETERMINERS)
        voice = self._before(key, syntax.lemmas[head], first)
        if voice is None:
            owner = self._cast.at(words[0]) if first in _OWNING else None
            name = self._cast.names.get(owner, "") if owner is not None else ""
            voice = Voice(f"e{self._next}", label, name, [], key, syntax.lemmas[head])
            self._next += 1
            self.found.append(voice)
            self._cast.labels[voice.id], self._cast.names[voice.id] = label, key
            gender = gender_of_noun(syntax.words[head])
            many = syntax.tags[head] == "NNS" or syntax.words[head] in _lexicon()[1]
            self._cast.gender[voice.id] = "they" if many else {"m": "he", "f": "she"}.get(gender or "", "")
        voice.mentions.append((words[0], words[-1] + 1))
        self._cast.cover(voice.id, "nominal", words[0], words[-1] + 1)
        return voice.id

    def _before(self, key: str, noun: str, first: str) -> Voice | None:
        """The voice that the same words named before, or that "the board" goes back to."""
        if first in ("a", "an"):
            return None
        for voice in reversed(self.found):
            if voice.key == key or (first in _DEFINITE and voice.noun == noun):
                return voice
        return None

    def _words(self, head: int) -> list[int]:
        """The words of a voice in one piece: its noun phrase, up to the first break, comma or day ("| on Friday")."""
        words, syntax = self._syntax.noun_phrase(head), self._syntax
        low = high = words.index(head)
        while low > 0 and words[low - 1] == words[low] - 1:
            low -= 1
        if low == high and words[low] > 1 and syntax.words[words[low] - 1] == "-":  # "the | secretary-general"
            return [words[low] - 2, words[low] - 1, words[low]]
        while (
            high + 1 < len(words)
            and words[high + 1] == words[high] + 1
            and syntax.pos[words[high + 1]] != "PUNCT"
            and not (syntax.pos[words[high + 1]] == "ADP" and _DATES & {*syntax.entity[words[high + 1] :][1:2]})
        ):
            high += 1
        return words[low : high + 1]
