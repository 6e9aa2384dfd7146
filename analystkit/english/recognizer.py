"""The shipped pipeline's recogniser of names: one BILUO tag a token, the best ones that make whole names.

It reads the token layer that the other components read, where spaCy's recogniser needs a layer of its own, and scores
all tokens at once. It learns in PyTorch (`training/student.py`), and gets its weights from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ENT_IOB, IS_SPACE, SENT_START
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import registry
from thinc.api import Model

from analystkit.blas import one_thread
from analystkit.english.attention import linear
from analystkit.english.biluo import Tags

Rows = NDArray[np.float32]
#: The names of a Doc: first token, token behind the last, label.
Names = list[tuple[int, int, str]]

_NEVER = -1e9


def shapes(width: int, hidden: int, tags: int) -> dict[str, tuple[int, ...]]:
    """The recogniser's weights and their shapes, for token vectors of `width`."""
    return {"hidden": (hidden, width), "hidden_b": (hidden,), "tag": (tags, hidden), "tag_b": (tags,)}


@registry.architectures("analystkit.Names.v1")  # type: ignore[untyped-decorator]
def name_model(tok2vec: Model[Any, Any], hidden: int, nO: int | None = None) -> Model[Any, Any]:  # noqa: N803
    """A network from Docs to the scores (tokens, tags) of the BILUO tags of each.

    Args:
        tok2vec: Gives token vectors, list of Doc to list of (tokens, width).
        hidden: Width of the layer between token vectors and tags.
        nO: Number of tags.
    """
    return Model(
        "names",
        _forward,
        init=_init,
        layers=[tok2vec],
        dims={"nO": nO, "hidden": hidden},
        params=dict.fromkeys(shapes(0, 0, 0)),
        refs={"tok2vec": tok2vec},
    )


def _init(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:  # noqa: N803
    tok2vec = model.get_ref("tok2vec")
    tok2vec.initialize(X)
    for name, shape in shapes(tok2vec.get_dim("nO"), model.get_dim("hidden"), model.get_dim("nO")).items():
        model.set_param(name, model.ops.alloc(shape))


def _forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Rows], Callable[..., Any]]:
    if is_train:
        _fixed(docs)
    weights = {name: np.asarray(model.get_param(name)) for name in model.param_names}
    found = []
    with one_thread():
        for rows in model.get_ref("tok2vec").predict(docs):
            hidden = np.maximum(linear(model.ops, weights, np.asarray(rows), "hidden"), 0)
            found.append(linear(model.ops, weights, hidden, "tag"))
    return found, _fixed


def _fixed(_: Any) -> Any:
    raise RuntimeError("The recogniser learns in PyTorch (training/student.py), not through spaCy.")


class Recognizer(TrainablePipe):  # type: ignore[misc]  # compiled, without types
    """The component: sets `doc.ents`. Names within one sentence; tokens that are decided already stay as they are."""

    def __init__(self, model: Model[Any, Any], vocab: Any, name: str, scorer: Callable[..., Any] | None) -> None:
        self.vocab, self.model, self.name, self.scorer = vocab, model, name, scorer
        self.cfg: dict[str, Any] = {"labels": []}

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of names."""
        return tuple(self.cfg["labels"])

    @property
    def tags(self) -> Tags:
        """The tags, in the order of the network's."""
        return Tags.of(self.labels)

    def initialize(
        self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language | None = None, labels: Any = None
    ) -> None:
        """Read the labels from examples, or take those given, and make weights (of zeros)."""
        examples = list(get_examples())
        seen = {span.label_ for example in examples for span in example.reference.ents}
        self.cfg["labels"] = list(labels or sorted(seen))
        self.model.set_dim("nO", len(self.tags.names))
        self.model.initialize(X=[example.reference for example in examples[:10]])

    def predict(self, docs: Iterable[Doc]) -> list[Names]:
        """The names of each Doc."""
        docs, tags = list(docs), self.tags
        return [_names(tags, doc, scores) for doc, scores in zip(docs, self.model.predict(docs), strict=True)]

    def set_annotations(self, docs: Iterable[Doc], found: Iterable[Names]) -> None:
        """Write names into Docs."""
        for doc, names in zip(docs, found, strict=True):
            decided = doc.to_array(ENT_IOB) > 0
            new = [Span(doc, start, end, label) for start, end, label in names if not decided[start:end].any()]
            doc.set_ents([*doc.ents, *new])


def _names(tags: Tags, doc: Doc, scores: Rows) -> Names:
    blank = np.flatnonzero(doc.to_array(IS_SPACE))
    scores[blank, 1:] = _NEVER
    starts = doc.to_array(SENT_START) == 1
    starts[:1] = True
    return tags.spans(tags.best(scores, [*np.flatnonzero(starts), len(doc)]))


@Language.factory(
    "analystkit_ner",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={"scorer": {"@scorers": "spacy.ner_scorer.v1"}},
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
)
def make_recognizer(nlp: Language, name: str, model: Model[Any, Any], scorer: Callable[..., Any] | None) -> Recognizer:
    """The component, with spaCy's scorer of names."""
    return Recognizer(model, nlp.vocab, name, scorer)
