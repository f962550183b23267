"""Reading speed against pdfplumber in the same run, and the times of whole commands.

python benchmarks/speed.py PDF... [--rounds N] [--pages N] [--commands PDF]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's pool doubles CPU time of short runs

import pdfplumber

from actionplan.extract import read_tables
from actionplan.normalise.hints import plan_hints


def main() -> None:
    """Print one table for reading, one for commands."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdf", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5, help="runs of each reader, in turn")
    parser.add_argument("--command", type=Path, help="also time the command line on this PDF")
    options = parser.parse_args()
    print("| file | pages | pages/s | pdfplumber | ratio |\n| --- | --- | --- | --- | --- |")
    for path in options.pdf:
        print(_row(path, options.rounds), flush=True)
    if options.command:
        _commands(options.command, options.rounds)


def _row(path: Path, rounds: int) -> str:
    data, hints = path.read_bytes(), plan_hints()
    pages = len(read_tables(data, hints=hints).pages)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(_cpu(lambda: read_tables(data, hints=hints)))
        theirs.append(_cpu(lambda: _other(data)))
    ratio = median(b / a for a, b in zip(ours, theirs, strict=True))
    return (
        f"| {path.name} | {pages} | {pages / median(ours):.0f} | {pages / median(theirs):.1f} "
        f"| {ratio:.1f} |"
    )


def _other(data: bytes) -> None:
    with pdfplumber.open(BytesIO(data)) as document:
        for page in document.pages:
            page.extract_tables()


def _cpu(work: Callable[[], object]) -> float:
    """Seconds of processor time: other work on the machine counts less than in wall time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _commands(path: Path, rounds: int) -> None:
    command = [sys.executable, "-m", "actionplan"]
    with tempfile.TemporaryDirectory() as folder:
        cases = {
            "actionplan --version": [*command, "--version"],
            "actionplan --help": [*command, "--help"],
            f"actionplan convert {path.name}": [
                *command, "convert", str(path.resolve()), "-o", folder, "--force", "--quiet",
            ],
            f"actionplan tables {path.name}": [
                *command, "tables", str(path.resolve()), "-o", folder, "--quiet",
            ],
        }  # fmt: skip
        print("\n| command | seconds (median) | least | most |\n| --- | --- | --- | --- |")
        for name, arguments in cases.items():
            seconds = [_wall(arguments, folder) for _ in range(rounds)]
            print(f"| {name} | {median(seconds):.2f} | {min(seconds):.2f} | {max(seconds):.2f} |")


def _wall(arguments: list[str], folder: str) -> float:
    start = time.perf_counter()
    subprocess.run(arguments, check=True, capture_output=True, cwd=folder)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
