"""The command line: the same work without a notebook.

Exit status: 0 done; 1 some inputs failed, each named on stderr with the reason while the others are done;
2 wrong usage, and nothing was done. With `--json` stdout holds JSON Lines and nothing else.

Whatever costs time to import is imported by the command that needs it, so that `--help` answers at once.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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


Source = Annotated[str, typer.Argument(metavar="ARTICLE", help=_ARTICLE_HELP)]
Sources = Annotated[list[str], typer.Argument(metavar="ARTICLE...", help=_ARTICLE_HELP)]
Published = Annotated[
    dt.date | None,
    typer.Option(
        parser=_date, metavar="YYYY-MM-DD", help="Day of publication, instead of what the text says."
    ),
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
    articles: Sources,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines on stdout, one analysis a line.")] = False,
    published: Published = None,
    title: Title = None,
    url: Url = None,
    pipeline: Pipeline = None,
) -> None:
    """Analyse articles: a summary of each, or with --json everything as data."""
    if len(articles) > 1 and (title or url):
        raise typer.BadParameter("--title and --url speak of one article, but several are given.")
    if articles.count("-") > 1:
        raise typer.BadParameter("standard input (-) can be read only once.")
    with _Work(pipeline, published=published, title=title, url=url) as work:
        for article in articles:
            analysis = work.analyze(article)
            if analysis is None:
                continue
            if json:
                sys.stdout.write(analysis.to_json() + "\n")
                sys.stdout.flush()
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


@app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def lab(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Option(help="Where the notebooks are copied to if analystkit was installed as a package.")
    ] = Path("analystkit-notebooks"),
) -> None:
    """Open JupyterLab on the notebooks. What follows -- is passed to JupyterLab: lab -- --port 9999."""
    from analystkit import lab as jupyter

    try:
        place = jupyter.prepare(folder, say=lambda line: typer.echo(line, err=True))
    except OSError as error:
        _complain(str(folder), _reason(error))
        raise typer.Exit(1) from error
    raise typer.Exit(jupyter.start(place, context.args))


def main() -> None:
    """The console script."""
    app()


class _Work:
    """Analyses the articles of one command; remembers whether any failed, and exits with 1 at the end if so."""

    def __init__(
        self, pipeline: str | None, *, published: dt.date | None, title: str | None, url: str | None
    ) -> None:
        self._pipeline = pipeline
        self._published, self._title, self._url = published, title, url
        self._nlp: Language | None = None
        self._failed = False

    def __enter__(self) -> _Work:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None and self._failed:
            raise typer.Exit(1)

    def analyze(self, source: str) -> Analysis | None:
        """One article, analysed; None if that failed, which has then been reported."""
        from analystkit import pipeline

        name = "standard input" if source == "-" else source
        with self.reporting(name):
            article = self._read(source)
            analysis = pipeline.analyze(article, self._language())
            for warning in dict.fromkeys((*article.warnings, *analysis.warnings)):
                _complain(name, f"warning: {warning}")
            return analysis
        return None

    @contextmanager
    def reporting(self, name: str) -> Iterator[None]:
        """Turn what goes wrong with one input into a line on stderr, and warnings too."""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("default")
            try:
                yield
            except (typer.Exit, typer.BadParameter):
                raise
            except Exception as error:  # one bad input must not take the others with it
                if os.environ.get("ANALYSTKIT_DEBUG"):
                    raise
                _complain(name, _reason(error))
                self._failed = True
        for message in dict.fromkeys(str(warning.message) for warning in caught):
            _complain(name, f"warning: {message}")

    def _read(self, source: str) -> Article:
        from analystkit.article import read

        given = {"published": self._published, "title": self._title, "url": self._url}
        if source == "-":
            return _read_stdin(**given)
        return read(source, **given)

    def _language(self) -> Language:
        """The pipeline, loaded when the first article has been read: bad input is reported at once."""
        if self._nlp is None:
            from analystkit import pipeline
            from analystkit.errors import PipelineError

            try:
                self._nlp = pipeline.load(self._pipeline)
            except PipelineError as error:
                raise typer.BadParameter(str(error), param_hint="--pipeline") from error
        return self._nlp
