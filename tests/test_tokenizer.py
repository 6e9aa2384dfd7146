"""Words as the Universal Dependencies cut them."""

from pathlib import Path

import pytest
from spacy import load

from analystkit.english import tokenizer

NLP = tokenizer.blank()


def words(text: str) -> list[str]:
    return [token.text for token in NLP(text)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("a non-profit's co-founder", "a non - profit 's co - founder"),
        ("Post-election, pre-war e-mails", "Post-election , pre-war e-mails"),
        ("anti-war, pro-reform ex-mayors", "anti - war , pro - reform ex - mayors"),
        ("anti-American and pro-India", "anti - American and pro - India"),  # there is a name to be found
        ("a well-known, twenty-year-old", "a well - known , twenty - year - old"),
        ("re-election-year", "re-election - year"),
        ("U.S.-led and U.N.-backed", "U.S. - led and U.N. - backed"),
        ("Wow!!! What?!", "Wow !!! What ?!"),
        ("=====", "====="),
        ("#climate is #1", "#climate is # 1"),
        ("call 713-646-3393 or 646-3393, in 2005-2006", "call 713-646-3393 or 646-3393 , in 2005 - 2006"),
        ("Lt. Col. Diaz", "Lt. Col. Diaz"),
        ("by Diaz et al.", "by Diaz et al."),
        ("at 7:30pm", "at 7:30 pm"),
        ("They wed on Wed. night", "They wed on Wed. night"),
        ("(he said): ages (8)", "( he said ) : ages ( 8 )"),
        ("and/or", "and / or"),
        ("the Hwasong-18 missile", "the Hwasong-18 missile"),
        ("the 1980's and 70’s, aged 8–10", "the 1980's and 70’s , aged 8 – 10"),
        ("I wanna get outta here", "I wan na get out ta here"),
        ("can't, won’t", "ca n't , wo n’t"),
    ],
)
def test_words(text: str, cut: str) -> None:
    assert words(text) == cut.split()


def test_spacys_rule_is_the_one_that_is_replaced() -> None:
    assert tokenizer._SPLIT_AT_HYPHENS in NLP.Defaults.infixes
    assert all(text in NLP.Defaults.tokenizer_exceptions for text in tokenizer.UNFIT if text not in {"(8", "And/Or"})


def test_it_is_stored_with_the_pipeline(tmp_path: Path) -> None:
    NLP.to_disk(tmp_path)
    text = "Lt. Diaz's e-mail (8) said: no!!"
    assert [token.text for token in load(tmp_path)(text)] == words(text)
