"""Camelot is asked about tables without rules of which our reading is unsure, and no others."""

from __future__ import annotations

import pytest

from actionplan import read, read_tables
from actionplan.extract import by_camelot
from actionplan.schemas.tables import ReadOptions, TableDocument
from tests.extract.pages import ROOT

SAMPLES = ROOT / "samples"
OWN_WORDS = SAMPLES / "thornlea-own-words.pdf"
BORDERLESS = SAMPLES / "aldersyke-white-space.pdf"
FORCED = ReadOptions(engine="camelot")


def _by_camelot(document: TableDocument) -> list[int]:
    return [page for code, page, message in document.warnings if "camelot" in message]


def _sound(document: TableDocument) -> bool:
    return all(page.lost == page.duplicated == 0 for page in document.audit)


def test_a_table_under_headers_that_nobody_knows_is_read_by_camelot() -> None:
    assert read_tables(OWN_WORDS, options=ReadOptions(engine="pdfium")).tables == []
    document = read_tables(OWN_WORDS)
    assert _by_camelot(document) == [1]
    assert _sound(document)
    plan = read(OWN_WORDS)
    assert [record.number for record in plan.recommendations] == ["1", "2", "3", "4", "5"]
    assert plan.recommendations[3].target.edtf == "2022-04"
    assert all("second-reader" in {i.code for i in r.issues} for r in plan.recommendations)


def test_it_is_asked_on_no_sample_with_a_sure_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(by_camelot, "_Camelot", refuse)
    for name in ("harrowmere-five-columns", "velmouth-web-style", "aldersyke-white-space"):
        assert read_tables(SAMPLES / f"{name}.pdf").tables


@pytest.mark.parametrize("path", sorted((SAMPLES / "other").glob("*.pdf")), ids=lambda p: p.stem)
def test_it_makes_no_table_of_what_is_none(path: object) -> None:
    document = read_tables(path)  # type: ignore[arg-type]
    assert _by_camelot(document) == []


def test_forced_it_reads_pages_without_ruled_tables_and_loses_no_word() -> None:
    document = read_tables(BORDERLESS, options=FORCED)
    assert _by_camelot(document)
    assert _sound(document)


def test_forced_it_leaves_ruled_tables_as_they_are() -> None:
    path = SAMPLES / "velmouth-web-style.pdf"
    forced = read_tables(path, options=FORCED)
    assert [t.rows for t in forced.tables] == [t.rows for t in read_tables(path).tables]


def test_its_failure_costs_nothing_but_its_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("camelot.io.read_pdf", fail)
    document = read_tables(OWN_WORDS)
    assert document.tables == []
    assert _sound(document)
    assert [code for code, _, _ in document.warnings] == ["second-reader"]
    assert "camelot failed" in document.warnings[0][2]
