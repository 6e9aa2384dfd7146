"""Two annotations of one article beside each other, with their differences in the text, as static HTML."""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from analystkit.agreement.differences import LAYERS, Difference, Layer, differences, extent
from analystkit.agreement.spans import Span
from analystkit.agreement.wording import sentence
from analystkit.files import write_whole
from analystkit.markup import escape, paragraphs
from analystkit.page.document import document
from analystkit.palette import EITHER
from analystkit.wire import Describable, as_dict, encodable

VIEW_STYLE = (
    ":root { color-scheme: light dark; } body { margin: 2rem; font: 16px/1.6 system-ui, 'DejaVu Sans', sans-serif; }"
)
"""What a page of a static view needs beside the view."""


class SideBySide:
    """The view that `side_by_side` makes, which shows itself in a notebook.

    Attributes:
        html: The view, without script and style sheet.
        differences: What it shows, in the order of the text.
    """

    def __init__(self, html: str, differences: list[Difference]) -> None:
        self.html = html
        self.differences = differences

    def _repr_html_(self) -> str:
        return self.html

    def share(self, path: str | os.PathLike[str]) -> Path:
        """Write the view as a page.

        Raises:
            AnalystkitError: The file cannot be written there.
        """
        page = document(f"<main>{self.html}</main>", title="Two annotations", styles=[VIEW_STYLE])
        return write_whole(path, page.encode(), what="the page")

    def __repr__(self) -> str:
        return f"SideBySide({len(self.differences)} differences)"


def side_by_side(
    first: Describable | Mapping[str, Any],
    second: Describable | Mapping[str, Any],
    *,
    names: tuple[str, str] = ("first", "second"),
    layers: tuple[Layer, ...] = LAYERS,
) -> SideBySide:
    """Two annotations beside each other: the article twice, paragraph by paragraph, and under each what differs.

    Args:
        first: One annotator's analysis, or its dictionary.
        second: The other's, of the same text.
        names: What the annotators are called.
        layers: The layers compared.

    Raises:
        ValueError: The two are not of the same text.
    """
    one, other = encodable(as_dict(first)), encodable(as_dict(second))
    found = [difference for difference in differences(one, other) if difference.layer in layers]
    text: str = one["text"]
    blocks = paragraphs(text)
    rows = []
    for start, end in blocks:
        here = [d for d in found if start <= d.span[0] < end or (d.span[0] < start and (start, end) == blocks[0])]
        sides = [
            f'<td dir="auto" style="{_CELL}">{marked_paragraph(text, (start, end), found, side)}</td>'
            for side in (0, 1)
        ]
        rows.append(f"<tr>{''.join(sides)}</tr>")
        if here:
            notes = "".join(f"<li>{sentence(d, (one, other), names)}</li>" for d in here)
            rows.append(
                f'<tr><td colspan="2" style="padding:0 .8em 1em;text-align:left">'
                f'<ul style="margin:0;padding-left:1.2em;font-size:.9em">{notes}</ul></td></tr>'
            )
    head = "".join(f'<th scope="col" style="text-align:left;padding:.4em .8em">{escape(name)}</th>' for name in names)
    count = "1 difference" if len(found) == 1 else f"{len(found)} differences"
    return SideBySide(
        f'<div class="analystkit analystkit-compared" style="max-width:76em;line-height:1.6"><p>{count}. '
        "What only one annotator has is marked with a solid line, what they have differently with a dotted one; the "
        "number leads to the note below the paragraph.</p>\n"
        f'<table style="border-collapse:collapse;width:100%;table-layout:fixed"><thead><tr>{head}</tr></thead>\n'
        f"<tbody>{''.join(rows)}</tbody></table></div>",
        found,
    )


_CELL = (
    "width:50%;vertical-align:top;text-align:left;white-space:pre-line;padding:.4em .8em;"
    f"border-top:1px solid {EITHER['rule']}"
)


def marked_paragraph(text: str, paragraph: Span, found: list[Difference], side: int) -> str:
    """One paragraph as HTML, with the marks of one annotator that differ.

    Args:
        text: The article's text.
        paragraph: Where the paragraph stands.
        found: The differences; those elsewhere are passed over.
        side: 0 for the first annotator, 1 for the second.
    """
    start, end = paragraph
    marks: list[tuple[Span, Difference]] = []
    for difference in found:
        record = (difference.first, difference.second)[side]
        if record is not None:
            marks += [(span, difference) for span in _places(difference, side)]
    marks = [((max(s, start), min(e, end)), d) for (s, e), d in marks if s < end and e > start]
    edges = sorted({start, end, *(edge for span, _ in marks for edge in span)})
    out = []
    for here, there in pairwise(edges):
        over = [d for (s, e), d in marks if s <= here and there <= e]
        piece = escape(text[here:there])
        for difference in over:  # each mark is wrapped by itself, piece by piece
            piece = f'<span title="{difference.id}" style="{_line(difference)}">{piece}</span>'
        ending = dict.fromkeys(d.id[1:] for (_, e), d in marks if e == there)
        piece += "".join(f'<sup style="font-size:.7em">{number}</sup>' for number in ending)
        out.append(piece)
    return "".join(out)


def _places(difference: Difference, side: int) -> list[Span]:
    """The spans of a record to draw: of an entity only the mentions that the other does not have, if that differs."""
    record, other = (difference.first, difference.second)[:: 1 if side == 0 else -1]
    if record is None:
        return []
    if difference.layer == "entities":
        spans = {(mention["start"], mention["end"]) for mention in record["mentions"]}
        if other is not None and "mentions" in difference.fields:
            spans -= {(mention["start"], mention["end"]) for mention in other["mentions"]}
        elif other is not None:
            spans = {extent(record)}
        return sorted(spans)
    return sorted((s, e) for s, e in record["content"]) if difference.layer == "quotes" else [extent(record)]


def _line(difference: Difference) -> str:
    colour = {"entities": EITHER["entity"], "quotes": EITHER["quote"]}.get(difference.layer, EITHER["neutral"])
    both = difference.first is not None and difference.second is not None
    return f"border-bottom:2px {'dotted' if both else 'solid'} {colour}"
