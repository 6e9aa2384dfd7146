"""One analysis as one HTML file, to read anywhere: no server, no kernel, no network.

The page holds the analysis as JSON and the reader's own script and style. Its content security policy
allows exactly that script and that style, by their hashes, and no connection at all; so even a hole in
the escaping would not run a stranger's code. Without scripts it shows the same article as static HTML.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from analystkit.errors import AnalystkitError
from analystkit.markup import LABELS, escape, highlight, stance_end
from analystkit.palette import POLARITY_SIGNS, stylesheet
from analystkit.reader.bundle import script
from analystkit.wire import Describable, as_dict, encodable, script_json

_READER = Path(__file__).with_name("reader")

# Until the reader stands, the static article is there; if the reader fails, it stays.
_START = """
const root = document.getElementById("reader");
mount(root, JSON.parse(document.getElementById("analysis").textContent), {
  headingLevel: 1,
});
document.getElementById("static").remove();
root.setAttribute("role", "main");
"""


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
    target = Path(path)
    page = render_page(as_dict(analysis), title=title).encode()
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        beside.write_bytes(page)
        beside.replace(target)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise AnalystkitError(
            f"cannot write the page to {target}: {error.strerror or error}. "
            "Give a file name in a folder that exists and that you may write to."
        ) from error
    return target


def render_page(data: Mapping[str, Any], *, title: str | None = None) -> str:
    """The page that :func:`share` writes, as a string.

    Args:
        data: The analysis in the schema ``analystkit/analysis@1``.
        title: A headline in place of the article's own.
    """
    clean: dict[str, Any] = encodable(data)
    article = clean["article"] = dict(clean.get("article") or {})
    if title is not None:
        article["title"] = title
    code, style = _script(), _style()
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(code)}'",
            f"style-src-elem '{_hash(style)}'",
            "style-src-attr 'unsafe-inline'",  # the static article draws its marks with style attributes
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    about = [("author", article.get("byline")), ("date", article.get("published"))]
    metas = "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in about if value)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="analystkit {escape(_version())}">\n{metas}'
        f"<title>{escape(article.get('title') or 'Article')}</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n"
        '<div id="reader"></div>\n'
        f'<main id="static" class="ak-reader">\n{highlight(clean)}\n{_tables(clean)}</main>\n'
        f'<footer class="ak-reader ak-made"><p>{_made(clean)}</p></footer>\n'
        f'<script type="application/json" id="analysis">{script_json(clean)}</script>\n'
        f'<script type="module">{code}</script>\n</body>\n</html>\n'
    )


@cache
def _script() -> str:
    return script() + _START


@cache
def _style() -> str:
    files = (_READER / name for name in ("reader.css", "page.css"))
    return stylesheet() + "".join(file.read_text(encoding="utf-8") for file in files)


@cache
def _version() -> str:
    return metadata.version("analystkit")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _made(data: Mapping[str, Any]) -> str:
    model = data.get("model") or {}
    by = " ".join(escape(model[key]) for key in ("pipeline", "version") if model.get(key))
    return (
        f"Marked {f'by {by} ' if by else ''}and made with analystkit {escape(_version())}. "
        "Every mark states its reason, and any can be wrong."
    )


def _tables(data: Mapping[str, Any]) -> str:
    """Entities, quotes and stances as tables, for a page read without scripts."""
    text = data["text"]
    entities, quotes, stances = (data.get(key) or () for key in ("entities", "quotes", "stances"))
    names = {entity["id"]: str(entity["name"]) for entity in entities}

    def words(spans: Sequence[Sequence[int]] | None) -> str:
        return " … ".join(text[start:end] for start, end in spans or ())

    return (
        _table(
            "Entities",
            ("Name", "Kind", "Also called", "Mentions", "Confidence"),
            [
                (
                    entity["name"],
                    LABELS.get(entity.get("label", ""), entity.get("label")),
                    ", ".join(map(str, entity.get("aliases") or ())),
                    len(entity.get("mentions") or ()),
                    entity.get("confidence"),
                )
                for entity in entities
            ],
        )
        + _table(
            "Quotes",
            ("Speaker", "Via", "Kind", "Words", "Why", "Confidence"),
            [
                (
                    names.get(quote.get("speaker"), "unknown"),
                    ", ".join(str(names.get(relay, relay)) for relay in quote.get("via") or ()),
                    quote.get("kind"),
                    words(quote.get("content")),
                    quote.get("why"),
                    quote.get("confidence"),
                )
                for quote in quotes
            ],
        )
        + _table(
            "Stances",
            ("Holder", "Stance", "Target", "Certainty", "Evidence", "Confidence"),
            [
                (
                    stance_end(stance, "holder", names, text),
                    f"{POLARITY_SIGNS.get(stance.get('polarity', ''), '?')} {stance.get('polarity')}",
                    stance_end(stance, "target", names, text),
                    stance.get("certainty"),
                    words([stance["evidence"]]),
                    stance.get("confidence"),
                )
                for stance in stances
            ],
        )
    )


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join("<tr>" + "".join(f'<td dir="auto">{_cell(cell)}</td>' for cell in row) + "</tr>\n" for row in rows)
    return f"<h2>{escape(title)}</h2>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else escape(value)
