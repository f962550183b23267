"""What runs inside a worker of a cluster: a few documents at a time, each in a child process.

A worker is used only if it agrees with the driver on two things: the program (the same code and
components give the same bytes) and the output folder (a word that the driver left there shows that
both mean the same one, and that no later run has taken it).
"""

from __future__ import annotations

import multiprocessing.util
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from actionplan import __version__
from actionplan.cache import FOLDER, program
from actionplan.convert import Job, Outcome
from actionplan.errors import ActionplanError
from actionplan.isolation import isolated
from actionplan.origins import Source
from actionplan.stores import Store

WORD_FILE = f"{FOLDER}/cluster"
"""File in the output folder that holds the word of the run which has it."""
_UNSEEN_SECONDS = 5.0
"""How long a new file may stay unseen: NFS clients keep what they know of a folder for seconds."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a worker has to agree with.

    Attributes:
        store: the output folder.
        word: what stands in its file `WORD_FILE`, different in each run.
        program: fingerprint of the driver's program.
        version: the driver's version, to be shown.
    """

    store: Store
    word: str
    program: str
    version: str = __version__


@dataclass(frozen=True, slots=True)
class Landed:
    """What comes back of a task: summaries, no plans.

    Attributes:
        address: the worker.
        outcomes: one per job; None where the worker does not see the input at all.
    """

    address: str
    outcomes: list[Outcome | None]


class RefusedError(Exception):
    """This worker cannot do the work, another may; arguments: its address, and why."""


class SupersededError(Exception):
    """The run that a task belongs to is over, or another one has its folder."""


def dask_setup(worker: object) -> None:
    """Called by dask in workers of our own, which the driver ends at once, whatever they do.

    The terminal is the driver's: what processes complain of that are ended in the middle of
    something belongs to nobody, and outcomes tell all else.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the driver
    signal.signal(signal.SIGTERM, lambda number, frame: _end())


def _end() -> None:
    """Leave nothing behind, and end; what runs in children ends with this process."""
    multiprocessing.util._run_finalizers()  # type: ignore[attr-defined]
    os._exit(0)


def objection(ticket: Ticket, inputs: Sequence[Source] = ()) -> str:
    """Why this process cannot work on `ticket`, empty if it can; some inputs are looked for, too.

    The first question of a worker's life may take seconds: a new file on a share is not seen at
    once.
    """
    if program() != ticket.program:
        same = __version__ == ticket.version
        other = "has other code or components than it has here"
        differs = other if same else f"is not the version here, {ticket.version}"
        return f"its actionplan {__version__} {differs}; install the same on both"
    if not _sees_word(ticket):
        return (
            f"it does not see the output folder {ticket.store.shown()}; "
            "name one that all machines share, or an s3:// address, with -o"
        )
    unseen = next((source for source in inputs if not is_seen(source)), None)
    if unseen:
        return (
            f"it does not see {unseen}; put the inputs where all machines have them "
            "under the same path, or name them by URL"
        )
    return ""


def is_seen(source: Source) -> bool:
    """Whether this machine has the file or archive; of URLs it is not asked."""
    return source.kind not in ("file", "member") or Path(source.place).exists()


def work_on(
    ticket: Ticket, work: Callable[[Job], Outcome], jobs: Sequence[tuple[int, Job]]
) -> Landed:
    """Do a few jobs, each with its place in the run, one after the other.

    Raises:
        RefusedError: this worker cannot do it.
        SupersededError: the run is over.
    """
    why = objection(ticket)
    if why:
        raise RefusedError(address(), why)
    from distributed import get_worker

    _allow_children()
    landed = Landed(address(), [])
    for place, job in jobs:
        if read_word(ticket.store) not in ("", ticket.word):
            raise SupersededError
        get_worker().log_event(ticket.word, place)
        outcome = isolated(work, job)
        if outcome.state == "failed" and not read_word(ticket.store):
            raise RefusedError(address(), f"the output folder {ticket.store.shown()} is gone")
        lost = outcome.state == "failed" and not is_seen(job.source)
        landed.outcomes.append(None if lost else outcome)
    return landed


def read_word(store: Store) -> str:
    """The word in the output folder; empty if it cannot be read."""
    try:
        return store.read(WORD_FILE).decode()
    except (OSError, ValueError, ActionplanError):
        return ""


def address() -> str:
    """Address of this worker."""
    from distributed import get_worker

    return str(get_worker().address)


def _sees_word(ticket: Ticket) -> bool:
    """Whether the word of the run is there, at once or within the time that shares may take."""
    deadline = time.monotonic() + _UNSEEN_SECONDS
    while read_word(ticket.store) != ticket.word:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


@cache
def _allow_children() -> None:
    """Let this process have children of its own, and end without waiting for them.

    dask marks its workers as daemons, which Python's multiprocessing forbids that, so that none
    is left behind; ours watch their parent and end with it. At its end a process waits for its
    children, but these wait for documents: a worker that lost its scheduler would never go.
    """
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    multiprocessing.util.Finalize(None, _end, exitpriority=0)
