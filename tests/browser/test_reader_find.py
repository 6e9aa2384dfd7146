"""Finding one's way in the reader: search, filters, counts; and whether everybody can use it (axe-core)."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from .harness import Harness

pytestmark = pytest.mark.browser

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture
def reader(own_page, tmp_path, sample):
    own_page.emulate_media(color_scheme="light")
    return Harness(own_page, tmp_path, sample)


def lit(reader, name):
    """The words that a highlight lights."""
    return reader.page.evaluate("(name) => [...(CSS.highlights.get(name) ?? [])].map(String)", name)


def test_search_lights_all_finds_and_goes_from_one_to_the_next(reader):
    reader.click(".ak-mention", "the Bay Courier")
    reader.press("/")
    reader.page.keyboard.type("THE  accord")
    assert lit(reader, "ak-found") == ["the accord", "the accord"]
    assert reader.page.locator(".ak-found-count").inner_text() == "2 finds"
    reader.press("Enter", "Enter")
    assert lit(reader, "ak-found-now") == ["the accord"]
    assert reader.said.startswith("2 of 2: ")
    reader.press("Shift+Enter")
    assert reader.page.locator(".ak-found-count").inner_text() == "1 of 2"
    reader.press("Escape")
    assert lit(reader, "ak-found") == lit(reader, "ak-found-now") == []
    assert reader.page.evaluate("() => document.activeElement.closest('.ak-text') !== null")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("نور", ["نور"]),
        ("🚢 the", ["🚢 the"]),
        ("council's", ["council’s"]),
        ('"a trap"', ["“a trap”"]),
        ("(Wire)", ["(Wire)"]),
        ("minister, praised", ["minister, praised"]),
        ("nobody", []),
    ],
)
def test_search_takes_words_as_they_are_typed(reader, wanted, found):
    reader.page.locator(".ak-search").fill(wanted)
    assert lit(reader, "ak-found") == found


def test_finds_stay_lit_when_marks_change(reader):
    reader.page.locator(".ak-search").fill("accord")
    reader.page.locator(".ak-switch", has_text="Quotes").click()
    assert lit(reader, "ak-found") == ["accord"] * 3


@pytest.mark.parametrize(
    ("field", "choice", "counts"),
    [
        ("What has to do with", "Ali Noor", ["1 of 4", "1 of 3", "1 of 2"]),
        ("Said or held by", "Zoë 🙂 Ødegård", ["4 of 4", "1 of 3", "1 of 2"]),
        ("Said or held by", "speaker unknown", ["4 of 4", "1 of 3", "0 of 2"]),
        ("Stances that are", "negative", ["4 of 4", "3 of 3", "1 of 2"]),
        ("Confidence", "very likely (0.80) or more", ["3 of 4", "1 of 3", "1 of 2"]),
        ("Marked by", "people, or accepted", ["0 of 4", "0 of 3", "0 of 2"]),
    ],
)
def test_filters_leave_out_marks_and_say_how_many(reader, field, choice, counts):
    reader.click(".ak-mention", "the Bay Courier")
    reader.press("f")
    reader.page.get_by_label(field).select_option(choice)
    assert reader.page.locator(".ak-switch .ak-count").all_inner_texts() == counts
    shown = int(counts[1].split()[0])
    assert reader.page.locator(".ak-text [role=button][aria-label*=quote]").count() == shown
    reader.page.get_by_role("button", name="Show everything").click()
    assert reader.page.locator(".ak-switch .ak-count").all_inner_texts() == ["4", "3", "2"]


def states(reader):
    """The reader in each of the states that look different, one after the other."""
    yield "overview"
    reader.page.locator(".ak-look").nth(1).click()
    reader.click(".ak-mention", "the Bay Courier")
    reader.press("a")
    yield "entity"
    reader.press("f")
    yield "filter"
    reader.press("Escape")
    reader.click(".ak-cue", "told")
    reader.press("i")
    yield "details"
    reader.press("Escape", "h")
    yield "picking"
    reader.press("Escape", "y", "d")
    reader.press("r")
    yield "edges"
    reader.press("Escape")
    reader.page.locator(".ak-chip.ak-negative").click()
    reader.press("y")
    yield "question"
    reader.press("+")
    reader.select("the quay")
    yield "toolbar"
    reader.press("e")
    yield "menu"
    reader.press("Escape", "?")
    reader.page.locator(".ak-search").fill("the")
    reader.press("Enter")
    yield "keys"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible_in_every_state(reader, scheme):
    reader.page.emulate_media(color_scheme=scheme)
    axe = Axe()
    found = []
    for state in states(reader):
        response = axe.run(reader.page, options=RULES).response
        assert len(response["passes"]) > 10  # it did look
        violations = response["violations"]
        found += [
            (state, one["id"], node["html"], node["failureSummary"]) for one in violations for node in one["nodes"]
        ]
    assert found == []
    assert reader.page.complaints == []
