"""What a worker process does: set itself up once, then job after job within their limits.

The limits are kept twice. `actionplan.isolation` looks at the clock and at the memory from outside
and kills; what is here holds also when nobody looks from outside any more.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path

from actionplan.console import hush_libraries
from actionplan.convert import Job, Outcome, guarded
from actionplan.limits import Limits

_GRACE = 5.0
"""Seconds over the time limit after which a worker ends itself."""


def set_up(pids: Connection) -> None:
    """Prepare this process for its jobs and tell its number to the process that started it."""
    hush_libraries()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # at once, also out of a loop in C
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)  # a group with the processes that we start: they end with us
    _end_with_parent()
    pids.send(os.getpid())


def _end_with_parent() -> None:
    """End this process, with those that it started, when the one is gone that the run is in."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform != "win32":
        import fcntl

        # The system signals the end of the parent's pipe to our group: that ends it even in the
        # midst of a loop in C, which lets no other thread run.
        fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, -os.getpgid(0))
        flags = fcntl.fcntl(parent.sentinel, fcntl.F_GETFL)
        fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, flags | os.O_ASYNC)
    threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    """The same from a thread, for systems that do not signal it."""
    wait([sentinel])
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def perform(work: Callable[[Job], Outcome], job: Job) -> Outcome:
    """Do one job within its limits; a failure of any kind that Python sees is its outcome."""
    limits = job.options.limits
    with _ceiling(limits), _alarm(limits):
        outcome = guarded(work, job)
    outcome.peak_megabytes = _peak_megabytes()
    return outcome


@contextmanager
def _alarm(limits: Limits) -> Iterator[None]:
    """Let the system end this process when the time limit is long over."""
    if not limits.seconds or not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + _GRACE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def _ceiling(limits: Limits) -> Iterator[None]:
    """Let the system refuse memory beyond the limit; Linux alone counts what is meant here.

    Private writable memory (`RLIMIT_DATA`), not addresses (`RLIMIT_AS`): allocators reserve far
    more addresses than they ever fill.
    """
    if not limits.megabytes or sys.platform != "linux":
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA)
    ceiling = _private_bytes() + limits.megabytes * 1_000_000
    if before[1] != resource.RLIM_INFINITY:
        ceiling = min(ceiling, before[1])
    resource.setrlimit(resource.RLIMIT_DATA, (ceiling, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def _private_bytes() -> int:
    """What counts towards `RLIMIT_DATA` now."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return 0


def _peak_megabytes() -> int:
    """Most memory that this process had so far; 0 where the system does not say."""
    with suppress(ImportError):
        import resource

        unit = 1_000_000 if sys.platform == "darwin" else 1_000
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit
    return 0
