"""What a format is: its name, the files it makes, what it keeps and what it cannot."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from analystkit.errors import FormatError

if TYPE_CHECKING:
    from analystkit.analysis import Analysis

Data = dict[str, Any]
"""An analysis in the JSON form."""
Parts = Mapping[str, bytes]
"""Contents of the files of an export, by their part's name; the part of a format with one file is ""."""
Load = Callable[[Parts, Data | None, list[str]], Data]
"""From contents to an analysis in JSON form. Given too: what is known of the article otherwise, as an analysis,
or None; and a list that takes what the user should know."""


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes:
        name: What users call it.
        suffix: How its files end; of a format with several files, the one that is named.
        about: What it is and who reads it, in a few words.
        losses: What it cannot keep, a phrase each; empty where the way back gives the same analysis.
        dump: From an analysis to the contents of its files.
        load: The way back; None where there is none.
        parts: From the named path to the paths of all parts.
        once: Parts that are written only where there is no such file yet.
        folder: Whether the named path is a folder.
    """

    name: str
    suffix: str
    about: str
    losses: tuple[str, ...]
    dump: Callable[[Analysis], dict[str, bytes]]
    load: Load | None
    parts: Callable[[Path], dict[str, Path]] = lambda path: {"": path}
    once: frozenset[str] = frozenset()
    folder: bool = False


def to_json(value: Any, *, ascii_only: bool = False, indent: int | None = None) -> str:
    """JSON on one line, unless `indent` says otherwise."""
    return json.dumps(value, ensure_ascii=ascii_only, indent=indent)


def from_json(text: str | bytes, what: str) -> Any:
    """Read JSON that came from outside.

    Raises:
        FormatError: it is not JSON, is not UTF-8, or holds a number that no JSON file may hold.
    """
    try:
        return json.loads(text, parse_constant=lambda name: _refuse(f"{name} is no number of JSON"))
    except ValueError as error:
        raise FormatError(f"{what} is not JSON: {error}") from error


def _refuse(reason: str) -> NoReturn:
    raise ValueError(reason)


def decoded(content: bytes, what: str) -> str:
    """Text of a file, without a byte order mark.

    Raises:
        FormatError: it is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"{what} is not UTF-8 (at byte {error.start}). Save it as UTF-8 and try again.") from error


def needed(parts: Parts, name: str, what: str) -> bytes:
    """A part that must be there.

    Raises:
        FormatError: it is not.
    """
    if name not in parts:
        raise FormatError(f"{what} is missing.")
    return parts[name]
