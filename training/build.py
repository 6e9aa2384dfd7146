"""Make the trained student what is shipped: `python -m training.build STUDENT [MODEL]`.

The result, `analystkit/model`, is an ordinary spaCy pipeline folder. Only the strings that the weights refer to
are kept: training leaves every word of the corpora in the vocabulary, a megabyte that nothing reads.
"""

from __future__ import annotations

import sys
from pathlib import Path

import spacy
import srsly
from spacy.language import Language

import analystkit.english.attention
import analystkit.english.lemmatizer
import analystkit.english.parser
import analystkit.english.recognizer
import analystkit.english.tokenlayer  # noqa: F401  # the configuration names what they register
from analystkit.english import tokenizer
from analystkit.weights import narrow

META = {
    "name": "news_analystkit",
    "version": "1.4.0",
    "spacy_version": ">=3.8.13,<3.9.0",
    "description": "English news pipeline of analystkit: tags, morphology, dependencies, lemmas and names.",
    "author": "The analystkit maintainers",
    "license": "CC BY-SA 4.0",
    "sources": [
        {"name": "UD English EWT", "license": "CC BY-SA 4.0"},
        {"name": "UD English GUM, documents under CC BY, CC BY-SA or in the public domain", "license": "CC BY-SA 4.0"},
        {"name": "Groningen Meaning Bank, names of news sentences", "license": "texts in the public domain"},
        {
            "name": "Silver trees and names of news by a teacher (all-MiniLM-L6-v2, Apache-2.0)",
            "license": "not shipped",
        },
        {"name": "Word vectors from the word pieces of all-MiniLM-L6-v2", "license": "Apache-2.0"},
    ],
}
#: Biggest folder that is shipped, in bytes; the layers' models, 3.8 MB, come on top of the pipeline.
LIMIT = 15_000_000 - 3_800_000


def main(student: Path, model: Path) -> None:
    """Write the folder that is shipped."""
    nlp = spacy.load(student)
    nlp.meta.update(META)
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])  # where the corpora lay is nobody's business
    nlp.config["initialize"]["vectors"] = None
    nlp.meta.pop("performance", None)
    nlp.to_disk(model)
    srsly.write_json(model / "vocab" / "strings.json", sorted(needed_strings(nlp)))
    narrow(model)
    size = sum(path.stat().st_size for path in model.rglob("*") if path.is_file())
    print(f"{model}: {', '.join(nlp.pipe_names)}; {size:,} bytes")
    if size > LIMIT:
        sys.exit(f"{LIMIT:,} bytes are allowed.")


def needed_strings(nlp: Language) -> set[str]:
    """What a fresh English vocabulary holds, the labels, and the endings that the lemmatizer's trees swap."""
    needed = set(tokenizer.blank().vocab.strings)
    for labels in nlp.pipe_labels.values():
        needed |= {part for label in labels for part in (label, *label.split("|"), *label.split("-"))}
    lemmatizer = nlp.get_pipe("lemmatizer")
    for tree in srsly.msgpack_loads(lemmatizer.trees.to_bytes())["trees"]:  # type: ignore[attr-defined]
        needed |= {nlp.vocab.strings[tree[side]] for side in ("orig", "subst") if tree.get(side)}
    return needed


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "analystkit/model"))
