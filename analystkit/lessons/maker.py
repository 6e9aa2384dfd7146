"""Make an exercise with a few clicks: a form for teachers."""

from __future__ import annotations

import html
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import ipywidgets as widgets  # type: ignore[import-untyped]

from analystkit import pipeline
from analystkit.analysis import Analysis
from analystkit.article import read
from analystkit.errors import AnalystkitError
from analystkit.lessons.exercise import SUFFIX, Exercise
from analystkit.lessons.kinds import KINDS, LEVELS
from analystkit.packaged import samples

_WIDE: Final = {"width": "min(34em, 100%)"}
_LABELLED: Final = {"description_width": "7em"}
_GOLD: Final = ".gold.json"


class Maker(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Chooses an article, a kind and a level, shows the exercise, and writes it for students and teacher.

    Args:
        folder: Where the articles are (see `analystkit.packaged`). Where NAME.gold.json lies beside an article, that
            corrected analysis becomes the key; otherwise the machine's own does, and the form says so.

    Attributes:
        exercise: The exercise made last; None before.
    """

    def __init__(self, folder: str | os.PathLike[str] | None = None) -> None:
        self.exercise: Exercise | None = None
        self.articles = samples(None if folder is None else Path(folder))
        self.article = _dropdown("Article", list(self.articles))
        self.kind = _dropdown("Kind", [(kind.title, kind.name) for kind in KINDS.values()])
        self.level = _dropdown("Level", [(level, level) for level in LEVELS])
        self.about = widgets.HTML()
        self.make = widgets.Button(description="Make it", button_style="primary", icon="pencil")
        self.write = widgets.Button(
            description="Write page and key",
            tooltip="The page for the students, and the file to grade with, beside this notebook.",
            icon="save",
            disabled=True,
            layout={"width": "auto"},
        )
        self.status = widgets.HTML()
        self.preview = widgets.VBox()
        self.make.on_click(lambda _: self.show())
        self.write.on_click(lambda _: self.save())
        for field in (self.kind, self.level):
            field.observe(lambda _: self._tell(), "value")
        self._tell()
        buttons = widgets.HBox([self.make, self.write])
        super().__init__([self.article, self.kind, self.level, self.about, buttons, self.status, self.preview])

    def __repr__(self) -> str:
        """One line; the default would print every widget in it."""
        return f"Maker({self.exercise!r})"

    def show(self) -> None:
        """Make the exercise and show it as students see it; says so in a sentence if that fails."""
        try:
            path = self.articles[self.article.value]
            gold = path.with_name(f"{path.stem}{_GOLD}")
            if gold.exists():
                analysis = Analysis.from_json(gold.read_text(encoding="utf-8"))
                note = "The key is the corrected analysis beside the article."
            else:
                analysis = pipeline.analyze(read(path))
                note = "The key is the machine's own reading, errors included: correct it in the Reader first."
            self.exercise = Exercise.from_analysis(analysis, self.kind.value, level=self.level.value)
        except (AnalystkitError, KeyError) as error:
            self._say(str(error), failed=True)
            return
        self.preview.children = [self.exercise.widget]
        self.write.disabled = False
        self._say(f"{self.exercise.to_dict()['count']} items. {note}")

    def save(self) -> None:
        """Write the page for students and the file to grade with beside the notebook."""
        if self.exercise is None:
            return
        name = f"{self.article.value}-{self.exercise.kind}"
        try:
            page, key = self.exercise.share(f"{name}.html"), self.exercise.save(f"{name}{SUFFIX}")
        except AnalystkitError as error:
            self._say(str(error), failed=True)
        else:
            self._say(f"Wrote {page} for your students and {key} to grade with.")

    def _tell(self) -> None:
        kind = KINDS[self.kind.value]
        text = f"{kind.task} <i>{html.escape(self.level.value)}:</i> {html.escape(kind.levels[self.level.value])}."
        self.about.value = f'<div style="max-width:46em;line-height:1.4">{text}</div>'

    def _say(self, message: str, *, failed: bool = False) -> None:
        self.status.value = f'<div role="status">{"⚠ " if failed else ""}{html.escape(message)}</div>'


def _dropdown(label: str, options: Sequence[str | tuple[str, str]]) -> widgets.Dropdown:
    return widgets.Dropdown(description=label, options=options, layout=_WIDE, style=_LABELLED)
