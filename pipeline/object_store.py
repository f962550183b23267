"""Results in an object store: files of a folder, and files that are replaced together."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from actionplan.errors import BusyError, OutputError, UsageError
from actionplan.object_lock import ObjectLock, output_errors
from actionplan.objects import STEP, file_system, reason, seen, told

SCHEME = "s3"
"""Of the URLs that results may go to: its conditions are needed for the lock."""
_FOLDER = ".actionplan"
_STAGE = f"{_FOLDER}/new"
_LIST = f"{_FOLDER}/moving.json"
_AT_ONCE = 100  # objects that are read at the same time


@dataclass(frozen=True)
class ObjectStore:
    """A prefix of an object store, as a folder for results.

    An object is there whole or not at all: that is how these stores work.

    Attributes:
        url: of the prefix, without a slash at its end.
    """

    url: str

    @property
    def local(self) -> Path | None:
        """None: it is not of this machine."""
        return None

    def make(self) -> None:
        """See that the bucket is there and can be listed.

        Raises:
            UsageError: it cannot.
        """
        try:
            self.names()
        except OSError as error:
            raise UsageError(f"{self.url}: cannot be used ({reason(error)}); {STEP}") from error

    def shown(self, name: str = "") -> str:
        """URL of the prefix or of an object in it."""
        return f"{self.url}/{name}" if name else self.url

    def write(self, name: str, data: bytes) -> None:
        """Put an object in one piece."""
        try:
            with told():
                file_system(self.url).pipe_file(self.shown(name), data)
        except OSError as error:
            raise OutputError(self.shown(name), reason(error)) from error

    def read(self, name: str) -> bytes:
        """Content of an object."""
        with told():
            data: bytes = file_system(self.url).cat_file(self.shown(name))
        return data

    def contents(self, folder: str) -> Iterator[tuple[str, bytes]]:
        """Names and contents of the objects of a folder, many read at the same time."""
        every = self.names(folder)
        for start in range(0, len(every), _AT_ONCE):
            names = every[start : start + _AT_ONCE]
            with told():
                paths = [self.shown(f"{folder}/{name}") for name in names]
                found = file_system(self.url).cat(paths, on_error="omit")
            by_name = {path.rpartition("/")[2]: data for path, data in found.items()}
            yield from ((name, by_name[name]) for name in names if name in by_name)

    def exists(self, name: str) -> bool:
        """Whether there is such an object."""
        with told():
            return bool(file_system(self.url).isfile(self.shown(name)))

    def stamp(self, name: str) -> str:
        """Tag and size of an object."""
        return seen(self.shown(name))

    def delete(self, name: str) -> None:
        """Remove an object."""
        try:
            with told():
                if self.exists(name):
                    file_system(self.url).rm_file(self.shown(name))
        except OSError as error:
            raise OutputError(self.shown(name), reason(error)) from error

    def names(self, folder: str = "") -> list[str]:
        """Names of the objects, without those of folders below."""
        with told():
            system = file_system(self.url)
            try:
                infos = system.ls(self.shown(folder), detail=True, refresh=True)
            except FileNotFoundError:
                self._see_bucket(system)
                return []
        return sorted(
            os.path.basename(info["name"])  # noqa: PTH119 - a key, no path
            for info in infos
            if info["type"] == "file" and not info["name"].endswith("/")
        )

    def _see_bucket(self, system: Any) -> None:
        """An empty prefix is no mistake, a bucket that is not there is one.

        Raises:
            OSError: there is none.
        """
        bucket = self.url.partition("://")[2].partition("/")[0]
        system.ls(bucket, detail=True)


class ObjectPublication:
    """Files on their way into a prefix, as `Publication` does it for a folder.

    They are put aside first, then a list of them, and then each is copied into its place; a run
    that is killed meanwhile leaves the list, and the next one goes on with that.
    """

    def __init__(self, store: ObjectStore, last: str) -> None:
        self._store = store
        self._last = last
        self._lock = ObjectLock(store)
        self._local: TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        """Take the prefix, and finish what an earlier run left to move.

        Raises:
            BusyError: another run has it.
            OutputError: it cannot be written to.
        """
        self._lock.__enter__()
        try:
            self._move()
        except BaseException:
            self._lock.__exit__()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        """Free the prefix."""
        if self._local:
            self._local.cleanup()
        self._lock.__exit__(*error)

    def stage(self) -> Path:
        """Return an empty local folder to write the files to."""
        if self._local:
            self._local.cleanup()
        self._local = TemporaryDirectory()
        return Path(self._local.name)

    def publish(self) -> None:
        """Put all files of the stage into the prefix.

        Raises:
            BusyError: another run took the prefix, since this one did not renew its lock in time.
            OutputError: a file cannot be written; the next run goes on from there.
        """
        with output_errors(self._store.shown()):
            if not self._lock.is_held():
                raise BusyError(self._store.shown())
        if not self._local:
            return
        files = sorted(path for path in Path(self._local.name).iterdir() if path.is_file())
        files.sort(key=lambda path: path.name == self._last)
        for path in files:
            self._store.write(f"{_STAGE}/{path.name}", path.read_bytes())
        self._store.write(_LIST, json.dumps([path.name for path in files]).encode())
        self._move()

    def _move(self) -> None:
        """Move what the list names."""
        store = self._store
        with output_errors(store.shown()):
            try:
                names = json.loads(store.read(_LIST))
            except FileNotFoundError:
                return
            for name in names:
                with told():
                    file_system(store.url).cp_file(
                        store.shown(f"{_STAGE}/{name}"), store.shown(name)
                    )
            store.delete(_LIST)
            for name in names:
                store.delete(f"{_STAGE}/{name}")
