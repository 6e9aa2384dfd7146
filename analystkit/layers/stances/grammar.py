"""What the syntax around a stance's word tells: who does it, to whom, and how certain it is.

The ground that `frames` stands on; like it, everything is in token positions of a `Syntax`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analystkit.layers.stances.lexicon import lexicon

if TYPE_CHECKING:
    from analystkit.layers.roles import Syntax
    from analystkit.layers.stances.lexicon import Frame

ASSERTED, HEDGED, DENIED, CONDITIONAL = "asserted", "hedged", "denied", "conditional"


@dataclass(frozen=True, slots=True)
class Found:
    """A stance as the sentence has it.

    Attributes:
        holder: Token that names the holder; None when it is whoever speaks the sentence.
        target: Token that names the target.
        sign: 1 for, -1 against, 0 takes no side.
        strength: 0 weak, 1 moderate, 2 strong.
        certainty: asserted, hedged, denied or conditional.
        evidence: Tokens that express it.
        kind: The kind of the frame, or the rule: speech, attitude, act, move, wish, role, naming, judging, failing,
            undecided.
        word: The token of the word that carries it.
    """

    holder: int | None
    target: int
    sign: int
    strength: int
    certainty: str
    evidence: tuple[int, ...]
    kind: str
    word: int


class Grammar:
    """Arguments and modality of the words of one Doc."""

    def __init__(self, syntax: Syntax) -> None:
        self.s = syntax
        self.lexicon = lexicon()
        self.groups = self.lexicon.groups

    # -- who does it, to whom

    def _subject(self, i: int) -> int | None:
        """Who does it, also where another verb lends its subject or its object."""
        s = self.s
        head = s.heads[i]
        if head != i and s.base(i) in ("advcl", "acl") and self._blames(head):
            blamed = s.with_dep(head, "obj") or s.with_dep(head, "nsubj:pass") or s.obliques(head, "on", "at")
            marked = any(s.words[k] in ("of", "for") and s.base(k) == "mark" for k in s.kids[i])
            if blamed and marked:
                return blamed[0]
        if s.base(i) == "ccomp" and self._wishes(head) and s.words[head] not in self.groups["telling_verbs"]:
            return self._subject(head)  # demanding that others condemn it is condemning it
        if s.deps[i] == "acl" and s.words[head] in self.groups["deciding_nouns"] and s.has_mark(i, "to"):
            return self._decider(head)
        remark = s.base(i) == "advcl" and s.tags[i] == "VBG" and s.pos[i - 1] == "PUNCT" and s.base(head) == "acl"
        if remark and (above := next((up for up in s.ancestors(head) if s.own_subject(up) is not None), None)):
            return self._subject(above)  # a clause behind a comma goes on with the sentence, not with a noun in it
        if s.tags[i] == "VBG" and s.has_mark(i, "to") and (s.words[head], "adjective") in self.lexicon.frames:
            return None  # who is opposed to punishing them does not punish
        if s.deps[i] == "acl" and s.has_mark(i, "to") and s.words[head] in self.groups["means"]:
            return None  # the authority to invade is no invader
        if s.base(i) == "xcomp" and s.words[head] in self.groups["forcing_verbs"] and s.tags[head] == "VBN":
            return s.agent(head)  # who is asked to do it has not done it
        if s.base(i) == "xcomp" and s.own_subject(i) is None:
            if s.words[head] in self.groups["urging_verbs"] and s.with_dep(head, "obj", "iobj"):
                return self._subject(head)  # what one urges others to do is one's own side
            if s.is_passive(head):
                subjects = s.with_dep(head, "nsubj:pass")
                return subjects[0] if subjects else None
            if not s.with_dep(head, "obj", "iobj"):
                return self._subject(head)
        if s.base(i) == "conj" and s.own_subject(i) is None:
            if s.base(head) == "ccomp" and self._resumes(i):
                return self._subject(s.heads[head])
            if s.is_passive(head):
                subjects = s.with_dep(head, "nsubj:pass")
                return subjects[0] if subjects else None
        found = s.subject(i)
        return self._antecedent(i, found)

    def _blames(self, i: int) -> bool:
        """Whether a verb praises or blames its object, and so may tell for what: "thanked them for waiting"."""
        frames = self.lexicon.frames.get((self.s.words[i], "verb"), ())
        return self.s.words[i] in self.groups["blaming_verbs"] or any(f.kind == "speech" for f in frames)

    def _resumes(self, i: int) -> bool:
        """Whether a verb goes on where the clause of saying above left off, though it hangs on what was said.

        "They said that people had been hurt, and condemned the officers": a comma, and the tense of the saying.
        """
        s = self.s
        saying = s.heads[s.heads[i]]
        joints = [k for k in s.kids[i] if s.base(k) == "cc" and k > 0]
        commas = [k for k in joints if s.words[k - 1] in (",", "”", '"')]
        return bool(commas) and s.tags[i] == s.tags[saying] == "VBD" and not s.has_mark(s.heads[i], "that")

    def _wishes(self, i: int) -> bool:
        """Whether a verb tells what somebody wants done."""
        frames = self.lexicon.frames.get((self.s.words[i], "verb"), ())
        return self.s.words[i] in self.groups["urging_verbs"] or any(frame.kind == "wish" for frame in frames)

    def _antecedent(self, i: int, found: int | None) -> int | None:
        """The noun that a relative clause is about, for its who, which, that."""
        s = self.s
        if (
            found is not None
            and s.words[found] in ("who", "which", "that")
            and s.pos[found] in ("PRON", "DET", "SCONJ")
        ):
            for up in (i, *s.ancestors(i)):
                if s.base(up) == "acl" and s.heads[up] != up:
                    return s.heads[up]
            return None
        return found

    def _decider(self, i: int) -> int | None:
        """Whose decision, plan or refusal it is: its owner, or the subject of the verb that has it as its object."""
        s = self.s
        owner = s.owner(i)
        if owner is None and s.base(i) == "obj" and s.is_verb(s.heads[i]):
            return self._subject(s.heads[i])
        return owner

    def _agent(self, i: int) -> int | None:
        return self.s.agent(i)

    def _passive_subject(self, i: int) -> list[int]:
        s = self.s
        for up in (i, *s.ancestors(i)):
            subjects = s.with_dep(up, "nsubj:pass", "nsubj")
            if subjects:
                target = self._antecedent(up, subjects[0])
                return [] if target is None else self._and([target])
            if s.deps[up] in ("acl", "acl:relcl"):
                return [s.heads[up]]
            if s.base(up) not in ("conj", "xcomp"):
                return []
        return []

    def _slots(self, i: int, roles: tuple[str, ...]) -> tuple[list[int], list[int]]:
        """The words in the first of the roles that is filled, and the prepositions that show it."""
        s = self.s
        for role in roles:
            if role == "object":
                things = s.with_dep(i, "obj") or s.with_dep(i, "iobj")
                found = [k for k in things if s.words[k] not in ("that", "which", "whom", "who")]
                found = found[1:] if len(found) > 1 and found[0] + 1 == found[1] else found  # her rival Ana Ruiz
                found = found or self._relative_object(i)
            elif role == "person":
                found = s.with_dep(i, "obj", "iobj")
            elif role == "subject":
                found = s.with_dep(i, "nsubj")
            elif role == "clause":
                found = [
                    subject
                    for clause in s.complements(i)
                    if s.base(clause) == "ccomp"
                    and s.words[i + 1] not in (",", ":")
                    and not s.has_mark(clause, "if", "unless", "whether")
                    and s.words[clause] not in self.groups["suffering_verbs"]  # they are angry that he lost, not at him
                    and (subject := s.own_subject(clause)) is not None
                ]
            else:
                found = self._about(i, role)
                if found:
                    marks = [k for k in s.kids[found[0]] if s.words[k] == role]
                    return self._and(found), marks
            if role == "object" and not found:
                found = [k for clause in s.with_dep(i, "ccomp") if (k := self.called(clause)) is not None]
            found = [k for k in found if s.deps[k] != "expl" and s.words[k] not in ("itself", "themselves", "himself")]
            if found:
                return self._and(found), []
        return [], []

    def _about(self, i: int, preposition: str) -> list[int]:
        """What stands with a word behind a preposition, unless it tells where or when, or is not meant."""
        s, places = self.s, self.groups["times"] | self.groups["media"]
        found = [k for k in s.obliques(i, preposition) if s.words[k] not in places]
        return [k for k in found if not any(s.words[c] == "not" for c in s.kids[k])]

    def _relative_object(self, i: int) -> list[int]:
        """The noun that a relative clause without an object is about: "the treaty that he opposed"."""
        s = self.s
        subject = s.own_subject(i)
        if subject is None or s.words[subject] in ("who", "which", "that"):
            return []
        if any(s.words[k] in ("where", "when", "why", "how") for k in s.kids[i]) or s.with_dep(i, "ccomp"):
            return []
        marks = s.with_dep(i, "mark")
        if s.deps[i] == "conj" and s.deps[s.heads[i]] == "acl:relcl":
            return [s.heads[s.heads[i]]] if any(s.words[k] == "that" for k in s.kids[i]) else []
        that = [s.words[k] for k in marks] == ["that"]
        if s.deps[i] != "acl:relcl" and not (that and s.deps[i] == "acl"):
            return []
        return [s.heads[i]]

    def _and(self, heads: list[int]) -> list[int]:
        """The words and those coordinated with them."""
        s = self.s
        found = list(heads)
        for head in heads:
            for k in s.conjuncts(head):
                excluded = any(s.words[c] in ("rather", "not", "instead") for c in s.kids[k])  # "rather than the court"
                excluded = excluded or any(s.words[c] == ";" for c in s.kids[k])
                if s.pos[k] in ("NOUN", "PROPN", "PRON", "ADJ") and not excluded:
                    found.append(k)
        return found

    def called(self, clause: int) -> int | None:
        """The "what" of a clause that gives somebody's name for a thing: "what it called a coup"."""
        s = self.s
        if s.words[clause] not in self.groups["naming_verbs"]:
            return None
        return next((k for k in s.kids[clause] if s.words[k] == "what" and s.base(k) == "obj"), None)

    def _has_particle(self, i: int, frame: Frame) -> bool:
        """Whether a word has the particle of a frame, or none where the frame has none."""
        particle = frame.lemma.partition("_")[2]
        present = self.s.with_dep(i, "compound:prt")
        if particle:
            following = i + 1 < len(self.s) and self.s.words[i + 1] == particle
            things = self.s.with_dep(i, "obj")
            return following or any(self.s.words[k] == particle for k in (*present, *things))
        through = i + 1 < len(self.s) and self.s.words[i + 1] == "through"  # to break through with somebody
        return not (frame.pos == "verb" and (through or (present and self.s.words[present[0]] not in ("up",))))

    # -- how certain

    def modality(self, i: int, *, judged: bool = False) -> tuple[str, bool]:
        """How certain what a word says is, and whether it is negated.

        Args:
            i: The word.
            judged: Its own negation has been taken in already.
        """
        s = self.s
        certainty, flip = HEDGED if self._charge(i) in self.groups["charging_verbs"] else ASSERTED, False
        nearest = True
        if i > 1 and s.words[i - 1] == "of" and s.words[i - 2] in ("short", "clear"):
            flip = True  # stopped short of, steered clear of
        if i > 1 and s.words[i - 1] == "-" and s.words[i - 2] == "non":
            flip = True  # her non-endorsement of him
        for up in self._operators(i):
            words = {s.words[k] for k in s.kids[up] if s.base(k) in ("advmod", "aux", "mark", "det", "cc", "case")}
            reluctant = not nearest and s.words[up] in self.groups["reluctant"]
            refuses = reluctant or s.words[up] in self.groups["refusing_verbs"]
            denied = self._negated(up) or (nearest and self._by_nobody(up))
            if (denied and not (nearest and judged)) or (not nearest and refuses):
                flip = not flip
            if not nearest and s.words[up] in self.groups["denying_verbs"]:
                certainty = DENIED
            hedged = reluctant or (not nearest and s.words[up] in self.groups["hedging_verbs"])
            able = {"could"} if denied else set()  # who could not support it did not
            if hedged or words & (self.groups["hedges"] - able):
                certainty = HEDGED if certainty == ASSERTED else certainty
            if self._conditional(up):
                certainty = CONDITIONAL
            nearest = False
        return certainty, flip

    def _has_to(self, i: int) -> bool:
        """Whether a verb stands behind "has to", also "has yet to"."""
        head = self.s.heads[i]
        return self.s.base(i) == "xcomp" and self.s.words[head] in self.groups["having_to"] and self.s.has_mark(i, "to")

    def _yet_to(self, i: int) -> bool:
        """Whether it has yet to be done."""
        s = self.s
        return self._has_to(i) and any(s.words[k] == "yet" for k in (*s.kids[i], *s.kids[s.heads[i]]))

    def _charge(self, i: int) -> str:
        """The word by which somebody is accused of a deed, or cleared of it: "accused of betraying her"; or ""."""
        s = self.s
        return s.words[s.heads[i]] if s.tags[i] == "VBG" and s.has_case(i, "of", "with") else ""

    def _negated(self, i: int) -> bool:
        """Whether a word is negated, never, no longer; not "not just"."""
        s, negators = self.s, self.groups["negators"]
        for k in s.kids[i]:
            base, after = s.base(k), s.words[k + 1] if k + 1 < len(s) else ""
            no = s.words[k] in negators or (s.words[k] in ("longer", "more") and s.words[k - 1] == "no")
            if (
                no
                and base in ("advmod", "aux", "mark", "det", "cc", "case")
                and after not in ("just", "only", "merely")
            ):
                return True
        return False

    def _by_nobody(self, i: int) -> bool:
        """Whether nobody does it: "no senator supports it", "not all of them do"."""
        s = self.s
        return any(
            s.words[k] in self.groups["negators"] or any(s.words[c] in ("no", "not", "neither") for c in s.kids[k])
            for k in s.with_dep(i, "nsubj")
        )

    def _operators(self, i: int) -> Iterator[int]:
        """The word and the verbs it hangs on, as far as what is done to them is done to it."""
        s = self.s
        yield i
        for _ in range(4):
            head = s.heads[i]
            if head == i:
                return
            base = s.base(i)
            carried = base in ("obj", "obl") and s.pos[i] == "NOUN" and s.is_verb(head)
            reported = base == "ccomp" and (
                s.words[head] in self.groups["denying_verbs"]
                or s.words[head] in self.groups["refusing_verbs"]
                or (s.words[head] in self.groups["opinion_verbs"] and s.is_negated(head))
            )
            if not (
                base == "xcomp"
                or carried
                or reported
                or (base == "advcl" and s.words[head] in self.groups["denying_verbs"])
                or (base == "acl" and s.words[head] in self.groups["deciding_nouns"])
                or (base == "acl" and s.is_negated(head) and s.with_dep(head, "cop"))  # not a man we can trust
            ):
                return
            if s.words[head] in self.groups["urging_verbs"] and s.with_dep(head, "obj"):
                return
            yield head
            i = head

    def _conditional(self, i: int) -> bool:
        s = self.s
        if any(s.base(k) == "mark" and s.words[k] in ("if", "unless") for k in s.kids[i]):
            return True
        return any(
            s.base(k) == "advcl" and any(s.words[m] in ("if", "unless") for m in s.kids[k] if s.base(m) == "mark")
            for k in s.kids[i]
        )

    # -- how good or bad

    def value(self, i: int) -> float:
        """How good or bad a thing is that is called by this word and what modifies it."""
        s = self.s
        own = self.lexicon.valence.get(s.words[i], self.lexicon.valence.get(s.lemmas[i], 0.0))
        if not own:
            around = [
                self.lexicon.valence.get(s.words[k], 0.0) * {"most": 1.5, "least": 0.0}.get(s.words[k - 1], 1.0)
                for k in s.kids[i]
                if s.base(k) in ("amod", "compound", "conj") or (s.base(k) == "nmod" and s.has_case(k, "of", "to"))
            ]
            own = max(around, key=abs, default=0.0)
        elif own > 0:  # a reckless adventure
            modifiers = [self.lexicon.valence.get(s.words[k], 0.0) for k in s.with_dep(i, "amod")]
            own = min([own, *(value for value in modifiers if value < -0.45)])
        if own > 0 and any(s.words[k] == "too" and k < i for k in s.kids[i]):
            own = -own  # too good to be true
        return -0.95 * own if self._negated(i) else own

    # -- how certain, how strong

    def _made(
        self, i: int, holder: int | None, target: int, sign: int, strength: int, kind: str, evidence: list[int]
    ) -> Found:
        """A stance with its polarity, strength and certainty as the words around it make them."""
        s = self.s
        certainty, flip = self.modality(i, judged=kind in ("judging", "naming"))
        flip ^= kind != "judging" and any(s.words[k] == "no" for k in s.kids[target])  # wants no repeat of it
        if flip and sign > 0 and self._whoever(target):
            sign = 0
        elif flip and sign > 0:
            sign = -1  # not to support is to be against
            strength = min(strength, 1)
        elif flip:
            certainty = DENIED  # not to oppose is not yet to support
        around = {s.words[k] for k in s.kids[i]}
        if around & self.groups["stronger"]:
            strength = 2
        elif around & self.groups["weaker"]:
            strength = 0
        elif certainty == HEDGED:
            strength = min(strength, 1)
        return Found(holder, target, sign, strength, certainty, tuple(sorted(set(evidence))), kind, i)

    def _whoever(self, i: int) -> bool:
        """Whether it may be anybody: who is not backing "any candidate", or "a candidate", has taken no side."""
        people = self.groups["people"] | self.groups["persons"]
        return self.s.words[i] in people and any(
            self.s.words[k] in ("any", "either", "a", "an") for k in self.s.kids[i]
        )
