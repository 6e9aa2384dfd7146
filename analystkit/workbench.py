"""The workbench of the notebook `01_read_an_article`: choose, paste or fetch an article, and see it."""

from __future__ import annotations

import html
import warnings
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets  # type: ignore[import-untyped]

from analystkit import linked, pipeline, plots, tables
from analystkit.article import Article, read
from analystkit.errors import AnalystkitError, ArticleError
from analystkit.markup import highlight
from analystkit.packaged import samples
from analystkit.reader import Reader

if TYPE_CHECKING:
    from analystkit.analysis import Analysis

_WIDE: Final = {"width": "100%", "max_width": "46em"}
_LABELLED: Final = {"description_width": "9em"}
_ENTITY_COLUMNS: Final = ["name", "label", "aliases", "mentions", "quotes", "confidence", "why"]
_QUOTE_COLUMNS: Final = ["speaker", "via", "kind", "text", "cue", "paragraph", "confidence", "why"]
_STANCE_COLUMNS: Final = [
    "holder",
    "polarity",
    "target",
    "certainty",
    "text",
    "paragraph",
    "confidence",
    "why",
]


class Workbench(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Opens an article in one of three ways and shows it as reader, tables and plots.

    Begins with a sample, so that there is something to see.

    Args:
        sample: Name of that sample; the first by default, and if there is none of that name.

    Attributes:
        reader: The Reader that shows the article; None until one could be read.
    """

    def __init__(self, sample: str | None = None) -> None:
        self.reader: Reader | None = None
        self.samples = samples()
        self.sample = widgets.Dropdown(
            options=list(self.samples),
            value=sample if sample in self.samples else next(iter(self.samples), None),
            description="Sample",
            tooltip="The articles in the folder seeds; put yours there and it appears in this list.",
            layout=_WIDE,
            style=_LABELLED,
        )
        self.pasted = widgets.Textarea(
            description="Text",
            placeholder="Paste an article, headline first, with a blank line between paragraphs.",
            layout={**_WIDE, "height": "12em"},
            style=_LABELLED,
        )
        self.address = widgets.Text(
            description="Web address",
            placeholder="https://…",
            tooltip="The page of one article. It is fetched when you press the button, and only then.",
            layout=_WIDE,
            style=_LABELLED,
        )
        self.published = widgets.DatePicker(
            description="Published on",
            tooltip="Anchors words such as “yesterday”. Leave it empty if the article says it.",
            style=_LABELLED,
        )
        self.sources = widgets.Tab(
            [
                _with_help(
                    self.sample,
                    "Put your own .txt, .md or .html files into the folder seeds to see them here.",
                ),
                _with_help(self.pasted, "Nothing you paste leaves this computer."),
                _with_help(self.address, "Only the article's text is kept; pages behind a login cannot be read."),
            ],
            titles=("A sample", "Paste text", "From the web"),
        )
        self.button = widgets.Button(
            description="Read it",
            icon="search",
            button_style="primary",
            tooltip="Analyse the article and show it.",
        )
        self.button.on_click(lambda _: self.show())
        self.status = widgets.HTML()
        self.result = widgets.VBox()
        asked = widgets.HBox([self.published, self.button], layout={"flex_flow": "row wrap", "align_items": "center"})
        super().__init__([self.sources, asked, self.status, self.result])
        if self.samples:
            self.show()
        else:
            self._say("There are no samples here: paste an article or give a web address.")

    @property
    def analysis(self) -> Analysis | None:
        """The analysis of the article shown, as corrected; None until one could be read."""
        return self.reader.analysis if self.reader else None

    def __repr__(self) -> str:
        """One line; the default would print every widget in it."""
        return f"Workbench({self.analysis!r})"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """The widget and, for places without a kernel or scripts, what it shows now as HTML."""
        bundle: dict[str, Any] = super()._repr_mimebundle_(**kwargs)
        if self.reader is not None:
            (tab,) = self.result.children
            parts = [highlight(self.reader.data)]
            for title, view in zip(tab.titles[1:], tab.children[1:], strict=True):
                views = getattr(view, "children", (view,))
                parts += [f"<h3>{html.escape(title)}</h3>", *(one.static() for one in views)]
            bundle["text/html"] = "\n".join(parts)
        return bundle

    def show(self) -> None:
        """Read and analyse what the open tab names, and show it; says so in a sentence if that fails."""
        self.button.disabled = True
        self._say("Reading …")
        try:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("default", UserWarning)
                article = self._article()
                analysis = pipeline.analyze(article)
            reader = Reader(analysis)
            for old in self.result.children:
                _close(old)
            self.result.children = [_result(reader)]
            self.reader = reader
            notes = (*article.warnings, *analysis.warnings, *(str(warning.message) for warning in caught))
            self._say(_found(analysis), *dict.fromkeys(notes))
        except AnalystkitError as error:
            self._say(str(error), failed=True)
        except Exception as error:  # a button that does nothing would leave the user in the dark
            self._say(f"This failed unexpectedly ({type(error).__name__}: {error}). Please report it.", failed=True)
            raise
        finally:
            self.button.disabled = False

    def _article(self) -> Article:
        published = self.published.value
        if self.sources.selected_index == 1:
            if not self.pasted.value.strip():
                raise ArticleError("Paste an article's text first.")
            return Article(self.pasted.value, published=published)
        if self.sources.selected_index == 2:
            address = self.address.value.strip()
            if not address:
                raise ArticleError("Give the web address of an article first.")
            return read(address if "://" in address else f"https://{address}", published=published)
        if self.sample.value is None:
            raise ArticleError("There are no samples to choose from; paste an article or give a web address.")
        return read(self.samples[self.sample.value], published=published)

    def _say(self, message: str, *notes: str, failed: bool = False) -> None:
        mark = "⚠ " if failed else ""
        lines = [f"<b>{mark}{html.escape(message)}</b>" if failed else html.escape(message)]
        lines += [f"Note: {html.escape(note)}" for note in notes]
        self.status.value = f'<div role="status">{"<br>".join(lines)}</div>'


def _with_help(field: widgets.Widget, text: str) -> widgets.VBox:
    return widgets.VBox([field, widgets.HTML(f'<small style="opacity:.8">{html.escape(text)}</small>')])


def _found(analysis: Analysis) -> str:
    title = analysis.article.title or "The article"
    counts = [
        f"{len(analysis.entities)} entities",
        f"{len(analysis.quotes)} quotes",
        f"{len(analysis.stances)} stances",
    ]
    return f"{title}: {', '.join(counts)}."


def _result(reader: Reader) -> widgets.Tab:
    """The article as reader, tables and plots, all of which follow its corrections."""
    views = {
        "Reader": reader,
        "Who is mentioned": widgets.VBox(
            [linked.plot(reader, plots.entities), linked.table(reader, tables.entities, _ENTITY_COLUMNS)]
        ),
        "Who said what": linked.table(reader, tables.quotes, _QUOTE_COLUMNS),
        "Who speaks": linked.plot(reader, plots.speakers),
        "Who stands where": widgets.VBox(
            [linked.plot(reader, plots.stances), linked.table(reader, tables.stances, _STANCE_COLUMNS)]
        ),
    }
    return widgets.Tab(list(views.values()), titles=tuple(views))


def _close(widget: widgets.Widget) -> None:
    """Let go of an article's views, so that they neither draw nor hear of corrections any more."""
    for child in getattr(widget, "children", ()):
        _close(child)
    widget.close()
