"""Whose words they are: from the source of an attribution to an entity of the article, and who relays it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from analystkit.layers.entities.descriptions import gender_of_noun
from analystkit.layers.entities.names import gender_of_given_name, person
from analystkit.layers.quotes.relays import is_a_report, is_medium, stands_for_a_report
from analystkit.layers.quotes.voices import label_of, mouthpieces
from analystkit.layers.roles import Syntax

_HE, _SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
_IT, _THEY = frozenset({"it", "its", "itself"}), frozenset({"they", "them", "their", "themselves"})
_FIRST = frozenset({"i", "we", "me", "us", "my", "our", "myself", "ourselves"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_BODIES = frozenset({"ORG", "GPE", "NORP"})
_STATE = frozenset({"state", "state-run", "state-owned", "state-controlled"})
#: How many words before its name an agency may be called the state's.
_ADJECTIVES = 5
#: What leads from a person to the body they speak for.
_AFFILIATING = frozenset({"of", "from", "at", "with", "for", ","})
#: What a name with its affiliation is made of: "Rao of the Green Alliance".
_PHRASE = frozenset({"PROPN", "NOUN", "ADJ", "ADP", "DET", "PART", "NUM"})


@dataclass(slots=True)
class Speaker:
    """An entity that speaks, or None for nobody that could be told.

    Attributes:
        id: The entity's id.
        guess: How it was guessed, for the user; "" when the source names or refers to it.
    """

    id: str | None
    guess: str = ""


_THINGS = frozenset({"EVENT", "PRODUCT"})


@dataclass(slots=True)
class Cast:
    """The entities of a Doc, by token, and who has spoken so far."""

    #: the ids of all entities, those included that cannot speak
    refs: set[str]
    labels: dict[str, str]
    names: dict[str, str]
    #: token -> (entity, kind, first token, last token + 1) of the mentions that cover it
    mentions: dict[int, list[tuple[str, str, int, int]]]
    #: entity -> the first token of its first mention
    firsts: dict[str, int] = field(default_factory=dict)
    spoken: list[str] = field(default_factory=list)
    #: the last whose words were relayed, and not a thought, plan or judgement
    saying: str | None = None
    #: tokens that some attribution relays: whoever is named there is spoken of, and does not speak
    told: set[int] = field(default_factory=set)
    gender: dict[str, str] = field(default_factory=dict)
    #: newspapers, agencies, stations
    media: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, entities: Sequence[dict[str, Any]] | None, syntax: Syntax) -> Cast:
        """Read `doc._.entities`; None or empty when the layer has not run."""
        cast = cls({entity["id"] for entity in entities or ()}, {}, {}, {})
        for entity in filter(_can_speak, entities or ()):
            cast.labels[entity["id"]] = entity.get("label", "")
            cast.names[entity["id"]] = entity.get("name", "")
            called = {entity.get("name", ""), *entity.get("aliases", ())}
            for mention in entity.get("mentions", ()):
                called.add(syntax.text[mention["start"] : mention["end"]])
                first = bisect_left(syntax.idx, mention["start"])
                if first == len(syntax) or syntax.idx[first] != mention["start"]:
                    continue
                called.add(_noun_before(first, syntax))
                end = bisect_left(syntax.idx, mention["end"])
                entry = (entity["id"], mention.get("kind", "name"), first, end)
                if entry[1] == "pronoun" and syntax.words[first] in _HE | _SHE:
                    cast.gender.setdefault(entity["id"], "he" if syntax.words[first] in _HE else "she")
                noun = gender_of_noun(syntax.words[end - 1]) if entry[1] == "nominal" else None  # "her husband"
                if noun is not None:
                    cast.gender[entity["id"]] = "he" if noun == "m" else "she"
                cast.cover(*entry)
            if is_medium(called, entity.get("label", "")):
                cast.media.add(entity["id"])
        return cast

    def cover(self, entity: str, kind: str, first: int, end: int) -> None:
        """Note a mention: which tokens it covers."""
        entry = (entity, kind, first, end)
        self.firsts[entity] = min(first, self.firsts.get(entity, first))
        for i in range(first, end):
            self.mentions.setdefault(i, []).append(entry)

    def at(self, i: int) -> str | None:
        """The entity of the longest mention that covers a token."""
        found = self.mentions.get(i)
        return max(found, key=lambda entry: entry[3] - entry[2])[0] if found else None

    def is_named(self, entity: str) -> bool:
        """Whether an entity goes by a name with a capital, and not by a description alone."""
        return self.names[entity][:1].isupper()

    def is_new(self, entity: str, i: int) -> bool:
        """Whether an entity is described, and not named, and first mentioned at a token."""
        return not self.is_named(entity) and any(
            entry[0] == entity and entry[2] == self.firsts[entity] for entry in self.mentions[i]
        )

    def named(self, i: int) -> bool:
        """Whether the longest mention that covers a token is a name."""
        found = self.mentions.get(i)
        return bool(found and max(found, key=lambda entry: entry[3] - entry[2])[1] == "name")

    def called(self, name: str) -> str | None:
        """The only entity whose name is this one or ends with it, capitals or not: "HADDAD" for Rana Haddad."""
        found = [entity for entity, known in self.names.items() if f" {known.lower()}".endswith(f" {name.lower()}")]
        return found[0] if len(found) == 1 else None

    def gender_of(self, entity: str) -> str:
        """The pronoun of a person ("he", "she"), by those given to them or by the name; "" where neither tells."""
        if entity not in self.gender:
            told = gender_of_given_name(person(self.names[entity]))
            self.gender[entity] = {"m": "he", "f": "she"}.get(told or "", "")
        return self.gender[entity]

    def note(self, speaker: str | None, word: str, says: bool = False) -> None:
        """Remember who spoke, the pronoun used for them, and whether they spoke up or only thought or judged."""
        if speaker is None:
            return
        self.spoken.append(speaker)
        if says:
            self.saying = speaker
        if word in _HE | _SHE:
            self.gender[speaker] = "he" if word in _HE else "she"

    def last(self, labels: frozenset[str], gender: str = "") -> str | None:
        """The last who spoke, of these kinds and not known to be of the other gender."""
        for entity in reversed(self.spoken):
            if self.labels.get(entity) in labels and (not gender or self.gender_of(entity) in ("", gender)):
                return entity
        return None


def _noun_before(end: int, syntax: Syntax) -> str:
    """What an entity is called right before its name, which starts at a token: "news agency", "broadcaster"."""
    first = end
    while first and syntax.pos[first - 1] == "NOUN" and end - first < 2:
        first -= 1
    return " ".join(syntax.words[first:end])


def _can_speak(entity: dict[str, Any]) -> bool:
    """Whether an entity may be a source: no storm or missile, and a building only by its name ("the White House")."""
    label = entity.get("label", "")
    named = any(mention.get("kind", "name") == "name" for mention in entity.get("mentions", ()))
    return label not in _THINGS and (label != "FAC" or named)


def head_of(tokens: list[int], syntax: Syntax) -> int | None:
    """The word of a phrase that heads the others."""
    inside = set(tokens)
    heads = [i for i in tokens if syntax.heads[i] not in inside or syntax.heads[i] == i]
    nominal = [i for i in heads if syntax.pos[i] in ("NOUN", "PROPN", "PRON", "DET", "NUM", "ADJ", "")]
    return nominal[0] if nominal else heads[0] if heads else None


def resolve(source: list[int], syntax: Syntax, cast: Cast, around: Speaker | None = None) -> Speaker:
    """The entity that a source stands for.

    Args:
        source: The words that name the speaker.
        syntax: The parse.
        cast: The entities, and who spoke before.
        around: Who speaks the quotation in which this attribution stands, if any.
    """
    head = head_of(source, syntax)
    if head is None or not cast.labels:
        return Speaker(None)
    word = syntax.words[head]
    if word in _FIRST and around is not None:
        return Speaker(around.id, f"“{word}” within the words of that speaker")
    if word in _RELATIVE and syntax.pos[head] != "NOUN":
        return _antecedent(head, syntax, cast)
    if word in _HE | _SHE and head not in cast.told:
        before = _on_stage(head, "he" if word in _HE else "she", syntax, cast)
        if before is not None and before != cast.at(head):
            return Speaker(before, f"guess: “{word}” taken for who spoke or acted last")
    if (person := _goes_on(head, source, syntax, cast)) is not None:
        return person
    behind = syntax.pos[head] == "NOUN" or (syntax.pos[head] == "PROPN" and head + 1 in source)
    following = [head + 1] if behind and head + 1 < len(syntax) else []
    # "state news agency TASS", "Ms Lee", however parsed
    agency = [i for i in following if syntax.pos[i] == "PROPN"]
    for i in (head, *_appositions(head, syntax), *agency):
        entity = cast.at(i)
        if entity is not None:
            whole = cast.named(i) and cast.labels[entity] == "PERSON"
            return Speaker(entity if whole else _named_in(source, syntax, cast) or entity)
    if syntax.lemmas[head] in mouthpieces():
        owner = syntax.owner(head)
        entity = cast.at(owner) if owner is not None else None
        if entity is not None:
            return Speaker(entity)
    if syntax.capital[head] and syntax.pos[head] != "PRON":
        named = cast.called(syntax.text_of(source[0], source[-1] + 1)) or cast.called(syntax.forms[head])
        if named is not None:
            return Speaker(named)
    return _by_agreement(word, head, source, syntax, cast)


def _goes_on(head: int, source: list[int], syntax: Syntax, cast: Cast) -> Speaker | None:
    """Whom "the defender" or "the Portuguese" means behind a sentence about a person: that person, most often."""
    comma = next((n for n, i in enumerate(source) if syntax.pos[i] == "PUNCT"), len(source))
    words, entity = source[:comma], cast.at(head)
    what = cast.labels.get(entity, "") if entity is not None else label_of(head, syntax)
    single = syntax.tags[head] not in ("NNS", "NNPS")
    if what not in ("NORP", "PERSON") or not single or len(words) != 2 or syntax.words[words[0]] != "the":
        return None
    if what == "PERSON" and entity is not None and not cast.is_new(entity, head):
        return None
    before = _on_stage(source[0], "", syntax, cast, 0)
    if before is None or not cast.is_named(before):
        return None
    return Speaker(before, f"guess: “the {syntax.words[head]}” taken for who spoke or acted last")


def _named_in(source: list[int], syntax: Syntax, cast: Cast) -> str | None:
    """The person whose name a source begins or ends with, beside a body or an office, however parsed.

    "Lindahl of Norquay Securities", "Commissioner of Police | Rathore", "the health minister, | Dr. Lee".
    """
    for entity, kind, first, end in cast.mentions.get(source[0], ()):
        person = kind == "name" and cast.labels[entity] == "PERSON" and first == source[0]
        if person and end < len(syntax) and syntax.words[end] in _AFFILIATING:
            return entity
    for entity, kind, first, end in cast.mentions.get(source[-1], ()):
        closes = kind == "name" and cast.labels[entity] == "PERSON" and end == source[-1] + 1 and first > source[0]
        if closes and not any(syntax.is_verb(i) for i in source):
            while first - 1 > source[0] and syntax.base(first - 1) in ("compound", "flat"):
                first -= 1  # "Dr. Lee"
            if syntax.pos[first - 1] not in ("ADP", "CCONJ", "DET", "PART"):
                return entity
    return None


def _on_stage(pronoun: int, gender: str, syntax: Syntax, cast: Cast, back: int = 1) -> str | None:
    """The person whom a "he" or "she" with a reporting verb most likely carries on from.

    Who spoke last, or was the subject of a sentence since, outside what is relayed: after "Kirby said that Putin
    would pay" it is Kirby who "added", however much Putin is in the reader's mind.

    Args:
        pronoun: The pronoun, or a description.
        gender: "he" or "she"; "" for either.
        syntax: The parse.
        cast: The entities.
        back: How many paragraphs to look back.
    """
    paragraph = syntax.paragraph[pronoun]
    for i in range(pronoun - 1, -1, -1):
        if paragraph - syntax.paragraph[i] > back:
            return None
        if i in cast.told or i not in cast.mentions:
            continue
        entity, kind, first, end = max(cast.mentions[i], key=lambda entry: entry[3] - entry[2])
        if kind == "pronoun" or cast.labels[entity] != "PERSON":
            continue
        if gender and cast.gender_of(entity) not in ("", gender):
            continue
        heads = [k for k in range(first, end) if syntax.base(k) in ("nsubj", "appos") and not syntax.blank[k]]
        if heads and not any(syntax.heads[k] in cast.told for k in heads):
            return entity
    return None


def _appositions(head: int, syntax: Syntax) -> list[int]:
    return [kid for kid in syntax.kids[head] if syntax.base(kid) in ("appos", "flat")]


def _antecedent(pronoun: int, syntax: Syntax, cast: Cast) -> Speaker:
    """Whom a relative pronoun stands for: what its clause hangs on."""
    clause = next((i for i in syntax.ancestors(pronoun) if syntax.deps[i] == "acl:relcl"), None)
    if clause is None:
        return Speaker(None)
    head = syntax.heads[clause]
    places = [head, *_appositions(head, syntax)]
    if syntax.base(head) in ("appos", "nmod"):  # "Zoë, the champion who …", "Rao of the Alliance, who …"
        places.append(syntax.heads[head])
    known = [entity for i in places if (entity := cast.at(i)) is not None]
    if syntax.words[pronoun] == "who":
        known.sort(key=lambda entity: cast.labels.get(entity) != "PERSON")
        if not known or cast.labels.get(known[0]) != "PERSON":
            person = _person_before(pronoun, syntax, cast)
            known = [person, *known] if person is not None else known
    return Speaker(known[0] if known else None)


def _person_before(pronoun: int, syntax: Syntax, cast: Cast) -> str | None:
    """The person named in the phrase before "who": "Dev Rao of the Green Alliance, who", however it was parsed."""
    at = pronoun - 1
    if at >= 0 and syntax.words[at] == ",":
        at -= 1
    while at >= 0 and pronoun - at < 10 and syntax.pos[at] in _PHRASE and syntax.words[at] not in (",", "and"):
        entity = cast.at(at)
        if entity is not None and cast.labels.get(entity) == "PERSON":
            return entity
        at -= 1
    return None


def _state_medium(before: int, syntax: Syntax, cast: Cast) -> str | None:
    """The agency or paper that was last called the state's, "the state news agency KCNA", before "state media"."""
    for i in range(before - 1, -1, -1):
        entity = cast.at(i)
        if entity in cast.media and any(syntax.words[k] in _STATE for k in range(max(0, i - _ADJECTIVES), i)):
            return entity
    return None


def _by_agreement(word: str, head: int, source: list[int], syntax: Syntax, cast: Cast) -> Speaker:
    """A pronoun or description that no mention covers: the last speaker it could stand for."""
    found, what = None, ""
    if word in _HE | _SHE:
        found = cast.last(frozenset({"PERSON"}), "he" if word in _HE else "she")
        what = "the last person who spoke"
    elif word in _IT:
        found, what = cast.last(_BODIES), "the last body that spoke"
    elif word in _THEY:
        found, what = cast.last(_BODIES | {"PERSON"}), "the last who spoke"
    elif stands_for_a_report(syntax.lemmas[head]) and any(syntax.words[i] in ("the", "this") for i in source):
        relays = [entity for entity in cast.spoken if entity in cast.media]
        relays = relays or [entity for entity in cast.spoken if is_a_report(cast.names[entity])]
        relays = relays or (list(cast.media) if len(cast.media) == 1 and word == "agency" else [])
        found, what = (relays[-1] if relays else None), "the last agency, paper or study that reported"
    elif word == "media" and any(syntax.words[i] in _STATE for i in source):
        found, what = _state_medium(head, syntax, cast), "the state's agency"
    return Speaker(found, f"guess: “{word}” taken for {what}") if found else Speaker(None)
