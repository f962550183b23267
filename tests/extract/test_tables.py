"""Stitched tables of every sample against its truth, cell by cell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from actionplan.extract import read_tables
from actionplan.normalise.hints import plan_hints
from tests.extract.pages import PDFS

TRUTHS = [pdf for pdf in PDFS if pdf.with_suffix(".truth.json").exists()]


def _plain(cell: str) -> str:
    return " ".join(cell.replace("\u00ad", "").split())


@pytest.mark.parametrize("pdf", TRUTHS, ids=lambda path: path.stem)
def test_rows_equal_the_truth(pdf: Path) -> None:
    truth = json.loads(pdf.with_suffix(".truth.json").read_text(encoding="utf-8"))
    wanted = [[_plain(cell) for cell in row] for table in truth["tables"] for row in table["rows"]]
    document = read_tables(pdf, hints=plan_hints())
    known = [[_plain(column.header) for column in table.columns] for table in document.tables]
    headers = {tuple(_plain(text) for text in table["columns"]) for table in truth["tables"]}
    rows = [
        [_plain(cell.text) for cell in row.cells]
        for table, header in zip(document.tables, known, strict=True)
        if tuple(header) in headers or not any(header)
        for row in table.rows
    ]
    assert rows == wanted


def test_there_are_truths() -> None:
    assert len(TRUTHS) >= 10
