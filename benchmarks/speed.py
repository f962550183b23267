"""Reading speed against other programs in the same run, and the times of whole commands.

python benchmarks/speed.py PDF... [--rounds N] [--no-peers] [--before CHECKOUT] [--command PDF]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from math import isnan, nan
from pathlib import Path
from statistics import median

from peers import Answer, Worker, ended

OURS = "actionplan"
PEERS = ("tablers lines", "liteparse blocks", "pdfplumber lines")
CLOCKS = {"cpu": "processor time, all threads", "wall": "time on the clock"}


def main() -> None:
    """Print a table for reading by each clock, and one for commands."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdf", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5, help="runs of each reader, in turn")
    parser.add_argument("--no-peers", action="store_true", help="time this project alone")
    parser.add_argument("--before", type=Path, help="another checkout to compare with")
    parser.add_argument("--command", type=Path, help="also time the command line on this PDF")
    options = parser.parse_args()
    workers = {OURS: Worker(OURS, answers="time")}
    if options.before:
        workers["before"] = Worker(OURS, answers="time", checkout=options.before)
    if not options.no_peers:
        workers |= {name: Worker(name, answers="time") for name in PEERS}
    with ended(workers):
        times = {path: _rounds(workers, path, options.rounds) for path in options.pdf}
    for clock in CLOCKS if options.pdf else ():
        _print(times, list(workers), clock)
    if options.command:
        _commands(options.command, options.rounds)


def _rounds(workers: dict[str, Worker], path: Path, rounds: int) -> dict[str, list[Answer]]:
    """Every reader in turn, `rounds` times: what slows the machine slows them all."""
    out: dict[str, list[Answer]] = {name: [] for name in workers}
    for _ in range(rounds):
        for name, worker in workers.items():
            out[name].append(worker.read(path))
    return out


def _print(times: dict[Path, dict[str, list[Answer]]], names: list[str], clock: str) -> None:
    """One line a file: pages a second, and how many times as fast we are."""
    others = [name for name in names if name != OURS]
    print(f"\nPages a second, {CLOCKS[clock]} (in brackets: ours as a multiple):\n")
    print(f"| file | pages | {' | '.join(names)} |\n{'| --- ' * (len(names) + 2)}|")
    seconds: dict[str, list[list[float]]] = {name: [] for name in names}
    pages = [answers[OURS][0]["pages"] for answers in times.values()]
    for answers in times.values():
        for name in names:
            seconds[name].append([answer.get(clock, nan) for answer in answers[name]])
    for at, path in enumerate(times):
        here = {name: seconds[name][at] for name in names}
        print(f"| {path.name} | {pages[at]} | {' | '.join(_cells(here, pages[at], others))} |")
    if len(times) > 1:
        whole = {
            name: [sum(rounds) for rounds in zip(*seconds[name], strict=True)] for name in names
        }
        print(f"| all | {sum(pages)} | {' | '.join(_cells(whole, sum(pages), others))} |")


def _cells(seconds: dict[str, list[float]], pages: int, others: list[str]) -> list[str]:
    """Our pages a second, and everyone else's with the ratio: the median of the rounds."""
    cells = [f"{pages / median(seconds[OURS]):.0f}"]
    for name in others:
        if any(isnan(took) for took in seconds[name]):
            cells.append("failed")
            continue
        ratio = median(b / a for a, b in zip(seconds[OURS], seconds[name], strict=True))
        cells.append(f"{pages / median(seconds[name]):.0f} ({ratio:.2f})")
    return cells


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
