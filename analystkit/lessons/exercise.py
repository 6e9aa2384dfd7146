"""An exercise: an article, what is asked about it, and the key to check answers with."""

from __future__ import annotations

import hashlib
import json
import os
import random
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from analystkit import schema
from analystkit.analysis import Analysis, QuoteKind
from analystkit.corrections import text_hash
from analystkit.errors import AnswersError, ExerciseError
from analystkit.files import write_whole
from analystkit.lessons import scoring
from analystkit.lessons.answers import Answers, check_shape, read_answers
from analystkit.lessons.kinds import KINDS, LEVELS, Level
from analystkit.lessons.material import Material
from analystkit.lessons.sealing import seal, unseal
from analystkit.wire import Describable, as_dict, encodable

if TYPE_CHECKING:
    import pandas as pd

    from analystkit.lessons.widget import ExerciseWidget

ID: Final = "analystkit/exercise@1"
SUFFIX: Final = ".exercise.json"

_QUOTE_KINDS: Final[Mapping[str, tuple[QuoteKind, ...]]] = {
    "easy": ("direct",),
    "medium": ("direct", "mixed"),
    "hard": ("direct", "mixed", "indirect"),
}
_ALL_QUOTES: Final = frozenset(_QUOTE_KINDS["hard"])


class Exercise:
    """An exercise on one article. In a notebook it shows itself, to be solved.

        exercise = Exercise.from_analysis(analysis, "speakers", level="easy")
        exercise.share("speakers.html")                    # for the students: a page that needs no Python
        exercise.save("speakers.exercise.json")            # for the teacher: to grade with

    Args:
        data: The exercise in its JSON form `analystkit/exercise@1`.

    Raises:
        ExerciseError: The data are not an exercise.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        from jsonschema import Draft202012Validator
        from jsonschema.exceptions import best_match

        error = best_match(Draft202012Validator(schema.schema(ID)).iter_errors(data))
        if error is not None:
            place = error.json_path.removeprefix("$.")
            raise ExerciseError(f"Not an exercise in the form {ID}: at {place}: {error.message[:200]}")
        self._data = dict(data)

    @classmethod
    def from_analysis(
        cls,
        analysis: Analysis | Describable | Mapping[str, Any],
        kind: str,
        *,
        level: Level = "medium",
        quote_kinds: Iterable[QuoteKind] | None = None,
        title: str | None = None,
    ) -> Exercise:
        """Make an exercise of an article and its analysis, which becomes the key: correct it first.

        Args:
            analysis: The analysis, or its dictionary.
            kind: One of `KINDS`: "people", "quotes", "speakers", "directness", "stances", "chains", "events", "silent".
            level: "easy", "medium" or "hard"; what that means for a kind is in its `levels`.
            quote_kinds: The kinds of quote that are asked about, instead of those that the level stands for.
            title: A title instead of the kind's.

        Raises:
            ExerciseError: There is no such kind or level, or the article holds nothing to ask.
        """
        if kind not in KINDS:
            raise ExerciseError(f"There is no kind of exercise {kind!r}; choose from {', '.join(KINDS)}.")
        if level not in LEVELS:
            raise ExerciseError(f"There is no level {level!r}; choose from {', '.join(LEVELS)}.")
        source = encodable(as_dict(analysis))
        made = KINDS[kind]
        kinds = frozenset(quote_kinds if quote_kinds is not None else _quotes_of(kind, level))
        material = Material(Analysis.from_dict(source))
        items = made.build(material, level, kinds)
        if not items:
            raise ExerciseError(
                f"There is nothing to ask: the analysis of {source['article']['title'] or 'the article'!r} has nothing "
                f"for “{made.title}” at the level {level} ({made.levels[level]})."
            )
        key = {
            "items": [item["key"] for item in items],
            "entities": {
                entity["id"]: [[mention["start"], mention["end"]] for mention in entity["mentions"]]
                for entity in source["entities"]
            },
        }
        text = source["text"]
        digest = hashlib.sha256(json.dumps([kind, level, text, key], sort_keys=True).encode()).hexdigest()
        asked = [item["ask"] for item in items if item["ask"] is not None]
        if made.form == "order":
            asked = _shuffled(asked, digest)
        choices: list[dict[str, str]] = next((ask["choices"] for ask in asked if "choices" in ask), [])
        for ask in asked:
            ask.pop("choices", None)
        return cls(
            {
                "schema": ID,
                "id": f"x{digest[:12]}",
                "kind": kind,
                "form": made.form,
                "level": level,
                "quote_kinds": sorted(kinds),
                "title": title or made.title,
                "task": made.task,
                "article": source["article"],
                "text": text,
                "furniture": source["furniture"],
                "count": len(items),
                "choices": choices,
                "items": asked,
                "sealed": seal(key, salt=int(digest[12:20], 16)),
            }
        )

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Exercise:
        """An exercise from a file that `save` wrote.

        Raises:
            ExerciseError: The file cannot be read, or holds no exercise.
        """
        try:
            data = json.loads(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            raise ExerciseError(f"Cannot read the exercise {path}: {error.strerror or error}.") from error
        except ValueError as error:
            raise ExerciseError(f"{path} holds no exercise: {error}") from error
        return cls(data)

    def __repr__(self) -> str:
        about = self.article["title"] or self.article["id"]
        return f"Exercise({self.kind!r}, {self.level}, {about!r}, {self._data['count']} items)"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return self.widget._repr_mimebundle_(**kwargs)

    # ---- what it is

    @property
    def id(self) -> str:
        """What answers refer to; the same for the same exercise on the same analysis."""
        return str(self._data["id"])

    @property
    def kind(self) -> str:
        """Its kind, one of `KINDS`."""
        return str(self._data["kind"])

    @property
    def level(self) -> str:
        """Its level: "easy", "medium" or "hard"."""
        return str(self._data["level"])

    @property
    def form(self) -> str:
        """How answers are given: "spans", "choice", "chain", "order" or "set"."""
        return str(self._data["form"])

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self._data["title"])

    @property
    def article(self) -> dict[str, Any]:
        """Title, byline, date… of the article."""
        return dict(self._data["article"])

    @property
    def text(self) -> str:
        """The article's text."""
        return str(self._data["text"])

    @cached_property
    def items(self) -> list[dict[str, Any]]:
        """What is asked, each with its id, question and places; empty where the items are to be found."""
        return list(self._data["items"])

    @cached_property
    def key(self) -> dict[str, Any]:
        """The key: for teachers.

        Raises:
            ExerciseError: It is damaged.
        """
        key = unseal(self._data["sealed"])
        if not isinstance(key, dict) or not key.get("items"):
            raise ExerciseError("The exercise's key is damaged. Make the exercise again from its analysis.")
        return key

    @property
    def solution(self) -> pd.DataFrame:
        """The answers, for teachers: a row an item with `item`, `question`, `words` (what it is about) and `answer`."""
        import pandas as pd

        rows = [{"item": item["id"], **self.asked(item["id"]), "answer": item["why"]} for item in self.key["items"]]
        return pd.DataFrame(rows, columns=["item", "question", "words", "answer"])

    def asked(self, item: str) -> dict[str, str]:
        """What an item asks, for teachers: its `question` and the `words` it is about."""
        ask = next((one for one in self.items if one["id"] == item), None)
        key = next(one for one in self.key["items"] if one["id"] == item)
        spans = ask["spans"] if ask and ask["spans"] else [key["span"]]
        words = " … ".join(" ".join(self.text[start:end].split()) for start, end in spans)
        return {"question": ask["prompt"] if ask else self.title, "words": words}

    def to_dict(self) -> dict[str, Any]:
        """The exercise in its JSON form; the key in it is masked."""
        return dict(self._data)

    # ---- giving it out

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the exercise to a file (by custom NAME.exercise.json), to load and to grade with.

        Raises:
            AnalystkitError: The file cannot be written there.
        """
        content = json.dumps(self._data, ensure_ascii=False, indent=1).encode()
        return write_whole(path, content, what="the exercise")

    def share(self, path: str | os.PathLike[str]) -> Path:
        """Write the exercise as a page that a student opens in any browser, without Python and offline.

        The page checks answers itself, gives hints, and saves the answers as a file to hand in.

        Raises:
            AnalystkitError: The file cannot be written there.
        """
        from analystkit.lessons.page import render_page

        return write_whole(path, render_page(self).encode(), what="the page")

    @cached_property
    def widget(self) -> ExerciseWidget:
        """The exercise as a widget, in which it is solved."""
        from analystkit.lessons.widget import ExerciseWidget

        return ExerciseWidget(self)

    # ---- taking it in

    def answers(self, given: Any, *, student: str = "", **more: Any) -> Answers:
        """Answers to this exercise, from what was given in the shape of its form."""
        return Answers(self.id, text_hash(self.text), student, given, **more)

    def check(self, answers: Answers | Mapping[str, Any] | Any) -> scoring.Result:
        """Compare answers with the key.

        Args:
            answers: `Answers`, their JSON form, or just what was given, in the shape of the exercise's form.

        Raises:
            AnswersError: The answers belong to another exercise or text, or have not the shape of this one.
        """
        if isinstance(answers, Mapping) and "schema" in answers:
            answers = Answers.from_dict(answers)
        if not isinstance(answers, Answers):
            answers = self.answers(answers)
        if answers.exercise != self.id:
            raise AnswersError(f"These are answers to the exercise {answers.exercise}, not to this one, {self.id}.")
        if answers.text != text_hash(self.text):
            raise AnswersError("These answers were given on another text than this exercise's.")
        items = {item["id"]: item for item in self.items}
        check_shape(self.form, answers.answers, items, len(self.text))
        return scoring.score(self.form, self.key, answers.answers, self.text)

    def check_analysis(self, analysis: Analysis | Describable | Mapping[str, Any]) -> scoring.Result:
        """Score an analysis (the machine's, say, or one that a student made in the Reader) as if it were answers.

        Raises:
            AnswersError: It is of another text.
        """
        from analystkit.lessons.translating import answers_from

        return self.check(answers_from(self, as_dict(analysis)))

    def grade(self, path: str | os.PathLike[str]) -> scoring.Result:
        """Check the answers in a file.

        Raises:
            AnswersError: It is not a file of answers to this exercise.
        """
        return self.check(read_answers(Path(path)))


def _quotes_of(kind: str, level: str) -> Iterable[QuoteKind]:
    """The kinds of quote that a level stands for; where quotes are but the means, all of them."""
    return _QUOTE_KINDS[level] if kind in ("quotes", "speakers") else _ALL_QUOTES


def _shuffled(asked: list[dict[str, Any]], seed: str) -> list[dict[str, Any]]:
    """The items in an order that tells nothing, the same for everybody."""
    mixed = list(asked)
    random.Random(seed).shuffle(mixed)  # noqa: S311  # not a secret
    return mixed
