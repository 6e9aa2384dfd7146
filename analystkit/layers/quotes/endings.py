"""Where reported words end: what follows them is told, done or said by others."""

from __future__ import annotations

from analystkit.layers.quotes.attribution import COMMAS, MARKS, SENTENCE_ENDS, Attribution, Cues, Quoted, cued
from analystkit.layers.quotes.rules import verb_classes
from analystkit.layers.roles import Syntax

_CONJUNCTIONS = frozenset({"and", "but", "while"})
_JOINING = _CONJUNCTIONS | {",", ";"}
#: Verbs with which a speaker goes on: "…, referring to the party", "…, adding that".
_GOES_ON = frozenset({"refer", "allude", "cite", "quote", "point"})
#: What a narrator calls somebody's words, in what follows them.
_REMARKS = frozenset(
    """
    acknowledgment acknowledgement charge swipe dig jab reference allusion contention claim accusation allegation
    assertion remark comment
    """.split()
)
_ARTICLES = frozenset({"a", "an"})
#: What opens a clause that only goes along with another.
_ASIDES = ("while", "although", "though", "when", "after", "as", "because")


def end(
    item: Attribution, content: list[int], clause: tuple[int, int], cues: Cues, syntax: Syntax, quoted: Quoted
) -> list[int]:
    """An attribution's content without what follows its clause and is none of it.

    Args:
        item: The attribution; who goes on to speak in the same clause becomes the source of what follows.
        content: Its content so far.
        clause: The first and last word of the clause of its cue.
        cues: All attributions, by their cues.
        syntax: The parse.
        quoted: The quotations.
    """
    content = _go_on(item, content, clause, cues, syntax, quoted)
    content = _new_clause(item, content, clause, cues, syntax, quoted)
    content = _remark(item, content, clause, syntax, quoted)
    content = _aside(item, content, syntax, quoted)
    content = _meanwhile(content, clause, syntax, quoted)
    content = _yield(item, content, clause, cues, syntax, quoted)
    return _stop(item, content, syntax, quoted)


def _go_on(
    item: Attribution,
    content: list[int],
    clause: tuple[int, int],
    cues: Cues,
    syntax: Syntax,
    quoted: Quoted,
) -> list[int]:
    """What the speaker goes on to say or do is no content: "…, | adding that", "… | and warned that"."""
    head = next((i for i in item.cue if syntax.is_verb(i)), None)
    if syntax.words[item.cue[0]] == "according":
        return _behind_remark(item, content, clause[1], cues, syntax, quoted)
    if head is None:
        return content
    high = clause[1]
    cut: int | None = None
    sentence, least = syntax.sentence[head], max(high + 1, content[0])
    for i in content:
        if i <= least or quoted.at[i] >= 0 or not syntax.is_verb(i) or syntax.sentence[i] != sentence:
            continue
        first = i - 1
        while first > high and (syntax.pos[first] == "ADV" or _helps(first, i, syntax)):
            first -= 1
        if first <= max(high, content[0]):
            continue
        behind_marks = syntax.words[first] in MARKS and syntax.words[first - 1] in COMMAS  # "…,” adding that"
        participle = syntax.tags[i] == "VBG" and not any(_helps(k, i, syntax) for k in syntax.kids[i])
        if participle and (syntax.words[first] in COMMAS or behind_marks):
            takes = verb_classes().get(syntax.lemmas[i], {})
            goes_on = syntax.lemmas[i] in _GOES_ON or "speech" in takes.values() or syntax.heads[i] == head
            other = next((one for one in cues.get(i, ()) if one is not item), None)
            goes_on = goes_on or other is not None
            inside = other is not None and other.source and set(content).issuperset(other.source)
            if other is not None and inside and syntax.words[i] != "according":  # "said no plan was made, adding: “…”"
                other.source = list(item.source)
        else:
            goes_on = _parallel(i, head, item, cues, syntax)
            first = i if goes_on else first
            while goes_on and first - 1 > max(high, content[0]) and syntax.words[first] not in _JOINING:
                first -= 1
            if _coordinated(i, head, first, syntax):
                other = next((one for one in reversed(cues.get(i, ())) if one is not item), None)
                goes_on = other is not None or (syntax.heads[i] == head and quoted.at[first - 1] >= 0)
                if other is not None:
                    other.source = list(item.source) or other.source
        if goes_on and cut is None:
            cut = first + behind_marks
    if cut is None:
        return content
    _, end = syntax.sentences[syntax.sentence[head]]
    return [k for k in content if k < cut or k >= end]


def _behind_remark(
    item: Attribution, content: list[int], high: int, cues: Cues, syntax: Syntax, quoted: Quoted
) -> list[int]:
    """What others say behind a remark is none of it: "It rains, according to Lee, | but Kim said it was dry"."""
    for n, i in enumerate(content):
        opens = i > high and n > 0 and syntax.words[i] in _CONJUNCTIONS and syntax.words[i - 1] == ","
        if not opens or quoted.at[i] >= 0:
            continue
        for verb in content[n + 1 :]:
            others = [one for one in cues.get(verb, ()) if one is not item and quoted.at[verb] < 0]
            subject = syntax.own_subject(verb) if others and syntax.is_verb(verb) else None
            if subject is not None and i < subject < verb and any(subject in one.source for one in others):
                return content[:n]
    return content


def _parallel(verb: int, head: int, item: Attribution, cues: Cues, syntax: Syntax) -> bool:
    """Whether somebody else speaks in a clause beside that of the cue: "Lee said no | while Kim said yes".

    Behind a comma also in one with "as", wherever it hangs: "said it held the town, | as agencies warned of hunger".
    """
    others = [one for one in cues.get(verb, ()) if one is not item]
    subject = syntax.own_subject(verb) if others else None
    if subject is None or not head < subject < verb or not any(subject in one.source for one in others):
        return False
    reports = {"quote", "clause"} & verb_classes().get(syntax.lemmas[verb], {}).keys()
    mark = next((i for i in syntax.kids[verb] if i < subject and syntax.words[i] == "as"), None)
    if reports and mark is not None and mark > head and syntax.words[mark - 1] == "," and syntax.base(verb) == "advcl":
        return True
    joined = syntax.base(verb) == "conj" and not syntax.has_mark(verb, "that", "if")
    return bool(reports) and syntax.heads[verb] == head and (joined or syntax.has_mark(verb, "while"))


def _coordinated(verb: int, head: int, before: int, syntax: Syntax) -> bool:
    """Whether a verb goes with the cue and not with the clause between: "said it would pay | and asked for time"."""
    if _tense(verb, syntax) != _tense(head, syntax) or syntax.words[before] not in ("and", "but"):
        return False
    if syntax.base(verb) != "conj" or syntax.own_subject(verb) is not None:
        return False
    other = syntax.heads[verb]
    return other == head or _tense(other, syntax) != _tense(verb, syntax)


def _helps(i: int, verb: int, syntax: Syntax) -> bool:
    """Whether a word is an auxiliary of a verb."""
    return syntax.heads[i] == verb and syntax.base(i) == "aux"


def _tense(verb: int, syntax: Syntax) -> str:
    """The tag of a verb, or of the "did" that goes with it."""
    helpers = (syntax.tags[i] for i in syntax.kids[verb] if _helps(i, verb, syntax) and syntax.lemmas[i] == "do")
    return next(helpers, syntax.tags[verb])


def _new_clause(
    item: Attribution, content: list[int], clause: tuple[int, int], cues: Cues, syntax: Syntax, quoted: Quoted
) -> list[int]:
    """Who speaks behind a semicolon does so beside the cue, and not within: "said it rained; | others promised"."""
    held = set(content)
    for n, i in enumerate(content):
        if syntax.words[i] != ";" or i <= clause[1] or quoted.at[i] >= 0 or i <= content[0]:
            continue
        rest = content[n + 1 :]
        behind = set(rest)
        top = next((k for k in rest if syntax.heads[k] not in behind or syntax.heads[k] == k), None)
        subject = syntax.own_subject(top) if top is not None else None
        if top is None or quoted.at[top] >= 0 or subject not in behind:
            continue
        if any(one is not item and subject in one.source for one in cues.get(top, ())):
            return content[:n]
        if "quote" not in verb_classes().get(syntax.lemmas[top], {}):  # whatever else follows may be reported, too
            continue
        if syntax.heads[top] not in held or syntax.heads[top] == top:
            return content[:n]
    return content


def _remark(
    item: Attribution, content: list[int], clause: tuple[int, int], syntax: Syntax, quoted: Quoted
) -> list[int]:
    """What the narrator calls the words is none of them: "said it was “rigged”, | a charge that was denied"."""
    high, least = clause[1], max(clause[1], content[0])
    for i in content:
        if syntax.words[i] not in _ARTICLES or i <= least or quoted.at[i] >= 0:
            continue
        noun = syntax.heads[i]
        if noun <= i or syntax.lemmas[noun] not in _REMARKS:
            continue
        before = i - 2 if syntax.words[i - 1] in MARKS else i - 1
        if noun - i < 4 and syntax.words[before] in COMMAS and syntax.sentence[i] == syntax.sentence[high]:
            return [k for k in content if k < i or syntax.sentence[k] != syntax.sentence[i]]
    return content


def _aside(item: Attribution, content: list[int], syntax: Syntax, quoted: Quoted) -> list[int]:
    """A main clause behind the clause of the cue is told, not said: "Although she said it rained, | we went"."""
    head = next((i for i in item.cue if syntax.is_verb(i)), None)
    if head is None or quoted.at[head] >= 0:
        return content
    clause = next((i for i in (head, *syntax.ancestors(head)) if syntax.base(i) == "advcl"), None)
    if clause is None or not syntax.has_mark(clause, *_ASIDES):
        return content
    main = syntax.heads[clause]
    if main <= head or main not in content or content[0] < head:
        return content
    inside = syntax.subtree(clause)
    if set(inside).isdisjoint(content):  # "As she has said, it rains"
        return content
    return [i for i in content if i <= inside[-1] or quoted.at[i] >= 0]


def _meanwhile(content: list[int], clause: tuple[int, int], syntax: Syntax, quoted: Quoted) -> list[int]:
    """What goes on at the same time is told by a headline, not said: "Mayor vows to stay | as protests grow"."""
    _, end = syntax.sentences[syntax.sentence[content[-1]]]
    last = next(i for i in range(end - 1, -1, -1) if not syntax.blank[i])
    if syntax.pos[last] == "PUNCT":  # a sentence, or a headline that closes with a quotation
        return content
    for i in content:
        if i > max(clause[1], content[0]) and syntax.words[i] == "as" and quoted.at[i] < 0:
            verb = syntax.heads[i]
            subject = syntax.own_subject(verb) if syntax.base(verb) == "advcl" else None
            if subject is not None and syntax.has_mark(verb, "as") and syntax.pos[subject] != "PRON":
                return [k for k in content if k < i]
    return content


def _yield(
    item: Attribution,
    content: list[int],
    clause: tuple[int, int],
    cues: Cues,
    syntax: Syntax,
    quoted: Quoted,
) -> list[int]:
    """Words behind another cue that stands outside of the content are what that cue relays: "…, noting that | …"."""
    low, high = clause
    held, sentence = set(content), syntax.sentence[item.cue[0]]
    ahead = [i for i in content if i < low and syntax.sentence[i] == sentence]
    completes = any(syntax.heads[i] in item.cue and syntax.base(i) == "ccomp" for i in content if i > high)
    if ahead and completes and cued(ahead, item, cues):  # "Lee says no, | while Kim says that …"
        held -= set(ahead)
    for cue in range(max(high, content[0]) + 1, syntax.sentences[sentence][1]):
        for other in cues.get(cue, ()):
            if other is item or other.cue[0] != cue or cue in held or quoted.at[cue] >= 0:
                continue
            theirs = {i for i in other.content if i > cue and i in held}
            if theirs and len(theirs) < len(held):
                held -= theirs
    return sorted(held) if len(held) < len(content) else content


def _stop(item: Attribution, content: list[int], syntax: Syntax, quoted: Quoted) -> list[int]:
    """A sentence that closes with its quotation is the last: "said it had “no view.” | Lee, a councillor, hinted …"."""
    for n in sorted({quoted.at[i] for i in content} - {-1}):
        passage = quoted.passages[n]
        if passage.start < max(item.cue) or not passage.closed or passage.end >= len(syntax):
            continue
        following = passage.end
        stops = syntax.words[passage.end - 2] in SENTENCE_ENDS and syntax.words[passage.end - 1] in MARKS
        if stops and syntax.capital[following] and quoted.at[following] < 0 and following in content:
            return [i for i in content if i < following or (quoted.at[i] >= 0 and _opens_sentence(i, syntax, quoted))]
    return content


def _opens_sentence(i: int, syntax: Syntax, quoted: Quoted) -> bool:
    """Whether the quotation around a word is a sentence of its own."""
    passage = quoted.around(i)
    if passage is None or passage.start == 0:
        return False
    return syntax.words[passage.start - 1] in SENTENCE_ENDS | MARKS and syntax.capital[passage.start + 1]
