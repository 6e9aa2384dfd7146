"""The layers of an analysis as HTML tables, for a page read without scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analystkit.markup import LABELS, escape, stance_end
from analystkit.palette import POLARITY_SIGNS


def tables(data: Mapping[str, Any]) -> str:
    """Entities, quotes and stances as tables; a layer without records has none."""
    text = data["text"]
    entities, quotes, stances = (data.get(key) or () for key in ("entities", "quotes", "stances"))
    names = {entity["id"]: str(entity["name"]) for entity in entities}

    def words(spans: Sequence[Sequence[int]] | None) -> str:
        return " … ".join(text[start:end] for start, end in spans or ())

    return (
        _table(
            "Entities",
            ("Name", "Kind", "Also called", "Mentions", "Confidence"),
            [
                (
                    entity["name"],
                    LABELS.get(entity.get("label", ""), entity.get("label")),
                    ", ".join(map(str, entity.get("aliases") or ())),
                    len(entity.get("mentions") or ()),
                    entity.get("confidence"),
                )
                for entity in entities
            ],
        )
        + _table(
            "Quotes",
            ("Speaker", "Via", "Kind", "Words", "Why", "Confidence"),
            [
                (
                    names.get(quote.get("speaker"), "unknown"),
                    ", ".join(str(names.get(relay, relay)) for relay in quote.get("via") or ()),
                    quote.get("kind"),
                    words(quote.get("content")),
                    quote.get("why"),
                    quote.get("confidence"),
                )
                for quote in quotes
            ],
        )
        + _table(
            "Stances",
            ("Holder", "Stance", "Target", "Certainty", "Evidence", "Confidence"),
            [
                (
                    stance_end(stance, "holder", names, text),
                    f"{POLARITY_SIGNS.get(stance.get('polarity', ''), '?')} {stance.get('polarity')}",
                    stance_end(stance, "target", names, text),
                    stance.get("certainty"),
                    words([stance["evidence"]]),
                    stance.get("confidence"),
                )
                for stance in stances
            ],
        )
    )


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join("<tr>" + "".join(f'<td dir="auto">{_cell(cell)}</td>' for cell in row) + "</tr>\n" for row in rows)
    return f"<h2>{escape(title)}</h2>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else escape(value)
