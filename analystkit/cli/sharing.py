"""Commands that make things to hand on: render, gallery, app."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analystkit.cli.work import Pipeline, Work


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(render)
    app.command()(gallery)


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


def gallery(
    output: Annotated[Path, typer.Option("--output", "-o", help="The site's folder.", file_okay=False)],
    seeds: Annotated[
        Path | None, typer.Option(help="Folder of articles; by default the samples.", file_okay=False)
    ] = None,
    notebooks: Annotated[
        Path | None,
        typer.Option(help="Folder of notebooks, whose code is run; by default those that come along.", file_okay=False),
    ] = None,
    run: Annotated[bool, typer.Option("--notebooks-too/--articles-only", help="Whether to render notebooks.")] = True,
    pipeline: Pipeline = None,
) -> None:
    """Build a small static site of all articles and notebooks."""
    from analystkit.gallery import Gallery, notebooks_in
    from analystkit.samples import samples, shared

    with Work(pipeline) as work, work.reporting(str(output)):
        articles = samples(seeds)
        root = shared("notebooks") if notebooks is None else notebooks
        with Gallery(output) as site:
            for name, path in articles.items():
                if analysis := work.analyze(str(path)):
                    site.add_article(analysis, name=name)
            for path in notebooks_in(root) if run else ():
                with work.reporting(str(path)):
                    site.add_notebook(path, root=root, seeds=articles.values())
        typer.echo(f"Wrote {output / 'index.html'}", err=True)
