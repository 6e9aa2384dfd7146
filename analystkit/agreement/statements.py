"""Agreement on whole statements: the same words, from the same mouth, about the same thing.

A statement is an attribution with its speaker and with what it takes a stance on. Agreement on each part alone says
little about an article's use as evidence; here a statement counts only if all of it agrees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from analystkit.agreement.linking import same_entities
from analystkit.agreement.spans import Agreement, Span, meeting, overlap

Part = Literal["content", "speaker", "target"]

ENOUGH = 0.8
"""The overlap of content from which two annotators are taken to mean the same words, as PolNeAR's authors score it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what about whom.

    Attributes:
        quote: Id of the attribution.
        content: The words said, as spans.
        speaker: Id of the entity that speaks; None where unknown.
        source: The words that name the speaker.
        targets: For each stance that the attribution carries, the target's entity (or None) and words.
    """

    quote: str
    content: tuple[Span, ...]
    speaker: str | None
    source: tuple[Span, ...]
    targets: tuple[tuple[str | None, Span], ...]


def statements(data: Mapping[str, Any]) -> list[Statement]:
    """The statements of an analysis in its JSON form, in the order of the text."""
    targets: dict[str, list[tuple[str | None, Span]]] = {}
    for stance in data["stances"]:
        if stance["quote"] is not None:
            span = stance["target_span"]
            targets.setdefault(stance["quote"], []).append((stance["target"], (span[0], span[1])))
    return [
        Statement(
            quote["id"],
            _spans(quote["content"]),
            quote["speaker"],
            _spans(quote["source"]),
            tuple(targets.get(quote["id"], ())),
        )
        for quote in sorted(data["quotes"], key=lambda quote: min(quote["content"]))
    ]


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(sorted((start, end) for start, end in pairs))


def content_overlap(first: Sequence[Span], second: Sequence[Span]) -> float:
    """The characters that two contents share, divided by those that they cover together."""
    ours = {place for start, end in first for place in range(start, end)}
    theirs = {place for start, end in second for place in range(start, end)}
    return len(ours & theirs) / len(ours | theirs) if ours & theirs else 0.0


def pair_statements(first: Sequence[Statement], second: Sequence[Statement]) -> list[tuple[int, int]]:
    """The statements of two annotators whose contents overlap by `ENOUGH`, each used once, the greatest first."""
    candidates = sorted(
        (-shared, i, j)
        for i, j in meeting([_extent(one) for one in first], [_extent(other) for other in second])
        if (shared := content_overlap(first[i].content, second[j].content)) >= ENOUGH
    )
    pairs: list[tuple[int, int]] = []
    for _, i, j in candidates:
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return sorted(pairs)


def _extent(statement: Statement) -> Span:
    return statement.content[0][0], max(end for _, end in statement.content)


def statement_agreement(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[Part, Agreement]:
    """Agreement of two annotators on the statements of one article, ever more of each statement counting.

    Args:
        first: One annotator's analysis in its JSON form.
        second: The other's, of the same text.

    Returns:
        "content": the contents overlap by `ENOUGH`. "speaker": and the speakers are the same entity, or both unknown
        with overlapping sources or none. "target": and the statements carry stances on the same targets.
    """
    entities = same_entities(first, second)
    ours, theirs = statements(first), statements(second)
    pairs = [(ours[i], theirs[j]) for i, j in pair_statements(ours, theirs)]
    spoken = [(a, b) for a, b in pairs if same_speaker(a, b, entities)]
    whole = [(a, b) for a, b in spoken if _same_targets(a, b, entities)]
    counts: dict[Part, int] = {"content": len(pairs), "speaker": len(spoken), "target": len(whole)}
    return {part: Agreement(count, len(ours), len(theirs)) for part, count in counts.items()}


def same_speaker(one: Statement, other: Statement, entities: Mapping[str, str]) -> bool:
    """Whether two annotators hear the same speaker; `entities` gives the second's id for each of the first's."""
    if one.speaker is not None or other.speaker is not None:
        return one.speaker is not None and entities.get(one.speaker) == other.speaker
    return one.source == other.source or any(overlap(a, b) > 0 for a in one.source for b in other.source)


def _same_targets(one: Statement, other: Statement, entities: Mapping[str, str]) -> bool:
    left = list(other.targets)
    for entity, span in one.targets:
        found = next((t for t in left if _same_target(entity, span, t, entities)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _same_target(entity: str | None, span: Span, target: tuple[str | None, Span], entities: Mapping[str, str]) -> bool:
    if entity is not None and target[0] is not None:
        return entities.get(entity) == target[0]
    return overlap(span, target[1]) > 0
