"""The recogniser of names: the best well-formed tags by its weights, within sentences; what is marked already stays."""

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from spacy import load
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example

from analystkit.english import tokenizer
from analystkit.english.biluo import Tags
from analystkit.english.recognizer import Recognizer

TAGS = Tags.of(["GPE", "ORG"])


@pytest.fixture
def nlp() -> Language:
    """A recogniser whose weights are drawn at random, so that it finds names of all lengths everywhere."""
    nlp = tokenizer.blank()
    tok2vec = {
        "@architectures": "spacy.HashEmbedCNN.v2", "width": 12, "depth": 1, "embed_size": 300, "window_size": 1,
        "maxout_pieces": 2, "subword_features": True, "pretrained_vectors": None,
    }  # fmt: skip
    model = {"@architectures": "analystkit.Names.v1", "hidden": 8, "tok2vec": tok2vec}
    component: Any = nlp.add_pipe("analystkit_ner", name="ner", config={"model": model})
    doc = nlp.make_doc("Marr left Tarn")
    nlp.initialize(lambda: [Example.from_dict(doc, {"entities": [(0, 4, "PERSON"), (10, 14, "GPE")]})])
    rng = np.random.default_rng(5)
    for name in component.model.param_names:
        component.model.set_param(name, rng.normal(size=component.model.get_param(name).shape).astype(np.float32))
    return nlp


def names(doc: Doc) -> list[tuple[int, int, str]]:
    return [(ent.start, ent.end, ent.label_) for ent in doc.ents]


def is_well_formed(path: tuple[int, ...]) -> bool:
    tags = [TAGS.names[tag] for tag in path]
    pairs = [*itertools.pairwise(["O", *tags, "O"])]
    return all(
        second[0] in "IL" and first[2:] == second[2:] if first[0] in "BI" else second[0] in "OBU"
        for first, second in pairs
    )


WAYS = [np.array([way for way in itertools.product(range(9), repeat=n) if is_well_formed(way)]) for n in range(4)]


@given(arrays.arrays(np.float32, (4, 9), elements=st.floats(-4, 4, width=16)), st.integers(1, 3))
def test_the_tags_are_the_best_of_all_that_make_whole_names(scores: NDArray[np.float32], border: int) -> None:
    path = TAGS.best(scores, [0, border, 4])
    value = 0.0
    for part in (slice(0, border), slice(border, 4)):
        assert is_well_formed(tuple(path[part]))
        rows = scores[part]
        value += float(rows[range(len(rows)), WAYS[len(rows)]].sum(axis=1).max())
    assert float(scores[range(4), path].sum()) == pytest.approx(value, abs=1e-3)


def test_tags_become_names() -> None:
    path = np.array([TAGS.names.index(tag) for tag in ["U-GPE", "O", "B-ORG", "I-ORG", "L-ORG", "U-ORG"]])
    assert TAGS.spans(path) == [(0, 1, "GPE"), (2, 5, "ORG"), (5, 6, "ORG")]
    assert TAGS.spans(TAGS.best(np.zeros((0, 9)), [0, 0])) == []


def test_the_names_are_those_that_the_weights_ask_for(nlp: Language) -> None:
    component: Any = nlp.get_pipe("ner")
    weights = {name: component.model.get_param(name) for name in component.model.param_names}
    words = [f"w{number}" for number in range(200)]
    doc = Doc(nlp.vocab, words=words, sent_starts=[number % 20 == 0 for number in range(200)])
    (rows,) = component.model.get_ref("tok2vec").predict([doc])
    hidden = np.maximum(rows @ weights["hidden"].T + weights["hidden_b"], 0)
    scores = hidden @ weights["tag"].T + weights["tag_b"]
    tags = component.tags
    expected = tags.spans(tags.best(scores, range(0, 201, 20)))
    assert names(component(doc)) == expected
    assert max(end - start for start, end, _ in expected) > 2
    assert all(token.ent_iob_ for token in doc)  # "O" is said, not left open


def test_blanks_are_no_names(nlp: Language) -> None:
    doc = nlp("\n\n".join(f"w{n} w{n + 1}" for n in range(100)))
    assert len(doc.ents) > 20
    assert not any(token.is_space for ent in doc.ents for token in ent)


def test_what_is_decided_stays(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words=[f"w{number}" for number in range(60)])
    free = names(nlp.get_pipe("ner")(doc.copy()))
    inside = next(start for start, end, _ in free if end - start > 1)
    doc.set_ents([Span(doc, inside, inside + 1, label="LAW")], outside=[doc[40:60]], default="missing")
    found = names(nlp.get_pipe("ner")(doc))
    assert (inside, inside + 1, "LAW") in found
    assert not any(end > 40 for _, end, _ in found)
    assert {name for name in free if name[1] <= inside} <= set(found)


def test_nothing_is_found_in_nothing(nlp: Language) -> None:
    docs = list(nlp.pipe(["", "Marr", ""]))
    assert [len(doc) for doc in docs] == [0, 1, 0]


def test_it_is_stored_with_its_labels(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    again = load(tmp_path)
    assert again.get_pipe("ner").labels == ("GPE", "PERSON")  # type: ignore[attr-defined]
    text = " ".join(f"w{number}" for number in range(100))
    assert names(again(text)) == names(nlp(text)) != []


def test_it_says_where_it_learns(nlp: Language) -> None:
    component = nlp.get_pipe("ner")
    assert isinstance(component, Recognizer)
    doc = nlp("Marr left Tarn")
    with pytest.raises(RuntimeError, match=r"training/student\.py"):
        component.update([Example(doc, doc)], sgd=nlp.create_optimizer())
