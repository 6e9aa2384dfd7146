"""`analystkit_questions`: what is asked in an article, by whom, and what stays without an answer.

A mark's label is `asked` (with a question mark), `reported` ("asked whether …"), `unanswered` ("declined to say how …",
"did not respond to a request for comment") or `open` ("it is unclear whether …"). `who` asks, or does not answer; for a
question within somebody's words it is the speaker. Questions with a question mark need `analystkit_quotes` only to tell
whose they are; the others need a parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from analystkit import lexicons
from analystkit.layers.extra import layer, mark
from analystkit.layers.roles import Syntax, syntax_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

Mark = dict[str, Any]

_OPENING = frozenset('“"‘«„')
_CLOSING = frozenset('”"’»“')
#: How many of a hundred were right among 79 read by eye in news that the rules were not written on, rounded down.
_CONFIDENCE = {"asked": 0.95, "reported": 0.8, "unanswered": 0.85, "open": 0.85}


def find(doc: Doc) -> Iterator[Mark]:
    """The questions of a Doc."""
    syntax = syntax_of(doc)
    yield from _asked(doc, syntax)
    if syntax.parsed:
        taken: set[int] = set()
        for i in [i for i, lemma in enumerate(syntax.lemmas) if lemma in _cues()]:
            found = _indirect(doc, syntax, i) or _silence(doc, syntax, i)
            if found and found[0] not in taken:
                taken.add(found[0])
                yield found[1]


make_questions = layer("questions", find, one="question", about="what is asked, by whom, and what stays open")


def _asked(doc: Doc, syntax: Syntax) -> Iterator[Mark]:
    """Sentences, or their quoted part, up to a question mark."""
    for i, word in enumerate(syntax.words):
        if word != "?" or (i and syntax.words[i - 1] == "?"):
            continue
        start = syntax.sentences[syntax.sentence[i]][0]
        opening = [k for k in range(start, i) if syntax.words[k] in _OPENING]
        start = opening[-1] + 1 if opening else start
        while start < i and (syntax.blank[start] or syntax.words[start] in _CLOSING):
            start += 1
        if start < i:
            span = doc[start : i + 1]
            yield _mark(span, "asked", "a question mark", _speaker(doc, span.start_char, span.end_char))


def _indirect(doc: Doc, syntax: Syntax, word: int) -> tuple[int, Mark] | None:
    """A clause that hangs on a word of asking, of not telling or of not being clear; and that word."""
    clause = next((kid for kid in syntax.kids[word] if _is_question(syntax, kid)), None)
    if clause is None:
        return None
    doer = word
    if _is(syntax, word, "asking"):
        label, cue = "reported", [word]
    elif _is(syntax, word, "telling"):
        if syntax.base(word) == "xcomp" and _is(syntax, syntax.heads[word], "refusing"):
            doer = syntax.heads[word]
        elif not syntax.is_negated(word):
            return None
        label, cue = "unanswered", [*syntax.verb_group(doer), word]
    elif _is(syntax, word, "open") or (_is(syntax, word, "settled") and syntax.is_negated(word)):
        label, cue = "open", syntax.verb_group(word)
    elif syntax.lemmas[word] == "see" and syntax.lemmas[syntax.heads[word]] == "remain":
        label, cue = "open", [syntax.heads[word], word]
    else:
        return None
    words = [i for i in syntax.subtree(clause) if not syntax.blank[i]]
    first = next(i for i in words if syntax.words[i] in _words("openers"))
    last = max(words)
    while last > first and syntax.pos[last] == "PUNCT":
        last -= 1
    return word, _mark(doc[first : last + 1], label, _quoted(doc, cue), _doer(doc, syntax, doer))


def _silence(doc: Doc, syntax: Syntax, verb: int) -> tuple[int, Mark] | None:
    """A refusal to speak that does not tell the question: "declined to comment"; and its verb."""
    if not syntax.is_verb(verb):
        return None
    if _is(syntax, verb, "refusing"):
        telling = [kid for kid in syntax.complements(verb) if _is(syntax, kid, "telling")]
        if not telling or any(_is_question(syntax, kid) for kid in syntax.kids[telling[0]]):
            return None
        words = [*syntax.verb_group(verb), *syntax.subtree(telling[0])]
    elif _is(syntax, verb, "replying") and syntax.is_negated(verb) and not syntax.is_passive(verb):
        what = [i for kid in syntax.obliques(verb, "to", "on") for i in syntax.subtree(kid)]
        words = [*syntax.verb_group(verb), *what]
    else:
        return None
    cue = _quoted(doc, syntax.verb_group(verb))
    return verb, _mark(doc[min(words) : max(words) + 1], "unanswered", cue, _doer(doc, syntax, verb))


def _is_question(syntax: Syntax, clause: int) -> bool:
    """Whether a clause is an indirect question: it completes its head and opens with a question word."""
    if syntax.base(clause) not in ("ccomp", "csubj", "acl", "advcl", "xcomp") or syntax.deps[clause] == "acl:relcl":
        return False
    words = [i for i in syntax.subtree(clause) if not syntax.blank[i] and syntax.pos[i] != "PUNCT"]
    opener = next((i for i in words[:2] if syntax.words[i] in _words("openers")), None)
    if opener is None or clause < syntax.heads[clause]:
        return False
    return syntax.base(clause) != "advcl" or syntax.words[opener] == "whether"


def _doer(doc: Doc, syntax: Syntax, word: int) -> tuple[int, int] | None:
    """The words for who asks or does not tell, in code points; None for "it" and nobody."""
    passive = syntax.is_passive(word) or (syntax.tags[word] == "VBN" and not syntax.with_dep(word, "nsubj", "aux"))
    subject = syntax.agent(word) if passive else syntax.subject(word)
    if subject is None or syntax.base(subject) in ("csubj", "expl") or syntax.words[subject] in ("it", "there"):
        return None
    phrase = syntax.noun_phrase(subject)
    return doc[phrase[0]].idx, doc[phrase[-1]].idx + len(doc[phrase[-1]])


def _speaker(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """The words for whose the innermost quote around a stretch is."""
    around = [
        (stop - begin, quote)
        for quote in doc._.quotes or ()
        for begin, stop in quote["content"]
        if begin < end and start < stop
    ]
    if not around:
        return None
    quote = min(around, key=lambda pair: pair[0])[1]
    if quote["source"]:
        return tuple(quote["source"][0])
    mentions = [e["mentions"][0] for e in doc._.entities or () if e["id"] == quote["speaker"]]
    return (mentions[0]["start"], mentions[0]["end"]) if mentions else None


def _mark(span: Any, label: str, why: str, who: tuple[int, int] | None) -> Mark:
    return mark(span, label=label, why=why, confidence=_CONFIDENCE[label], who=who)


def _quoted(doc: Doc, words: list[int]) -> str:
    return f"“{doc[min(words) : max(words) + 1].text}”"


def _is(syntax: Syntax, i: int, words: str) -> bool:
    """Whether a word is one of a list of the lexicon; lemmatizers cut an e too many ("declin")."""
    return syntax.lemmas[i] in _words(words) or f"{syntax.lemmas[i]}e" in _words(words)


@cache
def _cues() -> frozenset[str]:
    """Lemmas that a question can hang on; the other words, nearly all, need not be looked at."""
    lists = ("asking", "telling", "open", "settled", "refusing", "replying")
    words = frozenset[str]().union(*map(_words, lists))
    return words | {word[:-1] for word in words if word.endswith("e")} | {"see"}


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicons.load("questions")[name].split())
