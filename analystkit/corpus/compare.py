"""Several accounts of one event side by side: what they share, what only one tells, who speaks, who trimmed what."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analystkit import tables
from analystkit.analysis import Analysis
from analystkit.article import Article
from analystkit.corpus import across
from analystkit.corpus import echoes as same
from analystkit.corpus.reading import Corpus
from analystkit.markup import Html, highlight
from analystkit.palette import POLARITY_SIGNS
from analystkit.pipeline import analyze
from analystkit.timeline import sentence_of

#: Least width of an account beside the others; with less room they stand below each other.
_COLUMN: Final = "22em"


class Comparison:
    """Accounts of one event, compared. In a notebook it shows the articles side by side.

    Args:
        accounts: The accounts by outlet: analyses, or whatever `analystkit.analyze` takes.

    Attributes:
        corpus: The accounts as a corpus, for everything else that can be asked of one.
        outlets: The names of the outlets, in their order.

    Raises:
        ArticleError: an article cannot be read.
    """

    def __init__(self, accounts: Mapping[str, Analysis | Article | str | Path]) -> None:
        self._found = {
            outlet: account if isinstance(account, Analysis) else analyze(account)
            for outlet, account in accounts.items()
        }
        self.outlets = list(self._found)
        self._outlet_of = {analysis.article.id: outlet for outlet, analysis in self._found.items()}
        self.corpus = Corpus.of(self._found.values(), self._outlet_of)

    @cached_property
    def facts(self) -> pd.DataFrame:
        """What each account tells: one row a name, day or amount, those that most accounts have first.

        Columns: kind ("name", "day" or "amount"), fact, told_by (how many accounts), and for each outlet the sentence
        in which it stands first, or <NA> where it is missing; places.
        """
        rows: dict[tuple[str, str], dict[str, Any]] = {}

        def add(kind: str, fact: str, article: str, start: int, end: int) -> None:
            outlet = self._outlet_of[article]
            row = rows.setdefault((kind, fact.casefold()), {"kind": kind, "fact": fact, "places": []})
            row["places"].append((article, start, end))
            if outlet not in row:
                row[outlet] = sentence_of(self._found[outlet], start)

        for who in self.corpus.who.to_dict("records"):
            for place in who["places"]:
                add("name", who["name"], *place)
        for date in self.corpus.dates.dropna(subset=["first"]).to_dict("records"):
            add("day", _days(date["first"].date(), date["last"].date()), date["article"], date["start"], date["end"])
        for amount in self.corpus.amounts.to_dict("records"):
            add("amount", _amount(amount), amount["article"], amount["start"], amount["end"])
        found = [{"told_by": sum(outlet in row for outlet in self.outlets), **row} for row in rows.values()]
        table = pd.DataFrame(found, columns=["kind", "fact", "told_by", *self.outlets, "places"])
        table[self.outlets] = table[self.outlets].astype("string")
        return table.sort_values(["told_by", "kind"], ascending=[False, True], kind="stable", ignore_index=True)

    @cached_property
    def speakers(self) -> pd.DataFrame:
        """Whose words each account gives: one row a speaker, in each outlet's column the words quoted from them."""
        quoted = self.corpus.quoted
        found = quoted.pivot_table(index="name", columns="outlet", values="words", aggfunc="sum", fill_value=0)
        found = found.reindex(columns=self.outlets, fill_value=0).astype("int64")
        return found.loc[found.sum(axis="columns").sort_values(ascending=False, kind="stable").index]

    @cached_property
    def stances(self) -> pd.DataFrame:
        """Who stands where, by account: one row a holder and target, in each outlet's column the signs (+, −, ±)."""
        found = across.with_who(self.corpus, "stances", {"holder_id": "holder_who", "target_id": "target_who"})
        names = self.corpus.who.set_index("who")["name"]
        for side in ("holder", "target"):
            found[side] = found[f"{side}_who"].map(names).fillna(found[side])
        found["sign"] = found["polarity"].map(POLARITY_SIGNS).astype(object)
        found.loc[found["certainty"] == "denied", "sign"] = "(" + found["sign"] + ")"
        join: Callable[[pd.Series[str]], str] = " ".join
        table = found.pivot_table(index=["holder", "target"], columns="outlet", values="sign", aggfunc=join)
        return table.reindex(columns=self.outlets).fillna("")

    @cached_property
    def timeline(self) -> pd.DataFrame:
        """The dated sentences of all accounts, earliest first: first, last, date, outlet, text, article, start, end."""
        found = [
            tables.timeline(analysis).assign(outlet=outlet, article=analysis.article.id)
            for outlet, analysis in self._found.items()
        ]
        columns = ["first", "last", "date", "outlet", "text", "article", "start", "end"]
        return pd.concat(found)[columns].sort_values(["first", "last"], kind="stable", ignore_index=True)

    def trimmed(self) -> Html:
        """Each quote that several accounts give, word by word against the fullest version.

        What an account left out is struck through, what it has instead underlined.
        """
        parts = []
        for _, versions in self.corpus.echoes.groupby("echo", sort=False):
            full = same.quoted(versions["text"].iloc[0])
            speaker = next(iter(versions["speaker"].dropna()), tables.UNKNOWN)
            lines = []
            for outlet, text in zip(versions["outlet"], versions["text"], strict=True):
                pieces = same.compare(full, same.quoted(text))
                lines.append(
                    f'<tr><th scope="row" style="text-align:left;vertical-align:top;white-space:nowrap">'
                    f"{html.escape(outlet)}</th>"
                    f'<td style="text-align:left">{same.marked(pieces)}</td></tr>'
                )
            parts.append(f"<h4>{html.escape(str(speaker))}</h4><table>{''.join(lines)}</table>")
        return Html("".join(parts) or "<p>No quote stands in several of these accounts.</p>")

    def _repr_html_(self) -> str:
        columns = "".join(
            f'<section style="flex:1 1 {_COLUMN};min-width:0"><h3>{html.escape(outlet)}</h3>'
            f"{highlight(analysis.view())}</section>"
            for outlet, analysis in self._found.items()
        )
        return f'<div style="display:flex;flex-wrap:wrap;gap:2em;align-items:flex-start">{columns}</div>'

    def __repr__(self) -> str:
        return f"Comparison({', '.join(self.outlets)})"


def _days(first: dt.date, last: dt.date) -> str:
    """A day, or some days: "2025-04-03", "April 2025", "2025", "2025-04-03 to 2025-04-09"."""
    if first == last:
        return first.isoformat()
    if first.day == 1 and (last + dt.timedelta(days=1)).day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%B %Y}"
        if first.year == last.year and (first.month, last.month) == (1, 12):
            return f"{first:%Y}"
    return f"{first} to {last}"


def _amount(amount: Mapping[Any, Any]) -> str:
    if pd.isna(amount["value"]):
        return str(amount["text"])
    unit = "" if pd.isna(amount["unit"]) else f" {amount['unit']}"
    to = "" if pd.isna(amount["to"]) else f"–{amount['to']:,.10g}"
    return f"{amount['value']:,.10g}{to}{unit}"
