"""The second reader builds the same pages as the first, and steps in where that fails."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from reportlab.lib.colors import CMYKColor
from reportlab.pdfgen.canvas import Canvas

from actionplan.extract import ReadError, read_tables, readers
from actionplan.extract.audit import audit_words
from actionplan.extract.layout import PageLayout
from actionplan.extract.pdfium import open_document
from actionplan.extract.plumber import PlumberDocument
from actionplan.extract.read import read_pages
from actionplan.schemas.tables import PageAudit, ReadOptions, TableDocument
from tests.extract.pages import ROOT

SAMPLES = ROOT / "samples"
# One of each producer, and of pages that are turned, striped, or hold a slanted watermark.
NAMES = [
    "ashenwick-cut-words",
    "fennimoor-turned-pages",
    "lorringham-no-numbers",
    "dunmarrow-level-actions",
    "velmouth-web-style",
]
BY_PLUMBER = ReadOptions(engine="pdfplumber")


def _texts(document: TableDocument) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def _both(data: bytes) -> list[tuple[PageLayout, PageLayout]]:
    first = open_document(data)
    second = PlumberDocument(data)
    pairs = []
    for number, ours in read_pages(first):
        theirs = second.layout(number)
        assert ours is not None
        assert theirs is not None
        pairs.append((ours, theirs))
    first.close()
    second.close()
    return pairs


def _letters(layout: PageLayout) -> Counter[str]:
    return Counter("".join(layout.words.text).replace("\u00ad", "-"))


@pytest.mark.parametrize("name", NAMES)
def test_both_readers_see_the_same_page(name: str) -> None:
    for ours, theirs in _both((SAMPLES / f"{name}.pdf").read_bytes()):
        assert _letters(ours) == _letters(theirs)
        assert (theirs.page, theirs.turn) == (ours.page, ours.turn)
        assert (theirs.width, theirs.height) == pytest.approx((ours.width, ours.height), abs=0.1)
        assert int(theirs.words.bold.sum()) == int(ours.words.bold.sum())
        assert theirs.rules.vertical.shape == ours.rules.vertical.shape
        np.testing.assert_allclose(theirs.rules.vertical, ours.rules.vertical, atol=1.0)


@pytest.mark.parametrize("name", NAMES)
def test_the_second_reader_alone_reads_the_same_rows(name: str) -> None:
    data = (SAMPLES / f"{name}.pdf").read_bytes()
    second = read_tables(data, options=BY_PLUMBER)
    assert _texts(second) == _texts(read_tables(data))
    assert all(page.lost == page.duplicated == 0 for page in second.audit)


def _page(**places: float) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300))
    canvas.setFont("Helvetica-Bold", 12)
    canvas.setFillColor(CMYKColor(0, 1, 1, 0))
    canvas.drawString(places.get("x", 50), places.get("y", 200), "Red and bold")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_size_weight_and_colour_of_words() -> None:
    ((_, theirs),) = _both(_page())
    assert theirs.words.text == ["Red", "and", "bold"]
    assert theirs.words.bold.all()
    assert theirs.words.size == pytest.approx([12, 12, 12], abs=0.5)
    assert theirs.words.colour.tolist() == [[255, 0, 0]] * 3


def test_letters_printed_twice_are_read_once() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    for shift in (0, 0.3):
        canvas.drawString(72 + shift, 700, "Recommendation")
    canvas.save()
    layout = PlumberDocument(out.getvalue()).layout(1)
    assert layout is not None
    assert layout.words.text == ["Recommendation"]


def test_a_vertical_rule_parts_a_word() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(72, 700, "yes")
    right = 72 + canvas.stringWidth("yes", "Helvetica", 10)
    canvas.drawString(right + 1.6, 700, "no")
    canvas.line(right + 0.8, 690, right + 0.8, 720)
    canvas.save()
    layout = PlumberDocument(out.getvalue()).layout(1)
    assert layout is not None
    assert layout.words.text == ["yes", "no"]


def test_what_it_cannot_open_is_damaged() -> None:
    for data in (b"", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\x00\xff" * 900):
        with pytest.raises(ReadError) as caught:
            PlumberDocument(data)
        assert caught.value.reason == "damaged"


def test_a_page_it_does_not_have_is_none() -> None:
    opened = PlumberDocument(_page())
    assert (opened.layout(0), opened.layout(2)) == (None, None)


def test_a_page_that_pdfium_cannot_load_is_read_by_pdfplumber(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = SAMPLES / "kestlewold-two-agencies.pdf"
    whole = read_tables(path)
    _refuse(monkeypatch, page=3)
    mended = read_tables(path)
    assert _texts(mended) == _texts(whole)
    assert mended.warnings == [("second-reader", 3, "page 3 was read by pdfplumber")]
    left_out = read_tables(path, options=ReadOptions(engine="pdfium"))
    assert [page.page for page in left_out.pages] == [1, 2, 4, 5, 6]
    assert [(code, page) for code, page, _ in left_out.warnings] == [("incomplete", 3)]


def _refuse(monkeypatch: pytest.MonkeyPatch, page: int) -> None:
    """Let pdfium fail on one page."""
    real = pdfium.PdfDocument.__getitem__

    def load(self: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
        if index == page - 1:
            raise pdfium.PdfiumError("damaged")
        return real(self, index)

    monkeypatch.setattr(pdfium.PdfDocument, "__getitem__", load)


def test_a_page_whose_audit_fails_is_read_again_by_pdfplumber(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = SAMPLES / "velmouth-web-style.pdf"
    whole = read_tables(path)
    real = audit_words
    tries: list[int] = []

    def audit(out: TableDocument, *rest: object) -> list[PageAudit]:
        pages: list[PageAudit] = real(out, *rest)  # type: ignore[arg-type]
        tries.append(len(pages))
        if len(tries) == 1:
            pages[1] = replace(pages[1], lost=5)
        return pages

    monkeypatch.setattr("actionplan.extract.document.audit_words", audit)
    again = read_tables(path)
    assert tries == [2, 2]
    assert _texts(again) == _texts(whole)
    assert [(code, page) for code, page, _ in again.warnings] == [("second-reader", 2)]


def test_a_file_that_pdfium_refuses_is_read_by_pdfplumber(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(data: bytes, password: str | None = None) -> pdfium.PdfDocument:
        raise ReadError("damaged", "the PDF is damaged and cannot be opened")

    path = SAMPLES / "velmouth-web-style.pdf"
    whole = read_tables(path)
    monkeypatch.setattr(readers, "open_document", refuse)
    second = read_tables(path)
    assert _texts(second) == _texts(whole)
    assert [(code, page) for code, page, _ in second.warnings] == [("incomplete", 0)]


def test_the_title_and_the_producer_come_with_it() -> None:
    path = SAMPLES / "quillham-merged-themes.pdf"
    first, second = read_tables(path), read_tables(path, options=BY_PLUMBER)
    assert (second.producer, second.title) == (first.producer, first.title)
    assert second.producer


def test_pdfplumber_and_camelot_are_not_imported_for_a_sound_file(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from actionplan.extract import read_tables; from pathlib import Path;"
        f"read_tables(Path({str(SAMPLES / 'velmouth-web-style.pdf')!r}));"
        "print([m for m in ('pdfplumber', 'camelot') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_thin_filled_path_of_many_points_is_a_rule() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    path = canvas.beginPath()
    path.moveTo(72, 700)
    for x, y in ((200, 700), (300, 700), (300, 700.5), (150, 700.5), (72, 700.5)):
        path.lineTo(x, y)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.save()
    ((ours, theirs),) = _both(out.getvalue())
    assert ours.rules.horizontal.shape == theirs.rules.horizontal.shape == (1, 4)
