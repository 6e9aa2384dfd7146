"""An analysis as a static piece of HTML: the article's own words with the marks drawn on them.

It needs no script and no style sheet, so a notebook output keeps it on a code host. Where even style
attributes are stripped, the elements still carry the meaning: names are underlined and bold, other
mentions underlined, quotes are ``<mark>`` with the speaker in ``<sup>`` behind them, stances a sign with
holder and target.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from analystkit.palette import EITHER, POLARITY_SIGNS
from analystkit.wire import encodable

LAYERS: Final = ("entities", "quotes", "stances")
"""The layers a reader can show, in the order of their switches."""

LABELS: Final[Mapping[str, str]] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "country or city",
    "LOC": "place",
    "NORP": "group",
    "FAC": "facility",
    "EVENT": "event",
    "PRODUCT": "product",
    "LAW": "law",
    "WORK_OF_ART": "work",
}
"""What an entity's label is called where people read it. reader/js/words.js holds the same words; a test compares."""

_UNDERLINES = {"name": "solid", "nominal": "dashed", "pronoun": "dotted"}
_BARS = {"direct": "solid", "mixed": "dashed", "indirect": "dotted"}
_PARAGRAPH = re.compile(r"[^\s][^\n]*(?:\n[^\S\n]*[^\s][^\n]*)*")
_DIM = '<small style="opacity:.7" title="not part of the report">'
_BOX = "outline:1px dashed currentcolor;outline-offset:1px;border-radius:3px;margin:0 2px"
_SMALL = "font-size:.72em;font-weight:normal;line-height:0;opacity:.85"


@dataclass(frozen=True, slots=True)
class _Mark:
    """One stretch of text to wrap: HTML before and after it, and a label behind its end."""

    start: int
    end: int
    before: str
    after: str
    label: str = ""


class Html(str):
    """HTML that a notebook shows as what it is."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        return f"Html({len(self)} characters)"


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs of a text, runs of lines that are not blank, as ``[start, end)`` code points."""
    return [match.span() for match in _PARAGRAPH.finditer(text)]


def layers_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The layers of an analysis that can be shown: the usual ones, then further ones."""
    return (*LAYERS, *(data.get("extra") or {}))


def highlight(data: Mapping[str, Any], *, layers: Sequence[str] | None = None) -> str:
    """One analysis as an HTML fragment.

    Args:
        data: The analysis in the schema ``analystkit/analysis@1``. Spans are ``[start, end)`` code points
            of ``data["text"]``; what lies outside the text is left out.
        layers: Which of `layers_of(data)` to draw; None for all.

    Returns:
        HTML in which everything that came from ``data`` is escaped. Without its ``<sup>`` labels, the
        ``<div>`` around the paragraphs holds exactly the text, save that NUL and lone surrogates, which
        HTML cannot hold, appear as U+FFFD.

    Raises:
        ValueError: A layer that does not exist is asked for.
    """
    layers = layers_of(data) if layers is None else layers
    if unknown := sorted(set(layers) - set(layers_of(data))):
        raise ValueError(f"no layer {', '.join(map(repr, unknown))}; choose from {', '.join(layers_of(data))}")
    data = encodable(data)
    text: str = data["text"]
    names = {entity["id"]: str(entity["name"]) for entity in data.get("entities", ())}
    marks: list[_Mark] = []
    if "quotes" in layers:
        marks += (m for quote in data.get("quotes", ()) for m in _quote_marks(quote, names))
    if "stances" in layers:
        marks += (_stance_mark(stance, names, text) for stance in data.get("stances", ()))
    if "entities" in layers:
        marks += (m for entity in data.get("entities", ()) for m in _entity_marks(entity))
    for name, about in (data.get("extra") or {}).items():
        if name in layers:
            marks += (_further_mark(mark, about["one"], text) for mark in about["marks"])
    marks += (_Mark(start, end, _DIM, "</small>") for start, end in data.get("furniture") or ())
    title = (data.get("article") or {}).get("title")
    return (
        '<div class="analystkit" style="max-width:42em;line-height:1.65">\n'
        f"{_head(data, layers)}"
        f'<div class="analystkit-text">{_body(text, marks, title)}</div>\n'
        "</div>"
    )


def escape(text: object) -> str:
    """Text for HTML content or a quoted attribute; also keeps what an HTML parser would change."""
    return html.escape(str(text)).replace("\r", "&#13;").replace("\0", "\ufffd")


def headline_paragraph(text: str, title: str | None) -> tuple[int, int] | None:
    """Where the text itself begins with its title, so that nobody prints it twice; else None."""
    first = _PARAGRAPH.search(text)
    if first and title and first.group().strip() == title.strip():
        return first.span()
    return None


def byline(article: Mapping[str, Any]) -> str:
    """Who wrote it, when and where, as HTML; the URL becomes a link only if it is http(s)."""
    parts = [f"<bdi>{escape(article['byline'])}</bdi>"] if article.get("byline") else []
    if published := article.get("published"):
        parts.append(f'<time datetime="{escape(published)}">{escape(published)}</time>')
    if url := article.get("url"):
        link = escape(url)
        is_web = re.match(r"https?://", str(url), re.IGNORECASE)
        parts.append(
            f'<a href="{link}" rel="noopener noreferrer nofollow">{link}</a>' if is_web else f"<bdi>{link}</bdi>"
        )
    return " · ".join(parts)


def _head(data: Mapping[str, Any], layers: Sequence[str]) -> str:
    article = data.get("article") or {}
    lines = []
    title = article.get("title")
    if title and not headline_paragraph(data["text"], title):
        lines.append(f'<p style="margin:.2em 0"><strong style="font-size:1.3em">{escape(title)}</strong></p>')
    if about := byline(article):
        lines.append(f'<p style="margin:.2em 0"><small>{about}</small></p>')
    lines.append(f'<p style="margin:.2em 0 1em"><small>{legend(data, layers)}</small></p>')
    return "\n".join(lines) + "\n"


def legend(data: Mapping[str, Any], layers: Sequence[str] | None = None) -> str:
    """How many marks of each layer there are and what they look like, as HTML in one line."""
    parts = []
    layers = layers_of(data) if layers is None else layers
    if "entities" in layers:
        shown = ", ".join(
            f"<u{_style(_underline(kind))}>{_bold(kind, kind)}</u>" for kind in ("name", "nominal", "pronoun")
        )
        parts.append(f"{_count(data, 'entities', 'entity', 'entities')} ({shown})")
    if "quotes" in layers:
        shown = ", ".join(f"<mark{_style(_tint(kind))}>{kind}</mark>" for kind in _BARS)
        parts.append(f"{_count(data, 'quotes', 'quote', 'quotes')} ({shown})")
    if "stances" in layers:
        shown = ", ".join(f"{sign} {polarity}" for polarity, sign in POLARITY_SIGNS.items())
        parts.append(f"{_count(data, 'stances', 'stance', 'stances')} ({shown})")
    for name, about in (data.get("extra") or {}).items():
        if name in layers:
            number = len(about["marks"])
            noun = escape(about["one"] if number == 1 else about["many"])
            parts.append(f"{number} <span{_style(_BOX)}>{noun}</span>")
    return " · ".join(parts)


def _count(data: Mapping[str, Any], layer: str, one: str, many: str) -> str:
    number = len(data.get(layer) or ())
    return f"{number} {one if number == 1 else many}"


def _style(css: str) -> str:
    return f' style="{css}"'


def _title(*parts: object) -> str:
    return f' title="{escape(" · ".join(str(part) for part in parts if part not in (None, "")))}"'


def _confidence(item: Mapping[str, Any]) -> str:
    value = item.get("confidence")
    return f"confidence {value:.2f}" if isinstance(value, int | float) else ""


def _underline(kind: str) -> str:
    line = _UNDERLINES.get(kind, "solid")
    return f"text-decoration:underline {line} {EITHER['entity']} 2px;text-underline-offset:3px"


def _bold(kind: str, inner: str = "\0") -> str:
    """Names also stand in ``<b>``, which survives where ``<u>`` does not; style takes the weight away."""
    return f'<b style="font-weight:inherit">{inner}</b>' if kind == "name" else inner


def _entity_marks(entity: Mapping[str, Any]) -> Iterator[_Mark]:
    label = LABELS.get(entity.get("label", ""), entity.get("label"))
    for mention in entity.get("mentions", ()):
        kind = mention.get("kind", "name")
        title = _title(entity["name"], label, kind, _confidence(entity), entity.get("why"))
        inner_open, _, inner_close = _bold(kind).partition("\0")
        yield _Mark(
            mention["start"],
            mention["end"],
            f"<u{title}{_style(_underline(kind))}>{inner_open}",
            f"{inner_close}</u>",
        )


def _tint(kind: str) -> str:
    bar = _BARS.get(kind, "solid")
    return (
        f"background:{EITHER['quote-tint']};color:inherit;border-left:3px {bar} {EITHER['quote']};"
        "padding:.1em 0 .1em .15em"
    )


def _quote_marks(quote: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[_Mark]:
    kind = quote.get("kind", "")
    speaker = names.get(quote.get("speaker") or "", "speaker unknown")
    via = ", ".join(names.get(relay, relay) for relay in quote.get("via") or ())
    said = f"{speaker} via {via}" if via else speaker
    title = _title(f"{kind} quote", said, _confidence(quote), quote.get("why"))
    label = said if kind == "direct" else f"{said}, {kind}"
    spans = sorted(quote.get("content") or ())
    for number, (start, end) in enumerate(spans, 1):
        shown = label if number == len(spans) else "…"
        yield _Mark(
            start,
            end,
            f"<mark{title}{_style(_tint(kind))}>",
            "</mark>",
            f"<sup{_style(_SMALL)}> [<bdi>{escape(shown)}</bdi>]</sup>",
        )


def stance_end(stance: Mapping[str, Any], side: str, names: Mapping[str, str], text: str) -> str:
    """Who holds a stance or what it is about ("holder", "target"): a name, else the words in the text."""
    if (name := names.get(stance.get(side) or "")) is not None:
        return name
    span = stance.get(f"{side}_span")
    return f"“{text[span[0] : span[1]]}”" if span else f"unknown {side}"


def _stance_mark(stance: Mapping[str, Any], names: Mapping[str, str], text: str) -> _Mark:
    polarity = stance.get("polarity", "")
    sign = POLARITY_SIGNS.get(polarity, "?")
    holder, target = (stance_end(stance, side, names, text) for side in ("holder", "target"))
    title = _title(
        f"{holder} towards {target}: {polarity}",
        stance.get("strength"),
        stance.get("certainty"),
        _confidence(stance),
        stance.get("why"),
    )
    colour = EITHER.get(polarity, EITHER["neutral"])
    start, end = stance["evidence"]
    return _Mark(
        start,
        end,
        f"<span{title}{_style(f'text-decoration:overline dotted {colour} 1px')}>",
        "</span>",
        f"<sup{title}{_style(_SMALL)}> [<b>{sign}</b> <bdi>{escape(holder)}</bdi> → <bdi>{escape(target)}</bdi>]</sup>",
    )


def _further_mark(mark: Mapping[str, Any], one: str, text: str) -> _Mark:
    who = mark.get("who")
    label = " · ".join(str(part) for part in (mark.get("label"), who and text[who[0] : who[1]]) if part)
    title = _title(one, label, _confidence(mark), mark.get("why"))
    shown = f"<sup{_style(_SMALL)}> [<bdi>{escape(label or one)}</bdi>]</sup>"
    return _Mark(mark["start"], mark["end"], f"<span{title}{_style(_BOX)}>", "</span>", shown)


def _body(text: str, marks: Iterable[_Mark], title: str | None) -> str:
    """The text, paragraph by paragraph, with the blank lines between them kept as they are."""
    blocks = paragraphs(text)
    by_block = _distribute(blocks, marks)
    headline = headline_paragraph(text, title)
    out, position = [], 0
    for number, (start, end) in enumerate(blocks):
        out.append(escape(text[position:start]))
        content = _wrap(text, start, end, by_block[number])
        if (start, end) == headline:
            content = f'<strong style="font-size:1.3em">{content}</strong>'
        out.append(f'<p dir="auto" style="white-space:pre-line;margin:0 0 1em">{content}</p>')
        position = end
    out.append(escape(text[position:]))
    return "".join(out)


def _distribute(blocks: Sequence[tuple[int, int]], marks: Iterable[_Mark]) -> dict[int, list[_Mark]]:
    """The marks of each block, cut to it; a label goes with the piece that holds the mark's end."""
    starts = [start for start, _ in blocks]
    parts: dict[int, list[_Mark]] = defaultdict(list)
    for mark in marks:
        last = -1
        for number in range(max(bisect_right(starts, mark.start) - 1, 0), len(blocks)):
            start, end = blocks[number]
            if start >= mark.end:
                break
            if max(start, mark.start) < min(end, mark.end):
                piece = _Mark(max(start, mark.start), min(end, mark.end), mark.before, mark.after)
                parts[number].append(piece)
                last = number
        if last >= 0 and mark.label:
            piece = parts[last][-1]
            parts[last][-1] = _Mark(piece.start, piece.end, piece.before, piece.after, mark.label)
    return parts


def _wrap(text: str, start: int, end: int, marks: Sequence[_Mark]) -> str:
    """The HTML of ``text[start:end]``; where marks cross, the inner one is closed and opened again."""
    opening: dict[int, list[_Mark]] = defaultdict(list)
    for mark in marks:
        opening[mark.start].append(mark)
    edges = sorted({start, end, *(m.start for m in marks), *(m.end for m in marks)})
    out: list[str] = []
    stack: list[_Mark] = []
    for here, there in pairwise(edges):
        again: list[_Mark] = []
        _close(stack, here, out, again)
        for mark in sorted(again + opening[here], key=lambda m: -m.end):
            out.append(mark.before)
            stack.append(mark)
        out.append(escape(text[here:there]))
    _close(stack, end, out, [])
    return "".join(out)


def _close(stack: list[_Mark], here: int, out: list[str], again: list[_Mark]) -> None:
    """Close every mark on the stack that ends here, and those inside it; the latter go to ``again``."""
    depth = next((i for i, mark in enumerate(stack) if mark.end == here), len(stack))
    while len(stack) > depth:
        mark = stack.pop()
        out.append(mark.after)
        if mark.end == here:
            out.append(mark.label)
        else:
            again.insert(0, mark)
