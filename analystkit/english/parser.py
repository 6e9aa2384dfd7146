"""The shipped pipeline's parser: scores for every pair of words of a sentence, and the best tree of them.

The deep biaffine parser of Dozat and Manning (2017), made small: sentence borders from each token vector; scores of
heads from two projections of the token vectors, and from how far the head is; the label from both words once the tree
is known. All of a text is scored in a few matrix products, where spaCy's parser takes one step a word.

It learns in PyTorch (`training/student.py`), and gets its weights from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, IS_SPACE, ORTH, SENT_START, SPACY
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry
from thinc.api import Model

from analystkit.blas import one_thread
from analystkit.english.attention import linear
from analystkit.english.trees import NEVER, best_tree

Rows = NDArray[np.float32]
Indices = NDArray[np.intp]
Mask = NDArray[np.bool_]
#: Of a Doc: the head of each token, as a position in the Doc (its own for a root), and the number of its label.
Tree = tuple[Indices, Indices]

#: Distances between a word and its head, in words, from `-FAR` to `FAR`; all that are longer count as the longest.
FAR = 20
#: Longest sentence, in tokens: scores are kept for all pairs. A longer one is cut where a border is likeliest.
LONGEST = 250
_CURLY, _STRAIGHT = ("“", "‘", "„", "«", "``"), ('"', "'", "''")
#: Tokens whose projections are held at a time.
_PIECE = 2000


def shapes(width: int, arc: int, rel: int, labels: int) -> dict[str, tuple[int, ...]]:
    """The parser's weights and their shapes, for token vectors of `width`, and projections of `arc` and `rel`."""
    return {
        "start": (2, width), "start_b": (2,),  # does a sentence start here: no, yes
        "child": (arc, width), "child_b": (arc,), "head": (arc, width), "head_b": (arc,),
        "pair": (arc, arc), "pair_b": (arc,),  # child to what its head should be like
        "liked": (arc,),  # heads that have many children
        "far": (2 * FAR + 1, width), "far_b": (2 * FAR + 1,),
        "root": (width,), "root_b": (1,),
        "label_child": (rel, width), "label_child_b": (rel,), "label_head": (rel, width), "label_root": (rel,),
        "label_far": (2 * FAR + 1, rel), "label": (labels, rel), "label_b": (labels,),
    }  # fmt: skip


@registry.architectures("analystkit.Trees.v1")  # type: ignore[untyped-decorator]
def tree_model(tok2vec: Model[Any, Any], arc: int, rel: int, nO: int | None = None) -> Model[Any, Any]:  # noqa: N803
    """A network from Docs to a `Tree` each.

    Args:
        tok2vec: Gives token vectors, list of Doc to list of (tokens, width).
        arc: Width of what heads are scored by.
        rel: Width of what labels are scored by.
        nO: Number of labels.
    """
    return Model(
        "trees",
        _forward,
        init=_init,
        layers=[tok2vec],
        dims={"nO": nO, "arc": arc, "rel": rel},
        params=dict.fromkeys(shapes(0, 0, 0, 0)),
        refs={"tok2vec": tok2vec},
    )


def _init(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:  # noqa: N803
    tok2vec = model.get_ref("tok2vec")
    tok2vec.initialize(X)
    sizes = shapes(tok2vec.get_dim("nO"), *(model.get_dim(name) for name in ("arc", "rel", "nO")))
    for name, shape in sizes.items():
        model.set_param(name, model.ops.alloc(shape))


def _forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Tree], Callable[..., Any]]:
    if is_train:
        _fixed(docs)
    vectors = model.get_ref("tok2vec").predict(docs)
    weights = {name: np.asarray(model.get_param(name)) for name in model.param_names}
    with one_thread():
        trees = [_tree(model.ops, weights, doc, np.asarray(rows)) for doc, rows in zip(docs, vectors, strict=True)]
    return trees, _fixed


def _fixed(_: Any) -> Any:
    raise RuntimeError("The parser learns in PyTorch (training/student.py), not through spaCy.")


def _tree(ops: Any, weights: dict[str, Rows], doc: Doc, rows: Rows) -> Tree:
    """The trees of a Doc's sentences."""
    blank = doc.to_array(IS_SPACE).astype(bool)
    words = np.flatnonzero(~blank)
    heads, labels = np.arange(len(doc)), np.full(len(doc), -1)
    given = doc.to_array(SENT_START).astype(np.int64)
    opening = opening_marks(doc)
    for piece in _pieces(_sentences(ops, weights, rows[words], given[words], opening[words])):
        at = slice(piece[0], piece[-1])
        found, named = _Piece(ops, weights, rows[words[at]], piece - piece[0]).trees()
        heads[words[at]], labels[words[at]] = words[at][found], named
    if len(words):
        _hang_blanks(heads, blank, int(words[0]))
    return heads, labels


def _hang_blanks(heads: Indices, blank: Mask, first: int) -> None:
    """Blanks hang from the word before them; those before all words, from the first."""
    before = np.maximum.accumulate(np.where(blank, first, np.arange(len(blank))))
    heads[blank] = before[blank]


def opening_marks(doc: Doc) -> Mask:
    """Which tokens (n,) are quotation marks that open: curly ones, or any with a blank before and none behind."""
    table = doc.to_array([ORTH, SPACY, IS_SPACE])
    blank_before = np.ones(len(doc), dtype=bool)
    blank_before[1:] = table[:-1, 1:].any(axis=1)
    strings = doc.vocab.strings
    curly, straight = (np.isin(table[:, 0], [strings[mark] for mark in marks]) for marks in (_CURLY, _STRAIGHT))
    opens: Mask = curly | (straight & blank_before & (table[:, 1] == 0))
    return opens


def _with_mark(likely: Rows, opening: Mask) -> None:
    """A sentence starts with the mark that opens it: what speaks for the word behind speaks for the mark.

    Texts to learn from are not of one mind; a border that half of them would set before the mark, and half behind
    it, would not be set at all.
    """
    marks = np.flatnonzero(opening[:-1])
    chance = 1 / (1 + np.exp(-likely))
    either = np.clip(chance[marks] + chance[marks + 1], 1e-6, 1 - 1e-6)
    likely[marks], likely[marks + 1] = np.log(either / (1 - either)), NEVER


def _sentences(ops: Any, weights: dict[str, Rows], rows: Rows, given: NDArray[np.int64], opening: Mask) -> Indices:
    """Where the sentences of some words start, and behind them the number of words.

    `given`: 1 where a border is set already, -1 where none may be.
    """
    if not len(rows):
        return np.zeros(1, dtype=np.intp)
    scores = linear(ops, weights, rows, "start")
    likely = scores[:, 1] - scores[:, 0]
    _with_mark(likely, opening)
    likely[given > 0], likely[given < 0] = -NEVER, NEVER
    likely[0] = -NEVER
    borders = [*np.flatnonzero(likely > 0), len(rows)]
    found = [start for first, last in pairwise(borders) for start in _cut(likely, int(first), int(last))]
    return np.array([*found, len(rows)])


def _cut(likely: Rows, first: int, last: int) -> Iterator[int]:
    """The starts of the parts, each at most `LONGEST` long, of the sentence from `first` to before `last`."""
    if last - first <= LONGEST:
        yield first
        return
    quarter = (last - first) // 4
    middle = first + quarter + int(likely[first + quarter : last - quarter].argmax())
    yield from _cut(likely, first, middle)
    yield from _cut(likely, middle, last)


def _pieces(borders: Indices) -> Iterator[Indices]:
    """Borders of sentences in groups of about `_PIECE` words; each group begins where the one before ends."""
    start = 0
    for end in range(1, len(borders)):
        if end == len(borders) - 1 or borders[end + 1] - borders[start] > _PIECE:
            yield borders[start : end + 1]
            start = end


class _Piece:
    """Some sentences' words, scored."""

    def __init__(self, ops: Any, weights: dict[str, Rows], rows: Rows, borders: Indices) -> None:
        self.ops, self.weights, self.borders = ops, weights, borders
        self.rows = rows
        child, head = (np.maximum(self._linear(self.rows, name), 0) for name in ("child", "head"))
        self.wanted = self._linear(child, "pair")
        self.head = head
        self.liked = head @ weights["liked"]
        self.far = self._linear(self.rows, "far")
        self.root = self.rows @ weights["root"] + weights["root_b"]

    def _linear(self, rows: Rows, name: str) -> Rows:
        return linear(self.ops, self.weights, rows, name)

    def _sentences(self) -> Iterator[slice]:
        return (slice(int(first), int(last)) for first, last in pairwise(self.borders))

    def trees(self) -> Tree:
        """Heads (a root's is itself) and labels of all words."""
        heads = np.concatenate([self._heads(own) for own in self._sentences()])
        return heads, self._labels(heads)

    def _heads(self, own: slice) -> Indices:
        count = own.stop - own.start
        scores = np.empty((count, count + 1), dtype=np.float32)
        scores[:, 0] = self.root[own]
        scores[:, 1:] = self.wanted[own] @ self.head[own].T
        scores[:, 1:] += self.liked[own]
        scores[:, 1:] += np.take_along_axis(self.far[own], _far(count), axis=1)
        found = best_tree(scores) - 1
        roots = found < 0
        found[roots] = np.flatnonzero(roots)
        heads: Indices = found + own.start
        return heads

    def _labels(self, heads: Indices) -> Indices:
        places = np.arange(len(heads))
        roots = heads == places
        above = self.ops.gemm(self.rows, self.weights["label_head"], trans2=True)[heads]
        above[roots] = self.weights["label_root"]
        far = self.weights["label_far"][np.clip(heads - places, -FAR, FAR) + FAR]
        hidden = np.maximum(self._linear(self.rows, "label_child") + above + far, 0)
        named: Indices = self._linear(hidden, "label").argmax(axis=1)
        return named


_ALL_FAR: Indices = np.clip(np.arange(LONGEST)[None] - np.arange(LONGEST)[:, None], -FAR, FAR) + FAR


def _far(count: int) -> Indices:
    """Of every pair of words of a sentence, how far the second is from the first, as a row of the weights."""
    return _ALL_FAR[:count, :count]


class Parser(TrainablePipe):  # type: ignore[misc]  # compiled, without types
    """The component: sets `token.head`, `token.dep` and sentence borders. Borders that are set already stay."""

    def __init__(self, model: Model[Any, Any], vocab: Any, name: str, scorer: Callable[..., Any] | None) -> None:
        self.vocab, self.model, self.name, self.scorer = vocab, model, name, scorer
        self.cfg: dict[str, Any] = {"labels": []}

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of dependencies, in the order of the network's."""
        return tuple(self.cfg["labels"])

    def initialize(
        self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language | None = None, labels: Any = None
    ) -> None:
        """Read the labels from examples, or take those given, and make weights (of zeros)."""
        examples = list(get_examples())
        seen = {token.dep_: None for example in examples for token in example.reference if token.dep_}
        self.cfg["labels"] = list(labels or sorted(seen))
        self.model.set_dim("nO", len(self.cfg["labels"]))
        self.model.initialize(X=[example.reference for example in examples[:10]])

    def predict(self, docs: Iterable[Doc]) -> list[Tree]:
        """The trees of each Doc."""
        found: list[Tree] = self.model.predict([*docs])
        return found

    def set_annotations(self, docs: Iterable[Doc], found: Iterable[Tree]) -> None:
        """Write trees into Docs."""
        names = [self.vocab.strings.add(label) for label in self.cfg["labels"]]
        numbers = np.array([*names, self.vocab.strings.add("dep")], dtype=np.uint64)  # -1, a blank's: "dep"
        for doc, (heads, labels) in zip(docs, found, strict=True):
            if len(doc):
                away = (heads - np.arange(len(heads))).astype(np.int64).view(np.uint64)
                table: Any = np.stack([away, numbers[labels]], axis=1)
                doc.from_array([HEAD, DEP], table)


@Language.factory(
    "analystkit_parser",
    assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"],
    default_config={"scorer": {"@scorers": "spacy.parser_scorer.v1"}},
    default_score_weights={"dep_uas": 0.5, "dep_las": 0.5, "sents_f": 0.0},
)
def make_parser(nlp: Language, name: str, model: Model[Any, Any], scorer: Callable[..., Any] | None) -> Parser:
    """The component, with spaCy's scorer of trees."""
    return Parser(model, nlp.vocab, name, scorer)
