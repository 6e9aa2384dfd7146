"""How far a corpus is: a bar in notebooks and terminals, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tick = Callable[[int], object]


@contextmanager
def bar(total: int | None, show: bool | None) -> Iterator[Tick]:
    """A progress bar over articles, as a function that is told how many more are done.

    Args:
        total: How many there are, None if that is not known.
        show: True or False; None for a bar only where somebody sees it: in a notebook, or on a terminal.
    """
    if not (_seen() if show is None else show):
        yield lambda _: None
        return
    from tqdm.auto import tqdm

    with tqdm(total=total, unit=" articles", dynamic_ncols=True, smoothing=0.1) as shown:
        yield shown.update


def _seen() -> bool:
    if sys.stderr is not None and sys.stderr.isatty():
        return True
    kernel = sys.modules.get("ipykernel.zmqshell")
    ipython = sys.modules.get("IPython")
    return kernel is not None and ipython is not None and ipython.get_ipython() is not None
