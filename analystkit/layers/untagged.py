"""Parts of speech and lemmas where a pipeline has a parser but no tagger or lemmatizer.

Guessed from the relations, the endings and the reporting words: enough to tell who says what, not to replace a
tagger.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from analystkit import lexicons

_BY_RELATION = {
    "det": "DET", "case": "ADP", "prep": "ADP", "aux": "AUX", "aux:pass": "AUX", "cop": "AUX", "cc": "CCONJ",
    "mark": "SCONJ", "nummod": "NUM", "amod": "ADJ", "advmod": "ADV", "punct": "PUNCT", "expl": "PRON",
}  # fmt: skip
_PRONOUNS = frozenset(
    "i you he she it we they me him her us them who whom which himself herself itself themselves".split()
)
_CLAUSES = frozenset({"root", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj"})
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "ccomp", "xcomp", "aux", "aux:pass", "obl", "advcl", "csubj"})
_IRREGULAR = dict(
    pair.split(":")
    for pair in """
said:say told:tell wrote:write written:write thought:think knew:know known:know felt:feel found:find held:hold
read:read saw:see seen:see heard:hear swore:swear sworn:swear foretold:foretell forecast:forecast put:put meant:mean
understood:understand shown:show gave:give spoke:speak denied:deny replied:reply testified:testify cried:cry
""".split()
)


@cache
def _reporting() -> frozenset[str]:
    table = lexicons.load("reporting")
    verbs = {verb for part in table.values() if "takes" in part for verb in part["verbs"].split()}
    return frozenset(verbs | {noun for nouns in table["nouns"].values() for noun in nouns.split()})


def lemma(word: str) -> str:
    """The base form of a reporting word, by its ending; any other word as it is. Lower case."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    known = _reporting()
    for ending, instead in (("", ""), ("s", ""), ("es", ""), ("ies", "y"), ("d", ""), ("ed", ""), ("ied", "y")):
        if word.endswith(ending) and word[: len(word) - len(ending)] + instead in known:
            return word[: len(word) - len(ending)] + instead
    stem = re.sub(r"(?:ed|ing)$", "", word)
    for base in (stem, stem + "e", stem[:-1]):
        if stem != word and base in known:
            return base
    return word


def tag(
    words: Sequence[str], capital: Sequence[bool], deps: Sequence[str], kids: Sequence[Sequence[int]]
) -> list[tuple[str, str]]:
    """The universal part of speech and the Penn tag of each word, as far as its relations tell.

    Args:
        words: The forms, lower case.
        capital: Whether each begins with a capital.
        deps: Their relations, in Universal Dependencies.
        kids: Their dependents.
    """
    return [_tag(i, words, capital, deps, kids) for i in range(len(words))]


_BY_TAG = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "RB": "ADV", "VB": "VERB", "MD": "AUX",
    "IN": "ADP", "TO": "PART", "PO": "PART", "DT": "DET", "PD": "DET", "WD": "PRON", "WP": "PRON", "PR": "PRON",
    "EX": "PRON", "CC": "CCONJ", "CD": "NUM", "WR": "ADV", "RP": "ADP", "UH": "INTJ", "_S": "SPACE",
}  # fmt: skip


def part_of_speech(penn: str, dep: str) -> str:
    """The universal part of speech for a Penn tag; the relation tells auxiliaries and "that" apart."""
    if penn[:2] == "VB" and (dep.startswith("aux") or dep == "cop"):
        return "AUX"
    if penn == "IN" and dep == "mark":
        return "SCONJ"
    if penn == "PRP$":
        return "PRON"
    if not penn[:1].isalpha() and penn != "_SP":
        return "PUNCT"
    return _BY_TAG.get(penn) or _BY_TAG.get(penn[:2], "X")


def _tag(
    i: int, words: Sequence[str], capital: Sequence[bool], deps: Sequence[str], kids: Sequence[Sequence[int]]
) -> tuple[str, str]:
    word, dep = words[i], deps[i]
    if word.isspace():
        return "SPACE", "_SP"
    if not any(letter.isalnum() for letter in word):
        return "PUNCT", word
    if word in _PRONOUNS:
        return "PRON", "WP" if word.startswith("wh") else "PRP"
    if word == "to" and dep == "mark":
        return "PART", "TO"
    pos = _BY_RELATION.get(dep)
    if pos is not None:
        return pos, ""
    below = {deps[kid] for kid in kids[i]}
    named = bool(below & {"det", "case", "nmod:poss", "amod", "flat"})
    conjoined = dep == "conj" and not capital[i]
    clause = (dep in _CLAUSES or conjoined) and "cop" not in below
    if clause and not named and (below & _ARGUMENTS or lemma(word) in _reporting()):
        return "VERB", _verb_tag(word, below)
    if capital[i] and i and words[i - 1] not in (".", "!", "?", "“", '"'):
        return "PROPN", "NNP"
    return "NOUN", "NNS" if word.endswith("s") and not word.endswith("ss") else "NN"


def _verb_tag(word: str, below: set[str]) -> str:
    if word.endswith("ing"):
        return "VBG"
    if word.endswith("ed") or word in _IRREGULAR:
        return "VBN" if below & {"aux:pass", "nsubj:pass"} else "VBD"
    return "VBZ" if word.endswith("s") else "VB"
