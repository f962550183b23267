"""Other programs that read tables, in an environment of their own, one process for each."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from table_scores import Rows, norm

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("ACTIONPLAN_BENCH", HERE.parent / ".bench"))
LIST = HERE / "peers.txt"
WORKER = HERE / "peer_worker.py"
INSTALL_SECONDS = 600
DOCUMENT_SECONDS = 180

# Every way of reading that is tried, with the package that has it.
READERS = {
    "pdfplumber lines": "pdfplumber",
    "pdfplumber text": "pdfplumber",
    "camelot lattice": "camelot-py",
    "camelot network": "camelot-py",
    "camelot hybrid": "camelot-py",
    "img2table ruled": "img2table",
    "img2table borderless": "img2table",
    "tablers lines": "tablers",
    "tablers text": "tablers",
    "liteparse blocks": "liteparse",
}

Answer = dict[str, Any]


@cache
def environment() -> Path:
    """Return the Python of the peers' environment, which is made where it is missing.

    It lies in ``.bench/`` (or the folder named by ``ACTIONPLAN_BENCH``), under a name that follows
    from `peers.txt`. A peer that cannot be installed is left out; `versions` tells which are there.
    """
    folder = CACHE / f"peers-{_hash(LIST.read_bytes())}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = folder / "installed"
    if not done.exists():
        print(f"making the peers' environment in {folder.name}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        lines = [line.split("#")[0].strip() for line in LIST.read_text("utf-8").splitlines()]
        wanted = [line for line in lines if line]
        if not _install(python, wanted):
            for one in wanted:
                _install(python, [one])
        done.touch()
    return python


def _install(python: Path, packages: list[str]) -> bool:
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    try:
        run = subprocess.run(
            [*command, *packages], capture_output=True, text=True, timeout=INSTALL_SECONDS
        )
    except subprocess.TimeoutExpired:
        return False
    return run.returncode == 0


@cache
def versions() -> dict[str, str]:
    """Name and version of each peer that is installed."""
    run = subprocess.run(
        [str(environment()), str(WORKER), "--versions"], capture_output=True, text=True, check=True
    )
    found: dict[str, str] = json.loads(run.stdout)
    return found


class Worker:
    """One reader's process; started again where a document's time limit or a crash ended it."""

    def __init__(self, reader: str, *, answers: str = "tables", checkout: Path | None = None):
        """Start nothing yet.

        Args:
            reader: a key of `READERS`, or ``actionplan`` for this project.
            answers: ``tables``, or ``time`` for the seconds alone.
            checkout: for this project: another checkout of it to run.
        """
        own = reader == "actionplan"
        python = sys.executable if own else str(environment())
        self._command = [python, str(WORKER), reader, str(DOCUMENT_SECONDS), answers]
        path = checkout or HERE.parent
        self._environ = {**os.environ, "PYTHONPATH": str(path / ".typing")} if own else None
        self._process: subprocess.Popen[str] | None = None

    def read(self, path: Path) -> Answer:
        """Return the worker's answer, or ``{"error": ...}``."""
        process = self._running()
        assert process.stdin and process.stdout
        process.stdin.write(f"{path.resolve()}\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if line:
            answer: Answer = json.loads(line)
            return answer
        self._process = None
        return {"error": f"ended by signal {-process.wait()} (14: time limit)"}

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=self._environ,
                text=True,
                encoding="utf-8",
            )
        return self._process

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.communicate()
            self._process = None


@contextmanager
def ended(workers: dict[str, Worker]) -> Iterator[dict[str, Worker]]:
    """End all `workers` on leaving."""
    try:
        yield workers
    finally:
        for worker in workers.values():
            worker.close()


def installed_readers() -> list[str]:
    """The readers whose package is installed."""
    return [reader for reader, package in READERS.items() if package in versions()]


def kept_answer(worker: Worker, reader: str, path: Path, *, fresh: bool = False) -> Answer:
    """Return the answer for `path`, out of ``.bench/answers/`` where it has been asked before.

    An answer is kept under the hashes of the file, the list of peers and the worker: it can only be
    the one that asking again would give. Failures are asked again.
    """
    key = _hash(path.read_bytes() + LIST.read_bytes() + WORKER.read_bytes() + reader.encode())
    place = CACHE / "answers" / f"{key}.json"
    if place.exists() and not fresh:
        kept: Answer = json.loads(place.read_text("utf-8"))
        return kept
    answer = worker.read(path)
    if "error" not in answer:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(answer), "utf-8")
    return answer


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def joined(fragments: list[Rows]) -> list[Rows]:
    """Return fragments joined by the best simple recipe.

    Fragments of equal width that follow each other are one table; rows that repeat its first are
    dropped.
    """
    out: list[Rows] = []
    width = 0
    for rows in (rows for rows in fragments if rows):
        here = max(map(len, rows))
        if not out or here != width:
            out.append([])
        width = here
        first = _key(out[-1][0] if out[-1] else rows[0])
        fresh = not out[-1]
        out[-1] += [row for at, row in enumerate(rows) if (fresh and not at) or _key(row) != first]
    return out


def _key(row: list[str]) -> list[str]:
    return [norm(cell).lower() for cell in row]
