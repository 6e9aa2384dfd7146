"""CoNLL columns for names: one token a line, as in the CoNLL-2003 task.

Four columns parted by a space: token, part of speech, chunk, name tag in the BIO scheme ("B-PERSON", "I-PERSON",
"O"). A blank line ends a sentence; `-DOCSTART- -X- O O` opens the document. Chunks are not known and "O"; the
part of speech is "_" where no tagger ran. Labels are those of analystkit, not the four of the task.

Source: Tjong Kim Sang and De Meulder, Introduction to the CoNLL-2003 Shared Task, 2003.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analystkit.errors import FormatError
from analystkit.exports import outside
from analystkit.exports.formats import Data, Format, Parts, decoded, needed
from analystkit.exports.tokens import apart, tokens, widened

if TYPE_CHECKING:
    from analystkit.analysis import Analysis

DOCSTART = "-DOCSTART-"
_BLANK = re.compile(r"\s+")
_TAG = re.compile(r"(?:([BI])-(\S+)|O)")


def _dump(analysis: Analysis) -> dict[str, bytes]:
    doc = tokens(analysis)
    names = [
        widened(doc, mention.start, mention.end, entity.label)
        for entity in analysis.entities
        for mention in entity.mentions
        if mention.kind == "name"
    ]
    tags = ["O"] * len(doc)
    for span in apart(span for span in names if span is not None):
        words = [token.i for token in span if not token.is_space]
        for i in words:
            tags[i] = f"{'B' if i == words[0] else 'I'}-{span.label_}"
    lines = [f"{DOCSTART} -X- O O", ""]
    for token in doc:
        if token.is_sent_start and lines[-1]:
            lines.append("")
        if token.is_space:
            if token.text.count("\n") > 1 and lines[-1]:  # a paragraph ends a sentence whatever the parser thinks
                lines.append("")
        else:
            lines.append(f"{_BLANK.sub('_', token.text)} {token.tag_ or '_'} O {tags[token.i]}")
    return {"": "\n".join([*lines, ""]).encode()}


def _load(parts: Parts, given: Data | None, notes: list[str]) -> Data:
    rows, breaks = _rows(decoded(needed(parts, "", "The file"), "The file"))
    words = [word for word, _ in rows]
    text = given["text"] if given is not None else _spaced(words, breaks)
    places = _align(words, text)
    names, unknown = _names(rows, places)
    if unknown:
        kinds = ", ".join(sorted(unknown)[:5])
        notes.append(f"{sum(unknown.values())} names were left out, because analystkit has no such label: {kinds}.")
    data = outside.base(given, text, "CoNLL")
    data["entities"] = outside.entities(text, names, outside.Ids("e", ()), "named in the CoNLL file")
    return data


def _rows(content: str) -> tuple[list[tuple[str, str]], set[int]]:
    """Tokens with their tags, and the positions before which a sentence begins."""
    rows: list[tuple[str, str]] = []
    breaks: set[int] = set()
    for number, line in enumerate(re.split(r"\r?\n", content), 1):
        columns = line.split()
        token = len(columns) == 4 and _TAG.fullmatch(columns[-1])  # "# NN O O" is the word "#", not a comment
        if not columns or (line.startswith("# ") and not token):
            breaks.add(len(rows))
            continue
        if columns[0] == DOCSTART:
            if rows:
                raise FormatError(f"Line {number}: a second document begins; give each document as a file of its own.")
            continue
        if len(columns) < 2 or not _TAG.fullmatch(columns[-1]):
            raise FormatError(
                f"Line {number}: {line[:60]!r} should be a token and its columns, the last of them O, B-… or I-…."
            )
        rows.append((columns[0], columns[-1]))
    if not rows:
        raise FormatError("The file holds no tokens.")
    return rows, breaks


def _spaced(words: list[str], breaks: set[int]) -> str:
    """A text of the tokens: a space between two, a line for each sentence."""
    parts = []
    for i, word in enumerate(words):
        parts += ["\n" if i in breaks else " "] if i else []
        parts.append(word)
    return "".join(parts)


def _align(words: list[str], text: str) -> list[tuple[int, int]]:
    """Where each token stands in the text, which may differ from them in white space only."""
    places = []
    at = 0
    for word in words:
        while at < len(text) and text[at].isspace():
            at += 1
        start = at
        if text.startswith(word, at):
            at += len(word)
        else:
            for character in word:
                if at < len(text) and (text[at] == character or (character == "_" and text[at].isspace())):
                    at += 1
                else:
                    here = text[start : start + 40]
                    raise FormatError(f"The token {word[:40]!r} is not in the article where it should be: {here!r}.")
        places.append((start, at))
    return places


def _names(rows: list[tuple[str, str]], places: list[tuple[int, int]]) -> tuple[list[outside.Name], dict[str, int]]:
    """Names with labels of ours, and how many there are of other labels."""
    found: list[tuple[int, int, str]] = []
    open_kind = None
    for (_, tag), (start, end) in zip(rows, places, strict=True):
        match = _TAG.fullmatch(tag)
        begin, kind = match.groups() if match else (None, None)
        if kind is not None:
            if begin == "I" and kind == open_kind:  # an I without a B begins a name, as in the task's own IOB1
                found[-1] = (found[-1][0], end, kind)
            else:
                found.append((start, end, kind))
        open_kind = kind
    unknown: dict[str, int] = {}
    names: list[outside.Name] = []
    for start, end, kind in found:
        label = outside.label(kind)
        if label is None:
            unknown[kind] = unknown.get(kind, 0) + 1
        else:
            names.append((start, end, label, {}))
    return names, unknown


FORMAT = Format(
    name="conll",
    suffix=".conll",
    about="CoNLL-2003 columns: tokens with BIO tags for names",
    losses=(
        "everything but names: descriptions, pronouns, quotes, stances, dates, amounts, further layers, furniture",
        "which names are one entity (those with the same words and label come back as one)",
        "names within or across other names, of which the longest is kept",
        "borders of names within a token (they are moved to its edges)",
        "what is known of the article, and its white space (give the article on the way back)",
    ),
    dump=_dump,
    load=_load,
)
