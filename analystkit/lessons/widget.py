"""The exercise as a Jupyter widget."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from analystkit.corrections import text_hash
from analystkit.errors import AnswersError
from analystkit.files import write_whole
from analystkit.lessons.bundling import script, style
from analystkit.markup import escape

if TYPE_CHECKING:
    from analystkit.lessons.answers import Answers
    from analystkit.lessons.exercise import Exercise
    from analystkit.lessons.scoring import Result


class ExerciseWidget(anywidget.AnyWidget):
    """An exercise to be solved in a notebook: the article at the left, the tasks at the right.

    Args:
        exercise: The exercise.

    Attributes:
        answers: The student's answers in their JSON form, kept up to date while they work; empty at first.
    """

    _esm = script()
    _css = style()

    exercise = traitlets.Dict().tag(sync=True)
    text_hash = traitlets.Unicode().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        super().__init__(exercise=exercise.to_dict(), text_hash=text_hash(exercise.text))

    @property
    def handed_in(self) -> Answers | None:
        """The answers as they stand; None where nothing was answered yet."""
        from analystkit.lessons.answers import Answers

        return Answers.from_dict(self.answers) if self.answers else None

    @property
    def result(self) -> Result | None:
        """What the answers are worth, computed anew; None where nothing was answered yet."""
        return self._exercise.check(self.answers) if self.answers else None

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the answers to a file to hand in (by custom NAME.answers.json).

        Raises:
            AnswersError: Nothing was answered yet.
            AnalystkitError: The file cannot be written there.
        """
        if not self.answers:
            raise AnswersError("Nothing was answered yet, so there is nothing to save.")
        return write_whole(path, json.dumps(self.answers, ensure_ascii=False).encode(), what="the answers")

    def __repr__(self) -> str:
        """One line; the default would print the whole article."""
        return f"ExerciseWidget({self._exercise!r})"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """The widget and, for places without a kernel or scripts, what the exercise asks."""
        bundle: tuple[dict[str, Any], dict[str, Any]] | None = super()._repr_mimebundle_(**kwargs)
        if bundle is not None:
            bundle[0]["text/html"] = f"<p><b>{escape(self._exercise.title)}.</b> {escape(self.exercise['task'])}</p>"
        return bundle
