"""Files that are replaced together: written aside, brought to the disk, then moved into place.

A run that is killed while it writes leaves the old files. One that is killed while it moves
leaves a list of what is left to move, and the next one goes on with that before anything else. Only
one run at a time has the folder; the system frees it when the process ends, however it does.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol, Self

from actionplan.cache import FOLDER
from actionplan.errors import BusyError
from actionplan.stores import Store
from actionplan.writers import drop_parts, make_folder, write_bytes

_STAGE = "new"
_LIST = "moving.json"
_LOCK = "lock"


class Publishing(Protocol):
    """Files on their way into a folder of any kind."""

    def stage(self) -> Path:
        """Return an empty folder to write the files to."""

    def publish(self) -> None:
        """Move all files of the stage into the folder."""


@contextmanager
def open_publication(store: Store, last: str) -> Iterator[Publishing]:
    """Take the folder that `store` is, for files that are replaced together.

    Args:
        store: a local folder, or a prefix of an object store.
        last: name of the file that is moved last: who finds it new finds all new.

    Raises:
        BusyError: another run has it.
        OSError: it cannot be written to.
    """
    if store.local is not None:
        with Publication(store.local, last) as publication:
            for folder in (store.local, publication.work, *publication.work.iterdir()):
                drop_parts(folder)
            yield publication
        return
    from actionplan.object_store import ObjectPublication, ObjectStore

    assert isinstance(store, ObjectStore)  # there are no others
    with ObjectPublication(store, last) as upload:
        yield upload


def _in_order(folder: Path, last: str) -> list[str]:
    """Names of the files in a folder, sorted, with one of them last."""
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    return sorted(names, key=lambda name: name == last)


class Publication:
    """Files on their way into a folder; use it as a context manager.

    Args:
        target: the folder; it is made if it is not there.
        last: name of the file that is moved last: who finds it new finds all new.
    """

    def __init__(self, target: Path, last: str) -> None:
        self.target = target
        self.work = target / FOLDER
        self._last = last
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> Self:
        """Take the folder, and finish what an earlier run left to move.

        Raises:
            UsageError: the folder cannot be made.
            BusyError: another run has it.
            OSError: it cannot be written to.
        """
        make_folder(self.work)
        lock = (self.work / _LOCK).open("ab")
        try:
            _take(lock)
        except OSError as error:
            lock.close()
            raise BusyError(self.target) from error
        self._lock = lock
        self._move()
        return self

    def __exit__(self, *error: object) -> None:
        """Free the folder, and drop what was not published."""
        if not (self.work / _LIST).exists():
            shutil.rmtree(self.work / _STAGE, ignore_errors=True)
        if self._lock:
            self._lock.close()

    def stage(self) -> Path:
        """Return an empty folder to write the files to."""
        folder = self.work / _STAGE
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def publish(self) -> None:
        """Move all files of the stage into the folder.

        Raises:
            OSError: a file cannot be moved; the next run goes on from there.
        """
        folder = self.work / _STAGE
        names = _in_order(folder, self._last)
        with ThreadPoolExecutor(len(names) or 1) as together:  # the disk takes them in one go
            list(together.map(_sync, (folder / name for name in names)))
        _sync(folder)
        write_bytes(self.work / _LIST, json.dumps(names).encode())
        _sync(self.work / _LIST)
        _sync(self.work)
        self._move()

    def _move(self) -> None:
        """Move what the list names and is still aside."""
        try:
            names = json.loads((self.work / _LIST).read_bytes())
        except FileNotFoundError:
            return
        for name in names:
            part = self.work / _STAGE / name
            if part.exists():
                part.replace(self.target / name)
        _sync(self.target)
        (self.work / _LIST).unlink()


def _sync(path: Path) -> None:
    """Bring a file or the entries of a folder to the disk."""
    if path.is_dir() and sys.platform == "win32":  # folders cannot be opened there
        return
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _take(lock: IO[bytes]) -> None:
    """Lock a file for this process; the system frees it when the process ends, however it does.

    Raises:
        OSError: another process has it.
    """
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
