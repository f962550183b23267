"""The thin layer over pdfium's raw calls: open, load, and read attributes of page objects.

pdfium is not thread-safe: use one process, one document at a time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_int, c_void_p
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from actionplan.extract.calls import Address, address, font, plain_call
from actionplan.extract.errors import ReadError
from actionplan.extract.inflate import is_trap

_get_text = plain_call(raw.FPDFText_GetText, c_int, c_void_p, c_int, c_int, c_void_p)

_HEADER_WINDOW = 1024
_LOOKED_FOR = 1000  # pages: if none of them is there, none is
_TEXT_ON_PAGE = frozenset((raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET))
_OTHER_TYPES = (
    (b"PK\x03\x04", "a ZIP archive, perhaps a Word or Excel file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a rich text file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"<", "an HTML or XML page"),
)


def load_bytes(source: Path | bytes) -> bytes:
    """Return the bytes of `source`.

    Raises:
        ReadError: the file is empty, is not a PDF, or is made to fill the memory.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    if not data.strip():
        raise ReadError("empty", "the file is empty")
    if b"%PDF-" not in data[:_HEADER_WINDOW]:
        head = data[:64].lstrip()
        kind = next((name for magic, name in _OTHER_TYPES if head.startswith(magic)), None)
        raise ReadError("not-pdf", f"not a PDF ({kind})" if kind else "not a PDF")
    if is_trap(data):
        raise ReadError("trap", "a stream unpacks to more than any document needs")
    return data


def open_document(data: bytes, password: str | None = None) -> pdfium.PdfDocument:
    """Open a PDF held in memory.

    Raises:
        ReadError: it is damaged beyond repair, or needs a password.
    """
    try:
        document = pdfium.PdfDocument(data, password=password)
        pages = len(document)
    except pdfium.PdfiumError as error:
        # pdfium does not always set its error: it may be that of the document before.
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        if locked and b"/Encrypt" in data:
            wrong = "the password is wrong" if password else "a password is needed"
            raise ReadError("password", wrong) from error
        raise ReadError("damaged", "the PDF is damaged and cannot be opened") from error
    if not any(map(partial(_is_there, document), range(min(pages, _LOOKED_FOR)))):
        document.close()
        raise ReadError("damaged", "the PDF is damaged: it has no page that can be read")
    return document


def _is_there(document: pdfium.PdfDocument, index: int) -> bool:
    """Does pdfium find the page? Its content is not looked at."""
    return bool(raw.FPDF_GetPageSizeByIndexF(document.raw, index, raw.FS_SIZEF()))


def drawn_page(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """Load a page with what its form fields and free-text notes show made part of it.

    The text of those is drawn on the page, but is no page text. Other annotations (sticky notes
    and their pop-ups, highlights, links) are left out: they change nothing of what is printed.

    Raises:
        pdfium.PdfiumError: the page cannot be loaded.
    """
    page = document[index]
    count = raw.FPDFPage_GetAnnotCount(page.raw)
    if count <= 0:
        return page
    kinds = [_annotation_kind(page, k) for k in range(count)]
    if not _TEXT_ON_PAGE.intersection(kinds):
        return page
    for k in reversed(range(count)):
        if kinds[k] not in _TEXT_ON_PAGE:
            raw.FPDFPage_RemoveAnnot(page.raw, k)
    raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    page.close()
    return document[index]


def _annotation_kind(page: pdfium.PdfPage, index: int) -> int:
    annotation = raw.FPDFPage_GetAnnot(page.raw, index)
    kind = int(raw.FPDFAnnot_GetSubtype(annotation))
    raw.FPDFPage_CloseAnnot(annotation)
    return kind


@contextmanager
def text_page(page: pdfium.PdfPage) -> Iterator[Address]:
    """Load pdfium's text page of `page`, yield its address, and close it afterwards.

    Raises:
        pdfium.PdfiumError: the text cannot be loaded.
    """
    handle = raw.FPDFText_LoadPage(page.raw)
    if not handle:
        raise pdfium.PdfiumError("the text of the page cannot be loaded")
    try:
        yield address(handle)
    finally:
        raw.FPDFText_ClosePage(handle)


def page_text(handle: Address) -> tuple[str, int]:
    """Return the whole text of a text page and its number of characters."""
    page = ctypes.cast(handle, raw.FPDF_TEXTPAGE)
    count = raw.FPDFText_CountChars(page)
    if count <= 0:
        return "", 0
    buffer = np.empty(2 * count + 1, dtype=np.uint16)
    written = _get_text(handle, 0, count, buffer.ctypes.data)
    data = buffer[: max(written - 1, 0)].tobytes()
    return data.decode("utf-16-le", "replace"), count


def page_frame(page: pdfium.PdfPage) -> tuple[float, float, float, float]:
    """Return the visible box of `page` in its own unrotated space: left, bottom, right, top."""
    box = raw.FS_RECTF()
    if raw.FPDF_GetPageBoundingBox(page.raw, box) and box.right > box.left and box.top > box.bottom:
        return box.left, box.bottom, box.right, box.top
    width, height = page.get_size()
    if page.get_rotation() in (90, 270):
        width, height = height, width
    return 0.0, 0.0, width, height


class FontTable:
    """Names and weights of the fonts met, looked up once for each font handle."""

    def __init__(self) -> None:
        """Start empty."""
        self.names: list[str] = []
        self.bold: list[bool] = []
        self._index: dict[int, int] = {}

    def index(self, text_object: Address) -> int:
        """Return the index of the font of a text object (0: no object)."""
        handle = font(text_object) or 0 if text_object else 0
        known = self._index.get(handle)
        if known is None:
            known = self._index[handle] = len(self.names)
            name = _font_name(handle) if handle else ""
            self.names.append(name)
            self.bold.append(_is_bold(handle, name) if handle else False)
        return known


def _pointer(handle: Address) -> Any:
    return ctypes.cast(handle, raw.FPDF_FONT)


def _font_name(handle: Address) -> str:
    buffer = ctypes.create_string_buffer(256)
    length = raw.FPDFFont_GetBaseFontName(_pointer(handle), buffer, 256)
    name = buffer.raw[: max(length - 1, 0)].decode("utf-8", "replace")
    return name.partition("+")[2] or name


def is_bold_name(name: str) -> bool:
    """Does a font's name say that it is bold?"""
    folded = name.casefold()
    return any(word in folded for word in ("bold", "black", "heavy", "demi"))


def _is_bold(handle: Address, name: str) -> bool:
    if is_bold_name(name):
        return True
    return bool(raw.FPDFFont_GetWeight(_pointer(handle)) >= 600)
