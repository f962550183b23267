"""Files that are cut off or have lost their end are read from the pages that are there."""

from __future__ import annotations

import zlib
from itertools import pairwise

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from actionplan.extract import ReadError, read_tables
from actionplan.extract.salvage import rebuild
from actionplan.schemas.tables import ReadOptions, TableDocument
from tests.extract.pages import ROOT
from tests.pipeline.bad_files import text_pdf

SAMPLES = ROOT / "samples"
LONG = (SAMPLES / "gorringmere-thirty-pages.pdf").read_bytes()


def _texts(document: TableDocument) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


@pytest.mark.parametrize("percent", [60, 80, 95])
def test_the_pages_that_arrived_are_read_as_in_the_whole_file(percent: int) -> None:
    whole = read_tables(LONG)
    piece = read_tables(LONG[: len(LONG) * percent // 100])
    first, stop = piece.pages[0].page, piece.pages[-1].page
    assert first == 1
    assert stop >= 4
    assert [page.words for page in piece.audit] == [page.words for page in whole.audit[:stop]]
    rows = _texts(piece)
    assert rows[:-1] == _texts(whole)[: len(rows) - 1]
    left_out = [page for code, page, _ in piece.warnings if code == "incomplete" and page]
    assert left_out == list(range(stop + 1, len(whole.pages) + 1))


def test_each_further_byte_only_adds_pages() -> None:
    counts = []
    for percent in range(50, 101, 5):
        try:
            counts.append(len(read_tables(LONG[: len(LONG) * percent // 100]).pages))
        except ReadError:
            counts.append(0)
    assert all(a <= b for a, b in pairwise(counts))
    assert counts[-1] == 30


def test_pages_packed_into_object_streams_are_found() -> None:
    data = (SAMPLES / "velmouth-web-style.pdf").read_bytes()
    assert b"/ObjStm" in data
    start = data.rindex(b"/Type /XRef" if b"/Type /XRef" in data else b"/Type/XRef")
    rebuilt = rebuild(data[: data.rindex(b" obj", 0, start) - 4])
    assert rebuilt is not None
    assert _texts(read_tables(rebuilt)) == _texts(read_tables(data))


def test_a_page_without_its_fonts_is_left_out_rather_than_read_as_nonsense() -> None:
    # LibreOffice writes fonts behind all pages: of a file cut there nothing can be read for sure.
    data = (SAMPLES / "harrowmere-five-columns.pdf").read_bytes()
    with pytest.raises(ReadError) as caught:
        read_tables(data[: len(data) * 80 // 100])
    assert caught.value.reason == "damaged"


def test_the_later_of_two_objects_of_one_number_counts() -> None:
    old, new = text_pdf("An old page"), text_pdf("A new page")
    rebuilt = rebuild(_body(old) + _body(new))
    assert rebuilt is not None
    words = [line.text for line in read_tables(rebuilt).unassigned]
    assert words == ["A new page"]


def _body(pdf: bytes) -> bytes:
    """A file without the list of its objects."""
    return pdf[: pdf.rindex(b"xref", 0, pdf.rindex(b"startxref"))]


def test_nothing_is_made_of_nothing() -> None:
    assert rebuild(b"%PDF-1.7\n") is None
    assert rebuild(b"%PDF-1.7\n" + b"\x00\xff" * 900) is None
    assert rebuild(b"%PDF-1.7\n1 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n") is None


def test_an_encrypted_file_without_its_end_stays_closed() -> None:
    data = text_pdf("Action plan", encrypt=StandardEncryption("linden", ownerPassword="lime"))
    assert rebuild(data) is None
    with pytest.raises(ReadError):
        read_tables(_body(data))


def test_a_stream_that_unpacks_to_very_much_is_cut_off() -> None:
    bomb = zlib.compress(b"1 0 " + b" " * 100_000_000, 1)
    body = b"5 0 obj\n<</Type/ObjStm/N 1/First 4/Length %d>>stream\n%s\nendstream\nendobj\n"
    assert rebuild(b"%PDF-1.7\n" + body % (len(bomb), bomb)) is None


def test_a_reader_that_is_named_is_not_replaced() -> None:
    piece = LONG[: len(LONG) * 80 // 100]
    with pytest.raises(ReadError):
        read_tables(piece, options=ReadOptions(engine="pdfium"))
