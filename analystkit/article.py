"""An article, and how to read one from a file, a web address or a string.

The text is kept exactly as read; every offset is a code point of it. Two things cannot be kept, because no
file or page could hold them: NUL characters and lone surrogates. Each becomes one U+FFFD, with a warning, so
that the text keeps its length.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analystkit.errors import ArticleError, FetchError
from analystkit.reading import checks, decoding, markdown, newsdates
from analystkit.reading.furniture import Dateline, Span, detect, join_spans

__all__ = ["MAX_BYTES", "Article", "Dateline", "from_bytes", "read"]

MAX_BYTES = 10_000_000
"""Largest file or page that is read, in bytes."""

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_HTML = (".html", ".htm", ".xhtml")
_MARKDOWN = (".md", ".markdown")
_FILE_NAME = re.compile(r"\.(?:txt|text|md|markdown|html?|xhtml|pdf|docx?|odt|rtf|json|jsonl|csv|xml|png|jpe?g)$", re.I)
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://\S+$")
_HTML_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S)
_LONGEST_NAME = 500


@dataclass(frozen=True, init=False)
class Article:
    """One news article: its text, and what is known about it.

    What is not given (or given as None) is detected in the text. Raises `ArticleError` if the text is blank.

    Attributes:
        text: The article exactly as read.
        id: A name for the article: a few words of its file name or title, and a hash of the text, so that
            another text never shares it.
        title: The headline, or None.
        byline: Who wrote it, or None.
        published: Day of publication, or None; it anchors words such as "yesterday".
        url: Where it was found, or None.
        dateline: Place, date and agency as written in the text, or None.
        furniture: Spans that are not reporting, sorted and disjoint.
        warnings: What the user should know, as sentences.
        folder: Folder of the file it was read from; None for a text and for a web page.
    """

    text: str
    id: str
    title: str | None
    byline: str | None
    published: dt.date | None
    url: str | None
    dateline: Dateline | None
    furniture: tuple[Span, ...]
    warnings: tuple[str, ...]
    folder: Path | None

    def __init__(
        self,
        text: str,
        *,
        id: str | None = None,
        title: str | None = None,
        byline: str | None = None,
        published: dt.date | None = None,
        url: str | None = None,
        dateline: Dateline | None = None,
        furniture: Iterable[Span] | None = None,
        warnings: Iterable[str] = (),
        folder: Path | None = None,
    ) -> None:
        text, repaired = _storable(text)
        if not text.strip():
            raise ArticleError("The article is empty: there is nothing but white space to read.")
        layout = detect(text, title=title)
        if title is None and layout.title_span is not None:
            title = text[slice(*layout.title_span)]
        title = " ".join(title.split()) if title else None
        spans = layout.furniture if furniture is None else _checked(furniture, len(text))
        aside = (*spans, layout.title_span) if layout.title_span else spans
        doubts = (
            repaired,
            checks.long_text(text),
            checks.not_english(text),
            checks.only_furniture(text, join_spans(aside)),
            checks.unclosed_quotation(text, spans),
        )
        values = {
            "text": text,
            "id": id or _identity(title or "", text),
            "title": title,
            "byline": byline or layout.byline,
            "published": published or layout.published,
            "url": url,
            "dateline": dateline or layout.dateline,
            "furniture": spans,
            "warnings": tuple(dict.fromkeys((*warnings, *(doubt for doubt in doubts if doubt)))),
            "folder": folder,
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)


def read(
    source: str | Path,
    *,
    title: str | None = None,
    published: dt.date | None = None,
    url: str | None = None,
    id: str | None = None,
    allow_private: bool = False,
) -> Article:
    """Read one article.

    A `Path` is a file. A string is, in this order: a web address if it begins with http:// or https://; text
    if it has a line break or more than 500 characters; a file if one of that name exists; a missing file (an
    error) if it ends like a file name or holds no space; text otherwise. Text that begins with
    `<!doctype html` or `<html` is read as a page.

    Files ending in .html, .htm are pages, .md, .markdown are Markdown, all others plain text. Where the text does not
    tell the day of publication in full, a day in the file's name does ("upi-2023-09-14-summit.txt"), and a warning
    says so.

    Args:
        source: File, web address or text.
        title: Headline, instead of the one found.
        published: Day of publication, instead of the one found.
        url: Address to note in the article, instead of the one it was read from.
        id: Name of the article, instead of one made from file name or title and the text.
        allow_private: Also fetch from addresses inside the own machine or network.

    Raises:
        ArticleError: The source is missing, empty, too large, not text, or holds no article.
        FetchError: The web address cannot be fetched or holds no article.
    """
    given = _Given(title=title, published=published, url=url, id=id)
    if isinstance(source, Path):
        return _read_file(source, given)
    if not isinstance(source, str):
        raise ArticleError(f"Cannot read a {type(source).__name__}: give a path, a web address or a string.")
    stripped = source.strip()
    if not stripped:
        raise ArticleError("The article is empty: give text, the path of a file or a web address.")
    scheme = _SCHEME.match(stripped)
    if scheme and scheme["scheme"].lower() in ("http", "https"):
        return _read_url(stripped, given, allow_private=allow_private)
    if scheme:
        raise ArticleError(f"Cannot read {stripped}: only http:// and https:// addresses can be fetched.")
    if _is_file_name(source):
        return _read_file(Path(source), given)
    if _HTML_START.match(source):
        return _from_page(source, given, name="The HTML")
    return _make(source, given)


@dataclass(frozen=True, slots=True)
class _Given:
    """What the caller of `read` knows better than the text; None where nothing was said."""

    title: str | None
    published: dt.date | None
    url: str | None
    id: str | None


def _is_file_name(source: str) -> bool:
    if "\n" in source or "\r" in source or "\0" in source or len(source) > _LONGEST_NAME:
        return False
    try:
        if Path(source).exists():
            return True
    except (OSError, ValueError):  # a name that the file system cannot hold
        return False
    return _FILE_NAME.search(source) is not None or not re.search(r"\s", source)


def _read_file(path: Path, given: _Given) -> Article:
    try:
        if path.is_dir():
            raise ArticleError(f"{path} is a folder. Give one file in it, or analyse all of it with analyze -o.")
        if not path.exists():
            raise ArticleError(f"There is no file {path} (looked from {Path.cwd()}). Check the name and the folder.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, ArticleError):
            raise
        reason = getattr(error, "strerror", None) or error
        raise ArticleError(f"Cannot read {path}: {reason}.") from error
    article = _from_bytes(data, str(path), given)
    object.__setattr__(article, "folder", path.parent)  # a copy would look for titles and furniture once more
    return article


def from_bytes(data: bytes, name: str) -> Article:
    """Read an article from the content of a file, as `read` does from the file itself.

    Args:
        data: The content.
        name: The file's name or path; its ending tells the kind, its stem becomes part of the article's id.

    Raises:
        ArticleError: The content is empty, too large, not text, or holds no article.
    """
    return _from_bytes(data, name, _Given(title=None, published=None, url=None, id=None))


def _from_bytes(data: bytes, name: str, given: _Given) -> Article:
    path = Path(name)
    if len(data) > MAX_BYTES:
        raise ArticleError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB. Give the article alone.")
    suffix = path.suffix.lower()
    declared = decoding.html_charset(data) if suffix in _HTML else None
    text, guessed = decoding.decode(data, name=path.name, declared=declared)
    notes = (guessed,) if guessed else ()
    if suffix in _HTML:
        return _from_page(text, given, name=path.name, stem=path.stem, notes=notes)
    if suffix in _MARKDOWN:
        return _from_markdown(text, given, stem=path.stem, notes=notes)
    return _make(text, given, stem=path.stem, notes=notes)


def _read_url(address: str, given: _Given, *, allow_private: bool) -> Article:
    from analystkit.reading import fetch  # loads httpx, which most articles do not need

    page = fetch.fetch(address, allow_private=allow_private, max_bytes=MAX_BYTES)
    declared = page.charset or decoding.html_charset(page.content)
    try:
        text, guessed = decoding.decode(page.content, name=address, declared=declared)
        notes = (guessed,) if guessed else ()
        if page.is_html:
            return _from_page(text, given, name=address, url=page.url, notes=notes)
        return _make(text, given, url=page.url, notes=notes)
    except FetchError:
        raise
    except ArticleError as error:
        raise FetchError(str(error)) from error


def _from_page(
    html: str,
    given: _Given,
    *,
    name: str,
    stem: str | None = None,
    url: str | None = None,
    notes: tuple[str, ...] = (),
) -> Article:
    from analystkit.reading import webpage  # loads trafilatura, which only pages need

    html, _ = _storable(html)
    page = webpage.extract(html, url=given.url or url)
    if page is None:
        raise ArticleError(f"{name} holds no article text that could be found. Try pasting the text itself.")
    article = Article(page.text, title=given.title)
    return _make(
        page.text,
        given,
        title=page.title if article.title is None else article.title,
        byline=page.byline,
        published=page.published,
        stem=stem,
        url=url,
        notes=notes,
    )


def _from_markdown(source: str, given: _Given, *, stem: str, notes: tuple[str, ...]) -> Article:
    text, _ = _storable(source)
    marks = markdown.marks(text)
    plain = markdown.masked(text, marks)
    if not plain.strip():
        raise ArticleError(f"{stem} is empty but for Markdown marks.")
    front = markdown.front_matter(text)
    span = markdown.heading(text)
    title = given.title or front.get("title") or (plain[slice(*span)] if span else None)
    layout = detect(plain, title=" ".join(title.split()) if title else None)
    if title is None and layout.title_span:
        title = plain[slice(*layout.title_span)]
    return _make(
        source,
        given,
        title=title,
        byline=front.get("author") or front.get("byline") or layout.byline,
        published=_iso(front.get("date") or front.get("published")) or layout.published,
        dateline=layout.dateline,
        furniture=join_spans((*marks, *layout.furniture)),
        stem=stem,
        notes=notes,
    )


def _make(
    text: str,
    given: _Given,
    *,
    title: str | None = None,
    byline: str | None = None,
    published: dt.date | None = None,
    dateline: Dateline | None = None,
    furniture: tuple[Span, ...] | None = None,
    stem: str | None = None,
    url: str | None = None,
    notes: tuple[str, ...] = (),
) -> Article:
    article = Article(
        text,
        id=given.id or (_identity(stem, text) if stem else None),
        title=given.title or title,
        byline=byline,
        published=given.published or published,
        url=given.url or url,
        dateline=dateline,
        furniture=furniture,
        warnings=notes,
    )
    if article.published is None and stem is not None:
        _date_by_name(article, stem)
    return article


def _date_by_name(article: Article, stem: str) -> None:
    day = newsdates.day_in_name(stem, article.dateline.date if article.dateline else None)
    if day is not None:
        note = f"The day of publication, {day:%Y-%m-%d}, is the one that the file's name tells."
        object.__setattr__(article, "published", day)
        object.__setattr__(article, "warnings", (*article.warnings, note))


def _storable(text: str) -> tuple[str, str | None]:
    """Replace what no file can hold, one character for one, and say so."""
    repaired, count = _UNSTORABLE.subn("\ufffd", text)
    if not count:
        return text, None
    return repaired, f"{count} characters that no text can hold (NUL, lone surrogates) stand as U+FFFD."


def _identity(name: str, text: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-") or "article"
    digest = hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
    return f"{words}-{digest[:8]}"


def _checked(spans: Iterable[Span], length: int) -> tuple[Span, ...]:
    given = tuple((int(start), int(end)) for start, end in spans)
    for start, end in given:
        if not 0 <= start <= end <= length:
            raise ArticleError(f"Furniture {start}:{end} lies outside a text of {length} characters.")
    return join_spans(given)


def _iso(value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
