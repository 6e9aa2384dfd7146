"""What each statement speaks of: things and persons of the article, and its words with meaning, by family or stem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log, sqrt
from typing import TYPE_CHECKING, Any

from analystkit.layers.accounts.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from analystkit.layers.roles import Syntax

#: Who speaks or acts is not what is spoken of: such entities alone do not make a matter.
ACTORS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC"})
#: Statements that are further apart, in statements, are not compared: so a long text takes time in proportion.
REACH = 60
#: How much a word of the content tells of its matter, by its part of speech; a thing of the article has a noun's.
_WEIGHTS = {"NOUN": 1.0, "PROPN": 1.0, "VERB": 0.7, "ADJ": 0.2}
#: The same for a noun that only tells what sort of thing another is: the casino in "casino jobs".
_MODIFIER = 0.4
#: What the words around the content tell, in its sentence.
_SENTENCE = 0.3
#: What everybody speaks of tells nothing of any two statements, unless both take sides on it.
_SIDED = 0.6


@dataclass(slots=True)
class Statement:
    """An attribution as one of many about the article's matters.

    Attributes:
        number: Its place among the statements of the article, in the order of the text.
        quote: The attribution.
        tokens: The tokens of the content, in their order.
        cue: The tokens of the cue.
        places: key -> the first token that speaks of it in the content; keys are ids of entities, families and stems.
        weights: key -> how much the statement is about it.
        sides: Keys of what it is for or against.
        size: The length of the weights as a vector.
    """

    number: int
    quote: dict[str, Any]
    tokens: list[int]
    cue: list[int]
    places: dict[str, int] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    sides: set[str] = field(default_factory=set)
    size: float = 1.0

    @property
    def source(self) -> str:
        """Whose statement it is."""
        speaker: str = self.quote["speaker"]
        return speaker


class Reading:
    """The statements of a Doc with what they speak of.

    Attributes:
        things: token -> the entity that it heads a mention of; no actors.
        actors: token -> the actor whose mention it stands in.
        persons: The actors.
        statements: Those whose speaker is known, in the order of the text.
    """

    def __init__(self, doc: Doc, syntax: Syntax) -> None:
        self.doc, self.syntax, self.words = doc, syntax, words()
        self.things: dict[int, str] = {}
        self.actors: dict[int, str] = {}
        for entity in doc._.entities or ():
            for mention in entity["mentions"]:
                if entity["label"] in ACTORS:
                    words_of = range(*syntax.words_at(mention["start"], mention["end"]))
                    self.actors |= dict.fromkeys(words_of, entity["id"])
                else:
                    self.things[self.root(mention["start"], mention["end"])] = entity["id"]
        self.persons = frozenset(self.actors.values())
        spoken = [quote for quote in doc._.quotes or () if quote["speaker"]]
        spoken.sort(key=lambda quote: quote["content"][0])
        self.statements = [
            Statement(number, quote, self._tokens(quote["content"]), self._tokens(quote["cue"]))
            for number, quote in enumerate(spoken)
        ]
        for statement in self.statements:
            self._weigh(statement)
        self._take_sides()
        self._compare()

    def keys(self, i: int) -> list[str]:
        """What a word is compared by: the entity it names, and its family or stem if it has a meaning of its own."""
        s = self.syntax
        found = [key for key in (self.things.get(i), self.actors.get(i)) if key]
        if i in self.actors or len(s.words[i]) < 3:
            return found
        key = self.words.key(s.words[i])
        noun = s.pos[i] in ("NOUN", "PROPN") and key not in self.words.matterless
        verb = s.pos[i] == "VERB" and s.words[i] not in self.words.light
        return [*found, key] if noun or verb or s.pos[i] == "ADJ" else found

    def root(self, start: int, end: int) -> int:
        """The token that heads the words at [start, end) of the text."""
        first, last = self.syntax.words_at(start, end)
        return next((i for i in range(first, last) if not first <= self.syntax.heads[i] < last), first)

    def _tokens(self, spans: Iterable[Iterable[int]]) -> list[int]:
        s = self.syntax
        return [i for start, end in spans for i in range(*s.words_at(start, end)) if not s.blank[i]]

    def _weigh(self, statement: Statement) -> None:
        """The keys of a statement, before it is known how many others have them."""
        s, inside = self.syntax, set(statement.tokens)
        for i in statement.tokens:
            for key in self.keys(i):
                statement.places.setdefault(key, i)
                self._add(statement, key, i, 1.0)
        source = set(self._tokens(statement.quote["source"]))
        here = {s.sentence[i] for i in statement.tokens}
        for i in (i for number in here for i in range(*s.sentences[number]) if i not in inside and i not in source):
            if i not in statement.cue and not s.blank[i]:
                for key in self.keys(i):
                    self._add(statement, key, i, _SENTENCE)

    def _take_sides(self) -> None:
        """Whom or what a statement is for or against, that it is about, whatever else it says."""
        by_quote = {statement.quote["id"]: statement for statement in self.statements}
        for stance in self.doc._.stances or ():
            statement = by_quote.get(stance["quote"])
            if statement is None:
                continue
            root = self.root(*stance["target_span"])
            for key in [stance["target"]] if stance["target"] else self.keys(root):
                statement.sides.add(key)
                statement.weights[key] = 1.0

    def _add(self, statement: Statement, key: str, i: int, share: float) -> None:
        if key != self.actors.get(i):
            modifies = self.syntax.base(i) == "compound"
            weight = share * (_MODIFIER if modifies else _WEIGHTS.get(self.syntax.pos[i], 1.0))
            statement.weights[key] = max(statement.weights.get(key, 0.0), weight)

    def _compare(self) -> None:
        """Weigh keys by how few statements have them."""
        number = len(self.statements)
        counts = Counter(key for statement in self.statements for key in statement.weights)
        rare = {key: log((number + 1) / count) / log(number + 1) for key, count in counts.items()} if number else {}
        for statement in self.statements:
            statement.weights = {
                key: weight * max(rare[key], _SIDED if key in statement.sides else 0.0)
                for key, weight in statement.weights.items()
            }
            statement.size = sqrt(sum(weight**2 for weight in statement.weights.values())) or 1.0
