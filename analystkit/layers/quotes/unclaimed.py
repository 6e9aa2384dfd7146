"""Quotations that no attribution holds, with the clause beside them that tells who said them."""

from __future__ import annotations

from analystkit.layers.quotes import rules
from analystkit.layers.quotes.attribution import MARKS, NOMINAL, SENTENCE_ENDS, Attribution, Quoted, quotations_of, trim
from analystkit.layers.quotes.sources import before_colon, introduction
from analystkit.layers.roles import Syntax

#: Most words that tell where and to whom something was said.
_REMARK = 9
#: Most quoted paragraphs that go on from one cue.
_MOST = 12


def claimed_by(found: list[Attribution], quoted: Quoted) -> set[int]:
    """The numbers of the quotations that some attribution from outside holds; what is relayed within claims nothing."""
    return {n for item in found for n in quotations_of(item, quoted)}


def join(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> None:
    """Give the clause of a cue both quotations that it parts: "“A,” she said, “b.”"."""
    claimed = claimed_by(found, quoted)
    for item in found:
        if not item.cue or not item.source or not quotations_of(item, quoted):
            continue
        clause = (*item.cue, *item.source)
        for at, step in ((min(clause) - 1, -1), (max(clause) + 1, 1)):
            if step > 0:
                at = _behind_remark(at, syntax, quoted)
            while 0 <= at < len(syntax) and quoted.at[at] < 0 and (syntax.words[at] == "," or syntax.space[at]):
                at += step
            n = quoted.at[at] if 0 <= at < len(syntax) else -1
            if n >= 0 and n not in claimed and syntax.paragraph[at] == syntax.paragraph[item.cue[0]]:
                item.content = sorted({*item.content, *quoted.whole(n)})
                claimed.update(quoted.chain(n))


def carry_over(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> None:
    """Give a quoted paragraph that nobody claims to whoever closes the one before: "She said it rained.¶ “It …”".

    Not what follows a question: there somebody else answers.
    """
    claimed = claimed_by(found, quoted)
    by_paragraph: dict[int, list[Attribution]] = {}
    for item in found:
        if item.cue and item.source and item.content and quoted.at[item.cue[0]] < 0:
            for number in {syntax.paragraph[item.cue[0]], syntax.paragraph[item.content[-1]]}:
                by_paragraph.setdefault(number, []).append(item)
    carried: dict[int, int] = {}
    for n, passage in enumerate(quoted.passages):
        if passage.depth or n in claimed or passage.words < 4 or not passage.closed or syntax.blank[passage.start]:
            continue
        last = passage.start - 1
        while last > 0 and syntax.blank[last]:
            last -= 1
        number, behind = syntax.paragraph[passage.start], passage.end
        while behind < len(quoted.at) and syntax.paragraph[behind] == number:
            if quoted.at[behind] < 0 and not syntax.blank[behind]:
                break
            behind += 1
        alone = behind == len(quoted.at) or syntax.paragraph[behind] != number
        if (
            last < 0
            or syntax.paragraph[last] != number - 1
            or not alone
            or syntax.words[passage.end - 2] not in SENTENCE_ENDS
        ):
            continue
        owner = _closing(last, by_paragraph.get(number - 1, []), syntax)
        if owner is not None and carried.get(id(owner), 0) < _MOST:
            carried[id(owner)] = carried.get(id(owner), 0) + 1
            by_paragraph.setdefault(number, []).append(owner)
            owner.content = sorted({*owner.content, *quoted.whole(n)} - {*owner.cue, *owner.source})
            if carried[id(owner)] == 1:
                owner.why += "; a quoted paragraph behind it without a cue: guess"
            claimed.update(quoted.chain(n))


def _closing(last: int, found: list[Attribution], syntax: Syntax) -> Attribution | None:
    """Who speaks at the end of a paragraph; None where nobody does or a question is asked.

    Args:
        last: The last word of the paragraph.
        found: The attributions of that paragraph.
        syntax: The parse.
    """
    low, high = syntax.sentences[syntax.sentence[last]]
    speaking = []
    for item in found:
        says = any("quote" in rules.verb_classes().get(syntax.lemmas[i], {}) for i in item.cue)
        if says and (last in item.content or low <= item.cue[0] < high):
            speaking.append(item)
    owner = max(speaking, key=lambda item: item.cue[0], default=None)
    if owner is None or any(syntax.lemmas[i] == "ask" for i in owner.cue):
        return None
    asked = any(syntax.words[i] == "?" for i in range(owner.content[-1] - 1, last + 1))
    return None if asked else owner


def _behind_remark(start: int, syntax: Syntax, quoted: Quoted) -> int:
    """Where the sentence goes on behind where and to whom it was said: "she said | in a talk |, “and so on”"."""
    for at in range(start, min(start + _REMARK, len(syntax) - 1)):
        if syntax.words[at] == ",":
            goes_on = quoted.at[at + 1] >= 0 and at + 2 < len(syntax) and not syntax.capital[at + 2]
            return at if goes_on else start
        if quoted.at[at] >= 0 or syntax.is_verb(at) or syntax.blank[at] or syntax.pos[at] == "PUNCT":
            break
    return start


def unclaimed(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> list[Attribution]:
    """Quotations that no attribution holds, with the clause tagged on to them, or as the rules see them."""
    made = _tag(found, syntax, quoted)
    claimed = claimed_by([*found, *made], quoted)
    free = {n for n, item in enumerate(quoted.passages) if not item.depth and n not in claimed and item.words > 3}
    if not free:
        return made
    taken = {i for item in (*found, *made) for i in item.cue}
    paragraphs = {syntax.paragraph[quoted.passages[n].start] for n in free}
    paragraphs |= {number - 1 for number in paragraphs}  # "Lee wrote:", and the quotation a paragraph below
    near = [i for i, number in enumerate(syntax.paragraph) if number in paragraphs]
    for ruled in rules.find(syntax, quoted, near):
        inside = {quoted.at[i] for i in ruled.content} - {-1}
        if inside and inside <= free and taken.isdisjoint(ruled.cue) and quoted.at[ruled.cue[0]] < 0:
            ruled.confidence = 0.5
            made.append(ruled)
            free -= inside
    return made + [item for n in sorted(free) if (item := _introduced(n, syntax, quoted)) is not None]


def _tag(found: list[Attribution], syntax: Syntax, quoted: Quoted) -> list[Attribution]:
    """Give quotations to the clause tagged on to them: "“Come!” the two shouted", whoever else claims them from afar.

    Returns:
        The attributions that were not there yet.
    """
    made: list[Attribution] = []
    holding: dict[int, list[Attribution]] = {}
    for item in found:
        for n in quotations_of(item, quoted):
            holding.setdefault(n, []).append(item)
    for n, passage in enumerate(quoted.passages):
        tagged = _tagged(n, syntax, quoted) if not passage.depth else None
        if tagged is None:
            continue
        verb = tagged.cue[0]
        near = range(syntax.sentence[passage.start + 1], syntax.sentence[verb] + 1)
        holders = holding.get(n, [])
        behind = syntax.pos[min(verb + 1, len(syntax) - 1)]
        if syntax.words[passage.end - 2] != "," and behind not in ("PUNCT", "ADV") and len(tagged.cue) == 1:
            continue  # "“Who else?” The crowd told them so"
        if any(syntax.sentence[item.cue[0]] in near for item in holders if item.cue):
            continue
        for item in holders:
            item.content = trim([i for i in item.content if quoted.at[i] != n], syntax, quoted)
        same = next((item for item in found if verb in item.cue and quoted.at[verb] < 0), None)
        if same is None:
            made.append(tagged)
        else:
            same.content = sorted({*same.content, *tagged.content})
            same.source = same.source or tagged.source
    return made


def _introduced(n: int, syntax: Syntax, quoted: Quoted) -> Attribution | None:
    """A quotation behind a colon, with whom the words before are about: "From the report: “…”", "She went on: “…”"."""
    passage = quoted.passages[n]
    colon = passage.start - 1
    while colon > 0 and syntax.space[colon]:
        colon -= 1
    if colon < 1 or syntax.words[colon] != ":" or quoted.at[colon] >= 0 or passage.words < 4:
        return None
    item = Attribution([colon], [], quoted.whole(n), 0.5, "speech: “:” before quoted words")
    if syntax.paragraph[colon] != syntax.paragraph[passage.start]:  # "Lee wrote:", and the quotation a paragraph below
        item.cue, item.source = introduction(colon, syntax, quoted) or ([colon], [])
    start, _ = syntax.sentences[syntax.sentence[colon]]
    ahead = [i for i in range(start, colon) if not syntax.blank[i]]
    source = next((i for i in ahead if syntax.words[i] == "from"), None)
    if source is not None and source - start <= 1 and not any(syntax.is_verb(i) for i in ahead):
        item.source = [i for i in ahead if i > source]
    elif passage.start == colon + 1 and not item.source:
        item.source = before_colon(item, syntax, quoted)
    return item if item.source and not any(quoted.at[i] >= 0 for i in item.source) else None


def _tagged(n: int, syntax: Syntax, quoted: Quoted) -> Attribution | None:
    """A quotation that ends in a comma, question or exclamation, with the words "the two write" behind it."""
    passage = quoted.passages[n]
    stop = syntax.words[passage.end - 2] if syntax.words[passage.end - 1] in MARKS else ""
    if stop not in (",", "?", "!") or syntax.blank[passage.start]:
        return None
    source: list[int] = []
    for at in range(passage.end, len(syntax)):
        if syntax.words[at] in MARKS or (syntax.space[at] and syntax.paragraph[at] == syntax.paragraph[passage.start]):
            continue  # a blank that holds words together
        if len(source) > 7 or quoted.at[at] >= 0 or syntax.space[at]:
            return None
        phrasal = f"{syntax.lemmas[at]} {''.join(syntax.words[at + 1 : at + 2])}" in rules.phrasal_verbs()
        says = phrasal or "quote" in rules.verb_classes().get(syntax.lemmas[at], {})
        if says and (syntax.is_verb(at) or source):
            named = source or rules.named(syntax, quoted, at)
            if len(named) < 2 and syntax.pos[named[0] if named else at] not in ("NOUN", "PROPN", "PRON"):
                return None
            why = f"speech: “{syntax.words[at]}” behind quoted words"
            return Attribution([at, at + 1] if phrasal else [at], named, quoted.whole(n), 0.6, why)
        if syntax.pos[at] not in NOMINAL:
            return None
        source.append(at)
    return None
