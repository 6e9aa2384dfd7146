"""What an article says of the bearers of names: "North Korean leader Kim Jong Un", "Lindqvist, a researcher"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from analystkit import lexicons
from analystkit.layers.entities.evidence import label_of_noun

if TYPE_CHECKING:
    from analystkit.layers.entities.linking import Cluster
    from analystkit.layers.entities.mentions import Mention
    from analystkit.layers.entities.scene import Scene

DEFINITE = frozenset({"the", "this", "that"})
POSSESSIVE = frozenset({"its", "his", "her", "their", "our", "my"})
_INDEFINITE = frozenset({"a", "an"})
_DETERMINERS = DEFINITE | POSSESSIVE | _INDEFINITE
_BACK = DEFINITE | {"'s"}
#: Parts of speech of the words in a phrase that tell which one is meant.
_TELLING = frozenset({"NOUN", "PROPN", "ADJ"})
_STOPS = frozenset({",", ".", "—", "–", ";", ")", "("})


@dataclass(frozen=True)
class Description:
    """A noun phrase that may stand for an entity; positions are tokens.

    Attributes:
        start: Its first token.
        end: One past its last token: the head noun, or more in an apposition.
        head: Its head noun.
        noun: The head noun, lower case.
        words: Its other nouns and adjectives, lower case.
        proper: Those of them that are written with a capital, but for the nationality.
        country: Code of the nationality in it.
        determiner: "the", "its", "a"…, "'s" for a noun in the possessive, or "".
    """

    start: int
    end: int
    head: int
    noun: str
    words: frozenset[str]
    country: str | None
    determiner: str
    proper: frozenset[str] = frozenset()


@cache
def offices() -> frozenset[str]:
    """Nouns that describe people."""
    return frozenset(lexicons.load("titles")["offices"])


@cache
def places() -> frozenset[str]:
    """Nouns that describe towns and countries."""
    return frozenset(lexicons.load("titles")["places"])


@cache
def relatives() -> frozenset[str]:
    """Nouns of kinship."""
    return frozenset(lexicons.load("titles")["relatives"])


def gender_of_noun(noun: str) -> str | None:
    """The gender that a noun tells, "f" or "m"; None where it tells none."""
    lexicon = lexicons.load("titles")
    if noun.endswith("woman") or noun in lexicon["feminine_nouns"]:
        return "f"
    return "m" if noun.endswith("man") or noun in lexicon["masculine_nouns"] else None


def is_noun(scene: Scene, i: int) -> bool:
    """Whether a word is a noun, or ends its phrase after an article and is taken for an adjective ("the tribunal")."""
    pos = scene.syntax.pos
    if pos[i] != "ADJ":
        return pos[i] in {"NOUN", "PROPN"}
    return i > 0 and pos[i - 1] == "DET" and i + 1 < len(pos) and pos[i + 1] not in {"NOUN", "PROPN", "ADJ"}


def describe(scene: Scene, i: int, *, plural: bool = False, back: bool = False) -> Description | None:
    """The noun phrase that a common noun heads; None for names, and for plurals unless asked for.

    With `back` only one that may refer back, because of its article or its owner.
    """
    syntax = scene.syntax
    if not is_noun(scene, i) or not syntax.words[i].replace("-", "").isalpha():
        return None
    if syntax.tags[i] in {"NNS", "NNPS"} and not plural:
        return None
    start = scene.left_edge(i)
    if back and start == i:
        return None
    inside = [at for at in range(start, i) if not syntax.punctuation[at]]
    first = syntax.words[inside[0]] if inside else ""
    determiner = first if first in _DETERMINERS else ""
    if "POS" in [syntax.tags[at] for at in inside]:
        determiner = "'s"
    if back and determiner not in _BACK:
        return None
    words = frozenset([syntax.words[at] for at in inside if syntax.pos[at] in _TELLING])
    country = next((scene.nations[at] for at in inside if at in scene.nations), None)
    proper = frozenset([syntax.words[at] for at in inside if syntax.capital[at] and at not in scene.nations]) & words
    if "based" in syntax.words[start:i]:
        proper = frozenset()  # "the Ashworth-based company": where it is, not whose
    return Description(start, i + 1, i, syntax.words[i], words, country, determiner, proper)


def learn(scene: Scene, clusters: list[Cluster]) -> dict[int, tuple[Cluster, Description]]:
    """Read from the places where names stand what is said of their bearers.

    It goes into `Cluster.called`; the appositions, which are mentions of their own, are returned by the
    position of their head noun.
    """
    found: dict[int, tuple[Cluster, Description]] = {}
    for cluster in clusters:
        for name in cluster.mentions:
            for description in learn_from(scene, cluster, name):
                found[description.head] = (cluster, description)
    return found


def learn_from(scene: Scene, cluster: Cluster, name: Mention) -> list[Description]:
    """Read what the words around one name say of its bearer; returns the appositions."""
    if cluster.label not in {"PERSON", "ORG", "PRODUCT", "FAC", "GPE"}:
        return []
    _learn_title(cluster, name)
    country = nationality_before(scene, name)
    if country and cluster.label == "PERSON":
        cluster.nationality.add(country)
    before = name.start - 1
    if before >= 0 and scene.syntax.tags[before] == "NN" and _fits(scene.texts[before], cluster.label):
        note(cluster, describe(scene, before))
    found = list(_appositions(scene, name, cluster.label))
    for description in found:
        note(cluster, description)
    for i in scene.predicates_of(name.start, name.end, name.end + 12):
        note(cluster, describe(scene, i))
    return found


def note(cluster: Cluster, description: Description | None) -> None:
    """Remember what an entity has been called."""
    if description is None:
        return
    cluster.called.add(description.noun)
    cluster.words |= {description.noun, *description.words}
    if description.country and cluster.label == "PERSON":
        cluster.nationality.add(description.country)
    if cluster.gender is None and cluster.label == "PERSON":
        cluster.gender = gender_of_noun(description.noun)


def _learn_title(cluster: Cluster, name: Mention) -> None:
    words = name.title.lower().replace("-", " ").replace(".", "").split()
    if words:
        link = next((at for at, word in enumerate(words) if at and word in {"of", "for"}), len(words))
        head = words[link - 1]
        cluster.called.add(lexicons.load("titles")["short"].get(head, head))
        cluster.words.update(words)


def nationality_before(scene: Scene, name: Mention) -> str | None:
    """Code of the country in the words before a name and its title: "Russian President", "North Korea's"."""
    at = name.start - 1
    for _ in range(7):
        if at < 0 or scene.syntax.blank[at] or scene.texts[at] in _STOPS:
            return None
        if at in scene.nations:
            return scene.nations[at]
        if scene.syntax.pos[at] not in {"NOUN", "PROPN", "ADJ", "PART"} and scene.syntax.words[at] != "of":
            return None
        at -= 1
    return None


def _appositions(scene: Scene, name: Mention, label: str) -> Iterator[Description]:
    """Descriptions set off by commas after a name, or before it ("Her lawyer, Peter Lindgren, …")."""
    texts, after, before = scene.texts, name.end, _with_title(scene, name) - 1
    if after + 1 < len(texts) and texts[after] in {",", "—", "–"}:
        head = _apposition_head(scene, after + 1, label)
        said = describe(scene, head) if head is not None else None
        if said and head is not None and not _has_verb(scene, head):
            start = max(said.start, after + 1)
            start += scene.syntax.words[start] in {"then", "now", "once", "also"} and start < head
            yield replace(said, start=start, end=_phrase_end(scene, head))
    whose = before > 0 and after < len(texts) and texts[after] in {"of", "from", "at"} and _has_owner(scene, before - 1)
    if before > 0 and after < len(texts) and texts[before] == "," and (texts[after] in {",", "."} or whose):
        said = describe(scene, before - 1) if scene.syntax.pos[before - 1] == "NOUN" else None
        if not (said and said.determiner and _fits(said.noun, label)):
            said = _before_comma(scene, before) if label == "PERSON" else None
        if said:
            yield said
    own = scene.head(name.start, name.end)
    head = scene.syntax.heads[own]
    if scene.syntax.deps[own] == "appos" and head < before - 1:
        said = describe(scene, head) if scene.syntax.pos[head] == "NOUN" and texts[before] == "," else None
        if said and said.determiner and _fits(said.noun, label):  # "A spokesman for the tribunal, Hugo Bellavista"
            yield replace(said, end=_phrase_end(scene, head))


def _has_owner(scene: Scene, i: int) -> bool:
    """Whether a noun says whose it is by a pronoun: "her lawyer, | Ann Cole of Cole Stone"."""
    return any(scene.syntax.tags[kid] == "PRP$" for kid in scene.syntax.kids[i])


def _before_comma(scene: Scene, comma: int) -> Description | None:
    """What somebody is, with where, before a comma and the name: "a researcher at Tarn University, | Wei Zhang"."""
    syntax = scene.syntax
    for i in range(comma - 1, max(comma - 10, -1), -1):
        if syntax.punctuation[i] or syntax.blank[i] or syntax.pos[i] in {"VERB", "AUX", "SCONJ", "PRON", "CCONJ"}:
            return None
        if syntax.words[i] in offices() and syntax.pos[i] == "NOUN":
            joined = i + 1 < comma and syntax.words[i + 1] in {"at", "of", "for", "from", "with"}
            said = describe(scene, i) if joined else None
            return replace(said, end=comma) if said and said.determiner else None
    return None


def _with_title(scene: Scene, name: Mention) -> int:
    """Where a name begins together with the title before it."""
    if not name.title:
        return name.start
    at = scene.syntax.idx[name.start] - len(name.title) - 1
    start = scene.syntax.words_at(at, at)[0] if at >= 0 else name.start
    return start if scene.syntax.text_of(start, name.start + 1).startswith(name.title) else name.start


def _has_verb(scene: Scene, head: int) -> bool:
    """Whether a noun is the subject of a verb right after it, and so opens a clause of its own."""
    verb = scene.syntax.heads[head]
    return (
        scene.syntax.pos[verb] in {"VERB", "AUX", "NOUN"}
        and scene.role(head) == "subject"
        and verb > head
        and not any(token.text in _STOPS for token in scene.doc[head + 1 : verb])
    )


def _apposition_head(scene: Scene, start: int, label: str) -> int | None:
    """The head noun of a phrase that begins at a token and describes a name with a label."""
    syntax, doc = scene.syntax, scene.doc
    opens = syntax.words[start]
    determined = opens in DEFINITE | POSSESSIVE | _INDEFINITE
    for i in range(start, min(start + 9, len(doc) - 1)):
        ends = doc[i].text in _STOPS or syntax.blank[i] or syntax.pos[i] in {"VERB", "AUX", "ADP", "PRON"}
        if ends and syntax.tags[i] not in {"PRP$", "POS"}:
            return None
        determined = determined or syntax.tags[i] == "POS"
        goes_on = _goes_on(scene, i + 1)
        if syntax.pos[i] == "NOUN" and not goes_on:
            noun = syntax.words[i]
            closed = determined or (noun in offices() and (doc[i + 1].text in _STOPS or syntax.pos[i + 1] == "ADP"))
            return i if closed and _fits(noun, label) else None
    return None


def _goes_on(scene: Scene, i: int) -> bool:
    """Whether a noun before a word is not the last of its phrase: another noun comes, maybe after adjectives."""
    syntax, at = scene.syntax, i
    while at < len(syntax.pos) - 1 and syntax.pos[at] == "ADJ":
        at += 1  # "the mayor known to friends": "known" may be tagged as an adjective
    return syntax.pos[at] in {"NOUN", "PROPN"} or syntax.tags[i] == "POS" or scene.doc[i].text == "-"


def _fits(noun: str, label: str) -> bool:
    """Whether a noun can describe something of a label."""
    if label == "PERSON":
        return noun in offices() or noun.endswith(("man", "woman", "ist", "er", "or", "ian"))
    if label == "ORG":
        return label_of_noun(noun) == "ORG"
    return noun in places() if label == "GPE" else noun not in offices()


def _phrase_end(scene: Scene, head: int) -> int:
    """Where an apposition ends: before the next comma, dash, bracket or stop, or the next clause."""
    end = head + 1
    while end < len(scene.doc) and end - head < 12:
        token = scene.doc[end]
        if (token.is_punct and token.text not in {"-", "’", "'"}) or scene.syntax.blank[end]:
            break
        if token.pos_ in {"VERB", "AUX", "SCONJ", "PRON"} and token.tag_ not in {"POS", "PRP$"}:
            break
        if token.tag_ in {"WRB", "WDT", "WP"}:
            break
        end += 1
    while end > head + 1 and scene.syntax.pos[end - 1] in {"ADP", "CCONJ"}:
        end -= 1  # "an adviser | with whom he corresponded"
    return end
