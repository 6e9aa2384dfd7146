"""Commands on articles: read, analyze, share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from analystkit.cli.work import Names, Pipeline, Published, Source, Sources, Title, Url, Work, console


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(read)
    app.command()(analyze)
    app.command()(share)


def read(
    article: Source,
    published: Published = None,
    title: Title = None,
    url: Url = None,
    pipeline: Pipeline = None,
    names: Names = None,
) -> None:
    """Show an article in the terminal, highlighted."""
    with Work(pipeline, names, published=published, title=title, url=url) as work:
        analysis = work.analyze(article)
        if analysis:
            from analystkit import terminal

            screen = console()
            colour = screen.is_terminal and screen.color_system is not None
            screen.print(terminal.article(analysis, colour=colour))


def analyze(
    article: Sources,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines on stdout, one analysis a line.")] = False,
    published: Published = None,
    title: Title = None,
    url: Url = None,
    pipeline: Pipeline = None,
    names: Names = None,
) -> None:
    """Analyse articles: a summary of each, or with --json everything as data."""
    if len(article) > 1 and (title or url):
        raise typer.BadParameter("--title and --url speak of one article, but several are given.")
    if article.count("-") > 1:
        raise typer.BadParameter("standard input (-) can be read only once.")
    with Work(pipeline, names, published=published, title=title, url=url) as work:
        for source in article:
            analysis = work.analyze(source)
            if analysis is None:
                continue
            if json:
                sys.stdout.buffer.write(analysis.to_json().encode() + b"\n")
                sys.stdout.buffer.flush()  # each line is there for the reader at once
            else:
                from analystkit import terminal

                console().print(terminal.summary(analysis))


def share(
    article: Source,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.", dir_okay=False)],
    published: Published = None,
    title: Title = None,
    url: Url = None,
    pipeline: Pipeline = None,
    names: Names = None,
) -> None:
    """Write an article as one self-contained page that works offline."""
    with Work(pipeline, names, published=published, title=title, url=url) as work:
        analysis = work.analyze(article)
        if analysis:
            from analystkit.page import share as write

            with work.reporting(str(output)):
                typer.echo(f"Wrote {write(analysis, output)}", err=True)
