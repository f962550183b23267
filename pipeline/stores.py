"""Where results go: a local folder, or a prefix of an object store.

Names are relative and have ``/`` between their parts. A file is written whole or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from actionplan.errors import OutputError, UsageError
from actionplan.origins import file_stamp, is_url
from actionplan.writers import make_folder, write_bytes


class Store(Protocol):
    """A folder for results, of whatever kind; small, and the same in another process."""

    @property
    def local(self) -> Path | None:
        """The folder, if it is one of this machine's file system."""

    def make(self) -> None:
        """Make the folder, or see that it can be written to.

        Raises:
            UsageError: it cannot.
        """

    def shown(self, name: str = "") -> str:
        """The folder, or a file in it, as the user may name it."""

    def write(self, name: str, data: bytes) -> None:
        """Write a file whole: a reader sees the old one or the new one.

        Raises:
            OutputError: it cannot be written.
        """

    def read(self, name: str) -> bytes:
        """Return the content of a file.

        Raises:
            OSError: it cannot be read; FileNotFoundError if it is not there.
        """

    def contents(self, folder: str) -> Iterator[tuple[str, bytes]]:
        """Yield the names and contents of the files in a folder of it, in order.

        Those that are gone by then are left out.

        Raises:
            OSError: they cannot be listed.
        """

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""

    def stamp(self, name: str) -> str:
        """Return what changes when a file does, had without reading it; empty if there is none."""

    def delete(self, name: str) -> None:
        """Remove a file, if it is there.

        Raises:
            OutputError: it cannot be removed.
        """

    def names(self, folder: str = "") -> list[str]:
        """File names in the folder or in a folder of it, in order, without the folder's name."""


@dataclass(frozen=True)
class LocalStore:
    """A folder of this machine's file system.

    Attributes:
        folder: the folder as given.
    """

    folder: Path

    @property
    def local(self) -> Path | None:
        """The folder."""
        return self.folder

    def make(self) -> None:
        """Make the folder and its parents."""
        make_folder(self.folder)

    def shown(self, name: str = "") -> str:
        """Path of the folder or of a file in it."""
        return str(self.folder / name)

    def write(self, name: str, data: bytes) -> None:
        """Write beside the target and rename; folders on the way are made.

        What is kept in hidden folders is not waited for until it is on the disk: it is checked
        when it is read, and its loss costs time alone.
        """
        path = self.folder / name
        if "/" in name:
            path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, data, sync=not name.startswith("."))

    def read(self, name: str) -> bytes:
        """Content of a file."""
        return (self.folder / name).read_bytes()

    def contents(self, folder: str) -> Iterator[tuple[str, bytes]]:
        """Names and contents of the files in a folder of it."""
        for name in self.names(folder):
            with suppress(OSError):
                yield name, self.read(f"{folder}/{name}")

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""
        return (self.folder / name).is_file()

    def stamp(self, name: str) -> str:
        """Size, time and number of the file."""
        return file_stamp(self.folder / name)

    def delete(self, name: str) -> None:
        """Remove a file."""
        path = self.folder / name
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(path, error.strerror or str(error)) from error

    def names(self, folder: str = "") -> list[str]:
        """Names of the plain files, without those half written."""
        try:
            with os.scandir(self.folder / folder) as entries:
                return sorted(
                    entry.name
                    for entry in entries
                    if entry.is_file() and not entry.name.endswith(".part")
                )
        except FileNotFoundError:
            return []


def open_store(target: str | Path) -> Store:
    """Return the store that `target` names: a path, or a URL of an object store.

    Raises:
        UsageError: a URL of anything else.
        MissingComponentError: what writes to this kind of store is not installed.
    """
    text = str(target)
    if not is_url(text):
        return LocalStore(Path(target))
    from actionplan.object_store import SCHEME, ObjectStore
    from actionplan.objects import file_system, scheme_of

    if scheme_of(text) != SCHEME:
        raise UsageError(f"{text}: no place for results; name a folder or an s3: address with -o")
    file_system(text)
    return ObjectStore(text.rstrip("/"))
