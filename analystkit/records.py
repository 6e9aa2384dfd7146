"""The records of an analysis: entities, mentions, quotes, stances, dates.

They hold no copy of anything: each is a window on the dictionary that `Analysis.to_dict` gives (see
`analystkit.schema`), so that keys which this version does not know survive. Offsets are `[start, end)` code points.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from analystkit.analysis import Analysis

MentionKind = Literal["name", "nominal", "pronoun"]
QuoteKind = Literal["direct", "mixed", "indirect"]
Polarity = Literal["positive", "negative", "neutral"]
Strength = Literal["weak", "moderate", "strong"]
Certainty = Literal["asserted", "hedged", "denied", "conditional"]
Offsets = tuple[int, int]


class _Record:
    """A window on one record of the analysis; two are equal when their data are."""

    __slots__ = ("_analysis", "_data")

    def __init__(self, analysis: Analysis, data: dict[str, Any]) -> None:
        self._analysis = analysis
        self._data = data

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._data == self._data

    def __hash__(self) -> int:
        return hash((type(self), json.dumps(self._data, sort_keys=True)))

    @property
    def confidence(self) -> float:
        """How sure the tool is, from 0 to 1; 1 for marks made by hand."""
        return float(self._data["confidence"])

    @property
    def why(self) -> str:
        """The rule or score the mark rests on, in words."""
        return str(self._data["why"])

    @property
    def by(self) -> str | None:
        """Who made or changed it; None for the machine."""
        value: str | None = self._data.get("by")
        return value

    @property
    def note(self) -> str | None:
        """A person's remark on it; None without one."""
        value: str | None = self._data.get("note")
        return value

    @property
    def accepted(self) -> bool:
        """Whether a person looked at it and found it right."""
        return self._data.get("review") == "accepted"

    def to_dict(self) -> dict[str, Any]:
        """A copy of the record in the JSON form."""
        return copy.deepcopy(self._data)

    def _spans(self, key: str) -> tuple[Offsets, ...]:
        return tuple((start, end) for start, end in self._data[key])

    def _span(self, key: str) -> Offsets | None:
        value = self._data[key]
        return None if value is None else (value[0], value[1])


class _Located(_Record):
    """A record that is one span."""

    @property
    def start(self) -> int:
        """Where it begins, in code points."""
        return int(self._data["start"])

    @property
    def end(self) -> int:
        """Where it ends, in code points, exclusive."""
        return int(self._data["end"])


class _Identified(_Record):
    """A record that others refer to."""

    @property
    def id(self) -> str:
        """The id within the article: "e1" for an entity, "q1" for a quote, "s1" for a stance."""
        return str(self._data["id"])


class Mention(_Located):
    """A span that names, describes or refers to an entity."""

    @property
    def kind(self) -> MentionKind:
        """`name`, `nominal` ("the minister") or `pronoun`."""
        kind: MentionKind = self._data["kind"]
        return kind

    @property
    def text(self) -> str:
        """The words."""
        return self._analysis.text[self.start : self.end]

    def __repr__(self) -> str:
        return f"Mention({self.text!r}, {self.start}:{self.end}, {self.kind})"


class Entity(_Identified):
    """A person, organisation, place… of the article, with all its mentions."""

    @property
    def name(self) -> str:
        """The fullest name the article uses."""
        return str(self._data["name"])

    @property
    def label(self) -> str:
        """PERSON, ORG, GPE, LOC, NORP, FAC, EVENT, PRODUCT, LAW or WORK_OF_ART."""
        return str(self._data["label"])

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names the article uses for it."""
        return tuple(self._data["aliases"])

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Its mentions, in the order of the text."""
        return tuple(Mention(self._analysis, mention) for mention in self._data["mentions"])

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The attributions whose speaker it is."""
        return tuple(quote for quote in self._analysis.quotes if quote._data["speaker"] == self.id)

    def __repr__(self) -> str:
        return f"Entity({self.id}, {self.name!r}, {self.label}, {len(self._data['mentions'])} mentions)"


class Quote(_Identified):
    """An attribution: what was said (content), the words that say so (cue), and who is named for it (source)."""

    @property
    def kind(self) -> QuoteKind:
        """`direct`, `mixed` (a quoted part inside reported speech) or `indirect`."""
        kind: QuoteKind = self._data["kind"]
        return kind

    @property
    def content(self) -> tuple[Offsets, ...]:
        """What was said; several spans where the cue interrupts it."""
        return self._spans("content")

    @property
    def cue(self) -> tuple[Offsets, ...]:
        """The words that attribute it ("said", "according to")."""
        return self._spans("cue")

    @property
    def source(self) -> tuple[Offsets, ...]:
        """The words that name the speaker."""
        return self._spans("source")

    @property
    def start(self) -> int:
        """Where its content begins."""
        return min(start for start, _ in self.content)

    @property
    def end(self) -> int:
        """Where its content ends, exclusive."""
        return max(end for _, end in self.content)

    @property
    def text(self) -> str:
        """The content, its parts joined by " … "."""
        return self._words(self.content)

    @property
    def cue_text(self) -> str:
        """The words of the cue."""
        return self._words(self.cue)

    @property
    def source_text(self) -> str:
        """The words of the source; empty where the text names none."""
        return self._words(self.source)

    def _words(self, spans: tuple[Offsets, ...]) -> str:
        return " … ".join(self._analysis.text[start:end] for start, end in spans)

    @property
    def speaker(self) -> Entity | None:
        """The entity whose words they are; None where unknown."""
        return self._analysis.entity(self._data["speaker"])

    @property
    def via(self) -> tuple[Entity, ...]:
        """Who relays it, nearest to the speaker first."""
        found = (self._analysis.entity(ref) for ref in self._data["via"])
        return tuple(entity for entity in found if entity is not None)

    def __repr__(self) -> str:
        speaker = self.speaker.name if self.speaker else self.source_text or "unknown"
        text = self.text if len(self.text) <= 60 else self.text[:59] + "…"
        return f"Quote({self.id}, {self.kind}, {speaker!r}: {text!r})"


class Stance(_Identified):
    """Who stands for or against what, with the words that show it."""

    @property
    def holder(self) -> Entity | None:
        """Who takes the stance; None for the article itself or somebody unlinked (see `holder_span`)."""
        return self._analysis.entity(self._data["holder"])

    @property
    def holder_span(self) -> Offsets | None:
        """The words that name the holder; None where the article itself speaks."""
        return self._span("holder_span")

    @property
    def target(self) -> Entity | None:
        """The entity it is about; None where the target is a thing (see `target_span`)."""
        return self._analysis.entity(self._data["target"])

    @property
    def target_span(self) -> Offsets:
        """The words that name the target."""
        start, end = self._data["target_span"]
        return start, end

    @property
    def target_text(self) -> str:
        """The target's words."""
        start, end = self.target_span
        return self._analysis.text[start:end]

    @property
    def polarity(self) -> Polarity:
        """`positive`, `negative` or `neutral`."""
        polarity: Polarity = self._data["polarity"]
        return polarity

    @property
    def strength(self) -> Strength:
        """`weak`, `moderate` or `strong`."""
        strength: Strength = self._data["strength"]
        return strength

    @property
    def certainty(self) -> Certainty:
        """`asserted`, `hedged`, `denied` or `conditional`."""
        certainty: Certainty = self._data["certainty"]
        return certainty

    @property
    def evidence(self) -> Offsets:
        """The words that express it."""
        start, end = self._data["evidence"]
        return start, end

    @property
    def evidence_text(self) -> str:
        """The evidence's words."""
        start, end = self.evidence
        return self._analysis.text[start:end]

    @property
    def quote(self) -> Quote | None:
        """The attribution that carries it, if any."""
        return self._analysis.quote(self._data["quote"])

    def __repr__(self) -> str:
        holder = self.holder.name if self.holder else "the article" if self.holder_span is None else "somebody"
        target = self.target.name if self.target else self.target_text
        return f"Stance({self.id}, {holder!r} → {target!r}, {self.polarity}, {self.certainty})"


class Mark(_Identified, _Located):
    """A mark of a further layer (`analystkit.layers.extra`)."""

    @property
    def text(self) -> str:
        """The words."""
        return self._analysis.text[self.start : self.end]

    @property
    def label(self) -> str | None:
        """What kind it is; None where the layer has no kinds."""
        value: str | None = self._data.get("label")
        return value

    @property
    def who_span(self) -> Offsets | None:
        """The words that tell whose it is; None where the article itself speaks or nobody is named."""
        return self._span("who")

    @property
    def who(self) -> Entity | None:
        """The entity that has a mention in `who_span`; None where there is none."""
        return None if self.who_span is None else self._analysis.entity_at(*self.who_span)

    def __repr__(self) -> str:
        return f"Mark({self.id}, {self.text!r})"


class Date(_Located):
    """A time expression and the days it stands for, as far as they can be told."""

    @property
    def text(self) -> str:
        """The words."""
        return str(self._data["text"])

    @property
    def iso_start(self) -> str | None:
        """First day, ISO 8601; None where it cannot be resolved."""
        value: str | None = self._data["iso_start"]
        return value

    @property
    def iso_end(self) -> str | None:
        """Last day, inclusive, ISO 8601; None where it cannot be resolved."""
        value: str | None = self._data["iso_end"]
        return value

    def __repr__(self) -> str:
        return f"Date({self.text!r}, {self.iso_start}…{self.iso_end})"


class ArticleInfo(_Record):
    """What is known of the article besides its text."""

    @property
    def id(self) -> str:
        """The article's id."""
        return str(self._data["id"])

    @property
    def title(self) -> str | None:
        """The headline."""
        value: str | None = self._data["title"]
        return value

    @property
    def byline(self) -> str | None:
        """Who wrote it."""
        value: str | None = self._data["byline"]
        return value

    @property
    def published(self) -> dt.date | None:
        """The day of publication."""
        value = self._data["published"]
        return None if value is None else dt.date.fromisoformat(value)

    @property
    def url(self) -> str | None:
        """Where it came from."""
        value: str | None = self._data["url"]
        return value

    @property
    def dateline(self) -> Mapping[str, str | None] | None:
        """`{"place", "date", "agency"}` as written; None without a dateline."""
        value = self._data["dateline"]
        return None if value is None else dict(value)

    def __repr__(self) -> str:
        return f"ArticleInfo({self.id!r}, {self.title!r}, published={self.published})"
