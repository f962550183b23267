"""A worker process: what a document does to it costs that document alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from actionplan import batch, isolation
from actionplan.convert import Job, Outcome
from actionplan.isolation import close_workers, isolated
from actionplan.limits import Limits
from tests.pipeline import work

TIGHT = Limits(seconds=1.0, megabytes=700)


@pytest.fixture(autouse=True)
def no_worker_stays() -> Iterator[None]:
    yield
    close_workers()


@pytest.mark.parametrize(
    ("what", "limits", "error", "told", "attempts"),
    [
        (work.crashes, None, "WorkerDiedError", "died 2 times (it crashed: SIGSEGV)", 2),
        (work.ends, None, "WorkerDiedError", "died 2 times (it ended with code 3)", 2),
        (work.ends_as_if_done, None, "WorkerDiedError", "it ended without a result", 2),
        (work.gives_no_outcome, None, "WorkerDiedError", "died 2 times", 2),
        (work.is_killed, None, "WorkerDiedError", "killed from outside: SIGKILL", 4),
        (work.leaves, None, "CannotReadError", "unexpected error (SystemExit: 4)", 1),
        (work.sleeps, TIGHT, "TimeLimitError", "stopped after 1 s", 1),
        (work.loops, TIGHT, "TimeLimitError", "stopped after 1 s", 1),
        (work.fills_memory, Limits(300, 700), "MemoryLimitError", "more than 700 MB", 1),
        (work.wants_memory, Limits(300, 700), "MemoryLimitError", "more than 700 MB", 1),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_goes_wrong_is_the_outcome_of_this_document(
    what: Callable[[Job], Outcome],
    limits: Limits | None,
    error: str,
    told: str,
    attempts: int,
    tmp_path: Path,
) -> None:
    outcome = isolated(what, work.job(tmp_path, limits=limits))
    assert (outcome.state, outcome.error, outcome.attempts) == ("failed", error, attempts)
    assert told in outcome.message
    assert outcome.message.startswith("x.pdf: ")
    assert "\n" not in outcome.message
    assert isolated(work.fine, work.job(tmp_path)).state == "converted"


def test_an_innocent_document_is_tried_again(tmp_path: Path) -> None:
    outcome = isolated(work.is_killed_once, work.job(tmp_path))
    assert (outcome.state, outcome.attempts) == ("converted", 2)


def test_a_worker_does_one_job_after_the_other_until_it_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "JOBS_PER_WORKER", 3)
    pids = [isolated(work.fine, work.job(tmp_path)).facts["pid"] for _ in range(7)]
    assert [pids.index(pid) for pid in pids] == [0, 0, 0, 3, 3, 3, 6]


def test_what_a_worker_started_ends_with_it(tmp_path: Path) -> None:
    outcome = isolated(work.starts_another, work.job(tmp_path, limits=TIGHT))
    assert outcome.error == "TimeLimitError"
    assert gone(int((tmp_path / "x.child").read_text()))


def test_no_limit_is_no_limit(tmp_path: Path) -> None:
    outcome = isolated(work.fine, work.job(tmp_path, limits=Limits(0, 0, 0)))
    assert outcome.state == "converted"


def test_the_most_memory_of_a_worker_is_told(tmp_path: Path) -> None:
    assert 20 < isolated(work.fine, work.job(tmp_path)).peak_megabytes < 700


def gone(pid: int) -> bool:
    """Whether a process ends, sooner or later."""
    for _ in range(3000):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.01)
    return False


def mixed(one: Job) -> Outcome:
    """Every third document goes wrong, each in its own way."""
    ways = {"2": work.crashes, "5": work.sleeps, "8": work.fills_memory}
    return ways.get(one.name, work.fine)(one)


@pytest.mark.parametrize("workers", [1, 2])
def test_the_others_go_on_and_the_order_stays(workers: int, tmp_path: Path) -> None:
    limits = {5: TIGHT}
    patient = Limits(seconds=300.0, megabytes=700)
    jobs = [work.job(tmp_path, str(n), limits.get(n, patient)) for n in range(11)]
    outcomes = list(batch.run(mixed, jobs, workers))
    assert [outcome.name for outcome in outcomes] == [one.name for one in jobs]
    failed = {outcome.name: outcome.error for outcome in outcomes if outcome.state == "failed"}
    assert failed == {"2": "WorkerDiedError", "5": "TimeLimitError", "8": "MemoryLimitError"}


class Notes:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.done: list[str] = []

    def started(self, job: Job) -> None:
        self.begun.append(job.name)

    def finished(self, outcome: Outcome) -> None:
        self.done.append(outcome.name)


def test_what_is_known_needs_no_worker(tmp_path: Path) -> None:
    def known(one: Job) -> Outcome | None:
        if one.name == "odd":
            raise ValueError("let the worker find out")
        return work.fine(one) if one.name.startswith("k") else None

    notes = Notes()
    jobs = [work.job(tmp_path, name) for name in ("k1", "new", "k2", "odd")]
    outcomes = list(batch.run(work.fine, jobs, 1, known=known, observer=notes))
    assert [outcome.name for outcome in outcomes] == ["k1", "new", "k2", "odd"]
    assert notes.begun == ["new", "odd"]
    assert notes.done == ["k1", "new", "k2", "odd"]


def test_leaving_the_loop_kills_the_workers(tmp_path: Path) -> None:
    jobs = [work.job(tmp_path, "a"), work.job(tmp_path, "b")]
    outcomes = batch.run(first_fine, jobs, 2)
    pid = next(outcomes).facts["pid"]
    outcomes.close()
    assert gone(pid)


def first_fine(one: Job) -> Outcome:
    return work.fine(one) if one.name == "a" else work.sleeps(one)


def test_a_long_name_of_the_temporary_folder_stops_nobody(sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 20)
    folder.mkdir()
    command = [sys.executable, "-m", "actionplan", "convert", str(sample), "-o", str(tmp_path)]
    environment = os.environ | {"TMPDIR": str(folder)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "recommendation" in done.stderr) == (0, True), done.stderr
