"""What grammar and punctuation settle after attributions have been found, by whichever way.

A model or a rule looks at one cue at a time. What it leaves open or decides against its neighbours is settled here:
sources it left out, quotations that two cues claim or none does, narration that slipped into direct speech.
"""

from __future__ import annotations

from collections import defaultdict

from analystkit.layers.quotes import rules
from analystkit.layers.quotes.attribution import BRIDGES, MARKS, Attribution, Passage, Quoted, trim
from analystkit.layers.roles import Syntax

_OPENERS = frozenset({",", ":", "—", "–", "--"})
_STOPS = frozenset({",", ".", "!", "?", "…", "..."})


def settle(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> list[Attribution]:
    """Attributions that agree with each other and with the quotation marks.

    Args:
        found: What was found, changed in place.
        syntax: The parse.
        quoted: The quotations.

    Returns:
        Those found, less any that have no content left, with those that the rules add.
    """
    _part(found, syntax, quoted)
    for item in found:
        if not item.source and item.cue:
            item.source = _source(item, syntax, quoted)
        _cut(item, syntax, quoted)
    found += _unclaimed(found, syntax, quoted)
    return [item for item in found if item.content]


def _head(item: Attribution, syntax: Syntax) -> int:
    """The word of the cue that the others hang on."""
    return next((i for i in item.cue if syntax.heads[i] not in item.cue or syntax.heads[i] == i), item.cue[0])


def _held(item: Attribution, quoted: Quoted) -> list[int]:
    """The quotations that the content holds and the cue stands outside of."""
    inside = {quoted.at[i] for i in item.content} - {-1}
    return sorted(inside - {quoted.at[i] for i in item.cue})


# -- sources


def _source(item: Attribution, syntax: Syntax, quoted: Quoted) -> list[int]:
    """The subject of a cue beside quoted words, where the sentence leaves no doubt about it."""
    cue = _head(item, syntax)
    if not _held(item, quoted) or not syntax.is_verb(cue) or syntax.is_passive(cue):
        return []
    subject = syntax.subject(cue)
    if (
        subject is None
        or syntax.deps[subject] == "expl"
        or subject in item.content
        or quoted.at[subject] != quoted.at[cue]
    ):
        return _beside(cue, syntax, quoted)
    return [i for i in syntax.noun_phrase(subject) if i not in item.content and i not in item.cue]


def _beside(cue: int, syntax: Syntax, quoted: Quoted) -> list[int]:
    """The name or pronoun that follows or precedes a cue directly: "Continued Lee:"."""
    return rules.named(syntax, quoted, cue)


# -- contents


def _cut(item: Attribution, syntax: Syntax, quoted: Quoted) -> None:
    """Take narration out of direct speech: "As for taxes, “I hate them,” she said".

    Quoted words that begin with a capital behind a comma or colon are a sentence of their own; what stands before
    them in the same sentence is not said, but told.
    """
    held = _held(item, quoted)
    if not held or not item.cue:
        return
    first = quoted.passages[held[0]]
    before = [i for i in item.content if i < first.start and syntax.words[i] not in MARKS | BRIDGES]
    if not before or not _is_speech(first, syntax) or syntax.words[first.start - 1] not in _OPENERS:
        return
    if not _touches(item, first, syntax):
        return
    item.content = trim([i for i in item.content if i >= first.start], syntax, quoted)


def _is_speech(passage: Passage, syntax: Syntax) -> bool:
    """Whether a quotation reads as speech: opened with a capital, closed behind a comma or full stop."""
    end = passage.end - 1
    stop = syntax.words[end - 1] if syntax.words[end] in MARKS else syntax.words[end]
    return passage.words > 2 and syntax.capital[passage.start + 1] and stop in _STOPS


def _touches(item: Attribution, passage: Passage, syntax: Syntax) -> bool:
    """Whether nothing but punctuation parts the clause of the cue from a quotation."""
    clause = [*item.cue, *item.source]
    after = [i for i in clause if i >= passage.end]
    gap = range(passage.end, min(after)) if after else range(max(clause) + 1, passage.start)
    return all(syntax.words[i] in BRIDGES | MARKS or syntax.blank[i] for i in gap)


def _part(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> None:
    """Give a quotation that two cues beside each other claim to the nearer one."""
    claims: dict[int, list[Attribution]] = defaultdict(list)
    for item in found:
        for n in _held(item, quoted):
            claims[n].append(item)
    for n, items in claims.items():
        if len(items) < 2:
            continue
        passage = quoted.passages[n]
        contents = [set(item.content) for item in items]
        rivals = [item for item in items if not any(not content.isdisjoint(item.cue) for content in contents)]
        if len(rivals) < 2:
            continue
        nearest = min(rivals, key=lambda item: _distance(item, passage))
        for item in rivals:
            if item is not nearest and _distance(item, passage) > _distance(nearest, passage):
                rest = [i for i in item.content if quoted.at[i] != n]
                if rest:
                    item.content = trim(rest, syntax, quoted)


def _distance(item: Attribution, passage: Passage) -> int:
    """How many words stand between a cue and a quotation."""
    return min(abs(i - passage.start) if i < passage.start else i - passage.end for i in item.cue)


# -- quotations that nobody claims


def _unclaimed(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> list[Attribution]:
    """What the rules say of quotations that no attribution holds."""
    covered = {quoted.at[i] for item in found for i in item.content} - {-1}
    open_ones = {n for n, item in enumerate(quoted.passages) if not item.depth and item.words > 3 and n not in covered}
    if not open_ones:
        return []
    taken = {i for item in found for i in item.cue}
    made = []
    for item in rules.find(syntax, quoted):
        inside = {quoted.at[i] for i in item.content} - {-1}
        if inside and inside <= open_ones and taken.isdisjoint(item.cue) and quoted.at[item.cue[0]] < 0:
            item.confidence = 0.5
            made.append(item)
            open_ones -= inside
    return made
