"""Renew the reference of the commands, docs/reference/commands.md: `python tools/reference.py`."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "commands.md"


def commands() -> str:
    """The page, made by Typer from the commands' own help."""
    typer = [sys.executable, "-m", "typer", "analystkit.cli", "utils", "docs", "--name", "analystkit"]
    made = subprocess.run(typer, check=True, capture_output=True, text=True).stdout
    made = re.sub(r"^Docs saved.*\n", "", made)
    # "…" where Typer cuts the summaries; the console's lexer stumbles over apostrophes
    made = html.unescape(made).replace("```console", "```text").strip()
    made = re.sub(r"\A# `analystkit`", "# Commands: `analystkit`", made)
    note = "<!-- Made by tools/reference.py. -->\n\n"
    return f"{note}{made}\n"


if __name__ == "__main__":
    PAGE.write_text(commands(), encoding="utf-8")
