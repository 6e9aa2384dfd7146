"""Many articles through the pipeline: as they come, or into a folder of Parquet files."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from analystkit.analysis import Analysis
from analystkit.corpus.batches import Batch, batches
from analystkit.corpus.folder import Folder, only_writer
from analystkit.corpus.inputs import Sources, count, inputs
from analystkit.corpus.parts import Part, pack
from analystkit.corpus.progress import Tick, bar
from analystkit.corpus.work import Done, Failure, Which, analyses, describe, loaded
from analystkit.errors import AnalystkitWarning, ArticleError, PipelineError
from analystkit.layers.entities import given

if TYPE_CHECKING:
    from distributed import Client
    from spacy.language import Language


def analyze_many(
    sources: Sources,
    nlp: Language | str | Path | None = None,
    *,
    names: str | Path | None = None,
    client: Client | None = None,
    progress: bool | None = None,
    errors: Literal["warn", "raise"] | Callable[[Failure], object] = "warn",
) -> Iterator[Analysis]:
    """Analyse articles as they come, in their order; memory holds a few of them at a time.

    The analyses have no Doc (`Analysis.doc` is None), which would hold on to all words ever seen.

    Args:
        sources: A folder, a pattern (`"news/*.txt"`), a .jsonl or .parquet file, or several of these, of addresses,
            of articles; see `analystkit.corpus.inputs.inputs`.
        nlp: A pipeline with our layers, or the name of one; None for the shipped one.
        names: A file of names to find wherever they stand, as `load` takes it; not with a pipeline that is loaded.
        client: A client of a Dask cluster (`distributed.Client`) that does the work; then give the pipeline's name.
        progress: Whether to show a progress bar; None for one in notebooks and on terminals.
        errors: What to do about an input that fails: "warn" and go on, "raise" an ArticleError, or a function
            that is given the `Failure` (a list's `append`, for example).

    Raises:
        ArticleError: a file or folder is missing, or nothing matches a pattern; or an input fails and `errors`
            is "raise".
        PipelineError: the pipeline cannot be loaded, here or by the workers, or the names cannot be read.
    """
    model = _model(nlp, names, client)
    with bar(count(sources), progress) as tick:
        for outcome in _outcomes(batches(inputs(sources)), model, client):
            tick(1)
            if isinstance(outcome, Done):
                yield outcome.analysis
            elif callable(errors):
                errors(outcome)
            elif errors == "raise":
                raise ArticleError(str(outcome))
            else:
                warnings.warn(str(outcome), AnalystkitWarning, stacklevel=2)


def build(
    sources: Sources,
    path: str | Path,
    nlp: Language | str | Path | None = None,
    *,
    names: str | Path | None = None,
    client: Client | None = None,
    progress: bool | None = None,
    size: int | None = None,
) -> Folder:
    """Analyse articles into a folder of Parquet files; called again after it was stopped, it goes on.

    Nothing that is stored is done again, and nothing is stored twice. The content is the same however often it
    was stopped, and wherever the work was done.

    Args:
        sources: As for `analyze_many`.
        path: The folder; a new one, an empty one, or that of a corpus that was begun with the same inputs.
        nlp: As for `analyze_many`.
        names: As for `analyze_many`.
        client: As for `analyze_many`.
        progress: As for `analyze_many`.
        size: Characters that are stored at a time, None for a size that grows with the corpus.

    Raises:
        ArticleError: a file or folder is missing, or nothing matches a pattern.
        CorpusError: the folder holds something else, or was begun with other inputs or another pipeline; or
            another process is writing it.
        PipelineError: the pipeline cannot be loaded, here or by the workers, or the names cannot be read.
    """
    total = count(sources)  # before anything is made: a mistyped name is told at once
    model = _model(nlp, names, client)
    with only_writer(path):
        folder = Folder.begin(path, _described(model, client), size)
        made = 0
        with bar(total, progress) as tick:

            def unfinished() -> Iterator[Batch]:
                nonlocal made
                for batch in batches(inputs(sources), size):
                    made = batch.number + 1
                    if folder.has(batch):
                        tick(len(batch.inputs))
                    else:
                        yield batch

            for batch, part in _parts(unfinished(), model, client, tick):
                folder.keep(batch, part)
        folder.complete(made)
    return folder


def _model(nlp: Language | str | Path | None, names: str | Path | None, client: Client | None) -> Language | Which:
    """What to load where the work is done; or a pipeline that is loaded, which works here and as it is."""
    if nlp is None or isinstance(nlp, str | Path):
        return None if nlp is None else str(nlp), () if names is None else given.read(names)
    if client is not None:
        raise PipelineError("With client= give the pipeline's name, not the pipeline: each worker loads its own.")
    if names is not None:
        raise PipelineError("names= goes with a pipeline's name; for one that is loaded give them to ak.load.")
    return nlp


def _outcomes(found: Iterable[Batch], model: Language | Which, client: Client | None) -> Iterator[Any]:
    if client is not None and isinstance(model, tuple):
        from analystkit.corpus import spread

        spread.describe_there(client, model)
        yield from spread.outcomes(client, found, model)
        return
    pipeline = _here(model)
    for batch in found:
        yield from analyses(batch, pipeline)


def _parts(
    found: Iterable[Batch], model: Language | Which, client: Client | None, tick: Tick
) -> Iterator[tuple[Batch, Part]]:
    if client is not None and isinstance(model, tuple):
        from analystkit.corpus import spread

        for batch, part in spread.parts(client, found, model):
            tick(len(batch.inputs))
            yield batch, part
        return
    pipeline = _here(model)

    def counted(batch: Batch) -> Iterator[Done | Failure]:
        for outcome in analyses(batch, pipeline):
            tick(1)
            yield outcome

    for batch in found:
        yield batch, pack(counted(batch))


def _described(model: Language | Which, client: Client | None) -> dict[str, Any]:
    if client is None or not isinstance(model, tuple):
        return describe(_here(model))
    from analystkit.corpus import spread

    return spread.describe_there(client, model)


def _here(model: Language | Which) -> Language:
    return loaded(*model) if isinstance(model, tuple) else model
