"""The shipped pipeline's recogniser of names: spaCy's, its names read off faster, with the same results.

spaCy takes one action a token (begin, in, last, unit, out) and asks of each of some sixty whether it is allowed. But
outside a name the state is the token alone, so that the actions of all tokens can be scored at once; and inside one
only two are allowed, going on and ending it. What remains to be done step by step is a few words long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ENT_IOB, IS_SPACE, SENT_START
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.pipeline.ner import DEFAULT_NER_MODEL  # type: ignore[import-not-found]  # compiled, without types
from spacy.tokens import Doc, Span
from thinc.api import Model, NumpyOps

Rows = NDArray[np.float32]
Mask = NDArray[np.bool_]
#: The names of a Doc: first token, token behind the last, label.
Names = list[tuple[int, int, str]]

#: Tokens that are scored at once.
_PIECE = 2000


class Recognizer(EntityRecognizer):  # type: ignore[misc]  # compiled, without types
    """`EntityRecognizer` with a faster :meth:`predict`. Trained, stored and scored as spaCy's.

    Docs in which names are marked already, and networks of another make than the shipped one's, go spaCy's way.
    """

    def predict(self, docs: Doc | Sequence[Doc]) -> list[Any]:
        """For each Doc its names, or spaCy's state where it was left to spaCy."""
        docs = [docs] if isinstance(docs, Doc) else list(docs)
        actions = _Actions.of(self)
        free = [bool(len(doc)) and not doc.to_array(ENT_IOB).any() for doc in docs]
        if actions is None or not any(free):
            return list(super().predict(docs))
        names = iter(actions.names([doc for doc, ours in zip(docs, free, strict=True) if ours]))
        others = [doc for doc, ours in zip(docs, free, strict=True) if not ours]
        states = iter(super().predict(others) if others else ())
        return [next(names if ours else states) for ours in free]

    def set_annotations(self, docs: Iterable[Doc], found: Iterable[Any]) -> None:
        """Write what :meth:`predict` gave into the Docs."""
        for doc, names in zip(docs, found, strict=True):
            if isinstance(names, list):
                doc.set_ents([Span(doc, start, end, label=label) for start, end, label in names])
            else:
                super().set_annotations([doc], [names])


@Language.factory(
    "analystkit_ner",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={
        "moves": None,
        "update_with_oracle_cut_size": 100,
        "model": DEFAULT_NER_MODEL,
        "incorrect_spans_key": None,
        "scorer": {"@scorers": "spacy.ner_scorer.v1"},
    },
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
)
def make_recognizer(
    nlp: Language,
    name: str,
    model: Model[Any, Any],
    moves: Any,
    update_with_oracle_cut_size: int,
    incorrect_spans_key: str | None,
    scorer: Callable[..., Any] | None,
) -> Recognizer:
    """The component, with the settings of spaCy's `ner`."""
    return Recognizer(
        nlp.vocab,
        model,
        name=name,
        moves=moves,
        update_with_oracle_cut_size=update_with_oracle_cut_size,
        incorrect_spans_key=incorrect_spans_key,
        scorer=scorer,
    )


class _Actions:
    """The network of a recogniser, and which of its scores belongs to which action.

    A state has three features: the next token, the first of the open name and the one before the next. Each has its
    own weights, and `pad` instead where it is lacking.
    """

    def __init__(self, model: Model[Any, Any], columns: dict[str, int], labels: list[str]) -> None:
        self.tokens, lower, upper = model.layers
        self.ops: Any = model.ops
        weights: Rows = np.asarray(lower.get_param("W"))  # (features, hidden, pieces, width)
        self.shape = weights.shape[1:3]
        self.features = weights.reshape(3, -1, weights.shape[3])
        self.bias: Rows = np.asarray(lower.get_param("b")).reshape(-1)
        self.pad: Rows = np.asarray(lower.get_param("pad")).reshape(3, -1)
        self.upper: Rows = np.asarray(upper.get_param("W"))
        self.upper_bias: Rows = np.asarray(upper.get_param("b"))
        self.labels = labels
        of = {action: np.array([columns[f"{action}-{label}"] for label in labels]) for action in "BILU"}
        self.begin, self.inside, self.last, self.unit = of["B"], of["I"], of["L"], of["U"]
        #: What each action begins: nothing (-1), or a name of the label with this number.
        self.label = np.full(len(self.upper), -1)
        for action in "BU":
            self.label[of[action]] = np.arange(len(labels))
        self.starts_longer = np.zeros(len(self.upper), dtype=bool)
        self.starts_longer[self.begin] = True
        #: Actions that are never allowed outside a name; "U-" is one, for tokens that are marked as no name.
        self.barred = np.ones(len(self.upper), dtype=bool)
        self.barred[[*self.begin, *self.unit, columns["O"]]] = False

    @classmethod
    def of(cls, recognizer: Recognizer) -> _Actions | None:
        """None if the network is not of the make that is known here."""
        model, moves = recognizer.model, recognizer.moves
        if not isinstance(model.ops, NumpyOps) or recognizer.cfg["beam_width"] != 1:
            return None
        if not model.attrs["has_upper"] or model.attrs["unseen_classes"] or model.layers[1].get_dim("nF") != 3:
            return None
        columns = {moves.get_class_name(number): number for number in range(moves.n_moves)}
        labels = sorted(name[2:] for name in columns if name.startswith("B-"))
        wanted = {f"{action}-{label}" for action in "BILU" for label in labels} | {"O"}
        return cls(model, columns, labels) if labels and wanted <= columns.keys() else None

    def names(self, docs: Sequence[Doc]) -> list[Names]:
        """The names of each Doc, none of which may be empty."""
        rows = np.ascontiguousarray(self.tokens.predict(docs))
        ends = np.cumsum([len(doc) for doc in docs])
        can_go_on = np.ones(len(rows), dtype=bool)
        starts_sentence = np.concatenate([doc.to_array(SENT_START) for doc in docs]) == 1
        can_go_on[:-1] = ~starts_sentence[1:]
        can_go_on[ends - 1] = False
        blank = np.concatenate([doc.to_array(IS_SPACE) for doc in docs]).astype(bool)
        nexts = self.ops.gemm(rows, self.features[0], trans2=True)
        actions = self._outside(nexts, can_go_on, blank)
        begins = np.flatnonzero(self.label[actions] >= 0)
        labels = self.label[actions[begins]]
        behind = begins + 1
        longer = np.flatnonzero(self.starts_longer[actions[begins]])
        behind[longer] = self._ends(rows, nexts, can_go_on, begins[longer], labels[longer])
        return self._in_turn(begins, behind, labels, ends)

    def _outside(self, nexts: Rows, can_go_on: Mask, blank: Mask) -> NDArray[np.intp]:
        """The best action at each token, if no name is open there."""
        best = np.empty(len(nexts), dtype=np.intp)
        for start in range(0, len(nexts), _PIECE):
            piece = slice(start, start + _PIECE)
            scores = self._scores(nexts[piece] + self.pad[1] + self.pad[2])
            scores[:, self.barred] = -np.inf
            scores[np.ix_(blank[piece], self.unit)] = -np.inf
            scores[np.ix_(blank[piece] | ~can_go_on[piece], self.begin)] = -np.inf
            best[piece] = scores.argmax(axis=1)
        return best

    def _ends(
        self, rows: Rows, nexts: Rows, can_go_on: Mask, begins: NDArray[np.intp], labels: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """The token behind the last of each name of two tokens or more."""
        behind = begins + 2
        firsts = self.ops.gemm(rows[begins], self.features[1], trans2=True)
        going = np.arange(len(begins))
        while len(going):
            at = behind[going] - 1
            before = self.ops.gemm(rows[at - 1], self.features[2], trans2=True)
            scores = self._scores(nexts[at] + firsts[going] + before)
            each = np.arange(len(going))
            inside, last = (scores[each, columns[labels[going]]] for columns in (self.inside, self.last))
            # of equal scores spaCy takes the action that was added first
            first = self.inside[labels[going]] < self.last[labels[going]]
            goes_on = can_go_on[at] & ((inside > last) | ((inside == last) & first))
            going = going[goes_on]
            behind[going] += 1
        return behind

    def _scores(self, features: Rows) -> Rows:
        """The scores (states, actions) of states, given the sums (states, hidden times pieces) of their features."""
        hidden = (features + self.bias).reshape(len(features), *self.shape).max(axis=2)
        scores: Rows = self.ops.gemm(hidden, self.upper, trans2=True) + self.upper_bias
        return scores

    def _in_turn(
        self, begins: NDArray[np.intp], behind: NDArray[np.intp], labels: NDArray[np.intp], ends: NDArray[np.intp]
    ) -> list[Names]:
        """Of the possible names those that are reached: a name that begins within another is none."""
        found: list[Names] = [[] for _ in ends]
        reached = doc = offset = 0
        for begin, end, label in zip(begins.tolist(), behind.tolist(), labels.tolist(), strict=True):
            if begin < reached:
                continue
            while begin >= ends[doc]:
                offset = int(ends[doc])
                doc += 1
            found[doc].append((begin - offset, end - offset, self.labels[label]))
            reached = end
        return found
