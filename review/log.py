"""The log of all edits: a SQLite file beside the plan files, to which lines are only added.

Write-ahead log with full synchronisation: what `append` returned from is on the disk, whatever
happens to the process. Several processes may use one file; each line gets the next number.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actionplan.errors import OutputError, UnreadableError

_VERSION = 1
_WAIT = 10.0  # seconds that a write waits for that of another process; one takes milliseconds
_TABLES = """
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    pdf TEXT NOT NULL,
    print TEXT NOT NULL,
    base BLOB NOT NULL
) STRICT;
CREATE TABLE log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document (id),
    kind TEXT NOT NULL CHECK (kind IN ('edit', 'undo', 'redo', 'rebase')),
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX log_of_document ON log (document, seq);
CREATE TRIGGER log_stays BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'lines of the log are never changed'); END;
CREATE TRIGGER log_keeps BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'lines of the log are never deleted'); END;
"""


@dataclass(frozen=True, slots=True)
class Base:
    """What the edits of a document are made on.

    Attributes:
        id: number of the document in the log.
        name: name of its results.
        pdf: id of the PDF (``sha256:...``).
        print: fingerprint of the plan file, and of the corrections beside it that people wrote.
    """

    id: int
    name: str
    pdf: str
    print: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log; `at` is ISO 8601, UTC."""

    seq: int
    kind: str
    at: str
    who: str
    body: dict[str, Any]


class Log:
    """The log of an output folder; not thread-safe.

    Raises:
        OutputError: the file cannot be made or written to.
        UnreadableError: the file is damaged, or of a later version of this program.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            # Transactions are opened by hand: `write`.
            self._db = sqlite3.connect(
                path, timeout=_WAIT, isolation_level=None, check_same_thread=False
            )
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = FULL")
                self._db.execute("PRAGMA foreign_keys = ON")
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def _prepare(self) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version == _VERSION:
            return
        with self.write():
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            if version > _VERSION:
                raise UnreadableError(self.path.name, "made by a later version of this program")
            if version == 0:
                for statement in _statements(_TABLES):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {_VERSION}")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def write(self) -> Iterator[None]:
        """All that is written within is written, or nothing; nobody else writes meanwhile."""
        with self._errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise OutputError(self.path, str(error)) from error
        except sqlite3.DatabaseError as error:
            raise UnreadableError(self.path.name, str(error)) from error
        except OSError as error:
            raise OutputError(self.path, error.strerror or str(error)) from error

    def bases(self) -> list[Base]:
        """Return all documents that were ever edited, by name."""
        with self._errors():
            rows = self._db.execute("SELECT id, name, pdf, print FROM document ORDER BY name")
            return [Base(*row) for row in rows]

    def base(self, name: str) -> Base | None:
        """Return what is known of a document."""
        with self._errors():
            query = "SELECT id, name, pdf, print FROM document WHERE name = ?"
            row = self._db.execute(query, (name,)).fetchone()
            return Base(*row) if row else None

    def base_plan(self, document: int) -> dict[str, Any]:
        """Return the plan that the edits of a document are made on."""
        with self._errors():
            query = "SELECT base FROM document WHERE id = ?"
            (packed,) = self._db.execute(query, (document,)).fetchone()
        plan: dict[str, Any] = json.loads(zlib.decompress(packed))
        return plan

    def add_base(self, name: str, pdf: str, print_: str, plan: dict[str, Any]) -> int:
        """Note a document when its first edit is written; within `write`."""
        values = (name, pdf, print_, _packed(plan))
        query = "INSERT INTO document (name, pdf, print, base) VALUES (?, ?, ?, ?)"
        return int(self._db.execute(query, values).lastrowid or 0)

    def move_base(self, document: int, pdf: str, print_: str, plan: dict[str, Any]) -> None:
        """Note another plan for a document, converted anew; within `write`."""
        values = (pdf, print_, _packed(plan), document)
        query = "UPDATE document SET pdf = ?, print = ?, base = ? WHERE id = ?"
        self._db.execute(query, values)

    def rename(self, document: int, name: str) -> None:
        """Note another name for a document; within `write`."""
        self._db.execute("UPDATE document SET name = ? WHERE id = ?", (name, document))

    def append(self, document: int, kind: str, at: str, who: str, body: dict[str, Any]) -> Entry:
        """Add a line; within `write`."""
        text = json.dumps(body, ensure_ascii=False)
        query = "INSERT INTO log (document, kind, at, who, body) VALUES (?, ?, ?, ?, ?)"
        seq = self._db.execute(query, (document, kind, at, who, text)).lastrowid
        return Entry(int(seq or 0), kind, at, who, body)

    def entries(self, document: int, after: int = 0) -> list[Entry]:
        """Return the lines of a document behind `after`, in order."""
        query = "SELECT seq, kind, at, who, body FROM log WHERE document = ? AND seq > ? ORDER BY 1"
        with self._errors():
            rows = self._db.execute(query, (document, after)).fetchall()
        return [Entry(seq, kind, at, who, json.loads(body)) for seq, kind, at, who, body in rows]

    def last(self, document: int) -> int:
        """Return the number of the last line of a document, 0 without any."""
        query = "SELECT coalesce(max(seq), 0) FROM log WHERE document = ?"
        with self._errors():
            (seq,) = self._db.execute(query, (document,)).fetchone()
        return int(seq)


def _statements(script: str) -> Iterator[str]:
    """The statements of `script`; a trigger's body is no statement of its own."""
    begun = ""
    for part in script.split(";"):
        begun += part + ";"
        if sqlite3.complete_statement(begun):
            yield begun
            begun = ""


def _packed(plan: dict[str, Any]) -> bytes:
    return zlib.compress(json.dumps(plan, ensure_ascii=False).encode(), 6)
