"""A scheduler and workers as processes of this machine, for tests and measurements.

Ended ones are started again when asked (`keep_up`), as a service manager does; the scheduler keeps
its port.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

TREE = Path(__file__).parent.parent / ".typing" / "actionplan"
_PATIENCE = 60.0  # seconds for a process to come up on a busy machine


def frozen_program(folder: Path) -> dict[str, str]:
    """Copy the package into `folder`; return an environment in which Python finds the copy.

    A checkout that changes during a run is another program to the workers that start later.
    """
    target = folder / "actionplan"
    shutil.copytree(TREE, target, ignore=shutil.ignore_patterns("__pycache__"))
    return os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}


class DaskHere:
    """A scheduler with workers of one thread; use it as a context manager.

    Args:
        folder: for its files and logs.
        workers: number of `dask worker` processes, each with one worker under it.
        env: environment of all.
        scheme: ``tcp`` or ``tls``; for the latter the environment names certificates.
    """

    def __init__(
        self, folder: Path, workers: int, env: dict[str, str], *, scheme: str = "tcp"
    ) -> None:
        self._folder, self._env = folder, env
        self._port = _free_port()
        self.address = f"{scheme}://127.0.0.1:{self._port}"
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.nannies: list[subprocess.Popen[bytes] | None] = [None] * workers

    def __enter__(self) -> Self:
        """Start all, and wait for the scheduler."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self.keep_up()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Kill all."""
        for process in (*self.nannies, self.scheduler):
            if process is not None:
                kill_family(process)

    def keep_up(self) -> None:
        """Start what is not there."""
        if self.scheduler is None or self.scheduler.poll() is not None:
            self.scheduler = self._start_scheduler()
        for place, nanny in enumerate(self.nannies):
            if nanny is None or nanny.poll() is not None:
                self.nannies[place] = self._start_worker()

    def workers(self) -> list[psutil.Process]:
        """The processes that tasks run in; each is the child of a nanny that starts it again."""
        found = []
        for nanny in self.nannies:
            if nanny is not None and nanny.poll() is None:
                with suppress(psutil.Error):
                    found += [
                        child
                        for child in psutil.Process(nanny.pid).children()
                        if "spawn_main" in " ".join(child.cmdline())
                    ]
        return found

    def _start_scheduler(self) -> subprocess.Popen[bytes]:
        told = self._folder / "scheduler.json"
        told.unlink(missing_ok=True)
        options = ("--port", str(self._port), "--scheduler-file", str(told))
        process = self._start("scheduler", "--host", self.address.rpartition(":")[0], *options,
                              "--dashboard-address", "127.0.0.1:0")  # fmt: skip
        deadline = time.monotonic() + _PATIENCE
        while not _is_whole(told):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"no scheduler: see {self._folder / 'log'}")
            time.sleep(0.05)
        return process

    def _start_worker(self) -> subprocess.Popen[bytes]:
        return self._start(
            "worker", self.address, "--nworkers", "1", "--nthreads", "1", "--no-dashboard",
            "--host", "127.0.0.1", "--memory-limit", "0",
            "--local-directory", str(self._folder / "scratch"),
        )  # fmt: skip

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments],
                env=self._env,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )


def kill_family(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    """Kill a process with all that it started, and wait until it is gone."""
    family: Sequence[psutil.Process] = []
    with suppress(psutil.Error):
        family = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    for child in family:
        with suppress(psutil.Error):
            child.kill()
    process.wait()
    psutil.wait_procs(family, timeout=5)


def document_processes(top: Sequence[psutil.Process]) -> list[psutil.Process]:
    """The processes below `top` in which documents are worked on."""
    found = []
    for process in top:
        with suppress(psutil.Error):
            below = process.children(recursive=True)
            servers = {one.pid for one in below if "forkserver" in " ".join(one.cmdline())}
            found += [one for one in below if one.ppid() in servers]
    return found


def _is_whole(told: Path) -> bool:
    try:
        return bool(json.loads(told.read_bytes()))
    except (OSError, ValueError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
