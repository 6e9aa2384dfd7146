"""All measures of agreement between two or more annotations of one article, as a table."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING, Any

from analystkit.agreement.differences import LAYERS, Difference, Layer, differences, extent
from analystkit.agreement.labels import cohen_kappa, krippendorff_alpha
from analystkit.agreement.spans import Span, span_agreement
from analystkit.agreement.statements import statement_agreement
from analystkit.agreement.units import Unit, unitizing_alpha
from analystkit.wire import Describable, as_dict

if TYPE_CHECKING:
    import pandas as pd

LABELS = {"entities": "label", "quotes": "kind", "stances": "polarity"}
"""The label of a layer's records, whose agreement is measured."""


def report(annotations: Mapping[str, Describable | Mapping[str, Any]]) -> pd.DataFrame:
    """Agreement between annotators, a row for each layer and measure.

    Args:
        annotations: For each annotator, the analysis (or its dictionary) that they made of the same article.

    Returns:
        Columns `layer`, `measure`, `value` and `meaning`. With more than two annotators, figures that are defined for
        pairs are the mean over all pairs. `value` is missing where nothing can be compared.

    Raises:
        ValueError: Fewer than two annotators, or their texts are not the same.
    """
    import pandas as pd

    data = {name: as_dict(analysis) for name, analysis in annotations.items()}
    if len(data) < 2:
        raise ValueError(f"Agreement needs two annotators or more; got {', '.join(data) or 'none'}.")
    if len({one["text"] for one in data.values()}) > 1:
        raise ValueError("The annotations are not all of the same text, so their places cannot be compared.")
    compared = {(a, b): differences(data[a], data[b], agreed=True) for a, b in combinations(data, 2)}
    rows = [row for layer in LAYERS for row in _layer(layer, data, compared)]
    parts = [statement_agreement(a, b) for a, b in combinations(data.values(), 2)]
    for part, meaning in (
        ("content", "the same words (overlap of 0.8 or more)"),
        ("speaker", "… from the same mouth"),
        ("target", "… about the same target"),
    ):
        rows.append(("statements", f"F, {part}", fmean(one[part].f for one in parts), meaning))  # type: ignore[index]
    return pd.DataFrame(rows, columns=["layer", "measure", "value", "meaning"])


def marked(layer: Layer, data: Mapping[str, Any]) -> list[Unit]:
    """The spans of a layer that carry its labels: mentions, contents, evidence."""
    return [(*span, record[LABELS[layer]]) for record in data[layer] for span in _spans(layer, record)]


def _spans(layer: Layer, record: Mapping[str, Any]) -> Iterator[Span]:
    if layer == "entities":
        yield from ((mention["start"], mention["end"]) for mention in record["mentions"])
    elif layer == "quotes":
        yield from ((start, end) for start, end in record["content"])
    else:
        yield extent(record)


Compared = Mapping[tuple[str, str], list[Difference]]
"""What two annotators have in common and what not, for each pair of them."""


def _layer(
    layer: Layer, data: Mapping[str, Mapping[str, Any]], compared: Compared
) -> Iterator[tuple[str, str, float | None, str]]:
    units = {name: marked(layer, one) for name, one in data.items()}
    for exact, meaning in ((True, "the same spans"), (False, "overlapping spans, each counted by its overlap")):
        figures = [
            span_agreement([unit[:2] for unit in units[a]], [unit[:2] for unit in units[b]], exact=exact).f
            for a, b in compared
        ]
        yield layer, f"F, {'exact' if exact else 'overlap'}", fmean(figures), meaning
    kappas, alpha = _label_agreement(layer, data, compared)
    label = {"entities": "kind of entity", "quotes": "kind of quote", "stances": "polarity"}[layer]
    yield layer, "Cohen's kappa", fmean(kappas) if kappas else None, f"{label}, where two marked the same record"
    yield layer, "Krippendorff's alpha", alpha, f"{label}, over all annotators"
    length = len(next(iter(data.values()))["text"])
    for labels, meaning in ((True, f"what is marked, and as what {label}"), (False, "what is marked at all")):
        value = unitizing_alpha(list(units.values()), length, labels=labels)
        yield layer, f"unitizing alpha{'' if labels else ', binary'}", value, meaning


def _label_agreement(
    layer: Layer, data: Mapping[str, Mapping[str, Any]], compared: Compared
) -> tuple[list[float], float | None]:
    """Kappa of each pair of annotators, and alpha of all, on the labels of the records that they share."""
    key = LABELS[layer]
    kappas: list[float] = []
    # what is one record to any two annotators is one item to all: items are joined along the pairs
    item: dict[tuple[str, str], tuple[str, str]] = {}

    def root(node: tuple[str, str]) -> tuple[str, str]:
        while item.setdefault(node, node) != node:
            node = item[node]
        return node

    for (a, b), found in compared.items():
        shared = [(one.first, one.second) for one in found if one.layer == layer and one.first and one.second]
        if shared:
            kappas.append(cohen_kappa([one[key] for one, _ in shared], [other[key] for _, other in shared]))
        for one, other in shared:
            item[root((b, other["id"]))] = root((a, one["id"]))
    labels: dict[str, dict[Hashable, Hashable | None]] = {
        name: {root((name, record["id"])): record[key] for record in one[layer]} for name, one in data.items()
    }
    return kappas, krippendorff_alpha(labels) if kappas else None
