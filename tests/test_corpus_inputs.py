"""What a corpus is made from: folders, patterns, rows; their order, their names, what cannot be read."""

import datetime as dt
import json

import pandas as pd
import pytest

from analystkit.article import Article
from analystkit.corpus.batches import batches
from analystkit.corpus.inputs import count, inputs
from analystkit.errors import ArticleError

TEXT = "“We sail at dawn,” said Ana Ruiz."


def names(found):
    return [one.name for one in found]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in (
        "news/b.txt",
        "news/a.md",
        "news/deep/c.html",
        "news/README.md",
        "news/.d.txt",
        "news/_e.txt",
        "news/f.csv",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_a_folder_gives_its_articles_by_name_and_leaves_the_rest(folder):
    assert names(inputs("news")) == ["news/a.md", "news/b.txt", "news/deep/c.html"]
    assert count("news") == 3


@pytest.mark.parametrize("pattern", ["news/*.txt", "news/[b].*", "**/b.txt"])
def test_a_pattern_gives_what_it_matches(folder, pattern):
    assert "news/b.txt" in names(inputs(pattern))


def test_a_text_and_an_address_are_read_later(folder):
    assert [one.content for one in inputs(["https://example.org/a", TEXT + "\n"])] == [
        "https://example.org/a",
        TEXT + "\n",
    ]


@pytest.mark.parametrize("source", ["nowhere", "nowhere/*.txt", "empty"])
def test_a_source_without_articles_is_an_error_that_names_it(folder, source):
    (folder / "empty").mkdir()
    with pytest.raises(ArticleError, match=source.replace("*", r"\*")):
        list(inputs(source))


def test_each_line_is_an_article_and_a_bad_one_says_why(folder):
    rows = [
        {"text": TEXT, "id": 7, "title": "Sailing", "outlet": "Post", "published": "2024-03-04"},
        {"body": TEXT},
        [1],
        {"text": 5},
    ]
    lines = [*(json.dumps(row) for row in rows), "", "{broken"]
    (folder / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    good, *bad = inputs("news.jsonl")
    article, outlet = good.read()
    assert (article.id, article.title, article.published, outlet) == ("7", "Sailing", dt.date(2024, 3, 4), "Post")
    assert names(bad) == ["news.jsonl:2", "news.jsonl:3", "news.jsonl:4", "news.jsonl:6"]
    reasons = ["the row has body", "not a JSON object", "no text but 5", "not JSON"]
    for one, told in zip(bad, reasons, strict=True):
        with pytest.raises(ArticleError, match=told):
            one.read()
    assert count("news.jsonl") == 5


def test_rows_of_a_parquet_file_are_articles(folder):
    pd.DataFrame({"text": [TEXT, TEXT], "url": ["https://a.example/1", None], "more": [1, 2]}).to_parquet(
        "news.parquet"
    )
    found = list(inputs("news.parquet"))
    assert names(found) == ["news.parquet:1", "news.parquet:2"]
    assert found[0].read()[0].url == "https://a.example/1"
    pd.DataFrame({"body": [TEXT]}).to_parquet("other.parquet")
    with pytest.raises(ArticleError, match="no column text"):
        next(inputs("other.parquet")).read()


def test_a_day_that_is_none_is_left_out_with_a_warning():
    (one,) = inputs({"text": TEXT, "published": "last spring"})
    article, _ = one.read()
    assert article.published is None
    assert any("last spring" in warning for warning in article.warnings)


def test_the_same_text_in_two_outlets_is_two_articles():
    (batch,) = batches(inputs([{"text": TEXT, "outlet": "Post"}, {"text": TEXT, "outlet": "Wire"}]))
    ids = {one.read()[0].id for one in batch.inputs}
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"text": TEXT}, {"text": TEXT}], "same as input 1"),
        ([{"text": TEXT, "id": "a"}, {"text": "Other.", "id": "a"}], "Its id, a, is that of input 1"),
        ([Article(TEXT), Article(TEXT)], "is that of input 1"),
    ],
)
def test_what_comes_twice_is_left_out_and_said(rows, told):
    (batch,) = batches(inputs(rows))
    batch.inputs[0].read()
    with pytest.raises(ArticleError, match=told):
        batch.inputs[1].read()


def test_batches_grow_and_depend_on_the_inputs_alone():
    rows = [{"text": f"{n} " + "word " * 1_000} for n in range(100)]
    found = list(batches(inputs(rows)))
    assert [batch.first for batch in found[:3]] == [1, 5, 9]
    assert len(found[-2].inputs) > len(found[0].inputs)
    assert sum(len(batch.inputs) for batch in found) == 100
    assert [batch.digest for batch in found] == [batch.digest for batch in batches(inputs(rows))]
    rows[0]["outlet"] = "Post"
    assert next(batches(inputs(rows))).digest != found[0].digest
