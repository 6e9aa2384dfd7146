"""`analystkit_accounts`: what different sources say about the same matter.

Reads `doc._.quotes`, `doc._.entities` and `doc._.stances` and writes `doc._.accounts`, a list of dictionaries:

    {"id": "a1", "matter": "visit", "entity": "e9"|null, "statements": ["q1", "q4"],
     "chains": [["e1"], ["e5", "e7"]],
     "differences": [{"statements": ["q1", "q4"], "kind": "negation", "evidence": [[s, e], [s, e]],
                      "confidence": 0.5, "why": "…"}],
     "why": "…"}

`chains` names, for each statement, its speaker and those who relay it, in this order. Two accounts that pull apart
are a suggestion to read both, never a verdict on either: both may be true, and neither need be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from analystkit.layers import extensions
from analystkit.layers.roles import Syntax
from analystkit.layers.stances.features import stem_of
from analystkit.layers.stances.lexicon import lexicon

extensions.register()

#: Who speaks or acts is not what is spoken of: such entities alone do not make a matter.
_ACTORS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC"})
#: A word that more than this share of the statements has is the article's subject, not one matter in it.
_COMMON = 0.5
#: What more than this share of the statements speaks of tells nothing of any two of them.
_USUAL = 0.25


@dataclass(slots=True)
class _Statement:
    quote: dict[str, Any]
    tokens: list[int]
    #: key of a matter -> the token that speaks of it
    keys: dict[str, int] = field(default_factory=dict)
    #: everything that it speaks of: entities, and stems of words with meaning
    bag: set[str] = field(default_factory=set)

    @property
    def source(self) -> str | None:
        speaker: str | None = self.quote["speaker"]
        return speaker


@Language.factory("analystkit_accounts", assigns=["doc._.accounts"], retokenizes=False)
def make_accounts(nlp: Language, name: str) -> Accounts:
    """The factory behind `nlp.add_pipe("analystkit_accounts")`."""
    return Accounts()


class Accounts:
    """The component; it has no state and no settings."""

    def __call__(self, doc: Doc) -> Doc:
        """Group the attributions of a Doc by what they are about."""
        if not doc._.quotes:
            doc._.accounts = []
            return doc
        syntax = Syntax(doc)
        statements = [_statement(doc, syntax, quote) for quote in doc._.quotes if quote["speaker"]]
        entities = {entity["id"]: entity for entity in doc._.entities or ()}
        _find_keys(doc, syntax, statements, entities)
        accounts: list[dict[str, Any]] = []
        for matter, members in _matters(statements, syntax, entities):
            differences = [
                difference
                for one, other in combinations(members, 2)
                if one.source != other.source
                for difference in _differences(doc, syntax, matter, one, other)
            ]
            entity = entities.get(matter)
            name = entity["name"] if entity else doc[members[0].keys[matter]].text.lower()
            accounts.append(
                {
                    "id": f"a{len(accounts) + 1}",
                    "matter": name,
                    "entity": matter if entity else None,
                    "statements": [one.quote["id"] for one in members],
                    "chains": [[one.quote["speaker"], *one.quote["via"]] for one in members],
                    "differences": differences,
                    "why": f"{len({one.source for one in members})} sources speak of “{name}”",
                }
            )
        doc._.accounts = accounts
        return doc


def _statement(doc: Doc, syntax: Syntax, quote: dict[str, Any]) -> _Statement:
    found = []
    for start, end in quote["content"]:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            found += [i for i in range(span.start, span.end) if not syntax.blank[i]]
    return _Statement(quote, found)


def _find_keys(doc: Doc, syntax: Syntax, statements: list[_Statement], entities: dict[str, dict[str, Any]]) -> None:
    """What each statement speaks of: things with a name or mentioned again, and common nouns."""
    things: dict[int, str] = {}
    actors: dict[int, str] = {}
    for entity in entities.values():
        for mention in entity["mentions"]:
            span = doc.char_span(mention["start"], mention["end"], alignment_mode="expand")
            if span is None:
                continue
            if entity["label"] in _ACTORS:
                actors |= dict.fromkeys(range(span.start, span.end), entity["id"])
            else:
                things[span.root.i] = entity["id"]
    lists = lexicon().groups
    matterless = {stem_of(word) for word in lists["matterless"] | lists["people"] | lists["times"]}
    for statement in statements:
        for i in statement.tokens:
            if i in things:
                statement.keys.setdefault(things[i], i)
            elif syntax.pos[i] == "NOUN" and i not in actors and len(syntax.words[i]) > 3:
                stem = stem_of(syntax.words[i])
                if stem not in matterless and (stem not in statement.keys or _modifies(syntax, statement.keys[stem])):
                    statement.keys[stem] = i
            if i in actors or i in things:
                statement.bag.add(actors.get(i) or things[i])
            elif syntax.pos[i] in ("NOUN", "VERB", "ADJ"):
                statement.bag.add(stem_of(syntax.words[i]))


def _modifies(syntax: Syntax, i: int) -> bool:
    """Whether a word only tells what sort of thing another is: the casino in "casino jobs"."""
    return syntax.base(i) in ("compound", "amod", "fixed")


def _matters(
    statements: list[_Statement], syntax: Syntax, entities: Container[str]
) -> Iterator[tuple[str, list[_Statement]]]:
    """Matters of which at least two sources speak, those that gather most first; each set of statements once."""
    groups: dict[str, list[_Statement]] = {}
    for statement in statements:
        for key in statement.keys:
            groups.setdefault(key, []).append(statement)
    most = max(3, int(_COMMON * len(statements)))
    counts = Counter(thing for statement in statements for thing in statement.bag)
    usual = {thing for thing, count in counts.items() if count > max(3, _USUAL * len(statements))}
    good = [
        (key, members)
        for key, members in groups.items()
        if 2 <= len(members) <= most and _is_shared(key, members, syntax, usual, named=key in entities)
    ]
    good.sort(key=lambda item: -len(item[1]))
    given: list[set[int]] = []
    for key, members in good:
        ids = {id(one) for one in members}
        if not any(ids <= earlier for earlier in given):
            given.append(ids)
            yield key, members


def _is_shared(matter: str, members: list[_Statement], syntax: Syntax, usual: set[str], *, named: bool) -> bool:
    """Whether two sources speak of the matter, and do not just happen to use the word.

    They do if it is a thing of its own in the article, if it is what both sentences are about, or if they have more
    than the word in common, beside what the whole article speaks of. One of them has to name it, not only what is of
    its sort.
    """
    if not named and all(_modifies(syntax, one.keys[matter]) for one in members):
        return False
    for a, b in combinations(members, 2):
        if a.source != b.source:
            central = all(syntax.base(one.keys[matter]) in ("nsubj", "obj") for one in (a, b))
            if named or central or (a.bag & b.bag) - usual - {matter}:
                return True
    return False


def _differences(doc: Doc, syntax: Syntax, matter: str, one: _Statement, other: _Statement) -> Iterator[dict[str, Any]]:
    """Signs that two accounts of a matter pull apart, the strongest only."""
    for find in (_opposed, _denied, _opposite_words, _negated):
        difference = find(doc, syntax, matter, one, other)
        if difference is not None:
            kind, words, confidence, why = difference
            yield {
                "statements": [one.quote["id"], other.quote["id"]],
                "kind": kind,
                "evidence": [list(span) for span in words],
                "confidence": confidence,
                "why": why,
            }
            return


_Sign = tuple[str, list[tuple[int, int]], float, str]


def _opposed(doc: Doc, syntax: Syntax, matter: str, one: _Statement, other: _Statement) -> _Sign | None:
    """One is for it and the other against."""
    for a in _stances(doc, one):
        for b in _stances(doc, other):
            same = a["target"] is not None and a["target"] == b["target"]
            same = same or (_speaks_of(doc, a, matter) and _speaks_of(doc, b, matter))
            if same and {a["polarity"], b["polarity"]} == {"positive", "negative"}:
                confidence = round(min(a["confidence"], b["confidence"]), 2)
                words = [(a["evidence"][0], a["evidence"][1]), (b["evidence"][0], b["evidence"][1])]
                return "stance", words, confidence, f"one is {a['polarity']}, the other {b['polarity']}"
    return None


def _stances(doc: Doc, statement: _Statement) -> list[dict[str, Any]]:
    return [stance for stance in doc._.stances or () if stance["quote"] == statement.quote["id"]]


def _speaks_of(doc: Doc, stance: dict[str, Any], matter: str) -> bool:
    if stance["target"] == matter:
        return True
    start, end = stance["target_span"]
    span = doc.char_span(start, end, alignment_mode="expand")
    return span is not None and stem_of(span.root.lower_) == matter


def _denied(doc: Doc, syntax: Syntax, matter: str, one: _Statement, other: _Statement) -> _Sign | None:
    """One denies what the other says."""
    for denier, sayer in ((one, other), (other, one)):
        for start, end in denier.quote["cue"]:
            cue = doc.char_span(start, end, alignment_mode="expand")
            if cue is not None and any(t.lower_ in lexicon().groups["denying_verbs"] for t in cue):
                said = doc[sayer.keys[matter]]
                words = [(start, end), (said.idx, said.idx + len(said))]
                return "denial", words if denier is one else words[::-1], 0.5, f"one source {cue.text} it"
    return None


def _opposite_words(doc: Doc, syntax: Syntax, matter: str, one: _Statement, other: _Statement) -> _Sign | None:
    """The two speak of it in opposite words: accept and reject."""
    near = {syntax.words[i]: i for i in _around(syntax, one, matter)}
    for i in _around(syntax, other, matter):
        for word in lexicon().opposites.get(syntax.words[i], ()):
            same = word in near and syntax.is_verb(i) == syntax.is_verb(near[word])
            if same and _is_negated(syntax, i) == _is_negated(syntax, near[word]):
                words = [_offsets(doc, near[word]), _offsets(doc, i)]
                return "opposites", words, 0.6, f"“{word}” and “{syntax.words[i]}”"
    return None


def _negated(doc: Doc, syntax: Syntax, matter: str, one: _Statement, other: _Statement) -> _Sign | None:
    """One says that it is, the other that it is not; or one accepts what the other says is not."""
    a, b = _predicate(syntax, one.keys[matter]), _predicate(syntax, other.keys[matter])
    if _is_negated(syntax, a) == _is_negated(syntax, b):
        return None
    same = stem_of(syntax.words[a]) == stem_of(syntax.words[b])
    (no, of), yes = ((a, one), b) if _is_negated(syntax, a) else ((b, other), a)
    moved = any(f.kind == "move" and f.sign > 0 for f in lexicon().frames.get((syntax.words[yes], "verb"), ()))
    if not same and not (moved and syntax.base(of.keys[matter]) == "nsubj" and syntax.heads[of.keys[matter]] == no):
        return None
    words = [_offsets(doc, a), _offsets(doc, b)]
    return "negation", words, 0.65 if same else 0.4, "one of the two says it in the negative"


def _around(syntax: Syntax, statement: _Statement, matter: str) -> list[int]:
    """The words of a statement that stand in the same clause as its matter."""
    clause = set(syntax.subtree(_predicate(syntax, statement.keys[matter])))
    return [i for i in statement.tokens if i in clause]


def _predicate(syntax: Syntax, i: int) -> int:
    """The verb, or whatever else heads the clause, that a word belongs to."""
    if any(syntax.base(k) == "cop" for k in syntax.kids[i]):
        return i
    for up in syntax.ancestors(i):
        if syntax.is_verb(up) or any(syntax.base(k) == "cop" for k in syntax.kids[up]):
            return up
    return i


def _is_negated(syntax: Syntax, i: int) -> bool:
    return any(syntax.words[k] in lexicon().groups["negators"] for k in syntax.kids[i])


def _offsets(doc: Doc, i: int) -> tuple[int, int]:
    return doc[i].idx, doc[i].idx + len(doc[i])
