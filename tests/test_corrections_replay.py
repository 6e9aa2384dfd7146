"""Corrections come back: on the same analysis, on a newer model's, on a text that has changed."""

import copy
import itertools

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from analystkit import Analysis, corrections, schema
from analystkit.corrections import anchors, matching
from tests.conftest import _SAMPLE

TEXT = _SAMPLE["text"]
#: The sample in the order in which a layer gives its records.
MACHINE = _SAMPLE | {
    layer: sorted(_SAMPLE[layer], key=lambda record, layer=layer: corrections.records.order(layer, record))
    for layer in ("entities", "quotes", "stances")
}
NUMBERS = itertools.count(100_000_000)  # of records made by people
few = settings(max_examples=25, deadline=None, phases=[Phase.generate, Phase.shrink])


def made(sample, changes, by="mara", act="change", **kwargs):
    """An event as a store keeps it."""
    return anchors.attach(corrections.event(sample, changes, by=by, act=act, **kwargs), sample)


def changed(layer, record, **keys):
    return {"layer": layer, "was": record, "now": record | keys | {"by": "mara"}}


def added(layer, record):
    return {"layer": layer, "was": None, "now": record | {"by": "mara"}}


def removed(layer, record):
    return {"layer": layer, "was": record, "now": None}


def replayed(sample, events):
    result = corrections.replay(Analysis.from_dict(sample), events)
    data = result.analysis.to_dict()
    schema.validate(data)
    return data, result.unplaced


def by_words(data, layer, words):
    """The records of a layer that stand on some words."""
    from analystkit.corrections import records

    return [
        record
        for record in data[layer]
        if any(words == data["text"][start:end] for start, end in records.core(layer, record))
    ]


def renumbered(sample, shift=20):
    """The same analysis by a newer model, which counts otherwise."""
    newer = copy.deepcopy(sample)

    def other(ref):
        return ref and f"{ref[0]}{int(ref[1:]) % 3 + shift}"

    for entity in newer["entities"]:
        entity["id"] = f"e{int(entity['id'][1:]) + shift}"
    for quote in newer["quotes"]:
        quote["id"] = other(quote["id"])
        quote["speaker"] = quote["speaker"] and f"e{int(quote['speaker'][1:]) + shift}"
        quote["via"] = [f"e{int(ref[1:]) + shift}" for ref in quote["via"]]
    for stance in newer["stances"]:
        stance["id"], stance["quote"] = other(stance["id"]), other(stance["quote"])
        for key in ("holder", "target"):
            stance[key] = stance[key] and f"e{int(stance[key][1:]) + shift}"
    newer["model"]["version"] = "2"
    return newer


def shifted(sample, by):
    """The same analysis of the text with words put before it (and nothing else changed)."""
    moved = copy.deepcopy(sample)
    moved["text"] = by + moved["text"]
    n = len(by)
    moved["furniture"] = [[start + n, end + n] for start, end in moved["furniture"]]
    for layer in ("entities", "quotes", "stances"):
        moved[layer] = [
            corrections.records.moved(layer, record, lambda span: (span[0] + n, span[1] + n)) for record in moved[layer]
        ]
    return moved


# Any acts at all


def _span(draw):
    start = draw(st.integers(0, len(TEXT) - 2))
    return [start, draw(st.integers(start + 1, min(len(TEXT), start + 40)))]


def _random_changes(draw, data):
    """One act that the Reader could do on an analysis."""
    layer = draw(st.sampled_from(["entities", "quotes", "stances"]))
    kind = draw(st.sampled_from(["add", "change", "remove", "merge"]))
    entities = [entity["id"] for entity in data["entities"]]
    entity = draw(st.sampled_from([*entities, None]))
    if kind == "add" or not data[layer]:
        span, ref = _span(draw), f"{layer[0]}{next(NUMBERS)}"
        common = {"id": ref, "confidence": 1.0, "why": "marked by hand", "by": "mara"}
        mention = {"start": span[0], "end": span[1], "kind": "name"}
        record = {
            "entities": {"name": TEXT[span[0] : span[1]], "label": "ORG", "aliases": [], "mentions": [mention]},
            "quotes": {"kind": "direct", "content": [span], "cue": [], "source": [], "speaker": entity, "via": []},
            "stances": {
                "holder": entity,
                "holder_span": None,
                "target": None,
                "target_span": span,
                "quote": None,
                "polarity": "neutral",
                "strength": "weak",
                "certainty": "asserted",
                "evidence": span,
            },
        }[layer]
        now = common | record
        if any(matching.likeness(layer, now, other) >= 0.8 for other in (*MACHINE[layer], *data[layer])):
            return []  # the same mark a second time: where the text is another, it is taken for the machine's
        return [{"layer": layer, "was": None, "now": now}]
    record = draw(st.sampled_from(data[layer]))
    if kind == "change":
        keys = {
            "entities": {"label": draw(st.sampled_from(["ORG", "GPE"])), "note": "checked"},
            "quotes": {"speaker": entity, "content": [_span(draw)]},
            "stances": {"holder": entity, "polarity": draw(st.sampled_from(["positive", "neutral"]))},
        }[layer]
        return [{"layer": layer, "was": record, "now": record | keys | {"by": "mara"}}]
    if layer != "entities" or kind == "remove":
        changes = [{"layer": layer, "was": record, "now": None}]
        return changes + _references(data, layer, record["id"], None)
    if len(entities) < 2:
        return []
    other = draw(st.sampled_from([one for one in data["entities"] if one is not record]))
    mentions = {(m["start"], m["end"]): m for m in record["mentions"] + other["mentions"]}
    whole = other | {"mentions": [mentions[place] for place in sorted(mentions)]}
    return [
        {"layer": layer, "was": record, "now": None},
        {"layer": layer, "was": other, "now": whole},
        *_references(data, layer, record["id"], other["id"]),
    ]


def _references(data, layer, old, new):
    """What else changes where a record is taken out: those that refer to it."""
    changes = []
    for there in ("quotes", "stances"):
        for record in data[there]:
            now = dict(record)
            for key, kind in corrections.records.REFERENCES[there].items():
                if kind != layer:
                    continue
                if key == "via":
                    now[key] = [ref for ref in (new if ref == old else ref for ref in record[key]) if ref]
                elif record[key] == old:
                    now[key] = new
            if now != record:
                changes.append({"layer": there, "was": record, "now": now})
    return changes


@st.composite
def some_acts(draw):
    """A log of acts of one person, and the analysis after each of them."""
    data, log = MACHINE, []
    for _ in range(draw(st.integers(1, 8))):
        undo = draw(st.sampled_from([None, None, None, corrections.undo, corrections.redo]))
        event = undo(data, log, by="mara") if undo else None
        if event is None:
            changes = _random_changes(draw, data)
            if not changes:
                continue
            event = corrections.event(data, changes, by="mara")
        event = anchors.attach(event, data)
        data = corrections.apply(data, event["changes"])
        log.append(event)
    return data, log


@few
@given(some_acts())
def test_taking_everything_back_gives_the_machines_analysis(acts):
    data, log = acts
    while (event := corrections.undo(data, log, by="mara")) is not None:
        log.append(event)
        data = corrections.apply(data, event["changes"])
    assert data == MACHINE
    assert replayed(copy.deepcopy(MACHINE), log) == (MACHINE, ())


@few
@given(some_acts())
def test_replay_on_the_same_analysis_is_what_the_acts_did(acts):
    data, log = acts
    assert replayed(MACHINE, log) == (data, ())


@few
@given(some_acts(), st.text("aé🙂\n ", min_size=1, max_size=50))
def test_replay_on_shifted_text_is_what_the_acts_did_shifted(acts, before):
    data, log = acts
    assert replayed(shifted(MACHINE, before), log) == (shifted(data, before), ())


@few
@given(some_acts(), st.randoms(use_true_random=False), st.integers(0, 2))
def test_replay_on_whatever_analysis_is_an_analysis(acts, chance, edits):
    """A newer model that marks otherwise, and a text with passages cut out: never an error, always valid."""
    _, log = acts
    other = renumbered(MACHINE)
    for layer in ("stances", "quotes"):
        other[layer] = [record for record in other[layer] if chance.random() < 0.5]
    kept = {quote["id"] for quote in other["quotes"]}
    for stance in other["stances"]:
        stance["quote"] = stance["quote"] if stance["quote"] in kept else None
    for _ in range(edits):
        start = chance.randrange(len(other["text"]) - 20)
        other = without(other, start, start + chance.randrange(1, 20))
    replayed(other, log)


def without(sample, start, end):
    """An analysis of the text with a passage cut out."""

    def place(span):
        if span[0] < end and start < span[1]:
            return None
        return span if span[1] <= start else (span[0] - end + start, span[1] - end + start)

    cut = copy.deepcopy(sample)
    cut["text"] = sample["text"][:start] + sample["text"][end:]
    cut["furniture"] = []
    for layer in ("entities", "quotes", "stances"):
        moved = (corrections.records.moved(layer, record, place) for record in cut[layer])
        cut[layer] = [record for record in moved if record]
    there = {record["id"] for layer in ("entities", "quotes") for record in cut[layer]}
    for record in (*cut["quotes"], *cut["stances"]):
        for key in ("speaker", "holder", "target", "quote"):
            if record.get(key) not in there and key in record:
                record[key] = None
        if "via" in record:
            record["via"] = [ref for ref in record["via"] if ref in there]
    return cut


# On a newer model's analysis


def test_corrections_find_the_records_of_a_model_that_counts_otherwise(sample):
    _, quote, _ = sample["quotes"]
    log = [
        made(sample, [changed("quotes", quote, speaker="e3", via=[])]),
        made(sample, [changed("stances", sample["stances"][1], polarity="neutral")]),
        made(sample, [removed("quotes", sample["quotes"][2])], act="reject"),
    ]
    data, unplaced = replayed(renumbered(sample), log)
    assert not unplaced
    assert [quote["speaker"] for quote in data["quotes"]] == ["e21", "e23"]
    assert [stance["polarity"] for stance in data["stances"]] == ["positive", "neutral"]
    assert data["quotes"][1]["confidence"] == quote["confidence"], "only what the person changed is changed"


def test_what_a_person_corrected_stays_marked_when_a_newer_model_does_not_mark_it(sample):
    log = [made(sample, [changed("quotes", sample["quotes"][1], kind="indirect")])]
    newer = renumbered(sample)
    newer["quotes"] = [quote for quote in newer["quotes"] if quote["kind"] == "direct"]
    newer["stances"] = []
    data, unplaced = replayed(newer, log)
    assert not unplaced
    assert [(quote["kind"], quote.get("by")) for quote in data["quotes"]] == [("direct", None), ("indirect", "mara")]
    assert data["quotes"][1]["speaker"] == "e22"


def test_a_mark_that_the_newer_model_found_as_well_is_there_once(sample):
    new = sample["quotes"][1]
    older = sample | {"quotes": [quote for quote in sample["quotes"] if quote is not new], "stances": []}
    log = [made(older, [added("quotes", new | {"id": "q123456789", "kind": "indirect"})])]
    data, _ = replayed(renumbered(sample), log)
    (found,) = by_words(data, "quotes", "that the accord was “a trap” for small boats")
    assert (found["kind"], found["by"]) == ("indirect", "mara")
    assert [stance["quote"] for stance in data["stances"]][1] == found["id"]


def test_merged_entities_are_merged_in_a_newer_analysis_and_take_its_references_along(sample):
    noor, courier = sample["entities"][1], sample["entities"][2]
    both = noor | {"mentions": [*noor["mentions"], *courier["mentions"]]}
    log = [
        made(sample, [*({"layer": "entities", "was": noor, "now": both},), removed("entities", courier)], act="merge")
    ]
    newer = renumbered(sample)
    newer["quotes"][0]["via"] = ["e23"]  # a reference that the older model had not made
    data, unplaced = replayed(newer, log)
    assert not unplaced
    (merged,) = by_words(data, "entities", "the Bay Courier")
    assert merged["id"] == "e22"
    assert data["quotes"][0]["via"] == ["e22"]


def test_a_mention_given_to_another_entity_is_taken_from_the_one_that_a_newer_model_gave_it_to(sample):
    noor = sample["entities"][1]
    he = sample["entities"][3]["mentions"][2]
    log = [made(sample, [changed("entities", noor, mentions=[he, *noor["mentions"]])])]
    data, _ = replayed(renumbered(sample), log)
    holders = [entity["name"] for entity in data["entities"] if he in entity["mentions"]]
    assert holders == ["Ali Noor"]


def test_who_is_meant_but_is_not_there_is_listed(sample):
    log = [made(sample, [changed("quotes", sample["quotes"][0], speaker="e3")])]
    newer = renumbered(sample)
    newer["entities"] = [entity for entity in newer["entities"] if entity["name"] != "Bay Courier"]
    newer["quotes"][1]["via"] = []
    data, (unplaced,) = replayed(newer, log)
    assert data["quotes"][0]["speaker"] is None
    assert "speaker" in unplaced.why
    assert unplaced.words.startswith("“We will sign it")


# On a changed text


def empty(sample, text):
    """An analysis of another text, in which the machine has found nothing."""
    return sample | {"text": text, "furniture": [], "entities": [], "quotes": [], "stances": []}


def test_marks_follow_their_words_through_an_edit_and_others_are_listed(sample):
    first, second, _ = sample["quotes"]
    log = [
        made(sample, [added("quotes", first | {"id": "q111111111", "speaker": None})]),
        made(sample, [added("quotes", second | {"id": "q222222222", "speaker": None, "via": []})]),
    ]
    text = (
        sample["text"]
        .replace("praised the accord on Monday", "praised it")
        .replace("that the accord was “a trap” for small boats", "nothing")
    )
    data, (unplaced,) = replayed(empty(sample, text), log)
    (quote,) = data["quotes"]
    assert [text[start:end] for start, end in quote["content"]] == [
        "“We will sign it,”",
        "“whatever 🚢 the council thinks.”",
    ]
    assert (unplaced.words, unplaced.event) == ("that the accord was “a trap” for small boats", log[1])
    assert "not in this text" in unplaced.why


def test_a_passage_of_a_mark_that_is_gone_is_listed(sample):
    log = [made(sample, [added("quotes", sample["quotes"][0] | {"id": "q111111111", "speaker": None})])]
    text = sample["text"].replace("“whatever 🚢 the council thinks.”", "without a word.")
    data, (unplaced,) = replayed(empty(sample, text), log)
    assert len(data["quotes"][0]["content"]) == 1
    assert unplaced.why.startswith("1 of the 4 passages")


def test_a_stretch_that_was_looked_at_and_then_changed_is_not_looked_at_any_more(sample):
    first = {"id": "r100000000", "layer": "quotes", "start": 0, "end": 29, "by": "mara"}
    rest = first | {"id": "r200000000", "start": 31, "end": 200}
    log = [made(sample, [added("reviewed", first), added("reviewed", rest)], act="looked")]
    data, (unplaced,) = replayed(empty(sample, sample["text"].replace("praised", "blamed")), log)
    assert data["reviewed"] == [first]
    assert unplaced.layer == "reviewed"


def test_an_event_without_anchors_on_another_text_is_listed(sample):
    event = corrections.event(sample, [changed("quotes", sample["quotes"][0], kind="mixed")], by="mara")
    _, (unplaced,) = replayed(empty(sample, "Nothing of the kind."), [event])
    assert unplaced.event == event


OLD = "The port opens in May. He said so. The port closes in June, he said, and the crane stays where it is for now."


@pytest.mark.parametrize(
    ("words", "nth", "text", "found"),
    [
        ("The port", 1, OLD, 1),
        ("The port", 1, "Correction. " + OLD, 1),
        ("said", 1, OLD.replace("He said so. ", ""), 0),
        ("said", 0, OLD.replace("He said so. ", ""), None),
        ("He", 0, "Quite another text, in which He does other things.", None),
        ("the crane stays where it is", 0, "New: the crane stays where it is, they say.", 0),
        ("June", 0, OLD.replace("June", "July"), None),
    ],
)
def test_words_are_found_again_by_what_stands_around_them(words, nth, text, found):
    def place(whole, count):
        at = -1
        for _ in range(count + 1):
            at = whole.index(words, at + 1)
        return at, at + len(words)

    old = place(OLD, nth)
    expected = None if found is None else place(text, found)
    assert anchors.find(text, anchors.describe(OLD, old), old[0]) == expected


def test_words_that_were_edited_a_little_are_found_between_their_neighbours():
    text = OLD.replace("closes in June", "closes in late June")
    at = OLD.index("The port closes")
    anchor = anchors.describe(OLD, (at, OLD.index(", he said")))
    start, end = anchors.find(text, anchor, at)
    assert text[start:end] == "The port closes in late June"
    assert anchors.find(text, anchor, at, edited=False) is None


# Several people


def test_what_two_people_did_to_one_record_adds_up(sample):
    noor = sample["entities"][1]
    one, other = ({"start": start, "end": start + 3, "kind": "nominal"} for start in (0, 10))
    log = [
        made(sample, [changed("entities", noor, mentions=[one, *noor["mentions"]], label="ORG")]),
        made(sample, [changed("entities", noor, mentions=[other, *noor["mentions"]], note="who?")], by="noor"),
    ]
    data, unplaced = replayed(sample, log)
    (entity,) = by_words(data, "entities", "Ali Noor")
    assert not unplaced
    assert (entity["label"], entity["note"]) == ("ORG", "who?")
    assert entity["mentions"] == sorted([one, other, *noor["mentions"]], key=lambda mention: mention["start"])


def test_a_change_of_what_somebody_else_took_out_is_listed_with_who(sample):
    quote = sample["quotes"][0]
    log = [
        made(sample, [removed("quotes", quote)], by="noor"),
        made(sample, [changed("quotes", quote, kind="mixed")]),
    ]
    data, (unplaced,) = replayed(sample, log)
    assert quote["id"] not in [quote["id"] for quote in data["quotes"]]
    assert "taken out by noor" in unplaced.why


def test_a_reference_to_what_somebody_else_took_out_is_mended_and_listed(sample):
    courier = sample["entities"][2]
    log = [
        made(sample, [changed("quotes", sample["quotes"][0], speaker="e3")]),
        made(sample, [removed("entities", courier)], by="noor"),
    ]
    data, unplaced = replayed(sample, log)
    assert data["quotes"][0]["speaker"] is None
    assert {(one.event["by"], one.why.split(" of ")[0]) for one in unplaced} == {
        ("noor", "it was the speaker"),
        ("noor", "it was the via"),
    }


def test_a_record_outside_the_text_is_listed_and_not_put_in(sample):
    stray = sample["quotes"][0] | {"id": "q111111111", "content": [[5, 10_000]]}
    data, (unplaced,) = replayed(sample, [made(sample, [added("quotes", stray)])])
    assert [quote["id"] for quote in data["quotes"]] == ["q1", "q2", "q3"]
    assert "outside" in unplaced.why


# By way of the store


def test_an_article_that_was_edited_finds_its_earlier_corrections(sample, tmp_path):
    older = sample | {"article": sample["article"] | {"id": "harbour-00000000", "url": None}}
    newer = empty(older, sample["text"].replace("Monday", "Tuesday"))
    newer["article"] = newer["article"] | {"id": "harbour-11111111"}
    stranger = empty(newer, "Words that have nothing to do with boats, bays or quays at all.")
    store = corrections.Store(tmp_path / "kept")
    log = [corrections.event(older, [added("quotes", sample["quotes"][0] | {"speaker": None})], by="mara")]
    store.append(log, analysis=older)
    data, unplaced = replayed(newer, store.events_on(newer))
    assert not unplaced
    assert len(data["quotes"]) == 1
    assert store.events_on(stranger) == []
    assert store.events_on(newer, by="noor") == []
