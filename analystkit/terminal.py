"""An analysis in the terminal: the article in a comfortable column with its marks drawn on the words.

Mentions are underlined, names bold too. A quote is coloured, has a bar beside its lines (solid for direct,
dashed for mixed, dotted for indirect) and its speaker in brackets behind it. A stance has its sign, holder
and target in brackets behind the words that express it. Without colours, ⟦ ⟧ enclose the quotes. The marks of
further layers, such as questions, stand between ⌜ ⌟ with what they are behind them.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rich.console import Group
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from analystkit import palette, tables
from analystkit.markup import LABELS

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from analystkit.analysis import Analysis, Quote, Stance
    from analystkit.records import Mark

_COLUMN: Final = 72  # characters a line; longer lines are harder to follow
_MOST: Final = 8  # rows of a table in the summary
_BARS: Final = {"direct": "┃", "mixed": "╏", "indirect": "┊"}
_KIND: Final = "analystkit-quote"  # under this key a style tells which kind of quote it belongs to
# What steers a terminal, turns its line around (the overrides and isolates of Unicode), or cannot be written to it.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

# The terminal's background is unknown: these tones can be read on white and on black.
_QUOTE = Style(color=palette.EITHER["quote"])
_QUIET = Style(dim=True)


class _Note(NamedTuple):
    """Words of ours put between the article's, before the character at `offset`."""

    offset: int
    text: str
    style: Style


def article(analysis: Analysis, *, colour: bool = True) -> RenderableType:
    """The highlighted article with a key below it, to print with `rich`.

    Args:
        analysis: What to show.
        colour: Whether the terminal shows colours; without them quotes are enclosed in ⟦ ⟧.
    """
    return Group(
        _head(analysis, title=not _title_span(analysis)),
        *_paragraphs(analysis, colour=colour),
        _key(analysis),
    )


def summary(analysis: Analysis) -> RenderableType:
    """What was found, in a screenful: who is mentioned, who speaks how much, who stands where."""
    sections = (_most_mentioned(analysis), _speaking(analysis), _standing(analysis))
    return Group(_head(analysis, title=True), *(Padding(section, (0, 0, 1, 2)) for section in sections))


class _Paragraph:
    """One paragraph, wrapped to the column, with the bars of its quotes beside it."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self._text.wrap(console, max(min(options.max_width - 2, _COLUMN), 10)):
            line.rstrip()
            yield Segment(f"{_bar(line)} ", _QUOTE)
            yield from line.render(console)
            yield Segment.line()
        yield Segment.line()


def _bar(line: Text) -> str:
    """The bar of the quotes on a line: direct goes before mixed, and that before indirect."""
    kinds = {span.style.meta.get(_KIND) for span in line.spans if isinstance(span.style, Style)}
    return next((bar for kind, bar in _BARS.items() if kind in kinds), " ")


def _paragraphs(analysis: Analysis, *, colour: bool) -> Iterator[_Paragraph]:
    notes = sorted(_notes(analysis, colour=colour), key=lambda note: note.offset)
    blocks = analysis.paragraphs
    cuts = sorted({offset for block in blocks for offset in block} | {note.offset for note in notes})
    pieces = dict(zip([0, *cuts], _marked(analysis).divide(cuts), strict=True))
    cut = note = 0
    for start, end in blocks:
        text = Text()
        while cut < len(cuts) and cuts[cut] <= end:
            offset = cuts[cut]
            # a note at the very end of a paragraph belongs to it, one at the start of the next does not
            while note < len(notes) and notes[note].offset <= offset:
                text.append(notes[note].text, notes[note].style)
                note += 1
            if start <= offset < end:
                text.append_text(pieces[offset])
            cut += 1
        yield _Paragraph(text)


def _marked(analysis: Analysis) -> Text:
    """The whole text, styled; each character still at its offset."""
    text = Text(printable(analysis.text))
    if title := _title_span(analysis):
        text.stylize(Style(bold=True), *title)
    for start, end in analysis.furniture:
        text.stylize(_QUIET, start, end)
    for quote in analysis.quotes:
        for start, end in quote.content:
            text.stylize(_QUOTE + Style(meta={_KIND: quote.kind}), start, end)
    for entity in analysis.entities:
        for mention in entity.mentions:
            text.stylize(Style(underline=True, bold=mention.kind == "name" or None), mention.start, mention.end)
    return text


def _notes(analysis: Analysis, *, colour: bool) -> Iterator[_Note]:
    for layer, marks in analysis.extra.items():
        one = analysis.view()["extra"][layer]["one"]
        for mark in marks:
            yield _Note(mark.start, "⌜", _QUIET)
            yield _Note(mark.end, f"⌟ [{_further(analysis, mark, one)}]", _QUIET)
    for stance in analysis.stances:
        style = Style(color=palette.EITHER[stance.polarity])
        yield _Note(stance.evidence[1], f" [{_stance(analysis, stance)}]", style)
    for quote in analysis.quotes:
        if not colour:
            for start, end in quote.content:
                yield _Note(start, "⟦", _QUIET)
                yield _Note(end, "⟧", _QUIET)
        yield _Note(quote.end, f" [{_speaker(quote)}]", _QUOTE + Style(italic=True))


def _speaker(quote: Quote) -> str:
    speaker = quote.speaker.name if quote.speaker else tables.UNKNOWN
    via = f" via {', '.join(entity.name for entity in quote.via)}" if quote.via else ""
    kind = "" if quote.kind == "direct" else f", {quote.kind}"
    return printable(f"{speaker}{via}{kind}")


def _further(analysis: Analysis, mark: Mark, one: str) -> str:
    """What a mark of a further layer is, and whose: "question, asked: Ana Lind"."""
    what = f"{one}, {mark.label}" if mark.label else one
    if mark.who:
        what += f": {mark.who.name}"
    elif mark.who_span:
        what += f": {' '.join(analysis.text[slice(*mark.who_span)].split())}"
    return printable(what)


def _stance(analysis: Analysis, stance: Stance) -> str:
    sign = palette.POLARITY_SIGNS[stance.polarity]
    certainty = "" if stance.certainty == "asserted" else f", {stance.certainty}"
    return printable(f"{sign} {tables.holder_name(analysis, stance)} → {tables.target_name(stance)}{certainty}")


def _head(analysis: Analysis, *, title: bool) -> RenderableType:
    article = analysis.article
    lines = []
    if article.title and title:
        lines.append(Text(printable(article.title), style="bold"))
    facts = [article.byline, article.published and article.published.isoformat(), article.url]
    if any(facts):
        lines.append(Text(" · ".join(printable(fact) for fact in facts if fact), style=_QUIET))
    counts = [
        _count(len(analysis.entities), "entity", "entities"),
        _count(len(analysis.quotes), "quote", "quotes"),
        _count(len(analysis.stances), "stance", "stances"),
    ]
    for layer, marks in analysis.extra.items():
        about = analysis.view()["extra"][layer]
        counts.append(printable(_count(len(marks), about["one"], about["many"])))
    lines.append(Text(" · ".join(counts), style=_QUIET))
    return Padding(Group(*lines), (1, 0, 1, 2))


def _key(analysis: Analysis) -> RenderableType:
    """What the signs mean that were used."""
    key = Text()
    if analysis.quotes:
        key += Text("   ".join(f"{bar} {kind}" for kind, bar in _BARS.items()) + "   [who says it]", _QUOTE)
    for polarity, sign in palette.POLARITY_SIGNS.items() if analysis.stances else ():
        key += Text(f"   {sign} {polarity}", Style(color=palette.EITHER[polarity]))
    for layer in (layer for layer, marks in analysis.extra.items() if marks):
        key += Text(printable(f"   ⌜{analysis.view()['extra'][layer]['one']}⌟"), _QUIET)
    return Padding(key, (0, 0, 1, 2))


def _title_span(analysis: Analysis) -> tuple[int, int] | None:
    """Where the text itself begins with its title; the head then leaves it out."""
    title = " ".join((analysis.article.title or "").split())
    if not analysis.paragraphs or not title:
        return None
    start, end = analysis.paragraphs[0]
    return (start, end) if " ".join(analysis.text[start:end].split()) == title else None


def _most_mentioned(analysis: Analysis) -> RenderableType:
    if not analysis.entities:
        return "No people, organisations or places were found."
    table = _table("Who is mentioned", "", "mentions", "quotes")
    ranked = tables.entities(analysis).sort_values("mentions", ascending=False, kind="stable")
    for row in ranked.head(_MOST).to_dict("records"):
        label = LABELS[row["label"]]
        table.add_row(_cell(row["name"]), Text(label, _QUIET), str(row["mentions"]), str(row["quotes"] or ""))
    return _with_rest(table, len(ranked))


def _speaking(analysis: Analysis) -> RenderableType:
    if not analysis.quotes:
        return "No quotes were found."
    table = _table("Who speaks", "direct", "mixed", "indirect", "share of the words")
    voices = tables.speakers(analysis)
    quoted, own = (voices[voices["speaker"] != tables.NARRATOR], voices[voices["speaker"] == tables.NARRATOR])
    kinds = ["direct", "mixed", "indirect"]
    rows = quoted.head(_MOST).to_dict("records")
    if rest := quoted[_MOST:].to_dict("records"):
        sums: dict[Hashable, Any] = {key: sum(row[key] for row in rest) for key in (*kinds, "share")}
        rows.append({"speaker": f"{len(rest)} more"} | sums)
    for row in [*rows, *own.to_dict("records")]:
        table.add_row(_cell(row["speaker"]), *(str(row[kind] or "") for kind in kinds), f"{row['share']:.0%}")
    return table


def _standing(analysis: Analysis) -> RenderableType:
    if not analysis.stances:
        return "No stances were found."
    table = Table("Who stands where", "", "", box=None, pad_edge=False, header_style="bold")
    for stance in analysis.stances[:_MOST]:
        sign = Text(palette.POLARITY_SIGNS[stance.polarity], Style(color=palette.EITHER[stance.polarity], bold=True))
        evidence = Text(printable(" ".join(stance.evidence_text.split())), _QUIET)
        who = _cell(f"{tables.holder_name(analysis, stance)} → {tables.target_name(stance)}")
        table.add_row(who, sign, evidence)
    return _with_rest(table, len(analysis.stances))


def _table(first: str, *others: str) -> Table:
    table = Table(first, box=None, pad_edge=False, header_style="bold")
    for heading in others:
        table.add_column(heading, justify="right" if heading else "left")
    return table


def _with_rest(table: Table, count: int) -> RenderableType:
    return Group(table, Text(f"… and {count - _MOST} more", _QUIET)) if count > _MOST else table


def _cell(text: str) -> Text:
    return Text(printable(text), overflow="ellipsis", no_wrap=True)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def printable(text: str) -> str:
    """The text without what would steer the terminal or cannot be written to it, one character for one."""
    return _UNPRINTABLE.sub("\ufffd", text.replace("\r\n", " \n").replace("\t", " "))
