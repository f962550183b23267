"""How sure is sure: join decisions and rows by their confidence, on samples set anew.

Each sample without merged cells is printed again on pages of many heights, with its header on every
page or on the first one only, so that page breaks fall elsewhere in its rows. The truth stays the
same.

python benchmarks/calibration.py [--wrong]
"""

from __future__ import annotations

import argparse
import copy
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from actionplan import read_tables
from actionplan.schemas.tables import Join, LogicalTable
from samples.producers import reportlab
from samples.source import Para, Row, Sample, Table, load
from samples.truth import truth_of

SOURCES = Path(__file__).resolve().parent.parent / "samples" / "sources"
BOTTOMS = [2.0, 4.1, 5.3, 6.2, 7.4, 8.3, 9.5, 10.6]
# What this printer cannot print as it is meant: forms, letters of odd kinds, tables of a narrative.
OTHERS = {"form", "label-lines", "long-report", "text-trouble"}
BINS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0001]
Seen = tuple[float, bool, str]


def main() -> None:
    """Print a reliability table for joins and one for rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="list each wrong join")
    options = parser.parse_args()
    joins: list[Seen] = []
    rows: list[Seen] = []
    with tempfile.TemporaryDirectory() as folder:
        for sample in _reset():
            target = Path(folder) / "sample.pdf"
            reportlab.produce(sample, target)
            tables = read_tables(target).tables
            told = truth_of(sample)
            known = told["tables"] + told.get("other_tables", [])
            truth = {_letters(row) for table in known for row in table["rows"]}
            for table in tables:
                joins += _joins(table, truth, sample.name)
                rows += _rows(table, truth, sample.name)
    _print("page breaks inside tables", joins)
    _print("rows", rows)
    if options.wrong:
        print("\n" + "\n".join(f"- {sure:.3f} {what}" for sure, right, what in joins if not right))


def _reset() -> Iterator[Sample]:
    for path in sorted(SOURCES.glob("*.toml")):
        sample = load(path)
        plain = all(not {"span", "band"} & row.says.keys() for t in sample.tables for row in t.rows)
        kinds = set(tomllib.loads(path.read_text(encoding="utf-8")).get("kinds", []))
        if not plain or sample.producer not in ("docx", "reportlab") or kinds & OTHERS:
            continue
        for bottom in BOTTOMS:
            for repeat, bare in product((True, False), repeat=2):
                again = copy.deepcopy(sample)
                top, side, _ = sample.page.get("margins", [2.0, 2.0, 2.0])
                again.page["margins"] = [top, side, bottom]
                for table in again.tables:
                    table.says["repeat_header"] = repeat
                yield _bare(again) if bare else again


def _bare(sample: Sample) -> Sample:
    """Take labels and number columns out: what is left are the texts."""
    tables = []
    for table in sample.tables:
        at = [k for k, key in enumerate(table.keys) if key not in ("no", "num", "number", "ref")]
        rows = [
            Row({key: _unlabelled(paras) for key, paras in row.cells.items()}, row.says)
            for row in table.rows
        ]
        columns, keys = ([values[k] for k in at] for values in (table.columns, table.keys))
        widths = [table.widths[k] for k in at]
        tables.append(Table(columns, keys, widths, rows, table.says))
    return replace(sample, name=f"{sample.name} bare", tables=tables)


def _unlabelled(paras: list[Para]) -> list[Para]:
    return [
        Para(para.text, text=para.text) if para.tag == "label" else para
        for para in paras
        if para.tag != "label" or para.text
    ]


def _letters(cells: Sequence[str]) -> str:
    """Cell texts without what lines and hyphens change."""
    return "|".join(re.sub(r"[\W_]+", "", text).casefold() for text in cells)


def _joins(table: LogicalTable, truth: set[str], name: str) -> Iterator[Seen]:
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    for join in table.joins:
        own = texts[join.row]
        if join.joined:
            right = _letters(own) in truth
        elif join.row + 1 < len(texts):
            whole = [f"{a} {b}" for a, b in zip(own, texts[join.row + 1], strict=True)]
            right = _letters(whole) not in truth
        else:
            continue
        yield join.confidence, right, _told(name, join)


def _told(name: str, join: Join) -> str:
    evidence = ", ".join(f"{e.name} {e.weight:+.1f} ({e.detail})" for e in join.evidence)
    return f"{name} p. {join.page} {'joined' if join.joined else 'apart'} {join.score}: {evidence}"


def _rows(table: LogicalTable, truth: set[str], name: str) -> Iterator[Seen]:
    for row in table.rows:
        text = _letters([cell.text for cell in row.cells])
        yield row.confidence, text in truth, f"{name}: {text[:60]}"


def _print(title: str, seen: Sequence[Seen]) -> None:
    print(f"\n| {title}: confidence | number | mean confidence | share right |")
    print("| --- | --- | --- | --- |")
    for low, high in pairwise(BINS):
        inside = [(sure, right) for sure, right, _ in seen if low <= sure < high]
        if inside:
            mean = sum(sure for sure, _ in inside) / len(inside)
            share = sum(right for _, right in inside) / len(inside)
            print(f"| {low:.2f} to {min(high, 1):.2f} | {len(inside)} | {mean:.3f} | {share:.3f} |")
    right = sum(right for _, right, _ in seen) / max(len(seen), 1)
    print(f"| all | {len(seen)} | | {right:.3f} |")


if __name__ == "__main__":
    main()
