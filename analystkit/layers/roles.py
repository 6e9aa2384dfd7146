"""Who does what in a sentence: grammatical relations in one scheme, whichever parser found them.

All knowledge of dependency labels lives here. A Doc's parse is read once into a `Syntax`, in Universal
Dependencies; a parse in CLEAR, the scheme of spaCy's own English pipelines, is rewritten on the way. The
other modules ask the `Syntax` and never look at `token.dep_`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from copy import copy
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from spacy import attrs
from spacy.tokens import Doc

from analystkit.layers import untagged
from analystkit.layers.quotation import paragraphs

#: All that a `Syntax` is made of; the names first, then numbers.
_COLUMNS = (
    *(attrs.ORTH, attrs.LEMMA, attrs.TAG, attrs.POS, attrs.DEP, attrs.ENT_TYPE),
    *(attrs.SPACY, attrs.IS_PUNCT, attrs.HEAD, attrs.IDX, attrs.SENT_START),
)
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
Columns = npt.NDArray[np.uint64]
#: Labels that only CLEAR has; one of them in a parse tells the scheme.
_CLEAR_ONLY = frozenset(
    [
        "pobj",
        "dobj",
        "nsubjpass",
        "auxpass",
        "prep",
        "attr",
        "acomp",
        "pcomp",
        "npadvmod",
        "relcl",
        "poss",
        "csubjpass",
        "prt",
        "dative",
    ]
)
_CLEAR_TO_UD = {
    "dobj": "obj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dative": "iobj",
    "prt": "compound:prt",
    "poss": "nmod:poss",
    "neg": "advmod",
    "relcl": "acl:relcl",
    "oprd": "xcomp",
    "acomp": "xcomp",
    "attr": "xcomp",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "quantmod": "advmod",
    "intj": "discourse",
    "complm": "mark",
    "nn": "compound",
    "number": "nummod",
    "meta": "dep",
}
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "expl"})
_NOT = frozenset({"not", "n't", "n’t", "never", "no", "nt"})
#: Relations that end a name or description when they follow it: what they add tells more, it does not name.
_LOOSE = frozenset({"acl:relcl", "parataxis", "punct", "cc", "conj", "advcl", "list", "dep", "discourse", "case"})


class Syntax:
    """The words of a Doc with their relations in Universal Dependencies, as plain lists.

    All positions are token positions in the Doc. Without a parse every word heads itself and sentences are
    guessed from punctuation; `parsed` tells.

    Attributes:
        text: The text of the Doc.
        forms: The words as written.
        words: The forms, lowercased.
        capital: Whether the form begins with a capital.
        lemmas: The lemmas, lowercased. Where the pipeline has no lemmatizer, those of reporting words are guessed
            and the others are their forms.
        tags: Penn Treebank tags ("" without a tagger or a parser).
        pos: Universal parts of speech.
        guessed: There is a parse but no tagger: tags and parts of speech are guessed from the relations.
        entity: The labels of the recogniser's names that the words stand in, or "".
        heads: The position of the head; a root heads itself.
        deps: The relation to the head; "root" for roots.
        bases: The relations without their subtypes: nsubj for nsubj:pass.
        kids: The dependents, from left to right.
        sentence: The number of the sentence.
        sentences: Each sentence as [start, end).
        paragraph: The number of the paragraph.
        punctuation: Words that are signs and nothing more.
        space: White space.
        blank: White space, or furniture: nothing to be read there.
    """

    def __init__(self, doc: Doc, skip: Iterable[int] = (), columns: Columns | None = None) -> None:
        # Columns of numbers throughout: doc.text and doc.has_annotation would make an object of every token. What a
        # word alone tells is worked out once a form.
        columns, strings = _columns(doc) if columns is None else columns, doc.vocab.strings
        orth, lemma, tag, pos, dep, entity, spaces, punctuation, _, idx, set_starts = columns.T.tolist()
        shifts = columns[:, _COLUMNS.index(attrs.HEAD)].astype(np.int64)  # to the left: below zero
        words = set(orth)
        names = {key: strings[key] if key else "" for key in words.union(lemma, tag, pos, dep, entity)}
        lower = {key: name.lower() for key, name in names.items()}
        self.forms = forms = _all(names, orth)
        self.words = _all(lower, orth)
        self.capital = _all({key: names[key][:1].isupper() for key in words}, orth)
        self.space = _all({key: names[key].isspace() for key in words}, orth)
        self.entity, self.tags, self.pos = _all(names, entity), _all(names, tag), _all(names, pos)
        self.lemmas = [own or word for own, word in zip(_all(lower, lemma), self.words, strict=True)]
        self.deps = _all({key: "root" if names[key] == "ROOT" else names[key] for key in set(dep)}, dep)
        self.text = "".join([form + " " if space else form for form, space in zip(forms, spaces, strict=True)])
        self.parsed = any(self.deps)
        self.idx: list[int] = idx
        self.heads: list[int] = (np.arange(len(orth)) + shifts).tolist()
        self.punctuation = list(map(bool, punctuation))
        self._skip(skip)
        if self.parsed and not _CLEAR_ONLY.isdisjoint(self.deps):
            _to_universal(self)
        self.bases = _all({dep: dep.partition(":")[0] for dep in set(self.deps)}, self.deps)
        self.kids = _children(self.heads)
        self.guessed = self.parsed and not any(self.tags) and not any(self.pos)
        if self.guessed:
            pairs = untagged.tag(self.words, self.capital, self.deps, self.kids)
            self.pos, self.tags = [pos for pos, _ in pairs], [tag for _, tag in pairs]
        elif self.parsed and not any(self.pos):
            self.pos = [untagged.part_of_speech(*pair) for pair in zip(self.tags, self.deps, strict=True)]
        if self.parsed and not any(lemma):
            self.lemmas = [untagged.lemma(word) for word in self.words]
        self.paragraph = _paragraph_numbers(self.text, self.idx)
        starts = _sentence_starts(set_starts, self)
        self.sentences = list(zip(starts, [*starts[1:], len(self)], strict=True)) if starts else []
        self.sentence = [number for number, (start, end) in enumerate(self.sentences) for _ in range(start, end)]

    def _skip(self, skip: Iterable[int]) -> None:
        self.blank = self.space.copy()
        for i in skip:
            self.blank[i] = True

    def __len__(self) -> int:
        return len(self.words)

    def text_of(self, start: int, end: int) -> str:
        """The text of some words, [start, end), at least one, without the blank behind them."""
        first, last = self.offsets(start, end)
        return self.text[first:last]

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Where some words, [start, end), at least one, stand in the text, in code points."""
        return self.idx[start], self.idx[end - 1] + len(self.forms[end - 1])

    def words_at(self, start: int, end: int) -> tuple[int, int]:
        """The words, [first, last), that the code points [start, end) of the text fall into."""
        return max(bisect_right(self.idx, start) - 1, 0), bisect_left(self.idx, end)

    # -- the tree

    def base(self, i: int) -> str:
        """The relation of a word without its subtype: nsubj for nsubj:pass."""
        return self.bases[i]

    def subtree(self, i: int, without: Iterable[int] = ()) -> list[int]:
        """The word and everything below it, sorted, less the branches that are left out."""
        found, stack, leave = [], [i], set(without)
        while stack:
            at = stack.pop()
            found.append(at)
            stack += [kid for kid in self.kids[at] if kid not in leave]
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above a word, nearest first."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i

    def with_dep(self, i: int, *deps: str) -> list[int]:
        """The dependents in one of these relations, subtypes told apart."""
        return [kid for kid in self.kids[i] if self.deps[kid] in deps]

    # -- roles

    def is_verb(self, i: int) -> bool:
        """Whether the word is a verb by its tags."""
        return self.pos[i] in ("VERB", "AUX") or self.tags[i][:2] == "VB"

    def own_subject(self, i: int) -> int | None:
        """The subject written at the verb itself, active or passive; an expletive (it, there) counts.

        Of several, which only an odd parse has, the nearest: the last before the verb, or the first behind it.
        """
        found = self.with_dep(i, *_SUBJECTS)
        if not found:
            return None
        return found[0] if found[0] > i else found[-1]

    def subject(self, i: int) -> int | None:
        """The word that names who does it: the subject, also one that the verb shares or inherits.

        "She rose and said": she. "He went on to say": he. "They urged him to say": him. "a statement saying":
        statement. "Smiling, he said": he. None for a passive, whose doer is its agent.
        """
        for _ in range(6):  # chains are short; a bound guards against odd parses
            own = self.own_subject(i)
            if own is not None:
                return own
            head, base = self.heads[i], self.base(i)
            if base == "xcomp":
                person = self.with_dep(head, "obj", "iobj")
                if person and person[0] < i:
                    return person[0]
            elif self.deps[i] in ("acl", "acl:relcl") and self.tags[i] != "VBN":
                return head
            elif base not in ("conj", "advcl", "ccomp", "parataxis") or head == i:
                return None
            i = head
        return None

    def is_passive(self, i: int) -> bool:
        """Whether the verb stands in the passive."""
        return any(self.deps[kid] in ("nsubj:pass", "aux:pass", "csubj:pass", "obl:agent") for kid in self.kids[i])

    def agent(self, i: int) -> int | None:
        """Who does it in a passive: "was told by aides"."""
        found = self.with_dep(i, "obl:agent") or [k for k in self.with_dep(i, "obl") if self.has_case(k, "by")]
        return found[0] if found and self.has_case(found[0], "by") else None

    def has_case(self, i: int, *prepositions: str) -> bool:
        """Whether the word stands behind one of these prepositions."""
        return any(self.words[kid] in prepositions for kid in self.kids[i] if self.base(kid) in ("case", "mark"))

    def has_mark(self, i: int, *marks: str) -> bool:
        """Whether one of these words opens the clause: to, that, if."""
        return any(self.words[kid] in marks for kid in self.kids[i] if self.base(kid) == "mark")

    def obliques(self, i: int, *prepositions: str) -> list[int]:
        """What stands with a word behind one of these prepositions."""
        return [kid for kid in self.kids[i] if self.base(kid) in ("obl", "nmod") and self.has_case(kid, *prepositions)]

    def owner(self, i: int) -> int | None:
        """Whose it is: "Peskov's" claim, "his" view, the claim "of" the ministry."""
        found = self.with_dep(i, "nmod:poss") or self.obliques(i, "of", "by", "from")
        return found[0] if found else None

    def complements(self, i: int) -> list[int]:
        """The clauses that complete a verb or noun: that-clauses, direct speech, infinitives."""
        wanted = ("ccomp", "xcomp") if self.is_verb(i) else ("ccomp", "acl")
        return [kid for kid in self.kids[i] if self.base(kid) in wanted and self.deps[kid] != "acl:relcl"]

    def conjuncts(self, i: int) -> list[int]:
        """The words coordinated with this one as the first."""
        return self.with_dep(i, "conj")

    def is_negated(self, i: int) -> bool:
        """Whether a negation stands at the word: did not say, never said."""
        return any(self.words[kid] in _NOT for kid in self.kids[i])

    def verb_group(self, i: int) -> list[int]:
        """The verb with its auxiliaries, negation and particles: "has not yet said"."""
        group = [k for k in self.kids[i] if self.base(k) in ("aux", "cop") or self.deps[k] == "compound:prt"]
        group += [k for k in self.kids[i] if self.words[k] in _NOT - {"no"}]
        return sorted([*group, i])

    def noun_phrase(self, i: int) -> list[int]:
        """The words that name somebody, around their head: with titles and modifiers, without asides.

        Coordinated names belong to it; relative clauses, remarks and whatever follows a comma do not.
        """
        keep = [i]
        for kid in self.kids[i]:
            if self.base(kid) in ("cc", "conj") or (
                kid < i and self.deps[kid] not in ("punct", "case", "mark", "parataxis")
            ):
                keep += self.subtree(
                    kid, [k for k in self.kids[kid] if self.deps[k] in _LOOSE - {"conj", "cc", "case"}]
                )
            elif kid > i and self.deps[kid] not in _LOOSE:
                keep += self.subtree(kid)
        words = sorted(set(keep))
        for position, at in enumerate(words):
            if at > i and self.words[at - 1] in (",", "(", "—", "--") and at - 1 not in words:
                coordinated = any(self.base(k) == "conj" and k >= at for k in self.kids[i])
                if not coordinated:
                    return words[:position]
        return words


_last: tuple[bytes, Syntax] | None = None


def syntax_of(doc: Doc, skip: Iterable[int] = ()) -> Syntax:
    """The `Syntax` of a Doc, for reading only.

    The layers ask for it one after the other. The one made last is handed out again to whoever asks for a Doc with
    the same columns, which hold all that it is made of; so it is never out of date, and comparing is cheap.
    """
    global _last
    columns, last = _columns(doc), _last
    key = columns.tobytes()
    if last is None or last[0] != key:
        _last = last = key, Syntax(doc, columns=columns)
    made = copy(last[1])
    made._skip(skip)
    return made


def _columns(doc: Doc) -> Columns:
    """All attributes of all tokens, (tokens, attributes); spaCy hands out negative numbers as huge ones."""
    return np.asarray(doc.to_array(list(_COLUMNS)), dtype=np.uint64)


def _all(values: dict[_Key, _Value], keys: list[_Key]) -> list[_Value]:
    """The value of each key."""
    return list(map(values.__getitem__, keys))


def _children(heads: list[int]) -> list[list[int]]:
    kids: list[list[int]] = [[] for _ in heads]
    for i, head in enumerate(heads):
        if head != i:
            kids[head].append(i)
    return kids


def _paragraph_numbers(text: str, idx: list[int]) -> list[int]:
    starts = [start for start, _ in paragraphs(text)]
    numbers: list[int] = np.maximum(np.searchsorted(starts, idx, side="right") - 1, 0).tolist()
    return numbers


def _sentence_starts(values: list[int], syntax: Syntax) -> list[int]:
    """Where sentences start: as the pipeline says (1), and at every paragraph."""
    size = len(values)
    if not size:
        return []
    starts = {i for i, value in enumerate(values) if value == 1}
    if len(starts) < 2 and not syntax.parsed:
        ends = [i for i, word in enumerate(syntax.words) if word in (".", "!", "?")]
        starts = {i + 1 for i in ends if i + 1 < size and syntax.words[i + 1] not in ('"', "”", "''", "’")}
    # White space closes the sentence before it: a sentence starts with a word.
    moved = set()
    for start in starts:
        while start < size and syntax.space[start]:
            start += 1
        moved.add(start)
    paragraph = syntax.paragraph
    borders = {i for i in range(1, size) if paragraph[i] != paragraph[i - 1]}
    return sorted((moved | borders | {0}) - {size})


# -- CLEAR to Universal Dependencies


def _to_universal(syntax: Syntax) -> None:
    """Rewrite a CLEAR parse in place: the differences that matter to who does what."""
    heads, deps, tags = syntax.heads, syntax.deps, syntax.tags
    verbal = [tag[:2] in ("VB", "MD", "JJ", "RB") for tag in tags]
    kids = _children(heads)
    _lift_objects(syntax, kids, verbal)
    for i, dep in enumerate(deps):
        if dep == "npadvmod":
            deps[i] = "obl:unmarked" if verbal[heads[i]] else "nmod:unmarked"
    kids = _children(heads)
    for i in range(len(heads)):
        if syntax.lemmas[i] == "be" or syntax.words[i] in ("is", "was", "are", "were", "be", "been", "'s"):
            _lower_copula(syntax, kids, i)
    for i, dep in enumerate(deps):
        while dep == "conj" and deps[heads[i]] == "conj" and heads[heads[i]] != heads[i]:
            heads[i] = heads[heads[i]]  # UD hangs every conjunct on the first
        deps[i] = _CLEAR_TO_UD.get(dep, dep)


def _lift_objects(syntax: Syntax, kids: list[list[int]], verbal: list[bool]) -> None:
    """CLEAR hangs a noun on its preposition, UD the preposition on the noun."""
    heads, deps = syntax.heads, syntax.deps
    for prep in sorted(range(len(heads)), key=lambda i: -_depth(heads, i)):
        if deps[prep] not in ("prep", "agent", "dative"):
            continue
        label = deps[prep]
        objects = [k for k in kids[prep] if deps[k] in ("pobj", "pcomp", "lifted")]
        if not objects:
            continue
        noun, head = objects[0], heads[prep]
        clause = deps[noun] == "pcomp"
        inner = deps[head] in ("prep", "agent")  # "according to TASS": to hangs on according
        heads[noun] = head
        kids[head].append(noun)
        heads[prep] = noun
        if clause:
            deps[noun], deps[prep] = ("advcl" if verbal[head] else "acl"), "mark"
        else:
            nominal = "obl:agent" if label == "agent" else "obl" if verbal[head] else "nmod"
            deps[noun], deps[prep] = ("lifted" if inner else nominal), "case"


def _lower_copula(syntax: Syntax, kids: list[list[int]], verb: int) -> None:
    """CLEAR makes "be" the head of its predicate, UD the predicate the head of "be"."""
    heads, deps = syntax.heads, syntax.deps
    found = [kid for kid in kids[verb] if deps[kid] in ("attr", "acomp")]
    if not found:
        return
    predicate = found[0]
    head, dep = heads[verb], deps[verb]
    root = head == verb
    for kid in kids[verb]:
        if kid != predicate:
            heads[kid] = predicate
            kids[predicate].append(kid)
    heads[predicate], deps[predicate] = (predicate if root else head), dep
    heads[verb], deps[verb] = predicate, "cop"
    if not root:
        kids[head] = [predicate if kid == verb else kid for kid in kids[head]]


def _depth(heads: list[int], i: int) -> int:
    depth = 0
    while heads[i] != i and depth <= len(heads):
        i, depth = heads[i], depth + 1
    return depth
