"""Tables in a folder, as CSV for spreadsheets or as Parquet: one a layer, and the article's text.

Each table is the one of `analystkit.tables`, to be read and sorted, with some columns more that make it exact:
spans as "start..end start..end", ids, and `more`, which holds the remaining keys of a record as JSON. On the way
back those columns count which say what a record is (`kind`, `polarity`, `speaker_id`, spans…); those that repeat
the text or a name (`text`, `speaker`, `paragraph`…) are passed over. None of the columns that count has the look
of a date or a time of day, because spreadsheets rewrite such cells when they save a file ("3-4" becomes "4 Mar").
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analystkit.errors import FormatError
from analystkit.exports import outside
from analystkit.exports.formats import Data, Format, Parts, decoded, from_json, needed, to_json
from analystkit.exports.formulas import harmless, undone

if TYPE_CHECKING:
    import pandas as pd

    from analystkit.analysis import Analysis

TABLES = ("article", "entities", "mentions", "quotes", "stances", "dates", "amounts")
MAX_ROWS = 1_000_000

_SPANS = re.compile(r"\d{1,9}\.\.\d{1,9}(?: \d{1,9}\.\.\d{1,9})*", re.ASCII)
_Row = Mapping[str, Any]  # strings, numbers, None for the unknown


def frames(analysis: Analysis) -> dict[str, pd.DataFrame]:
    """The tables by name, their texts as they are."""
    from analystkit import tables

    data = analysis.to_dict()
    entities, quotes, stances = data["entities"], data["quotes"], data["stances"]
    mentions = [(entity, i, mention) for entity in entities for i, mention in enumerate(entity["mentions"])]
    mentions.sort(key=lambda found: (found[2]["start"], -found[2]["end"]))  # as tables.mentions does
    dates, amounts = data["dates"], data.get("amounts", [])
    made = {
        "article": _article(data),
        "entities": tables.entities(analysis).assign(
            aliases_json=_texts(to_json(e["aliases"]) for e in entities),
            more=_more(entities, "id name label aliases mentions confidence why"),
        ),
        "mentions": tables.mentions(analysis).assign(
            place=[i for _, i, _ in mentions], more=_more([m for *_, m in mentions], "start end kind")
        ),
        "quotes": tables.quotes(analysis).assign(
            via_ids=_texts(" ".join(quote["via"]) or None for quote in quotes),
            **{f"{part}_spans": _texts(_spans(q[part]) for q in quotes) for part in ("content", "cue", "source")},
            more=_more(quotes, "id kind content cue source speaker via confidence why"),
        ),
        "stances": tables.stances(analysis).assign(
            holder_span=_texts(_spans([s["holder_span"]]) if s["holder_span"] else None for s in stances),
            target_span=_texts(_spans([s["target_span"]]) for s in stances),
            more=_more(
                stances,
                "id holder holder_span target target_span polarity strength certainty evidence quote confidence why",
            ),
        ),
        "dates": tables.dates(analysis).assign(
            record_text=_texts(date["text"] for date in dates),
            iso_json=_texts(to_json([date["iso_start"], date["iso_end"]]) for date in dates),
            more=_more(dates, "start end text iso_start iso_end"),
        ),
        "amounts": tables.amounts(analysis).assign(more=_more(amounts, "start end text kind value to unit modifier")),
    }
    if "amounts" not in data:
        del made["amounts"]
    return made


def _texts(values: Iterable[str | None]) -> pd.Series[str]:
    import pandas as pd

    return pd.Series(list(values), dtype="string")


def _spans(spans: Iterable[Iterable[int]]) -> str | None:
    return " ".join(f"{start}..{end}" for start, end in spans) or None


def _more(records: Iterable[Data], known: str) -> pd.Series[str]:
    left = ({key: value for key, value in record.items() if key not in known.split()} for record in records)
    return _texts(to_json(rest) if rest else None for rest in left)


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
    rows = frame.to_dict("records")
    return [{str(key): undone(cell) if cell else None for key, cell in row.items()} for row in rows]


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


def _load(parts: Parts, given: Data | None, notes: list[str], rows: Callable[[bytes, str], list[_Row]]) -> Data:
    text = decoded_text(needed(parts, "text", "text.txt"))
    names = [name for name in TABLES if name in parts]
    tables = {
        name: [_Cells(f"Row {i} of {name}", row) for i, row in enumerate(rows(parts[name], name), 2)] for name in names
    }
    if "article" not in tables:
        data = outside.base(given, text, "tables")
    elif len(tables["article"]) != 1:
        raise FormatError(f"The table article has {len(tables['article'])} rows; it should have one.")
    else:
        data = _whole(tables["article"][0], text)
    mentions: dict[str, list[tuple[int, Data]]] = {}
    for row in tables.get("mentions", ()):
        mention = {
            "start": row.integer("start"),
            "end": row.integer("end"),
            "kind": row.text("kind"),
            **row.json("more"),
        }
        mentions.setdefault(row.text("entity_id"), []).append((row.integer("place"), mention))
    if lost := sorted(mentions.keys() - {row.text("id") for row in tables.get("entities", ())}):
        raise FormatError(f"The table mentions speaks of the entity {lost[0][:20]!r}, which the table entities lacks.")
    data["entities"] = [_entity(row, mentions) for row in tables.get("entities", ())]
    data["quotes"] = [_quote(row) for row in tables.get("quotes", ())]
    data["stances"] = [_stance(row) for row in tables.get("stances", ())]
    data["dates"] = [_date(row) for row in tables.get("dates", ())]
    if "amounts" in tables:
        data["amounts"] = [_amount(row) for row in tables["amounts"]]
    return data


def decoded_text(content: bytes) -> str:
    """The article's text, every character as it is."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise FormatError(f"text.txt is not UTF-8 (at byte {error.start}).") from error


class _Cells:
    """The cells of one row, each read as what it should be."""

    def __init__(self, what: str, row: _Row) -> None:
        self._what = what
        self._row = row

    def get(self, name: str) -> Any:
        """A cell as it is; None where it is empty."""
        if name not in self._row:
            raise FormatError(f"{self._what}: the column {name} is missing.")
        value = self._row[name]
        return None if isinstance(value, float) and math.isnan(value) else value

    def text(self, name: str) -> str:
        """A text that must be there."""
        value = self.get(name)
        if not isinstance(value, str):
            raise FormatError(f"{self._what}: {name} is {value!r}; it should be text.")
        return value

    def maybe(self, name: str) -> str | None:
        """A text, or None."""
        return None if self.get(name) is None else self.text(name)

    def number(self, name: str) -> float:
        """A number that must be there."""
        value = self.get(name)
        try:
            number = float(value)
        except (TypeError, ValueError) as error:
            raise FormatError(f"{self._what}: {name} is {value!r}; it should be a number.") from error
        if not math.isfinite(number):
            raise FormatError(f"{self._what}: {name} is {value!r}; it should be a number.")
        return number

    def integer(self, name: str) -> int:
        """A whole number that must be there."""
        number = self.number(name)
        if number != int(number):
            raise FormatError(f"{self._what}: {name} is {number}; it should be a whole number.")
        return int(number)

    def spans(self, name: str) -> list[list[int]]:
        """Spans; none where the cell is empty."""
        value = self.maybe(name) or ""
        if value and not _SPANS.fullmatch(value):
            raise FormatError(f'{self._what}: {name} is {value[:60]!r}; it should be spans like "12..40 55..70".')
        return [[int(offset) for offset in span.split("..")] for span in value.split()]

    def span(self, name: str) -> list[int] | None:
        """One span, or None."""
        spans = self.spans(name)
        if len(spans) > 1:
            raise FormatError(f"{self._what}: {name} holds {len(spans)} spans; it should hold one.")
        return spans[0] if spans else None

    def json(self, name: str) -> Data:
        """An object; empty where the cell is."""
        value = self.maybe(name)
        found = {} if value is None else from_json(value, f"{self._what}: {name}")
        if not isinstance(found, dict):
            raise FormatError(f"{self._what}: {name} should be a JSON object.")
        return found


def _whole(row: _Cells, text: str) -> Data:
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


def _entity(row: _Cells, mentions: Mapping[str, list[tuple[int, Data]]]) -> Data:
    ref = row.text("id")
    return {
        "id": ref,
        "name": row.text("name"),
        "label": row.text("label"),
        "aliases": from_json(row.text("aliases_json"), "aliases_json"),
        "mentions": [mention for _, mention in sorted(mentions.get(ref, ()), key=lambda pair: pair[0])],
        "confidence": row.number("confidence"),
        "why": row.text("why"),
        **row.json("more"),
    }


def _quote(row: _Cells) -> Data:
    return {
        "id": row.text("id"),
        "kind": row.text("kind"),
        **{part: row.spans(f"{part}_spans") for part in ("content", "cue", "source")},
        "speaker": row.maybe("speaker_id"),
        "via": (row.maybe("via_ids") or "").split(),
        "confidence": row.number("confidence"),
        "why": row.text("why"),
        **row.json("more"),
    }


def _stance(row: _Cells) -> Data:
    return {
        "id": row.text("id"),
        "holder": row.maybe("holder_id"),
        "holder_span": row.span("holder_span"),
        "target": row.maybe("target_id"),
        "target_span": row.span("target_span"),
        **{key: row.text(key) for key in ("polarity", "strength", "certainty")},
        "evidence": [row.integer("start"), row.integer("end")],
        "quote": row.maybe("quote_id"),
        "confidence": row.number("confidence"),
        "why": row.text("why"),
        **row.json("more"),
    }


def _date(row: _Cells) -> Data:
    first, last = from_json(row.text("iso_json"), "iso_json")
    return {
        "start": row.integer("start"),
        "end": row.integer("end"),
        "text": row.text("record_text"),
        "iso_start": first,
        "iso_end": last,
        **row.json("more"),
    }


def _amount(row: _Cells) -> Data:
    return {
        **{key: row.integer(key) for key in ("start", "end")},
        **{key: row.text(key) for key in ("text", "kind", "unit")},
        "value": row.number("value"),
        **({"to": row.number("to")} if row.get("to") is not None else {}),
        **({"modifier": row.text("modifier")} if row.get("modifier") is not None else {}),
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
    load=partial(_load, rows=_csv_rows),
    parts=partial(_parts, suffix=".csv"),
    folder=True,
)
PARQUET = Format(
    name="parquet",
    suffix=".parquet",
    about="the same tables as Parquet, for pandas, R, DuckDB…",
    losses=_LOSSES,
    dump=partial(_dump, write=to_parquet),
    load=partial(_load, rows=_parquet_rows),
    parts=partial(_parts, suffix=".parquet"),
    folder=True,
)
