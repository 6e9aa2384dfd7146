"""Attributions among each other: those within others, those that relay others, and quotations left over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analystkit.layers.quotes.attribution import Attribution, Passage, Quoted
from analystkit.layers.quotes.relays import cited, is_a_report, is_medium_noun, passes_on, relays_of
from analystkit.layers.quotes.rules import verb_classes
from analystkit.layers.quotes.speakers import Cast, Speaker, head_of, resolve
from analystkit.layers.quotes.unclaimed import claimed_by
from analystkit.layers.quotes.voices import Voice, Voices, label_of
from analystkit.layers.roles import Syntax

_DASHES = "-–—―"
#: What may stand between an opening mark and the first word: "“… There was", "“[W]e".
_BEFORE_WORDS = frozenset({"…", "...", "[", "(", "-", "—"})
Linked = tuple[Attribution, str | None, list[str]]


def link(
    found: list[Attribution], syntax: Syntax, quoted: Quoted, entities: Sequence[dict[str, Any]] | None
) -> tuple[list[Linked], list[Voice]]:
    """Resolve speakers and the chains that relay them.

    Returns:
        Each attribution with its speaker and the entities that relay it, the nearest to the speaker first; and the
        speakers without a name who are no entities yet. An attribution that merely relays a whole other one
        ("he promised help, the agency reported") is not returned itself: it becomes the other's `via`.
    """
    cast = Cast.of(entities, syntax)
    voices = Voices(syntax, cast) if entities is not None else None
    # In the order of reading; an attribution comes before those within it, whose "I" it explains.
    found = sorted(found, key=lambda item: (min(item.content[:1] + item.cue[:1]), -len(item.content)))
    outer = _outer(found)
    cast.told.update(i for item in found for i in item.content)
    citing = [_cite(item, syntax, cast, voices) for item in found]
    speakers: list[Speaker] = []
    for n, item in enumerate(found):
        above = outer[n]
        speaker = _speaker(item, syntax, cast, speakers[above] if above is not None and above < n else None)
        if speaker.id is None and voices is not None:
            speaker = Speaker(voices.of(head_of(item.source, syntax)))
        speakers.append(speaker)
        head = head_of(item.source, syntax)
        says = any("quote" in verb_classes().get(syntax.lemmas[i], {}) or syntax.words[i] == ":" for i in item.cue)
        cast.note(speaker.id, syntax.words[head] if head is not None else "", says)
    relayed = {
        above
        for n, above in enumerate(outer)
        if above is not None
        and _only_relays(found[above], found[n], syntax)
        and not (speakers[n].id is None and _is_thing(found[n].source, syntax))  # "the data show it, Lee says"
    }
    # "Reuters reported, citing traders": the longer cue has taken in the other.
    longer = {i: set(item.cue) for item in found if len(item.cue) > 1 for i in item.cue}
    relayed |= {n for n, item in enumerate(found) if item.cue and set(item.cue) < longer.get(item.cue[0], set())}
    linked: list[Linked] = []
    for n, item in enumerate(found):
        if n in relayed:
            continue
        speaker = speakers[n]
        if speaker.guess:
            item.why += f"; speaker: {speaker.guess}"
            item.confidence *= 0.9
        via = [*citing[n], *relays_of(item, syntax, cast)]
        for above in _above(outer, n):
            if not passes_on(found[above], syntax):
                continue
            entity = speakers[above].id
            via += [entity] if entity is not None else []
            via += relays_of(found[above], syntax, cast)
        via = [entity for entity in dict.fromkeys(via) if entity != speaker.id]
        linked.append((item, speaker.id, via))
    return linked, voices.found if voices is not None else []


def _is_thing(source: list[int], syntax: Syntax) -> bool:
    """Whether a source is something that shows, and nobody who speaks: "the findings"."""
    head = head_of(source, syntax)
    return head is not None and syntax.pos[head] == "NOUN" and is_a_report(syntax.lemmas[head])


def _cite(item: Attribution, syntax: Syntax, cast: Cast, voices: Voices | None) -> list[str]:
    """Give an attribution to whom its source cites: "the agency, quoting two officials, reported" is theirs.

    Returns:
        The medium that cites them; empty where none does.
    """
    head, found = head_of(item.source, syntax), cited(item, syntax)
    if head is None or found is None:
        return []
    medium = cast.at(head)
    if medium is None and voices is not None and is_medium_noun(syntax.lemmas[head]):
        medium = voices.of(head)
    elif medium not in cast.media:
        return []
    if medium is None:
        return []
    verb, speaker = found
    if cast.at(speaker) is None and label_of(speaker, syntax) is None:
        return []  # "citing hospital lists"
    item.source = [i for i in syntax.noun_phrase(speaker) if i not in item.content]
    item.cue = sorted({*item.cue, verb})
    return [medium]


def _speaker(item: Attribution, syntax: Syntax, cast: Cast, around: Speaker | None) -> Speaker:
    if item.cue or item.source:
        return resolve(item.source, syntax, cast, around)
    if item.lead is not None:
        return Speaker(resolve([item.lead], syntax, cast).id)
    return Speaker(cast.saying or (cast.spoken[-1] if cast.spoken else None))


def _above(outer: list[int | None], n: int) -> list[int]:
    """The attributions around one, from the inside out."""
    found: list[int] = []
    above = outer[n]
    while above is not None and above not in found:
        found.append(above)
        above = outer[above]
    return found


def leftover(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> list[Attribution]:
    """Quoted sentences that no cue introduces, as attributions of their own.

    A name behind a dash or before a colon is their source. Otherwise they have none: within a paragraph the
    speaker is taken to be whoever the sentence before is about ("She laughed. “He taught me.”"); at its start,
    whoever spoke last. Either is a guess and says so.
    """
    claimed = claimed_by(found, quoted)
    made = []
    for n, passage in enumerate(quoted.passages):
        if passage.depth or passage.continues or passage.words < 2 or syntax.blank[passage.start]:
            continue
        content = quoted.whole(n)
        if not claimed.isdisjoint(quoted.chain(n)):
            continue
        signed = _signature(passage, syntax) if passage.words > 3 else None
        if signed is not None:
            cue, source = signed
            why = f"quoted words with the name of their speaker, parted by “{syntax.words[cue]}”"
            made.append(Attribution([cue], [i for i in source if i != cue] or source, content, 0.6, why))
        elif passage.closed and _is_statement(passage, syntax):
            subject = _subject_before(passage, syntax, quoted)
            why = "quoted words without a cue; speaker: guess: "
            why += f"“{syntax.words[subject]}” before them" if subject is not None else "the last who spoke"
            made.append(Attribution([], [], content, 0.35, why, subject))
    return made


def _signature(passage: Passage, syntax: Syntax) -> tuple[int, list[int]] | None:
    """The mark and the name in "“…” — Ann Lee" and, at the start of a paragraph, "Ann Lee: “…”"."""
    size = len(syntax)
    at = passage.end
    while at < size and syntax.blank[at]:
        at += 1
    if at < size and syntax.words[at][0] in _DASHES:
        # A dash that is not parted from the name stays on its first word: "-Ann Lee".
        first = at + 1 if syntax.words[at] in (*_DASHES, "--") else at
        while first < size and syntax.space[first]:
            first += 1
        end = first
        while end < size and end < first + 7 and not syntax.blank[end] and syntax.words[end] not in (".", ","):
            end += 1
        if _is_name(list(range(first, end)), syntax):
            return at, list(range(first, end))
    at = passage.start - 1
    if at > 0 and syntax.words[at] == ":":
        name = [i for i in range(max(0, at - 6), at) if syntax.paragraph[i] == syntax.paragraph[at]]
        opens = bool(name) and (name[0] == 0 or syntax.paragraph[name[0] - 1] != syntax.paragraph[at])
        if opens and _is_name(name, syntax):
            return at, name
    return None


def _is_name(words: list[int], syntax: Syntax) -> bool:
    """Whether words are a name and nothing more: one to six, all but the smallest with a capital."""
    long = [i for i in words if len(syntax.words[i]) > 3]
    named = all(syntax.capital[i] or syntax.words[i][0] in _DASHES for i in long)
    return 0 < len(words) < 7 and bool(long) and named


def _is_statement(passage: Passage, syntax: Syntax) -> bool:
    """Whether a quotation is a sentence of its own: nothing but punctuation before or after it there."""
    ends = syntax.words[passage.end - 2] in (".", "!", "?", "…", "...") or syntax.words[passage.end - 1] in (
        ".",
        "!",
        "?",
    )
    before = passage.start - 1
    while before >= 0 and syntax.blank[before]:
        before -= 1
    opens = (
        before < 0
        or syntax.paragraph[before] != syntax.paragraph[passage.start]
        or syntax.words[before] in (".", "!", "?", ":", "”", '"')
    )
    words = (i for i in range(passage.start + 1, passage.end) if syntax.words[i] not in _BEFORE_WORDS)
    return ends and opens and syntax.capital[next(words, passage.start)]


def _subject_before(passage: Passage, syntax: Syntax, quoted: Quoted) -> int | None:
    """The subject of the sentence before a quotation, in the same paragraph."""
    at, number = passage.start - 1, syntax.paragraph[passage.start]
    while at >= 0 and syntax.paragraph[at] == number and (syntax.blank[at] or quoted.at[at] >= 0):
        at -= 1
    if at < 0 or syntax.paragraph[at] != number:
        return None
    start, end = syntax.sentences[syntax.sentence[at]]
    for i in range(start, end):
        if syntax.deps[i] == "root" and i < passage.start:
            return syntax.own_subject(i)
    return None


def _outer(found: list[Attribution]) -> list[int | None]:
    """For each attribution the smallest other one whose content holds its cue and some of its content."""
    contents = [frozenset(item.content) for item in found]
    firsts = {item.cue[0] for item in found if item.cue}
    holding: dict[int, list[int]] = {}  # the first word of a cue: the attributions whose content it is part of
    for n, content in enumerate(contents):
        for i in content & firsts:
            holding.setdefault(i, []).append(n)
    outer: list[int | None] = []
    for n, item in enumerate(found):
        holders = [
            m
            for m in (holding.get(item.cue[0], ()) if item.cue else ())
            if m != n
            and contents[m].issuperset(item.cue)
            and contents[n].isdisjoint(found[m].cue)
            and not contents[n].isdisjoint(contents[m])
        ]
        outer.append(min(holders, key=lambda m: len(contents[m])) if holders else None)
    return outer


def _only_relays(outer: Attribution, inner: Attribution, syntax: Syntax) -> bool:
    """Whether an attribution adds nothing to the one within it but who relays it.

    "He promised help, the agency reported", "according to TASS, he said no": a remark on a whole sentence that is
    itself an attribution. "KCNA reported that Kim said" is not one: there the report is told as an act of its own.
    """
    if not outer.cue:
        return False
    remark = syntax.words[outer.cue[0]] == "according" or min(outer.content) < min(outer.cue)
    if not remark or not outer.source:
        return False
    words = [i for i in outer.content if syntax.pos[i] != "PUNCT" and not syntax.blank[i]]
    inside = {*inner.content, *inner.cue, *inner.source}
    clause = range(min(inside), max(inside) + 1)
    return sum(i in clause for i in words) >= 0.75 * len(words)
