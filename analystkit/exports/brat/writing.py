"""brat standoff on the way out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analystkit.exports.brat.config import configuration
from analystkit.exports.brat.fragments import BREAKS, DATA_NOTE, HUMAN_NOTE, fragments
from analystkit.exports.formats import Data, to_json

if TYPE_CHECKING:
    from analystkit.analysis import Analysis


@dataclass
class _Lines:
    """The lines of an .ann file as they are written."""

    text: str
    lines: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def _id(self, letter: str) -> str:
        self.counts[letter] = self.counts.get(letter, 0) + 1
        return f"{letter}{self.counts[letter]}"

    def mark(self, kind: str, spans: Sequence[Sequence[int]], rest: Data, **kinds: Any) -> str:
        """A text-bound annotation with its attributes and its notes; gives its id."""
        pieces = fragments(self.text, spans)
        offsets = ";".join(f"{start} {end}" for start, end in pieces)
        words = BREAKS.sub(" ", " ".join(self.text[start:end] for start, end in pieces))
        ref = self._id("T")
        self.lines.append(f"{ref}\t{_name(kind)} {offsets}\t{words}")
        for name, value in kinds.items():
            self.lines.append(f"{self._id('A')}\t{name} {ref} {value}")
        if [list(span) for span in spans] != [list(piece) for piece in pieces]:
            rest = rest | {"spans": [list(span) for span in spans], "written": [list(piece) for piece in pieces]}
        if rest:
            self.lines.append(f"{self._id('#')}\t{DATA_NOTE} {ref}\t{to_json(rest, ascii_only=True)}")
        note = rest.get("record", {}).get("note")
        if isinstance(note, str) and note.strip():
            self.lines.append(f"{self._id('#')}\t{HUMAN_NOTE} {ref}\t{' '.join(note.split())}")
        return ref

    def relation(self, kind: str, first: str, second: str) -> None:
        """A relation from one mark to another."""
        self.lines.append(f"{self._id('R')}\t{kind} Arg1:{first} Arg2:{second}")


def _name(kind: str) -> str:
    """A type's name in the characters that brat allows."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", kind)


def _without(record: Data, *keys: str) -> Data:
    return {key: value for key, value in record.items() if key not in keys}


def dump(analysis: Analysis) -> dict[str, bytes]:
    """The .ann, the .txt and the annotation.conf of an analysis."""
    data = analysis.to_dict()
    ann = "".join(f"{line}\n" for line in _annotations(data))
    return {"ann": ann.encode(), "txt": data["text"].encode(), "conf": configuration().encode()}


def _annotations(data: Data) -> Iterator[str]:
    out = _Lines(data["text"])
    first: dict[str, str] = {}
    for i, entity in enumerate(data["entities"]):
        for j, mention in enumerate(entity["mentions"]):
            rest: Data = {"place": [i, j]}
            if j == 0:
                rest["record"] = _without(entity, "label", "mentions")
            if more := _without(mention, "start", "end", "kind"):
                rest["mention"] = more
            span = [mention["start"], mention["end"]]
            ref = out.mark(entity["label"], [span], rest, MentionKind=mention["kind"])
            if j == 0:
                first[entity["id"]] = ref
            else:
                out.relation("Coref", ref, first[entity["id"]])
    quotes = {record["id"]: _quote(out, i, record, first) for i, record in enumerate(data["quotes"])}
    for i, record in enumerate(data["stances"]):
        _stance(out, i, record, first, quotes)
    for i, span in enumerate(data["furniture"]):
        out.mark("Furniture", [span], {"place": [i, 0]})
    for layer, kind in (("dates", "Date"), ("amounts", "Amount")):
        for i, record in enumerate(data.get(layer, ())):
            span = [record["start"], record["end"]]
            kinds = {"AmountKind": record["kind"]} if layer == "amounts" else {}
            out.mark(
                kind,
                [span],
                {"place": [i, 0], "record": _without(record, "start", "end", *kinds and ("kind",))},
                **kinds,
            )
    yield from out.lines


def _quote(out: _Lines, place: int, record: Data, first: dict[str, str]) -> str:
    rest = _without(record, "kind", "content", "cue", "source", "speaker", "via")
    ref = out.mark("Quote", record["content"], {"place": [place, 0], "record": rest}, QuoteKind=record["kind"])
    for part, kind in (("cue", "Cue"), ("source", "Source")):
        for span in record[part]:
            out.relation(f"Has{kind}", ref, out.mark(kind, [span], {}))
    if record["speaker"] is not None:
        out.relation("SpokenBy", ref, first[record["speaker"]])
    for relay in record["via"]:
        out.relation("RelayedBy", ref, first[relay])
    return ref


def _stance(out: _Lines, place: int, record: Data, first: dict[str, str], quotes: dict[str, str]) -> None:
    said = ("holder", "target", "quote", "holder_span", "target_span", "evidence", "polarity", "strength", "certainty")
    ref = out.mark(
        "Stance",
        [record["evidence"]],
        {"place": [place, 0], "record": _without(record, *said)},
        Polarity=record["polarity"],
        Strength=record["strength"],
        Certainty=record["certainty"],
    )
    for part, kind in (("holder_span", "HolderAt"), ("target_span", "TargetAt")):
        if record[part] is not None:
            out.relation(kind, ref, out.mark(kind.removesuffix("At"), [record[part]], {}))
    for part, kind, known in (("holder", "HeldBy", first), ("target", "Towards", first), ("quote", "SaidIn", quotes)):
        if record[part] is not None:
            out.relation(kind, ref, known[record[part]])
