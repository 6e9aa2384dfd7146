"""An analysis as pandas tables: one row a record, the same column names and types whatever it holds.

Every table has `start` and `end` (code points of the text, the end exclusive) and `paragraph` (from 1), so
that a row can be found again in the article, and `id` columns by which tables can be joined. Unknown is
`<NA>`, never an empty string. An analysis without a layer gives the empty table with the same columns.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, get_args

import pandas as pd

from analystkit import rows
from analystkit.analysis import QuoteKind
from analystkit.errors import PipelineError
from analystkit.markup import Html, escape
from analystkit.rows import NARRATOR, WORD, Columns, holder_name, target_name
from analystkit.wire import encodable

if TYPE_CHECKING:
    from analystkit.analysis import Analysis

__all__ = [
    "NARRATOR",
    "UNKNOWN",
    "accounts",
    "amounts",
    "dates",
    "entities",
    "extra",
    "frame",
    "holder_name",
    "mentions",
    "prose",
    "quotes",
    "speakers",
    "stances",
    "target_name",
    "timeline",
]

UNKNOWN: Final = "speaker unknown"
"""What stands for a speaker who could not be told."""

_QUOTE_KINDS: Final[tuple[str, ...]] = get_args(QuoteKind)

_ACCOUNT_COLUMNS: Final[Columns] = dict.fromkeys(
    ("matter", "speaker", "via", "text", "difference", "why", "quote_id", "other_id"), "string"
)
_SPEAKER_COLUMNS: Final[Columns] = {
    "speaker": "string",
    "direct": "int64",
    "mixed": "int64",
    "indirect": "int64",
    "words": "int64",
    "share": "float64",
    "speaker_id": "string",
}


def entities(analysis: Analysis) -> pd.DataFrame:
    """Who and what the article is about: one row an entity, in the order of their first mention.

    `mentions` and `quotes` count its mentions and the attributions it speaks; `aliases` are joined by "; ".
    `paragraph`, `start` and `end` are those of its first mention.
    """
    return frame("entities", rows.of(analysis, "entities"))


def mentions(analysis: Analysis) -> pd.DataFrame:
    """Every mention of every entity, in the order of the text."""
    return frame("mentions", rows.of(analysis, "mentions"))


def quotes(analysis: Analysis) -> pd.DataFrame:
    """Who said what: one row an attribution, in the order of the text.

    `speaker` is the entity whose words they are, `via` who relays them (joined by "; "), `text` the content,
    `cue` and `source` the words that attribute it and that name the speaker, `words` its length in words.
    """
    return frame("quotes", rows.of(analysis, "quotes"))


def stances(analysis: Analysis) -> pd.DataFrame:
    """Who stands where on what: one row a stance, in the order of the text.

    `text`, `paragraph`, `start` and `end` are those of the evidence. A holder or target that is no entity is
    named by its words; a stance of the article's own is held by "the article itself".
    """
    return frame("stances", rows.of(analysis, "stances"))


def dates(analysis: Analysis) -> pd.DataFrame:
    """The time expressions, in the order of the text; `first` and `last` are days, both inclusive.

    Where the days cannot be told they are `NaT`.
    """
    return frame("dates", rows.of(analysis, "dates"))


def timeline(analysis: Analysis) -> pd.DataFrame:
    """What happened when: one row a dated sentence, earliest first.

    `first` and `last` are days, both inclusive; `date` is the time expression, `text` its sentence, `who` the
    entities in it that can act, nearest first, joined by "; " (their ids in `who_ids`). Times that cannot be told
    are left out; `dates` has them.
    """
    return frame("timeline", rows.of(analysis, "timeline"))


def amounts(analysis: Analysis) -> pd.DataFrame:
    """Money, percentages and quantities, in the order of the text.

    `value` is a number in `unit`; `to` the upper end of a range, `modifier` "about", "more than" and the like.
    """
    return frame("amounts", rows.of(analysis, "amounts"))


def accounts(analysis: Analysis) -> pd.DataFrame:
    """What several sources say of the same matter: one row a statement, those on one matter together.

    `difference` tells how a statement pulls apart from the one named in `other_id`, and `why` by which words; both are
    `<NA>` where nothing of the kind was found. A suggestion to read both, never a verdict.

    Raises:
        PipelineError: the pipeline had no `analystkit_accounts`, and the analysis was read from JSON, so that it has
            no Doc in which to look.
    """
    accounts = analysis.view().get("accounts")
    if accounts is None:
        if analysis.doc is None:
            raise PipelineError(
                "Accounts are found in the article's Doc, which an analysis read from JSON does not have: "
                "analyse the article again, or build the analysis with from_doc."
            )
        from analystkit.layers.accounts import Accounts

        accounts = Accounts()(analysis.doc)._.accounts
    found = []
    for account in accounts:
        for number in account["statements"]:
            quote = analysis.quote(number)
            if quote is None:
                continue
            apart = next((one for one in account["differences"] if number in one["statements"]), None)
            other = next((key for key in apart["statements"] if key != number), None) if apart else None
            found.append(
                {
                    "matter": account["matter"],
                    "speaker": quote.speaker.name if quote.speaker else None,
                    "via": "; ".join(one.name for one in quote.via) or None,
                    "text": quote.text,
                    "difference": apart["kind"] if apart else None,
                    "why": apart["why"] if apart else None,
                    "quote_id": number,
                    "other_id": other,
                }
            )
    return _frame(_ACCOUNT_COLUMNS, found)


def extra(analysis: Analysis, layer: str) -> pd.DataFrame:
    """The marks of a further layer ("questions"), in the order of the text.

    `who` is the entity whose mark it is, or the words that tell it; what only this layer's records hold stands in
    columns behind the usual ones.

    Raises:
        LookupError: the analysis has no such layer.
    """
    found = rows.further(analysis, layer)
    more = dict.fromkeys(key for row in found for key in row if key not in rows.EXTRA_COLUMNS)
    complete = [dict.fromkeys(more) | row for row in found]
    return _frame({**rows.EXTRA_COLUMNS, **dict.fromkeys(more, "object")}, complete)


def speakers(analysis: Analysis) -> pd.DataFrame:
    """Whose words the article is made of: one row a voice, the one with most words first.

    `direct`, `mixed` and `indirect` count the words of its quotes of each kind, `words` all its words,
    `share` (0 to 1) its part of the article's words without the furniture. The last row is the article's own
    voice. Each word counts once: where one quote lies within another it belongs to the inner one, so the
    shares add up to 1.
    """
    voices: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    own = 0
    for quote in _voice_of_each_word(analysis):
        if quote is None:
            own += 1
        else:
            speaker, kind = quote
            voices[speaker][kind] += 1
    total = own + sum(counts.total() for counts in voices.values())
    found = []
    for speaker, counts in sorted(voices.items(), key=lambda item: -item[1].total()):
        entity = analysis.entity(speaker)
        found.append(
            {
                "speaker": entity.name if entity else UNKNOWN,
                **{kind: counts[kind] for kind in _QUOTE_KINDS},
                "words": counts.total(),
                "share": counts.total() / total,
                "speaker_id": speaker,
            }
        )
    if own:
        nothing = dict.fromkeys(_QUOTE_KINDS, 0)
        found.append({"speaker": NARRATOR, **nothing, "words": own, "share": own / total, "speaker_id": None})
    return _frame(_SPEAKER_COLUMNS, found)


def _voice_of_each_word(analysis: Analysis) -> Iterable[tuple[str | None, str] | None]:
    """For each word outside the furniture: speaker's id and kind of the innermost quote around it."""
    words = list(WORD.finditer(analysis.text))
    furniture = [False] * (len(analysis.text) + 1)
    for start, end in analysis.furniture:
        furniture[start:end] = [True] * (end - start)
    voice: list[tuple[str | None, str] | None] = [None] * (len(analysis.text) + 1)
    spans = [(start, end, quote) for quote in analysis.quotes for start, end in quote.content]
    for start, end, quote in sorted(spans, key=lambda span: span[0] - span[1]):
        speaker = quote.speaker.id if quote.speaker else None
        voice[start:end] = [(speaker, quote.kind)] * (end - start)
    return (voice[word.start()] for word in words if not furniture[word.start()])


def prose(table: pd.DataFrame) -> Html:
    """A table to read in a notebook: words in full and to the left, figures to the right, unknown as nothing.

    pandas' own view sets all cells to the right and cuts long ones. The index is shown where it has a name. A table
    without rows says "none", since a head alone looks like something that failed.

    Args:
        table: One of these tables, or what became of it.
    """
    shown = table if list(table.index.names) == [None] else table.reset_index()
    figures = [pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind) for kind in shown.dtypes]
    looks = [f"text-align:{'right' if figure else 'left'};vertical-align:top" for figure in figures]
    levels = shown.columns.to_frame().astype(str).itertuples(index=False, name=None)
    names = [" ".join(level).strip() for level in levels]  # columns may have several levels
    head = "".join(
        f'<th scope="col" style="{look}">{escape(name)}</th>' for name, look in zip(names, looks, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f'<td style="{look}">{escape(cell(value))}</td>' for value, look in zip(row, looks, strict=True))
        + "</tr>\n"
        for row in shown.itertuples(index=False, name=None)
    )
    none = f'<tr><td colspan="{len(names)}" style="text-align:left"><em>none</em></td></tr>\n'
    return Html(f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>{body or none}</tbody>\n</table>")


def cell(value: object) -> str:
    """A cell as people read it: nothing for a missing value, two decimals, days without hours, no line within."""
    if isinstance(value, list | tuple):
        return "; ".join(cell(one) for one in value)
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return f"{value:.2f}" if isinstance(value, float) else " ".join(str(value).split())


def frame(table: str, records: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows of one of the tables in `rows.COLUMNS` as a DataFrame of their columns and types."""
    return _frame(rows.COLUMNS[table], records)


def _frame(columns: Columns, found: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    records = list(found)
    series = {}
    for name, dtype in columns.items():
        # columns of strings hold UTF-8, in which a lone surrogate has no place
        cells = (record[name] for record in records)
        values = [encodable(cell) if isinstance(cell, str) else cell for cell in cells]
        if isinstance(dtype, tuple):
            series[name] = pd.Series(pd.Categorical(values, categories=list(dtype)))
        elif dtype.startswith("datetime"):
            days = pd.to_datetime(pd.Series(values, dtype="object"), format="ISO8601", errors="coerce")
            series[name] = days.astype(dtype)
        else:
            series[name] = pd.Series(values, dtype=dtype)
    return pd.DataFrame(series)
