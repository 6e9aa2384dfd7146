"""Files are written whole or not at all."""

import pytest

from analystkit.errors import AnalystkitError
from analystkit.files import write_whole


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
