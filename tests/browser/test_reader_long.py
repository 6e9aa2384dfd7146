"""Long articles: words at once, marks where somebody looks, and nothing that is missed for it."""

import pytest

from .harness import Harness

pytestmark = pytest.mark.browser

PARAGRAPHS = 240
SENTENCE = "Mayor Vale said on {day} that “the new bridge is a gift to this town”, and nobody in the hall objected."

# Idle time never comes: only what is asked for is drawn.
NO_IDLE = "window.requestIdleCallback = () => 1; window.cancelIdleCallback = () => {};"


@pytest.fixture
def article() -> dict:
    """An article of 240 paragraphs with a mention, a quote and a stance in each."""
    text, mentions, quotes, stances = "", [], [], []
    for number in range(PARAGRAPHS):
        words = SENTENCE.format(day=f"day {number}")
        name, content = words.index("Mayor Vale"), (words.index("“"), words.index("”") + 1)
        at = len(text)
        mentions.append({"start": at + name, "end": at + name + 10, "kind": "name"})
        quotes.append(
            {"id": f"q{number + 1}", "kind": "direct", "content": [[at + content[0], at + content[1]]], "via": []}
            | {"cue": [], "source": [], "speaker": "e1", "confidence": 0.9, "why": "made up"}
        )
        gift = words.index("a gift")
        stances.append(
            {"id": f"s{number + 1}", "holder": "e1", "holder_span": None, "target": None, "polarity": "positive"}
            | {"target_span": [at + gift, at + gift + 6], "evidence": [at + gift, at + gift + 6], "quote": None}
            | {"strength": "weak", "certainty": "asserted", "confidence": 0.9, "why": "made up"}
        )
        text += words + "\n\n"
    vale = {"id": "e1", "name": "Mayor Vale", "label": "PERSON", "aliases": [], "mentions": mentions}
    about = {"id": "long", "title": None, "byline": None, "published": None, "url": None, "dateline": None}
    return {
        "schema": "analystkit/analysis@1",
        "article": about,
        "text": text,
        "furniture": [],
        "entities": [vale | {"confidence": 0.9, "why": "made up"}],
        "quotes": quotes,
        "stances": stances,
        "dates": [],
        "model": {"pipeline": "none", "version": "1", "analystkit": "1"},
    }


def drawn(page) -> int:
    """How many mentions are drawn."""
    return page.locator(".ak-text .ak-mention").count()


@pytest.fixture
def waiting(own_page, tmp_path, article):
    """A reader of the long article in which nothing is drawn in idle time."""
    return Harness(own_page, tmp_path, article, before=NO_IDLE)


def test_all_words_are_there_at_once_and_the_marks_in_sight(waiting, article):
    assert waiting.page.evaluate("document.querySelector('.ak-text').textContent") == article["text"]
    assert 0 < drawn(waiting.page) < PARAGRAPHS
    bare = waiting.page.evaluate(
        "[...document.querySelectorAll('.ak-text > p')].filter((p) => p.getBoundingClientRect().top < innerHeight)"
        ".filter((p) => !p.querySelector('.ak-mention')).length"
    )
    assert bare == 0


def test_the_rest_is_drawn_in_idle_time(own_page, tmp_path, article):
    reader = Harness(own_page, tmp_path, article)
    own_page.locator("#reader[data-drawn=all]").wait_for()
    assert drawn(own_page) == PARAGRAPHS
    assert own_page.locator(".ak-look").count() == PARAGRAPHS
    assert own_page.evaluate("document.querySelector('.ak-text').textContent") == article["text"]
    assert reader.page.complaints == []


def test_what_is_scrolled_to_has_its_marks_in_the_same_frame(waiting):
    bare = waiting.page.evaluate(
        """() => new Promise((done) => {
          window.scrollTo(0, document.body.scrollHeight / 2);
          requestAnimationFrame(() => requestAnimationFrame(() => done(
            [...document.querySelectorAll('.ak-text > p')]
              .filter((p) => p.getBoundingClientRect().bottom > 0 && p.getBoundingClientRect().top < innerHeight)
              .map((p) => p.querySelectorAll('.ak-mention').length))));
        })"""
    )
    assert len(bare) > 2
    assert set(bare) == {1}


def test_a_mark_that_is_chosen_from_outside_is_drawn_and_brought_into_sight(waiting):
    waiting.page.evaluate("window.handle.select('q200')")
    quote = waiting.page.locator(".ak-content.ak-chosen")
    assert quote.count() == 1
    box = quote.bounding_box()
    assert 0 < box["y"] < waiting.page.viewport_size["height"]


def test_marks_drawn_later_are_lit_like_the_others_of_the_chosen_entity(waiting):
    waiting.click(".ak-mention", "Mayor Vale")
    before = waiting.page.locator(".ak-mention.ak-kin").count()
    waiting.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert before < PARAGRAPHS
    for marks in (".ak-mention.ak-kin", ".ak-content.ak-kin", ".ak-chip.ak-kin"):
        assert waiting.page.locator(marks).count() == PARAGRAPHS


def test_print_has_every_mark(waiting):
    waiting.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert drawn(waiting.page) == PARAGRAPHS
    assert waiting.page.locator("#reader[data-drawn=all]").count() == 1


def test_the_last_mark_is_reached_by_key_and_the_walk_goes_on_from_there(waiting):
    waiting.page.locator(".ak-mention").first.focus()
    waiting.press("End")
    labels = [waiting.page.evaluate("document.activeElement.getAttribute('aria-label')")]
    for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowRight", "Home"):
        waiting.press(key)
        labels.append(waiting.page.evaluate("document.activeElement.getAttribute('aria-label')"))
    kinds = [label.split(",")[0] for label in labels]
    assert kinds == ["stance", "direct quote", "Mayor Vale", "stance", "Mayor Vale", "Mayor Vale"]


def test_a_find_far_below_is_lit_on_words_that_stay(waiting):
    waiting.press("/")
    waiting.page.locator(".ak-search").fill("day 230")
    waiting.press("Enter")
    waiting.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    found = waiting.page.evaluate("[...CSS.highlights.get('ak-found-now')].map((range) => range.toString())")
    assert found == ["day 230"]


def test_an_act_far_from_sight_is_seen_there(waiting):
    waiting.page.evaluate("window.handle.select('q200')")
    waiting.page.locator(".ak-content.ak-chosen").click()
    waiting.press("a")
    assert waiting.page.locator(".ak-content.ak-sure").count() == 1
    waiting.press("Control+z")
    assert waiting.page.locator(".ak-content.ak-sure").count() == 0
    assert waiting.record("q200") == next(one for one in waiting.data["quotes"] if one["id"] == "q200")


def test_a_layer_is_switched_off_where_somebody_looks_and_then_everywhere(own_page, tmp_path, article):
    reader = Harness(own_page, tmp_path, article)
    own_page.locator("#reader[data-drawn=all]").wait_for()
    own_page.locator(".ak-mention").first.focus()
    reader.press("2")
    own_page.locator("#reader[data-drawn=all]").wait_for()
    assert own_page.locator(".ak-text .ak-content").count() == 0
    reader.press("2")
    own_page.locator("#reader[data-drawn=all]").wait_for()
    assert own_page.locator(".ak-text .ak-content").count() == PARAGRAPHS
    assert own_page.evaluate("document.querySelector('.ak-text').textContent") == article["text"]


def test_the_same_analysis_from_the_kernel_again_draws_nothing(own_page, tmp_path, article):
    Harness(own_page, tmp_path, article)
    own_page.locator("#reader[data-drawn=all]").wait_for()
    own_page.evaluate(
        """() => {
          window.mutations = [];
          const watcher = new MutationObserver((some) => window.mutations.push(...some));
          watcher.observe(document.querySelector('.ak-text'), { childList: true, subtree: true });
          window.handle.setData(structuredClone(window.handle.data()));
        }"""
    )
    own_page.locator("#reader[data-drawn=all]").wait_for()
    assert own_page.evaluate("window.mutations.length") == 0
