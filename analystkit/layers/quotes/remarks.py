"""Remarks that say whose a sentence is: "in her view", "…, the agency reported", "quoted her as saying"."""

from __future__ import annotations

from analystkit.layers.quotes.attribution import MARKS, NOMINAL, Attribution, Quoted, complete, trim
from analystkit.layers.quotes.rules import verb_classes
from analystkit.layers.roles import Syntax

#: Nouns by which a sentence is somebody's: "in the view of many". What is done with them.
_VIEWS = {"view": "thought", "opinion": "thought", "judgment": "judgement", "judgement": "judgement"}
_VIEWS |= {"estimation": "judgement", "words": "speech", "telling": "speech"}
#: Most words of a remark.
_SHORT = 12
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def opinions(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> list[Attribution]:
    """Sentences that a remark gives to somebody: "In Lee’s view, …", "…, in the words of Lee"."""
    made: list[Attribution] = []
    known = frozenset(_VIEWS)
    if known.isdisjoint(syntax.words) and known.isdisjoint(syntax.lemmas):
        return made
    for i, word in enumerate(syntax.words):
        noun = word if word in _VIEWS else syntax.lemmas[i] if word != "word" else ""
        if noun not in _VIEWS or quoted.at[i] >= 0 or syntax.blank[i] or not syntax.has_case(i, "in"):
            continue
        owner = syntax.owner(i)
        if owner is None or any(i in item.cue or i in item.source for item in found):
            continue
        start, end = syntax.sentences[syntax.sentence[i]]
        remark = [k for k in syntax.subtree(i) if syntax.pos[k] != "PUNCT" and not syntax.blank[k]]
        low, high = remark[0], remark[-1] + 1
        opens = low == start and high < end and syntax.words[high] == ","
        closes = low > start and syntax.words[low - 1] in (",", "”", '"')
        if high - low > _SHORT or not (opens or closes) or any(quoted.at[k] >= 0 for k in remark):
            continue
        source = [k for k in syntax.noun_phrase(owner) if syntax.base(k) != "case" and k in remark]
        content = [k for k in range(start, end) if not low <= k < high and not syntax.blank[k]]
        content = complete(content, [i], source, syntax, quoted)
        if source and content:
            cue = [k for k in range(low, i + 1) if k not in source and syntax.pos[k] != "PART"]
            why = f"{_VIEWS[noun]}: the noun “{syntax.words[i]}” with the sentence around it"
            made.append(Attribution(cue if syntax.words[low] == "in" else [i], source, content, 0.5, why))
    return made


def relays(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> list[Attribution]:
    """Part what somebody said from who reports it: "He promised help, | the agency reported".

    The remark is none of their words, but a relay of its own; and what stands before it may itself close with a
    remark: "The ship is late, | she said, | according to the agency".
    """
    made: list[Attribution] = []
    cues = {i for item in found for i in item.cue}
    taken = cues.union(*(item.source for item in found))
    closing: dict[int, list[tuple[int, list[int]]]] = {}  # sentence: the verbs of such remarks, and who reports
    for verb, tag in enumerate(syntax.tags):
        if tag in _FINITE and quoted.at[verb] < 0 and not syntax.blank[verb]:
            sentence = syntax.sentence[verb]
            if source := _remark(verb, syntax.sentences[sentence][1], syntax, quoted):
                closing.setdefault(sentence, []).append((verb, source))
    for item in found:
        if not item.cue or not item.content:
            continue
        sentence = syntax.sentence[item.cue[0]]
        start, end = syntax.sentences[sentence]
        held = set(item.content)
        for verb, source in closing.get(sentence, ()):
            late = verb > max(item.cue) and not held.isdisjoint((*source, verb))
            cut = _before(source, syntax)
            if not late or cut <= item.content[0]:
                continue
            rest = trim([i for i in item.content if not cut <= i < end], syntax, quoted)
            if not rest:
                continue
            item.content = rest
            if verb not in cues:
                told = [i for i in range(start, cut) if not syntax.blank[i]]
                made.append(_remarked(verb, source, told, syntax, quoted))
                cues.add(verb)
                taken.update((verb, *source))
            break
        else:
            for one in _inner(item, taken, syntax, quoted):
                made.append(one)
                cues.update(one.cue)
                taken.update((*one.cue, *one.source))
    return made


def _inner(item: Attribution, taken: set[int], syntax: Syntax, quoted: Quoted) -> list[Attribution]:
    """What is itself said by somebody: "The ship is late, | she said" within what stands before "according to".

    Args:
        item: The attribution.
        taken: Words that belong to the cue or the source of one.
        syntax: The parse.
        quoted: The quotations.
    """
    verb = item.content[-1]
    ahead = verb < min(item.cue) and verb not in taken
    source = _remark(verb, verb + 1, syntax, quoted) if ahead and quoted.at[verb] < 0 else []
    told = [i for i in item.content if i < _before(source, syntax)] if source else []
    return [_remarked(verb, source, told, syntax, quoted)] if told else []


def _before(source: list[int], syntax: Syntax) -> int:
    """Where a remark begins: with the comma before it, or behind the mark before it."""
    return source[0] - (syntax.words[source[0] - 1] == ",")


def _remarked(verb: int, source: list[int], told: list[int], syntax: Syntax, quoted: Quoted) -> Attribution:
    why = f"speech: “{syntax.words[verb]}” behind the sentence"
    return Attribution([verb], source, trim(told, syntax, quoted), 0.5, why)


def _remark(verb: int, end: int, syntax: Syntax, quoted: Quoted) -> list[int]:
    """Who reports in a remark that closes its sentence; empty where the verb makes none."""
    takes = verb_classes().get(syntax.lemmas[verb], {})
    subject = syntax.own_subject(verb)
    if syntax.tags[verb] not in _FINITE or "quote" not in takes or subject is None or subject > verb:
        return []
    low = verb - 1
    while low > 0 and syntax.pos[low] in NOMINAL and verb - low <= _SHORT:
        low -= 1
    source = list(range(low + 1, verb))
    comma = low - (low > 0 and syntax.words[low] in MARKS)  # "…," the agency reported
    if subject not in source or syntax.words[comma] != "," or syntax.tags[source[0]][:1] == "W":
        return []
    behind = [i for i in range(verb + 1, end) if syntax.pos[i] != "PUNCT" and not syntax.blank[i]]
    plain = not any(syntax.is_verb(i) or quoted.at[i] >= 0 or syntax.words[i] == "that" for i in behind)
    return source if plain and len(behind) <= _SHORT // 2 else []


def mend(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> None:
    """Cues in full: "according to"."""
    for item in found:
        first = item.cue[0] if item.cue else -1
        if first >= 0 and syntax.words[first] == "according" and syntax.words[first + 1 : first + 2] == ["to"]:
            item.cue = sorted({*item.cue, first + 1})
            item.content = trim([i for i in item.content if i != first + 1], syntax, quoted)


def quoted_as(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> list[Attribution]:
    """Who is "quoted as saying" something says it, whoever quotes them relays it.

    "Lee was quoted by the agency as saying": one attribution, the agency stands beside its verb. "The agency quoted
    Lee as saying": one of Lee's within one of the agency's. What is said may also stand before: "…, Lee was quoted
    as saying".
    """
    for verb in range(len(syntax)):
        quoting = syntax.heads[verb]
        if syntax.tags[verb] != "VBG" or syntax.lemmas[quoting] not in ("quote", "cite", "report") or quoting > verb:
            continue
        marks = [i for i in syntax.with_dep(verb, "mark") if syntax.words[i] == "as"]
        passive = syntax.is_passive(quoting)
        named = syntax.subject(quoting) if passive else next(iter(syntax.with_dep(quoting, "obj")), None)
        if not marks or named is None or syntax.lemmas[verb] not in verb_classes():
            continue
        cue = [quoting, marks[0], verb] if passive else [verb]
        source = [i for i in syntax.noun_phrase(named) if i not in cue and i < verb]
        theirs = [item for item in found if verb in item.cue]
        others = [item for item in found if quoting in item.cue and item not in theirs]
        content = [i for i in syntax.subtree(verb) if i > verb and not syntax.blank[i]]
        ahead = _ahead(quoting, content, syntax, quoted)
        content = trim(complete(ahead or content, cue, source, syntax, quoted), syntax, quoted)
        if not content or not (theirs or others or ahead):
            continue
        surest = max((item.confidence for item in (*theirs, *others)), default=0.5)
        said = Attribution(cue, source, content, surest, f"speech: “quoted as {syntax.words[verb]}”")
        found = [item for item in found if item not in theirs and not (passive and item in others)]
        if not passive:
            for item in others:
                behind = range(max(item.cue) + 1, verb + 1)
                item.content = sorted({*behind, *content} - {*item.cue, *item.source})
        found.append(said)
    return found


def _ahead(quoting: int, behind: list[int], syntax: Syntax, quoted: Quoted) -> list[int]:
    """What stands before "…, Lee was quoted as saying by the agency": nothing but by whom, where and when follows.

    Args:
        quoting: The verb that quotes.
        behind: The words behind "saying".
        syntax: The parse.
        quoted: The quotations.
    """
    subject = syntax.own_subject(quoting)
    if subject is None or any(syntax.is_verb(i) or quoted.at[i] >= 0 for i in behind) or len(behind) > _SHORT:
        return []
    start, _ = syntax.sentences[syntax.sentence[quoting]]
    low = min(syntax.noun_phrase(subject))
    parted = low > start and (syntax.words[low - 1] == "," or quoted.at[low - 1] >= 0)
    return [i for i in range(start, low) if not syntax.blank[i]] if parted else []
