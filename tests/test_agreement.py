"""Agreement: published worked examples, and constructed annotations whose agreement is known."""

import copy

import pytest

from analystkit import agreement
from analystkit.agreement import cohen_kappa, krippendorff_alpha, span_agreement, unitizing_alpha
from analystkit.analysis import Analysis
from analystkit.corrections import Store, apply, replay
from analystkit.errors import StoreError

# ---- labels


def test_kappa_of_the_worked_example_of_artstein_and_poesio():
    # Computational Linguistics 34(4), 2008, tables 1 and 2: 100 utterances, labels Stat and IReq; kappa = .348
    pairs = [("stat", "stat")] * 20 + [("stat", "ireq")] * 10 + [("ireq", "stat")] * 20 + [("ireq", "ireq")] * 50
    assert cohen_kappa(*map(list, zip(*pairs, strict=True))) == pytest.approx(0.348, abs=0.0005)


def test_kappa_of_the_grant_proposals():
    # the example of Wikipedia's article "Cohen's kappa": 50 proposals, two readers, kappa = 0.40
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert cohen_kappa(*map(list, zip(*pairs, strict=True))) == pytest.approx(0.40)


# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania 2011, example C:
# four observers, twelve units, missing values; nominal alpha = 0.743
FOUR_OBSERVERS = {
    "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
}


def test_alpha_of_krippendorffs_four_observers_with_missing_values():
    labels = {name: dict(enumerate(values)) for name, values in FOUR_OBSERVERS.items()}
    assert krippendorff_alpha(labels) == pytest.approx(0.743, abs=0.0005)


def test_alpha_of_krippendorffs_two_observers_and_two_values():
    # the same paper, example A: ten units, binary; alpha = 0.095
    a = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    b = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorff_alpha({"a": dict(enumerate(a)), "b": dict(enumerate(b))}) == pytest.approx(0.095, abs=0.0005)


def test_labels_that_cannot_be_compared_are_refused():
    with pytest.raises(ValueError, match="got 1 and 2 labels"):
        cohen_kappa(["a"], ["a", "b"])
    with pytest.raises(ValueError, match="at least one item that two annotators labelled"):
        krippendorff_alpha({"a": {1: "x"}, "b": {2: "x", 1: None}})


# ---- units

# Krippendorff, Content Analysis, 4th ed. (Sage 2019), figure 12.11: three observers of a continuum of 60;
# u-alpha nominal = 0.510, binary = 0.413
ALEX = [(0, 7, 1), (7, 13, 2), (30, 32, 5), (32, 37, 6), (37, 44, 6), (44, 60, 7)]
PAUL = [(0, 7, 1), (7, 13, 3), (13, 21, 5), (32, 44, 6)]
SUZAN = [(0, 7, 1), (7, 13, 4), (13, 21, 5), (32, 37, 6), (37, 41, 6), (41, 44, 6)]


def test_unitizing_alpha_of_krippendorffs_three_observers():
    assert unitizing_alpha([ALEX, PAUL, SUZAN], 60) == pytest.approx(0.510, abs=0.0005)
    assert unitizing_alpha([ALEX, PAUL, SUZAN], 60, labels=False) == pytest.approx(0.413, abs=0.001)


def test_unitizing_alpha_is_one_for_the_same_units_and_falls_as_they_move():
    shifted = [[(start + by, end + by, label) for start, end, label in PAUL] for by in (0, 1, 3)]
    values = [unitizing_alpha([PAUL, other], 60) for other in shifted]
    assert values[0] == 1.0
    assert values == sorted(values, reverse=True)
    assert unitizing_alpha([[(0, 10, "a")], [(20, 30, "a")]], 60) < 0


def test_unitizing_alpha_says_nothing_where_nothing_could_differ():
    assert unitizing_alpha([[], []], 60) is None
    assert unitizing_alpha([[(0, 60, "a")], [(0, 60, "a")]], 60) is None


def test_unitizing_alpha_keeps_the_longest_of_overlapping_units():
    nested = [*PAUL, (14, 16, "inner")]
    assert unitizing_alpha([nested, PAUL], 60) == 1.0


def test_units_outside_the_text_are_refused():
    with pytest.raises(ValueError, match="0:61 does not lie within a text of 60"):
        unitizing_alpha([[(0, 61, "a")], []], 60)


# ---- spans


@pytest.mark.parametrize(
    ("second", "exact", "overlapping"),
    [
        ([(0, 4), (10, 20)], 1.0, 1.0),
        ([], 0.0, 0.0),
        ([(0, 4), (12, 22)], 0.5, (1 + 8 / 12) / 2),
        ([(0, 4), (10, 20), (30, 40)], 0.8, 0.8),
        ([(10, 14), (15, 20)], 0.0, 0.25),  # one mark pairs with one: the longer part counts, the other is left over
    ],
)
def test_span_agreement_of_constructed_cases(second, exact, overlapping):
    first = [(0, 4), (10, 20)]
    assert span_agreement(first, second).f == pytest.approx(exact)
    assert span_agreement(first, second, exact=False).f == pytest.approx(overlapping)
    assert span_agreement(second, first, exact=False).f == pytest.approx(overlapping)


def test_precision_and_recall_take_the_first_annotator_as_the_measure():
    found = span_agreement([(0, 4), (10, 20)], [(0, 4), (10, 20), (30, 40)])
    assert (found.precision, found.recall) == (pytest.approx(2 / 3), 1.0)
    nothing = span_agreement([], [])
    assert (nothing.precision, nothing.recall, nothing.f) == (1.0, 1.0, 1.0)


# ---- statements and differences


@pytest.fixture
def other(sample):
    """Another annotator's view of the sample: other ids, a longer quote, another speaker, a stance the other way."""
    data = copy.deepcopy(sample)
    again = {"e1": "e4", "e4": "e1", "e2": "e2", "e3": "e3"}
    for entity in data["entities"]:
        entity["id"] = again[entity["id"]]
    data["entities"].sort(key=lambda entity: entity["id"])
    for quote in data["quotes"]:
        quote["speaker"] = again.get(quote["speaker"])
        quote["via"] = [again[ref] for ref in quote["via"]]
    for stance in data["stances"]:
        stance["holder"], stance["target"] = again.get(stance["holder"]), again.get(stance["target"])
    return data


def test_the_same_marks_under_other_ids_agree(sample, other):
    assert agreement.differences(sample, other) == []
    assert {part: one.f for part, one in agreement.statement_agreement(sample, other).items()} == {
        "content": 1.0,
        "speaker": 1.0,
        "target": 1.0,
    }
    table = agreement.report({"ann": sample, "ben": Analysis.from_dict(other)})
    assert set(table["value"].dropna()) == {1.0}


def test_a_statement_agrees_only_as_a_whole(sample, other):
    other["quotes"][0]["speaker"] = "e2"
    other["stances"][1]["target_span"] = [0, 7]
    found = agreement.statement_agreement(sample, other)
    assert found["content"].f == 1.0
    assert found["speaker"].f == pytest.approx(2 / 3)
    assert found["target"].f == pytest.approx(1 / 3)


def test_differences_name_what_differs(sample, other):
    other["quotes"][1] |= {"kind": "indirect", "via": []}
    other["stances"][0]["polarity"] = "negative"
    del other["quotes"][2]
    other["entities"][1]["mentions"].pop()
    found = agreement.differences(sample, other)
    assert [(one.layer, one.fields) for one in found] == [
        ("stances", ("polarity",)),
        ("entities", ("mentions",)),
        ("quotes", ("kind", "relay")),
        ("quotes", ()),
    ]
    assert found[-1].second is None
    assert [one.id for one in found] == ["d1", "d2", "d3", "d4"]


def test_annotations_of_different_texts_are_refused(sample, other):
    other["text"] += " "
    for compare in (agreement.differences, agreement.side_by_side):
        with pytest.raises(ValueError, match="not of the same text"):
            compare(sample, other)
    with pytest.raises(ValueError, match="not all of the same text"):
        agreement.report({"ann": sample, "ben": other})
    with pytest.raises(ValueError, match="two annotators or more; got ann"):
        agreement.report({"ann": sample})


def test_report_has_every_measure_for_every_layer(sample, other):
    other["quotes"][1]["kind"] = "indirect"
    other["quotes"][0]["content"][0][1] -= 4
    table = agreement.report({"ann": sample, "ben": other, "cem": sample}).set_index(["layer", "measure"])["value"]
    assert table["quotes", "F, exact"] == pytest.approx((0.75 + 0.75 + 1) / 3)
    assert table["quotes", "F, exact"] < table["quotes", "F, overlap"] < 1
    assert 0 < table["quotes", "Krippendorff's alpha"] < 1
    assert 0 < table["quotes", "Cohen's kappa"] < 1
    assert 0 < table["quotes", "unitizing alpha"] < 1
    assert table["entities", "F, exact"] == 1


# ---- side by side, adjudication


def test_side_by_side_shows_each_difference_in_the_text_and_in_words(sample, other):
    other["quotes"][1]["kind"] = "indirect"
    del other["quotes"][0]
    other["entities"][2]["name"] = "<b>Bay Courier</b>"
    view = agreement.side_by_side(sample, other, names=("Ann", "Ben & co"))
    shown = view._repr_html_()
    assert len(view.differences) == 3
    assert "quote, only Ann" in shown
    assert "kind: mixed <i>against</i> indirect" in shown
    assert "Ben &amp; co" in shown
    assert "<b>Bay Courier</b>" not in shown
    assert shown.count('title="d1"') == 2  # the two parts of the quote, on Ann's side only


def test_gold_without_decisions_is_the_first_annotation(sample, other):
    del other["quotes"][0]
    work = agreement.Adjudication(sample, other)
    assert work.gold.to_dict() == sample
    assert [one.layer for one in work.undecided] == ["quotes"]
    assert work.events() == []


def test_deciding_for_the_second_throughout_gives_the_second_annotation(sample, other):
    other["quotes"][1] |= {"kind": "indirect", "speaker": "e4"}
    other["stances"][0]["polarity"] = "negative"
    del other["quotes"][0], other["stances"][1]
    added = copy.deepcopy(other["entities"][2]) | {"id": "e9", "name": "MARNO", "label": "GPE"}
    added["mentions"] = [{"start": 31, "end": 36, "kind": "name"}]
    other["entities"].append(added)
    other["quotes"][-1]["speaker"] = "e9"
    work = agreement.Adjudication(sample, other, by="clara")
    for one in work.differences:
        work.decide(one.id, "second")
    assert work.undecided == []
    assert agreement.differences(work.gold.to_dict(), other) == []


def test_events_of_an_adjudication_make_the_gold_version(sample, other):
    other["entities"] = [entity for entity in other["entities"] if entity["id"] != "e3"]
    for quote in other["quotes"]:
        quote["via"] = []
    other["stances"][0]["strength"] = "weak"
    work = agreement.Adjudication(sample, other, by="clara")
    for one in work.differences:
        work.decide(one.id, "second")
    data = sample
    for event in work.events():
        assert event["by"] == "clara"
        data = apply(data, event["changes"])
    assert data == work.gold.to_dict()
    assert "e3" not in work.gold.to_json()


def test_neither_takes_a_record_out_with_what_points_to_it(sample, other):
    other["entities"][1]["label"] = "ORG"
    work = agreement.Adjudication(sample, other)
    (difference,) = work.differences
    gold = work.decide(difference.id, "neither").gold
    assert gold.entity("e2") is None
    assert gold.quote("q2").speaker is None
    assert gold.mark("s2").holder is None
    assert work.decide(difference.id, "second").gold.entity("e2").label == "ORG"


def test_both_keeps_the_two_records_side_by_side(sample, other):
    other["quotes"][1]["kind"] = "indirect"
    work = agreement.Adjudication(sample, other)
    gold = work.decide("d1", "both").gold
    assert sorted(quote.kind for quote in gold.quotes) == ["direct", "indirect", "indirect", "mixed"]


def test_decisions_that_make_no_sense_are_refused(sample, other):
    other["quotes"][1]["kind"] = "indirect"
    work = agreement.Adjudication(sample, other)
    with pytest.raises(ValueError, match="no difference 'd7'; there are d1 to d1"):
        work.decide("d7", "first")
    with pytest.raises(ValueError, match="one of first, second, both, neither"):
        work.decide("d1", "third")


# ---- settling, made-up annotators


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "gold.analystkit")


def test_every_decision_is_kept_and_can_be_taken_up_again(sample, other, store):
    other["quotes"][1]["kind"] = "indirect"
    del other["quotes"][0], other["stances"][1]
    sample_without = {**sample, "stances": sample["stances"][1:]}
    work = agreement.Adjudication(sample_without, other, by="clara")
    for one, choice in zip(work.differences, ("first", "second", "neither", "second"), strict=False):
        work.decide(one.id, choice)
        work.keep(store)
    again = agreement.Adjudication(sample_without, other, by="clara").resume(store)
    assert again.decisions == work.decisions
    assert again.undecided == []
    assert replay(Analysis(sample_without), store.events()).analysis.to_dict() == work.gold.to_dict()


def test_deciding_anew_takes_the_earlier_decision_back_and_loses_nothing(sample, other, store):
    other["quotes"][1]["kind"] = "indirect"
    work = agreement.Adjudication(sample, other, by="clara")
    for choice in ("second", "both", "first"):
        work.decide("d1", choice).keep(store)
    assert [one["act"] for one in store.events()] == ["adjudicate", "undo", "adjudicate", "undo", "adjudicate"]
    assert replay(Analysis(sample), store.events()).analysis.quote("q2").kind == "mixed"
    work.reopen("d1").keep(store)
    assert replay(Analysis(sample), store.events()).analysis.to_dict() == sample


def test_what_the_first_has_is_accepted_by_name(sample, other):
    other["quotes"][1]["kind"] = "indirect"
    work = agreement.Adjudication(sample, other).decide("d1", "first")
    assert work.gold.to_dict()["quotes"][1]["review"] == "accepted"
    assert work.events()[0]["decision"] == {"layer": "quotes", "first": "q2", "second": "q2", "choice": "first"}


def test_an_entity_that_is_taken_brings_its_country_along(sample, other):
    people = copy.deepcopy(other["entities"][2]) | {"id": "e8", "name": "Marnian", "label": "NORP", "country": "e9"}
    people["mentions"] = [{"start": 31, "end": 36, "kind": "name"}]
    country = people | {"id": "e9", "name": "Marno", "label": "GPE", "country": None}
    country["mentions"] = [{"start": 40, "end": 44, "kind": "name"}]
    other["entities"] += [people, country]
    work = agreement.Adjudication(sample, other)
    for one in work.differences:
        work.decide(one.id, "second" if one.second["name"] == "Marnian" else "first")
    entities = {one["name"]: one for one in work.gold.to_dict()["entities"]}
    assert entities["Marnian"]["country"] == entities["Marno"]["id"]


def test_settling_shows_both_sides_keeps_each_decision_and_goes_on(sample, other, store):
    other["quotes"][1]["kind"] = "indirect"
    del other["stances"][0]
    settling = agreement.Settling(sample, other, names=("Ann", "Ben & co"), store=store, by="clara")
    assert "Ben &amp; co" in settling.sides.value
    assert "<b>indirect</b>" in settling.sides.value
    settling.buttons["second"].click()
    assert "Kept in gold.analystkit" in settling.status.value
    assert len(store.events(by="clara")) == 1
    assert [label[0] for label, _ in settling.list.options] == ["✓", "○"]
    assert "No mark here" in settling.sides.value  # the next one, which only Ann has
    assert settling.buttons["both"].disabled
    settling.buttons["second"].click()
    assert settling.progress.value == settling.progress.max == 2
    assert agreement.differences(settling.gold.to_dict(), other) == []
    settling.reopened.click()
    assert len(settling.work.undecided) == 1
    again = agreement.Settling(sample, other, store=store, by="clara")
    assert again.work.decisions == settling.work.decisions


def test_a_decision_that_cannot_be_kept_is_not_made(sample, other, store, monkeypatch):
    def fail(*_, **__):
        raise StoreError("the disk is full")

    other["quotes"][1]["kind"] = "indirect"
    settling = agreement.Settling(sample, other, store=store)
    monkeypatch.setattr(store, "append", fail)
    settling.decide("second")
    assert "Not kept: the disk is full" in settling.status.value
    assert settling.work.undecided


def test_settling_says_when_there_is_nothing_to_settle(sample, other):
    settling = agreement.Settling(sample, other)
    assert "agree in everything" in settling.sides.value
    assert all(button.disabled for button in settling.buttons.values())
    settling.decide("first")
    assert settling.work.decisions == {}


def test_made_up_annotators_differ_and_leave_their_names(sample, other, store):
    other["quotes"][1]["kind"] = "indirect"
    other["stances"][0]["polarity"] = "negative"
    del other["quotes"][0]
    everything = agreement.pretend(sample, other, by="ann", care=1)
    assert [one["changes"] for one in everything] == [
        one["changes"] for one in agreement.pretend(sample, other, by="ann", care=1)
    ]
    store.append(everything, analysis=sample)
    made = replay(Analysis(sample), store.events(by="ann"))
    assert made.unplaced == ()
    assert {one.get("by") for one in made.analysis.to_dict()["stances"]} >= {"ann"}
    assert agreement.pretend(sample, other, by="ann", care=0, layers=("entities",)) == []
