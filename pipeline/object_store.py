"""Results in an object store: files of a folder, the lock on it, files that are replaced together.

An object is there whole or not at all. One run at a time has the folder: it puts an object that
says so, on condition that there is none, and renews it; one that has not been renewed for a while
is of a run that died, and may be replaced, on condition that nobody else did so. Ages are counted
by the clock of the store. Where a store ignores conditions (some old ones do), two runs that start
in the same moment are not kept apart.
"""

from __future__ import annotations

import json
import os
import platform
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from actionplan.errors import BusyError, OutputError, UsageError
from actionplan.objects import STEP, file_system, reason, seen, told
from actionplan.origins import printable

SCHEME = "s3"
"""Of the URLs that results may go to: its conditions are needed for the lock."""
_FOLDER = ".actionplan"
_LOCK = f"{_FOLDER}/lock.json"
_STAGE = f"{_FOLDER}/new"
_LIST = f"{_FOLDER}/moving.json"
_AT_ONCE = 100  # objects that are read at the same time


@dataclass(frozen=True, slots=True)
class LockTimes:
    """Seconds: how often a lock is renewed, and after how long without that its run is dead."""

    renewal: float = 30.0
    lasting: float = 150.0


TIMES = LockTimes()


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


class ObjectLock:
    """Keeps other runs off a prefix, as long as it is held; a context manager."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._path = store.shown(_LOCK).partition("://")[2]
        self._owner = f"{platform.node()}:{os.getpid()}:{secrets.token_hex(8)}"
        self._tag = ""
        self._beat = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._renew, daemon=True)
        self.lost = False

    def __enter__(self) -> Self:
        """Take the prefix.

        Raises:
            BusyError: another run has it.
            OutputError: it cannot be written to.
        """
        with _output_errors(self._store.shown(_LOCK)):
            if not self._put(IfNoneMatch="*"):
                tag = self._dead_tag()
                if not tag or not self._put(IfMatch=tag):
                    raise BusyError(f"{self._store.shown()} ({self._holder()})")
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Free the prefix, unless another run has it by now."""
        self._done.set()
        self._thread.join()
        with suppress(OSError):
            if not self.lost and self._head().get("ETag") == self._tag:
                self._store.delete(_LOCK)

    def _put(self, **condition: str) -> bool:
        """Write the lock; false if the condition does not hold."""
        bucket, _, key = self._path.partition("/")
        self._beat += 1  # each put has a tag of its own
        body = json.dumps({"owner": self._owner, "beat": self._beat}).encode()
        try:
            with told():
                answer = _call(
                    self._store, "put_object", Bucket=bucket, Key=key, Body=body, **condition
                )
        except OSError as error:
            if _condition_failed(error):
                return False
            raise
        self._tag = answer["ETag"]
        return True

    def _head(self) -> dict[str, Any]:
        """What the store says of the lock; empty if there is none."""
        bucket, _, key = self._path.partition("/")
        try:
            with told():
                return _call(self._store, "head_object", Bucket=bucket, Key=key)
        except FileNotFoundError:
            return {}

    def _dead_tag(self) -> str:
        """The tag of a lock that nobody renews; empty if it is renewed."""
        head = self._head()
        if not head:  # freed in this moment: a try by the next run is soon enough
            return ""
        now = parsedate_to_datetime(head["ResponseMetadata"]["HTTPHeaders"]["date"])
        age = (now - head["LastModified"]).total_seconds()
        return str(head["ETag"]) if age > TIMES.lasting else ""

    def _holder(self) -> str:
        """Who has the prefix, as far as that can be read."""
        try:
            owner = str(json.loads(self._store.read(_LOCK))["owner"])
        except (OSError, ValueError, KeyError, TypeError):
            return "just freed"
        host, _, rest = printable(owner).rpartition(":")[0].partition(":")
        return f"process {rest} on {host}; one that died keeps it for {TIMES.lasting:g} s"

    def _renew(self) -> None:
        """Put the lock anew from time to time, as long as it is ours."""
        while not self._done.wait(TIMES.renewal):
            with suppress(OSError):  # the network may be back before the lock is too old
                if not self._put(IfMatch=self._tag):
                    self.lost = True
                    return


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
        if self._lock.lost:
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
        with _output_errors(store.shown()):
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


@contextmanager
def _output_errors(place: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(place, reason(error)) from error


def _call(store: ObjectStore, method: str, **arguments: Any) -> dict[str, Any]:
    """Call the store's own interface, which alone knows conditions."""
    answer: dict[str, Any] = file_system(store.url).call_s3(method, **arguments)
    return answer


def _condition_failed(error: BaseException | None) -> bool:
    """Whether the store refused a put since its condition does not hold, or is being decided."""
    while error is not None:
        if isinstance(error, FileExistsError):
            return True
        code = getattr(error, "response", {}).get("Error", {}).get("Code")
        if code in ("PreconditionFailed", "412", "ConditionalRequestConflict", "409"):
            return True
        error = error.__cause__
    return False
