"""Commands on articles: read, analyze, share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from analystkit.cli import corpus
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
    output: corpus.Output = None,
    workers: corpus.Workers = 1,
    scheduler: corpus.Scheduler = None,
    names: Names = None,
) -> None:
    """Analyse articles: a summary of each, with --json everything as data, with -o many into a folder of tables.

    With -o an ARTICLE may also be a folder, a pattern ("news/*.txt"), or a .jsonl or .parquet file with a row an
    article (text, and as far as known id, title, byline, published, url, outlet).
    """
    if output is not None:
        if json or title or url or published or "-" in article:
            raise typer.BadParameter("-o takes no --json, --published, --title or --url, and no standard input.")
        corpus.store(article, output, pipeline, names, workers, scheduler)
        return
    if workers > 1 or scheduler:
        raise typer.BadParameter("--workers and --scheduler are for many articles: name a folder with -o as well.")
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
