"""Names that the user gives: found wherever they stand, whatever the recogniser says.

The file has one name a line, as JSON: `{"label": "ORG", "pattern": "Bay Courier"}`, the form of spaCy's
entity ruler, which does the searching. `analystkit improve` writes such a file from corrections.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from analystkit.errors import PipelineError
from analystkit.layers.entities.mentions import NAME_LABELS, Mention, make

if TYPE_CHECKING:
    from spacy.language import Language

    from analystkit.layers.entities.scene import Scene

Name = tuple[str, str]
"""Its label, and its words."""

COMPONENT: Final = "analystkit_names"
#: The id by which names of the file are told from those of the recogniser.
_GIVEN: Final = "given"


def read(path: str | Path) -> tuple[Name, ...]:
    """The names in a file.

    Raises:
        PipelineError: it cannot be read, or a line is no name; says which.
    """
    names: list[Name] = []
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PipelineError(f"The names in {path} cannot be read: {error}.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            name = json.loads(line)
            label, words = name["label"], name["pattern"]
        except (ValueError, TypeError, KeyError) as error:
            raise PipelineError(_no_name(path, number, line)) from error
        if label not in NAME_LABELS or not isinstance(words, str) or not words.strip():
            raise PipelineError(_no_name(path, number, line))
        names.append((label, words.strip()))
    return tuple(names)


def _no_name(path: str | Path, number: int, line: str) -> str:
    return (
        f'{path}, line {number}: {line[:80]!r} is no name. Write {{"label": "ORG", "pattern": "Bay Courier"}}, '
        f"with a label of {', '.join(sorted(NAME_LABELS))}."
    )


def add(nlp: Language, names: Sequence[Name]) -> None:
    """Have a pipeline find names, before the entity layer reads what was found."""
    ruler: Any = nlp.add_pipe(
        "entity_ruler", name=COMPONENT, before="analystkit_entities", config={"overwrite_ents": True}
    )
    ruler.add_patterns([{"label": label, "pattern": words, "id": _GIVEN} for label, words in names])


def find(scene: Scene) -> Iterator[Mention]:
    """The given names in an article."""
    for span in scene.recognised:
        if span.ent_id_ == _GIVEN:
            yield make(scene, span.start, span.end, span.label_, "a name that the user gave", 1.0)
