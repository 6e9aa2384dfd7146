"""The view of a class: thirty answer files, and files that are garbage or meant to harm."""

import csv
import json
import os
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analystkit.cli import app
from analystkit.errors import LessonError
from analystkit.lessons import Exercise, collect
from analystkit.lessons.translating import answers_from

ROOT = Path(__file__).parents[1]
GOLD = json.loads((ROOT / "seeds" / "harbour-treaty.gold.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def made():
    return Exercise.from_analysis(GOLD, "quotes", level="medium")


def write(folder, name, data):
    path = folder / f"{name}.answers.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def thirty(made):
    """Thirty students: the nth leaves out n/30 of the quotes, and nobody but the first finds the last one."""
    rng = random.Random(7)
    everything = answers_from(made, GOLD)
    last = max(everything)
    for number in range(30):
        kept = [mark for mark in everything if rng.random() >= number / 30 and (number == 0 or mark != last)]
        yield (
            f"student-{number:02}",
            made.answers(kept, student=f"Student {number:02}", tries=number % 4, hints={"i1": number % 3}),
        )


@pytest.fixture
def folder(made, tmp_path):
    for name, answers in thirty(made):
        write(tmp_path / "in", name, answers.to_dict())
    return tmp_path / "in"


def test_thirty_files_give_thirty_grades_and_the_hardest_item_first(made, folder):
    room = collect(made, folder)
    assert room.refused == []
    grades = room.grades
    assert len(grades) == 30
    assert grades.loc[0, "student"] == "Student 00"
    assert grades.loc[0, "score"] == 1.0
    assert grades["score"].iloc[-1] < 0.3
    assert grades["tries"].sum() == sum(number % 4 for number in range(30))
    hardest = room.items.iloc[0]
    assert hardest["trouble"] == 29
    assert "Student 00" not in hardest["students"].split(", ")
    assert hardest["credit"] == pytest.approx(1 / 30)
    assert room.items["hints"].max() == 1.0


def test_margin_shows_the_trouble_where_it_is(made, folder):
    shown = collect(made, folder)._repr_html_()
    assert "30 handed in" in shown
    assert "29 of 30" in shown


def test_the_machine_is_compared(made, folder):
    machine = GOLD | {"quotes": GOLD["quotes"][3:]}
    room = collect(made, folder, machine=machine)
    assert 0 < room.machine.score < 1
    assert set(room.items["machine"]) == {0.0, 1.0}
    assert "the machine’s" in room._repr_html_() or "the machine's" in room._repr_html_()
    assert "⚙" in room._repr_html_()


HOSTILE = {
    "garbage": b"\x00\xff\xfe garbage",
    "text": b"my answers are all right",
    "truncated": b'{"schema": "analystkit/answers@1", "exercise":',
    "list": b"[1, 2, 3]",
    "null": b"null",
    "nan": b'{"schema": NaN}',
    "deep": b"[" * 100_000,
    "huge": b'"' + b"x" * 1_100_000 + b'"',
    "empty": b"",
}


def hostile_answers(made):
    good = made.answers([[0, 5]], student="Mallory").to_dict()
    yield "other-exercise", good | {"exercise": "x000000000000"}
    yield "other-text", good | {"text": "0" * 64}
    yield "outside", good | {"answers": [[0, 10**12]]}
    yield "backwards", good | {"answers": [[9, 3]]}
    yield "negative", good | {"answers": [[-5, 3]]}
    yield "floats", good | {"answers": [[0.5, 3.5]]}
    yield "booleans", good | {"answers": [[True, 5]]}
    yield "too-many", good | {"answers": [[0, 5]] * 6000}
    yield "choices", good | {"answers": {"i1": "e1"}}
    yield "prototype", good | {"answers": {"__proto__": "e1"}}
    yield "tries", good | {"tries": -1}
    yield "hints", good | {"hints": {"i1": 99}}
    yield "name", good | {"student": "x" * 1000}
    yield "code", good | {"answers": "__import__('os').system('true')"}


def test_garbage_and_hostile_files_are_refused_by_name_and_the_rest_graded(made, folder):
    for name, content in HOSTILE.items():
        (folder / f"{name}.answers.json").write_bytes(content)
    names = set(HOSTILE)
    for name, data in hostile_answers(made):
        write(folder, name, data)
        names.add(name)
    (folder / "link.answers.json").symlink_to("/etc/hostname")
    (folder / "folder.answers.json").mkdir()
    os.mkfifo(folder / "pipe.answers.json")
    names |= {"link", "folder", "pipe"}
    room = collect(made, folder)
    assert len(room.grades) == 30
    assert {one.path.name.removesuffix(".answers.json") for one in room.refused} == names
    for one in room.refused:
        assert 10 < len(one.why) < 260, one
    shown = room._repr_html_()
    assert "truncated.answers.json" in shown


def test_scores_in_a_file_are_not_believed(made, tmp_path):
    write(tmp_path, "mallory", made.answers([], student="Mallory").to_dict() | {"score": 1.0, "grade": "A"})
    assert collect(made, tmp_path).grades.loc[0, "score"] == 0.0


def test_markup_in_a_name_stays_text_and_formulas_stay_text_in_spreadsheets(made, tmp_path):
    for number, name in enumerate(["<img src=x onerror=alert(1)>", "=HYPERLINK(1)", "+1", "@x", "Zoë\u202e\n Ødegård"]):
        write(tmp_path, str(number), made.answers([], student=name).to_dict())
    room = collect(made, tmp_path)
    assert "<img" not in room._repr_html_()
    path = room.to_csv(tmp_path / "grades.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        students = [row["student"] for row in csv.DictReader(file)]
    assert students == ["'+1", "<img src=x onerror=alert(1)>", "'=HYPERLINK(1)", "'@x", "Zoë Ødegård"]


def test_without_a_name_the_file_tells_whose_it_is(made, tmp_path):
    write(tmp_path, "ann-lee", made.answers([], student=" ").to_dict())
    assert list(collect(made, tmp_path).grades["student"]) == ["ann-lee"]


def test_a_student_who_hands_in_twice_is_graded_on_the_last(made, tmp_path):
    write(tmp_path, "ann-1", made.answers([], student="Ann").to_dict())
    write(tmp_path, "ann-2", made.answers(answers_from(made, GOLD), student="ann").to_dict())
    room = collect(made, tmp_path)
    assert list(room.grades["score"]) == [1.0]
    assert "Replaced by ann-2.answers.json" in room.refused[0].why


def test_nbgraders_folders_tell_whose_and_which(made, tmp_path):
    other = Exercise.from_analysis(GOLD, "speakers")
    for name in ("ann", "bo"):
        answers = made.answers(answers_from(made, GOLD), student="somebody else").to_dict()
        write(tmp_path / "submitted" / name / "quotes", "work", answers)
        write(tmp_path / "submitted" / name / "speakers", "work", other.answers({}, student=name).to_dict())
    write(tmp_path / "submitted" / "cy" / "quotes", "work", other.answers({}, student="cy").to_dict())
    room = collect(made, tmp_path / "submitted", assignment="quotes")
    assert list(room.grades["student"]) == ["ann", "bo"]
    assert [one.path.parent.parent.name for one in room.refused] == ["cy"]
    assert list(collect(made, tmp_path / "submitted").grades["student"]) == ["ann", "bo"]


def test_a_missing_folder_is_said(made, tmp_path):
    with pytest.raises(LessonError, match="no folder"):
        collect(made, tmp_path / "nowhere")


# ---- commands


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_commands_make_grade_and_compare(tmp_path):
    gold = ROOT / "seeds" / "harbour-treaty.gold.json"
    done = run("exercise", gold, "quotes", "-o", tmp_path / "quotes.html")
    assert done.exit_code == 0, done.output
    made = Exercise.load(tmp_path / "quotes.exercise.json")
    for name, answers in thirty(made):
        write(tmp_path / "in", name, answers.to_dict())
    (tmp_path / "in" / "garbage.answers.json").write_bytes(b"?")
    page, grades = tmp_path / "class.html", tmp_path / "grades.csv"
    done = run("grade", tmp_path / "quotes.exercise.json", tmp_path / "in", "--csv", grades, "--page", page)
    assert done.exit_code == 1
    assert "garbage.answers.json: Not JSON" in done.stderr
    assert "Student 29" in done.stdout
    assert len(grades.read_text(encoding="utf-8-sig").splitlines()) == 31
    assert "29 of 30" in page.read_text(encoding="utf-8")
    done = run("grade", tmp_path / "quotes.exercise.json", tmp_path / "in", "--json")
    assert json.loads(done.stdout.splitlines()[0])["score"] == 1.0
    done = run("agree", gold, gold, "--page", tmp_path / "two.html")
    assert done.exit_code == 0
    assert "0 differences" in (tmp_path / "two.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("exercise", "a.json", "quote", "-o", "x.html"), "'quote' is none; choose from people, quotes"),
        (("exercise", "a.json", "quotes", "-o", "x.html", "--level", "mild"), "easy, medium, hard"),
        (("exercise", "a.json", "quotes", "-o", "x.html", "--quotes", "silent"), "direct, mixed, indirect"),
        (("grade", "none.exercise.json", "."), "Cannot read the exercise"),
        (("agree", "none.json", "none.json"), "none.json cannot be read"),
    ],
)
def test_wrong_usage_is_said(arguments, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.replace("│", " ").split())


def test_an_article_with_nothing_to_ask_fails_by_name(tmp_path):
    path = tmp_path / "bare.json"
    path.write_text(json.dumps(GOLD | {"quotes": [], "stances": []}), encoding="utf-8")
    done = run("exercise", path, "quotes", "-o", tmp_path / "x.html")
    assert done.exit_code == 1
    assert "There is nothing to ask" in done.stderr
    assert not (tmp_path / "x.html").exists()
