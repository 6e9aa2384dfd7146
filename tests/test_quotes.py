import json
import warnings

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from parses import ACCORDING, COPULA, NOUN, PASSIVE, PLEDGE, QUOTED, REMARK, REPORTED, parsed
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from analystkit.errors import AnalystkitWarning, PipelineError
from analystkit.layers.quotes import Quotes
from analystkit.layers.quotes import model as attribution_model
from analystkit.layers.quotes.features import mix, mix_all, slots
from analystkit.layers.quotes.model import Model
from analystkit.layers.quotes.net import Net

SCHEMES = pytest.mark.parametrize("scheme", ["UD", "CLEAR"])


def quotes(doc, model="rules", entities=None):
    doc._.entities = entities
    return Quotes(model)(doc)._.quotes


def text(doc, quote, part):
    return " … ".join(doc.text[start:end] for start, end in quote[part])


def only(doc, model="rules", entities=None):
    (quote,) = quotes(doc, model, entities)
    return quote


def entity(ref, name, doc, label="PERSON", kind="name", words=None):
    start = doc.text.index(words or name)
    mention = {"start": start, "end": start + len(words or name), "kind": kind}
    return {"id": ref, "name": name, "label": label, "aliases": [], "mentions": [mention]}


@SCHEMES
def test_that_clause(scheme):
    doc = parsed(REPORTED[scheme])
    said = next(quote for quote in quotes(doc) if text(doc, quote, "cue") == "said")
    assert text(doc, said, "source") == "Kirby"
    assert text(doc, said, "content") == "that Putin wants peace"
    assert said["kind"] == "indirect"


@SCHEMES
def test_direct_quote_around_its_cue_is_one(scheme):
    doc = parsed(QUOTED[scheme])
    quote = only(doc)
    assert text(doc, quote, "source") == "Kirby"
    assert text(doc, quote, "content").startswith("“We agree,”")
    assert quote["kind"] == "direct"


@SCHEMES
def test_passive_takes_its_agent(scheme):
    doc = parsed(PASSIVE[scheme])
    quote = only(doc)
    assert text(doc, quote, "source") == "two aides"
    assert text(doc, quote, "content") == "that rain looms"


@SCHEMES
def test_remark_after_the_sentence(scheme):
    doc = parsed(REMARK[scheme])
    quote = only(doc)
    assert text(doc, quote, "source") == "KCNA"
    assert text(doc, quote, "content") == "The visit ended early"


@SCHEMES
def test_infinitive(scheme):
    doc = parsed(PLEDGE[scheme])
    quote = only(doc)
    assert text(doc, quote, "source") == "Kim"
    assert text(doc, quote, "content") == "to help Russia"
    assert quote["why"].startswith("plan:")


@SCHEMES
def test_thought_is_told_apart(scheme):
    doc = parsed(COPULA[scheme])
    quote = only(doc)
    assert text(doc, quote, "content") == "Kim is a friend of Russia"
    assert quote["why"].startswith("thought:")


@SCHEMES
def test_noun_with_its_clause(scheme):
    doc = parsed(NOUN[scheme])
    quote = only(doc)
    assert text(doc, quote, "source") == "Lee"
    assert text(doc, quote, "cue") == "claim"
    assert text(doc, quote, "content") == "that taxes fell"


@SCHEMES
def test_according_to_becomes_the_way_the_words_came(scheme):
    doc = parsed(ACCORDING[scheme])
    entities = [entity("e1", "Peskov", doc), entity("e2", "TASS", doc, "ORG")]
    quote = only(doc, entities=entities)
    assert (quote["speaker"], quote["via"]) == ("e1", ["e2"])
    assert text(doc, quote, "content") == "the visit ended"


@SCHEMES
def test_agency_alone_speaks_itself(scheme):
    doc = parsed(REMARK[scheme])
    quote = only(doc, entities=[entity("e1", "KCNA", doc, "ORG")])
    assert (quote["speaker"], quote["via"]) == ("e1", [])


NESTED = """
    KCNA KCNA NNP PROPN nsubj 2
    reported report VBD VERB ROOT 0
    that that IN SCONJ mark 5
    Kim Kim NNP PROPN nsubj 5
    said say VBD VERB ccomp 2
    rain rain NN NOUN nsubj 7
    fell fall VBD VERB ccomp 5
    . . . PUNCT punct 2
"""


def test_nested_attributions_keep_both_levels():
    doc = parsed(NESTED)
    entities = [entity("e1", "KCNA", doc, "ORG"), entity("e2", "Kim", doc)]
    outer, inner = quotes(doc, entities=entities)
    assert (outer["speaker"], outer["via"]) == ("e1", [])
    assert (inner["speaker"], inner["via"]) == ("e2", ["e1"])
    assert text(doc, outer, "content") == "that Kim said rain fell"


PRONOUN = """
    Kirby Kirby NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    rain rain NN NOUN nsubj 4
    fell fall VBD VERB ccomp 2
    . . . PUNCT punct 2
    He he PRP PRON nsubj 7
    added add VBD VERB ROOT 0
    that that IN SCONJ mark 10
    snow snow NN NOUN nsubj 10
    fell fall VBD VERB ccomp 7
    . . . PUNCT punct 7
"""


def test_pronoun_without_a_mention_is_a_guess_that_says_so():
    doc = parsed(PRONOUN)
    first, second = quotes(doc, entities=[entity("e1", "Kirby", doc)])
    assert second["speaker"] == "e1"
    assert "guess" in second["why"]
    assert "guess" not in first["why"]
    assert second["confidence"] < first["confidence"]


def test_pronoun_with_a_mention_is_no_guess():
    doc = parsed(PRONOUN)
    one = entity("e1", "Kirby", doc)
    start = doc.text.index("He")
    one["mentions"].append({"start": start, "end": start + 2, "kind": "pronoun"})
    _, second = quotes(doc, entities=[one])
    assert (second["speaker"], "guess" in second["why"]) == ("e1", False)


SPOKEN_OF = """
    Kirby Kirby NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    Putin Putin NNP PROPN nsubj 4
    lied lie VBD VERB ccomp 2
    . . . PUNCT punct 2

    He he PRP PRON nsubj 8
    added add VBD VERB ROOT 0
    that that IN SCONJ mark 11
    snow snow NN NOUN nsubj 11
    fell fall VBD VERB ccomp 8
    . . . PUNCT punct 8
"""


def test_he_who_added_is_who_spoke_last_not_whom_they_spoke_of():
    doc = parsed(
        SPOKEN_OF.replace("He he PRP PRON nsubj 8", "He he PRP PRON nsubj 7")
        .replace(" 8\n", " 7\n")
        .replace(" 11\n", " 10\n")
    )
    kirby, putin = entity("e1", "Kirby", doc), entity("e2", "Putin", doc)
    start = doc.text.index("He")
    putin["mentions"].append({"start": start, "end": start + 2, "kind": "pronoun"})
    first, second = quotes(doc, entities=[kirby, putin])
    assert (first["speaker"], second["speaker"]) == ("e1", "e1")
    assert "guess" in second["why"]


def test_unknown_speaker_is_none():
    doc = parsed(PRONOUN)
    assert [quote["speaker"] for quote in quotes(doc, entities=[])] == [None, None]


PARAGRAPHS = """
    “ “ `` PUNCT punct 3
    Rain rain NN NOUN nsubj 3
    fell fall VBD VERB ROOT 0
    . . . PUNCT punct 3

    “ “ `` PUNCT punct 7
    Snow snow NN NOUN nsubj 7
    fell fall VBD VERB ccomp 11
    , , , PUNCT punct 7
    ” ” '' PUNCT punct 7
    Kirby Kirby NNP PROPN nsubj 11
    said say VBD VERB ROOT 0
    . . . PUNCT punct 11
"""


def test_quotation_over_paragraphs_is_one():
    doc = parsed(PARAGRAPHS)
    quote = only(doc)
    assert text(doc, quote, "content") == "“Rain fell. … “Snow fell,”"
    assert quote["kind"] == "direct"


LEFT_OVER = """
    Kirby Kirby NNP PROPN nsubj 2
    laughed laugh VBD VERB ROOT 0
    . . . PUNCT punct 2
    “ “ `` PUNCT punct 6
    Rain rain NN NOUN nsubj 6
    fell fall VBD VERB ROOT 0
    . . . PUNCT punct 6
    ” ” '' PUNCT punct 6
"""


def test_quotation_without_a_cue_is_kept_and_its_speaker_guessed():
    doc = parsed(LEFT_OVER)
    quote = only(doc, entities=[entity("e1", "Kirby", doc)])
    assert (quote["cue"], quote["source"], quote["speaker"]) == ([], [], "e1")
    assert "guess" in quote["why"]
    assert quote["confidence"] < 0.5


@settings(deadline=None, max_examples=8)
@given(st.integers(0, 5))
def test_quoted_sentences_without_a_cue_go_on_from_who_spoke(following):
    rows = """
    Kirby Kirby NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    : : : PUNCT punct 2
    “ “ `` PUNCT punct 6
    Rain rain NN NOUN nsubj 6
    fell fall VBD VERB ccomp 2
    . . . PUNCT punct 6
    ” ” '' PUNCT punct 6
    """
    for at in range(9, 9 + 5 * following, 5):
        rows += f"""
    “ “ `` PUNCT punct {at + 2}
    Snow snow NN NOUN nsubj {at + 2}
    fell fall VBD VERB ROOT 0
    . . . PUNCT punct {at + 2}
    ” ” '' PUNCT punct {at + 2}
    """.replace("\n\n", "\n")
    doc = parsed("\n".join(line for line in rows.splitlines() if line.strip()))
    quote = only(doc, entities=[entity("e1", "Kirby", doc)])
    assert quote["speaker"] == "e1"
    assert text(doc, quote, "content").count("fell") == 1 + following


@pytest.mark.parametrize(
    "table",
    [
        """
        Kirby Kirby NNP PROPN nsubj 2
        declined decline VBD VERB ROOT 0
        to to TO PART mark 4
        comment comment VB VERB xcomp 2
        . . . PUNCT punct 2
        """,
        """
        Kirby Kirby NNP PROPN nsubj 2
        read read VBD VERB ROOT 0
        “ “ `` PUNCT punct 6
        The the DT DET det 6
        Long long JJ PROPN amod 6
        Night night NN PROPN obj 2
        ” ” '' PUNCT punct 6
        . . . PUNCT punct 2
        """,
        """
        Bill Bill NNP PROPN nsubj 6
        “ “ `` PUNCT punct 3
        Boots Boots NNP PROPN flat 1
        ” ” '' PUNCT punct 3
        Ray Ray NNP PROPN flat 1
        left leave VBD VERB ROOT 0
        . . . PUNCT punct 6
        """,
        """
        The the DT DET det 2
        union union NN NOUN nsubj 3
        refused refuse VBD VERB ROOT 0
        to to TO PART mark 5
        answer answer VB VERB xcomp 3
        . . . PUNCT punct 3
        """,
        """
        A a DT DET det 3
        “ “ `` PUNCT punct 3
        consultation consultation NN NOUN nsubj 5
        ” ” '' PUNCT punct 3
        drew draw VBD VERB ROOT 0
        replies reply NNS NOUN obj 5
        . . . PUNCT punct 5
        """,
    ],
    ids=["declined to comment", "title", "nickname", "refused to answer", "scare quotes"],
)
def test_not_quotes(table):
    assert quotes(parsed(table)) == []


def test_furniture_is_left_out():
    doc = parsed(REPORTED["UD"])
    doc.spans["furniture"] = [Span(doc, 0, len(doc))]
    assert quotes(doc) == []


def test_spans_are_written_and_survive_a_docbin():
    doc = parsed(QUOTED["UD"])
    Quotes("rules")(doc)
    (read,) = DocBin(store_user_data=True, docs=[doc]).get_docs(doc.vocab)
    assert json.dumps(read._.quotes) == json.dumps(doc._.quotes)  # lists come back as tuples
    assert {span.label_ for span in read.spans["quotes"]} == {"direct"}
    assert [span.text for span in read.spans["cues"]] == ["told"]
    assert [span.text for span in read.spans["sources"]] == ["Kirby"]
    for quote in read._.quotes:
        for start, end in quote["content"]:
            assert read.char_span(start, end) is not None


def test_factory_works_by_its_name_and_keeps_its_setting():
    nlp = spacy.blank("en")
    nlp.add_pipe("analystkit_quotes", config={"model": "rules"})
    assert nlp.get_pipe_config("analystkit_quotes")["model"] == "rules"
    with pytest.warns(AnalystkitWarning, match="no parse"):
        doc = nlp("“We will not go,” Ann Lee said. “Never.”")
    (quote, *_) = doc._.quotes
    assert text(doc, quote, "content") == "“We will not go,”"
    assert text(doc, quote, "source") == "Ann Lee"


def test_warning_without_a_parse_comes_once():
    component = Quotes("rules")
    with pytest.warns(AnalystkitWarning):
        component(Doc(Vocab(), words=["Hello", "."]))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        component(Doc(Vocab(), words=["Hello", "."]))


def test_empty_doc():
    assert quotes(Doc(Vocab(), words=[])) == []


# -- the model


def tiny(seed):
    """A model of random weights: what it finds means nothing, but it must hold together."""
    random = np.random.default_rng(seed)

    def net(*questions):
        return Net(
            random.normal(0, 1, (64, 4)).astype(np.float32),
            random.normal(0, 1, 4).astype(np.float32),
            random.normal(0, 1, (4, sum(questions))).astype(np.float32),
            np.zeros(sum(questions), dtype=np.float32),
            questions,
        )

    nets = {"cue": net(2), "pair": net(3, 4), "stretch": net(2), "far": net(2)}
    return Model(nets, random.normal(0, 0.1, 12).astype(np.float32), threshold=0.1, floor=0.1)


def test_model_survives_storing(tmp_path):
    path = tmp_path / "model.npz"
    path.write_bytes(tiny(0).to_bytes())
    one, other = attribution_model.load(path), tiny(0)
    assert (one.threshold, one.nets["pair"].questions) == (pytest.approx(0.1), (3, 4))
    for name, net in other.nets.items():
        error = np.abs(one.nets[name].table - net.table).max()
        assert error < np.abs(net.table).max() / 60


@pytest.mark.parametrize("data", [b"", b"not an archive"])
def test_model_that_is_none(data, tmp_path):
    path = tmp_path / "model.npz"
    path.write_bytes(data)
    with pytest.raises(PipelineError, match="attribution model"):
        attribution_model.load(path)
    with pytest.raises(PipelineError, match="no attribution model"):
        attribution_model.load(tmp_path / "missing.npz")


_WORD = st.sampled_from(
    ["“", "”", '"', "said", "Kim", "he", "that", "rain", ",", ".", "\n\n", ":", "according", "to", "’"]
)
_DEP = st.sampled_from(["nsubj", "obj", "ccomp", "xcomp", "punct", "conj", "obl", "case", "parataxis", "prep", "pobj"])


@st.composite
def docs(draw):
    """Docs with any tree over any words: heads point left or to themselves, or right, within bounds."""
    words = draw(st.lists(_WORD, min_size=1, max_size=25))
    size = len(words)
    heads = [draw(st.integers(max(0, i - 3), i)) for i in range(size)]
    if draw(st.booleans()):
        heads = [size - 1 - head for head in reversed(heads)]
    deps = ["ROOT" if heads[i] == i else draw(_DEP) for i in range(size)]
    tags = ["_SP" if word.isspace() else draw(st.sampled_from(["VBD", "NN", "NNP", "IN", ","])) for word in words]
    pos = {"_SP": "SPACE", "VBD": "VERB", "NN": "NOUN", "NNP": "PROPN", "IN": "ADP", ",": "PUNCT"}
    return Doc(Vocab(), words=words, heads=heads, deps=deps, tags=tags, pos=[pos[tag] for tag in tags])


@settings(deadline=None, max_examples=60)
@given(docs(), st.integers(0, 5))
def test_any_parse_gives_sound_attributions(doc, seed):
    component = Quotes("rules")
    for find in (component._find, lambda syntax, quoted: tiny(seed).find(syntax, quoted)):
        component._find = find
        component(doc)
        for quote in doc._.quotes:
            assert quote["content"]
            assert 0 <= quote["confidence"] <= 1
            taken = [span for part in ("content", "cue", "source") for span in quote[part]]
            for start, end in taken:
                assert 0 <= start < end <= len(doc.text)
            for part in ("content", "cue"):
                assert quote[part] == sorted(quote[part])


shipped = pytest.mark.skipif(attribution_model.shipped() is None, reason="no attribution model in this checkout")


@shipped
@SCHEMES
@pytest.mark.parametrize(
    ("tables", "source", "content"),
    [
        (REPORTED, "Kirby", "that Putin wants peace"),
        (REMARK, "KCNA", "The visit ended early"),
        (QUOTED, "Kirby", "“We agree,”"),
    ],
    ids=["reported", "remark", "quoted"],
)
def test_shipped_model_knows_the_plain_cases(tables, source, content, scheme):
    doc = parsed(tables[scheme])
    found = [(text(doc, quote, "source"), text(doc, quote, "content")) for quote in quotes(doc, "shipped")]
    assert any(who == source and what.startswith(content) for who, what in found)


def test_features_mixed_together_are_those_mixed_one_by_one():
    a, b = np.array([3, 4, 5], dtype=np.uint32), np.array([-1, 2**31, 7])
    features = [a, (a, b), (b,), (b, a, b)]
    table = mix_all(features)
    expected = [a, mix(a, b), mix(b), mix(b, a, b)]
    assert table.tolist() == [column.tolist() for column in expected]
    assert slots(features).T.tolist() == [mix(column, n).tolist() for n, column in enumerate(expected, 1)]
