"""Commands that make things to hand on: render, gallery, app."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analystkit.cli.work import Work


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(render)


def render(
    notebook: Annotated[Path, typer.Argument(help="The notebook. Its code is run: give only what you trust.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="The file to write: .html (by default the notebook's name), or .ipynb with outputs."
        ),
    ] = None,
    code: Annotated[bool, typer.Option(help="Show the code of the cells.")] = True,
    timeout: Annotated[float, typer.Option(min=1, help="Longest time a cell may take, in seconds.")] = 600,
) -> None:
    """Run a notebook and write it as one page whose Readers live without a kernel."""
    with Work(None) as work, work.reporting(str(notebook)):
        from analystkit.rendering import render as write

        typer.echo(f"Wrote {write(notebook, output, code=code, timeout=timeout)}", err=True)
