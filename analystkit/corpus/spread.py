"""Batches over the workers of a Dask cluster, a bounded number at a time, their results in the order of the inputs.

Needs the extra `dask`: pip install "analystkit[dask]". The articles travel with the tasks, so workers need no access
to the files; they need analystkit, in the same version. Each loads the pipeline once.

When a worker dies, Dask gives its batches to others. A batch on which several workers died is tried article by
article; an article on which they die again is noted among the errors.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from analystkit.corpus.batches import Batch
from analystkit.corpus.parts import Part, join, pack
from analystkit.corpus.work import Done, Failure, Which, analyses, describe, loaded
from analystkit.errors import PipelineError

if TYPE_CHECKING:
    from distributed import Client, Future

Result = TypeVar("Result")
Work = Callable[[Batch, Which], Result]

#: Batches sent out for each thread of the cluster: one that is worked on, and some that wait beside it.
_AHEAD: Final = 3


@contextmanager
def local(workers: int) -> Iterator[Client]:
    """A client of workers that are started on this machine, a process and a thread each, and stopped in the end.

    Without Dask's dashboard, without its profiler, which looks at each worker's stack a hundred times a second, and
    without its habit of having memory given back to the system at every chance: the networks take and leave arrays of
    megabytes all the time, and each would be mapped and cleared anew.
    """
    import dask
    from distributed import Client, LocalCluster

    environment = dict(dask.config.get("distributed.nanny.pre-spawn-environ"))
    environment.pop("MALLOC_TRIM_THRESHOLD_", None)
    settings = {"distributed.worker.profile.enabled": False, "distributed.nanny.pre-spawn-environ": environment}
    quiet = dask.config.set(settings)
    started: Callable[..., LocalCluster] = partial(LocalCluster, threads_per_worker=1, dashboard_address=None)
    connect: Callable[..., Client] = Client  # Dask has no types here
    with quiet, started(n_workers=workers) as cluster, connect(cluster) as client:
        yield client


def describe_there(client: Client, which: Which) -> dict[str, Any]:
    """What the workers' pipeline is (see `work.describe`).

    Raises:
        PipelineError: they cannot load it, or have another version of analystkit.
    """
    from importlib.metadata import version

    try:
        there: dict[str, Any] = client.submit(_describe, which, pure=False).result()
    except ImportError as error:
        raise PipelineError(f"The workers lack a package ({error}). Install analystkit where they run.") from error
    if there["analystkit"] != version("analystkit"):
        raise PipelineError(
            f"The workers have analystkit {there['analystkit']}, here it is {version('analystkit')}. "
            "Give both the same version."
        )
    return there


def parts(client: Client, batches: Iterable[Batch], which: Which) -> Iterator[tuple[Batch, Part]]:
    """Each batch with what it came to."""
    for batch, part in _spread(client, batches, _part, which):
        yield batch, join(_singly(client, batch, _part, which, lost=_lost_part)) if part is None else part


def outcomes(client: Client, batches: Iterable[Batch], which: Which) -> Iterator[Done | Failure]:
    """What each input came to."""
    for batch, found in _spread(client, batches, _outcomes, which):
        if found is None:
            for one in _singly(client, batch, _outcomes, which, lost=_lost):
                yield from one
        else:
            yield from found


def _spread(
    client: Client, batches: Iterable[Batch], work: Work[Result], which: Which
) -> Iterator[tuple[Batch, Result | None]]:
    """Work on batches; None stands for the result of one on which several workers died."""
    from distributed import KilledWorker

    sent: deque[tuple[Batch, Future[Any]]] = deque()
    coming = iter(batches)
    threads: Callable[[], dict[str, int]] = client.nthreads
    cancel: Callable[[list[Future[Any]]], None] = client.cancel
    try:
        while True:
            room = _AHEAD * max(sum(threads().values()), 1) - len(sent)  # clusters grow and shrink
            for _, batch in zip(range(room), coming, strict=False):
                sent.append((batch, client.submit(work, batch, which, pure=False, retries=1)))
            if not sent:
                return
            batch, future = sent.popleft()
            try:
                result: Result | None = future.result()
            except KilledWorker:
                result = None
            yield batch, result
    finally:
        cancel([future for _, future in sent])


def _singly(
    client: Client, batch: Batch, work: Work[Result], which: Which, *, lost: Callable[[Failure], Result]
) -> list[Result]:
    """Work on the inputs of a batch one at a time, so that the one that kills workers stands alone."""
    alone = [Batch(batch.number, batch.first + n, (one,)) for n, one in enumerate(batch.inputs)]
    found = []
    for one, result in _spread(client, alone, work, which):
        if result is None:
            reason = "Several workers died on this article, perhaps for want of memory."
            result = lost(Failure(one.first, one.inputs[0].name, "KilledWorker", reason))
        found.append(result)
    return found


def _describe(which: Which) -> dict[str, Any]:
    return describe(loaded(*which))


def _part(batch: Batch, which: Which) -> Part:
    return pack(analyses(batch, loaded(*which)))


def _outcomes(batch: Batch, which: Which) -> list[Done | Failure]:
    return list(analyses(batch, loaded(*which)))


def _lost_part(failure: Failure) -> Part:
    return pack([failure])


def _lost(failure: Failure) -> list[Done | Failure]:
    return [failure]
