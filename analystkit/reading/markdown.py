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

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<body>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"^(?P<key>[A-Za-z_-]+)[ \t]*:[ \t]*(?P<value>[^\r\n]*)", re.MULTILINE)
_BLOCK_START = re.compile(
    r"^[ \t]{0,3}(?P<backticks>`{3,})[^`\r\n]*$|^[ \t]{0,3}(?P<tildes>~{3,})[^\r\n]*$"
    r"|(?P<comment><!--)|(?P<script><script\b)|(?P<style><style\b)",
    re.MULTILINE | re.IGNORECASE,
)
_BLOCK_END = {
    "backticks": re.compile(r"^[ \t]{0,3}`{3,}[ \t]*\r?$", re.MULTILINE),
    "tildes": re.compile(r"^[ \t]{0,3}~{3,}[ \t]*\r?$", re.MULTILINE),
    "comment": re.compile("-->"),
    "script": re.compile("</script>", re.IGNORECASE),
    "style": re.compile("</style>", re.IGNORECASE),
}
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
_DEEPEST = 12  # marks that may stand open inside each other
_DELIMITER = re.compile(r"(?P<break>\n[ \t]*\r?\n)|(?P<mark>\*{1,3}|_{1,3}|~~|`{1,2})")


def marks(text: str) -> tuple[Span, ...]:
    """Return the spans of `text` that are Markdown marks, sorted; they do not overlap."""
    front = _FRONT.match(text)
    begin = front.end() if front else 0
    found: list[Span] = [(0, begin)] if begin else []
    found += _blocks(text, begin)
    rest = masked(text, found)
    for match in _LINES.finditer(rest, begin):
        group = match.lastgroup
        if group is not None:
            found.append(match.span(group))
    rest = masked(text, found)
    found += _inline(rest, begin)
    rest = masked(text, found)
    found += _emphasis(rest, begin)
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


def _blocks(text: str, begin: int) -> Iterator[Span]:
    """Yield code blocks, comments and scripts; what is opened and never closed is left alone."""
    unclosed: set[str] = set()
    start = _BLOCK_START.search(text, begin)
    while start is not None:
        kind = start.lastgroup or ""
        # One failed search answers for all later ones: a long text of openers stays cheap.
        end = None if kind in unclosed else _BLOCK_END[kind].search(text, start.end())
        if end is None:
            unclosed.add(kind)
        else:
            yield start.start(), end.end()
        start = _BLOCK_START.search(text, end.end() if end else start.end())


def _emphasis(text: str, begin: int) -> Iterator[Span]:
    """Pair opening and closing marks within a paragraph; a mark with words on both sides is a character."""
    opened: list[re.Match[str]] = []
    for match in _DELIMITER.finditer(text, begin):
        if match["break"]:
            opened.clear()
            continue
        before = text[match.start() - 1 : match.start()] or " "
        after = text[match.end() : match.end() + 1] or " "
        closes = not before.isspace() and not _is_word(after)
        if closes and any(other["mark"] == match["mark"] for other in opened[-_DEEPEST:]):
            while opened[-1]["mark"] != match["mark"]:
                opened.pop()
            yield opened.pop().span()
            yield match.span()
        elif not after.isspace() and not _is_word(before):
            opened.append(match)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
