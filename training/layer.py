"""The student's token layer in PyTorch, and documents as batches of numbers.

The module computes exactly what spaCy's `MultiHashEmbed` and `MaxoutWindowEncoder` and `analystkit.english.attention`
compute one after the other, and its weights are copied into them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.attrs import intify_attr
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from thinc.api import Model
from torch import Tensor, nn
from torch.nn import functional

from analystkit.english.attention import HEADS, NORM, REACH
from training.corpora import SEED
from training.teacher.batches import IGNORE

PIECES = 3  # of maxout


class TokenLayer(nn.Module):
    """Hashed embeddings, word vectors, a mixing layer, convolutions and self-attention.

    Shapes and weights are read from the spaCy layer `layer`; `vectors` (words, M) stay as they are. In training,
    `blind` of the tokens are seen without their form (the first table) and as many without their vector, so that the
    rest learns to do without: to the words that nobody has met.
    """

    def __init__(self, layer: Model, vectors: NDArray[np.float32], *, dropout: float = 0.1, blind: float = 0.0) -> None:
        super().__init__()
        self.blind = blind
        nodes = list(layer.walk(order="dfs_pre"))
        # The last row is that of unknown words.
        known = torch.from_numpy(np.vstack([vectors, np.zeros_like(vectors[:1])]))
        self.known = nn.Embedding.from_pretrained(known, freeze=True)
        (static,) = (node for node in nodes if node.name == "static_vectors")
        self.project = nn.Linear(vectors.shape[1], static.get_dim("nO"), bias=False)
        self.project.weight.data = _tensor(static, "W")
        self.tables = nn.ModuleList(
            nn.EmbeddingBag.from_pretrained(_tensor(node, "E"), freeze=False, mode="sum")
            for node in nodes
            if node.name == "hashembed"
        )
        self.maxouts = nn.ModuleList(_linear(node) for node in nodes if node.name == "maxout")
        self.norms = nn.ModuleList(_norm(node) for node in nodes if node.name == "layernorm")
        self.drop = nn.Dropout(dropout)
        self.width = self.norms[0].weight.shape[0]
        self.depth = len(self.norms) - 1
        (attention,) = (node for node in nodes if node.name == "attention")
        self.attention = Attention(self.width, dropout)
        self.attention.copy_from(attention)

    def forward(self, batch: DocBatch) -> Tensor:
        """Token vectors, (B, W, width)."""
        count, width = batch.word_mask.shape
        parts = [table(batch.rows[..., i, :].flatten(0, 1)) for i, table in enumerate(self.tables)]
        parts.append(self.project(self.known(batch.words % len(self.known.weight))).flatten(0, 1))
        if self.training and self.blind:
            for part in (0, -1):
                parts[part] = parts[part] * (torch.rand(len(parts[part]), 1) >= self.blind)
        mixed = self._layer(0, torch.cat(parts, dim=-1)).view(count, width, -1)
        # spaCy pads documents with as many rows of zeros as the convolutions reach, and so do we.
        state = functional.pad(mixed * batch.word_mask[..., None], (0, 0, self.depth, self.depth))
        for number in range(1, self.depth + 1):
            around = functional.pad(state, (0, 0, 1, 1))
            window = torch.cat([around[:, :-2], around[:, 1:-1], around[:, 2:]], dim=-1)
            state = state + self._layer(number, window)
        seen: Tensor = self.attention(state[:, self.depth : -self.depth], batch.word_mask)
        return seen

    def _layer(self, number: int, inputs: Tensor) -> Tensor:
        scores = self.maxouts[number](inputs)
        best = scores.unflatten(-1, (-1, PIECES)).amax(-1)
        return self.drop(self.norms[number](best))

    def copy_to(self, layer: Model) -> None:
        """Write the weights into a spaCy layer of the same shape."""
        tables, maxouts, norms = iter(self.tables), iter(self.maxouts), iter(self.norms)
        for node in layer.walk(order="dfs_pre"):
            if node.name == "hashembed":
                node.set_param("E", _array(next(tables).weight))
            elif node.name == "static_vectors":
                node.set_param("W", _array(self.project.weight))
            elif node.name == "maxout":
                linear = next(maxouts)
                node.set_param("W", _array(linear.weight).reshape(node.get_param("W").shape))
                node.set_param("b", _array(linear.bias).reshape(node.get_param("b").shape))
            elif node.name == "layernorm":
                norm = next(norms)
                node.set_param("G", _array(norm.weight))
                node.set_param("b", _array(norm.bias))
            elif node.name == "attention":
                self.attention.copy_to(node)


class Attention(nn.Module):
    """Self-attention over the tokens around each; see `analystkit.english.attention`."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.ask_norm, self.mix_norm = nn.LayerNorm(width, eps=NORM), nn.LayerNorm(width, eps=NORM)
        self.ask, self.told = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.ask_far = nn.Parameter(torch.zeros(HEADS, 2 * REACH + 1))
        self.mix, self.mixed = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.drop = nn.Dropout(dropout)
        for layer in (self.told, self.mixed):  # adds nothing at first
            nn.init.zeros_(layer.weight)

    def forward(self, rows: Tensor, words: Tensor) -> Tensor:
        """Token vectors (B, W, width) that have looked at those around them; `words` (B, W) tells padding."""
        count, length, width = rows.shape
        queries, keys, values = self.ask(self.ask_norm(rows)).view(count, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        places = torch.arange(length)
        away = places[None] - places[:, None]
        scores = (queries @ keys.transpose(2, 3)).float() / (width // HEADS) ** 0.5
        scores = scores + self.ask_far[:, away.clamp(-REACH, REACH) + REACH]
        near = (away.abs() <= REACH) & (words[:, None] | torch.eye(length).bool())  # padding sees itself
        told = scores.masked_fill(~near[:, None], -1e9).softmax(-1) @ values.float()
        rows = rows + self.drop(self.told(told.transpose(1, 2).flatten(2)))
        return rows + self.drop(self.mixed(functional.relu(self.mix(self.mix_norm(rows)))))

    def copy_to(self, node: Model) -> None:
        """Write the weights into the layer that predicts."""
        for name, weight in named(self.state_dict()):
            node.set_param(name, _array(weight).reshape(node.get_param(name).shape))

    def copy_from(self, node: Model) -> None:
        """Take the weights of the layer that predicts, unless it has none: it was not trained yet."""
        for name, weight in named(self.state_dict()):
            if node.get_param("ask").any():
                weight.copy_(torch.from_numpy(node.get_param(name)).view_as(weight))


def named(weights: Mapping[str, Tensor]) -> Iterator[tuple[str, Tensor]]:
    """PyTorch's weights under the names that they have in the pipeline: "ask.weight" is "ask", "ask.bias" "ask_b"."""
    for key, weight in weights.items():
        yield key.removesuffix(".weight").replace(".bias", "_b"), weight


def small_projection(layer: Model) -> None:
    """Make an untrained layer's word vectors as large as its hashed ones."""
    (static,) = (node for node in layer.walk() if node.name == "static_vectors")
    shape = static.get_param("W").shape
    rng = np.random.default_rng(SEED)
    static.set_param("W", rng.normal(scale=0.2 / shape[1] ** 0.5, size=shape).astype(np.float32))


def _tensor(node: Model, name: str) -> Tensor:
    return torch.tensor(node.get_param(name))


def _array(tensor: Tensor) -> NDArray[np.float32]:
    return tensor.detach().numpy().copy()


def _linear(node: Model) -> nn.Linear:
    weight = _tensor(node, "W").flatten(0, 1)
    linear = nn.Linear(weight.shape[1], weight.shape[0])
    linear.weight.data, linear.bias.data = weight, _tensor(node, "b").flatten()
    return linear


def _norm(node: Model) -> nn.LayerNorm:
    norm = nn.LayerNorm(node.get_dim("nO"), eps=1e-8)
    norm.weight.data, norm.bias.data = _tensor(node, "G"), _tensor(node, "b")
    return norm


@dataclass
class DocItem:
    """A document as numbers, with class numbers for each task."""

    rows: NDArray[np.int16]  # of the embedding tables, W, tables, 4
    words: NDArray[np.int16]  # rows of the word vectors, W; -1 where there is none
    labels: dict[str, NDArray[np.int16]]


@dataclass
class DocBatch:
    """Tensors of a few documents."""

    rows: Tensor  # B, W, tables, 4
    words: Tensor  # B, W
    word_mask: Tensor  # B, W
    labels: dict[str, Tensor]  # B, W each


def read(folder: Path, nlp: Language) -> list[Doc]:
    """The Docs of a folder of `.spacy` files."""
    return [doc for path in sorted(folder.glob("*.spacy")) for doc in DocBin().from_disk(path).get_docs(nlp.vocab)]


def items(
    docs: Iterable[Doc], nlp: Language, layer: Model, labels: Callable[[Doc], dict[str, list[int]]]
) -> Iterator[DocItem]:
    """Documents as numbers, with the token attributes that the tokenizer gives them, and `labels` of each."""
    (extract,) = (node for node in layer.walk() if node.name == "extract_features")
    columns = [intify_attr(name) for name in extract.attrs["columns"]]
    tables = [node for node in layer.walk(order="dfs_pre") if node.name == "hashembed"]
    for doc in docs:
        made = nlp.make_doc(doc.text)
        same = len(made) == len(doc) and all(a.text == b.text for a, b in zip(made, doc, strict=True))
        seen = made if same else doc
        ids = seen.to_array(columns).reshape(len(doc), -1)
        words = nlp.vocab.vectors.find(keys=seen.to_array(nlp.vocab.vectors.attr))
        rows = [layer.ops.hash(np.ascontiguousarray(ids[:, i]), table.attrs["seed"]) % table.get_dim("nV")
                for i, table in enumerate(tables)]  # fmt: skip
        numbers = {task: np.array(values, dtype=np.int16) for task, values in labels(doc).items()}
        yield DocItem(np.stack(rows, axis=1).astype(np.int16), words.astype(np.int16), numbers)


def batches(docs: Sequence[DocItem], size: int, rng: random.Random) -> Iterator[DocBatch]:
    """Shuffled batches of documents of about equal length, `size` tokens each with padding."""
    order = sorted(docs, key=lambda item: len(item.rows) * (1 + rng.random() * 0.2))
    groups: list[list[DocItem]] = [[]]
    for item in order:
        if groups[-1] and max(len(item.rows), len(groups[-1][-1].rows)) * (len(groups[-1]) + 1) > size:
            groups.append([])
        groups[-1].append(item)
    rng.shuffle(groups)
    for group in groups:
        yield _collate(group)


def _collate(group: list[DocItem]) -> DocBatch:
    count, width = len(group), max(len(item.rows) for item in group)
    rows = torch.zeros(count, width, *group[0].rows.shape[1:], dtype=torch.long)
    words = torch.full((count, width), -1)
    mask = torch.zeros(count, width, dtype=torch.bool)
    labels = {task: torch.full((count, width), IGNORE) for task in group[0].labels}
    for at, item in enumerate(group):
        length = len(item.rows)
        rows[at, :length] = torch.from_numpy(item.rows.astype(np.int64))
        words[at, :length] = torch.from_numpy(item.words.astype(np.int64))
        mask[at, :length] = True
        for task, values in item.labels.items():
            labels[task][at, :length] = torch.from_numpy(values.astype(np.int64))
    return DocBatch(rows, words, mask, labels)
