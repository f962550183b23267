"""Runs on a real scheduler with real workers on loopback: the results of a run on one machine."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import distributed
import psutil
import pytest
from dask_here import TREE, DaskHere, document_processes, frozen_program, kill_family
from made_pdfs import made
from same_files import differences, documents

from actionplan import cluster_crew
from actionplan.errors import ExitCode
from tests.conftest import Run

DOCUMENTS = 12
WAIT = 120.0  # seconds for what takes two, on a busy machine
CRASHING = """
import ctypes
from actionplan.convert import convert

def work(job):
    if job.name == "plan-01":
        ctypes.string_at(0)
    return convert(job)
"""
DRIVER = """
import sys
from pathlib import Path
from crashing import work
from actionplan import cluster
from actionplan.cluster_crew import ClusterSettings
from actionplan.convert import Job, Options
from actionplan.errors import ActionplanError
from actionplan.origins import file_source
from actionplan.stores import LocalStore

if __name__ == "__main__":
    address, inputs, out, seconds = sys.argv[1:]
    store = LocalStore(Path(out))
    store.make()
    paths = sorted(Path(inputs).glob("*.pdf"))[:4]
    jobs = [Job(file_source(path), path.stem, store, Options()) for path in paths]
    settings = ClusterSettings(connect=float(seconds), patience=float(seconds), tick=0.2)
    try:
        for outcome in cluster.run(work, jobs, address, print, settings=settings):
            print(outcome.name, outcome.state, outcome.message)
    except ActionplanError as error:
        print(type(error).__name__, error)
"""


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment with a copy of the program, which stays as it is."""
    folder = tmp_path_factory.mktemp("program")
    found = frozen_program(folder)
    (folder / "crashing.py").write_text(CRASHING, encoding="utf-8")
    (folder / "driver.py").write_text(DRIVER, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plans of a page, and one file that is none."""
    folder = tmp_path_factory.mktemp("plans")
    for seed in range(DOCUMENTS):
        (folder / f"plan-{seed:02}.pdf").write_bytes(made(seed, 1)[0])
    (folder / "no-plan.pdf").write_bytes(b"no PDF")
    return folder


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory, plans: Path, env: dict[str, str]) -> Path:
    """What a run on this machine writes."""
    out = tmp_path_factory.mktemp("calm") / "out"
    assert convert(env, plans, out).returncode == ExitCode.SOME_FAILED
    return out


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory, env: dict[str, str]) -> Iterator[DaskHere]:
    """A scheduler with two workers."""
    with DaskHere(tmp_path_factory.mktemp("dask"), 2, env) as running:
        yield running


def command(plans: Path, out: Path, *options: str) -> list[str]:
    """The command line of a conversion."""
    return [sys.executable, "-m", "actionplan", "convert", str(plans), "-o", str(out), *options]


def convert(
    env: dict[str, str], plans: Path, out: Path, *options: str, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Convert to the end."""
    return subprocess.run(
        command(plans, out, *options),
        env=env,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=WAIT,
    )


def drive(
    env: dict[str, str], address: str, plans: Path, out: Path, seconds: float = WAIT
) -> list[str]:
    """Convert four plans by the Python function, with a work that crashes on one; its lines."""
    script = Path(env["PYTHONPATH"]) / "driver.py"
    arguments = [sys.executable, str(script), address, str(plans), str(out), str(seconds)]
    ran = subprocess.run(arguments, env=env, capture_output=True, text=True, timeout=WAIT)
    assert not ran.stderr
    return ran.stdout.splitlines()


def until(true: Callable[[], Any], process: subprocess.Popen[str]) -> None:
    """Wait until something holds, while the process runs."""
    deadline = time.monotonic() + WAIT
    while not true():
        assert process.poll() is None, "it ended before"
        assert time.monotonic() < deadline
        time.sleep(0.02)


def results(out: Path) -> int:
    """Number of plan files."""
    return len(list(out.glob("*.plan.json")))


def test_a_cluster_gives_the_bytes_that_one_machine_gives(
    tmp_path: Path, plans: Path, calm: Path, env: dict[str, str], dask: DaskHere
) -> None:
    out = tmp_path / "out"
    here = plans.parent  # relative paths: workers have other working folders
    paths = Path(plans.name), Path(os.path.relpath(out, here))
    ran = convert(env, *paths, "--cluster", dask.address, cwd=here)
    assert ran.returncode == ExitCode.SOME_FAILED
    assert f"cluster {dask.address}" in ran.stderr
    assert "dashboard http://127.0.0.1:" in ran.stderr
    assert "no-plan.pdf: not a PDF" in ran.stderr
    assert differences(calm, out) == ["failures.csv"]  # it has the paths as they were given
    again = convert(env, *paths, "--cluster", dask.address, cwd=here)
    assert f"{DOCUMENTS} unchanged, 1 failed" in again.stderr


def test_killed_workers_and_a_restarted_scheduler_leave_each_result_once(
    tmp_path: Path, plans: Path, calm: Path, env: dict[str, str]
) -> None:
    out = tmp_path / "out"
    with DaskHere(tmp_path / "dask", 2, env) as dask:
        process = subprocess.Popen(
            command(plans, out, "--cluster", dask.address),
            env=env,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            until(lambda: results(out) >= 1, process)
            dask.workers()[0].kill()  # its nanny starts another one
            until(lambda: results(out) >= 3 and document_processes(dask.workers()), process)
            document_processes(dask.workers())[0].kill()
            until(lambda: results(out) >= 5, process)
            assert dask.scheduler
            dask.scheduler.kill()
            dask.scheduler.wait()
            deadline = time.monotonic() + WAIT
            while process.poll() is None and time.monotonic() < deadline:
                dask.keep_up()
                time.sleep(0.05)
            _, err = process.communicate(timeout=WAIT)
        finally:
            kill_family(process)
    assert process.returncode == ExitCode.SOME_FAILED
    assert "lost the scheduler" in err
    assert "reached the scheduler again" in err
    assert differences(calm, out) == []
    names = [one["name"] for one in documents(out)]
    assert len(names) == len(set(names)) == DOCUMENTS + 1


def test_a_crash_costs_the_document_and_no_worker(
    tmp_path: Path, plans: Path, env: dict[str, str], dask: DaskHere
) -> None:
    before = {worker.pid for worker in dask.workers()}
    _, *lines = drive(env, dask.address, plans, tmp_path / "out")
    states = {line.split()[0]: line.split()[1] for line in lines}
    assert states == {"no-plan": "failed", "plan-00": "converted", "plan-01": "failed",
                      "plan-02": "converted"}  # fmt: skip
    assert "the process that read it died 2 times (it crashed: SIGSEGV)" in "".join(lines)
    assert {worker.pid for worker in dask.workers()} == before


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("\n# changed\n", "has other code or components than it has here"),
        ("\nraise ModuleNotFoundError('not here')\n", "it has no actionplan, or another version"),
    ],
    ids=["changed", "missing"],
)
def test_workers_with_another_program_are_refused(
    change: str, problem: str, tmp_path: Path, plans: Path, env: dict[str, str]
) -> None:
    other = tmp_path / "other"
    shutil.copytree(TREE, other / "actionplan", ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "actionplan" / "__init__.py").open("a", encoding="utf-8") as file:
        file.write(change)
    with DaskHere(tmp_path / "dask", 1, env | {"PYTHONPATH": str(other)}) as dask:
        ran = convert(env, plans, tmp_path / "out", "--cluster", dask.address)
    assert ran.returncode == ExitCode.SOME_FAILED
    assert problem in ran.stderr
    assert "install" in ran.stderr
    assert results(tmp_path / "out") == 0


def test_it_waits_for_scheduler_and_workers_and_not_forever(
    tmp_path: Path, plans: Path, env: dict[str, str]
) -> None:
    with DaskHere(tmp_path / "dask", 0, env) as dask:
        lines = drive(env, dask.address, plans, tmp_path / "out", 1.0)
        assert "no worker is there yet; waiting for one" in lines
        assert lines[-1].startswith("ClusterError no worker for")
    lines = drive(env, dask.address, plans, tmp_path / "out", 1.0)
    assert lines[-1].startswith(f"ClusterError {dask.address} cannot be reached")


def test_ctrl_c_ends_workers_of_our_own_and_the_next_run_goes_on(
    tmp_path: Path, plans: Path, calm: Path, env: dict[str, str]
) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen(
        command(plans, out, "--cluster", "local:2"),
        env=env,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        until(lambda: results(out) >= 2, process)
        family = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        _, err = process.communicate(timeout=WAIT)
    finally:
        kill_family(process)
    assert process.returncode == ExitCode.INTERRUPTED
    told = err.splitlines()
    assert told[-1].startswith("interrupted, ")
    assert told[-1].endswith("give the same command again to go on")
    assert "Traceback" not in err
    assert psutil.wait_procs(family, timeout=WAIT)[1] == []
    assert convert(env, plans, out).returncode == ExitCode.SOME_FAILED
    assert differences(calm, out) == []


def test_a_cluster_with_certificates(tmp_path: Path, plans: Path, env: dict[str, str]) -> None:
    made_up = distributed.Security.temporary()
    names = {"CA_FILE": "tls_ca_file"}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        names |= {
            f"{role}__{what}": f"tls_{role.lower()}_{what.lower()}" for what in ("CERT", "KEY")
        }
    with_certificates = dict(env)
    for name, attribute in names.items():
        path = tmp_path / f"{name}.pem"
        path.write_text(getattr(made_up, attribute), encoding="ascii")
        with_certificates[f"DASK_DISTRIBUTED__COMM__TLS__{name}"] = str(path)
    with DaskHere(tmp_path / "dask", 1, with_certificates, scheme="tls") as dask:
        lines = drive(with_certificates, dask.address, plans, tmp_path / "out")
        assert "plan-00 converted " in lines
        lines = drive(env, dask.address, plans, tmp_path / "out", 1.0)
        assert lines[-1].startswith(
            f"ClusterError {dask.address} cannot be reached: no certificates"
        )


@pytest.mark.parametrize(
    "address", ["localhost:8786", "http://localhost:8786", "tcp://localhost", "local:0", "local:x"]
)
def test_what_is_no_address_is_said_at_once(
    address: str, run: Run, sample: Path, tmp_path: Path
) -> None:
    ran = run("convert", sample, "-o", tmp_path, "--cluster", address)
    assert ran.code == ExitCode.USAGE
    assert "give tcp://HOST:PORT, tls://HOST:PORT, or local:N" in ran.err


def test_without_dask_the_extra_is_named(
    run: Run, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_crew, "find_spec", lambda name: None)
    ran = run("convert", sample, "-o", tmp_path, "--cluster", "local:1")
    assert ran.code == ExitCode.MISSING_COMPONENT
    assert "pip install 'actionplan[cluster]'" in ran.err
