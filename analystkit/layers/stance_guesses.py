"""Stances that no frame shows and the classifiers are sure of: of speakers towards those they speak of.

Labelled as what they are: the reason given is a score, and no such stance is given where a frame has found one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analystkit.layers.stance_reading import Party, Reading
    from analystkit.layers.stances import Judge

#: Least mean probability of a guess, by polarity; chosen on held-out rows so that three of four are right.
SURE = {-1: 0.85, 1: 0.75}


@dataclass(frozen=True, slots=True)
class Guess:
    """A stance of whoever speaks an attribution towards somebody mentioned in it.

    Attributes:
        quote: The attribution.
        holder: Who speaks.
        target: The mention.
        sign: 1 for, -1 against.
        probability: Of that polarity.
        word: The token that tells it most clearly; None when no word of the sentence has that sign.
    """

    quote: dict[str, Any]
    holder: Party
    target: Party
    sign: int
    probability: float
    word: int | None


def guesses(judge: Judge, reading: Reading, taken: set[tuple[str | None, str | None]]) -> Iterator[Guess]:
    """The surest guess for each speaker and entity of each attribution.

    Args:
        judge: The Doc, to be asked.
        reading: Its entities and attributions.
        taken: Pairs of a holder's or an attribution's id and a target's id of which there is a stance already.
    """
    for quote in reading.quotes:
        holder = reading.speaker(quote)
        if holder is None or not reading.can_hold(holder):
            continue
        best: dict[str | None, Guess] = {}
        for target in reading.mentioned(quote):
            known = {(holder.entity, target.entity), (quote["id"], target.entity)}
            if target.entity == holder.entity or known & taken:
                continue
            guess = _guess(judge, reading, quote, holder, target)
            if guess and (target.entity not in best or guess.probability > best[target.entity].probability):
                best[target.entity] = guess
        yield from best.values()


def _guess(judge: Judge, reading: Reading, quote: dict[str, Any], holder: Party, target: Party) -> Guess | None:
    place = reading.tokens(target.span)
    answers = [judge.probabilities(None, place)]
    source = reading.tokens(holder.span)
    if (source and source.stop <= place.start) or source.start >= place.stop:
        answers.append(judge.probabilities(source, place))
    for sign in (-1, 1):
        probability = sum(answer[1 + sign] for answer in answers) / len(answers)
        if probability >= SURE[sign]:
            return Guess(quote, holder, target, sign, probability, judge.telling(place, sign))
    return None
