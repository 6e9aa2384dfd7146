"""The work on a batch: each input becomes an analysis, or the reason why it did not."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from analystkit import pipeline
from analystkit.analysis import Analysis
from analystkit.article import Article
from analystkit.corpus.batches import Batch
from analystkit.errors import AnalystkitError
from analystkit.layers.entities import given

if TYPE_CHECKING:
    from spacy.language import Language

#: Articles that go through the pipeline together; what spaCy keeps of their words is freed after them.
_TOGETHER: Final = 16

_alone = threading.Lock()  # spaCy's memory zones are the pipeline's, not a thread's


Which = tuple[str | None, tuple[given.Name, ...]]
"""A pipeline to load: its name, None for the shipped one, and names to find besides."""


@dataclass(frozen=True)
class Failure:
    """An input that did not become an analysis.

    Attributes:
        number: Which input, from 1.
        source: Where it is from.
        kind: The error's class ("ArticleError").
        reason: What was wrong, in a sentence.
    """

    number: int
    source: str
    kind: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


@dataclass(frozen=True)
class Done:
    """An input that became an analysis.

    Attributes:
        number: Which input, from 1.
        source: Where it is from.
        outlet: Who published it: as given, else the host of its address, else None.
        analysis: The analysis, without its Doc.
    """

    number: int
    source: str
    outlet: str | None
    analysis: Analysis


@cache
def loaded(name: str | None, names: tuple[given.Name, ...] = ()) -> Language:
    """A pipeline by name, None for the shipped one, that finds the given names too; loaded once in a process."""
    nlp = pipeline.load(name)
    if names:
        given.add(nlp, names)
    return nlp


def analyses(batch: Batch, nlp: Language) -> Iterator[Done | Failure]:
    """Work on the inputs of a batch, in their order, a few at a time."""
    numbered = list(enumerate(batch.inputs, start=batch.first))
    for begin in range(0, len(numbered), _TOGETHER):
        group = numbered[begin : begin + _TOGETHER]
        outcomes: dict[int, Done | Failure] = {}
        articles: dict[int, tuple[Article, str | None]] = {}
        for number, one in group:
            try:
                articles[number] = one.read()
            except Exception as error:
                outcomes[number] = _failure(number, one.name, error)
        names = {number: one.name for number, one in group}
        for number, result in _through(articles, nlp).items():
            if isinstance(result, Exception):
                outcomes[number] = _failure(number, names[number], result)
            else:
                given = articles[number][1]
                outcomes[number] = Done(number, names[number], given or _host(result), result)
        yield from (outcomes[number] for number, _ in group)


def _through(articles: dict[int, tuple[Article, str | None]], nlp: Language) -> dict[int, Analysis | Exception]:
    """Articles through the pipeline: together, or, if that fails, one by one to find which it is."""
    alone = [article for article, _ in articles.values()]
    try:
        return dict(zip(articles, _together(alone, nlp), strict=True))
    except Exception:
        found: dict[int, Analysis | Exception] = {}
        for number, article in zip(articles, alone, strict=True):
            try:
                (found[number],) = _together([article], nlp)
            except Exception as error:
                found[number] = error
        return found


def _together(articles: Sequence[Article], nlp: Language) -> list[Analysis]:
    # Words that spaCy sees for the first time would stay in memory for good: a corpus has millions of them.
    with _alone, nlp.memory_zone():
        docs = nlp.pipe((pipeline.prepare(article, nlp) for article in articles), batch_size=_TOGETHER)
        found = [pipeline.from_doc(doc, nlp, article.warnings) for doc, article in zip(docs, articles, strict=True)]
        for analysis, article in zip(found, articles, strict=True):
            analysis.doc, analysis.folder = None, article.folder
    return found


def _failure(number: int, source: str, error: Exception) -> Failure:
    known = isinstance(error, AnalystkitError)
    reason = str(error) if known else f"failed unexpectedly ({type(error).__name__}: {error}); please report it"
    return Failure(number, source, type(error).__name__, reason)


def _host(analysis: Analysis) -> str | None:
    try:
        host = urlsplit(analysis.article.url or "").hostname
    except ValueError:  # an address that is none
        return None
    return host.removeprefix("www.") if host else None


def describe(nlp: Language) -> dict[str, Any]:
    """What tells one pipeline from another: names, versions, and a digest of its weights and of names given to it."""
    from importlib.metadata import version

    digest = hashlib.blake2b(json.dumps([nlp.pipe_names, nlp.meta], default=str).encode(), digest_size=16)
    if nlp.path and nlp.path.is_dir():
        for path in sorted(file for file in nlp.path.rglob("*") if file.is_file()):
            digest.update(path.relative_to(nlp.path).as_posix().encode() + path.read_bytes())
    else:
        digest.update(nlp.to_bytes())
    if nlp.has_pipe(given.COMPONENT):  # whose names are no part of the folder
        ruler: Any = nlp.get_pipe(given.COMPONENT)
        digest.update(json.dumps(ruler.patterns).encode())
    return {
        "pipeline": f"{nlp.meta['lang']}_{nlp.meta['name']}",
        "version": str(nlp.meta["version"]),
        "analystkit": version("analystkit"),
        "digest": digest.hexdigest(),
    }
