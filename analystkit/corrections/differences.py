"""What a change changed, done to a record that is no longer quite the one it was made on."""

from __future__ import annotations

from typing import Any

from analystkit.corrections.records import Record

_MISSING = object()


def carried_over(was: Record, now: Record, onto: Record) -> Record:
    """A record with what differs between `was` and `now` done to it.

    Mentions and names are put in and taken out one by one, so that what two people add to an entity adds up;
    any other key takes its new value. The id stays.
    """
    result = dict(onto)
    for key in {**was, **now}:
        before, after = was.get(key, _MISSING), now.get(key, _MISSING)
        if before == after or key == "id":
            continue
        if after is _MISSING:
            result.pop(key, None)
        elif key == "mentions":
            result[key] = _mentions(was[key], now[key], onto[key])
        elif key == "aliases":
            gone = [name for name in was[key] if name not in now[key]]
            result[key] = [name for name in onto[key] if name not in gone]
            result[key] += [name for name in now[key] if name not in was[key] and name not in result[key]]
        else:
            result[key] = after
    return result


def united(layer: str, found: Record, marked: Record) -> Record:
    """One record from the machine's and a person's of the same thing: the person's word, and all mentions of both."""
    result = found | marked | {"id": found["id"]}
    if layer == "entities":
        result["mentions"] = _mentions([], marked["mentions"], found["mentions"])
        names = dict.fromkeys([*marked["aliases"], *found["aliases"], found["name"]])
        result["aliases"] = [name for name in names if name != marked["name"]]
    return result


def _mentions(was: list[Any], now: list[Any], onto: list[Any]) -> list[Any]:
    before, after, result = ({_place(mention): mention for mention in mentions} for mentions in (was, now, onto))
    for place, mention in before.items():
        if place not in after:
            result.pop(place, None)
        elif after[place] != mention:
            result[place] = after[place]
    result |= {place: mention for place, mention in after.items() if place not in before}
    return [result[place] for place in sorted(result)]


def _place(mention: dict[str, Any]) -> tuple[int, int]:
    return mention["start"], mention["end"]
