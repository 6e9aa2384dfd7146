"""Put the trained parts together: `python -m training.build SYNTAX NAMES [MODEL]`.

The result, `analystkit/model`, is an ordinary spaCy pipeline folder.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import spacy

META = {
    "name": "news_analystkit",
    "version": "1.0.0",
    "description": "English news pipeline of analystkit: tags, morphology, dependencies, lemmas and names.",
    "author": "The analystkit maintainers",
    "license": "CC BY-SA 4.0",
    "sources": [
        {"name": "UD English EWT", "license": "CC BY-SA 4.0"},
        {"name": "UD English GUM (documents under CC BY, CC BY-SA or in the public domain)", "license": "CC BY-SA 4.0"},
        {"name": "Groningen Meaning Bank, names of news sentences", "license": "texts in the public domain"},
    ],
}
#: Biggest folder that is shipped, in bytes.
LIMIT = 15_000_000


def main(syntax: Path, names: Path, model: Path) -> None:
    """Join the two trained pipelines and write the folder that is shipped."""
    nlp = spacy.load(syntax)
    nlp.add_pipe("ner", source=spacy.load(names))
    nlp.meta.update(META)
    nlp.meta.pop("performance", None)
    nlp.to_disk(model)
    size = sum(path.stat().st_size for path in model.rglob("*") if path.is_file())
    print(json.dumps({"model": str(model), "bytes": size, "pipeline": nlp.pipe_names}))
    if size > LIMIT:
        sys.exit(f"{model} takes {size} bytes; {LIMIT} are allowed.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3] if len(sys.argv) > 3 else "analystkit/model"))
