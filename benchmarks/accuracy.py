"""How often each layer is wrong: the parts of `python -m benchmarks accuracy`.

Each function takes a `Setting` and gives tables by their names. Peers run on the same Docs in the same process.
"""

from __future__ import annotations

import random

import pandas as pd

import analystkit
from analystkit.evaluation import evaluate, gold
from benchmarks import entity_linking
from benchmarks import names as names_measured
from benchmarks import pipeline as pipelines
from benchmarks import quotes as quotes_measured
from benchmarks import stances as stances_measured
from benchmarks.setting import SEEDS, Setting
from training import corpora

Tables = dict[str, pd.DataFrame]


def syntax(setting: Setting) -> Tables:
    """Tags, trees, lemmas and sentence borders on EWT and GUM dev."""
    row = pipelines.syntax_row(setting.bare(), setting.corpora / "pipeline")
    return {"syntax": pd.DataFrame.from_dict({setting.label: row}, orient="index")}


def names(setting: Setting) -> Tables:
    """Names on GMB dev (news) and GUM dev (other genres): of the recogniser, and of the layer."""
    nlp = setting.nlp()
    found = {}
    later = [pipe for pipe in nlp.pipe_names if pipe in names_measured.analystkit_layers_after()]
    with nlp.select_pipes(disable=later):
        for corpus in corpora.NAMES:
            path = setting.corpora / "pipeline" / f"{corpus}_dev.jsonl"
            marked = list(corpora.running_names(nlp, path, random.Random(corpora.SEED)))
            docs = names_measured.analysed(nlp, [doc.text for doc in marked])
            rows = names_measured.tables(docs, marked, "")
            found[corpus] = pd.DataFrame.from_dict({row.removeprefix(", "): rows[row] for row in rows}, orient="index")
    return found


def quotes(setting: Setting) -> Tables:
    """Attributions on PolNeAR dev, beside textacy and a floor of regular expressions."""
    return quotes_measured.tables(setting.corpora, setting.nlp())


def speakers(setting: Setting) -> Tables:
    """Speakers, relays and kinds on the sample articles, beside their attributions."""
    tables = evaluate("quotes", gold(SEEDS), setting.nlp())
    return {"attributions": tables["Attributions"], "speakers": tables["Speakers, among the contents found"]}


def entities(setting: Setting) -> Tables:
    """Mentions and who is who on the sample articles, beside joining by spelling alone."""
    pairs = []
    for marked in gold(SEEDS):
        found = analystkit.analyze(marked.article, setting.nlp())
        wanted = entity_linking.clusters(analystkit.Analysis.from_dict(marked.data))
        pairs.append((entity_linking.clusters(found), entity_linking.by_spelling(found), wanted))
    rows = {
        "by spelling alone": entity_linking.scores((plain, wanted) for _, plain, wanted in pairs),
        "analystkit_entities": entity_linking.scores((ours, wanted) for ours, _, wanted in pairs),
    }
    return {"entities": pd.DataFrame.from_dict(rows, orient="index")}


def stances(setting: Setting) -> Tables:
    """Stances between two given, and towards one given, on DSE and NewsMTSC dev."""
    table, sure = stances_measured.pairs(setting.nlp(), setting.corpora / "stance")
    sure.index = pd.Index([f"{task}, {_stretch(stretch)}" for task, stretch in sure.index])
    return {"stances": _per_cent(table), "confidence": _per_cent(sure)}


def whole_stances(setting: Setting) -> Tables:
    """Whole stances (holder, target, polarity) of the sample articles."""
    return {"stances": stances_measured.articles(setting.nlp())}


def accounts(setting: Setting) -> Tables:
    """What several sources say of one matter, on the sample articles; a layer that has to be asked for."""
    return {"pairs": evaluate("accounts", gold(SEEDS))["Pairs of statements"]}


def _stretch(stretch: pd.Interval[float]) -> str:
    return f"{100 * stretch.left:.0f}-{100 * stretch.right:.0f} % sure"


def _per_cent(table: pd.DataFrame) -> pd.DataFrame:
    counts = [column for column in table.columns if column in ("n", "found", "gold")]
    return table.assign(**{column: 100 * table[column] for column in table.columns if column not in counts})
