"""Write files whole or not at all: the one way in which analystkit writes what somebody asked for."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from analystkit.errors import AnalystkitError


def write_whole(
    path: str | os.PathLike[str], content: bytes, *, what: str, error: type[AnalystkitError] = AnalystkitError
) -> Path:
    """Write a file beside its target, then rename it, so that the target is never half written.

    Args:
        path: The file to write; an existing one is replaced.
        content: All of it.
        what: What it is, for the message of a failure ("the page").
        error: What a failure is raised as.

    Returns:
        The path written.

    Raises:
        AnalystkitError: The file cannot be written there; what stood there before still does.
    """
    return write_together({Path(path): content}, what=what, error=error)[0]


def write_together(
    contents: Mapping[Path, bytes], *, what: str, error: type[AnalystkitError] = AnalystkitError
) -> list[Path]:
    """Write several files: all of them beside their places first, then renamed; see `write_whole`.

    Only a failure between two of the renames could leave some of them old and some new; none is ever half written.
    """
    beside: dict[Path, Path] = {}
    target = Path()
    try:
        for target, content in contents.items():
            if not target.name:
                raise IsADirectoryError(None, "Is a directory")
            beside[target] = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
            with beside[target].open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())  # a rename that survives a power cut must not name an empty file
        for target, part in beside.items():
            part.replace(target)
    except (OSError, ValueError) as cause:  # ValueError: a NUL in the name
        reason = getattr(cause, "strerror", None) or cause
        raise error(
            f"cannot write {what} to {target}: {reason}. "
            "Give a file name in a folder that exists and that you may write to."
        ) from cause
    finally:  # also when the user interrupts
        for part in beside.values():
            with suppress(OSError, ValueError):
                part.unlink(missing_ok=True)
    return list(contents)
