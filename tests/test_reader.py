import copy
import re
from pathlib import Path

import pytest
import traitlets

from analystkit.analysis import Analysis
from analystkit.corrections import FILENAME, Store, event
from analystkit.markup import LABELS, LAYERS
from analystkit.palette import POLARITY_SIGNS
from analystkit.reader import Reader
from analystkit.reader.bundle import script

SCRIPT = script()


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Corrections are kept in the current folder."""
    monkeypatch.chdir(tmp_path)


def test_takes_an_analysis_or_its_dictionary(sample):
    assert Reader(sample).data == Reader(Analysis.from_dict(sample)).data == sample


def test_analysis_is_what_the_reader_shows(sample):
    reader = Reader(sample)
    assert reader.analysis.to_dict() == sample


@pytest.mark.parametrize(("selected", "kind"), [("e1", "Entity"), ("q2", "Quote"), ("s1", "Stance")])
def test_selected_mark_is_the_object_behind_the_id(sample, selected, kind):
    reader = Reader(sample)
    assert reader.selected_mark is None
    reader.selected = selected
    assert type(reader.selected_mark).__name__ == kind
    assert reader.selected_mark.id == selected


def test_selected_text_counts_code_points(sample):
    reader = Reader(sample)
    assert reader.selected_text == ""
    start = sample["text"].index("Ødegård")
    reader.selection = [start, start + 7]
    assert reader.selected_text == "Ødegård"


def test_layers_are_checked(sample):
    reader = Reader(sample, layers=("quotes",))
    assert reader.layers == ["quotes"]
    with pytest.raises(traitlets.TraitError):
        reader.layers = ["dates"]


def test_repr_is_one_short_line(sample):
    text = repr(Reader(sample))
    assert text == f"Reader({len(sample['text'])} characters, 4 entities, 3 quotes, 2 stances)"


def test_shows_itself_as_widget_and_as_static_html(sample):
    data, _metadata = Reader(sample, layers=("entities",))._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "<u" in data["text/html"]
    assert "<mark" not in data["text/html"]


def test_what_goes_to_the_browser_can_be_encoded(sample):
    reader = Reader(sample)
    reader.data = {**sample, "text": "\ud800" + sample["text"][1:]}
    reader.get_state()["data"]["text"].encode("utf-8")
    assert reader.data["text"][0] == "\ud800"


def table(name):
    body = re.search(rf"const {name} = \{{(.*?)\}}", SCRIPT, re.DOTALL).group(1)
    return dict(re.findall(r'(\w+): "([^"]*)"', body))


def test_script_and_python_use_the_same_words():
    assert table("LABELS") == dict(LABELS)
    assert table("SIGNS") == dict(POLARITY_SIGNS)
    assert re.search(r"LAYERS = \[(.*?)\]", SCRIPT).group(1) == ", ".join(f'"{layer}"' for layer in LAYERS)


def test_script_never_takes_data_for_markup():
    for risk in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "</script",
    ]:
        assert risk not in SCRIPT


# ---- correcting


class Browser:
    """What the browser's side says to a reader, and what it hears."""

    def __init__(self, reader):
        self.reader = reader
        self.heard = []
        reader.send = lambda content, buffers=None: self.heard.append(content)

    def send(self, content):
        self.reader._on_message(self.reader, content, [])
        return self.heard[-1]

    def does(self, act="change", ref="e3", layer="entities", **values):
        """One act that changes a record."""
        was = next(one for one in self.reader.data[layer] if one["id"] == ref)
        now = {**was, **values, "by": self.reader.annotator}
        made = event(self.reader.data, [{"layer": layer, "was": was, "now": now}], by=self.reader.annotator, act=act)
        return made, self.send({"type": "act", "event": made})


def test_an_act_is_kept_before_it_is_acknowledged_and_seen_by_python(sample, tmp_path):
    reader = Reader(sample, annotator="mara")
    seen = []
    reader.observe(lambda change: seen.append(change["new"]), "data")
    assert not (tmp_path / FILENAME).exists()
    made, answer = Browser(reader).does(name="The Bay Courier")
    assert answer == {"type": "kept", "id": made["id"]}
    assert [one["id"] for one in Store(tmp_path / FILENAME).events()] == [made["id"]]
    assert reader.analysis.entity("e3").name == "The Bay Courier"
    assert len(seen) == 1
    assert [one["id"] for one in reader.events] == [made["id"]]


def test_corrections_come_back_with_a_new_reader_of_the_same_article(sample):
    Browser(Reader(sample, annotator="mara")).does(name="The Bay Courier")
    again = Reader(sample)
    assert again.analysis.entity("e3").name == "The Bay Courier"
    history = Browser(again).send({"type": "hello"})
    assert [one["act"] for one in history["events"]] == ["change"]


def test_corrections_come_back_on_the_analysis_of_another_model(sample):
    Browser(Reader(sample, annotator="mara")).does(name="The Bay Courier")
    newer = copy.deepcopy(sample)
    newer["entities"][2]["id"] = "e9"
    newer["quotes"][1]["via"] = ["e9"]
    newer["model"]["version"] = "2"
    again = Reader(newer)
    assert again.analysis.entity("e9").name == "The Bay Courier"
    assert again.events == ()  # made on other records: what takes them back would not fit


def test_corrections_that_no_longer_fit_are_sent_to_the_browser_once_an_act_and_not_with_the_analysis(sample):
    reader = Reader(sample, annotator="mara")
    looked = [{"id": f"r{n}00000000", "layer": layer, "start": 0, "end": 29, "by": "mara"} for n, layer in
              enumerate(LAYERS, start=1)]  # fmt: skip
    made = event(sample, [{"layer": "reviewed", "was": None, "now": one} for one in looked], by="mara", act="looked")
    Browser(reader).send({"type": "act", "event": made})
    assert reader.get_state()["_unplaced"] == []

    reader.data = sample | {"text": "An other " + sample["text"][9:]}
    assert len(reader.unplaced) == 3
    (entry,) = reader.get_state()["_unplaced"]
    assert {key: entry[key] for key in ("act", "by", "at")} == {"act": "looked", "by": "mara", "at": made["at"]}
    (part,) = entry["parts"]
    assert part["layer"] == "reviewed"
    assert part["words"] == sample["text"][:29]
    assert "not in this text" in part["why"]
    assert "unplaced" not in "".join(reader.data)
    reader.data = sample
    assert reader.get_state()["_unplaced"] == []


def test_two_readers_on_one_file_see_each_others_acts(sample):
    one, two = Reader(sample, annotator="mara"), Reader(sample, annotator="noor")
    Browser(one).does(name="The Bay Courier")
    Browser(two).does(ref="q1", layer="quotes", kind="indirect")
    for reader in (one, two):
        assert reader.analysis.entity("e3").name == "The Bay Courier"
        assert reader.analysis.quote("q1").kind == "indirect"
    assert Store(FILENAME).annotators() == ["mara", "noor"]


def test_what_another_process_kept_is_taken_in_by_refresh(sample):
    reader = Reader(sample)
    was = sample["entities"][2]
    other = event(sample, [{"layer": "entities", "was": was, "now": {**was, "name": "Courier"}}], by="noor")
    Store(FILENAME).append([other], analysis=sample)
    reader.refresh()
    assert reader.analysis.entity("e3").name == "Courier"


def elsewhere(sample):
    """What Noor keeps from another notebook: Bay Courier is called Courier."""
    was = sample["entities"][2]
    other = event(
        sample, [{"layer": "entities", "was": was, "now": {**was, "name": "Courier", "by": "noor"}}], by="noor"
    )
    Store(FILENAME).append([other], analysis=sample)
    return other


def test_what_another_process_kept_is_taken_in_with_the_next_act(sample):
    browser = Browser(Reader(sample, annotator="mara"))
    browser.does(ref="q1", layer="quotes", kind="indirect")
    other = elsewhere(sample)
    made, answer = browser.does(ref="q2", layer="quotes", kind="indirect")
    assert answer == {"type": "kept", "id": made["id"]}
    assert browser.reader.analysis.entity("e3").name == "Courier"
    assert [one.kind for one in browser.reader.analysis.quotes][:2] == ["indirect"] * 2
    assert [one["id"] for one in browser.reader.events][1:] == [other["id"], made["id"]]


def test_an_act_done_before_the_others_was_seen_adds_to_it(sample):
    browser = Browser(Reader(sample, annotator="mara"))
    elsewhere(sample)
    browser.reader._on_message(browser.reader, {"type": "look"}, [])
    was = sample["entities"][2]  # as the browser still shows it
    late = event(sample, [{"layer": "entities", "was": was, "now": was | {"note": "Who owns it?"}}], by="mara")
    assert browser.send({"type": "act", "event": late})["type"] == "kept"
    [courier] = [one for one in browser.reader.data["entities"] if one["id"] == "e3"]
    assert (courier["name"], courier["note"]) == ("Courier", "Who owns it?")


def test_acts_can_be_taken_back_where_only_suggestions_differ(sample):
    Browser(Reader(sample | {"accounts": []})).does(name="The Bay Courier")
    assert len(Reader(sample).events) == 1


def test_what_another_process_kept_is_taken_in_when_somebody_comes_back_to_the_reader(sample):
    reader = Reader(sample)
    browser = Browser(reader)
    shown = []
    reader.observe(lambda change: shown.append(change["new"]), "data")
    browser.reader._on_message(reader, {"type": "look"}, [])
    assert not shown, "nothing new, nothing sent"
    elsewhere(sample)
    browser.reader._on_message(reader, {"type": "look"}, [])
    assert reader.analysis.entity("e3").name == "Courier"
    assert len(shown) == 1
    Path(FILENAME).write_bytes(b"spoilt")
    browser.reader._on_message(reader, {"type": "look"}, [])  # is told with the next act
    assert reader.analysis.entity("e3").name == "Courier"


def test_an_act_sent_twice_is_done_once(sample):
    browser = Browser(Reader(sample))
    made, _ = browser.does(name="The Bay Courier")
    assert browser.send({"type": "act", "event": made}) == {"type": "kept", "id": made["id"]}
    assert len(browser.reader.events) == len(Store(FILENAME).events()) == 1


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda made: made | {"text": "0" * 64}, "another text"),
        (lambda made: made | {"changes": "all"}, "changes"),
    ],
)
def test_what_cannot_be_kept_is_answered_with_the_reason_and_not_done(sample, spoil, why):
    reader = Reader(sample)
    browser = Browser(reader)
    was = sample["entities"][2]
    made = event(sample, [{"layer": "entities", "was": was, "now": {**was, "name": "X"}}], by="mara")
    answer = browser.send({"type": "act", "event": spoil(made)})
    assert (answer["type"], answer["id"]) == ("failed", made["id"])
    assert why in answer["why"]
    assert reader.data == sample


def test_a_file_that_cannot_be_written_is_a_failure_and_no_change(sample, tmp_path):
    reader = Reader(sample, corrections=tmp_path / "gone" / "c.analystkit")
    _, answer = Browser(reader).does(name="X")
    assert answer["type"] == "failed"
    assert "gone" in answer["why"]
    assert reader.data == sample


def test_without_corrections_nothing_can_be_changed(sample, tmp_path):
    reader = Reader(sample, corrections=False)
    assert reader._text_hash == ""
    made = event(sample, [], by="mara")
    browser = Browser(reader)
    reader._on_message(reader, {"type": "act", "event": made}, [])
    assert browser.heard == []
    assert list(tmp_path.iterdir()) == []


def test_another_analysis_brings_its_own_corrections(sample):
    other = copy.deepcopy(sample)
    other["text"] = sample["text"].replace("Photo", "Image")
    other["article"]["id"] = "other"
    Browser(Reader(other)).does(name="The Bay Courier")
    reader = Reader(sample)
    before = reader._text_hash
    reader.data = other
    assert reader._text_hash != before
    assert reader.analysis.entity("e3").name == "The Bay Courier"


def test_the_user_of_the_computer_corrects_unless_another_name_is_given(sample, monkeypatch):
    assert Reader(sample).annotator
    monkeypatch.setattr("getpass.getuser", lambda: (_ for _ in ()).throw(OSError("no name")))
    assert Reader(sample).annotator == "analyst"


# ---- its documentation


def keys_in_the_script():
    """What the keys are and do, from the tables that the list of keys in the reader is made of."""
    keys = SCRIPT[SCRIPT.index("const KEYS = [") : SCRIPT.index("function onMark")]
    commands = SCRIPT[SCRIPT.index("const COMMANDS = [") : SCRIPT.index("function commandsFor")]
    history = SCRIPT[SCRIPT.index("const HISTORY = [") : SCRIPT.index("function nameOf")]
    shown = r'show: "([^"]+)",\s*what: "([^"]+)"'
    found = re.findall(r'key: "([^"]+)",\s*label: "[^"]+",\s*what:\s*"([^"]+)"', commands)
    caps = [(re.sub(r"\w$", lambda letter: letter[0].upper(), key), what) for key, what in found]
    return [*re.findall(shown, keys), *caps, *re.findall(shown, history)]


def test_the_guide_lists_every_key_as_the_reader_does():
    guide = (Path(__file__).parents[1] / "docs" / "reader.md").read_text(encoding="utf-8")
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|")) for line in guide.splitlines() if line[:3] == "| `"
    ]
    assert [(keys.replace("`", ""), what) for keys, what in rows] == keys_in_the_script()
    assert len(rows) > 30


def test_no_key_means_two_things_for_the_same_mark():
    commands = SCRIPT[SCRIPT.index("const COMMANDS = [") : SCRIPT.index("function commandsFor")]
    free = re.findall(r'key: "([^"]+)"[^{}]*?on: "(\w+)",\n    run', commands)  # those that fit any mark
    assert len(free) == len(set(free)) > 5
    letters = {key for key, _ in re.findall(r'key: "([^"]+)",\s*label: ("[^"]+")', commands)}
    keys = SCRIPT[SCRIPT.index("const KEYS = [") : SCRIPT.index("function onMark")]
    walking = set(re.findall(r"\b([a-z]): \(", keys))
    assert {"j", "k", "n", "p", "w", "b", "f"} <= walking
    assert not letters & walking


def test_share_answers_with_a_page_of_what_is_shown(sample):
    reader = Reader(sample, corrections=False)
    heard = []
    reader.send = lambda content, buffers=None: heard.append(content)
    reader._on_message(reader, {"type": "share"}, [])
    (answer,) = heard
    assert answer["type"] == "page"
    assert re.fullmatch(r"[a-z0-9-]+\.html", answer["name"])
    assert answer["html"].startswith("<!DOCTYPE html>")


def test_corrections_are_kept_beside_the_articles_file(sample, tmp_path):
    analysis = Analysis.from_dict(sample)
    analysis.folder = tmp_path / "articles"
    analysis.folder.mkdir()
    reader = Reader(analysis, annotator="mara")
    Browser(reader).does(name="Another")
    assert (analysis.folder / FILENAME).exists()
    assert not Path(FILENAME).exists()
