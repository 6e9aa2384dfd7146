"""Joins the reader's ES modules into the one that anywidget and the shared page need.

The modules in ``js/`` import each other by relative paths, so a browser can load them as they are. A widget
and a page offline want one piece of text, though. Since all modules are ours, joining them takes no
JavaScript tool: they are put behind one another in the order of their imports, without the imports and
without the word ``export``. That is the same program as long as no two of them use one name at the top
level, none renames what it imports, and none imports in a circle; all of that is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Final

ENTRY: Final = "door.js"
"""The module whose exports the joined one keeps."""

_FOLDER: Final = Path(__file__).with_name("js")

_IMPORT = re.compile(r'^import \{(?P<names>[^}]*)\} from "\./(?P<module>[\w-]+\.js)";\n', re.MULTILINE)
_IMPORT_OF_ANY_FORM = re.compile(r"^import\b.*|\bimport\(.*", re.MULTILINE)
_DECLARED = re.compile(
    r"^(?P<export>export )?(?:async )?(?:const|let|var|class|function\*?) (?P<name>[\w$]+)", re.MULTILINE
)
_DECLARED_IN_PARTS = re.compile(r"^(?:export )?(?:const|let|var) [\[{].*", re.MULTILINE)
_OTHER_EXPORT = re.compile(r"^export (?!(?:async )?(?:const|let|var|class|function)\b).*", re.MULTILINE)
_NAME = re.compile(r"[\w$]+")


class BundleError(Exception):
    """Raised when modules cannot be joined without changing what they do; a fault of the package's source."""


@cache
def script() -> str:
    """The reader as one ES module, which exports what ``js/door.js`` exports."""
    return join({path.name: path.read_text(encoding="utf-8") for path in _FOLDER.glob("*.js")}, ENTRY)


def join(modules: Mapping[str, str], entry: str) -> str:
    """Join ES modules into one.

    Args:
        modules: The source of each module by its file name. Every import stands at the beginning of a line,
            names what it imports and ends with a semicolon: ``import { a, b } from "./other.js";``
        entry: The module whose exports are kept. What it does not import, directly or not, is left out.

    Raises:
        BundleError: A module is missing, an import or export has another form than those this can join, a
            module does not export what another imports, modules import in a circle, or two of them use the
            same name at the top level.
    """
    order = _in_order(modules, entry)
    _check_names(modules, order)
    return "\n".join(_stripped(name, modules[name], keep_exports=name == entry) for name in order)


def _in_order(modules: Mapping[str, str], entry: str) -> list[str]:
    """The modules that an entry needs, each behind those that it imports."""
    needs: dict[str, list[str]] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name not in modules:
            raise BundleError(f"There is no module {name}; there are {', '.join(sorted(modules))}.")
        if name not in needs:
            needs[name] = sorted(module for module, _ in _imports(name, modules[name]))
            waiting += needs[name]
    try:
        return list(TopologicalSorter({name: needs[name] for name in sorted(needs)}).static_order())
    except CycleError as error:
        raise BundleError(f"These modules import each other in a circle: {' → '.join(error.args[1])}.") from None


def _imports(name: str, source: str) -> Iterator[tuple[str, list[str]]]:
    """The modules that one imports, each with the names it takes."""
    for match in _IMPORT.finditer(source):
        names = [part.strip() for part in match["names"].split(",") if part.strip()]
        if renamed := [one for one in names if not _NAME.fullmatch(one)]:
            raise BundleError(f"{name} imports {renamed[0]!r}; import names as they are.")
        yield match["module"], names
    if other := _IMPORT_OF_ANY_FORM.search(_IMPORT.sub("", source)):
        raise BundleError(f'{name}: cannot join {other[0]!r}; write import {{ name }} from "./module.js";')


def _check_names(modules: Mapping[str, str], order: list[str]) -> None:
    """Every name belongs to one module, and what is imported is exported there."""
    owner: dict[str, str] = {}
    exported: dict[str, set[str]] = {}
    for name in order:
        if parts := _DECLARED_IN_PARTS.search(modules[name]):
            raise BundleError(f"{name}: cannot tell which names {parts[0]!r} declares; declare them one by one.")
        declared = list(_DECLARED.finditer(modules[name]))
        for match in declared:
            if (other := owner.setdefault(match["name"], name)) != name:
                raise BundleError(f"{other} and {name} both declare {match['name']} at the top level; rename one.")
        exported[name] = {match["name"] for match in declared if match["export"]}
        for module, names in _imports(name, modules[name]):
            if missing := sorted(set(names) - exported[module]):
                raise BundleError(f"{name} imports {', '.join(missing)} from {module}, which does not export that.")


def _stripped(name: str, source: str, *, keep_exports: bool) -> str:
    source = _IMPORT.sub("", source)
    if not keep_exports:
        if other := _OTHER_EXPORT.search(source):
            raise BundleError(f"{name}: cannot join {other[0]!r}; write export before a declaration.")
        source = re.sub(r"^export ", "", source, flags=re.MULTILINE)
    return f"/* {name} */\n{source.strip()}\n"
