"""Write a file whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from analystkit.errors import AnalystkitError


def write_whole(path: str | os.PathLike[str], content: bytes, *, what: str) -> Path:
    """Write a file beside its target, then rename it, so that the target is never half written.

    Args:
        path: The file to write; an existing one is replaced.
        content: All of it.
        what: What it is, for the message of a failure ("the page").

    Returns:
        The path written.

    Raises:
        AnalystkitError: The file cannot be written there.
    """
    target = Path(path)
    try:
        if not target.name:
            raise IsADirectoryError(None, "Is a directory")
        beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
        try:
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())  # a rename that survives a power cut must not name an empty file
            beside.replace(target)
        except BaseException:  # also when the user interrupts
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or error
        raise AnalystkitError(
            f"cannot write {what} to {target}: {reason}. "
            "Give a file name in a folder that exists and that you may write to."
        ) from error
    return target
