"""The annotation.conf that tells brat of our types, relations and attributes."""

from __future__ import annotations

from analystkit.exports import outside

MARKS = ("Quote", "Cue", "Source", "Stance", "Holder", "Target", "Date", "Amount", "Furniture")
"""Types of marks that are no mentions."""

_ANYBODY = "|".join(outside.LABELS)
RELATIONS = {
    "Coref": (_ANYBODY, _ANYBODY),
    "HasCue": ("Quote", "Cue"),
    "HasSource": ("Quote", "Source"),
    "SpokenBy": ("Quote", _ANYBODY),
    "RelayedBy": ("Quote", _ANYBODY),
    "HeldBy": ("Stance", _ANYBODY),
    "Towards": ("Stance", _ANYBODY),
    "HolderAt": ("Stance", "Holder"),
    "TargetAt": ("Stance", "Target"),
    "SaidIn": ("Stance", "Quote"),
}
"""Each relation with the types of its first and its second mark."""

ATTRIBUTES = {
    "MentionKind": (_ANYBODY, ("name", "nominal", "pronoun")),
    "QuoteKind": ("Quote", outside.QUOTE_KINDS),
    "Polarity": ("Stance", outside.POLARITIES),
    "Strength": ("Stance", outside.STRENGTHS),
    "Certainty": ("Stance", outside.CERTAINTIES),
    "AmountKind": ("Amount", ("money", "percent", "quantity")),
}
"""Each attribute with the types that have it and its values."""


def configuration() -> str:
    """The contents of annotation.conf."""
    relations = (f"{name}\tArg1:{first}, Arg2:{second}" for name, (first, second) in RELATIONS.items())
    attributes = (f"{name}\tArg:{types}, Value:{'|'.join(values)}" for name, (types, values) in ATTRIBUTES.items())
    sections = {
        "entities": (*outside.LABELS, *MARKS),
        "relations": ("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>", *relations),
        "events": (),
        "attributes": tuple(attributes),
    }
    return "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in sections.items())
