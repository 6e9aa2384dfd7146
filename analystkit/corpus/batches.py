"""Inputs in batches: what is worked on, stored, or done again, as a whole.

The batches depend on nothing but the inputs, so that a second run makes the same ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from analystkit.corpus.inputs import Input
from analystkit.errors import ArticleError

#: Characters in a batch: few in the first, so that a small corpus spreads over all workers and shows its first
#: results soon; more and more, so that a large one has few files.
FIRST_SIZE: Final = 25_000
LARGEST_SIZE: Final = 400_000
_SAME_SIZE: Final = 8  # batches before the size doubles
_MOST_INPUTS: Final = 1_000


@dataclass(frozen=True)
class Batch:
    """Some inputs that follow each other.

    Attributes:
        number: Which batch, from 0.
        first: The number of its first input within the whole, from 1.
        inputs: The inputs.
    """

    number: int
    first: int
    inputs: tuple[Input, ...]

    @cached_property
    def digest(self) -> str:
        """What its inputs say, as hexadecimal digits."""
        told = "".join(f"{one.name}\0{one.digest}\0" for one in self.inputs)
        return hashlib.blake2b(told.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def batches(inputs: Iterable[Input], size: int | None = None) -> Iterator[Batch]:
    """Inputs in batches; one that repeats another, or its id, is replaced by the error that says so.

    Args:
        inputs: The inputs.
        size: Characters in each batch, None for a size that grows. A batch has at least one input.
    """
    waiting: list[Input] = []
    filled = number = 0
    position = 1
    for one in _single(inputs):
        limit = size or min(FIRST_SIZE * 2 ** (number // _SAME_SIZE), LARGEST_SIZE)
        if waiting and (filled + one.size > limit or len(waiting) == _MOST_INPUTS):
            yield Batch(number, position, tuple(waiting))
            number, position, filled = number + 1, position + len(waiting), 0
            waiting = []
        waiting.append(one)
        filled += one.size
    if waiting:
        yield Batch(number, position, tuple(waiting))


def _single(inputs: Iterable[Input]) -> Iterator[Input]:
    seen: dict[int, int] = {}
    for number, one in enumerate(inputs, start=1):
        key = int(one.digest[:15], 16) if one.id is None else _key(one.id)
        earlier = seen.setdefault(key, number)
        if earlier != number and not isinstance(one.content, ArticleError):
            what = f"Its id, {one.id}, is that of" if one.id else "It is the same as"
            yield Input(one.name, ArticleError(f"{what} input {earlier}; it was left out."))
        else:
            yield one


def _key(name: str) -> int:
    """A small stand-in for an id: a hundred thousand ids would take tens of megabytes."""
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
