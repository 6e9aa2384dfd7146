"""The reader that edits: taking back, keeping, what others did, what is told."""

import copy

import pytest

pytestmark = pytest.mark.browser


def test_a_new_act_ends_what_could_be_brought_back(reader):
    reader.click(".ak-mention", "the Bay Courier")
    reader.press("a", "Control+z", "y", "r")
    reader.press("Control+Shift+z")
    assert reader.said == "There is nothing to bring back."
    assert [event["act"] for event in reader.events()] == ["accept", "undo", "change"]
    assert reader.page.get_by_role("button", name="Redo").is_disabled()
    reader.page.get_by_role("button", name="Undo").click()
    assert reader.now() == reader.data


def test_events_from_before_can_be_taken_back(open_reader, sample):
    first = open_reader()
    first.click(".ak-mention", "the Bay Courier")
    first.press("y", "r")
    later = open_reader(first.now(), events=first.events())
    later.click(".ak-mention", "the Bay Courier")
    later.press("Control+z")
    shown = later.page.evaluate("() => window.handle.data()")
    assert shown == sample


def test_the_reader_says_when_an_act_is_kept_and_when_it_is_not(open_reader):
    before = """
      window.kept = [];
      window.works = false;
      options.onAct = async (event) => {
        if (!window.works) throw new Error('the disk is full');
        window.kept.push(event);
      };
    """
    reader = open_reader(before=before)
    reader.click(".ak-mention", "the Bay Courier")
    reader.press("a")
    state = reader.page.locator(".ak-saved")
    state.get_by_text("not kept: the disk is full").wait_for()
    reader.press("y", "r")
    state.get_by_text("The last 2 changes are not kept: the disk is full").wait_for()
    reader.page.evaluate("() => { window.works = true; }")
    reader.page.get_by_role("button", name="Try again").click()
    state.get_by_text("Kept ✓").wait_for()
    assert [event["act"] for event in reader.page.evaluate("() => window.kept")] == ["accept", "change"]


def test_what_others_did_appears_without_taking_place_focus_or_choice_away(reader, sample):
    page = reader.page
    reader.click(".ak-mention", "Ødegård", nth=1)  # her last mention
    where = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    other = copy.deepcopy(sample)
    del other["quotes"][0]  # in this very paragraph
    page.evaluate("(data) => handle.setData(data)", other)
    assert page.locator(".ak-text .ak-direct").count() == 0
    assert page.evaluate("() => document.activeElement.getAttribute('aria-label')") == where
    assert page.locator(".ak-text .ak-mention.ak-chosen").inner_text() == "Ødegård"
    assert page.evaluate("() => handle.isBusy()") is False
    reader.press("y")
    assert page.evaluate("() => handle.isBusy()") is True, "the kernel's side waits while a question is open"
    reader.press("Escape", "i")
    assert page.evaluate("() => handle.isBusy()") is True, "and while somebody writes a note"
    reader.press("Escape")
    del other["entities"][0]
    other["quotes"] = other["stances"] = []
    page.evaluate("(data) => handle.setData(data)", other)
    assert page.locator(".ak-card h3").inner_text() == "In this article", "the chosen mark has gone"
    assert page.complaints == []


def test_without_a_keeper_nothing_is_called_kept(reader):
    reader.click(".ak-mention", "the Bay Courier")
    reader.press("a")
    assert reader.page.locator(".ak-saved").inner_text() == "Changed"


def test_a_reader_that_is_not_editable_offers_no_changes(open_reader):
    reader = open_reader(editable=False)
    reader.select("the quay")
    assert reader.page.locator(".ak-toolbar").is_hidden()
    reader.click(".ak-mention", "the Bay Courier")
    assert reader.page.locator(".ak-command").count() == 0
    reader.press("d", "y", "r", "Control+z")
    assert reader.page.evaluate("() => window.handle.events()") == []
    assert reader.heading == "Bay Courier"


def test_marks_of_people_look_firmer_and_say_whose_they_are(reader):
    width = "(node) => parseFloat(getComputedStyle(node).textDecorationThickness)"
    mark = reader.page.locator(".ak-text .ak-mention", has_text="the Bay Courier")
    before = mark.evaluate(width)
    reader.click(".ak-mention", "the Bay Courier")
    reader.press("y", "r", "Escape")
    assert mark.evaluate(width) > before
    assert mark.get_attribute("aria-label") == "Bay Courier, product, name, by mara"


def test_hostile_words_stay_text(open_reader, sample):
    hostile = "<img src=x onerror=window.hacked=1>"
    reader = open_reader(sample, annotator=hostile)
    reader.click(".ak-mention", "the Bay Courier")
    reader.press("i")
    reader.page.get_by_role("textbox", name="Name").fill(hostile)
    reader.page.get_by_role("textbox", name="Note").fill(hostile)
    reader.press("Control+Enter", "u")
    assert reader.page.locator("#reader img").count() == 0
    assert reader.page.evaluate("() => window.hacked") is None
    assert reader.record("e3")["name"] == hostile


def test_why_nothing_happens_is_seen_for_a_moment_and_said(reader):
    notice = reader.page.locator(".ak-notice")
    reader.click(".ak-mention", "the Bay Courier")
    reader.press("Control+z")
    assert notice.inner_text() == "There is nothing to take back."
    box, whole = notice.bounding_box(), reader.page.locator("#reader").bounding_box()
    assert box["height"] > 20
    assert whole["x"] <= box["x"]
    assert box["x"] + box["width"] <= whole["x"] + whole["width"]
    reader.click(".ak-mention", "Ødegård")  # what is said of it is for those who do not see it
    assert notice.count() == 0
    reader.press("Control+Shift+z")
    notice.wait_for()
    notice.wait_for(state="detached", timeout=6000)
    assert reader.said == "There is nothing to bring back."
