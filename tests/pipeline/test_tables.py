"""The `tables` command: stitched tables of any document."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import actionplan
from tests.conftest import SAMPLES, Run

KEYS = ["section", "columns", "rows", "pages", "joins"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_each_table_is_written_whole(path: Path, tmp_path: Path, run: Run) -> None:
    ran = run("tables", path, "-o", tmp_path)
    assert ran.code == 0
    assert ran.out == ""
    value = json.loads((tmp_path / f"{path.stem}.tables.json").read_bytes())
    assert list(value) == ["tables", "warnings", "differences"]
    for number, table in enumerate(value["tables"], 1):
        assert list(table) == KEYS
        assert {len(row) for row in table["rows"]} <= {len(table["columns"])}
        with (tmp_path / f"{path.stem}.table-{number}.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            header, *body = csv.reader(file)
        assert header == table["columns"]
        assert len(body) == len(table["rows"])
        for join in table["joins"]:
            assert join["joined"] == (join["score"] > 0)


def test_all_text_of_a_cell_is_in_the_first_row_that_it_covers(tmp_path: Path, run: Run) -> None:
    for path in SAMPLES:
        run("tables", path, "-o", tmp_path, "--quiet")
        value = json.loads((tmp_path / f"{path.stem}.tables.json").read_bytes())
        for written, table in zip(
            value["tables"], actionplan.read_tables(path).tables, strict=True
        ):
            for cells, row in zip(written["rows"], table.rows, strict=True):
                assert cells == ["" if cell.covered else cell.text for cell in row.cells]


def test_tables_of_an_earlier_run_do_not_stay(tmp_path: Path, sample: Path, run: Run) -> None:
    stale = tmp_path / f"{sample.stem}.table-99.csv"
    other = tmp_path / "mine.table-99.csv"
    for path in (stale, other):
        path.touch()
    run("tables", sample, "-o", tmp_path)
    assert not stale.exists()
    assert other.exists()
