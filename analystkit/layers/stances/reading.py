"""Who a word of the article stands for: its entity, its phrase, and whose words it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analystkit.layers.stances.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from analystkit.layers.roles import Syntax

_VAGUE = frozenset(
    """it this that these those which who whom what there one something anything nothing everything someone
    anyone things himself herself itself themselves each other""".split()
)
_PARTIES = frozenset({"PERSON", "ORG", "GPE", "NORP"})


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody or something that can hold a stance or be its target.

    Attributes:
        token: The token at the head of the phrase.
        span: The phrase, in code points.
        entity: The id of the entity, where the phrase is one of its mentions.
        label: The entity's label.
    """

    token: int
    span: tuple[int, int]
    entity: str | None
    label: str = ""


class Reading:
    """Entities and attributions of one Doc, looked up by token."""

    def __init__(self, doc: Doc, syntax: Syntax) -> None:
        self.doc, self.syntax = doc, syntax
        self.entities: dict[str, dict[str, Any]] = {e["id"]: e for e in doc._.entities or ()}
        self.quotes: list[dict[str, Any]] = doc._.quotes or []
        self._mentions: dict[int, tuple[int, Party]] = {}
        for entity in self.entities.values():
            for mention in entity["mentions"]:
                self._add(entity, mention)
        self._quote_at: dict[int, tuple[int, dict[str, Any]]] = {}
        self._cue_at: dict[int, dict[str, Any]] = {}
        for quote in self.quotes:
            pieces = [self._tokens(piece) for piece in quote["content"]]
            size = sum(map(len, pieces))
            for piece in pieces:
                for i in piece:
                    if i not in self._quote_at or size < self._quote_at[i][0]:
                        self._quote_at[i] = (size, quote)
            for piece in quote["cue"]:
                for i in self._tokens(piece):
                    self._cue_at[i] = quote

    def _tokens(self, offsets: Sequence[int]) -> range:
        """The tokens that a stretch of code points touches."""
        idx = self.syntax.idx
        return range(max(bisect_right(idx, offsets[0]) - 1, 0), bisect_left(idx, offsets[1]))

    def _add(self, entity: dict[str, Any], mention: dict[str, Any]) -> None:
        tokens = self._tokens([mention["start"], mention["end"]])
        if not tokens:
            return
        root = tokens[-1]
        if len(tokens) > 1 and self.syntax.parsed:
            heads, blank = self.syntax.heads, self.syntax.blank
            roots = (i for i in tokens if not blank[i] and (heads[i] not in tokens or heads[i] == i))
            root = next(roots, root)
        party = Party(root, (mention["start"], mention["end"]), entity["id"], entity["label"])
        if root not in self._mentions or self._mentions[root][0] > len(tokens):
            self._mentions[root] = (len(tokens), party)

    def party(self, i: int) -> Party | None:
        """Who or what the phrase around a token stands for; None for a pronoun that nothing resolves."""
        if i in self._mentions:
            return self._mentions[i][1]
        s = self.syntax
        named = [k for k in s.kids[i] if s.base(k) == "appos" and k in self._mentions]
        if named:  # "one of them, Ana Ruiz"
            return self._mentions[named[0]][1]
        if s.words[i] in lexicon().groups["firsts"]:
            return self.speaker(self.quote_at(i), i)
        if s.words[i] == "what" and (named := self._named(i)):
            return Party(i, (self.doc[named[0]].idx, self.doc[named[-1]].idx + len(self.doc[named[-1]])), None)
        if s.pos[i] not in ("NOUN", "PROPN", "ADJ", "NUM", "VERB"):
            return None
        clause = {
            at
            for kid in s.kids[i]
            if s.base(kid) in ("nsubj", "cop", "aux", "advcl", "expl", "mark")
            for at in s.subtree(kid)
        } | self._astray(i)
        words = [at for at in s.noun_phrase(i) if at not in clause]
        last = next((n for n, at in enumerate(words) if at > i and at != words[n - 1] + 1), len(words))
        first = next((n for n in range(len(words) - 1, 0, -1) if words[n] <= i and words[n - 1] != words[n] - 1), 0)
        words = words[first:last]
        while len(words) > 1 and words[0] != i and self._opens_nothing(words[0]):
            words = words[1:]
        return Party(i, (self.doc[words[0]].idx, self.doc[words[-1]].idx + len(self.doc[words[-1]])), None)

    def _astray(self, i: int) -> set[int]:
        """Words that the parser hangs on a noun and that belong to its verb: took the offer "with pleasure"."""
        s, lists = self.syntax, lexicon()
        found: set[int] = set()
        named = s.words[s.heads[i]] in lists.groups["naming_verbs"]
        accused = (
            s.deps[i] in ("obj", "nsubj:pass", "obl:agent", "obl")
            and s.words[s.heads[i]] in lists.groups["charging_verbs"]
        )
        for at in (k for k in s.subtree(i) if k > i):
            if accused and s.heads[at] == i and s.has_case(at, "of"):
                found.update(s.subtree(at))  # accused pickets "of threatening drivers"
            feeling = s.heads[at] == i and s.has_case(at, "with") and s.words[at] in lists.valence
            remark = s.base(at) == "advcl" and s.tags[at] == "VBG" and s.pos[at - 1] == "PUNCT"
            if (feeling and len(s.kids[at]) == 1) or (named and s.has_case(at, "as")):
                found.update(s.subtree(at))
            elif remark:
                found.update(s.subtree(at), (at - 1,))
        return found

    def _opens_nothing(self, i: int) -> bool:
        """Whether a phrase that begins with the word begins behind it: "and", a comma, "not just"."""
        s = self.syntax
        return s.base(i) == "cc" or s.pos[i] == "PUNCT" or s.words[i] in ("not", "just", "only", "merely", "even")

    def _named(self, i: int) -> list[int]:
        """The words of "what it called a coup", of its "what"."""
        s = self.syntax
        naming = lexicon().groups["naming_verbs"]
        clauses = [k for k in (*s.with_dep(i, "acl", "acl:relcl"), s.heads[i]) if s.words[k] in naming and k > i]
        return [k for k in (i, *s.subtree(clauses[0])) if k >= i and not s.blank[k]] if clauses else []

    def quote_at(self, i: int) -> dict[str, Any] | None:
        """The attribution in whose content, or else in whose cue, a token stands; the innermost."""
        found = self._quote_at.get(i)
        return found[1] if found else self._cue_at.get(i)

    def speaker(self, quote: dict[str, Any] | None, i: int | None = None) -> Party | None:
        """Who speaks an attribution; the span is the pronoun at `i`, or the words that name the source."""
        if quote is None or quote["speaker"] is None:
            return None
        entity = self.entities.get(quote["speaker"])
        if i is not None:
            span = (self.doc[i].idx, self.doc[i].idx + len(self.doc[i]))
        elif quote["source"]:
            span = (quote["source"][0][0], quote["source"][0][1])
        else:
            return None
        return Party(-1 if i is None else i, span, quote["speaker"], entity["label"] if entity else "")

    def voice(self, quote: dict[str, Any] | None, i: int) -> Party | None:
        """Who says a word of an attribution: its speaker, or who is said there to say so: “He claims he is fit.”"""
        s = self.syntax
        for clause in (i, *s.ancestors(i)):
            above = s.heads[clause]
            if s.base(clause) != "ccomp" or self._quote_at.get(above) != self._quote_at.get(i):
                continue
            if s.words[above] in lexicon().groups["opinion_verbs"] and quote is not None:
                subject = s.subject(above)
                return None if subject is None else self.party(subject)
        return self.speaker(quote)

    def can_hold(self, party: Party) -> bool:
        """Whether a phrase names somebody who can take sides: people and bodies, not storms and reports."""
        if party.entity is not None:
            return party.label in _PARTIES
        s, groups = self.syntax, lexicon().groups
        if any(s.words[k] in ("no", "any", "neither") for k in s.kids[party.token]):
            return False  # "no country ought to help him"
        people = groups["people"] | groups["persons"]
        words = [s.words[party.token]]
        if s.words[party.token] in groups["amounts"]:
            some = s.obliques(party.token, "of")
            if not some and s.tags[party.token] == "NNS":
                return True  # thousands marched
            words += [s.words[k] for k in some]  # two of the nine members
        words += [s.words[k] for k in s.with_dep(party.token, "appos")]  # Minds Together, a patients' group
        return any(word in people for word in words) or s.pos[party.token] == "PROPN"

    def can_be_target(self, party: Party, kind: str) -> bool:
        """Whether a phrase names something to be for or against, by a frame of this kind."""
        if party.entity is not None:
            return True
        word = self.syntax.words[party.token]
        groups = lexicon().groups
        if word == "what":
            return kind in ("speech", "attitude", "move")  # denounced what it called a coup
        if word in _VAGUE or word in groups["times"] or word in groups["idle"]:
            return False
        if self.syntax.pos[party.token] not in ("NOUN", "PROPN"):
            return False
        if kind == "act":
            return word in lexicon().groups["people"]
        if kind == "wish" and word in groups["goods"]:
            return False  # who wants a thing to have is not for it
        if kind == "judging":
            return self._is_matter(party.token)
        return kind not in ("failing", "doing", "threat")

    def _is_matter(self, i: int) -> bool:
        """Whether a phrase names one thing that may be judged: "the plan", "their deal"; not "the damage"."""
        s, lists = self.syntax, lexicon()
        if lists.valence.get(s.words[i], 0.0) < 0 or s.words[i] in lists.groups["plain_nouns"]:
            return False
        return s.pos[i] == "PROPN" or any(
            s.deps[k] == "nmod:poss" or (s.base(k) == "det" and s.words[k] in ("the", "this", "that", "these", "those"))
            for k in s.kids[i]
        )
