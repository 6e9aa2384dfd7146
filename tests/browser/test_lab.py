"""The Reader in a real JupyterLab: drawn, clicked, selected in; and Python knows."""

import json

import pytest

from .driving import select_words

pytestmark = pytest.mark.browser


@pytest.fixture
def notebook(lab, sample, request):
    """A notebook of each test's own, which shows the sample in a Reader and then prints what Python knows of it."""
    return lab.write(
        request.node.name,
        "import json\nfrom analystkit.reader import Reader\n" + f"reader = Reader(json.loads({json.dumps(sample)!r}))",
        "reader",
        "print(json.dumps([reader.selected, reader.selection, reader.selected_text, reader.layers]))",
    )


def test_click_and_selection_reach_python(lab, new_page, notebook, sample):
    page = new_page()
    lab.open(page, notebook)
    lab.run_all(page)
    reader = page.locator(".ak-reader")
    reader.locator(".ak-text p").first.wait_for()

    reader.locator(".ak-text .ak-mention", has_text="the Bay Courier").click()
    assert reader.locator(".ak-card h3").inner_text() == "Bay Courier"
    term, meaning = (reader.locator(f".ak-facts {tag}").first.bounding_box() for tag in ("dt", "dd"))
    assert abs(term["y"] - meaning["y"]) < 4  # side by side, whatever JupyterLab's own style says
    select_words(page, "whatever", "council thinks")
    reader.locator(".ak-switch", has_text="Stances").click()

    wanted = "whatever 🚢 the council thinks"
    start = sample["text"].index(wanted)
    expected = ["e3", [start, start + len(wanted)], wanted, ["entities", "quotes"]]
    # The browser reports to the kernel in its own time; what Python knows in the end is what counts.
    for _ in range(20):
        known = json.loads(lab.run_last(page))
        if known == expected:
            break
        page.wait_for_timeout(250)
    assert known == expected


def test_keys_stay_in_the_reader(lab, new_page, notebook):
    page = new_page()
    lab.open(page, notebook)
    lab.run_all(page)
    page.locator(".ak-text .ak-mention").first.click()
    cells = page.locator(".jp-Cell").count()
    first = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    # In JupyterLab's command mode a and b add cells, j and k move between them, Enter edits.
    for key in ["j", "a", "b", "ArrowDown", "k", "j", "Enter", "."]:
        page.keyboard.press(key)
    assert page.locator(".jp-Cell").count() == cells
    assert page.locator(".ak-card h3").inner_text()
    now = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    assert now
    assert now != first
    assert page.evaluate("() => window.jupyterapp.shell.currentWidget?.context.model.dirty")
    page.keyboard.press("Control+s")  # JupyterLab's own shortcuts go on working
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget?.context.model.dirty")
    page.keyboard.press("Escape")
    assert page.locator(".ak-card h3").inner_text() == "In this article"


def test_python_drives_the_reader(lab, new_page, notebook):
    page = new_page()
    lab.open(page, notebook)
    lab.run_all(page)
    page.locator(".ak-text p").first.wait_for()
    lab.run(page, "reader.selected = 'q2'")
    page.locator(".ak-kind", has_text="mixed quote").wait_for()
    lab.run(page, "reader.layers = ['quotes']")
    page.locator(".ak-text .ak-mention").first.wait_for(state="detached")
    lab.run(
        page,
        "reader.data = {'text': 'Quite another text.'}",
    )
    page.locator(".ak-text p", has_text="Quite another text.").wait_for()
