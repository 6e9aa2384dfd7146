"""Who is who across articles: entities of different articles joined into one, or kept apart and listed.

Two entities are joined when they bear the same name (a person's given and family name; case, accents and "Inc."
do not count) and nothing speaks against it. A short name (a family name, an initial, an acronym) is joined to a full
one only if a single bearer comes into question, and the article names it so or speaks of the same people or country.
A name that every country has ("Foreign Ministry") is told apart by the country that the article speaks of. What could
be one or several is kept apart, and listed with the reason. The rules follow what news style makes likely: a person
is named in full at the first mention.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from analystkit.corpus.bearers import Bearer, Blocks, Doubt, Name
from analystkit.corpus.bodies import Bodies, named_together
from analystkit.corpus.names import head
from analystkit.corpus.people import People, is_full_name


def is_full(name: Name, kind: str) -> bool:
    """Whether a name tells its bearer from others: given and family name; for all but people any name."""
    return kind != "person" or is_full_name(name)


def heads_of(descriptions: Iterable[str]) -> frozenset[str]:
    """What some descriptions call their bearer."""
    return frozenset(filter(None, map(head, descriptions)))


def link(bearers: Sequence[Bearer]) -> tuple[list[list[int]], list[Doubt]]:
    """Join the bearers that are one.

    Returns:
        Groups of positions in `bearers`, each position in one of them, in the order of their first members; and
        what was left open.
    """
    blocks = Blocks(bearers)
    People(blocks).join()
    Bodies(blocks).join()
    _other_kinds(blocks)
    return blocks.groups(), blocks.doubts


def _other_kinds(blocks: Blocks) -> None:
    """The same name with labels of different kinds: one if of several words in a like context, else a doubt."""
    by_name: defaultdict[Name, list[int]] = defaultdict(list)
    for (kind, name), kept in blocks.known.items():
        for one in kept:
            by_name[blocks.names[one] if kind == "person" else name].append(one)
    for name, kept in by_name.items():
        kinds = {blocks.kinds[one] for one in kept}
        if len(kinds) < 2:
            continue
        one_a_kind = len({blocks.root(one) for one in kept}) <= len(kinds)
        if one_a_kind and len(name) > 1 and ("person" not in kinds or named_together(blocks.profiles(kept))):
            blocks.unite(kept)
        else:
            blocks.doubt(name, "the same name for different kinds of things", kept)


def most_common(values: Iterable[str]) -> str:
    """The most frequent of some values; of several the longest, then the first in the alphabet."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], -len(value), value))
