"""The notebooks: each runs from top to bottom where it lies, and is kept without outputs."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_there_are_notebooks_to_test():
    assert [path.stem[:3] for path in NOTEBOOKS[:2]] == ["00_", "01_"]


@every_notebook
def test_runs_from_top_to_bottom(path, tmp_path):
    # on a copy laid out as `analystkit lab` does it: the notebooks write files beside themselves
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "notebooks").mkdir()
    notebook = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(tmp_path / "notebooks")}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=where).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert outputs
    assert not [output for output in outputs if output.get("name") == "stderr"], "no warnings in a first run"


@every_notebook
def test_is_kept_without_outputs(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            assert cell.outputs == [], f"{cell.id}: clear the outputs (nbstripout does it)"
            assert cell.execution_count is None, f"{cell.id}: clear the execution count"


@every_notebook
def test_is_well_formed_with_lasting_ids(path):
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(name.replace("-", "").isalpha() for name in ids), "give cells names that say what they do"


@every_notebook
def test_is_short_to_read(path):
    notebook = nbformat.read(path, as_version=4)
    assert notebook.cells[0].source.startswith("# ")
    assert "## Next" in notebook.cells[-1].source
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert 1 <= len(cell.source.splitlines()) <= 7, f"{cell.id}: move the code into the package"


@every_notebook
def test_links_between_notebooks_lead_somewhere(path):
    import re

    for cell in nbformat.read(path, as_version=4).cells:
        for target in re.findall(r"\]\(([^)#]+\.ipynb)\)", cell.source):
            assert (path.parent / target).exists(), f"{cell.id}: no notebook {target}"
