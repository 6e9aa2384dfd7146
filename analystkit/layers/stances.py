"""`analystkit_stances`: who stands where.

Reads `doc._.entities` and `doc._.quotes` where there are any and writes

- `doc._.stances`: a list of dictionaries, as in the JSON schema, sorted by position;
- `doc.spans["stances"]`: the words that express them, labelled `positive`, `negative` or `neutral`.

`between` and `towards` answer the same question for given spans, in a Doc of any pipeline.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from analystkit.layers import extensions
from analystkit.layers.roles import Syntax
from analystkit.layers.stance_frames import Finder, Found
from analystkit.layers.stance_lexicon import STRENGTHS
from analystkit.layers.stance_reading import Party, Reading

extensions.register()

POLARITY = {1: "positive", -1: "negative", 0: "neutral"}


@Language.factory("analystkit_stances", assigns=["doc._.stances", "doc.spans"], retokenizes=False)
def make_stances(nlp: Language, name: str) -> Stances:
    """The factory behind `nlp.add_pipe("analystkit_stances")`."""
    return Stances()


class Stances:
    """The component."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the stances of a Doc."""
        furniture = doc.spans["furniture"] if "furniture" in doc.spans else ()
        syntax = Syntax(doc, [i for span in furniture for i in range(span.start, span.end)])
        reading = Reading(doc, syntax)
        records, spans = [], []
        for found in Finder(syntax).find():
            record = _record(doc, reading, found)
            if record:
                records.append(record)
        records.sort(key=lambda record: (record["evidence"], record["target_span"]))
        seen = set()
        kept = []
        for record in records:
            key = (
                record["holder"] or str(record["holder_span"]),
                record["target"] or str(record["target_span"]),
                record["polarity"],
                record["evidence"][0],
            )
            if key not in seen:
                seen.add(key)
                kept.append(record)
        for number, record in enumerate(kept, 1):
            record["id"] = f"s{number}"
            spans.append(doc.char_span(*record["evidence"], label=record["polarity"], alignment_mode="expand"))
        doc._.stances = kept
        doc.spans["stances"] = SpanGroup(doc, name="stances", spans=spans)
        return doc


def _record(doc: Doc, reading: Reading, found: Found) -> dict[str, Any] | None:
    quote = reading.quote_at(found.word)
    holder = reading.speaker(quote) if found.holder is None else reading.party(found.holder)
    target = reading.party(found.target)
    if not reading.can_hold(holder, found.kind) or not reading.can_be_target(target, found.kind):
        return None
    assert holder is not None and target is not None
    if holder.entity and holder.entity == target.entity:
        return None
    evidence = doc[min(found.evidence) : max(found.evidence) + 1]
    return {
        "id": "s0",
        "holder": holder.entity,
        "holder_span": list(holder.span) if holder.span else None,
        "target": target.entity,
        "target_span": list(target.span),
        "polarity": POLARITY[found.sign],
        "strength": STRENGTHS[found.strength],
        "certainty": found.certainty,
        "evidence": [evidence.start_char, evidence.end_char],
        "quote": quote["id"] if quote else None,
        "confidence": 0.7,
        "why": f"{found.kind}: “{reading.syntax.words[found.word]}”",
    }
