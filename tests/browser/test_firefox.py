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

TAB, ENTER, ESCAPE, CONTROL, DOWN = "\ue004", "\ue007", "\ue00c", "\ue009", "\ue015"
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
def program():
    """The system's Firefox."""
    found = shutil.which("firefox-esr") or shutil.which("firefox")
    if found is None:
        missing = "no Firefox found; install one, e.g. apt-get install firefox-esr"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return found


@pytest.fixture(scope="module")
def firefox(program, tmp_path_factory):
    """One Firefox for all tests here."""
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
    page.press("1")
    page.wait(pressed, "true")
    assert page.evaluate(line) == before
    for key in (" ", ENTER):  # the switch has the focus
        page.press(key)
        page.wait(pressed, "false")
        page.press(key)
        page.wait(pressed, "true")


def tab_to(page, words):
    """Presses Tab until the element with the focus begins with these words, or is called by them."""
    focused = """() => {
      const node = document.activeElement;
      if (node === document.body) return '';
      return node.ariaLabel || node.labels?.[0]?.firstChild.textContent || node.textContent;
    }"""
    for _ in range(60):
        page.press(TAB)
        if page.evaluate(focused).startswith(words):
            return
    raise AssertionError(f"Tab does not lead to {words}")


def test_everything_by_keyboard(opened, sample, tmp_path):
    page = opened(share(sample, tmp_path / "page.html"))
    heading = "() => document.querySelector('.ak-card h3')?.textContent"
    tab_to(page, "Zoë 🙂 Ødegård, person, name")
    page.press(ENTER)
    assert page.wait(heading) == "Zoë 🙂 Ødegård"
    page.press("\ue010", " ")  # End: the last mark
    page.wait(f"() => ({heading})() === 'speaker unknown → this article'")
    page.press(ESCAPE)
    tab_to(page, "Quotes (3)")
    page.press(ENTER)
    page.wait("() => document.querySelectorAll('#tables details')[1].open")


@pytest.mark.parametrize(
    ("field", "steps", "counts"),
    [
        ("What has to do with", 2, ["1 of 4", "1 of 3", "1 of 2"]),
        ("Stances that are", 2, ["4 of 4", "3 of 3", "1 of 2"]),
    ],
)
def test_filters_by_keyboard(opened, sample, tmp_path, field, steps, counts):
    page = opened(share(sample, tmp_path / "page.html"))
    tab_to(page, "Filter")
    page.press(ENTER)
    page.wait("() => document.querySelector('.ak-panel select') !== null")
    tab_to(page, field)
    page.press(*[DOWN] * steps)
    shown = "() => [...document.querySelectorAll('.ak-switch .ak-count')].map((count) => count.textContent)"
    page.wait(f"(wanted) => JSON.stringify(({shown})()) === JSON.stringify(wanted)", counts)
    tab_to(page, "Show everything")
    page.press(" ")
    page.wait(f"(wanted) => JSON.stringify(({shown})()) === JSON.stringify(wanted)", ["4", "3", "2"])


def test_printing_unfolds_the_tables(opened, sample, tmp_path):
    page = opened(share(sample, tmp_path / "page.html"))
    unfolded = "() => [...document.querySelectorAll('#tables details')].map((table) => table.open)"
    assert page.evaluate(unfolded) == [False] * 3
    assert page.printed().startswith(b"%PDF-")
    assert page.evaluate(unfolded) == [True] * 3


def test_with_scripts_off_the_article_its_legend_and_tables_are_there(program, sample, tmp_path):
    page = Firefox(program, tmp_path, scripts=False)
    try:
        page.open(share(sample, tmp_path / "page.html").as_uri())
        assert page.evaluate("() => document.querySelector('.ak-text')") is None  # the Reader is a script's work
        shown = page.evaluate("() => document.body.innerText")
        assert page.evaluate("() => document.querySelectorAll('#tables table').length") == 3
        assert page.evaluate("() => document.querySelectorAll('main mark').length") >= 4
    finally:
        page.close()
    for words in ("4 entities", "Ali Noor via Bay Courier", "whatever 🚢 the council thinks", "hedged"):
        assert words in shown


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
