"""Word lists, as data: one TOML file a subject, each with its source noted at the top."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The tables of a lexicon file, by its name without ".toml"."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))
