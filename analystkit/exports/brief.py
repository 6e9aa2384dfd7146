"""A brief for a memo, in Markdown: who says what, who stands where, and room for the analyst's own grades.

The two grades are those of the Admiralty system (NATO STANAG 2511; UK JDP 2-00): reliability of the source, A to
F, and credibility of the information, 1 to 6. They are judgements, so they are left empty for the analyst.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from analystkit.exports.formats import Format

if TYPE_CHECKING:
    from analystkit.analysis import Analysis, Quote, Stance

RELIABILITY = (
    "A completely reliable · B usually reliable · C fairly reliable · D not usually reliable · E unreliable · "
    "F cannot be judged"
)
CREDIBILITY = (
    "1 confirmed by other sources · 2 probably true · 3 possibly true · 4 doubtful · 5 improbable · 6 cannot be judged"
)

_GRADES = ("Reliability A–F", "Credibility 1–6")

# What Markdown (CommonMark, GitHub's) or HTML in it takes for more than itself, wherever it stands in a line. Square
# brackets and pointed ones are enough to keep links, pictures and elements away.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$@]|:(?=//|\w+:))")
_BARE_ADDRESS = re.compile(r"(?i)\b(www)\.")
_LINE_START = re.compile(r"^(\d+)([.)])|^([-+])")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")


def escape(text: str) -> str:
    """Text on one line that Markdown shows as it is, in a table, too.

    Characters that turn the direction of what follows, or that cannot be seen, become a space.
    """
    line = " ".join(_UNSEEN.sub(" ", text).split())
    line = _SPECIAL.sub(r"\\\1", line)
    line = _BARE_ADDRESS.sub(r"\1\\.", line)
    return _LINE_START.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}", line)


def _dump(analysis: Analysis) -> dict[str, bytes]:
    about = analysis.article
    facts = [
        ("By", about.byline),
        ("Published", about.published and about.published.isoformat()),
        ("Address", about.url),
        ("Marked by", " ".join(analysis.model.get(key, "") for key in ("pipeline", "version"))),
    ]
    lines = [f"# {escape(about.title or about.id)}", ""]
    lines += [f"- {name}: {escape(value)}" for name, value in facts if value and value.strip()]
    carried: defaultdict[str | None, list[Stance]] = defaultdict(list)
    for stance in analysis.stances:
        carried[stance.quote.id if stance.quote else None].append(stance)
    lines += ["", "Every row is a suggestion with its evidence; check it against the article before you rely on it."]
    lines += ["", "## Who says what", ""]
    lines += _table(
        ("Who", "Said what", "Via", "Stance", "Evidence", "Confidence", *_GRADES),
        (_said(quote, carried[quote.id]) for quote in analysis.quotes),
    )
    lines += ["", "## Who stands where, outside quotes", ""]
    lines += _table(
        ("Who", "Stance", "On what", "Evidence", "Confidence", *_GRADES),
        ((_holder(analysis, s), _how(s), _target(s), s.evidence_text, _sure(s), "", "") for s in carried[None]),
    )
    lines += [
        "",
        f"Reliability of the source: {RELIABILITY}.",
        "",
        f"Credibility of the information: {CREDIBILITY}.",
        "",
    ]
    return {"": "\n".join(lines).encode()}


def _said(quote: Quote, carried: Sequence[Stance]) -> Sequence[str]:
    who = quote.speaker.name if quote.speaker else quote.source_text or "speaker unknown"
    return (
        who,
        quote.text,
        ", ".join(entity.name for entity in quote.via),
        "; ".join(f"{_how(stance)} on {_target(stance)}" for stance in carried),
        "; ".join(dict.fromkeys(filter(None, (quote.cue_text, *(stance.evidence_text for stance in carried))))),
        _sure(quote),
        "",
        "",
    )


def _how(stance: Stance) -> str:
    """The polarity, and how certain it is unless it is plainly asserted: "negative (denied)"."""
    return stance.polarity if stance.certainty == "asserted" else f"{stance.polarity} ({stance.certainty})"


def _holder(analysis: Analysis, stance: Stance) -> str:
    if stance.holder:
        return stance.holder.name
    return analysis.text[slice(*stance.holder_span)] if stance.holder_span else "the article itself"


def _target(stance: Stance) -> str:
    return stance.target.name if stance.target else stance.target_text


def _sure(mark: Quote | Stance) -> str:
    return f"{mark.confidence:.0%}"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    body = [f"| {' | '.join(escape(cell) for cell in row)} |" for row in rows]
    if not body:
        return ["None were found."]
    return [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}", *body]


FORMAT = Format(
    name="brief",
    suffix=".md",
    about="Markdown brief for a memo, with empty Admiralty grades; not read back",
    losses=(
        "a way back into an analysis: a brief is for people",
        "the article's text, offsets, dates, amounts, further layers, "
        "entities that neither speak nor stand for or against anything",
    ),
    dump=_dump,
    load=None,
)
