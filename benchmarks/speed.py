"""What analystkit costs, as ratios measured in one run on the same work.

    uv run python -m benchmarks.speed [PIPELINE]

Prints one row a measure: what, the two times in seconds of processor time, their ratio, the aim.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable

import pandas as pd
from spacy.tokens import Doc

from analystkit import pipeline
from analystkit.article import Article, read
from analystkit.layers import extra
from analystkit.packaged import samples

ROUNDS = 5


def best(work: Callable[[], object], rounds: int = ROUNDS, clock: Callable[[], float] = time.process_time) -> float:
    """The shortest of some runs, in seconds of processor time: other work on the machine disturbs these least."""
    times = []
    for _ in range(rounds):
        began = clock()
        work()
        times.append(clock() - began)
    return min(times)


def imports() -> tuple[float, float]:
    """Whole processes that import analystkit, and spaCy."""

    def start(module: str) -> None:
        subprocess.run([sys.executable, "-c", f"import {module}"], check=True)

    def used() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    return best(lambda: start("analystkit"), clock=used), best(lambda: start("spacy"), clock=used)


def articles() -> list[Article]:
    """The sample articles, enough of them for steady figures."""
    return [read(path) for path in samples().values()] * 5


def layers(name: str | None) -> tuple[dict[str, float], float]:
    """Seconds of processor time in each of our layers and in all, over the same Docs; and in the bare pipeline.

    Each Doc goes through all layers before the next one comes, as in a pipeline: what they share is worked out once.
    """
    nlp = pipeline.load(name)
    ours = [layer for layer in nlp.pipe_names if layer in (*pipeline.LAYERS, *extra.shipped())]
    texts = articles()

    def bare() -> list[Doc]:
        prepared = [pipeline.prepare(article, nlp) for article in texts]
        with nlp.select_pipes(disable=ours[1:]):
            return list(nlp.pipe(prepared, batch_size=16))

    parsed = [doc.to_bytes() for doc in bare()]
    alone = best(bare, 3)
    rounds = []
    for _ in range(3):
        seconds = dict.fromkeys(ours, 0.0)
        for data in parsed:
            doc = Doc(nlp.vocab).from_bytes(data)
            for layer in ours:
                component = nlp.get_pipe(layer)
                began = time.process_time()
                component(doc)
                seconds[layer] += time.process_time() - began
        rounds.append(seconds)
    rows = {layer: min(seconds[layer] for seconds in rounds) for layer in ours}
    return rows | {"all layers": min(sum(seconds.values()) for seconds in rounds)}, alone


def main(name: str | None) -> None:
    """Print the table."""
    rows = {"import analystkit / import spacy": (*imports(), 0.5)}
    times, bare = layers(name)
    rows |= {f"{layer} / bare pipeline": (ours, bare, 0.25) for layer, ours in times.items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["seconds", "against", "aim"])
    table.insert(2, "ratio", table["seconds"] / table["against"])
    print(table.to_string(float_format="%.3f"))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
