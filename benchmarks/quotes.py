"""Attributions: contents, sources, kinds, speakers, how far the confidence can be trusted, and the cost.

    uv run python -m benchmarks.quotes CORPORA [PIPELINE]

CORPORA is the folder described in training/README.md; PolNeAR is by Newell, Margolin and Ruths (LREC 2018). Speakers,
relays and kinds are measured on the sample articles, whose errors were read while rules were written. The measures
are those of `analystkit.evaluation.attributions`.

Beside the layer stand, on the same Docs, a floor (two straight or curly quotation marks around three words or more,
with the nearest "said" or the like and the capitalised words beside it) and, where it is installed, textacy's
`direct_quotations`, which needs spaCy's own labels: its recall on other parses is no fault of its own.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd
from spacy.language import Language
from spacy.tokens import Doc

from analystkit import pipeline
from analystkit.article import Article
from analystkit.evaluation import evaluate, gold
from analystkit.evaluation.attributions import Words, calibration, score
from analystkit.layers.quotes import Quotes

SEEDS = Path(__file__).parents[1] / "seeds"
System = Callable[[Doc], list[dict[str, Any]]]

_FLOOR_QUOTE = re.compile(r"[\"“][^\"“”\n]{15,}?[\"”]")
_FLOOR_SOURCE = re.compile(
    r"(?:said|says|told|added|wrote)\s+((?:[A-Z][\w.’'-]*\s?)+)|((?:[A-Z][\w.’'-]*\s)+|[Ss]?[Hh]e\s)(?:said|says|told|added|wrote)"
)


def floor(doc: Doc) -> list[dict[str, Any]]:
    """Quotation marks and the nearest "said", without any grammar."""
    found, text = [], doc.text
    for quote in _FLOOR_QUOTE.finditer(text):
        source: list[list[int]] = []
        near = min(
            _FLOOR_SOURCE.finditer(text, max(quote.start() - 150, 0), quote.end() + 150),
            key=lambda m: min(abs(m.start() - quote.end()), abs(quote.start() - m.end())),
            default=None,
        )
        if near:
            source = [list(near.span(1) if near[1] else near.span(2))]
        found.append({"content": [list(quote.span())], "source": source})
    return found


def textacy(doc: Doc) -> list[dict[str, Any]]:
    """What textacy finds; nothing where it refuses the Doc (an odd number of quotation marks)."""
    from textacy.extract import direct_quotations

    def spans(part: Any) -> list[list[int]]:
        tokens = [part] if not isinstance(part, list) else part
        return [[token.idx, token.idx + len(token)] for token in tokens]

    try:
        quotes = list(direct_quotations(doc))
    except ValueError:
        return []
    return [
        {"content": [[item.content.start_char, item.content.end_char]], "source": spans(item.speaker)}
        for item in quotes
    ]


def systems(layer: Quotes) -> dict[str, System]:
    """The layer and its peers."""
    found: dict[str, System] = {"analystkit_quotes": lambda doc: layer(doc)._.quotes, "floor": floor}
    if find_spec("textacy"):
        found["textacy"] = textacy
    else:
        print("textacy is not installed (uv sync --group training): it is left out.\n")
    return found


def cost(nlp: Language, texts: list[str], rounds: int = 3) -> float:
    """The processor time of the layer as a share of the bare pipeline's, the best of some rounds."""
    layers = [name for name in nlp.pipe_names if name.startswith("analystkit_")]
    bare = ours = float("inf")
    layer = nlp.get_pipe("analystkit_quotes")
    docs = [nlp(text) for text in texts]
    for _ in range(rounds):
        with nlp.select_pipes(disable=layers):
            began = time.process_time()
            for text in texts:
                nlp(text)
            bare = min(bare, time.process_time() - began)
        began = time.process_time()
        for doc in docs:
            layer(doc)
        ours = min(ours, time.process_time() - began)
    return ours / bare


def tables(corpora: Path, nlp: Language) -> dict[str, pd.DataFrame]:
    """On PolNeAR dev: a table for each system, and how far the layer's confidence holds."""
    layer = nlp.get_pipe("analystkit_quotes")
    rows = [json.loads(line) for line in (corpora / "quotes" / "polnear_dev.jsonl").open(encoding="utf-8")]
    with nlp.select_pipes(disable=["analystkit_quotes", "analystkit_stances"]):
        docs = [nlp(pipeline.prepare(Article(row["text"]), nlp)) for row in rows]
    golds = [(words := Words(row["text"]), words.attributions(row["attributions"])) for row in rows]
    found = {}
    for system, run in systems(layer).items():
        records = [run(doc) for doc in docs]
        pairs = [(marked, words.attributions(items)) for (words, marked), items in zip(golds, records, strict=True)]
        found[system] = score(pairs)
        if system == "analystkit_quotes":
            found["confidence"] = calibration(pairs)
    return found


def main(corpora: Path, name: str | None = None) -> None:
    """Print the tables."""
    nlp = pipeline.load(name)
    for title, table in tables(corpora, nlp).items():
        print(f"Attributions, PolNeAR dev, {title}\n{table.to_string(float_format='%.1f', na_rep='')}\n")
    title = "Speakers, among the contents found"
    print(f"{title}, sample articles\n{evaluate('quotes', gold(SEEDS), nlp)[title].to_string(float_format='%.1f')}\n")
    texts = [row["text"] for row in map(json.loads, (corpora / "quotes" / "polnear_dev.jsonl").open(encoding="utf-8"))]
    print(f"Time of the layer / time of the bare pipeline: {cost(nlp, texts[:30]):.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
