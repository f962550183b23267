"""Runs that are stopped, killed, refused or short of space: what is there is whole.

A rerun goes on from there. The runs are processes of their own, and get real signals.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.conftest import ROOT, SAMPLES, Run

PATIENCE = 120.0
"""Seconds to wait for what has to happen; a busy machine needs some of them."""
SLOW = (
    "import sys; from actionplan import runs; from tests.pipeline.work import convert_slowly;"
    "runs.convert = convert_slowly; from actionplan.cli import main; sys.exit(main(sys.argv[1:]))"
)
SHORT_OF_SPACE = (
    "import resource, sys; from actionplan.cli import main;"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2);"
    "sys.exit(main(sys.argv[2:]))"
)


def until(there: Callable[[], bool]) -> None:
    """Wait for something to come true."""
    deadline = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(0.01)


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.Error:
        return True


class Started:
    """A run over ``a``, ``b-slow`` and ``c`` that stops at the second document until told."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        command = [sys.executable, "-c", SLOW, "convert", str(folder / "in")]
        command += ["-o", str(folder / "out"), *options]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # as of a terminal
        )

    def wait_for_worker(self) -> int:
        """Wait until a worker is at the slow document; return its number."""
        begun = self.folder / "in" / "b-slow.begun"
        until(begun.exists)
        return int(begun.read_text())

    def let_go(self) -> None:
        (self.folder / "in" / "b-slow.go").touch()

    def end(self) -> tuple[int, str]:
        """Wait for the end; return exit code and messages."""
        _, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, err


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A folder with the folder ``in`` of three documents."""
    (tmp_path / "in").mkdir()
    plans = sorted(SAMPLES, key=lambda path: path.stat().st_size)
    for name, plan in zip(("a", "b-slow", "c"), plans[:3], strict=True):
        shutil.copy(plan, tmp_path / "in" / f"{name}.pdf")
    return tmp_path


@pytest.fixture
def start(inputs: Path) -> Iterator[Callable[..., Started]]:
    """Start runs; none outlives the test."""
    runs: list[Started] = []

    def begin(*options: str) -> Started:
        runs.append(Started(inputs, *options))
        return runs[-1]

    yield begin
    for one in runs:
        if one.process.poll() is None:
            one.process.kill()
            one.process.communicate()


def content(folder: Path) -> dict[str, bytes]:
    """All result files but the report, which has times in it."""
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and path.name != "run.json"
    }


def undisturbed(inputs: Path, run: Run) -> dict[str, bytes]:
    assert run("convert", inputs / "in", "-o", inputs / "whole", "--quiet").code == 0
    return content(inputs / "whole")


def rerun(inputs: Path, run: Run) -> str:
    """Go on with what is there; say what was done."""
    ran = run("convert", inputs / "in", "-o", inputs / "out")
    assert ran.code == 0
    assert not list((inputs / "out").rglob("*.part"))
    return ran.err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda one: one.name)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_is_stopped_says_how_to_go_on(
    number: signal.Signals, jobs: str, inputs: Path, start: Callable[..., Started], run: Run
) -> None:
    one = start("--jobs", jobs)
    worker = one.wait_for_worker()
    one.process.send_signal(number)
    code, err = one.end()
    assert code == 130
    assert "of 3 left; what is done stays, give the same command again to go on" in err
    assert "Traceback" not in err
    until(lambda: gone(worker))
    done = len(list((inputs / "out").glob("*.plan.json")))
    assert not (inputs / "out" / "run.json").exists()
    assert f"{3 - done} converted, {done} unchanged" in rerun(inputs, run).replace(
        "3 converted,", "3 converted, 0 unchanged,"
    )
    assert content(inputs / "out") == undisturbed(inputs, run)


@pytest.mark.parametrize("early", [True, False])
def test_ctrl_c_reaches_all_processes_of_a_terminal(
    early: bool, inputs: Path, start: Callable[..., Started]
) -> None:
    one = start()
    if early:
        until((inputs / "out" / ".actionplan" / "lock").exists)
    else:
        one.wait_for_worker()
    os.killpg(one.process.pid, signal.SIGINT)
    code, err = one.end()
    assert code == 130
    assert [line for line in err.splitlines() if ".pdf: " not in line] == [
        line for line in err.splitlines() if line.startswith("interrupted, ")
    ]
    assert err.count("interrupted, ") == 1


@pytest.mark.parametrize("stuck", [False, True])
def test_a_run_that_is_killed_leaves_no_worker_and_a_rerun_goes_on(
    stuck: bool, inputs: Path, start: Callable[..., Started], run: Run
) -> None:
    if stuck:
        (inputs / "in" / "b-slow.stuck").touch()
    one = start("--jobs", "1")
    worker = one.wait_for_worker()
    one.process.kill()
    assert one.end()[0] == -signal.SIGKILL
    until(lambda: gone(worker))
    assert "2 converted, 1 unchanged" in rerun(inputs, run)
    assert content(inputs / "out") == undisturbed(inputs, run)


def test_a_worker_that_is_killed_is_replaced(
    inputs: Path, start: Callable[..., Started], run: Run
) -> None:
    one = start()
    worker = one.wait_for_worker()
    (inputs / "in" / "b-slow.begun").unlink()
    os.kill(worker, signal.SIGKILL)
    assert one.wait_for_worker() != worker
    one.let_go()
    code, err = one.end()
    assert code == 0, err
    report = json.loads((inputs / "out" / "run.json").read_bytes())
    attempts = {item["name"]: item["attempts"] for item in report["documents"]}
    assert attempts == {"a": 1, "b-slow": 2, "c": 1}
    assert content(inputs / "out") == undisturbed(inputs, run)


def test_one_run_at_a_time_has_the_folder(
    inputs: Path, start: Callable[..., Started], run: Run
) -> None:
    one = start()
    one.wait_for_worker()
    for command in ("convert", "tables"):
        ran = run(command, inputs / "in", "-o", inputs / "out")
        assert ran.code == 1
        assert "another run is writing here" in ran.err
        assert ran.err.count("\n") == 1
    one.process.kill()
    one.end()
    assert "converted" in rerun(inputs, run)


def test_what_does_not_fit_on_the_disk_is_told_and_written_later(inputs: Path, run: Run) -> None:
    """A limit on the size of files stands in for a full disk: writing fails half-way."""
    whole = undisturbed(inputs, run)
    sizes = sorted(len(data) for name, data in whole.items() if name.endswith(".plan.json"))
    command = [sys.executable, "-c", SHORT_OF_SPACE, str(sizes[-1] - 1), "convert"]
    command += [str(inputs / "in"), "-o", str(inputs / "out")]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "cannot be written (File too large); free some space" in ran.stderr
    assert "Traceback" not in ran.stderr
    written = content(inputs / "out")
    assert written
    plans = {name: data for name, data in written.items() if name.endswith(".plan.json")}
    assert plans == {name: whole[name] for name in plans}
    assert len(plans) < len(sizes)
    rerun(inputs, run)
    assert content(inputs / "out") == whole


def test_tables_that_do_not_fit_leave_the_old_ones(inputs: Path, run: Run) -> None:
    rerun(inputs, run)
    before = content(inputs / "out")
    assert max(len(data) for name, data in before.items() if name.endswith(".csv")) > 4000
    fewer = [str(inputs / "in" / name) for name in ("a.pdf", "c.pdf")]
    command = [sys.executable, "-c", SHORT_OF_SPACE, "4000", "convert", *fewer]
    command += ["-o", str(inputs / "out")]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "cannot be written (File too large)" in ran.stderr
    assert content(inputs / "out") == before
    assert not (inputs / "out" / ".actionplan" / "new").exists()
    rerun(inputs, run)
    assert content(inputs / "out") == before


def test_half_written_files_of_a_dead_run_are_removed(inputs: Path, run: Run) -> None:
    rerun(inputs, run)
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                          capture_output=True, text=True, check=True)  # fmt: skip
    left = [
        folder / f".{int(dead.stdout)}-0123abcd-7.part"
        for folder in (inputs / "out", inputs / "out" / ".actionplan" / "documents")
    ]
    living = inputs / "out" / f".{os.getpid()}-0123abcd-7.part"
    for path in (*left, living):
        path.write_bytes(b"{")
    assert run("convert", inputs / "in", "-o", inputs / "out").code == 0
    assert [path.exists() for path in left] == [False, False]
    assert living.exists()
    long_ago = time.time() - 3 * 24 * 3600
    os.utime(living, (long_ago, long_ago))
    rerun(inputs, run)
    assert not living.exists()
