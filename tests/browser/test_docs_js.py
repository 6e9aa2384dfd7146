"""The JavaScript of docs/reader.md runs as it is printed there."""

import re
from pathlib import Path

import pytest

from .harness import Harness

pytestmark = pytest.mark.browser

DOC = Path(__file__).parents[2] / "docs" / "reader.md"


def test_the_reader_in_a_page_of_ones_own_works_as_shown(own_page, tmp_path, sample):
    [code] = re.findall(r"^```js\n(.*?)^```", DOC.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    Harness(own_page, tmp_path, sample)
    acts, entities = own_page.evaluate(
        f"""async ([element, analysis]) => {{
          {code}
          return [await handle.events(), handle.data().entities.length];
        }}""",
        [own_page.evaluate_handle("document.body.appendChild(document.createElement('main'))"), sample],
    )
    assert acts == []
    assert entities == len(sample["entities"])
    assert own_page.locator(".ak-reader").count() == 2
    assert own_page.complaints == []
