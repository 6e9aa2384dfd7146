"""Lemmas of verbs, put right: "vot" of "voted" becomes "vote".

The trainable lemmatizer takes endings off as it has seen them taken off other words, and of verbs in -ed and -ing
that it does not know it makes "urg", "insiste" and "referr", of "drew" even "drow". What a regular form can come from
is little: its stem, the stem with an "e", or without a doubled consonant. Among these, words that have a vector come
first, then spelling decides. Irregular forms are looked up.
"""

from __future__ import annotations

import re
from functools import cache

from spacy.strings import get_string_id
from spacy.vocab import Vocab

from analystkit import lexicons

_PAST = frozenset({"VBD", "VBN"})
_TAGS = _PAST | {"VBG"}
#: Stems that lack an "e", whatever stands before: "argu", "struggl", "forc", "urg", "criticiz", "purchas", "captur".
_WITHOUT_E = re.compile(
    r"(?:[uvcz]|[^aeioulr]l|[dlnr]g|[^aeiousl]s|[aeiou]{2}s|ras|[^aeo][iu]r|[cs]ed|[^aeiou](?:ag|id|il|um|in|ib)|[^o]ok"
    r"|..[^aeo]at|[^aeiou]ut)$"
)
#: One vowel and one consonant: "hop" of "hoping", or it would be "hopping".
_SHORT = re.compile(r"(?:^|[^aeiou])[aeiou][bdfgklmnprst]$")
_DOUBLED = re.compile(r"([bdgklmnprt])\1$")
#: Doubled letters that are often the verb's own: "call", "pass", "sniff"; not "expell".
_OWN = re.compile(r"(?:ll|ss|ff|zz)$")
_VOWELS = re.compile(r"[aeiouy]+")


def of_verb(form: str, lemma: str, tag: str, vocab: Vocab) -> str:
    """The lemma, in lower case, of a verb with this form and tag, given what the lemmatizer says."""
    form, lemma = form.lower(), lemma.lower()
    if tag in _PAST and form in irregular():
        return irregular()[form]
    if tag in _TAGS and form[-2:] in {"ed", "ng"}:
        return of_regular(form, lemma, vocab)
    return lemma


@cache
def irregular() -> dict[str, str]:
    """The base of each irregular past tense and participle."""
    return {form: base for base, forms in lexicons.load("irregular").items() for form in forms.split()}


def of_regular(form: str, lemma: str, vocab: Vocab) -> str:
    """The lemma of a verb form in lower case, given what the lemmatizer says; that itself where it may be right."""
    options, sure = candidates(form)
    known = [option for option in options if get_string_id(option) in vocab.vectors.key2row]
    if known:
        return known[0]
    return options[0] if options and (sure or lemma not in options) else lemma


def candidates(form: str) -> tuple[list[str], bool]:
    """What a form in -ed or -ing can come from, the likeliest by its spelling first, and whether that is sure.

    Nothing for other forms.
    """
    if form.endswith("ied"):
        return ([form[:-1]] if len(form) == 4 else [form[:-3] + "y", form[:-1]]), True
    if form.endswith("ying") and len(form) == 5:
        return [form[0] + "ie"], True  # "dying"
    stem = form[: -len("ing")] if form.endswith("ing") else form[: -len("ed")] if form.endswith("ed") else ""
    syllables = len(_VOWELS.findall(stem))
    if not syllables or len(stem) < 2:
        return [], False
    if _OWN.search(stem) and not (syllables > 1 and stem.endswith("ell")):
        return [stem, stem[:-1]], False
    if _DOUBLED.search(stem) and len(stem) > 3:  # not "add"
        return [stem[:-1], stem], True
    if _WITHOUT_E.search(stem) or (syllables == 1 and _SHORT.search(stem)):
        return [stem + "e", stem], True
    return [stem, stem + "e"], False
