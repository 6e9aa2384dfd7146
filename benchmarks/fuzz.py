"""Hostile and broken input through everything: read, analyze, share.

    uv run python -m benchmarks.fuzz [NUMBER] [SEED] [FIRST]

Each input runs in a process that can be killed, with a bound on its time and memory. It may be refused with one
of our errors; any other exception, a crash, a hang or an offset outside the text is a failure and is printed
with what reproduces it. FIRST leaves out those before it: the longest are the last. Exit status 1 if there was a
failure.
"""

from __future__ import annotations

import multiprocessing as mp
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from analystkit.errors import AnalystkitError
from analystkit.layers.longwords import MOST
from analystkit.packaged import samples

SECONDS = 60.0, 180.0
"""Longest time an input may take, in seconds of processor time: for any, and for each of its megabytes more."""
MEMORY = 12 * 2**30
"""Most address space of the process, in bytes."""

SUFFIXES = (".txt", ".md", ".html")
SPLINTERS = [
    "</script>", "<!--", "-->", "]]>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&#0;", "&lt",
    "\0", "\r", "\r\n", "\n\n", "\u2028", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800", "\udfff", "\u00a0",
    "\U0001f9d1\u200d\U0001f680", "e\u0301" * 9, "“", "”", '"', "'", "‘", "«", "(", "[", "](javascript:alert(1))",
    "* ", "# ", "---\n", "| ", "said", " said. ", "according to ", "Mr. ", "U.S. ", "\N{ARABIC LETTER ALEF}" * 20,
    "\t" * 40, " " * 300, "." * 200,
]  # fmt: skip


class Input(NamedTuple):
    """One input: its kind, the ending of its file, and its content."""

    kind: str
    suffix: str
    content: bytes


class Result(NamedTuple):
    """What became of one input: "ok", "refused" or what failed; the seconds of processor time it took."""

    outcome: str
    seconds: float


# ---- what is tried


def inputs(number: int, seed_of_all: int) -> Iterator[Input]:
    """So many inputs of all kinds in turn; the same for the same seed."""
    chance = random.Random(seed_of_all)
    drawn = iter(texts(number, seed_of_all))

    def unicode(rng: random.Random) -> Input:
        return Input("unicode", rng.choice((".txt", ".txt", *SUFFIXES)), next(drawn))

    makers: list[Callable[[random.Random], Input]] = [mutated, mutated, noise, markup, unicode]
    largest = list(giants(chance)) if number >= 200 else []
    for at in range(number - len(largest)):
        yield makers[at % len(makers)](chance)
    yield from sorted(largest, key=lambda item: len(item.content))  # the slowest last


def texts(number: int, seed_of_all: int) -> list[bytes]:
    """Texts drawn by hypothesis, which looks for odd characters."""
    found: list[bytes] = []
    words = st.one_of(st.text(max_size=40), st.sampled_from(SPLINTERS))

    @seed(seed_of_all)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(words, max_size=30))
    def draw(parts: list[str]) -> None:
        found.append(" ".join(parts).encode("utf-8", "surrogatepass"))

    draw()
    while len(found) < number:  # hypothesis may end early when it finds nothing new
        found += found or [b""]
    return found


def mutated(chance: random.Random) -> Input:
    """A sample article with pieces cut, doubled, moved and hostile splinters put in."""
    path = chance.choice(list(samples().values()))
    text = path.read_text(encoding="utf-8")
    for _ in range(chance.randint(1, 40)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((1, 1, 3, 20, 200)))
        piece = chance.choice((*SPLINTERS, "", text[start:end] * 2, text[start:end].upper()))
        text = text[:start] + piece + text[chance.choice((start, end)) :]
    return Input("mutated", chance.choice((path.suffix, ".txt", *SUFFIXES)), text.encode("utf-8", "surrogatepass"))


def noise(chance: random.Random) -> Input:
    """Random bytes, all of them or from a few values."""
    few = [chance.randrange(256) for _ in range(chance.randint(1, 8))]
    size = chance.choice((0, 1, 10, 1_000, 20_000))
    content = chance.randbytes(size) if chance.random() < 0.5 else bytes(chance.choices(few, k=size))
    marks = chance.choice((b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"%PDF-1.7", b"PK\x03\x04", b"\x1f\x8b"))
    return Input("bytes", chance.choice(SUFFIXES), marks + content)


def markup(chance: random.Random) -> Input:
    """HTML nested deeply, never closed, or closed wrongly, around the paragraphs of an article."""
    tags = ("div", "p", "b", "table", "td", "blockquote", "article", "svg", "math", "template", "select", "a")
    depth = chance.choice((1, 50, 500, 5_000, 20_000))
    opened = "".join(f"<{chance.choice(tags)}{chance.choice(('', ' class=x', ' onclick=y'))}>" for _ in range(depth))
    closed = "".join(f"</{chance.choice(tags)}>" for _ in range(chance.choice((0, depth // 2, depth))))
    text = chance.choice(list(samples().values())).read_text(encoding="utf-8")
    words = "".join(f"<p>{paragraph}" for paragraph in text.split("\n\n")) if chance.random() < 0.8 else ""
    page = f"<html><title>{chance.choice(SPLINTERS)}</title><body>{opened}{words}{closed}"
    return Input("deep HTML", ".html", page.encode("utf-8", "surrogatepass"))


def giants(chance: random.Random) -> Iterator[Input]:
    """Single lines of one megabyte, some of ten, and some with about as many tokens as one article may have."""
    units = (
        (b"a", 0.01),  # a word without end is cut into pieces of a hundred
        (b'"', 1),
        (b"<", 1),
        (b"The mayor said it. ", 5),
        (b"He said that ", 3),
        ("“No,” said Ana. ".encode(), 7),
        ("\N{CRAB}".encode(), 1),
        (b"( ", 1),
        (b"A. ", 1),
    )
    for number, (unit, tokens) in enumerate(units):
        for size in (1_000_000, 9_990_000) if number < 4 else (1_000_000,):
            yield Input(f"line of {size / 1e6:.0f} MB", chance.choice((".txt", ".md")), unit * (size // len(unit)))
        if tokens >= 1:
            yield Input("most tokens", chance.choice((".txt", ".md")), unit * int(0.9 * MOST / tokens))


# ---- trying it


def attempt(item: Input, folder: Path, nlp: Any) -> str:
    """Put one input through read, analyze and share.

    Returns:
        "ok", or "refused" if it was not taken for an article.

    Raises:
        AssertionError: A result does not hold together.
        Exception: Whatever should not have been raised.
    """
    import warnings

    from analystkit import analyze, read, share
    from analystkit.analysis import Analysis

    source = folder / f"input{item.suffix}"
    source.write_bytes(item.content)
    target = folder / "page.html"
    target.unlink(missing_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            article = read(source)
            data = analyze(article, nlp).to_dict()
        except AnalystkitError:
            return "refused"
    assert data["text"] == article.text
    Analysis.from_dict(data)  # the schema, ids that lead somewhere, and offsets within the text
    for start, end in spans(data):
        assert 0 <= start < end <= len(article.text), f"span {start}:{end} of {len(article.text)}"
    share(data, target)
    page = target.read_text(encoding="utf-8")
    assert page.endswith("</html>\n")
    assert page.count("</script") == 2, "the data ended a script element"
    assert sorted(path.name for path in folder.iterdir()) == sorted((source.name, target.name)), "something was left"
    return "ok"


def spans(value: Any) -> Iterator[tuple[int, int]]:
    """Every pair of offsets in an analysis."""
    if isinstance(value, dict):
        if isinstance(value.get("start"), int) and isinstance(value.get("end"), int):
            yield value["start"], value["end"]
        for part in value.values():
            yield from spans(part)
    elif isinstance(value, list):
        if len(value) == 2 and all(type(part) is int for part in value):
            yield value[0], value[1]
        else:
            for part in value:
                yield from spans(part)


def worker(pipe: Connection) -> None:
    """Try inputs as they come, until the pipe closes."""
    from analystkit import load

    nlp = load()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    pipe.send("ready")
    while True:
        item = pipe.recv()
        began = time.process_time()
        with tempfile.TemporaryDirectory() as folder:
            try:
                outcome = attempt(item, Path(folder), nlp)
            except BaseException as error:  # whatever it is, it is a finding
                outcome = f"{type(error).__name__}: {str(error)[:300]}"
        pipe.send(Result(outcome, time.process_time() - began))


class Tries:
    """A process that tries inputs, and another when it crashes or hangs."""

    def __init__(self) -> None:
        self._process: mp.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def __call__(self, item: Input, bound: float) -> Result:
        """Try one; it is killed when it has used more than its bound of processor time."""
        if self._pipe is None:
            context = mp.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=worker, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
            self._pipe.recv()
        try:
            self._pipe.send(item)
            began = self._used()
            while self._used() - began <= bound:
                if self._pipe.poll(1):
                    result: Result = self._pipe.recv()
                    return result
            outcome = "hang"
        except (EOFError, OSError):
            outcome = "crash of the process"
        self.close()
        return Result(outcome, bound)

    def _used(self) -> float:
        """Seconds of processor time that the process has used; raises OSError when it is gone."""
        assert self._process is not None
        if not self._process.is_alive():
            raise EOFError
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """Kill the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None


def main(number: int = 1000, seed_of_all: int = 8, first: int = 0) -> int:
    """Try them all, from the first one wanted, and print what became of them; Ctrl-C ends it with those tried."""
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    slowest: dict[str, float] = defaultdict(float)
    failures = []
    tried = 0
    tries = Tries()
    try:
        for at, item in enumerate(inputs(number, seed_of_all)):
            if at < first:
                continue
            bound = SECONDS[0] + SECONDS[1] * len(item.content) / 1e6
            outcome, seconds = tries(item, bound)
            kept = outcome if outcome in ("ok", "refused") else "failed"
            outcomes[item.kind][kept] += 1
            slowest[item.kind] = max(slowest[item.kind], seconds)
            if kept == "failed":
                failures.append(f"input {at} of seed {seed_of_all} ({item.kind}, {item.suffix}): {outcome}")
                print(failures[-1], flush=True)
            tried += 1
            if tried % 50 == 0:
                print(f"{time.strftime('%H:%M')} {tried} tried", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        print(f"ended after input {first + tried - 1}")
    tries.close()
    print(f"{'kind':<14}{'ok':>6}{'refused':>9}{'failed':>8}{'slowest, s of CPU':>19}")
    for kind in sorted(outcomes):
        found = outcomes[kind]
        print(f"{kind:<14}{found['ok']:>6}{found['refused']:>9}{found['failed']:>8}{slowest[kind]:>19.1f}")
    print(f"{tried} inputs of {number - first}, {len(failures)} failures")
    return 1 if failures or tried < number - first else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
