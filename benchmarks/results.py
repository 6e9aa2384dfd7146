"""What was measured, in one small file, from which the pages are made: prose and figures cannot drift apart.

The file holds for each part when, with what and on what machine it was measured, and its tables:

    {"quotes": {"measured": {"on": "2026-01-31", "pipeline": "en_news_analystkit 1.1.0", …},
                "tables": {"confidence": {"columns": ["attributions", …], "rows": {"90-100 % sure": [505, …]}}}}}
"""

from __future__ import annotations

import datetime as dt
import json
import math
import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analystkit.files import write_whole

FILE = Path(__file__).with_name("results.json")


def load(path: Path = FILE) -> dict[str, Any]:
    """All that was measured; empty where nothing was."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def keep(part: str, tables: Mapping[str, pd.DataFrame], about: Mapping[str, Any], path: Path = FILE) -> None:
    """Put the tables of one part in the place of those it had; the other parts stay.

    Args:
        part: Its name.
        tables: By name; the index of each holds the names of its rows.
        about: What they were measured with: pipeline, corpora…
        path: The file.
    """
    data = load(path)
    made = {
        name: {
            "columns": [str(column) for column in table.columns],
            "rows": {str(row): [_cell(value) for value in cells] for row, *cells in table.itertuples()},
        }
        for name, table in tables.items()
    }
    data[part] = {"measured": {"on": dt.date.today().isoformat(), **about, **machine()}, "tables": made}
    text = json.dumps(dict(sorted(data.items())), ensure_ascii=False, indent=1)
    write_whole(path, (text + "\n").encode(), what="the results")


def machine() -> dict[str, Any]:
    """What figures of speed depend on: processor cores, how busy they are, Python."""
    return {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1), "python": platform.python_version()}


def _cell(value: Any) -> Any:
    """A number with as many digits as anybody reads, None for none."""
    if isinstance(value, str) or value is None:
        return value
    number = float(value)
    if math.isnan(number):
        return None
    return int(number) if number.is_integer() else float(f"{number:.4g}")
