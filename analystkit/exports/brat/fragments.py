"""Spans as brat takes them, and the notes that carry what it does not."""

from __future__ import annotations

import re
from collections.abc import Sequence

DATA_NOTE = "AnalystkitData"
HUMAN_NOTE = "AnnotatorNotes"

#: What ends a line for brat's reader (Python's idea of it); no fragment holds one of these.
BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def fragments(text: str, spans: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Spans as brat takes them: in order, apart, none with a line break in it.

    A span of nothing but line breaks stays whole.
    """
    joined: list[list[int]] = []
    for start, end in sorted((start, end) for start, end in spans):
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    found: list[tuple[int, int]] = []
    for start, end in joined:
        at = start
        for match in BREAKS.finditer(text, start, end):
            found += [(at, match.start())] if at < match.start() else []
            at = match.end()
        found += [(at, end)] if at < end else []
    return found or [(start, end) for start, end in joined]
