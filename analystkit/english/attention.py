"""The last part of the shipped networks' token layer: self-attention over the words around each.

Convolutions see four neighbours on either side; what a word has to do with its sentence lies farther off. One layer
of self-attention (Vaswani et al. 2017) lets each token look at `REACH` others before it and as many behind, whatever
lies between, a paragraph's end included: the borders of sentences are not known yet.

It learns in PyTorch (`training/layer.py`), and gets its weights from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from spacy.util import registry
from thinc.api import Model

from analystkit.blas import one_thread

Rows = NDArray[np.float32]
Layer = Model[Any, Any]

#: How many tokens each can look at, before it and behind it.
REACH = 20
#: Heads of the attention.
HEADS = 4
#: Keeps the norm of a vector from being nothing.
NORM = 1e-5
#: Added to the score of what cannot be looked at.
_NEVER = np.float32(-1e9)
#: Tokens that look at the same neighbours, those of all of them, in one matrix product.
_BLOCK = 32


def shapes(width: int) -> dict[str, tuple[int, ...]]:
    """The weights and their shapes, for token vectors of `width`."""
    return {
        "ask_norm": (width,), "ask_norm_b": (width,),
        "ask": (3 * width, width), "ask_b": (3 * width,),  # queries, keys and values
        "ask_far": (HEADS, 2 * REACH + 1),
        "told": (width, width), "told_b": (width,),
        "mix_norm": (width,), "mix_norm_b": (width,),
        "mix": (2 * width, width), "mix_b": (2 * width,), "mixed": (width, 2 * width), "mixed_b": (width,),
    }  # fmt: skip


@registry.architectures("analystkit.Attention.v1")  # type: ignore[untyped-decorator]
def attention(encode: Layer) -> Layer:
    """Convolutions with attention behind them: list of (tokens, width) to list of the same shapes.

    Args:
        encode: The convolutions, `spacy.MaxoutWindowEncoder.v2`.
    """
    return Model(
        "attention",
        _forward,
        init=_init,
        layers=[encode],
        dims={"nO": encode.get_dim("nO")},
        params=dict.fromkeys(shapes(0)),
        attrs={"pad": encode.attrs["pad"] + REACH},
    )


def _init(model: Layer, X: Any = None, Y: Any = None) -> None:  # noqa: N803
    model.layers[0].initialize(X)
    for name, shape in shapes(model.get_dim("nO")).items():
        model.set_param(name, model.ops.alloc(shape))


def _forward(model: Layer, inputs: Sequence[Rows], is_train: bool) -> tuple[list[Rows], Callable[..., Any]]:
    if is_train:
        _fixed(inputs)
    weights = {name: np.asarray(model.get_param(name)) for name in model.param_names}
    bias = _bias(weights["ask_far"])
    encoded = model.layers[0].predict(inputs)
    with one_thread():
        return [_attended(model.ops, weights, bias, np.asarray(rows)) for rows in encoded], _fixed


def _fixed(_: Any) -> Any:
    raise RuntimeError("The token layer learns in PyTorch (training/student.py), not through spaCy.")


def _bias(far: Rows) -> Rows:
    """What distance adds to the scores (heads, block, seen) of a block's tokens."""
    away = np.arange(_BLOCK + 2 * REACH)[None] - np.arange(_BLOCK)[:, None]
    within = (away >= 0) & (away <= 2 * REACH)
    return np.where(within, far[:, np.clip(away, 0, 2 * REACH)], _NEVER)


def _attended(ops: Any, weights: dict[str, Rows], bias: Rows, rows: Rows) -> Rows:
    """Token vectors (n, width) that have looked at those around them."""
    count, width = rows.shape
    if not count:
        return rows
    blocks = -(-count // _BLOCK)
    asked = linear(ops, weights, _normal(weights, rows, "ask_norm"), "ask").reshape(count, 3, HEADS, -1)
    padded = np.zeros((3, HEADS, blocks * _BLOCK + 2 * REACH, width // HEADS), dtype=np.float32)
    padded[:, :, REACH : REACH + count] = asked.transpose(1, 2, 0, 3)
    queries = padded[0, :, REACH:-REACH].reshape(HEADS, blocks, _BLOCK, -1) / np.float32((width // HEADS) ** 0.5)
    # (heads, blocks, width, seen)
    keys, values = sliding_window_view(padded[1:], _BLOCK + 2 * REACH, axis=2)[:, :, ::_BLOCK]
    scores = queries @ keys
    scores += bias[:, None]
    places = np.arange(-REACH, blocks * _BLOCK + REACH)
    outside = sliding_window_view((places < 0) | (places >= count), _BLOCK + 2 * REACH)[::_BLOCK]
    for block in np.flatnonzero(outside.any(axis=1)):
        scores[:, block, :, outside[block]] = _NEVER
    scores -= scores.max(axis=3, keepdims=True)
    np.exp(scores, out=scores)
    told = scores @ values.transpose(0, 1, 3, 2) / scores.sum(axis=3, keepdims=True)
    told = told.reshape(HEADS, blocks * _BLOCK, -1)[:, :count].transpose(1, 0, 2).reshape(count, width)
    rows = rows + linear(ops, weights, told, "told")
    hidden = np.maximum(linear(ops, weights, _normal(weights, rows, "mix_norm"), "mix"), 0)
    return rows + linear(ops, weights, hidden, "mixed")


def linear(ops: Any, weights: dict[str, Rows], rows: Rows, name: str) -> Rows:
    """A linear layer: `weights[name]` (out, in) and a bias, on rows (n, in)."""
    result: Rows = ops.gemm(np.ascontiguousarray(rows), weights[name], trans2=True)
    result += weights[f"{name}_b"]
    return result


def _normal(weights: dict[str, Rows], rows: Rows, name: str) -> Rows:
    centred = rows - rows.mean(axis=1, keepdims=True)
    centred /= np.sqrt((centred**2).mean(axis=1, keepdims=True) + NORM)
    result: Rows = centred * weights[name] + weights[f"{name}_b"]
    return result
