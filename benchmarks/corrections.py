"""Corrections: how fast they are replayed, and whether any is ever lost.

    uv run python -m benchmarks.corrections [EVENTS [KILLS [EACH [BURST]]]]

- Replay: EVENTS (100,000) acts on an article of 20,000 words with 3,000 marks, read from the store's file and
  replayed on the machine's analysis; aim: at most 2 seconds for both.
- Kills: KILLS (1,000) times a process that appends without pause is killed (`kill -9`) at a random moment; then
  the store must open, and hold every event that was acknowledged. Every tenth time it is a new store, so that its
  making is struck as well.
- Writers: two processes append EACH (10,000) events at once to one store, up to BURST (20) of them in one go, as
  acts queue up while the disk is busy; all must be there, each writer's in their order. What it takes is the disk's
  time for a flush, which is measured beside it, and turns: how often the writer of an event is not that of the last.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from analystkit import Analysis, corrections

WORDS, MARKS = 20_000, 3_000


def article() -> dict[str, Any]:
    """An analysis of 20,000 words with 1,000 entities, 1,000 quotes and 1,000 stances, all of the same make."""
    sentence = "Mayor Nora Vale said that the new bridge was a gift to the old town and to all of its boats today. "
    per = MARKS // 3
    text = sentence * per
    here = [number * len(sentence) for number in range(per)]
    name, content, cue = (sentence.index(words) for words in ("Nora Vale", "that", "said"))
    trust = {"confidence": 0.9, "why": "made for measuring"}
    entities = [
        {"id": f"e{n + 1}", "name": "Nora Vale", "label": "PERSON", "aliases": [], **trust}
        | {"mentions": [{"start": at + name, "end": at + name + 9, "kind": "name"}]}
        for n, at in enumerate(here)
    ]
    quotes = [
        {"id": f"q{n + 1}", "kind": "indirect", "speaker": f"e{n + 1}", "via": [], **trust}
        | {"content": [[at + content, at + len(sentence) - 2]], "cue": [[at + cue, at + cue + 4]]}
        | {"source": [[at + name, at + name + 9]]}
        for n, at in enumerate(here)
    ]
    stances = [
        {"id": f"s{n + 1}", "holder": f"e{n + 1}", "holder_span": [at + name, at + name + 9], "target": None, **trust}
        | {"target_span": [at + content + 5, at + content + 19], "evidence": [at + content, at + len(sentence) - 2]}
        | {"polarity": "positive", "strength": "weak", "certainty": "asserted", "quote": f"q{n + 1}"}
        for n, at in enumerate(here)
    ]
    about = dict.fromkeys(("title", "byline", "published", "url", "dateline")) | {"id": "measured"}
    return {
        "schema": "analystkit/analysis@1",
        "article": about,
        "text": text,
        "furniture": [],
        "entities": entities,
        "quotes": quotes,
        "stances": stances,
        "dates": [],
        "model": {"pipeline": "none", "version": "0", "analystkit": "0"},
    }


def acts(data: dict[str, Any], by: str) -> Iterator[corrections.Event]:
    """Acts of every kind without end: changes, new marks, marks taken out, one in ten taken back."""
    chance = random.Random(7)
    tables = {layer: {record["id"]: record for record in data[layer]} for layer in ("entities", "quotes", "stances")}
    while True:
        layer = chance.choice(list(tables))
        record = tables[layer][chance.choice(list(tables[layer]))] if chance.random() < 0.01 else None
        record = record or next(iter(tables[layer].values()))
        new = record | {"id": corrections.new_id(layer), "by": by}
        kind = chance.random()
        if kind < 0.7:
            now = record | {"confidence": round(chance.random(), 3), "note": "looked at twice", "by": by}
            changes = [{"layer": layer, "was": record, "now": now}]
        elif kind < 0.85 or layer != "stances":  # to what is taken out, nothing may refer
            changes = [{"layer": layer, "was": None, "now": new}]
        else:
            changes = [{"layer": layer, "was": record, "now": None}]
        event = corrections.event(data, changes, by=by)
        yield event
        if kind > 0.9:
            yield corrections.event(data, corrections.inverse(changes), by=by, act="undo", undoes=event["id"])
            continue
        for change in changes:
            if change["now"] is None:
                del tables[layer][change["was"]["id"]]
                continue
            tables[layer].pop(change["now"]["id"], None)  # to the end, so that all records have their turn
            tables[layer][change["now"]["id"]] = change["now"]


def replayed(folder: Path, count: int) -> dict[str, Any]:
    """Time of reading and replaying events, on the analysis they were made on and on a newer model's."""
    data = article()
    store = corrections.Store(folder / "replay")
    made = acts(data, "mara")
    log = [next(made) for _ in range(count)]
    store._append(log, data)  # 100,000 checks of events would only lengthen the wait
    store.close()
    analysis = Analysis(data)
    start, started = time.process_time(), time.perf_counter()
    events = corrections.Store(store.path).events_on(data)
    read = time.process_time()
    result = corrections.replay(analysis, events)
    done, finished = time.process_time(), time.perf_counter()
    assert len(events) == count
    assert not result.unplaced
    newer = data | {"model": data["model"] | {"version": "1"}}
    events = corrections.Store(store.path).events_on(newer)
    before = time.process_time()
    other = corrections.replay(Analysis(newer), events)
    return {
        "events": count,
        "acts that stand": result.acts,
        "file, MB": round(store.path.stat().st_size / 1e6, 1),
        "read, s of processor time": round(read - start, 2),
        "replay, s of processor time": round(done - read, 2),
        "both, s of processor time": round(done - start, 2),
        "both, s on the clock": round(finished - started, 2),
        "replay on a newer model's, s of processor time": round(time.process_time() - before, 2),
        "unplaced there": len(other.unplaced),
    }


def killed(folder: Path, count: int) -> dict[str, Any]:
    """Kill writers at random moments; count acknowledged events that are not there, and stores that do not open."""
    data = article()
    warm_up(data)
    chance = random.Random(13)
    lost = acknowledged = unopened = early = 0
    for trial in range(count):
        path = folder / f"kills-{trial // 10}"
        ids = kill_one(path, data, after=chance.randrange(6), delay=chance.uniform(0, 0.03))
        acknowledged += len(ids)
        early += not ids
        try:
            with corrections.Store(path) as store:
                kept = {event["id"] for event in store.events()}
        except corrections.StoreError:
            unopened += 1
            continue
        lost += sum(one not in kept for one in ids)
        if trial % 10 == 9:
            for file in folder.glob(f"{path.name}*"):
                file.unlink()
        if trial % 100 == 99:
            print(f"{trial + 1} kills, {acknowledged} acknowledged, {lost} lost, {unopened} unopened", flush=True)
    return {
        "kills": count,
        "before the first acknowledgement": early,
        "acknowledged": acknowledged,
        "lost": lost,
        "stores that did not open": unopened,
    }


def kill_one(path: Path, data: dict[str, Any], *, after: int, delay: float) -> list[str]:
    """Start a writer, kill it a while after so many acknowledgements; the ids of all that it acknowledged."""
    out, into = os.pipe()
    writer = os.fork()
    if writer == 0:
        os.close(out)
        store = corrections.Store(path)
        for event in acts(data, "mara"):
            store.append([event])
            os.write(into, event["id"].encode() + b"\n")
    os.close(into)
    with os.fdopen(out, "rb", buffering=0) as pipe:
        lines = b"".join(pipe.read(33) for _ in range(after))
        time.sleep(delay)
        os.kill(writer, signal.SIGKILL)
        lines += pipe.readall()
    os.waitpid(writer, 0)
    return lines.decode().split()


def warm_up(data: dict[str, Any]) -> None:
    """Load what an append needs, so that a kill strikes the writing and not the imports."""
    with tempfile.TemporaryDirectory() as folder, corrections.Store(Path(folder, "warm")) as store:
        store.append([next(acts(data, "mara"))])


def write(path: Path, data: dict[str, Any], by: str, count: int, burst: int) -> None:
    """Append events, a few at a time."""
    made, chance = acts(data, by), random.Random(by)
    with corrections.Store(path) as store:
        while count:
            some = min(count, chance.randint(1, burst))
            store.append([next(made) for _ in range(some)])
            count -= some


def flush(folder: Path, times: int = 50) -> float:
    """Seconds that the disk takes, in the mean, to have a few new pages for good."""
    with (folder / "flush").open("wb", buffering=0) as file:
        start = time.perf_counter()
        for _ in range(times):
            file.write(bytes(24_000))
            os.fsync(file)
        return (time.perf_counter() - start) / times


def written_by_two(folder: Path, each: int, burst: int) -> dict[str, Any]:
    """Two writers at once on one store."""
    data, path = article(), folder / "two"
    warm_up(data)
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=write, args=(path, data, by, each, burst)) for by in ("mara", "noor")]
    start = time.perf_counter()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    took = time.perf_counter() - start
    with corrections.Store(path) as store:
        events = store.events()
    kept = {by: sum(event["by"] == by for event in events) for by in ("mara", "noor")}
    distinct = len({event["id"] for event in events})
    turns = sum(one["by"] != other["by"] for one, other in pairwise(events))
    return {
        "events each": each,
        "in one go, at most": burst,
        "kept of the first": kept["mara"],
        "kept of the second": kept["noor"],
        "distinct": distinct,
        "in order": all(one["at"] <= other["at"] for by in kept for one, other in pairwise(of(events, by))),
        "turns": turns,
        "both, s": round(took, 1),
        "a flush of the disk alone, ms": round(flush(folder) * 1000, 2),
    }


def of(events: list[corrections.Event], by: str) -> list[corrections.Event]:
    """The events of one annotator."""
    return [event for event in events if event["by"] == by]


def main() -> None:
    """Measure all, and print each as a table."""
    given = [int(argument) for argument in sys.argv[1:]]
    events, kills, each, burst = given + [100_000, 1_000, 10_000, 20][len(given) :]
    for measure, *how in ((replayed, events), (killed, kills), (written_by_two, each, burst)):
        if how[0]:
            with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
                row = measure(Path(folder), *how)
            print(pd.Series(row, name=measure.__name__).to_string(), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
