"""Pictures of more than the page: a desk around it, a view from one side, a stamp put on later."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

import actionplan
from actionplan.extract.ocr.clean import off_paper
from actionplan.extract.ocr.settings import OcrSettings
from actionplan.extract.ocr.square import squared, squaring
from tests.conftest import ROOT
from tests.ocr.drawing import SCALE, Grey, blank, grid, needs_tesseract

SETTINGS = OcrSettings()
SCANS = ROOT / "samples" / "scans"


def _table() -> Grey:
    page = blank()
    grid(page, (60, 200, 340, 530), (100, 200, 300, 420, 600, 760))
    return page


def test_a_page_seen_from_one_side_is_squared() -> None:
    page = _table()
    height, width = page.shape
    before = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    after = before + np.array([[40, 20], [-30, 0], [0, -20], [10, 0]], dtype=np.float32)
    bent = cv2.warpPerspective(
        page, cv2.getPerspectiveTransform(before, after), (width, height), borderValue=255
    )
    matrix = squaring(np.asarray(bent, dtype=np.uint8), SCALE, SETTINGS.square)
    assert matrix is not None
    again = squared(np.asarray(bent, dtype=np.uint8), matrix)
    assert squaring(again, SCALE, SETTINGS.square) is None
    rows = np.flatnonzero((again < 128).mean(axis=1) > 0.6)
    assert len(np.split(rows, np.flatnonzero(np.diff(rows) > 3) + 1)) == 6


def test_a_square_page_stays_as_it_is() -> None:
    assert squaring(_table(), SCALE, SETTINGS.square) is None


def test_what_lies_beside_the_sheet_is_seen() -> None:
    ground = np.full((200, 150), 90, dtype=np.uint8)
    ground[20:180, 15:140] = 240
    ground[60:80, 15:140] = 150  # a shade from edge to edge of the sheet
    outside = off_paper(ground, SETTINGS.picture)
    assert outside is not None
    assert outside[10, 70] and outside[100, 5]
    assert not outside[70, 70]
    assert off_paper(ground[25:175, 20:135], SETTINGS.picture) is None


@needs_tesseract
@pytest.mark.parametrize("page", [4, 5])
def test_words_that_the_file_puts_on_a_scan_are_taken_as_they_are(page: int) -> None:
    path: Path = SCANS / "wyndlesea-mixed.pdf"
    document = actionplan.read_tables(path)
    lines = [line for _, line in document.iter_lines() if line.page == page]
    stamp = [line for line in lines if line.text.startswith("Agenda")]
    assert [line.text for line in stamp] == [f"Agenda item 7, page {page}"]
    scan = document.scans[page]
    assert [scan.confidence[k] for k in stamp[0].words] == [1.0] * 5
