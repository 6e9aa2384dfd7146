"""Speakers without a name, and who relays what others say."""

from parses import parsed
from spacy.tokens import Span
from test_quotes import entity, only, quotes, text

from analystkit.layers.quotes import Quotes
from analystkit.layers.quotes.attribution import Attribution, Quoted
from analystkit.layers.quotes.nesting import link
from analystkit.layers.quotes.speakers import Cast, resolve
from analystkit.layers.roles import Syntax

BARE = """
    Two two CD NUM nummod 2
    shareholders shareholder NNS NOUN nsubj 3
    said say VBD VERB ROOT 0
    rain rain NN NOUN nsubj 5
    fell fall VBD VERB ccomp 3
    . . . PUNCT punct 3

    The the DT DET det 8
    shareholders shareholder NNS NOUN nsubj 9
    added add VBD VERB ROOT 0
    that that IN SCONJ mark 12
    snow snow NN NOUN nsubj 12
    fell fall VBD VERB ccomp 9
    . . . PUNCT punct 9
"""


def test_who_speaks_without_a_name_is_one_entity_with_all_its_mentions():
    doc = parsed(BARE)
    first, second = quotes(doc, entities=[])
    (voice,) = doc._.entities
    assert first["speaker"] == second["speaker"] == voice["id"]
    assert (voice["name"], voice["label"]) == ("two shareholders", "PERSON")
    assert [doc.text[m["start"] : m["end"]] for m in voice["mentions"]] == ["Two shareholders", "The shareholders"]
    assert [span.text for span in doc.spans["mentions"] if span.id_ == voice["id"]] == [
        "Two shareholders",
        "The shareholders",
    ]


def test_a_second_run_finds_the_same_voices():
    doc = parsed(BARE)
    quotes(doc, entities=[])
    before = doc._.quotes, doc._.entities
    Quotes("rules")(doc)
    assert (doc._.quotes, doc._.entities) == before


def test_no_entity_is_made_where_the_entities_have_not_been_looked_for():
    doc = parsed(BARE)
    assert {quote["speaker"] for quote in quotes(doc)} == {None}
    assert doc._.entities is None


MS = """
    Lee Lee NNP PROPN nsubj 2
    left leave VBD VERB ROOT 0
    . . . PUNCT punct 2

    Kim Kim NNP PROPN nsubj 5
    left leave VBD VERB ROOT 0
    . . . PUNCT punct 5

    Ms Ms NNP PROPN nsubj 9
    Reyes Reyes NNP PROPN nsubj 9
    said say VBD VERB ROOT 0
    rain rain NN NOUN nsubj 11
    fell fall VBD VERB ccomp 9
    . . . PUNCT punct 9
"""


def test_a_title_parsed_as_a_subject_of_its_own_hides_nobody():
    doc = parsed(MS)
    people = [entity(f"e{number}", name, doc) for number, name in enumerate(("Lee", "Kim", "Reyes"), start=1)]
    syntax = Syntax(doc)
    assert resolve([8, 9], syntax, Cast.of(people, syntax)).id == "e3"


def test_the_day_is_no_part_of_who_speaks():
    doc = parsed("""
        A a DT DET det 2
        judge judge NN NOUN nsubj 5
        on on IN ADP case 4
        Thursday Thursday NNP PROPN nmod 2
        said say VBD VERB ROOT 0
        rain rain NN NOUN nsubj 7
        fell fall VBD VERB ccomp 5
        . . . PUNCT punct 5
    """)
    doc.set_ents([Span(doc, 3, 4, label="DATE")])
    quotes(doc, entities=[])
    assert [voice["name"] for voice in doc._.entities] == ["a judge"]


def test_a_service_is_a_body_whose_last_word_alone_is_something_else():
    doc = parsed("""
        The the DT DET det 3
        coast coast NN NOUN compound 3
        guard guard NN NOUN nsubj 4
        said say VBD VERB ROOT 0
        rain rain NN NOUN nsubj 6
        fell fall VBD VERB ccomp 4
        . . . PUNCT punct 4
    """)
    (quote,) = quotes(doc, entities=[])
    (voice,) = doc._.entities
    assert (voice["name"], voice["label"], quote["speaker"]) == ("the coast guard", "ORG", voice["id"])


def test_a_husband_is_not_she():
    doc = parsed("""
        Okafor Okafor NNP PROPN nsubj 2
        left leave VBD VERB ROOT 0
        . . . PUNCT punct 2
        Her her PRP$ PRON nmod:poss 5
        husband husband NN NOUN nsubj 7
        Michael Michael NNP PROPN appos 5
        laughed laugh VBD VERB ROOT 0
        . . . PUNCT punct 7

        “ “ `` PUNCT punct 11
        Rain rain NN NOUN nsubj 11
        fell fall VBD VERB ccomp 15
        , , , PUNCT punct 11
        ” ” '' PUNCT punct 11
        she she PRP PRON nsubj 15
        said say VBD VERB ROOT 0
        . . . PUNCT punct 15
    """)
    her, him = entity("e1", "Okafor", doc), entity("e2", "Michael", doc)
    him["mentions"] += entity("e2", "Michael", doc, kind="nominal", words="Her husband")["mentions"]
    (quote,) = quotes(doc, entities=[her, him])
    assert quote["speaker"] == "e1"


def test_the_minister_may_be_anybody():
    doc = parsed(
        BARE.replace("Two two CD NUM nummod", "The the DT DET det").replace(
            "shareholders shareholder NNS", "minister minister NN"
        )
    )
    assert {quote["speaker"] for quote in quotes(doc, entities=[])} == {None}
    assert doc._.entities == []


def test_a_new_voice_takes_a_free_number_and_its_place_in_the_text():
    doc = parsed(BARE)
    known = entity("e7", "snow", doc, "ORG")
    quotes(doc, entities=[known])
    assert [record["id"] for record in doc._.entities] == ["e8", "e7"]


OWNED = """
    The the DT DET det 2
    ministry ministry NN NOUN nmod:poss 4
    ’s 's POS PART case 2
    statement statement NN NOUN nsubj 5
    said say VBD VERB ROOT 0
    rain rain NN NOUN nsubj 7
    fell fall VBD VERB ccomp 5
    . . . PUNCT punct 5
"""


def test_a_statement_speaks_for_whose_it_is():
    doc = parsed(OWNED)
    assert only(doc, entities=[entity("e1", "ministry", doc, "ORG")])["speaker"] == "e1"


INTERVIEW = """
    Lee Lee NNP PROPN nsubj 2
    said say VBD VERB ROOT 0
    in in IN ADP case 5
    an a DT DET det 5
    interview interview NN NOUN obl 2
    with with IN ADP case 7
    Reuters Reuters NNP PROPN nmod 5
    that that IN SCONJ mark 10
    rain rain NN NOUN nsubj 10
    fell fall VBD VERB ccomp 2
    . . . PUNCT punct 2
"""

CITING = """
    Reuters Reuters NNP PROPN nsubj 6
    , , , PUNCT punct 1
    citing cite VBG VERB acl 1
    officials official NNS NOUN obj 3
    , , , PUNCT punct 1
    reported report VBD VERB ROOT 0
    that that IN SCONJ mark 9
    rain rain NN NOUN nsubj 9
    fell fall VBD VERB ccomp 6
    . . . PUNCT punct 6
"""

HOPED = """
    Lee Lee NNP PROPN nsubj 2
    hoped hope VBD VERB ROOT 0
    that that IN SCONJ mark 5
    Kim Kim NNP PROPN nsubj 5
    said say VBD VERB ccomp 2
    rain rain NN NOUN nsubj 7
    fell fall VBD VERB ccomp 5
    . . . PUNCT punct 2
"""


def test_an_interview_is_relayed_by_the_medium_that_holds_it():
    doc = parsed(INTERVIEW)
    quote = only(doc, entities=[entity("e1", "Lee", doc), entity("e2", "Reuters", doc, "ORG")])
    assert (quote["speaker"], quote["via"]) == ("e1", ["e2"])


def test_a_person_or_an_agency_of_another_kind_relays_nothing():
    doc = parsed(INTERVIEW.replace("Reuters", "Fox"))
    for label in ("PERSON", "GPE"):
        assert only(doc, entities=[entity("e1", "Lee", doc), entity("e2", "Fox", doc, label)])["via"] == []


def test_whom_an_agency_cites_speaks_through_it():
    doc = parsed(CITING)
    quote = only(doc, entities=[entity("e1", "Reuters", doc, "ORG")])
    voice = next(record for record in doc._.entities if record["id"] == quote["speaker"])
    assert (voice["name"], quote["via"]) == ("officials", ["e1"])
    assert text(doc, quote, "source") == "officials"


def test_whom_a_station_without_a_name_cites_speaks_through_it():
    doc = parsed(CITING.replace("Reuters Reuters NNP PROPN", "Radio radio NN NOUN"))
    quote = only(doc, entities=[])
    names = {record["id"]: record["name"] for record in doc._.entities}
    assert (names[quote["speaker"]], [names[ref] for ref in quote["via"]]) == ("officials", ["radio"])


def test_cue_that_is_part_of_a_longer_one_is_not_listed_again():
    doc = parsed(CITING)
    syntax = Syntax(doc)
    found = [Attribution([5], [0], [6, 7, 8], 0.8, ""), Attribution([2], [0], [3], 0.7, "")]
    cast = [entity("e1", "Reuters", doc, "ORG")]
    linked, _ = link(found, syntax, Quoted(syntax, []), cast)
    assert [item.cue for item, _, _ in linked] == [[2, 5]]


AGENCY = """
    He he PRP PRON nsubj 2
    promised promise VBD VERB ccomp 7
    help help NN NOUN obj 2
    , , , PUNCT punct 2
    the the DT DET det 6
    agency agency NN NOUN nsubj 7
    reported report VBD VERB ROOT 0
    from from IN ADP case 9
    Reuters Reuters NNP PROPN obl 7
    . . . PUNCT punct 7
"""


def test_the_agency_is_the_only_medium_of_the_article():
    doc = parsed(AGENCY)
    found = [Attribution([6], [4, 5], [0, 1, 2], 0.8, "")]
    linked, _ = link(found, Syntax(doc), Quoted(Syntax(doc), []), [entity("e1", "Reuters", doc, "ORG")])
    assert linked[0][1] == "e1"


def test_hoping_that_somebody_spoke_relays_nothing():
    doc = parsed(HOPED)
    inner = next(
        quote
        for quote in quotes(doc, entities=[entity("e1", "Lee", doc), entity("e2", "Kim", doc)])
        if text(doc, quote, "cue") == "said"
    )
    assert (inner["speaker"], inner["via"]) == ("e2", [])


def test_an_agency_set_before_its_name_is_no_voice_of_its_own():
    doc = parsed(
        """
        State state NN NOUN compound 2
        agency agency NN NOUN nsubj 4
        TASS TASS NNP PROPN nsubj 4
        said say VBD VERB ROOT 0
        rain rain NN NOUN nsubj 6
        fell fall VBD VERB ccomp 4
        . . . PUNCT punct 4
        """
    )
    assert only(doc, entities=[entity("e1", "TASS", doc, "ORG")])["speaker"] == "e1"
    assert len(doc._.entities) == 1


STATE_MEDIA = """
    The the DT DET det 5
    state state NN NOUN compound 4
    news news NN NOUN compound 4
    agency agency NN NOUN nmod:desc 5
    KCNA KCNA NNP PROPN nsubj 6
    said say VBD VERB ROOT 0
    rain rain NN NOUN nsubj 8
    fell fall VBD VERB ccomp 6
    . . . PUNCT punct 6
    State state NN NOUN compound 11
    media media NNS NOUN nsubj 12
    added add VBD VERB ROOT 0
    that that IN SCONJ mark 15
    snow snow NN NOUN nsubj 15
    fell fall VBD VERB ccomp 12
    . . . PUNCT punct 12
"""


def test_state_media_are_the_agency_that_is_the_states():
    doc = parsed(STATE_MEDIA)
    _, added = quotes(doc, entities=[entity("e1", "KCNA", doc, "ORG")])
    assert added["speaker"] == "e1"
    assert "guess" in added["why"]


def test_state_media_are_no_paper_of_which_that_is_not_said():
    doc = parsed(STATE_MEDIA.replace("state state NN NOUN compound 4", "new new JJ ADJ amod 4"))
    _, added = quotes(doc, entities=[entity("e1", "KCNA", doc, "ORG")])
    assert added["speaker"] != "e1"


PAPER = """
    The the DT DET det 2
    study study NN NOUN nsubj 3
    said say VBD VERB ROOT 0
    rain rain NN NOUN nsubj 5
    fell fall VBD VERB ccomp 3
    . . . PUNCT punct 3
    The the DT DET det 8
    paper paper NN NOUN nsubj 9
    added add VBD VERB ROOT 0
    that that IN SCONJ mark 12
    snow snow NN NOUN nsubj 12
    fell fall VBD VERB ccomp 9
    . . . PUNCT punct 9
"""


def test_the_paper_is_the_study_where_no_newspaper_has_spoken():
    doc = parsed(PAPER)
    _, added = quotes(doc, entities=[entity("e1", "the study", doc, "ORG", "nominal", "The study")])
    assert added["speaker"] == "e1"


OFFICE = """
    The the DT DET det 3
    health health NN NOUN compound 3
    minister minister NN NOUN nsubj 8
    , , , PUNCT punct 5
    Ann Ann NNP PROPN appos 3
    Lee Lee NNP PROPN flat 5
    , , , PUNCT punct 3
    said say VBD VERB ROOT 0
    it it PRP PRON nsubj 10
    rained rain VBD VERB ccomp 8
    . . . PUNCT punct 8
"""


def test_name_behind_an_office_speaks():
    doc = parsed(OFFICE)
    office = entity("e1", "the health minister", doc, kind="nominal", words="The health minister")
    assert only(doc, entities=[office, entity("e2", "Ann Lee", doc)])["speaker"] == "e2"


DEFENDER = """
    Ann Ann NNP PROPN nsubj 3
    Lee Lee NNP PROPN flat 1
    thinks think VBZ VERB ROOT 0
    it it PRP PRON nsubj 5
    rained rain VBD VERB ccomp 3
    . . . PUNCT punct 3
    The the DT DET det 8
    defender defender NN NOUN nsubj 9
    said say VBD VERB ROOT 0
    it it PRP PRON nsubj 11
    snowed snow VBD VERB ccomp 9
    . . . PUNCT punct 9
"""


def test_description_behind_a_sentence_about_a_person_is_that_person():
    doc = parsed(DEFENDER)
    described = entity("e2", "the defender", doc, kind="nominal", words="The defender")
    first, second = quotes(doc, entities=[entity("e1", "Ann Lee", doc), described])
    assert (first["speaker"], second["speaker"]) == ("e1", "e1")
    assert "guess" in second["why"]


FINDINGS = """
    The the DT DET det 2
    findings finding NNS NOUN nsubj 3
    suggest suggest VBP VERB ccomp 9
    that that IN SCONJ mark 6
    it it PRP PRON nsubj 6
    rained rain VBD VERB ccomp 3
    , , , PUNCT punct 3
    Lee Lee NNP PROPN nsubj 9
    says say VBZ VERB ROOT 0
    . . . PUNCT punct 9
"""


def test_who_tells_what_findings_suggest_speaks_as_well():
    doc = parsed(FINDINGS)
    found = quotes(doc, entities=[entity("e1", "Lee", doc)])
    assert {text(doc, quote, "cue"): quote["speaker"] for quote in found} == {"suggest": None, "says": "e1"}


NEWS_AGENCY = """
    Kim Kim NNP PROPN nsubj:pass 3
    was be VBD AUX aux:pass 3
    quoted quote VBN VERB ROOT 0
    by by IN ADP case 7
    the the DT DET det 7
    news news NN NOUN compound 7
    agency agency NN NOUN obl:agent 3
    KRIN KRIN NNP PROPN appos 7
    as as IN SCONJ mark 10
    saying say VBG VERB advcl 3
    it it PRP PRON nsubj 12
    rained rain VBD VERB ccomp 10
    . . . PUNCT punct 3
"""


def test_a_name_behind_news_agency_is_a_medium():
    doc = parsed(NEWS_AGENCY)
    quote = only(doc, entities=[entity("e1", "Kim", doc), entity("e2", "KRIN", doc, label="ORG")])
    assert (quote["speaker"], quote["via"]) == ("e1", ["e2"])


GENERAL = """
    The the DT DET det 4
    secretary secretary NN NOUN compound 4
    - - HYPH PUNCT punct 2
    general general NN NOUN nsubj 5
    said say VBD VERB ROOT 0
    it it PRP PRON nsubj 7
    rained rain VBD VERB ccomp 5
    . . . PUNCT punct 5
"""


def test_voice_with_a_hyphen_has_its_name_in_full():
    doc = parsed(GENERAL)
    quotes(doc, entities=[])
    assert [voice["name"] for voice in doc._.entities] == ["secretary-general"]
