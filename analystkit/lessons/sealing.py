"""Hides an exercise's key in the exercise itself: from a glance, not from an expert.

The key travels with the exercise, so that a page without Python can check answers, too. It is masked with numbers from
a generator that the salt starts, and written in base64: who reads the page's source or the notebook's file does not
stumble on the answers. Whoever wants to can undo it, with the few lines below; an examination is no use for it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analystkit.errors import ExerciseError
from analystkit.files import write_whole
from analystkit.wire import Describable, as_dict


def seal(key: Any, *, salt: int | None = None) -> str:
    """A key as text that does not show it.

    Args:
        key: Anything JSON can hold.
        salt: A number below 2**32; a random one by default.
    """
    salt = secrets.randbits(32) if salt is None else salt
    data = json.dumps(key, ensure_ascii=False, separators=(",", ":")).encode()
    masked = bytes(byte ^ mask for byte, mask in zip(data, _mask(salt), strict=False))
    return f"{salt:08x}:{base64.b64encode(masked).decode()}"


def unseal(sealed: str) -> Any:
    """The key again.

    Raises:
        ExerciseError: The text is not what `seal` wrote.
    """
    try:
        salt, _, masked = sealed.partition(":")
        data = base64.b64decode(masked, validate=True)
        return json.loads(bytes(byte ^ mask for byte, mask in zip(data, _mask(int(salt, 16)), strict=False)))
    except (ValueError, binascii.Error) as error:
        raise ExerciseError("The exercise's key is damaged. Make the exercise again from its analysis.") from error


def _mask(salt: int) -> Iterator[int]:
    """Bytes of the generator mulberry32 (public domain, Tommy Ettinger), which JavaScript computes alike."""
    state = salt & 0xFFFFFFFF
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        mixed = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        mixed ^= (mixed + ((mixed ^ (mixed >> 7)) * (mixed | 61))) & 0xFFFFFFFF
        yield ((mixed ^ (mixed >> 14)) & 0xFFFFFFFF) >> 24


def read_sealed(path: str | os.PathLike[str]) -> dict[str, Any]:
    """A corrected analysis from a file that `write_sealed` wrote.

    Raises:
        ExerciseError: The file cannot be read, or is damaged.
    """
    try:
        content = Path(path).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise ExerciseError(f"Cannot read the sealed analysis {path}: {error}.") from error
    return dict(unseal(content))


def write_sealed(analysis: Describable | Mapping[str, Any], path: str | os.PathLike[str]) -> Path:
    """Write a corrected analysis so that students who come across the file do not see the answers at a glance.

    Raises:
        AnalystkitError: The file cannot be written there.
    """
    data = as_dict(analysis)
    salt = int.from_bytes(hashlib.sha256(data["text"].encode()).digest()[:4])
    return write_whole(path, seal(data, salt=salt).encode("ascii"), what="the sealed analysis")
