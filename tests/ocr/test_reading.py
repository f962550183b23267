"""Scanned documents from the file to the records, with tesseract."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import actionplan
from actionplan.extract.ocr import engine
from actionplan.extract.ocr.settings import EngineSettings
from actionplan.extract.render import render_page
from actionplan.schemas.tables import ReadOptions, TableDocument
from tests.conftest import ROOT, Run
from tests.ocr.drawing import SIZE, TEXT, blank, grid, letter, needs_tesseract, pdf, turned, write

SCANS = ROOT / "samples" / "scans"
MIXED = SCANS / "wyndlesea-mixed.pdf"
TURNED = SCANS / "marlingate-turned.pdf"
FLAT = SCANS / "tarnwick-flatbed.pdf"


def _words(document: TableDocument) -> list[str]:
    return [word for _, line in document.iter_lines() for word in line.text.split()]


@needs_tesseract
def test_a_page_of_text_is_read_word_for_word(tmp_path: Path) -> None:
    path = pdf(tmp_path / "letter.pdf", turned(letter(), 1.2))
    document = actionplan.read_tables(path)
    assert document.image_pages == [1]
    assert _words(document) == [word for _ in range(6) for line in TEXT for word in line.split()]
    assert document.scans[1].back is not None


@needs_tesseract
def test_cells_are_read_one_by_one(tmp_path: Path) -> None:
    page = blank()
    grid(page, (60, 200, 340, 530), (100, 140, 300))
    for x, text in zip((66, 206, 346), ("Agree a form", "Head of Care", "May 2021"), strict=True):
        write(page, x, 160, text)
        write(page, x, 174, text)
    document = actionplan.read_tables(pdf(tmp_path / "table.pdf", turned(page, -0.8)))
    (table,) = document.tables
    body = [cell.text for cell in table.rows[-1].cells]
    assert body == ["Agree a form Agree a form", "Head of Care Head of Care", "May 2021 May 2021"]


@needs_tesseract
def test_boxes_are_those_of_the_page_as_it_is_shown() -> None:
    """On the picture that `render_page` makes, each box of a word holds ink, and most of it."""
    for path, page in ((FLAT, 1), (TURNED, 1), (TURNED, 2)):
        document = actionplan.read_tables(path)
        scan = document.scans[page]
        shown = np.asarray(render_page(path, page, scale=2).convert("L"))
        long = [
            (text, box) for text, box in zip(scan.text, scan.boxes, strict=True) if len(text) > 4
        ]
        for text, box in long:
            x0, y0, x1, y1 = (round(2 * value) for value in scan.on_page(box))
            ink = shown[max(y0, 0) : y1, max(x0, 0) : x1] < 120
            assert ink.mean() > 0.05, (path.name, text)


@needs_tesseract
def test_only_the_scanned_pages_of_a_document_are_recognised() -> None:
    document = actionplan.read_tables(MIXED)
    assert document.image_pages == [3, 4, 5]
    assert sorted(document.scans) == [3, 4, 5]
    assert document.ocr_seconds > 0


@needs_tesseract
def test_records_of_scans_are_less_sure_and_name_their_doubtful_words() -> None:
    plan = actionplan.read(SCANS / "thrushford-stamped.pdf")
    assert plan.document.scanned_pages == [1, 2, 3]
    assert all(record.confidence < 1 for record in plan.recommendations)
    doubts = [
        issue
        for record in plan.recommendations
        for issue in record.issues
        if issue.code == "ocr-low-confidence"
    ]
    assert doubts
    assert all("page " in issue.message and "%" in issue.message for issue in doubts)


@needs_tesseract
def test_what_was_recognised_is_kept_and_taken_again(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pdf(tmp_path / "letter.pdf", letter())
    first = actionplan.read_tables(path, resources=_resources(tmp_path))
    monkeypatch.setattr(engine, "_run", _refuse)
    again = actionplan.read_tables(path, resources=_resources(tmp_path))
    assert _words(again) == _words(first)
    for kept in (tmp_path / "kept").iterdir():
        kept.write_text("{", encoding="utf-8")
    damaged = actionplan.read_tables(path, resources=_resources(tmp_path))
    assert [code for code, _, _ in damaged.warnings] == ["scan-unread"]


def _resources(folder: Path) -> actionplan.schemas.tables.OcrResources:
    return actionplan.schemas.tables.OcrResources(cache=folder / "kept")


def _refuse(*_: object) -> tuple[int, str, str]:
    return 1, "", "read again"


@needs_tesseract
def test_a_page_that_takes_too_long_costs_that_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "tesseract"
    slow.write_text("#!/bin/sh\nexec sleep 600\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setattr(engine, "program", lambda: str(slow))
    with pytest.raises(engine.EngineError, match="more than 1 second"):
        engine.read_pictures([letter()], 3, "eng", 200, EngineSettings(seconds=1.0))


def test_a_born_digital_page_is_never_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[object] = []  # an error would be taken for that of a hostile page
    monkeypatch.setattr("actionplan.extract.ocr.detect._ink", lambda *a: drawn.append(a))
    monkeypatch.setattr("actionplan.extract.ocr.scans.draw_page", lambda *a: drawn.append(a))
    document = actionplan.read_tables(pdf(tmp_path / "own.pdf", "Words of its own."))
    assert drawn == []
    assert document.image_pages == []
    assert document.warnings == []


def test_never_leaves_scans_unread(tmp_path: Path) -> None:
    path = pdf(tmp_path / "letter.pdf", letter())
    document = actionplan.read_tables(path, options=ReadOptions(ocr="never"))
    assert document.image_pages == [1]
    assert document.scans == {}


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "program", lambda: None)


def test_without_tesseract_a_scan_ends_with_5_and_the_way_to_install_it(
    tmp_path: Path, run: Run, no_tesseract: None
) -> None:
    path = pdf(tmp_path / "letter.pdf", letter())
    shown = run("inspect", path)
    assert shown.code == 5
    assert "tesseract is not installed; install it with: " in shown.err


def test_without_tesseract_the_other_pages_are_read_and_the_scans_named(no_tesseract: None) -> None:
    document = actionplan.read_tables(MIXED)
    assert document.image_pages == [3, 4, 5]
    assert len(_words(document)) > 100
    unread = [(code, page) for code, page, _ in document.warnings]
    assert unread == [("scan-unread", 3), ("scan-unread", 4), ("scan-unread", 5)]


def test_a_language_without_data_is_named(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "program", lambda: "tesseract")
    monkeypatch.setattr(engine, "languages", lambda: frozenset({"eng"}))
    shown = run("inspect", pdf(tmp_path / "letter.pdf", letter()), "--ocr-language", "eng+cym")
    assert shown.code == 5
    assert "no language data for cym" in shown.err


def test_the_recogniser_is_part_of_what_a_result_depends_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from actionplan.scanning import recogniser

    shown = set()
    for version in ("", "tesseract 4.1 eng", "tesseract 5.3 eng"):
        monkeypatch.setattr(engine, "description", lambda version=version: version)
        shown.add(recogniser(ReadOptions()))
    assert len(shown) == 3
    assert recogniser(ReadOptions(ocr="never")) == ""


def test_a_picture_too_large_to_be_drawn_costs_its_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from actionplan.extract.ocr.picture import TooLargeError, draw_page
    from actionplan.extract.ocr.settings import OcrSettings, PictureSettings
    from actionplan.extract.pdfium import load_bytes, open_document

    path = pdf(tmp_path / "letter.pdf", letter())
    small = replace(OcrSettings(), picture=PictureSettings(max_source=1000))
    document = open_document(load_bytes(path))
    try:
        with pytest.raises(TooLargeError):
            draw_page(document[0], None, small)
        assert draw_page(document[0], None, OcrSettings()).size == pytest.approx(SIZE)
    finally:
        document.close()
