"""Who passes on what others say: newspapers, agencies, stations, and whoever quotes somebody."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from analystkit import lexicons
from analystkit.layers.quotes.attribution import Attribution
from analystkit.layers.quotes.rules import noun_acts, verb_classes
from analystkit.layers.roles import Syntax

if TYPE_CHECKING:
    from analystkit.layers.quotes.speakers import Cast

#: Labels of entities that are no medium, whatever words their name has: Vicente Fox, the Washington Post's city.
_NO_MEDIA = frozenset({"PERSON", "GPE", "NORP", "LOC"})


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicons.load("reporting")["media"][name].split())


def is_medium_noun(lemma: str) -> bool:
    """Whether a noun names some newspaper, agency or station: "state radio"."""
    return lemma in _words("words")


def stands_for_a_report(lemma: str) -> bool:
    """Whether a noun may stand for whoever reported last: "the report", "the agency"."""
    return lemma in _words("reports")


def is_a_report(name: str) -> bool:
    """Whether a name is that of a study, survey or report: "the study"."""
    return bool(name) and name.lower().split()[-1] in _words("findings")


def is_medium(names: Iterable[str], label: str) -> bool:
    """Whether an entity is, by the words it goes by, a newspaper, agency or station."""
    if label in _NO_MEDIA:
        return False
    media = _words("words")
    return any(not media.isdisjoint(name.lower().replace("-", " ").split()) for name in names)


def passes_on(attribution: Attribution, syntax: Syntax) -> bool:
    """Whether whoever speaks relays the attributions within: says or shows them, and does not only hope or plan."""
    if not attribution.source:
        return False
    for i in attribution.cue:
        if syntax.words[i] in ("according", ":") or (syntax.is_verb(i) and syntax.lemmas[i] in _words("cites")):
            return True
        acts = set(verb_classes().get(syntax.lemmas[i], {}).values()) if syntax.is_verb(i) else set()
        if syntax.lemmas[i] in noun_acts() and not syntax.is_verb(i):
            acts = {noun_acts()[syntax.lemmas[i]]}
        if acts & _words("acts"):
            return True
    return False


def relays_of(attribution: Attribution, syntax: Syntax, cast: Cast) -> list[str]:
    """Media to whom, or through whom, somebody speaks.

    "told Radio Castellar", "was quoted by TASS", "said in an interview with CNN", "wrote in the Post"; "in a statement
    carried by the agency, the union denounced … and threatened …" holds for both verbs.
    """
    if not cast.media:
        return []
    taken = {*attribution.content, *attribution.source, *attribution.cue}
    found: list[str] = []
    for verb in _verbs(attribution, syntax):
        places = syntax.with_dep(verb, "obj", "iobj", "obl:agent", "nmod:unmarked", "obl:unmarked")
        places += syntax.obliques(verb, *_CHANNELS)
        for place in sorted(set(places)):
            for i in syntax.subtree(place):
                entity = cast.at(i)
                if entity in cast.media and i not in taken:
                    found.append(entity)
    return list(dict.fromkeys(found))


#: What leads to the place where, or to the one to whom, somebody speaks.
_CHANNELS = ("to", "by", "in", "on", "with", "via", "through", "from", "for", "at")


def _verbs(attribution: Attribution, syntax: Syntax) -> list[int]:
    """The verbs of the cue, with those that they complete or share their subject with."""
    verbs = [i for i in attribution.cue if syntax.is_verb(i)]
    for verb in list(verbs):
        at = verb
        for _ in range(4):  # chains are short; a bound guards against odd parses
            shares = syntax.base(at) == "conj" and syntax.own_subject(at) is None
            head = syntax.heads[at]
            if head == at or not (shares or syntax.lemmas[head] in ("quote", "cite", "report", "go")):
                break
            at = head
            if syntax.is_verb(at):
                verbs.append(at)
    return list(dict.fromkeys(verbs))


def cited(attribution: Attribution, syntax: Syntax) -> tuple[int, int] | None:
    """Whom the source itself names as the one who speaks: "the agency, quoting two officials, reported".

    Returns:
        The verb and the head of the words that name them; None where the source names nobody.
    """
    taken = {*attribution.content}
    places = [*attribution.cue, *attribution.source]
    for at in places:
        for kid in syntax.kids[at]:
            if syntax.lemmas[kid] in _words("cites") and syntax.tags[kid] == "VBG" and kid not in taken:
                objects = [i for i in syntax.with_dep(kid, "obj") if i not in taken]
                if objects:
                    return kid, objects[0]
    return None
