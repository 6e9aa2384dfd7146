"""From the bytes of a file or page to text, saying so when the encoding had to be guessed."""

from __future__ import annotations

import codecs
import re

from analystkit.errors import ArticleError

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file (RIFF)"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)
_BOMS = (  # the longer ones first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HTML_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
_WEB_NAMES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}


def decode(data: bytes, *, name: str, declared: str | None = None) -> tuple[str, str | None]:
    """Decode the bytes of a text.

    A byte order mark decides and is left out of the text; then UTF-8 is tried, then the encoding that the
    page or server declares, then the likeliest guess.

    Args:
        data: The raw bytes.
        name: What the bytes are, for messages: a file name or an address.
        declared: Encoding named by a server or an HTML page; used only where it fits.

    Returns:
        The text, otherwise unchanged, and a warning that names the encoding if it was guessed.

    Raises:
        ArticleError: The bytes are empty or are not text.
    """
    if not data.strip():
        raise ArticleError(f"{name} is empty. Give a file or page that holds an article.")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _with_bom(data[len(bom) :], encoding, name)
    kind = _looks_like(data)
    if kind is not None:
        raise ArticleError(f"{name} looks like {kind}, not text. Save the article as plain text or HTML first.")
    utf16 = _utf16_without_bom(data)
    if utf16 is not None:
        return utf16[0], f"{name} does not say how it is encoded; read as {utf16[1]}."
    if data.count(b"\0") * 100 > len(data):
        raise ArticleError(f"{name} looks like a binary file (it holds many NUL bytes), not text.")
    for candidate in ("utf-8", declared):
        text = _try(data, candidate)
        if text is not None:
            return text, None
    return _guess(data, name)


def html_charset(data: bytes) -> str | None:
    """Return the encoding that an HTML page declares in its first 4,096 bytes, or None."""
    match = _HTML_CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def _looks_like(data: bytes) -> str | None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    return None


def _with_bom(data: bytes, encoding: str, name: str) -> tuple[str, str | None]:
    text = data.decode(encoding, errors="replace")
    wrong = text.count("\ufffd")
    if not text.strip():
        raise ArticleError(f"{name} is empty but for a byte order mark.")
    if _try(data, encoding) is not None:
        return text, None
    if wrong * 10 > len(text):
        raise ArticleError(f"{name} begins like {encoding} text but does not go on so. Is it a text file?")
    return text, f"{name} is damaged {encoding}: {wrong} characters could not be read and stand as U+FFFD."


def _utf16_without_bom(data: bytes) -> tuple[str, str] | None:
    """Western text in UTF-16 has a NUL in (almost) every second byte, always on the same side."""
    sample = data[: 4096 - len(data) % 2]
    for side, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(sample) >= 8 and sample[side::2].count(0) * 10 > len(sample) * 4 and not sample[1 - side :: 2].count(0):
            text = _try(data, encoding)
            if text is not None:
                return text, encoding
    return None


def _try(data: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return data.decode(_WEB_NAMES.get(encoding.lower(), encoding))
    except (UnicodeDecodeError, LookupError):
        return None


def _guess(data: bytes, name: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # only here: most files are UTF-8

    matches = from_bytes(data)
    best = matches.best()
    if best is None:
        raise ArticleError(f"{name} is in no encoding we know, or is not text. Save it as UTF-8 and try again.")
    encoding = best.encoding
    # English in Windows-1252 is valid in most single-byte code pages, and the guess among those is a toss.
    if "cp1252" in best.could_be_from_charset or any(match.encoding == "cp1252" for match in matches):
        encoding = "cp1252"
    text = data.decode(encoding, errors="replace")
    return text, f"{name} is not UTF-8 and does not say how it is encoded; {encoding} was guessed."
