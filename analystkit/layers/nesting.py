"""Attributions among each other: those within others, those that relay others, and quotations left over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analystkit.layers.attribution import Attribution, Quoted
from analystkit.layers.roles import Syntax
from analystkit.layers.speakers import Cast, Speaker, head_of, relays_of, resolve

Linked = tuple[Attribution, str | None, list[str]]


def link(
    found: list[Attribution], syntax: Syntax, quoted: Quoted, entities: Sequence[dict[str, Any]] | None
) -> list[Linked]:
    """Resolve speakers and the chains that relay them.

    Returns:
        Each attribution with its speaker and the entities that relay it, the nearest to the speaker first.
        One that merely relays a whole other one ("he promised help, the agency reported") is not returned
        itself: it becomes the other's `via`.
    """
    cast = Cast.of(entities, syntax)
    order = sorted(range(len(found)), key=lambda n: min(found[n].content + found[n].cue))
    outer = _outer(found)
    speakers: dict[int, Speaker] = {}
    # An attribution's speaker may depend on the one around it ("I"), which starts before or at the same word.
    for n in sorted(order, key=lambda n: (_depth(outer, n), min(found[n].content + found[n].cue))):
        around = speakers.get(outer[n]) if outer[n] is not None else None
        speakers[n] = resolve(found[n].source, syntax, cast, around)
    cast.spoken.clear()
    for n in order:  # once more in the order of reading, now that everybody's turns are known
        around = speakers.get(outer[n]) if outer[n] is not None else None
        speakers[n] = resolve(found[n].source, syntax, cast, around)
        head = head_of(found[n].source, syntax)
        cast.note(speakers[n].id, syntax.words[head] if head is not None else "")
    relayed = {
        outer[n] for n in order if outer[n] is not None and _only_relays(found[outer[n]], found[n], syntax)
    }
    linked: list[Linked] = []
    for n in order:
        if n in relayed:
            continue
        speaker = speakers[n]
        attribution = found[n]
        if speaker.guess:
            attribution.why += f"; speaker: {speaker.guess}"
            attribution.confidence *= 0.8
        via = relays_of(attribution, syntax, cast)
        above = outer[n]
        while above is not None:
            entity = speakers[above].id
            via += [entity] if entity is not None else []
            via += relays_of(found[above], syntax, cast)
            above = outer[above]
        via = [entity for entity in dict.fromkeys(via) if entity != speaker.id]
        linked.append((attribution, speaker.id, via))
    return linked


def _outer(found: list[Attribution]) -> list[int | None]:
    """For each attribution the smallest other one whose content holds its cue and some of its content."""
    contents = [frozenset(item.content) for item in found]
    outer: list[int | None] = []
    for n, item in enumerate(found):
        holders = [
            m
            for m, content in enumerate(contents)
            if m != n
            and item.cue
            and all(i in content for i in item.cue)
            and not any(i in contents[n] for i in found[m].cue)
            and not contents[n].isdisjoint(content)
        ]
        outer.append(min(holders, key=lambda m: len(contents[m])) if holders else None)
    return outer


def _depth(outer: list[int | None], n: int) -> int:
    depth = 0
    above = outer[n]
    while above is not None and depth < len(outer):
        depth, above = depth + 1, outer[above]
    return depth


def _only_relays(outer: Attribution, inner: Attribution, syntax: Syntax) -> bool:
    """Whether an attribution adds nothing to the one within it but who relays it.

    "He promised help, the agency reported", "according to TASS, he said no": a remark on a whole sentence that is
    itself an attribution. "KCNA reported that Kim said" is not one: there the report is told as an act of its own.
    """
    remark = syntax.words[outer.cue[0]] == "according" or min(outer.content) < min(outer.cue)
    if not remark or not outer.source:
        return False
    words = [i for i in outer.content if syntax.pos[i] != "PUNCT" and not syntax.blank[i]]
    inside = {*inner.content, *inner.cue, *inner.source}
    clause = range(min(inside), max(inside) + 1)
    return sum(i in clause for i in words) >= 0.75 * len(words)
