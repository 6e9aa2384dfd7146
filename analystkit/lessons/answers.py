"""Answer files: what a student hands in, checked before anything in it is used.

A file is data, never code, and comes from anybody: it may be garbage, or made to break the grading. What is read is
limited in size, follows a schema, and belongs to the exercise that is graded. No score in it is believed; the grading
computes its own.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from analystkit import schema
from analystkit.errors import AnswersError

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

ID: Final = "analystkit/answers@1"
SUFFIX: Final = ".answers.json"
MAX_BYTES: Final = 1_000_000


@dataclass(frozen=True)
class Answers:
    """What one student answered.

    Attributes:
        exercise: Id of the exercise.
        text: SHA-256 of the article's text.
        student: The name that the student gave; may be empty.
        answers: By the exercise's form. "spans": a list of ``(start, end)``. "choice": a value for each item. "chain":
            a list of values for each item. "order" and "set": a list of items.
        tries: How often the student checked.
        hints: How many hints the student took for each item, of three.
        finished: Whether the student finished, and so has seen the key.
    """

    exercise: str
    text: str
    student: str
    answers: Any
    tries: int = 0
    hints: Mapping[str, int] | None = None
    finished: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The answers in their JSON form, `analystkit/answers@1`."""
        return {
            "schema": ID,
            "exercise": self.exercise,
            "text": self.text,
            "student": self.student,
            "answers": self.answers,
            "tries": self.tries,
            "hints": dict(self.hints or {}),
            "finished": self.finished,
        }

    @classmethod
    def from_dict(cls, data: Any) -> Answers:
        """Answers from their JSON form.

        Raises:
            AnswersError: The data do not follow the schema.
        """
        from jsonschema.exceptions import best_match

        try:
            error = best_match(_validator().iter_errors(data))
        except RecursionError:
            raise AnswersError("Not answers: the data are nested too deeply.") from None
        if error is not None:
            place = error.json_path.removeprefix("$").lstrip(".")
            raise AnswersError(f"Not answers in the form {ID}{f': at {place[:80]}' if place else ''}: {_brief(error)}")
        return cls(**{key: data[key] for key in cls.__dataclass_fields__})


def read_answers(path: Path) -> Answers:
    """Answers from a file.

    Raises:
        AnswersError: It is no plain file, is too large, is not JSON, or does not follow the schema.
    """
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise AnswersError("Not a plain file: links and special files are not followed.")
        if status.st_size > MAX_BYTES:
            raise AnswersError(f"Larger than {MAX_BYTES // 1_000_000} MB; answers are a few kilobytes.")
        data = json.loads(path.read_bytes().decode("utf-8"), parse_constant=_no_constant)
    except OSError as error:
        raise AnswersError(f"Cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError:
        raise AnswersError("Not text in UTF-8.") from None
    except RecursionError:
        raise AnswersError("Not answers: the data are nested too deeply.") from None
    except AnswersError:
        raise
    except ValueError as error:
        raise AnswersError(f"Not JSON: {str(error)[:120]}") from error
    return Answers.from_dict(data)


def check_shape(form: str, answers: Any, items: Mapping[str, Any], length: int) -> None:
    """See that answers have the shape of an exercise's form and speak of its items and its text.

    Args:
        form: The exercise's form.
        answers: The answers.
        items: The exercise's items by id; of "spans" none, for its items are not known to the student.
        length: Length of the text in code points.

    Raises:
        AnswersError: They have not.
    """
    if form == "spans":
        spans = isinstance(answers, list) and all(isinstance(one, list | tuple) for one in answers)
        if not spans:
            raise AnswersError("The answers are not marks in the text, which this exercise asks for.")
        for start, end in answers:
            if not start < end <= length:
                raise AnswersError(f"The mark {start}:{end} does not lie within the text of {length} code points.")
        return
    if form in ("order", "set"):
        fits = isinstance(answers, list) and all(isinstance(one, str) for one in answers)
    else:
        inner = list if form == "chain" else str
        fits = isinstance(answers, dict) and all(isinstance(one, inner) for one in answers.values())
    if not fits:
        raise AnswersError(f"The answers have not the shape of a {form} exercise; were they given to another one?")
    if unknown := [one for one in answers if one not in items]:
        raise AnswersError(f"The answers speak of the item {unknown[0]}, which the exercise does not have.")


@cache
def _validator() -> Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema.schema(ID))


def _brief(error: Any) -> str:
    """The complaint without the value, which may be long, or made to look like something else."""
    if error.validator in ("anyOf", "type", "pattern", "maxLength", "maxItems"):
        return f"it does not follow the schema's {error.validator}."
    return "".join(c if c.isprintable() else "\ufffd" for c in str(error.message)[:120])


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
