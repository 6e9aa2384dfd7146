"""Trains the model of `analystkit/layers/stances/meaning.py` in torch: one hidden layer over sums of word vectors."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn
from torch.nn.functional import log_softmax

WIDTH, EPOCHS, BATCH, RATE = 64, 12, 128, 2e-3


def train(seen: np.ndarray, wanted: np.ndarray, weights: np.ndarray) -> dict[str, np.ndarray]:
    """The arrays that `Meaning` reads.

    Args:
        seen: What `zones` gives, a row each.
        wanted: Probabilities of negative, neutral and positive for each row.
        weights: What an error costs in each row.
    """
    torch.manual_seed(0)
    mean = seen.mean(axis=0, dtype=np.float64).astype(np.float32)
    spread = np.maximum(seen.astype(np.float32).std(axis=0), 0.03)  # so that rare signs are not blown up
    x = torch.from_numpy((seen.astype(np.float32) - mean) / spread)
    y, cost = torch.from_numpy(wanted.astype(np.float32)), torch.from_numpy(weights.astype(np.float32))
    first, last = nn.Linear(x.shape[1], WIDTH), nn.Linear(WIDTH, 3)
    net = nn.Sequential(nn.Dropout(0.3), first, nn.ReLU(), nn.Dropout(0.4), last)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.05)
    total = EPOCHS * -(-len(x) // BATCH)
    for step in range(total):
        if step % (total // EPOCHS) == 0:
            order = torch.randperm(len(x))
        part = order[(step % (total // EPOCHS)) * BATCH :][:BATCH]
        for group in optimizer.param_groups:
            group["lr"] = RATE * max(0.02, 1 - step / total)
        loss = (-(y[part] * log_softmax(net(x[part]), dim=-1)).sum(-1) * cost[part]).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    w = first.weight.detach().numpy().T / spread[:, None]
    return {
        name: value.astype(np.float16)
        for name, value in {
            "w": w,
            "b": first.bias.detach().numpy() - mean @ w,
            "out": last.weight.detach().numpy().T,
            "bias": last.bias.detach().numpy(),
        }.items()
    }
