"""Where reported words begin and end, by the grammar of their sentence."""

from __future__ import annotations

from collections.abc import Sequence

from analystkit.layers.quotes.attribution import BRIDGES, MARKS, Attribution, Cues, Quoted, trim
from analystkit.layers.quotes.rules import verb_classes
from analystkit.layers.roles import Syntax

_COMMAS = frozenset({",", "—", "–", "--", "-"})
_JOINING = frozenset({"and", "but", "while", ",", ";"})
_SENTENCE_ENDS = frozenset({".", "!", "?", "…", "..."})
#: Verbs with which a speaker goes on: "…, referring to the party", "…, adding that".
_GOES_ON = frozenset({"refer", "allude", "cite", "quote", "point"})
#: Most words of a title: "said on “The Late Show” that".
_TITLE = 4
_OPENERS = frozenset({"that", "whether", "if"})
#: Most words that stand between a cue and its "that": "said on Wednesday that".
_BEFORE_THAT = 6
#: Most words that a phrase may be short of its head.
_REST = 12
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
#: Verbs that give what they speak of a name.
_NAMING = frozenset({"call", "dub", "label", "brand", "term", "nickname", "deem"})
#: Verbs whose object hears what is said.
_TELLING = frozenset({"tell", "inform", "remind", "assure", "warn", "promise", "show", "teach"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_NOMINAL = _NOUNS | {"DET", "ADJ", "NUM", "PART", "ADP"}


def bound(item: Attribution, cues: Cues, syntax: Syntax, quoted: Quoted) -> None:
    """Move the ends of an attribution's content to where its clause begins and ends; changed in place.

    Args:
        item: The attribution.
        cues: All of them, by their cues.
        syntax: The parse.
        quoted: The quotations.
    """
    if not syntax.parsed or not item.cue or not item.content:
        return
    before, clause = item.content, _clause(item, syntax)
    content = _rejoin(item, clause, syntax, quoted)
    content = _tail(item, content, clause, cues, syntax, quoted)
    content = _as_told(item, content, cues, syntax, quoted)
    content = _lead_in(item, content, clause, cues, syntax, quoted)
    content = _called(item, content, clause, syntax, quoted)
    content = _with_object(item, content, clause, cues, syntax, quoted)
    content = _begin(item, content, clause, syntax, quoted)
    content = _from_list(content, syntax, quoted)
    content = _from_which(item, content, clause, syntax, quoted)
    content = _from_that(item, content, clause, cues, syntax, quoted)
    content = _from_start(item, content, cues, syntax, quoted)
    content = _end(item, content, clause, cues, syntax, quoted)
    content = _new_clause(item, content, clause, syntax, quoted)
    content = _remark(item, content, clause, syntax, quoted)
    content = _aside(item, content, syntax, quoted)
    content = _yield(item, content, clause, cues, syntax, quoted)
    content = _stop(item, content, syntax, quoted)
    if content != before:
        item.content = trim(content, syntax, quoted) or before


def _clause(item: Attribution, syntax: Syntax) -> tuple[int, int]:
    """The first and last word of the clause "he said" in the sentence of the cue."""
    number = syntax.sentence[item.cue[0]]
    words = [i for i in (*item.cue, *item.source) if syntax.sentence[i] == number]
    return min(words), max(words)


def _rejoin(item: Attribution, clause: tuple[int, int], syntax: Syntax, quoted: Quoted) -> list[int]:
    """A clause that the cue parts is content on both sides: "If it rains, | he said, | the match is off"."""
    content = item.content
    low, high = clause
    if high - low > _REST or quoted.at[low] >= 0:
        return content
    start, end = syntax.sentences[syntax.sentence[low]]
    after = high + 1
    while after < end and after < high + 5 and syntax.words[after] not in _COMMAS:
        after += 1
    if low - 1 <= start or syntax.words[low - 1] not in _COMMAS or after >= end or syntax.words[after] not in _COMMAS:
        return content
    sides = (
        [i for i in range(start, low - 1) if not _idle(i, syntax)],
        [i for i in range(after + 1, end) if not _idle(i, syntax)],
    )
    held = set(content)
    one, other = (not held.isdisjoint(side) for side in sides)
    if one == other:
        return content
    missing = sides[0] if other else sides[1]
    present = set(sides[1] if other else sides[0])
    if any(quoted.at[i] >= 0 for i in missing) or len(missing) > 3 * _REST:
        return content
    joined = any(syntax.heads[i] in present for i in missing) or any(syntax.heads[i] in missing for i in present)
    goes_on = other and not syntax.capital[sides[1][0]]  # "In short, he said, “the match is off”"
    return sorted(held.union(missing)) if joined or goes_on else content


def _tail(
    item: Attribution,
    content: list[int],
    clause: tuple[int, int],
    cues: Cues,
    syntax: Syntax,
    quoted: Quoted,
) -> list[int]:
    """A quotation that stops within its sentence goes on without marks: "“No rain” on Monday, | he said"."""
    low, _ = clause
    last = max((i for i in content if i < low), default=-1)
    passage = quoted.around(last) if last >= 0 else None
    if passage is None or not passage.closed or last != passage.end - 1 or syntax.words[low - 1] not in _COMMAS:
        return content
    if syntax.words[last - 1] in BRIDGES or syntax.sentence[last] != syntax.sentence[low]:
        return content
    gap = [i for i in range(last + 1, low) if not syntax.blank[i]]
    words = [i for i in gap if not _idle(i, syntax)]
    if not words or len(words) > 2 * _REST or any(quoted.at[i] >= 0 for i in gap) or _cued(words, item, cues):
        return content
    return sorted({*content, *gap})


def _as_told(item: Attribution, content: list[int], cues: Cues, syntax: Syntax, quoted: Quoted) -> list[int]:
    """What goes with "as Lee noted in May," is the clause that it hangs on: "As Lee noted | in May, | it rained"."""
    verb = next((i for i in item.cue if syntax.is_verb(i)), None)
    if verb is None or quoted.at[verb] >= 0 or syntax.base(verb) != "advcl" or not syntax.has_mark(verb, "as"):
        return content
    inside, (_, end) = syntax.subtree(verb), syntax.sentences[syntax.sentence[verb]]
    main = syntax.heads[verb]
    if main <= inside[-1] or "quote" not in verb_classes().get(syntax.lemmas[verb], {}) or content[0] < verb:
        return content
    rest = [i for i in range(inside[-1] + 1, end) if not syntax.blank[i]]
    ahead = [i for i in rest if i < content[-1]]
    told = [i for i in content if i > inside[-1]]
    return sorted({*rest, *told}) if told and not _cued(ahead, item, cues) else content


def _lead_in(
    item: Attribution,
    content: list[int],
    clause: tuple[int, int],
    cues: Cues,
    syntax: Syntax,
    quoted: Quoted,
) -> list[int]:
    """What a quotation that begins within its sentence goes on from is said too: "The rain | “will stop,” he said"."""
    passage = quoted.around(content[0])
    if passage is None or content[0] != passage.start or passage.end > clause[0]:
        return content
    start, _ = syntax.sentences[syntax.sentence[passage.start]]
    before = [i for i in range(start, passage.start) if not syntax.blank[i]]
    words = [i for i in before if not _idle(i, syntax)]
    if not words or passage.start + 1 >= len(syntax) or syntax.capital[passage.start + 1]:
        return content
    if len(words) > 3 * _REST or any(quoted.at[i] >= 0 for i in before) or _cued(words, item, cues):
        return content
    return sorted({*content, *before})


def _cued(words: Sequence[int], item: Attribution, cues: Cues) -> bool:
    """Whether another attribution has its cue among some words."""
    return any(one is not item for i in words for one in cues.get(i, ()))


def _called(
    item: Attribution, content: list[int], clause: tuple[int, int], syntax: Syntax, quoted: Quoted
) -> list[int]:
    """What somebody names belongs to what they say: "called | the plan | “a joke”", "| what | he called “a joke”"."""
    verb = next((i for i in item.cue if syntax.lemmas[i] in _NAMING and syntax.is_verb(i)), None)
    if verb is None or content[0] < verb or quoted.at[verb] >= 0 or all(quoted.at[i] < 0 for i in content):
        return content
    between = list(range(max(item.cue) + 1, content[0]))
    named = all(syntax.pos[i] in _NOMINAL or syntax.tags[i] == "VBN" for i in between)
    named = named and not any(i in item.source or quoted.at[i] >= 0 for i in between)
    if between:
        return [*between, *content] if named and len(between) < _REST and syntax.pos[between[-1]] in _NOUNS else content
    low, _ = clause
    return [low - 1, *content] if low and syntax.words[low - 1] == "what" else content


def _with_object(
    item: Attribution, content: list[int], clause: tuple[int, int], cues: Cues, syntax: Syntax, quoted: Quoted
) -> list[int]:
    """Whom or what a verb is about is content with the rest: "accuses | the mayor of | lying", "asked | men | to"."""
    high = clause[1]
    gap = [i for i in range(high + 1, content[0]) if not syntax.blank[i]]
    if not gap or len(gap) > _REST or quoted.at[high] >= 0 or item.cue[-1] != high or _cued(gap, item, cues):
        return content
    if any(quoted.at[i] >= 0 or (syntax.pos[i] not in _NOMINAL and syntax.tags[i] != "VBG") for i in gap):
        return content
    about = [i for i in gap if syntax.base(i) == "obj" and syntax.heads[i] in item.cue]
    if not about or any(syntax.lemmas[i] in _TELLING for i in item.cue):
        return content
    if not any(syntax.lemmas[i] in verb_classes() for i in item.cue):  # "took | issue with | the plan"
        item.cue = [*item.cue, *gap]
        return content
    return [*gap, *content]


def _begin(item: Attribution, content: list[int], clause: tuple[int, int], syntax: Syntax, quoted: Quoted) -> list[int]:
    """When and where it was said is no content: "said | on Wednesday | that", "On Sunday, he announced that"."""
    high, first = clause[1], content[0]
    if first == high + 1 and quoted.at[first] < 0:  # "said | last month | it would"
        days = [i for n, i in enumerate(content) if i == first + n and syntax.entity[i] in ("DATE", "TIME")]
        following = days[-1] + 1 if days and len(days) < len(content) else first
        opens = {syntax.base(following), syntax.base(syntax.heads[following])} & {"nsubj", "csubj", "expl"}
        if days and opens and content[len(days)] == following and days == content[: len(days)]:
            content = content[len(days) :]
            first = content[0]
    if first > high and syntax.base(first) == "obl" and syntax.heads[first] in item.cue and quoted.at[first] < 0:
        day = set(syntax.subtree(first)) if syntax.entity[first] in ("DATE", "TIME") else set()
        content = [i for i in content if i not in day] or content  # "said on | Wednesday | he would"
    that = next((i for i in content if i > high and syntax.words[i] == "that" and syntax.base(i) == "mark"), None)
    if that is None or quoted.at[that] >= 0 or syntax.heads[syntax.heads[that]] not in item.cue:
        return content
    ahead = [i for i in content if i < that]
    between = [i for i in ahead if i > high]
    marked = {quoted.at[i] for i in ahead} - {-1}
    # "said, citing nobody, that"
    parted = syntax.words[high + 1] == syntax.words[that - 1] == "," and that - 1 > high + 1
    told = parted or not any(syntax.is_verb(i) for i in ahead)
    told = told and all(quoted.passages[n].words <= _TITLE for n in marked)
    if not told or len(between) > _BEFORE_THAT:
        return content
    return [i for i in content if i >= that]


def _from_which(
    item: Attribution, content: list[int], clause: tuple[int, int], syntax: Syntax, quoted: Quoted
) -> list[int]:
    """A relative clause speaks of what stands before it, and does not say it: "the plan, | which she called “bad”"."""
    low, _ = clause
    relative = low - 1
    if relative < 0 or syntax.words[relative] not in ("which", "whom", "who") or quoted.at[relative] >= 0:
        return content
    behind = [i for i in content if i > low]
    return [relative, *behind] if behind and content[0] <= relative else content


def _from_that(
    item: Attribution,
    content: list[int],
    clause: tuple[int, int],
    cues: Cues,
    syntax: Syntax,
    quoted: Quoted,
) -> list[int]:
    """A reported clause begins with its "that": "added | that after taxes, | “they were not rich”"."""
    high = clause[1]
    ahead = range(high + 1, content[0])
    if not 0 < len(ahead) <= 3 * _REST or quoted.at[high] >= 0:
        return content
    if syntax.words[ahead[0]] == "that" and syntax.tags[ahead[0]] == "IN" and len(ahead) <= _BEFORE_THAT:
        told = _cued(ahead, item, cues) or any(quoted.at[i] >= 0 for i in ahead)
        return content if told else [*ahead, *content]  # "said that, | rain or not, | it was “cold”"
    that = next((i for i in ahead if syntax.words[i] in _OPENERS and syntax.base(i) == "mark"), None)
    if that is None or syntax.sentence[that] != syntax.sentence[high] or _cued(range(that, content[0]), item, cues):
        return content
    verb = syntax.heads[that]
    if verb < content[0] or syntax.heads[verb] not in item.cue or any(quoted.at[i] >= 0 for i in ahead):
        return content
    return [*range(that, content[0]), *content]


def _from_list(content: list[int], syntax: Syntax, quoted: Quoted) -> list[int]:
    """A clause begins with the first of those it is about: "| Tesla, | BMW and Vik are not hit, Lee said"."""
    first = syntax.heads[content[0]]
    subject = syntax.base(first).startswith("nsubj") and syntax.base(content[0]) == "conj" and first < content[0]
    if not subject or syntax.heads[first] not in content or quoted.at[content[0]] >= 0:
        return content
    phrase = set(syntax.noun_phrase(first))
    before = list(range(min(phrase), content[0]))
    whole = all(i in phrase or syntax.words[i] in (",", "and", "or") for i in before)
    return content if not whole or any(quoted.at[i] >= 0 for i in before) else [*before, *content]


def _from_start(item: Attribution, content: list[int], cues: Cues, syntax: Syntax, quoted: Quoted) -> list[int]:
    """What a remark closes is the whole sentence: "| In the last months, | it rained, according to a study"."""
    first = item.cue[0]
    if content[0] > first or content[-1] > first:
        return content
    start, end = syntax.sentences[syntax.sentence[first]]
    if syntax.words[first] != "according":
        low, high = min((*item.cue, *item.source)), max((*item.cue, *item.source))
        takes = verb_classes().get(syntax.lemmas[first], {})
        closes = all(not syntax.is_verb(i) and quoted.at[i] < 0 for i in range(high + 1, end))
        subject = syntax.own_subject(first)
        if "quote" not in takes or not closes or syntax.words[low - 1] != "," or subject is None or subject > first:
            return content
        rest = [i for i in range(content[-1] + 1, low - 1) if not syntax.blank[i]]
        if rest and not any(quoted.at[i] >= 0 for i in (*rest, content[-1])) and len(rest) <= 2 * _REST:
            content = [*content, *rest]
    before = [i for i in range(start, content[0]) if not syntax.blank[i]]
    if not before or syntax.sentence[content[0]] != syntax.sentence[first] or len(before) > 2 * _REST:
        return content
    if any(quoted.at[i] >= 0 for i in before) or _cued(before, item, cues):
        return content
    return [*before, *content]


def _end(
    item: Attribution,
    content: list[int],
    clause: tuple[int, int],
    cues: Cues,
    syntax: Syntax,
    quoted: Quoted,
) -> list[int]:
    """What the speaker goes on to say or do is no content: "…, | adding that", "… | and warned that"."""
    head = next((i for i in item.cue if syntax.is_verb(i)), None)
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
        behind_marks = syntax.words[first] in MARKS and syntax.words[first - 1] in _COMMAS  # "…,” adding that"
        participle = syntax.tags[i] == "VBG" and not any(_helps(k, i, syntax) for k in syntax.kids[i])
        if participle and (syntax.words[first] in _COMMAS or behind_marks):
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


def _parallel(verb: int, head: int, item: Attribution, cues: Cues, syntax: Syntax) -> bool:
    """Whether somebody else speaks in a clause beside that of the cue: "Lee said no | while Kim said yes"."""
    others = [one for one in cues.get(verb, ()) if one is not item]
    subject = syntax.own_subject(verb) if others else None
    if subject is None or not head < subject < verb or not any(subject in one.source for one in others):
        return False
    reports = {"quote", "clause"} & verb_classes().get(syntax.lemmas[verb], {}).keys()
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
    item: Attribution, content: list[int], clause: tuple[int, int], syntax: Syntax, quoted: Quoted
) -> list[int]:
    """Who speaks behind a semicolon does so beside the cue, and not within: "said it rained; | others promised"."""
    held = set(content)
    for n, i in enumerate(content):
        if syntax.words[i] != ";" or i <= clause[1] or quoted.at[i] >= 0 or i <= content[0]:
            continue
        rest = content[n + 1 :]
        behind = set(rest)
        top = next((k for k in rest if syntax.heads[k] not in behind or syntax.heads[k] == k), None)
        if top is None or quoted.at[top] >= 0 or syntax.own_subject(top) not in behind:
            continue
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
        if noun - i < 4 and syntax.words[before] in _COMMAS and syntax.sentence[i] == syntax.sentence[high]:
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
    if ahead and completes and _cued(ahead, item, cues):  # "Lee says no, | while Kim says that …"
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
        stops = syntax.words[passage.end - 2] in _SENTENCE_ENDS and syntax.words[passage.end - 1] in MARKS
        if stops and syntax.capital[following] and quoted.at[following] < 0 and following in content:
            return [i for i in content if i < following or (quoted.at[i] >= 0 and _opens_sentence(i, syntax, quoted))]
    return content


def _opens_sentence(i: int, syntax: Syntax, quoted: Quoted) -> bool:
    """Whether the quotation around a word is a sentence of its own."""
    passage = quoted.around(i)
    if passage is None or passage.start == 0:
        return False
    return syntax.words[passage.start - 1] in _SENTENCE_ENDS | MARKS and syntax.capital[passage.start + 1]


def _idle(i: int, syntax: Syntax) -> bool:
    return syntax.blank[i] or syntax.words[i] in BRIDGES | MARKS or syntax.pos[i] == "PUNCT"
