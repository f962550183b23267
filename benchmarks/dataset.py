"""Time and memory of `actionplan dataset build` over made-up plans.

    python benchmarks/dataset.py [--recommendations 20000]

Each build is a process of its own. Prints a Markdown table: the first build, the same again, with
one more file, and the links alone.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from made_plans import write_plans

_MEASURED = """
import resource, sys, time
start = time.perf_counter()
from actionplan.cli import main
code = main(sys.argv[1:])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(time.perf_counter() - start, peak, code)
"""


def build(plans: Path, target: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of one build."""
    command = [sys.executable, "-c", _MEASURED, "dataset", "build", str(plans), "-o", str(target)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, peak, code = done.stdout.split()
    if int(code):
        raise SystemExit(done.stderr)
    return float(seconds), int(peak) / (1024 * (1024 if sys.platform == "darwin" else 1))


def links(plans: Path) -> tuple[float, int]:
    """Seconds of finding the links from nothing, and how many there are."""
    from actionplan.normalise.dataset.digest import plan_digest, signatures
    from actionplan.normalise.dataset.links import find_links
    from actionplan.schemas.plan import Plan

    paths = sorted(plans.glob("*.plan.json"))
    digests = [plan_digest(Plan.model_validate_json(path.read_bytes())) for path in paths]
    start = time.perf_counter()
    hashes = [signatures(record.words for record in one.records) for one in digests]
    found = find_links(digests, hashes)
    return time.perf_counter() - start, len(found.rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Time and memory of dataset builds.")
    parser.add_argument("--recommendations", type=int, default=20_000)
    count = parser.parse_args().recommendations
    with tempfile.TemporaryDirectory() as folder:
        plans, target = Path(folder) / "plans", Path(folder) / "dataset"
        write_plans(plans, count)
        size = sum(path.stat().st_size for path in plans.iterdir()) / 1e6
        files = len(list(plans.iterdir()))
        print(f"{count} recommendations in {files} plan files of {size:.0f} MB\n")
        print("| build | seconds | peak memory, MB |\n| --- | ---: | ---: |")
        print("| first | {:.1f} | {:.0f} |".format(*build(plans, target)), flush=True)
        print("| nothing new | {:.1f} | {:.0f} |".format(*build(plans, target)), flush=True)
        write_plans(plans, 30, seed=2)
        print("| one file more | {:.1f} | {:.0f} |".format(*build(plans, target)), flush=True)
        seconds, found = links(plans)
        print(f"| links alone ({found} found) | {seconds:.1f} | |")


if __name__ == "__main__":
    main()
