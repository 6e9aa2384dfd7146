"""JupyterLab on the notebooks: in place in the repository, on copies where analystkit is installed.

Copies never overwrite what the user has changed. `.analystkit.json` in the folder notes what each copy was
made from, so that a file the user left alone can be told from one that was edited.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

from analystkit.files import write_whole
from analystkit.packaged import is_checkout, shared

_FOLDERS: Final = ("notebooks", "seeds")
_FIRST: Final = "notebooks/00_start_here.ipynb"
_NOTES: Final = ".analystkit.json"
#: Defaults for JupyterLab's settings, in the form in which it reads them from any of its configuration folders.
_SETTINGS: Final = Path(__file__).parent / "_jupyter"


def prepare(folder: Path | None = None, *, say: Callable[[str], object] = print) -> Path:
    """The folder to start JupyterLab in, with the notebooks and samples in it.

    Args:
        folder: Where to copy them; None for the repository itself or, without one, ./analystkit-notebooks.
        say: Called with each sentence the user should read.

    Raises:
        OSError: A file cannot be read, or a folder not be made.
        AnalystkitError: A file cannot be written.
    """
    if folder is None and is_checkout():
        return shared("notebooks").parent
    folder = Path("analystkit-notebooks") if folder is None else folder
    folder.mkdir(parents=True, exist_ok=True)
    made_from = _read_notes(folder)
    for name, source in _sources():
        _bring(source, folder / name, made_from.get(name), say)
        made_from[name] = _digest(source)
    write_whole(folder / _NOTES, (json.dumps(made_from, indent=1) + "\n").encode(), what="the notes on copies")
    say(f"The notebooks are in {folder}.")
    return folder


def start(folder: Path, arguments: Sequence[str] = ()) -> None:
    """Run JupyterLab in a folder that `prepare` made, until it is stopped.

    `arguments` are JupyterLab's own, for example `["--port", "9999", "--no-browser"]`.
    """
    from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]

    # Do not even ask whether to fetch news; what users have set for themselves goes before these defaults.
    folders = [str(_SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, folders))
    LabApp.launch_instance(
        argv=[
            f"--ServerApp.root_dir={folder.resolve()}",
            f"--LabApp.default_url=/lab/tree/{_FIRST}",
            # Nothing phones home: whatever is set, no news are fetched.
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--LabApp.news_url=None",
            *arguments,
        ]
    )


def _sources() -> Iterator[tuple[str, Path]]:
    """The files that come with analystkit, by their place in the folder."""
    for folder in _FOLDERS:
        root = shared(folder)
        for path in sorted(root.rglob("*")):
            if path.is_file() and not any(part.startswith((".", "__")) for part in path.relative_to(root).parts):
                yield f"{folder}/{path.relative_to(root).as_posix()}", path


def _bring(source: Path, target: Path, made_from: str | None, say: Callable[[str], object]) -> None:
    """Copy one file, unless that would lose something of the user's."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(source, target)
        return
    there, ours = _digest(target), _digest(source)
    if there == ours or made_from == ours:
        return  # the same, or edited by the user while ours has not changed since
    if there == made_from:
        _copy(source, target)
        return
    beside = target.with_name(f"{target.stem}.{version('analystkit')}{target.suffix}")
    if beside.exists():
        return
    _copy(source, beside)
    say(f"You have changed {target}: it is kept, and the new one lies beside it as {beside.name}.")


def _copy(source: Path, target: Path) -> None:
    write_whole(target, source.read_bytes(), what="the copy")  # half a copy would be taken for one that you changed


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_notes(folder: Path) -> dict[str, str]:
    """What each copy was made from; nothing if that is not known."""
    try:
        notes = json.loads((folder / _NOTES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in notes.items()} if isinstance(notes, dict) else {}
