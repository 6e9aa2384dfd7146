"""The shared page in Firefox, from disk: read, filter, mark, hand back; and hostile words there."""

import json
import os
import shutil
import socket
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analystkit import cli
from analystkit.corrections.checks import check_events
from analystkit.page import share
from analystkit.wire import encodable

from .firefox import Firefox

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile import poisoned

pytestmark = pytest.mark.browser

ENTER, CONTROL = "\ue007", "\ue009"
BUTTON = "(words) => [...document.querySelectorAll('button')].find((one) => one.textContent.includes(words))"
STATUS = "(words) => document.querySelector('.page-acts [role=status]')?.textContent.includes(words)"

WORDS = """(first, last) => {
  const article = document.querySelector('.ak-text');
  const at = article.textContent.indexOf(first);
  const to = article.textContent.indexOf(last, at) + last.length;
  const point = (offset, isStart) => {
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    let passed = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const end = passed + node.length;
      if (offset < end || (!isStart && offset === end)) return [node, offset - passed];
      passed += node.length;
    }
  };
  const range = document.createRange();
  range.setStart(...point(at, true));
  range.setEnd(...point(to, false));
  range.startContainer.parentElement.scrollIntoView({ block: 'center' });
  const boxes = [...range.getClientRects()];
  const [one, two] = [boxes[0], boxes.at(-1)];
  return [[one.left - 1, one.top + one.height / 2], [two.right - 1, two.top + two.height / 2]];
}"""
"""The points between which the mouse selects from before some words to behind others."""


@pytest.fixture(scope="module")
def firefox(tmp_path_factory):
    """One Firefox for all tests here."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        missing = "no Firefox found; install one, e.g. apt-get install firefox-esr"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    browser = Firefox(program, tmp_path_factory.mktemp("firefox"))
    yield browser
    browser.close()


@pytest.fixture
def opened(firefox):
    """Opens a page from disk; what it asks of the network, or complains of, is a failure."""

    def open_it(path):
        firefox.asked.clear()
        firefox.complaints.clear()
        firefox.open(path.as_uri())
        firefox.wait("() => document.querySelector('.ak-text p') !== null")
        return firefox

    yield open_it
    assert firefox.complaints == []
    assert [url for url in firefox.asked if not url.startswith(("file:", "blob:", "data:"))] == []


def test_the_page_shows_the_article_its_marks_and_cards(opened, sample, tmp_path):
    page = opened(share(sample, tmp_path / "page.html"))
    assert page.evaluate("() => document.querySelector('.ak-text').textContent") == sample["text"]
    assert page.evaluate("() => document.querySelector('#static')") is None
    page.click("() => document.querySelector('.ak-text .ak-mention')")
    name = page.wait("() => document.querySelector('.ak-card h3')?.textContent")
    assert any(entity["name"] in name for entity in sample["entities"])


def test_layers_go_and_come_by_key_and_by_mouse(opened, sample, tmp_path):
    page = opened(share(sample, tmp_path / "page.html"))
    line = "() => getComputedStyle(document.querySelector('.ak-text .ak-mention')).borderBottomStyle"
    before = page.evaluate(line)
    pressed = "(is) => document.querySelector('.ak-switch-entities').getAttribute('aria-pressed') === is"
    page.click("() => document.querySelector('.ak-switch-entities')")
    page.wait(pressed, "false")
    # A key of the reader: without a window Firefox does not turn Enter and space into clicks on buttons.
    page.press("1")
    page.wait(pressed, "true")
    assert page.evaluate(line) == before


def test_what_a_page_asks_for_and_complains_of_is_noticed(firefox, tmp_path):
    with socket.socket() as closed:  # bound, but nobody answers: the request fails at once
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/x"
        path = tmp_path / "bad.html"
        path.write_text(f"<!DOCTYPE html><p>x<script>fetch('{address}').catch(() => console.error('bad'))</script>")
        firefox.open(path.as_uri())
        until = time.monotonic() + 30
        while not (address in firefox.asked and "bad" in firefox.complaints):
            assert time.monotonic() < until, (firefox.asked, firefox.complaints)
            firefox.evaluate("() => null")  # what happened comes in with the next answer


def test_marks_come_back_as_a_file_that_merge_takes_in(opened, sample, tmp_path):
    page = opened(share(sample, tmp_path / "page.html"))
    page.click(BUTTON, "Add marks and notes")
    page.wait("() => document.activeElement?.tagName === 'INPUT'")
    page.press(*"Mara", ENTER)
    page.wait(STATUS, "Mara: 0 changes")
    start, end = page.evaluate(WORDS, " praised", "accord on")
    page.drag(start, end)
    page.wait("() => document.querySelector('.ak-command') !== null")  # the words are selected
    page.press("q")
    asks_or_marked = (
        "document.querySelector('.ak-ask') || document.querySelector('.page-acts').textContent.includes('1 c')"
    )
    page.wait(f"() => Boolean({asks_or_marked})")
    if page.evaluate("() => document.querySelector('.ak-ask') !== null"):
        page.press(ENTER)
    page.wait(STATUS, "1 change, kept in this browser")
    page.open((tmp_path / "page.html").as_uri())
    page.wait(STATUS, "1 change, kept in this browser")
    page.click(BUTTON, "Save as a file")
    back = page.downloads / "harbour.mara.corrections.json"
    until = time.monotonic() + 30
    while not (back.exists() and back.stat().st_size):
        assert time.monotonic() < until, sorted(page.downloads.iterdir())
        time.sleep(0.1)
    file = json.loads(back.read_text(encoding="utf-8"))
    assert (file["schema"], file["annotator"]) == ("analystkit/corrections@1", "Mara")
    check_events(file["events"])
    merged = CliRunner().invoke(cli.app, ["merge", str(back), "--into", str(tmp_path / "store")])
    assert merged.exit_code == 0
    assert "1 of 1 events are new, by Mara on harbour" in merged.stderr


def test_hostile_words_stay_words(opened, sample, tmp_path):
    data = poisoned(sample)
    page = opened(share(data, tmp_path / "page.html"))
    assert page.evaluate("() => document.querySelector('.ak-text').textContent") == encodable(data["text"])
    page.evaluate(
        """() => {
          for (const mark of document.querySelectorAll('.ak-text [data-handle]')) mark.click();
          for (const table of document.querySelectorAll('#tables details')) table.open = true;
        }"""
    )
    assert page.evaluate("() => window.hacked ?? null") is None
    bad = "iframe, object, embed, base, svg, [href^='javascript' i], [onerror], [onload], [onclick]"
    assert page.evaluate("(bad) => document.body.querySelectorAll(bad).length", bad) == 0
