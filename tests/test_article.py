import dataclasses
import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analystkit import article as room
from analystkit.article import Article, read
from analystkit.errors import ArticleError
from analystkit.reading import markdown
from analystkit.reading.decoding import decode

BODY = (
    "The council of Port Elm voted on Tuesday to reopen the ferry line that storms had closed in March. "
    "The mayor said that the first boat would sail in May, and that it would be free of charge for a week."
)
STORY = f"Ferry line to reopen after storms\n\nBy Ana Lund\n\nPORT ELM, May 1 (UPI) -- {BODY}\n\n{BODY}\n"
HTML = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Ferry line to reopen - The Elm Post</title>
<meta name="author" content="Ana Lund"><meta property="article:published_time" content="2024-05-01T09:00:00Z">
</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Ferry line to reopen</h1>
<p>PORT ELM, May 1 (UPI) -- {BODY}</p><p>{BODY} “It is <b>time</b>,” she said.</p>
<ul><li>The first boat sails at six.</li><li>The last one sails at ten.</li></ul></article>
<footer>© 2024 The Elm Post</footer></body></html>"""


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_text_file_is_kept_to_the_letter(file):
    text = STORY.replace("\n", "\r\n") + "\t \u00a0é🚢\r\n"
    found = read(file("ferry.txt", text))
    assert found.text == text
    assert found.title == "Ferry line to reopen after storms"
    assert found.byline == "Ana Lund"
    assert (found.dateline.place, found.dateline.date, found.dateline.agency) == ("PORT ELM", "May 1", "UPI")
    assert found.published is None
    assert found.warnings == ()
    assert [text[s:e] for s, e in found.furniture] == ["By Ana Lund"]


def test_what_the_caller_knows_wins_over_what_the_text_says(file):
    path = file("ferry.txt", STORY)
    found = read(path, title="Boats", published=dt.date(2024, 5, 2), url="https://elm.example/1", id="elm-1")
    assert (found.title, found.published, found.url, found.id) == (
        "Boats",
        dt.date(2024, 5, 2),
        "https://elm.example/1",
        "elm-1",
    )


def test_a_string_is_text_a_name_or_neither(file, monkeypatch):
    path = file("ferry.txt", STORY)
    monkeypatch.chdir(path.parent)
    assert read("ferry.txt").text == STORY
    assert read(str(path)).text == STORY
    assert read(STORY).text == STORY
    assert read("The ferry sails again.").text == "The ferry sails again."


@pytest.mark.parametrize("name", ["fery.txt", "my ferry story.html", "notes/ferry", "ferry", "ferry.pdf"])
def test_a_missing_file_is_named_with_the_folder_it_was_looked_for_in(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ArticleError) as caught:
        read(name)
    assert name in str(caught.value)
    assert str(tmp_path) in str(caught.value)


def test_a_folder_is_not_an_article(tmp_path):
    with pytest.raises(ArticleError, match="is a folder"):
        read(tmp_path)


@pytest.mark.parametrize("source", ["ftp://elm.example/a.txt", "file:///etc/hostname"])
def test_only_web_addresses_are_fetched(source):
    with pytest.raises(ArticleError, match="only http"):
        read(source)


@pytest.mark.parametrize("source", [b"bytes", None, 7])
def test_a_source_of_a_wrong_type_is_named(source):
    with pytest.raises(ArticleError, match=type(source).__name__):
        read(source)


@pytest.mark.parametrize("content", ["", "  \n\t\r\n ", "\ufeff", "\ufeff \n"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_an_empty_file_is_an_error(file, name, content):
    with pytest.raises(ArticleError, match=r"empty|no article text"):
        read(file(name, content))


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_text_is_an_error(text):
    with pytest.raises(ArticleError, match="empty"):
        Article(text)
    with pytest.raises(ArticleError, match="empty"):
        read(text)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
        (b"PK\x03\x04\x14\0\x06\0", "a ZIP archive or an Office document"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image"),
        (b"\0\1\2\3 data \0\0\0\0 more \0\0\0" * 9, "a binary file"),
    ],
)
def test_a_binary_file_is_called_what_it_is(file, content, kind):
    with pytest.raises(ArticleError, match=kind):
        read(file("ferry.txt", content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings_are_read_without_a_word(file, encoding):
    text = STORY + "“Déjà vu” 🚢\n"
    found = read(file("ferry.txt", text.encode(encoding)))
    assert found.text == text
    assert found.warnings == ()


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-16-be"])
def test_a_guessed_encoding_is_named_in_a_warning(file, encoding):
    text = STORY + "“It is the café’s turn,” said the owner, Zoë Núñez – twice.\n"
    found = read(file("ferry.txt", text.encode(encoding)))
    assert found.text == text
    assert encoding in " ".join(found.warnings)
    assert "ferry.txt" in " ".join(found.warnings)


def test_an_encoding_that_the_page_declares_is_no_guess(file):
    html = HTML.replace("utf-8", "iso-8859-1").replace("she said", "said Zoë Núñez")
    found = read(file("ferry.html", html.encode("cp1252")))
    assert "“It is time,” said Zoë Núñez." in found.text
    assert found.warnings == ()


def test_what_no_file_can_hold_is_replaced_in_place_and_told():
    text = f"A\0 ferry \ud800line\n\n{BODY}"
    found = read(text)
    assert found.text == f"A\ufffd ferry \ufffdline\n\n{BODY}"
    assert len(found.text) == len(text)
    assert "2 characters" in found.warnings[0]
    found.text.encode()


def test_a_file_beyond_the_limit_is_refused(file, monkeypatch):
    monkeypatch.setattr(room, "MAX_BYTES", 100)
    with pytest.raises(ArticleError, match="larger than"):
        read(file("ferry.txt", STORY))


@pytest.mark.slow
def test_five_megabytes_are_read_with_a_warning(file):
    text = (BODY + "\n\n") * (5_000_000 // len(BODY))
    found = read(file("long.txt", text))
    assert found.text == text
    assert any("very long" in warning for warning in found.warnings)


def test_nothing_but_furniture_is_told():
    found = read("Storm over Port Elm\n\nPhoto by Ana Lund/UPI\n\nAdvertisement\n\nLatest Headlines")
    assert any("only page furniture" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    "text",
    [
        "Der Stadtrat von Hafenstadt hat am Dienstag beschlossen, die Fähre wieder fahren zu lassen. Das "
        "sagte die Bürgermeisterin vor dem Rathaus, und sie nannte auch gleich den Tag, an "
        "dem das erste Boot ablegen soll.",
        "De gemeenteraad heeft dinsdag besloten dat de veerboot weer mag varen. Dat zei de burgemeester op "
        "het plein voor het stadhuis, en zij noemde ook de dag waarop de eerste boot in de "
        "ochtend zal vertrekken.",
        "市议会周二投票决定重新开放因三月风暴而关闭的渡轮航线。市长说，第一班船将在五月启航。",
    ],
)
def test_another_language_is_told(text):
    assert any("does not look English" in warning for warning in read(text + "\n").warnings)


@pytest.mark.parametrize(
    "text",
    [
        f"“We are glad,” she said. {BODY}",
        # each paragraph of a long quotation opens it anew; only the last closes it
        f"{BODY}\n\n“We are glad.\n\n“We were not always.\n\n“Now we are,” she said.",
        f'{BODY}\n\n"We are glad.\n\n"We were not always.\n\n"Now we are," she said.',
        f'{BODY} The 6\'2" mate and a 12" pipe were found.',
        f"{BODY} ''We are glad,'' she said.",
        f'{BODY} "He called it “a scandal” twice," she said.',
        f"{BODY} The “expedited review“ went on.",
    ],
)
def test_quotation_marks_in_order_are_not_remarked_upon(text):
    assert read(text + "\n").warnings == ()


@pytest.mark.parametrize("mark", ['"', "“"])
def test_a_quotation_that_never_closes_is_told_with_its_place(mark):
    text = f"{BODY}\n\nShe said: {mark}We are glad.\n\n{BODY}\n"
    (warning,) = read(text).warnings
    assert f"opened at {text.index(mark)} is never closed" in warning
    assert "We are glad" in warning


def test_a_page_gives_its_article_and_what_it_says_about_it(file):
    found = read(file("ferry.html", HTML))
    paragraphs = found.text.split("\n\n")
    assert f"PORT ELM, May 1 (UPI) -- {BODY}" in paragraphs
    assert f"{BODY} “It is time,” she said." in paragraphs
    assert "The last one sails at ten." in paragraphs
    assert "World" not in found.text
    assert found.title == "Ferry line to reopen"
    assert (found.byline, found.published) == ("Ana Lund", dt.date(2024, 5, 1))
    assert found.text[found.dateline.start : found.dateline.end] == "PORT ELM, May 1 (UPI) --"


def test_a_pasted_page_is_read_as_a_page():
    assert read(HTML).text.startswith("Ferry line to reopen\n\nPORT ELM")


def test_a_page_without_an_article_is_an_error(file):
    with pytest.raises(ArticleError, match=r"empty\.html holds no article"):
        read(file("empty.html", "<html><body><script>let x = 1;</script></body></html>"))


MARKDOWN = f"""---
title: "Ferry line to reopen"
author: Ana Lund
date: 2024-05-01
---

# Ferry line to reopen

![Passengers wait](pier.jpg "Pier")

**PORT ELM**, May 1 (UPI) -- The *council* [voted](https://elm.example/vote_1 "the vote") on Tuesday.

> “It is __time__,” she said.

- {BODY} 2 * 3 * 4 and snake_case_words stay.

Photo by Ana Lund/UPI

```
code
```
"""


def test_markdown_source_is_kept_and_its_marks_are_furniture(file):
    found = read(file("ferry.md", MARKDOWN))
    assert found.text == MARKDOWN
    assert (found.title, found.byline, found.published) == (
        "Ferry line to reopen",
        "Ana Lund",
        dt.date(2024, 5, 1),
    )
    assert (found.dateline.place, found.dateline.agency) == ("PORT ELM", "UPI")
    words = " ".join(markdown.masked(found.text, found.furniture).split())
    assert words == (
        "Ferry line to reopen PORT ELM , May 1 (UPI) -- The council voted on Tuesday. "
        f"“It is time ,” she said. {BODY} 2 * 3 * 4 and snake_case_words stay."
    )


def test_markdown_headings_of_both_kinds_give_the_title(file):
    assert read(file("a.md", f"Ferry sails\n===========\n\n{BODY}\n")).title == "Ferry sails"
    assert read(file("b.md", f"Note\n\n# Ferry sails #\n\n{BODY}\n")).title == "Ferry sails"


def test_the_id_names_file_and_text(file):
    path = file("Ferry Line 2.txt", STORY)
    first = read(path).id
    assert first.startswith("ferry-line-2-")
    assert read(path).id == first
    path.write_text(STORY + "More.\n", encoding="utf-8")
    assert read(path).id != first
    assert read(STORY).id.startswith("ferry-line-to-reopen-after-storms-")


def test_an_article_does_not_change_and_can_be_copied_with_a_change():
    found = Article(STORY)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.text = "other"
    other = dataclasses.replace(found, published=dt.date(2024, 5, 1))
    assert other.published == dt.date(2024, 5, 1)
    assert dataclasses.replace(other, published=None) == found
    assert hash(found) == hash(Article(STORY))


def test_furniture_given_by_the_caller_is_taken_and_checked():
    assert Article(STORY, furniture=()).furniture == ()
    assert Article(STORY, furniture=[(5, 9), (0, 6)]).furniture == ((0, 9),)
    with pytest.raises(ArticleError, match="outside"):
        Article(STORY, furniture=[(0, len(STORY) + 1)])


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_reading_never_changes_the_text(text):
    try:
        found = Article(text)
    except ArticleError:
        assert not text.strip()
        return
    assert found.text == text
    assert all(0 <= s < e <= len(text) for s, e in found.furniture)


@given(st.text(st.sampled_from("ab #*_`~[]()!<>-=\\:\"'\n\r.1xé🚢"), max_size=120))
def test_markdown_marks_stay_within_the_text_and_do_not_overlap(text):
    spans = markdown.marks(text)
    assert all(0 <= s < e <= len(text) for s, e in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert len(markdown.masked(text, spans)) == len(text)


@settings(max_examples=300)
@given(st.binary(max_size=400), st.sampled_from(["", "<html><body><p>", "\ufeff", "---\ntitle: x\n"]))
@pytest.mark.parametrize("suffix", ["txt", "md", "html"])
def test_random_bytes_are_read_or_refused_but_never_crash(tmp_path_factory, suffix, data, start):
    path = tmp_path_factory.getbasetemp() / f"random.{suffix}"
    path.write_bytes(start.encode() + data)
    try:
        found = read(path)
    except ArticleError:
        return
    found.text.encode()
    assert all(0 <= s < e <= len(found.text) for s, e in found.furniture)


@given(st.text(min_size=1).filter(lambda s: s.strip()))
def test_utf8_decodes_to_itself(text):
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return
    if data[:1] in b"%\x89\xff\xfe\xfdGRP\xd0{\x1fB7S\x7f\xef" or b"\0" in data:
        return  # may be taken for another kind of file, or begins with a byte order mark
    assert decode(data, name="x") == (text, None)


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [
        (
            "upi-2023-09-14-talks.txt",
            "Talks begin\n\nPORT ELM (UPI) -- Envoys of both sides met in the port on Monday.",
            dt.date(2023, 9, 14),
        ),
        ("2023_09_14.md", "# Talks begin\n\nEnvoys of both sides met in the port on Monday.", dt.date(2023, 9, 14)),
        # the dateline knows the day, the name the year
        (
            "upi-2024-01-02.txt",
            "Talks begin\n\nPORT ELM, Dec. 31 (UPI) -- Envoys of both sides met in the port on Monday.",
            dt.date(2023, 12, 31),
        ),
        (
            "saved-2023-09-14.txt",
            "Talks begin\n\nPORT ELM, May 1 (UPI) -- Envoys of both sides met in the port on Monday.",
            None,
        ),
        ("2023-09-14-to-2023-09-20.txt", "Talks begin\n\nEnvoys of both sides met in the port on Monday.", None),
        ("talks-2023-02-31.txt", "Talks begin\n\nEnvoys of both sides met in the port on Monday.", None),
        ("case-12023-09-14.txt", "Talks begin\n\nEnvoys of both sides met in the port on Monday.", None),
    ],
)
def test_a_day_in_the_files_name_is_told_where_the_text_has_none(
    tmp_path: Path, name: str, text: str, day: dt.date | None
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = read(path)
    assert found.published == day
    assert any("file's name" in warning for warning in found.warnings) == (day is not None)


def test_a_day_in_the_text_is_not_overruled_by_the_files_name(tmp_path: Path) -> None:
    path = tmp_path / "upi-2023-09-14.txt"
    path.write_text(
        "Talks begin\n\nPORT ELM, May 1, 2024 (UPI) -- Envoys of both sides met in the port on Monday.",
        encoding="utf-8",
    )
    assert read(path).published == dt.date(2024, 5, 1)
    assert read(path, published=dt.date(2022, 1, 1)).published == dt.date(2022, 1, 1)
