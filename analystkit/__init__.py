"""Read a news article closely: who it is about, who said what, and who stands where on what.

    import analystkit as ak

    analysis = ak.analyze("seeds/harbour-treaty.txt")
    analysis.quotes[0].speaker.name

The names below are the public ones. They are imported when first used, so that `import analystkit` costs
next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analystkit import agreement, corrections, exports, lessons, plots, tables
    from analystkit.analysis import Analysis
    from analystkit.article import Article, read
    from analystkit.corpus.compare import Comparison
    from analystkit.corpus.reading import Corpus
    from analystkit.corpus.run import analyze_many
    from analystkit.errors import (
        AnalystkitError,
        AnalystkitWarning,
        ArticleError,
        CorpusError,
        CorrectionsError,
        FetchError,
        FormatError,
        PipelineError,
        SchemaError,
        SpanError,
        StoreError,
    )
    from analystkit.packaged import samples
    from analystkit.page import share
    from analystkit.pipeline import analyze, load
    from analystkit.reader import Reader

__all__ = [
    "Analysis",
    "AnalystkitError",
    "AnalystkitWarning",
    "Article",
    "ArticleError",
    "Comparison",
    "Corpus",
    "CorpusError",
    "CorrectionsError",
    "FetchError",
    "FormatError",
    "PipelineError",
    "Reader",
    "SchemaError",
    "SpanError",
    "StoreError",
    "agreement",
    "analyze",
    "analyze_many",
    "corrections",
    "exports",
    "lessons",
    "load",
    "plots",
    "read",
    "samples",
    "share",
    "tables",
]

_HOMES = {
    "Analysis": "analysis",
    "Article": "article",
    "Comparison": "corpus.compare",
    "Corpus": "corpus.reading",
    "Reader": "reader",
    "analyze": "pipeline",
    "analyze_many": "corpus.run",
    "load": "pipeline",
    "read": "article",
    "samples": "packaged",
    "share": "page",
}
_MODULES = ("agreement", "corrections", "exports", "lessons", "plots", "tables")


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"analystkit.{name}")
    if name not in __all__:
        raise AttributeError(f"module 'analystkit' has no attribute {name!r}")
    return getattr(import_module(f"analystkit.{_HOMES.get(name, 'errors')}"), name)


def __dir__() -> list[str]:
    return __all__
