"""Correction files, what is learnt from corrections, and the commands on both."""

import json

import pytest
from spacy.lang.en import English
from typer.testing import CliRunner

from analystkit import Analysis, cli, corrections, pipeline
from analystkit.corrections import Store, files, learning
from analystkit.errors import CorrectionsError, PipelineError
from analystkit.layers.entities import given


def run(*arguments):
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


def act(sample, by="mara", **keys):
    quote = sample["quotes"][0]
    return corrections.event(sample, [{"layer": "quotes", "was": quote, "now": quote | keys | {"by": by}}], by=by)


@pytest.fixture
def file(sample, tmp_path):
    return files.write(tmp_path / "mara.corrections.json", sample, [act(sample, kind="mixed")], by="mara")


def test_a_file_holds_one_annotators_corrections_of_one_text(sample, tmp_path):
    mine = act(sample, note="🙂 \ud800")
    events = [mine, act(sample, by="noor"), act(sample | {"text": "Other."})]
    path = files.write(tmp_path / "mara.corrections.json", sample, events, by="mara")
    data = files.read(path)
    assert data["events"] == [mine]
    assert (data["annotator"], data["article"]["title"]) == ("mara", sample["article"]["title"])
    with pytest.raises(CorrectionsError, match="nobody has corrected nothing"):
        files.write(path, sample, events, by="nobody")
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[1, 2", "cut short"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "not of type 'object'"),
        (b'{"schema": "analystkit/analysis@1"}', "required property"),
        (b'{"schema": NaN}', "NaN"),
    ],
)
def test_garbage_is_refused_with_the_reason(tmp_path, content, message):
    path = tmp_path / "garbage.json"
    path.write_bytes(content)
    with pytest.raises(CorrectionsError, match=message):
        files.read(path)


@pytest.mark.parametrize(
    "harm",
    [
        {"annotator": "noor"},
        {"text": "0" * 64},
        {"article": {"id": "another"}},
        {"events": []},
        {"events": ["<script>"]},
        {"events": {"0": 1}},
    ],
)
def test_a_file_that_contradicts_itself_is_refused(file, harm):
    file.write_text(json.dumps(json.loads(file.read_text()) | harm))
    with pytest.raises(CorrectionsError, match=r"Not corrections|not one of the form"):
        files.read(file)


def test_merge_takes_good_files_in_and_names_the_others(file, sample, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text("no")
    store = tmp_path / "kept"
    Store(store).append([act(sample, by="noor")], analysis=sample)
    result = run("merge", bad, file, tmp_path / "missing.json", "--into", store)
    assert result.exit_code == 1
    assert "bad.json" in result.stderr
    assert "missing.json" in result.stderr
    assert "1 of 1 events are new, by mara" in result.stderr
    assert Store(store).annotators() == ["mara", "noor"]
    assert Store(store).events(by="mara")[0]["anchors"], "the text is known, so its words are too"
    assert run("merge", file, "--into", store).exit_code == 0
    assert len(Store(store).events()) == 2


def test_merge_into_what_is_no_store_is_wrong_usage(file):
    before = file.read_bytes()
    assert run("merge", file, "--into", file).exit_code == 2
    assert file.read_bytes() == before


def test_corrections_are_listed_with_who_when_what_and_the_words(sample, tmp_path):
    store = Store(tmp_path / "kept")
    event = act(sample, kind="mixed", note="\x1b[31m")
    store.append([event, act(sample, by="noor", confidence=1.0)], analysis=sample)
    result = run("corrections", store.path)
    assert result.exit_code == 0
    for words in ("mara", "noor", event["at"][:10], "“We will sign it,”", "confidence"):
        assert words in " ".join(result.stdout.split())
    lines = run("corrections", store.path, "--json", "--by", "mara").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [event["id"]]
    assert run("corrections", tmp_path / "missing").exit_code == 2


def test_gold_is_sure_counts_from_one_and_keeps_its_references(sample):
    sample["entities"][0]["id"] = sample["quotes"][0]["speaker"] = sample["stances"][0]["holder"] = "e482013765"
    sample["accounts"] = [
        {"id": "a1", "matter": "m", "entity": None, "statements": ["q1"], "differences": [], "why": "two speak of it"}
    ]
    gold = learning.gold(Analysis.from_dict(sample))
    assert "accounts" not in gold
    assert Analysis.from_dict(gold).quotes[0].speaker.name == sample["entities"][0]["name"]
    for layer in ("entities", "quotes", "stances"):
        assert [record["id"] for record in gold[layer]] == [f"{layer[0]}{n + 1}" for n in range(len(gold[layer]))]
        assert {record["confidence"] for record in gold[layer]} == {1.0}


def test_scores_count_what_is_found_and_what_is_right(sample):
    machine = json.loads(json.dumps(sample))
    machine["entities"][1]["label"] = "ORG"
    machine["quotes"][0]["speaker"] = "e2"
    del machine["quotes"][1], machine["stances"][1]
    machine["stances"][0]["polarity"] = "negative"
    found = {score.what: (score.gold, score.found, score.right) for score in learning.scores([(sample, machine)])}
    assert found == {
        "names": (5, 5, 3),
        "mentions": (10, 10, 10),
        "quotes": (3, 2, 2),
        "quotes with speaker": (3, 2, 1),
        "stances": (2, 1, 0),
    }


def test_scores_count_only_what_people_have_looked_at(sample):
    start, end = sample["quotes"][0]["cue"][0][0] - 40, sample["quotes"][0]["content"][1][1]
    sample["reviewed"] = [{"id": "r1", "layer": "quotes", "start": start, "end": end, "by": "mara"}]
    machine = sample | {"quotes": sample["quotes"][1:]}
    quotes = {score.what: score for score in learning.scores([(sample, machine)])}["quotes"]
    assert (quotes.gold, quotes.found, quotes.recall, quotes.precision) == (1, 0, 0.0, None)


def test_improve_writes_gold_and_names_and_tells_the_scores(sample, tmp_path, monkeypatch):
    noor = sample["entities"][1]
    change = {"layer": "entities", "was": noor, "now": noor | {"label": "ORG", "by": "mara"}}
    store = Store(tmp_path / "kept")
    store.append([corrections.event(sample, [change], by="mara")], analysis=sample)
    monkeypatch.setattr(pipeline, "load", lambda name: name)
    monkeypatch.setattr(pipeline, "analyze", lambda article, nlp: Analysis.from_dict(sample))
    result = run("improve", store.path, "-o", tmp_path / "learnt")
    assert result.exit_code == 0, result.stderr
    gold = Analysis.from_json((tmp_path / "learnt" / "harbour.gold.json").read_text(encoding="utf-8"))
    assert [entity.label for entity in gold.entities if entity.name == "Ali Noor"] == ["ORG"]
    assert (tmp_path / "learnt" / "harbour.txt").read_bytes().decode() == sample["text"]
    assert {"label": "ORG", "pattern": "Ali Noor"} in given_names(tmp_path / "learnt" / "names.jsonl")
    assert ["names", "5", "5", "3", "0.600"] in [line.split()[:5] for line in result.stdout.splitlines()]
    assert "nobody has noted what they looked at" in result.stderr


def given_names(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_given_names_are_found_whatever_the_pipeline_says(tmp_path):
    path = tmp_path / "names.jsonl"
    path.write_text('{"label": "ORG", "pattern": "Wex Forward"}\n\n{"label": "PERSON", "pattern": "al-Sayed"}\n')
    nlp = English()
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("entity_ruler", config={"validate": True}).add_patterns([{"label": "GPE", "pattern": "Wex"}])
    nlp.add_pipe("analystkit_layout")
    nlp.add_pipe("analystkit_entities")
    given.add(nlp, given.read(path))
    doc = nlp("The plan of Wex Forward failed, al-Sayed said.")
    assert {(entity["name"], entity["label"]) for entity in doc._.entities} == {
        ("Wex Forward", "ORG"),
        ("al-Sayed", "PERSON"),
    }


@pytest.mark.parametrize(
    "line",
    ["Bay Courier", '{"label": "ORG"}', '{"label": "DATE", "pattern": "May"}', '{"label": "ORG", "pattern": []}', "3"],
)
def test_a_line_that_is_no_name_is_told_with_its_number(tmp_path, line):
    path = tmp_path / "names.jsonl"
    path.write_text('{"label": "ORG", "pattern": "Wex"}\n' + line + "\n")
    with pytest.raises(PipelineError, match="line 2"):
        given.read(path)
    with pytest.raises(PipelineError, match="cannot be read"):
        given.read(tmp_path / "missing")
