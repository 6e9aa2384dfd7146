"""Renew the pictures of the docs: `python tools/pictures.py`. Needs Debian's chromium."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import analystkit as ak

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    """The Reader with a chosen mark, light and dark, and a plot."""
    FOLDER.mkdir(exist_ok=True)
    analysis = ak.analyze(ak.samples()["council-bridge"])
    axes = ak.plots.speakers(analysis)
    axes.figure.savefig(FOLDER / "speakers.png", dpi=110, bbox_inches="tight")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = ak.share(analysis, Path(folder) / "page.html")
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for theme in ("light", "dark"):
            page = browser.new_page(viewport={"width": 1180, "height": 640}, color_scheme=theme)
            page.goto(path.as_uri())
            page.locator(".ak-text .ak-extra").first.click()
            page.screenshot(path=FOLDER / f"reader-{theme}.png")
        browser.close()


if __name__ == "__main__":
    main()
