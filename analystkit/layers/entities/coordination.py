"""Several names that "and" or a comma joins, where a recogniser took them for one: "Paris, London and Rome".

Some names hold an "and" of their own ("Trinidad and Tobago", "Johnson & Johnson", "Food and Drug Administration"),
so a span is cut only where something says that its parts are names by themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analystkit import lexicons
from analystkit.layers.entities import countries
from analystkit.layers.entities.names import bodies, kinds_of_things, plain, spelt_out, topics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span

    from analystkit.layers.entities.scene import Scene

_LINKS = frozenset({"and", "or"})


def parts(scene: Scene, span: Span, alone: set[str]) -> Iterator[tuple[int, int, str]]:
    """The names in a span with their labels: several where it lists them, else the span as it is.

    Args:
        scene: What is being read.
        span: What the recogniser took for one name.
        alone: The texts that are names elsewhere in the article.
    """
    first, end = span.start, span.end
    links = [i for i in range(first + 1, end - 1) if scene.syntax.words[i] in _LINKS]
    if not links or countries.find(span.text):
        yield first, end, span.label_
        return
    listed = list(_between(span, links))
    if not _are_names(span.doc, listed, span.label_, alone):
        yield first, end, span.label_
        return
    places = any(_is_place(span.doc[start:end].text) for start, end in listed)
    for start, end in listed:
        label = span.label_
        if _is_place(span.doc[start:end].text):
            label = "GPE"
        elif label == "ORG" and places and end - start == 1 and not span.doc[start].text.isupper():
            label = "GPE"  # "Moscow and Minsk": like is joined with like
        yield start, end, label


def _between(span: Span, links: list[int]) -> Iterator[tuple[int, int]]:
    """The stretches between the links of a span, and between commas before them, without articles."""
    start = span.start
    for token in span:
        comma = token.text == "," and token.i < links[-1]
        if token.i in links or comma:
            if token.i > start:
                yield start, token.i
            start = token.i + 1
        elif token.i == start and token.lower_ == "the":
            start = token.i + 1
    if start < span.end:
        yield start, span.end


def _are_names(doc: Doc, listed: list[tuple[int, int]], label: str, alone: set[str]) -> bool:
    """Whether all the parts of a list are names by themselves."""
    texts = [doc[start:end].text for start, end in listed]
    if len(set(map(plain, texts))) < len(texts) or any(text in topics() or not text[0].isupper() for text in texts):
        return False
    if label == "PERSON":
        return True
    last = texts[-1].split()[-1]
    whole = last in kinds_of_things() or last in lexicons.load("names")["others"]
    if whole and not all(map(_is_body, texts[:-1])):
        return all(text in alone for text in texts)  # "England and Wales Cricket Board"
    known = [_is_place(text) or text in alone or _is_body(text) for text in texts]
    return all(known) or (any(map(_is_place, texts)) and label in {"GPE", "LOC", "NORP"})


def _is_place(words: str) -> bool:
    """Whether words name a country or a capital; ambiguous ones do in a list with others."""
    found = countries.find(words)
    return found is not None and found[1] != "demonym"


def _is_body(words: str) -> bool:
    """Whether words are a body's name by their form: "European Union", "UN"."""
    parts = words.split()
    if words in lexicons.load("names")["acronyms"].values():
        return True
    return spelt_out(words) is not None or (len(parts) > 1 and parts[-1] in bodies())
