"""The app in a real browser: the article notebook without JupyterLab, asking nobody else."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib.util import find_spec

import pytest

from analystkit.corrections import Store

pytestmark = [pytest.mark.browser, pytest.mark.skipif(find_spec("voila") is None, reason="needs the extra app")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the app works: on copies, so that what is kept there leaves the samples alone."""
    return tmp_path_factory.mktemp("app")


@pytest.fixture(scope="module")
def address(folder):
    """Where the app answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "JUPYTER_RUNTIME_DIR": str(folder / "runtime"), "IPYTHONDIR": str(folder / "ipython")}
    start = (
        "from pathlib import Path; from analystkit import app, lab; "
        f"app.start(lab.prepare(Path('work')) / app.NOTEBOOK, port={port}, browser=False)"
    )
    command = [sys.executable, "-c", start]
    with (folder / "log").open("w+") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + 120
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    if server.poll() is not None or time.monotonic() > deadline:
                        log.seek(0)
                        pytest.fail(f"the app did not come up:\n{log.read()[-3000:]}")
                    time.sleep(0.2)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(timeout=30)


def test_an_article_is_read_and_nobody_else_is_asked(address, new_page):
    page = new_page()
    elsewhere, errors = [], []
    ours = (address, address.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda one: None if one.url.startswith(ours) else elsewhere.append(one.url))
    page.on("console", lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None)
    page.goto(address, timeout=180_000)
    page.locator(".ak-text p").first.wait_for(timeout=180_000)
    page.locator(".ak-text .ak-mention").first.click()
    assert page.locator(".ak-card h3").count() == 1
    assert page.locator(".jp-InputArea-editor").count() == 0, "the code is hidden"
    assert elsewhere == []
    assert errors == []


def test_a_correction_is_kept_and_seen_by_whoever_comes_next(address, folder, new_page):
    first = new_page()
    first.goto(address, timeout=180_000)
    first.locator(".ak-text .ak-mention").first.click(timeout=180_000)
    corrected = first.locator(".ak-card h3").first.inner_text()
    first.keyboard.press("i")
    first.keyboard.type("Seen in the app")
    first.keyboard.press("Control+Enter")
    first.locator(".ak-saved", has_text="Kept ✓").wait_for(timeout=60_000)
    [kept] = Store(folder / "work/seeds/corrections.analystkit").events()
    assert kept["act"] == "note"

    second = new_page()  # a kernel of its own
    second.goto(address, timeout=180_000)
    second.locator(".ak-text .ak-noted").first.click(timeout=180_000)
    assert second.locator(".ak-card h3").first.inner_text() == corrected
    assert "Seen in the app" in second.locator(".ak-card").inner_text()


def test_it_answers_to_its_own_name_only(address):
    request = urllib.request.Request(address, headers={"Host": "rebound.example"})
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(request, timeout=60)
