"""Trains the small network of `analystkit/layers/stances/net.py` in torch and writes it as numpy arrays."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import log_softmax, relu

from analystkit.layers.stances.net import HIDDEN, LAYERS, PIECES, TABLES, WIDTH, Example

BATCH, RATE, DROPOUT = 32, 2e-3, 0.25


@dataclass(slots=True)
class Lesson:
    """An example with what it should give.

    Attributes:
        example: The marked sentence.
        target: Probabilities of negative, neutral, positive.
        weight: What an error costs.
    """

    example: Example
    target: np.ndarray
    weight: float


class TorchNet(nn.Module):
    """The same computation as `Net`, to be trained."""

    def __init__(self) -> None:
        super().__init__()
        self.tables = nn.ModuleDict({name: nn.Embedding(rows, WIDTH) for name, rows in TABLES.items()})
        for table in self.tables.values():
            nn.init.normal_(table.weight, std=0.15)
        self.layers = nn.ModuleList(nn.Linear(4 * WIDTH, WIDTH * PIECES) for _ in range(LAYERS))
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(LAYERS))
        self.query = nn.Linear(2 * WIDTH, WIDTH, bias=False)
        self.hidden = nn.ModuleDict({task: nn.Linear(4 * WIDTH, HIDDEN) for task in ("directed", "towards")})
        self.out = nn.ModuleDict({task: nn.Linear(HIDDEN, 3) for task in ("directed", "towards")})
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, batch: dict[str, Tensor], task: str) -> Tensor:
        """Logits of negative, neutral, positive."""
        mask = batch["mask"]
        x = self.drop(sum(self.tables[name](batch[name]) for name in TABLES)) * mask[:, :, None]
        heads = batch["head"][:, :, None].expand(-1, -1, WIDTH)
        for layer, norm in zip(self.layers, self.norms, strict=True):
            edge = torch.zeros_like(x[:, :1])
            before, after = torch.cat([edge, x[:, :-1]], 1), torch.cat([x[:, 1:], edge], 1)
            z = layer(torch.cat([before, x, after, torch.gather(x, 1, heads)], dim=-1))
            z = z.view(*x.shape[:2], WIDTH, PIECES).max(dim=-1).values
            x = (x + self.drop(norm(z))) * mask[:, :, None]
        target, holder = _mean(x, batch["is_target"]), _mean(x, batch["is_holder"])
        query = self.query(torch.cat([target, holder], dim=-1))
        scores = (x @ query[:, :, None]).squeeze(-1) / math.sqrt(WIDTH)
        attention = scores.masked_fill(mask == 0, -1e4).softmax(dim=-1)
        seen = (x * attention[:, :, None]).sum(1)
        most = x.masked_fill(mask[:, :, None] == 0, -1e4).max(dim=1).values
        z = self.drop(torch.cat([target, holder, seen, most], dim=-1))
        return self.out[task](self.drop(relu(self.hidden[task](z))))


def train(lessons: dict[str, list[Lesson]], epochs: int) -> TorchNet:
    """Train on lessons of both tasks, named directed and towards."""
    torch.manual_seed(0)
    rng = np.random.RandomState(0)
    net = TorchNet()
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.01)
    total = epochs * sum(math.ceil(len(some) / BATCH) for some in lessons.values())
    step = 0
    for epoch in range(epochs):
        batches = [(task, part) for task, some in lessons.items() for part in _batches(some, rng)]
        losses = 0.0
        for k in rng.permutation(len(batches)):
            task, part = batches[k]
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1, (step + 1) / 200) * max(0.01, 1 - step / total)
            logits = net(tensors([lesson.example for lesson in part]), task)
            wanted = torch.tensor(np.array([lesson.target for lesson in part]), dtype=torch.float32)
            weight = torch.tensor([lesson.weight for lesson in part])
            loss = (-(wanted * log_softmax(logits, dim=-1)).sum(-1) * weight).sum() / weight.sum()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            losses += loss.item()
            step += 1
        print(f"network: epoch {epoch + 1} of {epochs}, loss {losses / len(batches):.4f}", flush=True)
    return net.eval()


def arrays(net: TorchNet) -> dict[str, np.ndarray]:
    """The network as `Net` reads it: tables in 8 bits with a scale a row, the rest in half precision."""
    found: dict[str, np.ndarray] = {}
    for name, table in net.tables.items():
        values = table.weight.detach().numpy()
        scale = np.abs(values).max(axis=1) / 127 + 1e-12
        found[f"table:{name}"] = np.round(values / scale[:, None]).astype(np.int8)
        found[f"scale:{name}"] = scale.astype(np.float32)
    for n, (layer, norm) in enumerate(zip(net.layers, net.norms, strict=True)):
        found |= {f"w{n}": layer.weight.T, f"b{n}": layer.bias, f"g{n}": norm.weight, f"c{n}": norm.bias}
    found["query"] = net.query.weight.T
    for task in ("directed", "towards"):
        found |= {f"{task}:w": net.hidden[task].weight.T, f"{task}:b": net.hidden[task].bias}
        found |= {f"{task}:out": net.out[task].weight.T, f"{task}:bias": net.out[task].bias}
    return {
        name: value if isinstance(value, np.ndarray) else value.detach().numpy().astype(np.float16)
        for name, value in found.items()
    }


def tensors(examples: list[Example]) -> dict[str, Tensor]:
    """Examples, padded to the longest."""
    longest = max(len(one.head) for one in examples)
    rows = {name: np.zeros((len(examples), longest), np.int64) for name in (*TABLES, "head")}
    flags = {name: np.zeros((len(examples), longest), np.float32) for name in ("mask", "is_target", "is_holder")}
    for n, one in enumerate(examples):
        for name in TABLES:
            rows[name][n, : len(one.head)] = one.rows[name]
        rows["head"][n, : len(one.head)] = one.head
        flags["mask"][n, : len(one.head)] = 1
        flags["is_target"][n, one.target] = 1
        flags["is_holder"][n, one.holder] = 1
    return {name: torch.from_numpy(value) for name, value in (rows | flags).items()}


def _mean(x: Tensor, weight: Tensor) -> Tensor:
    return (x * weight[:, :, None]).sum(1) / weight.sum(1, keepdim=True).clamp(min=1)


def _batches(lessons: list[Lesson], rng: np.random.RandomState) -> Iterator[list[Lesson]]:
    order = sorted(range(len(lessons)), key=lambda i: len(lessons[i].example.head) + rng.rand() * 8)
    for k in range(0, len(order), BATCH):
        yield [lessons[i] for i in order[k : k + BATCH]]
