"""A whole library to records: time, scaling, memory, and others' table step on the same files.

    python benchmarks/batch.py [--plans 650] [--pages 24] [--jobs 1 2] [--no-peers]

The plans are made up once (`made_pdfs.py`) and kept in ``.bench/``. Each run is a process of its
own into a fresh folder. Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from made_pdfs import make_folder
from peers import CACHE, Worker, ended
from processes import Weighed, weigh

COMMAND = [sys.executable, "-m", "actionplan"]
PEERS = ("pdfplumber lines", "camelot lattice", "tablers lines", "liteparse blocks")
PEER_FILES = 2


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=650)
    parser.add_argument("--pages", type=int, default=24)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--no-peers", action="store_true", help="time this project alone")
    chosen = parser.parse_args()
    plans = make_folder(CACHE / f"plans-{chosen.plans}x{chosen.pages}", chosen.plans, chosen.pages)
    pages = chosen.plans * chosen.pages
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        start = _start_up(work, plans / "plan-00000.pdf")
        runs = {jobs: _run(plans, work / f"jobs-{jobs}", jobs) for jobs in chosen.jobs}
        outputs = [work / f"jobs-{jobs}" for jobs in chosen.jobs]
        again = _run(plans, outputs[-1], chosen.jobs[-1])
        wrong = list(_wrong(plans, outputs[-1]))
        same = all(_same(outputs[0], other) for other in outputs[1:])
    _print(chosen.plans, pages, start, runs, again)
    print(f"\nRecords that differ from what was written: {len(wrong)} {wrong[:3] or ''}")
    if len(runs) > 1:
        print(f"Results byte for byte: {'the same' if same else 'DIFFERENT'}\n")
    if not chosen.no_peers:
        _peers(plans, {jobs: pages / run.seconds for jobs, run in runs.items()})


def _start_up(work: Path, plan: Path) -> float:
    """Seconds of a run over one plan that is known: what a run costs beside its documents."""
    command = [*COMMAND, "convert", str(plan), "-o", str(work / "one"), "--quiet"]
    weigh(command)
    return median(weigh(command).seconds for _ in range(3))


def _run(plans: Path, out: Path, jobs: int) -> Weighed:
    done = weigh([*COMMAND, "convert", str(plans), "-o", str(out), "-j", str(jobs), "--quiet"])
    if done.code:
        raise SystemExit(f"convert -j {jobs} ended with {done.code}")
    return done


def _print(plans: int, pages: int, start: float, runs: dict[int, Weighed], again: Weighed) -> None:
    print(f"\n{plans} plans, {pages} pages; start-up {start:.2f} s\n")
    print(
        "| jobs | seconds | documents/s | pages/s | "
        "parent MB | worker MB | worker MB by quarters of the run |"
    )
    print("| --- " * 7 + "|")
    for jobs, run in runs.items():
        quarters = ", ".join(f"{value:.0f}" for value in run.quarters)
        print(
            f"| {jobs} | {run.seconds:.1f} | {plans / run.seconds:.1f} | {pages / run.seconds:.0f} "
            f"| {run.parent:.0f} | {run.worker:.0f} | {quarters} |"
        )
    first, *others = runs
    for jobs in others:
        gain = runs[first].seconds / runs[jobs].seconds
        print(f"\nScaling from {first} to {jobs} jobs: {gain:.2f}")
    print(f"The same again, nothing to do: {again.seconds:.1f} s")


def _wrong(plans: Path, out: Path) -> Iterator[str]:
    """Places where a plan file does not say what its PDF was made to say."""
    truth: dict[str, list[dict[str, Any]]] = json.loads((plans / "truth.json").read_text("utf-8"))
    for name, said in truth.items():
        plan = json.loads((out / f"{name}.plan.json").read_text("utf-8"))
        records = plan["recommendations"]
        if len(records) != len(said):
            yield f"{name}: {len(records)} records of {len(said)}"
            continue
        for record, one in zip(records, said, strict=True):
            found = [record["number"], record["text"], record["target"]["text"]]
            found += [" ".join(action["text"] for action in record["actions"])]
            found += [[update["label"], update["text"]] for update in record["updates"]]
            true = [one["number"], one["text"], one["target"], one["action"], *one["updates"]]
            if found != true:
                yield f"{name}: record {one['number']}"


def _same(first: Path, second: Path) -> bool:
    names = sorted(path.name for path in first.iterdir() if path.suffix in (".json", ".csv"))
    names = [name for name in names if name != "run.json"]  # it tells the times
    return names == sorted(
        path.name
        for path in second.iterdir()
        if path.suffix in (".json", ".csv") and path.name != "run.json"
    ) and all((first / name).read_bytes() == (second / name).read_bytes() for name in names)


def _peers(plans: Path, rates: dict[int, float]) -> None:
    """Pages a second of others' table step, and how many times that the whole command reaches.

    Args:
        plans: the folder.
        rates: pages a second of the whole command, by jobs.
    """
    files = sorted(plans.glob("*.pdf"))[:PEER_FILES]
    workers = {name: Worker(name, answers="time") for name in ("actionplan", *PEERS)}
    with ended(workers):
        answers = {name: [worker.read(path) for path in files] for name, worker in workers.items()}
    heads = [f"ours, whole command, jobs: {jobs}" for jobs in rates]
    print(f"| what | pages/s | {' | '.join(heads)} |")
    print("| --- " * (2 + len(heads)) + "|")
    for name, each in answers.items():
        if not all(answer.get("wall") for answer in each):
            print(f"| {name} | failed |{' |' * len(heads)}")
            continue
        rate = sum(answer["pages"] for answer in each) / sum(answer["wall"] for answer in each)
        ours = " | ".join(f"{whole / rate:.2f} times" for whole in rates.values())
        print(f"| {name}, tables only | {rate:.1f} | {ours} |")


if __name__ == "__main__":
    main()
