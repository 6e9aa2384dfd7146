"""What looks like an attribution and is none: nothing was said, a title was played, another attribution was misread."""

from __future__ import annotations

from collections import defaultdict

from analystkit.layers.quotes.attribution import MARKS, Attribution, Quoted
from analystkit.layers.quotes.relays import is_a_report, stands_for_a_report
from analystkit.layers.quotes.rules import how_much, not_reports, noun_acts, unnamed
from analystkit.layers.quotes.voices import label_of
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
    if [syntax.words[i] for i in item.cue] == [":"] and _labels(item, syntax, quoted):
        return True
    if words == ["to", "comment"] or words[:1] == ["comment"]:
        return True
    if words[:1] == ["to"] and words[-1] in infinitives and any(syntax.lemmas[i] in verbs for i in item.cue):
        return True
    if len(item.content) > 1 and syntax.words[item.content[-1]] in unnamed() and syntax.words[item.content[-2]] == "be":
        return True
    if _said_nothing(item, syntax, quoted):
        return True
    refused = any(syntax.lemmas[i] in infinitives and syntax.is_negated(i) for i in item.cue)
    return refused and not any(syntax.is_verb(i) or quoted.at[i] >= 0 for i in item.content)


def _said_nothing(item: Attribution, syntax: Syntax, quoted: Quoted) -> bool:
    """Whether how much was said stands for what: "said nothing in public", "said little about the talks"."""
    behind = item.cue[-1] + 1 if item.cue else len(syntax)
    if behind >= len(syntax) or syntax.words[behind] not in how_much() or syntax.heads[behind] not in item.cue:
        return False
    return all(quoted.at[i] < 0 and not syntax.is_verb(i) for i in item.content)


def _labels(item: Attribution, syntax: Syntax, quoted: Quoted) -> bool:
    """Whether what stands before a colon names a rubric or a place, and nobody: "Analysis: …", "LONDON: …"."""
    colon = item.cue[0]
    if colon + 1 < len(syntax) and syntax.words[colon + 1] in MARKS:
        return False
    first = item.source[0] if item.source else colon
    opens = first == 0 or syntax.space[first - 1] or syntax.paragraph[first - 1] != syntax.paragraph[colon]
    shouted = all(syntax.forms[i].isupper() and len(syntax.forms[i]) > 3 for i in item.source)
    if item.source and opens and shouted and item.source[-1] == colon - 1:
        return True
    plain = all(quoted.at[i] < 0 for i in item.content)
    return plain and not any(_speaks(i, syntax) for i in item.source)


def _speaks(i: int, syntax: Syntax) -> bool:
    """Whether a word names somebody, or something that reports: "Poll: …"."""
    noun = syntax.words[i]
    reports = is_a_report(noun) or stands_for_a_report(noun) or noun in noun_acts()
    return reports or syntax.pos[i] in ("PROPN", "PRON") or label_of(i, syntax) is not None


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
