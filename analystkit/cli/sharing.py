"""Commands that make things to hand on: render, gallery, app."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analystkit.cli.work import Pipeline, Work, complain

LOCAL = "127.0.0.1"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(render)
    app.command()(gallery)
    app.command("app")(serve)


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
    from analystkit.packaged import samples, shared

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


def serve(
    notebook: Annotated[
        Path | None, typer.Argument(help="A notebook; by default the one that reads an article.", dir_okay=False)
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen at; whoever can reach it can use the app.")] = LOCAL,
    port: Annotated[int, typer.Option(help="Port; the next free one is taken.", min=1, max=65535)] = 8866,
    browser: Annotated[bool, typer.Option(help="Open it in a browser.")] = True,
) -> None:
    """Serve the article notebook as an app, for people without JupyterLab. Needs the extra `app`."""
    from analystkit import app, lab

    with Work(None) as work, work.reporting("app"):
        if notebook is None:
            notebook = lab.prepare(say=lambda line: typer.echo(line, err=True)) / app.NOTEBOOK
        elif not notebook.is_file():
            raise typer.BadParameter(f"there is no notebook {notebook}.")
        if not app.is_local(host):
            complain("app", f"warning: everyone who can reach {host} can use this app; it asks for no password.")
        app.start(notebook, host=host, port=port, browser=browser)
