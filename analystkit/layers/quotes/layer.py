"""`analystkit_quotes`: who said what.

Finds attributions (source, cue, content) in a parsed Doc and writes

- `doc._.quotes`: a list of dictionaries, as in the JSON schema, sorted by position;
- `doc.spans["quotes"]`, `doc.spans["cues"]`, `doc.spans["sources"]`: the same as spans, the quotes labelled
  `direct`, `mixed` or `indirect`.

Speakers are entities of `doc._.entities`; add `analystkit_entities` before to have them resolved. Who speaks without a
name ("two large shareholders") is added there as an entity of its own.
"""

from __future__ import annotations

import warnings
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from analystkit.errors import AnalystkitWarning
from analystkit.layers import extensions, quotation
from analystkit.layers.layout import furniture_tokens
from analystkit.layers.quotes import rules as attribution_rules
from analystkit.layers.quotes.attribution import MARKS, Attribution, Quoted, ranges
from analystkit.layers.quotes.nesting import leftover, link
from analystkit.layers.quotes.settle import settle
from analystkit.layers.quotes.turns import unmarked
from analystkit.layers.quotes.voices import Voice
from analystkit.layers.roles import Syntax, syntax_of

extensions.register()


@Language.factory(
    "analystkit_quotes",
    default_config={"model": "shipped"},
    assigns=["doc._.quotes", "doc._.entities", "doc.spans"],
    retokenizes=False,
)
def make_quotes(nlp: Language, name: str, model: str) -> Quotes:
    """The factory behind `nlp.add_pipe("analystkit_quotes")`.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        model: "shipped" for the model that comes with analystkit, "rules" to do without a model, or the path of
            a model made by training/attributions.py.
    """
    return Quotes(model)


class Quotes:
    """The component.

    Attributes:
        model: Which model it uses, as given to the factory.
    """

    def __init__(self, model: str = "shipped") -> None:
        self.model = model
        self._warned = False

    def __call__(self, doc: Doc) -> Doc:
        """Find the attributions of a Doc."""
        syntax = syntax_of(doc, furniture_tokens(doc))
        quoted = Quoted(syntax, quotation.pair(syntax.text))
        found = settle(self._find(syntax, quoted), syntax, quoted)
        found = unmarked(found, syntax, quoted)
        found += leftover(found, syntax, quoted)
        linked, voices = link(found, syntax, quoted, doc._.entities)
        _write(doc, syntax, quoted, linked)
        if voices:
            _introduce(doc, voices)
        return doc

    def _find(self, syntax: Syntax, quoted: Quoted) -> list[Attribution]:
        if not syntax.parsed:
            if len(syntax):
                self._warn(
                    "There is no parse: only direct quotes beside a reporting word are found. Put "
                    "analystkit_quotes after a parser."
                )
            return attribution_rules.find_unparsed(syntax, quoted)
        if syntax.guessed:
            self._warn(
                "There are no tags: parts of speech are guessed from the parse, and fewer attributions are found. Put "
                "a tagger before analystkit_quotes."
            )
        if self.model == "rules":
            return attribution_rules.find(syntax, quoted)
        from analystkit.layers.quotes import model as attribution_model  # weights: only when needed

        model = attribution_model.shipped() if self.model == "shipped" else attribution_model.load(self.model)
        return attribution_rules.find(syntax, quoted) if model is None else model.find(syntax, quoted)

    def _warn(self, message: str) -> None:
        """Say once what the pipeline lacks."""
        if not self._warned:
            self._warned = True
            warnings.warn(message, AnalystkitWarning, stacklevel=4)


def kind_of(content: list[int], syntax: Syntax, quoted: Quoted) -> str:
    """`direct`: every word stands between marks; `mixed`: some do; `indirect`: none.

    Marks around a title ("The Long Night") quote nobody.
    """
    words = [i for i in content if syntax.words[i] not in MARKS and syntax.pos[i] != "PUNCT" and not syntax.blank[i]]
    marked = [quoted.at[i] >= 0 for i in words]
    inside = {quoted.at[i] for i in words} - {-1}
    whole = {n for n in inside if not {quoted.passages[n].start, quoted.passages[n].end - 1}.isdisjoint(content)}
    if words and all(marked):
        return "direct" if whole else "indirect"  # indirect: reported within somebody's quoted words
    return "mixed" if whole - quoted.titles else "indirect"


def _write(doc: Doc, syntax: Syntax, quoted: Quoted, linked: list[tuple[Attribution, str | None, list[str]]]) -> None:
    linked.sort(key=lambda entry: (min(entry[0].content + entry[0].cue), entry[0].content))
    records: list[dict[str, Any]] = []
    spans: dict[str, list[Span]] = {"quotes": [], "cues": [], "sources": []}
    for number, (found, speaker, via) in enumerate(linked, 1):
        kind = "direct" if found.verbatim else kind_of(found.content, syntax, quoted)
        parts = {"content": found.content, "cue": found.cue, "source": found.source}
        offsets: dict[str, list[list[int]]] = {}
        for part, tokens in parts.items():
            name = "quotes" if part == "content" else f"{part}s"
            label = doc.vocab.strings.add(kind if part == "content" else part)
            stretches = ranges(tokens, syntax)
            spans[name] += [Span(doc, start, end, label=label) for start, end in stretches]
            offsets[part] = [list(syntax.offsets(start, end)) for start, end in stretches]
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


def _introduce(doc: Doc, voices: list[Voice]) -> None:
    """Add speakers without a name to the entities, in the order of the text."""
    records = [*doc._.entities, *(voice.record(doc) for voice in voices)]
    doc._.entities = sorted(records, key=lambda record: min(mention["start"] for mention in record["mentions"]))
    spans = [*doc.spans["mentions"]] if "mentions" in doc.spans else []
    for voice in voices:
        spans += [Span(doc, start, end, label=voice.label, span_id=voice.id) for start, end in voice.mentions]
    spans.sort(key=lambda span: (span.start, span.end))
    doc.spans["mentions"] = SpanGroup(doc, name="mentions", spans=spans)
