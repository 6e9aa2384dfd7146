"""The shared page in a real browser, from a file: offline, by mouse, by keys, without scripts, attacked."""

import copy
import re

import pytest

from analystkit.analysis import Analysis
from analystkit.gallery import Gallery
from analystkit.page import share

from .driving import select_words

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=window.hacked=1></script><script>window.hacked=1</script><!--"


@pytest.fixture
def open_page(new_page, tmp_path):
    """Shares an analysis and opens the file; the page remembers what it asked for and complained of."""

    def open_it(data, **options):
        page = new_page(**options)
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
        path = share(data, tmp_path / "page.html")
        page.goto(path.as_uri())
        return page

    return open_it


def heading(page):
    return page.locator(".ak-card h3").inner_text()


def focused(page):
    return page.evaluate("() => document.activeElement.getAttribute('aria-label')")


def test_asks_for_nothing_and_complains_of_nothing(open_page, sample):
    page = open_page(sample)
    page.locator(".ak-text p").first.wait_for()
    assert page.asked == [page.url]
    assert page.complaints == []
    assert page.locator("#static").count() == 0


def test_text_in_the_page_is_the_article(open_page, sample):
    page = open_page(sample)
    assert page.locator(".ak-text").text_content() == sample["text"]


@pytest.mark.parametrize(
    ("mark", "words", "title"),
    [
        (".ak-mention", "the Bay Courier", "Bay Courier"),
        (".ak-mention", "علي نور", "Ali Noor"),
        (".ak-cue", "told", "Ali Noor → Bay Courier → this article"),
    ],
)
def test_a_click_tells_about_the_mark(open_page, sample, mark, words, title):
    page = open_page(sample)
    page.locator(".ak-text").locator(mark, has_text=words).last.click()
    assert heading(page) == title


def test_a_stance_is_opened_by_its_sign(open_page, sample):
    page = open_page(sample)
    page.locator(".ak-chip.ak-negative").click()
    card = page.locator(".ak-card").inner_text()
    assert "Ali Noor− → “the accord”" in card
    assert "hedged" in card
    assert "likely (0.60)" in card
    page.locator(".ak-card button", has_text="that the accord was").click()
    assert heading(page) == "Ali Noor → Bay Courier → this article"


def test_the_shortest_mark_wins_and_alt_click_goes_through_the_others(open_page, sample):
    page = open_page(sample)
    inner = page.locator(".ak-text .ak-mention", has_text="the accord").last  # in stance s2's quote q2
    inner.click()
    assert heading(page) == "the accord"
    inner.click(modifiers=["Alt"])
    assert "Ali Noor" in heading(page)
    inner.click(modifiers=["Alt"])
    assert heading(page) == "the accord"


def test_the_tint_of_a_quote_hides_no_underline_of_the_line_above(open_page, sample):
    title = "Lee Cole said that the new quay of Tarn and all of its long sheds would be open by the end of May"
    empty = {layer: [] for layer in ("furniture", "entities", "quotes", "stances", "dates")}
    quote = {"id": "q1", "kind": "indirect", "content": [[14, len(title)]], "cue": [[9, 13]], "source": [[0, 8]]}
    told = {"speaker": None, "via": [], "confidence": 0.9, "why": "made up"}
    article = sample["article"] | {"title": title, "dateline": None}
    text = f"{title}\n\nNobody else spoke of it.\n"
    page = open_page({**sample, **empty, "article": article, "text": text, "quotes": [quote | told]})
    lines = page.locator(".ak-headline .ak-content").evaluate_all(
        "nodes => nodes.flatMap(node => [...node.getClientRects()].map(r => [r.top, r.bottom]))"
    )
    tops = sorted({round(top) for top, _ in lines})
    assert len(tops) > 1
    bottoms = sorted({round(bottom) for _, bottom in lines})
    # An underline ends one or two pixels below the box of its letters.
    assert all(top > bottom + 2 for bottom, top in zip(bottoms, tops[1:], strict=False))


def test_choosing_an_entity_lights_all_its_mentions(open_page, sample):
    page = open_page(sample)
    page.locator(".ak-text .ak-mention", has_text="the port minister").click()
    assert page.locator(".ak-mention.ak-kin").all_inner_texts() == [
        "Zoë 🙂 Ødegård",
        "the port minister",
        "Ødegård",
    ]
    page.locator(".ak-card .ak-context").last.click()
    assert page.locator(".ak-mention.ak-chosen").all_inner_texts() == ["Ødegård"]
    page.keyboard.press("1")
    assert page.locator(".ak-text .ak-mention").count() == 0
    page.locator(".ak-card .ak-context").first.click()
    assert page.locator(".ak-text .ak-mention.ak-chosen").all_inner_texts() == ["Zoë 🙂 Ødegård"]
    assert "Said 1 time" in page.locator(".ak-card").inner_text()


def test_pointing_at_a_quote_lights_its_source_and_cue(open_page, sample):
    page = open_page(sample)
    page.locator(".ak-content.ak-direct").first.hover(position={"x": 20, "y": 8})
    assert page.locator(".ak-cue.ak-lit").all_inner_texts() == ["said"]
    assert page.locator(".ak-source.ak-lit").all_inner_texts() == ["Ødegård"]
    assert page.locator(".ak-content.ak-lit").count() == 2


def test_everything_by_keyboard(open_page, sample):
    page = open_page(sample)
    page.locator(".ak-text").wait_for()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.closest('.ak-text') !== null"):
            break
    assert focused(page) == "Zoë 🙂 Ødegård, person, name"
    page.keyboard.press("j")
    assert focused(page) == "Zoë 🙂 Ødegård, person, nominal"
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    assert heading(page) == "Zoë 🙂 Ødegård"
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.locator(".ak-mention.ak-chosen").inner_text() == "Ødegård"
    page.keyboard.press("End")
    assert focused(page).startswith("indirect quote, speaker unknown")
    page.keyboard.press(" ")
    assert heading(page) == "speaker unknown → this article"
    page.keyboard.press("?")
    assert heading(page) == "Keys"
    page.keyboard.press("Escape")
    assert heading(page) == "In this article"
    page.keyboard.press("2")
    assert page.locator(".ak-content").count() == page.locator(".ak-legend .ak-content").count()
    assert page.locator(".ak-switch", has_text="Quotes").get_attribute("aria-pressed") == "false"


def test_only_one_mark_is_a_tab_stop(open_page, sample):
    page = open_page(sample)
    page.keyboard.press("Tab")
    page.locator(".ak-text .ak-mention").nth(3).click()
    assert page.locator(".ak-text [tabindex='0']").count() == 1


def test_a_dot_goes_through_what_overlaps(open_page, sample):
    page = open_page(sample)
    page.locator(".ak-text .ak-mention", has_text="Ali Noor").last.click()
    seen = {page.locator(".ak-mention.ak-chosen").first.inner_text()}
    page.keyboard.press(".")
    seen.add(page.locator(".ak-mention.ak-chosen").first.text_content())
    assert seen == {"Ali Noor", "The council’s chair, Ali Noor"}


def test_screen_readers_meet_no_button_within_a_button(open_page, sample):
    page = open_page(sample)
    page.locator(".ak-text p").first.wait_for()
    assert page.locator("[role=button] [role=button], button [role=button]").count() == 0
    unnamed = "() => [...document.querySelectorAll('[role=button]')].filter((n) => !n.ariaLabel).length"
    assert page.evaluate(unnamed) == 0


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("whatever", "thinks", "whatever 🚢 the council thinks"),
        (" praised", "accord on", "praised the accord on"),
        ("MARNO", "🙂", "MARNO, March 3 (Wire) — Zoë 🙂"),
        ("sign it", "for small", None),
    ],
)
def test_selected_words_are_code_points_without_outer_blanks(open_page, sample, first, last, words):
    page = open_page(sample)
    page.locator(".ak-text p").first.wait_for()
    select_words(page, first, last)
    page.wait_for_timeout(100)
    start, end = map(int, page.locator("#reader").get_attribute("data-selection").split())
    selected = sample["text"][start:end]
    if words is None:  # across paragraphs
        assert selected.startswith("sign it,”")
        assert selected.endswith("“a trap” for small")
    else:
        assert selected == words


def test_selecting_by_keyboard(open_page, sample):
    page = open_page(sample)
    page.locator(".ak-text .ak-mention", has_text="the port minister").click()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_timeout(100)
    start, end = map(int, page.locator("#reader").get_attribute("data-selection").split())
    assert sample["text"][start:end].startswith("the port minister")
    assert len(sample["text"][start:end]) > len("the port minister")


def test_without_scripts_article_tables_and_legend_are_there(open_page, sample):
    page = open_page(sample, java_script_enabled=False)
    text = page.locator("body").inner_text()
    assert page.locator("main mark").count() >= 4
    assert page.locator("main u").count() >= 10
    for words in ["4 entities", "Ali Noor via Bay Courier", "whatever 🚢 the council thinks", "hedged"]:
        assert words in text
    assert page.locator("table").count() == 3
    assert page.locator("main p").first.bounding_box()["height"] > 0


def poison(value):
    """The same analysis with a hostile string in every place that holds words."""
    if isinstance(value, dict):
        kept = {
            "id",
            "kind",
            "polarity",
            "holder",
            "target",
            "speaker",
            "quote",
            "schema",
            "text",
            "published",
        }
        return {key: item if key in kept else poison(item) for key, item in value.items()}
    if isinstance(value, list):
        return [poison(item) for item in value]
    return HOSTILE if isinstance(value, str) else value


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_hostile_strings_stay_text(open_page, sample, scripts):
    data = poison(copy.deepcopy(sample))
    data["quotes"][1]["via"] = ["e3"]
    data["text"] += f"\n{HOSTILE}\n"
    data["article"]["url"] = "javascript:window.hacked=1"
    page = open_page(data, java_script_enabled=scripts)
    if scripts:
        page.locator(".ak-text p").first.wait_for()
        for mark in page.locator(".ak-text [data-handle]").all():
            mark.dispatch_event("click")
            assert page.locator(".ak-card h3").count() == 1
        assert page.evaluate("() => window.hacked") is None
        assert page.locator(".ak-text").text_content() == data["text"]
    assert page.locator("img").count() == 0
    assert page.locator("[href^=javascript]").count() == 0
    assert page.asked == [page.url]
    assert page.complaints == []


def test_the_policy_stops_a_script_that_got_in(new_page, sample, tmp_path):
    path = share(sample, tmp_path / "page.html")
    path.write_text(path.read_text().replace("</body>", "<script>window.hacked = 1</script></body>"))
    page = new_page()
    page.goto(path.as_uri())
    page.locator(".ak-text p").first.wait_for()
    assert page.evaluate("() => window.hacked") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_follows_the_system_theme(open_page, sample, scheme):
    page = open_page(sample, color_scheme=scheme)
    paper = page.locator("#reader").evaluate("(node) => getComputedStyle(node).backgroundColor")
    assert (sum(map(int, paper[4:-1].split(","))) > 382) is (scheme == "light")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_white_is_left_beside_it_in_the_dark(new_page, sample, tmp_path, scheme):
    with Gallery(tmp_path / "site") as site:
        site.add_article(Analysis.from_dict(sample), name="harbour")
    page = new_page(color_scheme=scheme, java_script_enabled=False)
    for place in (share(sample, tmp_path / "page.html"), tmp_path / "site" / "index.html"):
        page.goto(place.as_uri())
        for node in ("document.body", "document.querySelector('main')"):
            colours = page.evaluate(
                f"() => {{ const {{ color, backgroundColor }} = getComputedStyle({node}); "
                "return [color, backgroundColor]; }"
            )
            ink, paper = ([int(float(part)) for part in re.findall(r"[\d.]+", colour)] for colour in colours)
            assert (sum(ink[:3]) < 382) is (scheme == "light"), (place, node)
            assert paper[3:] == [0] or (sum(paper[:3]) > 382) is (scheme == "light"), (place, node)


def test_print_leaves_out_the_controls_and_names_the_speakers(open_page, sample):
    page = open_page(sample)
    page.emulate_media(media="print")
    assert page.locator(".ak-bar").is_hidden()
    assert page.locator(".ak-panel").is_hidden()
    label = "(node) => getComputedStyle(node, '::after').content"
    assert "attr" in page.locator(".ak-content[data-who]").first.evaluate(label) or "Ødegård" in page.locator(
        ".ak-content[data-who]"
    ).first.evaluate(label)
