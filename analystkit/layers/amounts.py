"""`analystkit_amounts`: money, percentages and quantities with their units, as numbers.

Writes `doc._.amounts`, a list of records like

    {"start": 61, "end": 73, "text": "$1.2 million", "kind": "money", "value": 1200000.0, "unit": "USD"}

`kind` is `money`, `percent` or `quantity`; `unit` an ISO 4217 code where the words tell the currency, "percent",
"percentage point", or a unit's usual symbol ("km"). A plain "$" is taken for the U.S. dollar. A range has its upper
end as `to`; "about", "more than" and the like stand as `modifier`. Works on bare text; needs no other component.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from analystkit import lexicons
from analystkit.layers import extensions
from analystkit.layers.dates.timewords import windows

if TYPE_CHECKING:
    from spacy.tokens import Doc

extensions.register()

_SCALE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
          "lakh": 1e5, "crore": 1e7, "lakh crore": 1e12,
          "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}  # fmt: skip
_SMALL = {
    word: float(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
} | {"a": 1.0, "an": 1.0, "half a": 0.5, "a quarter of a": 0.25, "three quarters of a": 0.75, "a third of a": 1 / 3}
_TENS = {
    word: 10.0 * number
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}

_FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?: [1-9]/[1-9])?"
_COMPOUND = [f"{ten}-{one}" for ten in _TENS for one in list(_SMALL)[1:10]]
_WORDS = "|".join(sorted([*_SMALL, *_TENS, *_COMPOUND], key=len, reverse=True))
#: One of these is in every amount ("a" and "an" need one of the large numbers or "percentage" beside them).
_TRIGGER = re.compile(
    rf"\d|hundred|thousand|illion|lakh|crore|percentage|\b(?:{'|'.join([*list(_SMALL)[1:20], *_TENS])})[ -]",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_LARGE = r"(?:hundred|thousand|million|billion|trillion|lakh crore|lakh|crore)"
_MODIFIER = (
    r"(?P<modifier>about|around|roughly|approximately|nearly|almost|some|more than|less than|fewer than|at least"
    r"|at most|over|under|up to|as much as|as many as|an estimated|just over|just under)"
)


@Language.factory("analystkit_amounts", assigns=["doc._.amounts"], retokenizes=False)
def make_amounts(nlp: Language, name: str) -> Amounts:
    """The factory behind `nlp.add_pipe("analystkit_amounts")`."""
    return Amounts()


class Amounts:
    """The component; it has no state and no settings."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the amounts of an article."""
        from analystkit.layers.layout import FURNITURE
        from analystkit.layers.roles import syntax_of

        outside = [(span.start_char, span.end_char) for span in doc.spans.get(FURNITURE, ())]
        doc._.amounts = [
            record
            for record in find(syntax_of(doc).text)
            if not any(start <= record["start"] < end for start, end in outside)
        ]
        return doc


def number(word: str) -> float | None:
    """What one word says as a number, in figures or letters: "1,200", "twenty-four"; None where it says none."""
    word = word.lower()
    spelled = word in _COMPOUND or word in _TENS or (word in _SMALL and len(word) > 2)
    return _value(word, None, None) if spelled or re.fullmatch(_FIGURE, word) else None


def find(text: str) -> Iterator[dict[str, Any]]:
    """The amounts of a text as records, in its order, none overlapping another; offsets are code points."""
    for low, high in windows(text, _TRIGGER, 40):
        found: list[dict[str, Any]] = []
        words = _DIGIT.sub("#", text[low:high].casefold())
        for kind, needs, pattern in _patterns():
            if not any(need in words for need in needs):
                continue
            for match in pattern.finditer(text, low, high):
                record = _record(kind, match)
                if record and all(record["end"] <= one["start"] or one["end"] <= record["start"] for one in found):
                    found.append(record)
        yield from sorted(found, key=lambda record: int(record["start"]))


@cache
def _patterns() -> list[tuple[str, list[str], re.Pattern[str]]]:
    """Kinds of amounts, what one of must be there for any to be found, and their patterns.

    What must be there is in lower case, "#" being a digit.
    """
    lexicon = lexicons.load("units")
    signs = _any(lexicon["signs"])
    currencies, units = _any(lexicon["currencies"]), _any(lexicon["units"])
    number = rf"(?P<number>{_FIGURE}|\b(?:{_WORDS}))"
    # "5 to 10", "5-10", and after "between" also "5 and 10"
    upper = rf"(?:(?: ?[-–—] ?| to |(?(between) and |(?!)))(?P<to>{_FIGURE}))?"
    scale = rf"(?:[ -](?P<scale>{_LARGE}))?"
    either = rf"(?:[ -](?P<scale>{_LARGE})\b|(?P<short>k|m|mn|bn|tn)\b)?"
    whose = r"(?:(?P<whose>(?-i:(?:South |North |New |Hong )?[A-Z][\w.]+)) )?"
    lead = rf"(?:(?P<between>\bbetween )|\b{_MODIFIER} )?"
    bare = rf"{lead}(?<![\w.,$£€]){number}{upper}"
    percent = r"(?P<unit>%|percentage[ -]points?\b|per ?cent\b|pct\b)"
    sign = rf"(?P<unit>(?<![A-Za-z]){signs})"
    return [
        ("money", _signs(lexicon["signs"]), re.compile(rf"{lead}{sign} ?{number}{upper}{either}(?![\w%])")),
        (
            "money",
            _folded(lexicon["currencies"]),
            re.compile(rf"{bare}{scale} {whose}(?P<unit>{currencies})\b(?!-)", re.IGNORECASE),
        ),
        ("percent", ["%", "percent", "per cent", "pct"], re.compile(rf"{bare}[ -]?{percent}", re.IGNORECASE)),
        ("quantity", _folded(lexicon["units"]), re.compile(rf"{bare}{scale}[ -]?(?P<unit>{units})(?![\w’'])")),
    ]


def _signs(table: dict[str, str]) -> list[str]:
    """The signs of money in lower case, those of letters with the digit behind them: "£", "rs #", "n#"."""
    letters = {sign.casefold() for sign in table if sign.rstrip(".").isalpha()}
    with_digits = [f"{sign}#" for sign in letters] + [f"{sign} #" for sign in letters if len(sign) > 1]
    return _folded({sign: "" for sign in table if sign.casefold() not in letters}) + with_digits


def _folded(table: dict[str, str]) -> list[str]:
    """Words in lower case, without those that hold a shorter one."""
    words = sorted({word.casefold() for word in table}, key=len)
    return [word for at, word in enumerate(words) if not any(shorter in word for shorter in words[:at])]


def _any(table: dict[str, str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True)) + ")"


def _record(kind: str, match: re.Match[str]) -> dict[str, Any] | None:
    groups = match.groupdict()
    if groups["unit"] == "N" and not (groups.get("scale") or groups.get("short")):
        return None  # "N95 masks"
    if groups["number"].lower() in {"a", "an"} and kind != "percent" and not groups.get("scale"):
        return None  # "a mile", "a dollar": seldom meant as a measure
    value = _value(groups["number"], groups.get("scale"), groups.get("short"))
    start = match.start("number") if kind != "money" else min(match.start("number"), match.start("unit"))
    record: dict[str, Any] = {
        "start": start,
        "end": match.end(),
        "text": match.string[start : match.end()],
        "kind": kind,
        "value": value,
        "unit": _unit(kind, groups["unit"], groups.get("whose")),
    }
    if groups.get("to"):
        record["to"] = _value(groups["to"], groups.get("scale"), groups.get("short"))
    if groups.get("modifier"):
        record["modifier"] = groups["modifier"].lower()
    # "won" is a verb too, so the Korean currency needs an amount that only money has.
    return None if record["unit"] == "KRW" and value < 100 and groups["unit"] == "won" else record


def _value(number: str, scale: str | None, short: str | None) -> float:
    words = number.lower()
    if words in _SMALL:
        value = _SMALL[words]
    elif words.split("-")[0] in _TENS:
        ten, _, one = words.partition("-")
        value = _TENS[ten] + _SMALL.get(one, 0.0)
    else:
        whole, _, fraction = number.replace(",", "").partition(" ")
        over, _, under = fraction.partition("/")
        value = float(whole) + (float(over) / float(under) if under else 0.0)
    return round(value * _SCALE[(scale or short or "").lower()], 6) if scale or short else value


def _unit(kind: str, unit: str, whose: str | None) -> str:
    lexicon = lexicons.load("units")
    if kind == "percent":
        return "percentage point" if "point" in unit.lower() else "percent"
    if kind == "quantity":
        return str(lexicon["units"].get(unit) or lexicon["units"][unit.lower()])
    if unit in lexicon["signs"]:
        return str(lexicon["signs"][unit])
    plain = str(lexicon["currencies"][unit.lower()])
    return str(lexicon["whose"].get(f"{whose} {plain}", plain))
