"""What the teacher learns: gold sentences as items with class numbers, and lemmas as rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc
from spacy.training.iob_utils import doc_to_biluo_tags

from training.conllu import Sentence
from training.teacher.batches import IGNORE, Item

#: Word-level tasks of the parser beside its tree. "morph" is part of speech and features in one.
TAGS = ("xpos", "morph", "lemma")
MIN_COUNT = 2


@dataclass
class Classes:
    """Names of the classes of each task, by number."""

    names: dict[str, list[str]]
    numbers: dict[str, dict[str, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = {task: {name: i for i, name in enumerate(names)} for task, names in self.names.items()}

    @classmethod
    def count(cls, columns: dict[str, Iterable[str]]) -> Classes:
        """Classes seen at least `MIN_COUNT` times, the commonest first."""
        counted = {task: Counter(values) for task, values in columns.items()}
        return cls({t: [v for v, n in c.most_common() if n >= MIN_COUNT] for t, c in counted.items()})

    def sizes(self, tasks: Iterable[str]) -> dict[str, int]:
        """Number of classes of these tasks."""
        return {task: len(self.names[task]) for task in tasks}


def lemma_rule(form: str, lemma: str) -> str:
    """How to make `lemma` from `form`: "cut|add|case", where case is what becomes of the first letter.

    >>> lemma_rule("Running", "run")
    '4||l'
    """
    low_form, low_lemma = form.lower(), lemma.lower()
    same = 0
    while same < min(len(form), len(lemma)) and low_form[same] == low_lemma[same]:
        same += 1
    case = "l" if lemma == low_lemma else "k"
    return f"{len(form) - same}|{lemma[same:]}|{case}"


def apply_rule(form: str, rule: str) -> str:
    """The lemma that a rule of `lemma_rule` makes from `form`."""
    (cut, add), case = rule[:-2].split("|", 1), rule[-1]
    stem = form[: len(form) - int(cut)] if int(cut) <= len(form) else ""
    return (stem.lower() if case == "l" else stem) + add


def columns(sentence: Sentence) -> dict[str, list[str]]:
    """Labels of a sentence as text, one list a task."""
    return {
        "xpos": [w.xpos for w in sentence.words],
        "morph": [f"{w.upos}|{w.feats}" for w in sentence.words],
        "lemma": [lemma_rule(w.form, w.lemma) for w in sentence.words],
        "deps": [w.dep for w in sentence.words],
    }


def syntax_classes(sentences: Sequence[Sentence]) -> Classes:
    """Classes of every task of the parser."""
    named = [columns(sentence) for sentence in sentences]
    return Classes.count({task: [v for row in named for v in row[task]] for task in (*TAGS, "deps")})


def syntax_item(sentence: Sentence, classes: Classes, *, source: int, number: int = 0) -> Item:
    """A gold sentence for the parser; a class that training never saw is left out of the loss."""
    labels = {
        task: [classes.numbers[task].get(value, IGNORE) for value in values]
        for task, values in columns(sentence).items()
    }
    labels["heads"] = [0 if w.head == i else w.head + 1 for i, w in enumerate(sentence.words)]
    return Item([w.form for w in sentence.words], source, labels, number)


def curly(words: Sequence[str]) -> list[str]:
    """Straight quotation marks and apostrophes as a newspaper prints them."""
    out, open_ = [], False
    for word in words:
        if word == '"':
            word, open_ = ("”" if open_ else "“"), not open_
        out.append(word.replace("'", "’"))
    return out


def names_classes(docs: Iterable[Doc]) -> Classes:
    """The BILUO tags seen."""
    return Classes.count({"names": (tag for doc in docs for tag in doc_to_biluo_tags(doc))})


def names_item(doc: Doc, classes: Classes, *, source: int, number: int = 0, dressed: bool = False) -> Item:
    """A Doc's words and tags for the teacher of names."""
    words = [token.text for token in doc]
    tags = [classes.numbers["names"].get(tag, IGNORE) for tag in doc_to_biluo_tags(doc)]
    return Item(curly(words) if dressed else words, source, {"names": tags}, number)
