"""What analystkit costs, beside its peers: the parts of `python -m benchmarks speed`.

Each function takes a `Setting` and gives tables by their names. What is compared runs on the same Docs, one after the
other in the same process; of several rounds the best counts, as the one least disturbed by other work.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from spacy import displacy
from spacy.tokens import Doc

from analystkit import pipeline
from analystkit.article import Article
from analystkit.markup import highlight
from analystkit.page import render_page
from benchmarks import corrections as corrections_measured
from benchmarks import quotes as quotes_measured
from benchmarks import reader as reader_measured
from benchmarks import scale
from benchmarks import speed as speed_measured
from benchmarks.generator import write
from benchmarks.setting import Setting

Tables = dict[str, pd.DataFrame]

#: Most articles of PolNeAR that the layer and its peers read against the clock.
TIMED = 40


def imports(setting: Setting) -> Tables:
    """Whole processes that import analystkit, and spaCy."""
    ours, theirs = speed_measured.imports()
    return {"imports": _frame({"import analystkit": {"seconds": ours}, "import spacy": {"seconds": theirs}})}


def layers(setting: Setting) -> Tables:
    """Each layer's time as a share of the bare pipeline's, on the sample articles."""
    times, bare = speed_measured.layers(setting.name)
    words = sum(len(pipeline.prepare(article, setting.nlp())) for article in speed_measured.articles())
    rows = {name: {"seconds": ours, "share": 100 * ours / bare} for name, ours in times.items()}
    speeds = {
        "bare pipeline": bare,
        "with our layers": bare + times["all layers"],
    }
    return {
        "layers": _frame(rows),
        "words": _frame({name: {"words a second": words / seconds} for name, seconds in speeds.items()}),
    }


def quoting(setting: Setting) -> Tables:
    """Finding quotes: the layer, textacy and the floor on the same Docs (PolNeAR dev, or the sample articles)."""
    nlp = setting.nlp()
    if setting.folder is None:
        articles = speed_measured.articles()
    else:
        lines = (setting.folder / "quotes" / "polnear_dev.jsonl").read_text(encoding="utf-8").splitlines()
        articles = [Article(json.loads(line)["text"]) for line in lines[:TIMED]]
    with nlp.select_pipes(disable=["analystkit_quotes", "analystkit_stances"]):
        docs = [nlp(pipeline.prepare(article, nlp)) for article in articles]
    words = sum(map(len, docs))
    rows: dict[str, dict[str, Any]] = {}
    for name, run in quotes_measured.systems(nlp.get_pipe("analystkit_quotes")).items():
        seconds = speed_measured.best(_over(run, docs), 3)
        found = sum(len(run(doc)) for doc in docs)
        rows[name] = {"words a second": words / seconds, "quotes found": found}
    return {"quoting": _frame(rows)}


def rendering(setting: Setting) -> Tables:
    """Drawing an article as HTML: ours beside spaCy's displaCy, on the same Docs."""
    nlp = setting.nlp()
    analyses = [pipeline.analyze(article, nlp) for article in speed_measured.articles()]
    docs = [analysis.doc for analysis in analyses if analysis.doc is not None]
    datas = [analysis.view() for analysis in analyses]
    names = sum(len(doc.ents) for doc in docs)
    mentions = sum(len(entity["mentions"]) for data in datas for entity in data["entities"])
    marks = mentions + sum(len(data[layer]) for data in datas for layer in ("quotes", "stances"))
    work: dict[str, tuple[Callable[[], object], int]] = {
        "displaCy, names": (lambda: [displacy.render(doc, style="ent", jupyter=False) for doc in docs], names),
        "analystkit, all mentions": (lambda: [highlight(data, layers=("entities",)) for data in datas], mentions),
        "analystkit, all layers": (lambda: [highlight(data) for data in datas], marks),
        "analystkit, whole page": (lambda: [render_page(data) for data in datas], marks),
    }
    rows = {}
    for name, (run, count) in work.items():
        seconds = speed_measured.best(run, 3)
        rows[name] = {
            "ms an article": 1000 * seconds / len(docs),
            "marks": count,
            "microseconds a mark": 1e6 * seconds / count,
        }
    return {"rendering": _frame(rows)}


def reader(setting: Setting) -> Tables:
    """First sight of the Reader beside a plain `<pre>` of the same text, clicks and acts; in chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=reader_measured.ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        rows = [reader_measured.measure(page, words) for words in reader_measured.SIZES]
        browser.close()
    return {"reader": _frame({f"{row['words']:,} words": row for row in rows})}


def corpus(setting: Setting) -> Tables:
    """Many articles: one process beside two Dask workers; memory at 1,000 and at 10,000 articles."""
    folder = Path(tempfile.mkdtemp())
    rows: dict[str, dict[str, Any]] = {}
    try:
        source = write(1_000, folder / "articles.jsonl")
        for round_ in range(2):
            for name, workers in (("one process", []), ("two workers", [2])):
                told = scale.child("build", source, folder / f"{name}-{round_}", *workers)
                row = {key: told["words"] / told[key] for key in ("seconds", "cpu")}
                best = rows.setdefault(name, {"words a second": 0.0, "words a second of processor time": 0.0})
                best["words a second"] = max(best["words a second"], row["seconds"])
                best["words a second of processor time"] = max(best["words a second of processor time"], row["cpu"])
        memory = {}
        for count in (1_000, 10_000):
            out = folder / f"memory-{count}"
            told = scale.child("build", write(count, folder / f"{count}.jsonl", "plain"), out)
            size = sum(path.stat().st_size for path in out.rglob("*.parquet"))
            memory[f"{count:,} articles"] = {"peak MB": told["peak_mb"], "Parquet bytes a word": size / told["words"]}
    finally:
        shutil.rmtree(folder)
    return {"speed": _frame(rows), "memory": _frame(memory)}


def corrections(setting: Setting) -> Tables:
    """Replay of 100,000 events, 1,000 kills, two writers at once."""
    found = {}
    measures: tuple[tuple[str, Callable[[Path, int], dict[str, Any]], int], ...] = (
        ("replay", corrections_measured.replayed, 100_000),
        ("kills", corrections_measured.killed, 1_000),
        ("writers", partial(corrections_measured.written_by_two, burst=20), 10_000),
    )
    for name, measure, count in measures:
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
            found[name] = _frame({f"{count:,}": measure(Path(folder), count)})
    return found


def _over(run: Callable[[Doc], object], docs: list[Doc]) -> Callable[[], object]:
    return lambda: [run(doc) for doc in docs]


def _frame(rows: dict[str, dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame.from_dict(rows, orient="index")
