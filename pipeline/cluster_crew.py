"""The scheduler and the workers of a run: reached, asked whether they fit, watched."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from types import TracebackType
from typing import TYPE_CHECKING, Self

from actionplan.cluster_worker import Ticket, objection
from actionplan.errors import ClusterError, MissingComponentError, UsageError
from actionplan.origins import Source

if TYPE_CHECKING:
    from distributed import Client, LocalCluster, Security

_LOCAL = re.compile(r"local:([1-9][0-9]*)")
_REMOTE = re.compile(r"(?:tcp|tls)://(?:[^\s/:\[\]]+|\[[0-9a-fA-F:.]+\]):[0-9]{1,5}")
_END_SECONDS = 5.0
"""How long scheduler and connections of our own may take to close."""
_LOGGERS = ("distributed", "distributed.client", "distributed.scheduler", "tornado", "asyncio")


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """How a cluster is used.

    Attributes:
        batch: most documents in a task.
        task_seconds: documents are put together to tasks of this length. A task costs the scheduler
            1 to 3 ms, which would be the bound of some 20 workers with documents of 50 ms.
        ahead: tasks handed out per thread, the running one among them: the next is there when one
            ends, and little is lost with a worker.
        attempts: how often a document is handed out whose task fails.
        patience: seconds to wait for the scheduler, or for a worker that fits: time enough to start
            either anew.
        connect: seconds for one attempt to reach the scheduler.
        tick: seconds between looks at scheduler and workers.
    """

    batch: int = 16
    task_seconds: float = 1.0
    ahead: int = 3
    attempts: int = 3
    patience: float = 600.0
    connect: float = 10.0
    tick: float = 2.0


class Crew:
    """A scheduler with its workers; use it as a context manager.

    Args:
        address: ``tcp://host:port``, ``tls://host:port``, or ``local:N`` for workers of our own.
        ticket: what a worker has to agree with.
        inputs: some inputs, which a worker has to see.
        settings: how the cluster is used.
        tell: shows one line to the user.

    Attributes:
        threads: number of threads by worker, of those that can do the work.
        client: dask's connection to the scheduler.
    """

    client: Client

    def __init__(
        self,
        address: str,
        ticket: Ticket,
        inputs: Sequence[Source],
        settings: ClusterSettings,
        tell: Callable[[str], None],
    ) -> None:
        self._address, self._ticket, self._inputs = address, ticket, inputs
        self._settings, self._tell = settings, tell
        self._own: LocalCluster | None = None
        self.threads: dict[str, int] = {}
        self._asked: set[str] = set()
        self._refused: dict[str, str] = {}
        self._told: set[str] = set()
        self._entered = self._ever_manned = False
        self._looked = self._manned = time.monotonic()

    def __enter__(self) -> Self:
        """Reach the scheduler and ask the workers.

        Raises:
            MissingComponentError: dask is not installed.
            ClusterError: the scheduler cannot be reached, or a worker cannot do the work.
        """
        if find_spec("distributed") is None:
            raise MissingComponentError("dask.distributed", "cluster")
        own = _LOCAL.fullmatch(self._address)
        if own:
            self._own = _start(int(own[1]))
        try:
            self.client = self._reach()
            self._manned = time.monotonic()
            self.look()
            if self._refused:
                raise ClusterError("; ".join(_told_once(self._refused)))
        except BaseException:
            self.__exit__(None, None, None)
            raise
        self._entered = True
        self._tell(self._greeting())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give up what is handed out, and leave; workers of our own end."""
        self._leave()
        if self._own is not None:
            _stop(self._own)

    @property
    def is_lost(self) -> bool:
        """Whether the connection to the scheduler is gone."""
        return bool(self.client.status != "running")

    @property
    def chosen(self) -> list[str] | None:
        """The workers to be used, if some of those that are there are not."""
        return list(self.threads) if self._refused else None

    def look_again(self) -> None:
        """Look at scheduler and workers, if the last look is some time ago."""
        if self.is_lost or time.monotonic() - self._looked > self._settings.tick:
            self.look()

    def look(self) -> None:
        """See to the connection and to which workers there are, and ask those that are new.

        Raises:
            ClusterError: scheduler or workers stay away, or no worker can do the work.
        """
        if self.is_lost:
            self._reconnect()
        try:
            workers = self.client.nthreads()
            if not self.threads:  # those who could not do it before may see the folder again
                self._asked.clear()
                self._refused.clear()
            self._ask(address for address in workers if address not in self._asked)
        except OSError:  # lost just now; the next look connects again
            return
        self._looked = time.monotonic()
        self.threads = {
            address: threads
            for address, threads in workers.items()
            if address in self._asked and address not in self._refused
        }
        if self.threads:
            if self._entered and not self._ever_manned:
                self._tell(f"{_count(len(self.threads), 'worker')} came")
            self._manned = self._looked
            self._ever_manned = True
        else:
            self._wait_for_workers()

    def _wait_for_workers(self) -> None:
        """Say that nobody can work, and give up after some time.

        Raises:
            ClusterError: it is time to, or those that are there will never be able to.
        """
        if self._refused and not self._ever_manned:
            raise ClusterError("; ".join(_told_once(self._refused)))
        if not self._refused:
            self._say_once("no worker is there yet; waiting for one")
        if self._looked - self._manned > self._settings.patience:
            raise ClusterError(self._unmanned())

    def refuse(self, address: str, why: str) -> None:
        """Use this worker no more."""
        self._refused[address] = why
        self.threads.pop(address, None)
        if self._entered:  # before that, it is an error
            self._say_once(f"worker {address} is not used: {why}")

    def _ask(self, addresses: Iterable[str]) -> None:
        """Ask workers whether they can do the work.

        Raises:
            OSError: the scheduler is gone.
        """
        new = list(addresses)
        if not new:
            return
        answers = self.client.run(
            objection, self._ticket, self._inputs, workers=new, on_error="return"
        )
        for address, answer in answers.items():
            if isinstance(answer, OSError):  # it went away meanwhile
                continue
            self._asked.add(address)
            if answer:
                self.refuse(address, _put(answer))

    def _reach(self) -> Client:
        """Return a client of the scheduler.

        Raises:
            ClusterError: it cannot be reached.
        """
        from distributed import Client, Security

        _hush()
        if self._address.startswith("tls:") and not _has_certificates(Security()):
            raise ClusterError(
                f"{self._address} cannot be reached: no certificates are set; "
                "name them in dask's configuration, see docs/cluster.md"
            )
        target = self._own or self._address
        try:
            return Client(target, timeout=self._settings.connect, set_as_default=False)
        except (OSError, TypeError, ValueError, RuntimeError) as error:
            raise ClusterError(
                f"{self._address} cannot be reached ({str(error)[:200]}); "
                "check the address, and that the scheduler runs"
            ) from error

    def _reconnect(self) -> None:
        """Reach the scheduler again.

        Raises:
            ClusterError: it stays away.
        """
        minutes = self._settings.patience / 60
        self._tell(f"lost the scheduler {self._address}; trying again for {minutes:.0f} minutes")
        self._leave()
        deadline = time.monotonic() + self._settings.patience
        while True:
            try:
                self.client = self._reach()
                break
            except ClusterError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(self._settings.tick)
        self._manned = time.monotonic()
        self._tell("reached the scheduler again; what is not done is handed out again")

    def _leave(self) -> None:
        if hasattr(self, "client"):
            with suppress(Exception):  # a client that lost its scheduler has much to complain of
                self.client.close(timeout=1)

    def _greeting(self) -> str:
        threads = sum(self.threads.values())
        parts = [f"cluster {self._address}"]
        if threads:
            parts.append(_count(len(self.threads), "worker"))
        if threads != len(self.threads):
            parts.append(_count(threads, "thread"))
        if self.client.dashboard_link:
            parts.append(f"dashboard {self.client.dashboard_link}")
        return ", ".join(parts)

    def _unmanned(self) -> str:
        if self._refused:
            return "; ".join(_told_once(self._refused))
        minutes = self._settings.patience / 60
        return (
            f"no worker for {minutes:.0f} minutes; "
            f"start some with `dask worker {self._address}`, then run again to go on"
        )

    def _say_once(self, line: str) -> None:
        if line not in self._told:
            self._told.add(line)
            self._tell(line)


def check_address(address: str) -> None:
    """See that `address` is that of a scheduler, or asks for workers here.

    Raises:
        UsageError: it is neither.
    """
    if not (_LOCAL.fullmatch(address) or _REMOTE.fullmatch(address)):
        raise UsageError(
            f"--cluster {address}: no address of a cluster; "
            "give tcp://HOST:PORT, tls://HOST:PORT, or local:N for N workers on this machine"
        )


def _has_certificates(security: Security) -> bool:
    return security.get_connection_args("client").get("ssl_context") is not None


def _start(workers: int) -> LocalCluster:
    """Start workers here. Whoever else has an account on this machine is kept out by TLS."""
    from distributed import LocalCluster

    _hush()
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        security=True,
        dashboard_address="127.0.0.1:0",
        memory_limit=0,  # documents have limits of their own, in their own processes
        silence_logs=logging.CRITICAL,
        preload=["actionplan.cluster_worker"],
    )


def _stop(own: LocalCluster) -> None:
    """End workers of our own at once; dask would wait for what they do."""
    import psutil

    processes = []
    for nanny in own.workers.values():
        nanny.auto_restart = False
        with suppress(psutil.Error):
            processes.append(psutil.Process(nanny.pid))
            processes[-1].terminate()
    for process in psutil.wait_procs(processes, timeout=1)[1]:
        process.kill()
    with suppress(Exception):  # whatever is left ends with this process
        own.close(timeout=_END_SECONDS)


def _hush() -> None:
    """Keep dask's own log off the terminal: our messages tell what matters of it."""
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _put(answer: object) -> str:
    """A worker's answer in words; it may be an error, if what it was asked is unknown to it."""
    if isinstance(answer, Exception):
        return (
            f"it has no actionplan, or another version ({answer}); "
            "install there what is installed here: pip install 'actionplan[cluster]'"
        )
    return str(answer)


def _told_once(refused: dict[str, str]) -> list[str]:
    """The reasons, each with the first worker that gave it."""
    first = {why: address for address, why in reversed(refused.items())}
    return [f"worker {address} cannot do the work: {why}" for why, address in first.items()]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
