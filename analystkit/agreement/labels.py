"""Agreement on labels: given the same items, how often do annotators choose the same label, beyond chance?

Computed by NLTK's `AnnotationTask`, which follows Artstein and Poesio, "Inter-Coder Agreement for Computational
Linguistics", Computational Linguistics 34(4), 2008.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Cohen's kappa: the agreement of two annotators beyond what their own label frequencies would give by chance.

    J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological Measurement 20(1), 1960.

    Args:
        first: One annotator's label for each item.
        second: The other's, for the same items in the same order.

    Returns:
        At most 1; 0 is chance. 1 also where both used one and the same label throughout, which shows nothing.

    Raises:
        ValueError: The two are of different length, or empty.
    """
    from nltk.metrics.agreement import AnnotationTask

    if len(first) != len(second) or not first:
        raise ValueError(
            f"Kappa compares two labels for each item; got {len(first)} and {len(second)} labels. "
            "Leave out the items that only one annotator labelled."
        )
    data = [("a", n, label) for n, label in enumerate(first)] + [("b", n, label) for n, label in enumerate(second)]
    return float(AnnotationTask(data).kappa())


def krippendorff_alpha(labels: Mapping[str, Mapping[Hashable, Hashable | None]]) -> float:
    """Krippendorff's alpha for nominal data: any number of annotators, any of whom may have left items out.

    K. Krippendorff, "Content Analysis: An Introduction to Its Methodology", 4th ed., Sage 2019, chapter 12.

    Args:
        labels: For each annotator, the label of each item. An item that is missing, or None, was not labelled.

    Returns:
        At most 1; 0 is chance, and less than 0 systematic disagreement. 1 also where only one label occurs at all.

    Raises:
        ValueError: No item was labelled by two annotators.
    """
    from nltk.metrics.agreement import AnnotationTask

    # NLTK sorts the items, which may be of any type here: so they are numbered
    number: dict[Hashable, int] = {}
    data = [
        (annotator, number.setdefault(item, len(number)), label)
        for annotator, given in labels.items()
        for item, label in given.items()
        if label is not None
    ]
    counted = [item for _, item, _ in data]
    if not any(counted.count(item) > 1 for item in set(counted)):
        raise ValueError("Alpha needs at least one item that two annotators labelled; there is none.")
    return float(AnnotationTask(data).alpha())
