"""A Doc as the entity layer reads it, and the noun phrases in it."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from analystkit.layers import quotation
from analystkit.layers.layout import furniture_tokens
from analystkit.layers.quotes.attribution import Quoted
from analystkit.layers.roles import syntax_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc, Span

    from analystkit.layers.entities.mentions import Mention

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_OBJECTS = frozenset({"obj", "iobj"})
#: Relations that keep a word inside the noun phrase of its head, to the left of it.
_INSIDE = frozenset({"det", "amod", "compound", "nummod", "flat", "nmod", "advmod", "nn", "obl"})
#: Parts of speech that may stand before a noun in its phrase; for Docs without a parse.
_BEFORE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM"})
#: What somebody's name stands before when it is the name of an illness.
_ILLNESSES = frozenset({"disease", "syndrome", "lymphoma", "palsy"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


class Scene:
    """A Doc with what the layer needs to know of it. All positions are token positions.

    Attributes:
        doc: The Doc.
        syntax: Its grammatical relations.
        recognised: What the entity recogniser found.
        skipped: Tokens of furniture.
        starts: First tokens of sentences.
        texts: The words as written.
        capitals: Tokens that begin with a capital.
        lowercase: The words that are written in lower case somewhere.
        quoted: Tokens within quotation marks.
        nations: Tokens that name a country or its people, with the country's code; once names are known.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.skipped = furniture_tokens(doc)
        self.syntax = syntax_of(doc, self.skipped)
        self.recognised: Sequence[Span] = doc.ents
        self.texts = self.syntax.forms
        self.capitals = [i for i, capital in enumerate(self.syntax.capital) if capital]
        self.lowercase = {text for text in set(self.texts) if text.islower()}
        self.starts = frozenset(start for start, _ in self.syntax.sentences)
        around = Quoted(self.syntax, quotation.pair(self.syntax.text))
        self.quoted = frozenset(i for i, passage in enumerate(around.at) if passage >= 0)
        self.nations: dict[int, str] = {}

    def learn_nations(self, names: Iterable[Mention]) -> None:
        """Note where names of countries and words for their people stand."""
        for name in names:
            if name.country and name.role in {"name", "demonym"}:
                self.nations |= dict.fromkeys(range(name.start, name.end), name.country)

    def words_of(self, i: int, length: int) -> tuple[int, int] | None:
        """The tokens that some code points from the start of one fill; None where they end within a token."""
        begin = self.syntax.idx[i]
        end = self.syntax.words_at(begin, begin + length)[1]
        return (i, end) if self.syntax.offsets(i, end)[1] == begin + length else None

    def head(self, start: int, end: int) -> int:
        """The word of a span that the others hang on."""
        if end - start == 1:
            return start
        heads = self.syntax.heads
        return next((i for i in range(start, end) if heads[i] == i or not start <= heads[i] < end), end - 1)

    def first_conjunct(self, i: int) -> int:
        """The word that coordination begins with: "Moscow" for "Pyongyang" in "Moscow and Pyongyang"."""
        while self.syntax.base(i) == "conj" and self.syntax.heads[i] < i:
            i = self.syntax.heads[i]
        return i

    def role(self, i: int) -> str:
        """What a noun is in its clause: "subject", "object", "possessor" or "other"."""
        i = self.first_conjunct(i)
        dep = self.syntax.deps[i]
        if dep == "appos":  # "said its spokeswoman, Lucia Amadi": as the noun that it explains
            dep = self.syntax.deps[self.first_conjunct(self.syntax.heads[i])]
        if dep in _SUBJECTS:
            return "subject"
        if dep in _OBJECTS:
            return "object"
        return "possessor" if dep == "nmod:poss" else "other"

    def preposition(self, i: int) -> str:
        """The preposition before a noun, also one that it shares ("between Paris and Rome"); "" without one."""
        for at in (i, self.first_conjunct(i)):
            for kid in self.syntax.kids[at]:
                if self.syntax.base(kid) == "case" and kid < at and self.syntax.tags[kid] != "POS":
                    return self.syntax.words[kid]
        return ""

    def governor(self, i: int) -> int:
        """The word that a noun depends on, past coordination."""
        return self.syntax.heads[self.first_conjunct(i)]

    @cached_property
    def illnesses(self) -> frozenset[str]:
        """Words that are short for an illness in the article, which calls it one ("Parkinson's disease")."""
        if _ILLNESSES.isdisjoint(self.lowercase):
            return frozenset()
        words = self.syntax.words
        after = [i for i, word in enumerate(words) if word in _ILLNESSES and i > 1 and words[i - 1] in _POSSESSIVE]
        return frozenset(self.texts[i - 2] for i in after if self.syntax.capital[i - 2])

    @cached_property
    def predicates(self) -> list[tuple[int, int]]:
        """Predicate nouns, each with the subject that it is said of ("leader" and "Kim" in "Kim is the leader")."""
        syntax, found = self.syntax, []
        for i in sorted({syntax.heads[at] for at, dep in enumerate(syntax.deps) if dep == "cop"}):
            subjects = syntax.with_dep(i, *_SUBJECTS) if syntax.pos[i] == "NOUN" else []
            if subjects and not syntax.is_negated(i):
                found.append((i, subjects[0]))
        return found

    def predicates_of(self, start: int, end: int, farthest: int) -> list[int]:
        """The predicate nouns of a subject at [start, end), those from `end` on and before `farthest`."""
        at = bisect_left(self.predicates, (end, -1))
        found = []
        for noun, subject in islice(self.predicates, at, None):
            if noun >= farthest:
                break
            if start <= subject < end:
                found.append(noun)
        return found

    def left_edge(self, i: int) -> int:
        """Where the phrase of a noun begins: at its article, possessor or first adjective."""
        start, syntax = i, self.syntax
        while start > 0 and self._belongs(start - 1, i):
            start -= 1
        while start < i and (syntax.punctuation[start] or syntax.space[start]):
            start += 1
        return start

    def _belongs(self, word: int, noun: int) -> bool:
        syntax = self.syntax
        if syntax.space[word]:
            return False
        if not syntax.parsed:
            return syntax.pos[word] in _BEFORE or syntax.tags[word] in {"POS", "PRP$"}
        if syntax.punctuation[word]:
            return syntax.forms[word] in {"-", "’", "'"}
        while word != noun:
            base, head = syntax.bases[word], syntax.heads[word]
            possessive = base == "case" and syntax.tags[word] == "POS"
            if not (base in _INSIDE or possessive) or (head < word and not possessive and base != "flat"):
                return False
            word = head
        return True
