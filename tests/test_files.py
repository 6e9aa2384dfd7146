"""Files are written whole or not at all."""

import re
from pathlib import Path

import pytest

import analystkit
from analystkit.errors import AnalystkitError, FormatError
from analystkit.files import write_together, write_whole


def test_a_file_is_replaced_and_nothing_stays_beside_it(tmp_path):
    target = tmp_path / "page.html"
    target.write_text("old")
    assert write_whole(target, b"new", what="the page") == target
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["missing/page.html", "file/page.html", ".", "", "nul\0.html", "x" * 300])
def test_an_unwritable_place_is_named_and_nothing_is_left(tmp_path, name):
    (tmp_path / "file").write_text("")
    with pytest.raises(AnalystkitError, match=r"cannot write the page to .*Give a file name"):
        write_whole(tmp_path / name, b"new", what="the page")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_interrupted_write_keeps_the_old_file_and_leaves_no_half(tmp_path, monkeypatch):
    from analystkit import files

    target = tmp_path / "page.html"
    target.write_text("old")

    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(target, b"new", what="the page")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_files_that_belong_together_are_replaced_together_or_not_at_all(tmp_path):
    places = [tmp_path / "story.ann", tmp_path / "missing" / "story.txt"]
    places[0].write_text("old")
    with pytest.raises(FormatError, match=r"cannot write the export to .*missing"):
        write_together(dict.fromkeys(places, b"new"), what="the export", error=FormatError)
    assert places[0].read_text() == "old"
    assert list(tmp_path.iterdir()) == [places[0]]
    places[1].parent.mkdir()
    assert write_together(dict.fromkeys(places, b"new"), what="the export") == places
    assert [place.read_bytes() for place in places] == [b"new", b"new"]


#: Modules that write by other means, and why no half of it can be taken for the whole.
WRITERS = {
    "files.py": "the one way",
    "gallery.py": "a whole folder, put in place when it is complete",
    "weights.py": "training only: into a folder that spaCy makes",
}


def test_no_module_writes_a_file_by_another_way():
    root = Path(analystkit.__file__).parent
    writes = re.compile(
        r"\.write_(?:text|bytes)\(|open\([^)]*[\"'][wx]b?[\"']|\.to_(?:csv|parquet|json)\((?:path|target)"
    )
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if writes.search(path.read_text(encoding="utf-8"))
    }
    assert found == WRITERS.keys()
