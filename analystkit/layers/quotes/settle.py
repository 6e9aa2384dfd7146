"""What grammar and punctuation settle after attributions have been found, by whichever way.

A model or a rule looks at one cue at a time. What it leaves open or decides against its neighbours is settled here:
sources it left out, quotations that two cues claim or none does, narration that slipped into direct speech.
"""

from __future__ import annotations

from collections import defaultdict

from analystkit.layers.quotes import remarks
from analystkit.layers.quotes.attribution import (
    BEFORE,
    MARKS,
    SIGNS,
    Attribution,
    Passage,
    Quoted,
    cue_head,
    cues_of,
    quotations_of,
    trim,
)
from analystkit.layers.quotes.bounds import bound
from analystkit.layers.quotes.doubtful import genuine
from analystkit.layers.quotes.rules import not_reports, verb_classes
from analystkit.layers.quotes.sources import behind, name_source
from analystkit.layers.quotes.unclaimed import carry_over, claimed_by, join, unclaimed
from analystkit.layers.roles import Syntax

_OPENERS = frozenset({",", ":", "—", "–", "--"})
#: What a clause begins with: no mere addressee or topic.
_CLAUSE = frozenset({"that", "whether", "if", "how", "why"})
#: Relations of what opens a clause to its verb.
_OPENING = frozenset({"nsubj", "csubj", "aux", "expl"})
_TO = frozenset({"to", "that", "whether", "if"})
_DATES = frozenset({"DATE", "TIME"})
#: Most words that reported content may be short of the next punctuation mark.
_REST = 4
_ENDS = frozenset({".", "!", "?", "”", '"'})
_STOPS = frozenset({",", ".", "!", "?", "…", "..."})


def settle(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> list[Attribution]:
    """Attributions that agree with each other and with the quotation marks.

    Args:
        found: What was found; each is changed in place.
        syntax: The parse.
        quoted: The quotations.

    Returns:
        Those found, less any that have no content left, with those that the rules add.
    """
    remarks.mend(found, syntax, quoted)
    found = remarks.quoted_as(found, syntax, quoted)
    found += remarks.relays(found, syntax, quoted)
    _share(found, syntax, quoted)
    _part(found, syntax, quoted)
    join(found, syntax, quoted)
    found += unclaimed(found, syntax, quoted)
    found += remarks.opinions(found, syntax, quoted)
    cues = cues_of(found)
    for item in found:
        name_source(item, syntax, quoted)
        _whole(item, syntax, quoted)
        _whole_clause(item, found, syntax, quoted)
        _round_off(item, syntax)
        behind(item, syntax, quoted)
        _marks(item, quoted)
        bound(item, cues, syntax, quoted)
        _cut(item, syntax, quoted)
    _go_on(found, syntax, quoted)
    _carry_on(found, syntax, quoted)
    carry_over(found, syntax, quoted)
    _untangle(found, syntax, quoted)
    return genuine(found, syntax, quoted)


def _whole(item: Attribution, syntax: Syntax, quoted: Quoted) -> None:
    """Take a quotation in full whose first or last word is content and that the clause of the cue touches."""
    for n in quotations_of(item, quoted):
        passage = quoted.passages[n]
        words = [i for i in range(passage.start, passage.end) if syntax.words[i] not in SIGNS]
        edges = {words[0], words[-1]}
        if (
            not edges.isdisjoint(item.content)
            and not set(words) <= set(item.content)
            and _touches(item, passage, syntax)
        ):
            item.content = sorted({*item.content, *quoted.whole(n)} - {*item.cue, *item.source})


def _whole_clause(item: Attribution, found: list[Attribution], syntax: Syntax, quoted: Quoted) -> None:
    """A part of a reported clause without its verb is the clause: "reported that Kim had left | by train"."""
    if not syntax.parsed or not item.content or not item.cue or quotations_of(item, quoted):
        return
    cue = cue_head(item, syntax)
    clauses = {"ccomp", "xcomp"} if "infinitive" in verb_classes().get(syntax.lemmas[cue], {}) else {"ccomp"}
    for clause in syntax.kids[cue]:
        if syntax.base(clause) in clauses and clause not in item.content:
            words = [i for i in syntax.subtree(clause, item.cue) if not syntax.space[i]]
            if set(item.content) <= set(words) and not {*item.cue, *item.source} & set(words):
                item.content = trim(words, syntax, quoted)
    first, last = item.content[0], item.content[-1]
    opens = syntax.words[first] == "that" and syntax.tags[first] == "IN" and first > cue
    if opens and not any(map(syntax.is_verb, item.content)):
        end = syntax.sentences[syntax.sentence[last]][1]
        rest = [i for i in range(last + 1, end) if not syntax.blank[i]]
        if any(map(syntax.is_verb, rest)) and not _taken(rest, item, found):  # "that the books |, in all, be sold"
            item.content = trim([*item.content, *rest], syntax, quoted)


def _taken(words: list[int], item: Attribution, found: list[Attribution]) -> bool:
    """Whether another attribution has its cue or its source among some words."""
    return any(not {*one.cue, *one.source}.isdisjoint(words) for one in found if one is not item)


def _round_off(item: Attribution, syntax: Syntax) -> None:
    """Reported content does not end within a phrase: "They met on | Friday", "his | government would"."""
    if not syntax.parsed or not item.content:
        return
    held, taken = set(item.content), {*item.cue, *item.source}
    first, last = min(held), max(held)
    if syntax.pos[last] != "PUNCT":
        rest = []
        for i in range(last + 1, min(last + 2 + _REST, len(syntax))):
            if i in taken or syntax.pos[i] == "PUNCT" or syntax.space[i]:
                break
            rest.append(i)
        if len(rest) <= _REST and all(syntax.heads[i] in held or syntax.heads[i] in rest for i in rest):
            held |= set(rest)
    while (
        syntax.base(first) == "flat" and 0 <= first - syntax.heads[first] < _REST and syntax.heads[first] not in taken
    ):
        held |= set(range(syntax.heads[first], first))  # "Ann | Lee of"
        if min(held) == first:
            break
        first = min(held)
    for i in range(first - 1, -1, -1):
        if i in taken or syntax.heads[i] not in held or not {syntax.deps[i], syntax.base(i)} & BEFORE:
            break
        held.add(i)
    held = _with_infinitive(item, held, syntax)
    held |= _subject_before(min(held), held, taken, syntax)
    held |= _beginning(held, taken, syntax)
    item.content = sorted(held)


def _with_infinitive(item: Attribution, held: set[int], syntax: Syntax) -> set[int]:
    """Content with the infinitive between it and the cue: "plans | to submit | a proposal".

    A verb that itself relays is part of the cue, not of the content: "continued | to deny | it".
    """
    first, to = min(held), item.cue[-1] + 1 if item.cue else 0
    verb = to + 1
    if not 0 < to < len(syntax) - 1 or syntax.words[to] != "to" or syntax.tags[verb] != "VB" or first > verb + 1:
        return held
    rest = held - {to, verb}
    if first < to or syntax.heads[verb] not in item.cue or not any(syntax.heads[i] == verb for i in rest):
        return held
    known = verb_classes()
    unlisted = all(syntax.lemmas[i] not in known for i in item.cue if syntax.is_verb(i))
    if syntax.lemmas[verb] in known and (first > verb or unlisted) and syntax.lemmas[verb] not in not_reports()[1]:
        item.cue = [*item.cue, to, verb]
        return rest
    return held | {to, verb} if first > verb else held


def _subject_before(first: int, held: set[int], taken: set[int], syntax: Syntax) -> set[int]:
    """What a reported clause lacks of its subject, or of "to": "said | he | had left", "plans | to | sail"."""
    ahead: set[int] = set()
    for i in range(first - 1, max(first - 1 - 2 * _REST, -1), -1):
        if i in taken or syntax.pos[i] in ("PUNCT", "CCONJ") or syntax.space[i] or syntax.entity[i] in _DATES:
            break
        ahead.add(i)
    while ahead and not all(syntax.heads[i] in held or syntax.heads[i] in ahead for i in ahead):
        ahead.discard(min(ahead))
    opening = {i for i in ahead if syntax.heads[i] in held}
    opens = any(syntax.base(i) in _OPENING for i in opening)
    opens = opens or any(syntax.base(i) == "mark" and syntax.words[i] in _TO for i in opening)
    return ahead if opens else set()


def _beginning(held: set[int], taken: set[int], syntax: Syntax) -> set[int]:
    """The few words that content lacks of the beginning of its sentence: "A journey in | the other direction was"."""
    first = min(held)
    for start in range(first - 1, max(-1, first - 1 - _REST), -1):
        if start == 0 or syntax.space[start - 1] or syntax.words[start - 1] in _ENDS:
            before = {i for i in range(start, first) if not syntax.space[i]}
            inside = all(syntax.pos[i] != "PUNCT" and syntax.heads[i] in held | before for i in before)
            return before if inside and not before & taken else set()
    return set()


def _marks(item: Attribution, quoted: Quoted) -> None:
    """The marks of a quotation all of whose words are content."""
    held = set(item.content)
    for n in quotations_of(item, quoted):
        passage = quoted.passages[n]
        if held.issuperset(range(passage.start + 1, passage.end - 1)):
            held.update((passage.start, passage.end - 1))
    item.content = sorted(held)


def _cut(item: Attribution, syntax: Syntax, quoted: Quoted) -> None:
    """Take narration out of direct speech.

    "As for taxes, “I hate them,” she said": what stands before a quotation that is a sentence of its own is told, not
    said. "He told the daily, “No”", "“No,” he said of the plan, “never”": what only tells to whom or of what.
    "“No!” he cried at them": what follows a quotation that is closed by its own mark.
    """
    held = quotations_of(item, quoted)
    if not held or not item.cue:
        return
    if len(held) > 1 and any(_is_said(item, quoted.passages[n], syntax) for n in held):
        held = _without_titles(item, held, syntax, quoted)
    first = quoted.passages[held[0]]
    loose = [i for i in item.content if quoted.at[i] < 0 and not _idle(i, syntax)]
    if not loose:
        return
    drop: set[int] = set()
    for n in held:
        passage = quoted.passages[n]
        opens = syntax.words[passage.start - 1] in _OPENERS if passage.start else False
        clause = [i for i in (*item.cue, *item.source) if i < passage.start]
        if opens and clause:
            gap = [i for i in range(max(clause) + 1, passage.start) if not _idle(i, syntax)]
            if gap and not any(syntax.is_verb(i) or syntax.words[i] in _CLAUSE for i in gap):
                drop.update(gap)
    drop.update(_narrated(item, held, syntax, quoted))
    before = [i for i in loose if i < first.start]
    if before and _is_speech(first, syntax) and syntax.words[first.start - 1] in _OPENERS:
        gap = _gap(item, first, syntax)
        if not any(syntax.is_verb(i) for i in gap):
            drop.update(before)
    touched = next((quoted.passages[n] for n in held if _is_said(item, quoted.passages[n], syntax)), None)
    if touched is not None:
        if item.source:  # "“No,” Lee, | a driver by trade, | said"
            drop.update(i for i in loose if item.source[0] < i < item.cue[0])
        behind = [i for i in loose if i > max(item.cue)]
        behind = [i for i in behind if i >= quoted.passages[held[-1]].end]
        if behind and syntax.words[behind[0]] not in _CLAUSE:
            drop.update(behind)
    if drop:
        item.content = trim([i for i in item.content if i not in drop], syntax, quoted)


def _without_titles(item: Attribution, held: list[int], syntax: Syntax, quoted: Quoted) -> list[int]:
    """Take out the titles of what it was said in or to: "“No,” Lee told | “Late Talk” |"; what is held then."""
    works = quoted.titles.intersection(held)
    behind = [n for n in works if quoted.passages[n].start > max(item.cue)]
    behind = [n for n in behind if syntax.words[quoted.passages[n].start - 1] not in SIGNS]
    item.content = [i for i in item.content if quoted.at[i] not in behind]
    return [n for n in held if n not in behind]


def _narrated(item: Attribution, held: list[int], syntax: Syntax, quoted: Quoted) -> list[int]:
    """Words before "he said, “No.”": told, titles and single words in marks included: "On “The Late Show,” he …"."""
    low = min(i for i in (*item.cue, *item.source))
    passages = [quoted.passages[n] for n in held]
    opens = any(
        p.start > low and _is_speech(p, syntax) and syntax.words[p.start - 1] in _OPENERS and _touches(item, p, syntax)
        for p in passages
    )
    spoken = [n for n in held if quoted.passages[n].end <= low and _is_speech(quoted.passages[n], syntax)]
    if not opens or (spoken and not quoted.titles.issuperset(spoken)):
        return []
    return [i for i in item.content if i < low]


def _idle(i: int, syntax: Syntax) -> bool:
    return syntax.words[i] in SIGNS or syntax.blank[i]


def _is_speech(passage: Passage, syntax: Syntax) -> bool:
    """Whether a quotation reads as speech: opened with a capital, closed behind a comma or full stop."""
    end = passage.end - 1
    stop = syntax.words[end - 1] if syntax.words[end] in MARKS else syntax.words[end]
    introduced = passage.start > 0 and syntax.words[passage.start - 1] == ":"
    stops = stop in _STOPS or syntax.words[end + 1 : end + 2] == [","]  # "“No”, she said"
    return (passage.words > 2 or introduced) and syntax.capital[passage.start + 1] and stops


def _is_said(item: Attribution, passage: Passage, syntax: Syntax) -> bool:
    """Whether the clause of the cue closes a sentence of quoted words: "“…,” she said in a talk"."""
    if (
        passage.end > min(item.cue) or syntax.words[passage.end - 2] == "."
    ):  # "“It rains.” She doubts that it will stop"
        return False
    return _is_speech(passage, syntax) and _touches(item, passage, syntax)


def _gap(item: Attribution, passage: Passage, syntax: Syntax) -> list[int]:
    """The words between a quotation and the clause of the cue."""
    clause = [*item.cue, *item.source]
    after = [i for i in clause if i >= passage.end]
    span = range(passage.end, min(after)) if after else range(max(clause) + 1, passage.start)
    return [i for i in span if not _idle(i, syntax)]


def _touches(item: Attribution, passage: Passage, syntax: Syntax) -> bool:
    """Whether nothing but punctuation parts the clause of the cue from a quotation."""
    return not _gap(item, passage, syntax)


def _word_before(passage: Passage, syntax: Syntax) -> int | None:
    """The last word before a quotation that starts its sentence; None where it does not, or starts a paragraph."""
    start, _ = syntax.sentences[syntax.sentence[passage.start + 1]]  # its mark may close the sentence before
    if any(not _idle(i, syntax) for i in range(start, passage.start)) or not syntax.capital[passage.start + 1]:
        return None
    before = passage.start - 1
    while before > 0 and syntax.blank[before]:
        before -= 1
    return before if before >= 0 and syntax.paragraph[before] == syntax.paragraph[passage.start] else None


def _go_on(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> None:
    """Give a quotation that starts a sentence to who was quoted in the sentence before it.

    "“A,” she said, noting that it rained. “B.”": B goes on from A, and is no part of what is noted.
    """
    for item in found:
        for n in quotations_of(item, quoted):
            passage = quoted.passages[n]
            if n == 0 or syntax.sentence[passage.start] == syntax.sentence[cue_head(item, syntax)]:
                continue
            before = _word_before(passage, syntax)
            if before is None:
                continue
            low, high = syntax.sentences[syntax.sentence[before]]
            opener = next((i for i in range(low, high) if not syntax.blank[i]), low)
            if quoted.at[opener] < 0 or quoted.at[opener] == n:
                continue
            owner = next(
                (other for other in found if other is not item and _leads(other, opener, high, syntax, quoted)), None
            )
            if owner is None or quoted.at[opener] in quotations_of(item, quoted):
                continue
            words = set(quoted.whole(n))
            rest = trim([i for i in item.content if i not in words], syntax, quoted)
            if rest:
                item.content = rest
                owner.content = sorted({*owner.content, *words} - {*owner.cue, *owner.source})


def _carry_on(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> None:
    """Give a quoted sentence that nobody claims to whoever was quoted in the sentence before it.

    "“A,” she said, shaking her head. “B.”": nothing but another cue could make B somebody else's.
    """
    claimed = claimed_by(found, quoted)
    told = [item for item in found if item.cue and quotations_of(item, quoted)]
    for n, passage in enumerate(quoted.passages):
        if passage.depth or n in claimed or passage.continues or passage.words < 2 or syntax.blank[passage.start]:
            continue
        before = _word_before(passage, syntax)
        if before is None:
            continue
        low, high = syntax.sentences[syntax.sentence[before]]
        owners = [item for item in told if before in item.content or low <= item.cue[0] < high]
        owner = max(owners, key=lambda item: (before in item.content, item.cue[0]), default=None)
        if owner is not None and quoted.at[owner.cue[0]] < 0:
            owner.content = sorted({*owner.content, *quoted.whole(n)})
            claimed.update(quoted.chain(n))


def _leads(item: Attribution, opener: int, end: int, syntax: Syntax, quoted: Quoted) -> bool:
    """Whether an attribution holds the quotation that opens a sentence, with its cue in that sentence."""
    return bool(item.cue) and quoted.at[opener] in quotations_of(item, quoted) and opener < item.cue[0] < end


def _part(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> None:
    """Give a quotation that two cues beside each other claim to the nearer one."""
    claims: dict[int, list[Attribution]] = defaultdict(list)
    for item in found:
        for n in quotations_of(item, quoted):
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


def _share(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> None:
    """Give what stands before "and warned" to the verb that it goes with: "called it “a joke” | and warned them"."""
    cues = cues_of(found)
    for item in found:
        if not any(syntax.words[i - 1] in ("and", "but") for i in item.cue):
            continue
        verb = cue_head(item, syntax)
        joined = syntax.words[verb - 1] in ("and", "but") and syntax.base(verb) == "conj"
        if not verb or not joined or syntax.own_subject(verb) is not None or quoted.at[verb] >= 0:
            continue
        first = next((i for i in syntax.ancestors(verb) if i in cues and item not in cues[i]), verb)
        between = [i for i in item.content if first < i < verb]
        rest = trim([i for i in item.content if i > verb], syntax, quoted)
        other = next(iter(cues.get(first, ())), None)
        if between and rest and other is not None and not any(i < first for i in item.content):
            item.content = rest
            other.content = sorted({*other.content, *(i for i in between if quoted.at[i] >= 0)})


def _distance(item: Attribution, passage: Passage) -> int:
    """How many words stand between a cue and a quotation."""
    return min(abs(i - passage.start) if i < passage.start else i - passage.end for i in item.cue)


def _untangle(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> None:
    """Take "according to TASS" out of what somebody said by TASS: it relays him, and is none of his words."""
    for relay in found:
        if not relay.cue or syntax.words[relay.cue[0]] != "according" or max(relay.source, default=-1) < relay.cue[0]:
            continue
        remark = range(min(relay.cue), max(relay.source) + 1)
        for item in found:
            said_there = item is not relay and item.cue and syntax.sentence[item.cue[0]] == syntax.sentence[remark[0]]
            if said_there and item.cue[0] not in remark and not set(item.content).isdisjoint(remark):
                rest = trim([i for i in item.content if i not in remark], syntax, quoted)
                item.content = rest or item.content
