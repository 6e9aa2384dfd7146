"""Files of an export: written together or not at all, and read within bounds."""

from __future__ import annotations

import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from analystkit.errors import FormatError

MAX_BYTES = 64_000_000
"""Largest export that is read, in bytes, all its files taken together."""


def put(files: Mapping[Path, bytes]) -> None:
    """Write files: all of them beside their places first, then renamed, so that none is ever half written.

    Raises:
        FormatError: one of them cannot be written; what stood there before still does.
    """
    beside = {path: path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part") for path in files}
    try:
        for path, content in files.items():
            beside[path].write_bytes(content)
        for path, part in beside.items():
            part.replace(path)
    except OSError as error:
        raise FormatError(
            f"Cannot write {error.filename2 or path}: {error.strerror or error}. "
            "Give a name in a folder that exists and that you may write to."
        ) from error
    finally:
        for part in beside.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)


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
