"""Renew the pictures of the docs: `python tools/pictures.py`. Needs Debian's chromium."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import analystkit as ak

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    """The Reader at work and with a chosen mark, each light and dark, and a plot."""
    FOLDER.mkdir(exist_ok=True)
    bridge, treaty = (ak.analyze(ak.samples()[name]) for name in ("council-bridge", "harbour-treaty"))
    ak.plots.speakers(bridge).figure.savefig(FOLDER / "speakers.png", dpi=110, bbox_inches="tight")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        pages = [ak.share(one, Path(folder) / f"{one.article.id}.html") for one in (bridge, treaty)]
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for theme in ("light", "dark"):
            page = browser.new_page(viewport={"width": 1180, "height": 640}, color_scheme=theme)
            page.goto(pages[0].as_uri())
            page.locator(".ak-text .ak-extra").first.click()
            page.screenshot(path=FOLDER / f"reader-{theme}.png")
            page.set_viewport_size({"width": 1180, "height": 720})
            page.goto(pages[1].as_uri())
            at_work(page)
            page.screenshot(path=FOLDER / f"first-{theme}.png")
        browser.close()


def at_work(page: Page) -> None:
    """Choose the first direct quote, and select a word, so that the toolbar shows what it can become."""
    page.get_by_role("button", name="Add marks and notes").click()
    page.get_by_label("Your name").fill("Mara")
    page.keyboard.press("Enter")
    page.locator(".ak-text .ak-content", has_text="Nobody has won").first.click(position={"x": 6, "y": 8})
    word = page.get_by_text("parliament").first
    word.evaluate(
        """(element) => {
          const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          while (walker.nextNode() && !walker.currentNode.data.includes("parliament"));
          const range = document.createRange(), from = walker.currentNode.data.indexOf("parliament");
          range.setStart(walker.currentNode, from);
          range.setEnd(walker.currentNode, from + "parliament".length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    page.locator(".ak-toolbar").wait_for()


if __name__ == "__main__":
    main()
