"""Pages made from what was measured: the templates in benchmarks/pages, filled with benchmarks/results.json.

A template is Markdown with Jinja2's marks. In it

    table("quotes", "confidence", digits=0)           the table, in Markdown
    value("syntax", "syntax", 0, "LAS")               one figure; a row by its name or its number
    measured("layers")                                with what a part was measured, and when
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analystkit.files import write_whole
from benchmarks import results, scale

TEMPLATES = Path(__file__).with_name("pages")
DOCS = Path(__file__).parents[1] / "docs"


def made(data: Mapping[str, Any] | None = None) -> Iterator[tuple[Path, str]]:
    """Each page's path and content.

    Args:
        data: What was measured; None for what is kept in the file.

    Raises:
        LookupError: a page needs a part that was never measured; the message names it.
    """
    figures = Figures(results.load() if data is None else data)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    environment.globals |= {"table": figures.table, "value": figures.value, "measured": figures.measured}
    environment.globals |= {"has": figures.has, "missing": figures.missing}
    environment.globals["sizing"] = figures.sizing
    environment.filters |= {"wrong": lambda share: f"{100 - share:.0f}", "whole": lambda number: f"{number:,.0f}"}
    for path in sorted(TEMPLATES.glob("*.md")):
        note = f"<!-- Made from benchmarks/pages/{path.name} by `python -m benchmarks pages`: edit there. -->\n\n"
        yield DOCS / path.name, note + environment.get_template(path.name).render()


def write() -> list[Path]:
    """Write the pages; gives their paths."""
    found = dict(made())
    for path, text in found.items():
        write_whole(path, text.encode(), what="the page")
    return list(found)


class Figures:
    """The figures of a results file, as templates ask for them."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    def has(self, part: str) -> bool:
        """Whether a part was ever measured."""
        return part in self._data

    def missing(self, part: str) -> str:
        """What stands in place of a part that was never measured."""
        return f"*Not measured yet: `python -m benchmarks CORPORA {part}`.*"

    def _part(self, part: str) -> Mapping[str, Any]:
        if part not in self._data:
            raise LookupError(f"{part} was never measured: python -m benchmarks CORPORA {part}")
        found: Mapping[str, Any] = self._data[part]
        return found

    def value(self, part: str, table: str, row: str | int, column: str) -> Any:
        """One figure; a row by its name or its number."""
        found = self._part(part)["tables"][table]
        rows = found["rows"]
        cells = list(rows.values())[row] if isinstance(row, int) else rows[row]
        return cells[found["columns"].index(column)]

    def table(
        self,
        part: str,
        table: str,
        columns: Mapping[str, str] | None = None,
        rows: Mapping[str, str] | None = None,
        *,
        digits: int = 1,
        first: str = "",
    ) -> str:
        """A table in Markdown.

        Args:
            part: Of what was measured.
            table: Its name.
            columns: The columns to show, with their headings; None for all as they are.
            rows: The rows to show, with their names; None for all as they are.
            digits: After the point.
            first: Heading of the first column.
        """
        if not self.has(part):
            return self.missing(part)
        found = self._part(part)["tables"][table]
        shown = columns or {name: name for name in found["columns"]}
        lines = [[first, *shown.values()], ["---"] * (len(shown) + 1)]
        for name in rows or found["rows"]:
            cells = dict(zip(found["columns"], found["rows"][name], strict=True))
            lines.append([(rows or {}).get(name, name), *(_shown(cells[column], digits) for column in shown)])
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def measured(self, part: str) -> str:
        """When, with what and on what machine a part was measured."""
        if not self.has(part):
            return "not measured yet"
        about = self._part(part)["measured"]
        return (
            f"measured {about['on']} with {about['pipeline']}, Python {about['python']}, {about['cores']} cores, "
            f"load {about['load']}"
        )

    def sizing(self) -> str:
        """What larger corpora would take, estimated from the measured one, as a table in Markdown."""
        rates = [
            self.value("corpus", "speed", row, "words a second of processor time")
            for row in ("one process", "two workers")
        ]
        size = (self.value("corpus", "memory", 0, name) for name in ("peak MB", "Parquet bytes a word"))
        with contextlib.redirect_stdout(io.StringIO()) as table:
            scale.sizing(rates[0], *size, min(rates[1] / rates[0], 1.0))
        return table.getvalue().rstrip()


def _shown(value: Any, digits: int) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value:,}" if isinstance(value, int) else f"{value:,.{digits}f}"
