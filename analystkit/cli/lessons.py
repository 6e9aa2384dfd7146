"""Commands for teaching: exercise, grade, agree."""

from __future__ import annotations

import json as json_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analystkit.cli.work import Pipeline, Source, Work, complain, console

if TYPE_CHECKING:
    from analystkit.analysis import Analysis


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(exercise)
    app.command()(grade)
    app.command()(agree)


def exercise(
    article: Source,
    kind: Annotated[
        str,
        typer.Argument(help="people, quotes, speakers, directness, stances, chains, events or silent."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The page for the students to write.", dir_okay=False)],
    level: Annotated[str, typer.Option(help="easy, medium or hard.")] = "medium",
    quotes: Annotated[
        str | None, typer.Option(help="Kinds of quote asked about, such as direct,mixed, instead of the level's.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="A title instead of the kind's.")] = None,
    pipeline: Pipeline = None,
) -> None:
    """Make an exercise: a page for the students, and beside it the file to grade with.

    ARTICLE is an article, or better its corrected analysis in JSON (ending in .json): that becomes the key.
    """
    from analystkit.errors import ExerciseError
    from analystkit.lessons.exercise import SUFFIX, Exercise
    from analystkit.lessons.kinds import KINDS, LEVELS

    if kind not in KINDS:
        raise typer.BadParameter(f"{kind!r} is none; choose from {', '.join(KINDS)}.", param_hint="KIND")
    if level not in LEVELS:
        raise typer.BadParameter(f"{level!r} is none; choose from {', '.join(LEVELS)}.", param_hint="--level")
    wanted = None if quotes is None else [one.strip() for one in quotes.split(",")]
    if wanted and (unknown := set(wanted) - {"direct", "mixed", "indirect"}):
        raise typer.BadParameter(
            f"{sorted(unknown)[0]!r} is none; choose from direct, mixed, indirect.", param_hint="--quotes"
        )
    with Work(pipeline) as work, work.reporting(article):
        analysis = _analysis(article) if article.endswith(".json") else work.analyze(article)
        if analysis is None:
            return
        made = Exercise.from_analysis(analysis, kind, level=level, quote_kinds=wanted, title=title)  # type: ignore[arg-type]
        if output.name.endswith(SUFFIX):
            raise ExerciseError(f"{output.name} names the file to grade with; name the page, such as {kind}.html.")
        page = made.share(output)
        beside = made.save(output.with_name(output.name.removesuffix(output.suffix) + SUFFIX))
        typer.echo(f"Wrote {page} for the students and {beside} to grade with: {made!r}", err=True)


def grade(
    exercise: Annotated[Path, typer.Argument(help="The exercise's file, NAME.exercise.json.", dir_okay=False)],
    folder: Annotated[Path, typer.Argument(help="Where the answer files are; or nbgrader's folder submitted.")],
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write the grades to this file as well.", dir_okay=False)
    ] = None,
    page: Annotated[
        Path | None, typer.Option("--page", help="Write the view of the class to this page.", dir_okay=False)
    ] = None,
    assignment: Annotated[
        str | None, typer.Option(help="In nbgrader's folders: the assignment that the exercise belongs to.")
    ] = None,
    machine: Annotated[
        Path | None, typer.Option(help="The machine's own analysis in JSON, to compare the class with.", dir_okay=False)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines on stdout, one student a line.")] = False,
) -> None:
    """Grade the answer files in a folder; those that cannot be graded are named, the rest are graded."""
    from analystkit.errors import LessonError
    from analystkit.lessons.classroom import collect
    from analystkit.lessons.exercise import Exercise

    try:
        made = Exercise.load(exercise)
        room = collect(
            made, folder, assignment=assignment, machine=None if machine is None else _analysis(str(machine))
        )
    except LessonError as error:
        raise typer.BadParameter(str(error)) from error
    if json:
        for hand in room.handed_in:
            typer.echo(json_module.dumps({"student": hand.student, **hand.result.to_dict()}, ensure_ascii=False))
    else:
        columns = ["student", "score", "right", "near", "wrong", "missing", "extra", "tries", "hints"]
        console().print(room.grades[columns].to_string(index=False))
    with Work(None) as work:
        if csv is not None:
            with work.reporting(str(csv)):
                typer.echo(f"Wrote {room.to_csv(csv)}", err=True)
        if page is not None:
            with work.reporting(str(page)):
                typer.echo(f"Wrote {room.share(page)}", err=True)
    for one in room.refused:
        complain(str(one.path), one.why)
    if room.refused:
        raise typer.Exit(1)


def agree(
    first: Annotated[Path, typer.Argument(help="One annotator's analysis in JSON.", dir_okay=False)],
    second: Annotated[Path, typer.Argument(help="The other's, of the same article.", dir_okay=False)],
    page: Annotated[
        Path | None, typer.Option("--page", help="Write both side by side to this page.", dir_okay=False)
    ] = None,
) -> None:
    """Show how far two annotators of one article agree."""
    from analystkit import agreement

    try:
        one, other = _analysis(str(first)), _analysis(str(second))
        table = agreement.report({"first": one, "second": other})
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    console().print(table.to_string(index=False, float_format="{:.2f}".format, na_rep="–"))
    if page is not None:
        with Work(None) as work, work.reporting(str(page)):
            view = agreement.side_by_side(one, other, names=(first.name, second.name))
            typer.echo(f"Wrote {view.share(page)}", err=True)


def _analysis(path: str) -> Analysis:
    """An analysis from a JSON file."""
    from analystkit.analysis import Analysis
    from analystkit.errors import SchemaError

    try:
        return Analysis.from_json(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise SchemaError(f"{path} cannot be read: {error.strerror or error}.") from error
    except SchemaError as error:
        raise SchemaError(f"{path}: {error}") from error
