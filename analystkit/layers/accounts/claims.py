"""What a statement says that is so or is not so: predicates and events, and who and what is in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analystkit.layers.stances.lexicon import lexicon

if TYPE_CHECKING:
    from analystkit.layers.accounts.statements import Reading, Statement

#: Relations through which what is said of the head is said of the word too.
_CARRIED = frozenset({"nsubj", "obj", "obl", "nmod", "acl", "xcomp", "ccomp", "csubj"})
#: Whoever else they may be, in a report of what somebody says they are mostly the speaker.
_THIRD = frozenset({"he", "she", "they", "his", "her", "their"})
#: What follows "nothing" or "not" where they deny nothing.
_NO_NEGATION = frozenset({"but", "only", "just", "merely"})
_FIRST = frozenset({"i", "we", "me", "us", "my", "our"})


@dataclass(frozen=True, slots=True)
class Claim:
    """One word that says that something is so.

    Attributes:
        at: The token.
        key: What it is compared by.
        denied: Whether it is said not to be so.
        open: Whether it is left open: asked, or only on a condition.
        own: It is what the source does.
        particle: The particle of the verb, or "".
        exists: It is a thing of which is said no more than that it is, or is not, there.
        doer: Keys of who or what does it.
        to: Keys of what it is done to, or of what it is said of.
        about: All other keys in the same clause.
    """

    at: int
    key: str
    denied: bool
    open: bool
    own: bool
    particle: str
    exists: bool
    doer: frozenset[str]
    to: frozenset[str]
    about: frozenset[str]

    @property
    def keys(self) -> frozenset[str]:
        """Everything that is in it."""
        return self.doer | self.to | self.about


class Claims:
    """Finds the claims of statements."""

    def __init__(self, reading: Reading) -> None:
        self.r, self.s = reading, reading.syntax
        self.negators = lexicon().groups["negators"] - {"without"}
        self.refusing, self.urging = lexicon().groups["refusing_verbs"], lexicon().groups["urging_verbs"]

    def of(self, statement: Statement) -> list[Claim]:
        """The claims of a statement, in their order."""
        inside = set(statement.tokens)
        cue = frozenset(i for i in statement.cue if self.s.words[i] in self.r.words.rejecting)
        if cue and any(self.s.words[i] in self.r.words.statements - {"it", "that", "this"} for i in statement.tokens):
            return []  # rejects another's statement, and tells what that says
        found = []
        for i in statement.tokens:
            claim = self._claim(statement, i, inside, cue)
            if claim is not None:
                found.append(claim)
        return found

    def _claim(self, statement: Statement, i: int, inside: set[int], cue: frozenset[int]) -> Claim | None:
        s, copular = self.s, self._copular(i)
        if not self._says_something(i, copular):
            return None
        denied, is_open, rejected = self._polarity(i, inside, cue)
        doer, to = self._roles(statement, i, copular)
        verb = s.is_verb(i) or copular
        above = i if verb else next((up for up in s.ancestors(i) if s.is_verb(up) or self._copular(up)), i)
        around = {key for k in s.subtree(above) if k in inside and k != i for key in self.r.keys(k)}
        return Claim(
            i,
            self.r.words.key(s.words[i]),
            denied != rejected,
            is_open,
            s.is_verb(i) and statement.source in doer,
            next((s.words[k] for k in s.kids[i] if s.deps[k] == "compound:prt"), ""),
            s.pos[i] == "NOUN" and self._exists(i),
            frozenset(doer),
            frozenset(to),
            frozenset(around - doer - to),
        )

    def _says_something(self, i: int, copular: bool) -> bool:
        """Whether a word says that something is so: no name, no verb or noun without a meaning of its own."""
        s, lists, word = self.s, self.r.words, self.s.words[i]
        if i in self.r.actors:
            return False
        if s.pos[i] == "ADJ":
            return copular or s.base(i) == "amod"
        if word in lists.light and word not in lists.possessing:
            return False
        if s.pos[i] == "NOUN":
            return word not in lists.prospects and lists.key(word) not in lists.matterless
        return s.pos[i] == "VERB" and s.base(i) != "amod"

    def _copular(self, i: int) -> bool:
        return any(self.s.base(k) == "cop" for k in self.s.kids[i])

    def _exists(self, i: int) -> bool:
        """Whether no more is said of a thing than that it is, or is not, there: "no visit is planned"."""
        s, head = self.s, self.s.heads[i]
        if s.base(i) in ("nsubj", "obj"):
            none = any(s.words[k] in ("no", "any") for k in s.kids[i])
            return s.words[head] in self.r.words.existing or (none and s.words[head] in self.r.words.having)
        if s.base(i) in ("nmod", "acl") and s.words[head] in self.r.words.prospects:
            return self._exists(head)
        return any(s.deps[k] == "expl" for k in s.kids[i])

    def _polarity(self, i: int, inside: set[int], cue: frozenset[int]) -> tuple[bool, bool, bool]:
        """Whether a word is said not to be so, is left open (asked, wished), and is what the cue rejects."""
        s, denied, is_open = self.s, False, False
        at, below = i, i
        for _ in range(6):
            denied ^= self._negated(at, below)
            is_open |= any(s.base(k) == "mark" and s.words[k] in ("if", "whether", "unless") for k in s.kids[at])
            head, base = s.heads[at], s.base(at)
            bare = s.tags[at] == "VB" and not any(s.base(k) in ("aux", "cop") for k in s.kids[at])
            is_open |= bare and (base != "xcomp" or head not in inside or s.words[head] in self.urging)
            if head == at or head not in inside or base not in _CARRIED or s.deps[at] == "acl:relcl":
                return denied, is_open, head in cue and base != "conj"
            denied ^= base == "xcomp" and s.words[head] in self.refusing
            at, below = head, at
        return denied, is_open, False

    def _negated(self, i: int, below: int) -> bool:
        """Whether a word is negated, at itself or at its subject, other than through the branch that led to it."""
        s = self.s
        near = [k for k in s.kids[i] if k != below]
        for subject in s.with_dep(i, "nsubj", "nsubj:pass"):
            if subject != below:
                near += s.kids[subject]
        return any(s.words[k] in self.negators and s.words[min(k + 1, len(s) - 1)] not in _NO_NEGATION for k in near)

    def _roles(self, statement: Statement, i: int, copular: bool) -> tuple[set[str], set[str]]:
        s = self.s
        if s.pos[i] == "ADJ" and not copular:
            return set(), self._named(statement, s.heads[i])
        subject = s.own_subject(i) if copular else s.subject(i)
        if copular:
            return set(), self._named(statement, subject)
        if not s.is_verb(i):
            return self._named(statement, s.owner(i)), set()
        if s.is_passive(i):
            return self._named(statement, s.agent(i)), self._named(statement, s.own_subject(i))
        things = s.with_dep(i, "obj")
        return self._named(statement, subject), self._named(statement, things[0] if things else None)

    def _named(self, statement: Statement, i: int | None) -> set[str]:
        if i is None:
            return set()
        unresolved = i not in self.r.actors and i not in self.r.things
        if self.s.words[i] in _FIRST or (unresolved and self.s.words[i] in _THIRD):
            return {statement.source}
        return set(self.r.keys(i))
