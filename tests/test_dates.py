"""Time expressions: found where they are, resolved from the day of writing, and never from today's clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

from analystkit.article import Article
from analystkit.layers.dates import Dates, base_day
from analystkit.layers.dates.stretches import Moment, period
from analystkit.layers.dates.timewords import find
from analystkit.layers.layout import set_article

BASE = dt.date(2023, 9, 14)  # a Thursday
NLP = spacy.blank("en")


def resolved(text: str, moment: Moment) -> list[tuple[str, str, str]]:
    found = []
    for expression in find(text):
        days = expression.resolve(moment)
        found.append((expression.text, *(day.isoformat() if days else "" for day in days or ("", ""))))
    return found


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("on Sept. 14, 2023, he", "Sept. 14, 2023", "2023-09-14", "2023-09-14"),
        ("on 14 March 2025 it", "14 March 2025", "2025-03-14", "2025-03-14"),
        ("on the 14th of March 2020", "14th of March 2020", "2020-03-14", "2020-03-14"),
        ("by 2025-03-14", "2025-03-14", "2025-03-14", "2025-03-14"),
        ("said Thursday", "Thursday", "2023-09-14", "2023-09-14"),
        ("on Friday", "Friday", "2023-09-08", "2023-09-08"),
        ("last Thursday", "last Thursday", "2023-09-07", "2023-09-07"),
        ("next Thursday", "next Thursday", "2023-09-21", "2023-09-21"),
        ("on Saturday night", "Saturday night", "2023-09-09", "2023-09-09"),
        ("yesterday", "yesterday", "2023-09-13", "2023-09-13"),
        ("last night", "last night", "2023-09-13", "2023-09-13"),
        ("the day after tomorrow", "the day after tomorrow", "2023-09-16", "2023-09-16"),
        ("last week", "last week", "2023-09-04", "2023-09-10"),
        ("two weeks ago", "two weeks ago", "2023-08-28", "2023-09-03"),
        ("a decade ago", "a decade ago", "2013-01-01", "2013-12-31"),
        ("the first nine months of 2021", "the first nine months of 2021", "2021-01-01", "2021-09-30"),
        ("the last three months of last year", "the last three months of last year", "2022-10-01", "2022-12-31"),
        ("in early May", "early May", "2023-05-01", "2023-05-10"),
        ("in July", "July", "2023-07-01", "2023-07-31"),
        ("in October", "October", "2023-10-01", "2023-10-31"),
        ("last December", "last December", "2022-12-01", "2022-12-31"),
        ("on Dec. 31", "Dec. 31", "2022-12-31", "2022-12-31"),
        ("on Sept. 12-14", "Sept. 12-14", "2023-09-12", "2023-09-14"),
        ("in May 2021", "May 2021", "2021-05-01", "2021-05-31"),
        ("in March-May 2021", "March-May 2021", "2021-03-01", "2021-05-31"),
        ("in 2016", "2016", "2016-01-01", "2016-12-31"),
        ("in 2019-21", "2019-21", "2019-01-01", "2021-12-31"),
        ("the early 1990s", "the early 1990s", "1990-01-01", "1993-04-30"),
        ("in the 20th century", "the 20th century", "1901-01-01", "2000-12-31"),
        ("late last year", "late last year", "2022-09-01", "2022-12-31"),
        ("earlier this month", "earlier this month", "2023-09-01", "2023-09-14"),
        ("later this year", "later this year", "2023-09-14", "2023-12-31"),
        ("the end of the month", "the end of the month", "2023-09-30", "2023-09-30"),
        ("the past two weeks", "the past two weeks", "2023-08-31", "2023-09-14"),
        ("the next three years", "the next three years", "2023-09-14", "2026-09-14"),
        ("the second half of last year", "the second half of last year", "2022-07-01", "2022-12-31"),
        ("in the second quarter", "the second quarter", "2023-04-01", "2023-06-30"),
        ("Q3 2022", "Q3 2022", "2022-07-01", "2022-09-30"),
        ("summer of 2022", "summer of 2022", "2022-06-01", "2022-08-31"),
        ("last winter", "last winter", "2022-12-01", "2023-02-28"),
        ("on Christmas Day", "Christmas Day", "2022-12-25", "2022-12-25"),
        ("over the weekend", "the weekend", "2023-09-09", "2023-09-10"),
        ("in the past week", "the past week", "2023-09-07", "2023-09-14"),
        ("Friday of last week", "Friday of last week", "2023-09-08", "2023-09-08"),
        ("a couple of days ago", "a couple of days ago", "2023-09-12", "2023-09-12"),
        ("half a year ago", "half a year ago", "2023-03-01", "2023-03-31"),
        ("twenty-five years ago", "twenty-five years ago", "1998-01-01", "1998-12-31"),
        ("in the first half of 2015", "the first half of 2015", "2015-01-01", "2015-06-30"),
        ("by year's end", "year's end", "2023-12-31", "2023-12-31"),
        ("in the 2016 election", "2016", "2016-01-01", "2016-12-31"),
        ("at the July meeting", "July", "2023-07-01", "2023-07-31"),
        ("Ohio's 2012 law", "2012", "2012-01-01", "2012-12-31"),
        ("this past weekend", "this past weekend", "2023-09-09", "2023-09-10"),
        ("this past Friday", "this past Friday", "2023-09-08", "2023-09-08"),
        ("over the next week", "the next week", "2023-09-14", "2023-09-21"),
        ("the rest of the year", "the rest of the year", "2023-09-14", "2023-12-31"),
        ("on 14/09/2023", "14/09/2023", "2023-09-14", "2023-09-14"),
    ],
)
def test_expressions_have_their_days(text: str, words: str, first: str, last: str) -> None:
    assert resolved(text, Moment(BASE)) == [(words, first, last)]


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("from Monday to Wednesday", "Monday to Wednesday", "2023-09-11", "2023-09-13"),
        ("open Monday through Friday", "Monday through Friday", "2023-09-11", "2023-09-15"),
        ("between 2010 and 2015", "2010 and 2015", "2010-01-01", "2015-12-31"),
        ("from July to September", "July to September", "2023-07-01", "2023-09-30"),
        ("from May 2 to June 7", "May 2 to June 7", "2023-05-02", "2023-06-07"),
        ("on Thursday, Sept. 14", "Thursday, Sept. 14", "2023-09-14", "2023-09-14"),
    ],
)
def test_two_expressions_that_belong_together_are_one(text: str, words: str, first: str, last: str) -> None:
    assert resolved(text, Moment(BASE)) == [(words, first, last)]


def test_two_days_named_side_by_side_stay_two() -> None:
    found = resolved("on Monday and Tuesday, in 1999 and 2000", Moment(BASE))
    assert [words for words, *_ in found] == ["Monday", "Tuesday", "1999", "2000"]


@pytest.mark.parametrize(
    ("text", "first"),
    [("on Friday", "2023-09-15"), ("in July", "2024-07-01"), ("on Dec. 31", "2023-12-31"), ("Thursday", "2023-09-14")],
)
def test_what_lies_ahead_is_sought_ahead(text: str, first: str) -> None:
    assert resolved(text, Moment(BASE, future=True))[0][1] == first


def test_a_past_that_is_sure_is_sought_back_however_near_the_next_is() -> None:
    spring = dt.date(2026, 3, 10)
    assert resolved("on 3 May", Moment(spring, future=False, sure=True))[0][1] == "2025-05-03"
    assert resolved("on 3 May", Moment(spring, future=False, sure=False))[0][1] == "2026-05-03"  # "a summit on 3 May"


@pytest.mark.parametrize(
    ("text", "last", "days"),
    [
        ("a year earlier", ("2022-03-01", "2022-03-31"), ("2021-03-01", "2021-03-31")),
        ("a month later", ("2022-05-03", "2022-05-03"), ("2022-06-03", "2022-06-03")),
        ("two days later", ("2022-03-01", "2022-03-01"), ("2022-03-03", "2022-03-03")),
        ("a day earlier", ("1998-01-01", "1998-12-31"), ("2023-09-13", "2023-09-13")),  # a year is too coarse
        ("the next day", ("2022-12-31", "2022-12-31"), ("2023-01-01", "2023-01-01")),
        ("that year", ("2022-12-31", "2022-12-31"), ("2022-01-01", "2022-12-31")),
        ("the year before", ("2022-12-31", "2022-12-31"), ("2021-01-01", "2021-12-31")),
        ("the same month", ("2022-12-31", "2022-12-31"), ("2022-12-01", "2022-12-31")),
    ],
)
def test_some_count_from_the_date_before(text: str, last: tuple[str, str], days: tuple[str, str]) -> None:
    before = (dt.date.fromisoformat(last[0]), dt.date.fromisoformat(last[1]))
    assert resolved(text, Moment(BASE, before)) == [(text, *days)]


@pytest.mark.parametrize(
    "text", ["Thursday", "last week", "in May", "on Dec. 1", "two weeks ago", "the next day", "in the third quarter"]
)
def test_without_a_day_of_writing_the_year_stays_open(text: str) -> None:
    assert [days for _, *days in resolved(text, Moment(None))] == [["", ""]]


@pytest.mark.parametrize(
    "text",
    [
        "before winter",
        "in fiscal 2024",
        "the third quarter of fiscal 2023",
        "in FY2024",
        "until the spring",
        "on February 30, 2021",
        "on June 31",
        "in recent weeks",
        "a few weeks ago",
        "on 9/11/2001",
    ],
)
def test_what_cannot_be_told_is_not(text: str) -> None:
    assert [days for _, *days in resolved(text, Moment(BASE))] == [["", ""]]


@pytest.mark.parametrize(
    "text",
    [
        "he may march",
        "March on Washington",
        "a nine-year quarrel",
        "for three years",
        "9/11",
        "in 1,500 ways",
        "$2020",
        "every spring",
        "room 2020",
        "the thirty years before",
    ],
)
def test_other_words_are_no_dates(text: str) -> None:
    assert list(find(text)) == []


@pytest.mark.parametrize(
    ("unit", "shift", "first", "last"),
    [
        ("day", -1, "2023-12-31", "2023-12-31"),
        ("week", 0, "2024-01-01", "2024-01-07"),
        ("weekend", -1, "2023-12-30", "2023-12-31"),
        ("month", -1, "2023-12-01", "2023-12-31"),
        ("quarter", -1, "2023-10-01", "2023-12-31"),
        ("year", 1, "2025-01-01", "2025-12-31"),
        ("decade", 0, "2020-01-01", "2029-12-31"),
        ("century", 0, "2001-01-01", "2100-12-31"),
    ],
)
def test_periods_run_over_the_turn_of_the_year(unit: str, shift: int, first: str, last: str) -> None:
    assert period(unit, dt.date(2024, 1, 1), shift) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


# -- the layer


def tagged(rows: str) -> Doc:
    """A Doc from lines "word TAG POS head"."""
    table = [row.split() for row in rows.strip().splitlines()]
    words, tags, pos = ([row[i] for row in table] for i in range(3))
    deps = ["dep"] * len(words)
    return Doc(
        NLP.vocab, words=words, tags=tags, pos=pos, heads=[int(row[3]) for row in table], deps=deps, lemmas=words
    )


def dates(doc: Doc, **article: Any) -> list[dict[str, Any]]:
    set_article(doc, Article(doc.text, **article) if doc.text.strip() else None)
    return list(Dates()(doc)._.dates)


PAST = "They PRP PRON 1\nmet VBD VERB 1\non IN ADP 3\nFriday NNP PROPN 1"
FUTURE = "They PRP PRON 2\nwill MD AUX 2\nmeet VB VERB 2\non IN ADP 4\nFriday NNP PROPN 2"
SAID = "He PRP PRON 1\nsaid VBD VERB 1\nFriday NNP PROPN 4\nit PRP PRON 4\nmatters VBZ VERB 1"
PERFECT = "They PRP PRON 2\nhave VBP AUX 2\nmet VBN VERB 2\nthis DT DET 4\nFriday NNP PROPN 2"
PLAN = "They PRP PRON 1\nplan VBP VERB 1\ntalks NNS NOUN 1\non IN ADP 4\nFriday NNP PROPN 2"
BY = "Talks NNS NOUN 1\nended VBD VERB 1\nby IN ADP 3\nFriday NNP PROPN 1"


BEGAN = (
    "It PRP PRON 1\nbegan VBD VERB 1\nto TO PART 3\nfall VB VERB 1\non IN ADP 5\nFriday NNP PROPN 3",
    "They PRP PRON 1\nagree VBD VERB 1\nto TO PART 3\nmeet VB VERB 1\non IN ADP 5\nFriday NNP PROPN 3",
    "They PRP PRON 1\nface VBP VERB 1\nKay NNP PROPN 1\nin IN ADP 5\nthe DT DET 5\nprimary NN NOUN 1\n"
    "on IN ADP 7\nFriday NNP PROPN 5",
    "They PRP PRON 1\npraise VBP VERB 1\nher PRP$ PRON 3\nspeech NN NOUN 1\non IN ADP 5\nFriday NNP PROPN 1",
    "Ana NNP PROPN 7\n, , PUNCT 3\nif IN SCONJ 3\nelected VBN VERB 7\non IN ADP 5\nFriday NNP PROPN 3\n"
    "will MD AUX 7\nstay VB VERB 7",
    "She PRP PRON 1\nplans VBZ VERB 1\nan DT DET 3\nelection NN NOUN 1\non IN ADP 5\nFriday NNP PROPN 1",
)
FILED = (
    "It PRP PRON 2\ncould MD AUX 2\nchange VB VERB 2\nby IN ADP 4\npapers NNS NOUN 2\nfiled VBN VERB 4\n"
    "Friday NNP PROPN 5"
)
HEADLINE = "Talks NNS NOUN 0\nto TO PART 2\nresume VB VERB 0\nFriday NNP PROPN 2"
QUOTED = (
    "It PRP PRON 1\nworks VBZ VERB 4\n, , PUNCT 1\nhe PRP PRON 4\ntold VBD VERB 4\nus PRP PRON 4\nthere RB ADV 4\n"
    "on IN ADP 8\nFriday NNP PROPN 4"
)
TO_LAND = (
    "They PRP PRON 1\nmade VBD VERB 1\n{} NN NOUN 1\nto TO PART 4\nland VB VERB 2\non IN ADP 6\nFriday NNP PROPN 4"
)


@pytest.mark.parametrize(
    ("rows", "day"),
    [
        (QUOTED, "2023-09-08"),
        (FILED, "2023-09-08"),
        (HEADLINE, "2023-09-15"),
        (TO_LAND.format("attempts"), "2023-09-08"),
        (TO_LAND.format("promise"), "2023-09-15"),
        (BEGAN[0], "2023-09-08"),
        (BEGAN[1], "2023-09-15"),
        (BEGAN[2], "2023-09-15"),
        (BEGAN[3], "2023-09-08"),
        (BEGAN[4], "2023-09-15"),
        (BEGAN[5], "2023-09-15"),
        (PAST, "2023-09-08"),
        (FUTURE, "2023-09-15"),
        (SAID, "2023-09-08"),
        (PERFECT, "2023-09-15"),
        (PLAN, "2023-09-15"),
        (BY, "2023-09-08"),
    ],
    ids=[
        "what is said before",
        "filed",
        "talks to resume",
        "made attempts to",
        "made a promise to",
        "began to",
        "agreed to",
        "in the primary",
        "a speech",
        "if elected",
        "an election",
        "past",
        "future",
        "said",
        "this",
        "present",
        "by",
    ],
)
def test_the_tense_tells_a_day_past_from_one_to_come(rows: str, day: str) -> None:
    assert dates(tagged(rows), published=BASE, title="Talks")[0]["iso_start"] == day


LIKE_PRESENT = "They PRP PRON 1\nbeat VBP VERB 1\nTarn NNP PROPN 1\non IN ADP 4\nFriday NNP PROPN 1"
NOUN_AS_VERB = "Their PRP$ PRON 1\nwin VBP VERB 2\ncame VBD VERB 2\nhere RB ADV 2\non IN ADP 5\nFriday NNP PROPN 2"
CLOSE = "They PRP PRON 2\nwill MD AUX 2\nmatch VB VERB 2\nFriday NNP PROPN 5\n's POS PART 3\nclose NN NOUN 2"
FIXED = "He PRP PRON 1\nfix VBD VERB 1\nFriday NNP PROPN 1\nfor IN ADP 4\nit PRP PRON 1"


@pytest.mark.parametrize(
    ("rows", "day"),
    [(LIKE_PRESENT, "2023-09-08"), (NOUN_AS_VERB, "2023-09-08"), (CLOSE, "2023-09-08"), (FIXED, "2023-09-15")],
    ids=["beat", "came", "close", "fixed"],
)
def test_the_past_is_told_from_what_looks_like_the_present(rows: str, day: str) -> None:
    assert dates(tagged(rows), published=BASE, title="Talks")[0]["iso_start"] == day


def test_a_day_does_not_go_on_with_the_first_of_many_years() -> None:
    rows = "He PRP PRON 1\nruled VBD VERB 1\nfrom IN ADP 3\n2015 CD NUM 1\nto IN ADP 5\n2021 CD NUM 3\n"
    rows += "and CC CCONJ 7\nleft VBD VERB 1\non IN ADP 9\nMarch NNP PROPN 7\n25 CD NUM 9"
    assert dates(tagged(rows), published=BASE, title="He")[1]["iso_start"] == "2023-03-25"


def test_a_day_without_a_year_goes_on_with_the_year_told_before() -> None:
    rows = "He PRP PRON 1\nleft VBD VERB 1\non IN ADP 3\nMarch NNP PROPN 1\n2 CD NUM 3\n2015 CD NUM 3\n"
    rows += "and CC CCONJ 7\ncame VBD VERB 1\non IN ADP 9\nMarch NNP PROPN 7\n25 CD NUM 9"
    assert [found["iso_start"] for found in dates(tagged(rows), published=BASE, title="He")] == [
        "2015-03-02",
        "2015-03-25",
    ]


def test_what_was_to_come_then_is_counted_from_then() -> None:
    rows = "In IN ADP 1\nMarch NNP PROPN 3\n2015 CD NUM 1\nleft VBD VERB 3\nover IN ADP 7\nthe DT DET 7\n"
    rows += "next JJ ADJ 8\ntwo CD NUM 8\nmonths NNS NOUN 3"
    found = dates(tagged(rows), published=BASE, title="In")
    assert (found[1]["iso_start"], found[1]["iso_end"]) == ("2015-03-31", "2015-05-31")


@pytest.mark.parametrize(
    "text",
    [
        "He told USA Today so.",
        "She spoke on This Week there.",
        "He told ABC's Today show so.",
        "The March 5 Movement left.",
    ],
)
def test_a_day_in_the_name_of_a_paper_or_a_show_is_none(text: str) -> None:
    assert dates(NLP.make_doc(text), published=BASE, title="Talks") == []


def test_the_layer_needs_no_tagger() -> None:
    found = dates(NLP.make_doc("They met on Friday, and again in 2021."), published=BASE, title="Talks")
    assert [(record["text"], record["iso_start"]) for record in found] == [
        ("Friday", "2023-09-08"),
        ("2021", "2021-01-01"),
    ]


def test_the_result_does_not_depend_on_today(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(dt.date):
        @classmethod
        def today(cls) -> dt.date:
            raise AssertionError("the clock was read")

    monkeypatch.setattr("analystkit.layers.dates.stretches.dt.date", Clock)
    doc = NLP.make_doc("They met on Friday, two weeks ago, in May, last year.")
    found = dates(doc, title="Talks")
    assert [record["iso_start"] for record in found] == [None] * 4


@pytest.mark.parametrize(
    ("article", "day"),
    [
        ({"published": "2023-09-14"}, BASE),
        ({"published": None, "dateline": {"place": "SEOUL", "date": "Sept. 14, 2023"}}, BASE),
        ({"published": None, "dateline": {"place": "SEOUL", "date": "Sept. 14"}}, None),
        ({"published": None, "dateline": None}, None),
        ({}, None),
    ],
)
def test_the_day_of_writing_comes_from_the_article(article: dict[str, Any], day: dt.date | None) -> None:
    assert base_day(article) == day


def test_furniture_holds_no_dates() -> None:
    text = "Talks end\n\nThey met on Friday.\n\nMore on Monday"
    doc = NLP.make_doc(text)
    at = text.index("More")
    found = dates(doc, title="Talks end", published=BASE, furniture=[(at, len(text))])
    assert [record["text"] for record in found] == ["Friday"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    base=st.dates(),
    parts=st.lists(
        st.sampled_from(
            [
                "May",
                "last",
                "next",
                "the end of",
                "Friday",
                "2021",
                "31",
                "Feb.",
                "a year",
                "earlier",
                "in",
                "🕊️",
                "–",
                ",",
                "the 1990s",
                "two weeks",
                "ago",
                "this",
                "quarter",
                "Q1",
                "since",
                "century",
                "\n\n",
                "the following day",
            ]
        ),
        max_size=20,
    ),
)
def test_whatever_the_words_days_are_in_order_and_words_in_place(base: dt.date, parts: list[str]) -> None:
    text = " ".join(parts)
    end = 0
    for expression in find(text):
        assert end <= expression.start < expression.end
        assert text[expression.start : expression.end] == expression.text == expression.text.strip()
        end = expression.end
        for future in (None, True, False):
            days = expression.resolve(Moment(base, (base, base), future))
            assert days is None or days[0] <= days[1]


def test_earlier_in_a_period_yet_to_come_is_all_of_it() -> None:
    (expression,) = find("earlier next year")
    day = dt.date(2024, 5, 2)
    assert expression.resolve(Moment(day, (day, day), None)) == (dt.date(2025, 1, 1), dt.date(2025, 12, 31))


def test_dates_survive_docbin() -> None:
    doc = NLP.make_doc("They met on Friday.")
    before = dates(doc, title="Talks", published=BASE)
    (back,) = DocBin(docs=[doc], store_user_data=True).get_docs(NLP.vocab)
    assert [dict(record) for record in back._.dates] == before


def test_a_year_end_that_is_told_of_is_the_last_one() -> None:
    assert resolved("at year-end", Moment(BASE, future=False))[0][:2] == ("year-end", "2022-12-31")
    assert resolved("by year-end", Moment(BASE, future=True))[0][:2] == ("year-end", "2023-12-31")
