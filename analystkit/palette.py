"""The colours of every mark, once: for the reader, the static HTML and the plots.

The hues are those of Okabe and Ito, which stay apart for colour-blind readers. Each theme darkens or
lightens them until text reaches a contrast of 4.5:1 on what lies behind it and lines reach 3:1
(WCAG AA); a test computes that. Colour is never the only sign: entities are underlined, quotes are
tinted behind a bar, stances carry a sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

LIGHT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "paper": "#ffffff",
        "panel": "#f6f7f8",
        "ink": "#1c1e21",
        "quiet": "#5a6069",
        "rule": "#dcdfe3",
        "edge": "#868c95",
        "entity": "#0072b2",
        "entity-tint": "#d6ebf8",
        "quote": "#8f5d00",
        "quote-tint": "#fdf6e3",
        "quote-lit": "#fae8b4",
        "positive": "#006b50",
        "positive-tint": "#ddf2ea",
        "negative": "#a83f00",
        "negative-tint": "#fde8dc",
        "neutral": "#565360",
        "neutral-tint": "#ebeaef",
        "focus": "#8a2f6d",
        "selection": "#b9d8ee",
    }
)
"""Colours on a light page, as ``#rrggbb``."""

DARK: Final[Mapping[str, str]] = MappingProxyType(
    {
        "paper": "#131517",
        "panel": "#1b1e21",
        "ink": "#dfe2e6",
        "quiet": "#a6adb7",
        "rule": "#32363b",
        "edge": "#747b85",
        "entity": "#56b4e9",
        "entity-tint": "#123449",
        "quote": "#d99a1e",
        "quote-tint": "#26221a",
        "quote-lit": "#473a19",
        "positive": "#4fc9a4",
        "positive-tint": "#12332a",
        "negative": "#f4905a",
        "negative-tint": "#402414",
        "neutral": "#b9b5c4",
        "neutral-tint": "#2d2b33",
        "focus": "#e39ac5",
        "selection": "#2b4f68",
    }
)
"""The same names on a dark page."""

EITHER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "entity": "#1487c4",
        "quote": "#b5780c",
        "quote-tint": "#e69f0026",
        "positive": "#0c8f6c",
        "negative": "#d0591a",
        "neutral": "#7d7a88",
        "rule": "#80868f80",
    }
)
"""Lines and tints (some with alpha) for HTML that cannot know whether it lies on white or on black."""

POLARITY_SIGNS: Final[Mapping[str, str]] = MappingProxyType({"positive": "+", "negative": "−", "neutral": "±"})
"""The sign that stands for a stance's polarity wherever space is short."""


def stylesheet(kind: str = "ak-reader") -> str:
    """CSS that gives every element of the class `kind` the palette as variables (``--ak-ink`` and so on).

    A page or notebook that states its theme (JupyterLab, VS Code) is believed; elsewhere the reader's
    system preference decides. Print is always light.
    """
    light, dark = _variables(LIGHT), _variables(DARK)
    return (
        f".{kind} {{ color-scheme: light; {light} }}\n"
        "@media screen and (prefers-color-scheme: dark) {\n"
        f"  body:not([data-jp-theme-light], .vscode-light) .{kind} {{ color-scheme: dark; {dark} }}\n"
        "}\n"
        "@media screen {\n"
        f'  body[data-jp-theme-light="false"] .{kind}, body.vscode-dark .{kind} {{ color-scheme: dark; {dark} }}\n'
        "}\n"
    )


def _variables(theme: Mapping[str, str]) -> str:
    return " ".join(f"--ak-{name}: {colour};" for name, colour in theme.items())
