"""What several sources say of one matter, in the Reader: listed, side by side, led back to the text, corrected."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from .harness import Harness
from .test_reader_find import RULES

pytestmark = pytest.mark.browser


@pytest.fixture
def told(sample):
    """Zoë Ødegård and Ali Noor on the accord, who pull apart; nobody is named for the third statement."""
    [first], [second] = sample["quotes"][0]["content"][:1], sample["quotes"][1]["content"]
    apart = {
        "statements": ["q1", "q2"], "kind": "stance",
        "evidence": [[first[0] + 1, first[1] - 1], [second[0] + 5, second[1]]],
        "confidence": 0.6, "why": "one is <b>positive</b>, the other negative",
    }  # fmt: skip
    account = {
        "id": "a1", "matter": "the accord", "entity": None, "statements": ["q1", "q2", "q3"],
        "chains": [["e1"], ["e2", "e3"], []], "differences": [apart], "why": "2 sources speak of “the accord”",
    }  # fmt: skip
    return sample | {"accounts": [account]}


@pytest.fixture
def reader(own_page, tmp_path, told):
    return Harness(own_page, tmp_path, told)


def test_accounts_are_listed_set_side_by_side_and_lead_to_the_text(reader):
    page = reader.page
    entry = page.locator(".ak-card [data-open=a1]")
    assert entry.inner_text().split() == ["the", "accord", "≠", "accounts", "differ", "2"]
    entry.focus()
    reader.press("Enter")
    assert reader.said == "What is said of the accord, 2 sources, accounts differ"
    assert page.locator(".ak-card h3").inner_text() == "the accord"
    pair = page.locator(".ak-pair")
    assert [one.split("\n")[0] for one in pair.locator(".ak-entry").all_inner_texts()] == [
        "Zoë 🙂 Ødegård → this article",
        "Ali Noor → Bay Courier → this article",
    ]
    assert pair.locator("p").inner_text() == (
        "one is <b>positive</b>, the other negative: "
        "“We will sign it,” and “the accord was “a trap” for small boats” (likely)"
    )
    assert page.locator(".ak-card section", has_text="Also said of it").get_by_text("speaker unknown").count() == 1
    lit = page.locator(".ak-text .ak-content.ak-kin")
    assert lit.count() == 4, "both parts of the first statement, the second and the third are lit in the text"
    assert page.locator(".ak-card .ak-command").count() == 0, "an account is nothing to correct"
    pair.locator(".ak-entry").nth(1).click()
    assert page.locator(".ak-card h3").inner_text() == "Ali Noor → Bay Courier → this article"
    assert page.locator(".ak-text .ak-content.ak-chosen").count() == 1
    page.locator(".ak-card [data-open=a1]").click()  # what others say of the same matter
    page.get_by_role("button", name="Back").click()
    assert page.locator(".ak-kind").inner_text() == "mixed quote"
    assert page.complaints == []


def test_accounts_follow_what_is_corrected(reader):
    page = reader.page
    reader.click(".ak-content", "“We will")
    reader.press("h")
    page.keyboard.type("noor")
    reader.press("Enter", "Escape")  # both statements are now of one speaker
    assert page.locator(".ak-card h3").inner_text() == "In this article"
    assert page.locator(".ak-card [data-open=a1]").count() == 0
    page.evaluate("() => handle.select('a1')")
    assert "no two sources" in page.locator(".ak-card").inner_text()
    reader.press("Control+z")
    page.evaluate("() => handle.select('a1')")
    assert page.locator(".ak-pair").count() == 1
    assert page.complaints == []


def test_without_accounts_there_is_no_word_of_them(own_page, tmp_path, sample):
    page = Harness(own_page, tmp_path, sample).page
    assert "several sources" not in page.locator(".ak-card").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_card_is_accessible(reader, scheme):
    reader.page.emulate_media(color_scheme=scheme)
    reader.page.locator(".ak-card [data-open=a1]").click()
    response = Axe().run(reader.page, options=RULES).response
    assert len(response["passes"]) > 10
    assert response["violations"] == []
