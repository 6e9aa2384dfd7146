"""A batch's results as Parquet: one file a table, the same columns whatever was found.

Every row has `article`, the id of its article; `start` and `end` are code points of that article's text. The
columns are those of `analystkit.tables`. The table `articles` holds the text, and all of the analysis as JSON, so
that nothing is lost. The content depends on nothing but the inputs and the pipeline: no times, no machine.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from analystkit import rows
from analystkit.analysis import Analysis
from analystkit.corpus.work import Done, Failure
from analystkit.corrections import text_hash

#: The tables that hold the rows of a layer.
LAYERS: Final = ("entities", "mentions", "quotes", "stances", "dates", "amounts")

_TYPES: Final = {"string": pa.string(), "int64": pa.int64(), "float64": pa.float64(), "datetime64[s]": pa.date32()}


def _schema(columns: rows.Columns) -> pa.Schema:
    fields = [(name, _TYPES[dtype] if isinstance(dtype, str) else pa.string()) for name, dtype in columns.items()]
    return pa.schema([("article", pa.string()), *fields])


SCHEMAS: Final[Mapping[str, pa.Schema]] = {
    "articles": pa.schema(
        [
            ("article", pa.string()),
            ("number", pa.int64()),
            ("source", pa.string()),
            ("title", pa.string()),
            ("byline", pa.string()),
            ("published", pa.date32()),
            ("url", pa.string()),
            ("outlet", pa.string()),
            ("words", pa.int64()),
            *((layer, pa.int64()) for layer in ("entities", "quotes", "stances")),
            ("warnings", pa.string()),
            ("text_hash", pa.string()),
            ("text", pa.string()),
            ("analysis", pa.string()),
        ]
    ),
    **{layer: _schema(rows.COLUMNS[layer]) for layer in LAYERS},
    "errors": pa.schema(
        [("number", pa.int64()), ("source", pa.string()), ("kind", pa.string()), ("reason", pa.string())]
    ),
}
"""The tables of a corpus and their columns."""

_AT_ONCE: Final = 32  # articles whose rows are Python objects at a time; in Arrow they are a tenth of that
_GROUP: Final = 50_000  # characters of articles whose rows are in Arrow at a time; then they go into the file


@dataclass(frozen=True)
class Part:
    """What a batch came to.

    Attributes:
        files: The Parquet file of each table.
        articles: How many articles were analysed.
        errors: How many inputs were not.
        words: Words of the articles.
    """

    files: Mapping[str, bytes]
    articles: int
    errors: int
    words: int


def pack(outcomes: Iterable[Done | Failure]) -> Part:
    """The results of a batch as Parquet files, written as the results come."""
    files = {table: _Growing(SCHEMAS[table]) for table in SCHEMAS}
    counts = {"articles": 0, "errors": 0, "words": 0}
    characters = 0
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            files["errors"].waiting.append(vars(outcome))
            counts["errors"] += 1
            continue
        for table, found in rows_of(outcome).items():
            files[table].waiting += found
        counts["articles"] += 1
        counts["words"] += files["articles"].waiting[-1]["words"]
        characters += len(outcome.analysis.text)
        if counts["articles"] % _AT_ONCE == 0:
            for file in files.values():
                file.to_arrow()
        if characters >= _GROUP:
            characters = 0
            for file in files.values():
                file.to_parquet()
    return Part(files={table: file.closed() for table, file in files.items()}, **counts)


class _Growing:
    """A Parquet file in memory that grows by groups of rows, so that a large batch needs no more room than a small one.

    Attributes:
        waiting: Rows that are not in it yet.
    """

    def __init__(self, schema: pa.Schema) -> None:
        self.waiting: list[rows.Row] = []
        self._schema = schema
        self._chunks: list[pa.RecordBatch] = []
        self._sink = io.BytesIO()
        self._writer = pq.ParquetWriter(self._sink, schema, compression="zstd")
        self._empty = True

    def to_arrow(self) -> None:
        """Turn the rows that wait into Arrow's form, a tenth of their size."""
        self._chunks.append(pa.RecordBatch.from_pylist(self.waiting, schema=self._schema))
        self.waiting.clear()

    def to_parquet(self) -> None:
        """Write all there is as a group of rows, which others can read on its own."""
        self.to_arrow()
        table = pa.Table.from_batches(self._chunks, self._schema).combine_chunks()
        self._chunks.clear()
        if table.num_rows:
            self._writer.write_table(table)
            self._empty = False

    def closed(self) -> bytes:
        """The file, finished."""
        self.to_parquet()
        if self._empty:  # a file has a group, if an empty one: not every reader takes none
            self._writer.write_table(self._schema.empty_table())
        self._writer.close()
        return self._sink.getvalue()


def join(parts: Iterable[Part]) -> Part:
    """Several parts as one, in their order."""
    found = list(parts)
    files = {
        name: _file(pa.concat_tables([pq.read_table(io.BytesIO(part.files[name])) for part in found]))
        for name in SCHEMAS
    }
    return Part(
        files=files,
        articles=sum(part.articles for part in found),
        errors=sum(part.errors for part in found),
        words=sum(part.words for part in found),
    )


def rows_of(done: Done) -> dict[str, list[rows.Row]]:
    """The rows of an article in every table but `errors`."""
    analysis = done.analysis
    info = analysis.article
    found = {layer: [{"article": info.id, **_days(row)} for row in rows.of(analysis, layer)] for layer in LAYERS}
    article = {
        "article": info.id,
        "number": done.number,
        "source": done.source,
        "title": info.title,
        "byline": info.byline,
        "published": info.published,
        "url": info.url,
        "outlet": done.outlet,
        "words": rows.count_words(analysis.text),
        "entities": len(analysis.entities),
        "quotes": len(analysis.quotes),
        "stances": len(analysis.stances),
        "warnings": " ".join(analysis.warnings) or None,
        "text_hash": text_hash(analysis.text),
        "text": analysis.text,
        "analysis": _json(analysis),
    }
    return {"articles": [article], **found}


def restore(row: Mapping[str, Any]) -> Analysis:
    """The analysis that a row of the table `articles` holds."""
    data = json.loads(row["analysis"])
    data["text"] = row["text"]
    return Analysis(data, warnings=(row["warnings"],) if row["warnings"] else ())


def _json(analysis: Analysis) -> str:
    """The JSON form without the text, which has a column of its own."""
    data = {key: value for key, value in analysis.view().items() if key != "text"}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _days(row: rows.Row) -> rows.Row:
    """First and last days as days; None where the text's day is none that a calendar has."""
    for key in ("first", "last"):
        if isinstance(row.get(key), str):
            try:
                row[key] = dt.date.fromisoformat(row[key])
            except ValueError:
                row[key] = None
    return row


def _file(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table.combine_chunks(), sink, compression="zstd")
    return sink.getvalue()
