"""Corrections come back: on the same analysis, on a newer model's, on a text that has changed."""

import copy
import itertools

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from analystkit import Analysis, corrections, schema
from analystkit.corrections import anchors
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
        return [{"layer": layer, "was": None, "now": common | record}]
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
