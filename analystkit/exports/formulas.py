"""Cells that a spreadsheet would run as formulas, made harmless; and back.

A cell that begins with =, +, -, @ or a control character gets an apostrophe in front, as OWASP's page on CSV
injection advises. The same within a cell after a character that some spreadsheet may take for the end of a cell
(one set to another language parts cells by semicolons). To be undone without doubt, a cell or part that begins
with apostrophes before such a character gets one more, too; so does a text of nothing but apostrophes, because
the empty cell stands for what is unknown.
"""

from __future__ import annotations

import re

_TRIGGERS = "=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n"
_HERE = rf"(?:\A|(?<=[;\t|\r\n]))(?=['\"]*[{_TRIGGERS}])|\A(?='*\Z)"
_ADD = re.compile(_HERE)
_TAKE = re.compile(rf"(?:\A|(?<=[;\t|\r\n]))'(?=['\"]*[{_TRIGGERS}])|\A'(?='*\Z)")


def harmless(cell: str) -> str:
    """A cell as it is written."""
    return _ADD.sub("'", cell)


def undone(cell: str) -> str:
    """The cell as it was before `harmless`."""
    return _TAKE.sub("", cell)
