import pytest
from hypothesis import given
from hypothesis import strategies as st

from analystkit.layers.quotation import pair, paragraphs


def found(text):
    return [text[item.start : item.end] for item in pair(text)]


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ('"Yes," he said.', ['"Yes,"']),
        ("“Yes,” he said, “now.”", ["“Yes,”", "“now.”"]),
        ("„Ja“, sagte er.", ["„Ja“"]),
        ("Il dit : « Oui », puis « non ».", ["« Oui »", "« non »"]),
        ("``Yes,'' he said.", ["``Yes,''"]),
        ("''Yes,'' he said.", ["''Yes,''"]),
        ("‘We’re in,’ he said. ‘Go.’", ["‘We’re in,’", "‘Go.’"]),
        ("'I'm not,' he said, 'going.'", ["'I'm not,'", "'going.'"]),
        ("＂Yes,＂ he said.", ["＂Yes,＂"]),
    ],
)
def test_kinds_of_marks(text, quotations):
    assert found(text) == quotations


@pytest.mark.parametrize(
    "text",
    [
        "the workers' demands and the bosses' offers",
        "don't, can't, it’s, o’clock",
        "in the '90s they called 'em",
        'a 6" pipe',
        "5'10 tall",
    ],
)
def test_apostrophes_and_inches_quote_nothing(text):
    assert found(text) == []


def test_quotation_within_a_quotation():
    text = "“He said ‘no’ to me,” she said."
    outer, inner = pair(text)
    assert (text[outer.start : outer.end], outer.depth) == ("“He said ‘no’ to me,”", 0)
    assert (text[inner.start : inner.end], inner.depth) == ("‘no’", 1)


def test_title_in_the_same_marks_within_a_quotation():
    text = '"The "Hunger Games" star," he said.'
    assert [(text[q.start : q.end], q.depth) for q in pair(text)] == [
        ('"The "Hunger Games" star,"', 0),
        ('"Hunger Games"', 1),
    ]


def test_apostrophe_of_the_plural_does_not_close():
    assert found("He said 'it is the workers' right' today.") == ["'it is the workers' right'"]


def test_quotation_over_paragraphs():
    text = '"One.\n\n"Two.\n\n"Three," he said.'
    first, second, third = pair(text)
    assert [item.closed for item in (first, second, third)] == [False, False, True]
    assert [item.continues for item in (first, second, third)] == [False, True, True]


def test_odd_mark_costs_its_paragraph_only():
    text = 'He said "no.\n\nShe said "yes" twice. "Sure."'
    assert found(text) == ['"no.', '"yes"', '"Sure."']
    assert [item.closed for item in pair(text)] == [False, True, True]


def test_lost_closing_mark_ends_before_the_next_quotation():
    assert found('"We won. "They lost."') == ['"We won.', '"They lost."']


def test_stray_closing_mark_is_passed_over():
    assert found('No opening," he said. "Yes."') == ['"Yes."']


def test_paragraphs_are_split_at_blank_lines_and_after_sentences():
    text = "  One two.\n\nThree\nfour.\nFive.\n \n "
    assert [text[start:end] for start, end in paragraphs(text)] == ["One two.", "Three\nfour.", "Five."]


_MARKS = st.sampled_from([*"\"“”„«»'‘’`‹›＂", "``", "''", "\n\n", "\n", " ", ". ", ", ", "a", "s", "9", "word "])


@given(st.lists(_MARKS, max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_gives_quotations_that_nest(text):
    quotations = pair(text)
    assert quotations == sorted(quotations, key=lambda item: (item.start, -item.end))
    for item in quotations:
        assert 0 <= item.start < item.end <= len(text)
        around = [o for o in quotations if o != item and o.start <= item.start and item.end <= o.end]
        assert item.depth == len(around)
    for one in quotations:
        for other in quotations:
            apart = one.end <= other.start or other.end <= one.start
            within = (one.start <= other.start and other.end <= one.end) or (
                other.start <= one.start and one.end <= other.end
            )
            assert apart or within


@given(st.text(alphabet="ab. \n\"“”'", max_size=60))
def test_later_paragraphs_do_not_depend_on_an_odd_mark_before(text):
    tail = 'He said: "It is so."'
    before = text + "\n\n" + tail
    shifted = [(q.start - len(text) - 2, q.end - len(text) - 2) for q in pair(before) if q.start >= len(text) + 2]
    assert shifted == [(9, 20)]


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ('“It fell," he said. "It did."', ['“It fell,"', '"It did."']),
        ('"It fell,” he said. “It did."', ['"It fell,”', '“It did."']),
        ('“He said "no" to him,” she said.', ['“He said "no" to him,”']),
        ("“It was 6' 2\" tall,” he said.", ["“It was 6' 2\" tall,”"]),
        ('"It fell," said one.\nThe rest."It did," said another.', ['"It fell,"', '"It did,"']),
        ("In ‘08 they won. “It ‘fell’ then,” he said.", ["“It ‘fell’ then,”"]),
    ],
    ids=[
        "curly closed straight",
        "straight closed curly",
        "straight within",
        "inches",
        "no blank before",
        "short year",
    ],
)
def test_double_marks_of_different_kinds_pair(text, quotations):
    assert [text[q.start : q.end] for q in pair(text) if q.depth == 0] == quotations


_SENTENCE = st.lists(st.sampled_from("rain snow fell again today harbours".split()), min_size=2, max_size=6).map(
    lambda words: " ".join(words).capitalize() + "."
)
_PAIRS = st.sampled_from([("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("``", "''")])


@given(st.lists(_SENTENCE, min_size=2, max_size=5), _PAIRS)
def test_a_quotation_over_any_number_of_paragraphs_is_one_chain(sentences, marks):
    opening, closing = marks
    text = "\n\n".join(opening + sentence for sentence in sentences) + closing
    found = pair(text)
    assert [text[q.start : q.end].strip("“”\"«»„`'") for q in found] == sentences
    assert [q.continues for q in found] == [False, *(True for _ in sentences[1:])]
    assert [q.closed for q in found] == [*(False for _ in sentences[1:]), True]


@given(_SENTENCE, _SENTENCE, st.sampled_from([("“", "”", "‘", "’"), ('"', '"', "'", "'"), ("«", "»", "‹", "›")]))
def test_a_quotation_within_another_is_found_with_any_marks(outer, inner, marks):
    one, other, first, last = marks
    text = f"{one}He said {first}{inner}{last} and left. {outer}{other} she said."
    assert [(text[q.start : q.end], q.depth) for q in pair(text)] == [
        (text[: text.index(other, 1) + 1], 0),
        (f"{first}{inner}{last}", 1),
    ]


@given(st.lists(st.tuples(_SENTENCE, _PAIRS), min_size=1, max_size=4), st.integers(0, 3), st.sampled_from('“”"«»„'))
def test_a_stray_mark_costs_no_other_paragraph(quoted, place, stray):
    paragraphs_ = [f"She said: {opening}{sentence}{closing}" for sentence, (opening, closing) in quoted]
    paragraphs_.insert(place, f"The tide {stray}rose again.")
    text = "\n\n".join(paragraphs_)
    found = {text[q.start : q.end] for q in pair(text) if q.closed}
    assert {opening + sentence + closing for sentence, (opening, closing) in quoted} <= found
