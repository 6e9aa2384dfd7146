"""Which entity of one annotation is which of another: those that share most mentions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from analystkit.agreement.spans import overlap


def same_entities(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, str]:
    """The ids of the first annotation's entities, each with the id of the same entity in the second.

    Two are the same if they share mentions, and more of them than either shares with any other; where two shares are
    equal, the same name decides. An entity that shares none is the one whose names overlap its own by half. Each entity
    is used once; those without a counterpart are left out.
    """
    at: dict[tuple[int, int], list[str]] = defaultdict(list)
    names = {entity["id"]: entity["name"] for entity in first["entities"]}
    theirs = {entity["id"]: entity["name"] for entity in second["entities"]}
    for entity in second["entities"]:
        for mention in entity["mentions"]:
            at[mention["start"], mention["end"]].append(entity["id"])
    shared: Counter[tuple[str, str]] = Counter()
    for entity in first["entities"]:
        for mention in entity["mentions"]:
            shared.update((entity["id"], other) for other in at[mention["start"], mention["end"]])
    found: dict[str, str] = {}
    # mentions that are not the same to the letter ("Keeper Jun Sato") tell less than those that are
    rest = [(m, e["id"]) for e in second["entities"] for m in e["mentions"] if m["kind"] == "name"]
    for entity in first["entities"]:
        if all(entity["id"] != ours for ours, _ in shared):
            for mention in entity["mentions"]:
                span = mention["start"], mention["end"]
                shared.update(
                    (entity["id"], other)
                    for near, other in rest
                    if mention["kind"] == "name" and overlap(span, (near["start"], near["end"])) >= 0.5
                )
    ranked = sorted(shared.items(), key=lambda item: (-item[1], names[item[0][0]] != theirs[item[0][1]], item[0]))
    for (ours, other), _ in ranked:
        if ours not in found and other not in found.values():
            found[ours] = other
    return found
