"""The board of the fields: how well single cells are read, by field and by way of writing.

python benchmarks/fields.py [leads ...] [--shapes] [--wrong] [--folder FOLDER]

Measures `tests/evaluation/` (its README says how the truth was decided). Cells at even places of a
file may be studied when errors are looked for; those at odd places are held out: they are counted,
and `--wrong` never shows them.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from field_cells import EVALUATION, READERS, Compared, Tally, Truth, cells

GOALS = {
    "leads": 0.95,
    "targets: EDTF": 0.98,
    "updates: label and date": 0.97,
    "updates: text": 0.97,
    "statuses": 0.92,
    "agencies": 0.95,
}
"""Least F1 that is wanted."""
Row = tuple[Truth, Compared]
Measured = Mapping[str, Sequence[Row]]


def main() -> None:
    """Print the board."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("fields", nargs="*", help=f"of {', '.join(READERS)}; default: all")
    parser.add_argument("--shapes", action="store_true", help="each way of writing by itself")
    parser.add_argument("--wrong", action="store_true", help="show wrong cells of the study half")
    parser.add_argument("--folder", type=Path, default=EVALUATION, help="other cells, same files")
    options = parser.parse_args()
    if unknown := set(options.fields) - set(READERS):
        parser.error(f"no such field: {', '.join(sorted(unknown))}")
    rows: Measured = {name: measure(name, options.folder) for name in options.fields or READERS}
    print(board(rows))
    if options.shapes:
        print("\n" + by_shape(rows))
    if options.wrong:
        for truth, compared in (row for one in rows.values() for row in one[::2]):
            if not compared.is_right:
                print(f"\n{truth['shape']}: {truth}\n  read: {compared.shown}")


def measure(name: str, folder: Path = EVALUATION) -> list[Row]:
    """Read every cell of one file."""
    return [(truth, READERS[name](truth)) for truth in cells(name, folder)]


def tallies(rows: Iterable[Row]) -> dict[str, Tally]:
    """Sum the counts of each measure."""
    sums: dict[str, Tally] = defaultdict(Tally)
    for _, compared in rows:
        for measure_name, counts in compared.counts.items():
            sums[measure_name].add(*counts)
    return sums


def board(rows: Measured) -> str:
    """Return the table of all measures, with the two halves apart."""
    titles = (
        "measure",
        "cells",
        "true",
        "precision",
        "recall",
        "F1",
        "wanted",
        "study",
        "held out",
    )
    lines = [_line(titles), _line(["---"] * len(titles))]
    for one in rows.values():
        study, held = tallies(one[::2]), tallies(one[1::2])
        for name, tally in tallies(one).items():
            goal = f"{GOALS[name]:.2f}" if name in GOALS else ""
            figures = [f"{x:.3f}" for x in (tally.precision, tally.recall, tally.f1)]
            halves = [f"{half[name].f1:.3f}" for half in (study, held)]
            if name == "targets: days invented":
                figures, goal = ["", "", str(tally.read)], "0"
                halves = [str(half[name].read) for half in (study, held)]
            lines.append(_line([name, str(len(one)), str(tally.true), *figures, goal, *halves]))
    return "\n".join(lines)


def by_shape(rows: Measured) -> str:
    """Return the table of the ways of writing, by each field's first measure."""
    titles = ("field", "shape", "cells", "precision", "recall", "F1", "cells wholly right")
    lines = [_line(titles), _line(["---"] * len(titles))]
    for name, one in rows.items():
        shapes: dict[str, list[Row]] = defaultdict(list)
        for row in one:
            shapes[row[0]["shape"]].append(row)
        first = next(iter(one[0][1].counts))
        for shape, some in shapes.items():
            tally = tallies(some)[first]
            whole = sum(compared.is_right for _, compared in some)
            figures = [f"{x:.2f}" for x in (tally.precision, tally.recall, tally.f1)]
            lines.append(_line([name, shape, str(len(some)), *figures, str(whole)]))
    return "\n".join(lines)


def _line(values: Iterable[str]) -> str:
    return f"| {' | '.join(values)} |"


if __name__ == "__main__":
    main()
