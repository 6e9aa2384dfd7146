"""Articles in which names mislead, with whom each name means: what joining across articles has to tell apart.

    uv run python -m benchmarks.namesakes COUNT OUT.jsonl

Different people of one family name, or of one name; one person in two spellings; bodies that every country has;
acronyms of two; a country, a state and a team of one name; people named after places. Each article is about one
story. Somebody is introduced in full in most articles, and by the family name and a description in the rest, as news
does.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SEED = 40_510
FIRST_DAY = dt.date(2025, 3, 3)


@dataclass(frozen=True)
class Story:
    """What several articles are about.

    Attributes:
        place: Where it is, as the dateline and the text call it.
        around: Other names that place it.
        means: What names mean in it: the name, whom it means.
        lines: Sentences; one of each tuple is chosen.
        partner: Somebody else who is in each article.
    """

    place: str
    around: str
    means: dict[str, str]
    lines: tuple[tuple[str, ...], ...]
    partner: str = ""


def _person(full: str, what: str, said: str) -> tuple[str, ...]:
    family = full.split()[-1]
    return (
        f"{full}, {what}, said {said}.",
        f"“We expect {said.removeprefix('that ')},” said {full}, {what}.",
        f"The decision came after {full}, {what}, said {said}. {family} gave no details.",
    )


def _terse(full: str, what: str, said: str) -> tuple[str, ...]:
    family = full.split()[-1]
    return (*_person(full, what, said), f"{family}, {what}, said {said}.")


def _names(full: str, person: str) -> dict[str, str]:
    return {full: person, full.split()[-1]: person}


STORIES = [
    # different people of one family name
    Story(
        "LISBON",
        "Portugal",
        _names("Peter Novak", "novak-minister"),
        (
            _terse("Peter Novak", "the finance minister", "that the budget would pass in May"),
            ("The deficit in Portugal has grown.", "Portugal will borrow less this year."),
        ),
        "Rui Tavora",
    ),
    Story(
        "PRAGUE",
        "the Czech Republic",
        _names("Clara Novak", "novak-goalkeeper"),
        (
            _terse("Clara Novak", "the goalkeeper", "that the team was ready for the final"),
            ("The match is on Saturday in Prague.", "Tickets for the match in Prague are sold out."),
        ),
        "Eva Stranska",
    ),
    Story(
        "OSLO",
        "Norway",
        _names("Ingrid Novak", "novak-judge"),
        (
            _terse("Ingrid Novak", "the judge", "that the trial would go on"),
            ("The trial in Oslo began in January.", "Lawyers in Norway have followed the trial."),
        ),
        "Lars Hovland",
    ),
    # different people of one name
    Story(
        "CHICAGO",
        "Illinois",
        _names("David Miller", "miller-economist"),
        (
            _person("David Miller", "an economist", "that prices would fall by autumn"),
            ("Rents in Illinois rose again.", "Wages in Chicago have not kept up."),
        ),
        "Susan Garland",
    ),
    Story(
        "SYDNEY",
        "Australia",
        _names("David Miller", "miller-swimmer"),
        (
            _person("David Miller", "the swimmer", "that the record was within reach"),
            ("The heats in Sydney are on Sunday.", "Australia has won nine medals."),
        ),
        "Ross Whitlam",
    ),
    # one person in two spellings, beside people who are not one
    Story(
        "RIGA",
        "Latvia",
        _names("Sergei Orlov", "orlov"),
        (_person("Sergei Orlov", "the harbour master", "that the ice would hold"), ("Riga is waiting for ships.",)),
        "Anna Berzina",
    ),
    Story(
        "RIGA",
        "Latvia",
        _names("Sergey Orlov", "orlov"),
        (_person("Sergey Orlov", "the harbour master", "that two ships were late"), ("Ships for Latvia were late.",)),
        "Anna Berzina",
    ),
    Story(
        "CAIRO",
        "Egypt",
        _names("Mohammed Haddad", "haddad"),
        (_person("Mohammed Haddad", "a surgeon", "that the ward was full"), ("Hospitals in Egypt are short of beds.",)),
        "Laila Mansour",
    ),
    Story(
        "CAIRO",
        "Egypt",
        _names("Muhammad Haddad", "haddad"),
        (_person("Muhammad Haddad", "a surgeon", "that he needed nurses"), ("Nurses in Cairo are on strike.",)),
        "Laila Mansour",
    ),
    Story(
        "DUBLIN",
        "Ireland",
        _names("Katherine Doyle", "doyle"),
        (_person("Katherine Doyle", "a senator", "that the bill was dead"), ("The bill divides Ireland.",)),
        "Brian Keane",
    ),
    Story(
        "DUBLIN",
        "Ireland",
        _names("Kate Doyle", "doyle"),
        (_person("Kate Doyle", "a senator", "that she would try again"), ("The vote in Dublin was close.",)),
        "Brian Keane",
    ),
    Story(
        "SEOUL",
        "South Korea",
        {"Kim Sang-ho": "kim", "Kim Sang Ho": "kim", "Kim": "kim"},
        (
            (
                "Kim Sang-ho, the trade envoy, said that the talks would resume.",
                "Kim Sang Ho, the trade envoy, said that a deal was near.",
            ),
            ("South Korea exports ships.", "The talks in Seoul will last a week."),
        ),
        "Park Min-jung",
    ),
    Story(
        "ROME",
        "Italy",
        _names("Maria Rossi", "rossi-mayor"),
        (_person("Maria Rossi", "the mayor", "that the bridge was safe"), ("The bridge in Rome was closed.",)),
        "Paolo Greco",
    ),
    Story(
        "ROME",
        "Italy",
        _names("Mario Rossi", "rossi-engineer"),
        (
            _person("Mario Rossi", "an engineer", "that the bridge had cracks"),
            ("Engineers in Italy had warned.",),
        ),
        "Paolo Greco",
    ),
    Story(
        "COPENHAGEN",
        "Denmark",
        _names("Alexander Holm", "holm-chairman"),
        (_person("Alexander Holm", "the chairman", "that the bank was sound"), ("Shares in Copenhagen fell.",)),
        "Mette Friis",
    ),
    Story(
        "COPENHAGEN",
        "Denmark",
        _names("Alexandra Holm", "holm-critic"),
        (_person("Alexandra Holm", "a shareholder", "that she would sue"), ("Denmark has strict rules for banks.",)),
        "Mette Friis",
    ),
    # bodies that every country has
    *(
        Story(
            city,
            country,
            {
                "Foreign Ministry": f"ministry-{country}",
                f"{people} Foreign Ministry": f"ministry-{country}",
                "Supreme Court": f"court-{country}",
            },
            (
                (
                    f"The Foreign Ministry of {country} summoned the ambassador on Monday.",
                    f"The {people} Foreign Ministry protested on Tuesday.",
                    f"{country} will not comment, the Foreign Ministry said.",
                ),
                (
                    f"The Supreme Court rejected an appeal by farmers in {country}.",
                    f"In {city.title()}, the Supreme Court heard the case of two students.",
                ),
            ),
            partner,
        )
        for city, country, people, partner in (
            ("NAIROBI", "Kenya", "Kenyan", "Grace Wanjiru"),
            ("LIMA", "Peru", "Peruvian", "Jorge Quispe"),
            ("HANOI", "Vietnam", "Vietnamese", "Tran Van Duc"),
        )
    ),
    # acronyms
    *(
        Story(
            city,
            country,
            {full: body, acronym: body},
            (
                (
                    f"The {full} ({acronym}) raised its fees. The {acronym} gave no reason.",
                    f"The {acronym} raised its fees in {country}.",
                    f"The {acronym} will meet in {city.title()} on Friday.",
                ),
                (f"Companies in {country} complained.", f"Unions in {city.title()} welcomed the step."),
            ),
            partner,
        )
        for city, country, full, acronym, body, partner in (
            ("ATHENS", "Greece", "Coastal Ports Authority", "CPA", "ports", "Nikos Raptis"),
            ("DHAKA", "Bangladesh", "Central Planning Agency", "CPA", "planning", "Farida Rahman"),
            ("WARSAW", "Poland", "Northern Transport Workers Union", "NTWU", "union", "Jan Wolski"),
        )
    ),
    # places that share a name
    Story(
        "TBILISI",
        "Armenia",
        {"Georgia": "georgia-country"},
        (
            ("Georgia will hold an election in October.", "Lawmakers in Georgia passed the bill."),
            ("Tbilisi has seen weeks of protest.", "Armenia and Turkey follow the vote."),
        ),
        "Nino Lomidze",
    ),
    Story(
        "ATLANTA",
        "Alabama",
        {"Georgia": "georgia-state"},
        (
            ("Georgia will hold an election in November.", "Lawmakers in Georgia passed the bill."),
            ("Voters in Alabama and Florida decide on the same day.", "Florida passed such a law last year."),
        ),
        "Wade Hollis",
    ),
    Story(
        "AMMAN",
        "Jordan",
        {"Jordan": "jordan-country"},
        (
            ("Jordan will raise taxes on fuel.", "Jordan has taken in refugees from Syria."),
            ("The government in Amman expects protests.", "Syria closed the border."),
        ),
        "Hala Zoubi",
    ),
    Story(
        "DOHA",
        "Qatar",
        {"Jordan": "jordan-team"},
        (
            ("Jordan beat Oman 2-1 in the semi-final. The team has never won the cup.",),
            ("The striker scored twice for Jordan.", "The coach praised the goalkeeper."),
        ),
        "Yazan Odeh",
    ),
    # people named after places
    Story(
        "DETROIT",
        "Michigan",
        {"Jordan Ellis": "ellis", "Ellis": "ellis"},
        (_person("Jordan Ellis", "a union leader", "that the strike would last"), ("Plants in Michigan are closed.",)),
        "Denise Walker",
    ),
    Story(
        "BOSTON",
        "Massachusetts",
        {"Tom London": "london-sheriff", "London": "london-sheriff"},
        (_terse("Tom London", "the sheriff", "that the prison was full"), ("Boston has two prisons.",)),
        "Alice Munroe",
    ),
    Story(
        "LONDON",
        "Britain",
        {"London": "london-city"},
        (
            ("London will charge drivers more.", "Buses in London were late."),
            ("Britain has cut its support.", "Drivers from all over Britain protested."),
        ),
        "Nigel Frost",
    ),
    Story(
        "MADRID",
        "Spain",
        {"Paris Vance": "vance", "Vance": "vance"},
        (_person("Paris Vance", "a designer", "that the show would go on"), ("Madrid is full of visitors.",)),
        "Elena Prieto",
    ),
    Story(
        "PARIS",
        "France",
        {"Paris": "paris-city"},
        (("Paris will plant more trees.", "Schools in Paris stay closed."), ("France is in a heat wave.",)),
        "Luc Moreau",
    ),
]


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Rows as `analystkit analyze FILE.jsonl` reads them: id ("n17-3", story 17), title, published, text."""
    for number in range(count):
        which = number % len(STORIES)
        chance = random.Random(SEED + number)
        story = STORIES[which]
        published = FIRST_DAY + dt.timedelta(days=chance.randrange(300))
        sentences = [chance.choice(lines) for lines in story.lines]
        partner = f"{story.partner}, a reporter for the local paper, said that people in {story.around} were divided."
        rest = [partner, f"Nothing more was known in {story.around} on {published:%A}."]
        chance.shuffle(rest)
        yield {
            "id": f"n{which}-{number}",
            "title": f"News from {story.place.title()}, number {number}",
            "published": published.isoformat(),
            "text": f"{story.place}, {published:%B} {published.day} — {' '.join(sentences)}\n\n" + "\n\n".join(rest),
        }


def means(article: str, name: str) -> str | None:
    """Whom or what a name means in an article; None if that is not asked."""
    told = STORIES[int(article[1:].split("-")[0])].means
    plain = name.removeprefix("the ").removeprefix("The ").removesuffix("’s").strip()
    return told.get(plain)


def write(count: int, path: Path) -> Path:
    """Write the articles as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows(count):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
