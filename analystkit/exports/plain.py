"""The analysis itself, as JSON in the form `analystkit/analysis@1`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from analystkit.errors import FormatError
from analystkit.exports.formats import Data, Format, Parts, decoded, from_json, needed

if TYPE_CHECKING:
    from analystkit.analysis import Analysis


def _dump(analysis: Analysis) -> dict[str, bytes]:
    return {"": f"{analysis.to_json(indent=1)}\n".encode()}


def _load(parts: Parts, given: Data | None, notes: list[str]) -> Data:
    text = decoded(needed(parts, "", "The file"), "The file")
    lines = [line for line in text.splitlines() if line.strip()] if text.startswith("{") else []
    if len(lines) > 1 and _is_object(lines[0]):
        raise FormatError(f"The file holds {len(lines)} analyses, one a line; give one of them alone.")
    data = from_json(text, "The file")
    if not isinstance(data, dict):
        raise FormatError("The file holds no analysis: it is JSON, but not an object.")
    return data


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


FORMAT = Format(
    name="json",
    suffix=".json",
    about="the analysis itself, analystkit/analysis@1",
    losses=(),
    dump=_dump,
    load=_load,
)
