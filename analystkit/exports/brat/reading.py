"""brat standoff on the way back; also what was marked in brat from the start."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from analystkit.errors import FormatError
from analystkit.exports import outside
from analystkit.exports.brat.config import ATTRIBUTES, MARKS, RELATIONS
from analystkit.exports.brat.fragments import BREAKS, DATA_NOTE, HUMAN_NOTE, fragments
from analystkit.exports.formats import Data, Parts, decoded, from_json, needed

_ID = re.compile(r"[TREAMN#]\S{1,20}|\*")
_MARK = re.compile(r"(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)", re.ASCII)
_RELATION = re.compile(r"(\S+) \S+?:(T\d+) \S+?:(T\d+)", re.ASCII)
_ATTRIBUTE = re.compile(r"(\S+) (\S+)(?: (\S+))?")
_HAND = "marked in brat"
_LAST = 1 << 60  # place of what was added in brat: after all that was exported


@dataclass
class _Mark:
    """One text-bound annotation with all that is said of it."""

    ref: str
    kind: str
    spans: list[list[int]]
    kinds: dict[str, str] = field(default_factory=dict)
    data: Data = field(default_factory=dict)
    note: str | None = None
    to: defaultdict[str, list[_Mark]] = field(default_factory=lambda: defaultdict(list))
    entity: str | None = None

    @property
    def whole(self) -> list[int]:
        """From its first to its last code point."""
        return [min(start for start, _ in self.spans), max(end for _, end in self.spans)]

    @property
    def place(self) -> list[int]:
        """Where it stood in the analysis."""
        place = self.data.get("place", [_LAST, 0])
        if not (isinstance(place, list) and [type(number) for number in place] == [int, int]):
            raise FormatError(f"{self.ref}: its place {str(place)[:60]} should be two whole numbers.")
        return place

    def record(self, **defaults: Any) -> Data:
        """What its own note says, the note of a person, and defaults for what is missing."""
        record = self.data.get("record", {})
        if not isinstance(record, dict):
            raise FormatError(f"{self.ref}: {str(record)[:60]!r} should be an object.")
        note = record.get("note")
        exported = " ".join(note.split()) if isinstance(note, str) and note.strip() else None
        if self.note != exported:
            record = {key: value for key, value in record.items() if key != "note"}
            record |= {"note": self.note} if self.note else {}
        return {**defaults, "confidence": 1, "why": _HAND, **record}


def load(parts: Parts, given: Data | None, notes: list[str]) -> Data:
    """An analysis from a .ann file and its .txt file."""
    text = needed(parts, "txt", "The .txt file beside the .ann file")
    try:
        words = text.decode()
    except UnicodeDecodeError as error:
        raise FormatError(f"The .txt file is not UTF-8 (at byte {error.start}).") from error
    data = outside.base(given, words, "brat")
    if data["text"] != words:
        raise FormatError("The .txt file and the given article differ; the marks would stand at wrong words.")
    return _Reading(data, notes).take(decoded(needed(parts, "ann", "The .ann file"), "The .ann file"))


class _Reading:
    """The lines of an .ann file on their way into an analysis."""

    def __init__(self, data: Data, notes: list[str]) -> None:
        self._data = data
        self._text = data["text"]
        self._notes = notes
        self._marks: dict[str, _Mark] = {}
        self._left_out = 0

    def take(self, ann: str) -> Data:
        """Take all lines in."""
        later = []
        for number, line in enumerate(ann.split("\n"), 1):
            ref, tab, rest = line.rstrip("\r").partition("\t")
            if not line.strip():
                continue
            if not tab or not _ID.fullmatch(ref):
                raise FormatError(f"Line {number} of the .ann file: {line[:60]!r} is no line of brat standoff.")
            if ref.startswith("T"):
                self._mark(ref, rest, f"Line {number} of the .ann file")
            else:
                later.append((ref, rest))
        for ref, rest in later:
            self._hang(ref, rest)
        for mark in self._marks.values():
            self._settle(mark)
        by_kind: defaultdict[str, list[_Mark]] = defaultdict(list)
        for mark in sorted(self._marks.values(), key=lambda mark: mark.place):
            by_kind[mark.kind if mark.kind in MARKS else "mention"].append(mark)
        self._entities(by_kind["mention"])
        quote_ids = self._quotes(by_kind["Quote"])
        self._stances(by_kind["Stance"], quote_ids)
        if by_kind["Furniture"]:
            self._data["furniture"] = [mark.whole for mark in by_kind["Furniture"]]
        self._data["dates"] = [
            {"start": mark.whole[0], "end": mark.whole[1], **self._timed(mark)} for mark in by_kind["Date"]
        ]
        amounts = [self._amount(mark) for mark in by_kind["Amount"]]
        if amounts or "amounts" in self._data:
            self._data["amounts"] = amounts
        if self._left_out:
            self._notes.append(f"{self._left_out} lines of kinds that are not known here were left out.")
        return self._data

    def _mark(self, ref: str, rest: str, what: str) -> None:
        head, _, words = rest.partition("\t")
        match = _MARK.fullmatch(head)
        if not match or ref in self._marks:
            raise FormatError(f"{what}: {ref} should be a new id, a type and offsets, but is {head[:60]!r}.")
        spans = [[int(number) for number in pair.split(" ")] for pair in match[2].split(";")]
        for start, end in spans:
            if not start < end <= len(self._text):
                raise FormatError(
                    f"{what}: the span {start} {end} does not fit a text of {len(self._text)} code points."
                )
        here = BREAKS.sub(" ", " ".join(self._text[start:end] for start, end in spans))
        if words.split() and here.split() != words.split():
            raise FormatError(f"{what}: it marks {words[:60]!r}, but the text has {here[:60]!r} there. Was it edited?")
        kind = match[1] if match[1] in MARKS else outside.label(match[1])
        if kind is None:
            self._left_out += 1
        else:
            self._marks[ref] = _Mark(ref, kind, spans)

    def _hang(self, ref: str, rest: str) -> None:
        """An attribute, a relation or a note; of marks that are left out, it is left out, too."""
        head, _, words = rest.partition("\t")
        if ref[0] in "AM" and (match := _ATTRIBUTE.fullmatch(head)) and match[1] in ATTRIBUTES:
            if match[2] in self._marks and match[3]:
                self._marks[match[2]].kinds[match[1]] = match[3]
        elif ref[0] == "R" and (match := _RELATION.fullmatch(head)) and match[1] in RELATIONS:
            first, second = self._marks.get(match[2]), self._marks.get(match[3])
            if first and second:
                first.to[match[1]].append(second)
        elif ref[0] == "#":
            kind, _, target = head.partition(" ")
            mark = self._marks.get(target)
            if mark and kind == DATA_NOTE:
                found = from_json(words, f"The note {ref}")
                if not isinstance(found, dict):
                    raise FormatError(f"The note {ref} should hold an object.")
                mark.data = found
            elif mark and kind == HUMAN_NOTE:
                mark.note = words.strip() or None
        else:
            self._left_out += 1

    def _settle(self, mark: _Mark) -> None:
        """Take the exact spans from the mark's note, unless the mark was moved since."""
        exact = mark.data.get("spans")
        if exact is not None and mark.data.get("written") == mark.spans:
            well = isinstance(exact, list) and all(
                isinstance(span, list)
                and [type(offset) for offset in span] == [int, int]
                and 0 <= span[0] < span[1] <= len(self._text)
                for span in exact
            )
            if well and [list(piece) for piece in fragments(self._text, exact)] == mark.spans:
                mark.spans = exact

    def _entities(self, mentions: list[_Mark]) -> None:
        groups = _Groups(mentions)
        for mention in mentions:
            for other in mention.to["Coref"]:
                groups.join(mention, other)
        together: defaultdict[str, list[_Mark]] = defaultdict(list)
        for mention in mentions:
            together[groups.of(mention)].append(mention)
        heads = {root: next((m for m in group if "record" in m.data), group[0]) for root, group in together.items()}
        ids = outside.Ids("e", (head.record().get("id") for head in heads.values()))
        for root, group in together.items():
            head = heads[root]
            head_words = " ".join(self._text[slice(*head.whole)].split()) or "?"
            record = head.record(name=head_words, aliases=[])
            record = {"id": record.get("id") or ids.new(), "label": head.kind, **record}
            record["mentions"] = [
                {
                    "start": mark.whole[0],
                    "end": mark.whole[1],
                    "kind": mark.kinds.get("MentionKind", "name"),
                    **mark.data.get("mention", {}),
                }
                for mark in group
            ]
            self._data["entities"].append(record)
            for mark in group:
                mark.entity = record["id"]

    def _quotes(self, marks: list[_Mark]) -> dict[str, str]:
        ids = outside.Ids("q", (mark.record().get("id") for mark in marks))
        known = {}
        for mark in marks:
            record = mark.record()
            known[mark.ref] = record["id"] = record.get("id") or ids.new()
            speakers = [other.entity for other in mark.to["SpokenBy"]]
            self._data["quotes"].append(
                record
                | {
                    "kind": mark.kinds.get("QuoteKind", "direct"),
                    "content": mark.spans,
                    "cue": [other.whole for other in mark.to["HasCue"]],
                    "source": [other.whole for other in mark.to["HasSource"]],
                    "speaker": speakers[0] if speakers else None,
                    "via": [other.entity for other in mark.to["RelayedBy"]],
                }
            )
        return known

    def _stances(self, marks: list[_Mark], quotes: dict[str, str]) -> None:
        ids = outside.Ids("s", (mark.record().get("id") for mark in marks))
        for mark in marks:
            record = mark.record()
            record["id"] = record.get("id") or ids.new()
            one = {relation: others[0] for relation, others in mark.to.items() if others}
            target = one.get("TargetAt") or one.get("Towards")
            if target is None:
                raise FormatError(f"{mark.ref}: the stance has no target; draw TargetAt or Towards from it in brat.")
            holder = one.get("HolderAt")
            self._data["stances"].append(
                record
                | {
                    "holder": one["HeldBy"].entity if "HeldBy" in one else None,
                    "holder_span": holder.whole if holder else None,
                    "target": one["Towards"].entity if "Towards" in one else None,
                    "target_span": target.whole,
                    "polarity": mark.kinds.get("Polarity", "neutral"),
                    "strength": mark.kinds.get("Strength", "moderate"),
                    "certainty": mark.kinds.get("Certainty", "asserted"),
                    "evidence": mark.whole,
                    "quote": quotes.get(one["SaidIn"].ref) if "SaidIn" in one else None,
                }
            )

    def _timed(self, mark: _Mark) -> Data:
        if "record" in mark.data:
            record = mark.record()
            return {key: value for key, value in record.items() if key in mark.data["record"] or key == "note"}
        return {"text": self._text[slice(*mark.whole)], "iso_start": None, "iso_end": None}

    def _amount(self, mark: _Mark) -> Data:
        if "record" not in mark.data:
            raise FormatError(f"{mark.ref}: an amount needs its value, which brat has no place for.")
        return {"start": mark.whole[0], "end": mark.whole[1], **self._timed(mark), "kind": mark.kinds.get("AmountKind")}


class _Groups:
    """Mentions that corefer, joined step by step (union-find)."""

    def __init__(self, mentions: list[_Mark]) -> None:
        self._parent = {mention.ref: mention.ref for mention in mentions}

    def of(self, mention: _Mark) -> str:
        """The mention that stands for the group."""
        ref = mention.ref
        while self._parent[ref] != ref:
            self._parent[ref] = self._parent[self._parent[ref]]
            ref = self._parent[ref]
        return ref

    def join(self, first: _Mark, second: _Mark) -> None:
        """Make two groups one."""
        if second.ref in self._parent:
            self._parent[self.of(first)] = self.of(second)
