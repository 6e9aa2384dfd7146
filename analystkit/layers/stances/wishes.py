"""What somebody wants: wanting a thing is for it, wanting it ended is against it."""

from __future__ import annotations

from collections.abc import Iterator

from analystkit.layers.stances.grammar import Found, Grammar


class Wishes(Grammar):
    """Wishes, demands, hopes and fears of one Doc."""

    def _wish(self, i: int) -> Iterator[Found]:
        """Wanting a thing is for it; wanting it ended, or somebody gone, is against."""
        s = self.s
        frames = [f for f in self.lexicon.frames.get((s.words[i], "verb"), ()) if f.kind == "wish"]
        urging = s.words[i] in self.groups["urging_verbs"]
        calling = [k for k in s.kids[i] if s.words[k] in ("on", "upon")]
        asking = calling or s.obliques(i, "on", "upon", "for") or any(s.has_mark(k, "for") for k in s.kids[i])
        if s.words[i] in self.groups["naming_verbs"] and not asking:
            return  # to call somebody a name
        holder = self._subject(i) if not s.is_passive(i) else s.agent(i)
        if holder is None:
            return
        group = s.verb_group(i)
        clauses = [k for k in s.kids[i] if s.base(k) in ("xcomp", "ccomp", "advcl") and k > i]
        told = s.words[i] in self.groups["telling_verbs"]  # to tell somebody that it is so asks for nothing
        clauses = [k for k in clauses if (s.base(k) != "advcl" and not told) or s.has_mark(k, "to")]
        inside = [k for thing in s.with_dep(i, "obj") for k in s.with_dep(thing, "acl")]
        inside = [k for k in inside if s.has_mark(k, "to") or s.words[k] == "held"]
        for clause in clauses + inside:  # she expects the appeal to fail
            yield from self._wanted(i, clause, holder, group, urging or bool(calling))
        if s.words[i] in self.groups["promising_verbs"]:
            yield from self._promise(i, holder, group)
        elif (
            frames
            and not clauses
            and not inside
            and not (s.is_negated(i) and s.words[i] in self.groups["lacking_verbs"])
        ):
            things = s.obliques(i, "for") if s.with_dep(i, "iobj") or s.words[i] in ("hope", "hoped", "hopes") else []
            things = things or s.with_dep(i, "obj")
            for target in self._and(things):
                if s.pos[target] in ("NOUN", "PROPN", "PRON") and s.words[target] not in ("what", "it"):
                    for thing, sign in self._wanted_of(target):
                        yield self._made(i, holder, thing, sign, frames[0].strength, "wish", group)

    def _promise(self, i: int, holder: int, group: list[int]) -> Iterator[Found]:
        """Promising somebody something is for them."""
        s = self.s
        things = s.with_dep(i, "obj")
        if not things or self.value(things[0]) < 0:
            return
        receivers = s.with_dep(i, "iobj") or s.obliques(i, "to", "for")
        receivers = receivers or [k for thing in things for k in s.obliques(thing, "to", "for")]
        if not receivers and any(s.words[k] == "the" for k in s.kids[things[0]]):
            receivers = things  # promising the bridge is for the bridge
        for target in self._and(receivers):
            yield self._made(i, holder, target, 1, 1, "wish", [*group, things[0]])

    def _wanted_of(self, i: int) -> list[tuple[int, int]]:
        """What a wish for a thing is about: the end of a war is against the war, its release for the prisoner."""
        s = self.s
        word = s.words[i]
        sign = -1 if word in self.groups["ending_nouns"] else 1 if word in self.groups["furthering_nouns"] else 0
        about = s.obliques(i, "of", "to", "on", "against", "from") or s.with_dep(i, "nmod:poss") if sign else []
        return [(k, sign) for k in self._and(about)] or [(i, 1)]

    def _wanted(self, i: int, clause: int, holder: int, group: list[int], urging: bool) -> Iterator[Found]:
        s = self.s
        word, above = s.words[clause], s.heads[clause]
        if word in self.groups["seeing_verbs"]:
            for seen in s.kids[clause]:
                if s.base(seen) in ("xcomp", "ccomp"):
                    yield from self._wanted(i, seen, holder, [*group, clause], urging)
            return
        who = s.own_subject(clause) if s.base(clause) != "acl" else above
        if who is None:
            people = s.with_dep(above, "obj", "iobj") or s.obliques(above, "on", "upon")
            who = people[0] if people else None
        stop = word in self.groups["ending_verbs"] or (word in ("give", "gives") and self._particle(clause) == "up")
        negated = s.is_negated(clause)
        if stop:
            for target in self._and(s.with_dep(clause, "obj")):
                if s.words[target] in self.groups["people"] and word in self.groups["reversing_verbs"]:
                    continue  # to withdraw the army is not to end it
                yield self._made(i, holder, target, -1 if not negated else 1, 1, "wish", [*group, clause])
            below = [k for k in s.kids[clause] if s.base(k) == "xcomp"]
            if who is not None and below and not s.with_dep(clause, "obj"):
                yield self._made(i, holder, who, -1, 1, "wish", [*group, clause])
        elif who is not None and word in self.groups["leaving_verbs"] and not negated:
            if word in ("step", "stepped") and self._particle(clause) not in ("down", "aside"):
                return
            further = s.with_dep(clause, "obj", "xcomp", "advcl", "compound:prt", "ccomp") or s.obliques(clause, "to")
            if word in ("go", "goes", "leave", "leaves") and further:
                return
            yield self._made(i, holder, who, -1, 2, "wish", [*group, clause])
        elif who is not None and s.tags[clause] == "VBN" and not any(s.lemmas[k] == "have" for k in s.kids[clause]):
            done = [f for f in self.lexicon.frames.get((word, "verb"), ()) if f.target[0] == "object"]
            done = [f for f in done if self._has_particle(clause, f)]
            side = done[0].sign if done else int(word in self.groups["furthering_verbs"])
            side = 0 if any(s.words[k] in self.groups["liable"] for k in s.kids[clause]) else side
            for one in self._and([who]) if side else ():
                yield self._made(i, holder, one, -side if negated else side, 1, "wish", [*group, clause])
        elif who is not None and word in self.groups["thriving_verbs"] | self.groups["faltering_verbs"]:
            sign = 1 if negated == (word in self.groups["faltering_verbs"]) else -1
            if word in self.groups["becoming_verbs"]:
                what = s.with_dep(clause, "xcomp")
                wished = any(f.kind == "wish" for f in self.lexicon.frames.get((s.words[i], "verb"), ()))
                if not wished or not what or (s.pos[what[0]] == "ADJ" and not self.value(what[0])):
                    return
                sign = -sign if self.value(what[0]) < 0 else sign  # to become a failure
            for one in self._and([who]) if sign < 0 or s.words[i] not in self.groups["foreseeing_verbs"] else ():
                yield self._made(i, holder, one, sign, 1, "wish", [*group, *s.verb_group(clause)])

    def _particle(self, i: int) -> str:
        found = [
            k for k in self.s.kids[i] if self.s.deps[k] == "compound:prt" or self.s.words[k] in ("down", "aside", "up")
        ]
        return self.s.words[found[0]] if found else ""
