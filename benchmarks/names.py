"""Names before and after our entity layer, on the dev corpora.

    uv run python -m benchmarks.names CORPORA [--errors N] [PIPELINE …]

CORPORA is the folder described in training/README.md. A name counts when both its ends and its label are right.
"model" is what the pipeline's recogniser finds, "layer" what `analystkit_entities` makes of it: the mentions of
kind `name`, and nominal ones that are short for a name ("the North") left out.

The corpora hold other views of what a name is, which no rule should learn: GMB counts titles and even a nationality
as part of a person's name ("U.S. Vice President Dick Cheney"), GUM the article of a body ("the British Museum").
The tables are therefore given twice: as the corpus has it, and with titles and articles taken off on both sides
("bare"), and once more on what both agree on ("common", `common`): there a nationality right before a body goes with
it, countries and their peoples have the label they must have (GMB has hundreds of countries as ORG or PERSON), and
those that the corpus left unmarked ("pro-Palestinian") are not asked for. With `--errors N`, N of the differences in
the bare form are listed, at even steps through the corpus.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from spacy.language import Language
from spacy.tokens import Doc

import analystkit
from analystkit import Article
from analystkit.evaluation.names import LABELS, Name, score
from analystkit.layers.entities import countries
from analystkit.layers.entities.names import titles
from analystkit.layers.layout import set_article
from benchmarks.pipeline import spans
from training import corpora

ARTICLES = ("the", "a", "an")


def of_layer(doc: Doc) -> set[Name]:
    """The names that the layer found."""
    return {
        (mention["start"], mention["end"], record["label"])
        for record in doc._.entities
        for mention in record["mentions"]
        if mention["kind"] == "name" and record["label"] in LABELS
    }


def bare(text: str, names: Iterable[Name]) -> set[Name]:
    """Names without the article before them and people without title and nationality."""
    return {(_bare_start(text, start, end, label), end, label) for start, end, label in names}


def _bare_start(text: str, start: int, end: int, label: str) -> int:
    words = text[start:end].split(" ")
    first = 1 if len(words) > 1 and words[0].lower() in ARTICLES else 0
    while label == "PERSON" and first < len(words) - 1:
        length = next((n for n in range(5, 0, -1) if _stands_before_names(words[first : first + n])), 0)
        if not length or first + length >= len(words):
            break
        first += length
    return start + len(" ".join(words[:first])) + bool(first)


def _stands_before_names(words: list[str]) -> bool:
    known = countries.find(" ".join(words)) if words else None
    return tuple(words) in titles() or (known is not None and known[1] != "capital") or words == ["Former"]


def common(text: str, names: Iterable[Name]) -> set[Name]:
    """Bare names in a form that does not depend on a corpus's habits with countries and their peoples."""
    found: list[Name] = []
    for start, end, label in sorted(bare(text, names)):
        label = _known_label(text[start:end]) or label
        if found and text[found[-1][1] : start] == " ":
            whole = _known_label(text[found[-1][0] : end])  # "Czech" and "Republic"
            if whole or (found[-1][2] in {"NORP", "GPE"} and label == "ORG"):  # "Chinese" and "Foreign Ministry"
                start, label = found.pop()[0], whole or label
        found.append((start, end, label))
    return set(found)


def asked_for(text: str, names: set[Name], gold: set[Name]) -> set[Name]:
    """Names without countries and peoples at places where the gold has nothing at all."""
    return {
        name
        for name in names
        if not _known_label(text[name[0] : name[1]]) or any(other[0] < name[1] and name[0] < other[1] for other in gold)
    }


def _known_label(words: str) -> str | None:
    """The label of words that name a country or its people and nothing else."""
    known = None if countries.is_ambiguous(words) else countries.find(words)
    return {"name": "GPE", "demonym": "NORP"}.get(known[1]) if known else None


def differences(text: str, found: set[Name], gold: set[Name]) -> Iterable[tuple[str, str]]:
    """What kind each difference is of, and the words around it."""
    for start, end, label in sorted(found ^ gold):
        overlapping = [n for n in (gold if (start, end, label) in found else found) if n[0] < end and start < n[1]]
        ours = (start, end, label) in found
        if overlapping and not ours:
            continue  # told from the other side
        words = f"{text[max(start - 50, 0) : start]}[{text[start:end]}]{text[end : end + 40]}".replace("\n", " ")
        if not overlapping:
            yield ("added" if ours else "missed"), f"{label:7} {words}"
        elif any((n[0], n[1]) == (start, end) for n in overlapping):
            yield "label", f"{label:7} {words}  gold {overlapping[0][2]}"
        else:
            yield "border", f"{label:7} {words}  gold {', '.join(f'[{text[a:b]}] {lb}' for a, b, lb in overlapping)}"


def analysed(nlp: Language, texts: Iterable[str]) -> list[Doc]:
    """Texts through a pipeline with our layers."""

    def prepared(text: str) -> Doc:
        doc = nlp.make_doc(text)
        set_article(doc, Article(text))
        return doc

    return list(nlp.pipe([prepared(text) for text in texts], batch_size=64))


def tables(docs: list[Doc], gold: list[Doc], name: str) -> dict[str, dict[str, float]]:
    """The rows of one pipeline on one corpus."""
    wanted = [spans(doc) for doc in gold]
    rows: dict[str, dict[str, float]] = {}
    for side, find in (("model", spans), ("layer", of_layer)):
        found = [find(doc) for doc in docs]
        rows[f"{name}, {side}"] = score(zip(wanted, found, strict=True))
        rows[f"{name}, {side}, bare"] = score(
            (bare(doc.text, w), bare(doc.text, f)) for doc, f, w in zip(docs, found, wanted, strict=True)
        )
        settled = [common(doc.text, names) for doc, names in zip(docs, wanted, strict=True)]
        rows[f"{name}, {side}, common"] = score(
            (w, asked_for(doc.text, common(doc.text, f), w)) for doc, f, w in zip(docs, found, settled, strict=True)
        )
    return rows


def show_errors(docs: list[Doc], gold: list[Doc], number: int) -> None:
    """Print some differences of the layer, and how many there are of each kind and label."""
    found = [
        (kind, words)
        for doc, wanted in zip(docs, gold, strict=True)
        for kind, words in differences(doc.text, bare(doc.text, of_layer(doc)), bare(doc.text, spans(wanted)))
    ]
    counts = Counter((kind, words.split()[0]) for kind, words in found)
    print(*(f"{kind} {label}: {count}" for (kind, label), count in counts.most_common()), sep="; ")
    for kind, words in found[:: max(len(found) // number, 1)][:number]:
        print(f"  {kind:6} {words}")


def main() -> None:
    """Print a table a corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, help="folder with gmb_dev.jsonl and gum_ner_dev.jsonl")
    parser.add_argument("pipelines", nargs="*", help="spaCy pipelines; the shipped one when none is named")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list N differences a corpus")
    options = parser.parse_args()
    pipelines = {Path(name or "shipped").name: analystkit.load(name) for name in options.pipelines or [None]}
    for nlp in pipelines.values():
        nlp.select_pipes(disable=[pipe for pipe in nlp.pipe_names if pipe in analystkit_layers_after()])
    for corpus in corpora.NAMES:
        rows: dict[str, dict[str, float]] = {}
        for name, nlp in pipelines.items():
            rng = random.Random(corpora.SEED)
            gold = list(corpora.running_names(nlp, options.corpora / f"{corpus}_dev.jsonl", rng))
            docs = analysed(nlp, [doc.text for doc in gold])
            rows |= tables(docs, gold, name)
            if options.errors:
                show_errors(docs, gold, options.errors)
        print(f"Names, {corpus} dev\n{pd.DataFrame.from_dict(rows, orient='index').to_string(float_format='%.1f')}\n")


def analystkit_layers_after() -> tuple[str, ...]:
    """The layers that do not change names."""
    from analystkit.pipeline import LAYERS

    return LAYERS[LAYERS.index("analystkit_entities") + 1 :]


if __name__ == "__main__":
    main()
