"""What nobody is said to have done: what is only asked about, open, or a charge of which one was cleared."""

from __future__ import annotations

from analystkit.layers.stances.grammar import Found, Grammar

_WHICH = ("which", "what", "whatever", "whichever")
_SURE = ("sure", "clear", "certain")
#: Questions with these take what they ask about for granted.
_HOW = ("why", "how", "when", "where", "what", "who")


class Asked(Grammar):
    """Stances of one Doc that are none."""

    def _is_asked(self, stance: Found) -> bool:
        """Whether a deed or wish is only asked about: "whether he lied", "Does she want him gone?"."""
        s, i = self.s, stance.word
        above = (i, *self._operators(i))
        if any(s.has_mark(up, "whether") for up in above) or any(s.words[k] in _WHICH for k in s.kids[stance.target]):
            return True
        head = s.words[s.heads[i]]
        if s.base(i) == "ccomp" and (head in self.groups["unsure"] or (head in _SURE and s.is_negated(s.heads[i]))):
            return True
        if head in self.groups["abstaining_verbs"] and s.has_case(i, "from"):
            return True
        start, end = s.sentences[s.sentence[i]]
        asked = any(s.words[k] == "?" for k in range(max(start, end - 3), end))
        if asked and any(self._inverted(up) for up in (*above, *s.ancestors(i))):
            return True
        if self._yet_to(i) or (stance.kind == "move" and self._has_to(i)):
            return True  # whose approval it takes has not approved
        if stance.kind in ("failing", "doing") and s.has_mark(i, "if", "unless"):
            return True
        return asked and stance.kind in ("wish", "doing", "judging", "threat")

    def _inverted(self, i: int) -> bool:
        """Whether a clause asks whether it is so: "Can we trust her?"; not "Why does he attack her?"."""
        s, subject = self.s, self.s.own_subject(i)
        if subject is None or any(s.words[k] in _HOW for k in s.kids[i]):
            return False
        return any(s.base(k) in ("aux", "cop") and k < subject for k in s.kids[i])

    def _is_cleared(self, stance: Found) -> bool:
        """Whether a deed is one of which somebody was found not guilty, or cleared."""
        word, head = self._charge(stance.word), self.s.heads[stance.word]
        return word in self.groups["clearing_verbs"] or word == "innocent" or (word == "guilty" and self._negated(head))
