"""Further layers in the Reader: switched, chosen, explained, filtered; not edited."""

import pytest
from made_up import with_question

from analystkit.page import render_page


@pytest.fixture
def page_of(own_page, tmp_path):
    def open_page(data):
        path = tmp_path / "page.html"
        path.write_text(render_page(data), encoding="utf-8")
        own_page.goto(path.as_uri())
        own_page.wait_for_selector(".ak-text .ak-extra")
        return own_page

    return open_page


@pytest.fixture
def asked(sample):
    return with_question(sample, "at the quay", 2, label="asked", why="a question mark")


def test_a_layer_that_the_reader_does_not_know_has_its_switch_marks_card_and_legend(page_of, asked) -> None:
    page = page_of(asked)
    assert page.locator("[data-layer=questions]").inner_text().split() == ["Questions", "1"]
    assert "what is asked" in page.locator(".ak-legend").inner_text()
    mark = page.locator(".ak-text .ak-extra")
    assert mark.inner_text() == "at the quay"
    assert mark.get_attribute("aria-label") == "question, asked, Zoë 🙂 Ødegård"
    mark.focus()
    page.keyboard.press("Enter")
    card = page.locator(".ak-card").inner_text()
    assert "question, asked" in card
    assert "a question mark" in card
    page.locator(".ak-card .ak-who").click()
    assert page.locator(".ak-card h3").inner_text() == "Zoë 🙂 Ødegård"
    page.locator("[data-layer=questions]").click()
    assert page.locator(".ak-text .ak-extra").count() == 0
    assert page.locator(".ak-text").inner_text().strip().startswith("Harbour accord")


def test_its_marks_are_not_offered_for_editing(page_of, asked) -> None:
    page = page_of(asked)
    page.evaluate("localStorage.clear()")
    page.locator(".ak-text .ak-extra").click()
    assert page.locator(".ak-card .ak-command").count() == 0
