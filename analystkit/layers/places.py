"""Places that stand for those who govern there: "Moscow and Pyongyang have drawn closer"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analystkit import lexicons
from analystkit.layers import countries, syntax
from analystkit.layers.names import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Token

    from analystkit.layers.mentions import Mention


def mark_metonyms(doc: Doc, mentions: Iterable[Mention]) -> None:
    """Set `metonym` and the country on capitals that act as governments do.

    Only where the article also names the country or its people: without that, the capital may be meant as a
    town, or belong to some other country. The dateline is never a metonym.
    """
    found = list(mentions)
    spoken_of = {mention.country for mention in found if mention.country}
    for mention in found:
        if mention.label not in {"GPE", "ORG", "LOC"} or mention.country or "dateline" in mention.why:
            continue
        known = countries.find(mention.text)
        if known is None or known[1] != "capital" or known[0].code not in spoken_of:
            continue
        reason = _acts(doc[mention.start : mention.end].root)
        if reason:
            mention.label, mention.metonym = "GPE", True
            mention.country, mention.role = known[0].code, "capital"
            mention.why = f"the capital stands for the government: {reason}"
            mention.confidence = min(mention.confidence, 0.75)


def _acts(token: Token) -> str:
    """Why a place acts as a government does here; "" where it is just a place."""
    lexicon = lexicons.read("metonyms")
    preposition = syntax.preposition(token)
    if preposition is not None:
        noun = syntax.governor(token)
        if preposition.lower_ in lexicon["between"] and plain(noun.lemma_) in lexicon["relations"]:
            return f"“{noun.text} {preposition.text} …”"
        return ""
    if token.dep_ in syntax.POSSESSORS or token.dep_ == "compound":
        noun = token.head
        return f"“…’s {noun.text}”" if noun.i > token.i and plain(noun.lemma_) in lexicon["acts"] else ""
    while token.dep_ in syntax.CONJUNCTS and token.head is not token:
        token = token.head
    if syntax.is_subject(token, passive=False):
        verb = token.head
        copular = any(child.dep_ == "cop" for child in verb.children) or verb.lemma_ == "be"
        if (
            verb.pos_ in {"VERB", "NOUN", "ADJ"}
            and not copular
            and plain(verb.lemma_) not in lexicon["not_acts"]
        ):
            return f"subject of “{verb.text}”"
    return ""
