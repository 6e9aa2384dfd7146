"""Syntax, read through one place: what role a token plays, for Universal Dependencies and for CLEAR.

The shipped pipeline speaks Universal Dependencies (`nsubj:pass`, `obl`), spaCy's own English pipelines
speak CLEAR (`nsubjpass`, `prep` + `pobj`). Everything here works on both, and on a Doc without a parse it
finds nothing rather than raise.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubj:outer", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "nsubjpass", "csubj:pass", "csubjpass"})
OBJECTS = frozenset({"obj", "dobj", "iobj", "dative"})
APPOSITIONS = frozenset({"appos"})
CONJUNCTS = frozenset({"conj"})
POSSESSORS = frozenset({"nmod:poss", "poss"})
#: Labels that keep a word inside the name or noun phrase of its head, to the left of it.
LEFT_OF_NOUN = frozenset(
    {"det", "amod", "compound", "nummod", "nmod:poss", "poss", "flat", "flat:name", "nmod:desc", "nn"}
    | {"quantmod", "predet", "det:predet", "case", "punct", "advmod", "nmod", "npadvmod", "nmod:unmarked"}
)
#: Labels that glue the parts of a name or of a title and a name.
GLUE = frozenset({"compound", "flat", "flat:name", "nmod:desc", "nn"})


def is_parsed(token: Token) -> bool:
    """Whether the token's Doc has a dependency parse."""
    return bool(token.doc.has_annotation("DEP"))


def is_subject(token: Token, *, passive: bool = True) -> bool:
    """Whether the token is the subject of a clause; with `passive`, of a passive one too."""
    return token.dep_ in SUBJECTS or (passive and token.dep_ in PASSIVE_SUBJECTS)


def is_object(token: Token) -> bool:
    """Whether the token is a direct or indirect object."""
    return token.dep_ in OBJECTS


def preposition(token: Token) -> Token | None:
    """The preposition before a noun ("to" in "flew to Moscow"); None where there is none."""
    if token.dep_ == "pobj":
        return token.head
    for child in token.children:
        if child.dep_ == "case" and child.i < token.i and child.tag_ != "POS":
            return child
    # The second of two coordinated nouns shares the preposition of the first.
    if token.dep_ in CONJUNCTS and token.head.i < token.i:
        return preposition(token.head)
    return None


def governor(token: Token) -> Token:
    """The word that a noun depends on, past its preposition and past coordination."""
    while token.dep_ in CONJUNCTS and token.head is not token:
        token = token.head
    return token.head.head if token.dep_ == "pobj" else token.head


def copula_subject(token: Token) -> Token | None:
    """The subject that a predicate noun is said of ("Kim" for "leader" in "Kim is the leader")."""
    if token.dep_ == "attr":  # CLEAR: the copula is the head
        return next((child for child in token.head.children if is_subject(child)), None)
    if any(child.dep_ == "cop" for child in token.children):
        return next((child for child in token.children if is_subject(child)), None)
    return None


def appositive(token: Token) -> Token | None:
    """The noun that a noun stands in apposition to, as its head; None where it does not."""
    return token.head if token.dep_ in APPOSITIONS else None


def left_edge(token: Token) -> int:
    """Where the phrase of a noun begins on its left: determiner, adjectives, possessor; a token position."""
    start = token.i
    while start > 0 and _belongs_left(token.doc[start - 1], token):
        start -= 1
    while start < token.i and (token.doc[start].is_punct or token.doc[start].is_space):
        start += 1
    return start


def _belongs_left(word: Token, noun: Token) -> bool:
    """Whether a word before a noun hangs on it through labels that stay inside a noun phrase."""
    steps = 0
    while word != noun:
        if word.dep_ not in LEFT_OF_NOUN or word.is_space or steps > 4:
            return False
        if word.dep_ == "case" and word.tag_ != "POS":  # a preposition is outside
            return False
        word, steps = word.head, steps + 1
    return True


def conjuncts(token: Token) -> Iterator[Token]:
    """The nouns coordinated with a noun, itself excluded."""
    yield from token.conjuncts
