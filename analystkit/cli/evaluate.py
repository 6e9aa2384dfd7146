"""The command evaluate: how right a layer is."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from analystkit.cli.work import Pipeline, Work


class Layer(StrEnum):
    """What can be measured."""

    entities = "entities"
    quotes = "quotes"
    stances = "stances"
    dates = "dates"
    accounts = "accounts"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(evaluate)


def evaluate(
    layer: Annotated[Layer, typer.Argument(help="What to measure.")],
    gold: Annotated[
        Path,
        typer.Argument(
            exists=True, help="A file of marks made by hand (.gold.json, or JSON Lines), or a folder of *.gold.json."
        ),
    ],
    pipeline: Pipeline = None,
) -> None:
    """Analyse marked articles anew and print how right a layer is, in per cent."""
    with Work(pipeline) as work, work.reporting(str(gold)):
        from analystkit import evaluation

        for title, table in evaluation.evaluate(layer.value, evaluation.gold(gold), work.nlp).items():
            typer.echo(f"{title}\n{table.to_string(float_format='%.1f', na_rep='')}\n")
