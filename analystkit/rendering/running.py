"""Read a notebook and run it from top to bottom."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import nbformat

from analystkit.errors import NotebookError


def read_notebook(path: Path) -> Any:
    """The notebook in a file.

    Raises:
        NotebookError: There is none, or it cannot be read.
    """
    try:
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
        nbformat.validate(notebook)
    except FileNotFoundError as error:
        raise NotebookError(f"There is no notebook {path}. Check the name and the folder.") from error
    except OSError as error:
        raise NotebookError(f"Cannot read {path}: {error.strerror or error}.") from error
    except Exception as error:  # nbformat has no family of its own: JSON, schema and version errors all differ
        raise NotebookError(f"{path} is not a Jupyter notebook of a version known here ({error}).") from error
    return notebook


def run(notebook: Any, *, folder: Path, name: str, timeout: float = 600) -> Any:
    """A copy of a notebook with the outputs of a fresh run and the state of its widgets.

    Args:
        notebook: The notebook.
        folder: The folder it runs in.
        name: What to call it in an error.
        timeout: Longest time a cell may take, in seconds.

    Raises:
        NotebookError: A cell fails or takes too long, or its kernel is missing or dies.
    """
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    ran = copy.deepcopy(notebook)
    where = {"metadata": {"path": str(folder.resolve())}}
    kernel = ran.metadata.get("kernelspec", {}).get("name", "python3")
    quiet = ["--log-level=ERROR"] if kernel.startswith("python") else []  # ipykernel's advice is not for our user
    client = NotebookClient(ran, timeout=timeout, kernel_name=kernel, resources=where, extra_arguments=quiet)
    try:
        client.execute()
    except CellExecutionError as error:
        raise NotebookError(
            f"{name}: {_place(ran)} fails with {error.ename}: {error.evalue}. Run it in JupyterLab to see where."
        ) from error
    except CellTimeoutError as error:
        raise NotebookError(f"{name}: {_place(ran)} took longer than {timeout:g} seconds.") from error
    except DeadKernelError as error:
        raise NotebookError(f"{name}: the kernel died in {_place(ran)}; it may have run out of memory.") from error
    except NoSuchKernel as error:
        raise NotebookError(f"{name} asks for a kernel {kernel!r}, which is not installed here.") from error
    return ran


def _place(ran: Any) -> str:
    """The code cell that was run last, counted as a person would."""
    cells = [cell for cell in ran.cells if cell.cell_type == "code" and cell.source.strip()]
    done = [number for number, cell in enumerate(cells, 1) if cell.get("execution_count") or cell.outputs]
    return f"code cell {done[-1] if done else 1}"
