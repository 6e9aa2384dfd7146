"""The store keeps what it has acknowledged, whatever happens, and leaves alone what is not its own."""

import json
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys

import pytest

from analystkit import corrections
from analystkit.corrections import Store
from analystkit.errors import CorrectionsError, StoreError


def act(sample, by="mara", **keys):
    quote = sample["quotes"][0]
    return corrections.event(sample, [{"layer": "quotes", "was": quote, "now": quote | keys | {"by": by}}], by=by)


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / corrections.FILENAME) as store:
        yield store


def test_nothing_is_on_disk_before_the_first_act(store, sample):
    assert store.events() == store.annotators() == store.texts() == []
    assert store.analysis("0" * 64) is None
    assert store.append([]) == 0
    assert list(store.path.parent.iterdir()) == []
    assert store.append([act(sample, kind="mixed")]) == 1
    assert store.path.exists()


def test_events_come_back_as_they_were_in_the_order_of_their_coming(store, sample):
    events = [act(sample, note=note) for note in ("emoji 🙂", "نور", "a lone surrogate \ud800", "quote ' \" ;--")]
    assert store.append(events) == 4
    store.close()
    assert Store(store.path).events() == events


def test_appending_twice_keeps_once(store, sample):
    event = act(sample, kind="mixed")
    assert store.append([event, event]) == 1
    assert store.append([event]) == 0
    assert store.append([event], analysis=sample) == 0
    assert len(store.events()) == 1


def test_another_event_under_a_kept_id_is_refused_and_nothing_of_its_batch_is_kept(store, sample):
    event = act(sample, kind="mixed")
    store.append([event])
    with pytest.raises(CorrectionsError, match=event["id"]):
        store.append([act(sample, kind="indirect"), event | {"by": "noor"}])
    assert store.events() == [event]


def test_events_are_found_by_text_article_and_annotator(store, sample):
    other = sample | {"text": sample["text"] + "More.\n"}
    events = [act(sample), act(sample, by="noor"), act(other)]
    store.append(events)
    text = corrections.text_hash(sample["text"])
    assert store.events(text=text) == events[:2]
    assert store.events(article="harbour") == events
    assert store.events(text=text, by="noor") == events[1:2]
    assert store.events(by="nobody") == []
    assert store.annotators() == ["mara", "noor"]
    assert store.texts() == [(text, "harbour"), (corrections.text_hash(other["text"]), "harbour")]


def test_the_machines_analysis_is_kept_once_and_gives_the_anchors(store, sample):
    store.append([act(sample, kind="mixed")], analysis=sample)
    store.append([act(sample, kind="indirect")], analysis=sample | {"quotes": []})
    assert store.analysis(corrections.text_hash(sample["text"])) == sample
    event, _ = store.events()
    start, end = sample["quotes"][0]["content"][0]
    anchor = event["anchors"][f"{start}:{end}"]
    assert anchor["exact"] == sample["text"][start:end]
    assert anchor["prefix"] == sample["text"][start - 32 : start]
    assert event["refs"]["e1"]["name"] == sample["entities"][0]["name"]
    assert "anchors" not in store.events_on(sample)[0]
    assert "anchors" in store.events_on(sample | {"model": sample["model"] | {"version": "2"}})[0]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM events",
        "UPDATE events SET event = '{}'",
        "REPLACE INTO events SELECT * FROM events",
        "INSERT OR REPLACE INTO events (seq, id, text, article, annotator, event) VALUES (1, 'x', '', '', '', '{}')",
        "DELETE FROM analyses",
        "UPDATE analyses SET analysis = '{}'",
        "REPLACE INTO analyses SELECT * FROM analyses",
    ],
)
def test_kept_rows_can_be_neither_changed_nor_deleted(store, sample, statement):
    store.append([act(sample)], analysis=sample)
    store.close()
    connection = sqlite3.connect(store.path)
    with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
        connection.execute(statement)
    connection.close()
    assert len(store.events()) == 1


@pytest.mark.parametrize(
    "content", [b"Dear diary", b"SQLite format 3\0", b"\0" * 8192, b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_a_file_that_is_no_store_is_named_and_left_alone(tmp_path, sample, content):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"notes\.txt"):
        Store(path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_of_somebody_else_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE events (id)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not one of corrections"):
        Store(path)
    assert path.read_bytes() == before


def test_a_damaged_store_is_named_and_left_alone(store, sample):
    store.append([act(sample, note=str(n) * 500) for n in range(50)])
    store.close()
    content = bytearray(store.path.read_bytes())
    content[8192:-8192] = os.urandom(len(content) - 16384)
    store.path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        Store(store.path)
    assert store.path.read_bytes() == content


def test_a_store_cut_short_is_named_and_left_alone(store, sample):
    store.append([act(sample, note=str(n) * 500) for n in range(50)])
    store.close()
    content = store.path.read_bytes()[:-10_000]
    store.path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        Store(store.path)
    assert store.path.read_bytes() == content


def test_a_later_form_is_left_to_a_later_version(store, sample):
    store.append([act(sample)])
    store.close()
    connection = sqlite3.connect(store.path)
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(StoreError, match="Update analystkit"):
        Store(store.path)


def test_where_nothing_can_be_written_the_reason_is_told(tmp_path, sample):
    with pytest.raises(StoreError, match="Nothing was written"):
        Store(tmp_path / "nowhere" / "kept").append([act(sample)])
    with pytest.raises(StoreError, match="not a file"):
        Store(tmp_path)


def test_a_store_deleted_under_us_is_made_anew_and_not_written_into_the_void(store, sample):
    store.append([act(sample)])
    for path in store.path.parent.iterdir():
        path.unlink()
    store.append([act(sample, kind="mixed")])
    assert len(Store(store.path).events()) == 1


def _write(path, sample, by, count):
    with Store(path) as store:
        for number in range(count):
            store.append([act(sample, by=by, note=str(number))])


@pytest.mark.slow
def test_two_writers_at_once_lose_and_mix_up_nothing(tmp_path, sample):
    path = tmp_path / "kept"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(path, sample, by, 40)) for by in ("mara", "noor")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    store = Store(path)
    for by in ("mara", "noor"):
        notes = [event["changes"][0]["now"]["note"] for event in store.events(by=by)]
        assert notes == [str(number) for number in range(40)]


_WRITER = """
import json, sys
from analystkit import corrections
sample = json.loads(sys.stdin.readline())
store = corrections.Store(sys.argv[1])
while True:
    event = corrections.event(sample, [{"layer": "quotes", "was": None, "now": sample["quotes"][0]}], by="mara")
    store.append([event])
    print(event["id"], flush=True)
"""


@pytest.mark.slow
def test_what_was_acknowledged_survives_a_kill(tmp_path, sample):
    path = tmp_path / "kept"
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    writer.stdin.write(json.dumps(sample) + "\n")
    writer.stdin.flush()
    acknowledged = [writer.stdout.readline().strip() for _ in range(20)]
    writer.send_signal(signal.SIGKILL)
    acknowledged += writer.stdout.read().split()
    writer.wait()
    writer.stdin.close()
    writer.stdout.close()
    kept = [event["id"] for event in Store(path).events()]
    assert kept[: len(acknowledged)] == acknowledged
    assert len(kept) - len(acknowledged) <= 1
