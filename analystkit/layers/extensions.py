"""What the layers keep on a Doc, and how.

Each layer writes plain lists and dictionaries, in the very form of the JSON schema, to an extension
attribute. spaCy keeps those in `doc.user_data`, so they survive `DocBin(store_user_data=True)`,
`Doc.to_bytes` and worker processes.
"""

from __future__ import annotations

from spacy.tokens import Doc

#: `doc._.NAME` -> what it holds. None: the layer has not run.
EXTENSIONS = {
    "article": "dict: id, title, byline, published, url, dateline",
    "entities": "list of entities with their mentions",
    "quotes": "list of attributions",
    "stances": "list of stances",
    "dates": "list of time expressions",
    "amounts": "list of amounts of money, percentages and quantities",
    "extra": "dict: name of a further layer -> its words and marks (analystkit.layers.extra)",
    "accounts": "list of matters of which several sources speak",
}


def register() -> None:
    """Make the attributes known to spaCy; harmless when repeated, or when another package has the name."""
    for name in EXTENSIONS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
