import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analystkit.wire import as_dict, encodable, script_json

any_text = st.text(st.characters())  # surrogates included
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | any_text,
    lambda inner: st.lists(inner) | st.dictionaries(any_text, inner),
)


@given(json_like)
def test_script_json_reads_back_and_cannot_leave_its_element(value):
    text = script_json(value)
    assert json.loads(text) == encodable(value)
    assert not set(text) & set("<>&\u2028\u2029")
    text.encode("utf-8")


@given(any_text)
def test_encodable_keeps_every_offset(text):
    clean = encodable(text)
    clean.encode("utf-8")
    assert len(clean) == len(text)


def test_as_dict_takes_both_forms_of_an_analysis(sample):
    class Analysis:
        def to_dict(self):
            return sample

    assert as_dict(sample) == as_dict(Analysis()) == sample


def test_as_dict_names_what_it_was_given_instead():
    with pytest.raises(TypeError, match="got str"):
        as_dict("some text")
