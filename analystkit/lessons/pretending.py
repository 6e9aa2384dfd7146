"""Made-up students, to try out the view of a class and to test it."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from analystkit.files import write_whole
from analystkit.lessons.answers import SUFFIX

if TYPE_CHECKING:
    from analystkit.lessons.exercise import Exercise

_FIRST: Final = (
    "Ada Bea Cem Dov Eve Fay Gil Hana Ivo Jun Kai Lea Mio Noa Oli Pia Rui Sol Tia Uma Vic Wim Yas Zoe".split()
)
_LAST: Final = "Abel Bril Cano Dahl Eken Falk".split()


def pretend(exercise: Exercise, folder: str | os.PathLike[str], *, students: int = 30, seed: int = 1) -> Path:
    """Write answer files as a class would hand them in: the first all right, the others ever more wrong.

    Every item has a difficulty of its own, so that some trouble the whole class. Nobody real is in it.

    Args:
        exercise: The exercise.
        folder: Where to write them; made if it is not there.
        students: How many.
        seed: For another class.

    Returns:
        The folder.
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    rng = random.Random(f"{exercise.id} {seed}")  # noqa: S311  # not a secret
    keys = exercise.key["items"]
    hard = {key["id"]: rng.random() for key in keys}
    for number in range(students):
        care = 1 - number / max(students, 2)
        sure = {item: number == 0 or rng.random() > difficulty * (1.2 - care) for item, difficulty in hard.items()}
        name = f"{_FIRST[number % len(_FIRST)]} {_LAST[(number + number // len(_FIRST)) % len(_LAST)]}"
        hints = {item: rng.randint(1, 3) for item, knows in sure.items() if not knows and rng.random() < 0.3}
        answers = exercise.answers(
            _answers(exercise, sure, rng), student=name, tries=1 + rng.randrange(4), hints=hints, finished=True
        )
        path = target / f"{number + 1:02}-{name.lower().replace(' ', '-')}{SUFFIX}"
        write_whole(path, json.dumps(answers.to_dict(), ensure_ascii=False).encode(), what="the answers")
    return target


def _answers(exercise: Exercise, sure: dict[str, bool], rng: random.Random) -> Any:
    keys = exercise.key["items"]
    if exercise.form == "spans":
        return [key["spans"][0] for key in keys if sure[key["id"]]]
    if exercise.form == "set":
        return [key["id"] for key in keys if key["right"] == sure[key["id"]]]
    if exercise.form == "order":
        order = [key["id"] for key in sorted(keys, key=lambda key: str(key["rank"]))]
        for item in [item for item in order if not sure[item]]:
            order.remove(item)
            order.insert(rng.randint(0, len(order)), item)
        return order
    values = [choice["value"] for choice in exercise.to_dict()["choices"]]
    given: dict[str, Any] = {}
    for key in keys:
        if exercise.form == "chain":
            given[key["id"]] = key["chain"] if sure[key["id"]] else [rng.choice(values)]
        else:
            right = max(key["credit"], key=lambda value: key["credit"][value])
            given[key["id"]] = right if sure[key["id"]] else rng.choice(values)
    return given
