"""The exercise's script and style for widget and page: the reader's modules and ours, joined."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from analystkit.page import reader_style
from analystkit.reader import bundle

ENTRY: Final = "exercise.js"

_HERE: Final = Path(__file__).parent


@cache
def script() -> str:
    """The exercise as one ES module."""
    folders = (Path(bundle.__file__).with_name("js"), _HERE / "js")
    modules = {path.name: path.read_text(encoding="utf-8") for folder in folders for path in folder.glob("*.js")}
    return bundle.join(modules, ENTRY)


@cache
def style() -> str:
    """The reader's style sheet and the exercise's."""
    return reader_style() + (_HERE / "exercise.css").read_text(encoding="utf-8")
