"""Accounts compared, a corpus browsed, and the pictures of a corpus."""

import copy
import datetime as dt

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import analystkit as ak
from analystkit.analysis import Analysis
from analystkit.corpus.compare import _days


@pytest.fixture
def accounts(sample):
    """The sample as two outlets tell it; the second leaves out a word of a quote, and one speaker's name."""
    other = copy.deepcopy(sample)
    other["article"] |= {"id": "other", "published": "2024-05-06"}
    other["quotes"][0]["content"][1][1] -= len(" thinks.”")
    other["entities"] = [entity for entity in other["entities"] if entity["id"] != "e3"]
    other["quotes"][1]["via"] = []
    return ak.Comparison({"Post": Analysis(sample), "Wire <b>": Analysis(other)})


@pytest.fixture
def corpus(accounts):
    return accounts.corpus


def test_facts_show_who_tells_them_and_who_does_not(accounts):
    facts = accounts.facts.set_index("fact")
    assert facts.loc["Ali Noor", "told_by"] == 2
    assert facts.loc["Ali Noor", "Post"].startswith("The council’s chair, Ali Noor, told")
    assert facts.loc["Bay Courier", "told_by"] == 1
    assert facts.loc["Bay Courier", "Wire <b>"] is pd.NA


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2025-04-03", "2025-04-03", "2025-04-03"),
        ("2025-04-01", "2025-04-30", "April 2025"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2025-04-01", "2025-04-29", "2025-04-01 to 2025-04-29"),
        ("2025-04-01", "2025-05-31", "2025-04-01 to 2025-05-31"),
    ],
)
def test_days_are_told_as_people_do(first, last, told):
    assert _days(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == told


def test_speakers_and_stances_have_a_column_an_outlet(accounts):
    assert list(accounts.speakers.columns) == list(accounts.stances.columns) == ["Post", "Wire <b>"]
    assert accounts.speakers.loc["Zoë 🙂 Ødegård", "Post"] > accounts.speakers.loc["Zoë 🙂 Ødegård", "Wire <b>"] > 0
    assert accounts.stances.loc[("Zoë 🙂 Ødegård", "the accord"), "Post"] == "+"


def test_what_was_trimmed_is_struck_through_and_names_are_escaped(accounts):
    shown = accounts.trimmed()._repr_html_()
    assert "<del>thinks</del>" in shown
    assert "Wire &lt;b&gt;" in shown
    assert "<b>" not in shown + accounts._repr_html_().replace('<b class="', "").split("<h3>Wire")[1][:40]


def test_nothing_in_common_is_said(sample):
    alone = ak.Comparison({"Post": Analysis(sample)})
    assert "No quote" in alone.trimmed()


def test_filters_change_list_and_pictures(corpus):
    browser = corpus.browse()
    assert len(browser.rows) == len(corpus.quotes)
    before = browser.pictures.children[0].value
    browser.outlets.value = ("Post",)
    assert set(browser.rows["article"]) == {"harbour"}
    assert browser.pictures.children[0].value != before
    browser.words.value = "no such words"
    assert browser.rows.empty
    assert "0 quotes" in browser.status.value
    browser.words.value = ""
    browser.kind.value = "stances"
    assert browser.rows["told"].iloc[0].startswith("2024-03-04 Post · Zoë 🙂 Ødegård + the accord")
    browser.outlets.value = browser.outlets.options
    browser.months.value = ("2024-05", "2024-05")
    assert set(browser.rows["article"]) == {"other"}
    browser.who.value = browser.who.options[1][1]
    assert len(browser.rows) == 1


def test_a_row_opens_its_article_with_its_mark(corpus):
    browser = corpus.browse()
    browser.list.value = 1
    (reader,) = browser.place.children
    assert (browser.article, reader.selected) == ("harbour", "q2")
    browser.words.value = "trap"
    assert browser.place.children == (), "the list has changed: nothing is chosen"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("draw", "table", "told"),
    [
        (ak.plots.quoted, lambda corpus: corpus.quoted, "Ali Noor"),
        (ak.plots.stances_over_time, lambda corpus: corpus.stances_over_time(), "2024-05-01 1 for, 1 against"),
        (ak.plots.co_mentions, lambda corpus: corpus.co_mentions(), "Ali Noor and Bay Courier 1"),
    ],
)
def test_pictures_say_in_words_what_they_show(corpus, draw, table, told, theme):
    ax = draw(table(corpus), theme=theme)
    assert told in ak.plots.alt_text(ax)
    nothing = draw(table(corpus).iloc[:0], theme=theme)
    assert ak.plots.alt_text(nothing)
    plt.close("all")


def test_samples_may_lie_in_a_folder_of_the_seeds():
    assert list(ak.samples("accounts")) == ["coast-business", "harbour-gazette", "union-wire"]
