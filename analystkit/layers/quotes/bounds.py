"""Where reported words begin and end, by the grammar of their sentence."""

from __future__ import annotations

from analystkit.layers.quotes import endings
from analystkit.layers.quotes.attribution import BRIDGES, COMMAS, MARKS, NOMINAL, Attribution, Cues, Quoted, cued, trim
from analystkit.layers.quotes.rules import verb_classes
from analystkit.layers.roles import Syntax

#: Most words of a title: "said on “The Late Show” that".
_TITLE = 4
_OPENERS = frozenset({"that", "whether", "if"})
#: Most words that stand between a cue and its "that": "said on Wednesday that".
_BEFORE_THAT = 6
#: Most words that a phrase may be short of its head.
_REST = 12
#: Verbs that give what they speak of a name.
_NAMING = frozenset({"call", "dub", "label", "brand", "term", "nickname", "deem"})
#: Verbs whose object hears what is said.
_TELLING = frozenset({"tell", "inform", "remind", "assure", "warn", "promise", "show", "teach"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})


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
    content = endings.end(item, content, clause, cues, syntax, quoted)
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
    while after < end and after < high + 5 and syntax.words[after] not in COMMAS:
        after += 1
    if low - 1 <= start or syntax.words[low - 1] not in COMMAS or after >= end or syntax.words[after] not in COMMAS:
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
    if passage is None or not passage.closed or last != passage.end - 1 or syntax.words[low - 1] not in COMMAS:
        return content
    if syntax.words[last - 1] in BRIDGES or syntax.sentence[last] != syntax.sentence[low]:
        return content
    gap = [i for i in range(last + 1, low) if not syntax.blank[i]]
    words = [i for i in gap if not _idle(i, syntax)]
    if not words or len(words) > 2 * _REST or any(quoted.at[i] >= 0 for i in gap) or cued(words, item, cues):
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
    return sorted({*rest, *told}) if told and not cued(ahead, item, cues) else content


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
    if len(words) > 3 * _REST or any(quoted.at[i] >= 0 for i in before) or cued(words, item, cues):
        return content
    return sorted({*content, *before})


def _called(
    item: Attribution, content: list[int], clause: tuple[int, int], syntax: Syntax, quoted: Quoted
) -> list[int]:
    """What somebody names belongs to what they say: "called | the plan | “a joke”", "| what | he called “a joke”"."""
    verb = next((i for i in item.cue if syntax.lemmas[i] in _NAMING and syntax.is_verb(i)), None)
    if verb is None or content[0] < verb or quoted.at[verb] >= 0 or all(quoted.at[i] < 0 for i in content):
        return content
    between = list(range(max(item.cue) + 1, content[0]))
    named = all(syntax.pos[i] in NOMINAL or syntax.tags[i] == "VBN" for i in between)
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
    if not gap or len(gap) > _REST or quoted.at[high] >= 0 or item.cue[-1] != high or cued(gap, item, cues):
        return content
    if any(quoted.at[i] >= 0 or (syntax.pos[i] not in NOMINAL and syntax.tags[i] != "VBG") for i in gap):
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
        told = cued(ahead, item, cues) or any(quoted.at[i] >= 0 for i in ahead)
        return content if told else [*ahead, *content]  # "said that, | rain or not, | it was “cold”"
    that = next((i for i in ahead if syntax.words[i] in _OPENERS and syntax.base(i) == "mark"), None)
    if that is None or syntax.sentence[that] != syntax.sentence[high] or cued(range(that, content[0]), item, cues):
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
    if any(quoted.at[i] >= 0 for i in before) or cued(before, item, cues):
        return content
    return [*before, *content]


def _idle(i: int, syntax: Syntax) -> bool:
    return syntax.blank[i] or syntax.words[i] in BRIDGES | MARKS or syntax.pos[i] == "PUNCT"
