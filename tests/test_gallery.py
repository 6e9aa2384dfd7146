"""The gallery: what it holds, where it leads, and that it never destroys what it did not make."""

import html
import re
from urllib.parse import unquote

import nbformat
import pytest
from typer.testing import CliRunner

from analystkit import cli
from analystkit.analysis import Analysis
from analystkit.errors import AnalystkitError
from analystkit.gallery import Gallery, notebooks_in

pytestmark = pytest.mark.slow

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


@pytest.fixture
def analysis(sample):
    return Analysis.from_dict(sample)


def links(folder):
    return re.findall(r'href="([^"]*)"', (folder / "index.html").read_text(encoding="utf-8"))


def test_index_tells_title_date_and_counts_and_leads_to_the_pages(tmp_path, analysis):
    with Gallery(tmp_path / "site") as site:
        site.add_article(analysis, name="harbour")
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    for words in ["Harbour accord splits the bay", "2024-03-04", "4 entities", "3 quotes", "2 stances", "Ali Noor"]:
        assert words in index
    assert links(tmp_path / "site") == ["articles/harbour.html"]
    assert "Ødegård" in (tmp_path / "site" / "articles" / "harbour.html").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize(
    "name",
    ['"onload="x', "<script>", "..\\..\\up", "../../up", "nul\0", "\u202egpj.exe", "\ud800", "", "CON" * 90, "раypal"],
)
def test_file_names_become_plain_letters_and_the_links_lead_there(tmp_path, analysis, name):
    with Gallery(tmp_path / "site") as site:
        site.add_article(analysis, name=name)
        site.add_article(analysis, name=name)
    found = links(tmp_path / "site")
    assert len(set(found)) == 2
    for link in found:
        assert re.fullmatch(r"articles/[a-z0-9_-]+\.html", link)
        assert (tmp_path / "site" / unquote(html.unescape(link))).is_file()


def test_titles_are_text(tmp_path, sample):
    sample["article"]["title"] = "</a><script>x</script>\ud800"
    with Gallery(tmp_path / "site") as site:
        site.add_article(Analysis.from_dict(sample), name="x")
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "&lt;/a&gt;&lt;script&gt;" in index
    assert "<script" not in index
    assert "script-src 'none'" in html.unescape(index)


def test_a_gallery_is_replaced_as_a_whole(tmp_path, analysis):
    for name in ("old", "new"):
        with Gallery(tmp_path / "site") as site:
            site.add_article(analysis, name=name)
    assert [path.name for path in (tmp_path / "site" / "articles").iterdir()] == ["new.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_failure_leaves_what_was_there(tmp_path, analysis):
    with Gallery(tmp_path / "site") as site:
        site.add_article(analysis, name="old")
    site = Gallery(tmp_path / "site").__enter__()
    site.add_article(analysis, name="new")
    site.__exit__(KeyboardInterrupt)
    assert links(tmp_path / "site") == ["articles/old.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_of_other_things_is_refused(tmp_path):
    (tmp_path / "thesis.doc").write_text("")
    with pytest.raises(AnalystkitError, match="would be lost"), Gallery(tmp_path):
        pass
    with pytest.raises(AnalystkitError, match="is a file"), Gallery(tmp_path / "thesis.doc"):
        pass
    with pytest.raises(AnalystkitError, match="cannot write the gallery"), Gallery(tmp_path / "thesis.doc" / "x"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def write_notebook(path, *cells):
    book = nbformat.v4.new_notebook(metadata={"kernelspec": KERNEL})
    book.cells = [
        nbformat.v4.new_markdown_cell(text[3:]) if text.startswith("md:") else nbformat.v4.new_code_cell(text)
        for text in cells
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(book, path)


def test_notebooks_run_on_a_copy_find_the_seeds_and_link_to_each_others_pages(tmp_path):
    seed = tmp_path / "articles" / "ferry.txt"
    seed.parent.mkdir()
    seed.write_text("A ferry.")
    seed.with_suffix(".gold.json").write_text("{}")
    root = tmp_path / "notebooks"
    code = (
        "open('left.txt', 'w').write('x')\n"
        "print(open('../seeds/ferry.txt').read(), open('../seeds/ferry.gold.json').read())"
    )
    write_notebook(root / "01_a.ipynb", "md:# One & only\n\nSee [two](deep/02_b.ipynb#end). More.", code)
    write_notebook(root / "deep" / "02_b.ipynb", "md:# Two\n\n**25 minutes.** A bell rings. It stops.", "1")
    write_notebook(root / ".ipynb_checkpoints" / "01_a.ipynb", "md:# Old")
    assert [path.name for path in notebooks_in(root)] == ["01_a.ipynb", "02_b.ipynb"]
    with Gallery(tmp_path / "site") as site:
        for path in notebooks_in(root):
            site.add_notebook(path, root=root, seeds=[seed])
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "One &amp; only" in index
    assert "See two." in index
    assert ">25 minutes. A bell rings.<" in index
    assert links(tmp_path / "site") == ["notebooks/01_a.html", "notebooks/deep-02_b.html"]
    page = (tmp_path / "site" / "notebooks" / "01_a.html").read_text(encoding="utf-8")
    assert 'href="deep-02_b.html#end"' in page
    assert "A ferry." in page
    assert not (root / "left.txt").exists()


def test_the_command_goes_on_after_an_article_that_fails(tmp_path):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "good.txt").write_text("Ferry sails\n\n“We sail,” said Ana Ruiz on Monday in Lisbon.\n")
    (seeds / "bad.txt").write_text("   ")
    site = tmp_path / "site"
    result = CliRunner().invoke(cli.app, ["gallery", "-o", str(site), "--seeds", str(seeds), "--articles-only"])
    assert result.exit_code == 1
    assert "bad.txt is empty" in result.stderr
    assert links(site) == ["articles/good.html"]
