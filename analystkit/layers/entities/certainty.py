"""How sure a name of the recogniser is, by its label and form.

A recogniser tells no probability, and it is right far more often with some kinds of name than with others: "Ann Cole"
and "Tarn Council" show what they are, a single word or an unknown run of capitals does not. The figures lie between
those measured in news (GMB) and in other genres (GUM); training/ENTITIES.md has both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analystkit.layers.entities.names import is_acronym, is_given_name, kinds_of_things, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analystkit.layers.entities.mentions import Mention

#: What a name of the recogniser has until its form is looked at.
RECOGNISED: Final = 0.85
_BY_LABEL = {"GPE": 0.78, "LOC": 0.8, "NORP": 0.8}
_OTHER = 0.65


def weigh(names: Iterable[Mention]) -> None:
    """Set the confidence of the names that the recogniser found and no rule has touched."""
    names = list(names)
    surnames = {plain(name.text.split()[-1]) for name in names if name.label == "PERSON" and " " in name.text}
    for name in names:
        if name.confidence == RECOGNISED:
            name.confidence = _by_form(name, surnames)


def _by_form(name: Mention, surnames: set[str]) -> float:
    words = name.text.split()
    if name.label == "PERSON":
        if len(words) > 1:
            return 0.92 if is_given_name(words[0]) else 0.8
        return 0.82 if name.title or plain(name.text) in surnames else 0.75
    if name.label == "ORG":
        if len(words) > 1:
            return 0.9 if words[-1] in kinds_of_things() else 0.62
        return 0.85 if is_acronym(name.text) else 0.8
    return _BY_LABEL.get(name.label, _OTHER)
