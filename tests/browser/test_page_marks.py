"""Readers of a shared page mark and note in it, from disk, and hand back a file that is data."""

import json

import pytest
from typer.testing import CliRunner

from analystkit import cli
from analystkit.corrections import apply, text_hash
from analystkit.corrections.checks import check_events
from analystkit.page import share

from .driving import select_words

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(new_page, sample, tmp_path):
    """A shared page; it remembers what it asked for and complained of."""
    page = new_page(accept_downloads=True)
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
    page.goto(share(sample, tmp_path / "page.html").as_uri())
    page.locator(".ak-text p").first.wait_for()
    return page


def begin(page, name="Mara <b>"):
    page.get_by_role("button", name="Add marks and notes").click()
    page.get_by_label("Your name").fill(name)
    page.keyboard.press("Enter")
    page.locator(".page-acts [role=status]").wait_for()


def mark_a_quote(page):
    select_words(page, " praised", "accord on")
    page.wait_for_timeout(100)
    page.keyboard.press("q")
    if page.locator(".ak-ask").count():
        page.keyboard.press("Enter")
    page.locator(".page-acts", has_text="1 change, kept in this browser").wait_for()


def status(page):
    return page.locator(".page-acts [role=status]").inner_text()


def test_until_somebody_wants_to_nothing_can_be_changed(opened):
    select_words(opened, " praised", "accord on")
    opened.keyboard.press("q")
    opened.keyboard.press("d")
    assert opened.locator(".ak-command").count() == 0
    assert opened.get_by_role("button", name="Save as a file").count() == 0


def test_marks_come_back_as_a_correction_file_that_python_takes_in(opened, sample, tmp_path):
    begin(opened)
    assert status(opened) == "Mara <b>: 0 changes"
    assert opened.get_by_role("button", name="Save as a file").is_disabled()
    mark_a_quote(opened)
    with opened.expect_download() as download:
        opened.get_by_role("button", name="Save as a file").click()
    assert download.value.suggested_filename == "harbour.mara-b.corrections.json"
    download.value.save_as(tmp_path / "back.json")
    file = json.loads((tmp_path / "back.json").read_text(encoding="utf-8"))
    assert file["schema"] == "analystkit/corrections@1"
    assert file["text"] == text_hash(sample["text"])
    assert file["annotator"] == "Mara <b>"
    assert file["article"] == {
        "id": "harbour",
        "title": "Harbour accord splits the bay",
        "url": "https://news.example/harbour",
    }
    check_events(file["events"])
    [event] = file["events"]
    assert (event["by"], event["act"]) == ("Mara <b>", "mark")
    after = apply(sample, event["changes"])
    assert len(after["quotes"]) == len(sample["quotes"]) + 1
    merged = CliRunner().invoke(cli.app, ["merge", str(tmp_path / "back.json"), "--into", str(tmp_path / "store")])
    assert merged.exit_code == 0
    assert "1 of 1 events are new, by Mara <b> on harbour" in merged.stderr
    assert [url for url in opened.asked if not url.startswith(("file:", "blob:"))] == []
    assert opened.complaints == []


def test_marks_survive_closing_the_page_and_can_be_taken_back_and_discarded(opened):
    begin(opened)
    mark_a_quote(opened)
    opened.reload()
    opened.locator(".page-acts", has_text="1 change, kept in this browser").wait_for()
    marks = opened.locator(".ak-content:not(.ak-legend *)").count()
    opened.locator(".ak-text .ak-mention").first.click()
    opened.keyboard.press("Control+z")
    opened.locator(".page-acts", has_text="2 changes").wait_for()
    assert opened.locator(".ak-content:not(.ak-legend *)").count() < marks
    opened.get_by_role("button", name="Discard").click()
    opened.get_by_role("button", name="Keep them").click()
    assert status(opened).startswith("Mara <b>: 2 changes")
    opened.get_by_role("button", name="Discard").click()
    opened.get_by_role("button", name="Discard all of them").click()
    opened.get_by_role("button", name="Add marks and notes").wait_for()
    opened.reload()
    opened.get_by_role("button", name="Add marks and notes").wait_for()


@pytest.mark.parametrize(
    "left",
    ["", "null", "[]", '{"annotator": "x", "events": [{}]}', '{"annotator": 1, "events": []}', "<script>"],
)
def test_what_other_pages_left_in_the_storage_breaks_nothing(opened, sample, left):
    key = f"analystkit/corrections@1 {text_hash(sample['text'])}"
    opened.evaluate("([key, left]) => localStorage.setItem(key, left)", [key, left])
    opened.reload()
    opened.get_by_role("button", name="Add marks and notes").wait_for()
    assert opened.locator(".ak-text").text_content() == sample["text"]
    assert opened.complaints == []


def test_without_storage_marks_live_in_the_page_and_it_says_so(opened):
    opened.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    begin(opened, "Ben")
    select_words(opened, " praised", "accord on")
    opened.wait_for_timeout(100)
    opened.keyboard.press("q")
    if opened.locator(".ak-ask").count():
        opened.keyboard.press("Enter")
    opened.locator(".page-acts", has_text="lost when you close this page").wait_for()
