"""An exercise in the page: solved by mouse and by keyboard, scored as in Python, handed in as a file."""

import json
from pathlib import Path

import pytest

from analystkit.lessons import Exercise
from analystkit.lessons.bundling import script
from analystkit.lessons.translating import answers_from

from .driving import select_words

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
GOLD = json.loads((ROOT / "seeds" / "harbour-treaty.gold.json").read_text(encoding="utf-8"))
CASES = json.loads((ROOT / "tests" / "lessons.json").read_text(encoding="utf-8"))


@pytest.fixture
def open_exercise(new_page, tmp_path):
    """Shares an exercise and opens the page, which remembers what it asked for and complained of."""

    def open_it(made, **options):
        page = new_page(**options)
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
        page.goto(made.share(tmp_path / "exercise.html").as_uri())
        return page

    return open_it


def press(page, name):
    page.locator(f".ax-buttons [data-act={name}]").click()


def hand_in(page, path):
    with page.expect_download() as waiting:
        press(page, "save")
    waiting.value.save_as(path)
    return path


def points(page):
    return page.locator(".ax-score").inner_text()


def test_quotes_are_found_by_mouse_checked_hinted_finished_and_handed_in(open_exercise, tmp_path):
    made = Exercise.from_analysis(GOLD, "quotes", level="easy")
    page = open_exercise(made)
    page.get_by_label("Your name").fill("Ann Lee")
    select_words(page, '"Nobody has', 'will last,"')
    press(page, "mark")
    select_words(page, '"the patience', "of a good")  # the last word is missing
    press(page, "mark")
    select_words(page, "Environmental groups", "were divided")
    press(page, "mark")
    assert "Marked 3; there are 8 to find." in page.locator(".ax-tasks").inner_text()
    press(page, "check")
    assert page.locator(".ax-mark .ax-verdict").evaluate_all("(all) => all.map((node) => node.title)") == [
        "right",
        "nearly",
        "not right",
    ]
    assert page.locator(".ak-content.ak-wrong").inner_text() == "Environmental groups were divided"
    assert "1 check" in points(page)
    assert page.locator(".ax-why").count() == 1, "before the end only what is in excess is explained"
    hint = page.locator(".ax-marks li", has=page.get_by_role("button", name="Hint")).last
    hint.get_by_role("button", name="Hint").click()
    assert "paragraph" in page.locator(".ax-hint").inner_text()
    page.get_by_label("Remove the mark “Environmental groups were divided”").click()
    press(page, "finish")
    assert "Finished" not in points(page), "the first click only asks"
    press(page, "finish")
    assert "Finished" in points(page)
    assert page.locator(".ak-content.ak-missing").count() == 6
    assert page.locator(".ax-why").count() >= 7
    page.locator(".ax-why button").last.click()
    page.wait_for_timeout(100)
    start, end = map(int, page.locator(".ax-article").get_attribute("data-selection").split())
    assert made.text[start:end].startswith("I have missed them")
    assert page.locator("[data-act=check]").last.is_disabled()
    result = made.grade(hand_in(page, tmp_path / "ann.answers.json"))
    assert f"{round(result.score * 100)} of 100 points" in points(page)
    assert [item.verdict for item in result.items][:3] == ["right", "near", "missing"]
    answers = json.loads((tmp_path / "ann.answers.json").read_text(encoding="utf-8"))
    assert (answers["student"], answers["tries"], answers["finished"]) == ("Ann Lee", 1, True)
    assert sum(answers["hints"].values()) == 1
    assert page.asked[0] == page.url
    assert [url for url in page.asked[1:] if not url.startswith("blob:")] == []
    assert page.complaints == []


def test_people_are_found_by_keyboard_alone(open_exercise, tmp_path):
    made = Exercise.from_analysis(GOLD, "people", level="easy")
    page = open_exercise(made)
    page.locator(".ak-text p").first.wait_for()

    def tab_to(selector):
        for _ in range(30):
            if page.evaluate(f"() => document.activeElement.matches({json.dumps(selector)})"):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"no way to {selector} with Tab")

    tab_to(".ak-text")
    for _ in range(200):
        page.keyboard.press("w")
        start, end = map(int, page.locator(".ax-article").get_attribute("data-selection").split())
        if made.text[start:end] == "Solveig":
            break
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("m")
    assert page.locator(".ax-mark .ax-place").all_inner_texts() == ["Solveig Marr"]
    page.keyboard.press("w")
    page.keyboard.press("m")
    assert page.locator(".ax-mark .ax-place").all_inner_texts() == ["Solveig Marr", "told"]
    page.keyboard.press("Delete")
    assert page.locator(".ax-mark .ax-place").all_inner_texts() == ["Solveig Marr"]
    tab_to(".ax-name input")
    page.keyboard.type("Bo Mark")
    tab_to("[data-act=check]")
    page.keyboard.press("Enter")
    assert page.locator(".ak-mention.ak-right").all_inner_texts() == ["Solveig Marr"]
    tab_to("[data-act=save]")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    waiting.value.save_as(tmp_path / "bo.answers.json")
    result = made.grade(tmp_path / "bo.answers.json")
    assert [item.verdict for item in result.items].count("right") == 1
    assert json.loads((tmp_path / "bo.answers.json").read_text(encoding="utf-8"))["student"] == "Bo Mark"


def test_page_scores_the_constructed_cases_as_python_does(new_page):
    page = new_page()
    page.goto("about:blank")
    cases = [case | {"items": [{"why": "", "span": None, **item} for item in case["items"]]} for case in CASES]
    scored = page.evaluate(
        """async ([source, cases]) => {
          const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
          const { scoreAnswers } = await import(url);
          return cases.map(({ form, items, answers, text }) => scoreAnswers(form, { items }, answers, text));
        }""",
        [script() + "\nexport { scoreAnswers };", cases],
    )
    for case, result in zip(CASES, scored, strict=True):
        assert result["score"] == pytest.approx(case["score"]), case["name"]
        assert [item["credit"] for item in result["items"]] == pytest.approx(case["credits"]), case["name"]
        assert len(result["extra"]) == case["extra"], case["name"]


@pytest.mark.parametrize("kind", ["speakers", "directness", "stances", "chains", "events", "silent"])
def test_right_answers_score_all_points_in_the_page(open_exercise, kind):
    made = Exercise.from_analysis(GOLD, kind, level="easy")
    page = open_exercise(made)
    answers = answers_from(made, GOLD)
    if made.form == "choice":
        for item, value in answers.items():
            field = page.locator(f'[data-item="{item}"]')
            if field.locator("select").count():
                field.locator("select").select_option(value)
            else:
                field.locator(f'input[value="{value}"]').check()
    elif made.form == "chain":
        for item, chain in answers.items():
            for value in chain:
                page.locator(f'[data-item="{item}"] select').select_option(value)
    elif made.form == "set":
        for item in answers:
            page.locator(f'[data-item="{item}"] input').check()
    else:
        for target, item in enumerate(answers):
            while (
                at := page.locator(".ax-step").evaluate_all("(all) => all.map((n) => n.dataset.item)").index(item)
            ) > target:
                page.locator(".ax-step").nth(at).get_by_role("button", name="Earlier").click()
    press(page, "check")
    assert points(page).startswith("100 of 100 points")
    assert page.complaints == []


def test_loading_the_page_again_loses_nothing(open_exercise):
    made = Exercise.from_analysis(GOLD, "quotes", level="easy")
    page = open_exercise(made)
    select_words(page, '"Nobody has', 'will last,"')
    press(page, "mark")
    page.get_by_label("Your name").fill("Ann")
    page.reload()
    assert page.locator(".ax-mark").count() == 1
    assert page.get_by_label("Your name").input_value() == "Ann"


def test_hostile_words_stay_words(open_exercise, sample):
    hostile = "<img src=x onerror=window.hacked=1></script><script>window.hacked=1</script>"
    for entity in sample["entities"]:
        entity["name"] = hostile
    sample["article"]["title"] = hostile
    sample["text"] += hostile
    page = open_exercise(Exercise.from_analysis(sample, "speakers", level="hard", title=hostile))
    press(page, "check")
    press(page, "finish")
    press(page, "finish")
    assert "Finished" in points(page)
    assert page.locator("img").count() == 0
    assert page.evaluate("() => window.hacked") is None


def test_without_scripts_the_article_can_be_read(open_exercise):
    page = open_exercise(Exercise.from_analysis(GOLD, "quotes"), java_script_enabled=False)
    text = page.locator("main").inner_text()
    assert "needs a browser with scripts" in text
    assert "Nobody has won everything today" in text


def test_everything_to_press_has_a_name_and_what_is_pressed_keeps_the_focus(open_exercise):
    page = open_exercise(Exercise.from_analysis(GOLD, "speakers", level="easy"))
    page.locator(".ax-item select").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("() => document.activeElement.dataset.focus") == "i1"
    press(page, "check")
    unnamed = """() => [...document.querySelectorAll(".ax-panel button, .ax-panel select, .ax-panel input")]
      .filter((node) => !(node.textContent || node.ariaLabel || node.labels?.length)).length"""
    assert page.evaluate(unnamed) == 0
