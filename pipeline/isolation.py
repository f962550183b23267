"""One document at a time in a process of its own: what happens there costs that document alone.

A `Slot` keeps one worker process, which does job after job. The worker is killed when a job takes
too long or too much memory; it may crash, or be killed from outside; it is replaced in each case,
and after some hundred jobs, so that memory stays flat. pebble runs the process. Each slot has a
pool of one worker, because workers of one pool share a channel with a lock, and one that dies with
the lock in its hand stops the others.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Literal

from actionplan.convert import Job, Outcome, failed
from actionplan.errors import (
    ActionplanError,
    CannotReadError,
    MemoryLimitError,
    TimeLimitError,
    WorkerDiedError,
)
from actionplan.worker import perform, set_up

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

Death = Literal["crashed", "killed", "idle"]

JOBS_PER_WORKER = 200
"""Jobs after which a worker is replaced, so that what libraries keep of documents stays bounded."""
_TICK = 0.05
"""Seconds between two looks at a worker: memory can grow by some 100 MB in that time."""
_START = 120.0
"""Seconds that a worker may take to begin a job, on a machine that does much else."""
_NOTICE = 1.0
"""Seconds in which pebble sees that a worker is gone; it looks every 0.1 s."""
_OVERTIME = 10.0
"""Seconds beyond the time limit after which pebble, too, is taken for stuck."""
_TRIES: dict[Death, int] = {"crashed": 2, "killed": 4, "idle": 8}
"""Tries of a job by how its worker died. Jobs before it may have spoilt the memory of one that
crashed. One that was killed from outside most likely had an innocent document: the machine was
short of memory, or a person did it. A worker without a job says nothing of the next one."""
_PAUSE = 0.5
"""Seconds before the next try after a kill, times the kills so far, up to four."""
_SHORT = 0.005
"""Seconds between two looks whether a worker has begun; pebble says it at once."""
_LONGEST_FOLDER = 70
"""Bytes of the temporary folder's name: a socket's may have 107, and 31 are put behind it."""
_BROKEN = "workers die before they begin"

_kept: list[Slot] = []
_kept_lock = threading.Lock()


def isolated(work: Callable[[Job], Outcome], job: Job) -> Outcome:
    """Run one job in a worker process, within the limits of its options.

    It blocks, and may be called from several threads. Workers are kept for later calls, as many as
    there were calls at the same time; `close_workers` ends them.

    Args:
        work: what to do; a function that another process can import.
        job: the document.

    Returns:
        The outcome, whatever happened: a crash or a limit is the outcome of this document.

    Raises:
        StoppedError: the workers were closed meanwhile.
    """
    with _kept_lock:
        slot = _kept.pop() if _kept else Slot()
    try:
        return slot.run(work, job)
    finally:
        with _kept_lock:
            _kept.append(slot)


def close_workers() -> None:
    """End the workers that `isolated` keeps and that have no job."""
    with _kept_lock:
        slots = list(_kept)
        _kept.clear()
    close_all(slots)


class StoppedError(Exception):
    """The slot was closed while it had a job."""


class _DiedError(Exception):
    """A worker died; arguments: the cause, and the kind of death."""


class Slot:
    """Room for one worker process. One thread uses it at a time; any may kill what runs there."""

    def __init__(self) -> None:
        self._pool: Any = None
        self._pids: Connection | None = None
        self._pid = 0
        self._closed = threading.Event()

    def run(self, work: Callable[[Job], Outcome], job: Job) -> Outcome:
        """Run one job; see `isolated`.

        Raises:
            StoppedError: the slot was closed meanwhile.
        """
        start = time.perf_counter()
        deaths: Counter[Death] = Counter()
        while True:
            try:
                outcome = self._once(work, job)
                break
            except _DiedError as death:
                cause, kind = death.args
            if self._closed.is_set():
                raise StoppedError
            deaths[kind] += 1
            if deaths[kind] == _TRIES[kind]:
                error = WorkerDiedError(job.source.name, cause, deaths.total())
                outcome = failed(job, error)
                outcome.attempts -= 1
                break
            if kind != "crashed":
                self._closed.wait(_PAUSE * min(deaths[kind], 4))
        outcome.attempts = max(1, outcome.attempts + deaths["crashed"] + deaths["killed"])
        outcome.seconds = outcome.seconds or time.perf_counter() - start
        return outcome

    def _once(self, work: Callable[[Job], Outcome], job: Job) -> Outcome:
        """Run a job once.

        Raises:
            _DiedError: its worker died.
        """
        future = self._schedule(work, job)
        limit = self._watch(future, job)
        if limit:
            _end_family(self._pid)
            return failed(job, limit)
        error = future.exception()
        if error is None:
            return future.result()
        if isinstance(error, TimeoutError):
            _end_family(self._pid)
            return failed(job, _too_slow(job))
        return self._after_death(error, job)

    def _schedule(self, work: Callable[[Job], Outcome], job: Job) -> Future[Outcome]:
        """Hand a job to the worker, which is started if there is none yet."""
        if self._closed.is_set():
            raise StoppedError
        if self._pool is None:
            self._start_pool()
        seconds = job.options.limits.seconds or None
        try:
            future: Future[Outcome] = self._pool.schedule(perform, (work, job), timeout=seconds)
        except RuntimeError as error:
            self._discard()
            raise _DiedError(_BROKEN, "idle") from error
        return future

    def _start_pool(self) -> None:
        context = worker_context()  # which begins to read code while pebble is imported here
        from pebble import ProcessPool

        self._pids, told = context.Pipe(duplex=False)
        self._pool = ProcessPool(
            max_workers=1,
            max_tasks=JOBS_PER_WORKER,
            initializer=set_up,
            initargs=(told,),
            context=context,
        )

    def _watch(self, future: Future[Outcome], job: Job) -> ActionplanError | None:
        """Wait for a job; return the limit that it reached, if it is to be killed for that.

        Raises:
            _DiedError: the worker is gone, or never came, and pebble does not see it.
            StoppedError: the slot was closed.
        """
        limits = job.options.limits
        self._await_start(future)
        begun = time.monotonic()
        worker = self._newest()
        while not wait([future], _TICK).done:
            if self._closed.is_set():
                raise StoppedError
            used = _megabytes(worker)
            if (not used or self._newest() != worker) and not wait([future], _NOTICE).done:
                self._discard()
                raise _DiedError("it ended without a result", "crashed")
            if limits.megabytes and used > limits.megabytes:
                return MemoryLimitError(job.source.name, limits.megabytes)
            if limits.seconds and time.monotonic() - begun > limits.seconds + _OVERTIME:
                self._discard()
                return _too_slow(job)
        return None

    def _await_start(self, future: Future[Outcome]) -> None:
        """Wait until a worker has begun a job."""
        submitted = time.monotonic()
        while not (future.running() or wait([future], _SHORT).done):
            if self._closed.is_set():
                raise StoppedError
            if time.monotonic() - submitted > _START:
                self._discard()
                raise _DiedError("no worker started", "killed")

    def _newest(self) -> int:
        """Number of the newest worker."""
        with suppress(OSError, EOFError):
            while self._pids and self._pids.poll():
                self._pid = self._pids.recv()
        return self._pid

    def _after_death(self, error: BaseException, job: Job) -> Outcome:
        """Say what an error of pebble's means.

        Raises:
            _DiedError: the worker died.
        """
        from pebble import ProcessExpired

        if not isinstance(error, ProcessExpired):
            if isinstance(error, OSError | RuntimeError):
                self._discard()
                raise _DiedError(_BROKEN, "idle") from error
            return failed(job, CannotReadError(job.source.name, error))
        _end_family(error.pid)
        if sys.platform != "win32" and error.exitcode == -signal.SIGALRM:
            return failed(job, _too_slow(job))
        raise _DiedError(*_cause(error.exitcode)) from error

    def _discard(self) -> None:
        """Kill the worker and leave its pool."""
        self._kill_worker()
        self.join()

    def kill(self) -> None:
        """Kill the worker at once; whoever waits for its job gets `StoppedError`."""
        self._closed.set()
        self._kill_worker()

    def _kill_worker(self) -> None:
        _end_family(self._newest())
        if self._pool is not None:
            self._pool.stop()

    def join(self) -> None:
        """Wait until a killed worker is gone."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()
            pool.join()
        if self._pids:
            self._pids.close()
            self._pids = None


def close_all(slots: Sequence[Slot]) -> None:
    """End the workers of all `slots`, at once rather than one after the other."""
    for slot in slots:
        slot.kill()
    for slot in slots:
        slot.join()


def _megabytes(pid: int) -> int:
    """Resident memory of a process, 0 if there is none any more."""
    import psutil

    with suppress(psutil.Error):
        process = psutil.Process(pid)
        if process.status() != psutil.STATUS_ZOMBIE:
            return int(process.memory_info().rss // 1_000_000)
    return 0


def _end_family(pid: int | None) -> None:
    """Kill a worker and the processes that it started."""
    if not pid:
        return
    if sys.platform == "win32":
        import psutil

        with suppress(psutil.Error):
            psutil.Process(pid).kill()
    else:
        with suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


def _too_slow(job: Job) -> TimeLimitError:
    return TimeLimitError(job.source.name, job.options.limits.seconds)


def _cause(exitcode: int) -> tuple[str, Death]:
    """What the exit code of a dead worker says."""
    if exitcode >= 0:
        return f"it ended with code {exitcode}", "crashed"
    try:
        name = signal.Signals(-exitcode).name
    except ValueError:
        name = f"signal {-exitcode}"
    if name in ("SIGKILL", "SIGTERM", "SIGHUP"):
        return f"killed from outside: {name}", "killed"
    return f"it crashed: {name}", "crashed"


def worker_context() -> BaseContext:
    """Return how workers are started.

    On Linux from a server process that has read all code and data once: a worker is there in
    milliseconds and shares what it does not change. Elsewhere forking a process with the system's
    libraries loaded is not safe, so a worker reads everything anew, in about two seconds; so it
    does where the temporary folder's name is too long for the server's socket.
    """
    if sys.platform != "linux" or len(os.fsencode(tempfile.gettempdir())) > _LONGEST_FOLDER:
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "actionplan.preload"])
    # Ctrl-C reaches all processes of a terminal; it is ours to end the others.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context
