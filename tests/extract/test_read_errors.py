"""Files that cannot be read, or only in part, say why."""

from __future__ import annotations

import gc
import io
import zipfile
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from actionplan.extract import ReadError, read_tables
from actionplan.extract.errors import Reason
from actionplan.extract.settings import ExtractSettings, ReaderSettings
from tests.extract.pages import ROOT

SAMPLE = ROOT / "samples" / "harrowmere-five-columns.pdf"


def _docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


def _encrypted(user: str) -> bytes:
    out = io.BytesIO()
    lock = StandardEncryption(user, ownerPassword="owner", canPrint=1)
    canvas = Canvas(out, encrypt=lock)
    canvas.drawString(72, 720, "Recommendation")
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason", "words"),
    [
        pytest.param(b"", "empty", "empty", id="no byte"),
        pytest.param(b" \r\n\n", "empty", "empty", id="blank"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(64), "not-pdf", "PNG", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0" + bytes(64), "not-pdf", "JPEG", id="jpeg"),
        pytest.param(_docx(), "not-pdf", "Word", id="docx"),
        pytest.param(b"<!doctype html><p>Not found", "not-pdf", "HTML", id="html"),
        pytest.param(b"{\\rtf1 Action plan}", "not-pdf", "rich text", id="rtf"),
        pytest.param(b"Action plan\n" * 200, "not-pdf", "not a PDF", id="text"),
        pytest.param(b"%PDF-1.7\n", "damaged", "damaged", id="header alone"),
        pytest.param(b"%PDF-1.7\n" + b"\x00\xff" * 900, "damaged", "damaged", id="noise"),
    ],
)
def test_what_is_no_readable_pdf(data: bytes, reason: Reason, words: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_tables(data)
    assert caught.value.reason == reason
    assert words in caught.value.message
    assert str(caught.value) == caught.value.message


@pytest.mark.parametrize("percent", range(0, 100, 4))
def test_a_truncated_file_is_read_in_part_or_refused(percent: int) -> None:
    data = SAMPLE.read_bytes()
    piece = data[: len(data) * percent // 100]
    try:
        document = read_tables(piece)
    except ReadError as error:
        assert error.reason == ("damaged" if piece else "empty")
        return
    assert any(code == "incomplete" for code, _, _ in document.warnings)
    assert all(page.lost == page.duplicated == 0 for page in document.audit)


def test_a_page_of_too_many_objects_is_said_to_be_incomplete() -> None:
    settings = ExtractSettings(reader=ReaderSettings(max_objects=3))
    warnings = read_tables(SAMPLE, settings=settings).warnings
    assert {code for code, _, _ in warnings} == {"incomplete"}
    assert [page for _, page, _ in warnings] == [page.page for page in read_tables(SAMPLE).audit]


def test_a_whole_file_has_no_warning() -> None:
    assert read_tables(SAMPLE).warnings == []


def test_a_password_is_asked_for_and_taken() -> None:
    data = _encrypted("linden")
    with pytest.raises(ReadError) as caught:
        read_tables(data)
    assert (caught.value.reason, caught.value.message) == ("password", "a password is needed")
    with pytest.raises(ReadError) as caught:
        read_tables(data, password="lime")
    assert (caught.value.reason, caught.value.message) == ("password", "the password is wrong")
    for password in ("linden", "owner"):
        document = read_tables(data, password=password)
        assert [page.words for page in document.audit] == [1]


def test_a_file_that_only_restricts_printing_needs_no_password() -> None:
    assert [page.words for page in read_tables(_encrypted("")).audit] == [1]


def test_a_missing_file_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_tables(tmp_path / "none.pdf")


def test_a_page_without_anything() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.showPage()
    canvas.save()
    document = read_tables(out.getvalue())
    assert document.tables == []
    assert [(page.page, page.words) for page in document.audit] == [(1, 0)]
    assert document.image_pages == []


def test_the_name_and_the_hash_of_the_document() -> None:
    by_path, by_bytes = read_tables(SAMPLE), read_tables(SAMPLE.read_bytes(), name="plan.pdf")
    assert (by_path.name, by_bytes.name) == (SAMPLE.name, "plan.pdf")
    assert by_path.sha256 == by_bytes.sha256
    assert by_path.size == by_bytes.size == SAMPLE.stat().st_size


@pytest.mark.parametrize("running", [True, False])
def test_the_collector_is_left_as_it_was(running: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if running else gc.disable)()
        read_tables(SAMPLE)
        assert gc.isenabled() == running
        with pytest.raises(ReadError):
            read_tables(b"")
        assert gc.isenabled() == running
    finally:
        (gc.enable if before else gc.disable)()
