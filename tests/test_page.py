import base64
import hashlib
import html
import json
import re

import pytest

from analystkit.corrections.events import text_hash
from analystkit.errors import AnalystkitError
from analystkit.page import render_page, share

MODULE = 'script type="module"'


def policy(page):
    return html.unescape(re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page).group(1))


def inside(page, tag):
    return re.search(rf"<{tag}>(.*?)</{tag.split()[0]}>", page, re.DOTALL).group(1)


def sha256(text):
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_policy_allows_exactly_the_pages_own_script_and_style(sample):
    page = render_page(sample)
    rules = dict(rule.split(" ", 1) for rule in policy(page).split("; "))
    assert rules["default-src"] == rules["connect-src"] == "'none'"
    assert rules["script-src"] == f"'{sha256(inside(page, MODULE))}'"
    assert rules["style-src-elem"] == f"'{sha256(inside(page, 'style'))}'"


def test_data_reads_back_from_the_page(sample):
    sample["text"] = "</script><!-- \u2028 🙂" + sample["text"][20:]
    page = render_page(sample)
    data = inside(page, 'script type="application/json" id="analysis"')
    assert json.loads(data) == {"analysis": sample, "textHash": text_hash(sample["text"])}


def test_nothing_in_the_page_points_outside_but_the_articles_link(sample):
    page = render_page(sample)
    assert set(re.findall(r'(?:src|href)="([^"]*)"', page)) == {"https://news.example/harbour", "#tables"}
    assert "@import" not in page
    assert "url(" not in inside(page, "style")


def test_head_and_foot_say_what_it_is_and_what_made_it(sample):
    page = render_page(sample)
    assert "<title>Harbour accord splits the bay</title>" in page
    assert '<meta name="author" content="Mara Lind">' in page
    assert '<meta name="date" content="2024-03-04">' in page
    assert "Marked by hand 1 and made with analystkit" in page


def test_a_title_of_ones_own_heads_the_page(sample):
    page = render_page(sample, title="The quay & the bay")
    assert "<title>The quay &amp; the bay</title>" in page
    assert '<strong style="font-size:1.3em">The quay &amp; the bay</strong>' in page
    assert sample["article"]["title"] == "Harbour accord splits the bay"


def test_share_writes_the_page_and_nothing_beside_it(sample, tmp_path):
    path = share(sample, tmp_path / "page.html")
    assert path.read_text(encoding="utf-8") == render_page(sample)
    assert list(tmp_path.iterdir()) == [path]


def test_share_replaces_a_page(sample, tmp_path):
    (tmp_path / "page.html").write_text("old")
    assert "Harbour" in share(sample, str(tmp_path / "page.html")).read_text(encoding="utf-8")


@pytest.mark.parametrize("where", ["missing/page.html", "file/page.html", "."])
def test_an_unwritable_place_is_named(sample, tmp_path, where):
    (tmp_path / "file").write_text("")
    with pytest.raises(AnalystkitError, match=r"cannot write the page to .*Give a file name"):
        share(sample, tmp_path / where)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_lone_surrogates_and_nul_can_be_written(sample, tmp_path):
    sample["text"] = "\ud83d a \0 b \udcff\n" + sample["text"]
    assert "\ufffd a" in share(sample, tmp_path / "page.html").read_text(encoding="utf-8")


def test_an_empty_analysis_still_makes_a_page():
    assert "made with analystkit" in render_page({"text": ""})


def test_dated_sentences_stand_in_their_order_with_who_is_in_them(sample):
    start, monday = sample["text"].index("Zoë"), sample["text"].index("Monday")
    march = sample["text"].index("March 3")
    sample["article"]["dateline"] = None
    sample["dates"] = [
        {"start": monday, "end": monday + 6, "text": "Monday", "iso_start": "2024-03-04", "iso_end": "2024-03-04"},
        {"start": march, "end": march + 7, "text": "March 3", "iso_start": "2024-03-01", "iso_end": "2024-03-03"},
    ]
    section = inside(render_page(sample), 'section id="timeline"')
    days = re.findall(r'<time datetime="([^"]*)">', section)
    assert days == ["2024-03-01", "2024-03-03", "2024-03-04"]
    assert 'data-entity="e1">Zoë 🙂 Ødegård</bdi>' in section
    found = re.findall(r'data-start="(\d+)" data-end="(\d+)"', section)
    assert all(int(first) <= start < int(last) for first, last in found)


def test_without_a_date_there_is_no_timeline(sample):
    assert 'id="timeline"' not in render_page(sample)
    assert 'href="#timeline"' not in render_page(sample)
