"""English words as the Universal Dependencies cut them, on which the shipped pipeline has learnt.

spaCy's English tokenizer with other habits where the treebanks (EWT, GUM) have others: a prefix stays with its word
("pre-war", "e-mail", where spaCy makes three words of each), a run of one sign is one token ("!!", "====="), and
so are a hashtag, a telephone number and abbreviations such as "Lt.". Some of spaCy's own exceptions read
newspapers wrongly and are left out: "(8)" is no smiley, and "wed" is not "we'd".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import spacy
from spacy.attrs import NORM, ORTH
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, HYPHENS
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without types
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

if TYPE_CHECKING:
    from spacy.language import Language

#: What stays with a word in small letters behind a hyphen. Before a capital letter the hyphen parts them; and "anti",
#: "pro", "non", "co", "ex" and "vice" are always words of their own here, unlike in the treebanks: what follows them is
#: what somebody is for or against ("anti|-|war"), or an office ("ex|-|mayor"), and is looked up.
PREFIXES: Final = (
    "bi counter cross e extra hyper inter intra macro mega micro mid mini mis multi over post pre pseudo re semi "
    "socio sub super trans ultra un uni"
).split()
#: Written with a full stop of their own.
ABBREVIATIONS: Final = (
    "al. approx. Capt. Cmdr. Col. Ft. Lt. Maj. Sgt. Tue. Tues. Wed. Thu. Thur. Thurs. Fri. Sat.".split()
)
#: Smileys that are brackets and numbers in a newspaper, contractions that are words, and "and/or", which is three.
UNFIT: Final = "8) 8-) 8D 8-D ): )-: (8 wed Wed and/or And/Or".split()

_RUNS: Final = r"[!?]{2,} <{2,} >{2,} ={2,} \*{2,} _{2,} \${2,}".split()
#: Telephone numbers, and decades ("the 1980's").
_WHOLE: Final = re.compile(r"(?:(?:\+?\d{1,3}-)?(?:\d{3}-)?\d{3}-\d{4}|(?:\d\d)?\d0['’]s)$")
_HOUR: Final = r"(?<=\d:\d\d)[AaPp]\.?[Mm]\.?"


@registry.tokenizers("analystkit.Tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """Makes the tokenizer of an English pipeline; for `[nlp.tokenizer]` of a configuration."""
    return _tokenizer


def blank() -> Language:
    """An English pipeline without components, with this tokenizer."""
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "analystkit.Tokenizer.v1"}}})


def _tokenizer(nlp: Language) -> Tokenizer:
    defaults: Any = nlp.Defaults
    prefixes = [*_RUNS, *(r"#(?![^\W\d_])" if piece == "#" else piece for piece in defaults.prefixes)]
    suffixes = [*_RUNS, _HOUR, *defaults.suffixes]
    infixes = [_hyphen() if piece == _SPLIT_AT_HYPHENS else piece for piece in defaults.infixes]
    infixes.append(r"(?<=\d)–(?=\d)")  # "8|–|10"
    infixes.append(rf"(?<=[{ALPHA_UPPER}]\.)-(?=[{ALPHA_LOWER}])")  # "U.S.-|led"
    rules = {text: tokens for text, tokens in defaults.tokenizer_exceptions.items() if text not in UNFIT}
    rules |= {f"{first}{last}": [{ORTH: first}, {ORTH: last}] for first, last in (("wan", "na"), ("out", "ta"))}
    rules |= {text: [{ORTH: text, NORM: text.lower()}] for text in ABBREVIATIONS}
    return Tokenizer(
        nlp.vocab,
        rules=rules,
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=_WHOLE.match,
        url_match=defaults.url_match,
    )


#: spaCy's rule for hyphens and dashes between letters.
_SPLIT_AT_HYPHENS: Final = rf"(?<=[{ALPHA}0-9])(?:{HYPHENS})(?=[{ALPHA}])"


def _hyphen() -> str:
    """The same, but for a hyphen between a prefix and a small letter."""
    behind_prefix = "".join(rf"(?<!\b[{prefix[0].upper()}{prefix[0]}]{prefix[1:]})" for prefix in PREFIXES)
    return rf"(?<=[{ALPHA}0-9])(?:(?!-[{ALPHA_LOWER}])|{behind_prefix})(?:{HYPHENS})(?=[{ALPHA}])"
