"""Tables across articles: who is who, the same quote in several outlets, who is quoted, stances over time, company.

Each function takes a `Corpus` and gives a DataFrame. A row leads back to the articles: by `article`, `start` and `end`
(code points of its text), or, where it sums up several places, by `places`, a list of such triples.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd

from analystkit.corpus import echoes as same
from analystkit.corpus.bearers import Bearer
from analystkit.corpus.lands import home, land, lands, plays
from analystkit.corpus.linking import heads_of, is_full, link, most_common
from analystkit.corpus.names import group, is_common, normal

if TYPE_CHECKING:
    from analystkit.corpus.reading import Corpus

Period = Literal["day", "week", "month", "quarter", "year"]

_PERIODS: Final = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
_POLARITIES: Final = ("positive", "negative", "neutral")
_UNNAMED: Final = "outlet unknown"
_AROUND: Final = 80  # characters before and after a place's mention that tell whether a team is meant


@dataclass(frozen=True)
class Linked:
    """Who is who in a corpus.

    Attributes:
        who: One row somebody or something named: who (id), name, label, aliases, articles, outlets, mentions, quotes,
            first and last (days of publication), places (of its first mention in each article).
        members: Which entity of which article it is: article, entity_id, who.
        doubts: What was kept apart and may be one: name, why, who (ids joined by "; "), names.
    """

    who: pd.DataFrame
    members: pd.DataFrame
    doubts: pd.DataFrame


def linked(corpus: Corpus) -> Linked:
    """Join the entities of all articles; see `analystkit.corpus.linking` for what is joined and what is not."""
    entities, bearers = _bearers(corpus)
    groups, doubts = link(bearers)
    of = {position: number for number, members in enumerate(groups, start=1) for position in members}
    members = pd.DataFrame(
        {
            "article": pd.Series([bearer.article for bearer in bearers], dtype="string"),
            "entity_id": pd.Series([bearer.id for bearer in bearers], dtype="string"),
            "who": pd.Series([f"w{of[n]}" for n in range(len(bearers))], dtype="string"),
        }
    )
    sums = {
        "articles": "nunique",
        "outlets": "nunique",
        "mentions": "sum",
        "quotes": "sum",
        "first": "min",
        "last": "max",
    }
    source = {"articles": "article", "outlets": "outlet", "first": "published", "last": "published"}
    by_number = entities.groupby([of[position] for position in range(len(entities))], sort=True)
    summed = by_number.agg(**{name: (source.get(name, name), how) for name, how in sums.items()}).itertuples(
        index=False
    )
    places = _places(entities)
    names: dict[int, str] = {}
    rows = []
    for number, positions in enumerate(groups, start=1):
        names[number] = name = most_common(_best_names(bearers[position] for position in positions))
        others = Counter(bearers[p].name for p in positions) + Counter(a for p in positions for a in bearers[p].aliases)
        rows.append(
            {
                "who": f"w{number}",
                "name": name,
                "label": most_common(bearers[position].label for position in positions),
                "aliases": "; ".join(sorted(set(others) - {name})) or None,
                **dict(zip(sums, next(summed), strict=True)),
                "places": [places[position] for position in positions],
            }
        )
    lines = []
    for doubt in doubts:
        apart = sorted({of[position] for several in doubt.groups for position in several})
        if len(apart) > 1:
            ids, called = (f"w{n}" for n in apart), (names[n] for n in apart)
            lines.append({"name": doubt.name, "why": doubt.why, "who": "; ".join(ids), "names": "; ".join(called)})
    columns = [
        "who",
        "name",
        "label",
        "aliases",
        "articles",
        "outlets",
        "mentions",
        "quotes",
        "first",
        "last",
        "places",
    ]
    return Linked(
        pd.DataFrame(rows, columns=columns),
        members,
        pd.DataFrame(lines, columns=["name", "why", "who", "names"]).drop_duplicates(ignore_index=True),
    )


def echoes(corpus: Corpus) -> pd.DataFrame:
    """The same quote in several articles: one row a version, those of one quote together, the fullest first.

    Columns: echo (id of the quote they are versions of), article, outlet, published, quote_id, speaker, who, kind,
    words, text, and against the fullest version: missing, added (words, joined by " … "), kept (part of its words
    that are there, 0 to 1); start, end.
    """
    quotes = with_who(corpus, "quotes", {"speaker_id": "who"})
    quotes = quotes[quotes["kind"] != "indirect"].reset_index(drop=True)
    said = [same.quoted(text) for text in quotes["text"]]
    rows = []
    found = [members for members in same.groups(said) if quotes["article"].iloc[members].nunique() > 1]
    for number, members in enumerate(found, start=1):
        members = _one_an_article(quotes, members)
        members.sort(key=lambda position: (-len(same.words(said[position])), position))
        full = said[members[0]]
        for position in members:
            pieces = same.compare(full, said[position])
            kept = sum(len(same.words(piece.words)) for piece in pieces if piece.kind == "same")
            rows.append(
                {
                    "echo": f"x{number}",
                    **quotes.loc[position, ["article", "outlet", "published"]],
                    "quote_id": quotes.loc[position, "id"],
                    **quotes.loc[position, ["speaker", "who", "kind", "words", "text"]],
                    "missing": same.told(pieces, "missing"),
                    "added": same.told(pieces, "added"),
                    "kept": kept / max(len(same.words(full)), 1),
                    **quotes.loc[position, ["start", "end"]],
                }
            )
    columns = "echo article outlet published quote_id speaker who kind words text missing added kept start end".split()
    return pd.DataFrame(rows, columns=columns)


def quoted(corpus: Corpus) -> pd.DataFrame:
    """Who is quoted how much by which outlet: one row a speaker and outlet, most words first.

    Columns: outlet, who, name, quotes, direct (how many of them), words, share (of all words that the outlet quotes,
    0 to 1), articles, places. Speakers who are not named are left out; they count in `share`.
    """
    return quoted_of(corpus, with_who(corpus, "quotes", {"speaker_id": "who"}))


def quoted_of(corpus: Corpus, quotes: pd.DataFrame) -> pd.DataFrame:
    """As `quoted`, of some quotes only: rows of `with_who(corpus, "quotes", {"speaker_id": "who"})`."""
    quotes = quotes.assign(outlet=quotes["outlet"].fillna(_UNNAMED))
    totals = quotes.groupby("outlet")["words"].sum()
    names = corpus.who.set_index("who")["name"]
    rows = [
        {
            "outlet": outlet,
            "who": who,
            "name": names[str(who)],
            "quotes": len(found),
            "direct": int((found["kind"] == "direct").sum()),
            "words": int(found["words"].sum()),
            "share": float(found["words"].sum() / max(totals[str(outlet)], 1)),
            "articles": found["article"].nunique(),
            "places": _places(found),
        }
        for (outlet, who), found in quotes.dropna(subset=["who"]).groupby(["outlet", "who"], sort=True)
    ]
    columns = ["outlet", "who", "name", "quotes", "direct", "words", "share", "articles", "places"]
    return pd.DataFrame(rows, columns=columns).sort_values(
        ["words", "outlet", "who"], ascending=[False, True, True], ignore_index=True
    )


def stances_over_time(
    corpus: Corpus, *, holder: str | None = None, target: str | None = None, every: Period = "month"
) -> pd.DataFrame:
    """Who stands where on whom, period by period: one row a holder, target and period, in the order of time.

    Columns: period (its first day), holder, target (names), positive, negative, neutral (how many stances), articles,
    holder_who, target_who, places (of the evidence). Denied stances and articles without a day are left out.

    Args:
        corpus: The corpus.
        holder: Only this holder: an id ("w3") or a name.
        target: Only this target.
        every: "day", "week", "month", "quarter" or "year".

    Raises:
        ValueError: `every` is none of these.
    """
    stances = with_who(corpus, "stances", {"holder_id": "holder_who", "target_id": "target_who"})
    names = corpus.who.set_index("who")["name"]
    for side, wanted in (("holder", holder), ("target", target)):
        stances[side] = stances[f"{side}_who"].map(names).fillna(stances[side])
        if wanted is not None:
            ours = (stances[f"{side}_who"] == wanted).fillna(False) | (stances[side] == wanted)
            stances = stances[ours.astype(bool)]
    return by_period(corpus, stances.rename(columns={"holder_who": "who"}), every)


def by_period(corpus: Corpus, stances: pd.DataFrame, every: Period = "month") -> pd.DataFrame:
    """As `stances_over_time`, of some stances only.

    Args:
        corpus: The corpus.
        stances: Rows of `with_who(corpus, "stances", {"holder_id": "who", "target_id": "target_who"})`.
        every: "day", "week", "month", "quarter" or "year".

    Raises:
        ValueError: `every` is none of these.
    """
    if every not in _PERIODS:
        raise ValueError(f"every={every!r} is not known; choose one of {', '.join(_PERIODS)}.")
    names = corpus.who.set_index("who")["name"]
    stances = stances.rename(columns={"who": "holder_who"})
    for side in ("holder", "target"):
        stances[side] = stances[f"{side}_who"].map(names).fillna(stances[side])
    stances = stances[(stances["certainty"] != "denied") & stances["published"].notna()]
    stances = stances.assign(period=stances["published"].dt.to_period(_PERIODS[every]).dt.start_time)
    rows = [
        {
            "period": period,
            "holder": by,
            "target": towards,
            **{
                polarity: int((found["polarity"] == polarity).sum()) for polarity in ("positive", "negative", "neutral")
            },
            "articles": found["article"].nunique(),
            "holder_who": found["holder_who"].iloc[0],
            "target_who": found["target_who"].iloc[0],
            "places": _places(found),
        }
        for (period, by, towards), found in stances.groupby(["period", "holder", "target"], sort=True)
    ]
    columns = "period holder target positive negative neutral articles holder_who target_who places".split()
    return pd.DataFrame(rows, columns=columns)


def co_mentions(corpus: Corpus, *, most: int = 100) -> pd.DataFrame:
    """Who is named together with whom: one row a pair, by how many paragraphs name both.

    Columns: a, b (names), paragraphs, articles, a_who, b_who, places (of b's first mention in each paragraph).

    Args:
        corpus: The corpus.
        most: Only among so many, those in most articles.
    """
    who = corpus.who.sort_values(["articles", "mentions"], ascending=False, kind="stable").head(most)
    names = who.set_index("who")["name"]
    mentions = with_who(corpus, "mentions", {"entity_id": "who"})
    mentions = mentions[mentions["who"].isin(names.index)]
    together: defaultdict[tuple[str, str], list[tuple[str, int, int]]] = defaultdict(list)
    firsts = mentions.drop_duplicates(["article", "paragraph", "who"])
    named: defaultdict[tuple[str, int], dict[str, tuple[str, int, int]]] = defaultdict(dict)
    for one, paragraph, place in zip(firsts["who"], firsts["paragraph"], _places(firsts), strict=True):
        named[place[0], paragraph][one] = place
    for found in named.values():
        for a, b in combinations(sorted(found, key=_number), 2):
            together[a, b].append(found[b])
    rows = [
        {
            "a": names[a],
            "b": names[b],
            "paragraphs": len(places),
            "articles": len({article for article, _, _ in places}),
            "a_who": a,
            "b_who": b,
            "places": places,
        }
        for (a, b), places in together.items()
    ]
    table = pd.DataFrame(rows, columns=["a", "b", "paragraphs", "articles", "a_who", "b_who", "places"])
    return table.sort_values(["paragraphs", "articles"], ascending=False, kind="stable", ignore_index=True)


def with_who(corpus: Corpus, table: str, ids: dict[str, str]) -> pd.DataFrame:
    """A table with the outlet and day of each row's article, and, for columns of entity ids, who that is.

    Args:
        corpus: The corpus.
        table: "quotes", "stances" or "mentions".
        ids: For each column of ids of entities the name of the column of `who` ids that is added.
    """
    found = corpus.table(table).merge(corpus.articles[["article", "outlet", "published"]], on="article", how="left")
    for column, name in ids.items():
        members = corpus.members.rename(columns={"entity_id": column, "who": name})
        found = found.merge(members, on=["article", column], how="left")
    return found


def _bearers(corpus: Corpus) -> tuple[pd.DataFrame, list[Bearer]]:
    """The entities that are named in their articles, and the same for the linking."""
    mentions = corpus.table("mentions")
    named = set(zip(*(mentions.loc[mentions["kind"] == "name", c] for c in ("article", "entity_id")), strict=True))
    described: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    nominal = mentions[mentions["kind"] == "nominal"]
    for article, entity, text in zip(nominal["article"], nominal["entity_id"], nominal["text"], strict=True):
        described[article, entity].append(text)
    entities = corpus.table("entities").merge(corpus.articles[["article", "outlet", "published"]], on="article")
    keys = list(zip(entities["article"], entities["id"], strict=True))
    entities = entities[pd.Series([key in named for key in keys], dtype=bool)].reset_index(drop=True)
    company: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    places: defaultdict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    columns = [entities[column] for column in ("article", "id", "name", "label", "aliases", "mentions")]
    for article, entity, name, label, _, count in zip(*columns, strict=True):
        kind, words = group(label), normal(name)
        if kind == "place":
            places[article][entity] = (name, int(count))
        elif label in ("PERSON", "ORG") and is_full(words, kind) and not (label == "ORG" and is_common(words)):
            company[article].add(words)
    playing = _playing(corpus, mentions, {(article, entity) for article in places for entity in places[article]})
    bearers = []
    for article, entity, name, label, aliases, _ in zip(*columns, strict=True):
        around = [place for other, place in places[article].items() if other != entity]
        bearers.append(
            Bearer(
                article=article,
                id=entity,
                name=name,
                label=label,
                aliases=() if aliases is pd.NA else tuple(aliases.split("; ")),
                heads=heads_of(described.get((article, entity), ())),
                company=frozenset(company[article] - {normal(name)}),
                home=home(around),
                lands=frozenset(filter(None, (land(place) for place, _ in around))),
                near=frozenset(" ".join(normal(place)) for place, _ in around if not lands(place)),
                plays=(article, entity) in playing,
            )
        )
    return entities, bearers


def _playing(corpus: Corpus, mentions: pd.DataFrame, places: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The places that are spoken of as teams, by article and id."""
    found: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
    columns = (mentions[column] for column in ("article", "entity_id", "start", "end"))
    for article, entity, start, end in zip(*columns, strict=True):
        if (article, entity) in places:
            found[article].append((entity, start, end))
    playing = set()
    for article, text in corpus.texts():
        around: defaultdict[str, list[str]] = defaultdict(list)
        for entity, start, end in found.get(article, ()):
            around[entity].append(f"{text[max(start - _AROUND, 0) : start]} {text[end : end + _AROUND]}")
        playing |= {(article, entity) for entity, words in around.items() if plays(words)}
    return playing


def _one_an_article(quotes: pd.DataFrame, members: list[int]) -> list[int]:
    """Of marks within each other (a direct quote in a mixed one) only one: a direct one, the longest, the first."""
    found = quotes.iloc[members].assign(position=members, indirect=quotes["kind"].iloc[members] != "direct")
    found = found.sort_values(["indirect", "words", "start"], ascending=[True, False, True])
    return sorted(int(position) for position in found.drop_duplicates("article")["position"])


def _best_names(bearers: Iterable[Bearer]) -> list[str]:
    """The names of some bearers of one name; of people those with most words, which tell more."""
    names = [bearer.name for bearer in bearers]
    most = max(len(normal(name)) for name in names)
    return [name for name in names if len(normal(name)) == min(most, 2)] or names


def _places(found: pd.DataFrame) -> list[tuple[str, int, int]]:
    columns: Any = zip(found["article"], found["start"], found["end"], strict=True)
    return [(str(article), int(start), int(end)) for article, start, end in columns]


def _number(who: str) -> int:
    return int(who[1:])
