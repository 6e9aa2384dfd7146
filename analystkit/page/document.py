"""An HTML document that holds all it needs, and a content security policy that allows just that.

The policy names the document's own scripts and style sheets by their hashes and permits no connection at
all. So even a hole in the escaping would not run a stranger's code, and nobody learns that it is read.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from html.parser import HTMLParser
from importlib import metadata

from analystkit.markup import escape


def document(
    body: str,
    *,
    title: str,
    styles: Sequence[str],
    script: str = "",
    metas: Iterable[tuple[str, str]] = (),
    images: bool = False,
) -> str:
    """A whole HTML document.

    Args:
        body: HTML between the body tags. Style sheets in it are allowed, scripts are not: they do not run.
        title: Shown by the browser; escaped here.
        styles: Our style sheets, each of which becomes a style element.
        script: One ES module, run when the body has been read.
        metas: Names and contents of further meta elements; escaped here.
        images: Whether images within the document (data: addresses) are shown.
    """
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'" if script else "script-src 'none'",
            "style-src-elem " + (" ".join(_hashes((*styles, *_styles_in(body)))) or "'none'"),
            "style-src-attr 'unsafe-inline'",  # static articles draw their marks with style attributes
            *(("img-src data:",) if images else ()),
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    named = "".join(f'<meta name="{escape(name)}" content="{escape(content)}">\n' for name, content in metas)
    sheets = "".join(f"<style>{style}</style>\n" for style in styles)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="analystkit {escape(version())}">\n{named}'
        f"<title>{escape(title)}</title>\n{sheets}</head>\n<body>\n{body}\n"
        + (f'<script type="module">{script}</script>\n' if script else "")
        + "</body>\n</html>\n"
    )


@cache
def version() -> str:
    """The version of analystkit that makes the document."""
    return metadata.version("analystkit")


def _hashes(contents: Iterable[str]) -> list[str]:
    return [f"'{_hash(content)}'" for content in dict.fromkeys(contents)]


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _styles_in(body: str) -> list[str]:
    """The contents of the style elements of a piece of HTML, such as pandas puts before its tables."""
    if "<style" not in body.lower():
        return []
    finder = _StyleFinder()
    finder.feed(body)
    return finder.found


class _StyleFinder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "style"
        if self._inside:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = False
