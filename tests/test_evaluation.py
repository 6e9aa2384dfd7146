"""How right a layer is: the measures, the reading of gold, and the command."""

import copy
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analystkit import cli
from analystkit.errors import SchemaError
from analystkit.evaluation import LAYERS, accounts, evaluate, gold
from analystkit.evaluation.layers import compare

SEED = Path(__file__).parents[1] / "seeds" / "harbour-treaty.gold.json"


@pytest.fixture
def marked():
    return json.loads(SEED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("layer", LAYERS)
def test_gold_agrees_with_itself(layer, marked):
    table = next(iter(compare(layer, [(marked, marked)]).values()))
    f1 = table["F1"].dropna()
    assert (f1[table["gold"].loc[f1.index] > 0].round(6) == 100).all()


def test_missed_and_invented_attributions_cost_recall_and_precision(marked):
    found = copy.deepcopy(marked)
    kept = found["quotes"].pop()
    table = compare("quotes", [(marked, found)])["Attributions"].loc["full attributions"]
    count = len(marked["quotes"])
    assert table["P"] == 100
    assert table["R"] == pytest.approx(100 * (count - 1) / count)
    found["quotes"] += [kept, kept | {"id": "q99"}]
    assert compare("quotes", [(marked, found)])["Attributions"].loc["full attributions", "P"] < 100


def test_dates_with_other_days_are_found_but_not_right(marked):
    found = copy.deepcopy(marked)
    date = next(date for date in found["dates"] if date["iso_start"])
    date["iso_start"] = date["iso_end"] = "1999-01-01"
    table = compare("dates", [(marked, found)])["Dates"]
    count = len(marked["dates"])
    assert table.loc["expressions", "F1"] == 100
    assert table.loc["expressions and days", "F1"] == pytest.approx(100 * (count - 1) / count)


def test_mentions_in_the_wrong_entity_are_not_right_however_sure(marked):
    found = copy.deepcopy(marked)
    one, other = sorted(found["entities"], key=lambda record: -len(record["mentions"]))[:2]
    stray = other["mentions"].pop() | {"confidence": 0.31}
    one["mentions"].append(stray)
    table = compare("entities", [(marked, found)])["How sure, and how often right"]
    assert table.loc[f"{stray['kind']}, 30-40 % sure", "right"] == 0


def test_wrong_source_is_no_full_attribution_though_the_content_is_found(marked):
    found = copy.deepcopy(marked)
    quote = next(quote for quote in found["quotes"] if quote["source"])
    quote["source"] = []
    table = compare("quotes", [(marked, found)])["Attributions"]
    assert table.loc["contents", "F1"] == 100
    assert table.loc["full attributions", "F1"] < 100


def test_speakers_are_compared_by_who_they_are_not_by_their_ids(marked):
    renamed = json.loads(
        json.dumps(marked)
        .replace('"e', '"e9')
        .replace('"e9ntities"', '"entities"')
        .replace('"e9nd"', '"end"')
        .replace('"e9vidence"', '"evidence"')
    )
    title = "Speakers, among the contents found"
    assert (compare("quotes", [(marked, renamed)])[title]["right"] == 100).all()
    quote = next(quote for quote in renamed["quotes"] if quote["speaker"])
    quote["speaker"] = next(e["id"] for e in renamed["entities"] if e["id"] != quote["speaker"])
    assert compare("quotes", [(marked, renamed)])[title].loc["speaker", "right"] < 100


def test_calibration_counts_how_often_each_tenth_is_right(marked):
    found = copy.deepcopy(marked)
    for quote in found["quotes"]:
        quote["confidence"] = 0.85
    table = compare("quotes", [(marked, found)])["How sure, and how often right"]
    assert list(table.index) == ["80-90 % sure"]
    assert table["sure"].tolist() == pytest.approx([85])
    assert table["right"].tolist() == [100]


def test_gold_is_a_folder_a_file_or_json_lines(tmp_path, marked):
    assert len(gold(SEED.parent)) > len(gold(SEED)) == 1
    row = {
        "id": "a",
        "text": "Lee said rain fell.",
        "attributions": [{"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 18]]}],
    }
    lines = tmp_path / "rows.jsonl"
    lines.write_text(f"{json.dumps(marked)}\n\n{json.dumps(row)}\n", encoding="utf-8")
    assert [item.complete for item in gold(lines)] == [True, False]
    with pytest.raises(SchemaError, match="attributions only"):
        evaluate("stances", gold(lines))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ('{"text": "a", "attributions": [{"source": []}]}', "needs source, cue and content"),
        ('{"text": "a"}', "Not an analysis"),
        ('{"text": "a"}\n{"text', "not JSON|Not an analysis"),
    ],
)
def test_what_is_no_gold_is_named(text, says, tmp_path):
    path = tmp_path / "bad.gold.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError, match=says) as error:
        gold(path)
    assert "bad.gold.json" in str(error.value)


def test_folder_without_gold_says_how_the_files_are_named(tmp_path):
    with pytest.raises(SchemaError, match=r"NAME\.gold\.json"):
        gold(tmp_path)


def test_command_prints_a_table():
    run = CliRunner().invoke(cli.app, ["evaluate", "quotes", str(SEED)])
    assert run.exit_code == 0, run.output
    assert "full attributions" in run.stdout
    assert "speaker" in run.stdout


def test_command_fails_plainly_on_bad_gold_and_on_unknown_layers(tmp_path):
    path = tmp_path / "bad.json"
    path.write_text("no", encoding="utf-8")
    run = CliRunner().invoke(cli.app, ["evaluate", "quotes", str(path)])
    assert run.exit_code == 1
    assert "not JSON" in run.stderr
    assert CliRunner().invoke(cli.app, ["evaluate", "moods", str(SEED)]).exit_code == 2


def test_accounts_count_pairs_of_statements_by_different_sources():
    text = "Lee praised the plan. Kim rejected the plan. Roe spoke of fish."
    spots = {
        "q1": ("the plan", 0, "e1"),
        "q2": ("the plan", 25, "e2"),
        "q3": ("fish", 0, "e3"),
        "q4": ("Lee praised", 0, "e1"),
    }
    quotes = []
    for ref, (words, begin, speaker) in spots.items():
        start = text.index(words, begin)
        quotes.append(
            {
                "id": ref,
                "speaker": speaker,
                "via": [],
                "source": [],
                "cue": [],
                "content": [[start, start + len(words)]],
            }
        )
    account = {"statements": ["q1", "q2", "q4"], "differences": [{"statements": ["q1", "q2"]}]}
    gold_ = {"text": text, "quotes": quotes, "accounts": [account]}
    assert list(accounts.score([(gold_, gold_)]).loc["together"]) == [100, 100, 100, 2, 2]  # q1 and q4 are Lee's both
    other = [{**quote, "id": f"q{9 - n}"} for n, quote in enumerate(quotes)]  # q9, q8, q7, q6: the same by other ids
    found = {**gold_, "quotes": other, "accounts": [{"statements": ["q9", "q7"], "differences": []}]}
    table = accounts.score([(gold_, found)])
    assert list(table.loc["together", ["P", "R", "found", "gold"]]) == [0, 0, 1, 2]
    found["accounts"] = [{"statements": ["q9", "q8"], "differences": [{"statements": ["q8", "q9"]}]}]
    table = accounts.score([(gold_, found)])
    assert list(table.loc["together", ["P", "R"]]) == [100, 50]
    assert list(table.loc["pull apart", ["P", "R"]]) == [100, 100]


def test_gold_without_accounts_cannot_measure_them(tmp_path):
    data = json.loads(SEED.read_text(encoding="utf-8"))
    del data["accounts"]
    path = tmp_path / SEED.name
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(SchemaError, match="has no accounts"):
        evaluate("accounts", gold(path))
