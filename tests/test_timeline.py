"""The timeline: events in order, their sentence and who is in it; a plot whose labels keep apart."""

import datetime as dt

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from analystkit import plots, tables
from analystkit.analysis import Analysis
from analystkit.timeline import events

TEXT = (
    "Accord signed\n\nMARNO, March 3, 2024 (Wire) -- Zoë Ødegård signed the accord on Sunday. “We waited since 2016,” "
    "said Ali Noor of the Bay Council 🙂 in Marno.\n\nMr. Noor wants talks in May. Nobody knows when in winter."
)
WHEN = {
    "March 3, 2024": ("2024-03-03", "2024-03-03"),
    "Sunday": ("2024-03-03", "2024-03-03"),
    "2016": ("2016-01-01", "2016-12-31"),
    "May": ("2024-05-01", "2024-05-31"),
    "winter": (None, None),
}
WHO = {"Zoë Ødegård": "PERSON", "Ali Noor": "PERSON", "Bay Council": "ORG", "accord": "LAW"}


def analysis(**when: tuple[str | None, str | None]) -> Analysis:
    dates = [
        {
            "start": TEXT.index(words),
            "end": TEXT.index(words) + len(words),
            "text": words,
            "iso_start": first,
            "iso_end": last,
        }
        for words, (first, last) in (when or WHEN).items()
    ]
    entities = [
        {
            "id": f"e{number}",
            "name": words,
            "label": label,
            "aliases": [],
            "mentions": [{"start": TEXT.index(words), "end": TEXT.index(words) + len(words), "kind": "name"}],
            "confidence": 1.0,
            "why": "by hand",
        }
        for number, (words, label) in enumerate(WHO.items(), start=1)
    ]
    dateline = {"place": "MARNO", "date": "March 3, 2024", "agency": "Wire", "start": 15, "end": TEXT.index("Zoë")}
    article = {
        "id": "a",
        "title": "Accord",
        "byline": None,
        "published": "2024-03-04",
        "url": None,
        "dateline": dateline,
    }
    return Analysis.from_dict(
        {
            "schema": "analystkit/analysis@1",
            "article": article,
            "text": TEXT,
            "furniture": [],
            "entities": entities,
            "quotes": [],
            "stances": [],
            "dates": dates,
            "model": {"pipeline": "hand", "version": "1", "analystkit": "0"},
        }
    )


def test_events_come_in_the_order_in_which_they_happened() -> None:
    found = events(analysis())
    assert [event.date.text for event in found] == ["2016", "Sunday", "May"]
    assert found[0].first == dt.date(2016, 1, 1)
    assert found[0].last == dt.date(2016, 12, 31)


def test_an_event_has_its_sentence_and_who_is_in_it() -> None:
    first, _, last = events(analysis())
    assert first.text == "“We waited since 2016,” said Ali Noor of the Bay Council 🙂 in Marno."
    assert [entity.name for entity in first.who] == ["Ali Noor", "Bay Council"]
    assert last.text == "Mr. Noor wants talks in May."
    assert last.who == ()


def test_the_table_has_a_row_an_event() -> None:
    table = tables.timeline(analysis())
    assert list(table["date"]) == ["2016", "Sunday", "May"]
    assert table["who"][0] == "Ali Noor; Bay Council"
    assert table["who"].isna().tolist() == [False, False, True]
    assert str(table["first"].dtype).startswith("datetime64")


def test_an_article_without_dates_has_an_empty_table() -> None:
    table = tables.timeline(analysis(winter=(None, None)))
    assert len(table) == 0
    assert list(table.columns) == list(tables.timeline(analysis()).columns)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_labels_of_the_plot_never_meet(theme: plots.Theme) -> None:
    with mpl.rc_context({"backend": "agg"}):
        ax = plots.timeline(analysis(), theme=theme)
        figure = ax.figure
        figure.canvas.draw()
        labels = [*ax.get_yticklabels(), *ax.texts]
        boxes = [label.get_window_extent() for label in labels if label.get_text()]
        assert len(boxes) == 6
        assert not any(one.overlaps(other) for i, one in enumerate(boxes) for other in boxes[:i])
        assert "2016" in plots.alt_text(ax)
        plt.close(figure)


def test_a_plot_of_nothing_says_so() -> None:
    ax = plots.timeline(analysis(winter=(None, None)))
    assert "No time" in ax.texts[0].get_text()
    plt.close(ax.figure)


def test_amounts_have_a_table() -> None:
    data = analysis().to_dict() | {
        "amounts": [{"start": 0, "end": 6, "text": "Accord", "kind": "money", "value": 5.0, "unit": "USD", "to": 6.0}]
    }
    table = tables.amounts(Analysis.from_dict(data))
    assert table.loc[0, ["value", "to", "unit"]].tolist() == [5.0, 6.0, "USD"]
    assert table["modifier"].isna().all()
    assert len(tables.amounts(analysis())) == 0
