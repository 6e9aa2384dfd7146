"""`analystkit_quotes`: who said what.

Finds attributions (source, cue, content) in a parsed Doc and writes

- `doc._.quotes`: a list of dictionaries, as in the JSON schema, sorted by position;
- `doc.spans["quotes"]`, `doc.spans["cues"]`, `doc.spans["sources"]`: the same as spans, the quotes labelled
  `direct`, `mixed` or `indirect`.

Speakers are entities of `doc._.entities`; add `analystkit_entities` before to have them resolved.
"""

from __future__ import annotations

import warnings
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from analystkit.errors import AnalystkitWarning
from analystkit.layers import attribution_rules, extensions, quotation
from analystkit.layers.attribution import MARKS, Attribution, Quoted, ranges
from analystkit.layers.nesting import link
from analystkit.layers.roles import Syntax

extensions.register()


@Language.factory("analystkit_quotes", assigns=["doc._.quotes", "doc.spans"], retokenizes=False)
def make_quotes(nlp: Language, name: str) -> Quotes:
    """The factory behind `nlp.add_pipe("analystkit_quotes")`."""
    return Quotes()


class Quotes:
    """The component."""

    def __init__(self) -> None:
        self._warned = False

    def __call__(self, doc: Doc) -> Doc:
        """Find the attributions of a Doc."""
        furniture = doc.spans["furniture"] if "furniture" in doc.spans else ()
        skip = [i for span in furniture for i in range(span.start, span.end)]
        syntax = Syntax(doc, skip)
        if not syntax.parsed and len(doc) and not self._warned:
            self._warned = True
            warnings.warn(
                "The pipeline has no parser (or it has not run): only direct quotes beside a reporting word are "
                "found. Put analystkit_quotes after the parser.",
                AnalystkitWarning,
                stacklevel=2,
            )
        quoted = Quoted(syntax, quotation.pair(doc.text))
        found = attribution_rules.find(syntax, quoted)
        _write(doc, syntax, quoted, link(found, syntax, quoted, doc._.entities))
        return doc


def kind_of(content: list[int], syntax: Syntax, quoted: Quoted) -> str:
    """`direct`: every word stands between marks; `mixed`: some do; `indirect`: none."""
    words = [
        i
        for i in content
        if syntax.words[i] not in MARKS and syntax.pos[i] != "PUNCT" and not syntax.blank[i]
    ]
    marked = [quoted.at[i] >= 0 for i in words]
    if words and all(marked):
        inside = {quoted.at[i] for i in words}
        whole = all(
            quoted.passages[n].start in content or quoted.passages[n].end - 1 in content for n in inside
        )
        return "direct" if whole else "indirect"
    return "mixed" if any(marked) else "indirect"


def _write(
    doc: Doc, syntax: Syntax, quoted: Quoted, linked: list[tuple[Attribution, str | None, list[str]]]
) -> None:
    linked.sort(key=lambda entry: (min(entry[0].content + entry[0].cue), entry[0].content))
    records: list[dict[str, Any]] = []
    spans: dict[str, list[Span]] = {"quotes": [], "cues": [], "sources": []}
    for number, (found, speaker, via) in enumerate(linked, 1):
        kind = kind_of(found.content, syntax, quoted)
        parts = {"content": found.content, "cue": found.cue, "source": found.source}
        offsets: dict[str, list[list[int]]] = {}
        for part, tokens in parts.items():
            name = "quotes" if part == "content" else f"{part}s"
            label = kind if part == "content" else part
            made = [Span(doc, start, end, label=label) for start, end in ranges(tokens, syntax)]
            spans[name] += made
            offsets[part] = [[span.start_char, span.end_char] for span in made]
        records.append(
            {
                "id": f"q{number}",
                "kind": kind,
                **offsets,
                "speaker": speaker,
                "via": via,
                "confidence": round(found.confidence, 3),
                "why": found.why,
            }
        )
    doc._.quotes = records
    for name, made in spans.items():
        doc.spans[name] = SpanGroup(doc, name=name, spans=made)
