"""The attention of the token layer: each token looks at those within its reach, whatever the pieces are."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from spacy.ml.models.tok2vec import MaxoutWindowEncoder

from analystkit.english import attention, tokenlayer
from analystkit.english.attention import HEADS, NORM, REACH, shapes
from analystkit.english.tokenlayer import Layer, encoded

WIDTH = 8


@pytest.fixture
def layer() -> Layer:
    """Convolutions and attention, with weights drawn at random."""
    model = attention.attention(MaxoutWindowEncoder(WIDTH, window_size=1, maxout_pieces=2, depth=2))
    model.initialize([np.zeros((1, WIDTH), dtype=np.float32)])
    rng = np.random.default_rng(4)
    for name, shape in shapes(WIDTH).items():
        model.set_param(name, rng.normal(size=shape).astype(np.float32))
    return model


def texts(*lengths: int) -> list[NDArray[np.float32]]:
    rng = np.random.default_rng(9)
    return [rng.normal(size=(length, WIDTH)).astype(np.float32) for length in lengths]


def linear(weights: dict[str, Any], name: str, row: Any) -> Any:
    return weights[name] @ row + weights[f"{name}_b"]


def normal(weights: dict[str, Any], name: str, row: Any) -> Any:
    return (row - row.mean()) / np.sqrt(row.var() + NORM) * weights[name] + weights[f"{name}_b"]


def attended(weights: dict[str, Any], rows: Any, i: int) -> Any:
    """What one token sees, one head at a time."""
    size = WIDTH // HEADS
    seen = range(max(i - REACH, 0), min(i + REACH + 1, len(rows)))
    asked = {j: linear(weights, "ask", normal(weights, "ask_norm", rows[j])) for j in seen}
    told = []
    for head in range(HEADS):
        query, key, value = (slice(part * WIDTH + head * size, part * WIDTH + (head + 1) * size) for part in range(3))
        scores = np.array(
            [asked[i][query] @ asked[j][key] / size**0.5 + weights["ask_far"][head, j - i + REACH] for j in seen]
        )
        shares = np.exp(scores - scores.max())
        told.append(sum(share * asked[j][value] for share, j in zip(shares / shares.sum(), seen, strict=True)))
    row = rows[i] + linear(weights, "told", np.concatenate(told))
    return row + linear(weights, "mixed", np.maximum(linear(weights, "mix", normal(weights, "mix_norm", row)), 0))


@pytest.mark.parametrize("length", [1, 2, REACH, 32, 33, 100])
def test_each_token_sees_those_within_reach(layer: Layer, length: int) -> None:
    inputs = texts(length)
    (before,) = layer.layers[0].predict(inputs)
    weights = {name: layer.get_param(name) for name in layer.param_names}
    (found,) = layer.predict(inputs)
    for i in {0, length // 2, length - 1}:
        np.testing.assert_allclose(found[i], attended(weights, before, i), rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("piece", [1, 7, 50, 1000])
def test_the_same_in_pieces_of_any_size(layer: Layer, piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = texts(90, 0, 3, 200)
    whole = [layer.predict([rows])[0] for rows in inputs]
    monkeypatch.setattr(tokenlayer, "PIECE", piece)
    for found, rows in zip(encoded(layer, inputs), whole, strict=True):
        np.testing.assert_allclose(found, rows, rtol=1e-3, atol=1e-3)


def test_it_says_where_it_learns(layer: Layer) -> None:
    with pytest.raises(RuntimeError, match=r"training/student\.py"):
        layer(texts(2), is_train=True)
