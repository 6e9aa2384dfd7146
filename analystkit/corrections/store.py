"""The store: one SQLite file beside the articles that keeps every event, and only ever grows.

`append` returns when the events are on disk (write-ahead log, synchronous=FULL), not before: what it has
acknowledged survives a crash of the process or of the machine. Several processes may write at once. Triggers
refuse to change or delete what is kept.
"""

from __future__ import annotations

import json
import os
import random
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import RLock
from typing import Any, Final, Self, TypeVar

from analystkit.corrections import anchors, checks
from analystkit.corrections.events import Event, events_at_once, text_hash
from analystkit.errors import CorrectionsError, StoreError

#: What the store is called where nobody names it.
FILENAME: Final = "corrections.analystkit"
#: Marks the file as ours in SQLite's header ("anak"), at this byte.
_APPLICATION_ID: Final = 0x616E616B
_APPLICATION_ID_AT: Final = 68
_VERSION: Final = 1
_GONE_THROUGH: Final = 64_000_000  # bytes
_WAIT: Final = 30.0  # seconds for another writer to finish
# Seconds between two tries. SQLite's own waiting grows to a tenth of a second: a process that writes without pause
# leaves it gaps of a millisecond, so that a second one would hardly ever have its turn.
_PAUSE: Final = (0.0005, 0.003)

_TABLES: Final = """
CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    article TEXT NOT NULL,
    annotator TEXT NOT NULL,
    event TEXT NOT NULL,  -- JSON, without what follows
    model TEXT,           -- JSON: whose marks were corrected, where that is known
    places TEXT           -- JSON: anchors and refs, needed only on another text or another model's analysis
) STRICT;
CREATE INDEX events_text ON events (text, annotator);
CREATE INDEX events_article ON events (article, annotator);
CREATE TABLE analyses (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL UNIQUE,
    article TEXT NOT NULL,
    analysis TEXT NOT NULL  -- JSON: the machine's, as the first corrections of this text found it
) STRICT;
"""
_GUARDS: Final = """
CREATE TRIGGER {table}_kept_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'corrections are only ever added'); END;
"""
# INSERT OR REPLACE deletes without firing the trigger on DELETE.
_NO_REPLACEMENT: Final = """
CREATE TRIGGER {table}_kept_REPLACE BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key} OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'corrections are only ever added'); END;
"""

#: An article's id: a name, and what tells its text from others.
_NAMED: Final = re.compile(r"([a-z0-9-]+)-[0-9a-f]{8}")

_T = TypeVar("_T")


class Store:
    """The corrections of all annotators on all articles of a folder.

    The file is created at the first `append`; until then the store is empty. It may be used from several
    threads and processes. On a network drive it needs one that has real file locks.

    Args:
        path: The file.

    Raises:
        StoreError: the file is not a store of corrections, is damaged, or comes from a later version; it is
            left as it is.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._lock = RLock()
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int, int] | None = None
        with self._lock:
            self._trying(lambda: self._open(create=False))

    def append(self, events: Iterable[Event], *, analysis: Mapping[str, Any] | None = None) -> int:
        """Keep events; when this returns they are on disk. All of them are kept, or none.

        Args:
            events: New events. One that is kept already (by its id) is passed over.
            analysis: The machine's analysis that was corrected, in JSON form. It is kept too, once for a text,
                so that corrections can be shown and learnt from without the article; with it, events get their
                anchors: the words around each span, by which they are found again in another text.

        Returns:
            How many were new.

        Raises:
            CorrectionsError: one of them is no event, or its id is taken by another event.
            StoreError: it cannot be written (the disk is full, the folder read-only, another program holds it).
        """
        batch = [dict(one) for one in events]
        checks.check_events(batch)
        if not batch:
            return 0
        with self._lock:
            return self._trying(lambda: self._append(batch, analysis))

    def events(self, *, text: str | None = None, article: str | None = None, by: str | None = None) -> list[Event]:
        """The events that are kept, in the order of their coming.

        Args:
            text: Only those on the text with this hash (see `text_hash`).
            article: Only those on the article with this id.
            by: Only those of this annotator.
        """
        asked = {"text": text, "article": article, "annotator": by}
        given = {column: _column(value) for column, value in asked.items() if value is not None}
        where = " AND ".join(f"{column} = ?" for column in given) or "1"
        query = f"SELECT event, model, places FROM events WHERE {where} ORDER BY seq"  # noqa: S608  # our own words
        return self._whole(self._rows(query, *given.values()))

    def events_on(self, analysis: Mapping[str, Any], *, by: str | None = None) -> list[Event]:
        """The events to replay on an analysis: those on its text, and those on earlier versions of it.

        An earlier version is a text from the same address, or of the same name in its id, that shares most of its
        words with this one. Events on this text and by this model come without anchors, which they do not need.

        Args:
            analysis: The analysis, in JSON form.
            by: Only those of this annotator.
        """
        texts = [text_hash(analysis["text"]), *self._earlier(analysis)]
        wanted = f"text IN ({', '.join('?' * len(texts))})" + ("" if by is None else " AND annotator = ?")
        rows = self._rows(
            "SELECT event, model, CASE WHEN text = ? AND model = ? THEN NULL ELSE places END "  # noqa: S608
            f"FROM events WHERE {wanted} ORDER BY seq",
            *(texts[0], _json(analysis["model"]), *texts),
            *(() if by is None else (_column(by),)),
        )
        return self._whole(rows)

    def count(self, text: str) -> int:
        """How many events on the text with this hash are kept: a quick way to see whether others have added any."""
        rows = self._rows("SELECT count(*) FROM events WHERE text = ?", text)
        return int(rows[0][0]) if rows else 0

    def annotators(self) -> list[str]:
        """Who has corrected anything, in alphabetical order."""
        return [name for (name,) in self._rows("SELECT DISTINCT annotator FROM events ORDER BY annotator")]

    def texts(self) -> list[tuple[str, str]]:
        """Each text that was corrected, as (hash, article id), in the order of the first correction."""
        return list(self._rows("SELECT text, article FROM events GROUP BY text ORDER BY min(seq)"))

    def analysis(self, text: str) -> dict[str, Any] | None:
        """The machine's analysis of the text with this hash, as it was when it was first corrected."""
        rows = self._rows("SELECT analysis FROM analyses WHERE text = ?", text)
        return dict(json.loads(rows[0][0])) if rows else None

    def _whole(self, rows: list[Any]) -> list[Event]:
        try:
            return _whole(rows)
        except ValueError as error:
            raise _damaged(self.path, f"an event is no JSON: {error}") from error

    def _earlier(self, analysis: Mapping[str, Any]) -> list[str]:
        """The hashes of earlier versions of a text."""
        article = analysis["article"]
        name = _NAMED.fullmatch(article["id"])
        rows = self._rows(
            "SELECT text, analysis ->> '$.text' FROM analyses WHERE text <> ? AND (article = ? OR article GLOB ? "
            "OR (? <> '' AND analysis ->> '$.article.url' = ?)) ORDER BY seq",
            *(text_hash(analysis["text"]), _column(article["id"])),
            f"{name[1]}-{'[0-9a-f]' * 8}" if name else "",
            *(_column(article["url"] or ""),) * 2,
        )
        return [text for text, words in rows if _much_the_same(words, analysis["text"])]

    def close(self) -> None:
        """Let go of the file; the store opens it again when needed."""
        with self._lock:
            # After a fork the connection belongs to the parent: closing it here could drop the parent's locks.
            if self._connection is not None and self._file is not None and self._file[2] == os.getpid():
                self._connection.close()
            self._connection = self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Store({str(self.path)!r})"

    def _rows(self, query: str, *values: str) -> list[Any]:
        def read() -> list[Any]:
            connection = self._open(create=False)
            return [] if connection is None else connection.execute(query, values).fetchall()

        with self._lock:
            return self._trying(read)

    def _append(self, batch: list[Event], analysis: Mapping[str, Any] | None) -> int:
        connection = self._open(create=True)
        connection.execute("BEGIN IMMEDIATE")
        try:
            if analysis is not None:
                self._keep_analysis(connection, analysis)
                batch = [anchors.attach(one, analysis) for one in batch]
            new = sum(self._keep(connection, one) for one in batch)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # not where SQLite has already given up, as on a full disk
                connection.execute("ROLLBACK")
            raise
        return new

    def _keep_analysis(self, connection: sqlite3.Connection, analysis: Mapping[str, Any]) -> None:
        connection.execute(
            "INSERT INTO analyses (text, article, analysis) SELECT ?1, ?2, ?3 "
            "WHERE NOT EXISTS (SELECT 1 FROM analyses WHERE text = ?1)",
            (text_hash(analysis["text"]), _column(analysis["article"]["id"]), _json(analysis)),
        )

    def _keep(self, connection: sqlite3.Connection, one: Event) -> int:
        places = {key: one[key] for key in ("anchors", "refs") if key in one}
        event = {key: value for key, value in one.items() if key not in ("anchors", "refs", "model")}
        kept = connection.execute("SELECT event FROM events WHERE id = ?", (one["id"],)).fetchone()
        if kept is not None:
            if json.loads(kept[0]) == json.loads(_json(event)):
                return 0
            raise CorrectionsError(
                f"The event {one['id']} by {one['by']} is not the one that is kept in {self.path} under the same id. "
                "Events are never changed: an act that differs needs an id of its own."
            )
        connection.execute(
            "INSERT INTO events (id, text, article, annotator, event, model, places) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(one["id"], one["text"], _column(one["article"]), _column(one["by"]), _json(event)),
                *(_json(value) if value else None for value in (one.get("model"), places)),
            ),
        )
        return 1

    def _trying(self, work: Callable[[], _T]) -> _T:
        """Do something with the file, again and again while another process holds it."""
        end = time.monotonic() + _WAIT
        while True:
            try:
                return work()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                    raise self._error(error) from error
                if time.monotonic() > end:
                    raise self._error(error) from error
                time.sleep(random.uniform(*_PAUSE))  # noqa: S311  # not a secret
            except (sqlite3.Error, OSError) as error:
                raise self._error(error) from error

    def _error(self, error: Exception) -> StoreError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            return _damaged(self.path, str(error))
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            return StoreError(
                f"Another program has been writing to {self.path} for {_WAIT:.0f} seconds. "
                "Nothing was written; try again."
            )
        return StoreError(f"Corrections cannot be kept in {self.path}: {error}. Nothing was written.")

    def _open(self, *, create: bool) -> Any:
        """The connection; None where there is no file and none is wanted."""
        found = self._identity()
        if self._connection is not None:
            # Deleted or exchanged under us, or we are a fork of the process that opened it.
            if found == self._file:
                return self._connection
            self.close()
        if found is None or self.path.stat().st_size == 0:
            if not create:
                return None
        else:
            _check_header(self.path)
        connection = sqlite3.connect(self.path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        self._connection, self._file = connection, self._identity()
        return connection

    def _identity(self) -> tuple[int, int, int] | None:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino, os.getpid()

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA synchronous = FULL")
        if connection.execute("PRAGMA application_id").fetchone()[0] == 0:
            # Made in one transaction, in SQLite's default journal, so that the header says from the first
            # moment whose file it is; the write-ahead log comes after.
            connection.execute("BEGIN EXCLUSIVE")
            if connection.execute("PRAGMA application_id").fetchone()[0] == 0:  # no other process was faster
                _create(connection)
            connection.execute("COMMIT")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != _VERSION:
            raise StoreError(
                f"{self.path} was written by a later version of analystkit (form {version}, known here: {_VERSION}). "
                "Update analystkit to use it; it was left as it is."
            )
        # A larger file takes too long to go through; damage in it is told when the damaged part is read.
        if self.path.stat().st_size <= _GONE_THROUGH:
            problem = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if problem != "ok":
                raise _damaged(self.path, problem)
        connection.execute("PRAGMA journal_mode = WAL")


def _create(connection: sqlite3.Connection) -> None:
    statements = _TABLES.split(";\n")
    for table, key in (("events", "id"), ("analyses", "text")):
        statements += [_GUARDS.format(table=table, verb=verb) for verb in ("UPDATE", "DELETE")]
        statements.append(_NO_REPLACEMENT.format(table=table, key=key))
    for statement in statements:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {_VERSION}")


def _check_header(path: Path) -> None:
    """See that a file is a store before SQLite touches it."""
    if not path.is_file():
        raise StoreError(f"{path} is not a file, so no corrections can be kept in it. Name a file.")
    with path.open("rb") as file:
        header = file.read(100)
    if not header.startswith(b"SQLite format 3\0") or len(header) < 100:
        raise _damaged(path, "it does not begin as a store does")
    if int.from_bytes(header[_APPLICATION_ID_AT : _APPLICATION_ID_AT + 4], "big") != _APPLICATION_ID:
        raise StoreError(f"{path} is a database, but not one of corrections. It was left as it is; name another file.")


def _damaged(path: Path, why: str) -> StoreError:
    return StoreError(
        f"{path} is no store of corrections, or is damaged ({why}). It was left as it is: name another file, "
        "or bring this one back from a copy."
    )


def _whole(rows: list[tuple[str, str | None, str | None]]) -> list[Event]:
    """Events from the columns that they are kept in."""
    with events_at_once():
        # One long list is read faster than its parts.
        events: list[Event] = json.loads(f"[{','.join(row[0] for row in rows)}]")
        models = {model: json.loads(model) for model in {row[1] for row in rows} if model is not None}
        for event, (_, model, places) in zip(events, rows, strict=True):
            if model is not None:
                event["model"] = models[model]
            if places is not None:
                event |= json.loads(places)
    return events


def _much_the_same(one: str, other: str) -> bool:
    """Whether two texts share most of their words, in threes, as versions of one article do."""
    mine, theirs = (
        {tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2))} for words in (one.split(), other.split())
    )
    return 2 * len(mine & theirs) >= min(len(mine), len(theirs))


def _json(value: Any) -> str:
    """JSON that SQLite can hold: a lone surrogate, which no UTF-8 has, is written as an escape."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return text


def _column(value: str) -> str:
    """A name as the store compares it."""
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
