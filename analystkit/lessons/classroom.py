"""The class view: all answer files of an exercise together, and what they say about it."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

from analystkit.errors import AnswersError, LessonError
from analystkit.files import write_whole
from analystkit.lessons.answers import SUFFIX, Answers, read_answers
from analystkit.lessons.exercise import Exercise
from analystkit.lessons.scoring import Feedback, Result
from analystkit.wire import Describable, as_dict

if TYPE_CHECKING:
    import pandas as pd

    from analystkit.analysis import Analysis

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class HandedIn:
    """One student's graded answers.

    Attributes:
        student: Whose; from the folder where files are collected in a folder for each student, else from the file.
        answers: What was answered.
        result: What it is worth.
        path: The file; None where the answers come from elsewhere.
    """

    student: str
    answers: Answers
    result: Result
    path: Path | None = None


@dataclass(frozen=True)
class Refused:
    """A file that could not be graded, and why."""

    path: Path
    why: str


class Classroom:
    """The results of a class in one exercise. In a notebook it shows the article with the trouble in its margin.

    Made by `collect`.

    Attributes:
        exercise: The exercise.
        handed_in: The graded answers, by student.
        refused: The files that could not be graded.
    """

    def __init__(
        self,
        exercise: Exercise,
        handed_in: list[HandedIn],
        refused: list[Refused],
        machine: Analysis | Describable | Mapping[str, Any] | None = None,
    ) -> None:
        self.exercise = exercise
        self.handed_in = sorted(handed_in, key=lambda one: (one.student.casefold(), str(one.path)))
        self.refused = refused
        self.machine = None if machine is None else exercise.check_analysis(as_dict(machine))

    def __repr__(self) -> str:
        refused = f", {len(self.refused)} refused" if self.refused else ""
        return f"Classroom({self.exercise.title!r}, {len(self.handed_in)} handed in{refused})"

    def _repr_html_(self) -> str:
        from analystkit.lessons.heat import heat

        return heat(self)

    @property
    def grades(self) -> pd.DataFrame:
        """A row a student.

        Columns `student`, `score` (0 to 1), `right`, `near`, `wrong`, `missing` (items), `extra` (marks in excess),
        `tries`, `hints`, `finished` and `file`.
        """
        import pandas as pd

        rows = []
        for one in self.handed_in:
            verdicts = [item.verdict for item in one.result.items]
            rows.append(
                {
                    "student": one.student,
                    "score": round(one.result.score, 4),
                    **{verdict: verdicts.count(verdict) for verdict in ("right", "near", "wrong", "missing")},
                    "extra": len(one.result.extra),
                    "tries": one.answers.tries,
                    "hints": sum((one.answers.hints or {}).values()),
                    "finished": one.answers.finished,
                    "file": "" if one.path is None else one.path.name,
                }
            )
        columns = "student score right near wrong missing extra tries hints finished file".split()
        return pd.DataFrame(rows, columns=columns)

    @property
    def items(self) -> pd.DataFrame:
        """A row an item, the hardest first.

        Columns `item`, `question`, `words` (what it is about), `credit` (mean, 0 to 1), `trouble` (how many students
        had less than full credit), `students` (their names), `hints` (mean number taken), `machine` (its credit) and
        `answer`.
        """
        import pandas as pd

        machine = {} if self.machine is None else {item.item: item.credit for item in self.machine.items}
        rows = []
        for key in self.exercise.key["items"]:
            all_feedback = list(self.feedback(key["id"]))
            trouble = [student for student, one in all_feedback if one.credit < 1]
            taken = [(one.answers.hints or {}).get(key["id"], 0) for one in self.handed_in]
            rows.append(
                {
                    "item": key["id"],
                    **self.exercise.asked(key["id"]),
                    "credit": fmean(one.credit for _, one in all_feedback) if all_feedback else None,
                    "trouble": len(trouble),
                    "students": ", ".join(trouble),
                    "hints": fmean(taken) if taken else None,
                    "machine": machine.get(key["id"]),
                    "answer": key["why"],
                }
            )
        columns = "item question words credit trouble students hints machine answer".split()
        table = pd.DataFrame(rows, columns=columns)
        return table.sort_values("credit", kind="stable", ignore_index=True)

    def feedback(self, item: str) -> Iterator[tuple[str, Feedback]]:
        """What became of one item, student by student. An item that was rightly left alone counts as right."""
        for one in self.handed_in:
            found = next((f for f in (*one.result.items, *one.result.extra) if f.item == item), None)
            yield one.student, found or Feedback(item, 1.0, "right", None, None, "")

    def share(self, path: str | os.PathLike[str]) -> Path:
        """Write the view of the class as a page.

        Raises:
            AnalystkitError: The file cannot be written there.
        """
        from analystkit.agreement.sidebyside import VIEW_STYLE
        from analystkit.page.document import document

        page = document(f"<main>{self._repr_html_()}</main>", title=self.exercise.title, styles=[VIEW_STYLE])
        return write_whole(path, page.encode(), what="the page")

    def to_csv(self, path: str | os.PathLike[str]) -> Path:
        """Write the grades as a CSV file that spreadsheets open (UTF-8 with a byte order mark).

        A name or file that a spreadsheet would take for a formula gets an apostrophe in front.

        Raises:
            AnalystkitError: The file cannot be written there.
        """
        table = self.grades
        for column in ("student", "file"):
            table[column] = [f"'{text}" if text.startswith(_FORMULA) else text for text in table[column]]
        buffer = io.StringIO()
        table.to_csv(buffer, index=False, lineterminator="\r\n")
        return write_whole(path, b"\xef\xbb\xbf" + buffer.getvalue().encode(), what="the grades")


def collect(
    exercise: Exercise,
    folder: str | os.PathLike[str],
    *,
    assignment: str | None = None,
    machine: Analysis | Describable | Mapping[str, Any] | None = None,
) -> Classroom:
    """Grade all answer files in a folder: those that are not answers to the exercise are refused, the rest graded.

    The files end in ``.answers.json`` and lie in the folder itself, or as nbgrader collects them, in
    ``STUDENT/ASSIGNMENT/`` (the folder being nbgrader's ``submitted``); then the folder tells whose they are. Of
    several files of one student the last in alphabetical order counts; the others are refused as replaced.

    Args:
        exercise: The exercise.
        folder: Where the files are.
        assignment: In nbgrader's layout, the assignment that the exercise belongs to. Without it, files in such
            folders that answer another exercise are passed over.
        machine: The machine's own analysis of the article, to compare with.

    Raises:
        LessonError: There is no such folder.
    """
    root = Path(folder)
    if not root.is_dir():
        raise LessonError(f"There is no folder {root} to collect answers from.")
    flat = sorted(path for path in root.iterdir() if path.name.endswith(SUFFIX))
    nested = sorted(path for path in root.glob(f"*/{assignment or '*'}/*{SUFFIX}") if not _leads_away(path))
    handed_in: dict[str, HandedIn] = {}
    refused: list[Refused] = []
    for path in [*flat, *nested]:
        own_folder = path.parent != root
        try:
            answers = read_answers(path)
            if own_folder and assignment is None and answers.exercise != exercise.id:
                continue
            result = exercise.check(answers)
        except AnswersError as error:
            refused.append(Refused(path, str(error)))
            continue
        student = path.relative_to(root).parts[0] if own_folder else _name(answers, path)
        before = handed_in.get(student.casefold())
        if before is not None and before.path is not None:
            refused.append(Refused(before.path, f"Replaced by {path.name}, which {student} handed in as well."))
        handed_in[student.casefold()] = HandedIn(student, answers, result, path)
    return Classroom(exercise, list(handed_in.values()), refused, machine)


def _leads_away(path: Path) -> bool:
    """Whether a folder on the way to a file is a link."""
    return path.parent.is_symlink() or path.parent.parent.is_symlink()


def _name(answers: Answers, path: Path) -> str:
    """The name in the file, in one line and without what cannot be seen; else the file's own."""
    name = " ".join("".join(c if c.isprintable() else " " for c in answers.student).split())
    return name or path.name.removesuffix(SUFFIX)
