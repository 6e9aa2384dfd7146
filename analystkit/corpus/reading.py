"""`Corpus`: the tables of many articles, and the way back to each of them."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analystkit import rows
from analystkit.analysis import Analysis
from analystkit.corpus import across, run
from analystkit.corpus.folder import Folder
from analystkit.corpus.inputs import Sources
from analystkit.corpus.parts import LAYERS, SCHEMAS, restore, rows_of
from analystkit.corpus.work import Done
from analystkit.corrections import FILENAME, Store
from analystkit.corrections.replay import replay
from analystkit.errors import CorpusError

if TYPE_CHECKING:
    from distributed import Client
    from spacy.language import Language

    from analystkit.corpus.browse import Browser
    from analystkit.reader import Reader

_HEAVY: Final = ("text", "analysis", "text_hash")  # columns of `articles` that are not wanted in a table


class _Shelf(Protocol):
    """Where the tables are."""

    def table(self, name: str, columns: Sequence[str]) -> pa.Table: ...

    def row(self, article: str) -> Mapping[str, Any] | None: ...


class Corpus:
    """Many analysed articles: tables, what can be seen only across articles, and each article again.

    A table is read when it is first asked for, and kept. Each has `article`, the article's id, in front of the columns
    that `analystkit.tables` gives it. Corrections, if there are any, are applied to all of them.

    Args:
        path: The folder that `analystkit analyze … -o FOLDER` or `Corpus.build` made.
        corrections: The store of corrections; by default `corrections.analystkit` in that folder, if it is there.

    Raises:
        CorpusError: there is no corpus.
    """

    def __init__(self, path: str | Path, *, corrections: str | Path | None = None) -> None:
        self._folder: Folder | None = Folder(path)
        self._shelf: _Shelf = _Stored(self._folder)
        self._corrections: Store | None = _store(path, corrections)

    @classmethod
    def build(
        cls,
        sources: Sources,
        path: str | Path,
        nlp: Language | str | Path | None = None,
        *,
        names: str | Path | None = None,
        client: Client | None = None,
        progress: bool | None = None,
    ) -> Corpus:
        """Analyse articles into a folder and open it; go on where an earlier call was stopped.

        Arguments and errors as for `analystkit.corpus.run.build`.
        """
        run.build(sources, path, nlp, names=names, client=client, progress=progress)
        return cls(path)

    @classmethod
    def of(cls, analyses: Iterable[Analysis], outlets: Mapping[str, str] | None = None) -> Corpus:
        """A corpus of a few analyses at hand, in memory.

        Args:
            analyses: The analyses; their articles need ids of their own.
            outlets: Who published them, by the article's id.
        """
        corpus = cls.__new__(cls)
        corpus._folder, corpus._corrections = None, None
        corpus._shelf = _AtHand(
            [
                Done(n, analysis.article.id, (outlets or {}).get(analysis.article.id), analysis)
                for n, analysis in enumerate(analyses, start=1)
            ]
        )
        return corpus

    # the tables

    @cached_property
    def articles(self) -> pd.DataFrame:
        """One row an article: where it is from, who published it when, how much was found in it."""
        return self.table("articles")

    @property
    def entities(self) -> pd.DataFrame:
        """One row an entity of an article; joined across articles in `who`."""
        return self.table("entities")

    @property
    def mentions(self) -> pd.DataFrame:
        """One row a mention."""
        return self.table("mentions")

    @property
    def quotes(self) -> pd.DataFrame:
        """One row an attribution."""
        return self.table("quotes")

    @property
    def stances(self) -> pd.DataFrame:
        """One row a stance."""
        return self.table("stances")

    @property
    def dates(self) -> pd.DataFrame:
        """One row a time expression."""
        return self.table("dates")

    @property
    def amounts(self) -> pd.DataFrame:
        """One row an amount."""
        return self.table("amounts")

    @property
    def errors(self) -> pd.DataFrame:
        """One row an input that could not be analysed, with the reason."""
        return self.table("errors")

    def table(self, name: str) -> pd.DataFrame:
        """A table by its name.

        Raises:
            ValueError: there is none of that name.
        """
        if name not in SCHEMAS:
            raise ValueError(f"There is no table {name!r}; choose one of {', '.join(SCHEMAS)}.")
        if name not in self._tables:
            columns = [column for column in SCHEMAS[name].names if name != "articles" or column not in _HEAVY]
            found = _frame(name, self._shelf.table(name, columns))
            if name != "errors":
                found = self._corrected_rows(name, found)
            self._tables[name] = found
        return self._tables[name].copy()

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        return {}

    # across articles

    @cached_property
    def _linked(self) -> across.Linked:
        return across.linked(self)

    @property
    def who(self) -> pd.DataFrame:
        """Who and what the articles are about, across articles: one row somebody, with an id ("w1")."""
        return self._linked.who.copy()

    @property
    def members(self) -> pd.DataFrame:
        """Which entity of which article belongs to which row of `who`."""
        return self._linked.members.copy()

    @property
    def ambiguous(self) -> pd.DataFrame:
        """Names that may stand for one or for several and were kept apart, with the reason."""
        return self._linked.doubts.copy()

    @cached_property
    def echoes(self) -> pd.DataFrame:
        """The same quote in several articles, and what each left out; see `across.echoes`."""
        return across.echoes(self)

    @cached_property
    def quoted(self) -> pd.DataFrame:
        """Who is quoted how much by which outlet; see `across.quoted`."""
        return across.quoted(self)

    def stances_over_time(
        self, *, holder: str | None = None, target: str | None = None, every: across.Period = "month"
    ) -> pd.DataFrame:
        """Who stands where on whom, period by period; see `across.stances_over_time`."""
        return across.stances_over_time(self, holder=holder, target=target, every=every)

    def co_mentions(self, *, most: int = 100) -> pd.DataFrame:
        """Who is named together with whom; see `across.co_mentions`."""
        return across.co_mentions(self, most=most)

    # the articles

    def article(self, article: str) -> Analysis:
        """An article's analysis, with its corrections.

        Raises:
            CorpusError: there is no article of that id.
        """
        row = self._shelf.row(article)
        if row is None:
            raise CorpusError(f"There is no article {article!r} in this corpus. The ids are in corpus.articles.")
        return self._corrected(restore(row), row["text_hash"])

    def analyses(self) -> Iterator[Analysis]:
        """Every article's analysis, in their order, one in memory at a time."""
        return (self.article(article) for article in self.articles["article"])

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every article's id and text, in their order."""
        for batch in self._shelf.table("articles", ["article", "text"]).to_batches():
            yield from zip(batch["article"].to_pylist(), batch["text"].to_pylist(), strict=True)

    def reader(self, article: str, mark: str | None = None) -> Reader:
        """An article in the Reader.

        Args:
            article: Its id.
            mark: The id of an entity, quote or stance that is chosen at first.
        """
        from analystkit.reader import Reader

        reader = Reader(self.article(article))
        reader.selected = mark
        return reader

    def browse(self) -> Browser:
        """The corpus to look at in a notebook: filters, pictures, a list that leads to the text."""
        from analystkit.corpus.browse import Browser

        return Browser(self)

    def words(self, article: str, start: int, end: int) -> str:
        """The words of a place, such as a row's `start` and `end`."""
        return self.article(article).text[start:end]

    def __len__(self) -> int:
        return len(self.articles)

    def __repr__(self) -> str:
        return f"Corpus({len(self)} articles, {len(self.errors)} errors)"

    def _repr_html_(self) -> str:
        where = html.escape(str(self._folder.path)) if self._folder else "in memory"
        unfinished = "" if self._folder is None or self._folder.manifest.get("complete") else " (not complete yet)"
        articles = self.articles
        counts = [
            ("articles", len(articles)),
            ("words", int(articles["words"].sum())),
            ("outlets", articles["outlet"].nunique()),
            ("quotes", int(articles["quotes"].sum())),
            ("stances", int(articles["stances"].sum())),
            ("errors", len(self.errors)),
        ]
        cells = "".join(f"<tr><th>{name}</th><td>{count:,}</td></tr>" for name, count in counts)
        return f"<b>Corpus</b> {where}{unfinished}<table>{cells}</table>"

    # corrections

    @cached_property
    def _corrected_articles(self) -> dict[str, tuple[int, Done]]:
        """The articles that somebody corrected: where among all articles, and the corrected analysis."""
        if self._corrections is None:
            return {}
        texts = {text for text, _ in self._corrections.texts()}
        columns = ["article", "number", "source", "outlet", "text_hash"]
        found: dict[str, tuple[int, Done]] = {}
        for place, row in enumerate(self._shelf.table("articles", columns).to_pylist()):
            if row["text_hash"] in texts:
                analysis = self.article(row["article"])
                found[row["article"]] = (place, Done(row["number"], row["source"], row["outlet"], analysis))
        return found

    def _corrected(self, analysis: Analysis, text: str) -> Analysis:
        events = self._corrections.events(text=text) if self._corrections else []
        return replay(analysis, events).analysis if events else analysis

    def _corrected_rows(self, name: str, found: pd.DataFrame) -> pd.DataFrame:
        """A table with the rows of the corrected articles in place of the machine's."""
        if not self._corrected_articles:
            return found
        now = [row for _, done in self._corrected_articles.values() for row in rows_of(done)[name]]
        fresh = _frame(name, pa.Table.from_pylist(now, schema=SCHEMAS[name]).select(list(found.columns)))
        kept = found[~found["article"].isin(self._corrected_articles)]
        order = {article: place for place, article in enumerate(self._order)}
        both = pd.concat([kept, fresh]).sort_values("article", key=lambda ids: ids.map(order), kind="stable")
        return both.reset_index(drop=True)

    @cached_property
    def _order(self) -> list[str]:
        ids: list[str] = self._shelf.table("articles", ["article"])["article"].to_pylist()
        return ids


class _Stored:
    """The tables of a folder."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def table(self, name: str, columns: Sequence[str]) -> pa.Table:
        found = [pq.read_table(path, columns=list(columns)) for path in self._folder.files(name)]
        return pa.concat_tables(found) if found else SCHEMAS[name].empty_table().select(columns)

    @cached_property
    def _places(self) -> dict[str, Path]:
        """In which file each article is."""
        return {
            article: path
            for path in self._folder.files("articles")
            for article in pq.read_table(path, columns=["article"])["article"].to_pylist()
        }

    def row(self, article: str) -> Mapping[str, Any] | None:
        path = self._places.get(article)
        if path is None:
            return None
        table = pq.read_table(path, filters=pc.field("article") == article)
        found: Mapping[str, Any] = table.to_pylist()[0]
        return found


class _AtHand:
    """The tables of analyses in memory."""

    def __init__(self, found: Sequence[Done]) -> None:
        self._found = found

    def table(self, name: str, columns: Sequence[str]) -> pa.Table:
        if name == "errors":
            return SCHEMAS[name].empty_table()
        return pa.Table.from_pylist(
            [row for done in self._found for row in rows_of(done)[name]], schema=SCHEMAS[name]
        ).select(columns)

    def row(self, article: str) -> Mapping[str, Any] | None:
        done = next((done for done in self._found if done.analysis.article.id == article), None)
        return rows_of(done)["articles"][0] if done else None


def _frame(name: str, table: pa.Table) -> pd.DataFrame:
    """A table with the types that `analystkit.tables` gives its columns."""
    kinds: dict[str, Any] = {}
    for field in table.schema:
        known = rows.COLUMNS[name].get(field.name) if name in LAYERS else None
        if isinstance(known, tuple):
            kinds[field.name] = pd.CategoricalDtype(list(known))
        else:
            kinds[field.name] = (
                {"string": "string", "date32[day]": "datetime64[s]"}.get(str(field.type)) or str(field.type)
            ).replace("double", "float64")
    found: pd.DataFrame = table.to_pandas().astype(kinds)
    return found


def _store(path: str | Path, corrections: str | Path | None) -> Store | None:
    """The store of corrections to apply; None where there is none by default."""
    if corrections is None and not (Path(path) / FILENAME).exists():
        return None
    return Store(corrections if corrections is not None else Path(path) / FILENAME)
