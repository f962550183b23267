"""The driver of a run on a cluster: documents go out, a few to a task, and summaries come in.

So many tasks are out at a time as keep all threads busy. Whatever does not come back is handed out
again: the documents of a worker that died, of a scheduler that was started anew, of a machine that
turns out to see another folder. A document may thus be worked on twice, which gives the same bytes
in the same place, and is counted once.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from actionplan.batch import Observer
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
    from distributed import Client, Future

_QUICKEST = 0.001
"""Seconds that no document takes less than."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is done with each job.

    Attributes:
        work: in a worker; a function that it can import.
        known: looks first whether there is anything to do, in this process.
        names: of the results of which something is known, so that nothing is asked of a store
            about the others.
    """

    work: Callable[[Job], Outcome]
    known: Callable[[Job], Outcome | None] | None = None
    names: Collection[str] = ()


class Driver:
    """One run.

    Args:
        crew: scheduler and workers.
        ticket: what a worker has to agree with.
        work: what to do with each job.
        jobs: the documents.
        settings: how the cluster is used.
        observer: is told what begins and what ends.
    """

    def __init__(
        self,
        crew: Crew,
        ticket: Ticket,
        work: Work,
        jobs: Sequence[Job],
        settings: ClusterSettings,
        observer: Observer | None = None,
    ) -> None:
        self._crew, self._ticket, self._work, self._observer = crew, ticket, work, observer
        self._jobs, self._settings = jobs, settings
        self._left = deque(range(len(jobs)))
        self._alone: deque[int] = deque()  # to be tried again, each in a task of its own
        self._tries: Counter[int] = Counter()
        self._flying: dict[str, tuple[int, ...]] = {}
        self._futures: dict[str, Future[Landed]] = {}
        self._news: SimpleQueue[Future[Landed] | int] = SimpleQueue()  # an end, or a beginning
        self._done: dict[int, Outcome] = {}
        self._finished: set[int] = set()
        self._heard: Client | None = None
        self._seconds = settings.task_seconds  # a document takes, of late

    def outcomes(self) -> Iterator[Outcome]:
        """Yield the outcome of each job, in order.

        Raises:
            ClusterError: scheduler or workers stay away, or no worker can do the work.
            BusyError: another run has taken the output folder.
        """
        for place in range(len(self._jobs)):
            while place not in self._done:
                self._hand_out()
                if place not in self._done:
                    self._take_in()
            yield self._done.pop(place)

    def _hand_out(self) -> None:
        """Submit tasks until every thread has its share."""
        threads = sum(self._crew.threads.values())
        while len(self._flying) < threads * self._settings.ahead:
            places = self._next_batch(threads)
            if not places:
                return
            try:
                self._submit(places)
            except Exception:  # a connection that is lost just now fails in many ways
                if not self._crew.is_lost:
                    raise
                self._left.extendleft(reversed(places))
                return

    def _submit(self, places: tuple[int, ...]) -> None:
        self._hear()
        future = self._crew.client.submit(
            work_on,
            self._ticket,
            self._work.work,
            [(place, self._jobs[place]) for place in places],
            pure=False,
            workers=self._crew.chosen,
            allow_other_workers=self._crew.chosen is not None,
        )
        key = str(future.key)
        self._flying[key], self._futures[key] = places, future
        future.add_done_callback(self._news.put)

    def _next_batch(self, threads: int) -> tuple[int, ...]:
        """The next documents; ever fewer towards the end, so that all threads end together."""
        share = len(self._left) // (threads * self._settings.ahead)
        fitting = round(self._settings.task_seconds / self._seconds)
        count = max(1, min(self._settings.batch, share, fitting))
        batch: list[int] = []
        while self._left and len(batch) < count:
            place = self._left.popleft()
            outcome = self._known(self._jobs[place])
            if outcome is None:
                batch.append(place)
            else:
                self._finish(place, outcome)
        if not batch and self._alone:
            batch.append(self._alone.popleft())
        return tuple(batch)

    def _known(self, job: Job) -> Outcome | None:
        """The outcome of a document of which nothing has changed."""
        if self._work.known is None or job.name not in self._work.names:
            return None
        with suppress(Exception):  # what is wrong with it, the worker will find out and tell
            return self._work.known(job)
        return None

    def _take_in(self) -> None:
        """Wait for a task to end, and look after scheduler and workers every now and then."""
        with suppress(Empty):
            news = self._news.get(timeout=self._settings.tick)
            if isinstance(news, int):
                self._begin(news)
            else:
                self._land(news)
        if self._crew.is_lost:
            self._hand_out_again(*self._flying)
        self._crew.look_again()

    def _hear(self) -> None:
        """Have the workers tell what they begin; once for each connection."""
        client = self._crew.client
        if client is not self._heard:
            self._heard = client
            client.subscribe_topic(self._ticket.word, lambda event: self._news.put(event[1]))

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
            self._tries[place] += 1
            if self._tries[place] < self._settings.attempts:
                self._left.appendleft(place)
                return
            error = FileAccessError(job.source.name, "workers of the cluster do not see it")
        else:
            error = FileAccessError(job.source.name, "it is gone since the run began")
        if outcome:
            self._seconds = max(0.9 * self._seconds + 0.1 * outcome.seconds, _QUICKEST)
        self._finish(place, outcome or failed(job, error))

    def _begin(self, place: int) -> None:
        if self._observer and place not in self._finished:
            self._observer.started(self._jobs[place])

    def _finish(self, place: int, outcome: Outcome) -> None:
        self._done[place] = outcome
        self._finished.add(place)
        if self._observer:
            self._observer.finished(outcome)

    def _try_alone(self, places: Sequence[int], error: Exception) -> None:
        """Hand out documents again whose task failed, each by itself, and not forever."""
        for place in places:
            self._tries[place] += 1
            if self._tries[place] < self._settings.attempts:
                self._alone.append(place)
            else:
                self._finish(place, self._given_up(self._jobs[place], error))
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
