"""Tables and plots beside a Reader: their content, and that they follow it."""

import asyncio
import threading

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analystkit import linked, plots, tables
from analystkit.analysis import Analysis
from analystkit.reader import Reader


@pytest.fixture
def reader(sample):
    return Reader(sample, corrections=False)


def test_rows_know_their_mark_and_those_it_refers_to(reader):
    content = linked.table(reader, tables.quotes, ["speaker", "text"]).content
    assert content["columns"] == ["speaker", "text"]
    assert content["ids"] == [["q1", "e1"], ["q2", "e2"], ["q3"]]
    assert content["rows"][0][0] == "Zoë 🙂 Ødegård"
    assert content["rows"][2][0] == ""  # unknown


def test_all_columns_but_the_ids_are_shown_by_default(reader):
    columns = linked.table(reader, tables.stances).content["columns"]
    assert "holder" in columns
    assert not [name for name in columns if name.endswith("id")]


def test_a_table_of_a_users_own_will_do(reader):
    def loud(analysis):
        return pd.DataFrame(
            {"id": [one.id for one in analysis.entities], "name": [one.name.upper() for one in analysis.entities]}
        )

    assert linked.table(reader, loud).content["rows"][1] == ["ALI NOOR"]


@pytest.mark.parametrize(
    ("draw", "ids"),
    [
        (plots.entities, [["e1"], ["e2"], ["e4"], ["e3"]]),
        (plots.speakers, [["e2"], ["e1"]]),
        (plots.stances, [["s1"], ["s2"]]),
    ],
)
def test_places_in_a_plot_stand_for_marks(reader, draw, ids):
    content = linked.plot(reader, draw).content
    assert sorted(place["ids"] for place in content["places"]) == sorted(ids)
    for place in content["places"]:
        left, top, width, height = place["box"]
        assert 0 <= left < left + width <= 1.01
        assert 0 <= top < top + height <= 1.01
        assert place["label"]
    assert content["drawing"].startswith("<svg ")
    assert content["drawing"].endswith("</svg>")
    assert len(content["alt"]) > 40


def test_views_know_what_belongs_to_what(reader):
    kin = linked.plot(reader, plots.stances).content["kin"]
    for quote in reader.analysis.to_dict()["quotes"]:
        if quote["speaker"]:
            assert quote["id"] in kin[quote["speaker"]]
            assert quote["speaker"] in kin[quote["id"]]
    for stance in reader.analysis.to_dict()["stances"]:
        for end in ("holder", "target"):
            if stance[end]:
                assert stance["id"] in kin[stance[end]]
                assert stance[end] in kin[stance["id"]]


def test_an_empty_analysis_gives_empty_views(sample):
    empty = {**sample, "entities": [], "quotes": [], "stances": []}
    reader = Reader(empty, corrections=False)
    assert linked.table(reader, tables.quotes).content["rows"] == []
    assert linked.plot(reader, plots.stances).content["places"] == []


def test_views_follow_the_analysis_and_the_choice(reader, sample):
    view = linked.table(reader, tables.entities, ["name"])
    reader.selected = "e2"
    assert view.selected == "e2"
    view.selected = "e3"
    assert reader.selected == "e3"
    renamed = {**sample, "entities": [{**sample["entities"][0], "name": "Zoë"}, *sample["entities"][1:]]}
    reader.data = renamed
    assert view.content["rows"][0] == ["Zoë"]
    view.close()
    reader.data = {**sample, "entities": [], "quotes": [], "stances": []}
    assert view.content["rows"][0] == ["Zoë"]


def test_in_a_kernel_several_corrections_make_one_drawing(reader, sample):
    drawn = []

    def rows(analysis: Analysis):
        drawn.append(len(analysis.entities))
        return tables.entities(analysis)

    async def kernel():
        linked.table(reader, rows)
        for kept in (3, 2, 1):
            reader.data = {**sample, "entities": sample["entities"][:kept], "quotes": [], "stances": []}
        await asyncio.sleep(0.4)

    asyncio.run(kernel())
    assert drawn == [4, 1]


def test_a_correction_that_comes_in_another_thread_is_drawn_in_that_of_the_cells(reader, sample):
    threads, figures = [], []

    def draw(analysis):
        threads.append(threading.current_thread())
        figures.append(plt.isinteractive())  # then a notebook would show the figure by itself
        return plots.stances(analysis)

    async def kernel():
        linked.plot(reader, draw)
        await asyncio.to_thread(setattr, reader, "data", sample | {"stances": []})
        await asyncio.sleep(0.4)

    with plt.ion():
        asyncio.run(kernel())
        assert plt.isinteractive()
    assert threads == [threading.current_thread()] * 2
    assert figures == [False, False]
    assert not plt.get_fignums()


def test_the_browser_gets_a_view_with_its_content_from_the_first_moment(reader, monkeypatch):
    opened = []
    monkeypatch.setattr(linked.LinkedView, "open", lambda view: opened.append(view.get_state()["content"]))
    linked.plot(reader, plots.stances)
    linked.table(reader, tables.quotes)
    assert opened[0]["places"]
    assert len(opened[1]["rows"]) == 3
