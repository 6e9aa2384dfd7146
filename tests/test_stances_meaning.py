"""What the classifier of word vectors sees, on sentences parsed by hand."""

import numpy as np

from analystkit.layers.roles import Syntax
from analystkit.layers.stances.features import page
from analystkit.layers.stances.meaning import ZONES, Meaning, zones
from analystkit.layers.stances.net import example
from tests.stance_docs import sentence


def seen(verb: str, object_: str = "Orvania/NNP/obj/2") -> np.ndarray:
    """What is seen of a pair with this verb between the two."""
    syntax = Syntax(sentence(f"Lesk/NNP/nsubj/2 {verb}/VBD/root/2 {object_}"))
    p = page(syntax, [])
    return zones(p, example(p, range(1), range(2, 3)))


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


def test_words_of_like_meaning_look_alike_though_neither_was_met() -> None:
    assert likeness(seen("criticized"), seen("attacked")) > likeness(seen("criticized"), seen("visited"))


def test_names_of_holder_and_target_are_not_seen() -> None:
    assert np.array_equal(seen("criticized"), seen("criticized", "Britain/NNP/obj/2"))


def test_a_word_without_a_vector_leaves_its_zones_empty() -> None:
    found = seen("zzyzxed")
    width = (len(found) - 1) // ZONES
    assert not found[: 3 * width // 2].any()


def test_the_way_round_is_seen() -> None:
    syntax = Syntax(sentence("Lesk/NNP/nsubj/2 criticized/VBD/root/2 Orvania/NNP/obj/2"))
    p = page(syntax, [])
    there = zones(p, example(p, range(1), range(2, 3)))
    back = zones(p, example(p, range(2, 3), range(1)))
    assert not np.array_equal(there, back)


def test_the_model_answers_for_one_pair_as_for_many() -> None:
    width = len(seen("criticized"))
    rng = np.random.RandomState(0)
    shapes = {"w": (width, 4), "b": (4,), "out": (4, 3), "bias": (3,)}
    model = Meaning({name: rng.normal(size=shape) for name, shape in shapes.items()})
    one, other = seen("criticized"), seen("visited")
    assert np.allclose(model(np.stack([one, other])), [model(one), model(other)], atol=1e-5)
