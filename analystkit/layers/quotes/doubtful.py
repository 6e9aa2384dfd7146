"""What looks like an attribution and is none: nothing was said, a title was played, another attribution was misread."""

from __future__ import annotations

from collections import defaultdict

from analystkit.layers.quotes.attribution import Attribution, Quoted
from analystkit.layers.quotes.rules import not_reports, unnamed
from analystkit.layers.roles import Syntax

#: What is done with works, whose titles stand in marks.
_PERFORMING = frozenset("play sing perform read watch screen record release direct publish".split())


def genuine(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> list[Attribution]:
    """The attributions that are some, in the same order."""
    kept = [item for item in found if item.content and not _silence(item, syntax, quoted)]
    relaying: dict[int, list[Attribution]] = defaultdict(list)  # those that have a word in their content
    for item in kept:
        for i in item.content:
            relaying[i].append(item)
    return [
        item
        for item in kept
        if not _performs(item, syntax, quoted) and not (item.cue and _crossed(item, relaying.get(item.cue[0], [])))
    ]


def _silence(item: Attribution, syntax: Syntax, quoted: Quoted) -> bool:
    """Whether nothing was said: "declined to comment", "did not respond to a request", "asked not to be named"."""
    words = [syntax.words[i] for i in item.content[:2]]
    verbs, infinitives = not_reports()
    if words == ["to", "comment"] or words[:1] == ["comment"]:
        return True
    if words[:1] == ["to"] and words[-1] in infinitives and any(syntax.lemmas[i] in verbs for i in item.cue):
        return True
    if len(item.content) > 1 and syntax.words[item.content[-1]] in unnamed() and syntax.words[item.content[-2]] == "be":
        return True
    refused = any(syntax.lemmas[i] in infinitives and syntax.is_negated(i) for i in item.cue)
    return refused and not any(syntax.is_verb(i) or quoted.at[i] >= 0 for i in item.content)


def _performs(item: Attribution, syntax: Syntax, quoted: Quoted) -> bool:
    """Whether marks stand around titles alone, of works that are performed: "played “The Long Road”"."""
    held = {quoted.at[i] for i in item.content} - {-1}
    if not held or not held <= quoted.titles or not item.cue or syntax.words[item.cue[0]] in (":", "according"):
        return False
    return any(syntax.lemmas[i] in _PERFORMING for i in item.cue)


def _crossed(item: Attribution, around: list[Attribution]) -> bool:
    """Whether it relays the cue of a surer attribution that relays its own: one of the two is none.

    Args:
        item: What is looked at.
        around: The attributions that relay the first word of its cue.
    """
    cue, content = set(item.cue), set(item.content)
    return any(
        other.confidence > item.confidence and cue <= set(other.content) and content.issuperset(other.cue)
        for other in around
        if other is not item and other.cue
    )
