"""The lessons: they run without a student, hold no answers in plain sight, and fit their articles."""

import importlib.util
import json
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from analystkit.analysis import Analysis
from analystkit.lessons import Exercise
from analystkit.lessons.sealing import read_sealed

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
TEACHING = ROOT / "notebooks" / "teaching"
LESSONS = sorted(TEACHING.glob("*.ipynb"))
NOTEBOOKS = [*LESSONS, *sorted((TEACHING / "teacher").glob("*.ipynb"))]
ARTICLES = sorted((TEACHING / "teacher" / "articles").glob("*.txt"))

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
every_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def text_of(path):
    return "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)


def test_there_are_seven_lessons_on_six_articles():
    assert [path.stem[:2] for path in LESSONS] == [f"0{number}" for number in range(1, 8)]
    assert len(ARTICLES) == 6


@every_notebook
def test_runs_without_a_students_input(path, tmp_path):
    shutil.copytree(TEACHING, tmp_path / "teaching")
    here = tmp_path / "teaching" / path.parent.relative_to(TEACHING)
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=180, kernel_name="python3", resources={"metadata": {"path": str(here)}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert outputs
    assert not [output for output in outputs if output.get("name") == "stderr"]


@every_notebook
def test_is_kept_clean_and_short_to_read(path):
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
            assert 1 <= len(cell.source.splitlines()) <= 8
    assert notebook.cells[0].source.startswith("# ")
    assert "## Next" in notebook.cells[-1].source


@every_lesson
def test_lesson_has_goals_a_length_and_notes_for_the_teacher(path):
    text = text_of(path)
    assert "By the end you can" in text
    minutes = int(text.split("**")[1].split()[0])
    assert 20 <= minutes <= 45
    notes = (TEACHING / "teacher" / "notes" / f"{path.stem}.md").read_text(encoding="utf-8")
    assert f"**Time** {minutes} minutes" in notes


@every_notebook
def test_links_lead_somewhere(path):
    import re

    for target in re.findall(r"\]\(([^)#]+\.ipynb)\)", text_of(path)):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_key_of_an_article_fits_it(path):
    gold = json.loads(path.with_name(f"{path.stem}.gold.json").read_text(encoding="utf-8"))
    analysis = Analysis.from_dict(gold)
    assert analysis.text == path.read_text(encoding="utf-8")
    assert analysis.article.title in analysis.text
    for quote in analysis.quotes:
        assert quote.kind != "direct" or all(analysis.text[start] == '"' for start, _ in quote.content), quote
        assert quote.cue, quote


def test_exercises_are_those_of_the_keys(tmp_path):
    spec = importlib.util.spec_from_file_location("teaching", ROOT / "tools" / "teaching.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    tool.main(tmp_path)
    kept = {path.name: path.read_bytes() for path in (TEACHING / "exercises").iterdir()}
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == kept, "an article or a kind of exercise has changed: run tools/teaching.py"


@pytest.mark.parametrize("path", sorted((TEACHING / "exercises").iterdir()), ids=lambda path: path.name)
def test_what_students_get_shows_no_answer(path):
    shown = path.read_text(encoding="utf-8")
    if path.name.endswith(".sealed.txt"):
        assert read_sealed(path)["text"][:20] not in shown
        assert "speaker" not in shown
        return
    for item in Exercise.load(path).key["items"]:
        assert item["why"] not in shown
    for notebook in LESSONS:
        assert "gold" not in notebook.read_text(encoding="utf-8").replace("gold version", "").replace("work.gold", "")


def test_maker_makes_and_writes_an_exercise_with_a_few_clicks(tmp_path, monkeypatch):
    from analystkit.lessons.maker import Maker

    monkeypatch.chdir(tmp_path)
    maker = Maker(TEACHING / "teacher" / "articles")
    assert maker.write.disabled
    maker.article.value, maker.kind.value, maker.level.value = "strait-talks", "chains", "easy"
    maker.make.click()
    assert "4 items. The key is the corrected analysis" in maker.status.value
    assert maker.preview.children == (maker.exercise.widget,)
    maker.write.click()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "strait-talks-chains.exercise.json",
        "strait-talks-chains.html",
    ]
    maker.article.value, maker.kind.value = "swan-affair", "chains"
    maker.make.click()
    assert "There is nothing to ask" in maker.status.value


def test_pretended_students_are_many_and_all_gradable(tmp_path):
    from analystkit.lessons import collect
    from analystkit.lessons.pretending import pretend

    for path in sorted((TEACHING / "exercises").glob("*.exercise.json"))[::3]:
        made = Exercise.load(path)
        room = collect(made, pretend(made, tmp_path / path.stem, students=30))
        assert (len(room.handed_in), room.refused) == (30, [])
        assert room.grades["score"].max() == 1.0
        assert room.grades["score"].mean() < 1.0
