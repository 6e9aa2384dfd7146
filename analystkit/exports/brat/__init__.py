"""brat standoff: the text, its marks (T), how they hang together (R), their kinds (A) and notes (#).

brat shows one line of text at a time and reads its files by lines, so a mark that runs over a line break is
written as a discontinuous one; fragments that touch or overlap are written as one. The exact spans stand in the
mark's own note (`AnalystkitData`), as does all else that brat has no place for; where somebody changed a mark
in brat, the mark counts.

Source: brat's documentation of the standoff format and its reader (server/src/annotation.py of brat 1.3).
"""

from __future__ import annotations

from pathlib import Path

from analystkit.exports.brat.reading import load
from analystkit.exports.brat.writing import dump
from analystkit.exports.formats import Format


def _parts(path: Path) -> dict[str, Path]:
    stem = path.with_suffix("") if path.suffix in (".ann", ".txt") else path
    beside = {"ann": stem.with_name(f"{stem.name}.ann"), "txt": stem.with_name(f"{stem.name}.txt")}
    return beside | {"conf": path.with_name("annotation.conf")}


FORMAT = Format(
    name="brat",
    suffix=".ann",
    about="brat standoff: .ann and .txt, and an annotation.conf where there is none",
    losses=(
        "what is known of the article: title, byline, date, address, dateline, pipeline and keys of the whole "
        "(read again from the text, or from the article that you give on the way back)",
        "the marks of further layers, such as questions",
    ),
    dump=dump,
    load=load,
    parts=_parts,
    once=frozenset({"conf"}),
)
