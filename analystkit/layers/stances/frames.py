"""Who takes which side, read off the syntax: words from the lexicon whose holder and target the sentence names.

Knows nothing of entities or attributions; everything is in token positions of a `Syntax`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analystkit.layers.stances.grammar import ASSERTED, DENIED, HEDGED, Grammar
from analystkit.layers.stances.lexicon import Frame


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


class Finder(Grammar):
    """Finds stances in one Doc's syntax."""

    # -- all of them

    def find(self) -> list[Found]:
        """Every stance of the Doc, in the order of the words that carry them, without repeats."""
        found: dict[tuple[int | None, int, int], Found] = {}
        if self.s.parsed:
            for i in self._candidates():
                for stance in self._at(i):
                    if stance.holder != stance.target:
                        found.setdefault((stance.holder, stance.target, stance.word), stance)
        return list(found.values())

    def _candidates(self) -> list[int]:
        """Words that some rule may start from: those of the lexicon, predicates, and what somebody should do."""
        s, known = self.s, self.lexicon.starts
        found = {i for i, word in enumerate(s.words) if word in known}
        for i, dep in enumerate(s.deps):
            if dep == "cop" or (dep == "aux" and s.words[i] in self.groups["duties"]):
                found.add(s.heads[i])
        return sorted(i for i in found if not s.blank[i])

    def _at(self, i: int) -> Iterator[Found]:
        word = self.s.words[i]
        for pos in self._positions(i):
            for frame in self.lexicon.frames.get((word, pos), ()):
                if self._has_particle(i, frame):
                    reader = {"verb": self._verb, "noun": self._noun, "adjective": self._adjective}[pos]
                    yield from reader(i, frame)
        yield from self._side(i)
        yield from self._undecided(i)
        if self.s.is_verb(i):
            yield from self._naming(i)
            yield from self._failing(i)
            yield from self._due(i)
            yield from self._wish(i)
        yield from self._judging(i)

    def _positions(self, i: int) -> tuple[str, ...]:
        if self.s.is_verb(i):
            participle = self.s.tags[i] in ("VBN", "JJ") or any(self.s.base(k) == "cop" for k in self.s.kids[i])
            return ("adjective", "verb") if participle else ("verb",)
        if self.s.pos[i] == "ADJ":
            return ("adjective",)
        return ("noun",) if self.s.pos[i] in ("NOUN", "PROPN") else ()

    def _has_particle(self, i: int, frame: Frame) -> bool:
        particle = frame.lemma.partition("_")[2]
        present = self.s.with_dep(i, "compound:prt")
        if particle:
            following = i + 1 < len(self.s) and self.s.words[i + 1] == particle
            return following or any(self.s.words[k] == particle for k in present)
        return not (frame.pos == "verb" and present and self.s.words[present[0]] not in ("up",))

    # -- verbs

    def _verb(self, i: int, frame: Frame) -> Iterator[Found]:
        s = self.s
        if frame.kind == "wish":
            return
        passive = s.is_passive(i) or (s.deps[i] == "acl" and s.tags[i] == "VBN")
        if frame.holder == "object":
            yield from self._experience(i, frame, passive)
            return
        holder = self._agent(i) if passive else self._subject(i)
        if holder is None:
            return
        targets = self._passive_subject(i) if passive and frame.target[0] == "object" else []
        evidence = s.verb_group(i)
        if not targets:
            targets, extra = self._slots(i, frame.target)
            evidence = sorted({*evidence, *extra})
        for target in targets:
            yield self._made(i, holder, target, frame.sign, frame.strength, frame.kind, evidence)

    def _experience(self, i: int, frame: Frame, passive: bool) -> Iterator[Found]:
        """The deal troubled the ministers; the ministers were troubled by the deal."""
        if passive:
            holders, target = self._passive_subject(i), self.s.agent(i)
            targets = [target] if target is not None else self.s.obliques(i, "about", "at", "over", "with")
        else:
            holders = self._and(self.s.with_dep(i, "obj"))
            subject = self.s.own_subject(i)
            targets = [subject] if subject is not None and self.s.deps[subject].startswith("nsubj") else []
        for holder in holders:
            for target in self._and(targets):
                yield self._made(i, holder, target, frame.sign, frame.strength, frame.kind, self.s.verb_group(i))

    # -- nouns and adjectives

    def _noun(self, i: int, frame: Frame) -> Iterator[Found]:
        s = self.s
        prepositions = [p for p in frame.target if p not in ("object", "clause", "subject")]
        targets, marks = [], []
        for preposition in prepositions:
            targets = s.obliques(i, preposition)
            if targets:
                marks = [k for k in s.kids[targets[0]] if s.words[k] == preposition]
                break
        if frame.kind == "role":
            yield from self._role(i, frame, targets)
            return
        owner = s.with_dep(i, "nmod:poss") or s.obliques(i, "by", "from")
        if "from" in frame.target and not s.with_dep(i, "nmod:poss"):
            owner = s.obliques(i, "by")
        verb = s.heads[i]
        holder: int | None = owner[0] if owner else None
        evidence = [i, *marks]
        if s.base(i) in ("obj", "obl") and verb != i and s.is_verb(verb):
            if not targets:
                for preposition in prepositions:
                    targets = s.obliques(verb, preposition)
                    targets = [t for t in targets if t > i]
                    if targets:
                        marks = [k for k in s.kids[targets[0]] if s.words[k] == preposition]
                        break
                evidence = [i, *marks]
            if s.words[verb] in self.groups["giving_verbs"] and holder is None:
                holder = self._agent(verb) if s.is_passive(verb) else self._subject(verb)
                evidence = [*s.verb_group(verb), *evidence]
            elif s.words[verb] in self.groups["receiving_verbs"]:
                subject = self._subject(verb)
                given = s.obliques(i, "from") + s.obliques(verb, "from")
                if subject is not None and (given or holder is not None) and frame.sign and not targets:
                    for giver in self._and(given or owner[:1]):
                        yield self._made(i, giver, subject, frame.sign, frame.strength, frame.kind, [verb, i])
                    return
        elif s.deps[i] in ("nsubj:pass",) and s.words[verb] in self.groups["giving_verbs"] and holder is None:
            holder = s.agent(verb)
        elif s.deps[i] == "nsubj" and s.lemmas[verb] == "come" and holder is None:
            givers = s.obliques(verb, "from")
            holder = givers[0] if givers else None
        if holder is None:
            names = [k for k in s.kids[i] if s.base(k) in ("compound", "amod") and k < i and s.pos[k] == "PROPN"]
            holder = names[0] if names else None
        if holder is None:
            return
        for target in self._and(targets):
            yield self._made(i, holder, target, frame.sign, frame.strength, frame.kind, sorted({*evidence}))

    def _role(self, i: int, frame: Frame, targets: list[int]) -> Iterator[Found]:
        """An ally of X, X's ally: the holder is who is called so."""
        s = self.s
        targets = targets or s.with_dep(i, "nmod:poss")
        if not targets:
            return
        if any(s.base(k) == "cop" for k in s.kids[i]):
            own = s.with_dep(i, "nsubj")
            holders = self._and(own)
        elif s.base(i) == "appos" or (s.base(i) in ("compound", "nmod") and s.pos[s.heads[i]] == "PROPN"):
            holders = [s.heads[i]]
        elif s.base(i) == "xcomp":
            own_subject = self._subject(s.heads[i])
            holders = [] if own_subject is None else [own_subject]
        else:
            appositions = [k for k in s.kids[i] if s.base(k) in ("appos", "flat") and s.pos[k] == "PROPN"]
            holders = appositions[:1]
        for holder in holders:
            for target in self._and(targets):
                yield self._made(i, holder, target, frame.sign, frame.strength, frame.kind, [i])

    def _adjective(self, i: int, frame: Frame) -> Iterator[Found]:
        s = self.s
        targets, extra = self._slots(i, tuple(role for role in frame.target if role != "object"))
        if not targets:
            return
        subjects = s.with_dep(i, "nsubj", "nsubj:pass")
        if subjects:
            found = self._antecedent(i, subjects[0])
            holders = [] if found is None else self._and([found])
        elif s.base(i) in ("amod", "acl") and s.heads[i] < i:
            holders = [s.heads[i]]
        elif s.base(i) in ("xcomp", "conj", "advcl"):
            lent = self._subject(i)
            holders = [] if lent is None else [lent]
        else:
            return
        evidence = sorted({i, *extra, *[k for k in s.kids[i] if s.base(k) in ("cop", "aux") and k < i]})
        for holder in holders:
            for target in targets:
                yield self._made(i, holder, target, frame.sign, frame.strength, frame.kind, evidence)

    def _side(self, i: int) -> Iterator[Found]:
        """They are against the war; she is in favour of it; he has nothing against her."""
        s = self.s
        copula = [k for k in s.kids[i] if s.base(k) == "cop"]
        subjects = s.with_dep(i, "nsubj")
        if not copula or not subjects or s.pos[i] not in ("NOUN", "PROPN", "PRON"):
            nothing = s.words[i] in self.groups["indefinites"] and s.base(i) == "obj"
            against = s.obliques(i, "against") or s.obliques(s.heads[i], "against") if nothing else []
            holder = self._subject(s.heads[i]) if against else None
            if holder is not None:
                group = [*s.verb_group(s.heads[i]), i]
                certainty = ASSERTED if s.words[i] == "something" else DENIED
                for target in self._and(against):
                    yield Found(holder, target, -1, 0, certainty, tuple(sorted(group)), "attitude", i)
            return
        cases = [k for k in s.kids[i] if s.base(k) == "case"]
        marks = {s.words[k] for k in cases}
        holder = self._antecedent(i, subjects[0])
        if holder is None:
            return
        evidence = sorted({*copula, *cases})
        whole = any(s.words[k] in ("all", "firmly", "very", "strongly", "also") for k in s.kids[i])
        if "against" in marks:
            yield self._made(i, holder, i, -1, 1, "attitude", evidence)
        elif "behind" in marks or ("for" in marks and whole):
            yield self._made(i, holder, i, 1, 1, "attitude", evidence)
        elif s.words[i] in ("favor", "favour", "support") and "in" in marks:
            for target in self._and(s.obliques(i, "of")):
                yield self._made(i, holder, target, 1, 1, "attitude", [*evidence, i])

    # -- what is wanted

    def _wish(self, i: int) -> Iterator[Found]:
        """Wanting a thing is for it; wanting it ended, or somebody gone, is against."""
        s = self.s
        frames = [f for f in self.lexicon.frames.get((s.words[i], "verb"), ()) if f.kind == "wish"]
        urging = s.words[i] in self.groups["urging_verbs"]
        if not frames and not urging:
            return
        calling = [k for k in s.kids[i] if s.words[k] in ("on", "upon")]
        holder = self._subject(i) if not s.is_passive(i) else s.agent(i)
        if holder is None:
            return
        group = s.verb_group(i)
        clauses = [k for k in s.kids[i] if s.base(k) in ("xcomp", "ccomp", "advcl") and k > i]
        for clause in clauses:
            yield from self._wanted(i, clause, holder, group, urging or bool(calling))
        if frames and not clauses and s.words[i] not in ("asked", "asks", "ask", "offer", "offered", "offers"):
            things = s.obliques(i, "for") if s.with_dep(i, "iobj") or s.words[i] in ("hope", "hoped", "hopes") else []
            things = things or s.with_dep(i, "obj")
            for target in self._and(things):
                if s.pos[target] in ("NOUN", "PROPN", "PRON") and s.words[target] not in ("what", "it"):
                    yield self._made(i, holder, target, 1, frames[0].strength, "wish", group)

    def _wanted(self, i: int, clause: int, holder: int, group: list[int], urging: bool) -> Iterator[Found]:
        s = self.s
        who = s.own_subject(clause)
        if who is None:
            people = s.with_dep(i, "obj", "iobj") or s.obliques(i, "on", "upon")
            who = people[0] if people else None
        word = s.words[clause]
        stop = word in self.groups["ending_verbs"] or (word in ("give", "gives") and self._particle(clause) == "up")
        negated = s.is_negated(clause)
        if stop:
            for target in self._and(s.with_dep(clause, "obj")):
                yield self._made(i, holder, target, -1 if not negated else 1, 1, "wish", [*group, clause])
            below = [k for k in s.kids[clause] if s.base(k) == "xcomp"]
            if who is not None and below and not s.with_dep(clause, "obj"):
                yield self._made(i, holder, who, -1, 1, "wish", [*group, clause])
        elif who is not None and word in self.groups["leaving_verbs"] and not negated:
            if word in ("step", "stepped") and self._particle(clause) not in ("down", "aside"):
                return
            if word in ("go", "goes", "leave", "leaves") and (s.with_dep(clause, "obj") or s.obliques(clause, "to")):
                return
            yield self._made(i, holder, who, -1, 2, "wish", [*group, clause])
        elif who is not None and word in self.groups["thriving_verbs"]:
            sign = -1 if negated else 1
            for one in self._and([who]):
                yield self._made(i, holder, one, sign, 1, "wish", [*group, *s.verb_group(clause)])

    def _particle(self, i: int) -> str:
        found = [
            k for k in self.s.kids[i] if self.s.deps[k] == "compound:prt" or self.s.words[k] in ("down", "aside", "up")
        ]
        return self.s.words[found[0]] if found else ""

    # -- what is said of somebody

    def _naming(self, i: int) -> Iterator[Found]:
        """She called the bill a disgrace; he described them as reckless."""
        s = self.s
        if s.words[i] not in self.groups["naming_verbs"]:
            return
        passive = s.is_passive(i)
        holder = s.agent(i) if passive else self._subject(i)
        targets = s.with_dep(i, "nsubj:pass") if passive else s.with_dep(i, "obj") or self._relative_object(i)
        names = [k for k in s.kids[i] if s.base(k) == "xcomp"]
        names += [k for k in s.kids[i] if s.base(k) in ("obl", "advcl") and any(s.words[c] == "as" for c in s.kids[k])]
        if holder is None or not targets or not names:
            return
        value = self.value(names[0])
        if abs(value) < 0.45:
            return
        evidence = s.subtree(names[0]) if len(s.subtree(names[0])) < 8 else [names[0]]
        for target in self._and(targets):
            target_ = self._antecedent(i, target)
            if target_ is not None:
                yield self._made(i, holder, target_, _sign(value), 2 if abs(value) > 0.65 else 1, "naming", evidence)

    def _judging(self, i: int) -> Iterator[Found]:
        """The plan is reckless: whoever says so is against it."""
        s = self.s
        if not any(s.base(k) == "cop" for k in s.kids[i]) or s.pos[i] not in ("ADJ", "NOUN", "VERB"):
            return
        subjects = s.with_dep(i, "nsubj")
        value = self.value(i)
        if not subjects or abs(value) < 0.55 or s.pos[subjects[0]] not in ("NOUN", "PROPN", "PRON"):
            return
        target = self._antecedent(i, subjects[0])
        feeling = any(frame.kind == "attitude" for frame in self.lexicon.frames.get((s.words[i], "adjective"), ()))
        if target is None or feeling or s.words[target] in ("it", "this", "that", "there", "what", "i", "we"):
            return  # "he is proud" tells of his feelings, not of anybody's about him
        modifiers = [k for k in s.kids[i] if s.base(k) in ("amod", "advmod", "cop", "det")]
        yield self._made(i, None, target, _sign(value), 1, "judging", sorted([i, *modifiers]))

    def _failing(self, i: int) -> Iterator[Found]:
        """The mayor lied, she said: whoever says so is against him."""
        s = self.s
        if s.words[i] not in self.groups["failing_verbs"] or s.is_passive(i) or s.is_negated(i):
            return
        subject = s.own_subject(i)
        target = self._antecedent(i, subject)
        if target is None or s.pos[target] not in ("PROPN", "PRON", "NOUN") or s.words[target] in ("i", "we"):
            return
        yield self._made(i, None, target, -1, 1, "failing", s.verb_group(i))

    def _due(self, i: int) -> Iterator[Found]:
        """It should be built; she should resign; they deserve better: whoever says so takes their side, or not."""
        s = self.s
        subjects = s.with_dep(i, "nsubj:pass") if s.is_passive(i) else s.with_dep(i, "nsubj")
        target = self._antecedent(i, subjects[0]) if subjects else None
        if target is None or s.pos[target] not in ("PROPN", "PRON", "NOUN") or s.is_negated(i):
            return
        sign = 0
        duty = any(s.words[k] in self.groups["duties"] for k in s.kids[i])
        if s.words[i] in self.groups["deserving_verbs"]:
            sign = 1 if all(self.value(k) >= 0 for k in s.with_dep(i, "obj", "xcomp")) else -1
        elif duty and s.is_passive(i):
            frames = [f for f in self.lexicon.frames.get((s.words[i], "verb"), ()) if f.target[0] == "object"]
            sign = frames[0].sign if frames else int(s.words[i] in self.groups["furthering_verbs"])
        elif duty and s.words[i] in self.groups["leaving_verbs"] and not s.with_dep(i, "obj"):
            sign = -1
        if sign:
            yield self._made(i, None, target, sign, 1, "judging", s.verb_group(i))

    def _undecided(self, i: int) -> Iterator[Found]:
        """She has taken no position on the plan."""
        s = self.s
        verb = s.heads[i]
        if s.words[i] not in self.groups["positions"] or s.base(i) != "obj" or not s.is_verb(verb):
            return
        holder = self._subject(verb)
        if holder is None or not (s.is_negated(i) or s.is_negated(verb)):
            return
        found = s.obliques(i, "on", "of") or s.obliques(verb, "on")
        for target in self._and(found):
            evidence = sorted({*s.verb_group(verb), i, *[k for k in s.kids[i] if s.base(k) == "det"]})
            yield Found(holder, target, 0, 1, ASSERTED, tuple(evidence), "undecided", i)

    def value(self, i: int) -> float:
        """How good or bad a thing is that is called by this word and what modifies it."""
        s = self.s
        own = self.lexicon.valence.get(s.words[i], self.lexicon.valence.get(s.lemmas[i], 0.0))
        if not own:
            around = [
                self.lexicon.valence.get(s.words[k], 0.0)
                for k in s.kids[i]
                if s.base(k) in ("amod", "nmod", "compound", "conj")
            ]
            own = max(around, key=abs, default=0.0)
        negated = s.is_negated(i) or any(s.words[k] in ("no", "hardly", "not") for k in s.kids[i])
        return -0.95 * own if negated else own

    # -- how certain, how strong

    def _made(
        self, i: int, holder: int | None, target: int, sign: int, strength: int, kind: str, evidence: list[int]
    ) -> Found:
        """A stance with its polarity, strength and certainty as the words around it make them."""
        s = self.s
        certainty, flip = self.modality(i, judged=kind in ("judging", "naming"))
        if flip and sign > 0:
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


def _sign(value: float) -> int:
    return 1 if value > 0 else -1
