"""Sentences as padded tensors: word pieces, the case features an uncased encoder cannot see, and labels."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

#: Rows of the tables that hashed shapes, suffixes and prefixes index.
BUCKETS = 2048
#: A word is known by its first pieces; the rest of a very long one (a URL) tells nothing more.
PIECES_A_WORD = 6
#: Longer sentences are lists and tables; the encoder has 512 places.
MAX_WORDS = 160
IGNORE = -100


@dataclass
class Item:
    """One sentence for the teacher.

    Attributes:
        words: Its words.
        source: Number of the corpus whose guideline it follows.
        labels: For each task, one class number a word (`IGNORE` where unknown). "heads" holds positions of
            heads, counted from 1, with 0 for the root.
        number: Its place in the caller's list.
    """

    words: Sequence[str]
    source: int = 0
    labels: Mapping[str, Sequence[int]] = field(default_factory=dict)
    number: int = 0


@dataclass
class Batch:
    """Tensors of a few sentences; B sentences, W words, P pieces, words counted without root."""

    pieces: Tensor  # B, P
    mask: Tensor  # B, P: true on pieces
    owner: Tensor  # B, P: the word a piece belongs to, W for [CLS], [SEP] and padding
    first: Tensor  # B, W: the word's first piece
    features: Tensor  # B, W, 3: shape, suffix and prefix buckets
    word_mask: Tensor  # B, W
    source: Tensor  # B
    labels: dict[str, Tensor]  # B, W each
    items: list[Item]


def shape(word: str) -> str:
    """The word's outline with runs cut to two: "Hwasong-18" is "Xxx-dd"."""
    outline = ""
    for char in word:
        kind = "X" if char.isupper() else "x" if char.islower() else "d" if char.isdigit() else char
        if not outline.endswith(kind * 2):
            outline += kind
    return outline[:10]


class Batcher:
    """Turns items into batches of about equal length; remembers how words are cut into pieces."""

    def __init__(self, encoder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.cls, self.sep, self.unknown = (self.tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]", "[UNK]"))
        self._known: dict[str, tuple[list[int], tuple[int, int, int]]] = {}

    def word(self, word: str) -> tuple[list[int], tuple[int, int, int]]:
        """The word's piece numbers and its feature buckets."""
        known = self._known.get(word)
        if known is None:
            pieces = self.tokenizer.encode(word, add_special_tokens=False).ids[:PIECES_A_WORD]
            hashes = (_bucket("s" + shape(word)), _bucket("e" + word[-3:]), _bucket("b" + word[:2]))
            known = self._known[word] = (pieces or [self.unknown], hashes)
        return known

    def length(self, item: Item) -> int:
        """Number of pieces, with the two that frame a sentence."""
        return 2 + sum(len(self.word(word)[0]) for word in item.words)

    def batches(self, items: Sequence[Item], size: int, rng: random.Random | None = None) -> Iterator[Batch]:
        """Batches of at most about `size` pieces, padding included; shuffled when `rng` is given.

        Sentences longer than `MAX_WORDS` are left out.
        """
        lengths = {id(item): self.length(item) for item in items if 0 < len(item.words) <= MAX_WORDS}
        kept = [item for item in items if id(item) in lengths]
        noise = {key: value + (rng.random() * 4 if rng else 0) for key, value in lengths.items()}
        kept.sort(key=lambda item: noise[id(item)])
        groups: list[list[Item]] = [[]]
        longest = 0
        for item in kept:
            longest = max(longest, lengths[id(item)])
            if groups[-1] and longest * (len(groups[-1]) + 1) > size:
                groups.append([])
                longest = lengths[id(item)]
            groups[-1].append(item)
        if rng:
            rng.shuffle(groups)
        for group in groups:
            if group:
                yield self.collate(group)

    def collate(self, items: list[Item]) -> Batch:
        """Pad these items to one batch."""
        count, width = len(items), max(len(item.words) for item in items)
        length = max(self.length(item) for item in items)
        pieces = torch.zeros(count, length, dtype=torch.long)
        owner = torch.full((count, length), width)
        first = torch.zeros(count, width, dtype=torch.long)
        features = torch.zeros(count, width, 3, dtype=torch.long)
        word_mask = torch.zeros(count, width, dtype=torch.bool)
        tasks = items[0].labels.keys()
        labels = {task: torch.full((count, width), IGNORE) for task in tasks}
        for row, item in enumerate(items):
            ids, owners = [self.cls], [width]
            for at, word in enumerate(item.words):
                cut, hashes = self.word(word)
                first[row, at] = len(ids)
                features[row, at] = torch.tensor(hashes)
                ids += cut
                owners += [at] * len(cut)
            ids.append(self.sep)
            owners.append(width)
            pieces[row, : len(ids)] = torch.tensor(ids)
            owner[row, : len(ids)] = torch.tensor(owners)
            word_mask[row, : len(item.words)] = True
            for task in tasks:
                labels[task][row, : len(item.words)] = torch.tensor(item.labels[task])
        mask = torch.arange(length) < torch.tensor([self.length(item) for item in items])[:, None]
        source = torch.tensor([item.source for item in items])
        return Batch(pieces, mask, owner, first, features, word_mask, source, labels, items)


def _bucket(text: str) -> int:
    return zlib.crc32(text.encode()) % (BUCKETS - 1) + 1
