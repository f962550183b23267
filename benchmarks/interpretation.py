"""How long it takes from logical tables to records, with the start-up of what reads the cells.

python benchmarks/interpretation.py [--records N] [--rounds N] [--growth]

One plan is made of the evaluation set's cells: no two lead, target, progress or agency cells are
alike, so that nothing that is kept of a cell makes the next one cheap. Each round is a process of
its own. `--growth` tells how the time grows with the number of records.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count, islice, pairwise
from math import log
from pathlib import Path
from random import Random
from statistics import median

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's pool doubles CPU time of short runs
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from field_cells import cells

from actionplan.schemas.tables import TableDocument
from tests.normalise.tables import document, table

HEADERS = (
    "No", "Recommendation", "Action", "Lead agency", "Lead officer", "Target date", "Progress",
)  # fmt: skip
RECORDS = 600
GROWTH = (60, 600, 6000)
"""Records of the plans by which growth is measured."""
OTHER_AREA = 100
"""More than the times that any file of the set is gone through."""
WARM = 400
"""Records of the plan that is read before: more than any file of the set has cells."""
LOADED = "interpretation, lists and patterns loaded"


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", action="store_true", help="with more and more records")
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--loaded", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        print(json.dumps(loaded(options.records) if options.loaded else once(options.records)))
        return
    if options.growth:
        _print_growth(options.rounds)
        return
    took = _medians(options.records, options.rounds)
    print(f"| step | seconds of processor time, median of {options.rounds} |")
    print("| --- | --- |")
    for step, seconds in took.items():
        print(f"| {step} | {seconds:.2f} |")


def _print_growth(rounds: int) -> None:
    """Print the time of plans of `GROWTH` records, and the exponent from each to the next."""
    seconds = {records: _medians(records, rounds, "--loaded")[LOADED] for records in GROWTH}
    exponents = [
        log(seconds[more] / seconds[fewer]) / log(more / fewer) for fewer, more in pairwise(GROWTH)
    ]
    print("| records | seconds of processor time | exponent from the line above |")
    print("| --- | --- | --- |")
    for records, exponent in zip(GROWTH, ["", *(f"{one:.2f}" for one in exponents)], strict=True):
        print(f"| {records} | {seconds[records]:.2f} | {exponent} |")


def _medians(records: int, rounds: int, *more: str) -> dict[str, float]:
    """The seconds of each step, in processes of their own; `more`: further options."""
    command = [sys.executable, __file__, "--once", "--records", str(records), *more]
    all_ = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(rounds)
    ]
    return {step: median(one[step] for one in all_) for step in all_[0]}


def once(records: int) -> dict[str, float]:
    """Return the seconds of each step, in a process that has imported nothing of them."""
    made, took = plan(records), {}
    start = time.process_time()
    import spacy  # noqa: F401

    took["import of spaCy"] = time.process_time() - start
    start = time.process_time()
    from actionplan.normalise.nlp import pipeline

    pipeline()
    took["pipeline and model, beyond that"] = time.process_time() - start
    from actionplan.normalise.interpret import interpret

    start = time.process_time()
    found = interpret(made)
    took[f"interpretation of {len(found.recommendations)} recommendations"] = (
        time.process_time() - start
    )
    start = time.process_time()
    interpret(made)
    took["the same again, cells known"] = time.process_time() - start
    return took


def loaded(records: int) -> dict[str, float]:
    """Return the seconds of a plan after another, with which all lists and patterns came."""
    from actionplan.normalise.interpret import interpret

    interpret(plan(WARM, OTHER_AREA))
    made = plan(records, 1)  # each cell with an area, in short plans as in long ones
    start = time.process_time()
    interpret(made)
    return {LOADED: time.process_time() - start}


def plan(records: int, area: int = 0) -> TableDocument:
    """Return a document of `records` recommendations, one row each; other areas, other cells."""
    columns = [
        islice(_all_different(name, area), records)
        for name in ("agencies", "leads", "targets", "updates")
    ]
    rows = [
        (str(number), f"Agencies should review pathway {number} for referrals.", action, *texts)
        for number, (action, *texts) in enumerate(
            zip(
                (f"Review pathway {n} and brief staff." for n in range(records)),
                *columns,
                strict=True,
            ),
            1,
        )
    ]
    return document(table(HEADERS, rows))


def _all_different(name: str, area: int) -> Iterator[str]:
    """The cells of a file of the set, over and over; each time they speak of another area.

    They are shuffled, so that short plans have cells of all shapes, too.
    """
    mixed = Random(name).sample(cells(name), len(cells(name)))
    for number in count(area):
        for one in mixed:
            yield f"{one['text']} (area {number})" if number else one["text"]


if __name__ == "__main__":
    main()
