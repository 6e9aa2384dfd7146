"""Marking and correcting in the reader, in a page of its own: by mouse and by keys, taken back, kept."""

import json
from pathlib import Path

import pytest

from analystkit.corrections.records import LAYERS

pytestmark = pytest.mark.browser

CASES = json.loads((Path(__file__).parents[1] / "acts.json").read_text(encoding="utf-8"))


# ---- one thing, two languages


def test_javascript_applies_changes_as_python_does(reader):
    for case in CASES:
        after = reader.page.evaluate(
            "([data, changes]) => applyChanges(data, changes)", [case["before"], case["changes"]]
        )
        assert after == case["after"], case["name"]


def test_javascript_takes_changes_back(reader):
    def by_id(data):
        return {one["id"]: one for layer in LAYERS for one in data.get(layer, ())}

    tried = 0
    for case in CASES:
        was = {change["was"]["id"]: change["was"] for change in case["changes"] if change["was"]}
        if not was.items() <= by_id(case["before"]).items():
            continue  # made on another analysis, so that there is nothing to go back to
        back = reader.page.evaluate(
            "([data, changes]) => applyChanges(applyChanges(data, changes), inverse(changes))",
            [case["before"], case["changes"]],
        )
        assert by_id(back) == by_id(case["before"]), case["name"]
        tried += 1
    assert tried > 8


# ---- selecting


@pytest.mark.parametrize(
    ("rough", "words"),
    [
        ("ort ministe", "port minister"),
        (", the port minister, ", "the port minister"),
        ("“We will sign it,”", "We will sign it"),
        ("hatever 🚢 the counc", "whatever 🚢 the council"),
        ("علي نو", "علي نور"),
        ("— ", ""),
    ],
)
def test_selected_words_are_whole_and_without_what_stands_around_them(reader, sample, rough, words):
    start = sample["text"].index(rough)
    reader.drag(start, start + len(rough))
    assert reader.selected == words


def test_alt_selects_to_the_letter(reader, sample):
    start = sample["text"].index("ort ministe")
    reader.drag(start, start + 11, alt=True)
    assert reader.selected == "ort ministe"


def test_a_button_goes_back_to_the_letters_as_selected(reader, sample):
    start = sample["text"].index("Courier")
    reader.drag(start, start + 4)
    assert reader.selected == "Courier"
    reader.page.locator(".ak-toolbar button", has_text="Exactly").click()
    assert reader.selected == "Cour"
    assert reader.page.locator(".ak-toolbar button", has_text="Exactly").count() == 0


def test_words_are_selected_by_keys_alone(reader):
    reader.click(".ak-mention", "the port minister")
    reader.press("w")
    assert reader.selected == "the"
    reader.press("w", "w", "w")
    assert reader.selected == "praised"
    reader.press("b")
    assert reader.selected == "minister"
    reader.press("Shift+ArrowRight", "Shift+ArrowRight")
    assert reader.selected == "minister, praised the"
    reader.press("Shift+ArrowLeft")
    assert reader.selected == "minister, praised"
    reader.press("Shift+ArrowLeft", "Shift+ArrowLeft")
    assert reader.selected == "port minister"
    reader.press("Alt+Shift+ArrowLeft")
    assert reader.selected == "port ministe"


# ---- marking


def test_a_toolbar_at_the_words_offers_what_they_can_be(reader):
    reader.select("the quay")
    toolbar = reader.page.get_by_role("toolbar", name="Mark the selected words")
    assert [text.split() for text in toolbar.get_by_role("button").all_inner_texts()] == [
        ["Entity", "E"],
        ["Quote", "Q"],
        ["Stance", "S"],
    ]
    toolbar.get_by_role("button", name="Entity").click()
    toolbar.get_by_role("button", name="facility").click()
    assert reader.new("entities")["label"] == "FAC"
    assert toolbar.count() == 0
    assert reader.heading == "the quay"


def test_words_become_an_entity_in_two_keys(reader):
    reader.select("the quay")
    reader.press("e", "f")
    made = reader.new("entities")
    assert made["name"] == "the quay"
    assert made["mentions"][0]["kind"] == "nominal"
    assert made["by"] == "mara"
    assert reader.words([made["mentions"][0]["start"], made["mentions"][0]["end"]]) == ["the quay"]
    [event] = reader.events()
    assert event["act"] == "mark"
    assert event["article"] == "harbour"


def test_words_that_name_a_known_entity_are_offered_as_its_mention(open_reader, sample):
    next(one for one in sample["entities"] if one["id"] == "e1")["mentions"].pop()
    reader = open_reader(sample)
    reader.select("Ødegård", 1)
    reader.press("e", "Enter")
    assert len(reader.record("e1")["mentions"]) == 3


def test_a_quote_takes_in_its_quotation_marks(open_reader, sample):
    del sample["quotes"][0]
    reader = open_reader(sample)
    reader.select("We will sign it")
    reader.press("q")
    quote = reader.new("quotes")
    assert reader.words(*quote["content"]) == ["“We will sign it,”"]
    assert quote["kind"] == "direct"
    assert quote["speaker"] is None
    reader.select("whatever 🚢 the council thinks")
    reader.press("m")  # the same quote, interrupted by its cue
    reader.select("said")
    reader.press("c")
    quote = reader.new("quotes")
    assert reader.words(*quote["content"], *quote["cue"])[1:] == ["whatever 🚢 the council thinks", "said"]


def test_a_stance_is_held_by_the_speaker_of_the_words_it_rests_on(reader):
    reader.select("We will sign it")
    reader.press("s", "+")
    stance = reader.new("stances")
    assert (stance["polarity"], stance["holder"], stance["quote"]) == ("positive", "e1", "q1")
    assert stance["target"] == "e4"  # "it"
    assert reader.page.locator(".ak-chip").count() == 3


def test_marking_in_a_passage_from_right_to_left(reader):
    reader.select("الاتفاق")
    reader.press("e", "a")
    made = reader.new("entities")
    assert made["name"] == "الاتفاق"
    assert reader.page.locator(".ak-chosen").all_inner_texts() == ["الاتفاق"]


# ---- linking


def test_the_speaker_is_picked_by_clicking_a_mention(reader):
    reader.click(".ak-content", "إن الاتفاق")
    reader.page.locator(".ak-card button", has_text="Speaker").click()
    reader.click(".ak-mention", "علي نور")
    quote = reader.record("q3")
    assert quote["speaker"] == "e2"
    assert reader.words(*quote["source"]) == ["علي نور"]
    assert quote["by"] == "mara"
    assert reader.heading == "Ali Noor → this article"


def test_the_speaker_is_picked_by_name(reader):
    reader.click(".ak-content", "إن الاتفاق")
    reader.press("h")
    reader.page.keyboard.type("cour")
    reader.press("Enter")
    assert reader.record("q3")["speaker"] == "e3"
    reader.press("h", "ArrowUp")
    for _ in range(8):
        reader.press("ArrowDown")
    reader.press("Enter")  # the last of the list
    assert reader.record("q3")["speaker"] is None


def test_picking_is_left_with_escape(reader):
    reader.click(".ak-content", "إن الاتفاق")
    reader.press("h", "Escape")
    assert reader.events() == []
    assert reader.heading == "speaker unknown → this article"
    assert reader.page.locator(".ak-picking").count() == 0
    reader.press("j")  # the focus is back in the text
    assert reader.page.evaluate("() => document.activeElement.closest('.ak-text') !== null")


def test_relays_are_added_and_taken_out(reader):
    reader.click(".ak-content", "We will sign")
    reader.press("v")
    reader.click(".ak-mention", "the Bay Courier")
    assert reader.record("q1")["via"] == ["e3"]
    reader.press("v")
    reader.page.keyboard.type("bay")
    reader.press("Enter")
    assert reader.record("q1")["via"] == []


def test_holder_and_target_of_a_stance_are_picked(reader):
    reader.page.locator(".ak-chip.ak-negative").click()
    reader.press("t")
    reader.click(".ak-mention", "the accord", 1)
    assert reader.record("s2")["target"] == "e4"
    reader.select("The council")
    reader.press("h")  # words selected first: nothing to pick
    stance = reader.record("s2")
    assert reader.words(stance["holder_span"]) == ["The council"]


# ---- changing


@pytest.mark.parametrize(
    ("click", "keys", "ref", "key", "value"),
    [
        ((".ak-mention", "the Bay Courier"), "yr", "e3", "label", "PRODUCT"),
        ((".ak-content", "We will sign"), "yi", "q1", "kind", "indirect"),
        ((".ak-chip", "", 0), "y-", "s1", "polarity", "negative"),
        ((".ak-chip", "", 0), "cd", "s1", "certainty", "denied"),
        ((".ak-chip", "", 0), "gw", "s1", "strength", "weak"),
        ((".ak-chip", "", 0), "a", "s1", "review", "accepted"),
    ],
)
def test_what_a_mark_is_changes_with_two_keys(reader, click, keys, ref, key, value):
    reader.click(*click)
    reader.press(*keys)
    assert reader.record(ref)[key] == value
    reader.press("Control+z")
    assert reader.now() == reader.data


def test_edges_move_by_keys(reader):
    reader.click(".ak-mention", "the Bay Courier")
    reader.press("r", "Shift+ArrowRight", "ArrowRight")
    assert reader.events() == []
    assert reader.page.locator(".ak-card blockquote").inner_text() == "Bay Courier that"
    reader.press("ArrowLeft", "Enter")
    mention = reader.record("e3")["mentions"][0]
    assert reader.words([mention["start"], mention["end"]]) == ["Bay Courier"]
    assert len(reader.events()) == 1


def test_edges_stay_where_they_were_after_escape(reader):
    reader.click(".ak-mention", "the Bay Courier")
    reader.press("r", "ArrowRight", "Escape")
    assert reader.events() == []
    assert reader.heading == "Bay Courier"
    assert reader.page.locator(".ak-edge").count() == 0


def test_edges_move_by_dragging(reader):
    reader.click(".ak-mention", "the Bay Courier")
    reader.press("r")
    handle = reader.page.locator(".ak-edge-start").bounding_box()
    told = reader.page.locator(".ak-cue", has_text="told").bounding_box()
    y = handle["y"] + handle["height"] / 2
    reader.page.mouse.move(handle["x"] + 12, y)
    reader.page.mouse.down()
    reader.page.mouse.move(told["x"] + 3, y, steps=5)
    reader.page.mouse.up()
    reader.page.locator(".ak-card button", has_text="Keep").click()
    mention = reader.record("e3")["mentions"][0]
    assert reader.words([mention["start"], mention["end"]]) == ["told the Bay Courier"]


def test_the_other_parts_of_a_quote_have_edges_too(reader):
    reader.click(".ak-content", "We will sign")
    reader.press("r", "ArrowDown", "ArrowLeft", "ArrowDown", "ArrowRight", "Enter")
    quote = reader.record("q1")
    assert reader.words(*quote["content"]) == ["“We will sign it,”", "“whatever 🚢 the council thinks"]
    assert reader.words(*quote["cue"]) == ["said at"]
    assert len(reader.events()) == 1


def test_a_rejected_quote_leaves_its_stances(reader):
    reader.click(".ak-cue", "told")
    reader.press("d")
    assert reader.record("q2") is None
    assert reader.record("s2")["quote"] is None
    assert reader.events()[0]["act"] == "reject"
    reader.press("Control+z")
    assert reader.now() == reader.data


def test_a_removed_mention_leaves_the_entity_until_it_was_the_last(reader):
    reader.click(".ak-mention", "the port minister")
    reader.press("Delete")
    assert len(reader.record("e1")["mentions"]) == 2
    reader.press("Shift+D")
    assert reader.record("e1") is None
    assert reader.record("q1")["speaker"] is None
    assert reader.record("s1")["holder"] is None
    reader.press("Control+z", "Control+z")
    assert reader.now() == reader.data


def test_two_entities_become_one_with_all_that_pointed_to_them(reader):
    reader.click(".ak-mention", "Ali Noor", 1)
    reader.press("u")
    reader.page.keyboard.type("zo")
    reader.press("Enter")
    one = reader.record("e1")
    assert reader.record("e2") is None
    assert len(one["mentions"]) == 6
    assert "Ali Noor" in one["aliases"]
    assert reader.record("q2")["speaker"] == reader.record("s2")["holder"] == "e1"
    assert len(reader.events()) == 1
    reader.press("Control+z")
    assert reader.now() == reader.data
    reader.press("Control+Shift+z")
    assert reader.record("e2") is None


def test_a_mention_becomes_an_entity_of_its_own_and_takes_its_quote_along(reader):
    reader.click(".ak-mention", "Ødegård", 1)
    reader.press("x")
    made = reader.new("entities")
    assert made["name"] == "Ødegård"
    assert reader.record("q1")["speaker"] == made["id"]
    assert len(reader.record("e1")["mentions"]) == 2


def test_a_mention_is_given_to_whom_it_belongs(reader):
    reader.click(".ak-mention", "the port minister")
    reader.press("g")
    reader.page.keyboard.type("noor")
    reader.press("Enter")
    assert len(reader.record("e1")["mentions"]) == 2
    assert len(reader.record("e2")["mentions"]) == 4
    assert reader.heading == "Ali Noor"


def test_all_occurrences_are_marked_at_once(reader):
    reader.select("the quay")
    reader.press("e", "f")
    reader.press("Control+z")
    reader.select("crane")
    reader.press("e", "r")
    reader.select("quay", 0)
    reader.press("e", "f", "o")
    quay = next(one for one in reader.now()["entities"] if one["name"] == "quay")
    assert reader.words(*[(one["start"], one["end"]) for one in quay["mentions"]]) == ["quay", "quay"]


def test_a_note_and_a_confidence_are_kept_with_a_mark(reader):
    reader.click(".ak-cue", "told")
    reader.press("i")
    reader.page.get_by_role("textbox", name="Note").fill("Check the recording.")
    reader.page.get_by_label("How sure").select_option("unlikely")
    reader.press("Tab")
    reader.page.get_by_role("button", name="Keep").click()
    quote = reader.record("q2")
    assert (quote["note"], quote["confidence"]) == ("Check the recording.", 0.33)
    assert "by" not in quote
    assert "Check the recording." in reader.page.locator(".ak-card").inner_text()
    reader.press("i")
    reader.page.get_by_role("textbox", name="Note").fill("")
    reader.press("Control+Enter")
    assert "note" not in reader.record("q2")


def test_what_is_typed_at_once_is_a_note_and_no_name(reader):
    reader.click(".ak-mention", "the Bay Courier")
    reader.press("i")
    reader.page.keyboard.type("Who owns it?\nAsk.")
    reader.press("Control+Enter")
    assert reader.record("e3") == next(one for one in reader.data["entities"] if one["id"] == "e3") | {
        "note": "Who owns it?\nAsk."
    }


def test_an_entity_is_renamed(reader):
    reader.click(".ak-mention", "the Bay Courier")
    reader.press("i")
    reader.page.get_by_role("textbox", name="Name").fill("The Bay Courier")
    reader.press("Control+Enter")
    assert reader.record("e3")["name"] == reader.heading == "The Bay Courier"


def test_looked_at_is_said_of_a_paragraph_for_the_layers_that_are_on(reader):
    assert "0 of 6 paragraphs looked at" in reader.page.locator(".ak-card").inner_text()
    reader.page.locator(".ak-switch", has_text="Stances").click()
    reader.page.locator(".ak-look").nth(2).click()
    found = reader.now()["reviewed"]
    assert sorted(one["layer"] for one in found) == ["entities", "quotes"]
    assert reader.words([found[0]["start"], found[0]["end"]])[0].startswith("“We will sign it,” Ødegård")
    assert "1 of 6 paragraphs looked at" in reader.page.locator(".ak-card").inner_text()
    assert reader.page.locator(".ak-look").nth(2).get_attribute("aria-label") == "Paragraph 3: looked at by mara"
    reader.click(".ak-mention", "Ødegård", 1)
    reader.press("l")
    assert reader.now()["reviewed"] == []
