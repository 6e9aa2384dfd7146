"""Parsed Docs made by hand: one line a word, "form lemma tag pos relation head", heads counted from 1."""

from spacy.tokens import Doc
from spacy.vocab import Vocab

_NO_SPACE_BEFORE = frozenset({",", ".", "”", ":", "'s", "’s", "n't", "-"})
_NO_SPACE_BEHIND = frozenset({"“", "-"})


def parsed(table: str, vocab: Vocab | None = None) -> Doc:
    """A Doc from a table; an empty line starts a new paragraph.

    Args:
        table: One word a line.
        vocab: Shared with other Docs where given.
    """
    rows = [line.split() for line in table.strip().splitlines()]
    places = [i for i, row in enumerate(rows) if row]  # heads count words, not the blanks between paragraphs
    words, spaces, heads = [], [], []
    for i, row in enumerate(rows):
        following = rows[i + 1][0] if i + 1 < len(rows) and rows[i + 1] else ""
        words.append(row[0] if row else "\n\n")
        spaces.append(bool(row and following) and row[0] not in _NO_SPACE_BEHIND and following not in _NO_SPACE_BEFORE)
        heads.append(i - 1 if not row else i if row[5] == "0" else places[int(row[5]) - 1])
    blank = ["\n\n", "\n\n", "_SP", "SPACE", "dep", ""]
    columns = list(zip(*(row or blank for row in rows), strict=True))
    return Doc(
        vocab or Vocab(),
        words=words,
        spaces=spaces,
        lemmas=list(columns[1]),
        tags=list(columns[2]),
        pos=list(columns[3]),
        deps=list(columns[4]),
        heads=heads,
    )


def words(doc: Doc, positions: list[int]) -> str:
    """The words at some positions."""
    return " ".join(doc[i].text for i in positions)


REPORTED = {
    "UD": """
        Kirby Kirby NNP PROPN nsubj 2
        said say VBD VERB ROOT 0
        that that IN SCONJ mark 5
        Putin Putin NNP PROPN nsubj 5
        wants want VBZ VERB ccomp 2
        peace peace NN NOUN obj 5
        . . . PUNCT punct 2
    """,
    "CLEAR": """
        Kirby Kirby NNP PROPN nsubj 2
        said say VBD VERB ROOT 0
        that that IN SCONJ mark 5
        Putin Putin NNP PROPN nsubj 5
        wants want VBZ VERB ccomp 2
        peace peace NN NOUN dobj 5
        . . . PUNCT punct 2
    """,
}

QUOTED = {
    "UD": """
        “ “ `` PUNCT punct 3
        We we PRP PRON nsubj 3
        agree agree VBP VERB ccomp 7
        , , , PUNCT punct 3
        ” ” '' PUNCT punct 3
        Kirby Kirby NNP PROPN nsubj 7
        told tell VBD VERB ROOT 0
        reporters reporter NNS NOUN iobj 7
        . . . PUNCT punct 7
        “ “ `` PUNCT punct 12
        Nobody nobody NN PRON nsubj 12
        objects object VBZ VERB ROOT 0
        . . . PUNCT punct 12
        ” ” '' PUNCT punct 12
    """,
    "CLEAR": """
        “ “ `` PUNCT punct 3
        We we PRP PRON nsubj 3
        agree agree VBP VERB ccomp 7
        , , , PUNCT punct 7
        ” ” '' PUNCT punct 7
        Kirby Kirby NNP PROPN nsubj 7
        told tell VBD VERB ROOT 0
        reporters reporter NNS NOUN dobj 7
        . . . PUNCT punct 7
        “ “ `` PUNCT punct 12
        Nobody nobody NN PRON nsubj 12
        objects object VBZ VERB ROOT 0
        . . . PUNCT punct 12
        ” ” '' PUNCT punct 12
    """,
}

ACCORDING = {
    "UD": """
        Peskov Peskov NNP PROPN nsubj 2
        said say VBD VERB ROOT 0
        the the DT DET det 4
        visit visit NN NOUN nsubj 5
        ended end VBD VERB ccomp 2
        , , , PUNCT punct 9
        according accord VBG VERB case 9
        to to IN ADP fixed 7
        TASS TASS NNP PROPN obl 2
        . . . PUNCT punct 2
    """,
    "CLEAR": """
        Peskov Peskov NNP PROPN nsubj 2
        said say VBD VERB ROOT 0
        the the DT DET det 4
        visit visit NN NOUN nsubj 5
        ended end VBD VERB ccomp 2
        , , , PUNCT punct 2
        according accord VBG VERB prep 2
        to to IN ADP prep 7
        TASS TASS NNP PROPN pobj 8
        . . . PUNCT punct 2
    """,
}

PASSIVE = {
    "UD": """
        He he PRP PRON nsubj:pass 3
        was be VBD AUX aux:pass 3
        warned warn VBN VERB ROOT 0
        by by IN ADP case 6
        two two CD NUM nummod 6
        aides aide NNS NOUN obl:agent 3
        that that IN SCONJ mark 9
        rain rain NN NOUN nsubj 9
        looms loom VBZ VERB ccomp 3
        . . . PUNCT punct 3
    """,
    "CLEAR": """
        He he PRP PRON nsubjpass 3
        was be VBD AUX auxpass 3
        warned warn VBN VERB ROOT 0
        by by IN ADP agent 3
        two two CD NUM nummod 6
        aides aide NNS NOUN pobj 4
        that that IN SCONJ mark 9
        rain rain NN NOUN nsubj 9
        looms loom VBZ VERB ccomp 3
        . . . PUNCT punct 3
    """,
}

REMARK = {
    "UD": """
        The the DT DET det 2
        visit visit NN NOUN nsubj 3
        ended end VBD VERB ROOT 0
        early early RB ADV advmod 3
        , , , PUNCT punct 7
        KCNA KCNA NNP PROPN nsubj 7
        reported report VBD VERB parataxis 3
        . . . PUNCT punct 3
    """,
    "CLEAR": """
        The the DT DET det 2
        visit visit NN NOUN nsubj 3
        ended end VBD VERB ccomp 7
        early early RB ADV advmod 3
        , , , PUNCT punct 7
        KCNA KCNA NNP PROPN nsubj 7
        reported report VBD VERB ROOT 0
        . . . PUNCT punct 7
    """,
}

PLEDGE = {
    "UD": """
        Kim Kim NNP PROPN nsubj 2
        rose rise VBD VERB ROOT 0
        and and CC CCONJ cc 4
        vowed vow VBD VERB conj 2
        to to TO PART mark 6
        help help VB VERB xcomp 4
        Russia Russia NNP PROPN obj 6
        . . . PUNCT punct 2
    """,
    "CLEAR": """
        Kim Kim NNP PROPN nsubj 2
        rose rise VBD VERB ROOT 0
        and and CC CCONJ cc 2
        vowed vow VBD VERB conj 2
        to to TO PART aux 6
        help help VB VERB xcomp 4
        Russia Russia NNP PROPN dobj 6
        . . . PUNCT punct 2
    """,
}

COPULA = {
    "UD": """
        Lee Lee NNP PROPN nsubj 2
        thinks think VBZ VERB ROOT 0
        Kim Kim NNP PROPN nsubj 6
        is be VBZ AUX cop 6
        a a DT DET det 6
        friend friend NN NOUN ccomp 2
        of of IN ADP case 8
        Russia Russia NNP PROPN nmod 6
        . . . PUNCT punct 2
    """,
    "CLEAR": """
        Lee Lee NNP PROPN nsubj 2
        thinks think VBZ VERB ROOT 0
        Kim Kim NNP PROPN nsubj 4
        is be VBZ AUX ccomp 2
        a a DT DET det 6
        friend friend NN NOUN attr 4
        of of IN ADP prep 6
        Russia Russia NNP PROPN pobj 7
        . . . PUNCT punct 2
    """,
}

NOUN = {
    "UD": """
        Ministers minister NNS NOUN nsubj 2
        fought fight VBD VERB ROOT 0
        Lee Lee NNP PROPN nmod:poss 5
        ’s ’s POS PART case 3
        claim claim NN NOUN obj 2
        that that IN SCONJ mark 8
        taxes tax NNS NOUN nsubj 8
        fell fall VBD VERB acl 5
        . . . PUNCT punct 2
    """,
    "CLEAR": """
        Ministers minister NNS NOUN nsubj 2
        fought fight VBD VERB ROOT 0
        Lee Lee NNP PROPN poss 5
        ’s ’s POS PART case 3
        claim claim NN NOUN dobj 2
        that that IN SCONJ mark 8
        taxes tax NNS NOUN nsubj 8
        fell fall VBD VERB acl 5
        . . . PUNCT punct 2
    """,
}
