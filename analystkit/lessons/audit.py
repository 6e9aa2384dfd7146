"""Auditing the machine: its marks beside a key, and what its confidence is worth."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from analystkit.agreement.differences import LAYERS, Difference, differences
from analystkit.wire import Describable, as_dict

if TYPE_CHECKING:
    import pandas as pd

_SERIOUS: Final[Mapping[str, frozenset[str]]] = {
    "entities": frozenset({"kind"}),
    "quotes": frozenset({"kind", "speaker", "relay"}),
    "stances": frozenset({"holder", "target", "polarity"}),
}
"""The differences that make a mark wrong; that it is a word too long or a mention short makes it near."""

_BINS: Final = (0.0, 0.5, 0.7, 0.8, 0.9, 1.0)


def audit(machine: Describable | Mapping[str, Any], key: Describable | Mapping[str, Any]) -> pd.DataFrame:
    """Every mark of the machine and every mark of the key, and what became of it.

    Args:
        machine: The machine's analysis, or its dictionary.
        key: The corrected analysis of the same text.

    Returns:
        A row a record: `layer`, `words` (a beginning of the record's words), `confidence` (the machine's; missing where
        it has no such mark), `verdict` ("right"; "near": the extent or a detail differs; "wrong": a link or label
        differs; "not in the key"; "missed") and `differs` (what, in words).

    Raises:
        ValueError: The two are not of the same text.
    """
    import pandas as pd

    ours, theirs = as_dict(machine), as_dict(key)
    rows = []
    for one in differences(ours, theirs, agreed=True):
        record = one.first or one.second or {}
        start, end = one.span
        rows.append(
            {
                "layer": one.layer,
                "words": record.get("name") or " ".join(ours["text"][start:end].split())[:80],
                "confidence": None if one.first is None else one.first["confidence"],
                "verdict": _verdict(one),
                "differs": ", ".join(one.fields),
            }
        )
    table = pd.DataFrame(rows, columns=["layer", "words", "confidence", "verdict", "differs"])
    table["layer"] = pd.Categorical(table["layer"], LAYERS, ordered=True)
    return table.sort_values("layer", kind="stable", ignore_index=True)


def _verdict(one: Difference) -> str:
    if one.second is None:
        return "not in the key"
    if one.first is None:
        return "missed"
    if not one.fields:
        return "right"
    return "wrong" if _SERIOUS[one.layer] & set(one.fields) else "near"


def confidence_table(audited: pd.DataFrame) -> pd.DataFrame:
    """How often the machine was right or near, by how sure it was: were its figures worth something?

    Args:
        audited: One audit, or several put together with `pandas.concat`.

    Returns:
        A row a range of confidence: `confidence` (such as "0.8 to 0.9"), `marks` (how many), `right or near` (share)
        and `promised` (the mean confidence). Where the figures mean something, the last two are close.
    """
    import pandas as pd

    made = audited.dropna(subset=["confidence"])
    labels = [f"{low:g} to {high:g}" for low, high in pairwise(_BINS)]
    bins = pd.cut(made["confidence"].astype(float), _BINS, labels=labels, include_lowest=True)
    good = made["verdict"].isin(["right", "near"])
    table = pd.DataFrame({"bin": bins, "good": good, "confidence": made["confidence"].astype(float)})
    grouped = table.groupby("bin", observed=True)
    return pd.DataFrame(
        {
            "confidence": list(grouped.groups),
            "marks": grouped.size().to_numpy(),
            "right or near": grouped["good"].mean().round(2).to_numpy(),
            "promised": grouped["confidence"].mean().round(2).to_numpy(),
        }
    )
