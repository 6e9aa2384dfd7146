"""The command lab."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analystkit.cli.work import complain, reason


def lab(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Option(
            file_okay=False,
            help="Copy notebooks and samples there, keeping what you changed, and work on the copies. "
            "Without it: analystkit-notebooks in the current folder, or the repository if run from one.",
        ),
    ] = None,
) -> None:
    """Open JupyterLab on the notebooks. What follows -- is passed on to it."""
    from analystkit import lab as jupyter
    from analystkit.errors import AnalystkitError

    try:
        place = jupyter.prepare(folder, say=lambda line: typer.echo(line, err=True))
    except (OSError, AnalystkitError) as error:
        complain("lab", reason(error))
        raise typer.Exit(1) from error
    jupyter.start(place, context.args)


def register(app: typer.Typer) -> None:
    """Add the command."""
    passing_on = {"ignore_unknown_options": True, "allow_extra_args": True}
    app.command(context_settings=passing_on, options_metavar="[OPTIONS] [-- JUPYTERLAB'S OPTIONS]")(lab)
