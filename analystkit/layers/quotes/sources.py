"""Who speaks: the words of an attribution that name its source, by the grammar around its cue."""

from __future__ import annotations

from analystkit.layers import untagged
from analystkit.layers.quotes import rules
from analystkit.layers.quotes.attribution import (
    BEFORE,
    BRIDGES,
    NOMINAL,
    Attribution,
    Quoted,
    cue_head,
    quotations_of,
    trim,
)
from analystkit.layers.roles import Syntax

#: Most words between "wrote" and its colon.
_BEHIND = 6
#: Most words of a source that is known by its place alone.
_CLOSING = 12
#: Verbs whose object hears what is said.
_TELLING = frozenset({"tell", "inform", "remind", "assure", "warn"})


def name_source(item: Attribution, syntax: Syntax, quoted: Quoted) -> None:
    """See to it that an attribution has its source, and in full; changed in place."""
    item.source = _bare(item, syntax, quoted)
    _after_phrase(item, syntax)
    if _hears(item, syntax):
        item.source = []
        return
    if item.source and item.cue and _is_told(item, syntax):
        item.source = _subject(item, syntax, quoted) or item.source
    if item.cue and not any(syntax.pos[i] != "PUNCT" for i in item.source):
        item.source = _subject(item, syntax, quoted)
    if item.cue and not item.source:
        item.source = _closing(item, syntax, quoted)
    taken = {i for i in item.source if quoted.at[i] < 0}  # "it will rain, | the foreign ministry's spokesman said"
    if not taken.isdisjoint(item.content):
        item.content = trim([i for i in item.content if i not in taken], syntax, quoted) or item.content
    if [syntax.words[i] for i in item.cue] == [":"] and _inverted(item.source, syntax):  # "Continued Lee: “…”"
        item.cue, item.source = item.source[:1], item.source[1:]
    named = any(syntax.pos[i] in ("PROPN", "PRON") for i in item.source)
    if [syntax.words[i] for i in item.cue] == [":"] and not named:
        item.source = before_colon(item, syntax, quoted) or item.source


def _after_phrase(item: Attribution, syntax: Syntax) -> None:
    """What follows the comma behind "according to Lee" is said: "According to Lee, | the rain | has stopped"."""
    commas = [n for n, i in enumerate(item.source) if syntax.words[i] == ","]
    if not commas or not item.cue or syntax.words[item.cue[0]] != "according" or not item.content:
        return
    rest = item.source[commas[-1] + 1 :]
    if rest and item.content[0] == item.source[-1] + 1 and syntax.is_verb(item.content[0]):
        item.source, item.content = item.source[: commas[-1]], [*rest, *item.content]


def _hears(item: Attribution, syntax: Syntax) -> bool:
    """Whether the source is the body before which somebody speaks: "…, | a court | heard", "…, | jury | told"."""
    head = cue_head(item, syntax) if item.cue else -1
    if head < 0 or syntax.lemmas[head] not in ("hear", "tell") or not item.source or item.source[0] > head:
        return False
    if syntax.is_passive(head) or syntax.with_dep(head, "obj", "iobj"):
        return False
    return any(syntax.lemmas[i] in rules.hearers() and syntax.heads[i] not in item.source for i in item.source)


def _closing(item: Attribution, syntax: Syntax, quoted: Quoted) -> list[int]:
    """The words before a cue that ends a sentence begun by what was said: "It will sail, | her owner, Vik, | said"."""
    cue, content = item.cue[0], item.content
    if not content or content[-1] > cue or not syntax.is_verb(cue) or syntax.lemmas[cue] not in rules.verb_classes():
        return []
    pieces = 2 if syntax.words[cue - 1] == "," else 1  # a description and the name that stands after it, or either
    first, commas = cue - (pieces == 2), 0
    while first > content[0] and quoted.at[first - 1] < 0:
        before = first - 1
        if syntax.words[before] == ",":
            commas += 1
            if commas == pieces:
                break
        elif syntax.pos[before] not in NOMINAL:
            return []
        first = before
    words = [i for i in range(first, cue) if not syntax.blank[i]]
    while words and syntax.words[words[-1]] == ",":
        words.pop()
    spoken = any(syntax.is_verb(i) for i in content if i < first)
    named = bool(words) and syntax.pos[words[-1]] in ("NOUN", "PROPN", "PRON") and syntax.pos[words[0]] != "ADP"
    return words if commas == pieces and spoken and named and len(words) <= _CLOSING else []


def _inverted(words: list[int], syntax: Syntax) -> bool:
    """Whether words are a verb and who says it: "Continued Lee". To a tagger they look like a name."""
    if not 1 < len(words) <= _BEHIND or not syntax.capital[words[0]] or syntax.pos[words[1]] not in NOMINAL - {"ADP"}:
        return False
    verb = untagged.lemma(syntax.words[words[0]])
    return verb != syntax.words[words[0]] and "quote" in rules.verb_classes().get(verb, {})


def _is_told(item: Attribution, syntax: Syntax) -> bool:
    """Whether the source names who hears it: "Lee told | the paper"."""
    head = cue_head(item, syntax)
    heard = {"obj", "iobj"} & {syntax.base(i) for i in item.source if syntax.heads[i] == head}
    return bool(heard) and syntax.lemmas[head] in _TELLING and item.source[0] > head


def _bare(item: Attribution, syntax: Syntax, quoted: Quoted) -> list[int]:
    """A source without commas at its ends and without the phrase before: "its buildings, | Ms. Lee said"."""
    source = list(item.source)
    if item.cue:  # no words of the quotation beside it: "said Lee, | “and”"
        beside = [n for n, i in enumerate(source) if quoted.at[i] == quoted.at[item.cue[0]]]
        source = source[beside[0] : beside[-1] + 1] if beside else source
    if source and syntax.words[source[0]] == "according":  # who relays it, not who said it
        return []
    subject = syntax.own_subject(cue_head(item, syntax)) if item.cue else None
    commas = [i for i in source if syntax.words[i] == ","]
    if subject in source and commas and commas[0] < subject:
        inside = set(syntax.subtree(subject))
        last = max((i for i in commas if i < subject), default=-1)
        if inside.isdisjoint(i for i in source if i < last):
            source = [i for i in source if i > last]
    while source and syntax.words[source[0]] in BRIDGES:
        source.pop(0)
    if source and all(syntax.pos[i] == "DET" and syntax.heads[i] not in source for i in source):
        noun = syntax.heads[source[-1]]  # "The | mayor"
        named = syntax.pos[noun] in ("NOUN", "PROPN") and noun not in item.cue
        source = [i for i in syntax.noun_phrase(noun) if i not in item.content] if named else source
    while source and source[0] and syntax.heads[source[0] - 1] in source and syntax.deps[source[0] - 1] in BEFORE:
        if source[0] - 1 in item.cue:
            break
        source.insert(0, source[0] - 1)
    for at, i in enumerate(source[1:], 1):  # "one driver, who asked | not to be named"
        aside = syntax.tags[i][:1] == "W" and syntax.words[i - 1] == ","
        if aside and not set(source).issuperset(syntax.subtree(syntax.heads[i])):
            source = source[:at]
            break
    while source and syntax.words[source[-1]] in BRIDGES - {"."}:
        source.pop()
    hyphen = source[-1] + 1 if source else 0
    if 0 < hyphen < len(syntax) - 1 and syntax.words[hyphen] == "-" and _joined(hyphen, syntax):
        source += [hyphen, hyphen + 1]
    while len(source) and source[0] > 1 and syntax.words[source[0] - 1] == "-" and _joined(source[0] - 1, syntax):
        source = [source[0] - 2, source[0] - 1, *source]  # "Smith-Jones", three words to the tokenizer
    return source or item.source


def _joined(hyphen: int, syntax: Syntax) -> bool:
    """Whether no blank stands on either side of a hyphen."""
    return syntax.idx[hyphen - 1] + len(syntax.forms[hyphen - 1]) == syntax.idx[hyphen] == syntax.idx[hyphen + 1] - 1


def _subject(item: Attribution, syntax: Syntax, quoted: Quoted) -> list[int]:
    """The subject of a cue; beside quoted words else the name right beside it: "Continued Lee:"."""
    cue = cue_head(item, syntax)
    if syntax.is_passive(cue):
        return []
    subject = syntax.subject(cue) if syntax.is_verb(cue) else None
    taken = {*item.content, *item.cue}
    if not quotations_of(item, quoted):
        shared = syntax.base(cue) == "conj" and syntax.is_verb(cue) and syntax.lemmas[cue] in rules.verb_classes()
        if not shared or subject is None or syntax.deps[subject] == "expl" or subject in taken:
            return []
        return [i for i in syntax.noun_phrase(subject) if i not in taken]
    if subject is None or syntax.deps[subject] == "expl" or subject in taken or quoted.at[subject] != quoted.at[cue]:
        if not syntax.is_verb(cue) and syntax.lemmas[cue] not in rules.verb_classes():
            return []
        return _between(item, cue, syntax, quoted) or [i for i in rules.named(syntax, quoted, cue) if i not in taken]
    return [i for i in syntax.noun_phrase(subject) if i not in taken]


def before_colon(item: Attribution, syntax: Syntax, quoted: Quoted) -> list[int]:
    """The subject of the clause that a colon closes: "Lee was all for it: “Yes!”"."""
    colon = item.cue[0]
    start, end = syntax.sentences[syntax.sentence[colon]]
    if colon + 1 >= len(syntax) or quoted.at[colon + 1] < 0 or quoted.at[colon] >= 0:
        return []
    verbs = [i for i in range(start, min(colon, end)) if syntax.own_subject(i) is not None and quoted.at[i] < 0]
    depth = {i: sum(1 for _ in syntax.ancestors(i)) for i in verbs}
    main = min(verbs, key=lambda i: depth[i], default=None)
    subject = syntax.own_subject(main) if main is not None else None
    if subject is None or syntax.deps[subject] == "expl" or subject >= colon or quoted.at[subject] >= 0:
        return []
    return [i for i in syntax.noun_phrase(subject) if i not in item.content and i < colon]


def _between(item: Attribution, cue: int, syntax: Syntax, quoted: Quoted) -> list[int]:
    """The words from a quotation to the cue behind it, where they can name somebody: "…,” the minister said"."""
    last = next((n for n in reversed(quotations_of(item, quoted)) if quoted.passages[n].end <= cue), None)
    if last is None:
        return []
    words = list(range(quoted.passages[last].end, cue))
    names = 0 < len(words) < 9 and all(
        (syntax.pos[i] in NOMINAL or syntax.words[i] == "-") and not syntax.space[i] for i in words
    )
    return words if names and syntax.pos[words[-1]] in ("NOUN", "PROPN", "PRON") else []


def behind(item: Attribution, syntax: Syntax, quoted: Quoted) -> None:
    """What follows a cue right behind quoted words names who speaks: "“No,” added | a driver, | Uwe Thiel".

    However it was parsed, even as the object: "“No” read | a banner".
    """
    if not item.cue or not syntax.parsed:
        return
    cue, at = item.cue[0], item.cue[0] - 1
    while at > 0 and syntax.words[at] == ",":
        at -= 1
    passage = quoted.around(at)
    ahead = any(i < cue and quoted.at[i] < 0 for i in item.source)
    if passage is None or passage.end <= at or quoted.at[cue] >= 0 or ahead or passage.end - 1 not in (at, cue - 1):
        return
    phrase: list[int] = []
    for i in range(item.cue[-1] + 1, len(syntax)):
        if syntax.pos[i] not in NOMINAL or quoted.at[i] >= 0 or syntax.blank[i]:
            break
        phrase.append(i)
    takes = rules.verb_classes().get(syntax.lemmas[cue_head(item, syntax)], {})
    if not phrase or "quote" not in takes or syntax.pos[phrase[0]] in ("ADP", "PART"):
        return
    if not item.source or item.source[0] > phrase[0] or quoted.at[item.source[0]] >= 0:
        case = (i for i in phrase if syntax.pos[i] == "ADP" and syntax.words[i] != "of")
        item.source = [i for i in phrase if i < next(case, phrase[-1] + 1)]
    rest = [i for i in item.content if i not in phrase]
    item.content = sorted({*rest, *quoted.whole(quoted.at[at])} - {*item.cue, *item.source})


def introduction(colon: int, syntax: Syntax, quoted: Quoted) -> tuple[list[int], list[int]] | None:
    """The cue and the source of a clause that a colon closes: "Lee wrote in a letter:", "According to Lee:"."""
    start, _ = syntax.sentences[syntax.sentence[colon]]
    words = [i for i in range(start, colon) if not syntax.blank[i]]
    if any(quoted.at[i] >= 0 for i in words):
        return None
    if len(words) > 2 and [syntax.words[i] for i in words[:2]] == ["according", "to"]:
        return words[:2], [i for i in words[2:] if i in syntax.noun_phrase(syntax.heads[words[0]])]
    if _inverted(words, syntax):
        return words[:1], words[1:]
    for verb in reversed(words):
        if not syntax.is_verb(verb):
            continue
        subject = syntax.subject(verb)  # also of "She went on to say:", "…, reporting:"
        if (
            "quote" not in rules.verb_classes().get(syntax.lemmas[verb], {})
            or subject is None
            or syntax.is_passive(verb)
        ):
            return None
        behind = [i for i in words if i > verb and syntax.words[i] != "that"]
        source = [i for i in syntax.noun_phrase(subject) if i < verb]
        return ([verb], source) if source and len(behind) <= _BEHIND else None
    return None
