"""The words that take sides, read from `lexicons/` and looked up by the form they have in the text.

The lookup goes by form, not by lemma: the lists are inflected once, so that they do not depend on how good a
pipeline's lemmatizer is, or whether it has one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

STRENGTHS = ("weak", "moderate", "strong")
_VOWELS = "aeiou"
#: The rules beside the frames that start from words of some lists, by the name of the rule in `frames.Finder`, in the
#: order in which they are tried. "wish" and "act" stand for the verbs of these frames.
_RULES = {
    "undecided": "positions",
    "leaning": "prefixes backed",
    "mutual": "friendly_nouns hostile_nouns relation_nouns",
    "under_fire": "fire_nouns",
    "accountable": "liable",
    "naming": "naming_verbs",
    "failing": "failing_verbs erring_verbs",
    "wish": "wish urging_verbs",
    "doing": "act light_verbs wronging_verbs",
    "shunning": "contact_verbs",
    "leaving": "parting_verbs",
}
#: The lists of words at which the rules look that start from a part of the sentence.
_LOOKED_AT = ("indefinites", "deserving_verbs")


@dataclass(frozen=True, slots=True)
class Frame:
    """One construction of one word.

    Attributes:
        lemma: The word; a particle follows "_" ("lash_out").
        pos: verb, noun or adjective.
        holder: The role of the holder: subject or object.
        target: The roles of the target, in the order in which they are tried.
        sign: 1 for, -1 against.
        strength: 0 weak, 1 moderate, 2 strong.
        kind: speech, attitude, act (on a party), move (on a thing), wish or role.
        only: The list of words to which the target must belong (only the offer that is declined counts), or "".
        without: What the word must not have beside it, lest it mean something else: a preposition (credit a thing
            "to" somebody), "infinitive" (challenge somebody to do it), "negation", or a list of
            words one of which is its object (to strike a "deal").
    """

    lemma: str
    pos: str
    holder: str
    target: tuple[str, ...]
    sign: int
    strength: int
    kind: str
    only: str = ""
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All the lists.

    Attributes:
        frames: (form, part of speech) -> its constructions.
        groups: name of a list of helping words -> the forms in it.
        valence: form -> how good or bad a thing is that is called so, -1 to 1.
        rules: form -> the names of the rules that start from it.
        starts: Forms at which some rule may find a stance.
    """

    frames: dict[tuple[str, str], tuple[Frame, ...]]
    groups: dict[str, frozenset[str]]
    valence: dict[str, float]
    rules: dict[str, tuple[str, ...]]
    starts: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lists that come with the package, read once."""
    folder = files("analystkit") / "lexicons"
    data = tomllib.loads((folder / "stance_frames.toml").read_text(encoding="utf-8"))
    helpers = tomllib.loads((folder / "stance_helpers.toml").read_text(encoding="utf-8"))
    irregular: dict[str, str] = data["irregular"] | helpers["irregular"]
    frames: dict[tuple[str, str], list[Frame]] = {}
    for entry in data["frame"]:
        for lemma in dict.fromkeys(entry["words"].split()):
            frame = Frame(
                lemma,
                entry["pos"],
                entry["holder"],
                tuple(entry["target"]),
                entry["sign"],
                STRENGTHS.index(entry["strength"]),
                entry["kind"],
                entry.get("only", ""),
                tuple(entry.get("without", ())),
            )
            for form in forms(lemma.partition("_")[0], frame.pos, irregular):
                frames.setdefault((form, frame.pos), []).append(frame)
    groups = {
        name: frozenset(form for word in words.split() for form in forms(word, "verb", irregular))
        if name.endswith("_verbs")
        else frozenset(words.split())
        for name, words in helpers["groups"].items()
    }
    valence = {}
    for line in (folder / "stance_valence.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, value = line.split("\t")
            valence[word] = float(value)
    rules = _rules(frames, groups)
    return Lexicon(
        {key: tuple(value) for key, value in frames.items()},
        groups,
        valence,
        rules,
        frozenset(form for form, _ in frames).union(rules, *(groups[name] for name in _LOOKED_AT)),
    )


def _rules(frames: dict[tuple[str, str], list[Frame]], groups: dict[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """The names of the rules that start from each form, in their order."""
    lists = dict(groups)
    for kind in ("wish", "act"):
        found = (form for (form, pos), some in frames.items() if pos == "verb" and any(f.kind == kind for f in some))
        lists[kind] = frozenset(found)
    rules: dict[str, tuple[str, ...]] = {}
    for rule, names in _RULES.items():
        for form in frozenset().union(*(lists[name] for name in names.split())):
            rules[form] = (*rules.get(form, ()), rule)
    return rules


def forms(lemma: str, pos: str, irregular: dict[str, str]) -> set[str]:
    """The forms a word may take in a text; a few that no one writes do no harm.

    >>> sorted(forms("deny", "verb", {}))
    ['denied', 'denies', 'deny', 'denying']
    """
    if pos == "adjective":
        return {lemma}
    found = {lemma, *irregular.get(lemma, "").split()}
    y = lemma.endswith("y") and lemma[-2:-1] not in _VOWELS
    if y:
        found.add(lemma[:-1] + "ies")
    elif lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        found.add(lemma + "es")
    else:
        found.add(lemma + "s")
    if pos == "noun":
        return found
    if y:
        found |= {lemma[:-1] + "ied", lemma + "ing"}
    elif lemma.endswith("e"):
        found |= {lemma + "d", (lemma if lemma.endswith("ee") else lemma[:-1]) + "ing"}
    else:
        found |= {lemma + "ed", lemma + "ing"}
        closed = len(lemma) > 2 and lemma[-1] not in _VOWELS + "wxy" and lemma[-2] in _VOWELS
        if closed and lemma[-3] not in _VOWELS:
            found |= {lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"}
    return found
