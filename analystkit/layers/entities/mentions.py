"""What a mention is, before it becomes a record of the JSON form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from analystkit.layers.entities.scene import Scene
    from analystkit.layers.roles import Syntax

#: Labels of entity recognisers that are names; their others are times and amounts.
NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART"})


@dataclass(eq=False)
class Mention:
    """A span that names, describes or refers to an entity; positions are tokens, `[start, end)`.

    Attributes:
        label: Kind of entity.
        text: Its words.
        kind: `name`, `nominal` or `pronoun`.
        why: What it rests on.
        confidence: How sure it is a mention of that kind, and of the entity it is joined to.
        title: The title before a person's name.
        country: Code of the country that it names, or whose people or capital it names.
        role: For a country: `name`, `demonym` or `capital`.
        metonym: A capital that stands for its government.
    """

    start: int
    end: int
    label: str
    text: str
    kind: str = "name"
    why: str = ""
    confidence: float = 0.8
    title: str = ""
    country: str | None = None
    role: str = ""
    metonym: bool = False


def make(scene: Scene, start: int, end: int, label: str, why: str, confidence: float = 0.8) -> Mention:
    """A name at some tokens."""
    return Mention(start, end, label, scene.syntax.text_of(start, end), why=why, confidence=confidence)


def opens_sentence(token: Token) -> bool:
    """Whether a word is the first of its sentence or quotation, so that its capital says nothing."""
    doc, before = token.doc, token.i - 1
    while before >= 0 and (doc[before].is_punct or doc[before].is_space):
        text = doc[before].text
        if text in {".", "!", "?", ":", "—", "“", '"', "‘", "*"} or "\n" in text:
            return True
        before -= 1
    return before < 0 or bool(token.is_sent_start)


def in_headline(syntax: Syntax, i: int) -> bool:
    """Whether the line that a word stands in capitalises nearly all words, so that a capital says nothing."""
    forms, start, end = syntax.forms, i, i
    while start > 0 and "\n" not in forms[start - 1] and i - start < 40:
        start -= 1
    while end + 1 < len(forms) and "\n" not in forms[end + 1] and end - i < 40:
        end += 1
    words = [word for word in forms[start : end + 1] if len(word) > 3 and word.isalpha()]
    return len(words) > 3 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)
