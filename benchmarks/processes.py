"""A command and all its processes, timed and weighed while they run."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import psutil

MEGABYTE = 1024 * 1024


@dataclass
class Weighed:
    """What a command took.

    Attributes:
        code: its exit code.
        seconds: on the clock.
        parent: peak megabytes of the command's own process.
        worker: peak megabytes of any other process that it started.
        quarters: median megabytes of the heaviest worker, in each quarter of the run.
    """

    code: int
    seconds: float
    parent: float
    worker: float
    quarters: list[float] = field(default_factory=list)


def weigh(command: Sequence[str], *, pause: float = 0.25, cwd: Path | None = None) -> Weighed:
    """Run `command` to its end, looking at its processes every `pause` seconds."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=cwd
    )
    parent: list[float] = []
    workers: list[float] = []
    done = Event()
    watch = Thread(target=_watch, args=(process.pid, parent, workers, done, pause))
    watch.start()
    code = process.wait()
    seconds = time.perf_counter() - start
    done.set()
    watch.join()
    peak = max(workers, default=0.0)
    return Weighed(code, seconds, max(parent, default=0.0), peak, _quarters(workers))


def _watch(pid: int, parent: list[float], workers: list[float], done: Event, pause: float) -> None:
    while not done.wait(pause):
        try:
            process = psutil.Process(pid)
            parent.append(process.memory_info().rss / MEGABYTE)
            children = process.children(recursive=True)
            workers.append(max((_rss(child) for child in children), default=0.0))
        except psutil.NoSuchProcess:
            return


def _rss(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss) / MEGABYTE
    except psutil.NoSuchProcess:
        return 0.0


def _quarters(values: Sequence[float]) -> list[float]:
    size = max(1, len(values) // 4)
    parts = (sorted(values[at * size : (at + 1) * size]) for at in range(4))
    return [part[len(part) // 2] for part in parts if part]
