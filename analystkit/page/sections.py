"""What stands below the article on a page: its timeline and its layers as tables, with or without scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analystkit import timeline
from analystkit.analysis import Analysis
from analystkit.errors import AnalystkitError
from analystkit.markup import LABELS, escape, stance_end
from analystkit.palette import POLARITY_SIGNS


def timeline_section(data: Mapping[str, Any]) -> str:
    """The dated sentences in the order of their dates; nothing where no date can be told.

    Each item has the code points of its sentence in `data-start` and `data-end`, and each name the id of its
    entity in `data-entity`, so that a script can lead there.
    """
    try:
        events = timeline.events(Analysis.from_dict(data))
    except AnalystkitError:  # data made by hand that is not quite an analysis has no dates to show
        return ""
    items = []
    for event in events:
        first, last = event.first.isoformat(), event.last.isoformat()
        days = f'<time datetime="{first}">{first}</time>'
        if last != first:
            days += f' – <time datetime="{last}">{last}</time>'
        who = ", ".join(
            f'<bdi data-entity="{escape(entity.id)}">{escape(entity.name)}</bdi>' for entity in event.who[:4]
        )
        items.append(
            f'<li data-start="{event.start}" data-end="{event.end}"><p class="page-days">{days}</p>'
            f'<p class="page-told" dir="auto">{escape(event.text)}</p>'
            + (f'<p class="page-who">{who}</p>' if who else "")
            + "</li>\n"
        )
    if not items:
        return ""
    return f'<section id="timeline">\n<h2>Timeline</h2>\n<ol>\n{"".join(items)}</ol>\n</section>\n'


def tables_section(data: Mapping[str, Any]) -> str:
    """Entities, quotes and stances as tables; a layer without records has none."""
    text = data["text"]
    entities, quotes, stances = (data.get(key) or () for key in ("entities", "quotes", "stances"))
    names = {entity["id"]: str(entity["name"]) for entity in entities}

    def words(spans: Sequence[Sequence[int]] | None) -> str:
        return " … ".join(text[start:end] for start, end in spans or ())

    made = (
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
    for about in (data.get("extra") or {}).values():
        made += _table(
            str(about["many"]).capitalize(),
            ("Words", "Kind", "Whose", "Why", "Confidence"),
            [
                (
                    words([(mark["start"], mark["end"])]),
                    mark.get("label"),
                    words([mark["who"]]) if mark.get("who") else None,
                    mark.get("why"),
                    mark.get("confidence"),
                )
                for mark in about["marks"]
            ],
        )
    return f'<section id="tables">\n<h2>Tables</h2>\n{made}</section>\n' if made else ""


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join("<tr>" + "".join(f'<td dir="auto">{_cell(cell)}</td>' for cell in row) + "</tr>\n" for row in rows)
    return (
        f"<details open>\n<summary>{escape(title)} ({len(rows)})</summary>\n"
        f'<div class="page-table"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div>\n'
        "</details>\n"
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else escape(value)
