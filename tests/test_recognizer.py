"""The recogniser finds the names that spaCy's own finds."""

from collections.abc import Sequence

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from spacy.training import Example

from analystkit.english.recognizer import Recognizer, _Actions
from analystkit.packaged import samples
from analystkit.pipeline import bare

WORDS = [" ", *(f"w{number}" for number in range(300))]


@pytest.fixture(scope="module")
def nlp() -> Language:
    """A recogniser of chance: its weights are drawn, so that it finds names of all lengths everywhere."""
    nlp = spacy.blank("en")
    component = nlp.add_pipe("analystkit_ner")
    examples = [
        Example.from_dict(nlp.make_doc("Marr left Tarn Lesk Port"), {"entities": [(0, 4, "PERSON"), (10, 24, "GPE")]})
    ]
    nlp.initialize(lambda: examples)
    drawn = np.random.default_rng(5)
    for layer in component.model.layers[1:]:  # type: ignore[attr-defined]
        for name in layer.param_names:
            layer.set_param(name, drawn.normal(size=layer.get_param(name).shape).astype(np.float32))
    return nlp


def spacys(component: Recognizer, docs: Sequence[Doc]) -> list[list[tuple[int, int, str]]]:
    """What spaCy's way of the same component finds."""
    copies = [doc.copy() for doc in docs]
    EntityRecognizer.set_annotations(component, copies, EntityRecognizer.predict(component, copies))
    return [_names(doc) for doc in copies]


def _names(doc: Doc) -> list[tuple[int, int, str]]:
    return [(ent.start, ent.end, ent.label_) for ent in doc.ents]


def _recognizer(nlp: Language) -> Recognizer:
    component = nlp.get_pipe("ner" if "ner" in nlp.pipe_names else "analystkit_ner")
    assert isinstance(component, Recognizer)
    return component


documents = st.lists(st.lists(st.tuples(st.sampled_from(WORDS), st.booleans()), max_size=30), min_size=1, max_size=4)


@given(documents)
def test_any_docs_with_any_weights(nlp: Language, drawn: list[list[tuple[str, bool]]]) -> None:
    docs = [
        Doc(nlp.vocab, words=[word for word, _ in words], sent_starts=[starts for _, starts in words])
        for words in drawn
    ]
    component = _recognizer(nlp)
    assert _Actions.of(component) is not None
    expected = spacys(component, docs)
    component.set_annotations(docs, component.predict(docs))
    assert [_names(doc) for doc in docs] == expected
    assert all(token.ent_iob_ for doc in docs for token in doc)  # "O" is said, not left open


def test_names_of_several_words_are_among_them(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words=WORDS, sent_starts=[True, *[False] * (len(WORDS) - 1)])
    (names,) = _recognizer(nlp).predict(doc)
    assert max(end - start for start, end, _ in names) > 2


def test_the_shipped_pipeline_on_the_samples() -> None:
    nlp = bare()
    component = _recognizer(nlp)
    texts = [path.read_text(encoding="utf-8") for path in samples().values()]
    docs = list(nlp.pipe(texts))
    assert sum(len(doc.ents) for doc in docs) > 200
    with nlp.select_pipes(disable=["ner"]):
        assert [_names(doc) for doc in docs] == spacys(component, list(nlp.pipe(texts)))


def test_names_marked_before_are_kept(nlp: Language) -> None:
    docs = [Doc(nlp.vocab, words=["Marr", "Lesk", "Tarn", "port"] * 5) for _ in range(3)]
    docs[1].set_ents([Span(docs[1], 1, 3, label="ORG")], default="missing")
    component = _recognizer(nlp)
    expected = spacys(component, docs)
    component.set_annotations(docs, component.predict(docs))
    assert [_names(doc) for doc in docs] == expected
    assert (1, 3, "ORG") in _names(docs[1])


def test_nothing_is_found_in_nothing(nlp: Language) -> None:
    docs = list(_recognizer(nlp).pipe([nlp.make_doc(""), nlp.make_doc("Marr"), nlp.make_doc("")]))
    assert [len(doc) for doc in docs] == [0, 1, 0]


def test_it_can_be_trained_and_stored() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("analystkit_ner", name="ner")
    example = Example.from_dict(
        nlp.make_doc("Marr left the port of Tarn ."), {"entities": [(0, 4, "PERSON"), (22, 26, "GPE")]}
    )
    nlp.initialize(lambda: [example])
    for _ in range(40):
        nlp.update([example])
    wanted = [(0, 1, "PERSON"), (5, 6, "GPE")]
    assert _names(nlp("Marr left the port of Tarn .")) == wanted
    again = spacy.blank("en")
    again.add_pipe("analystkit_ner", name="ner")
    again.from_bytes(nlp.to_bytes())
    assert _names(again("Marr left the port of Tarn .")) == wanted
