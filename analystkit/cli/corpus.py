"""Many articles into a folder: `analyze … -o FOLDER`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analystkit.cli.work import complain

if TYPE_CHECKING:
    from distributed import Client

Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        file_okay=False,
        help="Store all of it as Parquet tables in this folder; go on there if it was stopped.",
    ),
]
Workers = Annotated[
    int,
    typer.Option(min=1, help="With -o: processes on this machine that share the work. More than 1 needs Dask."),
]
Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="With -o: a Dask cluster that does the work (tcp://host:8786)."),
]


def store(
    sources: list[str], output: Path, pipeline: str | None, names: Path | None, workers: int, scheduler: str | None
) -> None:
    """Analyse many articles into a folder; exits with 1 if some failed, with 2 if nothing could be begun."""
    from analystkit.corpus.run import build
    from analystkit.errors import ArticleError, CorpusError, PipelineError

    try:
        with _cluster(workers, scheduler) as client:
            folder = build(sources, output, pipeline, names=names, client=client)
    except (ArticleError, CorpusError) as error:
        raise typer.BadParameter(str(error)) from error
    except PipelineError as error:
        raise typer.BadParameter(str(error), param_hint="--pipeline or --names") from error
    except KeyboardInterrupt:
        complain(str(output), "stopped; the same command goes on from here")
        raise typer.Exit(130) from None
    total = folder.manifest
    typer.echo(f"{output}: {total['articles']} articles of {total['words']} words.", err=True)
    if total["errors"]:
        complain(str(output), f"{total['errors']} inputs failed; the table errors names them and why")
        raise typer.Exit(1)


@contextmanager
def _cluster(workers: int, scheduler: str | None) -> Iterator[Client | None]:
    if workers == 1 and scheduler is None:
        yield None
        return
    if workers > 1 and scheduler is not None:
        raise typer.BadParameter("--workers starts workers here, --scheduler uses those of a cluster: give one.")
    try:
        from distributed import Client
    except ImportError as error:
        raise typer.BadParameter('Dask is not installed: pip install "analystkit[dask]"') from error
    if scheduler is None:
        from analystkit.corpus import spread

        with spread.local(workers) as client:
            yield client
        return
    connect: Callable[..., Client] = Client  # Dask has no types here
    try:
        client = connect(scheduler, timeout="30s")
    except (OSError, ValueError) as error:
        raise typer.BadParameter(f"No Dask scheduler answers at {scheduler}: {error}.") from error
    with client:
        yield client
