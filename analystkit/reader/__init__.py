"""The Reader: an analysis in the article's own words, to read, to explore and to correct.

`js/` holds the browser's side as ES modules, reader.css its look; `bundle` joins the modules for the widget
and for the shared page. The widget needs anywidget, which is imported when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analystkit.reader.widget import Reader

__all__ = ["Reader"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from analystkit.reader import widget

        return getattr(widget, name)
    raise AttributeError(f"module 'analystkit.reader' has no attribute {name!r}")
