"""Word lists that the layers read: TOML files, each naming its source at the top."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The content of a lexicon of this package, by its name without `.toml`; read once in a process."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


read = load
