"""`analystkit_accounts`: what different sources say about the same matter.

Reads `doc._.quotes`, `doc._.entities` and `doc._.stances` and writes `doc._.accounts`, a list of dictionaries:

    {"id": "a1", "matter": "visit", "entity": "e9"|null, "statements": ["q1", "q4"],
     "chains": [["e1"], ["e5", "e7"]],
     "differences": [{"statements": ["q1", "q4"], "kind": "negation", "evidence": [[s, e], [s, e]],
                      "confidence": 0.5, "why": "…"}],
     "why": "…"}

`chains` names, for each statement, its speaker and those who relay it, in this order. Two accounts that pull apart
are a suggestion to read both, never a verdict on either: both may be true, and neither need be.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from analystkit.layers import extensions
from analystkit.layers.accounts import matters
from analystkit.layers.accounts.differences import Difference, Differences
from analystkit.layers.accounts.statements import Reading, Statement
from analystkit.layers.roles import Syntax

if TYPE_CHECKING:
    from spacy.tokens import Doc

extensions.register()


@Language.factory("analystkit_accounts", assigns=["doc._.accounts"], retokenizes=False)
def make_accounts(nlp: Language, name: str) -> Accounts:
    """The factory behind `nlp.add_pipe("analystkit_accounts")`."""
    return Accounts()


class Accounts:
    """The component; it has no state and no settings."""

    def __call__(self, doc: Doc) -> Doc:
        """Group the attributions of a Doc by what they are about."""
        doc._.accounts = []
        if not doc._.quotes:
            return doc
        reading = Reading(doc, Syntax(doc))
        differences = Differences(reading).all()
        alike = matters.likeness(reading.statements, [(d.one, d.other) for d in differences])
        names = {entity["id"]: entity["name"] for entity in doc._.entities or ()}
        groups = matters.groups(len(reading.statements), alike)
        place = {n: k for k, numbers in enumerate(groups) for n in numbers}
        groups += [[d.one, d.other] for d in differences if place[d.one] != place[d.other]]
        for numbers in sorted(groups):
            group = [reading.statements[n] for n in numbers]
            if len({one.source for one in group}) > 1:
                inside = [d for d in differences if d.one in numbers and d.other in numbers]
                doc._.accounts.append(_account(len(doc._.accounts) + 1, reading, group, inside, names))
        return doc


def _account(
    number: int, reading: Reading, group: list[Statement], differences: list[Difference], names: dict[str, str]
) -> dict[str, Any]:
    ids = {one.number: one.quote["id"] for one in group}
    key, matter = _matter(reading, group, names)
    return {
        "id": f"a{number}",
        "matter": matter,
        "entity": key if key in names else None,
        "statements": list(ids.values()),
        "chains": [[one.quote["speaker"], *one.quote["via"]] for one in group],
        "differences": [
            {
                "statements": [ids[d.one], ids[d.other]],
                "kind": d.kind,
                "evidence": [list(span) for span in d.evidence],
                "confidence": d.confidence,
                "why": d.why,
            }
            for d in differences
        ],
        "why": f"{len({one.source for one in group})} sources speak of “{matter}”",
    }


def _matter(reading: Reading, group: list[Statement], names: dict[str, str]) -> tuple[str | None, str]:
    """What a group is about: the entity or word to which most goes of what its statements share, rather a noun."""
    s, shared = reading.syntax, defaultdict[str, float](float)
    for a, b in combinations(group, 2):
        for key in a.weights.keys() & b.weights.keys():
            shared[key] += a.weights[key] * b.weights[key] / (a.size * b.size)
    places = {key: place for one in reversed(group) for key, place in one.places.items()}
    nouns = [key for key in shared if key in names or (key in places and _is_noun(s, places[key]))]
    key = max(nouns or shared, key=lambda key: (shared[key], key), default="")
    if key in names:
        return key, names[key]
    if key in places:
        return None, s.words[places[key]]
    first = group[0].tokens
    return None, key or s.text_of(first[0], first[-1] + 1)


def _is_noun(syntax: Syntax, i: int) -> bool:
    """Whether a word names something, and does not just tell what sort of thing another is."""
    return syntax.pos[i] == "NOUN" and syntax.base(i) != "compound"
