"""Correcting in a real JupyterLab: by mouse, by keys alone, and again after the kernel was restarted."""

import json
import os

import nbformat
import pytest

from .driving import select_words

pytestmark = pytest.mark.browser


@pytest.fixture
def notebook(lab, sample, request):
    """A notebook that shows the sample in a Reader with a file of corrections of the test's own."""
    file = f"{request.node.name}.analystkit"
    return lab.write(
        request.node.name,
        f"import json\nfrom analystkit.reader import Reader\nsample = json.loads({json.dumps(sample)!r})",
        f"reader = Reader(sample, corrections={file!r}, annotator='mara')\nreader",
        "names = {one.id: one.name for one in reader.analysis.entities}\n"
        "print(json.dumps([[one['act'] for one in reader.events], names]))",
    )


def mark_the_quay(page):
    """Mark it as a facility, by mouse."""
    select_words(page, "the quay", "quay")
    toolbar = page.get_by_role("toolbar", name="Mark the selected words")
    toolbar.get_by_role("button", name="Entity").click()
    toolbar.get_by_role("button", name="facility").click()


def test_corrections_by_mouse_are_kept_and_come_back_after_a_restart(lab, new_page, notebook):
    page = new_page()
    lab.open(page, notebook)
    lab.run_all(page)
    reader = page.locator(".ak-reader")
    reader.locator(".ak-text p").first.wait_for()

    mark_the_quay(page)
    kept = reader.locator(".ak-saved", has_text="Kept ✓")
    kept.wait_for()
    reader.locator(".ak-content", has_text="إن الاتفاق").click()
    reader.get_by_role("button", name="Speaker", exact=True).click()
    reader.locator(".ak-text .ak-mention", has_text="علي نور").click()
    assert reader.locator(".ak-card h3").inner_text() == "Ali Noor → this article"
    kept.wait_for()

    acts, names = json.loads(lab.run_last(page))
    assert acts == ["mark", "change"]
    assert "the quay" in names.values()

    lab.restart(page)
    lab.run_all(page)
    reader.locator(".ak-text .ak-mention.ak-sure", has_text="the quay").click()
    assert reader.locator(".ak-card h3").inner_text() == "the quay"
    reader.get_by_role("button", name="Undo").click()  # what was done before the restart
    reader.get_by_role("button", name="Undo").click()
    kept.wait_for()
    acts, names = json.loads(lab.run_last(page))
    assert acts == ["mark", "change", "undo", "undo"]
    assert "the quay" not in names.values()


def test_everything_by_keys_and_none_of_them_reaches_jupyterlab(lab, new_page, notebook):
    page = new_page()
    lab.open(page, notebook)
    lab.run_all(page)
    reader = page.locator(".ak-reader")
    reader.locator(".ak-text p").first.wait_for()
    cells = page.locator(".jp-Cell").count()

    def press(*keys):
        for key in keys:
            page.keyboard.press(key)

    reader.locator(".ak-text .ak-mention").first.focus()
    press("j", "j")  # the port minister is behind us
    press("w", "w", "w", "Shift+ArrowRight", "e", "o")  # some words, an organisation
    reader.locator(".ak-saved", has_text="Kept ✓").wait_for()
    press("i")
    page.keyboard.type("b is for below, and dd deletes a cell")
    press("Control+Enter")
    press("d", "Control+z", "Control+z", "Control+Shift+z")
    press("u")
    page.keyboard.type("noor")
    press("Enter")
    press("l", "/")
    page.keyboard.type("accord")
    press("Enter", "Escape", "?", "Escape")
    reader.locator(".ak-saved", has_text="Kept ✓").wait_for()
    assert page.locator(".jp-Cell").count() == cells
    assert page.locator(".ak-reader").count() == 1
    acts, _ = json.loads(lab.run_last(page))
    assert acts == ["mark", "note", "remove", "undo", "undo", "redo", "merge", "looked"]


def test_a_table_and_a_plot_beside_the_reader_choose_and_light_with_it(lab, new_page, notebook, sample):
    book = nbformat.read(lab.folder / notebook, as_version=4)
    book.cells[2:] = [
        nbformat.v4.new_code_cell("from analystkit import linked, plots, tables\nlinked.plot(reader, plots.stances)"),
        nbformat.v4.new_code_cell("linked.table(reader, tables.quotes, ['speaker', 'kind', 'text'])"),
    ]
    nbformat.write(book, lab.folder / notebook)
    page = new_page(viewport={"width": 1280, "height": 1800})
    page.set_default_timeout(60_000)  # the kernel draws the plot anew at each correction
    lab.open(page, notebook)
    lab.run_all(page)
    reader = page.locator(".ak-reader.ak-boxed")
    rows = page.locator(".ak-linked-table tbody tr")
    cells = page.locator(".ak-sheet button")
    rows.nth(2).wait_for()

    rows.nth(1).click()
    reader.locator(".ak-card h3", has_text="Ali Noor → Bay Courier").wait_for()
    cells.nth(0).click()
    reader.locator(".ak-kind", has_text="stance").wait_for()
    assert cells.nth(0).get_attribute("aria-current") == "true"

    reader.locator(".ak-content", has_text="إن الاتفاق").click()
    page.locator(".ak-linked-table tr.ak-chosen", has_text="الاتفاق").wait_for()
    page.keyboard.press("y")
    page.keyboard.press("m")  # the table follows the correction
    page.locator(".ak-linked-table tr.ak-chosen", has_text="mixed").wait_for()
    rows.nth(0).get_by_role("button").focus()
    page.keyboard.press("Enter")  # JupyterLab leaves the key to the table
    reader.locator(".ak-card h3", has_text="Ødegård").wait_for()
    reader.locator(".ak-text .ak-mention", has_text="Ali Noor").last.click()
    page.locator(".ak-linked-table tr.ak-kin").wait_for()
    page.locator(".ak-sheet button.ak-kin").first.wait_for()  # Ali Noor's stances
    assert reader.locator(".ak-text .ak-content.ak-kin").count() > 0  # and, in the text, what he says
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}-light.png")
        page.evaluate("() => jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
        page.wait_for_timeout(3000)
        page.screenshot(path=f"{shots}-dark.png")


def test_share_saves_a_page_of_the_corrected_article(lab, new_page, notebook, tmp_path):
    page = new_page()
    lab.open(page, notebook)
    lab.run_all(page)
    reader = page.locator(".ak-reader")
    reader.locator(".ak-text p").first.wait_for()
    mark_the_quay(page)
    reader.locator(".ak-saved", has_text="Kept ✓").wait_for()
    with page.expect_download() as saved:
        reader.get_by_role("button", name="Share").click()
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    shared = new_page()
    shared.goto(path.as_uri())
    shared.locator(".ak-text .ak-mention", has_text="the quay").first.wait_for()


def test_two_notebooks_on_one_file_lose_and_mix_up_nothing(lab, new_page, sample):
    pages = []
    for annotator in ("mara", "noor"):
        notebook = lab.write(
            f"notebook_of_{annotator}",
            f"import json\nfrom analystkit.reader import Reader\nsample = json.loads({json.dumps(sample)!r})",
            f"reader = Reader(sample, corrections='shared.analystkit', annotator={annotator!r})\nreader",
            "print(json.dumps([[one['by'], one['act']] for one in reader.events]))",
        )
        page = new_page()
        lab.open(page, notebook)
        lab.run_all(page)
        page.locator(".ak-reader .ak-text p").first.wait_for()
        pages.append((page, notebook, page.locator(".ak-reader .ak-saved", has_text="Kept ✓")))
    (mara, _, maras), (noor, _, noors) = pages

    mark_the_quay(mara)
    maras.wait_for()
    noor.locator(".ak-reader .ak-mention", has_text="Ali Noor").first.click()  # she comes back to the Reader
    noor.locator(".ak-reader .ak-mention.ak-sure", has_text="the quay").wait_for(timeout=60_000)
    assert noor.locator(".ak-reader .ak-card h3").inner_text() == "Ali Noor", "what she chose stays chosen"
    noor.keyboard.press("a")
    noors.wait_for()
    mara.keyboard.press("y")  # in the middle of a question, which nothing cuts off
    mara.keyboard.press("l")
    mara.locator(".ak-reader .ak-mention.ak-sure", has_text="Ali Noor").first.wait_for(timeout=60_000)
    maras.wait_for()
    noor.mouse.move(0, 0)  # she goes away and comes back
    noor.locator(".ak-reader .ak-mention.ak-sure", has_text="the quay").click()
    noor.locator(".ak-reader .ak-kind", has_text="place").wait_for(timeout=60_000)
    for page, notebook, _ in pages:
        lab.notebook = notebook
        assert json.loads(lab.run_last(page)) == [["mara", "mark"], ["noor", "accept"], ["mara", "change"]]


def test_corrections_that_no_longer_fit_are_listed_in_jupyterlab_and_fit_again_with_the_text(lab, new_page, sample):
    file = lab.folder / "changing.json"
    notebook = lab.write(
        "changing",
        "import json\nfrom pathlib import Path\nfrom analystkit.reader import Reader",
        "reader = Reader(json.loads(Path('changing.json').read_text()), corrections='changing.analystkit')\nreader",
        "print(len(reader.unplaced))",
    )
    text = sample["text"].replace("the quay, “whatever", "the harbour, “whatever")
    without = sample | {"text": text, "entities": [], "quotes": [], "stances": [], "furniture": []}
    page = new_page()
    file.write_text(json.dumps(sample))
    lab.open(page, notebook)
    lab.run_all(page)
    reader = page.locator(".ak-reader")
    reader.locator(".ak-text p").first.wait_for()
    mark_the_quay(page)
    reader.locator(".ak-saved", has_text="Kept ✓").wait_for()

    file.write_text(json.dumps(without))
    lab.restart(page)
    lab.run_all(page)
    button = reader.get_by_role("button", name="1 correction no longer fits")
    button.focus()
    cells = page.locator(".jp-Cell").count()
    for key in ("Enter", "Tab", "d", "d", "a"):  # nothing of this reaches the notebook
        page.keyboard.press(key)
    assert page.locator(".jp-Cell").count() == cells
    listed = reader.get_by_role("region", name="Corrections that no longer fit").inner_text()
    assert "Marked by" in listed
    assert "“the quay”" in listed
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"

    file.write_text(json.dumps(sample))
    lab.restart(page)
    lab.run_all(page)
    reader.locator(".ak-text .ak-mention.ak-sure", has_text="the quay").wait_for()
    assert not reader.locator(".ak-unplaced").is_visible()
    assert lab.run_last(page).strip() == "0"
