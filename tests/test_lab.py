"""Starting JupyterLab: the notebooks in place in a checkout, otherwise copies that never lose a user's work."""

import json
import os

import pytest
from typer.testing import CliRunner

from analystkit import cli, lab
from analystkit.packaged import samples


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """As if analystkit were installed as a package: its notebooks and seeds, to change at will."""
    share = tmp_path / "package" / "_share"
    for name in (
        "notebooks/00_start_here.ipynb",
        "seeds/a.txt",
        "seeds/.hidden",
        "notebooks/.ipynb_checkpoints/x.ipynb",
    ):
        file = share / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"first {name}", encoding="utf-8")
    monkeypatch.setattr(lab, "shared", lambda name: share / name)
    monkeypatch.setattr(lab, "is_checkout", lambda: False)
    monkeypatch.chdir(tmp_path)
    return share


@pytest.fixture
def said():
    return []


def test_a_checkout_is_used_in_place(said):
    folder = lab.prepare(say=said.append)
    assert (folder / "notebooks" / "00_start_here.ipynb").exists()
    assert (folder / "pyproject.toml").exists()
    assert said == []


def test_copies_go_to_a_folder_of_the_users(installed, tmp_path, said):
    folder = lab.prepare(say=said.append)
    assert folder.resolve() == tmp_path / "analystkit-notebooks"
    copied = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert copied == {"notebooks/00_start_here.ipynb", "seeds/a.txt", ".analystkit.json"}
    assert len(said) == 1


def test_what_the_user_changed_is_kept_and_nothing_piles_up(installed, said):
    mine = lab.prepare(say=said.append) / "notebooks" / "00_start_here.ipynb"
    mine.write_text("my notes", encoding="utf-8")
    for _ in range(2):
        lab.prepare(say=said.append)
    assert mine.read_text(encoding="utf-8") == "my notes"
    assert len(list(mine.parent.iterdir())) == 1


def test_a_new_version_lies_beside_what_the_user_changed(installed, said):
    mine = lab.prepare(say=said.append) / "notebooks" / "00_start_here.ipynb"
    mine.write_text("my notes", encoding="utf-8")
    (installed / "notebooks" / "00_start_here.ipynb").write_text("second", encoding="utf-8")
    for _ in range(2):
        lab.prepare(say=said.append)
    assert mine.read_text(encoding="utf-8") == "my notes"
    [beside] = [path for path in mine.parent.iterdir() if path != mine]
    assert beside.read_text(encoding="utf-8") == "second"
    assert [line for line in said if "changed" in line and beside.name in line]


def test_a_new_version_replaces_what_the_user_left_alone(installed, said):
    theirs = lab.prepare(say=said.append) / "seeds" / "a.txt"
    (installed / "seeds" / "a.txt").write_text("second", encoding="utf-8")
    lab.prepare(say=said.append)
    assert theirs.read_text(encoding="utf-8") == "second"
    assert len(list(theirs.parent.iterdir())) == 1


def test_files_of_the_users_own_are_never_overwritten(installed, tmp_path, said):
    mine = tmp_path / "analystkit-notebooks" / "seeds" / "a.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    lab.prepare(say=said.append)
    assert mine.read_text(encoding="utf-8") == "mine"
    assert len(list(mine.parent.iterdir())) == 2


def test_a_deleted_copy_comes_back(installed, said):
    copy = lab.prepare(say=said.append) / "seeds" / "a.txt"
    copy.unlink()
    lab.prepare(say=said.append)
    assert copy.exists()


@pytest.mark.parametrize("notes", ["not json", json.dumps(["a list"])])
def test_damaged_notes_lose_nothing(installed, said, notes):
    folder = lab.prepare(say=said.append)
    mine = folder / "seeds" / "a.txt"
    mine.write_text("mine", encoding="utf-8")
    (folder / ".analystkit.json").write_text(notes, encoding="utf-8")
    lab.prepare(say=said.append)
    assert mine.read_text(encoding="utf-8") == "mine"


@pytest.fixture
def started(monkeypatch):
    from jupyterlab.labapp import LabApp

    calls = []
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", os.environ.get("JUPYTER_CONFIG_PATH", ""))  # lab changes it
    monkeypatch.setattr(LabApp, "launch_instance", lambda argv: calls.append(argv))
    return calls


def test_lab_opens_the_first_notebook_and_passes_options_on(installed, started, tmp_path):
    result = CliRunner().invoke(cli.app, ["lab", "--folder", "here", "--", "--port", "9999", "--no-browser"])
    assert result.exit_code == 0
    [argv] = started
    assert argv[-3:] == ["--port", "9999", "--no-browser"]
    assert f"--ServerApp.root_dir={tmp_path / 'here'}" in argv
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb" in argv


def test_lab_phones_nobody(installed, started):
    from jupyterlab import NeverCheckForUpdate
    from jupyterlab.labapp import LabApp

    CliRunner().invoke(cli.app, ["lab"])
    [argv] = started
    app = LabApp()
    app.parse_command_line(argv)
    assert app.check_for_updates_class is NeverCheckForUpdate
    assert app.news_url is None


def test_lab_does_not_ask_whether_to_fetch_news(installed, started, tmp_path, monkeypatch):
    from jupyterlab_server.settings_utils import _get_overrides

    site = tmp_path / "site" / "labconfig"
    site.mkdir(parents=True)
    (site / "default_setting_overrides.json").write_text('{"theme": {"theme": "dark"}}', encoding="utf-8")
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(site.parent))
    CliRunner().invoke(cli.app, ["lab"])
    settings, error = _get_overrides(str(tmp_path))
    assert error == ""
    assert settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    assert settings["theme"] == {"theme": "dark"}


def test_lab_says_when_it_cannot_copy(installed, started, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    result = CliRunner().invoke(cli.app, ["lab", "--folder", str(tmp_path / "file" / "inside")])
    assert result.exit_code == 1
    assert result.stderr.startswith("analystkit: lab: ")
    assert started == []


def test_samples_lie_beside_the_notebooks_or_come_with_the_package(tmp_path, monkeypatch):
    assert "harbour-treaty" in samples()
    assert "README" not in samples()
    mine = tmp_path / "seeds"
    mine.mkdir()
    (mine / "mine.md").write_text("Mine", encoding="utf-8")
    (mine / "mine.gold.json").write_text("{}", encoding="utf-8")
    (tmp_path / "notebooks").mkdir()
    for folder in (tmp_path, tmp_path / "notebooks"):
        monkeypatch.chdir(folder)
        assert list(samples()) == ["mine"]
    assert samples(mine)["mine"].read_text(encoding="utf-8") == "Mine"
    with pytest.raises(FileNotFoundError, match="nowhere"):
        samples(tmp_path / "nowhere")
