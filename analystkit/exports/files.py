"""Files of an export, read within bounds."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path

from analystkit.errors import FormatError

MAX_BYTES = 64_000_000
"""Largest export that is read, in bytes, all its files taken together."""


def take(parts: Mapping[str, Path]) -> dict[str, bytes]:
    """Read those of the files that exist.

    Raises:
        FormatError: one is a link or no ordinary file (exports that come from others may lead anywhere by such
            means), they are larger than `MAX_BYTES` together, or one cannot be read.
    """
    found: dict[str, bytes] = {}
    left = MAX_BYTES
    for name, path in parts.items():
        try:
            status = path.lstat() if len(parts) > 1 else path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise FormatError(f"{path} is not an ordinary file, and is not read.")
            with path.open("rb") as file:
                found[name] = file.read(left + 1)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise FormatError(f"Cannot read {path}: {error.strerror or error}.") from error
        left -= len(found[name])
        if left < 0:
            raise FormatError(f"{path} is too large: an export of more than {MAX_BYTES // 1_000_000} MB is not read.")
    return found
