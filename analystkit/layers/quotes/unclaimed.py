"""Quotations that no attribution holds, with the clause beside them that tells who said them."""

from __future__ import annotations

from analystkit.layers.quotes import rules
from analystkit.layers.quotes.attribution import MARKS, NOMINAL, Attribution, Quoted, quotations_of
from analystkit.layers.quotes.sources import before_colon
from analystkit.layers.roles import Syntax


def claimed_by(found: list[Attribution], quoted: Quoted) -> set[int]:
    """The numbers of the quotations that some attribution holds, or whose words are its cue."""
    return {quoted.at[i] for item in found for i in (*item.content, *item.cue)} - {-1}


def join(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> None:
    """Give the clause of a cue both quotations that it parts: "“A,” she said, “b.”"."""
    claimed = claimed_by(found, quoted)
    for item in found:
        if not item.cue or not item.source or not quotations_of(item, quoted):
            continue
        clause = (*item.cue, *item.source)
        for at, step in ((min(clause) - 1, -1), (max(clause) + 1, 1)):
            while 0 <= at < len(syntax) and quoted.at[at] < 0 and (syntax.words[at] == "," or syntax.space[at]):
                at += step
            n = quoted.at[at] if 0 <= at < len(syntax) else -1
            if n >= 0 and n not in claimed and syntax.paragraph[at] == syntax.paragraph[item.cue[0]]:
                item.content = sorted({*item.content, *quoted.whole(n)})
                claimed.update(quoted.chain(n))


def unclaimed(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> list[Attribution]:
    """Quotations that no attribution holds, with the clause tagged on to them, or as the rules see them."""
    claimed = claimed_by(found, quoted)
    free = {n for n, item in enumerate(quoted.passages) if not item.depth and n not in claimed}
    made = [item for n in sorted(free) if (item := _tagged(n, syntax, quoted)) is not None]
    free -= {quoted.at[i] for item in made for i in item.content}
    free = {n for n in free if quoted.passages[n].words > 3}
    if not free:
        return made
    taken = {i for item in (*found, *made) for i in item.cue}
    for item in rules.find(syntax, quoted):
        inside = {quoted.at[i] for i in item.content} - {-1}
        if inside and inside <= free and taken.isdisjoint(item.cue) and quoted.at[item.cue[0]] < 0:
            item.confidence = 0.5
            made.append(item)
            free -= inside
    return made + [item for n in sorted(free) if (item := _introduced(n, syntax, quoted)) is not None]


def _introduced(n: int, syntax: Syntax, quoted: Quoted) -> Attribution | None:
    """A quotation behind a colon, with whom the words before are about: "From the report: “…”", "She went on: “…”"."""
    passage = quoted.passages[n]
    colon = passage.start - 1
    while colon > 0 and syntax.space[colon]:
        colon -= 1
    if colon < 1 or syntax.words[colon] != ":" or quoted.at[colon] >= 0 or passage.words < 4:
        return None
    item = Attribution([colon], [], quoted.whole(n), 0.5, "speech: “:” before quoted words")
    start, _ = syntax.sentences[syntax.sentence[colon]]
    ahead = [i for i in range(start, colon) if not syntax.blank[i]]
    source = next((i for i in ahead if syntax.words[i] == "from"), None)
    if source is not None and source - start <= 1 and not any(syntax.is_verb(i) for i in ahead):
        item.source = [i for i in ahead if i > source]
    elif passage.start == colon + 1:
        item.source = before_colon(item, syntax, quoted)
    return item if item.source and not any(quoted.at[i] >= 0 for i in item.source) else None


def _tagged(n: int, syntax: Syntax, quoted: Quoted) -> Attribution | None:
    """A quotation that ends in a comma, question or exclamation, with the words "the two write" behind it."""
    passage = quoted.passages[n]
    stop = syntax.words[passage.end - 2] if syntax.words[passage.end - 1] in MARKS else ""
    if stop not in (",", "?", "!") or syntax.blank[passage.start]:
        return None
    at = passage.end
    source: list[int] = []
    while at < len(syntax) and len(source) < 8 and quoted.at[at] < 0 and not syntax.space[at]:
        if syntax.lemmas[at] in rules.verb_classes() and (syntax.is_verb(at) or source):
            named = source or rules.named(syntax, quoted, at)
            if not named:
                return None
            why = f"speech: “{syntax.words[at]}” behind quoted words"
            return Attribution([at], named, quoted.whole(n), 0.6, why)
        if syntax.pos[at] not in NOMINAL:
            return None
        source.append(at)
        at += 1
    return None
