"""The lock on a prefix of an object store: one run at a time has it.

A run puts an object that names it, on condition that there is none, and renews it. One that has not
been renewed for a while is of a run that died, and may be replaced, on condition that nobody else
did so; that of a dead process of this machine at once. Ages are counted by the clock of the store.
Where a store ignores conditions (some old ones do), two runs that start in the same moment are not
kept apart.
"""

from __future__ import annotations

import json
import os
import platform
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Self

from actionplan.errors import BusyError, OutputError
from actionplan.objects import file_system, reason, told
from actionplan.stores import Store

LOCK = ".actionplan/lock.json"


@dataclass(frozen=True, slots=True)
class LockTimes:
    """Seconds: how often a lock is renewed, and after how long without that its run is dead."""

    renewal: float = 30.0
    lasting: float = 150.0


TIMES = LockTimes()


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose a lock is: host, its start, process, and a word that no other lock has."""

    host: str
    boot: str
    pid: int
    word: str

    def is_dead(self) -> bool:
        """Whether it is a process of this machine that is no more; of others nobody can tell."""
        import psutil

        here = self.boot and (self.host, self.boot) == (platform.node(), _boot())
        return bool(here) and not psutil.pid_exists(self.pid)


def _boot() -> str:
    """What tells this start of this machine from all others; empty where nothing does."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


class ObjectLock:
    """Keeps other runs off a prefix, as long as it is held; a context manager."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._path = store.shown(LOCK).partition("://")[2]
        self._owner = _Owner(platform.node(), _boot(), os.getpid(), secrets.token_hex(8))
        self._tag = ""
        self._beat = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._renew, daemon=True)
        self._putting = threading.Lock()
        self._lost = False

    def __enter__(self) -> Self:
        """Take the prefix.

        Raises:
            BusyError: another run has it.
            OutputError: it cannot be written to.
        """
        with output_errors(self._store.shown(LOCK)):
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
            if not self._lost and self._head().get("ETag") == self._tag:
                self._store.delete(LOCK)

    def is_held(self) -> bool:
        """Renew the lock; false if another run has taken it.

        Raises:
            OSError: the store cannot be asked.
        """
        with self._putting:
            self._lost = self._lost or not self._put(IfMatch=self._tag)
            return not self._lost

    def _put(self, **condition: str) -> bool:
        """Write the lock; false if the condition does not hold."""
        bucket, _, key = self._path.partition("/")
        self._beat += 1  # each put has a tag of its own
        body = json.dumps(asdict(self._owner) | {"beat": self._beat}).encode()
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
        owner = self._other()
        if owner and owner.is_dead():
            return str(head["ETag"])
        now = parsedate_to_datetime(head["ResponseMetadata"]["HTTPHeaders"]["date"])
        age = (now - head["LastModified"]).total_seconds()
        return str(head["ETag"]) if age > TIMES.lasting else ""

    def _holder(self) -> str:
        """Who has the prefix, as far as that can be read."""
        owner = self._other()
        who = f"process {owner.pid} on {owner.host}" if owner else "just freed"
        return f"{who}; one that died keeps it for {TIMES.lasting:g} s"

    def _other(self) -> _Owner | None:
        """The owner that the lock names, if it can be read."""
        try:
            known = json.loads(self._store.read(LOCK))
            return _Owner(str(known["host"]), str(known["boot"]), int(known["pid"]), "")
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _renew(self) -> None:
        """Put the lock anew from time to time, as long as it is ours."""
        while not self._done.wait(TIMES.renewal):
            with suppress(OSError):  # the network may be back before the lock is too old
                if not self.is_held():
                    return


@contextmanager
def output_errors(place: str) -> Iterator[None]:
    """Tell errors of a store as those of a result that cannot be written.

    Raises:
        OutputError: there was one.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(place, reason(error)) from error


def _call(store: Store, method: str, **arguments: Any) -> dict[str, Any]:
    """Call the store's own interface, which alone knows conditions."""
    answer: dict[str, Any] = file_system(store.shown()).call_s3(method, **arguments)
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
