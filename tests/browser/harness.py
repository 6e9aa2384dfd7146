"""A page that holds nothing but a reader, and what the tests do with it."""

import json
from pathlib import Path

import analystkit.reader
from analystkit.corrections import apply
from analystkit.corrections.checks import check_events
from analystkit.palette import stylesheet
from analystkit.reader.bundle import script
from analystkit.wire import script_json

STYLE = stylesheet() + (Path(analystkit.reader.__file__).parent / "reader.css").read_text(encoding="utf-8")


class Harness:
    """A reader in a page of its own.

    Attributes:
        page: Playwright's page; `page.complaints` holds what went wrong in it.
    """

    def __init__(self, page, folder: Path, data, *, before="", **options) -> None:
        self.page = page
        self.data = data
        if not hasattr(page, "complaints"):
            page.on("pageerror", lambda error: page.complaints.append(str(error)))
            page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
        page.complaints = []
        options = {"editable": True, "annotator": "mara", **options}
        path = folder / "reader.html"
        path.write_text(
            '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>A reader</title>'
            f"<style>body {{ margin: 0 }} {STYLE}</style><main id='reader'></main>"
            f"<script type='application/json' id='data'>{script_json(data)}</script>"
            f"<script type='module'>{script()}\n"
            "const data = JSON.parse(document.getElementById('data').textContent);\n"
            f"const options = {script_json(options)};\n{before}\n"
            "Object.assign(window, { mount, applyChanges, inverse,"
            "  handle: mount(document.getElementById('reader'), data, options) });</script></html>",
            encoding="utf-8",
        )
        page.goto(path.as_uri())
        page.locator(".ak-text").wait_for()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def click(self, selector: str, words: str, nth: int = 0, **options) -> None:
        """Click a mark that begins with some words, at its first letters."""
        mark = self.page.locator(f".ak-text {selector}", has_text=words).nth(nth)
        mark.click(**{"position": {"x": 6, "y": 8}, **options})

    def select(self, words: str, nth: int = 0) -> None:
        """Select words with the mouse."""
        start = -1
        for _ in range(nth + 1):
            start = self.data["text"].index(words, start + 1)
        self.drag(start, start + len(words))

    def drag(self, start: int, end: int, *, alt: bool = False) -> None:
        """Drag the mouse over [start, end) code points."""
        ends = self.page.evaluate(
            """([start, end]) => {
              const units = (points) => [...window.handle.data().text].slice(0, points).join('').length;
              const walker = document.createTreeWalker(document.querySelector('.ak-text'), NodeFilter.SHOW_TEXT);
              const range = document.createRange();
              let passed = 0;
              for (let node = walker.nextNode(); node; passed += node.length, node = walker.nextNode()) {
                const [from, to] = [units(start) - passed, units(end) - passed];
                if (from >= 0 && from < node.length) range.setStart(node, from);
                if (to > 0 && to <= node.length) { range.setEnd(node, to); break; }
              }
              range.startContainer.parentElement.scrollIntoView({ block: 'nearest' });
              const rects = [...range.getClientRects()].filter((rect) => rect.width > 0);
              const [head, tail] = [rects[0], rects.at(-1)];
              const rtl = getComputedStyle(range.startContainer.parentElement).direction === 'rtl';
              // At the very edge of a piece from right to left chromium begins no selection.
              return [rtl ? head.right - 7 : head.left + 1, head.top + head.height / 2,
                      rtl ? tail.left + 3 : tail.right - 1, tail.top + tail.height / 2];
            }""",
            [start, end],
        )
        if alt:
            self.page.keyboard.down("Alt")
        self.page.mouse.move(ends[0], ends[1])
        self.page.mouse.down()
        self.page.mouse.move(ends[2], ends[3], steps=5)
        self.page.mouse.up()
        if alt:
            self.page.keyboard.up("Alt")
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")

    @property
    def selected(self) -> str:
        """The words that the reader calls selected."""
        span = (self.page.locator("#reader").get_attribute("data-selection") or "").split()
        return self.data["text"][int(span[0]) : int(span[1])] if span else ""

    @property
    def heading(self) -> str:
        return self.page.locator(".ak-card h3").inner_text()

    @property
    def said(self) -> str:
        """What a screen reader was told last."""
        return self.page.locator(".ak-status").inner_text()

    def events(self) -> list[dict]:
        return self.page.evaluate("() => window.handle.events()")

    def now(self) -> dict:
        """The analysis as the reader holds it; it must be what Python makes of the same events."""
        events = self.events()
        check_events(events)
        data = self.data
        for event in events:
            data = apply(data, event["changes"])
        shown = self.page.evaluate("() => window.handle.data()")
        assert json.dumps(shown, sort_keys=True) == json.dumps(data, sort_keys=True)
        assert self.page.complaints == []
        return shown

    def record(self, ref: str) -> dict | None:
        """A record of the analysis by its id."""
        data = self.now()
        return next(
            (one for layer in ("entities", "quotes", "stances") for one in data[layer] if one["id"] == ref), None
        )

    def new(self, layer: str) -> dict:
        """The one record of a layer that was not there at first."""
        before = {one["id"] for one in self.data[layer]}
        [found] = [one for one in self.now()[layer] if one["id"] not in before]
        return found

    def words(self, *spans) -> list[str]:
        return [self.data["text"][start:end] for start, end in spans]
