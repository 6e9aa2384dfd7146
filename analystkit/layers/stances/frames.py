"""Who takes which side, read off the syntax: words from the lexicon whose holder and target the sentence names.

Knows nothing of entities or attributions; everything is in token positions of a `Syntax`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from analystkit.layers.stances.asked import Asked
from analystkit.layers.stances.grammar import ASSERTED, DENIED, Found
from analystkit.layers.stances.lexicon import Frame
from analystkit.layers.stances.remarks import Remarks
from analystkit.layers.stances.wishes import Wishes

if TYPE_CHECKING:
    from analystkit.layers.roles import Syntax


class Finder(Remarks, Wishes, Asked):
    """Finds stances in one Doc's syntax."""

    def __init__(self, syntax: Syntax) -> None:
        super().__init__(syntax)
        self._readers: dict[str, Callable[[int, Frame], Iterator[Found]]] = {
            "verb": self._verb,
            "noun": self._noun,
            "adjective": self._adjective,
        }
        #: The rules that start from words of the lexicon, and those of them that start from verbs only.
        self._rules: dict[str, Callable[[int], Iterator[Found]]] = {
            "undecided": self._undecided,
            "leaning": self._leaning,
            "mutual": self._mutual,
            "under_fire": self._under_fire,
            "accountable": self._accountable,
        }
        self._verb_rules: dict[str, Callable[[int], Iterator[Found]]] = {
            "naming": self._naming,
            "failing": self._failing,
            "wish": self._wish,
            "doing": self._doing,
            "shunning": self._shunning,
            "leaving": self._leaving,
        }

    # -- all of them

    def find(self) -> list[Found]:
        """Every stance of the Doc, in the order of the words that carry them, without repeats."""
        found: dict[tuple[int | None, int, int], Found] = {}
        if self.s.parsed:
            for i in self._candidates():
                for stance in self._at(i):
                    if stance.holder != stance.target and not self._is_asked(stance) and not self._is_cleared(stance):
                        found.setdefault((stance.holder, stance.target, stance.word), stance)
        return list(found.values())

    def _candidates(self) -> list[int]:
        """Words that some rule may start from: those of the lexicon, predicates, and what somebody should do."""
        s, known, duties = self.s, self.lexicon.starts, self.groups["duties"]
        self._predicates = {s.heads[i] for i, dep in enumerate(s.deps) if dep == "cop"}
        self._duties = {s.heads[i] for i, dep in enumerate(s.deps) if dep == "aux" and s.words[i] in duties}
        self._duties |= {i for i, dep in enumerate(s.deps) if dep == "xcomp" and self._has_to(i)}
        found = {i for i, word in enumerate(s.words) if word in known and s.bases[i] != "aux"}
        return sorted(i for i in found | self._predicates | self._duties if not s.blank[i])

    def _at(self, i: int) -> Iterator[Found]:
        word, known, verb = self.s.words[i], self.lexicon.frames, self.s.is_verb(i)
        for pos in self._positions(i):
            for frame in known.get((word, pos), ()):
                if self._has_particle(i, frame):
                    yield from self._readers[pos](i, frame)
        if i in self._predicates or word in self.groups["indefinites"]:
            yield from self._side(i)
        for name in self.lexicon.rules.get(word, ()):
            rule = self._rules.get(name) or (self._verb_rules[name] if verb else None)
            if rule is not None:
                yield from rule(i)
        if verb and (i in self._duties or word in self.groups["deserving_verbs"]):
            yield from self._due(i)
        if i in self._predicates:
            yield from self._judging(i)

    def _positions(self, i: int) -> tuple[str, ...]:
        if self.s.is_verb(i):
            participle = self.s.tags[i] in ("VBN", "JJ") or any(self.s.base(k) == "cop" for k in self.s.kids[i])
            return ("adjective", "verb") if participle else ("verb",)
        if self.s.pos[i] == "ADJ":
            return ("adjective",)
        if self.s.tags[i] == "NNS" and self.s.with_dep(i, "nsubj") and not self.s.with_dep(i, "cop"):
            return ("verb",)  # "Rao fears that …", taken for a plural by the tagger
        return ("noun",) if self.s.pos[i] in ("NOUN", "PROPN") else ()

    # -- verbs

    def _verb(self, i: int, frame: Frame) -> Iterator[Found]:
        s = self.s
        if frame.kind == "wish" or self._means_otherwise(i, frame):
            return
        if s.words[i] in ("excluding", "barring") and s.base(i) in ("acl", "advcl", "case"):
            return  # 41 percent, excluding the army
        passive = s.is_passive(i) or (s.deps[i] == "acl" and s.tags[i] == "VBN")
        if frame.holder == "object":
            yield from self._experience(i, frame, passive)
            return
        holder = self._agent(i) if passive else self._subject(i)
        if holder is None:
            return
        # what others ought to do is the side of whoever says so
        urged = i in self._duties and s.words[holder] not in self.groups["firsts"]
        targets = self._passive_subject(i) if passive and frame.target[0] == "object" else []
        evidence = s.verb_group(i)
        if not targets:
            targets, extra = self._slots(i, frame.target)
            particle = frame.lemma.partition("_")[2]
            targets = targets or self._and(s.obliques(i, particle))  # "off" taken for a preposition
            if not targets and particle:  # lost patience with her
                things = [k for k in s.with_dep(i, "obj") if s.words[k] == particle]
                targets = self._and([k for thing in things for k in s.obliques(thing, *frame.target)])
            evidence = sorted({*evidence, *extra})
        if frame.kind == "threat" and s.obliques(i, "about", "of"):
            return  # warning somebody of a third
        calling = s.words[i] in self.groups["calling_verbs"]
        if calling and (
            s.base(i) == "acl" or any(s.has_mark(k, "to") for k in s.complements(i) + s.with_dep(i, "advcl"))
        ):
            return  # a group called "Friends of …"; calling for somebody to do something
        for target in targets:
            if self._takes_no_side(i, target):
                continue
            if frame.only and s.words[target] not in self.groups[frame.only]:
                continue
            if s.words[target] in self.groups["contests"] and frame.kind in ("move", "act"):
                continue  # who fights a war, an election, is not against it
            contends = s.words[i] in self.groups["contending_verbs"] and "_" not in frame.lemma
            if contends and s.entity[target] == "PERSON":
                continue  # nor is who runs against somebody, for that alone
            for thing, sign in self._wanted_of(target) if calling else [(target, 1)]:
                for one in (None,) if urged else self._and([holder]):
                    yield self._made(i, one, thing, sign * frame.sign, frame.strength, frame.kind, evidence)
            if s.words[target] in self.groups["firsts"] and frame.kind == "act" and not urged:
                # who helps us, says the speaker, is our friend
                yield self._made(i, None, holder, frame.sign, frame.strength, "judging", evidence)

    def _takes_no_side(self, i: int, target: int) -> bool:
        """Whether nobody is against the object of this verb: what one fears may happen, and what all regret."""
        s, word, thing = self.s, self.s.words[i], self.s.words[target]
        if word in self.groups["fearing_verbs"]:
            if s.base(target) in ("nsubj", "nsubj:pass"):
                return thing not in self.groups["deliberate"] | self.groups["measures"] | self.groups["offers"]
            return not s.entity[target] and s.pos[target] != "PRON"
        if word in self.groups["regretting_verbs"]:
            return self.lexicon.valence.get(thing, 0.0) < 0
        # withdrawing support is against whom it was for, if anybody is named
        return word in self.groups["reversing_verbs"] and (thing, "noun") in self.lexicon.frames

    def _means_otherwise(self, i: int, frame: Frame) -> bool:
        """Whether what stands with the word makes it mean something else: a victory credited to luck."""
        s = self.s
        for sign in frame.without:
            if sign == "infinitive":
                below = [k for k in s.kids[i] if s.base(k) in ("xcomp", "advcl", "ccomp")]
                below += [k for thing in s.with_dep(i, "obj") for k in s.with_dep(thing, "acl")]
                if any(k > i and s.has_mark(k, "to") for k in below):
                    return True
            elif sign == "negation":
                if self.modality(i)[1]:
                    return True
            elif sign in self.groups:
                if any(s.words[k] in self.groups[sign] for k in s.with_dep(i, "obj", "nsubj:pass")):
                    return True
            elif self._about(i, sign):
                return True
        return False

    def _experience(self, i: int, frame: Frame, passive: bool) -> Iterator[Found]:
        """The deal troubled the ministers; the ministers were troubled by the deal."""
        if frame.sign < 0 and any(
            self.s.words[k] in self.groups["prospects"] for k in self.s.kids[i] if self.s.base(k) == "aux"
        ):
            return  # what will or would trouble them does not trouble them yet
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
        if s.words[i] in self.groups["gatherings"] and not s.has_case(i, "in"):
            prepositions = [p for p in prepositions if p != "at"]  # a protest at the hotel; in protest at the ruling
        targets, marks = [], []
        calling = s.words[i] in self.groups["calling_nouns"]
        if calling and any(s.has_mark(k, "to") for k in (*s.with_dep(i, "acl"), *s.with_dep(s.heads[i], "advcl"))):
            return  # a plea for the party to unite
        for preposition in prepositions:
            targets = s.obliques(i, preposition)
            if targets:
                marks = [k for k in s.kids[targets[0]] if s.words[k] == preposition]
                break
        if frame.kind == "role":
            yield from self._role(i, frame, targets)
            return
        owner = s.with_dep(i, "nmod:poss") or s.obliques(i, "by", "from")
        givers = s.obliques(i, "from") if s.with_dep(i, "nmod:poss") and not targets else []
        if givers and frame.sign > 0:  # her support from the unions
            for giver in self._and(givers):
                yield self._made(i, giver, owner[0], frame.sign, frame.strength, frame.kind, [i])
            return
        verb = s.heads[i]
        holder: int | None = owner[0] if owner else None
        evidence = [i, *marks]
        sign = frame.sign
        if s.base(i) in ("obj", "obl") and verb != i and s.is_verb(verb):
            if s.has_case(i, "in", "out") and holder is None and s.words[i] in self.groups["siding_nouns"]:
                holder = self._subject(verb)  # they marched in support of her
            if not targets:
                for preposition in prepositions:
                    targets = s.obliques(verb, preposition)
                    targets = [t for t in targets if t > i]
                    if targets:
                        marks = [k for k in s.kids[targets[0]] if s.words[k] == preposition]
                        break
                evidence = [i, *marks]
            if s.base(i) == "obl" and s.has_case(i, "to") and s.words[i] in self.groups["rescue_nouns"]:
                holder = self._subject(verb)  # she came to his defence
                targets = targets or s.with_dep(i, "nmod:poss")
            if s.base(i) == "obj" and s.words[verb] in self.groups["reversing_verbs"]:
                sign = -sign  # lifting sanctions is for, withdrawing support is against
                holder = self._subject(verb) if not s.is_passive(verb) else s.agent(verb)
                evidence = [*s.verb_group(verb), *evidence]
            elif (
                s.words[verb] in self.groups["receiving_verbs"]
                and targets
                and holder is None
                and s.has_case(targets[0], "of")
            ):
                if (subject := self._subject(verb)) is None:
                    return
                for giver in self._and(targets):  # she has won the support of millions
                    yield self._made(i, giver, subject, frame.sign, frame.strength, frame.kind, [verb, i])
                return
            elif s.words[verb] in self.groups["giving_verbs"] and (
                holder is None or (s.pos[holder] == "PRON" and s.words[verb] not in self.groups["receiving_verbs"])
            ):
                holder = self._agent(verb) if s.is_passive(verb) else self._subject(verb)
                evidence = [*s.verb_group(verb), *evidence]
            elif s.words[verb] in self.groups["receiving_verbs"] and not calling:
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
        names = [k for k in s.kids[i] if s.base(k) in ("compound", "amod") and k < i and s.pos[k] == "PROPN"]
        names = [k for k in names if s.words[k - 1] != "-"]  # the protest is not Lesk's if it is anti-Lesk
        if holder is None:
            holder = names[0] if names else None
        elif not targets and s.has_case(holder, "by"):
            targets = names[:1]  # a Lesk endorsement by the union
        if holder is None:
            return
        for target in self._and(targets):
            for thing, side in self._wanted_of(target) if calling else [(target, 1)]:
                yield self._made(i, holder, thing, side * sign, frame.strength, frame.kind, sorted({*evidence}))

    def _role(self, i: int, frame: Frame, targets: list[int]) -> Iterator[Found]:
        """An ally of X, X's ally: the holder is who is called so."""
        s = self.s
        if s.pos[i] == "PROPN":
            return  # Public Advocate Ana Ruiz
        if s.words[i] not in self.groups["competitors"]:
            targets = targets or s.with_dep(i, "nmod:poss")
        targets = targets or [k for k in s.with_dep(i, "compound") if s.pos[k] == "PROPN"]
        if not targets:
            return
        if any(s.base(k) == "cop" for k in s.kids[i]):
            own = s.with_dep(i, "nsubj")
            lent = self._subject(s.heads[i]) if s.base(i) == "xcomp" and not own else None  # promised to be a champion
            holders = self._and(own) if lent is None else [lent]
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
        signs = dict.fromkeys(targets, 1) or self._deeds(i, frame)
        if not signs or any(s.words[k] == "less" for k in s.kids[i]):
            return
        subjects = s.with_dep(i, "nsubj", "nsubj:pass")
        if subjects:
            found = self._antecedent(i, subjects[0])
            holders = [] if found is None else self._and([found])
        elif s.base(i) in ("amod", "acl") and s.heads[i] < i:
            holders = [s.heads[i]]
        elif s.base(i) in ("xcomp", "conj", "advcl") or (s.base(i) == "ccomp" and s.with_dep(i, "expl")):
            lent = self._subject(s.heads[i] if s.base(i) == "ccomp" else i)  # the ministry said that it was worried
            holders = [] if lent is None else [lent]
        else:
            return
        evidence = sorted({i, *extra, *[k for k in s.kids[i] if s.base(k) in ("cop", "aux") and k < i]})
        for holder in holders:
            for target, sign in signs.items():
                yield self._made(i, holder, target, sign * frame.sign, frame.strength, frame.kind, evidence)

    def _deeds(self, i: int, frame: Frame) -> dict[int, int]:
        """What the deeds are done to that one is for or against, and their side: opposed to electing her."""
        s = self.s
        found = {}
        for deed in s.kids[i]:
            if deed > i and s.tags[deed] == "VBG" and s.has_case(deed, *frame.target):
                sides = [f.sign for f in self.lexicon.frames.get((s.words[deed], "verb"), ()) if "object" in f.target]
                sides += [1] if s.words[deed] in self.groups["furthering_verbs"] else []
                found.update(dict.fromkeys(self._and(s.with_dep(deed, "obj")), sides[0] if sides else 0))
        return {target: side for target, side in found.items() if side}

    def _side(self, i: int) -> Iterator[Found]:
        """They are against the war; she is in favour of it; he has nothing against her."""
        s = self.s
        copula = [k for k in s.kids[i] if s.base(k) == "cop"]
        subjects = s.with_dep(i, "nsubj")
        if copula and subjects and s.words[i] == "all":
            for target in self._and(s.obliques(i, "for")):
                yield self._made(i, subjects[0], target, 1, 2, "attitude", [*copula, i])
            return
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
        whole = any(s.words[k] in ("all", "firmly", "very", "strongly", "also", "fully", "squarely") for k in s.kids[i])
        somebody = s.pos[i] != "NOUN" or s.words[i] in self.groups["people"]  # who is behind an attack did it
        if "against" in marks:
            yield self._made(i, holder, i, -1, 1, "attitude", evidence)
        elif ("behind" in marks and (somebody or whole)) or ("for" in marks and whole):
            yield self._made(i, holder, i, 1, 1, "attitude", evidence)
        elif s.words[i] in ("favor", "favour", "support") and "in" in marks:
            for target in self._and(s.obliques(i, "of")):
                yield self._made(i, holder, target, 1, 1, "attitude", [*evidence, i])

    def _accountable(self, i: int) -> Iterator[Found]:
        """She held the mayor responsible for it; they want the makers held accountable."""
        s, verb = self.s, self.s.heads[i]
        if s.words[verb] not in ("hold", "holds", "held", "holding"):
            return
        above = s.heads[verb]
        if s.base(verb) == "acl" and s.tags[verb] == "VBN":
            holder, targets = self._subject(s.heads[above]), [above]
        elif s.base(verb) == "xcomp" and s.tags[verb] == "VBN":
            holder, targets = self._subject(above), s.with_dep(verb, "nsubj", "nsubj:pass") or s.with_dep(above, "obj")
        else:
            holder, targets = self._subject(verb), s.with_dep(verb, "obj") or s.with_dep(i, "nsubj")
        if holder is not None:
            for target in self._and(targets):
                yield self._made(i, holder, target, -1, 1, "speech", [*s.verb_group(verb), i])

    def _under_fire(self, i: int) -> Iterator[Found]:
        """The mayor came under fire from the union."""
        s, verb = self.s, self.s.heads[i]
        if s.base(i) != "obl" or not s.has_case(i, "under"):
            return
        subject = self._subject(verb)
        if subject is not None:
            for giver in self._and(s.obliques(i, "from") or s.obliques(verb, "from")):
                yield self._made(i, giver, subject, -1, 1, "speech", [verb, i])

    def _mutual(self, i: int) -> Iterator[Found]:
        """Relations between Lesk and Orvania have soured; the feud between them: each stands so to the other."""
        s = self.s
        word, verb = s.words[i], s.heads[i]
        sign = 1 if word in self.groups["friendly_nouns"] else -1 if word in self.groups["hostile_nouns"] else 0
        evidence = [i]
        if word in self.groups["relation_nouns"] and s.base(i) in ("nsubj", "obj") and s.is_verb(verb):
            cooled = s.words[verb] in self.groups["cooling_verbs"]
            sign = 1 if s.words[verb] in self.groups["warming_verbs"] else -1 if cooled else 0
            evidence = s.verb_group(verb)
        parties = self._and(s.obliques(i, "between")) if sign else []
        if len(parties) == 2:
            for one, other in (parties, parties[::-1]):
                yield self._made(i, one, other, sign, 1, "attitude", evidence)

    def _leaning(self, i: int) -> Iterator[Found]:
        """Pro-Russian rebels, US-backed militias: the first part says where they stand, or who stands by them."""
        s = self.s
        if s.words[i] in self.groups["backed"] and i >= 2 and s.words[i - 1] == "-" and s.capital[i - 2]:
            backed = s.heads[i] if s.heads[i] != i - 2 else s.heads[i - 2]
            if backed > i:
                yield Found(i - 2, backed, 1, 1, ASSERTED, (i - 2, i - 1, i), "role", i)
            return
        if s.words[i] not in self.groups["prefixes"] or i + 2 >= len(s) or s.words[i + 1] != "-":
            return
        target = i + 2
        holder = s.heads[target]
        if holder <= target or s.pos[holder] != "NOUN" or holder - target > 2 or s.words[target] in ("life", "choice"):
            return
        sign = -1 if s.words[i] == "anti" else 1
        yield Found(holder, target, sign, 1, ASSERTED, (i, i + 1, target), "role", i)

    def _shunning(self, i: int) -> Iterator[Found]:
        """She refused to meet him: what one would do with anybody, and will not do with somebody."""
        s = self.s
        head = s.heads[i]
        if s.base(i) != "xcomp":
            return
        vowed = s.words[head] in self.groups["promising_verbs"] and s.is_negated(i)
        if not vowed and (s.words[head] not in self.groups["shunning_verbs"] or s.is_negated(head)):
            return
        holder = self._subject(head)
        targets, _ = self._slots(i, ("object", "with", "to"))
        if holder is not None:
            for target in targets:
                evidence = tuple(sorted({*s.verb_group(head), i}))
                yield Found(holder, target, -1, 1, ASSERTED, evidence, "shunning", i)

    def _leaving(self, i: int) -> Iterator[Found]:
        """They threatened to leave the federation: what one would leave, one is against."""
        s = self.s
        head = s.heads[i]
        threatened = s.words[head] in self.groups["threatening_verbs"] and s.base(i) == "xcomp"
        if not threatened or s.is_negated(head) or s.is_negated(i):
            return
        holder = self._subject(head)
        targets, _ = self._slots(i, ("object", "from", "of"))
        if holder is not None:
            for target in targets:
                if not self._takes_no_side(i, target):
                    yield self._made(i, holder, target, -1, 1, "move", [*s.verb_group(head), i])

    def _undecided(self, i: int) -> Iterator[Found]:
        """She has taken no position on the plan."""
        s = self.s
        verb = s.heads[i]
        if s.base(i) != "obj" or s.words[verb] not in self.groups["positioning_verbs"]:
            return
        holder = self._subject(verb)
        if holder is None or not (s.is_negated(i) or s.is_negated(verb)):
            return
        found = s.obliques(i, "on", "of") or s.obliques(verb, "on")
        for target in self._and(found):
            evidence = sorted({*s.verb_group(verb), i, *[k for k in s.kids[i] if s.base(k) == "det"]})
            yield Found(holder, target, 0, 1, ASSERTED, tuple(evidence), "undecided", i)
