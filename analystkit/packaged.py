"""The sample articles that come with analystkit, and those that users put beside them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

_KINDS: Final = (".txt", ".md", ".html", ".htm")


def samples(folder: str | Path | None = None) -> dict[str, Path]:
    """The articles of a folder of samples, by name ("harbour-treaty"), in alphabetical order.

    Args:
        folder: Where to look: a folder, or one within `seeds` ("accounts"). None for the first that exists of:
            `seeds` in the current folder or the one above it (notebooks lie beside their seeds), and the samples
            that came with the package.

    Raises:
        FileNotFoundError: There is no such folder.
    """
    places = (Path("seeds"), Path("..", "seeds"), shared("seeds"))
    if folder is not None:
        for candidate in (Path(folder), *(place / folder for place in places)):
            if candidate.is_dir():
                return _articles(candidate)
        raise FileNotFoundError(f"There is no folder {folder} (looked from {Path.cwd()}).")
    for candidate in places:
        if found := _articles(candidate):
            return found
    return {}


def shared(name: str) -> Path:
    """The folder of that name that comes with analystkit: in the repository, else in the package."""
    package = Path(__file__).resolve().parent
    if is_checkout():
        return package.parent / name
    return package / "_share" / name


def is_checkout() -> bool:
    """Whether analystkit is used from its repository, where notebooks and seeds can be edited in place."""
    repository = Path(__file__).resolve().parent.parent
    return all((repository / part).exists() for part in ("pyproject.toml", "notebooks", "seeds"))


def _articles(folder: Path) -> dict[str, Path]:
    found: Iterable[Path] = folder.iterdir() if folder.is_dir() else ()
    articles = (p for p in found if p.suffix.lower() in _KINDS and p.stem.lower() != "readme")
    return {path.stem: path for path in sorted(articles) if not path.name.startswith(".")}
