"""The stance layer: its records, its answers for given spans, and a classifier of the user's own."""

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
import spacy
from spacy.tokens import Doc, DocBin

from analystkit.errors import AnalystkitWarning, PipelineError, SpanError
from analystkit.layers.stances import Judge, Stances, between, towards
from analystkit.layers.stances import model as stance_model
from tests.stance_docs import entity, quote, sentence

SCHEMA = json.loads((files("analystkit") / "schema" / "analysis-1.schema.json").read_text(encoding="utf-8"))


class Fake:
    """A classifier that always says the same and remembers what it was asked."""

    def __init__(self, *values: float) -> None:
        self.values = values
        self.asked: list[tuple[str, str | None, str]] = []

    def __call__(self, text: str, holder: tuple[int, int] | None, target: tuple[int, int]) -> Sequence[float]:
        self.asked.append((text, text[slice(*holder)] if holder else None, text[slice(*target)]))
        return self.values


#: Negative, neutral, positive.
NEGATIVE = (0.8, 0.15, 0.05)


@pytest.fixture
def condemned() -> Doc:
    """Lesk condemns Orvania, which the doc knows as entities e1 and e2."""
    doc = sentence("Lesk/NNP/nsubj/3 strongly/RB/advmod/3 condemned/VBD/root/3 Orvania/NNP/obj/3")
    doc._.entities = [entity(doc, 1, "GPE", "Lesk"), entity(doc, 2, "GPE", "Orvania")]
    doc._.quotes = []
    return doc


def run(doc: Doc, *values: float) -> list[dict[str, Any]]:
    """The records of a Doc, with a classifier that always says the same."""
    records: list[dict[str, Any]] = Stances(Fake(*(values or NEGATIVE)))(doc)._.stances
    return records


def words(doc: Doc, span: list[int]) -> str:
    return doc.text[slice(*span)]


# -- records


def test_a_record_says_who_what_and_why(condemned: Doc) -> None:
    (record,) = run(condemned)
    assert (record["holder"], record["target"], record["quote"]) == ("e1", "e2", None)
    assert (record["polarity"], record["strength"], record["certainty"]) == ("negative", "strong", "asserted")
    assert words(condemned, record["evidence"]) == "condemned"
    assert "condemned" in record["why"]
    assert [span.label_ for span in condemned.spans["stances"]] == ["negative"]


def test_records_fit_the_schema(condemned: Doc) -> None:
    item = SCHEMA["properties"]["stances"] | {"$defs": SCHEMA["$defs"]}
    jsonschema.validate(run(condemned), item)


def test_records_survive_docbin(condemned: Doc) -> None:
    records = run(condemned)
    data = DocBin(store_user_data=True, docs=[condemned]).to_bytes()
    (again,) = DocBin(store_user_data=True).from_bytes(data).get_docs(spacy.blank("en").vocab)
    assert json.dumps(again._.stances) == json.dumps(records)  # lists come back as tuples
    assert [span.text for span in again.spans["stances"]] == ["condemned"]


def test_things_carry_their_noun_phrase(condemned: Doc) -> None:
    condemned._.entities = condemned._.entities[:1]
    doc = sentence(
        "Lesk/NNP/nsubj/2 opposes/VBZ/root/2 any/DT/det/5 arms/NN/compound/5 deal/NN/obj/2 "
        "between/IN/case/7 Orvania/NNP/nmod/5 and/CC/cc/9 Nera/NNP/conj/7"
    )
    doc._.entities = [entity(doc, 1, "GPE", "Lesk")]
    (record,) = run(doc)
    assert record["target"] is None
    assert words(doc, record["target_span"]) == "any arms deal between Orvania and Nera"


def test_what_is_said_is_held_by_who_says_it() -> None:
    doc = sentence(
        "The/DT/det/2 pact/NN/nsubj/4 is/VBZ/cop/4 reckless/JJ/root/4 ,/,/punct/7 Marr/NNP/nsubj/7 said/VBD/parataxis/4"
    )
    doc._.entities = [entity(doc, 1, "PERSON", "Marr"), entity(doc, 2, "LAW", "The pact", kind="nominal")]
    doc._.quotes = [quote(doc, 1, "The pact is reckless", "said", "Marr", "e1")]
    (record,) = run(doc)
    assert (record["holder"], record["target"], record["polarity"], record["quote"]) == ("e1", "e2", "negative", "q1")
    assert words(doc, record["holder_span"]) == "Marr"


def test_i_is_the_speaker() -> None:
    doc = sentence(
        "I/PRP/nsubj/2 admire/VBP/root/2 Halloran/NNP/obj/2 ,/,/punct/6 Marr/NNP/nsubj/6 said/VBD/parataxis/2"
    )
    doc._.entities = [entity(doc, 1, "PERSON", "Marr"), entity(doc, 2, "PERSON", "Halloran")]
    doc._.quotes = [quote(doc, 1, "I admire Halloran", "said", "Marr", "e1")]
    (record,) = run(doc, 0.05, 0.15, 0.8)
    assert (record["holder"], words(doc, record["holder_span"])) == ("e1", "I")


def test_what_somebody_is_said_to_say_is_theirs() -> None:
    doc = sentence(
        "Lesk/NNP/nsubj/2 says/VBZ/root/2 Nera/NNP/nsubj/5 is/VBZ/cop/5 reckless/JJ/ccomp/2 ,/,/punct/8 "
        "Marr/NNP/nsubj/8 said/VBD/parataxis/2"
    )
    doc._.entities = [entity(doc, n, "GPE", name) for n, name in enumerate(("Lesk", "Nera", "Marr"), 1)]
    doc._.quotes = [quote(doc, 1, "Lesk says Nera is reckless", "said", "Marr", "e3")]
    (record,) = run(doc)
    assert (record["holder"], record["target"]) == ("e1", "e2")


def test_a_thing_is_judged_though_it_is_no_entity() -> None:
    doc = sentence(
        "The/DT/det/2 pact/NN/nsubj/4 is/VBZ/cop/4 reckless/JJ/root/4 ,/,/punct/7 Marr/NNP/nsubj/7 said/VBD/parataxis/4"
    )
    doc._.entities = [entity(doc, 1, "PERSON", "Marr")]
    doc._.quotes = [quote(doc, 1, "The pact is reckless", "said", "Marr", "e1")]
    (record,) = run(doc)
    assert (record["target"], words(doc, record["target_span"])) == (None, "The pact")
    damage = sentence(
        "The/DT/det/2 damage/NN/nsubj/4 is/VBZ/cop/4 terrible/JJ/root/4 "
        ",/,/punct/7 Marr/NNP/nsubj/7 said/VBD/parataxis/4"
    )
    damage._.entities = [entity(damage, 1, "PERSON", "Marr")]
    damage._.quotes = [quote(damage, 1, "The damage is terrible", "said", "Marr", "e1")]
    assert run(damage) == []


def test_two_things_in_one_phrase_are_one_target() -> None:
    doc = sentence("Lesk/NNP/nsubj/2 condemned/VBD/root/2 the/DT/det/4 doom/NN/obj/2 and/CC/cc/6 despair/NN/conj/4")
    doc._.entities = [entity(doc, 1, "GPE", "Lesk")]
    (record,) = run(doc)
    assert words(doc, record["target_span"]) == "the doom and despair"


@pytest.mark.parametrize(
    ("notation", "target"),
    [
        ("the/DT/det/4 offer/NN/obj/2 with/IN/case/6 pleasure/NN/nmod/4", "the offer"),
        ("relations/NNS/obj/2 with/IN/case/5 Orvania/NNP/nmod/3", "relations with Orvania"),
        ("the/DT/det/4 vote/NN/obj/2 as/IN/case/6 fantastic/JJ/nmod/4", "the vote"),
        (
            "the/DT/det/4 call/NN/obj/2 to/TO/mark/6 vote/VB/acl/4 ,/,/punct/8 saying/VBG/advcl/6 so/RB/advmod/8",
            "the call to vote",
        ),
        ("not/RB/advmod/5 just/RB/advmod/5 quotas/NNS/obj/2", "quotas"),
    ],
    ids=["with pleasure", "with somebody", "hailed as", "saying so", "not just"],
)
def test_a_target_ends_where_its_phrase_does(notation: str, target: str) -> None:
    doc = sentence(f"Lesk/NNP/nsubj/2 hailed/VBD/root/2 {notation}")
    doc._.entities = [entity(doc, 1, "GPE", "Lesk")]
    (record,) = run(doc, 0.05, 0.15, 0.8)
    assert words(doc, record["target_span"]) == target


def test_wanting_goods_is_for_nothing() -> None:
    doc = sentence("Lesk/NNP/nsubj/2 wants/VBZ/root/2 artillery/NN/obj/2 and/CC/cc/5 talks/NNS/conj/3")
    doc._.entities = [entity(doc, 1, "GPE", "Lesk")]
    (record,) = run(doc, 0.05, 0.15, 0.8)
    assert words(doc, record["target_span"]) == "talks"


def test_thousands_can_hold_a_stance() -> None:
    doc = sentence("Thousands/NNS/nsubj/2 condemned/VBD/root/2 Lesk/NNP/obj/2")
    doc._.entities = [entity(doc, 1, "GPE", "Lesk")]
    (record,) = run(doc)
    assert words(doc, record["holder_span"]) == "Thousands"


@pytest.mark.parametrize(
    "notation",
    [
        "Lesk/NNP/nsubj/2 met/VBD/root/2 Orvania/NNP/obj/2",
        "He/PRP/nsubj/2 condemned/VBD/root/2 Orvania/NNP/obj/2",
        "Lesk/NNP/nsubj/2 condemned/VBD/root/2 it/PRP/obj/2",
        "Lesk/NNP/nsubj/2 defended/VBD/root/2 Lesk/NNP/obj/2",
    ],
    ids=["a meeting", "nobody knows who he is", "nobody knows what it is", "oneself"],
)
def test_no_stance_is_an_answer(notation: str) -> None:
    doc = sentence(notation)
    names = [name for name in ("Lesk", "Orvania") if name in doc.text]
    doc._.entities = [entity(doc, n, "GPE", *[name] * doc.text.count(name)) for n, name in enumerate(names, 1)]
    assert run(doc) == []


def test_storms_take_no_sides() -> None:
    doc = sentence("The/DT/det/2 storm/NN/nsubj/3 attacked/VBD/root/3 Orvania/NNP/obj/3")
    doc._.entities = [entity(doc, 1, "GPE", "Orvania")]
    assert run(doc) == []


def test_a_classifier_that_is_sure_of_the_contrary_wins(condemned: Doc) -> None:
    assert run(condemned, 0.01, 0.01, 0.98) == []


def test_confidence_follows_the_classifier(condemned: Doc) -> None:
    sure, unsure = run(condemned, 0.9, 0.08, 0.02), run(condemned, 0.3, 0.6, 0.1)
    assert sure[0]["confidence"] > unsure[0]["confidence"]


def test_a_doc_without_a_parse_is_warned_about_once() -> None:
    component = Stances(Fake(*NEGATIVE))
    with pytest.warns(AnalystkitWarning, match="no parser"):
        doc = component(spacy.blank("en")("Lesk condemned Orvania."))
    assert doc._.stances == []
    component(spacy.blank("en")("Lesk condemned Orvania."))  # a second warning would fail this test


def test_an_empty_doc_has_no_stances() -> None:
    doc = Stances()(spacy.blank("en")(""))
    assert doc._.stances == []
    assert len(doc.spans["stances"]) == 0


# -- given spans


def test_between_and_towards_answer_with_the_shipped_model(condemned: Doc) -> None:
    answer = between(condemned, condemned[0:1], condemned[3:4])
    assert answer.polarity == "negative"
    assert answer.evidence is not None
    assert answer.evidence.text == "condemned"
    assert answer.strength == "strong"
    assert sum(answer.probabilities.values()) == pytest.approx(1, abs=0.001)
    assert answer.confidence == pytest.approx(answer.probabilities["negative"], abs=0.001)
    assert "classifier" in answer.why
    assert towards(condemned, condemned[3:4]).polarity in ("negative", "neutral", "positive")


def test_the_two_directions_are_two_questions(condemned: Doc) -> None:
    judge = Judge(condemned)
    there = judge.between(condemned[0:1], condemned[3:4])
    back = judge.between(condemned[3:4], condemned[0:1])
    assert there.probabilities["negative"] > back.probabilities["negative"]


def test_the_names_themselves_do_not_count() -> None:
    answers = []
    for name in ("Orvania", "Nera"):
        doc = sentence(f"Lesk/NNP/nsubj/2 rejected/VBD/root/2 {name}/NNP/obj/2")
        answers.append(between(doc, doc[0:1], doc[2:3]).probabilities)
    assert answers[0] == answers[1]


def test_given_spans_need_no_parse() -> None:
    doc = spacy.blank("en")("Lesk condemned Orvania.")
    assert sum(between(doc, doc[0:1], doc[2:3]).probabilities.values()) == pytest.approx(1, abs=0.001)
    assert sum(towards(doc, doc[2:3]).probabilities.values()) == pytest.approx(1, abs=0.001)


def test_spans_of_another_doc_are_refused(condemned: Doc) -> None:
    other = sentence("Lesk/NNP/root/1")
    with pytest.raises(SpanError, match="another Doc"):
        between(condemned, condemned[0:1], other[0:1])
    with pytest.raises(SpanError, match="empty"):
        towards(condemned, condemned[1:1])


# -- a classifier of the user's own


def test_a_classifier_of_ones_own_is_asked_for_code_points(condemned: Doc) -> None:
    fake = Fake(0.1, 0.2, 0.7)
    answer = between(condemned, condemned[0:1], condemned[3:4], fake)
    assert (answer.polarity, answer.confidence) == ("positive", 0.7)
    assert fake.asked[-1] == (condemned.text, "Lesk", "Orvania")
    towards(condemned, condemned[3:4], fake)
    assert fake.asked[-1] == (condemned.text, None, "Orvania")


@pytest.mark.parametrize("values", [(1.0, 0.0), (-0.1, 0.6, 0.5), (0.0, 0.0, 0.0)])
def test_a_classifier_that_gives_no_probabilities_is_told_so(condemned: Doc, values: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="three numbers"):
        towards(condemned, condemned[3:4], Fake(*values))


def test_a_classifier_is_named_in_the_pipeline_config() -> None:
    fake = Fake(*NEGATIVE)
    spacy.registry.misc.register("test_stances.fake.v1", func=lambda: fake)
    nlp = spacy.blank("en")
    nlp.add_pipe("analystkit_stances", config={"classifier": {"@misc": "test_stances.fake.v1"}})
    doc = sentence("Lesk/NNP/nsubj/2 praised/VBD/root/2 Nera/NNP/obj/2")
    doc._.entities = [entity(doc, 1, "GPE", "Lesk"), entity(doc, 2, "GPE", "Nera")]
    nlp.get_pipe("analystkit_stances")(doc)
    assert fake.asked


# -- the model's file


def test_the_shipped_model_is_small_and_holds_no_pickles() -> None:
    path = files("analystkit") / "model" / "stances.npz"
    assert len(path.read_bytes()) < 1_500_000


def test_a_missing_model_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(stance_model, "files", lambda package: tmp_path)
    stance_model.shipped.cache_clear()
    try:
        with pytest.raises(PipelineError, match=r"training\.stances"):
            stance_model.shipped()
    finally:
        stance_model.shipped.cache_clear()


def test_pairs_that_are_read_together_get_the_answers_that_each_gets_alone(condemned: Doc) -> None:
    judge = Judge(condemned)
    pairs = [(range(1), range(3, 4)), (None, range(3, 4)), (range(3, 4), range(1))]
    alone = [judge.probabilities([pair])[0] for pair in pairs]
    assert judge.probabilities([]) == []
    for together, one in zip(judge.probabilities(pairs), alone, strict=True):
        assert together == pytest.approx(one, abs=1e-5)
