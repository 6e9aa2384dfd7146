"""Numbers of things in statements, as ranges: "at least 40 soldiers had been killed"."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from analystkit.layers import amounts

if TYPE_CHECKING:
    from analystkit.layers.accounts.statements import Reading, Statement

#: What stands before a number and opens its range upwards or downwards, or makes it a rough one.
_MORE = ("at least", "more than", "over", "as many as", "least", "than")
_LESS = ("up to", "at most", "less than", "fewer than", "under", "most")
_ROUGH = ("about", "around", "roughly", "approximately", "nearly", "almost", "some", "estimated", "just")
#: A rough number may be off by this share.
_OFF = 0.2
#: Amounts of one thing do not differ by more than this.
_ALIKE = 10
#: Whole numbers in figures that are rather years.
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Count:
    """So many of something.

    Attributes:
        key: What is counted, or the unit of an amount.
        low: The least that it may be.
        high: The most.
        events: What is said of them: the keys of the verbs and event nouns over it.
        actors: Those named in its clause, the source left out: numbers of different ones tell nothing of each other.
        of: For an amount, the keys of the nouns in its clause, one of which it is of; empty for a number of things.
        words: The tokens of the number and what is counted, [start, end).
    """

    key: str
    low: float
    high: float
    events: frozenset[str]
    actors: frozenset[str]
    of: frozenset[str]
    words: tuple[int, int]

    def contradicts(self, other: Count) -> bool:
        """Whether the two cannot both be so, if they are of one thing."""
        apart = self.low > other.high or other.low > self.high
        if not apart or self.key != other.key or bool(self.of) != bool(other.of):
            return False
        if self.actors != other.actors and not self.actors & other.actors:
            return False
        if (
            self.of
            and max(self.high, other.high) > _ALIKE * min(self.low, other.low)
            and inf not in (self.high, other.high)
        ):
            return False
        if self.of:
            return bool(self.of & other.of)
        return bool(self.events & other.events) or not (self.events or other.events)


def counts(reading: Reading, statement: Statement) -> list[Count]:
    """The numbers of things and amounts in a statement, in their order."""
    s, found = reading.syntax, []
    inside = set(statement.tokens)
    taken: set[int] = set()
    for start, end in statement.quote["content"]:
        for record in amounts.find(s.text[start:end]):
            first, last = s.words_at(start + record["start"], start + record["end"])
            taken |= set(range(first, last))
            if record["kind"] != "quantity" and "from" not in s.words[max(first - 3, 0) : first]:
                low, high = _range(record["value"], record.get("modifier", ""))
                events, actors, of = _clause(reading, last - 1, inside, taken)
                if of:
                    high, actors = max(high, record.get("to", high)), actors - {statement.source}
                    found.append(Count(str(record["unit"]), low, high, events, actors, of, (first, last)))
    for i in statement.tokens:
        head = s.heads[i]
        value = None if i in taken or s.base(i) != "nummod" or head not in inside else amounts.number(s.words[i])
        if value is None or (value in _YEARS and s.words[i].isdigit()) or s.pos[head] != "NOUN" or head < i:
            continue
        before = " ".join(s.words[max(i - 2, 0) : i])
        key = reading.words.key(s.words[head])
        if key not in reading.words.measures:
            events, actors, _ = _clause(reading, head, inside, {i})
            actors -= {statement.source}
            found.append(Count(key, *_range(value, before), events - {key}, actors, frozenset(), (i, head + 1)))
    return found


def _range(value: float, before: str) -> tuple[float, float]:
    if any(before.endswith(word) for word in _LESS):
        return 0.0, value
    if any(before.endswith(word) for word in _MORE):
        return value, inf
    rough = any(before.endswith(word) for word in _ROUGH)
    return (value * (1 - _OFF), value * (1 + _OFF)) if rough else (value, value)


def _clause(
    reading: Reading, i: int, inside: set[int], without: set[int]
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The verbs and nouns that a word hangs on, the actors and the nouns of its clause."""
    s, events, above = reading.syntax, set(), i
    for up in s.ancestors(i):
        if up not in inside:
            break
        above = up
        events |= {key for key in reading.keys(up) if s.pos[up] in ("VERB", "NOUN", "ADJ")}
        if s.is_verb(up):
            break
    clause = [k for k in s.subtree(above) if k in inside and k not in without]
    nouns = {key for k in clause if s.pos[k] == "NOUN" and k not in reading.actors for key in reading.keys(k)}
    actors = {reading.actors[k] for k in clause if k in reading.actors}
    return frozenset(events), frozenset(actors), frozenset(nouns)
