"""The commands export, import and formats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analystkit.cli.work import Pipeline, Published, Source, Title, Url, Work

FormatName = Annotated[
    str | None,
    typer.Option("--format", "-f", metavar="NAME", help="A format that `analystkit formats` lists; else by the name."),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("export")(export)
    app.command("import")(import_)
    app.command()(formats)


def export(
    article: Source,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The file to write; for csv and parquet a folder of tables.")
    ],
    format: FormatName = None,
    published: Published = None,
    title: Title = None,
    url: Url = None,
    pipeline: Pipeline = None,
) -> None:
    """Write an article's analysis in the format of another tool, and say what that cannot keep."""
    from analystkit import exports

    chosen = _checked(output, format)
    with Work(pipeline, published=published, title=title, url=url) as work:
        analysis = work.analyze(article)
        if analysis:
            with work.reporting(str(output)):
                paths = exports.write(analysis, output, chosen)
                typer.echo(f"Wrote {', '.join(map(str, paths))}", err=True)
                for loss in exports.losses(chosen):
                    typer.echo(f"Not kept by {chosen}: {loss}.", err=True)


def import_(
    file: Annotated[Path, typer.Argument(help="A file of another tool, or an export; for csv and parquet a folder.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The analysis to write, as JSON.", dir_okay=False)],
    format: FormatName = None,
    article: Annotated[
        str | None,
        typer.Option(help="The article that the marks belong to, or an analysis of it as JSON, where FILE lacks it."),
    ] = None,
) -> None:
    """Read marks made or changed in another tool, as an analysis in JSON."""
    from analystkit import exports
    from analystkit.article import read

    chosen = _checked(file, format)
    with Work(None) as work, work.reporting(str(file)):
        about = None
        if article is not None:
            about = exports.read(article, "json") if exports.is_saved(article) else read(article)
        analysis = exports.read(file, chosen, article=about)
        for warning in analysis.warnings:
            typer.echo(f"{file}: {warning}", err=True)
        exports.write(analysis, output, "json")
        typer.echo(f"Wrote {output}: {_counts(analysis.to_dict())}", err=True)


def formats() -> None:
    """List the formats, and what each cannot keep."""
    from analystkit import exports

    for form in exports.FORMATS.values():
        typer.echo(f"{form.name} ({form.suffix}): {form.about}")
        typer.echo("".join(f"    does not keep {loss}\n" for loss in form.losses) or "    keeps all\n", nl=False)


def _checked(path: Path, name: str | None) -> str:
    """The format's name; wrong usage where there is none such, before any work is done."""
    from analystkit import exports
    from analystkit.errors import FormatError

    try:
        return exports.choose(path, name).name
    except FormatError as error:
        raise typer.BadParameter(str(error), param_hint="--format") from error


def _counts(data: dict[str, list[object]]) -> str:
    return ", ".join(f"{len(data[layer])} {layer}" for layer in ("entities", "quotes", "stances", "dates"))
