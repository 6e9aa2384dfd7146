"""An analysis on its way to a browser: plain data that survives UTF-8 and HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Protocol

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# What could end a script element or open a comment in it, and what old JavaScript took for a line end.
_UNSAFE_IN_SCRIPT = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


class Describable(Protocol):
    """Anything that gives its analysis as a dictionary, such as :class:`analystkit.analysis.Analysis`."""

    def to_dict(self) -> dict[str, Any]:
        """The analysis in the schema ``analystkit/analysis@1``."""
        ...


def as_dict(analysis: Describable | Mapping[str, Any]) -> dict[str, Any]:
    """The dictionary of an analysis, whichever of its two forms is given.

    Raises:
        TypeError: It is neither a mapping nor has it a ``to_dict`` method.
    """
    if isinstance(analysis, Mapping):
        return dict(analysis)
    if hasattr(analysis, "to_dict"):
        return analysis.to_dict()
    raise TypeError(f"expected an Analysis or its dictionary, got {type(analysis).__name__}")


def encodable(value: Any) -> Any:
    """A copy of JSON-like data in which every string can be written as UTF-8.

    A lone surrogate becomes U+FFFD, one code point for one, so that offsets keep their meaning.
    """
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {encodable(key): encodable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [encodable(item) for item in value]
    return value


def script_json(value: Any) -> str:
    """JSON that may stand inside an HTML script element, whatever the strings in it say."""
    text = json.dumps(encodable(value), ensure_ascii=False, separators=(",", ":"))
    return text.translate(_UNSAFE_IN_SCRIPT)
