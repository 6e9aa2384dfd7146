"""A Markdown brief full of hostile words, as a Markdown renderer shows it in a browser with nothing to stop it."""

import re
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from analystkit import exports
from analystkit.analysis import Analysis
from analystkit.wire import encodable

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile import poisoned

pytestmark = pytest.mark.browser


def rendered(brief):
    """The brief as HTML, by rules as lax as those of a code host or a notebook: raw HTML, tables, bare addresses."""
    return MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(brief)


def test_nothing_in_a_brief_runs_or_becomes_markup(new_page, sample, tmp_path):
    data = poisoned(sample)
    for quote in data["quotes"]:  # every row quotes all of the hostile words
        quote["content"] = [[len(sample["text"]), len(data["text"])]]
    [path] = exports.write(Analysis.from_dict(encodable(data)), tmp_path / "brief.md")
    html = tmp_path / "brief.html"
    html.write_text(f"<!DOCTYPE html><meta charset=utf-8>{rendered(path.read_text('utf-8'))}", encoding="utf-8")
    page = new_page()
    wrong = []
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda one: wrong.append(one.url) if one.url != html.as_uri() else None)
    page.goto(html.as_uri())
    page.wait_for_timeout(200)
    assert page.evaluate("() => window.hacked ?? null") is None
    assert wrong == []
    tags = set(page.evaluate("() => [...document.body.querySelectorAll('*')].map((node) => node.localName)"))
    assert tags <= {"h1", "h2", "ul", "li", "p", "table", "thead", "tbody", "tr", "th", "td"}
    attributes = set(
        page.evaluate("() => [...document.body.querySelectorAll('*')].flatMap((n) => n.getAttributeNames())")
    )
    assert attributes == set()
    shown = page.locator("body").inner_text()
    assert "<img src=x onerror=window.hacked=1>" in shown
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", shown)
    assert {row.locator("td").count() for row in page.locator("table").first.locator("tbody tr").all()} == {8}
