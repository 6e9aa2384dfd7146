"""Writes analystkit/lexicons/given_names.txt: given names and the gender that they tell.

    uv run --with faker==40.54.0 python tools/given_names.py

The names are those of Faker (MIT licence), all its locales in Latin letters; a name is kept when at least four
times as many locales give it to one gender as to the other.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter
from pathlib import Path

import faker
import faker.providers.person

from analystkit.layers.entities.names import plain

TARGET = Path(__file__).parents[1] / "analystkit" / "lexicons" / "given_names.txt"
_NAME = re.compile(r"[A-Za-zÀ-ɏ]{2,}(?:[-'’][A-Za-zÀ-ɏ]+)?")


def count() -> dict[str, Counter[str]]:
    """For each gender the names, folded, with the number of locales that have them."""
    found: dict[str, Counter[str]] = {"f": Counter(), "m": Counter()}
    for locale in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{locale.name}").Provider
        for gender, attribute in (("f", "first_names_female"), ("m", "first_names_male")):
            names = {plain(name) for name in getattr(provider, attribute, ()) or () if _NAME.fullmatch(name)}
            found[gender].update(names)
    return found


def main() -> None:
    """Write the file."""
    found = count()
    lines = [
        f"# Given names and the gender they tell. Source: Faker {faker.VERSION} (MIT licence), by tools/given_names.py."
    ]
    for name in sorted(found["f"].keys() | found["m"].keys()):
        f, m = found["f"][name], found["m"][name]
        if f >= 4 * m or m >= 4 * f:
            lines.append(f"{name} {'f' if f > m else 'm'}")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
