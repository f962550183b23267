"""The same run on a cluster: documents as tasks of dask.distributed.

Workers read the inputs and write the results themselves; here is a list of jobs, and a summary of
each document as it is done.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from actionplan import cache
from actionplan.batch import Observer
from actionplan.cluster_crew import ClusterSettings, Crew, check_address
from actionplan.cluster_driver import Driver, Work, seen_from_anywhere
from actionplan.cluster_worker import WORD_FILE, Ticket, read_word
from actionplan.convert import Job, Outcome
from actionplan.origins import Source

_SAMPLES = 20
"""Folders with inputs of which a worker has to see one file each."""


def run(
    work: Callable[[Job], Outcome],
    jobs: Sequence[Job],
    address: str,
    tell: Callable[[str], None],
    *,
    known: Callable[[Job], Outcome | None] | None = None,
    observer: Observer | None = None,
    settings: ClusterSettings | None = None,
) -> Iterator[Outcome]:
    """Yield the outcome of each job, in order, as `actionplan.batch.run` does on one machine.

    Leaving the loop early (Ctrl-C) gives up what is handed out; what was written stays.

    Args:
        work: what to do with each job; a function that a worker can import.
        jobs: the documents, all with the same output folder.
        address: ``tcp://host:port``, ``tls://host:port``, or ``local:N`` for N workers here.
        tell: shows one line to the user.
        known: looks first whether there is anything to do, in this process.
        observer: is told what begins and what ends.
        settings: how the cluster is used.

    Raises:
        MissingComponentError: dask is not installed.
        UsageError: the address is none.
        ClusterError: the scheduler cannot be reached, workers stay away, or cannot do the work.
        BusyError: another run has taken the output folder meanwhile.
        OutputError: the output folder cannot be written to.
    """
    if not jobs:
        return
    check_address(address)
    settings = settings or ClusterSettings()
    sent = [seen_from_anywhere(job) for job in jobs]
    ticket = Ticket(sent[0].folder, secrets.token_hex(8), cache.program())
    ticket.store.write(WORD_FILE, ticket.word.encode())
    try:
        with Crew(address, ticket, _samples(sent), settings, tell) as crew:
            what = Work(work, known, cache.known_names(ticket.store))
            driver = Driver(crew, ticket, what, sent, settings, observer)
            for job, outcome in zip(jobs, driver.outcomes(), strict=True):
                yield replace(outcome, source=job.source)
    finally:
        if read_word(ticket.store) == ticket.word:
            ticket.store.delete(WORD_FILE)


def _samples(jobs: Sequence[Job]) -> list[Source]:
    """One input of each folder, of the first ones."""
    found: dict[Path, Source] = {}
    for job in jobs:
        if job.source.kind in ("file", "member") and len(found) < _SAMPLES:
            found.setdefault(Path(job.source.place).parent, job.source)
    return list(found.values())
