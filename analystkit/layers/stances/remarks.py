"""What is said of somebody: names and judgements, for which whoever says them takes a side."""

from __future__ import annotations

from collections.abc import Iterator

from analystkit.layers.stances.grammar import Found, Grammar


class Remarks(Grammar):
    """Judgements of one Doc."""

    def _naming(self, i: int) -> Iterator[Found]:
        """She called the bill a disgrace; he described them as reckless."""
        s = self.s
        passive = s.is_passive(i)
        holder = s.agent(i) if passive else self._subject(i)
        targets = s.with_dep(i, "nsubj:pass") if passive else s.with_dep(i, "obj") or self._relative_object(i)
        names = [k for k in s.kids[i] if s.base(k) == "xcomp"]
        names += [k for k in s.kids[i] if s.base(k) in ("obl", "advcl") and any(s.words[c] == "as" for c in s.kids[k])]
        if not passive and not names and len(targets) == 1 and s.with_dep(i, "obj"):
            names, targets = targets, self._relative_object(i)  # "a bargain that they called a surrender"
        if holder is None or not targets or not names:
            return
        value = self.value(names[0])
        if s.words[names[0]] in self.groups["verdicts"]:
            return  # to find somebody guilty is a verdict
        if abs(value) < 0.45 or s.tags[names[0]] == "VB":
            return  # who sees a thing collapse calls it nothing
        evidence = s.subtree(names[0]) if len(s.subtree(names[0])) < 8 else [names[0]]
        for target in self._and(targets):
            target_ = self._antecedent(i, target)
            if target_ is not None:
                yield self._made(i, holder, target_, _sign(value), 2 if abs(value) > 0.65 else 1, "naming", evidence)

    def _judging(self, i: int) -> Iterator[Found]:
        """The plan is reckless: whoever says so is against it."""
        s = self.s
        if s.pos[i] not in ("ADJ", "NOUN", "VERB"):
            return
        if any(s.base(k) == "case" for k in s.kids[i]) or (s.words[i] == "responsible" and s.obliques(i, "for")):
            return  # "is in the best position" tells of the position
        if s.words[i] in self.groups["plain_nouns"]:
            return  # a good example, a bad day
        subjects = [k for k in s.with_dep(i, "nsubj") if k < i][-1:] or s.with_dep(i, "nsubj")
        value = self.value(i)
        if not subjects or abs(value) < 0.55 or s.pos[subjects[0]] not in ("NOUN", "PROPN", "PRON"):
            return
        target = self._antecedent(i, subjects[0])
        feeling = any(frame.kind == "attitude" for frame in self.lexicon.frames.get((s.words[i], "adjective"), ()))
        if s.tags[i] == "JJR" and s.words[i] not in ("better", "worse"):
            return  # stronger than another
        if target is None or feeling or s.words[target] in ("this", "that", "there", "what", "i", "we"):
            return  # "he is proud" tells of his feelings, not of anybody's about him
        if s.words[target] == "it" or any(s.words[k] == "my" for k in s.kids[target]):
            return  # my eyesight is bad; it is wrong to wait, it was a good day: what happens, and nobody named before
        modifiers = [k for k in s.kids[i] if s.base(k) in ("amod", "advmod", "cop", "det")]
        without = s.obliques(i, "without") if s.tags[i] in ("JJR", "RBR") else []
        if without:  # better without him
            for one in self._and(without):
                yield self._made(i, None, one, -_sign(value), 1, "judging", sorted([i, *modifiers]))
            return
        yield self._made(i, None, target, _sign(value), 1, "judging", sorted([i, *modifiers]))

    def _failing(self, i: int) -> Iterator[Found]:
        """The mayor lied, she said: whoever says so is against him."""
        s = self.s
        errs = s.words[i] not in self.groups["erring_verbs"] or any(s.words[k] == "wrong" for k in s.kids[i])
        if not errs or s.is_passive(i) or s.is_negated(i):
            return
        if s.words[i] in self.groups["foundering_verbs"] and not s.with_dep(i, "obj", "xcomp"):
            return  # a bill that fails does nothing wrong
        if any(s.words[k] in self.groups["broken"] for k in s.with_dep(i, "obj")):
            return  # to break the news
        subject = s.own_subject(i)
        target = self._antecedent(i, subject)
        if target is None or s.pos[target] not in ("PROPN", "PRON", "NOUN") or s.words[target] in ("i", "we"):
            return
        yield self._made(i, None, target, -1, 1, "failing", s.verb_group(i))

    def _doing(self, i: int) -> Iterator[Found]:
        """They betrayed the voters, she said; it set a poor example: deeds that are told to praise or to blame."""
        s = self.s
        subject = s.own_subject(i)
        if s.is_passive(i):
            yield from self._wronged(i)
            return
        things = s.with_dep(i, "obj")
        if subject is None or not things or s.is_negated(i) or s.deps[subject] != "nsubj" or self._only_wished(i):
            return
        target = self._antecedent(i, subject)
        if target is None or s.pos[target] not in ("PROPN", "PRON", "NOUN"):
            return
        if s.words[target] in ("i", "we", "you", "it"):
            return
        thing = things[0]
        value = self.value(thing)
        sign = 0
        if s.words[i] in self.groups["light_verbs"]:
            sign = self._deed(i, thing, value)
        else:
            deeds = [f for f in self.lexicon.frames.get((s.words[i], "verb"), ()) if f.kind == "act"]
            deeds = [f for f in deeds if f.target[0] == "object" and self._has_particle(i, f)]
            sign = deeds[0].sign if deeds and value > -0.2 else 0
            if sign < 0 and s.words[i] not in self.groups["wronging_verbs"]:
                sign = 0  # to tell of a lawsuit, an arrest, a battle is not yet to blame
        if sign and s.words[thing] not in self.groups["firsts"]:
            yield self._made(i, None, target, sign, 1, "doing", [*s.verb_group(i), thing])

    def _deed(self, i: int, thing: int, value: float) -> int:
        """Whether it is good or bad to have, make or do the thing.

        What is good is so by its adjective: a great job, not a gift. To have or to take what is bad is bad luck.
        """
        s = self.s
        if value < -0.5:
            return 0 if s.words[i] in self.groups["bearing_verbs"] else -1
        praised = any(self.lexicon.valence.get(s.words[k], 0.0) > 0.4 for k in s.with_dep(thing, "amod"))
        return 1 if value > 0.5 and praised and (s.words[thing], "noun") not in self.lexicon.frames else 0

    def _only_wished(self, i: int) -> bool:
        """Whether a deed is not told, but wished for or not: "we don't want to see it gain ground"."""
        above = [k for k in self.s.ancestors(i) if self.s.is_verb(k)]
        return any(f.kind == "wish" for k in above for f in self.lexicon.frames.get((self.s.words[k], "verb"), ()))

    def _wronged(self, i: int) -> Iterator[Found]:
        """We were betrayed by the government, she said: whoever says so is against who did it."""
        s = self.s
        agent = s.agent(i)
        if s.words[i] in self.groups["wronging_verbs"] and agent is not None and not s.is_negated(i):
            for target in self._and([agent]):
                if s.pos[target] in ("PROPN", "NOUN", "PRON"):
                    yield self._made(i, None, target, -1, 1, "doing", [*s.verb_group(i), agent])

    def _due(self, i: int) -> Iterator[Found]:
        """It should be built; she should resign; they deserve better: whoever says so takes their side, or not."""
        s = self.s
        subjects = s.with_dep(i, "nsubj:pass") if s.is_passive(i) else s.with_dep(i, "nsubj")
        above = s.heads[i]
        if not subjects and (s.base(i) == "conj" or self._has_to(i)):  # has lost them and should go; has to go
            subjects = s.with_dep(above, "nsubj") if not s.is_passive(i) else []
        target = self._antecedent(i, subjects[0]) if subjects else None
        if target is None or s.pos[target] not in ("PROPN", "PRON", "NOUN") or s.is_negated(i):
            return
        sign = 0
        duty = self._has_to(i) or any(s.words[k] in self.groups["duties"] for k in s.kids[i])
        if s.words[i] in self.groups["deserving_verbs"]:
            sign = 1 if all(self.value(k) >= 0 for k in s.with_dep(i, "obj", "xcomp")) else -1
        elif duty and s.is_passive(i):
            frames = [f for f in self.lexicon.frames.get((s.words[i], "verb"), ()) if f.target[0] == "object"]
            frames = [f for f in frames if self._has_particle(i, f)]
            sign = frames[0].sign if frames else int(s.words[i] in self.groups["furthering_verbs"])
        elif duty and s.words[i] in self.groups["leaving_verbs"] and not s.with_dep(i, "obj", "xcomp", "compound:prt"):
            sign = -1
        if sign:
            words = [*s.verb_group(i), *([above] if self._has_to(i) else [])]
            yield self._made(i, None, target, sign, 1, "judging", words)


def _sign(value: float) -> int:
    return 1 if value > 0 else -1
