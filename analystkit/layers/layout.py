"""`analystkit_layout`: furniture, paragraphs and dateline, before anything else reads the article.

Runs first in the pipeline, on the bare tokens. It writes

- `doc.spans["furniture"]`: spans that are not reporting; the other layers leave them out;
- `doc._.article`: what is known of the article, if nobody has set it yet;
- sentence borders at blank lines, at the edges of furniture and after the dateline: there a parser goes
  astray most easily, and all of spaCy's parsers keep borders that are already set;
- further borders where a text goes on for longer than any sentence does: the layers look at the pairs of words of
  a sentence, so that one of a hundred thousand words would take hours and all memory.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from analystkit.layers import extensions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analystkit.article import Article

extensions.register()

FURNITURE = "furniture"
LONGEST_SENTENCE = 250
"""Most tokens without a border; one is set at the likeliest place of the second half of that many."""
_ENDS = frozenset({".", "!", "?", "…", "..."})


@Language.factory("analystkit_layout", assigns=["doc._.article", "doc.spans"], retokenizes=False)
def make_layout(nlp: Language, name: str) -> Layout:
    """The factory behind `nlp.add_pipe("analystkit_layout", first=True)`."""
    return Layout()


class Layout:
    """The component; it has no state and no settings."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark furniture and set the sentence borders that the page itself shows."""
        if FURNITURE not in doc.spans:
            set_article(doc, _read(doc.text))
        if not doc.has_annotation("DEP"):  # a parse that is there already has its own borders, and keeps them
            borders = _borders(doc)
            for border in borders | _breaks(doc, borders):
                _start_sentence(doc, border)
        return doc


def _read(text: str) -> Article | None:
    from analystkit.article import Article

    return Article(text) if text.strip() else None


def _borders(doc: Doc) -> set[int]:
    """Positions of tokens before which a sentence ends, as the page shows it."""
    found = {token.i + 1 for token in doc if token.is_space and token.text.count("\n") > 1}
    for span in doc.spans[FURNITURE]:
        found |= {span.start, span.end}
    dateline = (doc._.article or {}).get("dateline")
    if dateline and "end" in dateline:
        found |= {next((token.i for token in doc if token.idx >= dateline["end"]), len(doc))}
    return found


def _breaks(doc: Doc, borders: set[int]) -> set[int]:
    """Borders within what would be longer than `LONGEST_SENTENCE`."""
    found: set[int] = set()
    start = 0
    for border in (*sorted(borders), len(doc)):
        while border - start > LONGEST_SENTENCE:
            start = _likely_break(doc, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
            found.add(start)
        start = border
    return found


def _likely_break(doc: Doc, first: int, last: int) -> int:
    """The last position from `first` to `last` after a line break, else after a full stop, else `last`."""
    stop = last
    for i in range(last, first, -1):
        before = doc[i - 1]
        if before.is_space and "\n" in before.text:
            return i
        if stop == last and before.text in _ENDS and not doc[i].is_punct:
            stop = i
    return stop


def _start_sentence(doc: Doc, position: int) -> None:
    """The first word at or after a position opens a sentence; blanks before it close the last one."""
    while position < len(doc) and doc[position].is_space:
        position += 1
    if 0 < position < len(doc):
        doc[position].is_sent_start = True


def set_article(doc: Doc, article: Article | None) -> None:
    """Put an article on a Doc of its text, for the layers to read; None: there is nothing to know."""
    doc._.article = None if article is None else _info(article)
    spans = () if article is None else _token_spans(doc, article.furniture)
    doc.spans[FURNITURE] = SpanGroup(doc, name=FURNITURE, spans=list(spans))


def _info(article: Article) -> dict[str, Any]:
    """What the JSON form says of an article besides its text."""
    dateline = article.dateline
    return {
        "id": article.id,
        "title": article.title,
        "byline": article.byline,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "dateline": asdict(dateline) if dateline else None,
    }


def _token_spans(doc: Doc, offsets: Iterable[tuple[int, int]]) -> Iterable[Span]:
    for start, end in offsets:
        span = doc.char_span(start, end, label=FURNITURE, alignment_mode="expand")
        if span is not None:
            yield span


def furniture_tokens(doc: Doc) -> frozenset[int]:
    """The positions of the tokens that other layers leave out."""
    group = doc.spans.get(FURNITURE, ())
    return frozenset(i for span in group for i in range(span.start, span.end))
