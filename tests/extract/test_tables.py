"""Stitched tables of every sample against its truth, cell by cell."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from actionplan.extract import read_tables
from actionplan.normalise.hints import plan_hints
from tests.extract.pages import PDFS, ROOT

TRUTHS = [pdf for pdf in PDFS if pdf.with_suffix(".truth.json").exists()]


def _plain(cell: str) -> str:
    return " ".join(cell.replace("\u00ad", "").split())


def _cases() -> list[ParameterSet]:
    """One case a sample; those that known_wrong_tables.toml names have to fail."""
    known = ROOT / "samples" / "known_wrong_tables.toml"
    reasons = tomllib.loads(known.read_text(encoding="utf-8"))
    return [
        pytest.param(
            pdf,
            id=pdf.stem,
            marks=pytest.mark.xfail(reason=reasons[pdf.stem]) if pdf.stem in reasons else (),
        )
        for pdf in TRUTHS
    ]


@pytest.mark.parametrize("pdf", _cases())
def test_rows_equal_the_truth(pdf: Path) -> None:
    """The plan's rows are exact and in order; there is no table of which nothing is told."""
    truth = json.loads(pdf.with_suffix(".truth.json").read_text(encoding="utf-8"))
    wanted, others = (
        [[_plain(cell) for cell in row] for table in truth.get(kind, []) for row in table["rows"]]
        for kind in ("tables", "other_tables")
    )
    headers = {tuple(_plain(text) for text in table["columns"]) for table in truth["tables"]}
    read: list[list[str]] = []
    for table in read_tables(pdf, hints=plan_hints()).tables:
        rows = [[_plain(cell.text) for cell in row.cells] for row in table.rows]
        assert any(row in wanted or row in others for row in rows), rows
        header = tuple(_plain(column.header) for column in table.columns)
        if header in headers or not any(header):
            read += [row for row in rows if row not in others]
    assert read == wanted


def test_there_are_truths() -> None:
    assert len(TRUTHS) >= 10
