"""Renew the pins in pyproject.toml: `python tools/pin.py`.

Lets uv resolve the newest versions that the ranges allow, for every supported Python, and writes them to
`[tool.uv] constraint-dependencies`: names, versions and markers, no addresses.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
BEGIN, END = "# pins: written by tools/pin.py", "# end of pins"


def main() -> None:
    """Resolve without the old pins, then write the new ones."""
    project = ROOT / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    bare = re.sub(rf"\n{BEGIN}.*?{END}\n", "\n", text, flags=re.DOTALL).rstrip("\n") + "\n"
    project.write_text(bare, encoding="utf-8")
    try:
        subprocess.run(["uv", "lock", "--upgrade", "--quiet"], cwd=ROOT, check=True)
        export = ["uv", "export", "--all-groups", "--all-extras", "--no-hashes", "--no-emit-project"]
        lines = subprocess.run(
            [*export, "--no-header", "--no-annotate"], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.splitlines()
    except subprocess.CalledProcessError:
        project.write_text(text, encoding="utf-8")
        raise
    pins = "".join(f'    "{line.replace(chr(34), chr(39)).replace(" ; ", "; ")}",\n' for line in lines if line)
    project.write_text(f"{bare}\n{BEGIN}\n[tool.uv]\nconstraint-dependencies = [\n{pins}]\n{END}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
