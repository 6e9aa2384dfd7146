"""Views in a real JupyterLab: a corpus to browse, differences to settle, plots in both themes."""

import json

import pytest

pytestmark = pytest.mark.browser

PATIENT = 120_000  # milliseconds: the kernel draws three plots first


def test_a_row_of_a_corpus_opens_its_article_at_the_quote_by_mouse_and_by_keys(lab, new_page, sample):
    notebook = lab.write(
        "browse",
        "import json\nimport analystkit as ak\nfrom analystkit.analysis import Analysis\n"
        f"sample = json.loads({json.dumps(sample)!r})",
        "corpus = ak.Comparison({'Post': Analysis(sample)}).corpus\nbrowser = corpus.browse()\nbrowser",
        "print(browser.article, browser.rows['mark'][browser.list.value], browser.place.children[0].selected)",
    )
    page = new_page(viewport={"width": 1280, "height": 2200})
    lab.open(page, notebook)
    lab.run_all(page)
    rows = page.get_by_label("Rows", exact=True).locator("option")
    rows.first.wait_for(timeout=PATIENT)
    told = rows.first.inner_text().replace("\xa0", " ")
    assert "Post · Zoë" in told
    page.get_by_label("Rows", exact=True).select_option(index=0)
    chosen = page.locator(".ak-reader .ak-text .ak-chosen")
    chosen.first.wait_for(timeout=PATIENT)
    assert "We will sign it" in page.locator(".ak-reader .ak-text").inner_text()
    inside, around = chosen.first.bounding_box(), page.locator(".ak-reader").bounding_box()
    assert around["y"] <= inside["y"] < around["y"] + around["height"]  # the Reader has scrolled to it
    article, mark, selected = lab.run_last(page).split()
    assert article == sample["article"]["id"]
    assert selected == mark

    # JupyterLab moves among cells with the arrows, and would take the focus along.
    rows.first.locator("..").focus()
    page.keyboard.press("ArrowDown")
    chosen.filter(has_text="the accord").first.wait_for(timeout=PATIENT)
    assert rows.first.locator("..").evaluate("(list) => list === document.activeElement")
    _, second, selected = lab.run_last(page).split()
    assert selected == second != mark

    page.get_by_label("Words", exact=True).fill("no such words")
    page.get_by_label("Words", exact=True).press("Enter")
    page.get_by_role("status").filter(has_text="0 quotes").wait_for(timeout=PATIENT)
    rows.first.wait_for(state="detached", timeout=PATIENT)


def test_differences_are_settled_by_mouse_and_by_keys(lab, new_page, sample):
    notebook = lab.write(
        "settle",
        "import copy, json\nfrom analystkit import agreement\nfrom analystkit.corrections import Store\n"
        f"sample = json.loads({json.dumps(sample)!r})\nother = copy.deepcopy(sample)\n"
        "other['quotes'][1]['kind'] = 'indirect'\ndel other['stances'][0]",
        "store = Store('gold.analystkit')\n"
        "agreement.Settling(sample, other, names=('Ann', 'Ben'), store=store, by='clara')",
        "print([(one['act'], one['decision']['choice']) for one in store.events()])",
    )
    page = new_page(viewport={"width": 1280, "height": 1400})
    lab.open(page, notebook)
    lab.run_all(page)
    page.get_by_role("button", name="As Ben has it").click()
    status = page.get_by_role("status").filter(has_text="Kept in gold.analystkit")
    status.wait_for(timeout=PATIENT)
    page.get_by_role("button", name="As Ann has it").focus()
    page.keyboard.press("Enter")
    status.filter(has_text="Number 2 settled: as Ann has it").wait_for(timeout=PATIENT)
    assert lab.run_last(page).strip() == "[('adjudicate', 'second'), ('adjudicate', 'first')]"


def test_a_plot_turns_with_the_theme_and_has_its_words(lab, new_page, sample):
    notebook = lab.write(
        "themes",
        "import json\nimport analystkit as ak\nfrom analystkit.analysis import Analysis",
        f"ak.plots.speakers(Analysis(json.loads({json.dumps(sample)!r})));",
    )
    page = new_page()
    lab.open(page, notebook)
    lab.run_all(page)
    plot = page.get_by_role("img", name="Bar chart: who speaks how many of the article's")
    plot.wait_for(timeout=PATIENT)
    assert plot.count() == 1  # the picture for places without style sheets is not there as well
    ink = """(plot) => getComputedStyle(plot.querySelector('[id$="-text_1"] > g')).fill"""
    light = plot.evaluate(ink)
    page.evaluate("() => jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    page.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'")
    assert plot.evaluate(ink) != light
