"""Analyses kept as JSON, as input in the place of an article."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analystkit.analysis import Analysis


def saved(source: str, **given: Any) -> Analysis | None:
    """The analysis in a file named .json or .jsonl; None where the name is another's.

    Args:
        source: What the user named.
        given: What the user knows better than the file: published, title, url.

    Raises:
        FormatError: there is no such file, or it holds no analysis, or several.
        SchemaError: what it holds is not in the form of an analysis.
    """
    from analystkit import exports

    if not exports.is_saved(source) or source.startswith(("http://", "https://")):
        return None
    return _told(exports.read(Path(source), "json"), given)


def saved_bytes(content: bytes, **given: Any) -> Analysis | None:
    """The analysis in what came through standard input; None where that is something else.

    Raises:
        SchemaError: it is the JSON of an analysis, but not in its form.
    """
    if not content.lstrip().startswith(b"{") or b"analystkit/analysis@" not in content:
        return None
    from analystkit.analysis import Analysis

    return _told(Analysis.from_json(content.decode(errors="replace")), given)


def _told(analysis: Analysis, given: dict[str, Any]) -> Analysis:
    """The analysis with what the user knows better about its article."""
    known = {key: value for key, value in given.items() if value is not None}
    if not known:
        return analysis
    from analystkit.analysis import Analysis

    data = analysis.to_dict()
    data["article"] |= {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in known.items()}
    return Analysis.from_dict(data)
