"""The terminal view: the article's own words, with marks that can be told apart and nothing that steers a terminal."""

import io
import re
from pathlib import Path

import pytest
from made_up import with_question
from rich.console import Console

from analystkit import terminal
from analystkit.analysis import Analysis

GOLD = sorted((Path(__file__).parents[1] / "seeds").glob("*.gold.json"))


def shown(renderable, *, width: int = 80, colour: bool = False) -> str:
    file = io.StringIO()
    system = "truecolor" if colour else None
    Console(file=file, width=width, force_terminal=colour, color_system=system, highlight=False, markup=False).print(
        renderable
    )
    return file.getvalue()


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name.removesuffix(".gold.json"))
@pytest.mark.parametrize("width", [24, 80, 200])
def test_without_its_notes_the_view_is_the_article(path, width):
    data = Analysis.from_json(path.read_text(encoding="utf-8")).to_dict()
    data |= {"stances": [], "quotes": [], "entities": data["entities"]}
    analysis = Analysis.from_dict(data)
    text = shown(terminal.article(analysis, colour=False), width=width)
    body = text[text.index("0 stances") + len("0 stances") :]
    assert re.sub(r"\s", "", body) == re.sub(r"\s", "", analysis.text)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_every_quote_and_stance_of_an_article_has_its_note(path):
    analysis = Analysis.from_json(path.read_text(encoding="utf-8"))
    text = " ".join(re.sub(r"(?m)^. ", "", shown(terminal.article(analysis, colour=False))).split())
    assert text.count("⟦") == text.count("⟧") == sum(len(quote.content) for quote in analysis.quotes)
    assert text.count(" → ") == len(analysis.stances)
    for quote in analysis.quotes:
        speaker = quote.speaker.name if quote.speaker else "speaker unknown"
        assert f"[{' '.join(speaker.split())}" in text


def test_notes_stand_behind_the_words_they_speak_of(sample):
    text = " ".join(re.sub(r"(?m)^. ", "", shown(terminal.article(Analysis.from_dict(sample), colour=False))).split())
    assert "praised the accord [+ Zoë 🙂 Ødegård → the accord] on Monday" in text
    assert "⟦“whatever 🚢 the council thinks.”⟧ [Zoë 🙂 Ødegård]" in text
    assert "[Ali Noor via Bay Courier, mixed]" in text
    assert "[− Ali Noor → the accord, hedged]" in text
    assert "[speaker unknown, indirect]" in text


def test_marks_of_further_layers_stand_in_corners_with_what_they_are_and_whose(sample):
    data = with_question(sample, "at the quay", 2, label="unanswered", why="a guess")
    lines = shown(terminal.article(Analysis.from_dict(data), colour=False))
    text = " ".join(re.sub(r"(?m)^. ", "", lines).split())
    assert "said ⌜at the quay⌟ [question, unanswered: Zoë 🙂 Ødegård], ⟦“whatever" in text
    assert "2 stances · 1 question" in text
    assert "⌜question⌟" in text
    without = shown(terminal.article(Analysis.from_dict(sample), colour=False))
    assert "⌜" not in without


def test_bars_beside_the_lines_tell_the_kinds_apart(sample):
    lines = shown(terminal.article(Analysis.from_dict(sample), colour=False)).splitlines()
    by_words = {
        "We will sign it": "┃",
        "told the Bay Courier": "╏",
        "قال": "┊",
        "praised": " ",
        "1 of 2": " ",
    }
    for words, bar in by_words.items():
        [line] = [line for line in lines if words in line]
        assert line[0] == bar


def test_colours_mark_quotes_and_names_are_underlined(sample):
    text = shown(terminal.article(Analysis.from_dict(sample)), colour=True)
    assert re.search(r"\x1b\[1;4mZoë", text)
    assert re.search(r"\x1b\[38;2;[\d;]+m“We will sign ", text)
    assert "⟦" not in text


def test_lines_keep_to_a_comfortable_column(sample):
    sample["text"] = sample["text"].rstrip() + "\n\n" + "word " * 60
    lines = shown(terminal.article(Analysis.from_dict(sample), colour=False), width=200).splitlines()
    assert max(len(line.rstrip()) for line in lines if "who says it" not in line) <= 74


def test_an_article_cannot_steer_the_terminal(sample):
    evil = "\x1b]0;gone\x07\x1b[31m\x9b2J\r\x08"
    sample["text"] = sample["text"].rstrip() + f"\n\n{evil}end\x00\ud800"
    sample["article"]["title"] = f"A {evil}title"
    sample["entities"][0]["name"] = f"Name{evil}"
    for view in (terminal.article, terminal.summary):
        text = shown(view(Analysis.from_dict(sample)))
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text)
    assert "]0;gone" in shown(terminal.article(Analysis.from_dict(sample), colour=False))


def test_the_title_is_shown_once(sample):
    text = shown(terminal.article(Analysis.from_dict(sample), colour=False))
    assert text.count("Harbour accord splits the bay") == 1
    sample["article"]["title"] = "Another headline"
    text = shown(terminal.article(Analysis.from_dict(sample), colour=False))
    assert text.count("Another headline") == 1
    assert text.count("Harbour accord splits the bay") == 1


def test_summary_counts_what_was_found(sample):
    text = shown(terminal.summary(Analysis.from_dict(sample)))
    assert "4 entities · 3 quotes · 2 stances" in text
    assert re.search(r"Zoë 🙂 Ødegård\s+person\s+3\s+1", text)
    assert re.search(r"the article itself\s+\d+%", text)
    assert re.search(r"Ali Noor → the accord\s+−\s+“a trap”", text)


def test_summary_says_what_was_not_found(sample):
    sample |= {"entities": [], "quotes": [], "stances": []}
    text = shown(terminal.summary(Analysis.from_dict(sample)))
    for words in ("No people, organisations or places", "No quotes", "No stances"):
        assert f"{words} were found." in text


def test_summary_adds_the_rest_up():
    analysis = Analysis.from_json(GOLD[2].read_text(encoding="utf-8"))
    text = shown(terminal.summary(analysis))
    speaking = text[text.index("Who speaks") : text.index("Who stands where")]
    shares = [int(share) for share in re.findall(r"(\d+)%", speaking)]
    assert abs(sum(shares) - 100) <= len(shares)  # each is rounded
    assert re.search(r"\d+ more", speaking)
