"""Tokens of a text in time that grows with its length, whatever the text is.

spaCy's tokenizer searches all that is left of a word again for each sign at its edge. For words that is
nothing; for a hundred thousand quotation marks in a row it is hours. So what runs on for longer than any word
or address does is cut into pieces, each of which is tokenized by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from analystkit.errors import ArticleError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST: Final = 1_000
"""Longest run of characters without a blank, in code points, that is left whole."""

MOST: Final = 100_000
"""Most tokens of one article, a book of two hundred pages. A pipeline holds the tensors of a whole text at once: 3.2 GB
at most were in use for 55,000 tokens of a text made to be hard, its page included, with pipeline 1.2.0."""

NO_BREAK: Final = {0xA0: " ", 0x202F: " ", 0x2007: " "}
"""Blanks that hold words together on a line, each with the blank that a pipeline knows between words: to it the
others are words of their own, and the trees around them go astray."""

_PIECE: Final = 100
_LONG_RUN: Final = re.compile(rf"\S{{{LONGEST + 1},}}")


def tokens(text: str, nlp: Language) -> Doc:
    """A text as the pipeline's tokenizer cuts it; its characters and their offsets stay as they are.

    Raises:
        ArticleError: There are more than `MOST` tokens.
    """
    from spacy.tokens import Doc

    pieces = list(_pieces(text))
    if len(pieces) == 1:
        return _few(nlp.make_doc(text))
    words: list[str] = []
    spaces: list[bool] = []
    for piece in pieces:
        doc = _few(nlp.make_doc(piece))
        words += [token.text for token in doc]
        spaces += [bool(token.whitespace_) for token in doc]
        if len(words) > MOST:
            raise _too_many(f"more than {MOST:,}")
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _few(doc: Doc) -> Doc:
    if len(doc) > MOST:
        raise _too_many(f"{len(doc):,}")
    return doc


def _too_many(number: str) -> ArticleError:
    return ArticleError(
        f"The text has {number} words and signs; {MOST:,} are the most that can be analysed as one article. "
        "Give the article alone, or a long report in parts."
    )


def _pieces(text: str) -> Iterator[str]:
    start = 0
    for run in _LONG_RUN.finditer(text):
        for cut in range(run.start() + _PIECE, run.end(), _PIECE):
            yield text[start:cut]
            start = cut
    yield text[start:]
