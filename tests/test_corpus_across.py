"""Across articles: who is who, echoes of a quote, who is quoted, stances over time, company; corrections."""

import copy

import pytest

import analystkit as ak
from analystkit.analysis import Analysis
from analystkit.corpus import echoes
from analystkit.corpus.bearers import Bearer
from analystkit.corpus.lands import home, plays
from analystkit.corpus.linking import link
from analystkit.corrections import FILENAME, Store, event


def bearer(article, name, label="PERSON", **more):
    as_given = {"home": str, "plays": bool, "aliases": tuple}
    more = {key: as_given.get(key, frozenset)(value) for key, value in more.items()}
    return Bearer(article, f"e{article}", name, label, **more)


PESKOV = {("dmitry", "peskov")}


@pytest.mark.parametrize(
    ("bearers", "groups", "why"),
    [
        ([bearer("a", "Zoë Ødegård"), bearer("b", "Zoe Ødegård")], [[0, 1]], None),
        ([bearer("a", "Ana M. Ruiz"), bearer("b", "Ana Ruiz")], [[0, 1]], None),
        ([bearer("a", "Ana M. Ruiz"), bearer("b", "Ana T. Ruiz")], [[0], [1]], "middle names"),
        ([bearer("a", "Ana Ruiz"), bearer("b", "Eva Ruiz")], [[0], [1]], "given names differ"),
        ([bearer("a", "Ana Ruiz"), bearer("b", "Ruiz")], [[0], [1]], "only the family name"),
        ([bearer("a", "Ana Ruiz", company=PESKOV), bearer("b", "Ruiz", company=PESKOV)], [[0, 1]], None),
        (
            [bearer("a", "Ana Ruiz", company=PESKOV), bearer("b", "Eva Ruiz"), bearer("c", "Ruiz", company=PESKOV)],
            [[0], [1], [2]],
            "only the family name",
        ),
        (
            [
                bearer("a", "Ana Ruiz", heads={"mayor"}),
                bearer("b", "Eva Ruiz", heads={"judge"}),
                bearer("c", "Ruiz", heads={"judge"}, company=PESKOV),
                bearer("d", "Ruiz", heads={"judge"}),
                bearer("e", "Ruiz", heads={"mayor"}, company=PESKOV),
            ],
            [[0, 4], [1, 2, 3]],
            "given names differ",
        ),
        (
            [
                bearer("a", "Ruiz", heads={"mayor"}, company=PESKOV),
                bearer("b", "Ruiz", heads={"judge"}, company=PESKOV),
            ],
            [[0], [1]],
            "only the family name",
        ),
        ([bearer("a", "A. Ruiz", heads={"mayor"}), bearer("b", "Ana Ruiz", heads={"mayor"})], [[0, 1]], None),
        (
            [bearer("a", "Ana Ruiz", heads={"mayor"}), bearer("b", "Ana Ruiz", heads={"goalkeeper"})],
            [[0], [1]],
            "described",
        ),
        (
            [
                bearer("a", "Ana Ruiz", heads={"mayor"}, company=PESKOV),
                bearer("b", "Ana Ruiz", heads={"head"}, company=PESKOV),
            ],
            [[0, 1]],
            None,
        ),
        ([bearer("a", "Lula"), bearer("b", "Lula")], [[0, 1]], None),
        ([bearer("a", "the Tidal Works Inc.", "ORG"), bearer("b", "Tidal Works", "ORG")], [[0, 1]], None),
        (
            [bearer("a", "World Rowing League", "ORG", aliases=["WRL"]), bearer("b", "WRL", "ORG")],
            [[0, 1]],
            None,
        ),
        (
            [
                bearer("a", "World Rowing League", "ORG", aliases=["WRL"]),
                bearer("b", "Western Rail Line", "ORG", aliases=["WRL"]),
                bearer("c", "WRL", "ORG"),
            ],
            [[0], [1], [2]],
            "short name of several",
        ),
        ([bearer("a", "Jordan", "GPE"), bearer("b", "Jordan")], [[0], [1]], "different kinds"),
        ([bearer("a", "White House", "ORG"), bearer("b", "White House", "FAC")], [[0, 1]], None),
        # one person in two spellings
        ([bearer("a", "Kim Jong-un"), bearer("b", "Kim Jong Un")], [[0, 1]], None),
        (
            [bearer("a", "Bashar al-Assad"), bearer("b", "Bashar Assad"), bearer("c", "Bashar Al Assad")],
            [[0, 1, 2]],
            None,
        ),
        (
            [bearer("a", "Sergei Orlov", company=PESKOV), bearer("b", "Sergey Orlov", company=PESKOV)],
            [[0, 1]],
            None,
        ),
        (
            [bearer("a", "Muhammad Haddad", heads={"surgeon"}), bearer("b", "Mohamed Hadad", heads={"surgeon"})],
            [[0, 1]],
            None,
        ),
        (
            [bearer("a", "Kate Doyle", heads={"senator"}), bearer("b", "Katherine Doyle", heads={"senator"})],
            [[0, 1]],
            None,
        ),
        ([bearer("a", "Sergei Orlov"), bearer("b", "Sergey Orlov")], [[0], [1]], "spelled alike"),
        (
            [
                bearer("a", "Sergei Orlov", heads={"judge"}, company=PESKOV),
                bearer("b", "Sergey Orlov", heads={"diver"}, company=PESKOV),
            ],
            [[0], [1]],
            "spelled alike",
        ),
        (
            [
                bearer("a", "Alex Holm", heads={"chair"}),
                bearer("b", "Alexander Holm", heads={"chair"}),
                bearer("c", "Alexandra Holm", heads={"chair"}),
            ],
            [[0], [1], [2]],
            "spelled alike",
        ),
        ([bearer("a", "Maria Rossi", company=PESKOV), bearer("b", "Mario Rossi", company=PESKOV)], [[0], [1]], "given"),
        # what every country has
        (
            [
                bearer("a", "the Foreign Ministry", "ORG", home="KE"),
                bearer("b", "Foreign Ministry", "ORG", home="PE"),
                bearer("c", "Kenyan Foreign Ministry", "ORG", home="US"),
            ],
            [[0, 2], [1]],
            "every country or town has one",
        ),
        ([bearer("a", "Supreme Court", "ORG", home="KE"), bearer("b", "Supreme Court", "ORG")], [[0, 1]], None),
        (
            [
                bearer("a", "Supreme Court", "ORG", home="KE"),
                bearer("b", "Supreme Court", "ORG", home="PE"),
                bearer("c", "Supreme Court", "ORG"),
            ],
            [[0], [1], [2]],
            "every country or town has one",
        ),
        (  # no country is known: one area, as an article names both towns
            [
                bearer("a", "Parliament", "ORG", home="velm", near={"velm", "ostra"}),
                bearer("b", "Parliament", "ORG", home="ostra", near={"ostra"}),
                bearer("c", "City Council", "ORG", home="velm", near={"velm"}),
                bearer("d", "City Council", "ORG", home="ostra", near={"ostra"}),
            ],
            [[0, 1], [2], [3]],
            "every country or town has one",
        ),
        # acronyms
        (
            [
                bearer("a", "Coastal Ports Authority", "ORG", aliases=["CPA"], home="GR"),
                bearer("b", "Central Planning Agency", "ORG", aliases=["CPA"], home="BD"),
                bearer("c", "CPA", "ORG", home="BD"),
                bearer("d", "CPA", "ORG", home="FR"),
            ],
            [[0], [1, 2], [3]],
            "short name of several",
        ),
        (
            [
                bearer("a", "Coastal Ports Authority", "ORG", aliases=["CPA"], home="GR"),
                bearer("b", "Central Planning Agency", "ORG", aliases=["CPA"], home="BD"),
            ],
            [[0], [1]],
            "short name of several",
        ),
        (
            [bearer("a", "World Rowing League", "ORG", home="NO"), bearer("b", "WRL", "ORG", home="NO")],
            [[0, 1]],
            None,
        ),
        (
            [bearer("a", "World Rowing League", "ORG", home="NO"), bearer("b", "WRL", "ORG", home="PE")],
            [[0], [1]],
            "initials",
        ),
        # places
        (
            [bearer("a", "the U.S.", "GPE"), bearer("b", "United States", "GPE"), bearer("c", "America", "GPE")],
            [[0, 1, 2]],
            None,
        ),
        (
            [bearer("a", "Georgia", "GPE", lands={"AM"}), bearer("b", "Georgia", "GPE", lands={"AM", "TR"})],
            [[0, 1]],
            None,
        ),
        (
            [
                bearer("a", "Georgia", "GPE", lands={"GE", "TR"}),
                bearer("b", "Georgia", "GPE", lands={"US"}),
                bearer("c", "Georgia", "GPE"),
            ],
            [[0], [1], [2]],
            "several places",
        ),
        ([bearer("a", "Jordan", "GPE", plays=True), bearer("b", "Jordan", "GPE")], [[0], [1]], "place and a team"),
        (
            [bearer("a", "Washington state", "GPE", aliases=["Washington"]), bearer("b", "Washington", "GPE")],
            [[0], [1]],
            "longer name",
        ),
        # people named after places
        (
            [
                bearer("a", "Tom London", heads={"sheriff"}),
                bearer("b", "London", "GPE", heads={"sheriff"}),
                bearer("c", "London", "GPE", heads={"city"}),
            ],
            [[0, 1], [2]],
            "different kinds",
        ),
    ],
)
def test_who_is_joined_and_who_is_kept_apart(bearers, groups, why):
    found, doubts = link(bearers)
    assert found == groups
    assert (why is None) == (not doubts)
    assert why is None or any(why in doubt.why for doubt in doubts)


@pytest.mark.parametrize(
    ("around", "team"),
    [
        (["Jordan beat Oman 2-1 in the semi-final"], True),
        (["the striker of Jordan", "a goalkeeper from Jordan"], True),
        (["lawmakers in Jordan voted 52-48 for the bill"], False),
        (["the striker of Jordan"], False),
        ([], False),
    ],
)
def test_a_place_is_a_team_where_the_words_around_it_are_of_sport(around, team):
    assert plays(around) is team


def test_an_article_is_at_home_where_it_speaks_of_most():
    assert home([("Kenya", 2), ("Lima", 1), ("Kenyan", 1)]) == "KE"
    assert home([("Marno", 3), ("Kenya", 1)]) == "marno"
    assert home([]) is None


def test_country_and_team_of_one_name_are_two_rows_and_listed():
    texts = {
        "country": "Jordan will raise taxes on fuel, the government said in Amman.",
        "team": "Jordan beat Oman 2-1 in the semi-final. The striker scored twice for Jordan.",
    }
    corpus = ak.Corpus.of([ak.analyze(ak.Article(text, id=id)) for id, text in texts.items()])
    rows = corpus.who[corpus.who["name"] == "Jordan"]
    assert sorted(place[0] for places in rows["places"] for place in places) == ["country", "team"]
    assert len(rows) == 2
    assert set(rows["who"]) == set(corpus.ambiguous.set_index("name").loc["jordan", "who"].split("; "))


FULL = "We will sign it on Friday, whatever the council thinks, and nobody will stop us"


@pytest.mark.parametrize(
    ("other", "missing", "added"),
    [
        ("We will sign it on Friday", "whatever the council thinks, and nobody will stop us", None),
        ("Nobody will stop us, whatever the council thinks", None, None),
        ("We will sign it on Monday, whatever the council thinks, and nobody will stop us", "Friday", "Monday"),
    ],
)
def test_versions_of_a_quote_are_found_and_compared(other, missing, added):
    assert echoes.groups([FULL, "Quite another thing was said by her then", other]) == [[0, 2], [1]]
    pieces = echoes.compare(FULL, other)
    if missing:
        assert echoes.told(pieces, "missing") == missing
        assert echoes.told(pieces, "added") == added


def test_a_comparison_keeps_the_signs_between_the_words():
    pieces = echoes.compare(FULL, "We will sign it on Friday, and nobody will stop us")
    shown = echoes.marked(pieces)
    assert shown == "We will sign it on Friday, <del>whatever the council thinks,</del> and nobody will stop us"


def test_commonplaces_and_short_quotes_are_no_echoes():
    assert echoes.groups(
        ["We will win", "We will win", "The talks were long and they were hard", "The talks were short"]
    ) == [[2]]


def test_the_comparison_as_html_is_escaped():
    assert echoes.marked(echoes.compare("a <b> c", "a b d")) == "a b <del>c</del> <ins>d</ins>"
    assert echoes.marked([echoes.Piece("same", "<b>")]) == "&lt;b&gt;"


@pytest.fixture
def corpus(sample):
    """The sample as two outlets tell it; the second trims the minister's words and turns her stance round."""
    other = copy.deepcopy(sample)
    other["article"] |= {"id": "other", "published": "2024-05-06"}
    other["quotes"][0]["content"] = other["quotes"][0]["content"][1:]
    other["stances"][0]["polarity"] = "negative"
    sample["quotes"][0]["kind"] = other["quotes"][0]["kind"] = "direct"
    return ak.Corpus.of([Analysis(sample), Analysis(other)], {"harbour": "Post", "other": "Wire"})


def test_entities_of_two_articles_are_one(corpus):
    who = corpus.who.set_index("name")
    assert who.loc["Zoë 🙂 Ødegård", ["articles", "outlets", "quotes"]].tolist() == [2, 2, 2]
    assert who.loc["Ali Noor", "first"].isoformat()[:10] == "2024-03-04"
    assert "the accord" not in who.index, "what is only described is not joined"


def test_rows_lead_back_to_the_words(corpus):
    for article, start, end in corpus.who.set_index("name").loc["Ali Noor", "places"]:
        assert corpus.words(article, start, end) == "Ali Noor"
    for row in corpus.echoes.itertuples():
        assert row.text.startswith(corpus.words(row.article, row.start, row.end)[:9])
    reader = corpus.reader("other", "q1")
    assert reader.selected_mark.speaker.name == "Zoë 🙂 Ødegård"


def test_who_is_quoted_by_which_outlet(corpus):
    quoted = corpus.quoted.set_index(["outlet", "name"])
    assert quoted.loc[("Post", "Zoë 🙂 Ødegård"), "words"] > quoted.loc[("Wire", "Zoë 🙂 Ødegård"), "words"]
    assert 0 < quoted["share"].sum() <= 2


def test_stances_period_by_period(corpus):
    found = corpus.stances_over_time(holder="Zoë 🙂 Ødegård", every="month")
    assert found["period"].dt.strftime("%Y-%m").tolist() == ["2024-03", "2024-05"]
    assert found[["positive", "negative"]].to_numpy().tolist() == [[1, 0], [0, 1]]
    with pytest.raises(ValueError, match="choose one of day, week"):
        corpus.stances_over_time(every="fortnight")


def test_who_is_named_with_whom(corpus):
    (row,) = corpus.co_mentions().query("a == 'Ali Noor' and b == 'Bay Courier'").itertuples()
    assert row.articles == 2
    assert {corpus.words(*place) for place in row.places} == {"the Bay Courier"}


def test_corrections_are_in_the_article_and_in_the_tables(tmp_path):
    path = tmp_path / "out"
    row = {"text": "“We sail at dawn,” said Ana Ruiz.", "id": "sail"}
    ak.Corpus.build([row, {"text": "Ali Noor praised the treaty.", "id": "praise"}], path)
    plain = ak.Corpus(path)
    data = plain.article("sail").to_dict()
    now = data["quotes"][0] | {"speaker": None, "by": "mara"}
    made = event(data, [{"layer": "quotes", "was": data["quotes"][0], "now": now}], by="mara")
    Store(path / FILENAME).append([made], analysis=data)
    corrected = ak.Corpus(path)
    assert corrected.article("sail").quotes[0].speaker is None
    assert corrected.quotes["speaker"].isna().sum() == plain.quotes["speaker"].isna().sum() + 1
    assert corrected.quotes.drop(columns=["speaker", "speaker_id"]).equals(
        plain.quotes.drop(columns=["speaker", "speaker_id"])
    )
    assert list(corrected.articles["article"]) == ["sail", "praise"]
