"""The shipped pipeline's lemmatizer: spaCy's, with the lemmas of verbs put right, and each worked out once a batch.

A lemma depends on the form, its tags and the edit tree that the network chooses; most tokens of running news bring
nothing new. spaCy applies a tree to each of them, twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import LEMMA, ORTH, POS, TAG
from spacy.language import Language
from spacy.pipeline.edit_tree_lemmatizer import EditTreeLemmatizer
from spacy.tokens import Doc
from thinc.api import Model

from analystkit.english.lemmas import of_verb

Trees = NDArray[np.int64]


class Lemmatizer(EditTreeLemmatizer):
    """`EditTreeLemmatizer` that takes the likeliest tree only. Trained, stored and scored as spaCy's."""

    def predict(self, docs: Iterable[Doc]) -> list[Trees]:  # type: ignore[override]  # thinc's own arrays
        """The number of the edit tree of each token, for each Doc; it may be one that the form does not fit."""
        labels = np.array(self.cfg["labels"], dtype=np.int64)
        return [labels[np.asarray(scores).argmax(axis=1)] for scores in self.model.predict(list(docs))]

    def set_annotations(self, docs: Iterable[Doc], found: Sequence[Trees]) -> None:
        """Write the lemmas into the Docs; those that are set already stay."""
        known: dict[tuple[int, ...], int] = {}
        for doc, trees in zip(docs, found, strict=True):
            if len(doc):
                columns = doc.to_array([ORTH, TAG, POS, LEMMA])
                keys = list(map(tuple, np.column_stack([columns[:, :3], trees.astype(np.uint64)]).tolist()))
                for key in set(keys) - known.keys():
                    known[key] = self._lemma(*key)
                lemmas = np.array([known[key] for key in keys], dtype=np.uint64)
                doc.from_array([LEMMA], cast("Any", np.where(columns[:, 3], columns[:, 3], lemmas)))

    def _lemma(self, orth: int, tag: int, pos: int, tree: int) -> int:
        strings = self.vocab.strings
        form, kind = strings[orth], strings[tag]
        lemma = self.trees.apply(tree, form)
        if lemma is None:
            lemma = form
        if strings[pos] == "VERB" and kind != "NNP":  # "the United Nations"
            lemma = of_verb(form, lemma, kind, self.vocab)
        number: int = strings.add(lemma)
        return number


@Language.factory(
    "analystkit_lemmatizer",
    assigns=["token.lemma"],
    requires=["token.tag", "token.pos"],
    default_config={"min_tree_freq": 3, "scorer": {"@scorers": "spacy.lemmatizer_scorer.v1"}},
    default_score_weights={"lemma_acc": 1.0},
)
def make_lemmatizer(
    nlp: Language, name: str, model: Model[Any, Any], min_tree_freq: int, scorer: Callable[..., Any] | None
) -> Lemmatizer:
    """The component, with spaCy's scorer of lemmas."""
    return Lemmatizer(nlp.vocab, model, name, min_tree_freq=min_tree_freq, scorer=scorer)
