"""Who speaks: the reporting clauses outside quotations, and the quotations that they report.

A pronoun that speaks ("…, he added") most often goes on with the speaker before it, and nobody speaks of
himself as "he" within his own words.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from analystkit.layers.quotes.rules import verb_classes

if TYPE_CHECKING:
    from analystkit.layers.entities.scene import Scene

_ACTS = frozenset({"speech", "writing", "question", "request", "thought", "wish", "judgement"})
#: Relations of verbs inside what others say, or that only tell more of something ("the rate that it forecast").
_INSIDE = frozenset({"ccomp", "xcomp", "csubj", "acl", "advcl"})
#: How many tokens after a quotation its reporting verb may come.
_AFTER = 14


class Speaking:
    """The reporting clauses of an article. All positions are token positions."""

    def __init__(self, scene: Scene) -> None:
        syntax = scene.syntax
        self._scene = scene
        self._clauses: list[tuple[int, int]] = []  # verb and subject, in the order of the verbs
        for verb, pos in enumerate(syntax.pos):
            if pos != "VERB" or verb in scene.quoted or not _reports(syntax.lemmas[verb]):
                continue
            if syntax.base(scene.first_conjunct(verb)) in _INSIDE:
                continue
            subject = syntax.own_subject(verb)
            if subject is not None and not syntax.is_passive(verb):
                self._clauses.append((verb, subject))
        self._verbs = [verb for verb, _ in self._clauses]
        self._subjects = {subject: verb for verb, subject in self._clauses}

    def before(self, i: int) -> int | None:
        """Who a word that itself speaks goes on with; None where it does not speak, or nobody is there.

        That is whom the sentence before its quotation is about, else who spoke last.
        """
        verb, quotation = self._subjects.get(i), self.reported_by(i)
        if verb is None:
            return None
        if quotation:
            return self._leading_to(quotation.start)
        at = bisect_left(self._verbs, verb)
        if not at:
            return None
        spoke, subject = self._clauses[at - 1]
        return self._subject_between(spoke, i) or subject

    def _subject_between(self, spoke: int, i: int) -> int | None:
        """The name that the sentence before a word is about, where that stands in a paragraph without other speakers.

        "“…,” Cole said. ¶ Ruiz accused him of lying. He said …": Ruiz.
        """
        syntax = self._scene.syntax
        number = syntax.sentence[i] - 1
        start, end = syntax.sentences[number] if number >= 0 else (0, 0)
        if not spoke < start or syntax.paragraph[start] != syntax.paragraph[i]:
            return None
        if syntax.paragraph[spoke] == syntax.paragraph[i]:
            return None
        subjects = (at for at in range(start, end) if syntax.bases[at] == "nsubj" and syntax.pos[at] == "PROPN")
        return next((at for at in subjects if syntax.base(syntax.heads[at]) == "root"), None)

    def reported_by(self, i: int) -> range:
        """The quotation right before a word that speaks ("“…,” he said"): nobody calls himself by his name there."""
        verb, scene = self._subjects.get(i), self._scene
        end = i if verb is None else min(i, verb)
        while (
            end > 0
            and end - 1 not in scene.quoted
            and (scene.syntax.punctuation[end - 1] or scene.syntax.space[end - 1])
        ):
            end -= 1
        start = end
        while verb is not None and start - 1 in scene.quoted:
            start -= 1
        return range(start, end)

    def of_quotation(self, i: int) -> int | None:
        """Who speaks the quotation around a word: the subject of the clause after it, else of the one before."""
        scene, end = self._scene, i
        while end < len(scene.texts) and end in scene.quoted:
            end += 1
        paragraph = scene.syntax.paragraph[i]
        at = bisect_left(self._verbs, end)
        closed = any(scene.texts[j] in {".", "!"} for j in range(max(end - 2, i), min(end, len(scene.texts))))
        if not closed and at < len(self._verbs):
            verb, subject = self._clauses[at]
            if verb - end < _AFTER and scene.syntax.paragraph[verb] == paragraph:
                return subject
        return self._leading_to(i)

    def _leading_to(self, i: int) -> int | None:
        """Who leads to a quotation: the subject of the last clause before it in its paragraph, else who spoke last."""
        syntax = self._scene.syntax
        for at in range(i - 1, max(i - 60, -1), -1):
            if syntax.paragraph[at] != syntax.paragraph[i]:
                break
            main = syntax.base(syntax.heads[at]) in {"root", "conj", "parataxis"}
            if at not in self._scene.quoted and main and self._scene.role(at) == "subject":
                return at
        before = bisect_left(self._verbs, i)
        return self._clauses[before - 1][1] if before else None


def _reports(lemma: str) -> bool:
    takes = verb_classes().get(lemma, {})
    return bool({takes.get("quote"), takes.get("clause")} & _ACTS)
