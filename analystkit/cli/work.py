"""What the commands share: their options, and how the failures of their inputs are told."""

from __future__ import annotations

import datetime as dt
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

_ARTICLE_HELP = "A file (text, Markdown, HTML; or an analysis as .json), a web address, or - for standard input."


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
Names = Annotated[
    Path | None,
    typer.Option(help="A file of names to find, as improve writes it.", exists=True, dir_okay=False),
]


class Work:
    """Analyses the articles of one command; in the end exits with 1 if any of them failed.

    Args:
        pipeline: Name of the spaCy pipeline, None for the shipped one.
        names: A file of names to find besides those that the pipeline finds.
        given: What the user knows better than the article: published, title, url.
    """

    def __init__(self, pipeline: str | None, names: Path | None = None, **given: Any) -> None:
        self._pipeline = pipeline
        self._names = names
        self._given = given
        self._failed = False

    def __enter__(self) -> Work:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is None and self._failed:
            raise typer.Exit(1)

    def analyze(self, source: str) -> Analysis | None:
        """One article, analysed, or an analysis that is kept as JSON; None if that failed, which is then reported."""
        name = "standard input" if source == "-" else source
        analysis = None
        with self.reporting(name):
            from analystkit import pipeline
            from analystkit.analysis import Analysis
            from analystkit.article import read
            from analystkit.cli.saved import saved

            # the pipeline is loaded after the first article was read, so that a typing error is told at once
            article = (
                _read_stdin(**self._given)
                if source == "-"
                else saved(source, **self._given) or read(source, **self._given)
            )
            if isinstance(article, Analysis):
                return article
            analysis = pipeline.analyze(article, self.nlp)
            for warning in dict.fromkeys((*article.warnings, *analysis.warnings)):
                complain(name, f"warning: {warning}")
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
                complain(name, reason(error))
                self._failed = True
        for message in dict.fromkeys(str(warning.message) for warning in caught):
            complain(name, f"warning: {message}")

    @cached_property
    def nlp(self) -> Language:
        """The pipeline, loaded when first asked for.

        Raises:
            typer.BadParameter: there is no such pipeline.
        """
        from analystkit import pipeline
        from analystkit.errors import PipelineError

        try:
            return pipeline.load(self._pipeline, names=self._names) if self._names else pipeline.load(self._pipeline)
        except PipelineError as error:
            raise typer.BadParameter(str(error), param_hint="--pipeline or --names") from error


def _read_stdin(**given: Any) -> Article | Analysis:
    from analystkit import article
    from analystkit.cli.saved import saved_bytes
    from analystkit.errors import ArticleError
    from analystkit.reading import decoding

    data = sys.stdin.buffer.read(article.MAX_BYTES + 1)
    if len(data) > article.MAX_BYTES:
        limit = article.MAX_BYTES // 1_000_000
        raise ArticleError(f"Standard input is larger than {limit} MB. Give the article alone.")
    if analysis := saved_bytes(data, **given):
        return analysis
    text, guessed = decoding.decode(data, name="Standard input", declared=decoding.html_charset(data))
    if re.match(r"\s*<(?:!doctype|html|\?xml)\b", text, re.IGNORECASE):
        return article.read(text, **given)
    return article.Article(text, **given, warnings=[guessed] if guessed else [])


def console() -> Console:
    """The terminal; what is printed is text, never markup."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def complain(name: str, message: str) -> None:
    """One line on stderr; what would steer the terminal is shown as a replacement character."""
    line = " ".join(f"analystkit: {name}: {message.removeprefix(f'{name}: ')}".split())
    typer.echo("".join(c if c.isprintable() else "\ufffd" for c in line), err=True)


def reason(error: Exception) -> str:
    """Why an input failed, in a sentence for its user."""
    from analystkit.errors import AnalystkitError

    if isinstance(error, AnalystkitError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    kind = type(error).__name__
    return f"failed unexpectedly ({kind}: {error}). Set ANALYSTKIT_DEBUG=1 to see where, and please report it."
