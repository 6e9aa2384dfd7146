"""Networks of the teacher: one encoder that sees case, with heads for syntax or for names."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel
from transformers.utils import logging

from training.teacher.batches import BUCKETS, IGNORE, Batch

logging.set_verbosity_error()  # the pooler it misses is not used
logging.disable_progress_bar()
FEATURE_WIDTH = 64
LAYERS_MIXED = 4


class Encoder(nn.Module):
    """MiniLM with shapes, suffixes, prefixes and the corpus added to its input and to its output.

    MiniLM's vocabulary is lower case. Added to the input, case takes part in attention, which names need;
    the piece embeddings stay as they were, since a small corpus touches few of them.
    """

    def __init__(self, path: Path, *, sources: int) -> None:
        super().__init__()
        self.bert = AutoModel.from_pretrained(path, add_pooling_layer=False, attn_implementation="eager")
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)
        hidden = self.bert.config.hidden_size
        self.seen = nn.ModuleList(nn.Embedding(BUCKETS, hidden) for _ in range(3))
        self.source = nn.Embedding(sources, hidden)
        for table in [*self.seen, self.source]:
            nn.init.normal_(table.weight, std=0.01)
        self.told = nn.ModuleList(nn.Embedding(BUCKETS, FEATURE_WIDTH) for _ in range(3))
        self.mix = nn.Parameter(torch.zeros(LAYERS_MIXED))
        self.width = hidden + 3 * FEATURE_WIDTH

    def forward(self, batch: Batch) -> Tensor:
        """Word vectors, (B, W, width)."""
        seen = sum(table(batch.features[..., i]) for i, table in enumerate(self.seen))
        seen = functional.pad(seen, (0, 0, 0, 1))  # [CLS], [SEP] and padding own no word: the zero row
        spread = torch.gather(seen, 1, batch.owner[..., None].expand(-1, -1, seen.shape[-1]))
        known = self.bert.embeddings.word_embeddings(batch.pieces)
        inputs = known + spread + self.source(batch.source)[:, None]
        output = self.bert(inputs_embeds=inputs, attention_mask=batch.mask.long(), output_hidden_states=True)
        layers = torch.stack([layer.float() for layer in output.hidden_states[-LAYERS_MIXED:]])
        mixed = torch.einsum("l,lbph->bph", self.mix.softmax(0), layers)
        words = torch.gather(mixed, 1, batch.first[..., None].expand(-1, -1, mixed.shape[-1]))
        told = [table(batch.features[..., i]) for i, table in enumerate(self.told)]
        return torch.cat([words, *told], dim=-1)


class Tagger(nn.Module):
    """One hidden layer, then a linear layer for each word-level task."""

    def __init__(self, encoder: nn.Module, sizes: dict[str, int], *, hidden: int = 512, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(dropout)
        self.hidden = nn.Linear(encoder.width, hidden)
        self.out = nn.ModuleDict({task: nn.Linear(hidden, size) for task, size in sizes.items()})

    def vectors(self, batch: Batch) -> Tensor:
        """Word vectors with dropout, (B, W, width)."""
        return self.drop(self.encoder(batch))

    def tag(self, vectors: Tensor) -> dict[str, Tensor]:
        """Scores (B, W, classes) for each word-level task."""
        hidden = self.drop(functional.gelu(self.hidden(vectors)))
        return {task: layer(hidden).float() for task, layer in self.out.items()}

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """Scores for each task."""
        return self.tag(self.vectors(batch))

    def loss(self, batch: Batch) -> Tensor:
        """Sum over tasks of the mean cross-entropy a word."""
        scores = self(batch)
        return torch.stack([cross_entropy(scores[task], batch.labels[task]) for task in self.out]).sum()


class Parser(Tagger):
    """Tags and a dependency tree: biaffine attention scores every pair of words, then every label.

    Scores: "heads" (B, W, W + 1), candidate 0 being the root; "labels" for given heads.
    """

    def __init__(
        self,
        encoder: nn.Module,
        sizes: dict[str, int],
        *,
        labels: int,
        arc: int = 320,
        rel: int = 128,
        hidden: int = 512,
        dropout: float = 0.2,
    ) -> None:
        super().__init__(encoder, sizes, hidden=hidden, dropout=dropout)
        self.root = nn.Parameter(torch.randn(encoder.width) * 0.02)
        self.arc_head, self.arc_child = nn.Linear(encoder.width, arc), nn.Linear(encoder.width, arc)
        self.rel_head, self.rel_child = nn.Linear(encoder.width, rel), nn.Linear(encoder.width, rel)
        self.arc = nn.Parameter(torch.zeros(arc + 1, arc))
        self.rel = nn.Parameter(torch.zeros(labels, rel + 1, rel + 1))
        nn.init.normal_(self.arc, std=0.02)
        nn.init.normal_(self.rel, std=0.02)

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """Scores of the word-level tasks, and of "heads"; keeps what `relations` needs under "_pair"."""
        vectors = self.vectors(batch)
        scores = self.tag(vectors)
        rooted = torch.cat([self.root.expand(len(vectors), 1, -1), vectors], dim=1)
        child = self.drop(functional.gelu(self.arc_child(vectors))).float()
        head = self.drop(functional.gelu(self.arc_head(rooted))).float()
        arcs = functional.pad(child, (0, 1), value=1.0) @ self.arc @ head.transpose(1, 2)
        possible = functional.pad(batch.word_mask, (1, 0), value=True)
        scores["heads"] = arcs.masked_fill(~possible[:, None], -1e9)
        scores["_child"] = self.drop(functional.gelu(self.rel_child(vectors))).float()
        scores["_head"] = self.drop(functional.gelu(self.rel_head(rooted))).float()
        return scores

    def relations(self, scores: dict[str, Tensor], heads: Tensor) -> Tensor:
        """Scores of the labels, (B, W, labels), when words hang from `heads` (B, W)."""
        chosen = torch.gather(scores["_head"], 1, heads[..., None].expand(-1, -1, scores["_head"].shape[-1]))
        child = functional.pad(scores["_child"], (0, 1), value=1.0)
        head = functional.pad(chosen, (0, 1), value=1.0)
        left = torch.einsum("bwi,lij->bwlj", child, self.rel)
        return torch.einsum("bwlj,bwj->bwl", left, head)

    def loss(self, batch: Batch) -> Tensor:
        """Cross-entropy of heads and labels, and half that of the tags."""
        scores = self(batch)
        heads = batch.labels["heads"]
        labels = self.relations(scores, heads.clamp(min=0))
        tags = torch.stack([cross_entropy(scores[task], batch.labels[task]) for task in self.out]).sum()
        tree = cross_entropy(scores["heads"], heads) + cross_entropy(labels, batch.labels["deps"])
        return tree + 0.5 * tags


def cross_entropy(scores: Tensor, labels: Tensor) -> Tensor:
    """The mean over the words (B, W) that have a label of scores (B, W, classes); 0 if none has."""
    scores = scores.float().flatten(0, 1)
    total = functional.cross_entropy(scores, labels.flatten(), ignore_index=IGNORE, reduction="sum")
    return total / (labels != IGNORE).sum().clamp(min=1)
