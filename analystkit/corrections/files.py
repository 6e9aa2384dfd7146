"""Correction files: one annotator's corrections of one article, to send and to take in (`*.corrections.json`).

A file is data, never code. What is read is checked in full before any of it is used.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from analystkit import schema
from analystkit.corrections import checks
from analystkit.corrections.events import Event, text_hash
from analystkit.errors import CorrectionsError
from analystkit.files import write_whole

SUFFIX: Final = ".corrections.json"
#: Largest file that is read, in bytes.
MAX_BYTES: Final = 50_000_000


def write(path: str | Path, analysis: Mapping[str, Any], events: Iterable[Event], *, by: str) -> Path:
    """Write an annotator's corrections of an article as a file.

    Args:
        path: Where to write it; `SUFFIX` is the usual ending. What is there is replaced when all is written.
        analysis: The analysis, in JSON form; names the article and its text.
        events: Events, of which those of this annotator on this text are written.
        by: The annotator.

    Returns:
        The path.

    Raises:
        CorrectionsError: there is no such event, one of them is malformed, or the file cannot be written.
    """
    text, article = text_hash(analysis["text"]), analysis["article"]
    mine = [event for event in events if event["by"] == by and event["text"] == text]
    if not mine:
        raise CorrectionsError(f"{by} has corrected nothing in {article['id']}, so there is nothing to write.")
    data = {
        "schema": schema.CORRECTIONS_ID,
        "article": {key: article.get(key) for key in ("id", "title", "url")},
        "text": text,
        "annotator": by,
        "events": mine,
    }
    check(data)
    content = json.dumps(data, ensure_ascii=True, indent=1) + "\n"
    return write_whole(path, content.encode(), what="the corrections", error=CorrectionsError)


def read(path: str | Path) -> dict[str, Any]:
    """Read a correction file.

    Returns:
        The file's data, in the form `analystkit/corrections@1`.

    Raises:
        CorrectionsError: it is too large, not JSON, not of the form, or not all one annotator's on one text.
        OSError: it cannot be read.
    """
    path = Path(path)
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise CorrectionsError(f"{path} is larger than {MAX_BYTES // 1_000_000} MB, which no correction file is.")
    try:
        data = json.loads(content, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:  # of decoding and of parsing; nested without end
        raise CorrectionsError(
            f"{path} is not JSON ({error}); was it cut short, or changed by a mail program?"
        ) from error
    try:
        check(data)
    except RecursionError as error:
        raise CorrectionsError(f"{path} is nested too deeply to be corrections.") from error
    return dict(data)


def check(data: Any) -> None:
    """See that a value is a correction file's content.

    Raises:
        CorrectionsError: names the place in it, what stands there and what was expected.
    """
    title = f"Not corrections in the form {schema.CORRECTIONS_ID}"
    checks.complain(schema.validator(schema.CORRECTIONS_ID), data, title)
    checks.check_events(data["events"])
    for number, event in enumerate(data["events"], start=1):
        for key, expected in (("by", data["annotator"]), ("text", data["text"]), ("article", data["article"]["id"])):
            if event[key] != expected:
                raise CorrectionsError(
                    f"{title}: event {number} has {key} {event[key]!r}, but the file is {expected!r}'s. "
                    "A file holds one annotator's corrections of one text."
                )


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number in JSON")
