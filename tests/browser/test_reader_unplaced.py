"""Corrections that no longer fit: counted beneath the bar, listed when asked, by keys alone, for everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from .harness import Harness
from .test_reader_find import RULES

pytestmark = pytest.mark.browser

GONE = "its words are not in this text"
TWO = [
    {
        "act": "merge",
        "by": "mara",
        "at": "2026-01-31T12:00:00.123Z",
        "parts": [
            {"layer": "entities", "words": "the <b>Bay</b> Courier", "why": GONE},
            {"layer": "quotes", "words": "“a trap”", "why": "the speaker that it names is not in this analysis"},
        ],
    },
    {
        "act": "looked",
        "by": "علي",
        "at": "2026-02-01T09:30:00.000Z",
        "parts": [{"layer": "reviewed", "words": "", "why": GONE}],
    },
]


def test_corrections_that_no_longer_fit_are_listed_when_asked(own_page, tmp_path, sample):
    page = own_page
    reader = Harness(page, tmp_path, sample)
    strip = page.locator(".ak-unplaced")
    assert not strip.is_visible()
    page.evaluate("(list) => handle.setUnplaced(list)", TWO)
    button = page.get_by_role("button", name="2 corrections no longer fit")
    opened = page.get_by_role("region", name="Corrections that no longer fit")
    assert button.get_attribute("aria-expanded") == "false"
    assert not opened.is_visible()

    button.focus()
    reader.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    first, second = opened.get_by_role("listitem").all_inner_texts()
    assert first.startswith("United by mara · 31 Jan 2026, ")
    assert first.splitlines()[1:] == [
        "“the <b>Bay</b> Courier”",
        f"Entity: {GONE}.",
        "“a trap”",
        "Quote: the speaker that it names is not in this analysis.",
    ]
    assert second.startswith("Looked at by علي · 1 Feb 2026, ")
    assert second.splitlines()[1:] == [f"Paragraph: {GONE}."]
    reader.press("Tab")
    assert opened.evaluate("(list) => list === document.activeElement")

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert Axe().run(page, options=RULES).response["violations"] == []
    page.emulate_media(color_scheme="light")

    reader.click(".ak-mention", "the Bay Courier")  # marks are made anew with the list in sight
    page.evaluate("() => handle.setData(handle.data())")
    assert opened.get_by_role("listitem").count() == 2
    opened.focus()
    reader.press("Escape")
    assert not opened.is_visible()
    assert button.evaluate("(button) => button === document.activeElement")
    page.evaluate("(list) => handle.setUnplaced(list)", TWO[:1])
    assert strip.inner_text() == "1 correction no longer fits"
    page.evaluate("() => handle.setUnplaced([])")
    assert not strip.is_visible()
    assert page.evaluate("() => document.activeElement.className") == "ak-text"
    assert page.complaints == []


def test_a_reader_lists_them_from_the_start(own_page, tmp_path, sample):
    Harness(own_page, tmp_path, sample, editable=False, unplaced=TWO)
    own_page.get_by_role("button", name="2 corrections no longer fit").click()
    assert own_page.locator(".ak-unplaced li").count() == 2
