"""The workbench: three ways to an article, one result, errors in a sentence."""

import datetime as dt

import pytest
from matplotlib import pyplot as plt

from analystkit import pipeline
from analystkit.analysis import Analysis
from analystkit.corrections import event
from analystkit.errors import FetchError
from analystkit.linked import LinkedView
from analystkit.reader import Reader
from analystkit.workbench import Workbench


@pytest.fixture
def asked(sample, monkeypatch):
    """The articles that the workbench had analysed; each gives the hand-made analysis."""
    articles = []

    def analyze(article):
        articles.append(article)
        return Analysis.from_dict(sample)

    monkeypatch.setattr(pipeline, "analyze", analyze)
    return articles


def parts(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from parts(child)


def test_begins_with_a_sample_already_read(asked):
    bench = Workbench()
    assert [article.text for article in asked] == [bench.samples[bench.sample.value].read_text(encoding="utf-8")]
    assert "4 entities, 3 quotes, 2 stances" in bench.status.value
    assert len(repr(bench)) < 200


def test_shows_reader_tables_and_plots_in_tabs(asked):
    figures = plt.get_fignums()
    bench = Workbench()
    [tabs] = bench.result.children
    assert len(tabs.titles) == len(tabs.children)
    assert isinstance(tabs.children[0], Reader)
    views = [view for view in parts(tabs) if isinstance(view, LinkedView)]
    assert [view.kind for view in views] == ["plot", "table", "table", "plot", "plot", "table"]
    assert all(len(view.content["alt"]) > 40 for view in views if view.kind == "plot")
    assert all(view.content["rows"] for view in views if view.kind == "table")
    assert plt.get_fignums() == figures


def test_tables_and_plots_follow_corrections_and_selection(asked, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    bench = Workbench()
    views = [view for view in parts(bench.result) if isinstance(view, LinkedView)]
    session = bench.reader._session
    was = bench.reader.data["entities"][2]
    session.keep(
        event(
            bench.reader.data,
            [{"layer": "entities", "was": was, "now": {**was, "name": "The Bay Courier", "by": "mara"}}],
            by="mara",
        )
    )
    assert bench.analysis.entity("e3").name == "The Bay Courier"
    assert "The Bay Courier" in str(views[1].content["rows"])
    assert "The Bay Courier" in views[0].content["alt"]
    bench.reader.selected = "q2"
    assert {view.selected for view in views} == {"q2"}
    views[2].selected = "q1"
    assert bench.reader.selected == "q1"


def test_article_of_a_sample_knows_its_folder(asked):
    bench = Workbench()
    assert asked[-1].folder == bench.samples[bench.sample.value].parent


def test_another_sample_is_read_when_asked(asked):
    bench = Workbench()
    bench.sample.value = "leaders-summit"
    bench.button.click()
    assert asked[-1].title.startswith("North Korea’s Kim")
    assert not bench.button.disabled


def test_pasted_text_is_text_even_if_it_looks_like_a_file(asked):
    bench = Workbench()
    bench.sources.selected_index = 1
    bench.pasted.value = "harbour.txt"
    bench.published.value = dt.date(2024, 3, 4)
    bench.button.click()
    assert (asked[-1].text, asked[-1].published) == ("harbour.txt", dt.date(2024, 3, 4))


@pytest.mark.parametrize("typed", ["news.example/1", "https://news.example/1 "])
def test_an_address_is_fetched(asked, monkeypatch, typed):
    from analystkit import workbench
    from analystkit.article import Article

    fetched = []

    def read(source, **given):
        fetched.append(source)
        return Article("It rained on the quay.")

    monkeypatch.setattr(workbench, "read", read)
    bench = Workbench()
    bench.sources.selected_index = 2
    bench.address.value = typed
    bench.button.click()
    assert fetched[-1] == "https://news.example/1"


@pytest.mark.parametrize("tab", [1, 2])
def test_an_empty_field_is_asked_for(asked, tab):
    bench = Workbench()
    before = bench.reader
    bench.sources.selected_index = tab
    bench.button.click()
    assert "first." in bench.status.value
    assert "⚠" in bench.status.value
    assert bench.reader is before
    assert len(asked) == 1


def test_what_goes_wrong_is_one_escaped_sentence(asked, monkeypatch):
    from analystkit import workbench

    def read(source, **given):
        raise FetchError("<b>no</b> such page")

    bench = Workbench()
    monkeypatch.setattr(workbench, "read", read)
    bench.button.click()
    assert "&lt;b&gt;no&lt;/b&gt; such page" in bench.status.value
    assert not bench.button.disabled


def test_a_fault_of_ours_is_shown_and_not_swallowed(asked, monkeypatch):
    bench = Workbench()
    monkeypatch.setattr(pipeline, "analyze", lambda article: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bench.show()
    assert "failed unexpectedly (ZeroDivisionError" in bench.status.value
    assert not bench.button.disabled


def test_warnings_are_notes(asked):
    bench = Workbench()
    bench.sources.selected_index = 1
    bench.pasted.value = "The mayor said: “I will go. Nobody answered."
    bench.button.click()
    assert "Note: A quotation opened at" in bench.status.value


def test_markup_in_an_article_stays_text(asked, sample):
    sample["entities"][0]["name"] = "<script>alert(1)</script>"
    bench = Workbench()
    pages = " ".join(part.value for part in parts(bench) if isinstance(getattr(part, "value", None), str))
    assert "<script" not in pages  # the views get it as data, and make it text


def test_without_samples_it_still_opens(asked, monkeypatch):
    from analystkit import workbench

    monkeypatch.setattr(workbench, "samples", dict)
    bench = Workbench()
    assert bench.analysis is None
    assert "no samples" in bench.status.value
    bench.button.click()
    assert "no samples" in bench.status.value


def test_every_field_has_a_label_and_help(asked):
    bench = Workbench()
    for field in (bench.sample, bench.pasted, bench.address, bench.published, bench.button):
        assert field.description
        assert field.tooltip or field.placeholder
