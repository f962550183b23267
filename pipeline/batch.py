"""Many documents, in this process or in several; results come in the order of the jobs."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence

from actionplan.console import hush_libraries
from actionplan.convert import Job, Outcome, failed, guarded
from actionplan.errors import CannotReadError

FILES_PER_WORKER = 8
"""Files that repay a worker's start: it costs about a second of imports, a file a tenth of that."""


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


def run(work: Callable[[Job], Outcome], jobs: Sequence[Job], workers: int) -> Iterator[Outcome]:
    """Yield the outcome of each job, in order.

    Leaving the loop early (Ctrl-C) stops the workers; what they had written stays.
    """
    if workers <= 1:
        for job in jobs:
            yield guarded(work, job)
        return
    yield from _run_pool(work, jobs, workers)


def _run_pool(
    work: Callable[[Job], Outcome], jobs: Sequence[Job], workers: int
) -> Iterator[Outcome]:
    """The same in worker processes. pdfium is not thread-safe, so never in threads."""
    from pebble import ProcessPool

    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    with ProcessPool(max_workers=workers, context=context, initializer=_set_up_worker) as pool:
        futures = [pool.schedule(guarded, args=(work, job)) for job in jobs]
        try:
            for job, future in zip(jobs, futures, strict=True):
                try:
                    yield future.result()
                except Exception as error:  # the worker itself died: that costs this document only
                    yield failed(job, CannotReadError(job.source.name, error))
        except BaseException:
            pool.stop()
            raise


def _set_up_worker() -> None:
    """Leave Ctrl-C to the parent, which stops the workers; and the terminal, too."""
    hush_libraries()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
