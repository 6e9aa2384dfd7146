"""An exercise in JupyterLab: what the student answers reaches Python, and Python scores it alike."""

import json
from pathlib import Path

import nbformat
import pytest

from analystkit.lessons import Exercise
from analystkit.lessons.translating import answers_from

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
GOLD = json.loads((ROOT / "seeds" / "harbour-treaty.gold.json").read_text(encoding="utf-8"))


def test_answers_in_the_widget_are_scored_in_python(lab, new_page):
    made = Exercise.from_analysis(GOLD, "stances", level="easy")
    made.save(lab.folder / "stances.exercise.json")
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(
                "from analystkit.lessons import Exercise\nexercise = Exercise.load('stances.exercise.json')\nexercise"
            ),
            nbformat.v4.new_code_cell("print(exercise.widget.result or 'nothing yet')"),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(notebook, lab.folder / "exercise.ipynb")
    page = new_page(viewport={"width": 1400, "height": 900})
    lab.open(page, "exercise.ipynb")
    lab.run_all(page)
    item, value = next(iter(answers_from(made, GOLD).items()))
    page.locator(f'.ax-item[data-item="{item}"] input[value="{value}"]').check()
    page.get_by_label("Your name").fill("Ann b")  # b is a shortcut of JupyterLab's, and none here
    page.locator(".ax-buttons [data-act=check]").click()
    count = made.to_dict()["count"]
    assert page.locator(".ax-score").inner_text().startswith(f"{round(100 / count)} of 100 points")
    for _ in range(20):  # the browser reports to the kernel in its own time
        printed = lab.run_last(page)
        if "1 right, 0 near, 0 wrong" in printed:
            break
        page.wait_for_timeout(250)
    assert "1 right, 0 near, 0 wrong" in printed
    assert page.locator(".jp-Cell").count() == 2
