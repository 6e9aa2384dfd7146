from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analystkit.markup import LAYERS, escape, highlight, paragraphs
from analystkit.wire import encodable

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;"
ELEMENTS = {"bdi", "div", "p", "small", "strong", "u", "b", "mark", "sup", "span", "a", "time"}
ATTRIBUTES = {"class", "style", "title", "dir", "href", "rel", "datetime"}


class Fragment(HTMLParser):
    """Reads a fragment back: its text without the labels, its elements and attributes, its balance."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.labels: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.open.append(tag)
        if ("class", "analystkit-text") in attrs:
            self.inside, self.depth = True, len(self.open)
        if tag == "sup":
            self.labels.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        if self.inside and len(self.open) < self.depth:
            self.inside = False

    def handle_data(self, data):
        if "sup" in self.open:
            self.labels[-1] += data
        elif self.inside:
            self.text += data


def as_shown(text):
    return encodable(text).replace("\0", "\ufffd")


article_text = st.text(st.characters() | st.sampled_from("\n\n\n<>&\"' 🙂é\r\0\u2028"), max_size=80)
spans = st.tuples(st.integers(-3, 90), st.integers(-3, 90)).map(list)


@st.composite
def analyses(draw):
    name = draw(st.sampled_from(["Ann", HOSTILE, "🙂", "\0\ud800"]))
    kind = draw(st.sampled_from(["name", "nominal", "pronoun", HOSTILE]))
    return {
        "article": {
            "title": draw(st.sampled_from([None, HOSTILE])),
            "byline": HOSTILE,
            "url": "javascript:alert(1)",
        },
        "text": draw(article_text),
        "furniture": draw(st.lists(spans, max_size=2)),
        "entities": [
            {
                "id": "e1",
                "name": name,
                "label": draw(st.sampled_from(["PERSON", HOSTILE])),
                "aliases": [],
                "mentions": [{"start": s, "end": e, "kind": kind} for s, e in draw(st.lists(spans, max_size=5))],
                "confidence": 0.5,
                "why": HOSTILE,
            }
        ],
        "quotes": [
            {
                "id": "q1",
                "kind": kind,
                "content": draw(st.lists(spans, max_size=4)),
                "speaker": "e1",
                "via": [HOSTILE],
            }
        ],
        "stances": [
            {
                "id": "s1",
                "holder": "e1",
                "target_span": draw(spans),
                "polarity": draw(st.sampled_from(["positive", HOSTILE])),
                "evidence": draw(spans),
                "certainty": HOSTILE,
            }
        ],
    }


@given(analyses(), st.sets(st.sampled_from(LAYERS)))
def test_any_marks_leave_the_text_as_it_is_and_nothing_unescaped(data, layers):
    fragment = Fragment(highlight(data, layers=tuple(layers)))
    assert fragment.text == as_shown(data["text"])
    assert fragment.open == []
    assert {tag for tag, _ in fragment.elements} <= ELEMENTS
    assert {name for _, attributes in fragment.elements for name in attributes} <= ATTRIBUTES
    assert not [attributes for tag, attributes in fragment.elements if tag == "a"]


def test_every_mark_is_drawn_and_labelled(sample):
    fragment = Fragment(highlight(sample))
    titles = [attributes.get("title", "") for _, attributes in fragment.elements]
    assert sum(title.startswith("Zoë 🙂 Ødegård · person · name") for title in titles) == 2
    labels = [label.strip(" []") for label in fragment.labels]
    assert "…" in labels  # the first part of the split quote
    assert "Zoë 🙂 Ødegård" in labels
    assert "Ali Noor via Bay Courier, mixed" in labels
    assert "speaker unknown, indirect" in labels
    assert "+ Zoë 🙂 Ødegård → the accord" in labels
    assert "− Ali Noor → “the accord”" in labels


@pytest.mark.parametrize(("layer", "element"), [("entities", "u"), ("quotes", "mark"), ("stances", "sup")])
def test_a_layer_that_is_off_leaves_no_trace(sample, layer, element):
    fragment = Fragment(highlight(sample, layers=(layer,)))
    assert {"u", "mark", "sup"} & {tag for tag, _ in fragment.elements} >= {element}
    others = Fragment(highlight(sample, layers=tuple(name for name in LAYERS if name != layer)))
    if layer == "stances":
        assert not [label for label in others.labels if "→" in label]
    else:
        assert element not in {tag for tag, _ in others.elements}


def test_crossing_marks_both_keep_all_their_words():
    text = "one two three"
    data = {
        "text": text,
        "quotes": [{"id": "q1", "kind": "indirect", "content": [[0, 7]]}],
        "entities": [{"id": "e1", "name": "n", "mentions": [{"start": 4, "end": 13, "kind": "nominal"}]}],
    }
    html = highlight(data)
    inside = {"mark": "", "u": ""}

    class Inside(Fragment):
        def handle_data(self, words):
            super().handle_data(words)
            if self.inside and "sup" not in self.open:
                for tag in inside:
                    inside[tag] += words if tag in self.open else ""

    assert Inside(html).text == text
    assert inside == {"mark": "one two", "u": "two three"}


def test_without_styles_and_scripts_the_marks_still_say_what_they_are(sample):
    html = highlight(sample)
    assert "<script" not in html
    assert "<style" not in html
    assert "<mark" in html
    assert "<u" in html
    assert "4 entities" in html
    assert "3 quotes" in html
    assert "2 stances" in html


def test_the_title_is_not_printed_twice(sample):
    assert highlight(sample).count("Harbour accord splits the bay") == 1
    sample["article"]["title"] = "Another headline"
    assert highlight(sample).count("Another headline") == 1


def test_furniture_is_set_apart(sample):
    assert 'title="not part of the report">1 of 2' in highlight(sample)


def test_only_web_addresses_become_links(sample):
    assert '<a href="https://news.example/harbour"' in highlight(sample)
    sample["article"]["url"] = "javascript:alert(1)"
    assert "<a" not in highlight(sample)


def test_an_unknown_layer_is_refused_with_the_known_ones(sample):
    with pytest.raises(ValueError, match="'dates'; choose from entities, quotes, stances"):
        highlight(sample, layers=("entities", "dates"))


@given(article_text)
def test_paragraphs_hold_everything_but_blanks(text):
    position = 0
    for start, end in paragraphs(text):
        assert not text[position:start].strip()
        assert text[start:end].strip()
        position = end
    assert not text[position:].strip()


def test_escape_keeps_carriage_returns_from_the_parser():
    assert escape("a\r\n\0") == "a&#13;\n\ufffd"
