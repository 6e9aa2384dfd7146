"""Widgets without a kernel: Readers with their data, all others as a static likeness of their last state.

The likeness is honest: containers show what they hold, HTML and images show themselves, and controls, which
would need a kernel to do anything, show their value greyed out with a note.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from analystkit.markup import escape, highlight, layers_of

VIEW: Final = "application/vnd.jupyter.widget-view+json"
STATE: Final = "application/vnd.jupyter.widget-state+json"

_READER: Final = "analystkit.reader.widget.Reader"
_NOTE: Final = '<p class="nb-note">What is greyed out works in the running notebook only.</p>'
_REFERENCE: Final = "IPY_MODEL_"
_DEEPEST: Final = 50  # containers within containers; deeper is a circle


class Widgets:
    """Draws the widgets of one notebook.

    Args:
        state: The saved models by id, as in the notebook's metadata.

    Attributes:
        readers: What each Reader drawn so far shows: {"r1": {"analysis": …, "layers": […]}}.
    """

    def __init__(self, state: Mapping[str, Any]) -> None:
        self._state = state
        self._live = True
        self._greyed = False
        self._tabs = 0
        self.readers: dict[str, dict[str, Any]] = {}

    def html(self, view: Mapping[str, Any], *, fallback: Mapping[str, Any], live: bool = True) -> str:
        """One output as HTML.

        Args:
            view: The widget-view MIME data, with the id of the model.
            fallback: The output's other MIME data, for a widget whose state is not known.
            live: Whether a Reader may come alive; otherwise only its static article is drawn.
        """
        self._live = live
        self._greyed = False
        model = str(view.get("model_id"))
        if model not in self._state:
            plain = fallback.get("text/html") or f"<pre>{escape(fallback.get('text/plain', 'A widget'))}</pre>"
            return f"{plain}{'' if 'text/html' in fallback else _NOTE}"
        drawn = self._draw(model, 0)
        return drawn + (_NOTE if self._greyed else "")

    def _draw(self, model: str, depth: int) -> str:
        entry = self._state.get(model.removeprefix(_REFERENCE))
        if entry is None or depth > _DEEPEST:
            return ""
        name, state = str(entry.get("model_name", "")), entry.get("state", {})
        if state.get("_anywidget_id") == _READER:
            return self._reader(state)
        if name in ("TabModel", "AccordionModel"):
            return self._sections(state, depth)
        if "children" in state and name.endswith("Model"):
            row = " nb-row" if name == "HBoxModel" else ""
            inside = "".join(self._draw(child, depth + 1) for child in state["children"])
            return f'<div class="nb-box{row}">{inside}</div>' if inside else ""
        if name in _LIKENESSES:
            return _LIKENESSES[name](state, entry)
        return self._control(name, state)

    def _reader(self, state: Mapping[str, Any]) -> str:
        known = layers_of(state["data"])
        layers = [layer for layer in state.get("layers", known) if layer in known]
        static = highlight(state["data"], layers=layers)
        if not self._live:
            return static
        key = f"r{len(self.readers) + 1}"
        self.readers[key] = {"analysis": state["data"], "layers": layers}
        return f'<div data-reader="{key}">{static}</div>'

    def _sections(self, state: Mapping[str, Any], depth: int) -> str:
        """Tabs as sections that open and close without a script; the one that was open is."""
        self._tabs += 1
        titles: Sequence[str] = state.get("titles", ())
        chosen = state.get("selected_index")
        parts = []
        for number, child in enumerate(state.get("children", ())):
            title = titles[number] if number < len(titles) and titles[number] else f"Part {number + 1}"
            shown = " open" if number == chosen else ""
            parts.append(
                f'<details class="nb-tab" name="tabs-{self._tabs}"{shown}><summary>{escape(title)}</summary>'
                f"{self._draw(child, depth + 1)}</details>"
            )
        return "".join(parts)

    def _control(self, name: str, state: Mapping[str, Any]) -> str:
        if name.endswith("ProgressModel"):  # what ran is over; the text beside the bar tells how far it came
            return ""
        self._greyed = True
        label = state.get("description") or name.removesuffix("Model")
        value = _value(state)
        shown = f": {escape(value)}" if value else ""
        return f'<span class="nb-greyed">{escape(label)}{shown}</span>'


def _value(state: Mapping[str, Any]) -> str:
    """What a control is set to, in words; empty if it has no value."""
    options, index = state.get("_options_labels"), state.get("index")
    if options is not None:
        if isinstance(index, int) and 0 <= index < len(options):
            return str(options[index])
        return ", ".join(str(options[i]) for i in index) if isinstance(index, list | tuple) else ""
    value = state.get("value")
    if isinstance(value, Mapping):  # a date travels as its parts
        parts = [value[key] for key in ("year", "month", "date") if isinstance(value.get(key), int)]
        return f"{parts[0]}-{parts[1] + 1:02}-{parts[2]:02}" if len(parts) == 3 else ""
    return "" if value is None else str(value)


def _label(state: Mapping[str, Any], _entry: Mapping[str, Any]) -> str:
    return f"<p>{escape(state.get('value', ''))}</p>"


def _html(state: Mapping[str, Any], _entry: Mapping[str, Any]) -> str:
    return f'<div class="jp-RenderedHTMLCommon">{state.get("value", "")}</div>'


def _image(state: Mapping[str, Any], entry: Mapping[str, Any]) -> str:
    for buffer in entry.get("buffers", ()):
        if buffer.get("path") == ["value"] and buffer.get("encoding") == "base64":
            kind = escape(state.get("format", "png"))
            return f'<img alt="" src="data:image/{kind};base64,{escape(buffer["data"])}">'
    return ""


def _output(state: Mapping[str, Any], _entry: Mapping[str, Any]) -> str:
    parts = []
    for output in state.get("outputs", ()):
        data = output.get("data", {})
        if "text/html" in data:
            parts.append(str(data["text/html"]))
        elif "image/png" in data:
            parts.append(f'<img alt="" src="data:image/png;base64,{escape("".join(data["image/png"].split()))}">')
        else:
            parts.append(f"<pre>{escape(output.get('text') or data.get('text/plain', ''))}</pre>")
    return "".join(parts)


_LIKENESSES: Final[Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], str]]] = {
    "HTMLModel": _html,
    "HTMLMathModel": _html,
    "LabelModel": _label,
    "ImageModel": _image,
    "OutputModel": _output,
}
