"""Headlines that capitalise most words: which of those that a recogniser takes for names are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analystkit.layers.entities import certainty, countries
from analystkit.layers.entities.mentions import in_headline
from analystkit.layers.entities.names import bodies, is_given_name, states

if TYPE_CHECKING:
    from analystkit.layers.entities.mentions import Mention
    from analystkit.layers.entities.scene import Scene

#: How many tokens a headline has at the most.
_LONGEST = 30


def without_its_words(scene: Scene, names: list[Mention]) -> list[Mention]:
    """Names without those that are just words of a headline in capitals ("Backs Curbs")."""
    end = next((i for i, number in enumerate(scene.syntax.paragraph) if number), 0)
    if not 0 < end < _LONGEST or not in_headline(scene.syntax, 0):
        return names
    loud = [name for name in names if name.start < end and name.confidence <= certainty.RECOGNISED]
    below = {scene.texts[i] for i in scene.capitals if i >= end}
    return [name for name in names if name not in loud or _is_known_name(name, below)]


def _is_known_name(name: Mention, below: set[str]) -> bool:
    """Whether a name in a headline is one by its form, or has a word that is written with a capital below, too."""
    words = name.text.split()
    if countries.find(name.text) or words[-1] in bodies() or is_given_name(words[0]):
        return True
    return any(word in below or word in states() or countries.find(word) or word.isupper() for word in words)
