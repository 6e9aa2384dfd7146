"""How the site is made: `uv run sphinx-build -W docs docs/_build/html`. It needs no network, nor does reading it."""

from importlib.metadata import version as version_of
from typing import Any

from analystkit.palette import DARK, LIGHT

project = "analystkit"
author = "the analystkit maintainers"
copyright = author
release = version = version_of("analystkit")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "sphinx_design",
]
exclude_patterns = ["_build"]
nitpicky = False  # docstrings put all code between backticks, names from elsewhere as well
suppress_warnings = ["ref.python"]  # `confidence` is one of several attributes of that name: it stays plain code
default_role = "py:obj"  # in a docstring `Article` leads to Article

myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]  # attrs: a picture for each theme
myst_heading_anchors = 3

napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
napoleon_preprocess_types = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
autodoc_class_signature = "mixed"
maximum_signature_line_length = 90
toc_object_entries_show_parents = "hide"

html_theme = "furo"
html_title = "analystkit"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": LIGHT["entity"],
        "color-brand-content": LIGHT["entity"],
        "color-brand-visited": LIGHT["focus"],
    },
    "dark_css_variables": {
        "color-brand-primary": DARK["entity"],
        "color-brand-content": DARK["entity"],
        "color-brand-visited": DARK["focus"],
    },
    "footer_icons": [],
}
copybutton_exclude = ".linenos, .gp, .go"


def setup(app: Any) -> None:
    """Docstrings quote code in single backticks, also with blanks and brackets: those are code, not references."""
    app.connect("autodoc-process-docstring", _mark_code)


def _mark_code(app: Any, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    import re

    single = re.compile(r"(?<![`:\w])`([^`\n]+)`(?!`|_)")
    plain = re.compile(r"[A-Za-z_][\w.]*")
    lines[:] = [
        single.sub(lambda match: match[0] if plain.fullmatch(match[1]) else f"``{match[1]}``", line) for line in lines
    ]
