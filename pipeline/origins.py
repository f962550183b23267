"""Where a document comes from: a file, a member of an archive, or a URL.

A source is small and can be sent to another process or machine; its bytes are had where they are
needed. An input of which nothing can be had (a row of a manifest that names no file) is a source
too: it fails when it is loaded, alone, and is reported with the others.
"""

from __future__ import annotations

import stat
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import unquote, urlsplit, urlunsplit

from actionplan.errors import FileAccessError, InputRefusedError

Kind = Literal["file", "member", "url", "refused"]


@dataclass(frozen=True)
class FetchOptions:
    """How bytes are had from elsewhere; nothing here changes a result.

    Attributes:
        max_bytes: largest document in bytes, of files, archives and downloads; 0: any size.
        rate: requests per second to one host of http(s); 0: no limit.
        retries: further attempts after one that may go better the next time.
        timeout: seconds to wait for a connection, and for each further piece of an answer.
    """

    max_bytes: int = 500_000_000  # a scanned report has up to 200 MB; more is a mistake
    rate: float = 2.0  # a council's site serves people first
    retries: int = 4
    timeout: float = 30.0


@dataclass(frozen=True)
class Source:
    """One document: where it is and what it is called.

    Attributes:
        kind: what `place` is; ``refused``: nothing can be had, `problem` says why.
        place: path as given, or URL.
        member: name inside the archive `place`, else empty.
        columns: own columns of a manifest with the values for this document.
        problem: what is wrong with a refused source, ending with what to do next.
    """

    kind: Kind
    place: str
    member: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    problem: str = ""

    def __str__(self) -> str:
        """The source as the user may name it, on one line."""
        return printable(f"{self.place}!/{self.member}" if self.member else self.place)

    @cached_property
    def name(self) -> str:
        """File name of the document, without anything that a terminal would act on."""
        return printable(self._raw_name) or "document.pdf"

    @cached_property
    def stem(self) -> str:
        """`name` without its last suffix."""
        return Path(self.name).stem

    @cached_property
    def key(self) -> str:
        """What tells this source from all others, the same from run to run: path or URL."""
        if self.kind == "url":
            return without_password(self.place)
        path = Path(self.place).resolve()
        text = str(path) if _encodable(str(path)) else path.as_uri()
        return f"{text}!/{self.member}" if self.member else text

    @property
    def path(self) -> Path | None:
        """The local file, if the document is one by itself."""
        return Path(self.place) if self.kind == "file" else None

    def with_columns(self, columns: tuple[tuple[str, str], ...]) -> Source:
        """Return this source with own columns of a manifest."""
        return replace(self, columns=columns)

    def load(self, options: FetchOptions, password: str | None = None) -> bytes:
        """Return the bytes of the document; `password` opens encrypted members of archives.

        Raises:
            UnreadableError: they cannot be had; the message says why and what to do next.
            MissingComponentError: what reads this kind of URL is not installed.
        """
        if self.kind == "refused":
            raise InputRefusedError(self.name, self.problem)
        return _read_file(Path(self.place), self.name)

    def stamp(self, options: FetchOptions) -> str:
        """Return what changes when the document does, had without reading it; empty if unknown."""
        try:
            seen = Path(self.place).stat()
        except OSError:
            return ""
        return f"{seen.st_size}-{seen.st_mtime_ns}-{seen.st_ino}"

    @property
    def _raw_name(self) -> str:
        if self.member:
            return PurePosixPath(self.member).name
        if self.kind == "url":
            parts = urlsplit(self.place)
            return PurePosixPath(unquote(parts.path)).name or parts.netloc
        return Path(self.place).name


def file_source(path: Path) -> Source:
    """Return the source that a local file is."""
    return Source("file", str(path))


def is_url(text: str) -> bool:
    """Whether `text` is a URL rather than a path: a scheme of two letters or more, and ``://``."""
    scheme, found, _ = text.partition("://")
    return bool(found) and len(scheme) > 1 and scheme.replace("+", "").isalnum()


def still_there(key: str) -> bool:
    """Whether the source of this key may still exist; of URLs nobody can tell, so they do."""
    return is_url(key) or Path(key.partition("!/")[0]).exists() or Path(key).exists()


def without_password(url: str) -> str:
    """Return `url` without user and password, which belong in no result."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


_UNPRINTABLE = {"Cc", "Cs", "Zl", "Zp"}
_BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    """Return `text` with what breaks lines or moves a terminal's cursor replaced by U+FFFD."""
    if text.isprintable():
        return text
    return "".join(
        "\ufffd" if char in _BIDI or unicodedata.category(char) in _UNPRINTABLE else char
        for char in text
    )


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read_file(path: Path, name: str) -> bytes:
    """Return the bytes of a plain file; a pipe or a device would never end."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileAccessError(name, "no plain file")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise FileAccessError(name, problem) from error
