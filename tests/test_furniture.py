import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analystkit.reading.furniture import detect, join_spans

BODY = "The council of Port Elm voted on Tuesday to reopen the ferry line that storms had closed in March."
STORY = f"Ferry line to reopen after storms\n\n{BODY}\n\n"


def marked(text, **options):
    return [text[start:end] for start, end in detect(text, **options).furniture]


@pytest.mark.parametrize(
    "line",
    [
        "1 of 6 | Passengers wait at the pier in Port Elm on Monday.",
        "Passengers wait at the pier. Photo by Ana Lund/UPI",
        "Passengers wait at the pier. Photo by Ana Lund/UPI | License Photo",
        "Passengers wait at the pier on Monday. (AP Photo/Ana Lund)",
        "Passengers wait at the pier on Monday. (Ana Lund/Getty Images)",
        "Passengers wait at the pier, March 3, 2021. REUTERS/Ana Lund",
        "FILE PHOTO: Passengers wait at the pier, March 3, 2021. REUTERS/Ana Lund/File Photo",
        "FILE - Passengers wait at the pier in Port Elm, on March 3, 2021.",
        "Photo by Ana Lund",
        "Photo: Ana Lund / Getty Images",
        "Photo courtesy of the Port Elm Museum",
        "Image credit: Ana Lund",
        "Credit: Ana Lund for The Port Elm Post",
        "Ana Lund/AFP via Getty Images",
        "Getty Images",
        "File photo",
        "License Photo",
        "Advertisement",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Read more: Why the ferry matters",
        "RELATED: Storm closes harbour",
        "Sign up for our newsletter",
        "Sign up for our morning briefing, straight to your inbox",
        "Follow us on Facebook",
        "Follow Ana Lund on X @analund",
        "Share this article",
        "Listen to this article · 5:12 min Learn more",
        "Passengers wait at the pier in Port Elm [Ana Lund/Reuters]",
        "Facebook Twitter WhatsApp",
        "Share | Tweet | Email | Print",
        "© 2024 The Port Elm Post",
        "Copyright 2024 The Port Elm Post. All rights reserved.",
        "Updated 3:14 p.m.",
        "Published March 5, 2024 at 10:02 a.m. ET",
        "5 min read",
        "3 hours ago",
        "* * *",
    ],
)
def test_lines_that_give_themselves_away_are_furniture(line):
    assert line in marked(f"{STORY}{line}\n\n{BODY} It will sail daily.")


@pytest.mark.parametrize(
    "line",
    [
        "Photo by photo, the investigators pieced the night together.",
        "Video sources say the minister left by the back door.",
        "Image credit scores are the bank's new idea.",
        "File-sharing sites were told to close.",
        "Related costs rose by a third, the auditors found.",
        "Share prices fell on Tuesday.",
        "Copyright law must change, the minister said.",
        "Tap water alerts were issued in three towns.",
        "Updated rules come into force in May.",
        "Published figures tell another story.",
        "She credits the harbour master for the idea.",
        "By Monday the water had reached the market hall.",
        "More from the union: “We will not move.”",
        "It was first carried by the state-run Elm News via Bloomberg.",
        "The agency is part of the (private) Lund Group, Reuters reported.",
        "Advertisement revenue fell again at the port's newspaper.",
        "Follow the money, she said.",
        "“Read more,” the teacher told them. “It helps.”",
        "The inquiry's findings contributed to this report being delayed, he said.",
        "24/7",
        "In the photo she is seen beside the mayor.",
    ],
)
@pytest.mark.parametrize("place", ["middle", "end"])
def test_reporting_that_only_sounds_like_furniture_is_kept(line, place):
    text = f"{STORY}{line}\n\n{BODY} It will sail daily." if place == "middle" else f"{STORY}{line}"
    assert marked(text) == []


def test_the_first_headline_is_the_title_and_its_repeat_is_furniture():
    text = f"Ferry line to reopen after storms\n\n{BODY}\n\nFERRY LINE TO REOPEN AFTER STORMS\n\nShe agreed."
    layout = detect(text)
    assert layout.title_span == (0, 33)
    assert marked(text) == ["FERRY LINE TO REOPEN AFTER STORMS"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n ",
        BODY,
        f"{BODY}\n\n{BODY}",
        "The council said on Tuesday that the\nferry line would open again in\nthe spring.",
        f'"We are glad," she said\n\n{BODY}',
    ],
)
def test_what_is_not_a_headline_is_no_title(text):
    assert detect(text).title_span is None


@pytest.mark.parametrize("title", ["Lund v. Harbour Board Goes to Trial in the U.S.", "Who pays for the ferry?"])
def test_a_headline_may_end_in_an_abbreviation_or_a_question(title):
    assert detect(f"{title}\n\n{BODY}").title_span == (0, len(title))


def test_a_headline_stands_apart_where_a_byline_or_date_follows_before_the_next_blank_line():
    title = "Ferry line to reopen after storms"
    standfirst = "The council has found the money, says Ana Lund"
    for below in ("By Ana Lund", "Anna Lund\n10 Dec 2024", "Published 10 Dec 2024, 18.04 GMT"):
        assert detect(f"{title}\n{standfirst}\n{below}\n\n{BODY}").title_span == (0, len(title))
    assert detect(f"{title}\nin the spring\nBy Ana Lund\n\n{BODY}").title_span is None, "half of one is worse than none"


def test_a_headline_stands_apart_where_its_line_is_broken_on_purpose():
    title = "Ferry line to reopen after storms"
    assert detect(f"{title}\nThe council has found the money.\n\n{BODY}").title_span == (0, len(title))
    narrow = BODY.replace(" to ", "\nto ").replace(" that ", "\nthat ")
    assert detect(f"{title}, says\nThe Port Elm Post\n\n{narrow}").title_span is None, "no line here is longer"
    assert detect(f"{title}\nand floods\n\n{BODY}").title_span is None


@pytest.mark.parametrize("line", ["December 10, 2024", "FOR IMMEDIATE RELEASE"])
def test_what_stands_above_a_headline_is_not_taken_for_it(line):
    text = f"{line}\n\nFerry line to reopen\n\n{BODY}"
    assert text[slice(*detect(text).title_span)] == "Ferry line to reopen"


@pytest.mark.parametrize(
    "desk", ["Political Editor", "BBC News, Port Elm", "Senior Reporter", "Reporting from Port Elm"]
)
def test_the_line_below_a_byline_tells_where_its_people_work(desk):
    for line in ("By Ana Lund", "Anna Lund"):
        text = f"Ferry line to reopen\n\n10 December 2024\n\n{line}\n{desk}\n\n{BODY}"
        assert detect(text).byline == line.removeprefix("By ")
        assert marked(text) == ["10 December 2024", line, desk]
    assert marked(f"Ferry line to reopen\n\n{desk}\n\n{BODY}") == []


def test_a_dateline_may_stand_in_three_lines():
    text = f"Ferry line to reopen\n\nPort Elm\nCNN\n—\n\n{BODY}"
    layout = detect(text)
    assert (layout.dateline.place, layout.dateline.agency) == ("Port Elm", "CNN")
    assert text[layout.dateline.start : layout.dateline.end] == "Port Elm\nCNN\n—"
    assert layout.furniture == ()
    assert detect(text.replace("CNN", "And yet")).dateline is None


def test_a_sentence_above_a_dateline_is_the_title_in_spite_of_its_full_stop():
    text = f"Ferry line reopens after storms.\n\nPORT ELM (AP) — {BODY}"
    assert detect(text).title_span == (0, 32)


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("By Ana Lund", "Ana Lund"),
        ("By ANA LUND, Staff Reporter", "ANA LUND"),
        ("By Ana Lund and J. P. O'Hara", "Ana Lund and J. P. O'Hara"),
        ("By Ana Lund, Ola de Wit and Ian Roe | The Port Elm Post", "Ana Lund, Ola de Wit and Ian Roe"),
        ("by Ana Lund in Port Elm", "Ana Lund"),
        ("By Ana Lund • March 5, 2024", "Ana Lund"),
    ],
)
def test_byline(line, who):
    text = f"Ferry line to reopen\n\n{line}\n\n{BODY}"
    layout = detect(text)
    assert layout.byline == who
    assert text[slice(*layout.byline_span)] == line
    assert line in marked(text)


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Anna Lund", "Anna Lund"),
        ("ANNA LUND", "ANNA LUND"),
        ("Anna Lund and Mary de Wit", "Anna Lund and Mary de Wit"),
        ("Anna Lund, Mary de Wit and Ian Roe", "Anna Lund, Mary de Wit and Ian Roe"),
        ("Anna Lund in Port Elm", "Anna Lund"),
        ("Anna Lund Health correspondent", "Anna Lund"),
        ("Anna Lund, local democracy reporter", "Anna Lund"),
        ("Middle East", None),
        ("Port Elm", None),
    ],
)
def test_names_of_people_alone_are_a_byline_where_a_date_stands_beside_them(line, who):
    for beside in (f"{line}\nTue 10 Dec 2024 18.04 GMT", f"December 10, 2024\n\n{line}"):
        layout = detect(f"Ferry line to reopen\n\n{beside}\n\n{BODY}")
        assert layout.byline == who
        assert layout.published == dt.date(2024, 12, 10)
    assert detect(f"Ferry line to reopen\n\n{line}\n\n{BODY}").byline is None


@pytest.mark.parametrize("line", ["By Monday Morning", "By Christmas Eve, Aid Reaches the Islands", "By the sea"])
def test_a_line_that_only_begins_with_by_is_no_byline(line):
    assert detect(f"Ferry line to reopen\n\n{line}\n\n{BODY}").byline is None


@pytest.mark.parametrize(
    ("opening", "place", "date", "agency"),
    [
        ("SEOUL, Sept. 14 (UPI) --", "SEOUL", "Sept. 14", "UPI"),
        ("WASHINGTON (AP) —", "WASHINGTON", None, "AP"),
        ("PARIS, March 3 (Reuters) -", "PARIS", "March 3", "Reuters"),
        ("LONDON —", "LONDON", None, None),
        ("Kyiv, Ukraine (CNN)", "Kyiv, Ukraine", None, "CNN"),
        ("Kyiv, Ukraine (CNN) —", "Kyiv, Ukraine", None, "CNN"),
        ("NASHUA, N.H. -", "NASHUA, N.H.", None, None),
        ("ST. PAUL, Minn., Jan. 2, 2024 (UPI) --", "ST. PAUL, Minn.", "Jan. 2, 2024", "UPI"),
        ("SÃO PAULO, 3 March (AFP) –", "SÃO PAULO", "3 March", "AFP"),
        ("N'DJAMENA (AFP) –", "N'DJAMENA", None, "AFP"),
        ("RIO de JANEIRO —", "RIO de JANEIRO", None, None),
        ("PORT ELM, Dec. 10, 2024 /PRNewswire/ --", "PORT ELM", "Dec. 10, 2024", "PRNewswire"),
        ("NEW DELHI, June 3 (Press Wire):", "NEW DELHI", "June 3", "Press Wire"),
        ("NEW YORK--(BUSINESS WIRE)--", "NEW YORK", None, "BUSINESS WIRE"),
        ("BEIJING/SEOUL, May 4 (Reuters) -", "BEIJING/SEOUL", "May 4", "Reuters"),
        ("Seoul, 14 September —", "Seoul", "14 September", None),
        ("CHANDRAPUR:", "CHANDRAPUR", None, None),
        ("NEW DELHI, JUNE 4:", "NEW DELHI", "JUNE 4", None),
        ("New Delhi, June 4:", "New Delhi", "June 4", None),
    ],
)
def test_dateline(opening, place, date, agency):
    text = f"Ferry line to reopen\n\n{opening} {BODY}"
    found = detect(text).dateline
    assert (found.place, found.date, found.agency) == (place, date, agency)
    assert text[found.start : found.end] == opening
    assert marked(text) == []


@pytest.mark.parametrize(
    "opening",
    [
        "BREAKING —",
        "EXCLUSIVE –",
        "Bernie Lund (R-Texas) —",
        "Paris —",
        "The ferry (built in 1961) -",
        "FERRY FARES TO RISE AGAIN, BUT NOT BY MUCH —",
        "“LONDON —",
        "ANALYSIS:",
        "Chandrapur:",
        "Q:",
        "HERE IS WHAT WE KNOW SO FAR:",
    ],
)
def test_what_only_looks_like_a_dateline_is_none(opening):
    assert detect(f"Ferry line to reopen\n\n{opening} {BODY}").dateline is None


def test_speakers_of_a_transcript_are_no_places():
    assert detect(f"Ferry line to reopen\n\nLUND: {BODY}\n\nROE: {BODY}").dateline is None


def test_a_dateline_is_only_looked_for_at_the_top():
    assert detect(STORY + f"{BODY}\n\n" * 5 + f"LONDON — {BODY}").dateline is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published Sept. 14, 2023", dt.date(2023, 9, 14)),
        ("Published: 14 September 2023, 10:02 GMT", dt.date(2023, 9, 14)),
        ("Thu 14 Sep 2023 18.04 BST", dt.date(2023, 9, 14)),
        ("Thursday, September 14, 2023", dt.date(2023, 9, 14)),
        ("By Ana Lund | 2023-09-14", dt.date(2023, 9, 14)),
        ("Posted 09/14/2023", dt.date(2023, 9, 14)),
        ("Updated Sept. 14, 2023", dt.date(2023, 9, 14)),
        ("Published Sept. 14", None),
        ("Issued on: 14/09/2023 - 18:04", dt.date(2023, 9, 14)),
        ("Updated - September 14, 2023 10:04 pm IST - PORT ELM", dt.date(2023, 9, 14)),
        ("03/04/2023 05:00 AM EST", dt.date(2023, 3, 4)),  # so written in America only
        ("Published 03/04/2023", None),  # March or April: not for us to say
        ("Published June 31, 2023", None),
        ("© 2023 The Port Elm Post", None),
        ("Passengers wait on Sept. 14, 2023. Photo by Ana Lund/UPI", None),  # the day of the picture
        (f"{BODY} It was built on Sept. 14, 1961.", None),
    ],
)
def test_publication_date_is_read_never_guessed(line, day):
    assert detect(f"Ferry line to reopen\n\n{line}\n\n{BODY}").published == day


def test_first_publication_comes_before_an_update():
    text = f"Ferry line to reopen\n\nUpdated May 2, 2024\nPublished May 1, 2024\n\n{BODY}"
    assert detect(text).published == dt.date(2024, 5, 1)


def test_a_dateline_without_a_year_dates_nothing():
    assert detect(f"Ferry line to reopen\n\nPORT ELM, May 1 (UPI) -- {BODY}").published is None
    assert detect(f"Ferry line to reopen\n\nPORT ELM, May 1, 2024 (UPI) -- {BODY}").published == dt.date(2024, 5, 1)


def test_a_caption_is_furniture_where_its_twin_bears_the_credit():
    caption = "Passengers wait at the pier in Port Elm on Monday morning."
    text = f"Ferry line to reopen\n\n{caption}\n\n1 of 2 | {caption} Photo by Ana Lund/UPI\n\n{BODY}"
    assert caption in marked(text)


def test_headlines_listed_below_the_last_label_are_furniture():
    text = f"{STORY}Latest Headlines\n\nStorm heads for the islands\n\nMarket hall to be rebuilt"
    assert marked(text) == ["Latest Headlines", "Storm heads for the islands", "Market hall to be rebuilt"]


def test_a_label_amid_the_story_takes_nothing_with_it():
    text = f"{STORY}Related stories\n\n{BODY}\n\nShe did not say when"
    assert marked(text) == ["Related stories"]


def test_sign_off_is_furniture_at_the_end_only():
    line = "(Reporting by Ana Lund in Port Elm; Editing by Ian Roe)"
    assert marked(f"{STORY}{line}") == [line]
    assert marked(f"{STORY}{line}\n\n" + f"{BODY}\n\n" * 5) == []


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_every_kind_of_line_break_is_seen(newline):
    text = f"Ferry line to reopen\n\n{BODY}\n\nAdvertisement\n\n{BODY}\n".replace("\n", newline)
    assert marked(text) == ["Advertisement"]
    assert text[slice(*detect(text).title_span)] == "Ferry line to reopen"


PIECES = st.sampled_from(
    [
        "Ferry line to reopen", BODY, "By Ana Lund", "Advertisement", "Photo by Ana Lund/UPI",
        "1 of 6 | A pier.",
        "SEOUL, Sept. 14 (UPI) -- ", "Latest Headlines", "Updated 3:14 p.m.", "\n", "\n\n", "\r\n", " ", "é",
        "🚢",
        "(", "|", "\u2029", "Published May 1, 2024",
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=30), max_size=25).map("".join))
def test_spans_are_sorted_disjoint_and_within_the_text(text):
    layout = detect(text)
    done = 0
    for start, end in layout.furniture:
        assert done <= start < end <= len(text)
        assert text[start:end].strip(" \t\n\r") == text[start:end]
        done = end
    assert len(layout.reasons) == len(layout.furniture)
    if layout.title_span:
        assert layout.title_span not in layout.furniture
    if layout.dateline:
        span = text[layout.dateline.start : layout.dateline.end]
        assert " ".join(span.split()).startswith(layout.dateline.place.split(",")[0])


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted).map(tuple), max_size=12))
def test_joined_spans_cover_the_same_characters(spans):
    joined = join_spans(spans)
    assert {i for s, e in spans for i in range(s, e)} == {i for s, e in joined for i in range(s, e)}
    assert all(a[1] < b[0] for a, b in pairwise(joined))
