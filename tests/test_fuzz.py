"""A few of the fuzz's inputs, in this process; all of them: `python -m benchmarks.fuzz`."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks import fuzz

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def nlp():
    from analystkit import load

    return load()


@pytest.mark.parametrize("at", range(15))
def test_broken_and_hostile_input_is_read_or_refused(at, nlp, tmp_path):
    item = list(fuzz.inputs(15, seed_of_all=3))[at]
    assert fuzz.attempt(item, tmp_path, nlp) in ("ok", "refused")


def test_the_same_seed_gives_the_same_inputs():
    assert list(fuzz.inputs(12, 1)) == list(fuzz.inputs(12, 1))
    assert list(fuzz.inputs(12, 1)) != list(fuzz.inputs(12, 2))


def test_an_offset_outside_the_text_would_be_found(nlp, tmp_path, monkeypatch):
    import analystkit

    class Broken:
        def to_dict(self):
            return {"schema": "analystkit/analysis@1", "text": "A ferry.", "dates": [{"start": 3, "end": 99}]}

    monkeypatch.setattr(analystkit, "analyze", lambda *_: Broken())
    with pytest.raises(Exception, match=r"."):
        fuzz.attempt(fuzz.Input("x", ".txt", b"A ferry."), tmp_path, nlp)
