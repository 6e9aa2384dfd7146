"""Pipelines: the shipped English one, or any other, with our layers on top; and articles through them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analystkit import schema
from analystkit.analysis import Analysis
from analystkit.article import Article, read
from analystkit.errors import AnalystkitWarning, PipelineError

if TYPE_CHECKING:
    import datetime as dt

    from spacy.language import Language
    from spacy.tokens import Doc

#: Our layers, in the order in which they build on each other.
LAYERS = (
    "analystkit_layout",
    "analystkit_entities",
    "analystkit_dates",
    "analystkit_amounts",
    "analystkit_quotes",
    "analystkit_stances",
)
#: Where a Doc keeps the places and kinds of the blanks that hold words together.
_HELD = "analystkit_held"
#: Longest text, in code points, that a pipeline is asked to take. spaCy's own limit of a million guards the
#: memory of its parser (about a gigabyte per 100,000 words by its documentation; far less for the shipped one).
MAX_LENGTH = 10_000_000


def load(name: str | Path | None = None, *, names: str | Path | None = None) -> Language:
    """Load a spaCy pipeline and put our layers on it.

    Args:
        name: An installed pipeline ("en_core_web_trf") or a folder; None for the pipeline shipped with
            this package.
        names: A file of names to find wherever they stand, one a line as JSON:
            `{"label": "ORG", "pattern": "Bay Courier"}`. `analystkit improve` writes one from corrections.

    Raises:
        PipelineError: there is no such pipeline (the message says how to get it), it cannot be loaded, or the
            names cannot be read.
    """
    nlp = add_layers(bare(name))
    if names is not None:
        from analystkit.layers.entities import given

        given.add(nlp, given.read(names))
    return nlp


def bare(name: str | Path | None = None) -> Language:
    """Load a spaCy pipeline without our layers; name and errors as for `load`.

    The shipped one must be loaded this way, not by `spacy.load`: its weights are stored in few bits.
    """
    import spacy

    import analystkit.english.attention
    import analystkit.english.lemmatizer
    import analystkit.english.parser
    import analystkit.english.recognizer
    import analystkit.english.tokenizer
    import analystkit.english.tokenlayer  # noqa: F401  # they register what the shipped one's configuration names
    from analystkit.blas import use_numpy
    from analystkit.weights import widen

    try:
        nlp = spacy.load(Path(str(files("analystkit") / "model")) if name is None else name)
    except OSError as error:
        raise PipelineError(
            f"There is no spaCy pipeline {str(name)!r} here. Install it (python -m spacy download {name}), "
            "name the folder it lies in, or leave the name out to use the pipeline that comes with analystkit."
        ) from error
    except (ImportError, ValueError) as error:
        raise PipelineError(
            f"The pipeline {str(name)!r} cannot be loaded: {error}. It may need another package or another "
            "version of spaCy; its page says which."
        ) from error
    widen(nlp)
    use_numpy(nlp)
    return nlp


def add_layers(nlp: Language) -> Language:
    """Put our layers on a pipeline, those that it does not have yet: layout first, the others last.

    Those of `analystkit.layers.extra` come after all others.

    Warns (`AnalystkitWarning`) when the pipeline lacks what the layers build on.
    """
    from analystkit.layers import extra

    for layer in (*LAYERS, *extra.shipped()):
        if layer not in nlp.pipe_names:
            nlp.add_pipe(layer, first=True if layer == LAYERS[0] else None)
    missing = [part for part in ("parser", "ner") if part not in nlp.pipe_names]
    if missing:
        warnings.warn(
            f"The pipeline {_pipeline_name(nlp)} has no {' and no '.join(missing)}: "
            "without a parser only direct quotes are found, without a ner no names.",
            AnalystkitWarning,
            stacklevel=2,
        )
    nlp.max_length = max(nlp.max_length, MAX_LENGTH)
    return nlp


@cache
def shipped() -> Language:
    """The shipped pipeline, loaded once in a process."""
    return load()


def analyze(
    source: Article | str | Path,
    nlp: Language | None = None,
    *,
    title: str | None = None,
    published: dt.date | None = None,
    url: str | None = None,
) -> Analysis:
    """Analyse one article.

    Args:
        source: An `Article`, or whatever `read` takes.
        nlp: A pipeline with our layers, as `load` gives it; None for the shipped one.
        title: Overrides what the article says, as do `published` and `url`; not together with an `Article`.
        published: Day of publication.
        url: Where it came from.

    Raises:
        ArticleError: the article cannot be read.
    """
    article = source if isinstance(source, Article) else read(source, title=title, published=published, url=url)
    nlp = nlp or shipped()
    analysis = from_doc(nlp(prepare(article, nlp)), nlp, article.warnings)
    analysis.folder = article.folder
    return analysis


def prepare(article: Article, nlp: Language) -> Doc:
    """The article's tokens, with what is known of it, ready for the pipeline.

    Blanks that hold words together are plain ones to the pipeline; `from_doc` puts them back in their places.
    """
    from analystkit.layers.layout import set_article
    from analystkit.layers.longwords import NO_BREAK, tokens

    doc = tokens(article.text.translate(NO_BREAK), nlp)
    held = [(i, char) for i, char in enumerate(article.text) if ord(char) in NO_BREAK]
    if held:
        doc.user_data[_HELD] = held
    set_article(doc, article)
    return doc


def _verbatim(doc: Doc) -> str:
    """The text of an article as it was read, with the blanks that hold words together in their places."""
    chars = list(doc.text)
    for i, char in doc.user_data.get(_HELD, ()):
        chars[i] = char
    return "".join(chars)


def from_doc(doc: Doc, nlp: Language | None = None, notes: Iterable[str] = ()) -> Analysis:
    """The analysis that a processed Doc holds, for example one read back from a `DocBin`.

    Args:
        doc: A Doc that went through our layers.
        nlp: The pipeline that made it, named in the result.
        notes: What the user should know, kept as `Analysis.warnings`.

    Raises:
        PipelineError: none of our layers has seen the Doc.
    """
    from analystkit.layers import extensions
    from analystkit.layers.layout import FURNITURE, set_article

    extensions.register()
    if all(getattr(doc._, layer) is None for layer in ("entities", "quotes", "stances", "dates")):
        raise PipelineError(
            "This Doc has not been through the analystkit layers (or was stored without its user data). "
            "Load the pipeline with analystkit.load(), or add the layers with nlp.add_pipe()."
        )
    if doc._.article is None:
        set_article(doc, Article(doc.text))
    data: dict[str, Any] = {
        "schema": schema.ID,
        "article": _plain(doc._.article),
        "text": _verbatim(doc),
        "furniture": [[span.start_char, span.end_char] for span in doc.spans.get(FURNITURE, ())],
        "entities": _plain(doc._.entities or []),
        "quotes": _plain(doc._.quotes or []),
        "stances": _plain(doc._.stances or []),
        "dates": _plain(doc._.dates or []),
        "amounts": _plain(doc._.amounts or []),
        "model": {
            "pipeline": _pipeline_name(nlp) if nlp else "unknown",
            "version": str(nlp.meta["version"]) if nlp else "unknown",
            "analystkit": version("analystkit"),
        },
    }
    if doc._.extra is not None:
        data["extra"] = _plain(doc._.extra)
    if doc._.accounts is not None:
        data["accounts"] = _plain(doc._.accounts)
    return Analysis(data, doc=doc, warnings=tuple(notes))


def _plain(value: Any) -> Any:
    """A copy made of lists where spaCy's storage gives tuples."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _pipeline_name(nlp: Language) -> str:
    return f"{nlp.meta['lang']}_{nlp.meta['name']}"
