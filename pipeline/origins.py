"""Where a document comes from: a file, a member of an archive, or a URL.

A source is small and can be sent to another process or machine; its bytes are had where they are
needed. An input of which nothing can be had (a row of a manifest that names no file) is a source
too: it fails when it is loaded, alone, and is reported with the others.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urlsplit, urlunsplit

from actionplan.errors import FileAccessError, InputRefusedError
from actionplan.normalise import printable as normal

if TYPE_CHECKING:
    from actionplan.fetching import FetchOptions

Kind = Literal["file", "member", "url", "refused"]
Columns = tuple[tuple[str, str], ...]
"""Own columns of a manifest, each with the value for one document."""


@dataclass(frozen=True)
class Source:
    """One document: where it is and what it is called.

    Attributes:
        kind: what `place` is; ``refused``: nothing can be had, `problem` says why.
        place: path as given, or URL.
        member: name inside the archive `place`, else empty.
        position: place of the member in the archive's list.
        repeats: members before it that have the same name.
        mark: what changes when the content does, if that was had with the listing; else empty.
        columns: own columns of a manifest.
        problem: what is wrong with a refused source, ending with what to do next.
    """

    kind: Kind
    place: str
    member: str = ""
    position: int = 0
    repeats: int = 0
    mark: str = ""
    columns: Columns = ()
    problem: str = ""

    def __str__(self) -> str:
        """The source as the user may name it, on one line and without a password."""
        place = without_password(self.place) if is_web(self.place) else self.place
        return printable(f"{place}!/{self.member}" if self.member else place)

    @cached_property
    def name(self) -> str:
        """File name of the document, without anything that a terminal would act on."""
        return printable(self._last_part()) or "document.pdf"

    @cached_property
    def stem(self) -> str:
        """`name` without its last suffix."""
        return Path(self.name).stem

    @cached_property
    def key(self) -> str:
        """What tells this source from all others, the same from run to run: path or URL."""
        if is_url(self.place):
            return without_password(self.place) if is_web(self.place) else self.place
        return _absolute(Path(self.place)) + self._inside()

    @property
    def path(self) -> Path | None:
        """The local file, if the document is one by itself."""
        return Path(self.place) if self.kind == "file" else None

    def load(self, options: FetchOptions, password: str | None = None) -> bytes:
        """Return the bytes of the document; `password` opens encrypted members of archives.

        Raises:
            UnreadableError: they cannot be had; the message says why and what to do next.
            MissingComponentError: what reads this kind of URL is not installed.
        """
        if self.kind == "refused":
            raise InputRefusedError(self.name, self.problem)
        if self.kind == "file":
            return _read_file(Path(self.place), self.name, options.max_bytes)
        if self.kind == "member":
            from actionplan.archives import read_member

            return read_member(
                Path(self.place),
                self.member,
                self.position,
                max_bytes=options.max_bytes,
                password=password,
            )
        if is_web(self.place):
            from actionplan.web import download

            return download(self.place, self.name, options)
        from actionplan.objects import read_object

        return read_object(self.place, self.name, options.max_bytes)

    def stamp(self, options: FetchOptions) -> str:
        """Return what changes when the document does, had without reading it; empty if unknown.

        Asked after `load`, it costs no further request.
        """
        if self.mark or self.kind == "refused":
            return self.mark
        if self.kind == "url":
            from actionplan import objects, web

            mark_of = web.mark_of if is_web(self.place) else objects.mark_of
            return mark_of(self.place, options)
        return file_stamp(Path(self.place))

    def _inside(self) -> str:
        """What is behind the archive's path in the key of a member."""
        again = f"#{self.repeats + 1}" if self.repeats else ""
        return f"!/{self.member}{again}" if self.member else ""

    def _last_part(self) -> str:
        if self.member:
            return PurePosixPath(self.member).name
        if not is_url(self.place):
            return Path(self.place).name
        if not is_web(self.place):
            return self.place.rstrip("/").rpartition("/")[2]
        address = without_password(self.place).partition("://")[2]
        last = address.partition("?")[0].rstrip("/").rpartition("/")[2]
        return PurePosixPath(unquote(last)).name or last


def file_stamp(path: Path) -> str:
    """Return size, time and number of a file, which change when it does; empty if it is gone."""
    try:
        seen = path.stat()
    except (OSError, ValueError):
        return ""
    return f"{seen.st_size}-{seen.st_mtime_ns}-{seen.st_ino}"


def file_source(path: Path) -> Source:
    """Return the source that a local file is."""
    return Source("file", str(path))


def refused(place: str, problem: str, columns: Columns = ()) -> Source:
    """Return an input of which nothing can be had; `problem` ends with what to do next."""
    return Source("refused", place, columns=columns, problem=problem)


def is_url(text: str) -> bool:
    """Whether `text` is a URL rather than a path: a scheme of two letters or more, and ``://``."""
    scheme, found, _ = text.partition("://")
    return bool(found) and len(scheme) > 1 and scheme.isascii() and scheme.isalnum()


def is_web(text: str) -> bool:
    """Whether `text` is an address of the web."""
    return text.lower().startswith(("http://", "https://"))


def still_there(key: str) -> bool:
    """Whether the source of this key may still exist; of URLs nobody can tell, so they do."""
    if is_url(key) and not key.startswith("file:"):
        return True
    try:
        return Path(key).exists() or ("!/" in key and Path(key.rpartition("!/")[0]).exists())
    except (OSError, ValueError):
        return False


def without_password(url: str) -> str:
    """Return `url` without user, password and fragment, which belong in no result."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment=""))


def printable(text: str) -> str:
    """Return `text` as one line, with U+FFFD for each sign that steers a terminal."""
    return normal.printable(text).translate({9: "\ufffd", 10: "\ufffd"})


def _absolute(path: Path) -> str:
    """The path from the root, links resolved; as a URI where no text can hold its bytes."""
    try:
        path = path.resolve()
        str(path).encode()
    except UnicodeEncodeError:
        return path.as_uri()
    except (OSError, ValueError, RuntimeError):  # too long, a NUL, a ring of links: names nothing
        return printable(str(path))
    return str(path)


def _read_file(path: Path, name: str, max_bytes: int) -> bytes:
    """Return the bytes of a plain file; a pipe or a device would never end."""
    try:
        seen = path.stat()
        if not stat.S_ISREG(seen.st_mode):
            raise FileAccessError(name, "no plain file")
        if max_bytes and seen.st_size > max_bytes:
            raise InputRefusedError.too_large(name, max_bytes)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise FileAccessError(name, problem) from error
