"""Accuracy and speed, beside peers that run on the same Docs in the same process, in one command.

    uv run --group training python -m benchmarks [CORPORA] [PART …]

CORPORA is the folder described in training/README.md; without it only what the sample articles can tell is measured.
PART is `accuracy`, `speed`, or one of their parts; all of them when none is named. Each part that comes through takes
the place of its old figures in benchmarks/results.json, and docs/accuracy.md, docs/speed.md and docs/how-it-works.md
are made from that file. `python -m benchmarks pages` makes the pages only. A part that fails is named, the others go
on, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from benchmarks import accuracy, costs, pages, results
from benchmarks.setting import NoCorporaError, Setting

Part = Callable[[Setting], dict[str, pd.DataFrame]]

GROUPS: dict[str, tuple[Part, ...]] = {
    "accuracy": (
        accuracy.syntax,
        accuracy.names,
        accuracy.entities,
        accuracy.quotes,
        accuracy.speakers,
        accuracy.stances,
        accuracy.whole_stances,
        accuracy.accounts,
    ),
    "speed": (
        costs.imports,
        costs.layers,
        costs.quoting,
        costs.rendering,
        costs.reader,
        costs.corpus,
        costs.corrections,
    ),
}
PARTS: dict[str, Part] = {part.__name__: part for parts in GROUPS.values() for part in parts}


def wanted(arguments: list[str]) -> tuple[Path | None, list[str]]:
    """The folder of corpora and the parts that arguments name, in any order.

    Raises:
        ValueError: an argument is neither a part nor a folder, or there are two folders.
    """
    folders: list[Path] = []
    named = [argument for argument in arguments if argument in PARTS]
    parts: list[str] = []
    for argument in arguments:
        if argument in GROUPS:
            of_group = [part.__name__ for part in GROUPS[argument]]
            parts += [part for part in of_group if part in named] or of_group  # "accuracy quotes": quotes alone
        elif argument in PARTS:
            parts.append(argument)
        elif Path(argument).is_dir():
            folders.append(Path(argument))
        else:
            raise ValueError(
                f"{argument!r} is neither a folder nor a part; parts are {', '.join([*GROUPS, *PARTS])} and pages."
            )
    if len(folders) > 1:
        raise ValueError(f"Name one folder of corpora; these are {len(folders)}.")
    return folders[0] if folders else None, list(dict.fromkeys(parts or PARTS))


def measure(name: str, setting: Setting) -> bool:
    """Measure one part, print and keep its tables; whether it came through."""
    began = time.perf_counter()
    try:
        tables = PARTS[name](setting)
    except NoCorporaError as error:
        print(f"{name}: {error}; left out.\n")
        return True
    except Exception:  # the other parts are worth having whatever happens in this one
        print(f"{name} failed:\n{traceback.format_exc()}", file=sys.stderr)
        return False
    seconds = time.perf_counter() - began
    results.keep(name, tables, {"pipeline": setting.label, "seconds": round(seconds)})
    for title, table in tables.items():
        print(f"{name}: {title}\n{table.to_string(float_format='{:,.1f}'.format, na_rep='')}\n")
    print(f"({name} took {seconds:.0f} s)\n", flush=True)
    return True


def main(arguments: list[str] | None = None) -> int:
    """Measure what is asked for and make the pages; the exit status."""
    parser = argparse.ArgumentParser(
        "python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="*", metavar="CORPORA or PART", help=", ".join([*GROUPS, *PARTS, "pages"]))
    parser.add_argument("--pipeline", help="a spaCy pipeline; the shipped one when none is named")
    options = parser.parse_args(arguments)
    failed: list[str] = []
    if options.what != ["pages"]:
        try:
            folder, parts = wanted(options.what)
        except ValueError as error:
            parser.error(str(error))
        setting = Setting(folder, options.pipeline)
        failed = [name for name in parts if not measure(name, setting)]
    if not options.pipeline:
        for path in pages.write():
            print(f"made {path}")
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
