"""`analystkit_stances`: who stands where.

Reads `doc._.entities` and `doc._.quotes` where there are any and writes

- `doc._.stances`: a list of dictionaries, as in the JSON schema, sorted by position;
- `doc.spans["stances"]`: the words that express them, labelled `positive`, `negative` or `neutral`.

`between` and `towards` answer the same question for given spans, in a Doc of any pipeline.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from analystkit.errors import AnalystkitWarning, SpanError
from analystkit.layers import extensions
from analystkit.layers.layout import furniture_tokens
from analystkit.layers.roles import Syntax, syntax_of
from analystkit.layers.stances.features import Page, page, relation
from analystkit.layers.stances.frames import Finder
from analystkit.layers.stances.grammar import ASSERTED, Found
from analystkit.layers.stances.lexicon import STRENGTHS
from analystkit.layers.stances.reading import Party, Reading

extensions.register()

#: Tokens of a holder, None for whoever writes or speaks, and of a target.
Pair = tuple[range | None, range]

LABELS = ("negative", "neutral", "positive")
_SIGNS = {"negative": -1, "neutral": 0, "positive": 1}
_POLARITIES = {sign: label for label, sign in _SIGNS.items()}
#: How reliable frames of each kind are: set after how often they agreed with the annotators of DSE train, where it has
#: enough of them (training/STANCES.md).
RELIABILITY = {
    "speech": 0.9,
    "attitude": 0.8,
    "wish": 0.75,
    "act": 0.6,
    "move": 0.75,
    "role": 0.85,
    "naming": 0.75,
    "judging": 0.7,
    "doing": 0.65,
    "threat": 0.7,
    "shunning": 0.75,
}


class Classifier(Protocol):
    """What a user's own classifier has to be, a fine-tuned transformer for example.

    Give it to the layer by name, through spaCy's registry:

        @spacy.registry.misc("my_stances")
        def make() -> Classifier: ...

        nlp.add_pipe("analystkit_stances", config={"classifier": {"@misc": "my_stances"}})
    """

    def __call__(self, text: str, holder: tuple[int, int] | None, target: tuple[int, int]) -> Sequence[float]:
        """How likely the stance is negative, neutral and positive.

        Args:
            text: The whole text.
            holder: Whose stance, in code points of the text; None: of whoever writes or speaks.
            target: Towards what.
        """


@dataclass(frozen=True, slots=True)
class Stance:
    """How a holder stands to a target.

    Attributes:
        polarity: positive, negative or neutral.
        strength: weak, moderate or strong.
        certainty: asserted, hedged, denied or conditional.
        evidence: The words that express it; None when nothing in particular does.
        confidence: How likely the polarity is right, 0 to 1.
        why: The rule or score behind it.
        probabilities: Of negative, neutral and positive.
    """

    polarity: str
    strength: str
    certainty: str
    evidence: Span | None
    confidence: float
    why: str
    probabilities: dict[str, float]


class Judge:
    """Answers for any spans of one Doc; what the Doc says is worked out once."""

    def __init__(self, doc: Doc, classifier: Classifier | None = None, *, skip: Sequence[int] = ()) -> None:
        self.doc = doc
        self.syntax = syntax_of(doc, skip)
        self.finder = Finder(self.syntax)
        self.found = self.finder.find()
        self.page: Page = page(self.syntax, self.found)
        self._classifier = classifier

    def between(self, holder: Span, target: Span) -> Stance:
        """How the holder stands to the target.

        Raises:
            SpanError: a span is empty or of another Doc.
        """
        h, t = self._range(holder), self._range(target)
        frames = [f for f in self.found if self._fits(f, h, t)]
        return self._answer(self.probabilities([(h, t)])[0], frames, t, directed=True)

    def towards(self, target: Span) -> Stance:
        """How whoever writes or speaks stands to the target.

        Raises:
            SpanError: the span is empty or of another Doc.
        """
        t = self._range(target)
        frames = [f for f in self.found if f.holder is None and relation(self.page, f.target, t)]
        return self._answer(self.probabilities([(None, t)])[0], frames, t, directed=False)

    def probabilities(self, pairs: Sequence[Pair]) -> list[tuple[float, ...]]:
        """Of negative, neutral and positive, for each of some pairs; calibrated."""
        if self._classifier is not None:
            return [self._asked(self._classifier, *pair) for pair in pairs]
        from analystkit.layers.stances.model import shipped

        return [tuple(values) for values in shipped()(self.page, pairs).tolist()]

    def _asked(self, classifier: Classifier, holder: range | None, target: range) -> tuple[float, ...]:
        offsets = None if holder is None else self._offsets(holder)
        values = [float(value) for value in classifier(self.doc.text, offsets, self._offsets(target))]
        total = sum(values)
        if len(values) != len(LABELS) or min(values) < 0 or total <= 0:
            raise ValueError(
                f"The stance classifier gave {values}; it must give three numbers that are not negative, "
                "the probabilities of negative, neutral and positive."
            )
        return tuple(value / total for value in values)

    def _choice(self, values: tuple[float, ...], *, directed: bool) -> str:
        """The answer that the probabilities call for, rare answers being given more readily than they are likely."""
        if self._classifier is not None:
            return LABELS[values.index(max(values))]
        from analystkit.layers.stances.model import shipped

        return LABELS[shipped().choice(values, directed=directed)]

    def _answer(self, values: tuple[float, ...], frames: list[Found], target: range, *, directed: bool) -> Stance:
        label = self._choice(values, directed=directed)
        sign = _SIGNS[label]
        agreeing = [f for f in frames if f.sign == sign]
        score = f"classifier: {label} {values[LABELS.index(label)]:.2f}"
        strength, certainty, evidence, why = "moderate", ASSERTED, None, score
        if agreeing:
            best = agreeing[0]
            strength, certainty = STRENGTHS[best.strength], best.certainty
            evidence = self.doc[min(best.evidence) : max(best.evidence) + 1]
            why = f"{reason(self.syntax, best)}; {score}"
        elif sign:
            word = self._telling(target, sign)
            if word is not None:
                certainty = self.finder.modality(word)[0]
                evidence = self.doc[word : word + 1]
                why = f"{score}; nearest word: “{self.doc[word].text}”"
        return Stance(
            label,
            strength,
            certainty,
            evidence,
            round(values[LABELS.index(label)], 3),
            why,
            dict(zip(LABELS, (round(value, 4) for value in values), strict=True)),
        )

    def _telling(self, target: range, sign: int) -> int | None:
        """The nearest word of the sentence that has the sign."""
        start, end = self.syntax.sentences[self.syntax.sentence[target.start]]
        fitting = [i for i in range(start, end) if self.page.signs[i] * sign > 0 and i not in target]
        return min(fitting, key=lambda i: min(abs(i - target.start), abs(i - target.stop + 1)), default=None)

    def _fits(self, found: Found, holder: range, target: range) -> bool:
        return (
            found.holder is not None
            and bool(relation(self.page, found.holder, holder))
            and bool(relation(self.page, found.target, target))
        )

    def _range(self, span: Span) -> range:
        if span.doc is not self.doc or not len(span):
            raise SpanError(f"{span!r} is empty or belongs to another Doc: give spans of the Doc that is asked about.")
        return range(span.start, span.end)

    def _offsets(self, tokens: range) -> tuple[int, int]:
        span = self.doc[tokens.start : tokens.stop]
        return span.start_char, span.end_char


def between(doc: Doc, holder: Span, target: Span, classifier: Classifier | None = None) -> Stance:
    """How the holder stands to the target. To ask for many pairs of one Doc, make a `Judge` of it.

    Args:
        doc: A Doc of any pipeline; the better its parser, the better the answer.
        holder: Whose stance.
        target: Towards whom or what.
        classifier: To be asked instead of the model that comes with the package.

    Raises:
        SpanError: a span is empty or of another Doc.
    """
    return Judge(doc, classifier).between(holder, target)


def towards(doc: Doc, target: Span, classifier: Classifier | None = None) -> Stance:
    """How whoever writes or speaks stands to the target.

    Args:
        doc: A Doc of any pipeline.
        target: Towards whom or what.
        classifier: To be asked instead of the model that comes with the package.

    Raises:
        SpanError: the span is empty or of another Doc.
    """
    return Judge(doc, classifier).towards(target)


def reason(syntax: Syntax, found: Found) -> str:
    """A frame in words: its kind and the word it hangs on."""
    return f"{found.kind}: “{syntax.words[found.word]}”"


@Language.factory(
    "analystkit_stances",
    assigns=["doc._.stances", "doc.spans"],
    default_config={"classifier": None},
    retokenizes=False,
)
def make_stances(nlp: Language, name: str, classifier: Callable[..., Sequence[float]] | None) -> Stances:
    """The factory behind `nlp.add_pipe("analystkit_stances")`.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        classifier: A `Classifier` to be asked instead of the model that comes with the package.
    """
    return Stances(classifier)


class Stances:
    """The component."""

    def __init__(self, classifier: Classifier | None = None) -> None:
        self._classifier = classifier
        self._warned = False

    def __call__(self, doc: Doc) -> Doc:
        """Find the stances of a Doc."""
        if not len(doc):
            return _write(doc, [])
        judge = Judge(doc, self._classifier, skip=sorted(furniture_tokens(doc)))
        if not judge.syntax.parsed and len(doc) and not self._warned:
            self._warned = True
            warnings.warn(
                "The pipeline has no parser (or it has not run): no stances are found without one. "
                "Put analystkit_stances after the parser.",
                AnalystkitWarning,
                stacklevel=2,
            )
        reading = Reading(doc, judge.syntax)
        held = [(found, parties) for found in judge.found if (parties := _parties(reading, found))]
        sure = _confidences(judge, [found for found, _ in held])
        records = [
            _record(judge, found, *parties, confidence)
            for (found, parties), confidence in zip(held, sure, strict=True)
            if confidence is not None
        ]
        records = _distinct(sorted(records, key=lambda record: (record["evidence"], record["target_span"])))
        return _write(doc, records)


def _write(doc: Doc, records: list[dict[str, Any]]) -> Doc:
    spans = []
    for number, record in enumerate(records, 1):
        record["id"] = f"s{number}"
        start, end = record["evidence"]
        span = doc.char_span(start, end, label=record["polarity"], alignment_mode="expand")
        spans += [] if span is None else [span]
    doc._.stances = records
    doc.spans["stances"] = SpanGroup(doc, name="stances", spans=spans)
    return doc


def _parties(reading: Reading, found: Found) -> tuple[Party, Party, dict[str, Any] | None] | None:
    """Holder and target of a frame, and the quote that it stands in; None when it can be about nobody."""
    quote = reading.quote_at(found.word)
    holder = reading.voice(quote, found.word) if found.holder is None else reading.party(found.holder)
    target = reading.party(found.target)
    if holder is None or target is None or (holder.entity and holder.entity == target.entity):
        return None
    fits = reading.can_hold(holder) and reading.can_be_target(target, found.kind)
    return (holder, target, quote) if fits else None


def _record(
    judge: Judge, found: Found, holder: Party, target: Party, quote: dict[str, Any] | None, confidence: float
) -> dict[str, Any]:
    """A frame as the JSON form has it."""
    shown = [i for i in found.evidence if not judge.syntax.blank[i]]
    evidence = judge.doc[min(shown) : max(shown) + 1]
    return {
        "id": "",
        "holder": holder.entity,
        "holder_span": list(holder.span),
        "target": target.entity,
        "target_span": list(target.span),
        "polarity": _POLARITIES[found.sign],
        "strength": STRENGTHS[found.strength],
        "certainty": found.certainty,
        "evidence": [evidence.start_char, evidence.end_char],
        "quote": quote["id"] if quote else None,
        "confidence": round(confidence, 2),
        "why": reason(judge.syntax, found),
    }


def _confidences(judge: Judge, frames: list[Found]) -> list[float | None]:
    """How sure frames are: how reliable their kinds are and what the classifier makes of the pairs.

    None where the classifier objects.
    """
    signed = [found for found in frames if found.sign]
    pairs = [
        (None if f.holder is None else range(f.holder, f.holder + 1), range(f.target, f.target + 1)) for f in signed
    ]
    answers = iter(judge.probabilities(pairs))
    return [_confidence(found, next(answers) if found.sign else None) for found in frames]


def _confidence(found: Found, values: tuple[float, ...] | None) -> float | None:
    prior = RELIABILITY.get(found.kind, 0.7)
    if values is None:
        return prior
    own, other = values[1 + found.sign], values[1 - found.sign]
    if other > (0.9 if found.kind == "speech" else 0.6) and other > prior * own:
        return None
    return 0.6 * prior + 0.4 * own


def _distinct(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without a second record of the same pair, polarity and words."""
    seen, kept = set(), []
    for record in records:
        holder = record["holder"] or tuple(record["holder_span"])
        target = record["target"] or tuple(record["target_span"])
        key = (holder, target, record["polarity"], record["evidence"][0])
        if key not in seen:
            seen.add(key)
            kept.append(record)
    return [record for record in kept if not _is_said_twice(record, kept) and not _is_part(record, kept)]


def _is_part(record: dict[str, Any], others: list[dict[str, Any]]) -> bool:
    """Whether holder or target is named within another's, by the same words: "calls for law and order"."""
    for part, whole in (("target", "holder"), ("holder", "target")):
        start, end = record[f"{part}_span"]
        if record[part] is None and any(
            other is not record
            and other[f"{part}_span"][0] <= start
            and end <= other[f"{part}_span"][1]
            and all(record[same] == other[same] for same in (whole, f"{whole}_span", "polarity"))
            and abs(record["evidence"][0] - other["evidence"][0]) < 2
            for other in others
        ):
            return True
    return False


def _is_said_twice(record: dict[str, Any], others: list[dict[str, Any]]) -> bool:
    """Whether an allegation only carries what its own words say of the same party: "he lied, she alleged"."""
    parts = ("holder", "target", "polarity", "quote")
    return record["why"].startswith("threat") and any(
        other is not record and record["quote"] and all(record[part] == other[part] for part in parts)
        for other in others
    )
