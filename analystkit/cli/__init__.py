"""The command line: the same work without a notebook.

Exit status: 0 done; 1 some inputs failed, each named on stderr with the reason while the others are done;
2 wrong usage, and nothing was done. With `--json` stdout holds JSON Lines and nothing else.

Whatever costs time to import is imported by the command that needs it, so that `--help` answers at once.
"""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from analystkit.cli import articles, corrections, evaluate, exports, lab

app = typer.Typer(
    name="analystkit",
    help="Read a news article closely: who it is about, who said what, and who stands where.",
    epilog="Exit status: 0 done, 1 some inputs failed (named on stderr, the others done), 2 wrong usage.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"analystkit {version('analystkit')}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Read a news article closely: who it is about, who said what, and who stands where."""


articles.register(app)
corrections.register(app)
evaluate.register(app)
exports.register(app)
lab.register(app)


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a narrow terminal encoding is no reason to stop
    app()
