"""Many articles: speed of one process and of Dask workers, memory, being killed; and what a larger corpus would take.

    uv run --extra dask python -m benchmarks.scale speed [COUNT]     words a second, 1 process and 2 workers
    uv run --extra dask python -m benchmarks.scale memory [SIZE]     peak memory at 1,000 and 10,000 articles
    uv run --extra dask python -m benchmarks.scale kills [TRIALS]    killed at random moments, and gone on with
    uv run --extra dask python -m benchmarks.scale worker            one of two workers killed in the middle
    uv run python -m benchmarks.scale sizing WORDS_A_SECOND MEGABYTES BYTES_A_WORD EFFICIENCY

The articles are made by benchmarks/generator.py. On a machine with other work the clock tells little. So `speed` tells
the seconds of processor time of each process beside it, and how much of the clock each was running: one process that
ran for much less than all of it shared its core, and then only processor time says what two idle cores would make of
it. What the client and the scheduler use is what does not get faster with more workers.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.generator import write

#: Dollars for an hour of one virtual processor on a large provider's list, without discount: an assumption.
DOLLARS_AN_HOUR = 0.05


def build_here(source: Path, out: Path) -> dict[str, Any]:
    """Build a corpus in this process; the pipeline is loaded before the clock starts."""
    from analystkit.corpus.run import build
    from analystkit.corpus.work import loaded

    nlp = loaded(None)
    began, cpu = time.perf_counter(), time.process_time()
    words = build(source, out, nlp, progress=False).manifest["words"]
    return _told(words, time.perf_counter() - began, {"this": time.process_time() - cpu})


def build_on_workers(source: Path, out: Path, workers: int, kill: bool = False) -> dict[str, Any]:
    """Build a corpus on workers of this machine; they have loaded the pipeline before the clock starts.

    With `kill` the first worker is killed as soon as two batches are stored.
    """
    import psutil

    from analystkit.corpus import spread
    from analystkit.corpus.run import build
    from analystkit.corpus.work import loaded

    with spread.local(workers) as client:
        client.run(lambda: len(loaded(None).pipe_names))
        pids = list(client.run(os.getpid).values())
        processes = {"client and scheduler": psutil.Process()}
        processes |= {f"worker {n}": psutil.Process(pid) for n, pid in enumerate(pids, start=1)}
        killing = threading.Thread(target=_kill_in_the_middle, args=(pids[0], out), daemon=True)
        if kill:
            killing.start()
        before = _used(processes)
        began = time.perf_counter()
        words = build(source, out, client=client, progress=False).manifest["words"]
        seconds = time.perf_counter() - began
        after = _used(processes)
        killed = {"killed": killing.ident is not None and not killing.is_alive()} if kill else {}
        return _told(words, seconds, {name: after[name] - before[name] for name in after}) | killed


def _used(processes: dict[str, Any]) -> dict[str, float]:
    """Seconds of processor time of each process that lives."""
    times = {name: process.cpu_times() for name, process in processes.items() if process.is_running()}
    return {name: used.user + used.system for name, used in times.items()}


def _kill_in_the_middle(pid: int, out: Path) -> None:
    while len(list((out / "finished").glob("part-*.json"))) < 2:
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)


def _told(words: int, seconds: float, processes: dict[str, float]) -> dict[str, Any]:
    cpu = sum(processes.values())
    return {"words": words, "seconds": seconds, "cpu": cpu, "peak_mb": _peak(), "processes": processes}


def _peak() -> float:
    """The most memory that this process had, in MB.

    By the kernel's status file where there is one: `ru_maxrss` counts what the process that started this one had.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def child(*arguments: object) -> dict[str, Any]:
    """Run a step of this module in a process of its own and read what it tells."""
    command = [sys.executable, "-m", "benchmarks.scale", *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def speed(folder: Path, count: int) -> None:
    """One process against two workers, two rounds of each in turn."""
    source = write(count, folder / "articles.jsonl")
    rows = []
    for round_ in range(2):
        for workers in (1, 2):
            out = folder / f"out-{round_}-{workers}"
            told = child("build", source, out, *([] if workers == 1 else [workers]))
            rows.append({"round": round_, "workers": workers, **told, "load": os.getloadavg()[0]})
            running = ", ".join(
                f"{name} {used:.1f} s ({100 * used / told['seconds']:.0f}%)" for name, used in told["processes"].items()
            )
            print(
                f"round {round_}, {workers} at work: {told['seconds']:.1f} s by the clock; processor time: {running}; "
                f"load {rows[-1]['load']:.1f}",
                flush=True,
            )
    table = pd.DataFrame(rows)
    table["words/s"] = table["words"] / table["seconds"]
    table["words/cpu s"] = table["words"] / table["cpu"]
    best = table.groupby("workers")[["words/s", "words/cpu s"]].max()
    print(best.to_string(float_format="%.0f"))
    print(f"speed-up by the clock: {best.loc[2, 'words/s'] / best.loc[1, 'words/s']:.2f}")
    estimate = 2 * best.loc[2, "words/cpu s"] / best.loc[1, "words/cpu s"]
    print(f"speed-up on two idle cores, by processor time: {estimate:.2f}")
    alone = max(row["cpu"] / row["seconds"] for row in rows if row["workers"] == 1)
    if alone < 0.9:
        print(f"The one process had its core for {100 * alone:.0f}% of the time: other work ran, trust no clock here.")
    shared = [row["processes"]["client and scheduler"] / row["cpu"] for row in rows if row["workers"] == 2]
    print(f"client and scheduler: {100 * min(shared):.1f}% of the processor time of two workers' runs")
    cost = 1e6 / best.loc[1, "words/cpu s"] / 3600 * DOLLARS_AN_HOUR
    print(f"a million words: {1e6 / best.loc[1, 'words/cpu s']:.0f} s of a core, ${cost:.4f}")


def memory(folder: Path, length: str) -> None:
    """Peak memory of one process at two sizes of the corpus; `length` is that of the articles."""
    rows = []
    for count in (1_000, 10_000):
        source = write(count, folder / f"articles-{count}.jsonl", length)
        out = folder / f"out-{count}"
        told = child("build", source, out)
        size = sum(path.stat().st_size for path in out.rglob("*.parquet"))
        rows.append({"articles": count, **told, "bytes/word": size / told["words"]})
        print(rows[-1], flush=True)
    table = pd.DataFrame(rows)
    table["ratio"] = table["peak_mb"] / table["peak_mb"].iloc[0]
    print(table.to_string(float_format="%.2f"))


def kills(folder: Path, trials: int) -> None:
    """Kill the process at random moments until it is through, then compare with an undisturbed run, byte by byte."""
    source = write(60, folder / "articles.jsonl")
    undisturbed = folder / "undisturbed"
    child("build", source, undisturbed, "small")
    chance = random.Random(1)
    times = equal = 0
    for trial in range(trials):
        out = folder / f"out-{trial}"
        while not _complete(out):
            command = [sys.executable, "-m", "benchmarks.scale", "build", str(source), str(out), "small"]
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            before = len(_files(out))
            while process.poll() is None and len(_files(out)) <= before:  # let it get somewhere
                time.sleep(0.02)
            time.sleep(chance.uniform(0, 2))
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                times += 1
            process.wait()
        equal += contents(out) == contents(undisturbed)
        print(f"trial {trial}: killed {times} times so far, {equal} equal", flush=True)
    print(f"{trials} trials, killed {times} times: {equal} equal to the undisturbed run")


def worker(folder: Path) -> None:
    """Kill one of two workers in the middle, and compare with one process, byte by byte."""
    source = write(240, folder / "articles.jsonl")
    child("build", source, folder / "one")
    told = child("build", source, folder / "two", 2, "kill")
    same = contents(folder / "one") == contents(folder / "two")
    print(f"{told['words']} words in {told['seconds']:.1f} s; a worker was killed: {told['killed']}")
    print(f"equal to one process, byte by byte: {same}")


def contents(out: Path) -> dict[str, bytes]:
    """Everything that a corpus holds, by file."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in _files(out)}


def _files(out: Path) -> list[Path]:
    return [path for path in sorted(out.rglob("*")) if path.suffix in (".parquet", ".json") and path.name[0] != "."]


def _complete(out: Path) -> bool:
    manifest = out / "manifest.json"
    return manifest.exists() and json.loads(manifest.read_text())["complete"]


def sizing(rate: float, megabytes: float, bytes_a_word: float, efficiency: float) -> None:
    """What larger corpora would take: an estimate, from what was measured on one core."""
    print("| words | cores | hours | core hours | memory, all workers | Parquet | cost |")
    print("|---|---|---|---|---|---|---|")
    for words, cores in ((1e6, 1), (1e6, 2), (1e7, 8), (1e8, 32), (1e9, 64), (1e9, 256)):
        work = words / rate / 3600
        hours = work / cores / (efficiency if cores > 1 else 1)  # of two workers, measured
        print(
            f"| {words:,.0f} | {cores} | {hours:.2f} | {work:.1f} | {cores * megabytes / 1024:.1f} GB "
            f"| {words * bytes_a_word / 1e9:.2f} GB | ${hours * cores * DOLLARS_AN_HOUR:,.2f} |"
        )


def main(step: str, *arguments: str) -> None:
    """Run a step."""
    if step == "build":
        source, out, *rest = arguments
        if rest == ["small"]:
            from analystkit.corpus.run import build

            print(json.dumps(build(source, out, progress=False, size=4_000).manifest))
            return
        workers = int(rest[0]) if rest else 1
        told = (
            build_on_workers(Path(source), Path(out), workers, kill="kill" in rest)
            if workers > 1
            else build_here(Path(source), Path(out))
        )
        print(json.dumps(told))
        return
    if step == "sizing":
        sizing(*map(float, arguments))
        return
    folder = Path(tempfile.mkdtemp())
    try:
        if step == "speed":
            speed(folder, int(arguments[0]) if arguments else 1_000)
        elif step == "memory":
            memory(folder, arguments[0] if arguments else "plain")
        elif step == "kills":
            kills(folder, int(arguments[0]) if arguments else 5)
        elif step == "worker":
            worker(folder)
        else:
            sys.exit(f"There is no step {step!r}.\n\n{__doc__}")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["help"]))
