"""One analysis as one HTML file, to read anywhere: no server, no kernel, no network.

The page holds the analysis as JSON and the reader's own script and style; without scripts it shows the same
article as static HTML, with the layers as tables.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from analystkit.corrections.events import text_hash
from analystkit.files import write_whole
from analystkit.markup import escape, highlight, legend
from analystkit.page.document import document, version
from analystkit.page.sections import tables_section, timeline_section
from analystkit.palette import stylesheet
from analystkit.reader.bundle import script
from analystkit.wire import Describable, as_dict, encodable, script_json

__all__ = ["file_name", "reader_style", "render_page", "share"]

_HERE = Path(__file__).parent
_READER = Path(__file__).parents[1] / "reader"


def share(analysis: Describable | Mapping[str, Any], path: str | os.PathLike[str], *, title: str | None = None) -> Path:
    """Write an analysis as a self-contained HTML page.

    The page is written beside the target and then renamed, so that the target is never half a page.

    Args:
        analysis: An :class:`~analystkit.analysis.Analysis` or its dictionary.
        path: The file to write; an existing one is replaced.
        title: A headline in place of the article's own.

    Returns:
        The path written.

    Raises:
        AnalystkitError: The file cannot be written there.
    """
    return write_whole(path, render_page(as_dict(analysis), title=title).encode(), what="the page")


def file_name(data: Mapping[str, Any]) -> str:
    """A name for the page's file, of plain letters: "mayor-quits.html"."""
    article = data.get("article") or {}
    words = re.findall(r"[a-z0-9]+", str(article.get("title") or article.get("id") or "").lower())
    return f"{'-'.join(words)[:60].strip('-') or 'article'}.html"


def render_page(data: Mapping[str, Any], *, title: str | None = None) -> str:
    """The page that :func:`share` writes, as a string.

    Args:
        data: The analysis in the schema ``analystkit/analysis@1``.
        title: A headline in place of the article's own.
    """
    clean: dict[str, Any] = encodable(data)
    article = clean["article"] = dict(clean.get("article") or {})
    if title is not None:
        article["title"] = encodable(title)
    about = [("author", article.get("byline")), ("date", article.get("published"))]
    timeline, tables = timeline_section(clean), tables_section(clean)
    links = [
        f'<a href="#{name}">{title}</a>'
        for name, title, part in (("timeline", "Timeline", timeline), ("tables", "Tables", tables))
        if part
    ]
    carried = {"analysis": clean, "textHash": text_hash(clean["text"])}
    return document(
        f'<nav id="page-bar" class="ak-reader" aria-label="This page">{"".join(links)}</nav>\n'
        f'<div class="ak-reader"><p class="page-key">{legend(clean)}</p></div>\n<div id="reader"></div>\n'
        f'<main id="static" class="ak-reader">\n{highlight(clean)}\n</main>\n'
        f'<div class="page-more ak-reader">\n{timeline}{tables}</div>\n'
        f'<footer class="ak-reader ak-made"><p>{_made(clean)}</p></footer>\n'
        f'<script type="application/json" id="analysis">{script_json(carried)}</script>',
        title=article.get("title") or "Article",
        styles=[reader_style() + _file("page.css")],
        script=script() + _file("page.js"),
        metas=[(name, str(value)) for name, value in about if value],
    )


@cache
def reader_style() -> str:
    """The reader's style sheet with the colours of both themes."""
    return stylesheet() + (_READER / "reader.css").read_text(encoding="utf-8")


@cache
def _file(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _made(data: Mapping[str, Any]) -> str:
    model = data.get("model") or {}
    by = " ".join(escape(model[key]) for key in ("pipeline", "version") if model.get(key))
    return (
        f"Marked {f'by {by} ' if by else ''}and made with analystkit {escape(version())}. "
        "Every mark states its reason, and any can be wrong."
    )
