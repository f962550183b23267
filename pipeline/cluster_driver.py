"""The driver of a run on a cluster: documents go out, a few to a task, and summaries come in.

So many tasks are out at a time as keep all threads busy. Whatever does not come back is handed out
again: the documents of a worker that died, of a scheduler that was started anew, of a machine that
turns out to see another folder. A document may thus be worked on twice, which gives the same bytes
in the same place, and is counted once.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from actionplan.cluster_crew import ClusterSettings, Crew
from actionplan.cluster_worker import (
    Landed,
    RefusedError,
    SupersededError,
    Ticket,
    is_seen,
    work_on,
)
from actionplan.convert import Job, Outcome, failed
from actionplan.errors import BusyError, CannotReadError, FileAccessError, WorkerDiedError
from actionplan.stores import LocalStore

if TYPE_CHECKING:
    from distributed import Future


class Driver:
    """One run.

    Args:
        crew: scheduler and workers.
        ticket: what a worker has to agree with.
        work: what to do with each job; a function that a worker can import.
        jobs: the documents.
        settings: how the cluster is used.
    """

    def __init__(
        self,
        crew: Crew,
        ticket: Ticket,
        work: Callable[[Job], Outcome],
        jobs: Sequence[Job],
        settings: ClusterSettings,
    ) -> None:
        self._crew, self._ticket, self._work = crew, ticket, work
        self._jobs, self._settings = jobs, settings
        self._left = deque(range(len(jobs)))
        self._alone: deque[int] = deque()  # to be tried again, each in a task of its own
        self._tries: Counter[int] = Counter()
        self._flying: dict[str, tuple[int, ...]] = {}
        self._futures: dict[str, Future[Landed]] = {}
        self._landed: SimpleQueue[Future[Landed]] = SimpleQueue()
        self._done: dict[int, Outcome] = {}

    def outcomes(self) -> Iterator[Outcome]:
        """Yield the outcome of each job, in order.

        Raises:
            ClusterError: scheduler or workers stay away, or no worker can do the work.
            BusyError: another run has taken the output folder.
        """
        for place in range(len(self._jobs)):
            while place not in self._done:
                self._hand_out()
                self._take_in()
            yield self._done.pop(place)

    def _hand_out(self) -> None:
        """Submit tasks until every thread has its share."""
        threads = sum(self._crew.threads.values())
        while len(self._flying) < threads * self._settings.ahead:
            places = self._next_batch(threads)
            if not places:
                return
            future = self._crew.client.submit(
                work_on,
                self._ticket,
                self._work,
                [self._jobs[place] for place in places],
                pure=False,
                workers=self._crew.chosen,
                allow_other_workers=self._crew.chosen is not None,
            )
            key = str(future.key)
            self._flying[key], self._futures[key] = places, future
            future.add_done_callback(self._landed.put)

    def _next_batch(self, threads: int) -> tuple[int, ...]:
        """The next documents; ever fewer towards the end, so that all threads end together."""
        if not self._left:
            return (self._alone.popleft(),) if self._alone else ()
        share = len(self._left) // (threads * self._settings.ahead)
        count = max(1, min(self._settings.batch, share))
        return tuple(self._left.popleft() for _ in range(count))

    def _take_in(self) -> None:
        """Wait for a task to end, and look after scheduler and workers every now and then."""
        with suppress(Empty):
            self._land(self._landed.get(timeout=self._settings.tick))
        if self._crew.is_lost:
            self._hand_out_again(*self._flying)
        self._crew.look_again()

    def _land(self, future: Future[Landed]) -> None:
        """Take what came of a task."""
        key = str(future.key)
        places = self._flying.get(key)
        if places is None:  # of a connection that was given up
            return
        try:
            landed = future.result(timeout=self._settings.patience)
        except RefusedError as error:
            self._crew.refuse(*error.args)
            self._hand_out_again(key)
        except SupersededError as error:
            raise BusyError(self._ticket.store.shown()) from error
        except Exception as error:
            if future.cancelled() or self._crew.is_lost:
                self._hand_out_again(key)
            else:
                self._forget(key)
                self._try_alone(places, error)
        else:
            self._forget(key)
            for place, outcome in zip(places, landed.outcomes, strict=True):
                self._settle(place, outcome, landed.address)

    def _settle(self, place: int, outcome: Outcome | None, address: str) -> None:
        """Note an outcome; None says that the worker does not see the input."""
        job = self._jobs[place]
        if outcome is None and is_seen(job.source):
            self._crew.refuse(address, f"it does not see {job.source}")
            self._left.appendleft(place)
            return
        error = FileAccessError(job.source.name, "it is gone since the run began")
        self._done[place] = replace(outcome or failed(job, error), source=job.source)

    def _try_alone(self, places: Sequence[int], error: Exception) -> None:
        """Hand out documents again whose task failed, each by itself, and not forever."""
        for place in places:
            self._tries[place] += 1
            if self._tries[place] < self._settings.attempts:
                self._alone.append(place)
            else:
                self._done[place] = self._given_up(self._jobs[place], error)
        self._crew.look()  # is it the worker? One without our program fails like this

    def _given_up(self, job: Job, error: Exception) -> Outcome:
        from distributed import KilledWorker

        name = job.source.name
        if isinstance(error, KilledWorker):
            cause = "with the workers of the cluster that it was given to"
            return failed(job, WorkerDiedError(name, cause, self._settings.attempts))
        return failed(job, CannotReadError(name, error))

    def _hand_out_again(self, *keys: str) -> None:
        """Put the documents of tasks back to those that are left."""
        for key in keys:
            self._left.extendleft(reversed(self._forget(key)))

    def _forget(self, key: str) -> tuple[int, ...]:
        self._futures.pop(key, None)
        return self._flying.pop(key, ())


def seen_from_anywhere(job: Job) -> Job:
    """Return the job with absolute paths: a worker has another working folder."""
    source, folder = job.source, job.folder
    if source.kind in ("file", "member"):
        source = replace(source, place=str(Path(source.place).absolute()))
    if folder.local is not None:
        folder = LocalStore(folder.local.absolute())
    return replace(job, source=source, folder=folder)
