"""Tables: one row a record, the same typed columns whatever the analysis holds."""

import re
from pathlib import Path

import pandas as pd
import pytest

from analystkit import tables
from analystkit.analysis import Analysis
from analystkit.errors import PipelineError

TABLES = ["entities", "mentions", "quotes", "stances", "dates", "speakers"]
GOLD = sorted((Path(__file__).parents[1] / "seeds").glob("*.gold.json"))


def bare(sample: dict, text: str = "The quay was empty.", **layers) -> Analysis:
    data = sample | {"text": text, "furniture": [], "entities": [], "quotes": [], "stances": [], "dates": []}
    return Analysis.from_dict(data | layers)


def entity(number: int, name: str, start: int, end: int) -> dict:
    mention = {"start": start, "end": end, "kind": "name"}
    return {
        "id": f"e{number}",
        "name": name,
        "label": "PERSON",
        "aliases": [],
        "mentions": [mention],
        "confidence": 1.0,
        "why": "a name",
    }


def quote(number: int, kind: str, *content: tuple[int, int], speaker: str | None = None) -> dict:
    return {
        "id": f"q{number}",
        "kind": kind,
        "content": [list(span) for span in content],
        "cue": [],
        "source": [],
        "speaker": speaker,
        "via": [],
        "confidence": 0.5,
        "why": "a test",
    }


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_layer_gives_the_same_columns_and_types(sample, name):
    full = getattr(tables, name)(Analysis.from_dict(sample))
    empty = getattr(tables, name)(bare(sample, text="..."))
    assert len(empty) == 0
    assert list(empty.columns) == list(full.columns)
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert "object" not in {str(dtype) for dtype in full.dtypes}


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name.removesuffix(".gold.json"))
@pytest.mark.parametrize("name", ["entities", "mentions", "quotes", "stances", "dates"])
def test_rows_lead_back_to_their_place_in_the_text(path, name):
    analysis = Analysis.from_json(path.read_text(encoding="utf-8"))
    table = getattr(tables, name)(analysis)
    for row in table.to_dict("records"):
        start, end = analysis.paragraphs[row["paragraph"] - 1]
        assert start <= row["start"] < end
        assert row["start"] < row["end"] <= len(analysis.text)
    if "text" in table and name != "quotes":
        assert [analysis.text[r.start : r.end] for r in table.itertuples()] == list(table["text"])


def test_entities_count_their_mentions_and_quotes(sample):
    table = tables.entities(Analysis.from_dict(sample)).set_index("id")
    assert list(table["mentions"]) == [3, 3, 1, 3]
    assert list(table["quotes"]) == [1, 1, 0, 0]
    assert table.loc["e1", "aliases"] == "Ødegård"
    assert pd.isna(table.loc["e2", "aliases"])


def test_mentions_stand_in_the_order_of_the_text(sample):
    table = tables.mentions(Analysis.from_dict(sample))
    assert table["start"].is_monotonic_increasing
    assert set(table["kind"]) == {"name", "nominal", "pronoun"}
    assert len(table) == 10


def test_a_quote_tells_who_through_whom_and_how(sample):
    direct, mixed, unknown = tables.quotes(Analysis.from_dict(sample)).to_dict("records")
    assert direct["text"] == "“We will sign it,” … “whatever 🚢 the council thinks.”"
    assert direct["words"] == 8
    assert (direct["speaker"], direct["speaker_id"]) == ("Zoë 🙂 Ødegård", "e1")
    assert (mixed["via"], mixed["cue"]) == ("Bay Courier", "told")
    assert mixed["source"] == "The council’s chair, Ali Noor"
    assert pd.isna(unknown["speaker"])
    assert pd.isna(unknown["via"])


def test_unknown_kinds_keep_their_place_among_the_categories(sample):
    table = tables.quotes(Analysis.from_dict(sample | {"quotes": sample["quotes"][:1], "stances": []}))
    counts = table["kind"].value_counts(sort=False).to_dict()
    assert counts == {"direct": 1, "mixed": 0, "indirect": 0}


def test_a_stance_names_holder_and_target_even_without_an_entity(sample):
    first, second = tables.stances(Analysis.from_dict(sample)).to_dict("records")
    assert (first["holder"], first["target"], first["polarity"]) == (
        "Zoë 🙂 Ødegård",
        "the accord",
        "positive",
    )
    assert pd.isna(first["quote_id"])
    assert second["target"] == "the accord"
    assert pd.isna(second["target_id"])
    assert (second["text"], second["certainty"]) == ("“a trap” for small boats", "hedged")
    own = dict(sample["stances"][0], holder=None, holder_span=None)
    [row] = tables.stances(Analysis.from_dict(sample | {"stances": [own]})).to_dict("records")
    assert row["holder"] == tables.NARRATOR


def test_dates_are_days_and_unknown_ones_are_not_a_time(sample):
    text = "It met on Monday, as it once did."
    dates = [
        {"start": 10, "end": 16, "text": "Monday", "iso_start": "2024-03-04", "iso_end": "2024-03-04"},
        {"start": 24, "end": 28, "text": "once", "iso_start": None, "iso_end": None},
        {"start": 24, "end": 28, "text": "once", "iso_start": "1066-10-14", "iso_end": "1066-10-14"},
    ]
    table = tables.dates(bare(sample, text, dates=dates))
    assert table.loc[0, "first"] == pd.Timestamp(2024, 3, 4)
    assert pd.isna(table.loc[1, "last"])
    assert table.loc[2, "first"].year == 1066


def test_shares_give_each_word_to_one_voice(sample):
    text = "The agency said that Ana said that it rained. Nobody came."
    #      outer quote: "that Ana said that it rained", inner: "that it rained"
    analysis = bare(
        sample,
        text,
        entities=[entity(1, "the agency", 0, 10), entity(2, "Ana", 21, 24)],
        quotes=[quote(1, "indirect", (16, 44), speaker="e1"), quote(2, "direct", (30, 44), speaker="e2")],
    )
    table = tables.speakers(analysis).set_index("speaker")
    assert table.loc["Ana", ["direct", "mixed", "indirect", "words"]].tolist() == [3, 0, 0, 3]
    assert table.loc["the agency", ["direct", "indirect"]].tolist() == [0, 3]
    assert table.loc[tables.NARRATOR, "words"] == 5
    assert table["share"].sum() == pytest.approx(1)


def test_furniture_is_nobodys_words(sample):
    text = "Photo by Wire\n\nIt rained."
    with_caption = tables.speakers(bare(sample, text))
    without = tables.speakers(bare(sample, text, furniture=[[0, 13]]))
    assert with_caption["words"].sum() == 5
    assert without["words"].sum() == 2


def test_quotes_without_a_speaker_are_one_unknown_voice(sample):
    analysis = bare(sample, "So it is said.", quotes=[quote(1, "indirect", (0, 5)), quote(2, "mixed", (6, 8))])
    table = tables.speakers(analysis)
    assert list(table["speaker"]) == [tables.UNKNOWN, tables.NARRATOR]
    assert table.loc[0, ["mixed", "indirect"]].tolist() == [1, 2]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_shares_of_a_real_article_add_up(path):
    table = tables.speakers(Analysis.from_json(path.read_text(encoding="utf-8")))
    assert table["share"].sum() == pytest.approx(1)
    assert (table[["direct", "mixed", "indirect"]].sum(axis=1) <= table["words"]).all()
    assert table["speaker"].iloc[-1] == tables.NARRATOR


def test_accounts_need_the_doc_that_json_does_not_have():
    data = {
        "schema": "analystkit/analysis@1",
        "article": {"id": "a", "title": "", "byline": None, "published": None, "url": None, "dateline": None},
        "text": "Nothing.", "furniture": [], "entities": [], "quotes": [], "stances": [], "dates": [],
        "model": {"pipeline": "none", "version": "0", "analystkit": "0"},
    }  # fmt: skip
    with pytest.raises(PipelineError, match="does not have"):
        tables.accounts(Analysis.from_dict(data))


def test_prose_sets_words_to_the_left_in_full_and_figures_to_the_right():
    long = "a sentence that is as long as sentences are " * 5
    table = pd.DataFrame({"day": [pd.Timestamp("2024-03-04")], "text": [f"<b> {long}"], "words": [3], "sure": [0.567]})
    shown = tables.prose(table)
    assert f"&lt;b&gt; {long.strip()}" in shown
    assert re.findall(r'<td style="text-align:(\w+)[^>]*>([^<]*)', shown) == [
        ("left", "2024-03-04"),
        ("left", f"&lt;b&gt; {long.strip()}"),
        ("right", "3"),
        ("right", "0.57"),
    ]
    assert shown._repr_html_() == str(shown)


def test_prose_says_so_where_there_is_nothing_to_show():
    assert ">none<" in tables.prose(pd.DataFrame({"who": [], "words": []}))
    assert ">none<" not in tables.prose(pd.DataFrame({"who": ["Marr"], "words": [1]}))


def test_prose_shows_an_index_that_has_a_name_and_nothing_for_what_is_unknown():
    table = pd.DataFrame({"who": ["Ann", "Ann", "Ben"], "kind": ["direct", "mixed", "direct"], "relay": pd.NA})
    assert ">who<" in tables.prose(table.groupby("who").count())
    assert "NA" not in tables.prose(table)
    assert "direct" in tables.prose(table.pivot_table(index="who", columns="kind", aggfunc="size"))
