"""Speech that the layout tells, without quotation marks: turns of an interview, and quoted blocks.

"Q: Why? A: Because." a paragraph each, "TAPPER: Why?", and a paragraph behind "The judge wrote:".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from analystkit.layers.quotes.attribution import MARKS, Attribution, Quoted
from analystkit.layers.quotes.sources import introduction
from analystkit.layers.roles import Syntax

#: What the two sides of an interview are called.
_SIDES = frozenset({"q", "a", "question", "answer"})
#: Without one of these there are no turns and no blocks.
_TELLING = frozenset({":", "q", "q."})
#: Most words of a label, and most paragraphs of one turn.
_LABEL, _PARAGRAPHS = 6, 4
_ENDS = frozenset({".", "!", "?", "…", "...", ")", "”", '"'})


@dataclass(slots=True)
class _Turn:
    """A paragraph that begins with the name of who speaks.

    Attributes:
        paragraph: Its number in the list of paragraphs.
        label: The words of the name.
        mark: The colon behind it.
        key: By which a speaker is known again: the last word of the name.
    """

    paragraph: int
    label: list[int]
    mark: int
    key: str


def unmarked(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> list[Attribution]:
    """The attributions with those that the layout tells; what was made of their colons before goes.

    Args:
        found: What was found.
        syntax: The parse.
        quoted: The quotations.
    """
    if _TELLING.isdisjoint(syntax.words):
        return found
    paragraphs = _paragraphs(syntax)
    made = _turns(paragraphs, syntax, quoted)
    labels = {i for item in made for i in (*item.cue, *item.source)}
    kept = [item for item in found if labels.isdisjoint((*item.cue, *item.source, *item.content))]
    for item in _blocks(paragraphs, syntax, quoted):
        same = next((other for other in kept if not set(item.cue).isdisjoint(other.cue)), None)
        if same is not None and set(same.content).isdisjoint(item.content) and syntax.words[item.cue[0]] != "according":
            kept.remove(same)
        if not any(2 * len(set(item.content).intersection(other.content)) > len(item.content) for other in kept):
            made.append(item)
    return kept + made


def _paragraphs(syntax: Syntax) -> list[list[int]]:
    """The words of each paragraph that has some."""
    number = syntax.paragraph
    starts = [start for start, _ in syntax.sentences if not start or number[start] != number[start - 1]]
    found = ([i for i in range(*bounds) if not syntax.blank[i]] for bounds in pairwise([*starts, len(syntax)]))
    shown = (words[1:] if words and syntax.words[words[0]] == ">" else words for words in found)  # plain text, too
    return [words for words in shown if words]


# -- interviews


def _turns(paragraphs: list[list[int]], syntax: Syntax, quoted: Quoted) -> list[Attribution]:
    turns = [turn for n, words in enumerate(paragraphs) if (turn := _turn(n, words, syntax, quoted)) is not None]
    turns = _interview(turns, paragraphs, syntax)
    made = []
    for turn, following in zip(turns, [*turns[1:], None], strict=False):
        content = [i for i in paragraphs[turn.paragraph] if i > turn.mark]
        # Paragraphs without a name before somebody else's turn carry this one on.
        if following is not None and following.key != turn.key and following.paragraph - turn.paragraph <= _PARAGRAPHS:
            between = range(turn.paragraph + 1, following.paragraph)
            content += [i for n in between for i in paragraphs[n]]
        if content and quoted.at[content[0]] < 0:
            why = f"a turn of an interview: “{syntax.text_of(turn.label[0], turn.mark + 1)}”"
            made.append(Attribution([turn.mark], turn.label, content, 0.7, why, verbatim=True))
    return made


def _turn(paragraph: int, words: list[int], syntax: Syntax, quoted: Quoted) -> _Turn | None:
    """The turn that a paragraph is; None where it does not begin with a name."""
    ahead = words[: _LABEL + 1]
    side = syntax.words[ahead[0]].rstrip(".") in _SIDES and syntax.capital[ahead[0]]
    mark = next((k for k, i in enumerate(ahead) if syntax.words[i] == ":" or (side and syntax.words[i] == ".")), None)
    if mark is None and side and syntax.words[ahead[0]].endswith("."):  # "A." is one word to many tokenizers
        return _Turn(paragraph, ahead[:1], ahead[0], syntax.words[ahead[0]].rstrip("."))
    label = ahead[:mark]
    if not mark or len(words) < mark + 2 or any(quoted.at[i] >= 0 for i in label):
        return None
    if side:
        return _Turn(paragraph, label, ahead[mark], syntax.words[label[0]]) if mark == 1 else None
    named = all(syntax.capital[i] or syntax.pos[i] == "PUNCT" or syntax.words[i] in MARKS for i in label)
    last = next((i for i in reversed(label) if syntax.capital[i]), None)
    return _Turn(paragraph, label, ahead[mark], syntax.words[last]) if named and last is not None else None


def _interview(turns: list[_Turn], paragraphs: list[list[int]], syntax: Syntax) -> list[_Turn]:
    """The paragraphs with a name before a colon that are turns: the names come back, are somebody's, and they speak.

    A list has headings that are said once ("Education: …"), scores have no verbs ("Lee: 42.").
    """
    labels = {i for turn in turns for i in turn.label}
    people = {syntax.words[i] for i, kind in enumerate(syntax.entity) if kind in ("PERSON", "ORG") and i not in labels}
    times = Counter(turn.key for turn in turns)
    sides = (
        _SIDES
        if {"q", "a"} <= times.keys()
        else _SIDES.difference(turn.key for turn in turns if syntax.words[turn.mark] != ":")
    )  # "A. Smith" is a name
    known = [
        turn
        for turn in turns
        if turn.key in people | sides or times[turn.key] > 1 or (len(turn.key) > 2 and _shouted(turn, syntax))
    ]
    times = Counter(turn.key for turn in known)
    speaks = [any(syntax.is_verb(i) for i in paragraphs[turn.paragraph] if i > turn.mark) for turn in known]
    comes_back = len(times) < len(known) or _SIDES.issuperset(times)
    return known if len(known) > 1 and comes_back and 2 * sum(speaks) >= len(known) else []


def _shouted(turn: _Turn, syntax: Syntax) -> bool:
    return syntax.forms[turn.label[-1]].isupper()


# -- blocks


def _blocks(paragraphs: list[list[int]], syntax: Syntax, quoted: Quoted) -> list[Attribution]:
    """Paragraphs that stand behind "The judge wrote:", each with the clause before it."""
    made = []
    for n, (words, following) in enumerate(pairwise(paragraphs)):
        colon, first = words[-1], following[0]
        if syntax.words[colon] != ":" or quoted.at[colon] >= 0 or quoted.at[first] >= 0:
            continue
        if not syntax.forms[first][0].isalpha() or syntax.words[following[-1]] not in _ENDS:
            continue  # an item of a list, a heading
        clause = introduction(colon, syntax, quoted)
        if clause is None:
            continue
        cue, source = clause
        content = [*following]
        if _is_block(following, syntax):
            for more in paragraphs[n + 2 :]:
                if not _is_block(more, syntax):
                    break
                content += more
        why = f"speech: “{syntax.words[cue[0]]}:” before a paragraph"
        made.append(Attribution(cue, source, content, 0.5, why, verbatim=True))
    return made


def _is_block(words: list[int], syntax: Syntax) -> bool:
    """Whether Markdown marks a paragraph as quoted: "> It rained."."""
    start = syntax.idx[words[0]]
    return syntax.text[syntax.text.rfind("\n", 0, start) + 1 : start].strip() == ">"
