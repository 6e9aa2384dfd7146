"""Signs that two statements pull apart: that both of them cannot be so, or that their sources take opposite sides."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analystkit.layers.accounts.claims import Claims
from analystkit.layers.accounts.matters import near
from analystkit.layers.accounts.numbers import counts
from analystkit.layers.stances.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analystkit.layers.accounts.claims import Claim
    from analystkit.layers.accounts.statements import Reading, Statement

#: Statements so far apart at most speak of one event by the event's word alone.
_NEAR = 4
#: A word that more statements than this have tells nothing by itself.
_RARE = 4
#: A statement rejects one that is so far before it at most.
_BACK = 3
#: What is rejected is named by so many words at most; more of them tell it anew.
_SHORT = 5
_REJECTED = "one source rejects what the other says"
_PRONOUNS = ("it", "that", "this")
#: Those that stand side by side in the text, or with one between them.
_BESIDE = 2


@dataclass(frozen=True, slots=True)
class Difference:
    """Two statements that pull apart.

    Attributes:
        one: The number of the earlier statement.
        other: That of the later.
        kind: stance, denial, opposites, negation, rivals or numbers.
        evidence: The words of either that show it, as [start, end) in code points.
        confidence: How likely it is that a reader would say so.
        why: The reason in words.
    """

    one: int
    other: int
    kind: str
    evidence: tuple[tuple[int, int], tuple[int, int]]
    confidence: float
    why: str


class Differences:
    """Finds, for the statements of a Doc, the pairs that pull apart."""

    def __init__(self, reading: Reading) -> None:
        self.r, self.s, self.words = reading, reading.syntax, reading.words
        finder = Claims(reading)
        self.claims = [finder.of(one) for one in reading.statements]
        self.counts = [counts(reading, one) for one in reading.statements]
        self.common = Counter(key for one in reading.statements for key in one.places)
        self.rejects = [self._rejects(one) for one in reading.statements]
        speaker = {one.quote["id"]: one.source for one in reading.statements}
        self.stances: dict[str, list[dict[str, Any]]] = {}
        for stance in reading.doc._.stances or ():
            if stance["certainty"] in ("asserted", "hedged") and stance["holder"] == speaker.get(stance["quote"]):
                self.stances.setdefault(stance["quote"], []).append(stance)

    def all(self) -> list[Difference]:
        """The strongest sign of each pair of statements by different sources."""
        found = {(d.one, d.other): d for d in self._replies()}
        spoken = [self._spoken_of(one) for one in self.r.statements]
        for one, other in near(self.r.statements):
            pair = (one.number, other.number)
            if spoken[one.number].isdisjoint(spoken[other.number]):
                continue
            if self.rejects[one.number] and self.rejects[other.number]:
                continue  # of one mind
            if one.source != other.source and pair not in found:
                difference = self._between(one, other)
                if difference is not None:
                    found[pair] = difference
        return [found[pair] for pair in sorted(found)]

    def _spoken_of(self, statement: Statement) -> frozenset[str]:
        """All by which a statement may pull apart from another that has it too."""
        claims, counted = self.claims[statement.number], self.counts[statement.number]
        found = {key for claim in claims for key in (claim.key, *claim.doer, *claim.to)}
        for stance in self.stances.get(statement.quote["id"], ()):
            found |= {stance["target"] or "", self.s.words[self.r.root(*stance["target_span"])]}
        return frozenset(found.union(count.key for count in counted)) - {""}

    def _between(self, one: Statement, other: Statement) -> Difference | None:
        for find in (self._opposed, self._claims, self._numbers):
            difference = find(one, other)
            if difference is not None:
                return difference
        return None

    # -- sides

    def _opposed(self, one: Statement, other: Statement) -> Difference | None:
        """One is for it and the other against."""
        for a in self.stances.get(one.quote["id"], ()):
            for b in self.stances.get(other.quote["id"], ()):
                actor = a["target"] in self.r.persons
                if actor and other.number - one.number > _BESIDE:
                    continue  # one may be for somebody in one matter and against them in another
                if {a["polarity"], b["polarity"]} == {"positive", "negative"} and self._same_target(a, b):
                    words = (tuple(a["evidence"]), tuple(b["evidence"]))
                    confidence = round(min(a["confidence"], b["confidence"]), 2)
                    why = f"one is {a['polarity']}, the other {b['polarity']}"
                    return Difference(one.number, other.number, "stance", words, confidence, why)
        return None

    def _same_target(self, a: dict[str, Any], b: dict[str, Any]) -> bool:
        if a["target"] is not None and a["target"] == b["target"]:
            return True
        one, other = self.r.root(*a["target_span"]), self.r.root(*b["target_span"])
        return self.s.words[one] == self.s.words[other] and self.s.pos[one] == self.s.pos[other] == "NOUN"

    # -- what is so and what is not

    def _claims(self, one: Statement, other: Statement) -> Difference | None:
        for a in self.claims[one.number]:
            for b in self.claims[other.number]:
                if a.open or b.open:
                    continue
                sign = self._negation(one, other, a, b) or self._opposites(a, b) or self._rivals(a, b)
                if sign is not None:
                    kind, confidence, why = sign
                    words = (self._span(a.at), self._span(b.at))
                    return Difference(one.number, other.number, kind, words, confidence, why)
        return None

    def _negation(self, one: Statement, other: Statement, a: Claim, b: Claim) -> tuple[str, float, str] | None:
        """One says that it is, the other that it is not."""
        if a.denied == b.denied or a.particle != b.particle or (a.key != b.key and not self._declined(a, b)):
            return None
        if _clash(a.doer, b.doer) or _clash(a.to, b.to) or (a.own != b.own and not (a.doer and b.doer)):
            return None
        no, distance = a if a.denied else b, other.number - one.number
        denier = one if a.denied else other
        cue = [i for i in denier.cue if self.s.words[i] in self.words.rejecting]
        if self.s.pos[no.at] == "NOUN" and not no.exists:
            # "denied using shells", where the other tells of the shells
            done = cue and self.s.base(no.at) in ("obj", "nsubj") and self.s.pos[a.at] == self.s.pos[b.at]
            return ("denial", 0.5, f"one source {self.s.words[cue[0]]} it") if done and distance <= _NEAR else None
        if "ADJ" in (self.s.pos[a.at], self.s.pos[b.at]) and not (a.to & b.to or distance <= _BESIDE):
            return None
        shared = bool(a.keys & b.keys - {a.key})
        event = no.exists or (self.s.words[no.at] in self.words.families and self.common[a.key] <= _RARE)
        if not shared and not (event and distance <= _NEAR):
            return None
        if cue:
            return "denial", 0.65, f"one source {self.s.words[cue[0]]} it"
        return "negation", 0.65 if shared else 0.5, f"“{self.s.words[no.at]}” is said in the negative by one of the two"

    def _declined(self, a: Claim, b: Claim) -> bool:
        """One moves for what the other says is not: accepts an invitation that never came."""
        no, yes = (a, b) if a.denied else (b, a)
        moved = any(f.kind == "move" and f.sign > 0 for f in lexicon().frames.get((self.s.words[yes.at], "verb"), ()))
        return moved and bool(yes.to & (no.to | no.doer)) and self.s.words[no.at] in self.words.existing

    def _opposites(self, a: Claim, b: Claim) -> tuple[str, float, str] | None:
        """The two speak of one thing in opposite words: accept and reject."""
        one, other = self.s.words[a.at], self.s.words[b.at]
        if a.denied != b.denied or other not in self.words.opposites.get(one, ()) or _clash(a.doer, b.doer):
            return None
        if not (a.to | a.doer) & (b.to | b.doer) or self.s.base(a.at) == self.s.base(b.at) == "amod":
            return None  # legal and illegal work are two sorts of work
        return "opposites", 0.6, f"“{one}” and “{other}”"

    def _rivals(self, a: Claim, b: Claim) -> tuple[str, float, str] | None:
        """Two are each said to have what one alone can have."""
        possessed = all(self.s.words[c.at] in self.words.possessing and not c.denied for c in (a, b))
        if not possessed or not a.to & b.to or not a.doer or not b.doer or a.doer & b.doer:
            return None
        return "rivals", 0.5, "two are said to have the same thing"

    # -- how many

    def _numbers(self, one: Statement, other: Statement) -> Difference | None:
        """The two give different numbers for one thing."""
        for a in self.counts[one.number]:
            for b in self.counts[other.number]:
                if a.contradicts(b):
                    why = f"“{self.r.syntax.text_of(*a.words)}” and “{self.r.syntax.text_of(*b.words)}”"
                    words = (self.s.offsets(*a.words), self.s.offsets(*b.words))
                    return Difference(one.number, other.number, "numbers", words, 0.6, why)
        return None

    # -- answers

    def _replies(self) -> Iterator[Difference]:
        """Statements that reject what somebody has said just before: "denied it", "rejected the accusation"."""
        for later in self.r.statements:
            start = max(later.number - _BACK, 0)
            before = [one for one in self.r.statements[start : later.number] if one.source != later.source]
            named = self.rejects[later.number]
            words = named or [i for i in later.cue if self.s.words[i] in self.words.denying]
            accusing = [one for one in before if self._accuses(one, later.source, deed=not named)]
            earlier = (accusing or (before if named else []))[-1:]
            if not words or not earlier or self.rejects[earlier[0].number]:
                continue
            if not accusing and (later.number - earlier[0].number > 1 or not self._answers(later, earlier[0])):
                continue
            if any(self.s.words[i] in self.words.several for i in later.tokens):
                beside = [one for one in before if later.number - one.number <= _BESIDE]
                earlier += [one for one in beside if one.source == earlier[0].source and one is not earlier[0]]
            for one in earlier:
                (first, end), *_ = one.quote["content"]
                evidence = ((first, end), self.s.offsets(words[0], words[-1] + 1))
                yield Difference(one.number, later.number, "denial", evidence, 0.6, _REJECTED)

    def _answers(self, later: Statement, earlier: Statement) -> bool:
        """Whether what the later statement rejects is the earlier: any accusation, an account of who rejects it."""
        for i in later.tokens:
            if self.s.words[i] not in self.words.statements:
                continue
            told = [self.r.actors.get(k) for k in earlier.tokens]
            owner = self.s.owner(i)
            plain = not any(self.s.base(k) in ("amod", "compound") for k in self.s.kids[i])
            if owner is not None:
                return self.r.actors.get(owner, earlier.source) == earlier.source
            return plain and (self.s.words[i] in self.words.replies or later.source in told)
        return False

    def _accuses(self, statement: Statement, source: str, *, deed: bool) -> bool:
        """Whether a statement is against somebody; with `deed` only for what they are said to have done."""
        charges = lexicon().groups["blaming_verbs"]
        for stance in self.stances.get(statement.quote["id"], ()):
            if stance["target"] == source and stance["polarity"] == "negative":
                told = stance["why"].partition(":")[0] in ("failing", "doing", "threat")
                first, end = self.s.words_at(*stance["evidence"])
                if told or not deed or any(self.s.words[i] in charges for i in range(first, end)):
                    return True
        return False

    def _rejects(self, statement: Statement) -> list[int] | None:
        """The words by which a statement rejects another."""
        s = self.s
        content = [i for i in statement.tokens if not s.punctuation[i]]
        heads = [i for i in content if s.words[i] in self.words.statements and s.base(i) in ("obj", "nsubj", "obl")]
        if not heads:
            return None
        cue = [i for i in statement.cue if s.words[i] in self.words.rejecting]
        if cue and len(content) <= _SHORT:
            return cue
        heads = [i for i in heads if s.words[i] not in _PRONOUNS or len(content) <= _SHORT]
        wrong = [s.heads[i] for i in heads if s.base(i) == "nsubj" and s.words[s.heads[i]] in self.words.untrue]
        return [i for i in wrong if i in content and not s.is_negated(i)] or None

    def _span(self, i: int) -> tuple[int, int]:
        return self.s.offsets(i, i + 1)


def _clash(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two are named, and not the same."""
    return bool(one and other and not one & other)
