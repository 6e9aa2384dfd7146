"""Layers besides the usual ones: a function each, in a module of this folder or anywhere else.

A layer is a function that takes a Doc and yields its marks, and the words that tell a reader what they are:

    def find(doc: Doc) -> Iterator[dict[str, Any]]:
        for token in doc:
            if token.lower_ == "perhaps":
                yield mark(token, label="hedge", why="the word “perhaps”", confidence=0.9)

    make_hedges = layer("hedges", find, one="hedge", about="words that leave a way out")

That makes it the spaCy component `analystkit_hedges`: `nlp.add_pipe("analystkit_hedges")`. Its marks stand in
`doc._.extra` and, in the JSON form, under `extra`, together with those words, so that tables, pages and the Reader show
a layer of which they know nothing. Layers in a module of this folder belong to every pipeline that `analystkit.load`
gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from analystkit.layers import extensions
from analystkit.layers.layout import FURNITURE

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

extensions.register()

Find = Callable[["Doc"], Iterable[Mapping[str, Any]]]


class Layer:
    """The component of one layer; it has no state.

    Attributes:
        layer: Its name, as users call it ("questions"); spaCy writes the name in the pipeline to `name`.
        find: What yields its marks.
        words: What the JSON form says of it: `one` and `many` of its marks, and what they are `about`.
    """

    def __init__(self, layer: str, find: Find, words: Mapping[str, str]) -> None:
        self.layer = layer
        self.find = find
        self.words = words

    def __call__(self, doc: Doc) -> Doc:
        """Find the layer's marks outside the furniture, in the order of the text, and number them."""
        outside = [(span.start_char, span.end_char) for span in doc.spans.get(FURNITURE, ())]
        found = [one for one in self.find(doc) if not any(start <= one["start"] < end for start, end in outside)]
        found.sort(key=lambda one: (one["start"], -one["end"]))
        marks = [{"id": f"{self.layer}-{number}", **one} for number, one in enumerate(found, 1)]
        doc._.extra = {**(doc._.extra or {}), self.layer: {**self.words, "marks": marks}}
        return doc


def layer(name: str, find: Find, *, one: str, about: str, many: str | None = None) -> Callable[[Language, str], Layer]:
    """Make a function the spaCy component `analystkit_NAME`; gives its factory.

    Args:
        name: Of the layer: one word, in lower case, in the plural.
        find: Takes a Doc that went through the layers before it, and yields its marks, each made by `mark`.
        one: What one of its marks is called, in lower case ("question").
        about: What it shows, in a few words, for the legend.
        many: The plural of `one`; None for one with an s.
    """
    made = Layer(name, find, {"one": one, "many": many or f"{one}s", "about": about})

    def make(nlp: Language, name: str) -> Layer:
        return made

    Language.factory(f"analystkit_{name}", assigns=["doc._.extra"], retokenizes=False, func=make)
    return make


def mark(
    words: Span | Token,
    *,
    why: str,
    confidence: float,
    label: str | None = None,
    who: Iterable[int] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """One mark of a layer, as the JSON form has it; offsets are code points.

    Args:
        words: What is marked.
        why: What it rests on, in words.
        confidence: How sure that is, from 0 to 1.
        label: What kind it is, in a word or two.
        who: Whose it is: [start, end) of words that name, describe or refer to somebody. Whoever reads the mark looks
            up which entity has a mention there, so that this holds when entities are corrected.
        **more: What else is known of it; becomes columns of its table.
    """
    start = words.idx if hasattr(words, "idx") else words.start_char
    record: dict[str, Any] = {"start": start, "end": start + len(words.text), "text": words.text}
    if label is not None:
        record["label"] = label
    return record | {"who": None if who is None else list(who), **more, "confidence": confidence, "why": why}


def shipped() -> tuple[str, ...]:
    """The components of the layers in this folder, by name; they are known to spaCy afterwards."""
    modules = sorted(module.name for module in iter_modules(__path__))
    for module in modules:
        import_module(f"{__name__}.{module}")
    return tuple(f"analystkit_{module}" for module in modules)
