"""Word lists that the layers read: TOML files and plain lists, each naming its source at the top."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The content of a lexicon of this package, by its name without `.toml`; read once in a process."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def given_names() -> dict[str, str]:
    """Given names, folded to small letters, with the gender that each tells: "f" or "m"."""
    return dict(line.split(" ", 1) for line in lines("given_names"))


def lines(name: str) -> list[str]:
    """The entries of a plain list of this package, by its name without `.txt`; "#" opens a comment line."""
    text = (files(__name__) / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
