"""Exports and the way back: for any analysis, in every format, all that the format can hold."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up import analyses, names

from analystkit import exports
from analystkit.analysis import Analysis
from analystkit.exports.formulas import harmless, undone

LOSSLESS = [name for name, form in exports.FORMATS.items() if form.load and name not in ("conll", "brat", "recogito")]
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def there_and_back(data, name, folder, article=None):
    path = folder / f"story{exports.FORMATS[name].suffix}"
    exports.write(data, path, name)
    return exports.read(path, name, article=article).to_dict()


@pytest.mark.slow
@quick
@given(data=analyses())
def test_any_analysis_comes_back_from_every_format_that_loses_nothing(tmp_path, data):
    for name in LOSSLESS:  # in one test, because to make up an analysis takes longer than to export it
        assert there_and_back(data, name, tmp_path) == data, name
    for name in ("brat", "recogito"):
        assert there_and_back(data, name, tmp_path, Analysis.from_dict(data)) == data, name
    found = there_and_back(data, "brat", tmp_path)
    about = ("article", "model", "reviewed", "extra", "unheard_of", "furniture", "schema")
    assert {"amounts": [], **found} | {key: data.get(key) for key in about} == {
        "amounts": [],
        **data,
    } | {key: data.get(key) for key in about}, "brat alone loses the facts of the article and nothing else"


@quick
@given(cell=st.text() | names | st.text("=+-@'\";\t\r\n|a"))
def test_no_cell_runs_and_every_cell_comes_back(cell):
    written = harmless(cell)
    assert undone(written) == cell
    for part in written.replace("|", ";").replace("\t", ";").replace("\n", ";").replace("\r", ";").split(";"):
        assert part.lstrip('"')[:1] not in tuple("=+-@＝＋－＠")
    assert written, "an empty cell means unknown"
