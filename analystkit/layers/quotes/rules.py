"""Find attributions by rules: a reporting word of the lexicon, and what the grammar hangs on it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from analystkit import lexicons
from analystkit.layers.quotes.attribution import BRIDGES, MARKS, Attribution, Passage, Quoted, complete
from analystkit.layers.roles import Syntax


@cache
def verb_classes() -> dict[str, dict[str, str]]:
    """Reporting verbs: lemma -> what it takes ("quote", "clause", "infinitive", "object") -> the act."""
    found: dict[str, dict[str, str]] = {}
    for table in lexicons.load("reporting").values():
        for verb in table["verbs"].split() if "takes" in table else ():
            entry = found.setdefault(verb, {})
            for complement in table["takes"]:
                entry.setdefault(complement, table["act"])
    return found


@cache
def phrasal_verbs() -> frozenset[str]:
    """Verbs that relay words only with their particle: "go on"."""
    return frozenset(lexicons.load("reporting")["phrasal"]["verbs"])


@cache
def noun_acts() -> dict[str, str]:
    """Reporting nouns: lemma -> the act."""
    nouns = lexicons.load("reporting")["nouns"]
    return {noun: act for act, listed in nouns.items() for noun in listed.split()}


@cache
def not_reports() -> tuple[frozenset[str], frozenset[str]]:
    """Verbs, and infinitives after them, that say that nothing was said: "declined", "to comment"."""
    table = lexicons.load("reporting")["not_reports"]
    return frozenset(table["verbs"].split()), frozenset(table["infinitives"].split())


@cache
def how_much() -> frozenset[str]:
    """Words for how much somebody says, in the place of what: "said nothing"."""
    return frozenset(lexicons.load("reporting")["not_reports"]["how_much"].split())


@cache
def hearers() -> frozenset[str]:
    """Bodies before which people speak: "a court heard"."""
    return frozenset(lexicons.load("reporting")["voices"]["hearers"].split())


@cache
def unnamed() -> frozenset[str]:
    """What those ask for, or are granted, who speak without their name: not to be "named"."""
    return frozenset(lexicons.load("reporting")["not_reports"]["unnamed"].split())


def find(syntax: Syntax, quoted: Quoted, words: Iterable[int] | None = None) -> list[Attribution]:
    """All attributions that the rules see, in the order of their cues.

    Args:
        syntax: The parse.
        quoted: The quotations.
        words: Where to look for cues; None for everywhere.
    """
    found: list[Attribution] = []
    verbs, nouns = verb_classes(), noun_acts()
    for i in range(len(syntax)) if words is None else words:
        if syntax.blank[i]:
            continue
        if syntax.lemmas[i] in verbs and syntax.is_verb(i):
            made = _verb(syntax, quoted, i, verbs[syntax.lemmas[i]])
        elif syntax.lemmas[i] in nouns and syntax.pos[i] in ("NOUN", ""):
            made = _noun(syntax, quoted, i, nouns[syntax.lemmas[i]])
        elif syntax.words[i] == "according" and i + 1 < len(syntax) and syntax.words[i + 1] == "to":
            made = _according(syntax, quoted, i)
        else:
            continue
        if made is not None and made.content:
            found.append(made)
    _take_in_followers(found, syntax, quoted)
    return found


def _take_in_followers(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> None:
    """Give each speaker the quoted sentences that follow in the paragraph and that nobody else claims."""
    owner = {quoted.at[i]: item for item in found for i in item.content if quoted.at[i] >= 0}
    claimed = set(owner)
    speaking: Attribution | None = None
    for n, passage in enumerate(quoted.passages):
        if passage.depth:
            continue
        if n in claimed:
            speaking = owner[n]
            continue
        at = passage.start - 1
        while at > 0 and syntax.blank[at]:
            at -= 1
        together = speaking is not None and syntax.paragraph[speaking.content[-1]] == syntax.paragraph[passage.start]
        if together and speaking and syntax.words[at] in BRIDGES | MARKS and not passage.continues:
            speaking.content = sorted({*speaking.content, *range(passage.start, passage.end)})


# -- without a parse

_SPOKEN = frozenset("said says told tells wrote asked added saying explained replied noted".split())
_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "who"})


def find_unparsed(syntax: Syntax, quoted: Quoted) -> list[Attribution]:
    """Direct quotes beside the commonest reporting words, where there is no parse to tell more."""
    found = []
    for passage in quoted.passages:
        if passage.depth or passage.words < 3:
            continue
        near = [
            i
            for i in (*range(passage.end, passage.end + 9), *range(passage.start - 1, passage.start - 9, -1))
            if 0 <= i < len(syntax)
            and syntax.paragraph[i] == syntax.paragraph[passage.start]
            and syntax.words[i] in _SPOKEN
            and quoted.at[i] < 0
        ]
        if near:
            content = list(range(passage.start, passage.end))
            why = f"speech: “{syntax.words[near[0]]}” near the quotation (no parse)"
            found.append(Attribution([near[0]], named(syntax, quoted, near[0]), content, 0.4, why))
    return found


def named(syntax: Syntax, quoted: Quoted, verb: int) -> list[int]:
    """The name or pronoun right beside a verb: "Ann Lee said", "said Ann Lee"."""
    for step in (-1, 1):
        words: list[int] = []
        at = verb + step
        while 0 <= at < len(syntax) and quoted.at[at] < 0 and (syntax.capital[at] or syntax.words[at] in _PRONOUNS):
            words.append(at)
            at += step
        if words:
            return sorted(words)
    return []


# -- verbs


def _verb(syntax: Syntax, quoted: Quoted, verb: int, takes: dict[str, str]) -> Attribution | None:
    source = _source(syntax, verb)
    clause = _clause(syntax, verb)
    content, how = _content(syntax, quoted, verb, takes, clause, source)
    if not content:
        return None
    cue = syntax.verb_group(verb)
    content = complete(content, cue, source, syntax, quoted)
    act = next((takes[kind] for kind in (how, "clause", "quote", "infinitive") if kind in takes), "speech")
    why = f"{act}: “{syntax.words[verb]}” with {_HOW[how]}"
    return Attribution(cue, source, content, 0.8 if how == "quote" else 0.6, why)


_HOW = {
    "quote": "quoted words beside it",
    "clause": "the clause that completes it",
    "infinitive": "the infinitive that completes it",
    "object": "its object",
    "remark": "the sentence around it",
}


def _source(syntax: Syntax, verb: int) -> list[int]:
    head = syntax.agent(verb) if syntax.is_passive(verb) else syntax.subject(verb)
    if head is None and syntax.deps[verb] in ("amod", "acl") and syntax.tags[verb] == "VBG":
        head = syntax.heads[verb]
    if head is None or syntax.deps[head] == "expl":
        return []
    return syntax.noun_phrase(head)


def _clause(syntax: Syntax, verb: int) -> list[int]:
    """The verb with what belongs to it besides its content: subject, addressee, time."""
    content = ("ccomp", "xcomp", "parataxis", "advcl", "conj", "dep")
    return syntax.subtree(verb, [kid for kid in syntax.kids[verb] if syntax.base(kid) in content])


def _content(
    syntax: Syntax, quoted: Quoted, verb: int, takes: dict[str, str], clause: list[int], source: list[int]
) -> tuple[list[int], str]:
    """The words that a verb relays, and by which construction."""
    beside = _beside(syntax, quoted, verb, clause) if "quote" in takes else None
    if beside and syntax.is_passive(verb) and syntax.sentence[beside.start] != syntax.sentence[verb]:
        beside = None  # "when it was read to her. “He taught me.”"
    for kid in sorted(syntax.complements(verb), key=lambda k: syntax.base(k) != "ccomp"):
        infinitive = syntax.base(kid) == "xcomp"
        if ("infinitive" if infinitive else "clause") not in takes and not (beside and not infinitive):
            continue
        if infinitive and syntax.lemmas[verb] == "decline":
            continue
        words = [i for i in syntax.subtree(kid) if i not in clause]
        kind = "infinitive" if infinitive else "clause"
        if beside is not None:
            return sorted({*words, *range(beside.start, beside.end)}), "quote"
        return words, kind
    if beside is not None:
        return list(range(beside.start, beside.end)), "quote"
    if "quote" in takes and _is_remark(syntax, verb):
        start, end = syntax.sentences[syntax.sentence[verb]]
        inside = set(range(min(clause), max(clause) + 1))
        return [i for i in range(start, end) if i not in inside], "remark"
    if "object" in takes:
        for kid in syntax.with_dep(verb, "obj") or (syntax.with_dep(verb, "nsubj:pass")):
            if kid not in source:
                return syntax.subtree(kid), "object"
    return [], ""


def _is_remark(syntax: Syntax, verb: int) -> bool:
    """Whether "he said" is put into or after a sentence that it reports: "It rains, he said"."""
    subject = syntax.own_subject(verb)
    if subject is None or syntax.base(verb) not in ("parataxis", "ccomp", "advcl", "conj", "root", "dep"):
        return False
    first = min(subject, verb)
    while first > 0 and first - 1 in syntax.subtree(subject):
        first -= 1
    start, _ = syntax.sentences[syntax.sentence[verb]]
    return first > start + 2 and syntax.words[first - 1] in (",", "—", "--", "–", "-", ";")


def _beside(syntax: Syntax, quoted: Quoted, verb: int, clause: list[int]) -> Passage | None:
    """The quotation that stands right before or after the clause of a verb."""
    low, high = min(clause), max(clause)
    # The parser may stretch a clause over a quotation: only what is joined to the verb counts.
    while low < verb and (quoted.at[low] >= 0) and quoted.at[low] != quoted.at[verb]:
        low += 1
    while high > verb and (quoted.at[high] >= 0) and quoted.at[high] != quoted.at[verb]:
        high -= 1
    paragraph = syntax.paragraph[verb]
    for step, at in ((1, high + 1), (-1, low - 1)):
        while 0 <= at < len(syntax) and (
            syntax.blank[at] or (syntax.words[at] in BRIDGES | {"that", "and"} and quoted.at[at] < 0)
        ):
            at += step
        if 0 <= at < len(syntax) and quoted.at[at] >= 0 and quoted.at[at] != quoted.at[verb]:
            passage = quoted.passages[quoted.at[at]]
            near = syntax.paragraph[at] == paragraph or (step > 0 and syntax.words[high] == ":")
            if (
                near
                and syntax.words[at] in MARKS
                and (passage.words > 3 or syntax.sentence[at] == syntax.sentence[verb])
            ):
                return passage
    return None


# -- nouns and prepositions


def _noun(syntax: Syntax, quoted: Quoted, noun: int, act: str) -> Attribution | None:
    clauses = syntax.complements(noun)
    clauses = [kid for kid in clauses if syntax.tags[kid] not in ("VBN",) and kid > noun]
    if not clauses:
        return None
    owner = syntax.owner(noun)
    source = syntax.noun_phrase(owner) if owner is not None else []
    content = complete(syntax.subtree(clauses[0]), [noun], source, syntax, quoted)
    return Attribution([noun], source, content, 0.5, f"{act}: the noun “{syntax.words[noun]}” with its clause")


def _according(syntax: Syntax, quoted: Quoted, first: int) -> Attribution | None:
    source_head = syntax.heads[first]
    if source_head <= first:
        return None
    source = [i for i in syntax.noun_phrase(source_head) if i > first + 1]
    aside = syntax.subtree(source_head)
    start, end = syntax.sentences[syntax.sentence[first]]
    content = [i for i in range(start, end) if i < min(aside) or i > max(aside)]
    cue = [first, first + 1]
    content = complete(content, cue, source, syntax, quoted)
    return Attribution(cue, source, content, 0.6, "speech: “according to” beside the sentence")
