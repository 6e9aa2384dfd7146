"""Analyses in the formats of other tools, and back.

    from analystkit import exports

    exports.write(analysis, "story.jsonld")     # the format by the suffix, or format="webannotation"
    analysis = exports.read("story.jsonld")
    exports.losses("conll")                     # what a format cannot keep

A lone surrogate or a NUL character, which no file of text can hold, becomes U+FFFD in every format.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analystkit import wire
from analystkit.analysis import Analysis
from analystkit.article import Article
from analystkit.errors import AnalystkitError, FormatError
from analystkit.exports import brat, brief, conll, docbin, files, outside, plain, tabular, webannotation
from analystkit.exports.formats import Data, Format
from analystkit.files import write_together

__all__ = ["FORMATS", "Format", "choose", "is_saved", "losses", "read", "write"]

FORMATS: Mapping[str, Format] = {
    format.name: format
    for format in (
        plain.FORMAT,
        webannotation.COLLECTION,
        webannotation.RECOGITO,
        brat.FORMAT,
        conll.FORMAT,
        tabular.CSV,
        tabular.PARQUET,
        docbin.FORMAT,
        brief.FORMAT,
    )
}
"""The formats by name."""


MAX_MARKS = 500_000
"""How many marks of one article are read at most."""


def losses(format: str) -> tuple[str, ...]:
    """What a format cannot keep, a phrase each; none where the way back gives the same analysis.

    Raises:
        FormatError: there is no such format.
    """
    return _named(format).losses


def write(
    analysis: Analysis | Mapping[str, Any], path: str | os.PathLike[str], format: str | None = None
) -> list[Path]:
    """Write an analysis in a format.

    Files are written beside their places and renamed, all of a format's together, so that none is ever half there.

    Args:
        analysis: An analysis, or its JSON form.
        path: The file to write; for the formats csv and parquet a folder, for brat the .ann or the .txt file.
            An earlier export there is replaced, except for an annotation.conf.
        format: A name of `FORMATS`; None: by the path's suffix.

    Returns:
        The paths written.

    Raises:
        FormatError: there is no such format; it cannot be written there; or, for a format of several files, one of
            them is there without being part of an earlier export.
        SchemaError: the JSON form is not one of an analysis.
    """
    path = Path(path)
    chosen = choose(path, format)
    if isinstance(analysis, Analysis):
        clean = Analysis(_storable(analysis.to_dict()), doc=analysis.doc)
    else:
        clean = Analysis.from_dict(_storable(dict(analysis)))
    contents = chosen.dump(clean)
    places = chosen.parts(path)
    _spare(chosen, path, {places[name]: content for name, content in contents.items() if name not in chosen.once})
    if chosen.folder:
        _make_folder(path, chosen)
    put = {places[name]: content for name, content in contents.items() if not _stays(chosen, name, places[name])}
    write_together(put, what="the export", error=FormatError)
    if chosen.folder:  # a table that this analysis does not have, left by one that stood here before
        for name in places.keys() - contents.keys():
            places[name].unlink(missing_ok=True)
    return list(put)


def read(
    path: str | os.PathLike[str], format: str | None = None, *, article: Article | Analysis | None = None
) -> Analysis:
    """Read an analysis from a file of another tool, or from an export.

    Args:
        path: What `write` was given.
        format: A name of `FORMATS`; None: by the path's suffix.
        article: The article that the marks belong to, or an analysis of it, for formats that do not hold all that
            is known of it; marks of the given analysis are not taken over.

    Returns:
        The analysis; its `warnings` say what could not be taken in.

    Raises:
        FormatError: there is no such file or format, or it is not what the format should be.
        SchemaError: what it holds is not an analysis: an offset outside the text, an unknown label…
    """
    path = Path(path)
    chosen = choose(path, format)
    if chosen.load is None:
        raise FormatError(f"The format {chosen.name} can be written, but not read.")
    parts = files.take({name: place for name, place in chosen.parts(path).items() if name not in chosen.once})
    if not parts:
        raise FormatError(f"There is no {path}{' with tables in it' if chosen.folder else ''}.")
    notes: list[str] = []
    given = _given(article)
    try:
        data = _storable(_bounded(chosen.load(parts, given, notes)))
        if isinstance(data.get("quotes"), list) and isinstance(data.get("stances"), list):
            outside.mend(data, notes)
        found = Analysis.from_dict(data)
    except RecursionError as error:
        raise FormatError(f"{path}: the data are nested too deeply.") from error
    except AnalystkitError as error:
        raise type(error)(f"{path}: {error}") from error
    except (TypeError, KeyError, IndexError, AttributeError, ValueError, OverflowError) as error:
        # data from anywhere can be wrong in more ways than are worth a message each
        raise FormatError(f"{path}: not in the form of the format {chosen.name} ({error!r:.200}).") from error
    found.warnings = tuple(notes)
    return found


def choose(path: Path, name: str | None) -> Format:
    """The format of that name; without a name, the one that the path's suffix tells.

    Raises:
        FormatError: there is no such format, or the suffix tells none.
    """
    return _named(name) if name else _by_suffix(path)


def _given(article: Article | Analysis | None) -> Data | None:
    if article is None:
        return None
    return article.to_dict() if isinstance(article, Analysis) else outside.blank(article, "none")


def _named(name: str) -> Format:
    if name not in FORMATS:
        raise FormatError(f"There is no format {name!r}; choose one of {', '.join(FORMATS)}.")
    return FORMATS[name]


def _by_suffix(path: Path) -> Format:
    name = path.name.lower()
    if name.endswith(".txt") and path.with_suffix(".ann").exists():
        return brat.FORMAT
    fitting = [format for format in FORMATS.values() if name.endswith(format.suffix)]
    if not fitting:
        known = ", ".join(f"{format.suffix} ({format.name})" for format in FORMATS.values())
        raise FormatError(f"The name {path.name!r} does not tell the format. Known are {known}; or name the format.")
    return max(fitting, key=lambda format: len(format.suffix))


def _spare(chosen: Format, path: Path, files: Mapping[Path, bytes]) -> None:
    """Refuse to replace files that the user did not name, unless they belong to an earlier export."""
    if chosen.folder:
        taken = path.is_dir() and any(path.iterdir()) and not all(part.exists() for part in list(files)[:2])
        if taken:
            raise FormatError(f"The folder {path} holds something else than tables of an analysis; name another one.")
    elif not (path if path in files else next(iter(files))).exists():
        for part, content in files.items():
            if part.exists() and part.read_bytes() != content:
                raise FormatError(f"{part} is there already and is something else; choose another name than {path}.")


def _make_folder(path: Path, chosen: Format) -> None:
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise FormatError(
            f"Cannot make the folder {path}: {error.strerror or error}. The format {chosen.name} is a folder of "
            "tables; give a name that is free, or a folder, in a folder that exists."
        ) from error


def _stays(chosen: Format, name: str, path: Path) -> bool:
    return name in chosen.once and path.exists()


def _bounded(data: Data) -> Data:
    """The data; refused if they hold more marks than are worth checking."""
    layers = ("furniture", "entities", "quotes", "stances", "dates", "amounts")
    marks = sum(len(data.get(layer, ())) for layer in layers)
    marks += sum(len(entity["mentions"]) for entity in data["entities"])
    if marks > MAX_MARKS:
        raise FormatError(
            f"There are {marks:,} marks; more than {MAX_MARKS:,} are not read, because no article has as many."
        )
    return data


def _storable(data: Data) -> Data:
    """A copy in which every text can be written to a file; nothing changes its length.

    Raises:
        FormatError: there is a number in it that JSON does not have.
    """

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace("\0", "\ufffd")
        if isinstance(value, float) and not math.isfinite(value):
            raise FormatError(f"The analysis holds the number {value}, which JSON and so every format here lacks.")
        if isinstance(value, dict):
            return {clean(key): clean(item) for key, item in value.items()}
        return [clean(item) for item in value] if isinstance(value, list) else value

    return dict(clean(wire.encodable(data)))


_SAVED = re.compile(r"\.jsonl?$", re.IGNORECASE)


def is_saved(name: str) -> bool:
    """Whether a name is that of an analysis kept as JSON, rather than of an article."""
    return bool(_SAVED.search(name)) and not name.lower().endswith(webannotation.RECOGITO.suffix)
