"""How long it takes from logical tables to records, with the start-up of what reads the cells.

python benchmarks/interpretation.py [--records N] [--rounds N]

One plan is made of the evaluation set's cells: every lead, target, progress and agency cell differs
from its neighbours, so that nothing that is kept of a cell makes the next one cheap. Each round is
a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from itertools import cycle, islice
from pathlib import Path
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


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        print(json.dumps(once(options.records)))
        return
    command = [sys.executable, __file__, "--once", "--records", str(options.records)]
    rounds = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(options.rounds)
    ]
    print(f"| step | seconds of processor time, median of {options.rounds} |")
    print("| --- | --- |")
    for step in rounds[0]:
        print(f"| {step} | {median(one[step] for one in rounds):.2f} |")


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


def plan(records: int) -> TableDocument:
    """Return a document of `records` recommendations, one row each."""
    columns = [
        islice(cycle(one["text"] for one in cells(name)), records)
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


if __name__ == "__main__":
    main()
