"""From an article to an analysis, with the shipped pipeline and with others."""

import json
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.attrs import NORM
from spacy.tokens import Doc, DocBin
from spacy.vectors import Vectors
from thinc.api import NumpyOps

import analystkit as ak
from analystkit import pipeline
from analystkit.blas import OneThreadOps
from analystkit.exports.tokens import tokens
from analystkit.schema import validate
from analystkit.weights import narrow, packed, unpacked

SEEDS = sorted(
    p for p in (Path(__file__).parents[1] / "seeds").iterdir() if p.suffix in {".txt", ".md"} and p.stem != "README"
)

BARE = spacy.blank("en")


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_sample_gives_a_valid_analysis_of_its_own_text(path: Path) -> None:
    analysis = ak.analyze(path)
    validate(analysis.to_dict())
    assert analysis.text == path.read_text(encoding="utf-8")
    assert json.loads(analysis.to_json()) == analysis.to_dict()
    assert len(analysis.entities) > 5
    assert len(analysis.quotes) > 5
    inside = {i for start, end in analysis.furniture for i in range(start, end)}
    for entity in analysis.entities:
        assert all(mention.start not in inside for mention in entity.mentions)


def test_an_article_given_as_text() -> None:
    article = ak.Article(text="“We sail at dawn,” said Ana Ruiz, the harbour master.", title="At dawn")
    analysis = ak.analyze(article)
    [quote] = analysis.quotes
    assert quote.kind == "direct"
    assert quote.text == "“We sail at dawn,”"
    assert "Ruiz" in quote.source_text
    assert quote.speaker is not None
    assert quote.speaker.name == "Ana Ruiz"
    assert analysis.article.title == "At dawn"


def test_blanks_that_hold_words_together_part_no_words_and_stay_in_the_text() -> None:
    text = "“It will rain,” Ann\u00a0Lee\u00a0said on\u202fMonday. “It will.”"
    plain = ak.analyze(ak.Article(text.replace("\u00a0", " ").replace("\u202f", " "))).to_dict()
    analysis = ak.analyze(ak.Article(text))
    assert analysis.text == text
    assert analysis.to_dict()["quotes"] == plain["quotes"]
    assert tokens(analysis) is analysis.doc
    assert analysis.doc is not None
    stored = Doc(analysis.doc.vocab).from_bytes(analysis.doc.to_bytes())
    assert pipeline.from_doc(stored, pipeline.load()).text == text


@pytest.mark.slow
def test_many_give_the_same_as_one_by_one() -> None:
    together = list(ak.analyze_many(SEEDS[:3]))
    assert [a.to_dict()["quotes"] for a in together] == [ak.analyze(p).to_dict()["quotes"] for p in SEEDS[:3]]


def test_results_survive_docbin() -> None:
    nlp = pipeline.shipped()
    analysis = ak.analyze(SEEDS[0])
    assert analysis.doc is not None
    box = DocBin(store_user_data=True, docs=[analysis.doc])
    [doc] = DocBin().from_bytes(box.to_bytes()).get_docs(nlp.vocab)
    assert pipeline.from_doc(doc, nlp) == analysis


@pytest.mark.slow
def test_layers_run_in_a_pipeline_that_never_imports_us(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import spacy, sys; nlp = spacy.blank('en'); "
        "[nlp.add_pipe(name) for name in ('analystkit_layout', 'analystkit_entities', 'analystkit_quotes')]; "
        "doc = nlp('“We sail at dawn,” said Ana.'); print(len(doc._.quotes)); print('pandas' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["1", "False"]


def test_a_missing_pipeline_is_named_with_the_way_to_get_it() -> None:
    with pytest.raises(ak.PipelineError, match=r"en_core_web_none.*spacy download en_core_web_none"):
        ak.load("en_core_web_none")


def test_a_folder_that_is_no_pipeline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ak.PipelineError, match=str(tmp_path)):
        ak.load(tmp_path)


def test_a_pipeline_without_parser_and_names_degrades_and_says_so(tmp_path: Path) -> None:
    BARE.to_disk(tmp_path / "bare")
    with pytest.warns(ak.AnalystkitWarning, match="no parser and no ner"):
        nlp = ak.load(tmp_path / "bare")
    with pytest.warns(ak.AnalystkitWarning, match=r"only direct quotes|no stances"):
        analysis = ak.analyze("“We sail at dawn,” said Ana Ruiz.\n\nThe boats left.", nlp)
    assert [quote.text for quote in analysis.quotes] == ["“We sail at dawn,”"]
    validate(analysis.to_dict())


def test_a_doc_that_has_not_been_through_the_layers_is_refused() -> None:
    with pytest.raises(ak.PipelineError, match="has not been through"):
        pipeline.from_doc(BARE("Some text."))


def test_the_shipped_folder_is_small_and_says_what_it_is() -> None:
    folder = Path(pipeline.__file__).parent / "model"
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) <= 15_000_000
    card = (folder / "README.md").read_text(encoding="utf-8")
    for word in ("CC BY-SA 4.0", "EWT", "GUM", "Groningen", "Limits"):
        assert word in card
    assert {"tok2vec", "tagger", "morphologizer", "parser", "lemmatizer", "ner"} <= set(pipeline.shipped().pipe_names)


def test_networks_multiply_with_numpy_and_find_the_same() -> None:
    nlp = pipeline.bare()
    text = "Officials in Oslo said Ana Ruiz, the mayor of Marno, had met them. “We agreed,” she told the Daily Star."
    ours = nlp(text)
    for _, component in nlp.pipeline:
        for node in component.model.walk() if hasattr(component, "model") else ():
            assert isinstance(node.ops, OneThreadOps)
            node.ops = NumpyOps()
    theirs = nlp(text)
    assert [token.head.i for token in ours] == [token.head.i for token in theirs]
    assert [(span.text, span.label_) for span in ours.ents] == [(span.text, span.label_) for span in theirs.ents]


def test_weights_survive_few_bits(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    tagger = nlp.add_pipe("tagger")
    tagger.add_label("NN")
    nlp.initialize()
    nlp.to_disk(tmp_path / "model")
    before = tagger.model.to_bytes()
    size = (tmp_path / "model" / "tagger" / "model").stat().st_size
    narrow(tmp_path / "model")
    assert (tmp_path / "model" / "tagger" / "model").stat().st_size < 0.3 * size
    after = pipeline.bare(tmp_path / "model").get_pipe("tagger").model
    for one, other in zip(tagger.model.from_bytes(before).walk(), after.walk(), strict=True):
        for name in one.param_names:
            was, now = one.get_param(name), other.get_param(name)
            assert now.dtype == np.float32
            step = np.abs(was).max(axis=-1, keepdims=True) / 127 if was.ndim > 1 else 1e-4
            assert (np.abs(was - now) <= 0.51 * step + 1e-3 * np.abs(was)).all()


def test_rows_of_a_table_have_steps_of_their_own() -> None:
    table = np.array([[127.0, -3.2, 0.0], [0.0127, 0.004, -0.0127], [0.0, 0.0, 0.0]], dtype=np.float32)
    stored = packed(table)
    assert (stored.dtype, stored.shape) == (np.int8, (3, 5))
    np.testing.assert_allclose(unpacked(stored), [[127, -3, 0], [0.0127, 0.004, -0.0127], [0, 0, 0]], rtol=2e-3)


def test_an_analysis_knows_the_folder_of_its_file() -> None:
    assert ak.analyze(SEEDS[0]).folder == SEEDS[0].parent
    assert ak.analyze(ak.Article("Officials said no. Nobody asked why.")).folder is None


def test_word_vectors_come_back_from_eight_bits(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    data = np.array([[1.5, -2.0], [0.03125, 9.0]], dtype=np.float32)
    nlp.vocab.vectors = Vectors(data=data, keys=[nlp.vocab.strings.add(word) for word in ("envoy", "dam")])
    nlp.to_disk(tmp_path / "model")
    narrow(tmp_path / "model")
    vectors = pipeline.bare(tmp_path / "model").vocab.vectors.data
    assert vectors.dtype == np.float32
    np.testing.assert_array_equal(vectors, [[1.5, -2.0], [0.03125, 127 / 32]])


def test_a_capitalised_word_has_the_vector_of_the_word() -> None:
    nlp = pipeline.bare()
    rows = nlp.vocab.vectors.find(keys=nlp.make_doc("Troops saw TROOPS and troops in Paris").to_array(NORM))
    assert nlp.vocab.vectors.attr == NORM
    assert rows[0] == rows[2] == rows[4] >= 0
    assert (rows >= 0).all()
