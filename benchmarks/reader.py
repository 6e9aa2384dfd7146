"""How fast the reader is: first sight against a plain `<pre>` of the same text, and the answers to clicks and acts.

    uv run python -m benchmarks.reader [WORDS…]

All in one run of one chromium (Debian's), on made-up articles with 15 marks to 100 words. Milliseconds until the frame
that shows the content, or the answer, has been drawn; reading the file and the data does not count. The pages take
turns, and the best of some rounds counts: the one least disturbed by other work on the machine. Of clicks and acts,
each on the same marks several times, it is the slowest mark's best.

The reader shows all words, and the marks of what is in sight; that this is so in its first frame is checked. The marks
of the rest follow while the browser is idle: `all` is the time until the last is there. Clicks and acts come after it.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
from playwright.sync_api import Page, sync_playwright

import analystkit.reader
from analystkit.palette import stylesheet
from analystkit.reader.bundle import script
from analystkit.wire import script_json

SIZES = (2_000, 20_000, 200_000)
ROUNDS = 9
MARKS, TIMES = 12, 6
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]

ALL = "document.getElementById('root').dataset.drawn === 'all'"

# Resolves when the frame that holds the work so far has been drawn.
PAINTED = """
const painted = () => new Promise((done) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = done;
  port2.postMessage(0);
}));
window.marksInSight = () => [...document.querySelectorAll('.ak-text [data-handle]')]
  .filter((node) => node.getBoundingClientRect().top < innerHeight).length;
"""


def article(words: int) -> dict[str, Any]:
    """An analysis of that many words with 15 marks to 100 of them: 10 mentions, 3 quotes, 2 stances."""
    draw = random.Random(words)
    vocabulary = [
        "".join(draw.choice("abcdefghiklmnoprstuvw") for _ in range(draw.randint(2, 9))) for _ in range(3_000)
    ]
    text, places = [], []
    length = 0
    for number in range(words):
        word = draw.choice(vocabulary)
        end = "\n\n" if number % 60 == 59 else ". " if number % 15 == 14 else " "
        places.append((length, length + len(word)))
        text.append(word + end)
        length += len(word) + len(end)
    entities: dict[int, list[dict[str, Any]]] = {}
    quotes, stances = [], []
    for number in range(0, words - 40, 10):  # a mention every ten words
        start, end = places[number]
        kind = draw.choice(["name", "nominal", "pronoun"])
        entities.setdefault(draw.randint(1, max(2, words // 200)), []).append(
            {"start": start, "end": end, "kind": kind}
        )
    ids = sorted(entities)
    for number in range(3, words - 40, 33):
        quotes.append(
            {"id": f"q{len(quotes) + 1}", "kind": draw.choice(["direct", "mixed", "indirect"]),
             "content": [[places[number][0], places[number + 12][1]]], "cue": [list(places[number + 13])],
             "source": [list(places[number + 14])], "speaker": f"e{draw.choice(ids)}", "via": [], "confidence": 0.8,
             "why": "made up"}
        )  # fmt: skip
    for number in range(5, words - 40, 50):
        stances.append(
            {"id": f"s{len(stances) + 1}", "holder": f"e{draw.choice(ids)}", "holder_span": None,
             "target": f"e{draw.choice(ids)}", "target_span": list(places[number]),
             "polarity": draw.choice(["positive", "negative", "neutral"]), "strength": "moderate",
             "certainty": "asserted", "evidence": [places[number][0], places[number + 4][1]], "quote": None,
             "confidence": 0.7, "why": "made up"}
        )  # fmt: skip
    return {
        "schema": "analystkit/analysis@1",
        "article": {"id": "made-up", "title": None, "byline": None, "published": None, "url": None, "dateline": None},
        "text": "".join(text),
        "furniture": [],
        "entities": [
            {"id": f"e{number}", "name": f"Entity {number}", "label": "ORG", "aliases": [], "mentions": mentions,
             "confidence": 0.9, "why": "made up"}
            for number, mentions in sorted(entities.items())
        ],
        "quotes": quotes,
        "stances": stances,
        "dates": [],
        "model": {"pipeline": "none", "version": "1", "analystkit": "1"},
    }  # fmt: skip


def write_pages(folder: Path, data: dict[str, Any]) -> dict[str, Path]:
    """The same article as a plain page and in the reader, to read and to correct."""
    style = stylesheet() + (Path(analystkit.reader.__file__).parent / "reader.css").read_text(encoding="utf-8")
    style += "pre { white-space: pre-wrap }"
    bodies = {
        "pre": "const pre = document.createElement('pre'); pre.textContent = data.text; root.append(pre);",
        "reader": "window.handle = mount(root, data, {});",
        "editor": "window.handle = mount(root, data, { editable: true, onAct: async () => {} });",
    }
    pages = {}
    for name, body in bodies.items():
        pages[name] = folder / f"{name}.html"
        pages[name].write_text(
            f"<!DOCTYPE html><html lang='en'><meta charset='utf-8'><style>{style}</style>"
            f"<div id='root'></div><script type='application/json' id='data'>{script_json(data)}</script>"
            f"<script type='module'>{script()}\n{PAINTED}\n"
            "const data = JSON.parse(document.getElementById('data').textContent);\n"
            "const root = document.getElementById('root');\n"
            # The parser has not yielded to the first frame of the empty page; let it, as it is not ours.
            "await painted();\nconst began = performance.now();\n"
            f"{body}\nawait painted();\nwindow.took = performance.now() - began;\n"
            "window.seen = window.marksInSight();\n"
            f"const look = () => {{ if ({ALL}) window.whole = performance.now() - began;\n"
            "else setTimeout(look, 5); };\n"
            "if (window.handle) look();\n"
            "window.painted = painted;</script></html>",
            encoding="utf-8",
        )
    return pages


def first_sight(page: Page, path: Path) -> float:
    """Milliseconds until the content of a page is drawn."""
    page.goto(path.as_uri())
    page.wait_for_function("window.took !== undefined", timeout=120_000)
    return float(page.evaluate("window.took"))


def complete_sight(page: Page) -> None:
    """See that what was in sight in the first frame had the very marks that it has when all are drawn."""
    page.wait_for_function(f"{ALL}", timeout=120_000)
    page.evaluate("window.scrollTo(0, 0)")
    first, last = page.evaluate("window.seen"), page.evaluate("window.marksInSight()")
    if not first or first != last:
        raise RuntimeError(f"The first frame held {first} marks in sight, but there are {last}.")


def clicks(page: Page, key: str | None = None) -> float:
    """Milliseconds from a click on a mark in sight, or from a key behind it, to the frame that shows what it does."""
    return float(
        page.evaluate(
            """async ([marks, times, key]) => {
              const best = Array(marks).fill(Infinity);
              for (let i = 0; i < marks * times; i++) {
                const nodes = document.querySelectorAll('.ak-text .ak-mention');
                let node = nodes[(i % marks) * 3];
                if (key) { node.click(); node = document.activeElement; await window.painted(); }
                const began = performance.now();
                if (key) node.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
                else node.click();
                await window.painted();
                best[i % marks] = Math.min(best[i % marks], performance.now() - began);
              }
              return Math.max(...best);
            }""",
            [MARKS, TIMES, key],
        )
    )


def measure(page: Page, words: int) -> dict[str, Any]:
    """One row of the table."""
    data = article(words)
    marks = sum(len(entity["mentions"]) for entity in data["entities"]) + len(data["quotes"]) + len(data["stances"])
    with tempfile.TemporaryDirectory() as folder:
        pages = write_pages(Path(folder), data)
        rounds = ROUNDS if words <= 20_000 else 4
        times: dict[str, list[float]] = {name: [] for name in (*pages, "all")}
        for _ in range(rounds):
            for name, path in pages.items():
                times[name].append(first_sight(page, path))
            complete_sight(page)  # of the last one, the editor
            times["all"].append(float(page.evaluate("window.whole")))
        best = {name: min(some) for name, some in times.items()}
        return {
            "words": words,
            "marks": marks,
            "pre": best["pre"],
            "reader": best["reader"],
            "ratio": best["reader"] / best["pre"],
            "editor": best["editor"],
            "all": best["all"],
            "click": clicks(page),
            "act": clicks(page, "l"),
        }


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print the table. Aims: a ratio of 3 or less, and 50 ms or less for a click, at 20,000 words."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        rows = [measure(page, words) for words in sizes]
        print(f"chromium {browser.version}; milliseconds")
        browser.close()
    print(pd.DataFrame(rows).to_string(index=False, float_format="{:.1f}".format))


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
