"""Whether a time expression lies ahead or behind, by the verb that it goes with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

#: Prepositions that tell the direction whatever the tense, and those that do unless the verb tells of the past.
_BACK, _AHEAD = frozenset({"since"}), frozenset({"until", "till", "by"})
_MODALS = frozenset({"will", "'ll", "’ll", "wo", "shall", "would", "may", "might", "could", "can", "should", "must"})
_HAVE = frozenset({"have", "has", "had", "having", "’ve", "'ve"})
#: Verbs and adjectives of what is to come, in whatever tense: "was scheduled for 3 May", "is due on 3 May".
_PLANNED = frozenset("schedule reschedule plan expect set fix adjourn slate due anticipate postpone delay loom".split())
#: What may stand between a verb and its time: "died on the night of 3 May".
_BETWEEN = frozenset({"on", "in", "at", "early", "late", "earlier", "later", "the", "of", "back", "night", "morning"})
#: What the calendar brings, so that a verb in the present before it looks ahead: "faces a vote on 3 May".
_SCHEDULED = frozenset("election elections vote referendum primary caucus runoff deadline".split())
#: Things with a date of their own, so that a verb before them does not tell: "announced a summit on 3 May".
_EVENTS = _SCHEDULED | frozenset(
    "meeting summit hearing talks conference visit game match trial launch test strike debate rally ceremony session "
    "trip wedding march parade concert speech remarks interview appearance address announcement".split()
)
#: Verbs whose past looks like their present: news tells of the past.
_ALIKE = frozenset("beat hit set cut put let cost hurt quit split spread shut burst cast bid shed thrust upset".split())
#: What a day has when markets are closed: "Tuesday's close".
_CLOSES = frozenset({"close", "closing", "session", "trading", "finish"})
#: What an infinitive lies ahead of in whatever tense: "agreed to meet on Friday", but not "began to fall on Friday".
_FORWARD = _PLANNED | frozenset(
    "agree promise vow hope want intend decide ask urge prepare threaten invite order call offer propose refuse aim "
    "seek need be ready likely poised bound vote pledge allow force push choose sign wait decision agreement proposal "
    "threat invitation refusal intention pressure deal pact permission chance time date readiness".split()
)


def tense(span: Span) -> tuple[bool | None, bool | None]:
    """Whether an expression lies ahead, and whether that is said of itself; None where the words do not tell.

    Present tense points ahead ("meets on Friday") but is never sure of it.
    """
    first, root = span[0], span.root
    before = first.doc[first.i - 1] if first.i else None
    if before is not None and before.lower_ in _BACK:
        return False, True
    past = _follows_past(first) or _is_close(span)
    found = (False, True) if past else _of_verb(root)
    if before is not None and before.lower_ in _AHEAD:
        return found if found == (False, True) else (True, True)
    return found


def _is_close(span: Span) -> bool:
    """Whether a day is one on which markets have closed ("a premium to Tuesday's close")."""
    after = span.doc[span.end : span.end + 2]
    return len(after) == 2 and after[0].lower_ in {"'s", "’s"} and after[1].lower_ in _CLOSES


def _follows_past(first: Token) -> bool:
    """Whether a verb in the past stands right before an expression: "said Saturday", "released on 3 May"."""
    doc, at = first.doc, first.i - 1
    while at > 0 and doc[at].lower_ in _BETWEEN and first.i - at < 4:
        at -= 1
    verb = doc[at] if at >= 0 else first
    if verb.tag_ == "VBD":
        return verb.lemma_ not in _PLANNED | {"be"}
    if verb.tag_ != "VBN" or verb.lemma_ in _PLANNED:
        return False
    group = {child.lower_ for child in verb.children if child.i < at}
    return not group & (_MODALS | {"to", "be", "being", "is", "are", "if", "unless", "once"})  # "if elected in June"


def _of_verb(root: Token) -> tuple[bool | None, bool | None]:
    """The tense of the nearest verb above an expression that tells one."""
    token, direct, steps = root, True, 0
    event = root.head.lower_ in _EVENTS and "subj" not in root.head.dep_  # "faces Kay in the primary on Tuesday"
    for _ in range(12):
        if token.pos_ in {"VERB", "AUX"} or _has_copula(token):
            ahead, sure = _of_group(token)
            direct = direct and steps < 2 + event and not _has_event_between(token, root, bool(ahead) and not sure)
            if ahead is not None and not (_is_infinitive(token) and not (direct and _lies_ahead(token))):
                return (ahead, sure and direct) if sure or direct or token.lemma_ in _PLANNED else (None, None)
        if token.head.i == token.i:
            break
        steps += token.dep_ != "conj"
        token = token.head
    return None, None


def _has_event_between(verb: Token, root: Token, present: bool) -> bool:
    """Whether something with a date of its own stands between a verb and an expression after it."""
    events = _EVENTS - _SCHEDULED if present else _EVENTS
    return any(token.lower_ in events for token in root.doc[verb.i + 1 : root.i])


def _is_infinitive(verb: Token) -> bool:
    """Whether a verb stands after "to", so that another word tells its time."""
    return any(child.tag_ == "TO" and child.i < verb.i for child in verb.children)


def _lies_ahead(infinitive: Token) -> bool:
    """Whether an infinitive tells of what is to come: not after a verb in the past that asks for nothing."""
    head = infinitive.head
    if head.i == infinitive.i or head.lemma_ in _FORWARD:
        return True
    while head.pos_ == "NOUN" and head.head.i != head.i:  # "made a pair of attempts to launch in May"
        head = head.head
    return head.tag_ != "VBD" and head.pos_ != "ADJ"


def _has_copula(token: Token) -> bool:
    return token.pos_ in {"ADJ", "NOUN", "ADV"} and any(
        child.lemma_ == "be" and child.pos_ == "AUX" for child in token.children
    )


def _of_group(verb: Token) -> tuple[bool | None, bool]:
    """By form and auxiliaries whether a verb speaks of what is to come, and whether that is sure."""
    group = [child for child in verb.children if child.i < verb.i and _helps(child)] + [verb]
    words = {token.lower_ for token in group}
    if words & _HAVE:
        return False, True
    if words & _MODALS or any(token.tag_ == "TO" for token in group):
        return True, True
    if verb.lemma_ in _PLANNED:
        return True, False
    for token in group:
        if token.tag_ == "VBD":
            return False, True
        if token.tag_ == "VBP" and token.lower_ in _ALIKE:
            return False, False
        if token.tag_ in {"VBZ", "VBP"}:
            return True, False
    return None, False


def _helps(child: Token) -> bool:
    """Whether a word before a verb is one of its auxiliaries, or "to"; no noun that was taken for a verb."""
    return child.pos_ in {"AUX", "PART"} or (child.pos_ == "VERB" and child.dep_.startswith("aux"))
