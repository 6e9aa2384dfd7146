"""A corpus of any size, the same each time: articles from templates, and, for longer ones, paragraphs of the samples.

    uv run python -m benchmarks.generator COUNT OUT.jsonl [short|plain|terse|long]

About 45, 100, 100 or 450 words an article; terse ones leave given names out half the time.

An invented quarrel over a dam is told by five outlets over two years. Its people say a limited number of things, each
outlet trims them in its own way, and now and then a namesake turns up. Everything depends on COUNT and the seed alone.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analystkit.packaged import samples

SEED = 20_260
FIRST_DAY = dt.date(2024, 1, 8)
DAYS = 730

OUTLETS = {
    "Valley Courier": "https://valleycourier.example/{slug}",
    "The Ledger": "https://ledger.example/news/{slug}",
    "Northern Wire": "https://wire.example/{slug}",
    "Lowland Post": "https://lowlandpost.example/a/{slug}",
    "Radio Ostra": "https://radio-ostra.example/{slug}",
}
#: Name, what they are, whose side they are on in the quarrel (1 for the dam, -1 against it).
PEOPLE = [
    ("Ilse Varga", "the energy minister", 1),
    ("Tomas Brandl", "the head of the Ostra Power Company", 1),
    ("Nadia Okoro", "the mayor of Velm", -1),
    ("Piet Harlan", "a spokesman for the River Farmers' Union", -1),
    ("Signe Dahlqvist", "a hydrologist at Karsund University", -1),
    ("Marek Olen", "the chairman of the planning court", 1),
    ("Lidia Ferro", "an opposition lawmaker", -1),
    ("Jonas Varga", "the coach of Velm United", 1),
]
FOR = [
    "The dam will give light to two hundred thousand homes, and nobody in this valley will be colder for it",
    "We have waited forty years for this, and we will not wait for another court",
    "Every month of delay costs the country nine million crowns that could have paid for schools",
    "Whoever is against the dam should say where the power is to come from in the winter",
]
AGAINST = [
    "They have drawn a line through our fields and called it progress, and not one of them has come to look",
    "The figures are wrong, they were wrong last year, and the ministry has known it since the spring",
    "A river is not a tap that you turn off because somebody in the capital needs a ribbon to cut",
    "We will be in court on Monday, and on every Monday after that, until somebody listens",
]
FACTS = [
    "The plan would flood {n} hectares of farmland above Velm.",
    "The Ostra Power Company put the cost at {n} million crowns {day}.",
    "About {n} people marched through Velm {day}, the police said.",
    "Parliament is to vote on the plan within {n} days.",
    "The planning court rejected {n} objections, according to a statement.",
    "Karsund University published {n} pages of measurements {day}.",
]
CUES = ["said", "told reporters", "said", "wrote in a letter", "warned", "said {day}"]
VIEWS = {
    1: [
        "{name} praised the plan for the Ostra dam.",
        "{name} backed the Ostra Power Company against its critics.",
        "{name} defended the ministry {day}.",
    ],
    -1: [
        "{name} condemned the plan for the Ostra dam.",
        "{name} accused the Ostra Power Company of hiding the figures.",
        "{name} opposes the ministry over the flooded fields.",
    ],
}
HEADLINES = [
    "{last} speaks on the Ostra dam",
    "Quarrel over the Ostra dam goes on",
    "What {last} wants for the valley",
    "Velm waits for the court",
]


def rows(count: int, size: str = "plain") -> Iterator[dict[str, Any]]:
    """Rows as `analystkit analyze FILE.jsonl` reads them: id, title, published, url, outlet, text.

    Args:
        count: How many articles.
        size: "short" articles have one speaker, "terse" ones often family names only, "long" ones paragraphs of
            the samples as well.
    """
    more = _paragraphs() if size == "long" else []
    for number in range(count):
        yield _article(number, more, size)


def cast(number: int) -> list[str]:
    """The full names of the two who speak in an article."""
    return [person[0] for person in _setting(number)[3:]]


def _setting(number: int) -> tuple[random.Random, str, dt.date, tuple[str, str, int], tuple[str, str, int]]:
    """What an article starts from: chance for all the rest, its outlet and day, and its two speakers."""
    chance = random.Random(SEED + number)
    outlet = chance.choice(list(OUTLETS))
    published = FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS))
    main, second = chance.sample(PEOPLE, 2)
    return chance, outlet, published, main, second


def write(count: int, path: Path, size: str = "plain") -> Path:
    """Write a corpus as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows(count, size):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def _article(number: int, more: list[str], size: str) -> dict[str, Any]:
    chance, outlet, published, main, second = _setting(number)
    headline = chance.choice(HEADLINES).format(last=main[0].split()[-1])
    agency = "" if outlet != "Northern Wire" else " (Northern Wire)"
    speakers = [(_terse(person) if size == "terse" and chance.random() < 0.5 else person) for person in (main, second)]
    parts = [_fact(chance, published), *(_speech(chance, person, outlet, published) for person in speakers)]
    parts.insert(2, _fact(chance, published))
    parts = parts[1:2] if size == "short" else parts
    parts += chance.sample(more, 4) if more else []
    parts[0] = f"VELM, {published:%B} {published.day}{agency} — {parts[0]}"
    return {
        "id": f"dam-{number:06d}",
        "title": headline,
        "published": published.isoformat(),
        "url": OUTLETS[outlet].format(slug=f"dam-{number:06d}"),
        "outlet": outlet,
        "text": "\n\n".join([headline, *parts]) + "\n",
    }


def _fact(chance: random.Random, published: dt.date) -> str:
    return chance.choice(FACTS).format(n=chance.randrange(12, 980), day=_day(chance, published))


def _speech(chance: random.Random, person: tuple[str, str, int], outlet: str, published: dt.date) -> str:
    name, what, side = person
    day = _day(chance, published)
    view = chance.choice(VIEWS[side]).format(name=name, day=day)
    sayings = FOR if side > 0 else AGAINST  # each has a saying of their own
    words = _trimmed(sayings[[p[1] for p in PEOPLE if p[2] == side].index(what)], outlet)
    cue = chance.choice(CUES).format(day=day)
    return f"{view} “{words},” {name.split()[-1]}, {what}, {cue}."


def _terse(person: tuple[str, str, int]) -> tuple[str, str, int]:
    return (person[0].split()[-1], *person[1:])


def _trimmed(words: str, outlet: str) -> str:
    """Each outlet has its way with a quote: two keep it, one drops the start, one the end, one the middle."""
    first, *rest = words.split(", ")
    if outlet == "The Ledger" and rest:
        return first
    if outlet == "Lowland Post" and rest:
        last = ", ".join(rest).removeprefix("and ")
        return last[0].upper() + last[1:]
    if outlet == "Radio Ostra" and len(rest) > 1:
        return f"{first}, {rest[-1]}"
    return words


def _day(chance: random.Random, published: dt.date) -> str:
    return chance.choice(["on Monday", "on Tuesday", "on Thursday", "this week", f"on {published:%B} {published.day}"])


def _paragraphs() -> list[str]:
    """The paragraphs of the samples, without headlines and datelines."""
    found = []
    for path in samples().values():
        for paragraph in re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))[2:]:
            if 40 <= len(paragraph.split()) <= 150 and "—" not in paragraph[:60]:
                found.append(paragraph.strip())
    return found


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
