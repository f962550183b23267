"""One pace per host for all processes of a user on a machine, whoever of them asks.

A small file per host holds the time of the next request that is due; who wants to ask takes it,
under a lock, and moves it on. It also counts the documents that the host failed to give, one after
the other: one that gives none is not asked for hundreds more. Where such files cannot be kept, each
process knows of its own requests.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import IO

_FAILURES = 5
"""Documents in a row that a host failed to give, each after some tries, before it is left alone."""
_REST = 60.0
"""Seconds for which it is: a run over many documents is over by then, the next one may try."""
_FARTHEST = 3600.0
"""Seconds: a request due later than that was put down by a clock that has been set back since."""


@dataclass(slots=True)
class _Host:
    """What is known of a host; times in seconds since the epoch.

    Attributes:
        due: when it may be asked again.
        failures: documents in a row that it failed to give.
        failed: when the last of them was given up.
    """

    due: float = 0.0
    failures: float = 0
    failed: float = 0.0


_own: dict[str, _Host] = {}


def wait(host: str, rate: float) -> None:
    """Wait until it is our turn to ask `host`, at `rate` requests per second; 0: at once."""
    with _kept(host) as known:
        turn = max(time.time(), known.due)
        known.due = turn + (1 / rate if rate else 0.0)
    pause = turn - time.time()
    if pause > 0:
        time.sleep(pause)


def hold(host: str, seconds: float) -> None:
    """Let nobody ask `host` for so many seconds."""
    with _kept(host) as known:
        known.due = max(known.due, time.time() + seconds)


def note(host: str, *, given: bool) -> None:
    """Count a document that `host` gave, or failed to give however often it was asked."""
    with _kept(host) as known:
        known.failures = 0 if given else known.failures + 1
        known.failed = 0.0 if given else time.time()


def is_given_up(host: str) -> bool:
    """Whether `host` failed so often in a row, and so lately, that it is not asked now."""
    with _kept(host) as known:
        return known.failures >= _FAILURES and time.time() - known.failed < _REST


@contextmanager
def _kept(host: str) -> Iterator[_Host]:
    """Yield what is known of a host, to be changed by the caller."""
    try:
        file = (_folder() / hashlib.sha256(host.encode()).hexdigest()[:16]).open("a+b")
    except OSError:
        yield _own.setdefault(host, _Host())
        return
    with file:
        _lock(file)
        file.seek(0)
        known = _read(file.read(200))
        yield known
        file.truncate(0)
        file.write(" ".join(map(repr, astuple(known))).encode())


def _read(data: bytes) -> _Host:
    try:
        known = _Host(*map(float, data.split()))
    except (ValueError, TypeError):
        return _Host()
    latest = time.time() + _FARTHEST
    return known if known.due < latest and known.failed < latest else _Host()


def _folder() -> Path:
    """Return a folder that only this user can write to.

    Raises:
        OSError: somebody else's is in its place.
    """
    user = os.getuid() if sys.platform != "win32" else 0
    folder = Path(tempfile.gettempdir()) / f"actionplan-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if sys.platform != "win32":
        seen = folder.lstat()
        if seen.st_uid != user or seen.st_mode & 0o022 or folder.is_symlink():
            raise PermissionError(f"{folder} is somebody else's")
    return folder


def _lock(file: IO[bytes]) -> None:
    """Wait for the lock of a file; the system frees it when the file is closed."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)
