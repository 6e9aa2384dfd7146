"""Which characters of a Markdown text are marks and not words.

The source stays as it is. `marks` names the spans of headings' "#", emphasis, link targets, images, front
matter and code, so that they can be left out of the analysis; `masked` puts a space for each of their
characters, which keeps every offset. Only what news copy uses is known here: for a full parse there are
libraries, but they give back a tree without places in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Span = tuple[int, int]

_FRONT = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?P<body>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(r"^(?P<key>[A-Za-z_-]+)[ \t]*:[ \t]*(?P<value>[^\r\n]*)", re.MULTILINE)
_BLOCKS = re.compile(
    r"""
    ^[ \t]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ \t]{0,3}(?P=fence)[`~]*[ \t]*$  # fenced code
    | <!--.*?-->
    | <(?:script|style)\b.*?</(?:script|style)>
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_LINES = re.compile(
    r"""
    ^[ \t]{0,3}(?:
        (?P<heading>\#{1,6})[ \t]+
      | (?P<quote>(?:>[ \t]?)+)
      | (?P<bullet>[-+*])[ \t]+(?=\S)
      | (?P<rule>(?:=+|-{2,}|(?:[*_-][ \t]*){3,}))[ \t]*\r?$   # also the line under a heading
      | (?P<definition>\[[^\]\n]{1,200}\]:[ \t]*\S[^\r\n]*)
    )
    | [ \t]+(?P<closing>\#+)[ \t]*\r?$
    """,
    re.VERBOSE | re.MULTILINE,
)
_TARGET = r"\((?:[^()\s]|\([^()\s]*\)){0,2000}(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
_INLINE = re.compile(
    rf"""
    (?P<image>!\[[^\]\n]{{0,1000}}\](?:{_TARGET}|\[[^\]\n]{{0,200}}\]))
    | (?P<open>\[)(?P<label>[^\[\]\n]{{1,1000}})(?P<target>\](?:{_TARGET}|\[[^\]\n]{{0,200}}\]))
    | (?P<tag></?[A-Za-z][A-Za-z0-9-]{{0,20}}(?:\s[^<>\n]{{0,500}})?/?>)
    | (?P<auto><https?://[^<>\s]{{1,2000}}>)
    | (?P<escape>\\)(?=[!-/:-@\[-`{{-~])
    """,
    re.VERBOSE,
)
_EMPHASIS = re.compile(
    r"(?<![\w*_\\])(?P<mark>\*{1,3}|_{1,3}|~~|`{1,2})(?=[^\s*_~`])"
    r"(?P<inner>[^\n]{1,600}?(?:\n(?!\s*\n)[^\n]{1,600}?){0,5})"
    r"(?<=[^\s\\])(?P=mark)(?![\w*_])"
)


def marks(text: str) -> tuple[Span, ...]:
    """Return the spans of `text` that are Markdown marks, sorted; they do not overlap."""
    front = _FRONT.match(text)
    begin = front.end() if front else 0
    found: list[Span] = [(0, begin)] if begin else []
    found += [match.span() for match in _BLOCKS.finditer(text, begin)]
    rest = masked(text, found)
    for match in _LINES.finditer(rest, begin):
        group = match.lastgroup
        if group is not None:
            found.append(match.span(group))
    rest = masked(text, found)
    found += _inline(rest, begin)
    rest = masked(text, found)
    found += _emphasis(rest, begin, len(rest))
    return tuple(sorted(span for span in found if span[0] < span[1]))


def masked(text: str, spans: Iterable[Span]) -> str:
    """Return `text` with a space for each character in `spans`; line breaks stay, offsets hold."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        pieces.append(text[done:start])
        pieces.append(re.sub(r"[^\r\n]", " ", text[max(start, done) : end]))
        done = max(done, end)
    pieces.append(text[done:])
    return "".join(pieces)


def front_matter(text: str) -> dict[str, str]:
    """Return the plain `key: value` lines of a YAML front matter, keys in lower case; {} without one."""
    front = _FRONT.match(text)
    if front is None:
        return {}
    return {
        match["key"].lower(): _unquoted(match["value"].strip())
        for match in _FIELD.finditer(front["body"])
        if match["value"].strip()
    }


def heading(text: str) -> Span | None:
    """Return the words of the first heading of level 1 ("# Words", or words underlined with "=")."""
    match = re.search(
        r"^[ ]{0,3}(?:\#[ \t]+(?P<hash>[^\r\n]*?[^\s#])[ \t]*\#*|(?P<line>\S[^\r\n]*)\r?\n=+)[ \t]*\r?$",
        text,
        re.MULTILINE,
    )
    return match.span(match.lastgroup or 0) if match else None


def _inline(text: str, begin: int) -> Iterator[Span]:
    for match in _INLINE.finditer(text, begin):
        if match.lastgroup == "target":
            yield match.span("open")
            yield match.span("target")
            yield from _inline_label(text, *match.span("label"))
        elif match.lastgroup is not None:
            yield match.span(match.lastgroup)


def _inline_label(text: str, start: int, end: int) -> Iterator[Span]:
    for match in re.compile(r"\\(?=[!-/:-@\[-`{-~])").finditer(text, start, end):
        yield match.span()


def _emphasis(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _EMPHASIS.finditer(text, start, end):
        yield match.span("mark")
        yield (match.end() - len(match["mark"]), match.end())
        if not match["mark"].startswith("`"):
            yield from _emphasis(text, *match.span("inner"))


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
