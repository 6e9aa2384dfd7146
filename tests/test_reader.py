import re

import pytest
import traitlets

from analystkit.analysis import Analysis
from analystkit.markup import LABELS, LAYERS
from analystkit.palette import POLARITY_SIGNS
from analystkit.reader import Reader
from analystkit.reader.bundle import script

SCRIPT = script()


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
