"""Acts of people: what they do to an analysis, and how they are taken back."""

import copy
import json
from pathlib import Path

import pytest

from analystkit import corrections, schema
from analystkit.errors import CorrectionsError

ACTS = json.loads(Path(__file__).with_name("acts.json").read_text(encoding="utf-8"))
ON_NOTHING = {"changing a record that is not there puts it in", "removing a record that is not there does nothing"}

each_act = pytest.mark.parametrize("case", ACTS, ids=[case["name"] for case in ACTS])


@pytest.fixture
def quote(sample):
    return sample["quotes"][0]


def change(sample, by="mara", **keys):
    """An event that sets keys of the first quote."""
    quote = sample["quotes"][0]
    return corrections.event(sample, [{"layer": "quotes", "was": quote, "now": quote | keys | {"by": by}}], by=by)


@each_act
def test_shared_case(case):  # the Reader's script is held to the same cases
    before = copy.deepcopy(case["before"])
    after = corrections.apply(case["before"], case["changes"])
    assert after == case["after"]
    assert case["before"] == before, "apply changed what it was given"
    schema.validate(after)


@each_act
def test_inverse_takes_a_shared_case_back(case):
    if case["name"] in ON_NOTHING:
        return  # nothing was there that could come back
    back = corrections.apply(case["after"], corrections.inverse(case["changes"]))
    assert {"reviewed": []} | back == {"reviewed": []} | case["before"]


def test_undo_and_redo_are_events_that_name_what_they_take_back(sample):
    first = change(sample, kind="mixed")
    undo = corrections.undo(sample, [first], by="mara")
    assert (undo["act"], undo["undoes"]) == ("undo", first["id"])
    assert corrections.in_force([first, undo]) == []
    redo = corrections.redo(sample, [first, undo], by="mara")
    assert (redo["act"], redo["undoes"], redo["changes"]) == ("redo", undo["id"], first["changes"])
    assert corrections.in_force([first, undo, redo]) == [first]
    again = corrections.undo(sample, [first, undo, redo], by="mara")
    assert corrections.in_force([first, undo, redo, again]) == []


def test_undo_goes_back_step_by_step_and_redo_forward(sample):
    log = [change(sample, confidence=n / 10) for n in range(4)]
    acts = list(log)
    for expected in reversed(acts):
        log.append(corrections.undo(sample, log, by="mara"))
        assert log[-1]["undoes"] == expected["id"]
    assert corrections.undo(sample, log, by="mara") is None
    for expected in acts:
        log.append(corrections.redo(sample, log, by="mara"))
        assert log[-1]["changes"] == expected["changes"]
    assert corrections.redo(sample, log, by="mara") is None
    assert corrections.in_force(log) == acts


def test_a_new_act_ends_what_can_be_redone(sample):
    log = [change(sample, kind="mixed")]
    log.append(corrections.undo(sample, log, by="mara"))
    log.append(change(sample, kind="indirect"))
    assert corrections.redo(sample, log, by="mara") is None
    assert corrections.in_force(log) == [log[2]]


def test_annotators_take_back_only_their_own(sample):
    log = [change(sample, kind="mixed"), change(sample, by="noor", kind="indirect")]
    undo = corrections.undo(sample, log, by="mara")
    assert undo["undoes"] == log[0]["id"]
    assert corrections.in_force([*log, undo]) == [log[1]]
    forged = undo | {"id": "f" * 32, "by": "noor"}
    assert log[0] in corrections.in_force([*log, forged])


def test_the_same_act_undone_in_two_notebooks_at_once_comes_back_with_one_redo(sample):
    log = [change(sample, kind="mixed")]
    log += [corrections.undo(sample, log, by="mara"), corrections.undo(sample, log, by="mara")]
    assert corrections.in_force(log) == []
    log.append(corrections.redo(sample, log, by="mara"))
    assert corrections.in_force(log) == [log[0]]


@pytest.mark.parametrize(
    ("harm", "place"),
    [
        ({"id": "1"}, "id"),
        ({"at": "yesterday"}, "at"),
        ({"by": ""}, "by"),
        ({"text": "0" * 63}, "text"),
        ({"act": "<b>mark</b>"}, "act"),
        ({"changes": []}, "changes"),
        ({"changes": [{"layer": "dates", "was": None, "now": {}}]}, r"changes\[0\].layer"),
        ({"changes": [{"layer": "quotes", "was": None, "now": None}]}, r"changes\[0\]"),
        ({"changes": [{"layer": "quotes", "was": None, "now": {"id": "q1"}}]}, "required"),
        ({"anchors": {"1:2": {"exact": "a", "prefix": "x" * 33, "suffix": ""}}}, "prefix"),
    ],
)
def test_what_is_no_event_is_refused_with_the_place(sample, tmp_path, harm, place):
    store = corrections.Store(tmp_path / "kept")
    with pytest.raises(CorrectionsError, match=place):
        store.append([change(sample, kind="mixed"), change(sample, kind="mixed") | harm])
    assert not store.path.exists()


def test_a_record_keeps_its_id_and_its_spans_are_not_empty(sample, quote, tmp_path):
    store = corrections.Store(tmp_path / "kept")
    other = corrections.event(sample, [{"layer": "quotes", "was": quote, "now": quote | {"id": "q9"}}], by="mara")
    with pytest.raises(CorrectionsError, match="q1 into q9"):
        store.append([other])
    empty = corrections.event(sample, [{"layer": "quotes", "was": quote, "now": quote | {"cue": [[5, 5]]}}], by="mara")
    with pytest.raises(CorrectionsError, match="5:5"):
        store.append([empty])


def test_hash_of_a_text_is_that_of_its_utf_8(sample):
    assert corrections.text_hash("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
    assert corrections.text_hash("\ud800") == corrections.text_hash("\ufffd")
