"""Many documents, each in a worker process; results come in the order of the jobs."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Protocol

from actionplan.convert import Job, Outcome
from actionplan.isolation import Slot, StoppedError, close_all

FILES_PER_WORKER = 1 if sys.platform == "linux" else 8
"""Files that repay a worker's start. On Linux it costs 20 ms, elsewhere two seconds of imports."""
_CLOSE = 1.2
"""Seconds that the end of a run waits for its workers; nearly all are gone in 0.2 s. Starting the
first one takes longer, cannot be broken off, and ends by itself."""
_LOOK = 0.2
"""Seconds between two looks for Ctrl-C, which Windows tells nobody who waits."""


class Observer(Protocol):
    """Is told how a run goes, from one thread, in the order in which things happen."""

    def started(self, job: Job) -> None:
        """A worker begins this document."""

    def finished(self, outcome: Outcome) -> None:
        """This document is done."""


def worker_count(asked: int, files: int) -> int:
    """Processes to use: `asked`, or for 0 as many as the cores and the number of files repay."""
    if asked:
        return min(asked, files)
    return max(1, min(_cores(), files // FILES_PER_WORKER))


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(
    work: Callable[[Job], Outcome],
    jobs: Sequence[Job],
    workers: int,
    *,
    known: Callable[[Job], Outcome | None] | None = None,
    observer: Observer | None = None,
) -> Generator[Outcome]:
    """Yield the outcome of each job, in order.

    Leaving the loop early (Ctrl-C) kills the workers; what they had written stays.

    Args:
        work: what to do; a function that another process can import.
        jobs: the documents.
        workers: how many of them at the same time.
        known: looks first whether there is anything to do, in this process.
        observer: is told what begins and what ends.
    """
    crew = _Crew(work, jobs, workers, known)
    try:
        yield from crew.outcomes(observer)
    finally:
        crew.close()


class _Crew:
    """Threads that take one job after the other to their workers.

    A job that takes long holds up nobody: the others' outcomes wait until it is their turn to be
    yielded, and they are small.
    """

    def __init__(
        self,
        work: Callable[[Job], Outcome],
        jobs: Sequence[Job],
        workers: int,
        known: Callable[[Job], Outcome | None] | None,
    ) -> None:
        self._work, self._jobs, self._known = work, jobs, known
        self._places = iter(range(len(jobs)))
        self._lock = threading.Lock()
        self._news: SimpleQueue[tuple[int, Outcome | BaseException | None]] = SimpleQueue()
        self._slots = [Slot() for _ in range(workers)]
        self._threads = [
            threading.Thread(target=self._take_jobs, args=(slot,), daemon=True)
            for slot in self._slots
        ]

    def outcomes(self, observer: Observer | None) -> Iterator[Outcome]:
        """Yield the outcomes in the order of the jobs."""
        for thread in self._threads:
            thread.start()
        done: dict[int, Outcome] = {}
        for place in range(len(self._jobs)):
            while place not in done:
                where, news = self._next()
                if isinstance(news, BaseException):
                    raise news
                if news is None:
                    if observer:
                        observer.started(self._jobs[where])
                    continue
                done[where] = news
                if observer:
                    observer.finished(news)
            yield done.pop(place)

    def _next(self) -> tuple[int, Outcome | BaseException | None]:
        while True:
            with suppress(Empty):
                return self._news.get(timeout=_LOOK)

    def _take_jobs(self, slot: Slot) -> None:
        """Do jobs until there is none left; runs in a thread."""
        while True:
            with self._lock:
                place = next(self._places, None)
            if place is None:
                return
            try:
                self._news.put((place, self._one(place, slot)))
            except StoppedError:
                return
            except BaseException as error:  # a defect of ours: the run must not wait for ever
                self._news.put((place, error))
                return

    def _one(self, place: int, slot: Slot) -> Outcome:
        job = self._jobs[place]
        if self._known:
            with suppress(Exception):  # what is wrong with it, the worker will find out and tell
                outcome = self._known(job)
                if outcome is not None:
                    return outcome
        self._news.put((place, None))
        return slot.run(self._work, job)

    def close(self) -> None:
        """Kill the workers and wait until they are gone, but not for one that is just starting."""
        with self._lock:
            self._places = iter(())
        closing = threading.Thread(target=self._end, daemon=True)
        closing.start()
        closing.join(_CLOSE)

    def _end(self) -> None:
        for slot in self._slots:
            slot.kill()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()
        close_all(self._slots)
