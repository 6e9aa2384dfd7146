"""The tokens of an analysed text: those of its Doc, or of the shipped pipeline's tokenizer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from analystkit.layers.longwords import NO_BREAK

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

    from analystkit.analysis import Analysis


@cache
def _english() -> Language:
    from analystkit.english import tokenizer

    nlp = tokenizer.blank()
    nlp.add_pipe("sentencizer")
    return nlp


def tokenize(text: str) -> Doc:
    """A text cut into tokens and, roughly, sentences."""
    nlp = _english()
    doc = nlp.make_doc(text)  # not nlp(text): that has a longest text
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return doc


def tokens(analysis: Analysis) -> Doc:
    """The Doc that an analysis is a view of, if there is one; otherwise its text, tokenized.

    The first is the analysis' own; do not change it.
    """
    doc = analysis.doc
    known = analysis.text, analysis.text.translate(NO_BREAK)
    return doc if doc is not None and doc.text in known else tokenize(analysis.text)


def widened(doc: Doc, start: int, end: int, label: str) -> Span | None:
    """The span of whole tokens around code points; None where there is none."""
    return doc.char_span(start, end, label=label, alignment_mode="expand")


def apart(spans: Iterable[Span]) -> Sequence[Span]:
    """Those spans that do not overlap, the longest first to be kept."""
    from spacy.util import filter_spans

    return filter_spans(list(spans))
