"""Exercises: what they ask, how they score, and that the key is not in plain sight."""

import copy
import json
from pathlib import Path

import pytest

from analystkit.errors import AnswersError, ExerciseError
from analystkit.lessons import KINDS, LEVELS, Exercise
from analystkit.lessons.scoring import score
from analystkit.lessons.sealing import seal, unseal
from analystkit.lessons.translating import answers_from

ROOT = Path(__file__).parents[1]
CASES = json.loads((ROOT / "tests" / "lessons.json").read_text(encoding="utf-8"))
GOLD = json.loads((ROOT / "seeds" / "harbour-treaty.gold.json").read_text(encoding="utf-8"))

each_kind = pytest.mark.parametrize("kind", KINDS)


def exercise(kind, level="medium", data=GOLD, **options):
    return Exercise.from_analysis(data, kind, level=level, **options)


def nothing(form):
    return [] if form in ("spans", "order", "set") else {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_scores_of_constructed_cases(case):
    key = {"items": [{"why": "", "span": None, **item} for item in case["items"]]}
    result = score(case["form"], key, case["answers"], case["text"])
    assert result.score == pytest.approx(case["score"])
    assert [item.credit for item in result.items] == pytest.approx(case["credits"])
    assert len(result.extra) == case["extra"]


@each_kind
@pytest.mark.parametrize("level", LEVELS)
def test_all_right_is_one_and_empty_is_nothing(kind, level):
    made = exercise(kind, level)
    assert made.check(answers_from(made, GOLD)).score == pytest.approx(1.0)
    assert made.check_analysis(GOLD).score == pytest.approx(1.0)
    assert made.check(nothing(made.form)).score == 0.0


@pytest.mark.parametrize("kind", ["people", "quotes", "speakers", "stances", "chains"])
def test_levels_ask_ever_more(kind):
    counts = [len(exercise(kind, level).key["items"]) for level in LEVELS]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_kinds_of_quote_can_be_chosen():
    made = exercise("quotes", quote_kinds=["indirect"])
    quotes = [quote for quote in GOLD["quotes"] if quote["kind"] == "indirect"]
    assert len(made.key["items"]) == sum(len(quote["content"]) for quote in quotes)


def test_marks_shifted_by_a_word_have_partial_credit():
    made = exercise("quotes", "easy")
    shifted = []
    for start, end in answers_from(made, GOLD):
        first_word_ends = made.text.index(" ", start) + 1
        next_word_ends = made.text.index(" ", end + 1) if " " in made.text[end + 1 :] else end
        shifted.append([first_word_ends, next_word_ends])
    result = made.check(shifted)
    assert 0.3 < result.score < 0.95
    assert {item.verdict for item in result.items} == {"near"}


def test_whoever_relays_the_words_is_worth_half_where_the_speaker_is_asked_for():
    made = exercise("speakers", "hard")
    quote = next(quote for quote in GOLD["quotes"] if quote["via"] and quote["speaker"])
    item = next(item for item in made.items if item["spans"] == quote["content"])
    result = made.check({item["id"]: quote["via"][0]})
    (found,) = [one for one in result.items if one.item == item["id"]]
    assert (found.credit, found.verdict) == (0.5, "near")
    assert "only passes them on" in found.why


@each_kind
def test_every_miss_is_explained_and_points_into_the_text(kind):
    made = exercise(kind)
    for item in made.check(nothing(made.form)).items:
        start, end = item.span
        assert 0 <= start < end <= len(made.text)
        assert len(item.why) > 8


@each_kind
def test_hints_come_by_degrees(kind):
    for item in exercise(kind).key["items"]:
        assert len(item["hints"]) == 3
        assert len(set(item["hints"])) == 3


def test_first_hint_of_a_name_does_not_give_it_away():
    for item in exercise("people").key["items"]:
        name = GOLD["text"][slice(*item["span"])]
        assert name not in item["hints"][0]
        assert name in item["hints"][2]


@each_kind
def test_key_is_not_in_plain_sight(kind, tmp_path):
    made = exercise(kind, "hard")
    page = made.share(tmp_path / "page.html").read_text(encoding="utf-8")
    saved = made.save(tmp_path / "x.exercise.json").read_text(encoding="utf-8")
    for shown in (page, saved):
        for item in made.key["items"]:
            for secret in (item["why"], *item["hints"]):
                if secret not in made.text and len(secret) > 20:
                    assert secret not in shown
                    assert json.dumps(secret) not in shown
        assert '"credit"' not in shown
        assert '"chain":[' not in shown
    assert made.key == Exercise.load(tmp_path / "x.exercise.json").key


def test_order_on_show_is_not_the_answer():
    made = exercise("events")
    assert made.check([item["id"] for item in made.items]).score < 1


def test_the_same_exercise_has_the_same_id_and_another_has_another():
    assert exercise("quotes").id == exercise("quotes").id
    assert len({exercise(kind, level).id for kind in KINDS for level in LEVELS}) == len(KINDS) * len(LEVELS)


def test_sealing_hides_and_gives_back():
    key = {"items": ["Ødegård", 1, None]}
    sealed = seal(key, salt=0x12345678)
    assert sealed == "12345678:" + sealed.split(":")[1]
    assert "items" not in sealed
    assert unseal(sealed) == key
    assert seal(key) != seal(key)
    for damaged in ("", "12", "xyz:AAAA", sealed[:-8], sealed.replace("1", "2", 1)):
        with pytest.raises(ExerciseError, match="key is damaged"):
            unseal(damaged)


def test_an_article_with_nothing_to_ask_is_refused():
    empty = copy.deepcopy(GOLD) | {"quotes": [], "stances": [], "dates": []}
    for kind in ("quotes", "speakers", "directness", "stances", "chains", "events"):
        with pytest.raises(ExerciseError, match="There is nothing to ask"):
            exercise(kind, data=empty)
    with pytest.raises(ExerciseError, match="no kind of exercise 'quote'; choose from people, quotes"):
        exercise("quote")
    with pytest.raises(ExerciseError, match="no level 'mild'"):
        exercise("quotes", "mild")


def test_furniture_is_not_asked_about(sample):
    made = exercise("people", "hard", data=sample)
    start, end = sample["furniture"][0]
    assert all(item["span"][1] <= start or item["span"][0] >= end for item in made.key["items"])


def test_files_that_are_no_exercise_are_refused(tmp_path):
    path = tmp_path / "x.exercise.json"
    with pytest.raises(ExerciseError, match="Cannot read the exercise"):
        Exercise.load(path)
    path.write_text("{")
    with pytest.raises(ExerciseError, match="holds no exercise"):
        Exercise.load(path)
    path.write_text(json.dumps({"schema": "analystkit/exercise@1"}))
    with pytest.raises(ExerciseError, match="Not an exercise in the form"):
        Exercise.load(path)


def test_answers_to_another_exercise_or_of_another_shape_are_refused():
    made, other = exercise("quotes"), exercise("speakers")
    with pytest.raises(AnswersError, match="answers to the exercise"):
        made.check(other.answers({}))
    with pytest.raises(AnswersError, match="not marks in the text"):
        made.check({"i1": "e1"})
    with pytest.raises(AnswersError, match="does not lie within the text"):
        made.check([[0, 10**9]])
    with pytest.raises(AnswersError, match="not the shape of a choice exercise"):
        other.check([[0, 5]])
    with pytest.raises(AnswersError, match="the item i999, which the exercise does not have"):
        other.check({"i999": "e1"})


def test_an_analysis_under_other_ids_scores_the_same():
    data = json.loads(json.dumps(GOLD).replace('"e1"', '"e9001"'))
    for kind in KINDS:
        assert exercise(kind).check_analysis(data).score == pytest.approx(1.0)
    with pytest.raises(AnswersError, match="another text"):
        exercise("quotes").check_analysis(data | {"text": data["text"] + " "})


def test_widget_takes_the_students_answers():
    made = exercise("quotes", "easy")
    widget = made.widget
    assert widget.handed_in is None
    assert widget.result is None
    widget.answers = made.answers(answers_from(made, GOLD), student="Ann", tries=2).to_dict()
    assert widget.result.score == pytest.approx(1.0)
    assert widget.handed_in.student == "Ann"


def test_widget_saves_answers_to_hand_in(tmp_path):
    made = exercise("speakers", "easy")
    with pytest.raises(AnswersError, match="Nothing was answered yet"):
        made.widget.save(tmp_path / "ann.answers.json")
    made.widget.answers = made.answers({"i1": "e1"}, student="Ann").to_dict()
    path = made.widget.save(tmp_path / "ann.answers.json")
    assert made.grade(path).items[0].answer == "e1"
