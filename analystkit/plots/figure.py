"""The figure of our plots: a light sheet as a file, and in a notebook a picture in the notebook's own theme.

In a notebook it shows itself as SVG in which each colour of the palette is a CSS variable, so that it turns dark
with JupyterLab, and with its alternative text. Where neither style sheets nor SVG are let in, as on a code host, the
same picture as PNG is there instead.
"""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re
from typing import Final

import matplotlib as mpl
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from analystkit import palette

_INCH: Final = 96  # CSS pixels
_DPI: Final = 144
_NOT_DRAWN: Final = re.compile(r"\A.*?(?=<svg\b)|<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
_ID: Final = re.compile(r'\bid="|\bhref="#|\burl\(#')
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}\b")
_NAMES: Final = {colour: name for name, colour in palette.LIGHT.items()}
# The PNG is what shows unless the style sheet is let in.
_STYLE: Final = palette.stylesheet("ak-figure") + (
    ".ak-figure .ak-drawing { display: block !important; } .ak-figure .ak-picture { display: none !important; }\n"
    ".ak-figure svg { display: block; max-width: 100%; height: auto; }\n"
    ".jp-OutputArea-output .ak-figure, .vscode-body .ak-figure { --ak-paper: transparent !important; }"
)


class Sheet(Figure):
    """A matplotlib figure that notebooks show in their own theme."""

    def _repr_html_(self) -> str | None:
        """The picture for a notebook: in its theme, unless it was drawn dark; None without one of our plots."""
        from analystkit.plots.sheet import alt_text  # which draws on figures of this kind

        told = " ".join(filter(None, map(alt_text, self.axes)))
        if not told:
            return None
        return in_html(self, told) if self.get_facecolor() == to_rgba(palette.LIGHT["paper"]) else _picture(self, told)


def in_html(figure: Figure, told: str) -> str:
    """A figure in our light colours as HTML that follows the theme of the page.

    Args:
        figure: The figure.
        told: The alternative text.
    """
    style = f"display:none;{_size(figure)}"
    return (
        f'<div class="ak-figure"><style>{_STYLE}</style>'
        f'<div class="ak-drawing" role="img" aria-label="{html.escape(told)}" style="{style}">{drawing(figure)}</div>'
        f"{_picture(figure, told)}</div>"
    )


def _picture(figure: Figure, told: str) -> str:
    """A figure as PNG within HTML, with its words."""
    data = io.BytesIO()
    figure.savefig(data, format="png", dpi=_DPI)
    source = f"data:image/png;base64,{base64.b64encode(data.getvalue()).decode('ascii')}"
    return f'<img class="ak-picture" alt="{html.escape(told)}" src="{source}" style="{_size(figure)}">'


def _size(figure: Figure) -> str:
    return f"width:{round(figure.get_figwidth() * _INCH)}px;max-width:100%"


def drawing(figure: Figure) -> str:
    """A figure in our light colours as an SVG element, its words as shapes, its colours as CSS variables.

    The ids in it are its own, so that several can stand in one page.
    """
    data = io.StringIO()
    # A reader's computer may lack our font; the same figure is to give the same element.
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": "analystkit"}):
        figure.savefig(data, format="svg", metadata={"Date": None})
    drawn = _NOT_DRAWN.sub("", data.getvalue())
    own = hashlib.sha256(drawn.encode()).hexdigest()[:8]
    drawn = _ID.sub(rf"\g<0>i{own}-", _COLOUR.sub(_variable, drawn))
    return drawn.strip().replace("<svg ", '<svg aria-hidden="true" ', 1)


def _variable(colour: re.Match[str]) -> str:
    name = _NAMES.get(colour[0])
    return f"var(--ak-{name}, {colour[0]})" if name else colour[0]
