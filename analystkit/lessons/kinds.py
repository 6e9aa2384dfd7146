"""The kinds of exercise: what each asks, and how its items and their key are made from an analysis."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from analystkit.lessons import asking, finding
from analystkit.lessons.material import Item, Material

Level = Literal["easy", "medium", "hard"]
Form = Literal["spans", "choice", "chain", "order", "set"]

LEVELS: Final[tuple[Level, ...]] = ("easy", "medium", "hard")


@dataclass(frozen=True)
class Kind:
    """One kind of exercise.

    Attributes:
        name: What it is called in code and commands.
        title: What it is called where people read it.
        task: What the student is told to do.
        form: How answers are given and scored (see `scoring`).
        levels: What makes it easy, medium or hard.
        build: Makes its items from an analysis, a level and the kinds of quote that count.
    """

    name: str
    title: str
    task: str
    form: Form
    levels: Mapping[Level, str]
    build: Callable[[Material, Level, frozenset[str]], list[Item]]


KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind(
            "people",
            "Mark the people",
            "Select the words that name a person, and press Mark. Mark the name alone, without a title before it.",
            "spans",
            {
                "easy": "each person once, by any of the names",
                "medium": "every name of a person, each time",
                "hard": "every mention: names, descriptions (“the minister”) and pronouns",
            },
            finding.people,
        ),
        Kind(
            "quotes",
            "Find all quotes",
            "Select what somebody is reported to have said, and press Mark. Leave out who says it and the word “said”. "
            "Where those interrupt a quote, mark each part.",
            "spans",
            {
                "easy": "direct quotes, in quotation marks",
                "medium": "direct and mixed ones",
                "hard": "indirect ones too",
            },
            finding.quotes,
        ),
        Kind(
            "speakers",
            "Who is speaking?",
            "For each marked passage, choose whose words they are: the one who said it, not the one who passes it on.",
            "choice",
            {
                "easy": "direct quotes",
                "medium": "direct and mixed quotes",
                "hard": "all quotes, and those whose speaker the text does not tell",
            },
            asking.speakers,
        ),
        Kind(
            "directness",
            "Direct or indirect?",
            "For each marked passage, say whose wording it is: the speaker's own (direct), the reporter's (indirect), "
            "or the reporter's with some words quoted (mixed).",
            "choice",
            {
                "easy": "direct or indirect",
                "medium": "with mixed quotes, up to ten passages",
                "hard": "with mixed quotes, all passages",
            },
            asking.directness,
        ),
        Kind(
            "stances",
            "Who stands where?",
            "For each pair, say how the first stands towards the second in the marked sentence.",
            "choice",
            {
                "easy": "plainly for or against",
                "medium": "with neutral ones",
                "hard": "with hedged, denied and conditional ones",
            },
            asking.stances,
        ),
        Kind(
            "chains",
            "Trace the chain",
            "For each marked passage, build the chain by which it came into the article: first whoever said it, then "
            "whoever passed it on.",
            "chain",
            {
                "easy": "relayed quotes only",
                "medium": "among them some that came directly",
                "hard": "all quotes with a known speaker",
            },
            asking.chains,
        ),
        Kind(
            "events",
            "Put the events in order",
            "Put the sentences in the order in which what they tell of happened, the earliest first.",
            "order",
            {
                "easy": "up to four, days apart",
                "medium": "up to six",
                "hard": "all that have a date",
            },
            asking.events,
        ),
        Kind(
            "silent",
            "Spot the missing voice",
            "Tick everybody who is spoken about in the article but whose own words it never gives.",
            "set",
            {
                "easy": "people and organisations",
                "medium": "countries too",
                "hard": "groups too",
            },
            asking.silent,
        ),
    )
}
"""All kinds of exercise, by name."""
