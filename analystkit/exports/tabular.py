"""Tables in a folder, as CSV for spreadsheets or as Parquet: one a layer, and the article's text.

Each table is the one of `analystkit.tables`, to be read and sorted, with some columns more that make it exact:
spans as "start..end start..end", ids, and `more`, which holds the remaining keys of a record as JSON. On the way
back those columns count which say what a record is (`kind`, `polarity`, `speaker_id`, spans…); those that repeat
the text or a name (`text`, `speaker`, `paragraph`…) are passed over. None of the columns that count has the look
of a date or a time of day, because spreadsheets rewrite such cells when they save a file ("3-4" becomes "4 Mar").
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from operator import itemgetter, methodcaller
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analystkit import rows
from analystkit.errors import FormatError
from analystkit.exports import outside
from analystkit.exports.cells import Cells
from analystkit.exports.formats import Data, Format, Parts, decoded, from_json, needed, to_json
from analystkit.exports.formulas import harmless, undone

if TYPE_CHECKING:
    import pandas as pd

    from analystkit.analysis import Analysis

MAX_ROWS = 1_000_000

_Row = Mapping[str, Any]  # strings, numbers, None for the unknown


@dataclass(frozen=True)
class _Layer:
    """How the records of a layer stand in its table, and come back.

    Attributes:
        added: Columns beside those of `analystkit.tables`, each made from a record; None is an empty cell.
        keys: The keys of a record that columns hold, each read from a row's cells. All others are in `more`.
        optional: Those of the keys that a record is without where the cell is empty.
    """

    added: Mapping[str, Callable[[Data], str | None]]
    keys: Mapping[str, Callable[[Any], Any]]
    optional: frozenset[str] = frozenset()

    def more(self, record: Data) -> str | None:
        """What no other column of a record's row holds."""
        rest = {key: value for key, value in record.items() if key not in self.keys}
        return to_json(rest) if rest else None

    def record(self, row: Cells) -> Data:
        """The record of a row."""
        found = {key: read(row) for key, read in self.keys.items()}
        kept = {key: value for key, value in found.items() if value is not None or key not in self.optional}
        return {**kept, **row.json("more")}


def _cells(kind: str, *names: str) -> dict[str, Callable[[Any], Any]]:
    """Keys that columns of the same name hold, by the method of `Cells` that reads them."""
    return {name: methodcaller(kind, name) for name in names}


_REASON = _cells("number", "confidence") | _cells("text", "why")
_QUOTE_SPANS = ("content", "cue", "source")
_LAYERS: Mapping[str, _Layer] = {
    "entities": _Layer(
        added={"aliases_json": lambda entity: to_json(entity["aliases"])},
        keys=_cells("text", "id", "name", "label")
        | {
            "aliases": methodcaller("parsed", "aliases_json"),
            "mentions": lambda _: [],
        }  # those have a table of their own
        | _REASON,
    ),
    "mentions": _Layer(added={}, keys=_cells("integer", "start", "end") | _cells("text", "kind")),
    "quotes": _Layer(
        added={"via_ids": lambda quote: " ".join(quote["via"]) or None}
        | {f"{part}_spans": lambda quote, part=part: _spans(quote[part]) for part in _QUOTE_SPANS},
        keys=_cells("text", "id", "kind")
        | {part: methodcaller("spans", f"{part}_spans") for part in _QUOTE_SPANS}
        | {"speaker": methodcaller("maybe", "speaker_id"), "via": methodcaller("words", "via_ids")}
        | _REASON,
    ),
    "stances": _Layer(
        added={
            "holder_span": lambda stance: _spans([stance["holder_span"]]) if stance["holder_span"] else None,
            "target_span": lambda stance: _spans([stance["target_span"]]),
        },
        keys=_cells("text", "id", "polarity", "strength", "certainty")
        | {end: methodcaller("maybe", f"{end}_id") for end in ("holder", "target", "quote")}
        | _cells("span", "holder_span", "target_span")
        | {"evidence": lambda row: [row.integer("start"), row.integer("end")]}
        | _REASON,
    ),
    "dates": _Layer(
        added={
            "record_text": itemgetter("text"),
            "iso_json": lambda date: to_json([date["iso_start"], date["iso_end"]]),
        },
        keys=_cells("integer", "start", "end")
        | {
            "text": methodcaller("text", "record_text"),
            "iso_start": lambda row: row.pair("iso_json")[0],
            "iso_end": lambda row: row.pair("iso_json")[1],
        },
    ),
    "amounts": _Layer(
        added={},
        keys=_cells("integer", "start", "end")
        | _cells("text", "text", "kind", "unit")
        | _cells("number", "value")
        | _cells("maybe_number", "to")
        | _cells("maybe", "modifier"),
        optional=frozenset({"to", "modifier"}),
    ),
}
TABLES = ("article", *_LAYERS)


def frames(analysis: Analysis) -> dict[str, pd.DataFrame]:
    """The tables by name, their texts as they are."""
    from analystkit import tables

    data = analysis.to_dict()
    made = {"article": _article(data)}
    mentions = rows.mentions_in_order(analysis)
    records = {name: data.get(name) for name in _LAYERS} | {"mentions": [mention.to_dict() for *_, mention in mentions]}
    for name, layer in _LAYERS.items():
        found = records[name]
        if found is None:  # amounts, in an analysis that never looked for them
            continue
        table = tables.frame(name, rows.of(analysis, name))
        if name == "mentions":
            table["place"] = [place for _, place, _ in mentions]
        added = {column: _texts(make(record) for record in found) for column, make in layer.added.items()}
        made[name] = table.assign(**added, more=_texts(layer.more(record) for record in found))
    return made


def _texts(values: Iterable[str | None]) -> pd.Series[str]:
    import pandas as pd

    return pd.Series(list(values), dtype="string")


def _spans(spans: Iterable[Iterable[int]]) -> str | None:
    return " ".join(f"{start}..{end}" for start, end in spans) or None


def _article(data: Data) -> pd.DataFrame:
    import pandas as pd

    article, known = data["article"], ("id", "title", "byline", "published", "url", "dateline")
    whole = {key: value for key, value in data.items() if key not in ("text", "article", "furniture", *TABLES)}
    row = {
        **{key: article[key] for key in known[:-1]},
        "dateline": to_json(article["dateline"]) if article["dateline"] is not None else None,
        "furniture_spans": _spans(data["furniture"]),
        "article_more": to_json(
            {key: value for key, value in article.items() if key not in known or key == "published"}
        ),
        "more": to_json(whole),
    }
    return pd.DataFrame({name: _texts([value]) for name, value in row.items()})


def _dump(analysis: Analysis, write: Callable[[pd.DataFrame], bytes]) -> dict[str, bytes]:
    made = {name: write(frame) for name, frame in frames(analysis).items()}
    return {"text": analysis.text.encode(), **made}


def to_csv(frame: pd.DataFrame) -> bytes:
    """A table as CSV that spreadsheets open well: UTF-8 with a byte order mark, formulas made harmless."""
    import pandas as pd

    frame = frame.copy()
    for name in frame.columns:
        if pd.api.types.is_string_dtype(frame[name]):
            frame[name] = frame[name].map(harmless, na_action="ignore")
    return frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def to_parquet(frame: pd.DataFrame) -> bytes:
    """A table as Parquet."""
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False, compression="snappy")
    return buffer.getvalue()


def _csv_rows(content: bytes, what: str) -> list[_Row]:
    import pandas as pd

    text = decoded(content, what)
    try:
        frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, na_filter=False, nrows=MAX_ROWS + 1)
    except (ValueError, pd.errors.ParserError) as error:  # the first also for an empty file
        raise FormatError(f"{what} is not a table in CSV: {error}") from error
    _check_rows(len(frame), what)
    found = frame.to_dict("records")
    return [{str(key): undone(cell) if cell else None for key, cell in row.items()} for row in found]


def _parquet_rows(content: bytes, what: str) -> list[_Row]:
    """Rows of a Parquet file, read so that a small file cannot become a large table.

    Texts stay encoded by a dictionary until they are Python's, so that a text repeated a million times is one;
    codecs that pack without measure are refused.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        names = parquet.read_schema(pa.BufferReader(content)).names
        file = parquet.ParquetFile(pa.BufferReader(content), read_dictionary=names)
        about = file.metadata
        _check_rows(about.num_rows, what)
        groups = [about.row_group(i) for i in range(about.num_row_groups)]
        codecs = {group.column(i).compression for group in groups for i in range(group.num_columns)}
        if codecs - {"SNAPPY", "UNCOMPRESSED"}:
            raise FormatError(f"{what} is packed with {', '.join(sorted(codecs))}; write it with snappy.")
        columns: dict[str, list[Any]] = {name: [] for name in names}
        for batch in file.iter_batches(batch_size=8192):
            for name, column in zip(batch.schema.names, batch.columns, strict=True):
                columns[name] += _values(column)
            _check_rows(max(map(len, columns.values()), default=0), what)
    except (pa.ArrowException, OSError, KeyError) as error:
        raise FormatError(f"{what} is not a table in Parquet: {error}") from error
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _values(column: Any) -> list[Any]:
    import pyarrow as pa

    if pa.types.is_temporal(column.type):  # Python's dates end with the year 9999; what was written lies beside them
        column = column.cast(pa.string())
    if not isinstance(column, pa.DictionaryArray):
        return list(column.to_pylist())
    words = column.dictionary.to_pylist()
    return [None if i is None else words[i] for i in column.indices.to_pylist()]


def _check_rows(count: int, what: str) -> None:
    if count > MAX_ROWS:
        raise FormatError(f"{what} has more than {MAX_ROWS:,} rows; that is no article.")


def _load(parts: Parts, given: Data | None, notes: list[str], read: Callable[[bytes, str], list[_Row]]) -> Data:
    text = decoded_text(needed(parts, "text", "text.txt"))
    names = [name for name in TABLES if name in parts]
    tables = {
        name: [Cells(f"Row {i} of {name}", row) for i, row in enumerate(read(parts[name], name), 2)] for name in names
    }
    if "article" not in tables:
        data = outside.base(given, text, "tables")
    elif len(tables["article"]) != 1:
        raise FormatError(f"The table article has {len(tables['article'])} rows; it should have one.")
    else:
        data = _whole(tables["article"][0], text)
    for name in _LAYERS:
        if name != "mentions" and (name != "amounts" or name in tables):
            data[name] = [_LAYERS[name].record(row) for row in tables.get(name, ())]
    _put_mentions(data["entities"], tables.get("mentions", ()))
    return data


def _put_mentions(entities: Iterable[Data], table: Iterable[Cells]) -> None:
    """Give each entity the mentions that the table has of it, in their order."""
    found: dict[str, list[tuple[int, Data]]] = {}
    for row in table:
        mention = _LAYERS["mentions"].record(row)
        found.setdefault(row.text("entity_id"), []).append((row.integer("place"), mention))
    for entity in entities:
        entity["mentions"] = [mention for _, mention in sorted(found.pop(entity["id"], ()), key=itemgetter(0))]
    if found:
        raise FormatError(
            f"The table mentions speaks of the entity {min(found)[:20]!r}, which the table entities lacks."
        )


def decoded_text(content: bytes) -> str:
    """The article's text, every character as it is."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise FormatError(f"text.txt is not UTF-8 (at byte {error.start}).") from error


def _whole(row: Cells, text: str) -> Data:
    dateline = row.maybe("dateline")
    article = {key: row.maybe(key) for key in ("title", "byline", "url")}
    return {
        "text": text,
        "article": {
            "id": row.text("id"),
            **article,
            "dateline": None if dateline is None else from_json(dateline, "The dateline"),
            **row.json("article_more"),
        },
        "furniture": row.spans("furniture_spans"),
        **row.json("more"),
    }


def _parts(path: Path, suffix: str) -> dict[str, Path]:
    return {"text": path / "text.txt"} | {name: path / f"{name}{suffix}" for name in TABLES}


_LOSSES = ("whole numbers beyond 2^53 among amounts, which are rounded",)
CSV = Format(
    name="csv",
    suffix=".csv",
    about="a folder of CSV tables for spreadsheets, and the text; formulas made harmless",
    losses=_LOSSES,
    dump=partial(_dump, write=to_csv),
    load=partial(_load, read=_csv_rows),
    parts=partial(_parts, suffix=".csv"),
    folder=True,
)
PARQUET = Format(
    name="parquet",
    suffix=".parquet",
    about="the same tables as Parquet, for pandas, R, DuckDB…",
    losses=_LOSSES,
    dump=partial(_dump, write=to_parquet),
    load=partial(_load, read=_parquet_rows),
    parts=partial(_parts, suffix=".parquet"),
    folder=True,
)
