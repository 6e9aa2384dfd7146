"""The app's settings: on this computer only, called by its own name only, asking nobody else."""

from importlib.util import find_spec

import pytest
from typer.testing import CliRunner

from analystkit import app, cli


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
def test_loopback_is_local_and_checks_the_name_it_is_called_by(host):
    assert app.is_local(host)
    assert app.settings(host)["allow_remote_access"] is False


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "::", "example.org", ""])
def test_everything_else_is_not(host):
    assert not app.is_local(host)
    assert app.settings(host)["allow_remote_access"] is True


def test_policy_names_no_other_server():
    policy = app.settings("127.0.0.1")["headers"]["Content-Security-Policy"]
    assert "http" not in policy
    assert "*" not in policy
    assert "default-src 'self'" in policy


@pytest.fixture
def started(monkeypatch):
    calls = []
    monkeypatch.setattr(app, "start", lambda notebook, **options: calls.append((notebook, options)))
    return calls


def test_the_article_notebook_is_served_to_this_computer_by_default(started):
    assert CliRunner().invoke(cli.app, ["app", "--no-browser"]).exit_code == 0
    [(notebook, options)] = started
    assert notebook.name == "01_read_an_article.ipynb"
    assert notebook.is_file()
    assert options == {"host": "127.0.0.1", "port": 8866, "browser": False}


def test_opening_it_to_others_is_done_with_a_warning(started):
    result = CliRunner().invoke(cli.app, ["app", "--host", "0.0.0.0"])
    assert result.exit_code == 0
    assert "everyone who can reach 0.0.0.0 can use this app" in result.stderr


def test_voila_understands_the_arguments(tmp_path):
    if find_spec("voila") is None:
        pytest.skip("the extra app is not installed")
    from voila.app import Voila

    voila = Voila()
    voila.parse_command_line(app.arguments(tmp_path / "a.ipynb", host="127.0.0.1", port=9999, browser=False))
    assert (voila.ip, voila.port, voila.open_browser) == ("127.0.0.1", 9999, False)
    assert voila.extra_args == [str(tmp_path / "a.ipynb")]


def test_without_voila_the_extra_is_named(monkeypatch, tmp_path):
    import sys

    monkeypatch.setitem(sys.modules, "voila.app", None)
    result = CliRunner().invoke(cli.app, ["app"])
    assert result.exit_code == 1
    assert "pip install 'analystkit[app]'" in result.stderr
