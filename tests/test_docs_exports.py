"""The how-to about exports says what the code does. `python tests/test_docs_exports.py --write` renews its table."""

import sys
from pathlib import Path

from analystkit import exports

DOC = Path(__file__).parents[1] / "docs" / "exports.md"
BEGIN, END = "<!-- made by tests/test_docs_exports.py --write -->\n", "<!-- end -->\n"


def table() -> str:
    lines = ["| format | name ends in | what it is | what it cannot keep |", "|---|---|---|---|"]
    for form in exports.FORMATS.values():
        lines.append(f"| {form.name} | `{form.suffix}` | {form.about} | {'; '.join(form.losses) or 'keeps all'} |")
    return "\n".join([*lines, ""])


def test_the_table_is_that_of_the_code():
    text = DOC.read_text(encoding="utf-8")
    assert text.split(BEGIN)[1].split(END)[0] == table(), "python tests/test_docs_exports.py --write"


if __name__ == "__main__" and "--write" in sys.argv:
    whole = DOC.read_text(encoding="utf-8")
    before, after = whole.split(BEGIN)[0], whole.split(END)[1]
    DOC.write_text(f"{before}{BEGIN}{table()}{END}{after}", encoding="utf-8")
