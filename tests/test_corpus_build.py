"""A corpus in a folder: what is in it, being stopped at any moment, other inputs; the same through Dask."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import analystkit as ak
from analystkit.corpus.folder import Folder, only_writer
from analystkit.corpus.parts import SCHEMAS
from analystkit.corpus.run import build
from analystkit.corpus.work import loaded
from analystkit.errors import AnalystkitWarning, ArticleError, CorpusError, PipelineError

pytestmark = pytest.mark.slow

ROWS = [
    {"text": "“We sail at dawn,” said Ana Ruiz, the port minister of Marno.", "outlet": "Post", "id": "sail"},
    {"text": " "},
    {"text": "Ali Noor praised the treaty on Monday. He told the Bay Courier that it cost $2 million.", "id": "praise"},
    {
        "text": "Ruiz condemned the council. “It is a trap for small boats,” she said.",
        "url": "https://www.wire.example/a",
    },
]
SMALL = 80  # characters a batch: each of the rows is one


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The corpus of the rows, made undisturbed."""
    path = tmp_path_factory.mktemp("corpus") / "built"
    build(ROWS, path, size=SMALL)
    return path


def contents(path):
    files = (one for one in sorted(Path(path).rglob("*")) if one.is_file() and one.name != ".lock")
    return {one.relative_to(path).as_posix(): one.read_bytes() for one in files}


def test_holds_what_analyze_finds(built):
    corpus = ak.Corpus(built)
    assert list(corpus.articles["article"])[:2] == ["sail", "praise"]
    assert list(corpus.articles["outlet"]) == ["Post", pd.NA, "wire.example"]
    alone = ak.analyze(ak.Article(ROWS[2]["text"], id="praise"))
    assert corpus.article("praise") == alone
    for table in ("entities", "mentions", "quotes", "stances", "dates", "amounts"):
        found = corpus.table(table)
        ours = found[found["article"] == "praise"].drop(columns="article").reset_index(drop=True)
        pd.testing.assert_frame_equal(ours, getattr(ak.tables, table)(alone))


def test_lists_what_failed_with_the_reason(built):
    errors = ak.Corpus(built).errors
    assert list(errors["number"]) == [2]
    assert errors["source"].iloc[0] == "item 2"
    assert "empty" in errors["reason"].iloc[0]


def test_an_article_that_is_not_there_is_an_error(built):
    with pytest.raises(CorpusError, match="no article 'gone'"):
        ak.Corpus(built).article("gone")


def test_others_read_the_tables(built):
    duckdb, polars = pytest.importorskip("duckdb"), pytest.importorskip("polars")
    quotes = pd.read_parquet(built / "quotes")
    assert len(quotes) == len(ak.Corpus(built).quotes) > 0
    assert polars.read_parquet(built / "quotes" / "*.parquet").height == len(quotes)
    query = f"select count(*) from '{built}/quotes/*.parquet' join '{built}/articles/*.parquet' using (article)"
    assert duckdb.sql(query).fetchall() == [(len(quotes),)]


def test_stopped_at_any_moment_it_goes_on_to_the_same(built, tmp_path, monkeypatch):
    writes = 0

    def stopping(real):
        def step(*arguments):
            nonlocal writes
            writes += 1
            if writes == stop:
                raise KeyboardInterrupt
            return real(*arguments)

        return step

    monkeypatch.setattr(os, "fsync", stopping(os.fsync))
    monkeypatch.setattr(Path, "replace", stopping(Path.replace))
    for stop in (1, 2, 5, 16, 21, 41, 57):
        path, writes = tmp_path / f"stopped-{stop}", 0
        with pytest.raises(KeyboardInterrupt):
            build(ROWS, path, size=SMALL)
        stop = None
        build(ROWS, path, size=SMALL)
        assert contents(path) == contents(built)


def test_what_is_finished_is_not_done_again(built, monkeypatch):
    monkeypatch.setattr("analystkit.corpus.run.analyses", lambda *_: pytest.fail("done again"))
    before = contents(built)
    build(ROWS, built, size=SMALL)
    assert contents(built) == before


@pytest.mark.parametrize(
    "rows", [[ROWS[0] | {"text": "Other words."}, *ROWS[1:]], ROWS[:2], [ROWS[1], ROWS[0], *ROWS[2:]]]
)
def test_other_inputs_are_refused(built, rows):
    with pytest.raises(CorpusError, match=r"was begun with (other|more) inputs"):
        build(rows, built, size=SMALL)


def test_another_pipeline_is_refused(built, monkeypatch):
    other = json.loads((built / "manifest.json").read_text())["model"] | {"version": "9"}
    monkeypatch.setattr("analystkit.corpus.run.describe", lambda _: other)
    with pytest.raises(CorpusError, match=r"was begun with en_news_analystkit 1.* and this is en_news_analystkit 9"):
        build(ROWS, built, size=SMALL)


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CorpusError, match="holds something else"):
        build(ROWS, tmp_path)
    with pytest.raises(CorpusError, match="no corpus in"):
        ak.Corpus(tmp_path)


def test_only_one_process_writes(tmp_path):
    pytest.importorskip("fcntl")
    with only_writer(tmp_path), pytest.raises(CorpusError, match="Another process"), only_writer(tmp_path):
        pass


def test_a_mistyped_source_makes_no_folder(tmp_path):
    with pytest.raises(ArticleError):
        build(tmp_path / "nowhere", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_every_table_has_its_columns_even_if_empty(tmp_path):
    build([{"text": "Rain."}], tmp_path / "out")
    corpus = ak.Corpus(tmp_path / "out")
    for table in SCHEMAS:
        assert "article" in corpus.table(table) or table == "errors"
    assert corpus.who.empty
    assert corpus.echoes.empty
    assert corpus.quoted.empty
    assert corpus.stances_over_time().empty
    assert corpus.co_mentions().empty


def test_analyze_many_goes_on_after_a_failure():
    failures = []
    ids = [analysis.article.id for analysis in ak.analyze_many(ROWS[:3], errors=failures.append)]
    assert ids == ["sail", "praise"]
    assert [failure.number for failure in failures] == [2]
    with pytest.raises(ArticleError, match="item 2"):
        list(ak.analyze_many(ROWS, errors="raise"))
    with pytest.warns(AnalystkitWarning, match="item 1"):
        list(ak.analyze_many(ROWS[1:2]))


def test_what_a_component_cannot_bear_is_one_failure_not_sixteen(monkeypatch):
    nlp = loaded(None)
    real = nlp.make_doc
    monkeypatch.setattr(nlp, "make_doc", lambda text: 1 / 0 if "trap" in text else real(text))
    failures = []
    assert len(list(ak.analyze_many([ROWS[0], ROWS[2], ROWS[3]], nlp, errors=failures.append))) == 2
    assert [failure.kind for failure in failures] == ["ZeroDivisionError"]


def test_words_of_past_articles_are_forgotten():
    nlp = loaded(None)
    list(ak.analyze_many([{"text": " ".join(f"wurble{n}" for n in range(300))}], nlp))
    assert not [word for word in nlp.vocab.strings if "wurble" in word]


def test_progress_is_quiet_where_nobody_looks(capfd):
    list(ak.analyze_many([ROWS[0]]))
    assert capfd.readouterr() == ("", "")
    list(ak.analyze_many([ROWS[0]], progress=True))
    assert "1/1" in capfd.readouterr().err


def test_workers_make_the_same_files(built, tmp_path):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        build(ROWS, tmp_path / "out", client=client, size=SMALL)
        assert contents(tmp_path / "out") == contents(built)
        ids = [analysis.article.id for analysis in ak.analyze_many(ROWS[:3], client=client, errors=lambda _: None)]
        assert ids == ["sail", "praise"]
        with pytest.raises(PipelineError, match="give the pipeline's name"):
            list(ak.analyze_many(ROWS, loaded(None), client=client))


def test_names_that_the_user_gives_are_found_and_are_part_of_what_the_corpus_was_begun_with(tmp_path):
    names = tmp_path / "names.jsonl"
    names.write_text('{"label": "PRODUCT", "pattern": "small boats"}\n', encoding="utf-8")
    corpus = ak.Corpus.build(ROWS, tmp_path / "out", names=names)
    found = corpus.table("entities")
    assert list(found[found["name"] == "small boats"]["label"]) == ["PRODUCT"]
    for other in (None, names):
        names.write_text('{"label": "PRODUCT", "pattern": "dawn"}\n', encoding="utf-8")
        with pytest.raises(CorpusError, match="do not mix"):
            build(ROWS, tmp_path / "out", names=other)
    with pytest.raises(PipelineError, match="goes with a pipeline's name"):
        list(ak.analyze_many(ROWS, loaded(None), names=names))
    names.write_text("small boats\n", encoding="utf-8")
    with pytest.raises(PipelineError, match="is no name"):
        build(ROWS, tmp_path / "new", names=names)
    assert not (tmp_path / "new").exists()


def test_workers_find_given_names_without_the_file(tmp_path):
    distributed = pytest.importorskip("distributed")
    names = tmp_path / "names.jsonl"
    names.write_text('{"label": "PRODUCT", "pattern": "small boats"}\n', encoding="utf-8")
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        build(ROWS, tmp_path / "there", names=names, client=client)
    build(ROWS, tmp_path / "here", names=names)
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


class Cluster:
    """Stands for a client of two threads; workers die on batches that hold the word."""

    def __init__(self, deadly):
        self.deadly, self.waiting, self.most = deadly, 0, 0

    def nthreads(self):
        return {"a": 1, "b": 1}

    def cancel(self, futures):
        self.waiting -= len(futures)

    def submit(self, work, batch, name, **_):
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        return Future(self, work, batch, name)


class Future:
    def __init__(self, cluster, work, batch, name):
        self.cluster, self.job = cluster, (work, batch, name)

    def result(self):
        from distributed import KilledWorker

        self.cluster.waiting -= 1
        work, batch, name = self.job
        if any(self.cluster.deadly in one.content["text"] for one in batch.inputs):
            raise KilledWorker("task", None, 3)
        return work(batch, name)


def test_an_article_that_kills_workers_is_an_error_and_the_rest_goes_on():
    pytest.importorskip("distributed")
    from analystkit.corpus import spread
    from analystkit.corpus.batches import batches
    from analystkit.corpus.inputs import inputs

    cluster = Cluster(deadly="trap")
    ((_, part),) = spread.parts(cluster, batches(inputs(ROWS)), (None, ()))
    assert (part.articles, part.errors) == (2, 2)
    found = list(spread.outcomes(cluster, batches(inputs(ROWS)), (None, ())))
    assert [one.number for one in found] == [1, 2, 3, 4]
    assert found[3].kind == "KilledWorker"


def test_a_bounded_number_of_batches_is_under_way():
    pytest.importorskip("distributed")
    from analystkit.corpus import spread
    from analystkit.corpus.batches import batches
    from analystkit.corpus.inputs import inputs

    cluster = Cluster(deadly="never")
    rows = [{"text": f"Rain {n}."} for n in range(30)]
    assert len(list(spread.outcomes(cluster, batches(inputs(rows), 5), (None, ())))) == 30
    assert cluster.most <= 6


def test_command_line_stores_tables_and_tells_of_failures(tmp_path):
    source = tmp_path / "news.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    command = [sys.executable, "-m", "analystkit", "analyze", str(source), "-o", str(tmp_path / "out")]
    if not (Path(ak.__file__).parent / "__main__.py").exists():
        command[1:3] = ["-c", "from analystkit.cli import main; main()"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 1, run.stderr
    assert run.stdout == ""
    assert "3 articles" in run.stderr
    assert "1 inputs failed" in run.stderr
    assert Folder(tmp_path / "out").manifest["complete"]


@pytest.mark.parametrize("extra", [["--json"], ["--title", "A"]])
def test_command_line_refuses_what_does_not_fit(extra, tmp_path):
    from typer.testing import CliRunner

    from analystkit.cli import app

    result = CliRunner().invoke(app, ["analyze", "seeds", "-o", str(tmp_path / "out"), *extra])
    assert result.exit_code == 2
