"""The command line: the same work without a notebook.

Exit status: 0 done; 1 some inputs failed, each named on stderr with the reason while the others are done;
2 wrong usage, and nothing was done. With `--json` stdout holds JSON Lines and nothing else.

Whatever costs time to import is imported by the command that needs it, so that `--help` answers at once.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from spacy.language import Language

    from analystkit.analysis import Analysis
    from analystkit.article import Article

app = typer.Typer(
    name="analystkit",
    help="Read a news article closely: who it is about, who said what, and who stands where.",
    epilog="Exit status: 0 done, 1 some inputs failed (named on stderr, the others done), 2 wrong usage.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)

_ARTICLE_HELP = "A file (text, Markdown, HTML), a web address, or - for standard input."


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"analystkit {version('analystkit')}")
        raise typer.Exit


def _date(value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is not a day; write it as YYYY-MM-DD.") from error


Source = Annotated[str, typer.Argument(help=_ARTICLE_HELP)]
Sources = Annotated[list[str], typer.Argument(help=_ARTICLE_HELP)]
Published = Annotated[
    dt.date | None,
    typer.Option(parser=_date, metavar="YYYY-MM-DD", help="Day of publication, instead of what the text says."),
]
Title = Annotated[str | None, typer.Option(help="Headline, instead of what the text says.")]
Url = Annotated[str | None, typer.Option(help="Web address to note as the article's origin.")]
Pipeline = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="A spaCy pipeline, installed or a folder; the shipped one by default."),
]


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Read a news article closely: who it is about, who said what, and who stands where."""


@app.command()
def read(
    article: Source,
    published: Published = None,
    title: Title = None,
    url: Url = None,
    pipeline: Pipeline = None,
) -> None:
    """Show an article in the terminal, highlighted."""
    with _Work(pipeline, published=published, title=title, url=url) as work:
        analysis = work.analyze(article)
        if analysis:
            from analystkit import terminal

            console = _console()
            colour = console.is_terminal and console.color_system is not None
            console.print(terminal.article(analysis, colour=colour))


@app.command()
def analyze(
    article: Sources,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines on stdout, one analysis a line.")] = False,
    published: Published = None,
    title: Title = None,
    url: Url = None,
    pipeline: Pipeline = None,
) -> None:
    """Analyse articles: a summary of each, or with --json everything as data."""
    if len(article) > 1 and (title or url):
        raise typer.BadParameter("--title and --url speak of one article, but several are given.")
    if article.count("-") > 1:
        raise typer.BadParameter("standard input (-) can be read only once.")
    with _Work(pipeline, published=published, title=title, url=url) as work:
        for source in article:
            analysis = work.analyze(source)
            if analysis is None:
                continue
            if json:
                sys.stdout.buffer.write(analysis.to_json().encode() + b"\n")
                sys.stdout.buffer.flush()  # each line is there for the reader at once
            else:
                from analystkit import terminal

                _console().print(terminal.summary(analysis))


@app.command()
def share(
    article: Source,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.", dir_okay=False)],
    published: Published = None,
    title: Title = None,
    url: Url = None,
    pipeline: Pipeline = None,
) -> None:
    """Write an article as one self-contained page that works offline."""
    with _Work(pipeline, published=published, title=title, url=url) as work:
        analysis = work.analyze(article)
        if analysis:
            from analystkit.page import share as write

            with work.reporting(str(output)):
                typer.echo(f"Wrote {write(analysis, output)}", err=True)


@app.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    options_metavar="[OPTIONS] [-- JUPYTERLAB'S OPTIONS]",
)
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

    try:
        place = jupyter.prepare(folder, say=lambda line: typer.echo(line, err=True))
    except OSError as error:
        _complain("lab", _reason(error))
        raise typer.Exit(1) from error
    jupyter.start(place, context.args)


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a narrow terminal encoding is no reason to stop
    app()


class _Work:
    """Analyses the articles of one command; in the end exits with 1 if any of them failed.

    Args:
        pipeline: Name of the spaCy pipeline, None for the shipped one.
        given: What the user knows better than the article: published, title, url.
    """

    def __init__(self, pipeline: str | None, **given: Any) -> None:
        self._pipeline = pipeline
        self._given = given
        self._failed = False

    def __enter__(self) -> _Work:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is None and self._failed:
            raise typer.Exit(1)

    def analyze(self, source: str) -> Analysis | None:
        """One article, analysed; None if that failed, which is then reported."""
        name = "standard input" if source == "-" else source
        analysis = None
        with self.reporting(name):
            from analystkit import pipeline
            from analystkit.article import read

            # the pipeline is loaded after the first article was read, so that a typing error is told at once
            article = _read_stdin(**self._given) if source == "-" else read(source, **self._given)
            analysis = pipeline.analyze(article, self._nlp)
            for warning in dict.fromkeys((*article.warnings, *analysis.warnings)):
                _complain(name, f"warning: {warning}")
        return analysis

    @contextmanager
    def reporting(self, name: str) -> Iterator[None]:
        """Report what goes wrong with one input, and what is warned of, on stderr in a line each."""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("default", UserWarning)
            try:
                yield
            except typer.BadParameter:  # wrong usage ends the command
                raise
            except Exception as error:  # one bad input does not take the others with it
                if os.environ.get("ANALYSTKIT_DEBUG"):
                    raise
                _complain(name, _reason(error))
                self._failed = True
        for message in dict.fromkeys(str(warning.message) for warning in caught):
            _complain(name, f"warning: {message}")

    @cached_property
    def _nlp(self) -> Language:
        from analystkit import pipeline
        from analystkit.errors import PipelineError

        try:
            return pipeline.load(self._pipeline)
        except PipelineError as error:
            raise typer.BadParameter(str(error), param_hint="--pipeline") from error


def _read_stdin(**given: Any) -> Article:
    from analystkit import article
    from analystkit.errors import ArticleError
    from analystkit.reading import decoding

    data = sys.stdin.buffer.read(article.MAX_BYTES + 1)
    if len(data) > article.MAX_BYTES:
        limit = article.MAX_BYTES // 1_000_000
        raise ArticleError(f"Standard input is larger than {limit} MB. Give the article alone.")
    text, guessed = decoding.decode(data, name="Standard input", declared=decoding.html_charset(data))
    if re.match(r"\s*<(?:!doctype|html|\?xml)\b", text, re.IGNORECASE):
        return article.read(text, **given)
    return article.Article(text, **given, warnings=[guessed] if guessed else [])


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def _complain(name: str, message: str) -> None:
    """One line on stderr; what would steer the terminal is shown as a replacement character."""
    line = " ".join(f"analystkit: {name}: {message}".split())
    typer.echo("".join(c if c.isprintable() else "\ufffd" for c in line), err=True)


def _reason(error: Exception) -> str:
    from analystkit.errors import AnalystkitError

    if isinstance(error, AnalystkitError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    kind = type(error).__name__
    return f"failed unexpectedly ({kind}: {error}). Set ANALYSTKIT_DEBUG=1 to see where, and please report it."
