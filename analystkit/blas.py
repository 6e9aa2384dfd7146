"""Matrix products: NumPy's, on one thread.

spaCy's thinc multiplies with a small BLAS of its own; NumPy's is two to three times as fast, but shares each
product among all cores. Ours are so small (a few hundred rows, a hundred columns) that waiting for each other
costs the threads several times what they save, the more so when other work runs. What to spread over the cores
is articles, not matrices.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any

from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from spacy.language import Language


def one_thread() -> AbstractContextManager[object]:
    """While it is entered, NumPy multiplies on one thread. Costs about 10 µs."""
    limit: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limit


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()  # finds the libraries loaded by now, NumPy's among them


class OneThreadOps(NumpyOps):  # type: ignore[misc]  # compiled, without types
    """thinc's operations on the processor, with NumPy's matrix product on one thread."""

    def __init__(self) -> None:
        super().__init__(use_blis=False)

    def gemm(self, *args: Any, **kwargs: Any) -> Any:
        """The matrix product, as in `NumpyOps`."""
        with one_thread():
            return super().gemm(*args, **kwargs)


def use_numpy(nlp: Language) -> None:
    """Let a pipeline's networks multiply with NumPy, unless they run on a graphics card. Same results."""
    ops = OneThreadOps()
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if isinstance(model, Model) else ():
            if isinstance(node.ops, NumpyOps):
                node.ops = ops
