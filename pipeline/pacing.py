"""One pace per host for all processes of a user on a machine, whoever of them asks.

A small file per host holds the time of the next request that is due; who wants to ask takes it,
under a lock, and moves it on. Where such files cannot be kept, each process keeps its own pace.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_own: dict[str, float] = {}
_FARTHEST = 3600.0
"""Seconds: a request due later than that was put down by a clock that has been set back since."""


def wait(host: str, rate: float) -> None:
    """Wait until it is our turn to ask `host`, at `rate` requests per second; 0: at once."""
    pause = _take(host, 1 / rate if rate else 0.0) - time.time()
    if pause > 0:
        time.sleep(pause)


def hold(host: str, seconds: float) -> None:
    """Let nobody ask `host` for so many seconds."""
    with _kept(host) as due:
        due[0] = max(due[0], time.time() + seconds)


def _take(host: str, gap: float) -> float:
    """Take the next turn; return when it is, in seconds since the epoch."""
    with _kept(host) as due:
        turn = max(time.time(), due[0])
        due[0] = turn + gap
    return turn


@contextmanager
def _kept(host: str) -> Iterator[list[float]]:
    """Yield when the next request is due, to be changed by the caller."""
    try:
        file = (_folder() / hashlib.sha256(host.encode()).hexdigest()[:16]).open("a+b")
    except OSError:
        due = [_own.get(host, 0.0)]
        yield due
        _own[host] = due[0]
        return
    with file:
        _lock(file)
        file.seek(0)
        due = [_number(file.read(64))]
        yield due
        file.truncate(0)
        file.write(repr(due[0]).encode())


def _number(data: bytes) -> float:
    try:
        due = float(data or b"0")
    except ValueError:
        return 0.0
    return due if due < time.time() + _FARTHEST else 0.0


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
